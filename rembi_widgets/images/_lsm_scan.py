"""The settings of a scan in an LSM: a tree of parts, written in the order of a walk (CZ_LSMINFO, ScanInformation)."""

from __future__ import annotations

from dataclasses import dataclass, field
from struct import unpack_from
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.images._source import Source

SCAN_LIMIT = 1 << 16
"""Entries of the scan's settings; the longest seen have some hundreds."""
ENTRY_LIMIT = 1 << 16
_ENDS = 0xFFFFFFFF
_PARTS = {
    0x20000000: "tracks", 0x40000000: "track", 0x30000000: "lasers", 0x50000000: "laser", 0x60000000: "detectors",
    0x70000000: "detector", 0x80000000: "lights", 0x90000000: "light", 0xA0000000: "splitters",
    0xB0000000: "splitter", 0xC0000000: "data", 0xD0000000: "datum", 0x11000000: "timers", 0x12000000: "timer",
    0x13000000: "markers", 0x14000000: "marker",
}  # fmt: skip
"""Entries that begin a part, to its name; each lasts to its end mark."""
_NAMES = {
    0x10000002: "description", 0x10000003: "notes", 0x10000004: "objective", 0x10000036: "day", 0x10000047: "user",
    0x40000006: "track on", 0x50000001: "laser name", 0x50000002: "laser on", 0x70000009: "pinhole",
    0x7000000B: "detector on", 0x7000000C: "detector name", 0x70000014: "channel name", 0x70000026: "dye",
    0x90000001: "light name", 0x90000003: "wave", 0x90000004: "light on", 0xB0000002: "filter",
}  # fmt: skip


@dataclass
class Part:
    """A part of the scan's settings: its values by name, and the parts within it."""

    name: str
    said: dict[str, Any] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    def all(self, name: str) -> Iterator[Part]:
        """Give the parts of a name within it, at any depth, in order."""
        pending = list(reversed(self.parts))
        while pending:
            part = pending.pop()
            if part.name == name:
                yield part
            pending += reversed(part.parts)


def scan_of(source: Source, order: str, begin: int) -> Part:
    """Read the settings of the scan, a tree written in the order of a walk.

    Raises
    ------
    UnreadableImageError
        If they lie outside of the file.
    """
    root = Part("recording")
    open_parts = [root]
    at = begin
    for _ in range(SCAN_LIMIT):
        entry, kind, size = unpack_from(f"{order}3I", source.at(at, 12))
        at += 12
        if entry == _ENDS:
            open_parts.pop()
            if not open_parts:
                break
        elif entry in _PARTS:
            part = Part(_PARTS[entry])
            open_parts[-1].parts.append(part)
            open_parts.append(part)
        elif entry in _NAMES and size <= ENTRY_LIMIT:
            open_parts[-1].said.setdefault(_NAMES[entry], _value(source.at(at, size), order, kind))
        at += size
    return root


def _value(data: bytes, order: str, kind: int) -> Any:
    if kind == 2:  # noqa: PLR2004 - text
        return data.split(b"\0")[0].decode("latin-1").strip()
    form = {4: "i", 5: "d"}.get(kind)
    return unpack_from(order + form, data)[0] if form and len(data) >= (4 if form == "i" else 8) else None
