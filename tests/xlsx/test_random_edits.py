"""Whatever somebody types into a workbook comes back: random edits made in the cells, against the same made here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from rembi_widgets.formats import xlsx
from rembi_widgets.record import Curation, Edit, Origin, Table, diff, get, run
from tests.strategies import records
from tests.xlsx.test_workbook import after, curation

CHECK = "check"
FEW = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def pages(opened: Any) -> dict[str, Any]:
    return {page["A1"].value: page for page in opened.worksheets if page.sheet_state == "visible" and page["A1"].value}


def typed_over(before: Path, after_: Path) -> Path:
    """Give the second workbook the memory of the first: as if somebody had typed all that differs into the first."""
    old, new = load_workbook(before), load_workbook(after_)
    known: dict[tuple[str, str], str] = {}
    for section, page in pages(old).items():
        names = [cell.value for cell in page[1]]
        if CHECK in names:
            place = names.index(CHECK)
            known |= {
                (section, str(row[0].value)): row[place].value for row in page.iter_rows(min_row=3) if row[0].value
            }
    for section, page in pages(new).items():
        names = [cell.value for cell in page[1]]
        if CHECK not in names:
            continue
        place = names.index(CHECK)
        for row in page.iter_rows(min_row=3):
            row[place].value = known.get((section, str(row[0].value)))
    for line, values in enumerate(old["_rembi"].iter_rows(values_only=True), 1):
        for column in range(1, max(len(values), new["_rembi"].max_column) + 1):
            new["_rembi"].cell(line, column).value = values[column - 1] if column <= len(values) else None
    for line in range(old["_rembi"].max_row + 1, new["_rembi"].max_row + 1):
        for column in range(1, new["_rembi"].max_column + 1):
            new["_rembi"].cell(line, column).value = None
    new.save(after_)
    return after_


def written(record: Curation, folder: Path) -> Path:
    (path,) = xlsx.write(record, folder).files
    return path


def without_marks(record: Curation) -> Curation:
    tables = {name: Table(getattr(record, name).ids, getattr(record, name).columns) for name in ("files", "images")}
    return record.model_copy(update={"marks": {}, **tables})


@FEW
@given(before=records(), later=records())
def test_one_record_typed_over_another(before: Curation, later: Curation, tmp_path: Path) -> None:
    before, later = without_marks(before), without_marks(later)
    assume(before != Curation() and later != Curation())
    book = typed_over(written(before, tmp_path / "a"), written(later, tmp_path / "b"))
    back = xlsx.edits(book, before)
    found = run(before, back.edits, Origin())[0]
    left = [edit for edit in diff(found, later, marks=False) if edit.op != "move"]
    told = [str(finding) for finding in back.findings]
    assert (told, left) == ([], [])


@FEW
@given(record=records(), title=st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=30))
def test_a_title_that_somebody_types_is_the_title(record: Curation, title: str, tmp_path: Path) -> None:
    title = title.strip()
    assume(title and not title.startswith("["))
    record = without_marks(record)
    opened = load_workbook(written(record, tmp_path))
    page = pages(opened)["study"]
    cell = page.cell(3, [one.value for one in page[1]].index("title") + 1)
    cell.value = title
    cell.data_type = "s"
    opened.save(tmp_path / "book.xlsx")
    assume(record.study.title != title)
    found = after(tmp_path / "book.xlsx", record)
    assert found.study.title == title
    back = Edit(op="set", path="/study/title", value=record.study.title)
    if record.study.title is None:
        back = Edit(op="clear", path="/study/title")
    assert diff(found, record, marks=False) == (back,)


TYPED: list[tuple[str, str, str, Any, str, Any]] = [
    ("study", "study", "release_date", "2027-01-31", "/study/release_date", "2027-01-31"),
    ("study", "study", "license", "CC BY 4.0", "/study/license", "CC BY 4.0"),
    ("study", "study", "keywords", "one", "/study/keywords", ("one",)),
    ("study", "study", "keywords", " one \n\n two ", "/study/keywords", ("one", "two")),
    ("study", "study", "title", "  Nuclei  ", "/study/title", "Nuclei"),
    ("study", "study", "title", 2027, "/study/title", "2027"),
    ("study", "study", "title", True, "/study/title", "TRUE"),
    ("person", "pe-1", "last_name", "Lovelace", "/people/pe-1/last_name", "Lovelace"),
    (
        "organisation",
        "or-1",
        "ror",
        "https://ror.org/02feahw73",
        "/organisations/or-1/ror",
        "https://ror.org/02feahw73",
    ),
    ("biosample", "bs-1", "title", "cells 2", "/biosamples/bs-1/title", "cells 2"),
    ("biosample", "bs-1", "x-tank", 8, "/biosamples/bs-1/x-tank", "8"),
    ("variable", "va-1", "value", 12, "/biosamples/bs-1/experimental_variable/va-1/value", "12"),
    ("specimen", "sp-1", "growth_medium", "DMEM", "/specimens/sp-1/growth_medium", "DMEM"),
    ("sample", "sa-1", "title", "MAR1", "/samples/sa-1/title", "MAR1"),
    ("acquisition", "ac-1", "objective_na", "1,3", "/acquisitions/ac-1/objective_na", 1.3),
    ("acquisition", "ac-1", "objective_na", "about 1", "/acquisitions/ac-1/objective_na", "about 1"),
    ("acquisition", "ac-1", "software", "=HYPERLINK", "/acquisitions/ac-1/software", "=HYPERLINK"),
    ("channel", "ch-1", "name", "GFP", "/acquisitions/ac-1/channels/ch-1/name", "GFP"),
    ("component", "sc-1", "title", "everything", "/components/sc-1/title", "everything"),
    ("image", "im-1", "well", "A01", "/images/im-1/well", "A01"),
    ("image", "im-1", "size_x", 2048, "/images/im-1/size_x", 2048),
    ("image", "im-2", "contrast_inversion", True, "/images/im-2/contrast_inversion", True),
    ("image", "im-2", "component", "all", "/images/im-2/component", "sc-1"),
    ("file", "fl-1", "role", "raw", "/files/fl-1/role", "raw"),
]
"""Section, id, field, what somebody types; where that is in the record, and what it is there."""


@pytest.mark.parametrize(("section", "identity", "name", "cell", "path", "value"), TYPED)
def test_what_somebody_types_and_what_becomes_of_it(
    section: str, identity: str, name: str, cell: Any, path: str, value: Any, tmp_path: Path
) -> None:
    opened = load_workbook(written(curation(), tmp_path))
    page = pages(opened)[section]
    row = next(one.row for one in page["A"] if one.value == identity and one.row > 2)
    place = page.cell(row, [one.value for one in page[1]].index(name) + 1)
    place.value = cell
    if isinstance(cell, str):
        place.data_type = "s"
    opened.save(tmp_path / "book.xlsx")
    back = xlsx.edits(tmp_path / "book.xlsx", curation())
    assert len(back.edits) == 1
    assert len(back.told) == 1
    assert back.findings == ()
    found = run(curation(), back.edits, Origin())[0]
    assert get(found, path) == value
    assert back.told[0].path == path
    assert back.told[0].cell == f"{page.title}!{place.coordinate}"


def test_a_quantity_and_a_term_are_typed_as_they_are_shown(tmp_path: Path) -> None:
    opened = load_workbook(written(curation(), tmp_path))
    found = pages(opened)
    for section, name, cell in (
        ("channel", "excitation", "488 nm"),
        ("channel", "emission", "about 520"),
        ("acquisition", "imaging_method", "confocal microscopy [FBbi:00000251]\nmy own method"),
    ):
        page = found[section]
        page.cell(3, [one.value for one in page[1]].index(name) + 1).value = cell
    opened.save(tmp_path / "book.xlsx")
    acquisition = after(tmp_path / "book.xlsx").acquisitions[0]
    channel = acquisition.channels[0]
    assert (channel.excitation.number, channel.excitation.unit) == (488, "nm")
    assert channel.emission.text == "about 520"
    assert [(term.label, term.id) for term in acquisition.imaging_method] == [
        ("confocal microscopy", "FBbi:00000251"),
        ("my own method", None),
    ]


def test_a_formula_counts_by_what_it_gave(tmp_path: Path) -> None:
    """A workbook saved without values has none to give: the field stays as it was."""
    opened = load_workbook(written(curation(), tmp_path))
    page = pages(opened)["image"]
    page.cell(3, [one.value for one in page[1]].index("well") + 1).value = '="A"&"01"'
    opened.save(tmp_path / "book.xlsx")
    assert xlsx.edits(tmp_path / "book.xlsx", curation()).edits == ()


def test_columns_in_another_order_are_still_known_by_their_names(tmp_path: Path) -> None:
    opened = load_workbook(written(curation(), tmp_path))
    page = pages(opened)["specimen"]
    names = [cell.value for cell in page[1]]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    first, *middle, last = range(len(names))
    for number, row in enumerate(rows, 1):
        for place, old in enumerate((first, *reversed(middle), last), 1):
            page.cell(number, place).value = row[old]
    opened.save(tmp_path / "book.xlsx")
    back = xlsx.edits(tmp_path / "book.xlsx", curation())
    assert diff(run(curation(), back.edits, Origin())[0], curation(), marks=False) == ()


def test_a_column_that_is_gone_changes_nothing(tmp_path: Path) -> None:
    opened = load_workbook(written(curation(), tmp_path))
    page = pages(opened)["biosample"]
    page.delete_cols([cell.value for cell in page[1]].index("description") + 1)
    opened.save(tmp_path / "book.xlsx")
    found = after(tmp_path / "book.xlsx")
    assert diff(found, curation(), marks=False) == ()


def test_blank_rows_between_are_passed_over(tmp_path: Path) -> None:
    opened = load_workbook(written(curation(), tmp_path))
    page = pages(opened)["biosample"]
    page.insert_rows(4, 3)
    opened.save(tmp_path / "book.xlsx")
    assert xlsx.edits(tmp_path / "book.xlsx", curation()).edits == ()


def test_a_renamed_sheet_is_known_by_its_hidden_row(tmp_path: Path) -> None:
    opened = load_workbook(written(curation(), tmp_path))
    page = pages(opened)["biosample"]
    page.title = "My samples"
    page.cell(3, [cell.value for cell in page[1]].index("title") + 1).value = "new"
    opened.save(tmp_path / "book.xlsx")
    back = xlsx.edits(tmp_path / "book.xlsx", curation())
    assert [one.cell.split("!")[0] for one in back.told] == ["My samples"]


def test_a_sheet_of_ones_own_is_left_alone(tmp_path: Path) -> None:
    opened = load_workbook(written(curation(), tmp_path))
    page = opened.create_sheet("notes")
    page.append(["remember", "the milk"])
    opened.save(tmp_path / "book.xlsx")
    assert xlsx.edits(tmp_path / "book.xlsx", curation()).edits == ()


def test_many_rows_are_one_edit_a_column(tmp_path: Path) -> None:
    ids = tuple(f"im-{number}" for number in range(400))
    record = Curation(images=Table(ids, {"well": tuple(f"A{number:03}" for number in range(400))}))
    opened = load_workbook(written(record, tmp_path))
    page = pages(opened)["image"]
    well = [cell.value for cell in page[1]].index("well") + 1
    for row in range(3, 403, 2):
        page.cell(row, well).value = "B01"
    opened.save(tmp_path / "book.xlsx")
    back = xlsx.edits(tmp_path / "book.xlsx", record)
    (edit,) = back.edits
    assert (edit.op, edit.path, len(edit.rows or ())) == ("fill", "/images/well", 200)
    assert len(back.told) == 200
