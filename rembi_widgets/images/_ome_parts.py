"""The instrument in OME-XML: microscope, objective, detectors, light sources, filters and channels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._imagerecord import ImageChannel, ImageInstrument, ImageObjective, ImagePart

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lxml import etree

    from rembi_widgets.images._sanity import Notes

LIGHTS = {
    "Laser": "laser",
    "Arc": "arc lamp",
    "Filament": "filament lamp",
    "LightEmittingDiode": "LED",
    "GenericExcitationSource": "light source",
}
"""Elements of light sources, and the kind they stand for."""
FILTERS = {"Filter": "filter", "FilterSet": "filter set", "Dichroic": "dichroic"}

_MICROSCOPE = (("manufacturer", "Manufacturer"), ("model", "Model"), ("type", "Type"), ("serial", "SerialNumber"))
_OBJECTIVE = (("manufacturer", "Manufacturer"), ("model", "Model"), ("immersion", "Immersion"), ("correction", "Correction"))
_OPTICS = (("na", "LensNA"), ("magnification", "NominalMagnification"))
_CHANNEL = (
    ("name", "Name"),
    ("fluor", "Fluor"),
    ("contrast_method", "ContrastMethod"),
    ("acquisition_mode", "AcquisitionMode"),
    ("illumination", "IlluminationType"),
)
_WAVES = (("excitation_nm", "ExcitationWavelength"), ("emission_nm", "EmissionWavelength"))


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


def _local(element: etree._Element) -> str:
    tag: str = element.tag  # type: ignore[assignment]
    return tag[tag.rfind("}") + 1 :]


def instruments_of(elements: Iterable[etree._Element]) -> dict[str, Instrument]:
    """Give the instruments of a document by id."""
    return {element.get("ID", ""): _instrument(element) for element in elements}


def _instrument(element: etree._Element) -> Instrument:
    kinds: dict[str, dict[str, etree._Element]] = {"Objective": {}, "Detector": {}, "light": {}, "filter": {}}
    microscope = None
    for part in element:
        name = _local(part)
        if name == "Microscope":
            microscope = part
            continue
        kind = "light" if name in LIGHTS else "filter" if name in FILTERS else name
        if kind in kinds:
            kinds[kind][part.get("ID", "")] = part
    return Instrument(microscope, kinds["Objective"], kinds["Detector"], kinds["light"], kinds["filter"])


def fill(
    instruments: Mapping[str, Instrument],
    children: Mapping[str, etree._Element],
    channels: Sequence[etree._Element],
    given: dict[str, Any],
    sources: dict[str, str],
    confidence: dict[str, str],
    notes: Notes,
) -> None:
    """Fill in the instrument of an image and its parts."""
    if not instruments:
        return
    ref = children.get("InstrumentRef")
    home = instruments.get(ref.get("ID", "")) if ref is not None else None
    if home is None:
        home = _home(instruments, children, channels)
        if home is None:
            return
        confidence["instrument"] = "derived"
    _microscope(home, given, sources)
    settings = children.get("ObjectiveSettings")
    if settings is None:
        settings = children.get("ObjectiveRef")
    if settings is not None:
        _objective(home, settings, given, sources, notes)
    _parts(home, given, sources, notes)


def _home(
    instruments: Mapping[str, Instrument], children: Mapping[str, etree._Element], channels: Sequence[etree._Element]
) -> Instrument | None:
    """Find the instrument that holds what the image refers to; the only one, if the image says nothing."""
    named = [children[name].get("ID", "") for name in ("ObjectiveSettings",) if name in children]
    named += [setting.get("ID", "") for channel in channels for setting in channel]
    for instrument in instruments.values():
        if any(instrument.has(identity) for identity in named if identity):
            return instrument
    return next(iter(instruments.values())) if len(instruments) == 1 else None


def _microscope(home: Instrument, given: dict[str, Any], sources: dict[str, str]) -> None:
    if home.microscope is None:
        return
    said = home.microscope.attrib
    found = {name: said[attribute] for name, attribute in _MICROSCOPE if said.get(attribute)}
    if found:
        given["instrument"] = ImageInstrument(**found)
        sources["instrument"] = "Instrument/Microscope"
        sources |= {f"instrument.{name}": f"Instrument/Microscope/@{attribute}" for name, attribute in _MICROSCOPE if name in found}


def _objective(
    home: Instrument, settings: etree._Element, given: dict[str, Any], sources: dict[str, str], notes: Notes
) -> None:
    element = home.objectives.get(settings.get("ID", ""))
    said: Mapping[str, str] = dict(element.attrib) if element is not None else {}
    found: dict[str, Any] = {}
    for name, attribute in _OBJECTIVE:
        if said.get(attribute):
            found[name] = said[attribute]
            sources[f"objective.{name}"] = f"Instrument/Objective/@{attribute}"
    for name, attribute in _OPTICS:
        value = notes.positive(f"objective.{name}", said.get(attribute))
        if value is not None:
            found[name] = value
            sources[f"objective.{name}"] = f"Instrument/Objective/@{attribute}"
    distance = notes.length_um("objective.wd_um", said.get("WorkingDistance"), said.get("WorkingDistanceUnit"))
    if distance is not None:
        found["wd_um"] = distance
        sources["objective.wd_um"] = "Instrument/Objective/@WorkingDistance"
    index = notes.positive("objective.refractive_index", settings.get("RefractiveIndex"))
    if index is not None:
        found["refractive_index"] = index
        sources["objective.refractive_index"] = "Image/ObjectiveSettings/@RefractiveIndex"
    if found:
        given["objective"] = ImageObjective(**found)
        sources["objective"] = "Instrument/Objective"


def _parts(home: Instrument, given: dict[str, Any], sources: dict[str, str], notes: Notes) -> None:
    detectors = tuple(_part(item, item.get("Type") or "detector", notes) for item in home.detectors.values())
    lights = tuple(_part(item, LIGHTS[_local(item)], notes) for item in home.lights.values())
    filters = tuple(_part(item, FILTERS[_local(item)], notes) for item in home.filters.values())
    found = (("detectors", detectors, "Detector"), ("light_sources", lights, "LightSource"), ("filters", filters, "Filter"))
    for name, items, element in found:
        if items:
            given[name] = items
            sources[name] = f"Instrument/{element}"


def _part(element: etree._Element, kind: str, notes: Notes) -> ImagePart:
    wave = None
    if element.get("Wavelength"):
        wave = notes.wavelength_nm("light_sources.wavelength_nm", element.get("Wavelength"), element.get("WavelengthUnit"))
    return ImagePart(
        id=element.get("ID"),
        kind=kind,
        manufacturer=element.get("Manufacturer") or None,
        model=element.get("Model") or None,
        wavelength_nm=wave,
        description=_range(element),
    )


def _range(element: etree._Element) -> str | None:
    """Give what a filter lets through, such as "560-630 nm"."""
    for child in element:
        if _local(child) == "TransmittanceRange":
            low, high = child.get("CutIn"), child.get("CutOut")
            if low and high:
                return f"{low}-{high} {child.get('CutInUnit') or 'nm'}"
    return None


def channel(
    index: int, element: etree._Element, exposure: float | None, sources: dict[str, str], notes: Notes
) -> ImageChannel:
    """Give a channel; ``exposure`` in s comes from its first plane."""
    said = dict(element.attrib)
    found: dict[str, Any] = {}
    for name, attribute in _CHANNEL:
        if said.get(attribute):
            found[name] = said[attribute]
            sources[f"channels.{name}"] = f"Image/Pixels/Channel/@{attribute}"
    for name, attribute in _WAVES:
        if attribute in said:
            found[name] = notes.wavelength_nm(f"channels.{name}", said[attribute], said.get(attribute + "Unit"))
            sources[f"channels.{name}"] = f"Image/Pixels/Channel/@{attribute}"
    if "PinholeSize" in said:
        found["pinhole_um"] = notes.length_um("channels.pinhole_um", said["PinholeSize"], said.get("PinholeSizeUnit"))
        sources["channels.pinhole_um"] = "Image/Pixels/Channel/@PinholeSize"
    if "Color" in said:
        found["color_hex"] = _colour(said["Color"], notes)
        sources["channels.color_hex"] = "Image/Pixels/Channel/@Color"
    if exposure is not None:
        found["exposure_s"] = exposure
        sources["channels.exposure_s"] = "Image/Pixels/Plane/@ExposureTime"
    sources["channels"] = "Image/Pixels/Channel"
    return ImageChannel(index=index, **found, **_refs(element))


def _refs(element: etree._Element) -> dict[str, Any]:
    refs: dict[str, Any] = {}
    lights: list[str] = []
    for setting in element:
        name = _local(setting)
        if name == "DetectorSettings":
            refs["detector_ref"] = setting.get("ID")
        elif name == "LightSourceSettings":
            lights.append(setting.get("ID", ""))
    if lights:
        refs["light_refs"] = tuple(lights)
    return refs


def _colour(found: str, notes: Notes) -> str | None:
    """Give a colour as ``#RRGGBB``; OME writes red, green, blue and opacity as one signed number of 32 bits."""
    try:
        number = int(found)
    except ValueError:
        notes.drop("no_number", "channels.color_hex", found)
        return None
    if not -(2**31) <= number < 2**32:
        notes.drop("impossible", "channels.color_hex", found)
        return None
    return f"#{(number & 0xFFFFFFFF) >> 8:06X}"
