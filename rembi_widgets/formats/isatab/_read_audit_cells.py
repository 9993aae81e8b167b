"""What was read of the layout is written again and held against what stood there: a cell that is gone is told.

The writer composes some cells of what stands elsewhere, such as the components of a protocol or the name of a process;
the reader passes over them. Where somebody changed one of them, the change has no place in the record.
"""

from __future__ import annotations

import csv
import io
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rembi_widgets.formats.isatab._compact import distinct
from rembi_widgets.formats.isatab._document import located
from rembi_widgets.formats.isatab._document_columns import typed
from rembi_widgets.formats.isatab._image_fields import IMAGE_PARAMETERS, PIXELS
from rembi_widgets.formats.isatab._investigation import DOI_BEFORE
from rembi_widgets.formats.isatab._ontologies import curie
from rembi_widgets.formats.isatab._profile import BIOIMAGING, DEFAULT, MODULE, profile_named
from rembi_widgets.formats.isatab._read_audit_part import Rows, part, rows_to_look_at
from rembi_widgets.formats.isatab._read_values import as_number, split, unescaped, unmarked
from rembi_widgets.formats.isatab._set import make_set
from rembi_widgets.formats.isatab._units import SYMBOLS
from rembi_widgets.formats.isatab._cells import tame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rembi_widgets.formats.isatab._document import Row, Section, Study, Table
    from rembi_widgets.formats.isatab._document_columns import Column
    from rembi_widgets.formats.isatab._reading import Reading
    from rembi_widgets.record import Curation, Finding

_NOT_SAID = frozenset({"Study File Name", "Study Assay File Name", "Comment[Created With]"})
"""Labels that say nothing of the study: how files are called, which version wrote them."""
_OF_FILES = frozenset({"ONTOLOGY SOURCE REFERENCE", "INVESTIGATION"})
_LENGTHS = frozenset(IMAGE_PARAMETERS[field] for field in PIXELS)
"""Parameters that are read in any unit of length and written in µm."""
_NAMES = frozenset({"node", "process_name"})


class _Gone(NamedTuple):
    """A cell that is not written again."""

    line: int
    column: int
    text: str


class _Again:
    """All that is written again: labels by section, headers of tables, cells and their items."""

    def __init__(self) -> None:
        self.labels: set[tuple[str, str]] = set()
        self.headings: set[str] = set()
        self.headers: set[tuple[str, str]] = set()
        self.cells: set[str] = set()
        self._items: set[str] = set()

    def put(self, path: Path, lines: Iterable[str]) -> Path:
        """Take the lines of a file."""
        rows = csv.reader(io.StringIO("".join(lines), newline=""), delimiter="\t")
        if path.name.startswith("i_"):
            self._take_investigation(rows)
        else:
            self.headers.update(map(_typed, next(rows, [])))
            for row in rows:
                self.cells.update(row)
        return path

    def _take_investigation(self, rows: Iterable[list[str]]) -> None:
        heading = ""
        for label, *cells in rows:
            if not cells:
                heading = label
            self.labels.add((heading, _plain(label)))
            self.cells.update(cells)

    def close(self) -> None:
        """Take all forms of the cells."""
        self._items = {form for cell in self.cells for item in split(cell) for form in _item_forms(item)}
        self.cells = {_form(cell) for cell in self.cells}

    def has(self, cell: str) -> bool:
        """Tell whether a cell is written, whole or all its items."""
        if _form(cell) in self.cells:
            return True
        return all(not item.strip() or not self._items.isdisjoint(_item_forms(item)) for item in split(cell))


@cache
def _typed(header: str) -> tuple[str, str]:
    kind, name = typed(header)
    return kind, name.casefold()


def _plain(label: str) -> str:
    """Give a label as its section knows it, however it is spelt."""
    kind, name = typed(label)
    return f"comment[{name.casefold()}]" if kind == "comment" else " ".join(label.casefold().split())


def _form(cell: str) -> str:
    """Give what a cell says: its number, the CURIE of its accession, the symbol of its unit, its text."""
    text = unmarked(unescaped(tame(cell)))
    number = as_number(text)
    if isinstance(number, float):
        return repr(number)
    if text.casefold() in {"true", "false"}:
        return text.casefold()
    text = DOI_BEFORE.sub("", text)
    return SYMBOLS.get(text, "") or curie(text)


