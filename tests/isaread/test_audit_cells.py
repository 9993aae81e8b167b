"""What is told of cells that are not written again: of large tables too, and of nothing that is only said otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rembi_widgets.formats import isatab
from rembi_widgets.formats.isatab._document import Document, Table
from rembi_widgets.record import Curation, Finding
from rembi_widgets.record import Table as Rows

CODE, IMAGES = "isaread.not_written", "a_all.txt"


def study(count: int, **more: object) -> Curation:
    """One sample of which there are many images; no two have one file."""
    ids = [f"fl-{n}" for n in range(count)]
    columns = {"file": ids, "component": ["sc-1"] * count, "association": ["as-1"] * count}
    return Curation.model_validate(
        {
            "study": {"title": "Cells", "description": "Cells in a dish.", "accession": "S-1"},
            "biosamples": [{"id": "bs-1", "title": "HeLa", "organism": [{"label": "Homo sapiens"}]}],
            "specimens": [{"id": "sp-1", "title": "fixed", "preparation_method": "PFA"}],
            "samples": [{"id": "sa-1", "title": "dish", "biosample": "bs-1", "specimen": "sp-1"}],
            "acquisitions": [{"id": "ac-1", "title": "confocal", "imaging_method": [{"label": "c"}]}],
            "components": [
                {
                    "id": "sc-1",
                    "title": "all",
                    "associations": [{"id": "as-1", "sample": "sa-1", "acquisition": "ac-1"}],
                }
            ],
            "files": Rows(tuple(ids), {"path": tuple(f"images/{n:05d}.tif" for n in range(count))}),
            "images": Rows(
                tuple(f"im-{n}" for n in range(count)),
                {name: tuple(cells) for name, cells in {**columns, "pixel_size_x": [0.085] * count}.items()},
            ),
            **more,
        }
    )


def told(record: Curation, folder: Path, edit: Callable[[Document], None]) -> list[Finding]:
    isatab.write(record, folder)
    document = isatab.open_document(folder)
    edit(document)
    document.write(folder)
    return [one for one in isatab.read(folder).findings if one.code == CODE]


def setting(header: str, row: int, text: str) -> Callable[[Document], None]:
    """Give one cell of the images another text."""

    def edit(document: Document) -> None:
        table = document.tables[IMAGES]
        table.set(row, _place(table, header), text)

    return edit


def _place(table: Table, header: str) -> int:
    return next(column.index for column in table.columns if column.header == header)


@pytest.mark.parametrize("count", [3, 1_500])
@pytest.mark.parametrize("header", ["Term Source REF", "Sample Name", "Protocol REF"])
def test_a_cell_of_a_table_is_told_however_large_it_is(header: str, count: int, tmp_path: Path) -> None:
    found = told(study(count), tmp_path, setting(header, count - 1, "edited"))
    [one] = [one for one in found if one.found == "edited"]  # what it led to may be told too
    assert (one.values["header"], one.values["n"]) == (header, 1)
    assert (one.values["file"], one.values["line"]) == (IMAGES, count + 1)
    assert "edited" in one.message("en")
    assert "edited" in one.message("fr")


@pytest.mark.parametrize("count", [3, 1_500])
def test_nothing_is_told_of_what_was_not_changed(count: int, tmp_path: Path) -> None:
    assert told(study(count), tmp_path, lambda _: None) == []


def test_a_length_in_another_unit_is_no_loss(tmp_path: Path) -> None:
    def edit(document: Document) -> None:
        table = document.tables[IMAGES]
        for row in range(len(table)):
            table.set(row, _place(table, "Parameter Value[pixel size x]"), "85")
            table.set(row, _place(table, "Unit"), "nanometer")

    assert told(study(2), tmp_path, edit) == []


def test_a_number_said_otherwise_is_no_loss(tmp_path: Path) -> None:
    assert told(study(2), tmp_path, setting("Parameter Value[pixel size x]", 1, "0.0850")) == []


def test_what_nothing_uses_is_in_the_record_and_no_loss(tmp_path: Path) -> None:
    def edit(document: Document) -> None:
        section = document.investigations[0].studies[0].section("STUDY PROTOCOLS")
        row = section.row("Study Protocol Name")
        assert row is not None
        row.set(row.cells.index("confocal"), "widefield")

    found = told(study(2), tmp_path, edit)
    assert "confocal" in {one.found for one in found}
    assert "widefield" not in {one.found for one in found}


def test_a_label_that_is_misspelt_is_told_with_its_values(tmp_path: Path) -> None:
    def edit(document: Document) -> None:
        section = document.investigations[0].sections["INVESTIGATION"]
        section.rows[1].set(-1, "Investigation Titel")
        section.rows[1].set(0, "My title")

    [one] = told(study(2), tmp_path, edit)
    assert (one.level, one.found, one.values["n"]) == ("info", "Investigation Titel", 2)
