"""Olympus SIS TIFF: the tag 33560 points to a block of its own, 33471 holds settings as text.

The block has no published description; what is read here is what independent readers agree on. Its page is the image;
pages without the tag are copies in colour for showing. A resolution of 72 dpi beside it means nothing.
"""

from __future__ import annotations

from datetime import datetime
from math import isfinite
from struct import iter_unpack, unpack_from
from typing import TYPE_CHECKING

from rembi_widgets.images import _tiff_values as tags
from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._found import Found
from rembi_widgets.images._imagerecord import ImagePart
from rembi_widgets.images._tiff_header import Ifd, read_ifd

if TYPE_CHECKING:
    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._source import Source

BLOCK, TEXT = 33560, 33471
MAKE, MODEL = 271, 272
MAGIC = b"SIS0"
MAKER = b"Olympus Soft Imaging"
PAGES_LIMIT = 16
"""Directories in which the tag is looked for."""
_HEAD, _GENERAL = 60, 112
_POWER_OF_TEN = 15
"""Exponents of a length that can be."""


def sis_page(source: Source, ifd: Ifd) -> Ifd | None:
    """Give the directory with the tag, from the first on; none if none of the first few has it."""
    page: Ifd | None = ifd
    seen: set[int] = set()
    while page is not None and len(seen) < PAGES_LIMIT:
        if BLOCK in page or TEXT in page:
            return page
        if not page.next or page.next in seen:
            return None
        seen.add(page.next)
        try:
            page = read_ifd(source, ifd.order, big=ifd.big, begin=page.next)
        except UnreadableImageError:
            return None
    return None


def may_be_sis(ifd: Ifd) -> bool:
    """Tell whether it is worth looking into the pages of a TIFF."""
    return BLOCK in ifd or TEXT in ifd or (MAKE in ifd and ifd.text(MAKE).startswith(MAKER))


def read_sis(source: Source, page: Ifd) -> tuple[ImageRecord, ...]:
    """Give the record of the page that has the tag.

    Raises
    ------
    UnreadableImageError
        If the page has no size.
    """
    width, height = int(page.first(tags.WIDTH)), int(page.first(tags.HEIGHT))
    if width <= 0 or height <= 0:
        raise UnreadableImageError("images.no_size", name=source.path.name)
    found, raw = Found(), dict[str, str]()
    found.put("size_x", width, tags.place(tags.WIDTH))
    found.put("size_y", height, tags.place(tags.HEIGHT))
    found.put("size_c", tags.colours_of(page), tags.place(tags.SAMPLES))
    found.put("size_z", 1, "TIFF")
    found.put("size_t", 1, "TIFF")
    found.put("pixel_type", tags.pixel_type_of(page), tags.place(tags.BITS))
    found.put("compression", tags.compression_of(page), tags.place(tags.COMPRESSION))
    _block(source, page, found, raw)
    when = tags.date_of(tags.text_of(page, tags.DATE_TIME, found.notes))
    found.put("acquired_at", found.notes.date("acquired_at", when), tags.place(tags.DATE_TIME))
    found.put("software", tags.text_of(page, tags.SOFTWARE, found.notes), tags.place(tags.SOFTWARE))
    maker, model = (tags.text_of(page, tag, found.notes) or None for tag in (MAKE, MODEL))
    if maker or model:
        found.put("detectors", (ImagePart(kind="camera", manufacturer=maker, model=model),), f"TIFF tag {MAKE} Make")
    tags.check_complete(page, found.notes)
    return (found.record(**source.about(), format="SIS TIFF", reader="tiff", raw=raw),)


def _block(source: Source, page: Ifd, found: Found, raw: dict[str, str]) -> None:
    """Fill in what the block says; a broken one costs itself."""
    begin = int(page.first(BLOCK))
    if not begin:
        return
    try:
        head = source.at(begin, _HEAD)
        if not head.startswith(MAGIC):
            return
        minute, hour, day, month, year = unpack_from("<5h", head, 10)
        _date((1900 + year, month + 1, day, hour, minute), found)
        (count,) = unpack_from("<H", head, 58)
        for kind, _, offset in iter_unpack("<hhI", source.at(begin + _HEAD, 8 * count)):
            if kind == 1:
                _general(source.at(offset, _GENERAL), found, raw)
                return
    except UnreadableImageError:
        found.notes.note("tag_outside", tag="OlympusSIS")


def _date(parts: tuple[int, int, int, int, int], found: Found) -> None:
    try:
        when = datetime(*parts)  # noqa: DTZ001 - the clock of the microscope's computer
    except ValueError:
        return
    found.put("acquired_at", when.isoformat(), "OlympusSIS/date")


def _general(data: bytes, found: Found, raw: dict[str, str]) -> None:
    """Fill in the pixel sizes, which are in metres and a power of ten, and keep the magnification."""
    power, across, down, magnification = unpack_from("<10xhdd8xd", data)
    for axis, size in (("x", across), ("y", down)):
        name = f"px_{axis}_um"
        if abs(power) <= _POWER_OF_TEN and isfinite(size):
            found.put(name, found.notes.length_um(name, size * 10.0**power, "m"), "OlympusSIS/calibration")
    if isfinite(magnification) and magnification > 0:
        raw["magnification"] = f"{magnification:g}"
