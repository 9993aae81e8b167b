"""Writing a record as a workbook for people who live in Excel."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats._written import Written
from rembi_widgets.formats.xlsx._cells import LONGEST, check_of, read_cell, said, shown
from rembi_widgets.formats.xlsx._look import Look
from rembi_widgets.formats.xlsx._names import is_table, names_of, pointed_to
from rembi_widgets.formats.xlsx._sheets import CHECK, OWNER, sheets
from rembi_widgets.locale import text
from rembi_widgets.record import Finding, plain
from rembi_widgets.systems import HERE

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.formats.xlsx._names import Names
    from rembi_widgets.formats.xlsx._sheets import Column, Row, Sheet
    from rembi_widgets.record import Curation

FORMAT = "rembi-xlsx/1"
NAME = "rembi.xlsx"
ABOUT, EXACT = "_rembi", "_exact"
"""Hidden sheets: what was written, and values that a cell cannot hold whole."""


@dataclass
class _Book:
    """A workbook being written."""

    record: Curation
    look: Look
    names: Names
    about: list[list[str]] = field(default_factory=list)
    exact: list[list[str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def write(record: Curation, folder: Path) -> Written:
    """Write ``rembi.xlsx``: a sheet a section, the files and the images, in the language in use.

    Parameters
    ----------
    record
        The record; all of it can be expressed.
    folder
        Where the workbook goes; it is made if it does not exist.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    names = names_of(record)
    book = _Book(record, Look(record, names), names)
    book.look.read_me()
    for sheet, rows in sheets(record):
        _write_sheet(book, sheet, rows)
    _write_hidden(book)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    fresh = folder / f".{NAME}.new"
    try:
        book.look.book.save(fresh)
        HERE.put_in_place(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
    return Written((path,), tuple(book.findings))


def _write_sheet(book: _Book, sheet: Sheet, rows: list[Row]) -> None:
    place = book.look.sheet(sheet, len(rows))
    owner = [OWNER] if sheet.has_owner else []
    place.append([sheet.section.name, *owner, *(column.name for column in sheet.columns), CHECK])
    place.append(book.look.header(place, sheet))
    for row in rows:
        cells = [_cell(book, sheet, row, column) for column in sheet.columns]
        whose = [book.names.of.get(row.owner or "", row.owner)] if sheet.has_owner else []
        place.append(book.look.cells(place, sheet, row, [row.id, *whose, *cells, check_of([*whose, *cells])]))
    named = [] if is_table(sheet.collection) else [book.names.of.get(row.id, "") for row in rows]
    book.about.append([sheet.section.name, *_chunks("/".join(row.id for row in rows))])
    if any(named):
        book.about.append([f"{sheet.section.name} names", *_chunks(json.dumps(named))])


def _cell(book: _Book, sheet: Sheet, row: Row, column: Column) -> Any:
    value = row.values.get(column.name)
    if value is None or value == ():
        return None
    goals = pointed_to(column.guide)
    cell = shown(value, book.names.of if goals else {})
    exact = plain(value)
    if read_cell(cell, column.kind, lambda name: book.names.find(name, goals)) != exact:
        book.exact.append([sheet.section.name, row.id, column.name, said(cell), *_chunks(json.dumps(exact))])
    return cell


def _chunks(long: str) -> list[str]:
    step = LONGEST - 1  # behind a letter, so that no chunk looks like a number or is blank at an end
    return [f"|{long[at : at + step - 1]}" for at in range(0, len(long), step - 1)] or ["|"]


def _write_hidden(book: _Book) -> None:
    about = book.look.hidden(ABOUT)
    about.append([FORMAT])
    for line in book.about:
        about.append(book.look.plain(about, line))
    exact = book.look.hidden(EXACT)
    exact.append([text("xlsx.exact", "en")])
    for line in book.exact:
        exact.append(book.look.plain(exact, line))
    book.look.lists()
