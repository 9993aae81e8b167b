"""An ISA-Tab of the layout of which somebody edited one cell: the change comes back, or is told.

Each label of the investigation file, each header of a table and cells of both are changed, one at a time.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from rembi_widgets.formats import Read, isatab
from rembi_widgets.formats.isatab._document import Document
from tests.formats.builder import full_record

GONE = "isaread.not_written"
EXCEPTIONS = {
    "Comment[Created With]": "it says which version wrote the file, and every version writes its own",
}
"""Labels whose cells, and which themselves, may change in silence, each with the reason."""
POOLED = re.compile(r"(segmentation|image correlation|nuclei outlines)")
"""Name of a process that takes all images of a table together and gives all files: the record has no pairs of these, so
that a row of it that repeats another image or file of the process says nothing else than before.
"""
KINDS = ("i_", "s_", "a_Fixed", "a_Live", "a_analysis", "a_annotation", "a_correlation")


class Place(NamedTuple):
    """A cell of a file, by its places among rows and cells."""

    file: str
    row: int
    cell: int
    label: str


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    isatab.write(full_record(), folder)
    return folder


def cells_of(document: Document, name: str) -> list[Place]:
    """The first and the last filled cell of each label or header, and that itself."""
    rows, by_label = document.files[name].rows, {}
    for row, cells in enumerate(rows):
        for cell, text in enumerate(cells):
            if text:
                home = (rows[0][cell], cell) if not name.startswith("i_") else (cells[0], row)
                by_label.setdefault(home, []).append(Place(name, row, cell, home[0]))
    return [place for places in by_label.values() for place in dict.fromkeys([*places[:2], places[-1]])]


def other(text: str) -> str:
    """Another plausible value: another number, or the text with a letter more."""
    if re.fullmatch(r"\d+", text):
        return str(int(text) * 7 + 77_777)
    if text.endswith("]"):
        return f"{text[:-1]}x]"
    return f"{text}77" if re.fullmatch(r"\d+\.\d+", text) else f"{text}x"


def read_changed(written: Path, place: Place, text: str, folder: Path) -> tuple[Read, int]:
    """Read the set with one cell changed; give also the line of the cell."""
    document = isatab.open_document(written)
    file = document.files[place.file]
    file.set(place.row, place.cell, text)
    document.write(folder)
    return isatab.read(folder), file.line(place.row)


def is_told(found: Read, place: Place, line: int, text: str) -> bool:
    said = [one.values for one in found.findings]
    if place.cell == 0 and any(one.wanted == place.label for one in found.findings):
        return True  # a section is missing
    if any(one.code == "isaread.left" and one.values["column"] == place.cell + 1 for one in found.findings):
        return True  # of a table that is left in the ISA-Tab, each column is
    return any((one.get("file"), one.get("line")) == (place.file, line) for one in said) or any(
        text in {str(value) for value in one.values()} for one in said
    )


def comes_back(found: Read, text: str, folder: Path) -> bool:
    """Whether a text is in what is written again, or in the record, whose writer tells what nothing uses."""
    done = isatab.write(found.record, folder)
    rows = (row for file in isatab.open_document(folder).files.values() for row in file.rows)
    if any(text in cell for row in rows for cell in row):
        return True
    return bool(done.findings) and text in found.record.model_dump_json()


@pytest.mark.parametrize("kind", KINDS)
def test_no_edited_cell_vanishes_in_silence(kind: str, written: Path, tmp_path: Path) -> None:
    document = isatab.open_document(written)
    [name] = [one for one in document.files if one.startswith(kind)]
    vanished = []
    for number, place in enumerate(cells_of(document, name)):
        text = other(document.files[name].rows[place.row][place.cell])
        found, line = read_changed(written, place, text, tmp_path / f"{number}")
        if is_told(found, place, line, text) or comes_back(found, text, tmp_path / f"{number}-again"):
            continue
        if place.label not in EXCEPTIONS:
            vanished.append((place.label, line, text))
    assert not vanished, vanished


@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_that_says_what_another_says_vanishes_in_silence(kind: str, written: Path, tmp_path: Path) -> None:
    """Give a cell the text of another under its heading: the record is another one, or it is told."""
    document, usual = isatab.open_document(written), isatab.read(written).record
    [name] = [one for one in document.files if one.startswith(kind)]
    vanished = []
    for number, (place, text) in enumerate(_of_others(document, name)):
        found, line = read_changed(written, place, text, tmp_path / f"{number}")
        if not found.findings and found.record == usual and place.label not in EXCEPTIONS:
            vanished.append((place.label, line, text))
    assert not vanished, vanished


def _of_others(document: Document, name: str) -> list[tuple[Place, str]]:
    """Cells with the text of another cell of the same label or column, where there is another."""
    rows, said = document.files[name].rows, {}
    is_table = not name.startswith("i_")
    for place in cells_of(document, name):
        if is_table and POOLED.fullmatch(_process(rows, place.row)):
            continue
        if (place.row if is_table else place.cell) > 0:
            home = place.cell if is_table else place.row
            said.setdefault(home, []).append((place, rows[place.row][place.cell]))
    return [
        (place, another)
        for held in said.values()
        for place, text in held
        for another in [one for _, one in held if not _is_within(one, text)][:1]
    ]


def _is_within(text: str, other: str) -> bool:
    """Whether a text says nothing that another does not: of several values, fewer; or nothing at all."""
    return set(text.split(";")) <= {"", *other.split(";")}


def _process(rows: list[list[str]], row: int) -> str:
    """The name of the process of a row of a table of derived files, empty in other tables."""
    header = rows[0]
    return rows[row][header.index("Data Transformation Name")] if "Data Transformation Name" in header else ""
