"""ISA-JSON that others write: what it becomes as ISA-Tab, as a record, and what is told of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.formats import isajson
from rembi_widgets.formats.isatab._document import Document
from tests.isajson.foreign import plain, process, term, write


def opened(data: Any, folder: Path) -> Document:
    return isajson.open_document(write(data, folder / "a.json"))


def table(document: Document, name: str) -> list[dict[str, str]]:
    """The rows of a table by header; what stands beside a value as ``header/beside``."""
    found = document.tables[name]
    beside = {index: one for one in found.columns for index in one.beside.values()}
    heads = [f"{beside[c.index].header}/{c.header}" if c.index in beside else c.header for c in found.columns]
    return [dict(zip(heads, row, strict=True)) for row in found.rows]


def test_a_study_becomes_its_table(tmp_path: Path) -> None:
    [row] = table(opened(plain(), tmp_path), "s_a.txt")
    assert row == {
        "Source Name": "mouse 1",
        "Characteristics[organism]": "Mus musculus",
        "Characteristics[organism]/Term Source REF": "NCBITaxon",
        "Characteristics[organism]/Term Accession Number": "",
        "Protocol REF": "collect",
        "Sample Name": "liver 1",
        "Factor Value[dose]": "5",
        "Factor Value[dose]/Unit": "mg",
    }


def test_an_assay_becomes_its_table(tmp_path: Path) -> None:
    document = opened(plain(), tmp_path)
    assert document.findings == []
    [row] = table(document, "a_a.txt")
    beside = "Parameter Value[exposure]/"
    assert row == {
        "Sample Name": "liver 1",
        "Protocol REF": "image",
        "Parameter Value[exposure]": "0.5",
        f"{beside}Unit": "second",
        f"{beside}Term Source REF": "UO",
        f"{beside}Term Accession Number": "http://purl.obolibrary.org/obo/UO_0000010",
        "Performer": "A",
        "Date": "2020-01-02",
        "Assay Name": "run 1",
        "Image File": "one.tif",
    }


def test_sections_have_what_their_objects_say(tmp_path: Path) -> None:
    one = opened(plain(), tmp_path).investigations[0]
    study = one.studies[0]
    assert one.section("INVESTIGATION").cells("Investigation Identifier") == ["I-1"]
    assert one.section("INVESTIGATION").cells("Comment[Created With]") == ["somebody"]
    assert one.section("ONTOLOGY SOURCE REFERENCE").cells("Term Source Description") == ["Units"]
    assert study.section("STUDY CONTACTS").cells("Study Person Roles") == ["author;curator"]
    assert study.section("STUDY CONTACTS").cells("Study Person Email") == [""]
    assert study.section("STUDY ASSAYS").cells("Comment[Note]") == ["kept"]
    assert study.section("STUDY PROTOCOLS").cells("Study Protocol Components Type") == ["", "microscope"]
    assert study.section("STUDY DESIGN DESCRIPTORS").cells("Study Design Type") == ["time series design"]


def test_it_becomes_a_record(tmp_path: Path) -> None:
    found = isajson.read(write(plain(), tmp_path / "a.json"))
    record = found.record
    assert [one.title for one in record.biosamples] == ["mouse 1"]
    assert [one.title for one in record.samples] == ["liver 1"]
    assert record.files.column("path") == ("one.tif",)
    assert record.people[0].last_name == "B"
    assert record.biosamples[0].organism[0].label == "Mus musculus"
    origin = record.marks[f"/biosamples/{record.biosamples[0].id}/title"].origin
    assert origin.source == "a.json/s_a.txt"


def test_a_process_of_two_inputs_and_two_outputs_is_four_rows(tmp_path: Path) -> None:
    data = plain()
    assay = data["studies"][0]["assays"][0]
    samples = data["studies"][0]["materials"]["samples"]
    samples.append({**samples[0], "@id": "#sample/2", "name": "liver 2"})
    assay["materials"]["samples"].append({"@id": "#sample/2"})
    assay["dataFiles"].append({"@id": "#data/2", "name": "two.tif", "type": "Image File"})
    step = assay["processSequence"][0]
    step["inputs"].append({"@id": "#sample/2"})
    step["outputs"].append({"@id": "#data/2"})
    rows = table(opened(data, tmp_path), "a_a.txt")
    found = [(row["Sample Name"], row["Image File"]) for row in rows]
    assert found == [("liver 1", "one.tif"), ("liver 1", "two.tif"), ("liver 2", "one.tif"), ("liver 2", "two.tif")]


def test_files_of_different_types_stand_in_one_row(tmp_path: Path) -> None:
    data = plain()
    assay = data["studies"][0]["assays"][0]
    assay["dataFiles"].append({"@id": "#data/2", "name": "two.csv", "type": "Derived Data File"})
    assay["processSequence"][0]["outputs"].append({"@id": "#data/2"})
    [row] = table(opened(data, tmp_path), "a_a.txt")
    assert (row["Image File"], row["Derived Data File"]) == ("one.tif", "two.csv")


def test_chains_with_links_and_without_give_the_same_rows(tmp_path: Path) -> None:
    data = plain()
    assay = data["studies"][0]["assays"][0]
    assay["dataFiles"].append({"@id": "#data/2", "name": "mask.tif", "type": "Derived Data File"})
    assay["processSequence"].append(process("#p/3", protocol="#protocol/2", inputs=["#data/1"], outputs=["#data/2"]))
    without = table(opened(data, tmp_path / "one"), "a_a.txt")
    assay["processSequence"][0]["nextProcess"] = {"@id": "#p/3"}
    assay["processSequence"][1]["previousProcess"] = {"@id": "#p/2"}
    assert table(opened(data, tmp_path / "two"), "a_a.txt") == without
    assert len(without) == 1
    assert without[0]["Derived Data File"] == "mask.tif"


def test_a_sample_without_a_process_stands_behind_its_source(tmp_path: Path) -> None:
    data = plain()
    data["studies"][0]["processSequence"] = []
    [row] = table(opened(data, tmp_path), "s_a.txt")
    assert (row["Source Name"], row["Sample Name"]) == ("mouse 1", "liver 1")


def test_materials_that_nothing_uses_have_rows_of_their_own(tmp_path: Path) -> None:
    data = plain()
    data["studies"][0]["materials"]["sources"].append({"@id": "#source/2", "name": "mouse 2", "characteristics": []})
    rows = table(opened(data, tmp_path), "s_a.txt")
    assert [row["Source Name"] for row in rows] == ["mouse 1", "mouse 2"]


def test_chains_of_different_length_share_their_columns(tmp_path: Path) -> None:
    data = plain()
    study = data["studies"][0]
    study["materials"]["otherMaterials"] = [
        {"@id": "#m/1", "name": "RNA", "type": "Extract Name", "characteristics": []}
    ]
    study["materials"]["samples"].append({"@id": "#sample/2", "name": "liver 2"})
    study["processSequence"] += [
        process("#p/8", inputs=["#source/1"], outputs=["#m/1"], next="#p/9"),
        process("#p/9", inputs=["#m/1"], outputs=["#sample/2"], previous="#p/8"),
    ]
    found = opened(data, tmp_path).tables["s_a.txt"]
    nodes = [column.header for column in found.columns if column.kind in {"node", "protocol_ref"}]
    assert nodes == ["Source Name", "Protocol REF", "Extract Name", "Protocol REF", "Sample Name"]
    assert len(found) == 2


@pytest.mark.parametrize(
    ("kind", "header"),
    [
        ("Raw Data File", "Raw Data File"),
        ("Labeled Extract Name", "Labeled Extract Name"),
        ("Nonsense", "Raw Data File"),
    ],
)
def test_the_type_of_data_is_its_header(kind: str, header: str, tmp_path: Path) -> None:
    data = plain()
    data["studies"][0]["assays"][0]["dataFiles"][0]["type"] = kind
    [row] = table(opened(data, tmp_path), "a_a.txt")
    assert row[header] == "one.tif"
    assert row.get("Comment[Type]") == ("Nonsense" if kind == "Nonsense" else None)


def test_lists_in_repeated_characteristics_are_one_cell(tmp_path: Path) -> None:
    data = plain()
    source = data["studies"][0]["materials"]["sources"][0]
    source["characteristics"].append({"category": {"@id": "#cat/1"}, "value": term("a; b", "X", "http://x/1")})
    row = table(opened(data, tmp_path), "s_a.txt")[0]
    assert row["Characteristics[organism]"] == "Mus musculus;a\\; b"
    assert row["Characteristics[organism]/Term Source REF"] == "NCBITaxon;X"
    assert row["Characteristics[organism]/Term Accession Number"] == ";http://x/1"


def test_what_the_schema_does_not_know_is_told(tmp_path: Path) -> None:
    data = plain()
    data["studies"][0]["licence"] = "CC0"
    data["studies"][0]["protocols"][1]["parameters"][0]["comments"] = [{"name": "why", "value": "because"}]
    data["studies"][0]["assays"][0]["dataFiles"][0]["size"] = 3
    found = opened(data, tmp_path).findings
    assert sorted(one.code for one in found) == ["isajson.comment_left", *["isajson.unknown_key"] * 2]
    told = " ".join(one.message("en") for one in found)
    assert all(word in told for word in ("licence", "CC0", "because", "size"))


def test_an_undeclared_category_is_told_and_its_value_kept(tmp_path: Path) -> None:
    data = plain()
    data["studies"][0]["characteristicCategories"] = []
    document = opened(data, tmp_path)
    assert [one.code for one in document.findings] == ["isajson.dangling"]
    assert table(document, "s_a.txt")[0]["Characteristics[1]"] == "Mus musculus"


def test_comments_of_one_name_are_all_kept(tmp_path: Path) -> None:
    data = plain()
    data["studies"][0]["comments"] = [{"name": "Note", "value": text} for text in ("a", "b", "c")]
    section = opened(data, tmp_path).investigations[0].studies[0].section("STUDY")
    assert [section.cells(f"Comment[Note{end}]") for end in ("", " 2", " 3")] == [["a"], ["b"], ["c"]]


def test_several_studies_have_tables_of_their_own(tmp_path: Path) -> None:
    data = plain()
    data["studies"].append(json.loads(json.dumps(data["studies"][0])))
    data["studies"][1]["materials"]["sources"][0]["name"] = "rat 1"
    document = opened(data, tmp_path)
    assert len(document.investigations[0].studies) == 2
    assert {"s_a.txt", "s_a-2.txt", "a_a.txt"} <= document.tables.keys()
    assert table(document, "s_a-2.txt")[0]["Source Name"] == "rat 1"


def test_a_mark_at_the_beginning_of_the_file_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(plain()).encode())
    assert isajson.recognises(path)
    assert len(isajson.read(path).record.samples) == 1
    path.write_bytes(json.dumps(plain()).encode("utf-16"))
    assert len(isajson.read(path).record.samples) == 1


def test_several_affiliations_of_a_layout_that_is_none(tmp_path: Path) -> None:
    """Ids as our layout writes them, in a document that does not say it is of our layout."""
    data = plain()
    person = data["studies"][0]["people"][0]
    person["affiliation"] = "One;Two"
    person["comments"] = [{"name": "Affiliation REMBI ID", "value": "og-1;og-2"}]
    record = isajson.read(write(data, tmp_path / "a.json")).record
    assert [one.id for one in record.organisations] == ["og-1", "og-2"]
    assert record.people[0].affiliations == ("og-1", "og-2")
