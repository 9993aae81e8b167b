"""File lists as plain data: TSV and JSON, by column, and what the server refuses in them.

Source: the server's reader of lists: ``Files`` in exactly these letters, cells split at tabs without quotes, blank
lines passed over, cells past the header dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.pagetab._document_json import file_reader, loaded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rembi_widgets.formats.pagetab._document import Source

ENDINGS = (".json", ".tsv", ".xlsx")
"""Forms of a list that the server takes; the end of the name must be in small letters."""
_FIRST = "Files"


@dataclass
class FileList:
    """A list that was read: one place a file in every column.

    Attributes
    ----------
    columns
        Header to cells; ``None`` for a blank one.
    """

    name: str
    paths: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    sizes: list[int | None] = field(default_factory=list)
    columns: dict[str, list[str | None]] = field(default_factory=dict)

    def add(self, path: str, kind: str, size: int | None, said: Sequence[tuple[str, str | None]]) -> None:
        """Add a file with what is said of it."""
        count = len(self.paths)
        self.paths.append(path)
        self.kinds.append(kind)
        self.sizes.append(size)
        for name, value in said:
            column = self.columns.setdefault(name, [])
            if len(column) <= count:
                column += [None] * (count - len(column))
                column.append(value)
            elif value is not None:  # a name that stands twice
                column[count] = f"{column[count]}; {value}" if column[count] else value

    def close(self) -> None:
        """Make all columns as long as the list."""
        for column in self.columns.values():
            column.extend([None] * (len(self.paths) - len(column)))


def find_list(folder: Path, name: str) -> Path | None:
    """Give the file of a list, in its own form or its twin's; ``None`` if it is not there or not below the folder."""
    inside = folder.resolve()
    stem, _, ending = name.rpartition(".")
    tried = [name, *(f"{stem}{one}" for one in (".json", ".tsv") if f".{ending}".lower() in ENDINGS)]
    for one in tried:
        try:
            path = (inside / one).resolve()
            found = path.is_relative_to(inside) and path.is_file()
        except (OSError, ValueError):
            continue
        if found and path.suffix.lower() in ENDINGS:
            return path
    return None


def read_list(path: Path, held: Source) -> FileList | None:
    """Read a list; what the server refuses is told to ``held``, the rest is read."""
    data = path.read_bytes() if path.suffix.lower() != ".xlsx" else b""
    if data.startswith(b"\xef\xbb\xbf"):
        held.tell("error", "list_byte_order_mark", "1:1")
        data = data[3:]
    found = FileList(path.name)
    if path.suffix.lower() == ".xlsx":
        _read_workbook(path, held, found)
    else:
        text = data.decode("utf-8", "replace")
        if "\ufffd" in text:
            held.tell("error", "list_no_text", f"{text[: text.index(chr(0xFFFD))].count(chr(10)) + 1}:1")
        (_read_json if text.lstrip().startswith(("[", "{")) else _read_tsv)(text, held, found)
    found.close()
    if not found.paths:
        held.tell("error", "list_empty", "1:1")
    return found


def _read_tsv(text: str, held: Source, found: FileList) -> None:
    lines = ((number, line.rstrip("\r").split("\t")) for number, line in enumerate(text.split("\n"), 1))
    _read_rows([(number, cells) for number, cells in lines if any(map(str.strip, cells))], held, found)


def _read_workbook(path: Path, held: Source, found: FileList) -> None:
    from rembi_widgets.formats.pagetab._document_tsv import workbook_rows

    rows = [(number, row) for number, row in enumerate(workbook_rows(path), 1) if any(map(str.strip, row))]
    decimals = [(number, cell) for number, row in rows for cell in row if _is_decimal(cell)]
    if decimals:
        held.tell("error", "list_decimals", f"{decimals[0][0]}:1", found=decimals[0][1], n=len(decimals))
    _read_rows(rows, held, found)


def _is_decimal(cell: str) -> bool:
    whole, point, rest = cell.partition(".")
    return bool(point) and whole.lstrip("-").isdigit() and rest.isdigit()


def _read_rows(rows: Sequence[tuple[int, Sequence[str]]], held: Source, found: FileList) -> None:
    header = [cell.strip() for cell in rows[0][1]] if rows else []
    while header and not header[-1]:
        header.pop()
    if not header or header[0] != _FIRST:
        held.tell("error", "list_first_cell", "1:1", found=header[0] if header else "", wanted=_FIRST)
    for place in (place for place, cell in enumerate(header) if not cell):
        held.tell("error", "blank_header", f"1:{place + 1}")
    width = len(header)
    for number, row in rows[1:]:
        path = row[0].strip()
        if not path:
            held.tell("error", "blank_path", f"{number}:1")
            continue
        if any(cell.strip() for cell in row[width:]):
            held.tell("warning", "cells_ignored", f"{number}:{width + 1}", found=row[width][:60])
        said = [(name, cell.strip() or None) for name, cell in zip(header[1:], row[1:], strict=False) if name]
        found.add(path, "file", None, said)


def _read_json(text: str, held: Source, found: FileList) -> None:
    said: Any = loaded(text, held.file)
    rows = said.get("files", []) if isinstance(said, dict) else said
    read = file_reader(held)
    for place, row in enumerate(rows):
        one = read(row, f"/{place}") if isinstance(row, dict) else None
        if one is not None:
            found.add(one.path, one.kind, one.size, [(it.name, it.value) for it in one.attributes])
