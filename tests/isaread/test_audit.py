"""What a document says and the record has no place for: where it is kept, how it is told, and that it is told once."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.formats import Read, isatab
from rembi_widgets.formats.isatab._document_stream import Passing
from rembi_widgets.formats.isatab._read_held import _pieces, _Texts, base_label, texts
from rembi_widgets.locale import text
from rembi_widgets.record import Absent, Finding, Quantity, Term
from tests.isaread.papers import codes, small, table, told

SAMPLE, IMAGE = "Sample Name", "Image File"
CELLS = {"kept_cells", "left_cells"}


def read(folder: Path, **changes: Any) -> Read:
    return isatab.read(small(folder, **changes))


def cells_told(found: Read) -> list[Finding]:
    return [one for one in found.findings if one.code.removeprefix("isaread.") in CELLS]


def only(found: Read) -> Finding:
    [one] = cells_told(found)
    return one


def assay(*rows: list[str]) -> str:
    return table([SAMPLE, "Protocol REF", IMAGE, *rows[0]], *rows[1:])


# --- nothing to tell


def test_of_what_has_a_place_nothing_is_told(tmp_path: Path) -> None:
    images = table([SAMPLE, "Protocol REF", IMAGE], ["liver 1", "microscopy", "1.tif"], ["liver 2", "microscopy", "2"])
    found = read(tmp_path, a_images=images)
    assert cells_told(found) == []


@pytest.mark.parametrize(
    "publication",
    [
        {"Study PubMed ID": "123", "Study Publication Author List": "A B, C D"},
        {"Study Publication Status": "published", "Study Publication DOI": "10.1/x", "Study Publication Title": "Mice"},
    ],
)
def test_publications_have_a_place(publication: dict[str, str], tmp_path: Path) -> None:
    plain = assay([], ["liver 1", "microscopy", "1.tif"])
    assert cells_told(read(tmp_path, study_publications=publication, a_images=plain)) == []


def test_the_accession_of_a_status_is_kept(tmp_path: Path) -> None:
    status = "Study Publication Status"
    publication = {
        status: "published",
        f"{status} Term Accession Number": "EFO:0001796",
        f"{status} Term Source REF": "",
    }
    plain = assay([], ["liver 1", "microscopy", "1.tif"])
    found = read(tmp_path, study_publications=publication, a_images=plain)
    assert only(found).found == f"STUDY PUBLICATIONS/{status} Term Accession Number"
    extra = found.record.study.model_extra or {}
    assert extra[f"x-isa-study publications {status} Term Accession Number"] == "published: EFO:0001796"


def test_a_person_of_both_levels_is_one_and_not_told(tmp_path: Path) -> None:
    def person(level: str) -> dict[str, str]:
        said = {"Last Name": "Doe", "First Name": "Jo", "Email": "jo@example.org", "Affiliation": "Institute"}
        return {f"{level} Person {label}": cell for label, cell in said.items()}

    plain = assay([], ["liver 1", "microscopy", "1.tif"])
    contacts = {"study_contacts": person("Study"), "investigation_contacts": person("Investigation")}
    found = read(tmp_path, a_images=plain, **contacts)
    assert len(found.record.people) == 1
    assert cells_told(found) == []


# --- the investigation file


def test_what_the_levels_say_differently_of_a_person_is_kept(tmp_path: Path) -> None:
    study = {"Study Person Last Name": "Doe", "Study Person Affiliation": "A", "Study Person Address": "Street 1"}
    above = {
        "Investigation Person Last Name": "Doe",
        "Investigation Person Affiliation": "A",
        "Investigation Person Address": "Street 2",
    }
    plain = assay([], ["liver 1", "microscopy", "1.tif"])
    found = read(tmp_path, a_images=plain, study_contacts=study, investigation_contacts=above)
    one = only(found)
    assert (one.code, one.found) == ("isaread.kept_cells", "INVESTIGATION CONTACTS/Investigation Person Address")
    extra = found.record.study.model_extra or {}
    assert extra["x-isa-investigation contacts Investigation Person Address"] == "Doe: Street 2"


def test_term_sources_are_kept_each_with_its_name(tmp_path: Path) -> None:
    sources = {
        "Term Source Name": ["OBI", "EFO"],
        "Term Source File": ["https://example.org/obi", "https://example.org/efo"],
        "Term Source Version": ["", "3.1"],
    }
    found = read(tmp_path, ontology_source_reference=sources)
    extra = found.record.study.model_extra or {}
    begin = "x-isa-ontology source reference "
    assert extra[f"{begin}Term Source Name"] == "OBI\nEFO"
    assert extra[f"{begin}Term Source File"] == "OBI: https://example.org/obi\nEFO: https://example.org/efo"
    assert extra[f"{begin}Term Source Version"] == "EFO: 3.1"


def test_a_row_is_told_once_with_the_number_of_its_cells(tmp_path: Path) -> None:
    sources = {"Term Source Name": ["OBI", "EFO"], "Term Source File": ["", "https://example.org/efo"]}
    found = read(tmp_path, ontology_source_reference=sources)
    said = {one.found: one.values for one in cells_told(found) if (one.found or "").startswith("ONTOLOGY")}
    names = said["ONTOLOGY SOURCE REFERENCE/Term Source Name"]
    assert (names["n"], names["line"], names["column"]) == (2, 2, 2)
    file = said["ONTOLOGY SOURCE REFERENCE/Term Source File"]
    assert (file["n"], file["line"], file["column"]) == (1, 3, 3)


def test_a_protocol_that_stands_twice_is_kept(tmp_path: Path) -> None:
    protocols = {
        "Study Protocol Name": ["dissection", "microscopy", "dissection"],
        "Study Protocol Type": ["sample collection", "imaging", "sample collection"],
        "Study Protocol Description": ["cut with care", "looked with care", "cut again"],
    }
    found = read(tmp_path, study_protocols=protocols)
    extra = found.record.study.model_extra or {}
    assert extra["x-isa-study protocols Study Protocol Description"] == "dissection: cut again"


def test_parameters_of_protocols_that_no_table_has_are_kept(tmp_path: Path) -> None:
    found = read(tmp_path, study_protocols={"Study Protocol Parameters Name": ["knife;hand", ""]})
    extra = found.record.study.model_extra or {}
    assert extra["x-isa-study protocols Study Protocol Parameters Name"] == "dissection: knife;hand"


def test_the_type_of_a_protocol_is_kept_with_what_it_became(tmp_path: Path) -> None:
    record = read(tmp_path).record
    assert (record.specimens[0].model_extra or {})["x-isa-protocol dissection Study Protocol Type"] == (
        "sample collection"
    )
    assert (record.acquisitions[0].model_extra or {})["x-isa-protocol microscopy Study Protocol Type"] == "imaging"


def test_what_is_kept_of_a_section_is_written_back(tmp_path: Path) -> None:
    sources = {"Term Source Name": ["OBI"], "Term Source File": ["https://example.org/obi"]}
    record = read(tmp_path / "in", ontology_source_reference=sources).record
    isatab.write(record, tmp_path / "out")
    again = isatab.read(tmp_path / "out").record
    assert sorted((again.study.model_extra or {}).values()) == sorted((record.study.model_extra or {}).values())
    assert "OBI: https://example.org/obi" in (tmp_path / "out" / "i_investigation.txt").read_text("utf-8")


# --- tables


def test_names_of_processes_are_kept_with_the_files(tmp_path: Path) -> None:
    found = read(tmp_path)
    one = only(found)
    assert (one.code, one.found, one.values["n"]) == ("isaread.kept_cells", "Assay Name", 2)
    assert found.record.files.column("x-isa-process name Assay Name") == ("run 1", "run 2")


def test_a_second_row_of_a_file_that_says_otherwise_is_told(tmp_path: Path) -> None:
    rows = (["liver 1", "microscopy", "1.tif", "first"], ["liver 2", "microscopy", "1.tif", "second"])
    found = read(tmp_path, a_images=assay(["Comment[note]"], *rows))
    assert found.record.files.column("x-isa-note") == ("second",)
    assert found.record.files.column("x-isa-note 2") in {("first",), ("second",)}
    [one] = [one for one in cells_told(found) if one.code == "isaread.left_cells"] or cells_told(found)
    assert one.found == "Comment[note]"
    assert (one.values["file"], one.values["line"]) == ("a_images.txt", 2)


def test_a_unit_is_kept_beside_its_value(tmp_path: Path) -> None:
    headers = [SAMPLE, "Protocol REF", "Parameter Value[heat]", "Unit", IMAGE]
    rows = (["liver 1", "microscopy", "20", "degree", "1.tif"], ["liver 2", "microscopy", "30", "degree", "2.tif"])
    found = read(tmp_path, a_images=table(headers, *rows))
    files = found.record.files
    assert files.column("x-isa-parameter heat") == ("20", "30")
    assert files.column("x-isa-parameter heat unit") == ("degree", "degree")
    assert only(found).found == "Unit"


def test_without_files_a_column_stays_in_the_table_and_is_told(tmp_path: Path) -> None:
    rows = (["liver 1", "microscopy", "run 1"], ["liver 2", "microscopy", "run 2"])
    found = read(tmp_path, a_images=table([SAMPLE, "Protocol REF", "Assay Name"], *rows))
    assert ("left_cells", "a_images.txt", 2, 3) in told(found.findings)
    [kept] = [one for one in found.kept if one.header == "Assay Name"]
    assert kept.path == ""


def test_a_source_that_says_two_things_is_told_at_the_row(tmp_path: Path) -> None:
    headers = ["Source Name", "Characteristics[organism]", "Protocol REF", SAMPLE]
    rows = (["mouse", "Mus musculus", "dissection", "liver 1"], ["mouse", "Mus spretus", "dissection", "liver 2"])
    found = read(tmp_path, s_mice=table(headers, *rows))
    assert ("left_cells", "s_mice.txt", 3, 2) in told(found.findings)


def test_columns_of_one_heading_are_one_finding(tmp_path: Path) -> None:
    headers = [SAMPLE, "Parameter Value[a]", "Unit", "Parameter Value[b]", "Unit", "Protocol REF"]
    rows = (["liver 1", "1", "mm", "2", "cm", "microscopy"],)
    found = read(tmp_path, a_images=table(headers, *rows))
    said = [one for one in cells_told(found) if one.found == "Unit"]
    assert len(said) <= 1
    assert len({(one.values["file"], one.found, one.code) for one in cells_told(found)}) == len(cells_told(found))


def test_many_texts_without_a_place_are_counted(tmp_path: Path) -> None:
    rows = [["liver 1", "microscopy", f"run {number}"] for number in range(1_500)]
    found = read(tmp_path, a_images=table([SAMPLE, "Protocol REF", "Assay Name"], *rows))
    [one] = [one for one in cells_told(found) if one.found == "Assay Name"]
    assert one.values["n"] == 1_500


def test_a_header_that_is_none_is_told_and_its_cells_with_it(tmp_path: Path) -> None:
    found = read(tmp_path, a_images=assay(["Mood"], ["liver 1", "microscopy", "1.tif", "cheerful"]))
    assert "unknown_column" in codes(found.findings)
    assert only(found).found == "Mood"
    assert any("cheerful" in (column or ()) for column in found.record.files.columns.values())


def test_our_own_layout_is_not_audited(tmp_path: Path) -> None:
    record = read(tmp_path / "in").record
    isatab.write(record, tmp_path / "out")
    assert cells_told(isatab.read(tmp_path / "out")) == []


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("code", sorted(CELLS))
def test_what_is_told_says_file_line_and_number(code: str, language: str) -> None:
    said = text(f"finding.isaread.{code}", language, file="a_x.txt", line=7, column=3, found="Unit", n=12)
    assert all(word in said for word in ("a_x.txt", "7", "3", "Unit", "12"))


# --- texts that are held


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("a", ["a"]),
        (Term(label="mouse", id="NCBITaxon:10090", ontology="NCBITaxon"), ["mouse", "NCBITaxon:10090", "NCBITaxon"]),
        (("a", Term(label="b")), ["a", "b"]),
        (Absent(absent="not_recorded", reason="lost"), ["lost"]),
        (2.5, ["2.5"]),
        (True, ["True"]),
    ],
)
def test_texts_of_values(value: object, wanted: list[str]) -> None:
    assert list(texts(value)) == wanted


def test_texts_of_a_quantity() -> None:
    assert {"405.0", "nm"} <= set(texts(Quantity(number=405.0, unit="nm")))


@pytest.mark.parametrize(
    ("held", "cell"),
    [
        ("a", "a"),
        ("405.0", "405"),
        ("nm", "nanometer"),
        ("OBI:0500020", "http://purl.obolibrary.org/obo/OBI_0500020"),
        ("one + two", "two"),
        ("dissection: cut", "cut"),
        ("20 degree", "degree"),
        ("True", "true"),
    ],
)
def test_a_cell_is_held_in_another_form(held: str, cell: str) -> None:
    found = _Texts()
    found.add([held])
    assert found.has(cell)
    assert not found.has(f"{cell}x")


def test_several_values_are_held_when_each_is() -> None:
    found = _Texts()
    found.add(["a", "b"])
    assert found.has("a;b")
    assert not found.has("a;c")


def test_pieces_are_made_anew_when_a_text_is_added() -> None:
    found = _Texts()
    found.add(["one + two"])
    assert not found.has("four")
    found.add(["three + four"])
    assert found.has("four")
    assert set(_pieces("plain")) == set()


@pytest.mark.parametrize("label", ["Study Design Type", "Study Design Type Term Accession Number"])
def test_an_accession_belongs_to_its_label(label: str) -> None:
    assert base_label(label) == "Study Design Type"


# --- lines of tables that pass by


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        ("a\tb\n1\t2\n3\t4\n", [2, 3]),
        ("a\tb\n\n1\t2\n\n\n3\t4\n", [3, 6]),
        ('a\tb\n"1\nx"\t2\n3\t4\n', [2, 4]),
    ],
)
def test_each_row_of_a_passing_table_has_its_line(data: str, wanted: list[int]) -> None:
    found = Passing("a_x.txt", io.BytesIO(data.encode()))
    assert [found.line(row) for row in range(len(found))] == wanted
