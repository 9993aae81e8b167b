"""Packed pixels back to bytes, never more of them than a piece can hold.

What is unpacked by the standard library is cut off at that many bytes. Blosc, LZ4 and Zstandard are numcodecs'; their
pieces begin with the bytes they will become, which must be those that the piece needs.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from importlib import import_module
from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_WINDOW = {"gzip": 31, "zlib": 15}
"""Window bits of zlib for a codec; 16 above means gzip's envelope."""
_FRAME = b"\x28\xb5\x2f\xfd"
"""How a frame of Zstandard begins."""
_BLOSC = Struct("<4xIII")
"""Bytes that a piece becomes, those of a block, and those stored, after four bytes of versions and flags."""
_SHOWN = 18
"""Bytes of a piece that an error shows."""


def unpack(codec: str, data: bytes, wanted: int) -> bytes:
    """Give the bytes of a packed piece.

    Parameters
    ----------
    codec
        ``gzip``, ``zlib``, ``bz2``, ``lzma``, ``blosc``, ``lz4`` or ``zstd``.
    data
        The piece as it is stored.
    wanted
        Bytes that it must become.

    Raises
    ------
    KeyError
        If the codec is not known.
    ValueError
        If the piece is broken, or becomes another number of bytes.
    """
    found = _UNPACKED[codec](data, wanted)
    if len(found) != wanted:
        raise ValueError(len(found), wanted)
    return found


def _deflated(window: int) -> Callable[[bytes, int], bytes]:
    def unpacked(data: bytes, wanted: int) -> bytes:
        try:
            return zlib.decompressobj(window).decompress(data, wanted)
        except zlib.error as fault:
            raise ValueError(str(fault)) from fault

    return unpacked


def _bz2(data: bytes, wanted: int) -> bytes:
    try:
        return bz2.BZ2Decompressor().decompress(data, wanted)
    except OSError as fault:
        raise ValueError(str(fault)) from fault


def _lzma(data: bytes, wanted: int) -> bytes:
    try:
        return lzma.LZMADecompressor().decompress(data, wanted)
    except lzma.LZMAError as fault:
        raise ValueError(str(fault)) from fault


def _foreign(name: str, stated: Callable[[bytes], int | None]) -> Callable[[bytes, int], bytes]:
    def unpacked(data: bytes, wanted: int) -> bytes:
        if stated(data) != wanted:
            raise ValueError(data[:_SHOWN].hex(" "))
        try:
            return bytes(import_module(f"numcodecs.{name}").decompress(data))
        except RuntimeError as fault:
            raise ValueError(str(fault)) from fault

    return unpacked


def stated_by_zstd(frame: bytes) -> int | None:
    """Give the bytes that a frame says it holds (RFC 8878, 3.1.1.1); ``None`` where it does not say."""
    if not frame.startswith(_FRAME) or len(frame) == len(_FRAME):
        return None
    described = frame[len(_FRAME)]
    is_single = bool(described >> 5 & 1)
    at = len(_FRAME) + 1 + (not is_single) + (0, 1, 2, 4)[described & 3]
    width = (int(is_single), 2, 4, 8)[described >> 6]
    stated = int.from_bytes(frame[at : at + width], "little")
    return (stated + 256 if width == 2 else stated) if width else None  # noqa: PLR2004 - two bytes count from 256


def _stated_by_blosc(data: bytes) -> int | None:
    """Give the bytes that a piece becomes (Blosc 1, ``README_CHUNK_FORMAT``); ``None`` for one that is cut short."""
    if len(data) < _BLOSC.size:
        return None
    becomes, _, stored = _BLOSC.unpack_from(data)
    return int(becomes) if stored == len(data) else None  # Blosc itself reads on behind what it is given


def _stated_by_lz4(data: bytes) -> int | None:
    return int.from_bytes(data[:4], "little") if len(data) > 4 else None  # noqa: PLR2004 - a length, then one block


_UNPACKED: dict[str, Callable[[bytes, int], bytes]] = {
    **{name: _deflated(window) for name, window in _WINDOW.items()},
    "bz2": _bz2,
    "lzma": _lzma,
    "blosc": _foreign("blosc", _stated_by_blosc),
    "lz4": _foreign("lz4", _stated_by_lz4),
    "zstd": _foreign("zstd", stated_by_zstd),
}
CODECS = frozenset(_UNPACKED)
"""Names of codecs that are read."""
