"""Chunks of a Zarr array back to pixels.

What a chunk grows to is known before it is decoded, so a few bytes cannot become gigabytes.
"""

from __future__ import annotations

from dataclasses import replace
from math import prod
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._codecs import CODECS, unpack
from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._zarr_store import SHARDED, codecs_3, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from rembi_widgets.images._zarr_store import Array

_CHECKSUM = 4
SHARD_LIMIT = 1 << 16
"""Chunks of one shard."""
EMPTY = 2**64 - 1
"""Where a chunk begins that was never written."""


def decode(level: Array, data: bytes, name: str) -> NDArray[Any]:
    """Give a chunk's pixels in the array's axes.

    Raises
    ------
    UnreadableImageError
        If a codec is not known.
    ValueError
        If the bytes are not as many as the chunk takes.
    """
    import numpy as np

    if level.codecs and level.codecs[0]["id"] == SHARDED:
        return _shard(level, data, name)
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


def _shard(level: Array, data: bytes, name: str) -> NDArray[Any]:
    """Give a shard's pixels: many chunks in one file, found by an index (Zarr ``sharding_indexed`` 1.0)."""
    import numpy as np

    said = level.codecs[0]
    inner = replace(level, chunks=whole(said["chunk_shape"], least=1), codecs=codecs_3(said["codecs"]))
    counts = [length // part for length, part in zip(level.chunks, inner.chunks, strict=True)]
    if prod(counts) > SHARD_LIMIT:
        raise ValueError(counts)  # becomes a sentence in ``preview``
    checked = any(codec["id"] == "crc32c" for codec in codecs_3(said.get("index_codecs")))
    length = prod(counts) * 16
    begin = 0 if said.get("index_location") == "start" else len(data) - length - (_CHECKSUM if checked else 0)
    index = np.frombuffer(data[begin : begin + length], "<u8").reshape(*counts, 2)
    found = np.full(level.chunks, level.fill, np.dtype(level.dtype))
    for place in np.ndindex(*counts):
        at, size = (int(number) for number in index[place])
        if at != EMPTY:
            spans = tuple(slice(n * part, (n + 1) * part) for n, part in zip(place, inner.chunks, strict=True))
            found[spans] = decode(inner, data[at : at + size], name)
    return found


def _shaped(flat: NDArray[Any], level: Array, turned: tuple[int, ...] | None) -> NDArray[Any]:
    if turned is not None:
        stored = flat.reshape([level.chunks[axis] for axis in turned])
        return stored.transpose([turned.index(axis) for axis in range(len(turned))])
    return flat.reshape(level.chunks, order="F" if level.fortran else "C")


def _decompressed(codec: Mapping[str, Any], data: bytes, wanted: int, name: str) -> bytes:
    identity = str(codec["id"])
    if identity not in CODECS:
        raise UnreadableImageError("images.no_preview.unknown_codec", name=name, found=identity[:80])
    return unpack(identity, data, wanted)
