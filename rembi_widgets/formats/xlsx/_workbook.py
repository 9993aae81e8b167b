"""A workbook that came back, as plain data: rows by section, and what was written into it."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.xlsx._cells import check_of, said
from rembi_widgets.formats.xlsx._names import Names, title, unique
from rembi_widgets.formats.xlsx._sheets import CHECK, FIRST, OWNER
from rembi_widgets.record import GUIDE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FORMAT = "rembi-xlsx/1"
ABOUT, EXACT = "_rembi", "_exact"
LARGEST = 2 * 1024**3
"""Bytes of a workbook, unpacked: one of a million images has about half of that."""
_BROKEN = (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError, AttributeError, EOFError, SyntaxError)
"""What reading a broken workbook raises; ``SyntaxError`` is the XML parser's."""


@dataclass
class Line:
    """A row of a sheet: where it is, the id it had, whose it is, and its cells by field."""

    sheet: str
    number: int
    id: str
    owner: str
    cells: dict[str, Any]
    changed: frozenset[str] = frozenset()


@dataclass
class Book:
    """A workbook.

    Attributes
    ----------
    lines
        Section to its rows, in the order of the sheet; a section whose sheet is gone is missing.
    columns
        Section to field to the letter of its column.
    ids
        Section to the ids that were written.
    exact
        (section, id, field) to the text of a cell and the value it stands for.
    names
        What can be referred to, by the name it had when written and the one it has now.
    """

    lines: dict[str, list[Line]] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    ids: dict[str, tuple[str, ...]] = field(default_factory=dict)
    exact: dict[tuple[str, str, str], tuple[str, Any]] = field(default_factory=dict)
    names: Names = field(default_factory=Names)


def open_book(path: Path) -> Book:
    """Read a workbook.

    Raises
    ------
    RembiError
        If it is no workbook of this layout, or larger than any would be.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST:
                raise RembiError("xlsx.too_large", path=path.name)
        opened = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, *_BROKEN) as fault:
        raise RembiError("xlsx.no_workbook", path=path.name, reason=str(fault)[:120]) from fault
    try:
        book = Book()
        pages = {page.title: page for page in opened.worksheets}
        _about(book, pages.get(ABOUT))
        _exact(book, pages.get(EXACT))
        for name, page in pages.items():
            if name not in {ABOUT, EXACT}:
                _page(book, name, page)
    finally:
        opened.close()
    if not book.lines:
        raise RembiError("xlsx.other_layout", path=path.name)
    _name(book)
    return book


def _rows(page: Any) -> Iterator[tuple[Any, ...]]:
    return iter(page.iter_rows(values_only=True)) if page is not None else iter(())


def _joined(chunks: Sequence[Any]) -> str:
    return "".join(str(chunk)[1:] for chunk in chunks if chunk is not None)


def _about(book: Book, page: Any) -> None:
    for row in _rows(page):
        section, is_names, _ = str(row[0] or "").partition(" names")
        if section not in GUIDE:
            continue
        if not is_names:
            joined = _joined(row[1:])
            book.ids[section] = tuple(joined.split("/")) if joined else ()
            continue
        try:
            named = json.loads(_joined(row[1:]))
        except ValueError:
            continue
        pairs = zip(book.ids.get(section, ()), named, strict=False)
        book.names.add(GUIDE[section].collection, {identity: str(name) for identity, name in pairs if name})


def _exact(book: Book, page: Any) -> None:
    for row in _rows(page):
        if len(row) > 4 and row[0] in GUIDE:  # noqa: PLR2004 - section, id, field, text, value
            try:
                value = json.loads(_joined(row[4:]))
            except ValueError:
                continue
            book.exact[str(row[0]), str(row[1]), str(row[2])] = said(row[3]), value


def _page(book: Book, name: str, page: Any) -> None:
    rows = _rows(page)
    head = [said(cell).strip() for cell in next(rows, ())]
    section = head[0] if head else ""
    if section not in GUIDE:
        return
    from openpyxl.utils import get_column_letter

    fields = {column: place for place, column in enumerate(head) if place and column not in {"", OWNER, CHECK}}
    book.columns[section] = {column: get_column_letter(place + 1) for column, place in fields.items()}
    owner = head.index(OWNER) if OWNER in head else None
    check = head.index(CHECK) if CHECK in head else None
    lines = book.lines.setdefault(section, [])
    next(rows, None)
    for number, row in enumerate(rows, FIRST):
        cells = {column: row[place] if place < len(row) else None for column, place in fields.items()}
        whose = said(row[owner]).strip() if owner is not None and owner < len(row) else ""
        identity = said(row[0]).strip() if row else ""
        if not (identity or whose or any(said(cell) for cell in cells.values())):
            continue
        known = said(row[check]) if check is not None and check < len(row) else ""
        seen = {**({OWNER: whose} if owner is not None else {}), **cells}
        lines.append(Line(name, number, identity, whose, cells, _changed(seen, known)))


def _changed(cells: dict[str, Any], known: str) -> frozenset[str]:
    """Give the columns that somebody changed, all of them in a row that bears no check of its own."""
    if len(known) != 6 * len(cells):
        return frozenset(cells)
    now = check_of(list(cells.values()))
    if now == known:
        return frozenset()
    return frozenset(name for place, name in enumerate(cells) if now[6 * place :][:6] != known[6 * place :][:6])


def _name(book: Book) -> None:
    """Know what the rows are called now, beside what they were called when the workbook was written."""
    for section, lines in book.lines.items():
        guide = GUIDE[section]
        if guide.kind == "one":
            continue
        named = ((line.id, said(title(guide.collection, line.cells))) for line in lines if line.id)
        book.names.add(guide.collection, unique(named))
