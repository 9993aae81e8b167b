"""PageTab in TSV: blocks between blank lines, each cell with its line and column.

Source: the server's reader: blocks, keywords in any case, comments, quotes, tables, marks of qualifiers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.pagetab._parts import Attribute, File, Link, Section, Submission

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from rembi_widgets.formats.pagetab._document import Source

_TABLE = re.compile(r"(.+?)\s*\[(.*)\]")
_MARKS = {"()": "names", "[]": "qualifiers"}


@dataclass(frozen=True)
class Row:
    """The cells of a line; blank ones at its end are left out."""

    line: int
    cells: tuple[str, ...]

    def cell(self, place: int) -> str:
        """Give a cell, blank where the line has ended."""
        return self.cells[place] if place < len(self.cells) else ""

    def at(self, place: int) -> str:
        """Give line and column, counted from one."""
        return f"{self.line}:{place + 1}"


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    r"""Give line number and cells of each line; a cell in quotes may hold tabs and line ends.

    >>> list(rows('a\t"b\nc"\nd'))
    [(1, ['a', 'b\nc']), (3, ['d'])]
    """
    line, place, end = 1, 0, len(text)
    while place < end:
        cells, place, lines = _cells(text, place)
        yield line, cells
        line += lines


def _cells(text: str, place: int) -> tuple[list[str], int, int]:
    """Give the cells of one line, where the next begins, and how many lines of text it took."""
    cells, begin = [], place
    while True:
        cell, place = _quoted(text, place)
        cells.append(cell)
        if not text.startswith("\t", place):
            break
        place += 1
    place += 2 if text.startswith("\r\n", place) else 1
    return cells, place, max(1, text.count("\n", begin, min(place, len(text))))


_BARE = re.compile(r"[^\t\r\n]*")
_QUOTED = re.compile(r' *"((?:[^"]|"")*)" *(?=[\t\r\n]|\Z)')


def _bare(text: str, place: int) -> tuple[str, int]:
    found = _BARE.match(text, place)
    return (found.group(), found.end()) if found else ("", place)


def _quoted(text: str, place: int) -> tuple[str, int]:
    """Give a cell, without its quotes if it is all in quotes."""
    found = _QUOTED.match(text, place)
    return (found.group(1).replace('""', '"'), found.end()) if found else _bare(text, place)


def workbook_rows(path: Path) -> Iterator[list[str]]:
    """Give the rows of the first sheet of a workbook.

    Raises
    ------
    RembiError
        If it is no workbook.
    """
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise RembiError("pagetab.no_workbook", path=path.name) from error
    try:
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield ["" if cell is None else str(cell) for cell in row]
    finally:
        book.close()


def read_text(text: str, held: Source) -> Submission:
    """Read a submission from text; see ``read_rows``."""
    return _read(rows(text), held)


def read_rows(lines: Iterable[Sequence[str]], held: Source) -> Submission:
    """Read a submission from rows of cells.

    Raises
    ------
    RembiError
        If the first block is no submission, or there is no section.
    """
    return _read(enumerate(lines, 1), held)


def _read(lines: Iterable[tuple[int, Sequence[str]]], held: Source) -> Submission:
    blocks = list(_blocks(lines))
    if not blocks or blocks[0][0].cell(0).casefold() != "submission":
        raise RembiError("pagetab.nothing", path=held.file)
    reading = _Reading(held)
    head = blocks[0]
    attributes = reading.attributes(head[1:])
    for block in blocks[1:]:
        reading.block(block)
    if reading.root is None:
        raise RembiError("pagetab.no_section", path=held.file)
    return Submission(head[0].cell(1) or None, attributes, reading.root, head[0].at(0))


def _blocks(lines: Iterable[tuple[int, Sequence[str]]]) -> Iterator[list[Row]]:
    block: list[Row] = []
    for line, said in lines:
        cells = [cell.strip() for cell in said]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            if block:
                yield block
            block = []
        elif not cells[0].startswith("#"):
            block.append(Row(line, tuple(cells)))
    if block:
        yield block


class _Reading:
    """Blocks one after the other: sections by accno, and the section that links and files belong to."""

    def __init__(self, held: Source) -> None:
        self.held = held
        self.root: Section | None = None
        self.last: Section | None = None
        self.known: dict[str, Section] = {}

    def block(self, block: list[Row]) -> None:
        """Read one block by its first cell."""
        head = block[0]
        word = head.cell(0)
        table = _TABLE.fullmatch(word)
        if self.root is not None and word.casefold() in {"link", "file", "links", "files"}:
            self._belongs(block, word.casefold())
        elif table is not None and self.root is not None:
            self._table(block, table.group(1), table.group(2).strip())
        else:
            self._section(block)

    def _section(self, block: list[Row]) -> None:
        head = block[0]
        kind, accno, parent = (head.cell(place) for place in range(3))
        if not kind:
            self.held.tell("error", "section_without_type", head.at(0))
        section = Section(kind or "Section", accno or None, self.attributes(block[1:]), at=head.at(0))
        if self.root is None:
            self.root = section
        else:
            self._home(parent, head, 2).sections.append(section)
        if accno:
            self.known.setdefault(accno, section)
        self.last = section

    def _home(self, parent: str, head: Row, place: int) -> Section:
        """Give the section that a subsection names; the root where it names none or one that is not above."""
        home = self.known.get(parent) if parent else self.root
        if home is None:
            self.held.tell("error", "unknown_parent", head.at(place), found=parent)
        return home or self.root or Section("Study")

    def attributes(self, lines: Iterable[Row]) -> list[Attribute]:
        """Read lines of name and value, those in marks as what they mark."""
        found: list[Attribute] = []
        for row in lines:
            name, value = row.cell(0), row.cell(1) or None
            if not name:
                self.held.tell("error", "attribute_without_name", row.at(0), found=row.cell(1)[:60])
                continue
            if len(row.cells) > 2:  # noqa: PLR2004 - a name and a value
                self.held.tell("warning", "cells_ignored", row.at(2), found=row.cell(2)[:60])
            mark = _MARKS.get(name[0] + name[-1])
            if mark and not found:
                self.held.tell("error", "qualifier_first", row.at(0), found=name)
            elif mark:
                found[-1] = _marked(found[-1], mark, name[1:-1].strip(), value)
            else:
                found.append(_attribute(name, value, row.at(0)))
        return found

    def _belongs(self, block: list[Row], word: str) -> None:
        """Read links and files, which belong to the section above them."""
        head, home = block[0], self.last or self.root
        if home is None:
            return
        if word in {"links", "files"}:
            made = [(row, key, tuple(said)) for row, key, said in self._cells_of(block)]
        else:
            made = [(head, head.cell(1), tuple(self.attributes(block[1:])))]
        for row, key, said in made:
            if not key:
                code = "link_without_url" if word.startswith("link") else "blank_path"
                self.held.tell("error", code, row.at(0 if row is not head else 1))
            elif word.startswith("link"):
                home.links.append(Link(key, said, row.at(0)))
            else:
                home.files.append(File(key, said, at=row.at(0)))

    def _table(self, block: list[Row], kind: str, parent: str) -> None:
        home = self._home(parent, block[0], 0)
        made: list[Section] = []
        for row, accno, said in self._cells_of(block):
            made.append(Section(kind, accno or None, said, at=row.at(0)))
            if accno:
                self.known.setdefault(accno, made[-1])
        if made:
            home.sections.append(made)
            self.last = made[-1]

    def _cells_of(self, block: list[Row]) -> Iterator[tuple[Row, str, list[Attribute]]]:
        """Give first cell and attributes of each row of a table."""
        head, *below = block
        if not below:
            self.held.tell("error", "empty_table", head.at(0), found=head.cell(0))
        blank = [place for place in range(1, len(head.cells)) if not head.cell(place)]
        for place in blank:
            self.held.tell("error", "blank_header", head.at(place))
        first = head.cell(1)
        if first and first[0] + first[-1] in _MARKS:
            self.held.tell("error", "qualifier_first", head.at(1), found=first)
        for row in below:
            if len(row.cells) > len(head.cells):
                self.held.tell("error", "long_row", row.at(len(head.cells)), found=row.cell(len(head.cells))[:60])
            yield row, row.cell(0), self._cells(head, row)

    def _cells(self, head: Row, row: Row) -> list[Attribute]:
        found: list[Attribute] = []
        open_ = False  # whether the marks that follow have a value of this row to qualify
        for place in range(1, len(head.cells)):
            name, value = head.cell(place), row.cell(place) or None
            mark = _MARKS.get(name[0] + name[-1]) if name else None
            if mark and open_ and value:
                found[-1] = _marked(found[-1], mark, name[1:-1].strip(), value)
            elif name and not mark:
                open_ = value is not None
                if open_:
                    found.append(_attribute(name, value, row.at(place)))
        return found


def _attribute(name: str, value: str | None, at: str) -> Attribute:
    reference = len(name) > 2 and name[0] + name[-1] == "<>"  # noqa: PLR2004 - the two marks
    return Attribute(name[1:-1].strip() if reference else name, value, (), reference, at=at)


def _marked(one: Attribute, mark: str, name: str, value: str | None) -> Attribute:
    held: Any = {mark: (*getattr(one, mark), (name, value))}
    return replace(one, **held)
