"""What goes over the pipes between the scanner and its worker process: lines of JSON, never a pickle.

To the worker goes one line a file: its path. Back comes one line a file: its images, or why there are none. Images of
one acquisition repeat their channels, objective and instrument word for word; such a part is sent once, with a
number, and then by its number. That keeps lines short, and thousands of images in the scan share one object.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._imagerecord import (
    ImageChannel,
    ImageInstrument,
    ImageObjective,
    ImagePart,
    ImageRecord,
    Note,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

KEPT = 4096
"""Parts remembered at most; then both sides forget them and begin again."""
SHARED: dict[str, Any] = {
    "channels": ImageChannel,
    "objective": ImageObjective,
    "instrument": ImageInstrument,
    "detectors": ImagePart,
    "light_sources": ImagePart,
    "filters": ImagePart,
    "sources": None,
    "confidence": None,
}
"""Fields sent once for many images, with the class of what they hold; ``None``: a mapping of texts."""
_OTHERS = ("raw", "warnings")
_SCALARS = tuple(item.name for item in fields(ImageRecord) if item.name not in {*SHARED, *_OTHERS, "path"})


class Sender:
    """The worker's side: gives lines, and remembers which parts were sent."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}

    def images(self, records: Iterable[ImageRecord]) -> bytes:
        """Give the line of a file's images."""
        parts: list[Any] = []
        forget = len(self._numbers) > KEPT
        if forget:
            self._numbers.clear()
        said: dict[str, Any] = {"images": [self._image(record, parts) for record in records]}
        if parts:
            said["parts"] = parts
        if forget:
            said["forget"] = True
        return line(said)

    def _image(self, record: ImageRecord, parts: list[Any]) -> dict[str, Any]:
        said = {name: value for name in _SCALARS if (value := getattr(record, name)) is not None}
        for name in SHARED:
            value = getattr(record, name)
            if value:
                said[name] = self._number(name, value, parts)
        if record.raw:
            said["raw"] = dict(record.raw)
        if record.warnings:
            said["warnings"] = [pack_note(note) for note in record.warnings]
        return said

    def _number(self, name: str, value: Any, parts: list[Any]) -> int:
        key = (name, tuple(value.items()) if hasattr(value, "items") else value)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._numbers)
            parts.append(_plain(value))
        return number


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        held = ((item.name, getattr(value, item.name)) for item in fields(value))
        return {name: part for name, part in held if part is not None}
    return [_plain(item) for item in value] if isinstance(value, tuple) else dict(value)


class Receiver:
    """The scanner's side of one worker: reads its lines."""

    def __init__(self) -> None:
        self._parts: list[Any] = []
        self._built: dict[tuple[str, int], Any] = {}

    def images(
        self, said: Mapping[str, Any], path: str, size_bytes: int | None, mtime: float | None
    ) -> list[ImageRecord]:
        """Give the images of a file; path, size and time are what the walk through the folder found."""
        if said.get("forget"):
            self._parts.clear()
            self._built.clear()
        self._parts += said.get("parts", ())
        known = {"path": path, "size_bytes": size_bytes, "mtime": mtime}
        return [self._image({**image, **known}) for image in said["images"]]

    def _image(self, image: dict[str, Any]) -> ImageRecord:
        for name in SHARED:
            if name in image:
                image[name] = self._part(name, image[name])
        if "warnings" in image:
            image["warnings"] = tuple(read_note(note) for note in image["warnings"])
        return ImageRecord(**image)

    def _part(self, name: str, number: int) -> Any:
        built = self._built.get((name, number))
        if built is None:
            built = self._built[name, number] = _read(SHARED[name], self._parts[number])
        return built


def _read(model: Any, part: Any) -> Any:
    if model is None:
        return part
    if isinstance(part, list):
        return tuple(_read(model, item) for item in part)
    return model(**{name: tuple(value) if isinstance(value, list) else value for name, value in part.items()})


def pack_note(note: Note) -> dict[str, Any]:
    """Give the JSON form of a note."""
    return {"key": note.key, "values": dict(note.values)}


def read_note(said: Mapping[str, Any]) -> Note:
    """Read a note's JSON form."""
    return Note(str(said["key"]), dict(said.get("values", {})))


def line(said: Any) -> bytes:
    """Give one line of JSON; what JSON has no form for stands as text."""
    return json.dumps(said, separators=(",", ":"), default=str).encode() + b"\n"
