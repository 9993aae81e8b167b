"""Pixels of an OME-Zarr: the chunks of one plane a channel, of the smallest level that is large enough."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._pixels import LIMIT, SHOWN_CHANNELS, Pixels, allow, place_of, stride_for
from rembi_widgets.images._zarr import level_for, scene_of
from rembi_widgets.images._zarr_codecs import decode
from rembi_widgets.images._zarr_store import Array, Remote, attributes, content, inside, listed, mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from rembi_widgets.images._imagerecord import ImageRecord

CHUNKS_LIMIT = 4096
"""Chunks that one plane of a preview may take."""
REQUESTS_LIMIT = 512
"""Chunks that a preview may take from the web."""


def pixels(path: Path | Remote, record: ImageRecord, size: int) -> Pixels:
    """Give the middle plane of each channel."""
    scene = scene_of(path, record.scene_index)
    said, _ = attributes(path, scene.below)
    scales = mapping(next(iter(listed(said.get("multiscales"))), None))
    level, names = level_for(path, scene, scales, size)
    channels = level.shape[names.index("c")] if "c" in names else 1
    places = [_place(level, names, channel) for channel in range(min(channels, SHOWN_CHANNELS))]
    if not isinstance(path, Path):
        _allow_requests(path, level, names, len(places))
    return Pixels(tuple(_plane(path, level, names, place, size) for place in places))


def _allow_requests(store: Remote, level: Array, names: list[str], planes: int) -> None:
    """Refuse what would take too many requests, before the first of them."""
    needed = planes
    for axis in (names.index("y"), names.index("x")):
        needed *= -(-level.shape[axis] // level.chunks[axis])
    if needed > REQUESTS_LIMIT:
        values = {"name": store.name, "size_mb": needed, "limit_mb": REQUESTS_LIMIT}
        raise UnreadableImageError("images.no_preview.too_many_chunks", **values)


def _place(level: Array, names: list[str], channel: int) -> tuple[int, ...]:
    """Give where the plane of a channel lies: the middle of depth, time and whatever else there is."""
    middles = zip(names, level.shape, strict=True)
    return tuple(
        channel if name == "c" else 0 if name in "yx" else place_of(name.upper(), length) for name, length in middles
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A chunk's part of a plane: the chunk's numbers, and where its pixels lie in it and in the plane."""

    chunk: tuple[int, ...]
    inner: tuple[slice | int, ...]
    outer: tuple[slice, slice]


def _plane(store: Path | Remote, level: Array, names: list[str], place: tuple[int, ...], size: int) -> NDArray[Any]:
    import numpy as np

    y, x = names.index("y"), names.index("x")
    step = stride_for(level.shape[x], level.shape[y], size)
    kind = np.dtype(level.dtype)
    allow(store.name, level.shape[y] * level.shape[x] * kind.itemsize)
    allow(store.name, _volume(level.chunks) * kind.itemsize)
    found = np.full((-(-level.shape[y] // step), -(-level.shape[x] // step)), level.fill, dtype=kind)
    for piece in _pieces(level, (y, x), place, step):
        chunk = _chunk(store, level, piece.chunk)
        if chunk is not None:
            taken = chunk[piece.inner]
            found[piece.outer] = taken if y < x else taken.T
    return found


def _volume(shape: tuple[int, ...]) -> int:
    volume = 1
    for length in shape:
        volume *= length
    return volume


def _pieces(level: Array, plane: tuple[int, int], place: tuple[int, ...], step: int) -> Iterator[_Piece]:
    """Give the chunks that a plane is made of; those between whose pixels none is kept are passed over."""
    y, x = plane
    counts = [-(-level.shape[axis] // level.chunks[axis]) for axis in (y, x)]
    if counts[0] * counts[1] > CHUNKS_LIMIT:
        values = {"name": level.folder.name, "size_mb": counts[0] * counts[1], "limit_mb": CHUNKS_LIMIT}
        raise UnreadableImageError("images.no_preview.too_many_chunks", **values)
    for row, column in product(range(counts[0]), range(counts[1])):
        spans = [_span(number, level.chunks[axis], level.shape[axis], step) for number, axis in ((row, y), (column, x))]
        if any(span is None for span in spans):
            continue
        inner: list[slice | int] = [at % length for at, length in zip(place, level.chunks, strict=True)]
        chunk = [at // length for at, length in zip(place, level.chunks, strict=True)]
        outer = []
        for axis, number, span in ((y, row, spans[0]), (x, column, spans[1])):
            inside_chunk, inside_plane = span or (slice(0), slice(0))
            inner[axis], chunk[axis] = inside_chunk, number
            outer.append(inside_plane)
        yield _Piece(tuple(chunk), tuple(inner), (outer[0], outer[1]))


def _span(number: int, length: int, whole: int, step: int) -> tuple[slice, slice] | None:
    """Give which pixels of a chunk are kept along an axis, and where they come to lie."""
    begin, end = number * length, min((number + 1) * length, whole)
    first = -(-begin // step) * step
    if first >= end:
        return None
    kept = -(-(end - first) // step)
    return slice(first - begin, end - begin, step), slice(first // step, first // step + kept)


def _chunk(store: Path | Remote, level: Array, numbers: tuple[int, ...]) -> NDArray[Any] | None:
    """Read a chunk; none if it was never written and holds the fill value."""
    separator, prefix = level.key
    folder = level.folder.relative_to(store.resolve()) if isinstance(store, Path) else level.folder
    below = f"{folder.as_posix()}/{prefix}{separator.join(map(str, numbers))}"
    data = _bytes(store, below)
    if data is None:
        return None
    try:
        return decode(level, data, store.name)
    except (zlib.error, EOFError, ValueError) as fault:
        raise UnreadableImageError("images.no_preview.broken", name=below, reason=str(fault)[:200]) from fault


def _bytes(store: Path | Remote, below: str) -> bytes | None:
    if not isinstance(store, Path):
        return content(store, below, LIMIT)
    place = inside(store, below)
    if not place.is_file():
        return None
    allow(store.name, place.stat().st_size)
    return place.read_bytes()