def _item_forms(item: str) -> tuple[str, ...]:
    """Give the forms of one of several values: itself, and the number behind its axis."""
    before, found, after = item.partition("=")
    return (_form(item), f"{before.strip()}={_form(after)}") if found else (_form(item),)


def audit_cells(reading: Reading, record: Curation, study: Study) -> Iterator[Finding]:
    """Tell of each cell that would not be written again; what was told of its place before is not told twice.

    Yields
    ------
    Finding
        One a file and heading, with the place of the first cell, its text, and how many there are.
    """
    tables = {table.name: table for table in (study.table, *study.assays) if table is not None and len(table)}
    rows = rows_to_look_at(tables.values())
    again = _Again()
    modules = study.section("STUDY PROTOCOLS").cells("Comment[REMBI Module]")
    profile = profile_named(DEFAULT if MODULE in modules else BIOIMAGING)
    make_set(part(reading, record, tables, rows), Path(), profile, again.put)
    again.close()
    told = {finding.path for finding in (*reading.document.findings, *reading.findings)}
    told_lines = {path.rpartition(":")[0] for path in told}
    yield from _of_investigation(reading, study, again, told, told_lines)
    for table in tables.values():
        yield from _of_table(reading, table, rows, again, told)


def _of_investigation(
    reading: Reading, study: Study, again: _Again, told: set[str], told_lines: set[str]
) -> Iterator[Finding]:
    for section in (*reading.one.sections.values(), *study.sections.values()):
        for row in section.rows:
            label = f"Comment[{row.name}]" if row.kind == "comment" else row.name
            if label in _NOT_SAID or f"{reading.file}:{row.line}" in told_lines:
                continue
            gone = list(_of_row(section, row, label, again))
            if gone:
                level = "info" if section.heading in _OF_FILES else "warning"
                yield _finding(level, reading.file, f"{section.heading}/{label}", gone)


def _of_row(section: Section, row: Row, label: str, again: _Again) -> Iterator[_Gone]:
    known = (section.heading, _plain(row.label)) in again.labels
    said = [(place, cell) for place, cell in enumerate(row.cells, 2) if cell.strip()]
    if not known and row.kind != "comment":
        yield _Gone(row.line, 1, row.label)
    for place, cell in said:
        if not again.has(cell) or not (known or row.kind == "comment"):
            yield _Gone(row.line, place, cell)


def _of_table(reading: Reading, table: Table, rows: Rows, again: _Again, told: set[str]) -> Iterator[Finding]:
    places = {path.rpartition(":")[2] for path in told if path.startswith(f"{table.name}:")}
    looked, whole = rows[table.name], len(rows[table.name]) == len(table)
    lengths = _converted(table)
    found: dict[str, list[_Gone]] = {}
    for column in table.columns:
        if str(column.index + 1) in places or column.index in lengths or (not whole and column.kind == "process_name"):
            continue
        cells = table.cells(column.index)
        if _typed(column.header) not in again.headers and any(distinct(cells)):
            found.setdefault(column.header, []).append(
                _Gone(table.file.line(table.header), column.index + 1, column.header)
            )
            continue
        known: Mapping[str, str] = reading.samples if column.name.casefold() == "sample name" else {}
        gone: dict[str, bool] = {}
        for row in looked:
            cell = cells[row]
            if cell not in gone:
                gone[cell] = bool(cell) and not again.has(cell) and (whole or not _named(column, cell, known))
            if gone[cell]:
                found.setdefault(column.header, []).append(_Gone(table.line(row), column.index + 1, cell))
    for header, held in found.items():
        yield _finding("warning", table.name, header, held)


def _named(column: Column, cell: str, known: Mapping[str, str]) -> bool:
    """Tell whether a name may be told apart from others that a part of a large table does not have."""
    return column.kind == "node" and (column.name.casefold() != "sample name" or cell in known)


def _converted(table: Table) -> set[int]:
    """Give the columns of lengths that are not in µm, with their units."""
    found: set[int] = set()
    for column in table.columns:
        unit = column.beside.get("unit")
        if column.kind != "parameter_value" or column.name not in _LENGTHS or unit is None:
            continue
        if not set(distinct(table.cells(unit))) <= {"micrometer", ""}:
            found |= {column.index, *column.beside.values()}
    return found


def _finding(level: str, file: str, header: str, gone: list[_Gone]) -> Finding:
    first = gone[0]
    return located(level, "not_written", file, first.line, first.column, found=first.text, header=header, n=len(gone))
