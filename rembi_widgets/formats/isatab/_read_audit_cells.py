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
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from rembi_widgets.formats.isatab._cells import tame
from rembi_widgets.formats.isatab._compact import distinct
from rembi_widgets.formats.isatab._document import located
from rembi_widgets.formats.isatab._document_columns import columns, typed
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
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from rembi_widgets.formats.isatab._document import Row, Section, Study, Table
    from rembi_widgets.formats.isatab._document_columns import Column
    from rembi_widgets.formats.isatab._reading import Reading
    from rembi_widgets.record import Curation, Finding, Level

_NOT_SAID = frozenset({"Study File Name", "Study Assay File Name", "Comment[Created With]"})
"""Labels that say nothing of the study: how files are called, which version wrote them."""
_OF_FILES = frozenset({"ONTOLOGY SOURCE REFERENCE", "INVESTIGATION"})
_NOT_KEPT = _OF_FILES | {"INVESTIGATION PUBLICATIONS", "INVESTIGATION CONTACTS", "STUDY FACTORS"}
"""Sections of which no comments are kept but those that are known."""
_Key: TypeAlias = tuple[str, str]
_Name: TypeAlias = tuple[str, ...]
"""A section and a label, or kind and name of a header; what a column or row tells of."""
_VARIABLE = "Variable Name"
"""A comment on a factor that stands there only where the names differ."""
_LENGTHS = frozenset(IMAGE_PARAMETERS[field] for field in PIXELS)
"""Parameters that are read in any unit of length and written in µm."""
_OF_COLUMNS = frozenset({"left", "row_disagrees", "unknown_column"})
"""Findings that speak of all cells of a column."""
_TITLE = ("comment", "title")
"""Stands only in tables of which a name is not the title."""
_NUMBERED = frozenset({"node", "process_name"})
_NUMBER = re.compile(r" [0-9]+\Z")
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
    """All that is written again, by label of a section or header of a table, and by what its column or row tells of."""

    def __init__(self) -> None:
        self._all = _Texts()
        self._said: dict[_Key, _Texts] = {}
        self._of: dict[_Key, dict[_Name, list[str]]] = {}
        self._names: set[_Name] = set()

    def put(self, path: Path, lines: Iterable[str]) -> Path:
        """Take the lines of a file."""
        rows = list(csv.reader(io.StringIO("".join(lines), newline=""), delimiter="\t"))
        if path.name.startswith("i_"):
            self._take_investigation(rows)
        else:
            header, *rows = rows
            names = _row_names(columns(header), rows)
            for head, *cells in zip(header, *rows, strict=True):
                self._take(_typed(head), cells, names)
        return path

    def _take_investigation(self, rows: Iterable[list[str]]) -> None:
        heading, names = "", list[_Name]()
        for label, *cells in rows:
            if not cells:
                heading, names = label, []
            names = names or [(heading, _form(cell)) for cell in cells]
            self._take((heading, _plain(label)), cells, names)

    def _take(self, key: _Key, cells: Sequence[str], names: Sequence[_Name]) -> None:
        self._all.add(cells)
        self._said.setdefault(key, _Texts()).add(cells)
        self._names.update(names)
        of = self._of.setdefault(key, {})
        for name, cell in zip(names, cells, strict=True):
            of.setdefault(name, []).append(cell)

    def knows(self, key: _Key) -> bool:
        """Tell whether there is such a label, or header."""
        return key in self._said

    def has(self, key: _Key, cell: str, name: _Name | None = None) -> bool:
        """Tell whether a cell is written under its label of what has a name, or else of anything.

        If there is no such label, it is enough that it is written anywhere.
        """
        if key not in self._said or key == _TITLE:
            return self._all.has(cell)
        if name not in self._names or name is None:
            return self._said[key].has(cell)
        held = self._of[key].get(name, [])
        if cell in held or _texts(held).has(cell):
            return True
        return key[0] in _NUMBERED and _unnumbered(cell) in map(_unnumbered, held)


def _unnumbered(name: str) -> str:
    """Give a name without the number that tells it from others: these are numbered in the order of their rows."""
    return _NUMBER.sub("", name)


def _texts(cells: Iterable[str]) -> _Texts:
    found = _Texts()
    found.add(cells)
    return found


def _row_names(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[_Name]:
    """Give what each row of a table tells of: the last thing in it, with its id."""
    last = next((column for column in reversed(columns) if column.kind == "node"), None)
    if last is None:
        return [("", "")] * len(rows)
    borne = [one.index for one in columns if one.owner == last.index and one.name == "REMBI ID"][:1]
    return [(last.name, *(_form(row[place]) for place in (last.index, *borne))) for row in rows]


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
    if row.kind == "comment" and section.heading in _NOT_KEPT and not again.knows(key) and row.name != _VARIABLE:
        return said
    names = section.rows[0].cells
    named = {place: (section.heading, _form(cell)) for place, cell in enumerate(names, 2)}
    return [one for one in said if not again.has(key, one.text, named.get(one.column))]


def _of_table(reading: Reading, table: Table, rows: Rows, again: _Again, told: Sequence[Finding]) -> Iterator[Finding]:
    passed = {one.values["column"] - 1 for one in told if one.values["file"] == table.name and _speaks_of_column(one)}
    passed |= _converted(table)
    whole = all(isinstance(one, range) for one in rows.values())
    names = dict(enumerate(_row_names(table.columns, _whole_rows(table)))) if whole else {}
    looked_at = {row: names.get(row) for row in rows[table.name]}
    found: dict[str, list[_Gone]] = {}
    for column in table.columns:
        if column.index in passed or (not whole and column.kind == "process_name"):
            continue
        gone = _of_column(table, column, looked_at, again, None if whole else reading.samples)
        if gone:
            found.setdefault(column.header, []).extend(gone)
    for header, held in found.items():
        yield _finding("warning", table.name, header, held)


def _whole_rows(table: Table) -> list[tuple[str, ...]]:
    return list(zip(*(table.cells(column.index) for column in table.columns), strict=True))


def _speaks_of_column(finding: Finding) -> bool:
    return finding.code.rpartition(".")[2] in _OF_COLUMNS


def _of_column(
    table: Table, column: Column, rows: Mapping[int, _Name | None], again: _Again, known: Container[str] | None
) -> list[_Gone]:
    """Give the cells of a column that are gone.

    Parameters
    ----------
    rows
        The rows that are looked at, each with what it tells of.
    known
        The names of samples, if but a part is looked at: other names cannot be told then.
    """
    cells, key = table.cells(column.index), _typed(column.header)
    if column.kind != "comment" and not again.knows(key):
        line = table.file.line(table.header)
        return [_Gone(line, column.index + 1, column.header)] if any(distinct(cells)) else []
    said = {(cells[row], name) for row, name in rows.items()}
    gone = {(cell, name) for cell, name in said if cell and not again.has(key, cell, name)}
    if known is not None and column.kind == "node":
        gone = {(cell, name) for cell, name in gone if column.name.casefold() == "sample name" and cell not in known}
    where = [row for row, name in rows.items() if (cells[row], name) in gone]
    return [_Gone(table.line(row), column.index + 1, cells[row]) for row in where]


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
