"""A text that is put into any cell of a public archive is in the record afterwards, or is kept, or is told."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from rembi_widgets.formats import Read, isatab
from rembi_widgets.formats.isatab._document import Document
from rembi_widgets.record import Curation

TEXT = "Zqx Tokén 7"
CELLS = 40
"""Cells a seed."""
LARGEST = 300_000
"""Bytes of the largest archive: a larger one is read as long as many small ones."""
WHOLE = {"isaread.table_unnamed", "isaread.other_investigation", "isaread.no_sections"}
"""Findings that tell of a whole file that is not read."""
KEPT = {"isaread.kept", "isaread.kept_cells"}
"""Findings that say that a value is in the record: it must be there."""


class Cell(NamedTuple):
    """A cell; line and column count from 1."""

    file: str
    line: int
    column: int
    heading: str


def archives(samples: Path) -> list[Path]:
    found = sorted({path.parent for path in (samples / "isa" / "corpus").rglob("i_*.txt")})
    return [one for one in found if sum(path.stat().st_size for path in one.iterdir()) < LARGEST]


def is_investigation(name: str) -> bool:
    return name.rpartition("/")[2].startswith("i_")


def changed(document: Document, some: random.Random) -> Cell | None:
    """Put the text into a cell: a filled one, where its row has one; labels and headers stay."""
    name = some.choice(list(document.files))
    file, first = document.files[name], int(is_investigation(name))
    table = document.tables.get(name)
    rows = [at for at, row in enumerate(file.rows) if len(row) > 1 and not file.is_comment(at)]
    rows = [at for at in rows if table is None or at != table.header]
    if not rows:
        return None
    at = some.choice(rows)
    row = file.rows[at]
    column = some.choice([one for one in range(first, len(row)) if row[one]] or range(first, len(row)))
    file.set(at, column, TEXT)
    known = table is not None and column < len(table.columns)
    return Cell(name, file.line(at), column + 1, table.columns[column].header if table and known else row[0])


def in_record(record: Curation) -> bool:
    held = [repr(record), *(repr(dict(table.columns)) for table in (record.files, record.images))]
    return any(TEXT.casefold() in one.casefold() for one in held)


def told(found: Read, cell: Cell) -> bool:
    """Tell whether a finding names the cell: its file and its line, or its file and heading; or its whole file."""
    for one in found.findings:
        values = one.values
        if values.get("file") != cell.file or one.code in KEPT:
            continue
        heading = str(values.get("found") or "").rpartition("/")[2]
        if one.code in WHOLE or values.get("line") == cell.line or heading == cell.heading:
            return True
    return False


def probes(samples: Path, seed: int) -> Iterator[tuple[Document, Cell]]:
    some, homes, count = random.Random(seed), archives(samples), 0
    while count < CELLS:
        document = isatab.open_document(some.choice(homes))
        cell = changed(document, some)
        if cell is not None:
            count += 1
            yield document, cell


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_text_in_any_cell_is_held_or_told(seed: int, samples: Path, tmp_path: Path) -> None:
    lost = []
    for number, (document, cell) in enumerate(probes(samples, seed)):
        home = tmp_path / str(number)
        document.write(home)
        found = isatab.read(home)
        if not in_record(found.record) and not told(found, cell):
            lost.append(cell)
    assert not lost


def test_the_probe_can_fail(samples: Path, tmp_path: Path) -> None:
    [(document, cell), *_] = probes(samples, 1)
    document.write(tmp_path / "o")
    nothing = Read(Curation())
    assert not in_record(nothing.record)
    assert not told(nothing, cell)
    assert TEXT in (tmp_path / "o" / cell.file).read_text("utf-8-sig")
