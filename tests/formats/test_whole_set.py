"""A whole ISA-Tab as it is written: both profiles, real files read and written again, odd folders and records."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import isatab, read
from rembi_widgets.formats.isatab._profile import BIOIMAGING, DEFAULT, MODULE, PROFILES, profile_named
from rembi_widgets.record import Curation
from tests.checks.builder import clean
from tests.formats.builder import full_record, table
from tests.formats.reading import cells
from tests.formats.reading import read as read_tables
from tests.strategies import records


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def codes(written: object) -> list[str]:
    return [finding.code.removeprefix("isatab.") for finding in written.findings]  # type: ignore[attr-defined]


def test_the_same_record_is_the_same_files(tmp_path: Path) -> None:
    isatab.write(full_record(), tmp_path / "a")
    isatab.write(full_record(), tmp_path / "b")
    assert texts(tmp_path / "a") == texts(tmp_path / "b")


def test_the_investigation_comes_first_and_every_file_is_told(tmp_path: Path) -> None:
    written = isatab.write(full_record(), tmp_path)
    assert written.files[0].name == "i_investigation.txt"
    assert {path.name for path in written.files} == {path.name for path in tmp_path.iterdir()}


def test_files_of_others_in_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    isatab.write(full_record(), tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_folder_is_made_with_all_above_it(tmp_path: Path) -> None:
    isatab.write(clean(), tmp_path / "a" / "b" / "c")
    assert (tmp_path / "a" / "b" / "c" / "i_investigation.txt").is_file()


def test_a_file_in_the_place_of_the_folder_is_an_error_and_stays(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OSError):
        isatab.write(clean(), tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("record", [full_record(), clean(), Curation()], ids=["full", "clean", "empty"])
def test_every_row_is_as_long_as_its_header(profile: str, record: Curation, tmp_path: Path) -> None:
    isatab.write(record, tmp_path, profile=profile)
    for path in tmp_path.glob("[as]_*.txt"):
        assert len({len(row) for row in cells(path)}) == 1, path.name


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("record", [full_record(), clean()], ids=["full", "clean"])
def test_what_is_written_has_no_error_of_its_own(profile: str, record: Curation, tmp_path: Path) -> None:
    isatab.write(record, tmp_path, profile=profile)
    assert [str(one) for one in isatab.check(tmp_path) if one.level == "error" and "assay_type" not in one.code] == []


def test_a_real_isatab_read_and_written_twice_is_the_same(samples: Path, tmp_path: Path) -> None:
    first = read(samples / "isa" / "layout-example").record
    isatab.write(first, tmp_path / "a")
    second = read(tmp_path / "a").record
    isatab.write(second, tmp_path / "b")
    assert texts(tmp_path / "a") == texts(tmp_path / "b")


def test_the_usual_profile_is_bioimaging(tmp_path: Path) -> None:
    isatab.write(full_record(), tmp_path / "a")
    isatab.write(full_record(), tmp_path / "b", profile=BIOIMAGING)
    assert texts(tmp_path / "a") == texts(tmp_path / "b")


@pytest.mark.parametrize("name", ["", "Bioimaging", "isatools", "mine"])
def test_a_profile_that_nobody_knows_is_refused_and_writes_nothing(name: str, tmp_path: Path) -> None:
    with pytest.raises(RembiError, match="bioimaging, isatools-default"):
        profile_named(name)
    assert not list(tmp_path.iterdir())


def test_the_profile_of_isatools_types_every_assay_as_histology(tmp_path: Path) -> None:
    isatab.write(full_record(), tmp_path, profile=DEFAULT)
    assays = read_tables(tmp_path).sections["STUDY ASSAYS"]
    assert set(assays["Study Assay Measurement Type"]) == {"histology"}
    assert set(assays["Comment[Own Measurement Type]"]) == {"biological imaging"}


def test_the_profile_of_isatools_puts_a_protocol_behind_each_sample(tmp_path: Path) -> None:
    isatab.write(full_record(), tmp_path, profile=DEFAULT)
    tables = read_tables(tmp_path)
    steps = {row[1]["Protocol REF"] for rows in tables.assays.values() for row in rows}
    assert steps == {"histology"}
    protocols = tables.sections["STUDY PROTOCOLS"]
    place = protocols["Study Protocol Name"].index("histology")
    assert protocols["Comment[REMBI Module]"][place] == MODULE


def test_both_profiles_are_read_back_as_one_record(tmp_path: Path) -> None:
    for name in PROFILES:
        isatab.write(full_record(), tmp_path / name, profile=name)
    one, other = (read(tmp_path / name).record for name in PROFILES)
    assert one == other


def test_the_profile_of_isatools_says_so_and_only_it(tmp_path: Path) -> None:
    assert "profile" in codes(isatab.write(clean(), tmp_path / "a", profile=DEFAULT))
    assert "profile" not in codes(isatab.write(clean(), tmp_path / "b"))


@pytest.mark.parametrize("field", ["doi", "pubmed_id", "authors", "title", "status"])
def test_a_publication_that_isatools_would_refuse_is_told_of(field: str, tmp_path: Path) -> None:
    whole = {"doi": "10.1/x", "pubmed_id": "1", "authors": "A", "title": "T", "status": "published"}
    for number, said in enumerate((whole, {**whole, field: None})):
        record = clean().model_copy(
            update={"publications": Curation.model_validate({"publications": [{"id": "pu-1", **said}]}).publications}
        )
        written = isatab.write(record, tmp_path / str(number), profile=DEFAULT)
        found = [one.path for one in written.findings if one.code == "isatab.profile_publication"]
        assert found == ([f"/publications/pu-1/{field}"] if number else [])


def test_a_biosample_of_two_organisms_is_told_of(tmp_path: Path) -> None:
    record = clean()
    two = record.biosamples[0].model_copy(update={"organism": record.biosamples[0].organism * 2})
    mixed = record.model_copy(update={"biosamples": (two,)})
    assert "profile_organisms" in codes(isatab.write(mixed, tmp_path / "a", profile=DEFAULT))
    assert "profile_organisms" not in codes(isatab.write(record, tmp_path / "b", profile=DEFAULT))


def test_components_of_one_title_have_files_of_their_own(tmp_path: Path) -> None:
    record = full_record()
    same = tuple(one.model_copy(update={"title": "Cells / 1"}) for one in record.components)
    isatab.write(record.model_copy(update={"components": same}), tmp_path)
    assert {"a_Cells-1.txt", "a_Cells-1-2.txt"} <= set(texts(tmp_path))


@pytest.mark.parametrize("title", ["../../evil", "/etc/passwd", "a\0b", "con", "\u7ec6\u80de", "x" * 500, " "])
def test_no_title_leads_out_of_the_folder(title: str, tmp_path: Path) -> None:
    record = full_record()
    named = tuple(one.model_copy(update={"title": title}) for one in record.components)
    study = record.study.model_copy(update={"title": title, "accession": title})
    record = record.model_copy(update={"components": named, "study": study})
    written = isatab.write(record, tmp_path / "out")
    assert all(path.parent == tmp_path / "out" and len(path.name) < 100 for path in written.files)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("value", ['say "x"', "tab\there", "line\nbreak", "=1+1", "#comment", "\u202eevil"])
def test_no_value_breaks_a_row(value: str, tmp_path: Path) -> None:
    record = full_record()
    said = tuple(one.model_copy(update={"description": value}) for one in record.biosamples)
    isatab.write(record.model_copy(update={"biosamples": said}), tmp_path)
    assert len(read_tables(tmp_path).study) == 4
    back = read(tmp_path).record
    assert [one.description.split() for one in back.biosamples] == [value.split()] * 2  # type: ignore[union-attr]


def test_many_images_are_a_row_each(tmp_path: Path) -> None:
    isatab.write(clean(2500), tmp_path)
    rows = cells(tmp_path / "a_Fixed-cells.txt")
    assert len(rows) == 2501
    assert len({tuple(row) for row in rows}) == 2501


def test_a_table_without_rows_writes_no_assay(tmp_path: Path) -> None:
    record = clean().model_copy(update={"images": table("im", []), "files": table("fl", [])})
    written = isatab.write(record, tmp_path)
    assert not list(tmp_path.glob("a_*"))
    assert "unused_component" in codes(written)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=records())
def test_any_record_is_written_and_opens_as_a_document(
    record: Curation, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    isatab.write(record, folder)
    document = isatab.open_document(folder)
    assert len(document.investigations) == 1
