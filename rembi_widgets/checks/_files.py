"""Files: paths that cannot be, files that are not there (any more) or have changed, files no reader could open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rembi_widgets.checks._case import finding
from rembi_widgets.checks._columns import places, row_path, texts
from rembi_widgets.systems import all_portable, composed, fault_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import Finding, Level, Table

_OUTSIDE = re.compile(r"[/\\~]|[A-Za-z]:|(.*[/\\])?\.\.([/\\]|$)|.*\x00", re.DOTALL)
"""Beginnings of a path that does not stay in the dataset folder."""
_LEAVING = ("\n/", "\n\\", "\n~", ":", "..", "\x00")
"""What stands somewhere in a path that does not, behind a line break."""


def _some(table: Table, code: str, level: Level, found: list[int]) -> Iterator[Finding]:
    if found:
        said = table.column("path")[found[0]]
        path = row_path("files", table, found[0], "path")
        yield finding(level, code, path, found=None if said is None else said, n=len(found))


def paths(case: Case) -> Iterator[Finding]:
    """Find files without a path, with one that leads out of the folder, or with one that another has too."""
    table = case.record.files
    said = texts(table.column("path"))
    yield from _some(table, "file_without_path", "error", places(path is None for path in said))
    if _may_leave(said):
        yield from _some(table, "path_outside", "error", places(path and _OUTSIDE.match(path) for path in said))
    whole = [path and composed(path) for path in said]
    yield from _some(table, "path_twice", "error", _again(whole))
    if not all_portable([path for path in said if path]):
        for fault in ("letters", "reserved", "end", "long"):
            yield from _some(table, f"path_{fault}", "info", places(path and fault_of(path) == fault for path in said))
    distinct = "\n".join(path for path in dict.fromkeys(whole) if path)
    lower = distinct.casefold()
    if lower != distinct and len(set(lower.split("\n"))) <= distinct.count("\n"):
        yield from _some(table, "path_case", "warning", _case_clashes(whole))


def _may_leave(paths: list[str | None]) -> bool:
    """Tell whether any of many paths may leave the folder: a few searches over them together, not one each."""
    joint = "\n".join(path for path in ["", *paths] if path is not None)
    return any(mark in joint for mark in _LEAVING)


def _again(values: list[str | None]) -> list[int]:
    if len(set(values)) == len(values):
        return []
    seen: set[str] = set()
    again = []
    for place, value in enumerate(values):
        if value is not None and value in seen:
            again.append(place)
        elif value is not None:
            seen.add(value)
    return again


def _case_clashes(values: list[str | None]) -> list[int]:
    first: dict[str, str] = {}
    return places(value and first.setdefault(value.casefold(), value) != value for value in values)


def unreadable(case: Case) -> Iterator[Finding]:
    """Find files that no reader could open."""
    table = case.record.files
    found = places(message is not None for message in table.column("message"))
    yield from _some(table, "files_unreadable", "info", found)


def on_disk(case: Case) -> Iterator[Finding]:
    """Find files that are not in the folder, or have another size than when they were read."""
    if case.facts is None:
        return
    table = case.record.files
    gone, changed = [], []
    for place, (path, size) in enumerate(zip(texts(table.column("path")), table.column("size_bytes"), strict=True)):
        if path is None or _OUTSIDE.match(path):
            continue
        now = case.facts.size(path)
        if now is None and not case.facts.exists(path):
            gone.append(place)
        elif now is not None and type(size) in {int, float} and now != size:
            changed.append(place)
    yield from _some(table, "files_missing", "warning", gone)
    yield from _some(table, "files_changed", "warning", changed)
