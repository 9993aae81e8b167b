"""isatools on what is written here: ISA-JSON, the profile for isatools as it comes, its load and dump.

What isatools loses on that way is pinned, a test each: should it mend one, its test says so.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.formats import isajson, isatab
from rembi_widgets.formats.isatab._document import Document, Table
from rembi_widgets.record import Curation
from tests.formats.builder import full_record
from tests.formats.demo import demo_record
from tests.isajson.sameness import Row, rows, section
from tests.isaread.test_identity import changed
from tests.oracles.test_readers import faults, random_records, run

RANDOM = 5
DEFAULT = "isatools-default"
OF_ITS_OWN = "#parameter/Array_Design_REF"
"""A parameter that isatools adds to those of every document, and then warns of because nothing uses it (rule 1020)."""
READ_AS_EMPTY = {"NA", "N/A", "None", "nan", "null"}


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Curation]:
    found = {"full": full_record(), "demo": demo_record(tmp_path_factory.mktemp("demo") / "nuclear-shape")}
    return found | {f"random-{number}": record for number, record in enumerate(random_records()[:RANDOM])}


@pytest.fixture(scope="module")
def files(records: dict[str, Curation], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The ISA-JSON of each record."""
    folder = tmp_path_factory.mktemp("json")
    return {name: isajson.write(record, folder / name).files[0] for name, record in records.items()}


@pytest.fixture(scope="module")
def looked(files: dict[str, Path]) -> dict[str, Any]:
    found = run("ISATOOLS", "run_isajson.py", str(isajson.config_folder()), *map(str, files.values()))
    return {name: found[str(path)] for name, path in files.items()}


def without_its_own(report: dict[str, Any]) -> list[Any]:
    told = [*report["errors"], *report["warnings"]]
    return [one for one in told if one["code"] != 1020 or f"['{OF_ITS_OWN}']" not in one["supplemental"]]


def is_named_in_comments(fault: dict[str, Any], text: str) -> bool:
    """Whether a fault is about sources that only comments name, as those of people with several roles."""
    found = re.search(r"not used \[(.*)\]", fault["supplemental"])
    names = re.findall(r"'([^']+)'", found.group(1)) if found is not None else []
    said = re.findall(r'"name": "[^"]* Source", "value": "([^"]*)"', text)
    return bool(names) and all(any(name in one.split(";") for one in said) for name in names)


def test_isatools_validates_every_json(files: dict[str, Path], looked: dict[str, Any]) -> None:
    assert len(looked) == RANDOM + 2
    for name, report in looked.items():
        text = files[name].read_text(encoding="utf-8")
        told = [one for one in without_its_own(report) if one["code"] != 3007 or not is_named_in_comments(one, text)]
        assert told == [], name


def test_isatools_loads_every_process_and_sample(files: dict[str, Path], looked: dict[str, Any]) -> None:
    for name, path in files.items():
        [study] = json.loads(path.read_text(encoding="utf-8"))["studies"]
        counts = {assay["filename"]: len(assay["processSequence"]) for assay in study["assays"]}
        assert looked[name]["processes"] == counts
        assert looked[name]["protocols"] == len(study["protocols"])
        assert len(looked[name]["samples"]) == len(study["materials"]["samples"])


def test_isatools_refuses_a_json_that_is_wrong(files: dict[str, Path], tmp_path: Path) -> None:
    data = json.loads(files["full"].read_text(encoding="utf-8"))
    data["studies"][0]["assays"][0]["measurementType"]["annotationValue"] = "alchemy"
    data["studies"][0]["nonsense"] = 1
    (tmp_path / "wrong.json").write_text(json.dumps(data), encoding="utf-8")
    report = run("ISATOOLS", "run_isajson.py", str(isajson.config_folder()), str(tmp_path / "wrong.json"))
    codes = {one["code"] for one in report[str(tmp_path / "wrong.json")]["errors"]}
    assert 3 in codes


def with_one_organism(record: Curation) -> Curation:
    """A record without what the profile cannot mend and tells: publications not whole, several organisms."""
    one = [bio.model_copy(update={"organism": bio.organism[:1]}) for bio in record.biosamples if bio.organism]
    given = {bio.id: bio for bio in one}
    biosamples = tuple(given.get(bio.id, bio) for bio in record.biosamples)
    whole = {"doi": "10.1038/s41592-021-01166-8", "pubmed_id": "34021280", "status": "published"}
    told = whole | {"authors": "A, B", "title": "A title"}
    publications = tuple(type(bib).model_validate({"id": bib.id, **told}) for bib in record.publications)
    return record.model_copy(update={"biosamples": biosamples, "publications": publications})


