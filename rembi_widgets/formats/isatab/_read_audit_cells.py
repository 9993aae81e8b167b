"""What was read of the layout is written again and held against what stood there: a cell that is gone is told.

The writer composes some cells of what stands elsewhere, such as the components of a protocol or the name of a process;
the reader passes over them. Where somebody changed one of them, the change has no place in the record.
"""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rembi_widgets.formats.isatab._cells import tame
from rembi_widgets.formats.isatab._compact import distinct
from rembi_widgets.formats.isatab._document import located
from rembi_widgets.formats.isatab._document_columns import typed
from rembi_widgets.formats.isatab._image_fields import IMAGE_PARAMETERS, PIXELS
from rembi_widgets.formats.isatab._investigation import DOI_BEFORE
from rembi_widgets.formats.isatab._ontologies import curie
from rembi_widgets.formats.isatab._profile import BIOIMAGING, DEFAULT, MODULE, profile_named
from rembi_widgets.formats.isatab._read_audit_part import Rows, part, rows_to_look_at
from rembi_widgets.formats.isatab._read_protocols import squeezed
from rembi_widgets.formats.isatab._read_values import as_number, split, unescaped, unmarked
from rembi_widgets.formats.isatab._set import make_set
from rembi_widgets.formats.isatab._units import SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rembi_widgets.formats.isatab._document import Row, Section, Study, Table
    from rembi_widgets.formats.isatab._document_columns import Column
    from rembi_widgets.formats.isatab._reading import Reading
    from rembi_widgets.record import Curation, Finding, Level

_NOT_SAID = frozenset({"Study File Name", "Study Assay File Name", "Comment[Created With]"})
"""Labels that say nothing of the study: how files are called, which version wrote them."""
_OF_FILES = frozenset({"ONTOLOGY SOURCE REFERENCE", "INVESTIGATION"})
_LENGTHS = frozenset(IMAGE_PARAMETERS[field] for field in PIXELS)
"""Parameters that are read in any unit of length and written in µm."""
_OF_COLUMNS = frozenset({"isaread.left", "isaread.row_disagrees", "isaread.unknown_column"})
"""Findings that speak of all cells of a column."""
_AS_GIVEN = re.compile(r"comment\[(.*) as given\]")


class _Gone(NamedTuple):
    """A cell that is not written again."""

    line: int
    column: int
    text: str


class _Texts:
    """The cells of one heading, or of all: what they say, whole and item by item."""

    def __init__(self) -> None:
        self._cells: set[str] = set()
        self._forms: tuple[set[str], set[str]] | None = None

    def add(self, cells: Iterable[str]) -> None:
        """Take cells."""
        self._cells.update(cells)

    def has(self, cell: str) -> bool:
        """Tell whether a cell is among them, whole or by all its items."""
        if cell in self._cells:
            return True
        if self._forms is None:
            items = {form for one in self._cells for item in split(one) for form in _item_forms(item)}
            self._forms = set(map(_form, self._cells)), items
        whole, items = self._forms
        return _form(cell) in whole or all(
            not item.strip() or not items.isdisjoint(_item_forms(item)) for item in split(cell)
        )


class _Again:
    """All that is written again, by label of a section or header of a table."""

    def __init__(self) -> None:
        self._all = _Texts()
        self._said: dict[tuple[str, str], _Texts] = {}

    def put(self, path: Path, lines: Iterable[str]) -> Path:
        """Take the lines of a file."""
        rows = csv.reader(io.StringIO("".join(lines), newline=""), delimiter="\t")
        if path.name.startswith("i_"):
            self._take_investigation(rows)
        else:
            for header, *cells in zip(*rows, strict=True):
                self._take(_typed(header), cells)
        return path

    def _take_investigation(self, rows: Iterable[list[str]]) -> None:
        heading = ""
        for label, *cells in rows:
            heading = heading if cells else label
            self._take((heading, _plain(label)), cells)

    def _take(self, key: tuple[str, str], cells: Iterable[str]) -> None:
        self._all.add(cells)
        self._said.setdefault(key, _Texts()).add(cells)

    def knows(self, key: tuple[str, str]) -> bool:
        """Tell whether there is such a label, or header."""
        return key in self._said

    def has(self, key: tuple[str, str], cell: str) -> bool:
        """Tell whether a cell is written under its label; anywhere, if there is no such label."""
        return self._said.get(key, self._all).has(cell)


