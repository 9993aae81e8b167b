"""ISA-Tab to ISA-JSON and back: the same rows, the same columns, the same record; the JSON keeps the schemas' rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from rembi_widgets.formats import detect, isajson, isatab, read, write
from rembi_widgets.formats.isajson._out import Mapped, lines
from rembi_widgets.formats.isatab._document import Document
from rembi_widgets.record import Curation
from tests.formats.builder import full_record
from tests.formats.full_records import full_records
from tests.isajson.sameness import different
from tests.isajson.schemas import declared, faults, references
from tests.isaread.sameness import differences
from tests.isaread.test_archives import ARCHIVES

FAST = (Phase.explicit, Phase.reuse, Phase.generate)
FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=FAST)
LEFT = {"isajson.notes", "isajson.rows_once", "isajson.table_left"}
"""What an archive may lose, and is told."""


def mapped(document: Document) -> dict[str, Any]:
    """The JSON of a document, by way of its text."""
    found: dict[str, Any] = json.loads("".join(lines(Mapped(document, document.investigations[0]).data)))
    return found


def hold_rules(data: dict[str, Any]) -> None:
    assert list(faults(data)) == []
    names = declared(data)
    assert len(names) == len(set(names))
    assert references(data) <= set(names)


def test_the_full_record_has_the_same_tables_in_the_same_order(tmp_path: Path) -> None:
    isatab.write(full_record(), tmp_path / "tab")
    before = isatab.open_document(tmp_path / "tab")
    written = isajson.write_document(before, tmp_path / "json")
    assert written.files == (tmp_path / "json" / "investigation.json",)
    assert written.findings == ()
    after = isajson.open_document(tmp_path / "json")
    assert after.findings == []
    assert different(before, after) == []
    assert before.tables.keys() == after.tables.keys()
    for name, table in before.tables.items():
        assert [column.header for column in table.columns] == [one.header for one in after.tables[name].columns]
        assert table.rows == after.tables[name].rows


def test_the_full_record_comes_back(tmp_path: Path) -> None:
    record = full_record()
    written = write("isajson", record, tmp_path)
    assert written.findings == ()
    assert detect(tmp_path) == detect(written.files[0]) == "isajson"
    found = read(tmp_path)
    assert differences(record, found.record) == []
    assert found.findings == ()
    assert found.record.acquisitions[0].model_extra == {"x-gain": "500"}
    mark = found.record.marks["/study/title"]
    assert mark.origin.source == "investigation.json/i_investigation.txt"
    assert mark.origin.header == "STUDY/Study Title"


@FEW
@given(record=full_records())
def test_a_record_comes_back_from_its_json(record: Curation, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("set")
    written = isajson.write(record, folder)
    data = json.loads(written.files[0].read_text(encoding="utf-8"))
    hold_rules(data)
    found = isajson.read(folder)
    assert differences(record, found.record) == []
    assert found.findings == ()
    assert {finding.code for finding in written.findings} <= {"isatab.as_given"}


@FEW
@given(record=full_records())
def test_a_random_set_has_the_same_rows(record: Curation, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("set")
    isatab.write(record, folder / "tab")
    before = isatab.open_document(folder / "tab")
    isajson.write_document(before, folder / "one.json")
    assert different(before, isajson.open_document(folder / "one.json")) == []


def test_the_example_has_the_same_tables(samples: Path, tmp_path: Path) -> None:
    before = isatab.open_document(samples / "isa" / "layout-example")
    written = isajson.write_document(before, tmp_path / "a.json")
    assert written.findings == ()
    hold_rules(mapped(before))
    after = isajson.open_document(tmp_path / "a.json")
    assert different(before, after) == []
    for name in (name for name in before.tables if name.startswith("a_")):
        assert before.tables[name].rows == after.tables[name].rows


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_has_the_same_rows_and_sections(name: str, samples: Path, tmp_path: Path) -> None:
    before = isatab.open_document(samples / "isa" / "corpus" / name)
    written = isajson.write_document(before, tmp_path / "a.json")
    assert {finding.code for finding in written.findings} <= LEFT
    assert all(finding.message(lang) for lang in ("en", "fr") for finding in written.findings)
    data = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    hold_rules(data)
    after = isajson.open_document(tmp_path / "a.json")
    assert different(before, after) == []


def test_a_second_investigation_gets_a_file_of_its_own(samples: Path, tmp_path: Path) -> None:
    both = isatab.open_document(samples / "isa" / "corpus" / "altamisa")
    written = isajson.write_document(both, tmp_path / "all.json")
    assert len(written.files) == len(both.investigations) > 1
    assert written.files[:2] == (tmp_path / "all.json", tmp_path / "all-2.json")


def test_the_text_is_valid_and_has_a_line_for_each_thing(tmp_path: Path) -> None:
    file = isajson.write(full_record(), tmp_path).files[0]
    text = file.read_text(encoding="utf-8")
    assert text.endswith("}\n")
    data = json.loads(text)
    assay = data["studies"][0]["assays"][0]
    begun = [line for line in text.splitlines() if line.strip().startswith('{"@id": "#process/')]
    assert len(begun) == sum(len(one["processSequence"]) for one in (data["studies"][0], *data["studies"][0]["assays"]))
    assert len(assay["dataFiles"]) == 6


def test_processes_know_what_is_before_and_after(tmp_path: Path) -> None:
    isajson.write(full_record(), tmp_path)
    data = json.loads((tmp_path / "investigation.json").read_text(encoding="utf-8"))
    analysis = next(one for one in data["studies"][0]["assays"] if "analysis" in one["filename"])
    steps = {one["@id"]: one for one in analysis["processSequence"]}
    made = [one for one in steps.values() if "previousProcess" in one]
    assert made
    for one in made:
        before = steps[one["previousProcess"]["@id"]]
        assert {node["@id"] for node in one["inputs"]} & {node["@id"] for node in before["outputs"]}
    files = {one["@id"]: one for one in analysis["dataFiles"]}
    assert {files[node["@id"]]["type"] for one in made for node in one["outputs"]} == {"Derived Data File"}


def test_numbers_with_units_are_numbers_and_terms_are_annotations(tmp_path: Path) -> None:
    isajson.write(full_record(), tmp_path)
    [study] = json.loads((tmp_path / "investigation.json").read_text(encoding="utf-8"))["studies"]
    assay = study["assays"][0]
    names = {one["@id"]: one["parameterName"]["annotationValue"] for p in study["protocols"] for one in p["parameters"]}
    said = {names[one["category"]["@id"]]: one for one in assay["processSequence"][0]["parameterValues"]}
    assert said["temperature"]["value"] == 37
    units = {one["@id"]: one["annotationValue"] for one in assay["unitCategories"]}
    assert units[said["temperature"]["unit"]["@id"]] == "degree Celsius"
    assert said["imaging method"]["value"]["termSource"] == "FBbi"
    sources = {one["@id"] for one in study["materials"]["sources"]}
    assert all(one["@id"] in sources for sample in study["materials"]["samples"] for one in sample["derivesFrom"])
