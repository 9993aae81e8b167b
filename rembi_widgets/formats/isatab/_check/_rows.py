"""The rows of a table, some at a time, with the line of each: nothing but those is held.

Lines are decoded one by one where UTF-8 fails, and rows read one by one where cells hold line breaks or a quote does
not close; everywhere else the csv reader takes some hundred lines at once.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import threading
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO, TYPE_CHECKING

from rembi_widgets.formats.isatab._document_text import any_length

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rembi_widgets.formats.isatab._check._finding import Told
    from rembi_widgets.formats.isatab._document_text import TextFile

AT_ONCE = 200
"""Rows of a batch: more are slower, they no longer fit the processor's caches."""
_LONGEST_CELL = 2_000
"""Lines after which a quote that is still open is taken to be one that never closes."""


class _Faults(threading.local):
    """How often bytes were met that are not UTF-8: only then lines are looked at one by one."""

    of_encoding = 0


_faults = _Faults()
_HANDLER = "rembi_widgets.isacheck"


def _keep(fault: UnicodeError) -> tuple[str | bytes, int]:
    _faults.of_encoding += 1
    return codecs.lookup_error("surrogateescape")(fault)


codecs.register_error(_HANDLER, _keep)


@dataclass
class Batch:
    """Some rows of a table and the line where each begins."""

    rows: list[list[str]]
    lines: Sequence[int]


def of_text_file(file: TextFile) -> Iterator[Batch]:
    """Give the rows of a file that is held already, as they stand."""
    for begin in range(0, len(file.rows), AT_ONCE):
        end = min(begin + AT_ONCE, len(file.rows))
        kept = [place for place in range(begin, end) if file.rows[place] and not file.is_comment(place)]
        yield Batch([file.rows[place] for place in kept], [file.line(place) for place in kept])


def tell_text(file: TextFile, told: Told) -> None:
    """Tell what is wrong with the text of a file that is held already: encoding, line ends, quotes."""
    try:
        file.data.decode()
    except UnicodeDecodeError as fault:
        wide = file.encoding == "utf-16"
        told.add("byte_order_mark" if wide else "encoding", 1 if wide else _line_of(file.data, fault.start))
    if file.encoding == "utf-8-sig":
        told.add("byte_order_mark", 1)
    if "\r" in file.text and file.text.count("\r") != file.text.count("\r\n"):
        told.add("carriage_return", next(at for at, text in enumerate(file.lines, 1) if text.endswith("\r")))
    for line in file.unclosed:
        told.add("unclosed_quote", line, found=_short(file.lines[line - 1]))


def _line_of(data: bytes, place: int) -> int:
    return len(re.findall(rb"\r\n|\r|\n", data[:place])) + 1


def of_stream(stream: IO[bytes], told: Told) -> Iterator[Batch]:
    """Give the rows of a file, and tell what is wrong with its text: encoding, line ends, quotes."""
    start = stream.read(4)
    stream.seek(0)
    wide = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    errors = "replace" if wide else _HANDLER
    text = io.TextIOWrapper(stream, "utf-16" if wide else "utf-8", errors=errors, newline="")
    return _Lines(text, told).batches()


class _Lines:
    def __init__(self, text: io.TextIOWrapper, told: Told) -> None:
        self._text, self._told = text, told
        self._waiting: list[str] = []
        self._at = 1
        self._before = _faults.of_encoding

    def batches(self) -> Iterator[Batch]:
        """Give the rows, some at a time."""
        with self._text:
            while lines := self._next():
                if self._at == 1 and lines[0].startswith("\ufeff"):
                    self._told.add("byte_order_mark", 1)
                    lines[0] = lines[0][1:]
                yield self._batch(lines)

    def _next(self) -> list[str]:
        taken = self._waiting[:AT_ONCE]
        del self._waiting[:AT_ONCE]
        if len(taken) < AT_ONCE:
            taken += self._decoded(list(islice(self._text, AT_ONCE - len(taken))))
        return taken

    def _decoded(self, lines: list[str]) -> list[str]:
        if "\r" in (self._text.newlines or ()):
            alone = next((place for place, line in enumerate(lines) if line.endswith("\r")), None)
            if alone is not None:
                self._told.add("carriage_return", self._at + alone)
        if _faults.of_encoding == self._before:
            return lines
        return [self._line(place, line) for place, line in enumerate(lines)]

    def _line(self, place: int, line: str) -> str:
        try:
            line.encode()
        except UnicodeEncodeError:
            self._told.add("encoding", self._at + place)
            return line.encode("utf-8", "surrogateescape").decode("latin-1")
        return line

    def _batch(self, lines: list[str]) -> Batch:
        with any_length():
            rows = list(csv.reader(lines, delimiter="\t"))
        if len(rows) == len(lines) and _is_closed(lines[-1], rows[-1]):
            begin, self._at = self._at, self._at + len(lines)
            return self._without_comments(lines, rows, range(begin, self._at))
        return self._one_by_one(lines)

    def _without_comments(self, lines: list[str], rows: list[list[str]], starts: Sequence[int]) -> Batch:
        """Leave out blank lines and comments (ISA-Tab 1.0, section 2.1)."""
        if all(rows) and "#" not in {cells[0][:1] for cells in rows}:
            return Batch(rows, starts)
        kept = [place for place, line in enumerate(lines) if rows[place] and not line.startswith("#")]
        return Batch([rows[place] for place in kept], [starts[place] for place in kept])

    def _one_by_one(self, lines: list[str]) -> Batch:
        self._waiting = lines + self._waiting
        batch = Batch([], [])
        starts: list[int] = []
        for _ in range(min(AT_ONCE, len(lines))):
            if not self._waiting:
                break
            row, taken = self._row()
            if row and not self._waiting[0].startswith("#"):
                batch.rows.append(row)
                starts.append(self._at)
            del self._waiting[:taken]
            self._at += taken
        batch.lines = starts
        return batch

    def _row(self) -> tuple[list[str], int]:
        """Give the next row and how many lines it takes; where a quote never closes, its line without quotes."""
        missing = _LONGEST_CELL - len(self._waiting)
        if '"' in self._waiting[0] and missing > 0:
            self._waiting += self._decoded(list(islice(self._text, missing)))
        with any_length():
            reader = csv.reader(chain(self._waiting[:_LONGEST_CELL], [_END]), delimiter="\t")
            row = next(reader)
        if any(cell.endswith(_END) for cell in row[-1:]):
            self._told.add("unclosed_quote", self._at, found=_short(self._waiting[0]))
            return self._waiting[0].rstrip("\r\n").split("\t"), 1
        return row, reader.line_num


_END = "\x1e\x1fend"
"""A last line: a row that holds it has a quote that does not close."""


def _is_closed(line: str, row: list[str]) -> bool:
    """Tell whether the last of some lines closes its quotes, so that the rows are as many as the lines."""
    if not line.endswith(("\n", "\r")):
        return line.count('"') % 2 == 0
    return not (row and row[-1].endswith(("\n", "\r")))


def _short(line: str) -> str:
    cell = next((part for part in line.split("\t") if part.startswith('"')), line)
    return cell.strip()[:40]
