"""What was read of another layout is held against what is written there: a cell without a place is kept and told.

The reader takes what it knows, row by row; a second row that says otherwise, a unit, the file of a term source may find
no place. Here every filled cell is looked for among the values that came from its column, or its row of a section.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rembi_widgets.formats.isatab._compact import Compact, distinct
from rembi_widgets.formats.isatab._document import located
from rembi_widgets.formats.isatab._read_held import Held, base_label
from rembi_widgets.formats.isatab._read_parts import parts_of
from rembi_widgets.formats.isatab._reading import Kept, column_key, kept_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rembi_widgets.formats.isatab._document import Row, Section, Table
    from rembi_widgets.formats.isatab._document_columns import Column
    from rembi_widgets.formats.isatab._reading import Reading

_FILES = frozenset({"Study File Name", "Study Assay File Name"})
_NAMES = frozenset({"Study Protocol Name", "Study Factor Name"})
_NODES = frozenset({"node", "protocol_ref", "process_name"})
_LOOKED_AT = 1_000
"""Different texts of a column of which each form is looked for; when one of them has no place, so have the others."""


class _Lost(NamedTuple):
    """Cells of one column that have no place: how many, and where the first stands."""

    column: Column
    cells: int
    line: int


def audit(reading: Reading) -> None:
    """Keep and tell what found no place.

    A cell of the investigation file is kept with the study, a column of a table with the files of its rows; what has no
    such place is left in the ISA-Tab. There is one finding a file and heading, with the number of cells.
    """
    held = Held(reading)
    for section in _sections(reading):
        _audit_section(reading, section, held)
    tables = (table for study in reading.one.studies for table in (study.table, *study.assays) if table is not None)
    for table in {table.name: table for table in tables}.values():
        _Audit(reading, table, held).run()


def _sections(reading: Reading) -> Iterator[Section]:
    yield from reading.one.sections.values()
    for study in reading.one.studies:
        yield from study.sections.values()


def _audit_section(reading: Reading, section: Section, held: Held) -> None:
    told = {kept.line for kept in reading.kept if kept.file == reading.file and not kept.path}
    titles = [next((cell for cell in cells if cell.strip()), "") for cells in _transposed(section)]
    for row in section.rows:
        if row.line in told:
            continue
        label = f"Comment[{row.name}]" if row.kind == "comment" else row.name
        lost = [place for place, cell in enumerate(row.cells) if not _has(held, section, label, cell)]
        if lost:
            _keep_row(reading, f"{section.heading}/{label}", row, lost, titles)


def _transposed(section: Section) -> Iterator[list[str]]:
    for place in range(section.width):
        yield [row.cells[place] for row in section.rows if place < len(row.cells)]


def _has(held: Held, section: Section, label: str, cell: str) -> bool:
    cell = cell.strip()
    labels = {label, base_label(label)}
    if not cell or any(held.has(f"{section.heading}/{one}", cell) for one in labels):
        return True
    if label in _FILES:  # a file that is missing is a finding of the document
        return True
    return label in _NAMES and held.names(cell)


def _keep_row(reading: Reading, header: str, row: Row, lost: Sequence[int], titles: Sequence[str]) -> None:
    """Keep cells of a row of a section with the study, each with what its column begins with."""
    study = reading.making.study
    heading, _, label = header.partition("/")
    key = reading.free_key(study, kept_key(f"{heading.casefold()} {label}", plain=False, rembi=False))
    cells = [(titles[place], row.cells[place].strip()) for place in lost]
    text = "\n".join(cell if title in {"", cell} else f"{title}: {cell}" for title, cell in cells)
    study.put(key, text, reading.file, header)
    _tell(reading, Kept(reading.file, row.line, lost[0] + 2, header, f"{study.path}/{key}"), len(lost))


def _tell(reading: Reading, kept: Kept, count: int) -> None:
    reading.kept.append(kept)
    _find(reading, kept, count)


def _find(reading: Reading, kept: Kept, count: int) -> None:
    code = "kept_cells" if kept.path else "left_cells"
    reading.findings.append(located("info", code, kept.file, kept.line, kept.column, found=kept.header, n=count))


class _Audit:
    """One table that is audited."""

    def __init__(self, reading: Reading, table: Table, held: Held) -> None:
        self.reading, self.table, self.held = reading, table, held
        self.beside = {place: (one, kind) for one in table.columns for kind, place in one.beside.items()}
        self.parts = parts_of(table)
        self.files = next(
            (part for part in self.parts if part.owner.kind == "node" and part.owner.name.endswith("File")), None
        )
        self.told = {kept.column for kept in reading.kept if kept.file == table.name and not kept.path}

    def run(self) -> None:
        """Keep the columns that have cells without a place; tell of each heading once."""
        found: dict[tuple[str, bool], list[tuple[Kept, int]]] = {}
        for lost in self._lost():
            path = self._keep(lost.column)
            left = self._of(lost.column) if path else None
            kept = Kept(self.table.name, lost.line, lost.column.index + 1, lost.column.header, path)
            found.setdefault((kept.header, bool(path)), []).append((kept, lost.cells))
            if left is not None:  # several rows of one file say different things
                kept = Kept(self.table.name, left.line, kept.column, kept.header)
                found.setdefault((kept.header, False), []).append((kept, left.cells))
        for group in found.values():
            first = min((kept for kept, _ in group), key=lambda kept: kept.line)
            self.reading.kept.extend(kept for kept, _ in group)
            _find(self.reading, first, sum(count for _, count in group))

    def _lost(self) -> Iterator[_Lost]:
        for column in self.table.columns:
            if column.index + 1 not in self.told and (lost := self._of(column)) is not None:
                yield lost

    def _of(self, column: Column) -> _Lost | None:
        cells = self.table.cells(column.index)
        missing = self._missing(column, distinct(cells) if isinstance(cells, Compact) else cells)
        if not missing:
            return None
        first = next(row for row, cell in enumerate(cells) if cell in missing)
        return _Lost(column, sum(map(missing.__contains__, cells)), self.table.line(first))

    def _missing(self, column: Column, cells: Sequence[str]) -> set[str]:
        """Give the cells that have no place; of very many, those after the first are not looked at one by one."""
        home, _ = self.beside.get(column.index, (column, ""))
        strange = self.held.without(column.header, cells)
        if home is not column:
            strange = self.held.without(home.header, strange)
        found: set[str] = set()
        for number, cell in enumerate(sorted(strange)):
            if found and number >= _LOOKED_AT:
                return found | {cell for cell in strange if cell.strip()}
            if cell.strip() and not self._has(column, home, cell.strip()):
                found.add(cell)
        return found

    def _has(self, column: Column, home: Column, cell: str) -> bool:
        if self.held.has(column.header, cell) or (home is not column and self.held.has(home.header, cell)):
            return True
        return column.kind in _NODES and self.held.names(cell)

    def _keep(self, column: Column) -> str:
        """Keep a column with the files of the table; give its path, nothing if the table has no files."""
        if self.files is None or not any(name in self.reading.paths for name in distinct(self.files.names)):
            return ""
        home, kind = self.beside.get(column.index, (column, ""))
        key = column_key(home, rembi=False) + (f" {kind.replace('_', ' ')}" if kind else "")
        number, free = 2, key
        while free in self.reading.files.columns:
            free, number = f"{key} {number}", number + 1
        self.reading.keep_file_cells(self.files, column, free)
        self.held.take_files(free)
        return f"/files/{free}"
