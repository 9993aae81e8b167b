"""Cells whose way back is not one field: composed texts, several values, what the record lacks, derived files."""

from __future__ import annotations

from pathlib import Path

import pytest

from rembi_widgets.record import Curation
from tests.formats.builder import full_record
from tests.isaread.test_identity import MASKS, changed
from tests.isaview.cells import Cell, written


def found(cells: list[Cell], file: str, label: str) -> list[Cell]:
    return [cell for cell in cells if cell.file.startswith(file) and cell.label == label]


def entities(cells: list[Cell]) -> set[str]:
    return {"/".join(path.split("/")[:3]) for cell in cells for path in cell.paths}


@pytest.fixture
def cells(tmp_path: Path) -> list[Cell]:
    return written(full_record(), tmp_path)


def test_a_cell_of_several_values_leads_to_each(cells: list[Cell]) -> None:
    names = found(cells, "i_", "Comment[Channel Name]")[0]
    assert names.text.count(";") == len(names.paths) - 1
    assert all(path.startswith("/acquisitions/ac-1/channels/") for path in names.paths)


def test_a_composed_text_leads_to_its_parts(cells: list[Cell]) -> None:
    (first, *_) = found(cells, "i_", "Comment[Instrument Attributes]")
    assert {"/acquisitions/ac-1/instrument_model", "/acquisitions/ac-1/objective_na"} <= set(first.paths)


def test_a_description_that_is_composed_leads_to_the_channels(tmp_path: Path) -> None:
    cells = written(changed(acquisitions={"acquisition_parameters": None}), tmp_path)
    described = [cell for cell in found(cells, "i_", "Study Protocol Description") if "excitation" in cell.text]
    assert "/acquisitions/ac-1/channels/ch-1/excitation" in described[0].paths


def test_the_objective_of_an_image_without_one_is_that_of_its_acquisition(cells: list[Cell]) -> None:
    usual = [cell for cell in found(cells, "a_", "Parameter Value[objective]") if cell.paths]
    assert entities(usual) & {"/acquisitions/ac-1", "/acquisitions/ac-2"}


@pytest.mark.parametrize("kind", ["analysis", "correlation", "annotation"])
def test_derived_tables_lead_to_their_entity_and_files(kind: str, cells: list[Cell]) -> None:
    collection = {"analysis": "analyses"}.get(kind, f"{kind}s")
    steps = found(cells, f"a_{kind}", "Data Transformation Name")
    assert {name.rpartition("/")[0] for name in entities(steps)} == {f"/{collection}"}
    files = [cell for cell in found(cells, f"a_{kind}", "Derived Data File") if cell.text != "not recorded"]
    assert all(cell.paths[0].startswith("/files/") and cell.paths[0].endswith("/path") for cell in files)


def test_images_in_a_derived_file_are_led_to_as_images(tmp_path: Path) -> None:
    from tests.formats.builder import table

    record = full_record()
    rows = [{"id": row, **record.images.row(row)} for row in record.images.ids]
    record = record.model_copy(update={"images": table("im", [*rows, *MASKS])})
    cells = written(record, tmp_path)
    sizes = found(cells, "a_", "Comment[Dimension Extents]")
    assert {"/images/im-m1/size_x", "/images/im-m2/size_y"} <= {path for cell in sizes for path in cell.paths}


def test_a_source_without_a_biosample_leads_to_its_sample(tmp_path: Path) -> None:
    cells = written(changed(samples={"biosample": None}), tmp_path)
    orphans = [cell for cell in found(cells, "s_", "Source Name") if cell.paths[0].startswith("/samples/")]
    assert [cell.paths for cell in orphans] == [("/samples/sa-1-1/title",)]


def test_a_step_without_a_specimen_leads_to_where_it_is_chosen(tmp_path: Path) -> None:
    cells = written(changed(samples={"specimen": None}), tmp_path)
    steps = found(cells, "s_", "Protocol REF")
    assert ("/samples/sa-1-1/specimen",) in {cell.paths for cell in steps}


def test_a_name_that_was_made_up_leads_to_the_title_that_lacks(tmp_path: Path) -> None:
    cells = written(changed(biosamples={"title": None}), tmp_path)
    names = found(cells, "s_", "Comment[Made Up Name]")
    assert {cell.paths for cell in names} == {("/biosamples/bs-1/title",)}


def test_an_empty_record_has_cells_of_structure_only(tmp_path: Path) -> None:
    cells = written(Curation(), tmp_path)
    said = [cell for cell in cells if cell.paths]
    assert {path for cell in said for path in cell.paths} <= {"/study/accession"}
