"""When two documents of ISA-Tab say the same: every filled cell of every row, with what it stands beside."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rembi_widgets.formats.isatab._document import Document, Section, Table
from rembi_widgets.formats.isatab._document_columns import typed

Row = tuple[tuple[str, str, str, str], ...]


def headings(table: Table) -> list[tuple[str, str, str]]:
    """The owner of each column, what it stands beside, and its header."""
    columns = table.columns
    beside = {index: one for one in columns for index in one.beside.values()}
    said = []
    for column in columns:
        base = beside.get(column.index)
        owner = "" if column.kind in {"node", "protocol_ref", "process_name"} else _owner(table, column.index)
        said.append((owner, _bare(base.header) if base is not None else "", _bare(column.header)))
    return said


def _bare(header: str) -> str:
    kind, name = typed(header)
    return f"{kind}[{name}]".casefold() if kind not in {"node", "process_name"} else name.casefold()


def _owner(table: Table, index: int) -> str:
    before = [one for one in table.columns[:index] if one.kind in {"node", "protocol_ref", "process_name"}]
    return "process" if before and before[-1].kind != "node" else _bare(before[-1].header) if before else ""


def rows(table: Table) -> Counter[Row]:
    """The rows of a table, without order and without empty cells; parts of lists stay as they are."""
    said = headings(table)
    found: Counter[Row] = Counter()
    for row in range(len(table)):
        cells = [table.cells(column.index)[row] for column in table.columns]
        found[tuple(sorted((*head, cell) for head, cell in zip(said, cells, strict=True) if cell.strip("; ")))] += 1
    found.pop((), None)
    return found


def section(one: Section) -> dict[str, list[str]]:
    """The filled cells of a section by label; those that stand beside others count too."""
    found: dict[str, list[str]] = {}
    for row in one.rows:
        cells = [cell.rstrip(";") if cell.strip("; ") else "" for cell in row.cells]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            found.setdefault(("Comment:" if row.kind == "comment" else "") + row.name.casefold(), cells)
    return found


def sections(document: Document, place: int = 0) -> dict[str, Any]:
    """All sections of an investigation."""
    one = document.investigations[place]
    found: dict[str, Any] = {heading: section(held) for heading, held in one.sections.items()}
    for number, study in enumerate(one.studies):
        found |= {f"{number} {heading}": section(held) for heading, held in study.sections.items()}
    return {heading: said for heading, said in found.items() if said}


def different(before: Document, after: Document) -> list[str]:
    """What two documents of one investigation do not say the same, a line each."""
    old, new = sections(before), sections(after)
    found = [
        f"{key}: {label}: {old.get(key, {}).get(label)} -> {new.get(key, {}).get(label)}"
        for key in sorted(old.keys() | new.keys())
        for label in sorted(old.get(key, {}).keys() | new.get(key, {}).keys())
        if old.get(key, {}).get(label) != new.get(key, {}).get(label)
    ]
    named = {study.table.name for study in before.investigations[0].studies if study.table is not None}
    named |= {one.name for study in before.investigations[0].studies for one in study.assays if one is not None}
    for name in sorted(named):
        mine, theirs = set(rows(before.tables[name])), set(rows(after.tables[name])) if name in after.tables else set()
        found += [f"{name}: gone {row}" for row in sorted(mine - theirs)[:2]]
        found += [f"{name}: new {row}" for row in sorted(theirs - mine)[:2]]
    return found
