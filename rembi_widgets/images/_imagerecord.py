"""What the header of one image says: the fields REMBI asks for, each with the place in the header it was read from.

Sizes in pixels, pixel sizes in µm, wavelengths in nm, times in s. A field that the file does not state is ``None``:
nothing is guessed from a default, an extension or a folder.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import TYPE_CHECKING, Any

from rembi_widgets.locale import has, text

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth telling about a file: a key of the catalogue and what its placeholders stand for."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def say(self, lang: str | None = None) -> str:
        """Give the sentence in a language."""
        return text(self.key, lang, **{**self.values, **self._named(lang)})

    def _named(self, lang: str | None) -> dict[str, str]:
        """Give the words, in the language of the sentence, for fields and for values that are not stated."""
        keys = {"field": f"images.field.{self.values.get('field')}", "what": f"scan.field.{self.values.get('what')}"}
        words = {name: text(key, lang) for name, key in keys.items() if has(key)}
        unsaid = [name for name in ("value", "usual") if name in self.values and self.values[name] is None]
        return words | {name: text("scan.not_stated", lang) for name in unsaid}

    def __str__(self) -> str:
        return self.say()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageChannel:
    """A channel of an image: wavelengths and pinhole in nm and µm, exposure in s, colour as ``#RRGGBB``."""

    index: int = 0
    name: str | None = None
    fluor: str | None = None
    excitation_nm: float | None = None
    emission_nm: float | None = None
    color_hex: str | None = None
    contrast_method: str | None = None
    acquisition_mode: str | None = None
    illumination: str | None = None
    pinhole_um: float | None = None
    exposure_s: float | None = None
    detector_ref: str | None = None
    light_refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageObjective:
    """The objective: working distance in µm."""

    manufacturer: str | None = None
    model: str | None = None
    na: float | None = None
    magnification: float | None = None
    immersion: str | None = None
    correction: str | None = None
    wd_um: float | None = None
    refractive_index: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageInstrument:
    """The microscope: ``type`` is the stand (upright, inverted, ...)."""

    manufacturer: str | None = None
    model: str | None = None
    type: str | None = None
    serial: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImagePart:
    """A detector, light source or filter of the instrument; wavelength in nm."""

    id: str | None = None
    kind: str | None = None
    manufacturer: str | None = None
    model: str | None = None
    wavelength_nm: float | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageRecord:
    """One image of a file, as its header tells.

    Attributes
    ----------
    path
        Path as given to the reader; relative to the dataset, with forward slashes, in a scan.
    sources
        Field name to the place in the header it was read from, such as ``Image/Pixels/@PhysicalSizeX``.
    confidence
        Field name to ``file`` (the header says so) or ``derived`` (computed from what it says); ``file`` if not named.
    raw
        What the header says besides, unmapped.
    warnings
        Values that were dropped as impossible, and why.
    """

    path: str = ""
    size_bytes: int | None = None
    mtime: float | None = None
    format: str = ""
    reader: str = ""
    scene_index: int = 0
    scene_name: str | None = None
    uuid: str | None = None
    size_x: int | None = None
    size_y: int | None = None
    size_z: int | None = None
    size_c: int | None = None
    size_t: int | None = None
    dim_order: str | None = None
    pixel_type: str | None = None
    px_x_um: float | None = None
    px_y_um: float | None = None
    px_z_um: float | None = None
    time_increment_s: float | None = None
    acquired_at: str | None = None
    compression: str | None = None
    channels: tuple[ImageChannel, ...] = ()
    objective: ImageObjective | None = None
    instrument: ImageInstrument | None = None
    detectors: tuple[ImagePart, ...] = ()
    light_sources: tuple[ImagePart, ...] = ()
    filters: tuple[ImagePart, ...] = ()
    experimenter: str | None = None
    description: str | None = None
    software: str | None = None
    plate: str | None = None
    well_row: str | None = None
    well_col: str | None = None
    roi_count: int | None = None
    raw: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[Note, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    confidence: Mapping[str, str] = field(default_factory=dict)

    def to_json(self, lang: str | None = None) -> dict[str, Any]:
        """Give the JSON form, empty fields left out, warnings as sentences in a language."""
        plain: dict[str, Any] = _plain(self, lang)
        return plain

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ImageRecord:
        """Read the form that ``pack`` gives, as it comes from a worker process."""
        given = dict(data)
        for name, part in _PARTS.items():
            if name in given:
                given[name] = tuple(_read(part, item) for item in given[name])
        for name, part in _PART.items():
            if name in given:
                given[name] = _read(part, given[name])
        return cls(**given)

    def pack(self) -> dict[str, Any]:
        """Give the JSON form that keeps warnings as keys, to be read by ``from_json``."""
        plain: dict[str, Any] = _plain(self, None)
        if self.warnings:
            plain["warnings"] = [{"key": note.key, "values": dict(note.values)} for note in self.warnings]
        return plain


_PARTS: dict[str, Any] = {
    "channels": ImageChannel,
    "detectors": ImagePart,
    "light_sources": ImagePart,
    "filters": ImagePart,
    "warnings": Note,
}
_PART: dict[str, Any] = {"objective": ImageObjective, "instrument": ImageInstrument}


def _read(part: Any, item: Mapping[str, Any]) -> Any:
    return part(**{key: tuple(value) if isinstance(value, list) else value for key, value in item.items()})


def _plain(value: Any, lang: str | None) -> Any:
    if isinstance(value, Note):
        return value.say(lang)
    if is_dataclass(value):
        named = ((item.name, getattr(value, item.name)) for item in fields(value))
        return {name: _plain(held, lang) for name, held in named if held is not None and held not in ((), {}, "")}
    if isinstance(value, tuple):
        return [_plain(item, lang) for item in value]
    return dict(value) if isinstance(value, dict) else value
