"""A header like those before it: the values in which they differ lie between pieces that are the same byte for byte.

What ``_ome_shape`` finds in a header that was prepared is found here in the header as it lies in the file, by the
pieces alone. A value that holds a letter which could change the document's build, or planes with anything but planes
among them, are no like; the header then goes the way of all others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from rembi_widgets.images._ome_shape import spans
from rembi_widgets.images._ome_xml import default_namespace, is_utf8

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rembi_widgets.images._ome_shape import Shape
    from rembi_widgets.images._ome_xml import Ready

_HARMLESS = bytes(set(range(32, 256)) - set(b'"&<>!'))
"""Letters that a value may be made of."""
_HARMLESS_TEXT = _HARMLESS + b"\n\t"
_NO_XML = re.compile("[\ufffe\uffff]")
_PLANES = (b"<TiffData", b"<BinData", b"<Plane")
_NO_PLANES = (b"</Pixels", b"<Pixels", b"<Channel", b"!", b"?")
"""What would make more of planes than what is cut out between two tags."""


class Found(NamedTuple):
    """What a header says: all values of its shape, and its planes."""

    values: list[str]
    planes: bytes


class _Gap(NamedTuple):
    """Where a value of its own lies: its number, the letters it may have, and what stands after it."""

    number: int
    letters: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class Like:
    """What headers of one shape share besides it.

    Attributes
    ----------
    key
        The key of their shape.
    values
        The values of the header that was learned from.
    begin
        All before the first value that differs.
    gaps
        The values that differ; after the last one come the planes.
    planes
        Planes that were seen; nothing where there are none.
    end
        All after the planes.
    """

    key: tuple[Any, ...]
    values: tuple[str, ...]
    begin: bytes
    gaps: tuple[_Gap, ...]
    planes: bytes
    end: bytes

    def find(self, header: bytes) -> Found | None:
        """Give the values of a header; none if it is no like."""
        if not (header.startswith(self.begin) and header.endswith(self.end)):
            return None
        at = len(self.begin)
        values = list(self.values)
        for number, letters, after in self.gaps:
            stop = header.find(after, at)
            if stop < 0 or header[at:stop].translate(None, letters):
                return None
            try:
                values[number] = said = header[at:stop].decode()
            except UnicodeDecodeError:
                return None
            if not said.isascii() and _NO_XML.search(said):
                return None
            at = stop + len(after)
        stop = len(header) - len(self.end)
        planes = header[at:stop] if stop >= at else b"!"
        return Found(values, planes) if planes == self.planes or (self.planes and _are_planes(planes)) else None


def _are_planes(data: bytes) -> bool:
    return data.startswith(_PLANES) and not any(part in data for part in _NO_PLANES)


def like(header: bytes, ready: Ready, shape: Shape, differ: Iterable[int]) -> Like | None:
    """Give what headers like one share; none if its values do not lie in it as they do once it is prepared.

    Parameters
    ----------
    header
        The header as it lies in the file.
    differ
        Numbers of the shape's values in which such headers differ.
    """
    if ready.whole != header or not is_utf8(header) or len(ready.planes) > 1:
        return None
    planes = ready.planes[0] if ready.planes else b""
    cut = default_namespace(header)
    begins = header.find(planes, header.find(b"Pixels")) if planes else len(header)
    known = spans(ready.small, shape)
    places = sorted((*_in_file(known[number][:2], cut), number, known[number][2]) for number in differ)
    if begins < 0 or not places or places[-1][1] > begins:
        return None
    starts = [start for start, *_ in places[1:]] + [begins]
    gaps = tuple(
        _Gap(number, _HARMLESS_TEXT if is_text else _HARMLESS, header[stop:following])
        for (_, stop, number, is_text), following in zip(places, starts, strict=True)
    )
    end = header[begins + len(planes) :]
    made = Like(shape.key, tuple(shape.values), header[: places[0][0]], gaps, planes, end)
    return made if all(gap.after for gap in gaps) and made.find(header) == Found(shape.values, planes) else None


def _in_file(span: Sequence[int], cut: tuple[int, int] | None) -> tuple[int, int]:
    """Give where a value lies in the file, where the header still has its namespace."""
    start, stop = span
    more = cut[1] - cut[0] if cut is not None and start >= cut[0] else 0
    return start + more, stop + more
