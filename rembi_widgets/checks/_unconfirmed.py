"""Values still in pencil: read by a machine and not yet confirmed by a person."""

from __future__ import annotations

from collections import defaultdict
from itertools import compress
from typing import TYPE_CHECKING, Any

from rembi_widgets.checks._case import finding
from rembi_widgets.record import SINGLETONS, TABLES, Edit, get, is_empty

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import Curation, Finding, Mark, Table


def pencil(record: Curation) -> dict[str, list[str]]:
    """Give the paths of unconfirmed values outside the tables, by the path of the entity they stand in."""
    found: dict[str, list[str]] = defaultdict(list)
    for path, mark in record.marks.items():
        if not mark.confirmed and not is_empty(get(record, path)):
            names = path.split("/")
            found["/".join(names[: 2 if names[1] in SINGLETONS else 3])].append(path)
    return found


def pencil_cells(table: Table) -> dict[str, int]:
    """Give how many cells of each column are unconfirmed.

    Marks are few objects shared by many cells: told apart by identity, each is asked once.
    """
    counts = {column: _unconfirmed(table.column(column), marks) for column, marks in table.marks.items()}
    return {column: count for column, count in counts.items() if count}


def _unconfirmed(values: Sequence[Any], marks: Sequence[Mark | None]) -> int:
    keys = list(map(id, marks))
    distinct = dict(zip(keys, marks, strict=True))
    in_pencil = {key for key, mark in distinct.items() if mark is not None and not mark.confirmed}
    if len(in_pencil) == len(distinct):
        return len(values) - values.count(None)
    waiting = map(in_pencil.__contains__, keys)
    return sum(value is not None for value in compress(values, waiting)) if in_pencil else 0


def unconfirmed(case: Case) -> Iterator[Finding]:
    """Find values in pencil: one finding an entity, one a table."""
    for where, paths in pencil(case.record).items():
        fix = tuple(Edit(op="confirm", path=path) for path in paths)
        one = where[1:] in SINGLETONS
        name, code = ("", "unconfirmed_study") if one else (case.name(where), "unconfirmed")
        yield finding("info", code, paths[0], found=len(paths), wanted=0, fix=fix, n=len(paths), name=name)
    for name in TABLES:
        table: Table = getattr(case.record, name)
        cells = pencil_cells(table)
        if cells:
            yield finding(
                "info", f"unconfirmed_{name}", f"/{name}", found=sum(cells.values()), wanted=0, n=sum(cells.values())
            )
