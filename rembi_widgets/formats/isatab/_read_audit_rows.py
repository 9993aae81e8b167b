"""Rows of the layout that disagree: what it repeats on several rows is read from the first, the others are told.

A source stands on the row of each of its samples, an acquisition on that of each of its images, a file on that of each
image in it. Where somebody changed one of these rows, its value has no place in the record.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from rembi_widgets.formats.isatab._compact import Compact, all_differ, distinct
from rembi_widgets.formats.isatab._derived import KINDS
from rembi_widgets.formats.isatab._document import located
from rembi_widgets.formats.isatab._image_fields import FILE_COMMENTS, MEASURES
from rembi_widgets.formats.isatab._read_parts import ABSENCE, parts_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from rembi_widgets.formats.isatab._document import Study, Table
    from rembi_widgets.formats.isatab._document_columns import Column
    from rembi_widgets.formats.isatab._read_parts import Part
    from rembi_widgets.record import Finding

_OF_ACQUISITION = frozenset(["imaging method", *MEASURES.values()])
_OF_PROCESS = _OF_ACQUISITION.union(*(kind.parameters.values() for kind in KINDS.values()))
_OF_FILE = frozenset(FILE_COMMENTS.values())
Key = tuple[str, str, str, str]
"""Header and name of what is described, header of the column and of what it stands beside."""


class _Repeated(NamedTuple):
    """A column of which all rows of one name should say the same; ``beside`` is the value's column, or itself."""

    owner: str
    names: Sequence[str]
    column: Column
    beside: Column


def audit_rows(study: Study) -> Iterator[Finding]:
    """Tell each column in which rows of the same thing say different things: the first is kept.

    Yields
    ------
    Finding
        One a column, with the place of the first value that is not kept, that value, the one that is kept, and how many
        cells are not kept.
    """
    said: dict[Key, str] = {}
    tables = {table.name: (table, False) for table in study.assays if table is not None and len(table)}
    if study.table is not None and len(study.table):
        tables = {study.table.name: (study.table, True), **tables}
    once = _once([table for table, _ in tables.values()])
    for table, is_study in tables.values():
        for one in _repeated(table, once, is_study=is_study):
            yield from _told(table, one, said)


def _once(tables: Sequence[Table]) -> frozenset[str]:
    """Give the headers of nodes that no two rows of all tables share: what stands once disagrees with nothing."""
    named: dict[str, list[Sequence[str]]] = {}
    for table in tables:
        for part in parts_of(table):
            if part.owner.kind == "node" and part.columns:
                named.setdefault(part.owner.header, []).append(part.names)
    return frozenset(header for header, held in named.items() if _all_differ(held))


def _all_differ(columns: Sequence[Sequence[str]]) -> bool:
    if any(isinstance(one, Compact) and len(one.values) < len(one) for one in columns):
        return False
    return all_differ(chain.from_iterable(columns), sum(map(len, columns)))


def _repeated(table: Table, once: Container[str], *, is_study: bool) -> Iterator[_Repeated]:
    parts = parts_of(table)
    chains = _chains(parts) if is_study else ()
    for part in parts:
        names = chains if is_study and part.owner.kind == "protocol_ref" else part.names
        for column in () if part.owner.header in once else part.columns.values():
            if not _is_repeated(part, column, is_study=is_study):
                continue
            yield _Repeated(part.owner.header, names, column, column)
            for place in column.beside.values():
                yield _Repeated(part.owner.header, names, table.columns[place], column)


def _chains(parts: Sequence[Part]) -> list[str]:
    """Give the protocols of each row as one name: all of them together prepare a specimen."""
    names = [part.names for part in parts if part.owner.kind == "protocol_ref"]
    return [" + ".join(row) for row in zip(*names, strict=True)]


def _is_repeated(part: Part, column: Column, *, is_study: bool) -> bool:
    """Tell whether a column says something of the thing that is named, and not of its row."""
    if is_study:
        return True
    name = column.name.removesuffix(ABSENCE)
    if part.owner.kind == "protocol_ref":
        return name in _OF_PROCESS
    return part.owner.name == "Image File" and name in _OF_FILE


def _told(table: Table, one: _Repeated, said: dict[Key, str]) -> Iterator[Finding]:
    names, cells = one.names, table.cells(one.column.index)
    pairs: Mapping[tuple[str, str], None] = dict.fromkeys(_pairs(names, cells))
    lost: dict[tuple[str, str], str] = {}
    for name, cell in pairs:
        kept = said.setdefault((one.owner, name, one.column.header, one.beside.header), cell)
        if cell and kept != cell:
            lost[name, cell] = kept
    if not lost:
        return
    rows = [row for row, pair in enumerate(zip(names, cells, strict=True)) if pair in lost]
    first = names[rows[0]], cells[rows[0]]
    where = (table.name, table.line(rows[0]), one.column.index + 1)
    said_of: dict[str, Any] = {"name": first[0], "header": one.beside.header, "n": len(rows)}
    yield located("warning", "row_disagrees", *where, found=first[1], wanted=lost[first], **said_of)


def _pairs(names: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give name and cell of each row; where all say the same, once for each name."""
    texts = distinct(cells)
    if len(texts) == 1:
        yield from ((name, texts[0]) for name in distinct(names))
        return
    yield from zip(names, cells, strict=True)
