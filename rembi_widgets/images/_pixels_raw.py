"""Pixels of MRC and DV: planes that lie uncompressed behind the header, seen through a memory map."""

from __future__ import annotations

from struct import unpack_from
from typing import TYPE_CHECKING, Any

from rembi_widgets.images import _deltavision, _mrc
from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._pixels import SHOWN_CHANNELS, Pixels, place_of, stride_for
from rembi_widgets.images._source import Source

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from rembi_widgets.images._imagerecord import ImageRecord

HEADER = 1024
EXTENDED_AT = 92
"""Where both formats tell the bytes of their extended header."""


def pixels(path: Path, record: ImageRecord, size: int) -> Pixels:
    """Give the middle plane of each channel, thinned."""
    with Source(path) as source:
        head = source.at(0, HEADER)
    if record.format == "DV":
        order = _deltavision.ORDERS[head[96:98]]
        kind = _deltavision.TYPES.get(unpack_from(f"{order}i", head, 12)[0], (None, None))[1]
    else:
        order = _mrc.order_of(head)
        kind = _mrc.pixel_type(head, order, unpack_from(f"{order}i", head, 12)[0])[1]
    if kind is None:
        values = {"name": path.name, "format": record.format, "found": record.pixel_type or "?"}
        raise UnreadableImageError("images.no_preview.not_yet", **values)
    begin = HEADER + max(0, unpack_from(f"{order}i", head, EXTENDED_AT)[0])
    channels = range(min(record.size_c or 1, SHOWN_CHANNELS))
    places = [_place(record, channel, unpack_from(f"{order}i", head, 8)[0]) for channel in channels]
    return Pixels(tuple(_plane(path, record, order + kind, (begin, place, size)) for place in places))


def _place(record: ImageRecord, channel: int, sections: int) -> int:
    """Give the number of the section of a channel's middle plane."""
    counts = {"Z": record.size_z or sections, "C": record.size_c or 1, "T": record.size_t or 1}
    wanted = {"Z": place_of("Z", counts["Z"]), "C": channel, "T": place_of("T", counts["T"])}
    place, step = 0, 1
    for axis in (record.dim_order or "XYZCT")[2:]:
        place += wanted[axis] * step
        step *= counts[axis]
    return place


def _plane(path: Path, record: ImageRecord, kind: str, where: tuple[int, int, int]) -> NDArray[Any]:
    import numpy as np

    begin, place, size = where
    shape = (record.size_y or 1, record.size_x or 1)
    offset = begin + place * shape[0] * shape[1] * np.dtype(kind).itemsize
    whole = np.memmap(path, kind, "r", offset, shape)
    step = stride_for(shape[1], shape[0], size)
    thinned: NDArray[Any] = np.array(whole[::step, ::step])
    return thinned[::-1] if record.format == "MRC" else thinned  # MRC counts rows from below
