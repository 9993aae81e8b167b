"""The instrument in a CZI's metadata: channels with their dyes, microscope, objective, detectors, lights, filters."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._imagerecord import ImageChannel, ImageInstrument, ImageObjective, ImagePart
from rembi_widgets.images._objective_name import optics, tidy_name
from rembi_widgets.images._ome_parts import LIGHTS
from rembi_widgets.images._plain_xml import below, said

if TYPE_CHECKING:
    from lxml import etree

    from rembi_widgets.images._found import Found

CHANNELS = "Information/Image/Dimensions/Channels/Channel"
DISPLAY = "DisplaySetting/Channels/Channel"
INSTRUMENT = "Information/Instrument"
CHANNELS_LIMIT = 4096
_NO_DYE = re.compile(r"Dye\d+")
"""A name that ZEN gives where no dye was chosen."""
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")


def fill(known: etree._Element | None, image: etree._Element, found: Found) -> None:
    """Fill in channels and instrument."""
    _channels(known, image, found)
    instrument = known.find(INSTRUMENT) if known is not None else None
    if instrument is None:
        return
    _microscope(instrument, image, found)
    _objective(instrument, image, found)
    _parts(instrument, found)


def _channels(known: etree._Element | None, image: etree._Element, found: Found) -> None:
    """Fill in the channels; what one of the two lists does not say, the other may."""
    stated = list(below(image, "Dimensions/Channels/Channel"))[:CHANNELS_LIMIT]
    shown = list(below(known, DISPLAY))[:CHANNELS_LIMIT]
    by_id = {item.get("Id"): item for item in shown}
    alike = len(shown) == len(stated)
    pairs = zip_longest(stated, shown if alike else (), fillvalue=None)
    channels = [
        _channel(index, item, display if alike else by_id.get(item.get("Id")), found)
        for index, (item, display) in enumerate(pairs)
        if item is not None
    ]
    found.put("channels", tuple(channels), CHANNELS)


def _channel(index: int, item: etree._Element, display: etree._Element | None, found: Found) -> ImageChannel:
    notes = found.notes
    name = (item.get("Name"), f"{CHANNELS}/@Name") if item.get("Name") else (_name(display), f"{DISPLAY}/@Name")
    dye, dye_place = _either(item, "Fluor", display, "DyeName")
    colour, colour_place = _either(item, "Color", display, "Color")
    excitation, excitation_place = _either(item, "ExcitationWavelength", display, "DyeMaxExcitation")
    emission, emission_place = _either(item, "EmissionWavelength", display, "DyeMaxEmission")
    hole = notes.length_um("channels.pinhole_um", said(item, "PinholeSize"))
    detector = item.find("DetectorSettings/Detector")
    lights = tuple(light.get("Id", "") for light in below(item, "LightSourcesSettings/LightSourceSettings/LightSource"))
    given = found.gather(
        "channels",
        [
            ("name", *name),
            ("fluor", None if dye is None or _NO_DYE.fullmatch(dye) else dye, dye_place),
            ("excitation_nm", notes.wavelength_nm("channels.excitation_nm", excitation), excitation_place),
            ("emission_nm", notes.wavelength_nm("channels.emission_nm", emission), emission_place),
            ("color_hex", _colour(colour, found), colour_place),
            ("contrast_method", said(item, "ContrastMethod"), f"{CHANNELS}/ContrastMethod"),
            ("acquisition_mode", said(item, "AcquisitionMode"), f"{CHANNELS}/AcquisitionMode"),
            ("illumination", said(item, "IlluminationType"), f"{CHANNELS}/IlluminationType"),
            ("pinhole_um", hole, f"{CHANNELS}/PinholeSize"),
            ("exposure_s", _exposure(said(item, "ExposureTime"), found), f"{CHANNELS}/ExposureTime"),
            ("detector_ref", detector.get("Id") if detector is not None else None, f"{CHANNELS}/DetectorSettings"),
            ("light_refs", lights, f"{CHANNELS}/LightSourcesSettings"),
        ],
    )
    return ImageChannel(index=index, **given)


def _name(display: etree._Element | None) -> str | None:
    return display.get("Name") if display is not None else None


def _either(item: etree._Element, name: str, display: etree._Element | None, shown: str) -> tuple[str | None, str]:
    """Give a value and its place: the channel's own, else that of its display."""
    own = said(item, name)
    return (own, f"{CHANNELS}/{name}") if own else (said(display, shown), f"{DISPLAY}/{shown}")


def _colour(text: str | None, found: Found) -> str | None:
    """Give a colour as ``#RRGGBB``; Zeiss writes opacity first."""
    if not text:
        return None
    colour = _COLOUR.fullmatch(text)
    if colour is None:
        found.notes.drop("impossible", "channels.color_hex", text)
        return None
    return f"#{colour[1].upper()}"


def _exposure(text: str | None, found: Found) -> float | None:
    """Give an exposure in s; Zeiss counts nanoseconds."""
    return found.notes.time_s("channels.exposure_s", text, "ns") if text and text != "0" else None


