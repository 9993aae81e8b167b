"""Zeiss LSM: TIFF with a tag of its own, CZ_LSMINFO, and the settings of the scan that it points to.

Zeiss, "LSM 5/7 file format" (release 6.0). Voxels are in metres; 1e-19 m is Zeiss's way to say "one plane". The file
holds a small copy of each picture in its second directories.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from struct import unpack_from
from typing import TYPE_CHECKING, Any

from rembi_widgets.images import _tiff_values as tags
from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._found import Found
from rembi_widgets.images._imagerecord import ImageChannel, ImageObjective, ImagePart
from rembi_widgets.images._lsm_scan import ENTRY_LIMIT, Part, scan_of
from rembi_widgets.images._objective_name import optics, tidy_name
from rembi_widgets.images._plain_tiff import TEXT_SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._source import Source
    from rembi_widgets.images._tiff_header import Ifd

TAG = 34412
MAGICS = frozenset({0x00300494C, 0x00400494C})
INFO_LEAST = 160
"""Bytes of the tag up to the last field read here."""
TYPES = {8: "uint8", 16: "uint16", 32: "float"}
"""Bits of a pixel to its type; whole numbers of 32 bits do not occur."""
COLOURS_LIMIT = 1 << 10
DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - the clock of the microscope's computer
"""Zeiss counts days from here, as OLE does."""
DAYS = (20000, 80000)
"""Days that can be: 1954 to 2119."""


def read_lsm(source: Source, ifd: Ifd) -> tuple[ImageRecord, ...]:
    """Give the record of a TIFF that has the tag.

    Raises
    ------
    UnreadableImageError
        If the tag is cut short or claims no size.
    """
    info = ifd.text(TAG).ljust(INFO_LEAST, b"\0")
    (magic,) = unpack_from(f"{ifd.order}I", info)
    sizes = unpack_from(f"{ifd.order}5i", info, 8)
    if magic not in MAGICS or min(sizes[:2]) <= 0:
        raise UnreadableImageError("images.no_size", name=source.path.name)
    found = Found()
    for axis, size in zip("xyzct", sizes, strict=True):
        found.put(f"size_{axis}", found.notes.size(f"size_{axis}", size), f"CZ_LSMINFO/Dimension{axis.upper()}")
    found.put("pixel_type", TYPES.get(_bits(source, ifd)), tags.place(tags.BITS))
    _steps(ifd.order, info, found)
    _told(source, ifd.order, info, found)
    found.put("compression", tags.compression_of(ifd), tags.place(tags.COMPRESSION))
    tags.check_complete(ifd, found.notes)
    return (found.record(**source.about(), format="LSM", reader="tiff"),)


def _bits(source: Source, ifd: Ifd) -> int:
    """Give the bits of a pixel; for two channels Zeiss writes where the numbers lie, though both would fit."""
    entry = ifd.entries.get(tags.BITS)
    if entry is None or entry[1] != 2:  # noqa: PLR2004
        return int(ifd.first(tags.BITS))
    (begin,) = unpack_from(f"{ifd.order}I", entry[2])
    try:
        return int(unpack_from(f"{ifd.order}H", source.at(begin, 2))[0])
    except UnreadableImageError:
        return int(ifd.first(tags.BITS))


def _steps(order: str, info: bytes, found: Found) -> None:
    """Fill in the sizes of voxels and the time step; what one plane or one time has no need of is left."""
    for axis, size in zip("xyz", unpack_from(f"{order}3d", info, 40), strict=True):
        if axis != "z" or found.values.get("size_z", 1) > 1 or size > 0:
            name = f"px_{axis}_um"
            found.put(name, found.notes.length_um(name, size, "m"), f"CZ_LSMINFO/VoxelSize{axis.upper()}")
    (step,) = unpack_from(f"{order}d", info, 112)
    if found.values.get("size_t", 1) > 1 and step != 0:
        found.put("time_increment_s", found.notes.time_s("time_increment_s", step), "CZ_LSMINFO/TimeInterval")


def _told(source: Source, order: str, info: bytes, found: Found) -> None:
    """Fill in what the settings of the scan say; broken ones cost themselves."""
    colours, settings = unpack_from(f"{order}I", info, 108)[0], unpack_from(f"{order}I", info, 124)[0]
    try:
        shown = _colours(source, order, colours) if colours else []
        scan = scan_of(source, order, settings) if settings else Part("recording")
    except UnreadableImageError:
        found.notes.note("tag_outside", tag="CZ_LSMINFO")
        return
    _objective(scan, found)
    _channels(scan, shown, found)
    _lights(scan, found)
    place = "ScanInformation/Recording"
    text = "\n".join(str(scan.said[key]) for key in ("description", "notes") if scan.said.get(key))
    found.put("description", text.strip()[:TEXT_SHOWN], f"{place}/Description")
    day = scan.said.get("day")
    if isinstance(day, float) and DAYS[0] < day < DAYS[1]:
        when = DAY_ZERO + timedelta(seconds=round(day * 86400))
        found.put("acquired_at", when.isoformat(), f"{place}/Sample0time", derived=True)
    if source.personal:
        found.put("experimenter", scan.said.get("user"), f"{place}/User")


def _colours(source: Source, order: str, begin: int) -> list[tuple[str | None, str]]:
    """Give name and colour of each channel, as shown."""
    size, count, _, offset, name_at = unpack_from(f"{order}5i", source.at(begin, 20))
    if not (0 < count < COLOURS_LIMIT and 0 < offset < size and 0 < name_at < size < ENTRY_LIMIT):
        return []
    block = source.at(begin, size)
    names = [*_names(block[name_at:], order), *(None for _ in range(count))]
    colours = [block[offset + 4 * place : offset + 4 * place + 3] for place in range(count)]
    return [(name, f"#{colour.hex().upper()}") for name, colour in zip(names, colours, strict=False) if len(colour) > 2]  # noqa: PLR2004


def _names(data: bytes, order: str) -> Iterator[str | None]:
    """Give the texts of a list, each with its length before it."""
    at = 0
    while at + 4 < len(data):
        (length,) = unpack_from(f"{order}I", data, at)
        yield data[at + 4 : at + 4 + length].split(b"\0")[0].decode("latin-1").strip() or None
        at += 4 + max(length, 1)


def _objective(scan: Part, found: Found) -> None:
    place = "ScanInformation/Recording/Objective"
    model = tidy_name(scan.said.get("objective"))
    given = found.gather("objective", [("model", model, place), *optics(found, model, place, {})])
    if given:
        found.put("objective", ImageObjective(**given), place)


def _channels(scan: Part, shown: list[tuple[str | None, str]], found: Found) -> None:
    """Fill in the channels: as shown, with what their detectors say."""
    by_name: dict[Any, tuple[Mapping[str, Any], list[Any]]] = {}
    for track in scan.all("track"):
        waves = [light.said.get("wave") for light in track.all("light") if light.said.get("light on")]
        for detector in track.all("detector"):
            if detector.said.get("detector on", 1):
                by_name.setdefault(detector.said.get("channel name"), (detector.said, waves))
    count = found.values.get("size_c", len(shown))
    channels = [_channel(index, item, by_name, found) for index, item in enumerate(shown[:count])]
    found.put("channels", tuple(channels), "CZ_LSMINFO/ChannelColors")


def _channel(
    index: int, item: tuple[str | None, str], by_name: Mapping[Any, tuple[Mapping[str, Any], list[Any]]], found: Found
) -> ImageChannel:
    name, colour = item
    said, waves = by_name.get(name, ({}, []))
    place = "ScanInformation/Track/DetectionChannel"
    wave = found.notes.wavelength_nm("channels.excitation_nm", waves[0]) if len(waves) == 1 else None
    hole = said.get("pinhole")
    size = found.notes.length_um("channels.pinhole_um", hole) if isinstance(hole, float) and hole > 0 else None
    given = found.gather(
        "channels",
        [
            ("name", name, "CZ_LSMINFO/ChannelColors"),
            ("color_hex", colour, "CZ_LSMINFO/ChannelColors"),
            ("fluor", said.get("dye"), f"{place}/DyeName"),
            ("excitation_nm", wave, "ScanInformation/Track/IlluminationChannel/Wavelength"),
            ("pinhole_um", size, f"{place}/PinholeDiameter"),
            ("acquisition_mode", "LaserScanningConfocalMicroscopy" if size else None, f"{place}/PinholeDiameter"),
        ],
    )
    return ImageChannel(index=index, **given)


def _lights(scan: Part, found: Found) -> None:
    """Fill in the lasers that were on, and the wavelengths they gave."""
    lasers = [
        ImagePart(kind="laser", model=laser.said.get("laser name") or None)
        for laser in scan.all("laser")
        if laser.said.get("laser on")
    ]
    name = "light_sources.wavelength_nm"
    waves = [light.said.get("wave") for light in scan.all("light") if light.said.get("light on")]
    if len(lasers) == 1 and len(waves) == 1:
        wave = found.notes.wavelength_nm(name, waves[0])
        lasers = [ImagePart(kind="laser", model=lasers[0].model, wavelength_nm=wave)]
        found.sources[name] = "ScanInformation/Track/IlluminationChannel/Wavelength"
    found.put("light_sources", tuple(lasers), "ScanInformation/Lasers")
    splitters = dict.fromkeys(part.said.get("filter") for part in scan.all("splitter"))
    models = [model for model in splitters if model and model != "None"]
    found.put("filters", tuple(ImagePart(kind="dichroic", model=model) for model in models), "ScanInformation/Track")
