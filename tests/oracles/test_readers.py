"""Two readers that nobody here wrote: isatools and altamisa, each in an environment of its own.

``REMBI_ISATOOLS_PYTHON`` and ``REMBI_ALTAMISA_PYTHON`` name their interpreters; without them these tests are skipped,
and fail if ``REMBI_REQUIRE_ORACLES`` is 1. isatools needs seconds a set: all sets are validated by one process.
"""

from __future__ import annotations

import json
import os
import subprocess
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from rembi_widgets.formats import isatab
from rembi_widgets.record import Curation
from tests.formats.builder import full_record
from tests.formats.demo import demo_record
from tests.formats.full_records import full_records
from tests.formats.reading import Tables, cells, read, split
from tests.formats.samples import sample_folder

HERE = Path(__file__).parent
RANDOM = 15


def interpreter(name: str) -> str:
    """The interpreter of an oracle's environment."""
    found = os.environ.get(f"REMBI_{name}_PYTHON", "")
    if not found and os.environ.get("REMBI_REQUIRE_ORACLES") == "1":
        pytest.fail(f"REMBI_{name}_PYTHON names no interpreter")
    if not found:
        pytest.skip(f"REMBI_{name}_PYTHON is not set")
    return found


def run(name: str, script: str, *arguments: str) -> dict[str, Any]:
    command = [interpreter(name), "-I", str(HERE / script), *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    assert ran.returncode == 0, ran.stderr[-2000:]
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@cache
def random_records() -> tuple[Curation, ...]:
    """Records drawn the same way each time."""
    found: list[Curation] = []

    @settings(
        max_examples=RANDOM,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(full_records())
    def draw(record: Curation) -> None:
        found.append(record)

    draw()
    return tuple(found)


def without_annotations(record: Curation) -> Curation:
    """The record without what the given five files of the configuration do not know."""
    gone = {one.id for one in record.annotations}
    kept = [row for row, maker in zip(record.files.ids, record.files.column("made_by"), strict=True) if maker in gone]
    return record.model_copy(update={"annotations": (), "files": record.files.without_rows(kept)})


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Curation:
    return demo_record(tmp_path_factory.mktemp("demo") / "nuclear-shape")


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory, demo: Curation) -> dict[str, Path]:
    """Sets by name."""
    records = {"full": full_record(), "demo": demo}
    records |= {f"random-{number}": record for number, record in enumerate(random_records())}
    folder = tmp_path_factory.mktemp("sets")
    for name, record in records.items():
        isatab.write(record, folder / name)
    return {name: folder / name for name in records}


@pytest.fixture(scope="module")
def altamisa(sets: dict[str, Path]) -> dict[str, Any]:
    found = run("ALTAMISA", "run_altamisa.py", *map(str, sets.values()))
    return {name: found[str(folder)] for name, folder in sets.items()}


def faults(reports: dict[str, Any]) -> dict[str, Any]:
    return {
        name: report["errors"] + report["warnings"]
        for name, report in reports.items()
        if report["errors"] or report["warnings"] or not report["validation_finished"]
    }


def test_isatools_reports_no_error_and_no_warning(sets: dict[str, Path]) -> None:
    reports = run("ISATOOLS", "run_isatools.py", str(isatab.config_folder()), *map(str, sets.values()))
    assert len(reports) >= RANDOM + 2
    assert not faults(reports)


def test_isatools_agrees_with_the_given_configuration(demo: Curation, tmp_path: Path) -> None:
    config = sample_folder() / "isa" / "isaconfig-bioimaging"
    records = {"full": full_record(), "demo": demo, "random": random_records()[-1]}
    for name, record in records.items():
        isatab.write(without_annotations(record), tmp_path / name)
    reports = run("ISATOOLS", "run_isatools.py", str(config), *(str(tmp_path / name) for name in records))
    assert not faults(reports)


def test_isatools_refuses_what_is_missing(tmp_path: Path) -> None:
    """An oracle that never says no is none: an untitled study and an annotation without a file are told."""
    isatab.write(full_record(), tmp_path)
    index = tmp_path / "i_investigation.txt"
    text = index.read_text(encoding="utf-8").replace('Study Description\t"Effect', 'Study Description\t""\nx\t"Effect')
    index.write_text(
        text.replace('\nx\t"Effect of nocodazole on \u03b1-tubulin;\nsee protocol."', ""), encoding="utf-8"
    )
    table = tmp_path / "a_annotation-nuclei-outlines.txt"
    table.write_text(table.read_text(encoding="utf-8").replace("annotations/a1.geojson", ""), encoding="utf-8")
    report = run("ISATOOLS", "run_isatools.py", str(isatab.config_folder()), str(tmp_path))[str(tmp_path)]
    assert {4003, 4012} == {fault["code"] for fault in report["errors"] + report["warnings"]}


def test_altamisa_warns_of_nothing(altamisa: dict[str, Any]) -> None:
    assert {name: found["warnings"] for name, found in altamisa.items() if found["warnings"]} == {}


def test_altamisa_gives_back_sources_samples_processes_and_files(
    sets: dict[str, Path], altamisa: dict[str, Any]
) -> None:
    for name, folder in sets.items():
        tables, model = read(folder), altamisa[name]["model"]
        check_graph(model["study"], tables.study)
        assert model["protocols"] == sorted(tables.sections["STUDY PROTOCOLS"]["Study Protocol Name"])
        assert model["assays"].keys() == tables.assays.keys()
        for file, rows in tables.assays.items():
            check_graph(model["assays"][file], rows)


def test_altamisa_gives_back_the_records_own_values(altamisa: dict[str, Any]) -> None:
    """Read by nobody's code but altamisa's: the graph of the full record, one by one."""
    record, model = full_record(), altamisa["full"]["model"]
    sources = [node for node in model["study"]["materials"].values() if node["type"] == "Source Name"]
    samples = [node for node in model["study"]["materials"].values() if node["type"] == "Sample Name"]
    assert {node["name"] for node in sources} == {one.title for one in record.biosamples}
    assert {node["name"] for node in samples} == {one.title for one in record.samples}
    assert all(node["characteristics"]["extrinsic variable"] == ["37 °C; 5 % CO2", "dark"] for node in sources)
    human = ["Homo sapiens", "NCBITaxon", "http://purl.obolibrary.org/obo/NCBITaxon_9606"]
    assert all(node["characteristics"]["organism"] == [human] for node in sources)
    first = model["assays"]["a_Fixed-confocal.txt"]
    images = {node["name"] for node in first["materials"].values() if node["type"] == "Image File"}
    assert images == {path for path in record.files.column("path") if path.startswith("images/c1/")}
    steps = {node["name"]: node for node in first["processes"].values()}
    assert len(steps) == 6
    assert steps["spec-1-1_000"]["parameters"]["temperature"] == ["37"]
    celsius = ["degree Celsius", "UO", "http://purl.obolibrary.org/obo/UO_0000027"]
    assert steps["spec-1-1_000"]["units"]["temperature"] == celsius
    masks = model["assays"]["a_analysis-segmentation.txt"]
    made = {node["name"] for node in masks["materials"].values() if node["type"] == "Derived Data File"}
    assert made == {"results/counts.csv", *(f"masks/c1/spec-1-1_{n:03d}.ome.tiff" for n in range(3))}


def check_graph(graph: dict[str, Any], rows: list[list[dict[str, str]]]) -> None:
    """Hold that a graph has the nodes and arcs of the rows, with all that is said of them."""
    arcs, named = set(), {}
    for unique, node in {**graph["materials"], **graph["processes"]}.items():
        named[unique] = (node.get("type") or node["protocol"], node["name"] or "")
    for row in rows:
        keys = [key(node) for node in row]
        arcs |= set(pairwise(keys))
    assert {(named[tail], named[head]) for tail, head in graph["arcs"]} == arcs
    materials = {(node["type"], node["name"]): node for node in graph["materials"].values()}
    processes = {(node["protocol"], node["name"]): node for node in graph["processes"].values() if node["name"]}
    for node in (node for row in rows for node in row):
        found = materials.get(key(node)) or processes.get(key(node))
        if found is not None:
            check_said(found, node)
    wanted = {key(node) for row in rows for node in row}
    assert set(named.values()) == wanted
    assert len(graph["materials"]) + len(processes) == len({one for one in wanted if one[1]})


def key(node: dict[str, str]) -> tuple[str, str]:
    kind, name = next(iter(node.items()))
    if kind == "Protocol REF":
        return name, node.get("Assay Name", node.get("Data Transformation Name", ""))
    return kind, name


def check_said(found: dict[str, Any], node: dict[str, str]) -> None:
    for header, cell in node.items():
        kind, _, rest = header.partition("[")
        if kind == "Comment":
            assert found["comments"][rest[:-1]] == cell
        elif kind in PARTS and rest.endswith("]"):
            said = found[PARTS[kind]][rest[:-1]]
            assert [(item[0] or "") if isinstance(item, list) else item for item in said] == split(cell)


PARTS = {"Characteristics": "characteristics", "Parameter Value": "parameters", "Factor Value": "factors"}


def test_no_row_is_written_twice(sets: dict[str, Path]) -> None:
    for folder in sets.values():
        for path in folder.glob("[as]_*.txt"):
            lines = list(map(tuple, cells(path)))
            assert len(set(lines)) == len(lines), path.name


def test_the_reader_of_these_tests_reads_the_example() -> None:
    tables: Tables = read(sample_folder() / "isa" / "layout-example")
    assert [row[-1]["Sample Name"] for row in tables.study] == ["spec-1-1", "spec-1-2", "spec-2-1", "spec-2-2"]
