"""The command line on real documents of others: nothing crashes, and what is said agrees with the status."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from rembi_widgets.app import main
from rembi_widgets.store import open_curation

SMALL = 200_000
"""Bytes up to which a document is small enough to be read here by every command."""
MOST = 10


@pytest.fixture(scope="module")
def archives(samples: Path) -> list[Path]:
    """Small ISA-Tabs of others, in one order."""
    folders = sorted({path.parent for path in (samples / "isa" / "corpus").rglob("i_*.txt")})
    small = [one for one in folders if sum(path.stat().st_size for path in one.iterdir() if path.is_file()) < SMALL]
    assert small
    return small[:: max(1, len(small) // MOST)][:MOST]


def test_check_of_an_isa_tab_says_by_its_status_whether_an_error_remains(
    archives: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in archives:
        status = main(["check", str(folder), "--json"])
        told = capsys.readouterr()
        found = json.loads(told.out)["findings"]
        assert told.err == ""
        assert status == int(any(one["level"] == "error" for one in found)), folder.name
        assert all(one["message"] and one["code"].startswith("isacheck.") for one in found), folder.name


def test_check_in_french_says_as_much_as_in_english(archives: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    for folder in archives:
        english, french = (
            (main(["check", str(folder), "--lang", lang]), capsys.readouterr().out) for lang in ("en", "fr")
        )
        assert english[0] == french[0]
        assert english[1].count("\n") == french[1].count("\n")
        assert english[1] != french[1]


def test_lint_of_an_isa_tab_names_places_that_are_there(
    archives: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["terms-lint", *map(str, archives), "--json"]) in (0, 1)
    said = json.loads(capsys.readouterr().out)
    assert said["paths"] == [str(one) for one in archives]
    names = {path.name for folder in archives for path in folder.rglob("*")}
    for finding in said["findings"]:
        assert Path(finding["file"]).name in names
        assert finding["line"] >= 1


def test_import_leaves_the_source_as_it_is_and_is_done_once(
    archives: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, folder in enumerate(archives[:4]):
        source = Path(shutil.copytree(folder, tmp_path / f"source-{number}"))
        before = {path: path.read_bytes() for path in source.rglob("*") if path.is_file()}
        first = main(["import", str(source), str(tmp_path / f"study-{number}")])
        assert first in (0, 1)
        changes = len(open_curation(tmp_path / f"study-{number}").history)
        assert main(["import", str(source), str(tmp_path / f"study-{number}")]) == first
        assert len(open_curation(tmp_path / f"study-{number}").history) == changes
        assert {path: path.read_bytes() for path in source.rglob("*") if path.is_file()} == before
        assert "Traceback" not in capsys.readouterr().err


def test_a_document_goes_to_json_and_back_without_a_curation(
    archives: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, folder in enumerate(archives[:4]):
        out = tmp_path / f"{number}.json"
        assert main(["convert", str(folder), str(out), "--json"]) in (0, 1)
        assert json.loads(capsys.readouterr().out)["files"] == [str(out)]
        assert json.loads(out.read_text(encoding="utf-8"))["studies"]
        assert main(["convert", str(out), str(tmp_path / f"back-{number}"), "--json"]) in (0, 1)
        capsys.readouterr()
        assert list((tmp_path / f"back-{number}").glob("i_*.txt"))
        assert not list(tmp_path.rglob(".rembi"))
