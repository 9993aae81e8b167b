"""JSON of somebody else's making: read with limits, and looked at without trust."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.isajson._out import told
from rembi_widgets.formats.isajson._pieces import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rembi_widgets.formats.isajson._annotation import Json
    from rembi_widgets.record import Finding, Level

LARGEST = 2 << 30
"""Bytes of a file."""
_MOST_FINDINGS = 200


def load(path: Path) -> Json:
    """Give the object of a file.

    Raises
    ------
    RembiError
        If the file is too large, no JSON, too deep, or no investigation.
    """
    if not path.is_file():
        raise RembiError("isajson.no_file", path=str(path))
    if path.stat().st_size > LARGEST:
        raise RembiError("isajson.too_large", path=str(path))
    try:
        data = parsed(_text(path))
    except RecursionError as fault:
        raise RembiError("isajson.too_deep", path=str(path)) from fault
    except (ValueError, UnicodeDecodeError) as fault:
        raise RembiError("isajson.no_json", path=str(path), reason=str(fault)) from fault
    if not is_investigation(data):
        raise RembiError("isajson.nothing_here", path=str(path))
    return dict(data)


def _text(path: Path) -> str:
    data = path.read_bytes()
    return data.decode(json.detect_encoding(data), "surrogatepass")


def is_investigation(data: object) -> bool:
    """Tell whether something looks like an investigation: it has studies, or the keys of one."""
    return isinstance(data, dict) and (isinstance(data.get("studies"), list) or "ontologySourceReferences" in data)


class Look:
    """Looks into JSON: gives what is of the kind that is wanted, and tells what is not."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self._more = 0

    def tell(self, level: Level, code: str, place: str, **values: Any) -> None:
        """Add a finding about a place, such as ``/studies/0/protocols/2``; after two hundred they are counted only."""
        if len(self.findings) < _MOST_FINDINGS:
            self.findings.append(told(level, code, f"{self.file}:{place or '/'}", place=place or "/", **values))
        else:
            self._more += 1

    @property
    def count(self) -> int:
        """How many findings there are, those that are only counted among them."""
        return len(self.findings) + self._more

    def all(self) -> list[Finding]:
        """Give the findings, with a last one for those that were only counted."""
        more = [told("warning", "more", f"{self.file}:/", n=self._more)] if self._more else []
        return [*self.findings, *more]

    def thing(self, data: object, place: str) -> Json:
        """Give an object; an empty one for anything else."""
        if isinstance(data, dict):
            return data
        if data is not None:
            self.tell("warning", "not_object", place, found=shown(data))
        return {}

    def things(self, holder: Json, key: str, place: str) -> list[tuple[Json, str]]:
        """Give the objects of a list, each with its place."""
        held = holder.get(key)
        if held is None:
            return []
        if not isinstance(held, list):
            self.tell("warning", "not_list", f"{place}/{key}", found=shown(held))
            return []
        return [(self.thing(one, f"{place}/{key}/{n}"), f"{place}/{key}/{n}") for n, one in enumerate(held)]

    def taken(self, holder: Json, key: str, place: str) -> Iterator[tuple[Json, str]]:
        """Give the objects of a list, each with its place, and let go of each when the next is asked for."""
        held = holder.get(key)
        if not isinstance(held, list):
            yield from self.things(holder, key, place)
            return
        for number, one in enumerate(held):
            yield self.thing(one, f"{place}/{key}/{number}"), f"{place}/{key}/{number}"
            held[number] = None

    def text(self, data: object, place: str) -> str:
        """Give a text; a number as it is written; what is neither is told."""
        if isinstance(data, str):
            return data
        if data is None:
            return ""
        if isinstance(data, bool):
            return "true" if data else "false"
        if isinstance(data, int | float):
            return _number(data)
        self.tell("warning", "not_text", place, found=shown(data))
        return ""

    def reference(self, data: object, place: str) -> str:
        """Give the name that an object refers to."""
        return self.text(self.thing(data, place).get("@id"), place)

    def unknown(self, holder: Json, known: frozenset[str], place: str) -> None:
        """Tell the keys of an object that ISA-JSON does not have."""
        for key in holder:
            if key not in known and not key.startswith("@"):
                self.tell("warning", "unknown_key", f"{place}/{key}", name=shown(key), found=shown(holder[key]))


def _number(data: float) -> str:
    try:
        return repr(data)
    except ValueError:  # an integer of too many digits: Python writes none beyond its limit
        return f"{data:#x}" if isinstance(data, int) else str(data)


def shown(data: object) -> str:
    """Give a short text of anything, for a finding."""
    if isinstance(data, dict | list):
        return "{…}" if isinstance(data, dict) else "[…]"
    return _number(data) if isinstance(data, int | float) else str(data)[:80]
