"""Leica's XML to image records: dimensions in metres and seconds, channels, objective, lasers, date.

A dimension's length runs from the centre of its first pixel to that of its last. The instrument's settings stand in the
attachment "HardwareSetting" (LAS X), or beside the description (LAS AF).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._found import Found
from rembi_widgets.images._imagerecord import ImageChannel, ImageInstrument, ImageObjective, ImagePart
from rembi_widgets.images._objective_name import MEDIA, optics, tidy_name
from rembi_widgets.images._plain_tiff import TEXT_SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._source import Source

DIMENSIONS = {"1": "x", "2": "y", "3": "z", "4": "t"}
"""Leica's number of a dimension to the axis; others (wavelength 5, rotation 6, mosaic 10, ...) are kept apart."""
OTHERS = {"5": "lambda", "6": "rotation", "7": "XT slices", "8": "T slices", "9": "excitation lambda", "10": "tiles"}
PIXELS = "ImageDescription/Dimensions/DimensionDescription"
CHANNELS = "ImageDescription/Channels/ChannelDescription"
SETTINGS = "HardwareSetting/ATLConfocalSettingDefinition"
EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
"""Windows counts steps of 100 ns from here."""
CHANNELS_LIMIT = 4096
_TYPES = {8: "uint8", 16: "uint16", 32: "uint32"}
_COLOURS = {"Red": "#FF0000", "Green": "#00FF00", "Blue": "#0000FF", "Cyan": "#00FFFF", "Magenta": "#FF00FF",
            "Yellow": "#FFFF00", "Gray": "#FFFFFF", "Grey": "#FFFFFF"}  # fmt: skip
"""Leica's lookup tables that are plain colours."""
_MODES = {"confocal": "LaserScanningConfocalMicroscopy", "widefield": "WideField"}
"""What a data source is called to the word of OME for the mode."""


def image_of(image: etree._Element, name: str, about: Mapping[str, Any], source: Source) -> ImageRecord:
    """Give the record of an image.

    Parameters
    ----------
    image
        The element ``Image`` of the file's XML.
    name
        Its path in the tree.
    about
        What is known of the file.
    source
        The file; whether names of people are read.
    """
    found, raw = Found(), dict[str, str]()
    found.put("scene_name", name, "Element/@Name")
    _sizes(image, found, raw)
    hardware, settings = _settings(image)
    _channels(image, hardware, _dyes(settings), found)
    _date(image, found)
    if hardware is not None:
        found.put("software", hardware.get("Software"), "HardwareSetting/@Software")
    _instrument(hardware, settings, found)
    if settings is not None:
        _objective(settings, found)
        _lights(settings, found)
    found.put("description", (image.get("TextDescription") or "").strip()[:TEXT_SHOWN], "Image/@TextDescription")
    if source.personal:
        person = image.findtext(".//User/Name") or image.findtext("User")
        found.put("experimenter", (person or "").strip(), "Image/User")
    return found.record(**about, raw=raw)


def _sizes(image: etree._Element, found: Found, raw: dict[str, str]) -> None:
    """Fill in sizes and steps; a dimension that is not there has one place."""
    notes = found.notes
    said = {item.get("DimID", ""): item for item in image.iterfind(PIXELS)}
    for identity, axis in DIMENSIONS.items():
        name, item = f"size_{axis}", said.get(identity)
        size = 1 if item is None else notes.size(name, item.get("NumberOfElements"))
        found.put(name, size, f"{PIXELS}[@DimID='{identity}']/@NumberOfElements")
        if item is None or size is None or size < 2:  # noqa: PLR2004 - one place has no step
            continue
        length = notes.number("scale", item.get("Length"))
        place, unit = f"{PIXELS}[@DimID='{identity}']/@Length", item.get("Unit") or ("s" if axis == "t" else "m")
        step = None if length is None else abs(length) / (size - 1)
        if axis == "t":
            found.put("time_increment_s", notes.time_s("time_increment_s", step, unit), place, derived=True)
        else:
            found.put(f"px_{axis}_um", notes.length_um(f"px_{axis}_um", step, unit), place, derived=True)
    for identity, item in said.items():
        if identity not in DIMENSIONS:
            raw[f"size {OTHERS.get(identity, identity)}"[:40]] = (item.get("NumberOfElements") or "")[:20]


