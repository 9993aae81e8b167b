"""The whole road on real files by the command line: draft, what no file knows, check, export, two outside readers."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.app import main
from rembi_widgets.record import Curation
from rembi_widgets.store import open_curation
from tests.formats.demo import METHOD, STUDY
from tests.oracles.test_readers import faults, run

FOLDERS = ("ome-tiff", "ome-xml", "ome-zarr", "tiff", "bad")
"""Folders of the samples whose formats are read here, and the broken ones."""
HUMAN = {"label": "Homo sapiens", "id": "NCBITaxon:9606", "ontology": "NCBITaxon"}
CONFOCAL = {"label": "confocal microscopy", "id": "FBbi:00000251", "ontology": "FBbi"}


@pytest.fixture(scope="module")
def dataset(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Real images as they lie in a laboratory's folder, drafted, and completed as a person would."""
    folder = tmp_path_factory.mktemp("real") / "from the microscope"
    for name in FOLDERS:
        shutil.copytree(samples / "images" / name, folder / name)
    assert main(["draft", str(folder)]) == 0
    with open_curation(folder, author="ada") as curation:
        curation.edit(completing(curation.record))
    return folder


def completing(record: Curation) -> list[dict[str, Any]]:
    """Say what no file knows."""
    edits: list[dict[str, Any]] = [
        {"op": "set", "path": f"/study/{name}", "value": value} for name, value in STUDY.items()
    ]
    person = {"first_name": "Ada", "last_name": "Example", "email": "ada@example.org", "affiliations": ["or-1"]}
    sample = {"title": "cells 1", "biosample": "bs-1", "specimen": "sp-1"}
    given = {
        "organisations": ("or-1", {"title": "An institute"}),
        "people": ("pe-1", person),
        "biosamples": ("bs-1", {"title": "cells", "organism": [HUMAN], "biological_entity": ["cells"]}),
        "specimens": ("sp-1", {"title": "fixed", "preparation_method": METHOD}),
        "samples": ("sa-1", sample),
    }
    edits += [{"op": "add", "path": f"/{name}", "id": one, "value": value} for name, (one, value) in given.items()]
    for one in record.acquisitions:
        where = f"/acquisitions/{one.id}"
        edits += [] if one.imaging_method else [{"op": "set", "path": f"{where}/imaging_method", "value": [CONFOCAL]}]
        for name in ("title", "instrument_manufacturer", "instrument_model", "instrument_description"):
            edits += [] if getattr(one, name) else [{"op": "set", "path": f"{where}/{name}", "value": f"own {name}"}]
    for one in record.components:
        edits += (
            []
            if one.description
            else [{"op": "set", "path": f"/components/{one.id}/description", "value": "Images as they came."}]
        )
        edits += [
            {"op": "set", "path": f"/components/{one.id}/associations/{row.id}/sample", "value": "sa-1"}
            for row in one.associations
        ]
    return edits


def answers(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    capsys.readouterr()
    status = main(list(words))
    return status, json.loads(capsys.readouterr().out)


def test_every_image_is_drafted_and_every_broken_one_is_a_file_with_a_message(dataset: Path, samples: Path) -> None:
    record = open_curation(dataset).record
    said = dict(zip(record.files.column("path"), record.files.column("message"), strict=True))
    broken = {f"bad/{path.name}" for path in (samples / "images" / "bad").iterdir()}
    assert broken <= said.keys()
    assert all(said[path] for path in broken if path.endswith(".lsm") or "unopenable" in path)
    shown = {record.files.value(file, "path") for file in record.images.column("file")}
    assert {"ome-tiff/ome.tiff", "tiff/imagej_stack.tif", "ome-zarr/v2.zarr"} <= shown
    assert record.components
    assert record.acquisitions


def test_images_are_only_read(dataset: Path, samples: Path) -> None:
    for path in (path for name in FOLDERS for path in (samples / "images" / name).rglob("*") if path.is_file()):
        assert (dataset / path.relative_to(samples / "images")).read_bytes() == path.read_bytes()


def test_what_the_microscope_said_is_in_the_record_unconfirmed(dataset: Path) -> None:
    record = open_curation(dataset).record
    marks = [mark for path, mark in record.marks.items() if mark.origin.kind == "scan"]
    assert any(path.startswith("/acquisitions/") for path in record.marks)
    assert marks
    assert not any(mark.confirmed for mark in marks)


def test_nothing_that_would_be_refused_is_left(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, answer = answers(capsys, "check", str(dataset), "--for", "isatab", "--json")
    assert [finding for finding in answer["findings"] if finding["level"] == "error"] == []
    assert status == 0


def test_drafting_again_proposes_nothing_new(dataset: Path) -> None:
    before = len(open_curation(dataset).history)
    assert main(["draft", str(dataset)]) == 0
    assert len(open_curation(dataset).history) == before


@pytest.fixture(scope="module")
def exported(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("isa") / "set"
    assert main(["export", str(dataset), "--to", "isatab", str(out)]) == 0
    return out


def test_the_export_names_every_image_file(dataset: Path, exported: Path) -> None:
    record = open_curation(dataset).record
    text = "".join(path.read_text(encoding="utf-8") for path in exported.glob("a_*.txt"))
    for file in set(record.images.column("file")):
        assert record.files.value(file, "path") in text


def test_exporting_again_gives_the_same_files(dataset: Path, exported: Path, tmp_path: Path) -> None:
    assert main(["export", str(dataset), "--to", "isatab", str(tmp_path / "again")]) == 0
    for path in exported.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize(("name", "script"), [("ISATOOLS", "run_isatools.py"), ("ALTAMISA", "run_altamisa.py")])
def test_outside_readers_accept_the_export(exported: Path, samples: Path, name: str, script: str) -> None:
    config = [str(samples / "isa" / "isaconfig-bioimaging")] if name == "ISATOOLS" else []
    reports = run(name, script, *config, str(exported))
    assert list(reports) == [str(exported)]
    assert not (faults(reports) if config else reports[str(exported)]["warnings"])


NAUGHTY = 240
"""Bytes a file name may have, less what marks its kind."""


def naughty_names(samples: Path) -> list[str]:
    """Strings that break programs, as far as they can be names of files."""
    listed = json.loads((samples / "security" / "blns" / "blns.json").read_text(encoding="utf-8"))
    usable = (one for one in listed if "/" not in one and "\0" not in one and len(one.encode()) < NAUGHTY)
    return sorted({f"{one}.tif" for one in usable} | {"bytes \udcff\udcfe.tif", "e\u0301.tif", " .tif", "-rf.tif"})


@pytest.mark.skipif(os.name == "nt", reason="names that Windows does not take")
def test_naughty_names_go_the_whole_road_byte_for_byte(samples: Path, tmp_path: Path) -> None:
    image = (samples / "images" / "tiff" / "CH3_Fluorescence_8bit.tif").read_bytes()
    names = naughty_names(samples)
    assert len(names) > 200
    for name in names:
        (tmp_path / name).write_bytes(image if len(image) < 100_000 else image[:100_000])
    assert main(["draft", str(tmp_path)]) == 0
    record = open_curation(tmp_path).record
    seen = set(record.files.column("path"))
    assert {os.fsencode(name) for name in seen} == {os.fsencode(name) for name in names if name[0] != "."}
    facts = open_curation(tmp_path).facts
    assert all(facts.exists(name) for name in seen)
    shutil.rmtree(tmp_path / ".rembi")
    alone = open_curation(tmp_path)
    assert (alone.record.files.ids, alone.record.files.columns) == (record.files.ids, record.files.columns)
