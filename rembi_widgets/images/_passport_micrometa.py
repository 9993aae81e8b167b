"""Microscope files of Micro-Meta App, both generations, and the items of the 4DN portal that wrap them.

Model 4DN-BINA-OME-QUAREP (Hammer et al., Nature Methods 2021, doi 10.1038/s41592-021-01327-9). Older saves have
``Schema_ID`` ``Microscope.json`` and the stand's values at the top; newer ones ``Instrument.json`` and a
``MicroscopeStand``. A component is told by the name of its schema; what has none known here, and keys that are not
known, are left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.images._passport import GROUPS, Passport, PassportError, PassportPart
from rembi_widgets.images._passport_values import Part, number, objective, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rembi_widgets.images._imagerecord import Note

MOST = 5000
"""Components of a microscope; the largest real file has 77."""
TOPS = ("Instrument", "Microscope")
"""Names of the schemas of a whole microscope."""
LIGHTS = {
    "Laser": "Laser", "MultiLaserEngine": "Laser", "LightEmittingDiode": "LightEmittingDiode", "LEDModule":
    "LightEmittingDiode", "Arc": "Arc", "Filament": "Filament", "GenericExcitationSource": "GenericExcitationSource",
}  # fmt: skip
DETECTORS = {
    "CCD": "CCD", "CMOS": "CMOS", "IntensifiedCCD": "IntensifiedCCD", "IntensifiedCamera": "IntensifiedCCD",
    "PhotoMultiplierTube": "PMT", "PhotoMultiplier": "PMT", "PhotomultiplierTube": "PMT", "HybridPhotoDetector":
    "Hybrid detector", "AvalanchePhotodiode": "APD", "AvalanchePhotoDiode": "APD", "Photodiode": "Photodiode",
    "PhotodiodeDetector": "Photodiode", "AnalogVideo": "AnalogVideo", "GenericDetector": None, "GenericCamera": None,
}  # fmt: skip
CAMERAS = {"EMCCD": "EMCCD", "EBCCD": "EBCCD", "sCMOS": "CMOS", "SCMOS": "CMOS"}
"""``Type`` of a camera, where it says more than the name of its schema."""
FILTERS = {
    "ExcitationFilter": None, "EmissionFilter": None, "GenericFilter": None, "AdditionalFilter": None,
    "NeutralDensityFilter": "NeutralDensity", "StandardDichroic": "Dichroic", "GenericDichroic": "Dichroic",
    "AdditionalDichroic": "Dichroic", "Dichroic": "Dichroic", "FilterSet": "FilterSet", "FilterCube": "FilterSet",
}  # fmt: skip
PASSES = {"BandPass", "LongPass", "ShortPass", "MultiPass", "Tuneable"}
STANDS = {"Inverted": "Inverted", "Upright": "Upright", "Dissection": "Dissection", "Stereo": "Dissection"}
LENS = {
    "manufacturer": ("Manufacturer",),
    "model": ("Model", "Name"),
    "immersion": ("ImmersionType", "NominalImmersionMedium", "Immersion"),
    "correction": ("Correction",),
    "magnification": ("Magnification", "NominalMagnification"),
    "na": ("LensNA", "NumericalAperture"),
    "refractive_index": (),
}
"""Value of an objective to the keys of both generations, the newer first."""


def is_micro_meta(data: object) -> bool:
    """Tell whether a document is a microscope of Micro-Meta App."""
    return isinstance(data, dict) and (_stem(data) in TOPS or isinstance(data.get("components"), list))


def read_micro_meta(data: Mapping[str, Any], source: str, place: str = "") -> Passport:
    """Read a microscope.

    Parameters
    ----------
    place
        JSON pointer to the microscope in its document.

    Raises
    ------
    PassportError
        If it has too many components.
    """
    found = data.get("components")
    components = found if isinstance(found, list) else []
    if len(components) > MOST:
        raise PassportError("microscopes.too_many_parts", name=source, most=MOST)
    notes: list[Note] = []
    groups: dict[str, list[PassportPart]] = {name: [] for name in GROUPS}
    for index, component in enumerate(components):
        if isinstance(component, dict):
            for name, part in _component(component, f"{place}/components/{index}", notes):
                groups[name].append(part)
    name = text(data.get("Name")) or source
    parts: dict[str, Any] = {group: tuple(found) for group, found in groups.items()}
    return Passport(
        name=name[:200],
        id=text(data.get("ID")),
        model_version=text(data.get("ModelVersion")) or text(data.get("Version")),
        app_version=text(data.get("AppVersion")),
        tier=_tier(data),
        source=source,
        stand=_stand(data, components, place, notes),
        warnings=tuple(notes),
        **parts,
    )


def _stem(held: Mapping[str, Any]) -> str:
    return str(held.get("Schema_ID") or "").removesuffix(".json")


def _tier(data: Mapping[str, Any]) -> int | None:
    found = number(data.get("ValidationTier")) or number(data.get("Tier"))
    return int(found) if found and 1 <= found <= 5 else None  # noqa: PLR2004 - tiers of the model


def _stand(data: Mapping[str, Any], components: list[Any], place: str, notes: list[Note]) -> PassportPart:
    held = data.get("MicroscopeStand")
    here = f"{place}/MicroscopeStand"
    if isinstance(held, list) and held:
        held, here = held[0], f"{here}/0"
    if not isinstance(held, dict):
        held, here = data, place
    part = Part(here, notes=notes)
    for name, key in (("manufacturer", "Manufacturer"), ("model", "Model"), ("serial", "SerialNumber")):
        part.word(name, held, key)
    part.word("description", held, "Description")
    for word, kind in STANDS.items():
        for key in ("Schema_ID", "Type"):
            if "type" not in part.values and str(held.get(key) or "").startswith(word):
                part.put("type", kind, key)
    for index, component in enumerate(components):
        if isinstance(component, dict) and _stem(component) == "AcquisitionSoftware" and text(component.get("Name")):
            said = [text(component.get(key)) for key in ("Name", "Version")]
            part.values["software"] = " ".join(word for word in said if word)
            part.places["software"] = f"{place}/components/{index}/Name"
            break
    return part.make(held.get("ID"), held.get("Name"))


def _component(held: Mapping[str, Any], place: str, notes: list[Note]) -> Iterator[tuple[str, PassportPart]]:
    stem = _stem(held)
    part = Part(place, notes=notes)
    group = _group(stem)
    if group is None:
        return
    _READ[group](part, held, stem)
    if part.values.keys() - {"kind"}:
        yield group, part.make(held.get("ID"), held.get("Name"))


def _group(stem: str) -> str | None:
    if stem == "Objective":
        return "objectives"
    if "LightSource" in stem or stem in LIGHTS:
        return "light_sources"
    return "detectors" if stem in DETECTORS else "filters" if stem in FILTERS else None


def _objective(part: Part, held: Mapping[str, Any], _stem: str) -> None:
    objective(part, held, LENS)
    part.length("working_distance", held, "WorkingDistance", "WorkingDistanceUnit", default="mm")


def _made_by(part: Part, held: Mapping[str, Any], kind: str | None) -> None:
    part.put("kind", kind, "Schema_ID")
    part.word("manufacturer", held, "Manufacturer")
    part.word("model", held, "Model")


def _light(part: Part, held: Mapping[str, Any], stem: str) -> None:
    kind = LIGHTS.get(stem.rpartition("_")[2], "Other")
    _made_by(part, held, kind)
    if kind not in {"Laser", "LightEmittingDiode"}:  # a lamp's peak is not what the sample saw
        return
    part.length("wavelength", held, "Wavelength", "WavelengthUnit", default="nm")
    ranges = _ranges(held, "IlluminationWavelengthRange")
    peaks = {number(band.get("PeakWavelength")) for band in ranges}
    if "wavelength" not in part.values and len(peaks) == 1:
        inner = Part(f"{part.place}/IlluminationWavelengthRange/0", notes=part.notes)
        inner.length("wavelength", ranges[0], "PeakWavelength", "PeakWavelengthUnit", default="nm")
        part.values |= inner.values
        part.places |= inner.places


def _detector(part: Part, held: Mapping[str, Any], stem: str) -> None:
    camera = CAMERAS.get(text(held.get("Type")) or "")
    _made_by(part, held, camera or DETECTORS[stem])
    if camera:
        part.put("kind", camera, "Type")


def _filter(part: Part, held: Mapping[str, Any], stem: str) -> None:
    passes = text(held.get("Type"))
    part.put(
        "kind",
        FILTERS[stem] or (passes if passes in PASSES else None),
        "Type" if FILTERS[stem] is None else "Schema_ID",
    )
    part.word("model", held, "Model")
    name = text(held.get("Name")) or ""
    bands = _bands(held)
    known = [name, text(held.get("CatalogNumber")) or text(held.get("SerialNumber"))]
    words = ", ".join(dict.fromkeys(word for word in known if word))
    fresh = name.casefold() == "empty" or name.startswith("New ")  # an empty slot, a component nobody filled in
    if "model" not in part.values and not bands and fresh:
        part.values.clear()
        return
    part.put("description", ": ".join(piece for piece in (words, bands) if piece) or None, "Name")


def _ranges(held: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    found = held.get(key)
    listed = found if isinstance(found, list) else [found]
    return [band for band in listed if isinstance(band, dict)][:50]


def _bands(held: Mapping[str, Any]) -> str:
    """Give what a filter lets through, as catalogues do: centre/width, or from-to in the older generation; nm."""
    said = []
    for band in _ranges(held, "TransmittanceRange"):
        centre, width = number(band.get("Wavelength")), number(band.get("FWHMBandwidth"))
        low, high = number(band.get("CutIn") or band.get("CutOn")), number(band.get("CutOut") or band.get("CutOff"))
        if centre and width:
            said.append(f"{centre:g}/{width:g}")
        elif low:
            said.append(f"{low:g}-{high:g}" if high else f">{low:g}")
    return f"{', '.join(said)} nm" if said else ""


_READ = {"objectives": _objective, "light_sources": _light, "detectors": _detector, "filters": _filter}
