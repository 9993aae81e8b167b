"""The first image file directory (IFD) of a TIFF, and no more: classic and BigTIFF, both byte orders.

TIFF 6.0 section 2 and the BigTIFF design. Every offset and count is checked against the file before anything is read,
so that neither a file cut short nor one that was made to harm costs more than its own bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from struct import Struct, unpack_from
from typing import TYPE_CHECKING

from rembi_widgets.images._errors import UnreadableImageError, first_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rembi_widgets.images._source import Source

TAGS_LIMIT = 4096
"""Tags of one directory; the longest seen in real files is below 200."""
VALUES_LIMIT = 1 << 16
"""Numbers of one tag that are read; sizes, types and resolutions have a few."""
TEXT_LIMIT = 64 << 20
"""Bytes of a description; 10,000 planes take 4 MB."""
DIRECTORIES_LIMIT = 1 << 20

_MAGIC = {b"II*\0": ("<", False), b"MM\0*": (">", False), b"II+\0": ("<", True), b"MM\0+": (">", True)}
_ENTRY = {(order, big): Struct(order + ("HHQ8s" if big else "HHI4s")) for order in "<>" for big in (False, True)}
_NUMBERS = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I", 16: "Q", 17: "q", 18: "Q"}
_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_PLAIN = {3: 2, 4: 4}
"""Kinds that sizes come in, and their bytes."""
_RATIONAL = {5: "I", 10: "i"}


def is_tiff(head: bytes) -> bool:
    """Tell whether a file begins as a TIFF does."""
    return head[:4] in _MAGIC


@dataclass(frozen=True, slots=True)
class Ifd:
    """A directory: its tags, read from the file when they are asked for.

    Attributes
    ----------
    order
        ``<`` or ``>``, the byte order as ``struct`` names it.
    big
        Whether the file is a BigTIFF.
    next
        Where the next directory begins; 0 after the last.
    """

    source: Source
    order: str
    big: bool
    entries: Mapping[int, tuple[int, int, bytes]]
    next: int

    def __contains__(self, tag: int) -> bool:
        return tag in self.entries

    def text(self, tag: int) -> bytes:
        """Give a tag's bytes without closing zeros; empty if there is no such tag."""
        entry = self.entries.get(tag)
        if entry is None:
            return b""
        if entry[1] > TEXT_LIMIT:
            values = {"name": self.source.path.name, "size_mb": entry[1] >> 20, "limit_mb": TEXT_LIMIT >> 20}
            raise UnreadableImageError("images.header_too_large", **values)
        return self._bytes(entry).rstrip(b"\0")

    def numbers(self, tag: int) -> tuple[float, ...]:
        """Give a tag's numbers, fractions divided out; none if there is no such tag or it holds no finite numbers."""
        entry = self.entries.get(tag)
        if entry is None:
            return ()
        kind, count, _ = entry
        if count > VALUES_LIMIT or (kind not in _NUMBERS and kind not in _RATIONAL):
            return ()
        data = self._bytes(entry)
        if kind in _NUMBERS:
            found: tuple[float, ...] = unpack_from(f"{self.order}{count}{_NUMBERS[kind]}", data)
            return found if all(map(isfinite, found)) else ()
        parts = unpack_from(f"{self.order}{2 * count}{_RATIONAL[kind]}", data)
        return tuple(top / bottom if bottom else 0.0 for top, bottom in zip(parts[::2], parts[1::2], strict=True))

    def first(self, tag: int, default: float = 0) -> float:
        """Give a tag's first number."""
        entry = self.entries.get(tag)
        if entry is None:
            return default
        width = _PLAIN.get(entry[0])
        if width and entry[1] == 1:
            return int.from_bytes(entry[2][:width], "little" if self.order == "<" else "big")
        found = self.numbers(tag)
        return found[0] if found else default

    def _bytes(self, entry: tuple[int, int, bytes]) -> bytes:
        kind, count, held = entry
        length = count * _BYTES.get(kind, 1)
        if length <= len(held):
            return held[:length]
        offset: int = unpack_from(self.order + ("Q" if self.big else "I"), held)[0]
        return self.source.at(offset, length)


def first_ifd(source: Source) -> Ifd:
    """Read the first directory of a TIFF.

    Raises
    ------
    UnreadableImageError
        If the file is no TIFF, has no directory, or its directory lies outside of it.
    """
    if not is_tiff(source.head):
        raise UnreadableImageError("images.unknown", name=source.path.name, found=first_bytes(source.head))
    order, big = _MAGIC[source.head[:4]]
    begin: int = unpack_from(order + ("Q" if big else "I"), source.at(8 if big else 4, 8 if big else 4))[0]
    if not begin:
        raise UnreadableImageError("images.tiff_empty", name=source.path.name)
    return read_ifd(source, order, big=big, begin=begin)


def read_ifd(source: Source, order: str, *, big: bool, begin: int) -> Ifd:
    """Read the directory that begins at an offset."""
    wide = 8 if big else 2
    count: int = unpack_from(order + ("Q" if big else "H"), source.at(begin, wide))[0]
    if not 0 < count <= TAGS_LIMIT:
        raise UnreadableImageError("images.tiff_tags", name=source.path.name, found=count)
    layout = _ENTRY[order, big]
    block = source.at(begin + wide, count * layout.size)
    entries = {entry[0]: entry[1:] for entry in layout.iter_unpack(block)}
    return Ifd(source, order, big, entries, _next(source, order, big=big, at=begin + wide + len(block)))


def _next(source: Source, order: str, *, big: bool, at: int) -> int:
    """Give where the next directory begins; 0 if the file ends right after the first, as some writers leave it."""
    length = 8 if big else 4
    if at + length > source.size:
        return 0
    found: int = unpack_from(order + ("Q" if big else "I"), source.at(at, length))[0]
    return found


def count_ifds(source: Source, ifd: Ifd, limit: int = DIRECTORIES_LIMIT) -> int:
    """Count the directories from one on, by their chain alone.

    Raises
    ------
    UnreadableImageError
        If the chain leads back to a directory it already passed, or out of the file.
    """
    seen: set[int] = set()
    wide, size = (8, 20) if ifd.big else (2, 12)
    begin = ifd.next
    while begin and len(seen) < limit:
        if begin in seen:
            raise UnreadableImageError("images.tiff_loop", name=source.path.name)
        seen.add(begin)
        count: int = unpack_from(ifd.order + ("Q" if ifd.big else "H"), source.at(begin, wide))[0]
        if not 0 < count <= TAGS_LIMIT:
            raise UnreadableImageError("images.tiff_tags", name=source.path.name, found=count)
        begin = _next(source, ifd.order, big=ifd.big, at=begin + wide + count * size)
    return len(seen) + 1
