"""One text file of an ISA-Tab: its bytes, its rows of cells, and the line of each.

The bytes are kept: writing gives them back, and puts new text only where a cell was changed. Rows come from the csv
reader, which takes quoted and unquoted cells, quotes within them, several lines in one cell, and LF, CRLF or CR.
"""

from __future__ import annotations

import codecs
import csv
import gc
import io
import re
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_FALLBACK = "latin-1"
_MANY_FAULTS = 50
"""Quotes that never close, after which the rest of a file is read line by line."""
_RAW_CELL = re.compile(r'"(?:[^"]|"")*(?:"[^\t]*|\Z)|[^\t]*', re.DOTALL)
_LIMIT = threading.Lock()


@contextmanager
def without_collecting() -> Iterator[None]:
    """Spare the collector of cycles while rows are read: it would look through all of them again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def any_length() -> Iterator[None]:
    """Let the csv reader take cells of any length; its limit is one for the whole process."""
    with _LIMIT:
        before = csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
        try:
            yield
        finally:
            csv.field_size_limit(before)


def decoded(data: bytes) -> tuple[str, str]:
    """Give the text of bytes and the name of their encoding: what a mark at the beginning says, UTF-8, else Latin-1."""
    named = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(named), named
    except UnicodeDecodeError:
        return data.decode(_FALLBACK), _FALLBACK


@dataclass
class TextFile:
    """A file as it was read.

    Attributes
    ----------
    name
        Its path within the document, with ``/``.
    data
        Its bytes as they are.
    rows
        Its rows of cells, comments and blank lines among them.
    unclosed
        Lines with a quote that opens a cell and never closes; these lines are read without quotes.
    """

    name: str
    data: bytes = field(repr=False)
    rows: list[list[str]] = field(default_factory=list, repr=False)
    unclosed: list[int] = field(default_factory=list)
    _starts: Sequence[int] = field(default=(), repr=False)
    _changed: dict[tuple[int, int], str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.text, self.encoding = decoded(self.data)
        with any_length():
            self._read()

    def _read(self) -> None:
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter="\t")
        self.rows = list(reader)
        self._starts = range(1, len(self.rows) + 1)
        if reader.line_num != len(self.rows) or self.text.count('"') % 2:
            self._read_by_line()

    def _read_by_line(self) -> None:
        """Read again, with the first line of each row, and without the quotes of lines where they never close."""
        self.rows, starts, begin = [], [], 0
        while begin < len(self.lines):
            reader = csv.reader(iter(self.lines[begin:]), delimiter="\t")
            before = begin
            for row in reader:
                start, before = before, begin + reader.line_num
                starts.append(start + 1)
                self.rows.append(row)
            begin = before
            if starts and not _closed("".join(self.lines[starts[-1] - 1 :])):
                begin = starts[-1]
                self.unclosed.append(begin)
                self.rows[-1] = self.lines[begin - 1].rstrip("\r\n").split("\t")
            if len(self.unclosed) > _MANY_FAULTS:
                rest = self.lines[begin:]
                self.rows += [line.rstrip("\r\n").split("\t") for line in rest]
                starts += range(begin + 1, len(self.lines) + 1)
                break
        self._starts = starts

    @cached_property
    def lines(self) -> list[str]:
        """The lines as they are, ends among them."""
        return list(io.StringIO(self.text, newline=""))

    def line(self, row: int) -> int:
        """Give the number, from 1, of the line where a row begins."""
        return self._starts[row]

    def raw(self, row: int) -> str:
        """Give the text of a row as it stands in the file."""
        end = self._starts[row + 1] - 1 if row + 1 < len(self.rows) else len(self.lines)
        return "".join(self.lines[self._starts[row] - 1 : end])

    def is_comment(self, row: int) -> bool:
        """Tell whether a row is a comment: its line begins with ``#`` (ISA-Tab 1.0, section 2.1)."""
        cells = self.rows[row]
        return (
            bool(cells) and cells[0].startswith("#") and self.lines[self._starts[row] - 1].lstrip("\ufeff")[:1] == "#"
        )

    @property
    def changed(self) -> bool:
        """Whether a cell was given another text."""
        return bool(self._changed)

    def set(self, row: int, column: int, text: str) -> None:
        """Give a cell another text; a row that is too short gets empty cells before it."""
        cells = self.rows[row]
        if column < len(cells) and cells[column] == text:
            return
        cells += [""] * (column + 1 - len(cells))
        cells[column] = text
        self._changed[row, column] = text

    def to_bytes(self) -> bytes:
        """Give the file: the same bytes where nothing was changed."""
        if not self._changed:
            return self.data
        changes: dict[int, dict[int, str]] = {}
        for (row, column), text in self._changed.items():
            changes.setdefault(row, {})[column] = text
        parts = [self._rendered(row, changes.get(row)) for row in range(len(self.rows))]
        text = "".join(parts)
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError:
            return text.encode("utf-8")

    def _rendered(self, row: int, changes: dict[int, str] | None) -> str:
        raw = self.raw(row)
        if not changes:
            return raw
        body = raw.rstrip("\r\n")
        cells = raw_cells(body)
        cells += [""] * (max(changes) + 1 - len(cells))
        for column, text in changes.items():
            cells[column] = _quoted(text, like=cells[column])
        return "\t".join(cells) + raw[len(body) :]


def raw_cells(line: str) -> list[str]:
    r"""Split a row into cells as they stand in it, quotes among them.

    >>> raw_cells('a\t"b\tc"\td')
    ['a', '"b\tc"', 'd']
    """
    found, at = [], 0
    while at <= len(line):
        match = _RAW_CELL.match(line, at)
        end = match.end() if match else len(line)
        found.append(line[at:end])
        at = end + 1
    return found


def _quoted(text: str, like: str) -> str:
    if like.startswith('"') or any(letter in text for letter in '\t\r\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _closed(record: str) -> bool:
    """Tell whether all quotes that open a cell of a row close again."""
    return all(not cell.startswith('"') or _is_whole(cell) for cell in raw_cells(record.rstrip("\r\n")))


def _is_whole(cell: str) -> bool:
    return re.match(r'"(?:[^"]|"")*"', cell, re.DOTALL) is not None
