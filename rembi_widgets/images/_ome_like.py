"""A header like one that was read before: its own values lie between pieces that are the same byte for byte.

What ``_ome_known`` cuts out of a header after preparing it is found here in the header as it lies in the file, by the
pieces alone. A value that holds a letter which could change the document's build, or planes with anything but planes
among them, are no like; the header then goes the way of all others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rembi_widgets.images._ome_xml import default_namespace, is_utf8

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rembi_widgets.images._ome_xml import Ready

_VALUE = rb'[^"&<!\x00-\x1f\x7f]*'
_TEXT = re.compile(rb"[^>&<!\x00-\x08\x0b-\x1f\x7f]*")
_LEGAL = {
    "uuid": re.compile(_VALUE),
    "scene_name": re.compile(_VALUE),
    "description": _TEXT,
    "acquired_at": _TEXT,
    "pixels": re.compile(rb'(?:\s+[A-Za-z]\w*="' + _VALUE + rb'")*'),
}
"""What each value may be made of: no more than ``_ome_known`` cuts out, and no "!"."""
_PLANES = (b"<TiffData", b"<BinData", b"<Plane")
_NO_PLANES = (b"</Pixels", b"<Pixels", b"<Channel", b"!", b"?")
"""What would make more of planes than what is cut out between two tags."""


class Found(NamedTuple):
    """What a header says of its own: values by name, and its planes."""

    own: dict[str, bytes]
    planes: bytes


@dataclass(frozen=True, slots=True)
class Like:
    """What headers of one set share.

    Attributes
    ----------
    begin
        All before the first value.
    after
        Each value's name, and what stands between it and the next; the last one ends where the planes begin.
    planes
        Planes that were seen; nothing where there are none.
    end
        All after the planes.
    rest
        By what ``_ome_known`` remembers such headers.
    """

    begin: bytes
    after: tuple[tuple[str, bytes], ...]
    planes: bytes
    end: bytes
    rest: tuple[bytes, ...]

    def find(self, header: bytes) -> Found | None:
        """Give the values of a header; none if it is no like."""
        if not header.startswith(self.begin):
            return None
        at = len(self.begin)
        own: dict[str, bytes] = {}
        for name, piece in self.after:
            stop = header.find(piece, at)
            if stop < 0:
                return None
            own[name] = value = header[at:stop]
            if not _LEGAL[name].fullmatch(value):
                return None
            at = stop + len(piece)
        stop = len(header) - len(self.end)
        if stop < at or not header.endswith(self.end):
            return None
        planes = header[at:stop]
        return Found(own, planes) if planes == self.planes or (self.planes and _are_planes(planes)) else None


def _are_planes(data: bytes) -> bool:
    return data.startswith(_PLANES) and not any(part in data for part in _NO_PLANES)


def like(header: bytes, ready: Ready, rest: tuple[bytes, ...], own: Mapping[str, bytes]) -> Like | None:
    """Give what headers like one share; none if its values do not lie in it as they do once it is prepared.

    Parameters
    ----------
    header
        The header as it lies in the file.
    rest, own
        What was cut out of it when it was prepared, and what was left.
    """
    if ready.whole != header or not is_utf8(header) or len(ready.planes) > 1:
        return None
    planes = ready.planes[0] if ready.planes else b""
    pieces = _as_in_file(header, rest[::2], [own[name.decode()] for name in rest[1::2]])
    if pieces is None:
        return None
    begin, *others = pieces
    last = others.pop() if others else b""
    at = len(header) - len(last) + last.find(planes) if planes else len(header)
    end = header[at + len(planes) :]
    names = [name.decode() for name in rest[1::2]]
    others.append(last[: len(last) - len(end) - len(planes)])
    made = Like(begin, tuple(zip(names, others, strict=False)), planes, end, rest)
    return made if made.find(header) == Found(dict(own), planes) and all(others) else None


def _as_in_file(header: bytes, pieces: Sequence[bytes], values: Sequence[bytes]) -> list[bytes] | None:
    """Give the pieces between values as they stand in the file, where they still have namespace and planes."""
    cut = default_namespace(header)
    found: list[bytes] = []
    at = read = 0
    for piece, value in zip(pieces, values, strict=False):
        read += len(piece)
        place = read + (cut[1] - cut[0] if cut and read > cut[0] else 0)
        if header[place : place + len(value)] != value:
            return None
        found.append(header[at:place])
        at = place + len(value)
        read += len(value)
    return [*found, header[at:]]
