"""A workbook that goes out and comes back: identity, and exactly what somebody changed in it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook, load_workbook

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import xlsx
from rembi_widgets.formats.xlsx._cells import check_of, read_cell, said, shown
from rembi_widgets.locale import text
from rembi_widgets.record import Absent, Curation, Mark, Origin, Quantity, Table, Term, diff, run
from tests.strategies import records

ASSOCIATION = {"id": "as-1", "sample": "sa-1", "acquisition": "ac-1"}
IMAGES = {"file": ("fl-1", "fl-2"), "component": ("sc-1", None), "size_x": (5.0, 6.0)}


def curation() -> Curation:
    return Curation.model_validate(
        {
            "setup": {"targets": ["bia"]},
            "study": {"title": "=1+1", "keywords": ["MAR1", "SEPT2"], "description": "first line\nsecond line"},
            "people": [{"id": "pe-1", "first_name": "Ada", "last_name": "L.", "affiliations": ["or-1"]}],
            "organisations": [{"id": "or-1", "title": "Institut"}],
            "biosamples": [
                {
                    "id": "bs-1",
                    "title": "cells",
                    "organism": [{"label": "Homo sapiens", "id": "NCBITaxon:9606", "ontology": "NCBITaxon"}],
                    "intrinsic_variable": {"absent": "not_recorded", "reason": "lost"},
                    "experimental_variable": [{"id": "va-1", "name": "drug", "value": "0012"}],
                    "x-tank": "7",
                },
                {"id": "bs-2", "title": "tissue"},
            ],
            "specimens": [{"id": "sp-1", "title": "fixed"}],
            "samples": [{"id": "sa-1", "biosample": "bs-1", "specimen": "sp-1", "title": "cells, fixed"}],
            "acquisitions": [
                {
                    "id": "ac-1",
                    "title": "confocal",
                    "objective_na": 1.4,
                    "channels": [{"id": "ch-1", "name": "DAPI", "excitation": {"number": 405, "unit": "nm"}}],
                }
            ],
            "components": [
                {
                    "id": "sc-1",
                    "title": "all",
                    "associations": [{"id": "as-1", "sample": "sa-1", "acquisition": "ac-1"}],
                }
            ],
            "files": Table(("fl-1", "fl-2"), {"path": ("a.tif", "1e5.tif"), "size_bytes": (10.0, 20.0)}),
            "images": Table(
                ("im-1", "im-2"), {"file": ("fl-1", "fl-2"), "component": ("sc-1", None), "size_x": (5.0, 6.0)}
            ),
        }
    )


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (path,) = xlsx.write(curation(), tmp_path).files
    return path


Change = dict[tuple[str, str, str], Any]
"""(section, id, field) to what somebody writes there; the id "" stands for a new row."""


def changed(path: Path, changes: Change, *, gone: tuple[str, str] | None = None) -> Path:
    """Change cells as a person in a spreadsheet would."""
    opened = load_workbook(path)
    pages = {page["A1"].value: page for page in opened.worksheets}
    for (section, identity, name), value in changes.items():
        page = pages[section]
        column = [cell.value for cell in page[1]].index(name) + 1
        rows = [cell.row for cell in page["A"] if cell.row > 2 and cell.value == identity]
        row = rows[0] if rows else max(cell.row for cell in page["B"] if cell.row <= 2 or cell.value is not None) + 1
        page.cell(row, column).value = value
    if gone:
        page = pages[gone[0]]
        page.delete_rows(next(cell.row for cell in page["A"] if cell.value == gone[1]))
    opened.save(path)
    return path


def after(path: Path, record: Curation | None = None) -> Curation:
    record = record or curation()
    return run(record, xlsx.edits(path, record).edits, Origin())[0]


# -- out and back


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=records())
def test_a_full_record_comes_back_as_it_was(record: Curation, tmp_path: Path) -> None:
    record = record.model_copy(update={"marks": {}})
    (path,) = xlsx.write(record, tmp_path).files
    assert xlsx.edits(path, record).edits == ()
    found = xlsx.read(path)
    assert diff(record, found.record, marks=False) == ()
    assert found.findings == ()


def test_an_untouched_workbook_changes_nothing(book: Path) -> None:
    back = xlsx.edits(book, curation())
    assert (back.edits, back.told, back.findings) == ((), (), ())


def test_it_brings_a_whole_curation_into_an_empty_one(book: Path) -> None:
    assert diff(curation(), after(book, Curation()), marks=False) == ()


# -- what somebody changed


def test_exactly_the_changed_cells_come_back(book: Path) -> None:
    changed(
        book,
        {("study", "study", "title"): "Nuclei", ("biosample", "bs-2", "organism"): "Mus musculus [NCBITaxon:10090]"},
    )
    back = xlsx.edits(book, curation())
    assert {edit.path for edit in back.edits} == {"/study/title", "/biosamples/bs-2/organism"}
    record = after(book)
    assert record.study.title == "Nuclei"
    assert record.biosamples[1].organism == (Term(label="Mus musculus", id="NCBITaxon:10090", ontology="NCBITaxon"),)
    told = {one.path: (one.was, one.now) for one in back.told}
    assert told["/study/title"] == ("=1+1", "Nuclei")
    assert back.told[0].cell.endswith("!B3")
    assert all(edit.origin == Origin(kind="edited_outside", source="rembi.xlsx") for edit in back.edits)


def test_what_others_changed_meanwhile_stays(book: Path) -> None:
    changed(book, {("study", "study", "title"): "Nuclei"})
    now = curation().model_copy(update={"study": curation().study.model_copy(update={"description": "newer"})})
    record = after(book, now)
    assert (record.study.title, record.study.description) == ("Nuclei", "newer")


def test_an_emptied_cell_clears_the_field(book: Path) -> None:
    changed(book, {("study", "study", "keywords"): None})
    assert after(book).study.keywords == ()


def test_a_new_row_is_a_new_entity(book: Path) -> None:
    changed(book, {("biosample", "", "title"): "blood"})
    record = after(book)
    assert [one.title for one in record.biosamples] == ["cells", "tissue", "blood"]
    assert record.biosamples[2].id.startswith("bs-")


def test_a_deleted_row_is_removed_and_told(book: Path) -> None:
    changed(book, {}, gone=("biosample", "bs-2"))
    back = xlsx.edits(book, curation())
    assert [(edit.op, edit.path) for edit in back.edits] == [("remove", "/biosamples/bs-2")]
    assert [one.path for one in back.told] == ["/biosamples/bs-2"]


def test_a_row_that_stands_twice_is_a_copy(book: Path) -> None:
    opened = load_workbook(book)
    page = next(page for page in opened.worksheets if page["A1"].value == "biosample")
    page.append([cell.value for cell in page[3]])
    opened.save(book)
    back = xlsx.edits(book, curation())
    assert [finding.code for finding in back.findings] == ["xlsx_copied"]
    record = after(book)
    assert [one.title for one in record.biosamples] == ["cells", "tissue", "cells"]
    assert len({one.id for one in record.biosamples}) == 3


def test_a_reference_is_chosen_by_its_title(book: Path) -> None:
    changed(book, {("sample", "sa-1", "biosample"): "tissue", ("image", "im-2", "component"): "ALL"})
    record = after(book)
    assert record.samples[0].biosample == "bs-2"
    assert record.images.value("im-2", "component") == "sc-1"


def test_one_title_in_two_sections_is_no_riddle(tmp_path: Path) -> None:
    record = curation()
    specimens = (record.specimens[0].model_copy(update={"title": "cells"}),)
    record = record.model_copy(update={"specimens": specimens})
    (path,) = xlsx.write(record, tmp_path).files
    opened = load_workbook(path)
    page = next(page for page in opened.worksheets if page["A1"].value == "sample")
    names = [cell.value for cell in page[1]]
    for name in ("title", "biosample", "specimen"):
        page.cell(4, names.index(name) + 1).value = "cells"
    opened.save(path)
    made = after(path, record).samples[-1]
    assert (made.biosample, made.specimen) == ("bs-1", "sp-1")


def test_a_renamed_entity_is_found_by_both_its_names(book: Path) -> None:
    changed(book, {("biosample", "bs-2", "title"): "brain", ("sample", "sa-1", "biosample"): "brain"})
    record = after(book)
    assert record.biosamples[1].title == "brain"
    assert record.samples[0].biosample == "bs-2"


def test_a_row_can_move_to_another_entity(book: Path) -> None:
    changed(book, {("variable", "va-1", "of"): "tissue"})
    record = after(book)
    assert [len(one.experimental_variable) for one in record.biosamples] == [0, 1]
    assert record.biosamples[1].experimental_variable[0].value == "0012"


def test_cells_of_tables_come_back_by_column(book: Path) -> None:
    changed(book, {("image", "im-1", "description"): "blurred", ("image", "im-2", "size_x"): 7})
    back = xlsx.edits(book, curation())
    assert {(edit.op, edit.path, edit.rows) for edit in back.edits} == {
        ("fill", "/images/description", ("im-1",)),
        ("fill", "/images/size_x", ("im-2",)),
    }
    assert after(book).images.column("size_x") == (5.0, 7.0)


def test_rows_of_tables_can_be_added_and_removed(book: Path) -> None:
    changed(book, {("file", "", "path"): "new.tif"}, gone=("file", "fl-2"))
    record = after(book)
    assert list(record.files.column("path")) == ["a.tif", "new.tif"]


def test_rows_in_another_order_move(book: Path) -> None:
    opened = load_workbook(book)
    page = next(page for page in opened.worksheets if page["A1"].value == "biosample")
    rows = [[cell.value for cell in page[number]] for number in (3, 4)]
    for number, row in zip((4, 3), rows, strict=True):
        for place, value in enumerate(row):
            page.cell(number, place + 1).value = value
    opened.save(book)
    assert [one.id for one in after(book).biosamples] == ["bs-2", "bs-1"]


def test_one_impossible_cell_costs_no_other(book: Path) -> None:
    changed(book, {("variable", "va-1", "of"): "nothing of that name", ("study", "study", "title"): "Nuclei"})
    back = xlsx.edits(book, curation())
    assert after(book).study.title == "Nuclei"
    assert "xlsx_refused" in {finding.code for finding in back.findings}
    assert "!" in str(back.findings[0])


def test_what_was_removed_in_the_curation_since_stays_removed(book: Path) -> None:
    now = curation().model_copy(update={"biosamples": curation().biosamples[:1]})
    assert xlsx.edits(book, now).edits == ()
    changed(book, {("biosample", "bs-2", "description"): "still needed"})
    assert [one.id for one in after(book, now).biosamples] == ["bs-1", "bs-2"]


def test_a_sheet_that_is_gone_removes_nothing(book: Path) -> None:
    opened = load_workbook(book)
    del opened[next(page.title for page in opened.worksheets if page["A1"].value == "biosample")]
    opened.save(book)
    assert xlsx.edits(book, curation()).edits == ()


# -- how it looks


def pages(path: Path) -> dict[str, Any]:
    return {page["A1"].value: page for page in load_workbook(path).worksheets}


def test_there_is_a_sheet_for_each_section(book: Path) -> None:
    opened = load_workbook(book)
    assert opened.sheetnames[0] == text("xlsx.read_me.title")
    assert {"study", "biosample", "variable", "channel", "association", "image", "file"} <= pages(book).keys()
    assert [page.title for page in opened.worksheets if page.sheet_state == "veryHidden"] == [
        "_rembi",
        "_exact",
        "_lists",
    ]
    page = pages(book)["biosample"]
    assert page.row_dimensions[1].hidden
    assert page.freeze_panes == "B3"


def test_headers_say_what_is_required_and_explain(book: Path) -> None:
    page = pages(book)["biosample"]
    column = [cell.value for cell in page[1]].index("organism") + 1
    header = page.cell(2, column)
    assert header.value == f"{text('guide.biosample.organism.label')} *"
    assert text("guide.biosample.organism.help") in header.comment.text
    optional = page.cell(2, [cell.value for cell in page[1]].index("description") + 1)
    assert not optional.value.endswith("*")


def test_choices_and_titles_are_drop_downs(book: Path) -> None:
    found = pages(book)
    for section, name, wanted in (
        ("study", "license", "CC0"),
        ("sample", "biosample", "tissue"),
        ("biosample", "organism", "Homo"),
    ):
        page = found[section]
        letter = page.cell(1, [cell.value for cell in page[1]].index(name) + 1).column_letter
        rules = [rule for rule in page.data_validations.dataValidation if f"{letter}3" in str(rule.sqref).split(":")[0]]
        assert len(rules) == 1, name
        column = rules[0].formula1.split("$")[1]
        offered = [cell.value for cell in found_lists(book)[column] if cell.value]
        assert any(wanted in one for one in offered), name


def found_lists(path: Path) -> Any:
    return load_workbook(path)["_lists"]


def test_text_is_written_as_text(book: Path) -> None:
    page = pages(book)["study"]
    cell = page.cell(3, [cell.value for cell in page[1]].index("title") + 1)
    assert (cell.value, cell.data_type, cell.number_format) == ("=1+1", "s", "@")
    with zipfile.ZipFile(book) as packed:
        sheets = [packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in sheet for sheet in sheets)
    files = pages(book)["file"]
    assert files["B4"].data_type == "s"
    assert files["B4"].value == "1e5.tif"


def test_pencil_is_in_italics(tmp_path: Path) -> None:
    mark = Mark(confirmed=False, origin=Origin(kind="scan"))
    record = curation().model_copy(update={"marks": {"/acquisitions/ac-1/title": mark}})
    (path,) = xlsx.write(record, tmp_path).files
    page = pages(path)["acquisition"]
    assert page["B3"].font.italic
    assert not pages(path)["biosample"]["B3"].font.italic


def test_it_speaks_french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMBI_LANG", "fr")
    (path,) = xlsx.write(curation(), tmp_path).files
    assert load_workbook(path).sheetnames[0] == "À lire"
    changed(path, {("biosample", "bs-2", "intrinsic_variable"): "[non renseigné] perdu"})
    assert after(path).biosamples[1].intrinsic_variable == Absent(absent="not_recorded", reason="perdu")


# -- cells


@pytest.mark.parametrize(
    ("value", "kind", "cell"),
    [
        (
            Term(label="Homo sapiens", id="NCBITaxon:9606", ontology="NCBITaxon"),
            "term",
            "Homo sapiens [NCBITaxon:9606]",
        ),
        (Term(label="my words"), "term", "my words"),
        (Quantity(number=12.5, unit="µm"), "quantity", "12.5 µm"),
        (Quantity(text="about 3"), "quantity", "about 3"),
        (Absent(absent="not_applicable"), "text", "[not applicable]"),
        (("a", "b"), "texts", "a\nb"),
        (True, "flag", True),
        (63.0, "number", 63.0),
    ],
)
def test_a_value_and_its_cell(value: Any, kind: str, cell: Any) -> None:
    assert shown(value, {}) == cell
    record = run(Curation(), [], Origin())[0]
    assert record is not None
    assert read_cell(cell, kind, str) == (
        value.plain() if hasattr(value, "plain") else list(value) if isinstance(value, tuple) else value
    )


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        (2020, "text", "2020"),
        (2020.0, "text", "2020"),
        ("oui", "flag", True),
        ("perhaps", "flag", "perhaps"),
        ("1,5 µm", "quantity", {"number": 1.5, "unit": "µm"}),
        ("  ", "text", None),
        ("12", "number", "12"),
        ("a\r\nb\n", "texts", ["a", "b"]),
    ],
)
def test_what_people_type_is_understood(cell: Any, kind: str, value: Any) -> None:
    assert read_cell(cell, kind, str) == value


def test_a_date_that_a_spreadsheet_made_is_a_date() -> None:
    from datetime import datetime

    assert said(datetime(2026, 3, 1)) == "2026-03-01"  # noqa: DTZ001 - as openpyxl gives it
    assert check_of([datetime(2026, 3, 1)]) == check_of(["2026-03-01"])  # noqa: DTZ001


def test_letters_that_no_workbook_holds_come_back(tmp_path: Path) -> None:
    record = Curation.model_validate({"study": {"title": "bell \x07 and \ud800 half", "description": "x" * 40_000}})
    (path,) = xlsx.write(record, tmp_path).files
    assert xlsx.read(path).record.study == record.study


# -- what is no workbook of ours


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"id,title\n1,2\n", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_what_is_no_workbook_gives_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    with pytest.raises(RembiError) as caught:
        xlsx.edits(path, Curation())
    assert caught.value.key == "xlsx.no_workbook"


def test_another_workbook_gives_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    other = Workbook()
    other.active.append(["Sample", "Organism"])  # type: ignore[union-attr]
    other.save(path)
    with pytest.raises(RembiError) as caught:
        xlsx.edits(path, Curation())
    assert caught.value.key == "xlsx.other_layout"


def test_a_broken_hidden_sheet_costs_only_what_it_held(book: Path) -> None:
    opened = load_workbook(book)
    for name in ("_rembi", "_exact"):
        for row in opened[name].iter_rows():
            for cell in row:
                cell.value = "|{"
    opened.save(book)
    assert xlsx.edits(book, curation()).findings == ()