def _settings(image: etree._Element) -> tuple[etree._Element | None, etree._Element | None]:
    """Give the element of the instrument, and that of its settings."""
    for item in image.iterfind("Attachment"):
        if item.get("Name") == "HardwareSetting":
            for name in ("ATLConfocalSettingDefinition", "ATLCameraSettingDefinition"):
                settings = item.find(name)
                if settings is not None:
                    return item, settings
            return item, None
    return None, None


def _dyes(settings: etree._Element | None) -> tuple[str | None, ...]:
    """Give the dye chosen for each detector in use, in their order."""
    if settings is None:
        return ()
    bands = {band.get("Channel"): band.get("DyeName") for band in settings.iterfind("Spectro/MultiBand")}
    used = [item for item in settings.iterfind("DetectorList/Detector") if item.get("IsActive") == "1"]
    return tuple(bands.get(item.get("Channel")) or None for item in used)


def _channels(
    image: etree._Element, hardware: etree._Element | None, dyes: tuple[str | None, ...], found: Found
) -> None:
    stated = list(image.iterfind(CHANNELS))[:CHANNELS_LIMIT]
    found.put("size_c", len(stated) or None, CHANNELS)
    kind = (hardware.get("DataSourceTypeName") or "").casefold() if hardware is not None else ""
    mode = _MODES.get(kind)
    bits = found.notes.size("pixel_type", stated[0].get("Resolution")) if stated else None
    if stated and bits:
        is_float = stated[0].get("DataType") == "1"
        stored = 8 if bits <= 8 else 16 if bits <= 16 else 32  # noqa: PLR2004 - bits of whole bytes
        pixel_type = {32: "float", 64: "double"}.get(bits) if is_float else _TYPES[stored]
        found.put("pixel_type", pixel_type, f"{CHANNELS}/@Resolution")
    if len(dyes) == len(stated):
        found.confidence["channels.fluor"] = "derived"  # by the order of detectors
    else:
        dyes = (None,) * len(stated)
    channels = [
        _channel(index, item, (mode, dye), found) for index, (item, dye) in enumerate(zip(stated, dyes, strict=True))
    ]
    found.put("channels", tuple(channels), CHANNELS)


def _channel(index: int, item: etree._Element, known: tuple[str | None, str | None], found: Found) -> ImageChannel:
    said = {prop.findtext("Key"): prop.findtext("Value") for prop in item.iterfind("ChannelProperty")}
    mode, band = known
    dye, table = said.get("DyeName") or band, item.get("LUTName") or None
    dye_place = f"{CHANNELS}/ChannelProperty[Key='DyeName']" if said.get("DyeName") else f"{SETTINGS}/Spectro/MultiBand"
    given = found.gather(
        "channels",
        [
            ("name", said.get("ChannelName") or table, f"{CHANNELS}/@LUTName"),
            ("fluor", dye.rpartition("/")[2] if dye else None, dye_place),
            ("color_hex", _COLOURS.get(table or ""), f"{CHANNELS}/@LUTName"),
            ("acquisition_mode", mode, "HardwareSetting/@DataSourceTypeName"),
        ],
    )
    return ImageChannel(index=index, **given)


