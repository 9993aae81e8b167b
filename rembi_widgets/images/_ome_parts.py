"""The instrument in OME-XML: microscope, objective, detectors, light sources, filters and channels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._imagerecord import ImageChannel, ImageInstrument, ImageObjective, ImagePart

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lxml import etree

    from rembi_widgets.images._found import Found

LIGHTS = {
    "Laser": "laser",
    "Arc": "arc lamp",
    "Filament": "filament lamp",
    "LightEmittingDiode": "LED",
    "GenericExcitationSource": "light source",
}
"""Elements of light sources, and the kind they stand for."""
FILTERS = {"Filter": "filter", "FilterSet": "filter set", "Dichroic": "dichroic"}

_HOME = {"Objective": "objectives", "Detector": "detectors"}
_HOME |= dict.fromkeys(LIGHTS, "lights") | dict.fromkeys(FILTERS, "filters")


def _table(part: str, place: str, names: Mapping[str, str]) -> tuple[tuple[str, str, str, str], ...]:
    """Give for each field of a part: its name, its name in the record, its attribute, its source."""
    return tuple((name, f"{part}.{name}", said, f"{place}/@{said}") for name, said in names.items())


_MICROSCOPE = _table(
    "instrument",
    "Instrument/Microscope",
    {"manufacturer": "Manufacturer", "model": "Model", "type": "Type", "serial": "SerialNumber"},
)
_LENS = "Instrument/Objective"
_OBJECTIVE = _table(
    "objective",
    _LENS,
    {"manufacturer": "Manufacturer", "model": "Model", "immersion": "Immersion", "correction": "Correction"},
)
_OPTICS = _table("objective", _LENS, {"na": "LensNA", "magnification": "NominalMagnification"})
_CHANNEL_PLACE = "Image/Pixels/Channel"
_CHANNEL = _table(
    "channels",
    _CHANNEL_PLACE,
    {
        "name": "Name",
        "fluor": "Fluor",
        "contrast_method": "ContrastMethod",
        "acquisition_mode": "AcquisitionMode",
        "illumination": "IlluminationType",
    },
)
_WAVES = _table(
    "channels", _CHANNEL_PLACE, {"excitation_nm": "ExcitationWavelength", "emission_nm": "EmissionWavelength"}
)


@dataclass(frozen=True, slots=True)
class Instrument:
    """An ``Instrument`` element with its parts by id."""

    microscope: etree._Element | None = None
    objectives: Mapping[str, etree._Element] = field(default_factory=dict)
    detectors: Mapping[str, etree._Element] = field(default_factory=dict)
    lights: Mapping[str, etree._Element] = field(default_factory=dict)
    filters: Mapping[str, etree._Element] = field(default_factory=dict)

    def has(self, identity: str) -> bool:
        """Tell whether the instrument has a part of this id."""
        return identity in self.objectives or identity in self.detectors or identity in self.lights


def local(element: etree._Element) -> str:
    """Give an element's name without its namespace."""
    tag: str = element.tag  # type: ignore[assignment]
    return tag[tag.rfind("}") + 1 :]


def instruments_of(elements: Iterable[etree._Element]) -> dict[str, Instrument]:
    """Give the instruments of a document by id."""
    return {element.get("ID", ""): _instrument(element) for element in elements}


def _instrument(element: etree._Element) -> Instrument:
    kinds: dict[str, dict[str, etree._Element]] = {"objectives": {}, "detectors": {}, "lights": {}, "filters": {}}
    microscope = None
    for part in element:
        name = local(part)
        if name == "Microscope":
            microscope = part
        elif name in _HOME:
            kinds[_HOME[name]][part.get("ID", "")] = part
    return Instrument(microscope, **kinds)


def fill(
    instruments: Mapping[str, Instrument],
    children: Mapping[str, etree._Element],
    channels: Sequence[etree._Element],
    found: Found,
) -> None:
    """Fill in the instrument of an image, its objective and its other parts."""
    home, derived = home_of(instruments, children, channels)
    if home is None:
        return
    microscope(home, found, derived=derived)
    settings = settings_of(children)
    if settings is not None:
        objective(home, settings, found)
    other_parts(home, found)


def home_of(
    instruments: Mapping[str, Instrument], children: Mapping[str, etree._Element], channels: Sequence[etree._Element]
) -> tuple[Instrument | None, bool]:
    """Give the instrument of an image, and whether it was inferred because the image does not name it."""
    ref = children.get("InstrumentRef")
    home = instruments.get(ref.get("ID", "")) if ref is not None else None
    return (home, False) if home is not None else (_home(instruments, children, channels), True)


def settings_of(children: Mapping[str, etree._Element]) -> etree._Element | None:
    """Give what an image says of its objective."""
    for name in ("ObjectiveSettings", "ObjectiveRef"):  # the second until 2012
        if name in children:
            return children[name]
    return None


def _home(
    instruments: Mapping[str, Instrument], children: Mapping[str, etree._Element], channels: Sequence[etree._Element]
) -> Instrument | None:
    """Find the instrument that holds what the image refers to; the only one, if the image says nothing."""
    settings = [children["ObjectiveSettings"]] if "ObjectiveSettings" in children else []
    settings += [setting for channel in channels for setting in channel]
    named = {identity for setting in settings if (identity := setting.get("ID"))}
    for instrument in instruments.values():
        if any(instrument.has(identity) for identity in named):
            return instrument
    return next(iter(instruments.values())) if len(instruments) == 1 else None


