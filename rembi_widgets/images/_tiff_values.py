"""What a TIFF's tags say of its pixels: sizes, type, compression (TIFF 6.0; libtiff's and vendors' codes)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.images._errors import UnreadableImageError

if TYPE_CHECKING:
    from rembi_widgets.images._tiff_header import Ifd

WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, SAMPLES, SAMPLE_FORMAT = 256, 257, 258, 259, 262, 277, 339
X_RESOLUTION, Y_RESOLUTION, RESOLUTION_UNIT, SOFTWARE, DATE_TIME = 282, 283, 296, 305, 306

COMPRESSIONS = {
    1: "none", 2: "CCITT RLE", 3: "CCITT T.4", 4: "CCITT T.6", 5: "LZW", 6: "JPEG (old)", 7: "JPEG", 8: "Deflate",
    9: "JBIG", 10: "JBIG", 99: "JPEG", 32766: "NeXT", 32771: "CCITT RLE", 32773: "PackBits", 32809: "ThunderScan",
    32895: "IT8", 32896: "IT8", 32897: "IT8", 32898: "IT8", 32908: "Pixar", 32909: "Pixar log", 32946: "Deflate",
    32947: "Kodak DCS", 33003: "JPEG 2000", 33004: "JPEG 2000", 33005: "JPEG 2000", 33007: "JPEG", 34661: "JBIG",
    34676: "SGI log", 34677: "SGI log 24", 34712: "JPEG 2000", 34887: "LERC", 34892: "lossy JPEG", 34925: "LZMA",
    34926: "Zstandard", 34927: "WebP", 34933: "PNG", 34934: "JPEG XR", 50000: "Zstandard", 50001: "WebP",
    50002: "JPEG XL", 52546: "JPEG XL", 65000: "E-mode", 22610: "JPEG XR",
}  # fmt: skip
"""Compression code to its name."""

_TYPES = {
    (1, 1): "bit", (1, 8): "uint8", (1, 16): "uint16", (1, 32): "uint32", (2, 8): "int8", (2, 16): "int16",
    (2, 32): "int32", (3, 32): "float", (3, 64): "double", (6, 64): "complex", (6, 128): "double-complex",
}  # fmt: skip


def compression_of(ifd: Ifd) -> str | None:
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