def test_the_profile_passes_isatools_as_it_comes(records: dict[str, Curation], tmp_path: Path) -> None:
    for name, record in records.items():
        written = isatab.write(with_one_organism(record), tmp_path / name, profile=DEFAULT)
        assert "isatab.profile" in {finding.code for finding in written.findings}
    reports = run("ISATOOLS", "run_isatools.py", "-", *(str(tmp_path / name) for name in records))
    assert len(reports) == RANDOM + 2
    assert not faults(reports)


def test_the_profile_passes_altamisa(records: dict[str, Curation], tmp_path: Path) -> None:
    for name, record in records.items():
        isatab.write(record, tmp_path / name, profile=DEFAULT)
    found = run("ALTAMISA", "run_altamisa.py", *(str(tmp_path / name) for name in records))
    assert {name: one["warnings"] for name, one in found.items() if one["warnings"]} == {}


def test_the_usual_profile_does_not_pass_isatools_as_it_comes(tmp_path: Path) -> None:
    isatab.write(full_record(), tmp_path)
    report = run("ISATOOLS", "run_isatools.py", "-", str(tmp_path))[str(tmp_path)]
    assert {one["code"] for one in report["errors"]} >= {4002, 4003}


def test_the_json_of_the_profile_has_no_errors(tmp_path: Path) -> None:
    """isatools never looks at the first process of a chain, and so misses the protocol that it asks for (rule 4004).

    The ontology of the assays' own types is used in comments only (rule 3007).
    """
    file = isajson.write(full_record(), tmp_path, profile=DEFAULT).files[0]
    report = run("ISATOOLS", "run_isajson.py", "-", str(file))[str(file)]
    assert report["errors"] == []
    assert {one["code"] for one in report["warnings"]} == {1020, 3007, 4004}


class Dumped:
    """Sets as they are written, and as isatools dumps them after loading; ``faults`` of those it cannot."""

    def __init__(self, folder: Path, sets: dict[str, Curation]) -> None:
        paths = {name: str(folder / name) for name in sets}
        for name, record in sets.items():
            isatab.write(record, folder / name)
        found = run("ISATOOLS", "run_roundtrip.py", "tab", *paths.values())
        self.faults = {name: found[path]["fault"] for name, path in paths.items() if "fault" in found[path]}
        self.before = {name: isatab.open_document(folder / name) for name in sets}
        dumped = {name: found[path].get("folder") for name, path in paths.items()}
        self.after = {name: isatab.open_document(Path(path)) for name, path in dumped.items() if path}


TEXTS = {"release_date": "2026-11-24", "acknowledgements": "NA", "license": "None", "description": "one\r\ntwo"}


@pytest.fixture(scope="module")
def dumped(records: dict[str, Curation], tmp_path_factory: pytest.TempPathFactory) -> Dumped:
    sets = {**records, "texts": changed(study=TEXTS)}
    sets["words"] = changed(
        biosamples={"description": "NA", "intrinsic_variable": ["nan"], "extrinsic_variable": ["one\n\ntwo"]}
    )
    return Dumped(tmp_path_factory.mktemp("dumped"), sets)


def lost(mine: Table, theirs: Table) -> Counter[tuple[str, str]]:
    """What their rows lack of mine, header and cell: each of my rows is held against theirs that has most of it."""
    found: Counter[tuple[str, str]] = Counter()
    held = [Counter(row) for row in rows(theirs)]
    for row in rows(mine):
        lacking = min((Counter(row) - one for one in held), key=lambda one: one.total())
        found.update((" ".join(filter(None, part[1:3])), part[3]) for part in lacking.elements())
    return found


def is_known(header: str, cell: str) -> bool:
    """Whether isatools loses such a cell, by one of the losses that the tests below pin."""
    source = "term source ref" in header and ";" in cell
    return source or cell in READ_AS_EMPTY or "\r" in cell or "\n\n" in cell


def headers(table: Table) -> set[str]:
    return {column.header for column in table.columns if any(cell.strip("; ") for cell in table.cells(column.index))}