@cache
def _typed(header: str) -> tuple[str, str]:
    kind, name = typed(header)
    return kind, name.casefold()


def _plain(label: str) -> str:
    """Give a label as its section knows it, however it is spelt; a value of another form than it takes is its value."""
    kind, name = typed(label)
    plain = f"comment[{name.casefold()}]" if kind == "comment" else " ".join(label.casefold().split())
    return _AS_GIVEN.sub(r"\1", plain)


def _form(cell: str) -> str:
    """Give what a cell says: its number, the CURIE of its accession, the symbol of its unit, its text."""
    text = unmarked(unescaped(tame(cell)))
    number = as_number(text)
    if isinstance(number, float):
        return repr(number)
    if text.casefold() in {"true", "false"}:
        return text.casefold()
    text = DOI_BEFORE.sub("", text)
    return SYMBOLS.get(text, "") or squeezed(curie(text))


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
    told = [*reading.document.findings, *reading.findings]
    yield from _of_investigation(reading, study, again, told)
    for table in tables.values():
        yield from _of_table(reading, table, rows, again, told)


def _of_investigation(reading: Reading, study: Study, again: _Again, told: Sequence[Finding]) -> Iterator[Finding]:
    places = {finding.path for finding in told}
    for section in (*reading.one.sections.values(), *study.sections.values()):
        for row in section.rows:
            label = f"Comment[{row.name}]" if row.kind == "comment" else row.name
            if label in _NOT_SAID:
                continue
            gone = _of_row(section, row, again)
            gone = [one for one in gone if f"{reading.file}:{one.line}:{one.column}" not in places]
            if gone:
                level: Level = "info" if section.heading in _OF_FILES else "warning"
                yield _finding(level, reading.file, f"{section.heading}/{label}", gone)


def _of_row(section: Section, row: Row, again: _Again) -> list[_Gone]:
    key = section.heading, _plain(row.label)
    said = [_Gone(row.line, place, cell) for place, cell in enumerate(row.cells, 2) if cell.strip()]
    if row.kind != "comment" and not again.knows(key):
        return [_Gone(row.line, 1, row.label), *said]
    return [one for one in said if not again.has(key, one.text)]


def _of_table(reading: Reading, table: Table, rows: Rows, again: _Again, told: Sequence[Finding]) -> Iterator[Finding]:
    passed = {one.values["column"] - 1 for one in told if one.values["file"] == table.name and one.code in _OF_COLUMNS}
    passed |= _converted(table)
    whole = len(rows[table.name]) == len(table)
    found: dict[str, list[_Gone]] = {}
    for column in table.columns:
        if column.index in passed or (not whole and column.kind == "process_name"):
            continue
        known = None if whole or column.kind != "node" else reading.samples
        gone = _of_column(table, column, rows[table.name], again, known)
        if gone:
            found.setdefault(column.header, []).extend(gone)
    for header, held in found.items():
        yield _finding("warning", table.name, header, held)


def _of_column(
    table: Table, column: Column, rows: Sequence[int], again: _Again, known: Mapping[str, str] | None
) -> list[_Gone]:
    """Give the cells of a column that are gone; ``known``: the names of samples, where others cannot be told."""
    cells, key = table.cells(column.index), _typed(column.header)
    if column.kind != "comment" and not again.knows(key):
        line = table.file.line(table.header)
        return [_Gone(line, column.index + 1, column.header)] if any(distinct(cells)) else []
    said = {cells[row] for row in rows}
    gone = {cell for cell in said if cell and not again.has(key, cell)}
    if known is not None:
        gone = {cell for cell in gone if column.name.casefold() == "sample name" and cell not in known}
    return [_Gone(table.line(row), column.index + 1, cells[row]) for row in rows if cells[row] in gone]


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


def _finding(level: Level, file: str, header: str, gone: list[_Gone]) -> Finding:
    first = gone[0]
    return located(level, "not_written", file, first.line, first.column, found=first.text, header=header, n=len(gone))
