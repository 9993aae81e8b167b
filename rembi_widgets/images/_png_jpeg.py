"""PNG and JPEG: sizes and type from the header (PNG 1.2, section 4; ITU-T T.81, annex B; Exif 2.3).

Neither format knows what a pixel of a specimen is; their resolutions are for printing, and are read as in
``_plain_tiff``.
"""

from __future__ import annotations

import zlib
from struct import unpack_from
from typing import TYPE_CHECKING

from rembi_widgets.images import _tiff_values as tags
from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._found import Found
from rembi_widgets.images._plain_tiff import PRINTED_UM, TEXT_SHOWN
from rembi_widgets.images._source import Excerpt
from rembi_widgets.images._tiff_header import first_ifd, is_tiff, read_ifd

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._source import Source

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
PARTS_LIMIT = 4096
"""Chunks or segments that are looked at."""
TEXT_LIMIT = 1 << 16
EXIF_IFD, DATE_ORIGINAL = 34665, 36867
_PNG_TEXTS = {b"Description": "description", b"Software": "software"}
_PNG_COLOURS = {0: 1, 2: 3, 3: 3, 4: 1, 6: 3}
_PNG_TYPES = {1: "bit", 2: "uint8", 4: "uint8", 8: "uint8", 16: "uint16"}
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers that begin a frame, which states the size."""
_ALONE = frozenset(range(0xD0, 0xD8)) | {0x01}


class PngReader:
    """Reads PNG."""

    name = "png"
    formats = ("PNG",)
    untested = ()

    def matches(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 - the bytes decide
        """Tell whether the file has PNG's signature."""
        return head.startswith(PNG)

    def read(self, source: Source) -> tuple[ImageRecord, ...]:
        """Give the record."""
        found = Found()
        raw: dict[str, str] = {}
        for kind, begin, length in _chunks(source):
            if kind == b"IHDR":
                _header(source, begin, length, found)
            elif kind == b"pHYs" and length >= 9:  # noqa: PLR2004 - two numbers and a unit
                _density(source.at(begin, 9), found, raw)
            elif kind == b"tEXt" and length <= TEXT_LIMIT:
                word, _, text = source.at(begin, length).partition(b"\0")
                if word in _PNG_TEXTS:
                    found.put(_PNG_TEXTS[word], text.decode("latin-1").strip()[:TEXT_SHOWN], f"tEXt/{word.decode()}")
        if "size_x" not in found.values:
            raise UnreadableImageError("images.no_size", name=source.path.name)
        return (found.record(**source.about(), format="PNG", reader="png", compression="Deflate", raw=raw),)


def _chunks(source: Source) -> Iterator[tuple[bytes, int, int]]:
    """Give kind, beginning and length of each chunk before the pixels."""
    at = len(PNG)
    for _ in range(PARTS_LIMIT):
        length, kind = unpack_from(">I4s", source.at(at, 8))
        if kind in (b"IDAT", b"IEND"):
            return
        yield kind, at + 8, length
        at += length + 12


def _header(source: Source, begin: int, length: int, found: Found) -> None:
    if length != 13:  # noqa: PLR2004 - fixed by the standard
        raise UnreadableImageError("images.no_size", name=source.path.name)
    block = source.at(begin - 4, 21)
    if zlib.crc32(block[:17]) != unpack_from(">I", block, 17)[0]:
        raise UnreadableImageError("images.checksum", name=source.path.name)
    width, height, bits, colour = unpack_from(">IIBB", block, 4)
    if not (0 < width < 2**31 and 0 < height < 2**31):
        raise UnreadableImageError("images.no_size", name=source.path.name)
    _sizes(found, (width, height, _PNG_COLOURS.get(colour, 1)), _PNG_TYPES.get(bits), "IHDR")


def _sizes(found: Found, sizes: tuple[int, int, int], pixel_type: str | None, place: str) -> None:
    for name, size in zip(("size_x", "size_y", "size_c"), sizes, strict=True):
        found.put(name, size, place)
    found.put("size_z", 1, place)
    found.put("size_t", 1, place)
    found.put("pixel_type", pixel_type, place)


def _density(chunk: bytes, found: Found, raw: dict[str, str]) -> None:
    """Fill in pixel sizes if the density, in pixels a metre, is no printing resolution."""
    across, down, unit = unpack_from(">IIB", chunk)
    for axis, density in (("x", across), ("y", down)):
        if unit != 1 or not density:
            continue
        size = 1e6 / density
        if size < PRINTED_UM:
            found.put(f"px_{axis}_um", found.notes.length_um(f"px_{axis}_um", size), "pHYs", derived=True)
        else:
            raw[f"resolution {axis}"] = f"{density * 0.0254:.0f} dpi"


class JpegReader:
    """Reads JPEG, with date and description from its Exif part; never the position on earth."""

    name = "jpeg"
    formats = ("JPEG",)
    untested = ()

    def matches(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 - the bytes decide
        """Tell whether the file begins as a JPEG does."""
        return head.startswith(JPEG)

    def read(self, source: Source) -> tuple[ImageRecord, ...]:
        """Give the record."""
        found = Found()
        for marker, begin, length in _segments(source):
            if marker in _FRAMES:
                bits, height, width, colours = unpack_from(">BHHB", source.at(begin, 6))
                if width and height:
                    _sizes(found, (width, height, colours), "uint8" if bits <= 8 else "uint16", "SOF")  # noqa: PLR2004
                break
            if marker == 0xE1:  # noqa: PLR2004 - APP1
                _exif(source, source.at(begin, length), found)
        if "size_x" not in found.values:
            raise UnreadableImageError("images.no_size", name=source.path.name)
        return (found.record(**source.about(), format="JPEG", reader="jpeg", compression="JPEG"),)


def _segments(source: Source) -> Iterator[tuple[int, int, int]]:
    """Give marker, beginning and length of each segment up to the frame."""
    at = 2
    for _ in range(PARTS_LIMIT):
        lead, marker = source.at(at, 2)
        if lead != 0xFF:  # noqa: PLR2004 - every marker's first byte
            raise UnreadableImageError("images.no_size", name=source.path.name)
        if marker == 0xFF or marker in _ALONE:  # noqa: PLR2004 - a fill byte
            at += 1 if marker == 0xFF else 2  # noqa: PLR2004
            continue
        length: int = unpack_from(">H", source.at(at + 2, 2))[0]
        if length < 2 or marker == 0xDA:  # noqa: PLR2004 - the length counts itself; DA: pixels begin
            return
        yield marker, at + 4, length - 2
        at += 2 + length


def _exif(source: Source, data: bytes, found: Found) -> None:
    """Fill in what Exif says of time, program and content. A broken Exif part costs itself."""
    if not data.startswith(b"Exif\0\0") or not is_tiff(data[6:]):
        return
    excerpt = Excerpt(source.path, data[6:])
    try:
        ifd = first_ifd(excerpt)
        text = tags.text_of(ifd, tags.DESCRIPTION, found.notes)
        found.put("description", text[:TEXT_SHOWN], "Exif/ImageDescription")
        found.put("software", tags.text_of(ifd, tags.SOFTWARE, found.notes), "Exif/Software")
        below = int(ifd.first(EXIF_IFD))
        if below:
            inner = read_ifd(excerpt, ifd.order, big=ifd.big, begin=below)
            when = tags.date_of(tags.text_of(inner, DATE_ORIGINAL, found.notes))
            found.put("acquired_at", found.notes.date("acquired_at", when), "Exif/DateTimeOriginal")
    except UnreadableImageError:
        found.notes.note("exif")
