"""Pixels of a CZI: pieces laid side by side, thinned. Those in JPEG XR are not shown yet."""

from __future__ import annotations

from struct import unpack_from
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._codecs import unpack
from rembi_widgets.images._czi import COMPRESSIONS
from rembi_widgets.images._czi_blocks import SEGMENT, Block, directory, scene_blocks
from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._pixels import SHOWN_CHANNELS, Pixels, allow, place_of, stride_for
from rembi_widgets.images._source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from rembi_widgets.images._imagerecord import ImageRecord

_KINDS = {0: ("u1", 1), 1: ("<u2", 1), 2: ("<f4", 1), 3: ("u1", 3), 4: ("<u2", 3), 8: ("<f4", 3), 9: ("u1", 4),
          12: ("<u4", 1)}  # fmt: skip
"""Code of a pixel type to numpy's, and the samples of a pixel, blue first."""
_FIXED = 256
"""Bytes of a subblock's own fields at least."""
_OWN, _ENTRY, _DIMENSION = 16, 32, 20
"""Bytes of its lengths, of its directory entry, and of each dimension of this."""
_OTHERS = "HIVBR"
_PLAIN, _ZSTD, _ZSTD_HEADED = 0, 5, 6
"""Codes of compressions: none, a frame of Zstandard, and one after a header."""
_SPLIT = 1
"""Bit of that header: the low bytes of all samples come first, then the high ones."""
_SLACK = 4096
"""Bytes that pixels which cannot be made smaller grow by."""
BLOCKS_LIMIT = 4096
"""Pieces that are read for one preview."""


def pixels(path: Path, record: ImageRecord, size: int) -> Pixels:
    """Give the middle plane of each channel.

    Raises
    ------
    UnreadableImageError
        If its pieces are stored in a way that is not read, or too many.
    """
    with Source(path) as source:
        blocks = _plane_blocks(scene_blocks(directory(source), record.scene_index), record)
        channels = sorted({block.start("C") for block in blocks})[:SHOWN_CHANNELS]
        chosen = [[block for block in blocks if block.start("C") == channel] for channel in channels]
        if not chosen or max(map(len, chosen)) > BLOCKS_LIMIT:
            raise ValueError(str(len(blocks)))  # becomes a sentence in ``preview``
        for block in blocks:
            _check(block, path, record)
        return Pixels(tuple(_canvas(source, pieces, size) for pieces in chosen))


def _check(block: Block, path: Path, record: ImageRecord) -> None:
    if block.compression not in {_PLAIN, _ZSTD, _ZSTD_HEADED} or block.pixel_type not in _KINDS:
        said = COMPRESSIONS.get(block.compression, str(block.compression)) if block.compression else record.pixel_type
        values = {"name": path.name, "format": record.format, "found": said or "?"}
        raise UnreadableImageError("images.no_preview.not_yet", **values)


def _plane_blocks(blocks: Sequence[Block], record: ImageRecord) -> list[Block]:
    """Give the pieces of the middle plane and time, at full size."""
    whole = [block for block in blocks if not block.is_pyramid]
    for axis in "ZT":
        middle = place_of(axis, getattr(record, f"size_{axis.lower()}") or 1)
        whole = [block for block in whole if block.start(axis) == middle or axis not in block.spans]
    for axis in _OTHERS:
        first = min((block.start(axis) for block in whole), default=0)
        whole = [block for block in whole if block.start(axis) == first]
    return whole


def _canvas(source: Source, blocks: Sequence[Block], size: int) -> NDArray[Any]:
    """Lay pieces side by side, every n-th pixel of each."""
    import numpy as np

    left, top = (min(block.start(axis) for block in blocks) for axis in "XY")
    width, height = (
        max(sum(block.spans[axis][:2]) for block in blocks) - low for axis, low in (("X", left), ("Y", top))
    )
    step = stride_for(width, height, size)
    kind, samples = _KINDS[blocks[0].pixel_type]
    shape = (-(-height // step), -(-width // step), samples)
    allow(source.path.name, shape[0] * shape[1] * samples * np.dtype(kind).itemsize)
    canvas = np.zeros(shape, kind)
    for block in blocks:
        piece = _piece(source, block, kind, samples)
        y, x = block.start("Y") - top, block.start("X") - left
        thinned = piece[-y % step :: step, -x % step :: step]
        row, column = -(-y // step), -(-x // step)
        canvas[row : row + thinned.shape[0], column : column + thinned.shape[1]] = thinned
    return canvas[..., 0] if samples == 1 else canvas[..., 2::-1]


def _piece(source: Source, block: Block, kind: str, samples: int) -> NDArray[Any]:
    import numpy as np

    shape = (block.spans["Y"][2], block.spans["X"][2], samples)
    needed = shape[0] * shape[1] * samples * np.dtype(kind).itemsize
    allow(source.path.name, needed)
    begin = block.at + SEGMENT
    metadata, _, stored = unpack_from("<iiq", source.at(begin, _OWN))
    fixed = max(_FIXED, _OWN + _ENTRY + _DIMENSION * len(block.spans))
    at = begin + fixed + metadata
    if block.compression == _PLAIN:
        data = source.at(at, needed)
    else:
        data = _unpacked(source.at(at, min(max(stored, 0), needed + _SLACK)), block.compression, needed)
    found: NDArray[Any] = np.frombuffer(data, kind).reshape(shape)
    return found


def _unpacked(data: bytes, compression: int, needed: int) -> bytes:
    """Give the bytes of a piece in Zstandard (libCZI, "Using Zstd compression in CZI")."""
    begin = data[0] if compression == _ZSTD_HEADED and data else 0
    is_split = begin >= len((begin, 1, _SPLIT)) and data[1] == 1 and bool(data[2] & _SPLIT)
    found = unpack("zstd", data[begin:], needed)
    return _joined(found) if is_split else found


def _joined(data: bytes) -> bytes:
    import numpy as np

    halves = np.frombuffer(data, np.uint8).reshape(2, -1)
    return bytes(halves.T.tobytes())
