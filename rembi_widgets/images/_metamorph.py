"""MetaMorph STK: TIFF whose planes follow one another behind a single directory, with tags UIC1 to UIC4.

Molecular Devices, "Meta Imaging Series TIFF format". UIC2 holds per plane the distance in z and the time of creation,
UIC3 the wavelength, UIC1 the calibration. The planes' axis is told by what differs: distance, wavelength or time.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from struct import iter_unpack, unpack_from
from typing import TYPE_CHECKING

from rembi_widgets.images import _tiff_values as tags
from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._found import Found
from rembi_widgets.images._imagerecord import ImageChannel
from rembi_widgets.images._plain_tiff import TEXT_SHOWN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._source import Source
    from rembi_widgets.images._tiff_header import Ifd

UIC1, UIC2, UIC3 = 33628, 33629, 33630
PLANES_LIMIT = 1 << 20
ENTRIES_LIMIT = 1 << 12
TEXT_LIMIT = 1 << 16
_LONG, _RATIONAL = 4, 5
_X, _Y, _UNITS, _NAME, _CREATED = 4, 5, 6, 7, 16
"""Numbers of UIC1's entries: calibrations, their unit, the image's name, its time."""
JULIAN_EPOCH = 2451544, datetime(2000, 1, 1)  # noqa: DTZ001 - a Julian day and its date; no zone is stated
"""A day as MetaMorph counts: the conversion that it publishes adds 1 to the day of astronomers."""
DAYS = (2430000, 2500000)
"""Julian days that can be: 1941 to 2132."""


def read_stk(source: Source, ifd: Ifd) -> tuple[ImageRecord, ...]:
    """Give the record of a TIFF that has the tags.

    Raises
    ------
    UnreadableImageError
        If the tags lie outside of the file or the image has no size.
    """
    width, height = int(ifd.first(tags.WIDTH)), int(ifd.first(tags.HEIGHT))
    planes = _planes(source, ifd)
    if width <= 0 or height <= 0 or not planes:
        raise UnreadableImageError("images.no_size", name=source.path.name)
    found, raw = Found(), dict[str, str]()
    found.put("size_x", width, tags.place(tags.WIDTH))
    found.put("size_y", height, tags.place(tags.HEIGHT))
    found.put("pixel_type", tags.pixel_type_of(ifd), tags.place(tags.BITS))
    found.put("compression", tags.compression_of(ifd), tags.place(tags.COMPRESSION))
    entries = _entries(source, ifd, found)
    unit = _calibration(source, ifd, entries, found)
    _axes(source, ifd, planes, (found, raw, unit))
    when = _time(planes[0][2], planes[0][3])
    found.put("acquired_at", when and when.isoformat(timespec="milliseconds"), "UIC2/creation", derived=True)
    found.put("software", tags.text_of(ifd, tags.SOFTWARE, found.notes), tags.place(tags.SOFTWARE))
    text = tags.text_of(ifd, tags.DESCRIPTION, found.notes).split("\0")[0].strip()
    found.put("description", text[:TEXT_SHOWN], tags.place(tags.DESCRIPTION))
    tags.check_complete(ifd, found.notes)
    return (found.record(**source.about(), format="STK", reader="tiff", raw=raw),)


def _block(source: Source, ifd: Ifd, tag: int, width: int) -> bytes:
    """Give the bytes of a tag that counts planes, so many bytes a plane."""
    entry = ifd.entries.get(tag)
    if entry is None or not 0 < entry[1] <= PLANES_LIMIT:
        return b""
    (begin,) = unpack_from(f"{ifd.order}I", entry[2])
    return source.at(begin, entry[1] * width)


def _planes(source: Source, ifd: Ifd) -> list[tuple[int, ...]]:
    """Give for each plane: distance (two numbers), day and time of creation, of the last change."""
    return list(iter_unpack(f"{ifd.order}6I", _block(source, ifd, UIC2, 24)))


def _entries(source: Source, ifd: Ifd, found: Found) -> dict[int, int]:
    """Give UIC1's entries: number to value, or to the place of the value."""
    entry = ifd.entries.get(UIC1)
    if entry is None or entry[0] != _LONG or not 0 < entry[1] <= ENTRIES_LIMIT:
        return {}
    try:
        return dict(iter_unpack(f"{ifd.order}2I", _block(source, ifd, UIC1, 8)))
    except UnreadableImageError:
        found.notes.note("tag_outside", tag="UIC1")
        return {}