def microscope(home: Instrument, found: Found, *, derived: bool) -> None:
    """Fill in the microscope."""
    if home.microscope is None:
        return
    given = _words(dict(home.microscope.items()), _MICROSCOPE, found)
    if given:
        found.put("instrument", ImageInstrument(**given), "Instrument/Microscope", derived=derived)


def _words(said: Mapping[str, str], table: Iterable[tuple[str, str, str, str]], found: Found) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name, field_name, attribute, source in table:
        if said.get(attribute):
            given[name] = said[attribute]
            found.sources[field_name] = source
    return given


def objective(home: Instrument, settings: etree._Element, found: Found) -> None:
    """Fill in the objective."""
    element = home.objectives.get(settings.get("ID", ""))
    said: Mapping[str, str] = dict(element.items()) if element is not None else {}
    given = _words(said, _OBJECTIVE, found)
    notes = found.notes
    numbers = [
        (name, field_name, notes.positive(field_name, said.get(attribute)), source)
        for name, field_name, attribute, source in _OPTICS
    ]
    distance = notes.length_um("objective.wd_um", said.get("WorkingDistance"), said.get("WorkingDistanceUnit"))
    numbers.append(("wd_um", "objective.wd_um", distance, f"{_LENS}/@WorkingDistance"))
    index = notes.positive("objective.refractive_index", settings.get("RefractiveIndex"))
    numbers.append(
        ("refractive_index", "objective.refractive_index", index, "Image/ObjectiveSettings/@RefractiveIndex")
    )
    for name, field_name, value, source in numbers:
        if value is not None:
            given[name] = value
            found.sources[field_name] = source
    if given:
        found.put("objective", ImageObjective(**given), _LENS)


def other_parts(home: Instrument, found: Found) -> None:
    """Fill in detectors, light sources and filters."""
    detectors = tuple(_part(item, item.get("Type") or "detector", found) for item in home.detectors.values())
    lights = tuple(_part(item, LIGHTS[local(item)], found) for item in home.lights.values())
    filters = tuple(_part(item, FILTERS[local(item)], found) for item in home.filters.values())
    found.put("detectors", detectors, "Instrument/Detector")
    found.put("light_sources", lights, "Instrument/LightSource")
    found.put("filters", filters, "Instrument/Filter")


def _part(element: etree._Element, kind: str, found: Found) -> ImagePart:
    said: Mapping[str, str] = dict(element.items())
    wave = None
    if "Wavelength" in said:
        name = "light_sources.wavelength_nm"
        wave = found.notes.wavelength_nm(name, said["Wavelength"], said.get("WavelengthUnit"))
        found.sources[name] = "Instrument/LightSource/@Wavelength"
    return ImagePart(
        id=said.get("ID"),
        kind=kind,
        manufacturer=said.get("Manufacturer") or None,
        model=said.get("Model") or None,
        wavelength_nm=wave,
        description=_range(element),
    )


def _range(element: etree._Element) -> str | None:
    """Give what a filter lets through, such as "560-630 nm"."""
    for child in element:
        if local(child) == "TransmittanceRange":
            low, high = child.get("CutIn"), child.get("CutOut")
            return f"{low}-{high} {child.get('CutInUnit') or 'nm'}" if low and high else None
    return None


def channel(index: int, element: etree._Element, exposure: float | None, found: Found) -> ImageChannel:
    """Give a channel; ``exposure`` in s comes from its first plane."""
    said: Mapping[str, str] = dict(element.items())
    notes = found.notes
    given = _words(said, _CHANNEL, found)
    for name, field_name, attribute, source in _WAVES:
        if attribute in said:
            given[name] = notes.wavelength_nm(field_name, said[attribute], said.get(attribute + "Unit"))
            found.sources[field_name] = source
    if "PinholeSize" in said:
        name = "channels.pinhole_um"
        given["pinhole_um"] = notes.length_um(name, said["PinholeSize"], said.get("PinholeSizeUnit"))
        found.sources[name] = f"{_CHANNEL_PLACE}/@PinholeSize"
    if "Color" in said:
        given["color_hex"] = notes.colour("channels.color_hex", said["Color"])
        found.sources["channels.color_hex"] = f"{_CHANNEL_PLACE}/@Color"
    if exposure is not None:
        given["exposure_s"] = exposure
        found.sources["channels.exposure_s"] = "Image/Pixels/Plane/@ExposureTime"
    return ImageChannel(index=index, **given, **_refs(element))


def _refs(element: etree._Element) -> dict[str, Any]:
    refs: dict[str, Any] = {}
    lights: list[str] = []
    for setting in element:
        name = local(setting)
        if name == "DetectorSettings":
            refs["detector_ref"] = setting.get("ID")
        elif name == "LightSourceSettings":
            lights.append(setting.get("ID", ""))
    if lights:
        refs["light_refs"] = tuple(lights)
    return refs
