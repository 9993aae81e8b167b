"""Chunks of a Zarr array back to pixels.

Raw, gzip and zlib are read by ourselves, Blosc, Zstandard and LZ4 by numcodecs if it is there. What a chunk may grow
to is known before it is decoded, so a few bytes cannot become gigabytes.
"""

from __future__ import annotations

import zlib
from importlib import import_module
from importlib.util import find_spec
from math import prod
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._errors import UnreadableImageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from rembi_widgets.images._zarr_store import Array

_WINDOW = {"gzip": 31, "zlib": 15}
"""Window bits of zlib for a codec; 16 above means gzip's envelope."""
_NUMCODECS = {"blosc": "blosc.Blosc", "zstd": "zstd.Zstd", "lz4": "lz4.LZ4", "lzma": "lzma.LZMA", "bz2": "bz2.BZ2"}
_CHECKSUM = 4


def decode(level: Array, data: bytes, name: str) -> NDArray[Any]:
    """Give a chunk's pixels in the array's axes.

    Raises
    ------
    UnreadableImageError
        If a codec is not known or needs a package that is not there.
    ValueError
        If the bytes are not as many as the chunk takes.
    """
    import numpy as np

    kind = np.dtype(level.dtype)
    wanted = prod(level.chunks) * kind.itemsize
    order, turned = level.order, None
    for codec in reversed(level.codecs):
        identity = codec["id"]
        if identity == "bytes":
            order = ">" if codec.get("endian") == "big" else "<"
        elif identity == "transpose":
            turned = tuple(int(axis) for axis in codec["order"])
        elif identity == "crc32c":
            data = data[:-_CHECKSUM]
        else:
            data = _decompressed(codec, data, wanted, name)
    flat = np.frombuffer(data, dtype=kind.newbyteorder(">" if order == ">" else "<"))
    return _shaped(flat, level, turned)


def _shaped(flat: NDArray[Any], level: Array, turned: tuple[int, ...] | None) -> NDArray[Any]:
    if turned is not None:
        stored = flat.reshape([level.chunks[axis] for axis in turned])
        return stored.transpose([turned.index(axis) for axis in range(len(turned))])
    return flat.reshape(level.chunks, order="F" if level.fortran else "C")


def _decompressed(codec: Mapping[str, Any], data: bytes, wanted: int, name: str) -> bytes:
    identity = str(codec["id"])
    if identity in _WINDOW:
        return zlib.decompressobj(_WINDOW[identity]).decompress(data, wanted)
    if identity not in _NUMCODECS:
        raise UnreadableImageError("images.no_preview.unknown_codec", name=name, found=identity[:80])
    if find_spec("numcodecs") is None:
        raise UnreadableImageError("images.no_preview.codec", name=name, found=identity, needed="numcodecs")
    module, _, made = _NUMCODECS[identity].partition(".")
    maker: Callable[[], Any] = getattr(import_module(f"numcodecs.{module}"), made)
    found = bytes(maker().decode(data))
    if len(found) > wanted:
        raise ValueError(len(found))
    return found