def _calibration(source: Source, ifd: Ifd, entries: Mapping[int, int], found: Found) -> str | None:
    """Fill in the pixel sizes; give their unit."""
    if _UNITS not in entries:
        return None
    try:
        unit = _text(source, ifd, entries[_UNITS])
        for axis, number in (("x", _X), ("y", _Y)):
            if number in entries and unit:
                top, bottom = unpack_from(f"{ifd.order}2I", source.at(entries[number], 8))
                name = f"px_{axis}_um"
                size = found.notes.length_um(name, top / bottom if bottom else 0, unit)
                found.put(name, size, f"UIC1/{axis.upper()}Calibration")
    except UnreadableImageError:
        found.notes.note("tag_outside", tag="UIC1")
        return None
    return unit


def _text(source: Source, ifd: Ifd, begin: int) -> str:
    (length,) = unpack_from(f"{ifd.order}I", source.at(begin, 4))
    return source.at(begin + 4, min(length, TEXT_LIMIT)).rstrip(b"\0").decode("latin-1").strip()


def _axes(
    source: Source, ifd: Ifd, planes: Sequence[tuple[int, ...]], into: tuple[Found, dict[str, str], str | None]
) -> None:
    """Fill in the sizes: the planes are depths, channels or times, as what differs among them tells."""
    found, raw, unit = into
    steps = {top / bottom for top, bottom, *_ in planes[1:] if bottom}
    waves = _waves(source, ifd, found)
    count, place = len(planes), "UIC2"
    axis = (
        "z" if steps - {0.0} else "c" if len(set(waves)) == count > 1 else "t" if len(_times(planes)) == count else ""
    )
    if count > 1 and not axis:
        raw["planes"] = str(count)  # which axis they are, the file does not say
        return
    for other in "zct":
        found.put(f"size_{other}", count if other == axis else 1, place, derived=True)
    if axis == "z" and len(steps) == 1 and unit:
        found.put("px_z_um", found.notes.length_um("px_z_um", steps.pop(), unit), "UIC2/ZDistance")
    if axis == "t" and count > 1:
        times = sorted(_times(planes))
        step = (times[-1] - times[0]).total_seconds() / (count - 1)
        found.put("time_increment_s", found.notes.time_s("time_increment_s", step), "UIC2/creation", derived=True)
    _channels(waves, axis, found)


def _channels(waves: Sequence[float], axis: str, found: Found) -> None:
    """Fill in the channels by their wavelengths; which of the two a wavelength is, the file does not say."""
    shown = list(waves) if axis == "c" else list(waves[:1]) if len(set(waves)) == 1 else []
    names = [f"{wave:g} nm" if wave else None for wave in shown]
    channels = [
        ImageChannel(index=index, **found.gather("channels", [("name", name, "UIC3/Wavelengths")]))
        for index, name in enumerate(names)
    ]
    found.put("channels", tuple(channels) if any(names) else (), "UIC3/Wavelengths")


def _waves(source: Source, ifd: Ifd, found: Found) -> list[float]:
    try:
        block = _block(source, ifd, UIC3, 8)
    except UnreadableImageError:
        found.notes.note("tag_outside", tag="UIC3")
        return []
    return [top / bottom if bottom else 0.0 for top, bottom in iter_unpack(f"{ifd.order}2I", block)]


def _times(planes: Sequence[tuple[int, ...]]) -> set[datetime]:
    return {when for plane in planes if (when := _time(plane[2], plane[3])) is not None}


def _time(day: int, milliseconds: int) -> datetime | None:
    """Give the time of a Julian day and the milliseconds since its midnight."""
    if not (DAYS[0] < day < DAYS[1] and milliseconds < 86_400_000):  # noqa: PLR2004 - of a day
        return None
    return JULIAN_EPOCH[1] + timedelta(days=day - JULIAN_EPOCH[0], milliseconds=milliseconds)
