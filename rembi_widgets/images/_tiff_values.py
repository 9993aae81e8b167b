"""What a TIFF's tags say: sizes, type, compression, texts (TIFF 6.0; libtiff's and vendors' codes)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.images._errors import UnreadableImageError

if TYPE_CHECKING:
    from rembi_widgets.images._sanity import Notes
    from rembi_widgets.images._tiff_header import Ifd

WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, DESCRIPTION = 256, 257, 258, 259, 262, 270
SAMPLES, X_RESOLUTION, Y_RESOLUTION, RESOLUTION_UNIT = 277, 282, 283, 296
SOFTWARE, DATE_TIME, EXTRA_SAMPLES, SAMPLE_FORMAT = 305, 306, 338, 339
_DATA = ((273, 279), (324, 325))
"""Offsets and lengths of the pixels, in strips or in tiles."""

NAMES = {
    WIDTH: "ImageWidth", HEIGHT: "ImageLength", BITS: "BitsPerSample", COMPRESSION: "Compression",
    DESCRIPTION: "ImageDescription", SAMPLES: "SamplesPerPixel", X_RESOLUTION: "XResolution",
    Y_RESOLUTION: "YResolution", SOFTWARE: "Software", DATE_TIME: "DateTime",
}  # fmt: skip

COMPRESSIONS = {
    1: "none", 2: "CCITT RLE", 3: "CCITT T.4", 4: "CCITT T.6", 5: "LZW", 6: "JPEG (old)", 7: "JPEG", 8: "Deflate",
    9: "JBIG", 10: "JBIG", 99: "JPEG", 32766: "NeXT", 32771: "CCITT RLE", 32773: "PackBits", 32809: "ThunderScan",
    32895: "IT8", 32896: "IT8", 32897: "IT8", 32898: "IT8", 32908: "Pixar", 32909: "Pixar log", 32946: "Deflate",
    32947: "Kodak DCS", 33003: "JPEG 2000", 33004: "JPEG 2000", 33005: "JPEG 2000", 33007: "JPEG", 34661: "JBIG",
    34676: "SGI log", 34677: "SGI log 24", 34712: "JPEG 2000", 34887: "LERC", 34892: "lossy JPEG", 34925: "LZMA",
    34926: "Zstandard", 34927: "WebP", 34933: "PNG", 34934: "JPEG XR", 50000: "Zstandard", 50001: "WebP",
    50002: "JPEG XL", 52546: "JPEG XL", 22610: "JPEG XR",
}  # fmt: skip
"""Compression code to its name."""

_TYPES = {
    (1, 1): "bit", (1, 8): "uint8", (1, 16): "uint16", (1, 32): "uint32", (2, 8): "int8", (2, 16): "int16",
    (2, 32): "int32", (3, 32): "float", (3, 64): "double", (6, 64): "complex", (6, 128): "double-complex",
}  # fmt: skip
_COLOURED = frozenset({2, 6})
"""Photometric interpretations of three samples a pixel: RGB and YCbCr."""


def place(tag: int) -> str:
    """Name a tag as the source of a value."""
    return f"TIFF tag {tag} {NAMES.get(tag, '')}".strip()


def compression_of(ifd: Ifd) -> str:
    """Give the compression's name.

    Raises
    ------
    UnreadableImageError
        If the code stands for none: no program could show the pixels.
    """
    code = int(ifd.first(COMPRESSION, 1))
    if code not in COMPRESSIONS:
        raise UnreadableImageError("images.tiff_compression", name=ifd.source.path.name, found=code)
    return COMPRESSIONS[code]


def pixel_type_of(ifd: Ifd) -> str | None:
    """Give the pixel type in OME's words; none for odd numbers of bits."""
    bits = int(ifd.first(BITS, 1))
    kind = int(ifd.first(SAMPLE_FORMAT, 1))
    return _TYPES.get((1 if kind == 4 else kind, bits))  # noqa: PLR2004 - 4: undefined, read as unsigned


def colours_of(ifd: Ifd) -> int:
    """Give the samples of a pixel that are colours or channels: opacity is none."""
    samples = int(ifd.first(SAMPLES, 1))
    extra = len(ifd.numbers(EXTRA_SAMPLES))
    coloured = int(ifd.first(PHOTOMETRIC)) in _COLOURED
    return max(1, samples - extra if coloured else samples)


def numbers_of(ifd: Ifd, tag: int, notes: Notes) -> tuple[float, ...]:
    """Give a tag's numbers; none with a note if they lie outside the file."""
    try:
        return ifd.numbers(tag)
    except UnreadableImageError:
        notes.note("tag_outside", tag=place(tag))
        return ()


def text_of(ifd: Ifd, tag: int, notes: Notes) -> str:
    """Give a tag's text; none with a note if it lies outside the file."""
    try:
        return ifd.text(tag).decode("utf-8", "replace").strip()
    except UnreadableImageError:
        notes.note("tag_outside", tag=place(tag))
        return ""


def date_of(text: str) -> str:
    """Give TIFF's and EXIF's form of a date as ISO 8601; blanks and zeros are none.

    >>> date_of("2018:11:15 19:42:31"), date_of("0000:00:00 00:00:00")
    ('2018-11-15T19:42:31', '')
    """
    day, _, hour = text.strip().partition(" ")
    if not day.strip("0: "):
        return ""
    return f"{day.replace(':', '-')}T{hour}" if hour else day.replace(":", "-")


def check_complete(ifd: Ifd, notes: Notes) -> None:
    """Note that the first plane's pixels reach beyond the end of the file."""
    for offsets, lengths in _DATA:
        if offsets not in ifd or lengths not in ifd:
            continue
        if ifd.entries[offsets][1] == 1 == ifd.entries[lengths][1]:
            end = int(ifd.first(offsets) + ifd.first(lengths))
            if end <= ifd.source.size:
                continue
        begins, sizes = numbers_of(ifd, offsets, notes), numbers_of(ifd, lengths, notes)
        end = max((int(begin + size) for begin, size in zip(begins, sizes, strict=False)), default=0)
        if end > ifd.source.size:
            notes.note("cut_short", wanted=end, size=ifd.source.size)