def assays(document: Document) -> list[str]:
    return [table.name for study in document.investigations[0].studies for table in study.assays if table is not None]


def test_load_and_dump_keep_every_row_and_column_of_the_assays(dumped: Dumped) -> None:
    assert {"full", "demo", "random-0", "random-1"} <= dumped.after.keys()
    for name, after in dumped.after.items():
        before = dumped.before[name]
        assert assays(before) == assays(after)
        for table in assays(before):
            gone = lost(before.tables[table], after.tables[table])
            assert [one for one in gone if not is_known(*one)] == [], name
            assert len(after.tables[table]) == len(before.tables[table])


@pytest.mark.parametrize("name", ["full", "demo"])
def test_load_and_dump_keep_every_filled_column(dumped: Dumped, name: str) -> None:
    before, after = dumped.before[name], dumped.after[name]
    for table in before.tables:
        assert headers(before.tables[table]) <= headers(after.tables[table])


@pytest.mark.parametrize("name", ["full", "demo"])
def test_load_and_dump_keep_the_study_but_for_the_sources_of_lists(dumped: Dumped, name: str) -> None:
    before, after = dumped.before[name], dumped.after[name]
    table = before.investigations[0].studies[0].table
    assert table is not None
    assert len(after.tables[table.name]) == len(table)
    gone = {header for header, _ in lost(table, after.tables[table.name])}
    assert gone == ({"characteristic[channel content] term_source[term source ref]"} if name == "full" else set())


def test_components_are_never_read(dumped: Dumped) -> None:
    before, after = (
        section(one.investigations[0].studies[0].section("STUDY PROTOCOLS"))
        for one in (dumped.before["full"], dumped.after["full"])
    )
    gone = {label for label in before if before[label] != after.get(label)}
    assert gone == {"study protocol components name", "study protocol components type"}
    assert "Comment:instrument attributes" in before.keys() & after.keys()


def test_words_that_pandas_takes_for_nothing_vanish(dumped: Dumped) -> None:
    before, after = dumped.before["words"], dumped.after["words"]
    table = before.investigations[0].studies[0].table
    assert table is not None
    gone = lost(table, after.tables[table.name])
    assert gone["characteristic[description]", "NA"] > 0
    assert gone["characteristic[intrinsic variable]", "nan"] > 0
    study = dumped.after["texts"].investigations[0].studies[0].section("STUDY")
    assert study.cells("Comment[License]") in ([], [""])


def test_a_blank_line_within_a_cell_vanishes(dumped: Dumped) -> None:
    before, after = dumped.before["words"], dumped.after["words"]
    table = before.investigations[0].studies[0].table
    assert table is not None
    assert lost(table, after.tables[table.name])["characteristic[extrinsic variable]", "one\n\ntwo"] > 0
    theirs = after.tables[table.name]
    [column] = [one.index for one in theirs.columns if one.name == "extrinsic variable"]
    assert "one\ntwo" in theirs.cells(column)


def test_a_line_end_of_windows_becomes_one_of_unix(dumped: Dumped) -> None:
    study = dumped.after["texts"].investigations[0].studies[0].section("STUDY")
    assert study.cells("Study Description")[0] == "one\ntwo"


def test_units_and_terms_that_only_some_rows_have_stop_the_dump(dumped: Dumped) -> None:
    assert dumped.faults
    for fault in dumped.faults.values():
        assert re.fullmatch(r"KeyError\('.*\.(?:Unit|Term Accession Number)'\)", fault), fault


def test_the_json_read_by_isatools_is_dumped_as_the_same_rows(files: dict[str, Path]) -> None:
    path = files["full"]
    found = run("ISATOOLS", "run_roundtrip.py", "json", str(path))[str(path)]
    assert "fault" not in found, found
    after, before = isatab.open_document(Path(found["folder"])), isajson.open_document(path)
    for name in assays(before):
        assert len(after.tables[name]) == len(before.tables[name])
        assert [one for one in lost(before.tables[name], after.tables[name]) if not is_known(*one)] == []


def test_the_comparison_sees_what_is_gone() -> None:
    """A comparison that never says no is none."""
    row: Row = (("", "", "sample name", "a"), ("process", "", "comment[x]", "1"))
    assert Counter(row) - Counter(row[:1]) == Counter(row[1:])