def _date(image: etree._Element, found: Found) -> None:
    """Fill in the time of the first plane: 16 digits in the list of newer files, two numbers in older ones."""
    stamps = image.find("TimeStampList")
    ticks = _ticks(stamps)
    if ticks:
        when = (EPOCH + timedelta(microseconds=ticks // 10)).replace(tzinfo=None)
        found.put("acquired_at", when.isoformat(timespec="milliseconds"), "Image/TimeStampList", derived=True)


def _ticks(stamps: etree._Element | None) -> int | None:
    if stamps is None:
        return None
    first = (stamps.text or "")[:40].split()
    try:
        if first:
            ticks = int(first[0], 16)
        else:
            stamp = stamps.find("TimeStamp")
            if stamp is None:
                return None
            ticks = (int(stamp.get("HighInteger", "0")) << 32) + int(stamp.get("LowInteger", "0"))
    except ValueError:
        return None
    return ticks if 0 < ticks < 1 << 60 else None


def _instrument(hardware: etree._Element | None, settings: etree._Element | None, found: Found) -> None:
    system = hardware.get("SystemTypeName") if hardware is not None else None
    stand = settings.get("MicroscopeModel") if settings is not None else None
    serial = settings.get("SystemSerialNumber") if settings is not None else None
    inverse = settings.get("IsInverseMicroscopeModel") if settings is not None else None
    given = found.gather(
        "instrument",
        [
            ("model", ", ".join(word for word in (system, stand) if word), "HardwareSetting/@SystemTypeName"),
            ("type", {"1": "Inverted", "0": "Upright"}.get(inverse or ""), f"{SETTINGS}/@IsInverseMicroscopeModel"),
            ("serial", serial, f"{SETTINGS}/@SystemSerialNumber"),
        ],
    )
    if given:
        found.put("instrument", ImageInstrument(**given), "HardwareSetting")


def _objective(settings: etree._Element, found: Found) -> None:
    notes, medium = found.notes, (settings.get("Immersion") or "").strip()
    model = tidy_name(settings.get("ObjectiveName"))
    stated = {
        "na": (notes.positive("objective.na", settings.get("NumericalAperture")), f"{SETTINGS}/@NumericalAperture"),
        "magnification": (
            notes.positive("objective.magnification", settings.get("Magnification")),
            f"{SETTINGS}/@Magnification",
        ),
        "immersion": (MEDIA.get(medium.upper(), medium.capitalize()) or None, f"{SETTINGS}/@Immersion"),
    }
    index = notes.positive("objective.refractive_index", settings.get("RefractionIndex"))
    given = found.gather(
        "objective",
        [
            ("model", model, f"{SETTINGS}/@ObjectiveName"),
            *optics(found, model, f"{SETTINGS}/@ObjectiveName", stated),
            ("refractive_index", index, f"{SETTINGS}/@RefractionIndex"),
        ],
    )
    if given:
        found.put("objective", ImageObjective(**given), SETTINGS)


def _lights(settings: etree._Element, found: Found) -> None:
    """Fill in the laser lines that were on, and the detectors in use."""
    found.put("light_sources", tuple(_lines(settings, found)), f"{SETTINGS}/AotfList/Aotf/LaserLineSetting")
    detectors = [
        ImagePart(id=item.get("Name"), kind=item.get("Type") or "detector", model=item.get("Name"))
        for item in settings.iterfind("DetectorList/Detector")
        if item.get("IsActive") == "1"
    ]
    found.put("detectors", tuple(detectors), f"{SETTINGS}/DetectorList/Detector")


def _lines(settings: etree._Element, found: Found) -> Iterator[ImagePart]:
    for line in settings.iterfind("AotfList/Aotf/LaserLineSetting"):
        power = found.notes.number("light_sources.power", line.get("IntensityDev"))
        wave = found.notes.wavelength_nm("light_sources.wavelength_nm", line.get("LaserLine")) if power else None
        if wave is not None:
            name = "light_sources.wavelength_nm"
            found.sources[name] = f"{SETTINGS}/AotfList/Aotf/LaserLineSetting/@LaserLine"
            yield ImagePart(kind="laser", wavelength_nm=wave)
