"""The directory of a CZI: where each piece of the pixels lies, and which place of the image it covers.

ZEISS CZI file format (DS_ZISRAW-FileFormat): segments of a 32-byte header; the directory holds one ``DirectoryEntryDV``
a subblock. Pyramid pieces store fewer pixels than they cover.
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import Struct, unpack_from
from typing import TYPE_CHECKING

from rembi_widgets.images._errors import UnreadableImageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rembi_widgets.images._source import Source

SEGMENT = 32
"""Bytes of a segment's header: id, allocated size, used size."""
DIRECTORY_AT, METADATA_AT = 84, 92
"""Where the file header holds the positions of directory and metadata."""
ENTRIES_AFTER = 128
ENTRIES_LIMIT = 1 << 20
DIRECTORY_LIMIT = 256 << 20
_ENTRY = Struct("<2siqiiB5xi")
_DIMENSION = Struct("<4siifi")
_DIMENSIONS_LIMIT = 64


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the pixels.

    Attributes
    ----------
    spans
        Dimension's letter to its first place, the places covered, and the places stored.
    pixel_type, compression
        Codes of the format.
    at
        Where its segment begins.
    """

    spans: Mapping[str, tuple[int, int, int]]
    pixel_type: int
    compression: int
    at: int

    def start(self, axis: str) -> int:
        """Give the first place along an axis."""
        return self.spans.get(axis, (0, 1, 1))[0]

    @property
    def is_pyramid(self) -> bool:
        """Tell whether fewer pixels are stored than it covers."""
        return any(stored != size for axis, (_, size, stored) in self.spans.items() if axis in "XY")


def directory(source: Source) -> tuple[Block, ...]:
    """Give the pieces of a CZI.

    Raises
    ------
    UnreadableImageError
        If the directory lies outside the file or claims what cannot be.
    """
    begin: int = unpack_from("<q", source.at(DIRECTORY_AT, 8))[0]
    mark, _, used = unpack_from("<16sqq", source.at(begin, SEGMENT))
    if not mark.startswith(b"ZISRAWDIRECTORY"):
        raise UnreadableImageError("images.czi_segment", name=source.path.name, found=_seen(mark), at=begin)
    count: int = unpack_from("<i", source.at(begin + SEGMENT, 4))[0]
    if not 0 <= count <= ENTRIES_LIMIT or used > DIRECTORY_LIMIT:
        raise UnreadableImageError("images.czi_segment", name=source.path.name, found=count, at=begin)
    first = begin + SEGMENT + ENTRIES_AFTER
    data = source.at(first, min(max(used - ENTRIES_AFTER, 0), source.size - first))
    return _blocks(data, count)


def _seen(mark: bytes) -> str:
    return mark.rstrip(b"\0").decode("ascii", "replace")[:16]


def _blocks(data: bytes, count: int) -> tuple[Block, ...]:
    """Read entries up to the first that is cut short or of another kind."""
    found: list[Block] = []
    at = 0
    while len(found) < count and at + _ENTRY.size <= len(data):
        schema, pixel_type, place, _, compression, _, dimensions = _ENTRY.unpack_from(data, at)
        end = at + _ENTRY.size + dimensions * _DIMENSION.size
        if schema != b"DV" or not 0 <= dimensions <= _DIMENSIONS_LIMIT or end > len(data):
            break
        found.append(Block(_spans(data[at + _ENTRY.size : end]), pixel_type, compression, place))
        at = end
    return tuple(found)


def _spans(data: bytes) -> dict[str, tuple[int, int, int]]:
    return {
        letter.rstrip(b"\0").decode("ascii", "replace"): (start, size, stored or size)
        for letter, start, size, _, stored in _DIMENSION.iter_unpack(data)
    }


def scene_blocks(blocks: Iterable[Block], scene: int) -> tuple[Block, ...]:
    """Give the pieces of a scene; pieces without a scene belong to the only one, 0."""
    return tuple(block for block in blocks if block.start("S") == scene)


def extent(blocks: Sequence[Block], axis: str) -> int | None:
    """Give how many places along an axis some pieces cover, from the first to the last; none without any."""
    spans = [block.spans[axis] for block in blocks if axis in block.spans and not block.is_pyramid]
    if not spans:
        return None
    return max(start + size for start, size, _ in spans) - min(start for start, _, _ in spans)