def _referred(home: etree._Element, path: str, wanted: str | None) -> etree._Element | None:
    """Give the part of an id; the only one, where none is named."""
    parts = list(below(home, path))
    named = next((part for part in parts if part.get("Id") == wanted), None)
    return named if named is not None or len(parts) != 1 else parts[0]


def _id(image: etree._Element, path: str) -> str | None:
    ref = image.find(path)
    return ref.get("Id") if ref is not None else None


def _microscope(home: etree._Element, image: etree._Element, found: Found) -> None:
    stand = _referred(home, "Microscopes/Microscope", _id(image, "MicroscopeRef"))
    if stand is None:
        return
    place = f"{INSTRUMENT}/Microscopes/Microscope"
    model, model_place = next(
        ((text, where) for text, where in _models(stand, place) if text), (None, f"{place}/System")
    )
    given = found.gather(
        "instrument",
        [
            ("manufacturer", said(stand, "Manufacturer/Manufacturer"), f"{place}/Manufacturer/Manufacturer"),
            ("model", model, model_place),
            ("type", said(stand, "Type"), f"{place}/Type"),
            ("serial", said(stand, "Manufacturer/SerialNumber"), f"{place}/Manufacturer/SerialNumber"),
        ],
    )
    if given:
        found.put("instrument", ImageInstrument(**given), place)


def _models(stand: etree._Element, place: str) -> list[tuple[str | None, str]]:
    return [
        (said(stand, "System"), f"{place}/System"),
        (stand.get("Name"), f"{place}/@Name"),
        (said(stand, "Manufacturer/Model"), f"{place}/Manufacturer/Model"),
    ]


def _objective(home: etree._Element, image: etree._Element, found: Found) -> None:
    lens = _referred(home, "Objectives/Objective", _id(image, "ObjectiveSettings/ObjectiveRef"))
    if lens is None:
        return
    place, notes = f"{INSTRUMENT}/Objectives/Objective", found.notes
    index = said(image, "ObjectiveSettings/RefractiveIndex")
    model = tidy_name(said(lens, "Manufacturer/Model") or lens.get("Name"))
    power = notes.positive("objective.magnification", said(lens, "NominalMagnification"))
    stated = {
        "na": (notes.positive("objective.na", said(lens, "LensNA")), f"{place}/LensNA"),
        "magnification": (power, f"{place}/NominalMagnification"),
        "immersion": (said(lens, "Immersion"), f"{place}/Immersion"),
    }
    settings = "Information/Image/ObjectiveSettings/RefractiveIndex"
    given = found.gather(
        "objective",
        [
            ("manufacturer", said(lens, "Manufacturer/Manufacturer"), f"{place}/Manufacturer/Manufacturer"),
            ("model", model, f"{place}/Manufacturer/Model"),
            *optics(found, model, f"{place}/Manufacturer/Model", stated),
            ("correction", said(lens, "Correction"), f"{place}/Correction"),
            ("wd_um", notes.length_um("objective.wd_um", said(lens, "WorkingDistance")), f"{place}/WorkingDistance"),
            ("refractive_index", notes.positive("objective.refractive_index", index), settings),
        ],
    )
    if given:
        found.put("objective", ImageObjective(**given), place)


def _parts(home: etree._Element, found: Found) -> None:
    detectors = [_part(item, said(item, "Type") or "detector", found) for item in below(home, "Detectors/Detector")]
    lights = [_part(item, _light(item), found) for item in below(home, "LightSources/LightSource")]
    filters = [_part(item, "filter", found) for item in below(home, "Filters/Filter")]
    filters += [_part(item, "dichroic", found) for item in below(home, "Dichroics/Dichroic")]
    found.put("detectors", tuple(detectors), f"{INSTRUMENT}/Detectors/Detector")
    found.put("light_sources", tuple(lights), f"{INSTRUMENT}/LightSources/LightSource")
    found.put("filters", tuple(filters), f"{INSTRUMENT}/Filters/Filter")


def _light(item: etree._Element) -> str:
    kinds = [str(child.tag) for child in below(item, "LightSourceType/*")]
    return LIGHTS.get(kinds[0] if kinds else "", "light source")


def _part(item: etree._Element, kind: str, found: Found) -> ImagePart:
    place = f"{INSTRUMENT}/LightSources/LightSource/LightSourceType"
    wave = said(item, "LightSourceType/Laser/Wavelength")
    given: dict[str, Any] = found.gather(
        "light_sources",
        [("wavelength_nm", found.notes.wavelength_nm("light_sources.wavelength_nm", wave), f"{place}/Laser")],
    )
    low, high = said(item, "TransmittanceRange/CutIn"), said(item, "TransmittanceRange/CutOut")
    return ImagePart(
        id=item.get("Id"),
        kind=kind,
        manufacturer=said(item, "Manufacturer/Manufacturer"),
        model=said(item, "Manufacturer/Model") or item.get("Name"),
        description=f"{low}-{high} nm" if low and high else None,
        **given,
    )
