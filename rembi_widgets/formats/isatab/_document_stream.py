"""A table that is read column by column while it passes by: of a large study neither bytes nor rows are held.

It takes what is whole: UTF-8, quotes that close. What is not is ``Odd``, and is read as a file that is held.
"""

from __future__ import annotations

import csv
import io
from array import array
from bisect import bisect_right
from itertools import chain, islice
from operator import itemgetter
from typing import IO, TYPE_CHECKING, NamedTuple

from rembi_widgets.formats.isatab._compact import Growing
from rembi_widgets.formats.isatab._document import Table
from rembi_widgets.formats.isatab._document_columns import columns
from rembi_widgets.formats.isatab._document_text import TextFile, any_length, plain_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rembi_widgets.formats.isatab._document_columns import Column

_AT_ONCE = 1 << 16
"""Letters of a block: more are slower, their rows no longer fit the processor's caches."""
_LONGEST = 8 * _AT_ONCE
"""Letters without a line's end after which lines are taken to end otherwise."""
_ROWS = 500
"""Rows of a block that the csv reader takes."""


class Odd(Exception):  # noqa: N818 - it is no error: the file is read in another way
    """A file that must be held to be read."""


class _Block(NamedTuple):
    """Rows and the line where each begins."""

    rows: list[list[str]]
    lines: Sequence[int]


def _blocks(text: io.TextIOWrapper) -> Iterator[_Block]:
    waiting, at = "", 1
    while more := text.read(_AT_ONCE):
        waiting += more
        end = waiting.rfind("\n") + 1
        if not end and len(waiting) < _LONGEST:
            continue
        rows = plain_rows(waiting[:end])
        if rows is None:
            break
        yield _Block(rows, range(at, at + len(rows)))
        waiting, at = waiting[end:], at + len(rows)
    if waiting:
        yield from _by_csv(chain(_lines(waiting, text), text), at)


def _lines(begun: str, text: io.TextIOWrapper) -> Iterator[str]:
    """Give the lines of a text that was begun, the last of which the stream goes on with."""
    lines = list(io.StringIO(begun, newline=""))
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += text.readline()
        lines[-1:] = io.StringIO(lines[-1], newline="")
    yield from lines


def _by_csv(lines: Iterable[str], at: int) -> Iterator[_Block]:
    """Read by the csv reader; whether a last quote closes can be told where a row is one line and quotes are pairs."""
    quotes, tail = 0, ""

    def counted() -> Iterator[str]:
        nonlocal quotes, tail
        for line in lines:
            quotes += line.count('"')
            tail = line
            yield line

    reader, before, last = csv.reader(counted(), delimiter="\t"), 0, 0
    while True:
        rows: list[list[str]] = []
        starts: list[int] = []
        with any_length():
            for row in islice(reader, _ROWS):
                rows.append(row)
                starts.append(at + before)
                last, before = reader.line_num - before, reader.line_num
        if not rows:
            break
        if any(row and row[0].startswith("#") for row in rows):  # a comment, or a quoted cell
            raise Odd
        yield _Block(rows, starts)
    if quotes % 2 or last > 1 or tail.count('"') % 2:
        raise Odd


class Passing(Table):
    """A table of which the columns are held, and nothing else; it cannot be changed or written.

    Raises
    ------
    Odd
        If it must be held to be read.
    """

    def __init__(self, name: str, stream: IO[bytes]) -> None:
        self.file = TextFile(name, b"")
        self.header, self.columns, self.rows, self.places = 0, [], [], []
        self._count, self._header_line = 0, 1
        self._odd: list[tuple[int, int]] = []
        self._starts: list[tuple[int, Sequence[int]]] = []
        self._growing: list[Growing] = []
        with io.TextIOWrapper(stream, "utf-8-sig", newline="") as text:
            for block in _blocks(text):
                self._take(block)
        self._held = [one.column() for one in self._growing]
        self.file._starts = [self._header_line]  # noqa: SLF001 - the one line that is asked for

    def _take(self, block: _Block) -> None:
        rows, lines = block
        width = len(self.columns)
        if width and set(map(len, rows)) == {width}:
            cells = list(zip(*rows, strict=True))
            if _are_nodes(cells[0]):
                self._add(cells, lines)
                return
        if not all(rows) or "" in (firsts := {row[0] for row in rows}) or any(one.startswith("#") for one in firsts):
            rows, lines = _filled(rows, lines)
        if rows and not self.columns:
            self._begin(rows[0], lines[0])
            rows, lines = rows[1:], lines[1:]
        if not rows or not self.columns:
            return
        width = len(self.columns)
        if not all(map(width.__eq__, map(len, rows))):
            rows = [self._straight(row, place) for place, row in enumerate(rows)]
        self._add(list(zip(*rows, strict=True)), lines)

    def _add(self, columns: Sequence[Sequence[str]], lines: Sequence[int]) -> None:
        for column, cells in zip(self._growing, columns, strict=True):
            column.add(cells)
        even = lines[-1] - lines[0] == len(lines) - 1
        self._starts.append((self._count, range(lines[0], lines[-1] + 1) if even else array("q", lines)))
        self._count += len(lines)

    def _begin(self, header: list[str], line: int) -> None:
        self.columns: list[Column] = columns(header)
        self._header_line = line
        self._growing = [Growing() for _ in header]

    def _straight(self, row: list[str], place: int) -> list[str]:
        width = len(self.columns)
        if len(row) < width or any(row[width:]):
            self._odd.append((self._count + place, len(row)))
        return (row + [""] * (width - len(row)))[:width]

    def __len__(self) -> int:
        return self._count

    def cells(self, column: int) -> Sequence[str]:
        """Give the cells of a column, one a row; a row that is too short has empty ones."""
        return self._held[column]

    def ragged(self) -> Iterator[tuple[int, int]]:
        """Give the rows that are longer or shorter than the header, with their lengths."""
        return iter(self._odd)

    def line(self, row: int) -> int:
        """Give the line where a row begins."""
        begin, lines = self._starts[bisect_right(self._starts, row, key=itemgetter(0)) - 1]
        return lines[row - begin]


def _are_nodes(firsts: Sequence[str]) -> bool:
    """Tell whether no row may be blank or a comment, by what they begin with."""
    different = set(firsts)
    return "" not in different and not any(one.startswith("#") for one in different)


def _filled(rows: list[list[str]], lines: Sequence[int]) -> tuple[list[list[str]], Sequence[int]]:
    """Leave out blank lines; lines that begin with ``#`` are comments if they are not quoted."""
    if any(row and row[0].startswith("#") for row in rows):
        raise Odd
    kept = [place for place, row in enumerate(rows) if any(row)]
    return [rows[place] for place in kept], [lines[place] for place in kept]
