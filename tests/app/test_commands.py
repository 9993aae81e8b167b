"""The command line: what each command prints, and its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rembi_widgets.app import main
from rembi_widgets.app._demo import make_demo
from rembi_widgets.store import open_curation


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo") / "nuclear-shape")


@pytest.fixture
def dataset(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demo that a test may change."""
    import shutil

    return Path(shutil.copytree(demo, tmp_path / "nuclear-shape"))


def said(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    told = capsys.readouterr()
    return told.out, told.err


def test_the_demo_has_what_a_first_lesson_needs(demo: Path) -> None:
    images = [path for path in demo.rglob("*.ome.tiff") if "interrupted" not in path.name]
    assert 24 <= len(images) <= 48
    assert (demo / "03_overview" / "slide_overview.ome.zarr" / ".zattrs").is_file()
    assert [path.stat().st_size for path in demo.rglob("*interrupted*")] == [6]
    record = open_curation(demo).record
    assert [sample.specimen for sample in record.samples] == ["sp-fixed", "sp-fixed"]


def test_scan_prints_one_json_document_and_progress_apart(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(demo), "--json"]) == 0
    out, err = said(capsys)
    found = json.loads(out)
    assert set(found) == {"images", "groups", "unreadable"}
    assert len(found["images"]) == 33
    first = next(image for image in found["images"] if image["path"].endswith("HeLa_ctrl_f01.ome.tiff"))
    assert (first["size_x"], first["size_z"], first["size_c"], first["px_x_um"]) == (128, 5, 3, 0.2)
    assert first["sources"]["px_x_um"].endswith("Pixels/@PhysicalSizeX")
    assert [item["path"] for item in found["unreadable"]] == ["01_confocal/control/HeLa_ctrl_f13_interrupted.ome.tiff"]
    assert "33" in err or "of" in err


def test_scan_in_words(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(demo), "--lang", "fr"]) == 0
    out, _ = said(capsys)
    assert "33 images" in out
    assert "interrupted" in out


def test_draft_writes_a_curation_that_nobody_confirmed(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", str(dataset)]) == 0
    out, _ = said(capsys)
    assert "33" in out
    record = open_curation(dataset).record
    assert len(record.images) == 33
    assert len(record.acquisitions) == 3
    acquired = [mark for path, mark in record.marks.items() if path.startswith("/acquisitions/")]
    assert acquired
    assert not any(mark.confirmed for mark in acquired)
    assert (dataset / "rembi.json").is_file()


def test_a_second_draft_changes_nothing(dataset: Path) -> None:
    main(["draft", str(dataset)])
    before = len(open_curation(dataset).history)
    main(["draft", str(dataset)])
    assert len(open_curation(dataset).history) == before


def test_check_tells_what_remains_and_says_so_by_its_status(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["draft", str(dataset)])
    said(capsys)
    assert main(["check", str(dataset), "--for", "isatab", "--json"]) == 1
    answer = json.loads(said(capsys)[0])
    assert answer["target"] == "isatab"
    finding = answer["findings"][0]
    assert set(finding) == {"level", "code", "path", "message", "found", "wanted", "fix"}
    assert finding["level"] == "error"
    assert {item["path"] for item in answer["findings"]} & {"/study", "/study/title"}


def test_export_writes_even_when_findings_remain(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["draft", str(dataset)])
    said(capsys)
    out = tmp_path / "isa"
    assert main(["export", str(dataset), "--to", "isatab", str(out)]) == 1
    printed, problems = said(capsys)
    assert str(out / "i_investigation.txt") in printed.splitlines()
    assert (out / "i_investigation.txt").is_file()
    assert problems.strip()


def test_terms(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["terms", "souris", "--field", "organism", "--json"]) == 0
    best = json.loads(said(capsys)[0])[0]
    assert set(best) == {"id", "label", "ontology", "why", "score", "confident"}
    assert (best["id"], best["label"], best["confident"]) == ("NCBITaxon:10090", "Mus musculus", True)


@pytest.mark.parametrize(
    "words",
    [
        ["scan", "no-such-folder"],
        ["draft", "no-such-folder"],
        ["check", "no-such-folder"],
        ["export", "no-such-folder", "--to", "isatab", "out"],
        ["app", "no-such-folder"],
    ],
)
def test_a_folder_that_is_not_there_is_one_plain_sentence(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    out, err = said(capsys)
    assert out == ""
    assert err.count("\n") == 1
    assert "no-such-folder" in err
    assert "Traceback" not in err


def test_a_format_or_target_nobody_knows(dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(dataset), "--to", "excel97", str(tmp_path / "o")]) == 2
    assert "isatab" in said(capsys)[1]
    assert main(["check", str(dataset), "--for", "nature"]) == 2
    assert "bia" in said(capsys)[1]


def test_python_dash_m_is_the_same_program(demo: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rembi_widgets", "terms", "HeLa", "--field", "cell_line", "--json"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)[0]["id"] == "CVCL_0030"
