"""An ISA-Tab as plain data: sections with rows and comments, tables with typed columns, line and column of every cell.

Nothing is refused, nothing is lost: what is not understood stays where it was and is written back; what is wrong is a
finding with its file, line and column. Writing gives the bytes that were read, but for the cells that were changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.isatab._document_columns import columns, typed
from rembi_widgets.record import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rembi_widgets.formats.isatab._document_columns import Column
    from rembi_widgets.formats.isatab._document_text import TextFile
    from rembi_widgets.record import Level


_AT_ONCE = 1_000


def located(level: Level, code: str, file: str, line: int = 1, column: int = 1, **values: Any) -> Finding:
    """Make a finding about a place of a file; lines and columns count from 1, a column is a cell."""
    said = {"file": file, "line": line, "column": column, **values}
    return Finding(
        level=level,
        code=f"isaread.{code}",
        path=f"{file}:{line}:{column}",
        values=said,
        found=values.get("found"),
        wanted=values.get("wanted"),
    )


@dataclass
class Row:
    """A row of a section: its label as it stands, and a cell for each column of the section.

    Attributes
    ----------
    kind
        ``comment`` or ``field``.
    name
        What stands within the brackets of a comment, or the label.
    """

    file: TextFile = field(repr=False)
    index: int
    label: str

    @cached_property
    def _typed(self) -> tuple[str, str]:
        kind, name = typed(self.label)
        return ("comment", name) if kind == "comment" else ("field", " ".join(self.label.split()))

    @property
    def kind(self) -> str:
        """``comment`` or ``field``."""
        return self._typed[0]

    @property
    def name(self) -> str:
        """The name of a comment, or the label."""
        return self._typed[1]

    @property
    def cells(self) -> list[str]:
        """The cells after the label."""
        return self.file.rows[self.index][1:]

    @property
    def line(self) -> int:
        """The line where it begins."""
        return self.file.line(self.index)

    def set(self, place: int, text: str) -> None:
        """Give a cell another text; places count from 0, after the label."""
        self.file.set(self.index, place + 1, text)


@dataclass
class Section:
    """A section of the investigation file; ``line`` is that of its heading."""

    heading: str
    line: int
    rows: list[Row] = field(default_factory=list)

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], Row]:
        found: dict[tuple[str, str], Row] = {}
        for row in self.rows:
            found.setdefault((row.kind, row.name.casefold()), row)
        return found

    def row(self, label: str) -> Row | None:
        """Give the row of a label such as ``Study Title`` or ``Comment[License]``."""
        kind, name = typed(label)
        return self._by_name.get(("comment" if kind == "comment" else "field", name.casefold()))

    def cells(self, label: str) -> list[str]:
        """Give the cells of a label, none if the section has no such row."""
        found = self.row(label)
        return found.cells if found is not None else []

    @property
    def width(self) -> int:
        """Number of columns that hold something."""
        return max((_filled(row.cells) for row in self.rows), default=0)

    def column(self, place: int) -> dict[str, str]:
        """Give the filled cells of one column by label; comments as ``Comment[name]`` however they were spelt."""
        found: dict[str, str] = {}
        for row in self.rows:
            cells = row.cells
            if place < len(cells) and cells[place]:
                found.setdefault(f"Comment[{row.name}]" if row.kind == "comment" else row.name, cells[place])
        return found


def _filled(cells: list[str]) -> int:
    return max((place for place, cell in enumerate(cells, 1) if cell), default=0)


class Table:
    """A study or assay file.

    Attributes
    ----------
    columns
        The columns of its header, each with its kind.
    rows
        Its rows of cells as they stand, without comments and blank lines.
    places
        Place of each row in the file.
    """

    def __init__(self, file: TextFile) -> None:
        self.file = file
        rows = file.rows
        held = [place for place, cells in enumerate(rows) if cells]
        firsts = [rows[place][0] for place in held]
        if "" in firsts or "\n#" in "\n" + "\n".join(firsts):  # comments and blank lines are rare: one look tells
            held = [place for place in held if any(rows[place]) and not file.is_comment(place)]
        self.header = held[0] if held else 0
        self.columns: list[Column] = columns(rows[self.header]) if held else []
        self.places = held[1:]
        self.rows = [rows[place] for place in self.places] if len(held) < len(rows) else rows[1:]

    @property
    def name(self) -> str:
        """Path of the file within the document."""
        return self.file.name

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"<Table {self.name}: {len(self.rows)} rows, {len(self.columns)} columns>"

    @cached_property
    def _cells(self) -> list[tuple[str, ...]]:
        width = len(self.columns)
        if all(map(width.__eq__, map(len, self.rows))):
            return _transposed(self.rows, width)
        return _transposed([(row + [""] * (width - len(row)))[:width] for row in self.rows], width)

    def cells(self, column: int) -> Sequence[str]:
        """Give the cells of a column, one a row; a row that is too short has empty ones."""
        return self._cells[column]

    def line(self, row: int) -> int:
        """Give the line where a row begins."""
        return self.file.line(self.places[row])

    def set(self, row: int, column: int, text: str) -> None:
        """Give a cell another text."""
        self.file.set(self.places[row], column, text)
        self.__dict__.pop("_cells", None)

    def ragged(self) -> Iterator[tuple[int, int]]:
        """Give the rows that are longer or shorter than the header, with their lengths; empty cells at an end are none.

        A row that lacks only trailing cells is shorter too.
        """
        width = len(self.columns)
        if all(map(width.__eq__, map(len, self.rows))):
            return
        for row, cells in enumerate(self.rows):
            if len(cells) != width and (len(cells) < width or any(cells[width:])):
                yield row, len(cells)


def _transposed(rows: list[list[str]], width: int) -> list[tuple[str, ...]]:
    """Give rows as columns, some rows at a time: all at once, 100,000 rows take three times as long."""
    found: list[list[str]] = [[] for _ in range(width)]
    for begin in range(0, len(rows), _AT_ONCE):
        for column, cells in zip(found, zip(*rows[begin : begin + _AT_ONCE], strict=True), strict=True):
            column.extend(cells)
    return [tuple(column) for column in found]


@dataclass
class Study:
    """A study: its sections by heading, its table, and one table or none for each column of STUDY ASSAYS."""

    sections: dict[str, Section]
    table: Table | None = None
    assays: list[Table | None] = field(default_factory=list)

    def section(self, heading: str) -> Section:
        """Give a section, an empty one if it is missing."""
        return self.sections.get(heading) or Section(heading, 0)


@dataclass
class Investigation:
    """An investigation file: the sections above the studies, the studies, and lines that belong to no section."""

    file: TextFile
    sections: dict[str, Section] = field(default_factory=dict)
    studies: list[Study] = field(default_factory=list)
    stray: list[Row] = field(default_factory=list)

    @property
    def folder(self) -> str:
        """Where its tables are, within the document."""
        parent = str(PurePosixPath(self.file.name).parent)
        return "" if parent == "." else parent + "/"

    def section(self, heading: str) -> Section:
        """Give a section above the studies, an empty one if it is missing."""
        return self.sections.get(heading) or Section(heading, 0)


@dataclass
class Document:
    """An ISA-Tab, of one or more investigations.

    Attributes
    ----------
    files
        Its text files by name.
    investigations
        What its investigation files say.
    tables
        All its tables by file name, also those that no study names.
    findings
        What is wrong or strange, each with file, line and column.
    """

    files: dict[str, TextFile]
    investigations: list[Investigation] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def write(self, folder: Path) -> tuple[Path, ...]:
        """Write its files; each has the bytes it had, but for cells that were changed.

        Raises
        ------
        RembiError
            If a file's name leads out of the folder; nothing is written then.
        OSError
            If the folder cannot be written.
        """
        root = folder.resolve()
        places = {name: (root / name).resolve() for name in self.files}
        for name, place in places.items():
            if not place.is_relative_to(root):
                raise RembiError("isaread.outside", name=name)
        for name, place in places.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(self.files[name].to_bytes())
        return tuple(places.values())
