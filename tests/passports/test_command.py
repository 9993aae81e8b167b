"""Microscopes on the command line, on disk, in what is exported, and what the screen asks."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import rembi_widgets as rw
from rembi_widgets.app import main
from rembi_widgets.errors import RembiError
from rembi_widgets.widgets._handlers import HANDLERS, SLOW
from rembi_widgets.widgets._session import Session
from tests.passports.files import ACQUISITION, OURS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    made = tmp_path / "set"
    (made / "microscopes").mkdir(parents=True)
    (made / "microscopes" / "sd.yaml").write_text(OURS + "colour: red\n")
    (made / "microscopes" / "bad.json").write_text("{")
    return made


@pytest.fixture
def ask(dataset: Path) -> Any:
    session = Session(rw.open_curation(dataset), lang="en")
    values = [("ac-1", ACQUISITION), ("ac-2", {"title": "Other"})]
    session.curation.edit(
        [{"op": "add", "path": "/acquisitions", "id": name, "value": value} for name, value in values], origin="scan"
    )

    def asked(kind: str, **content: Any) -> Any:
        return HANDLERS[kind](session, {"kind": kind, **content}, [])

    asked.session = session  # type: ignore[attr-defined]
    yield asked
    session.close()


def test_the_command_lists_microscopes(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["microscopes", str(dataset / "microscopes")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Spinning disk: Nikon Ti2-E; objectives 2, light sources 2, detectors 1, filters 1"
    assert said[1].strip() == "“colour” is no key of a microscope file, and is left out."
    assert said[2].startswith("bad.json: bad.json is no JSON")


def test_the_command_prints_one_document(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["microscopes", str(dataset / "microscopes"), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    [found] = document["microscopes"]
    assert (found["name"], found["objectives"][0]["na"], len(document["unreadable"])) == ("Spinning disk", 1.4, 1)


def test_the_command_looks_where_it_stands(
    dataset: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(dataset)
    assert main(["microscopes", "--lang", "fr"]) == 0
    assert capsys.readouterr().out.startswith("Spinning disk : Nikon Ti2-E ; objectifs 2")
    monkeypatch.chdir(dataset.parent.parent)
    assert main(["microscopes"]) == 0
    assert "No microscope file was found" in capsys.readouterr().out


def test_a_place_that_is_nowhere_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["microscopes", str(tmp_path / "gone")]) == 2
    assert "There is no folder or file" in capsys.readouterr().err


def test_a_draft_with_a_microscope(dataset: Path, samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    image = next(iter(sorted((samples / "images" / "ome-tiff").glob("*.tif*"))))
    shutil.copy(image, dataset)
    assert main(["draft", str(dataset), "--microscope", "spinning disk"]) == 0
    with rw.open_curation(dataset) as opened:
        assert opened.record.acquisitions[0].instrument_model == "Ti2-E"
    assert main(["draft", str(dataset), "--microscope", "another"]) == 2
    assert "Known are: Spinning disk." in capsys.readouterr().err


def test_a_draft_with_an_unknown_microscope_drafts_nothing(dataset: Path, samples: Path) -> None:
    image = next(iter(sorted((samples / "images" / "ome-tiff").glob("*.tif*"))))
    shutil.copy(image, dataset)
    with rw.open_curation(dataset) as opened:
        before = len(opened.record.images)
    assert main(["draft", str(dataset), "--microscope", "another"]) == 2
    with rw.open_curation(dataset) as opened:
        assert len(opened.record.images) == before


def test_the_choice_survives_the_disk_and_is_exported(dataset: Path, tmp_path: Path, ask: Any) -> None:
    key = ask("microscopes", acquisition="ac-1")["microscopes"][0]["key"]
    ask("use-microscope", acquisition="ac-1", microscope=key)
    ask.session.curation.checkpoint()
    with rw.open_curation(dataset) as opened:
        assert opened.get("/acquisitions/ac-1/x-microscope")["model_version"] == "2026-03"
        assert rw.use_microscope(opened, "sd", "ac-1") is None
        written = rw.export(opened, "bia", tmp_path / "out")
    texts = [path.read_text(encoding="utf-8") for path in written.files if path.suffix == ".json"]
    assert any("sd-204" in said and "x-microscope" in said for said in texts)


def test_the_screen_is_told_of_microscopes_and_the_tier(ask: Any) -> None:
    told = ask("microscopes", acquisition="ac-1")
    [item] = told["microscopes"]
    assert (item["name"], item["note"], item["source"]) == ("Spinning disk", "Nikon Ti2-E", "sd.yaml")
    assert item["objectives"] == ["Plan Apo 60x (60×/1.4 Oil)", "Plan Apo 20x (20×/0.75 Air)"]
    assert item["warnings"] == ["“colour” is no key of a microscope file, and is left out."]
    assert (told["chosen"], told["key"], told["tier"]["reached"]) == (None, None, 0)
    assert [one["path"] for one in told["unreadable"]] == ["bad.json"]


def test_a_preview_changes_nothing(ask: Any) -> None:
    key = ask("microscopes", acquisition="ac-1")["microscopes"][0]["key"]
    before = ask.session.curation.record
    told = ask("preview-microscope", acquisition="ac-1", microscope=key)
    fields = [fill["field"] for fill in told["fills"]]
    assert fields[:2] == ["instrument_manufacturer", "instrument_model"]
    assert fields.count("light_sources") == 2
    assert (told["objective"], told["others"], told["conflicts"]) == ({"state": "found", "place": 0}, 1, [])
    assert ask.session.curation.record is before


def test_a_preview_tells_what_does_not_fit(ask: Any) -> None:
    ask.session.curation.set("/acquisitions/ac-1/objective_magnification", 63)
    key = ask("microscopes", acquisition="ac-1")["microscopes"][0]["key"]
    told = ask("preview-microscope", acquisition="ac-1", microscope=key)
    assert told["objective"]["state"] == "missing"
    assert [one["code"] for one in told["conflicts"]] == ["objective_not_on_microscope"]
    chosen = ask("preview-microscope", acquisition="ac-2", microscope=key, objective=1)
    assert {"field": "objective_na", "value": 0.75} in chosen["fills"]


def test_filling_one_or_all(ask: Any) -> None:
    key = ask("microscopes", acquisition="ac-1")["microscopes"][0]["key"]
    told = len(ask("preview-microscope", acquisition="ac-1", microscope=key)["fills"])
    assert ask("use-microscope", acquisition="ac-1", microscope=key)["count"] == told
    assert ask("use-microscope", acquisition="ac-1", microscope=key)["count"] == 0
    after = ask("microscopes", acquisition="ac-1")
    assert (after["chosen"]["name"], after["key"]) == ("Spinning disk", key)
    assert ask("use-microscope", acquisition="ac-1", microscope=key, all=True)["count"] > 0
    assert ask("microscopes", acquisition="ac-2")["key"] == key


def test_files_are_looked_for_again_only_when_asked(ask: Any, dataset: Path) -> None:
    ask("microscopes", acquisition="ac-1")
    (dataset / "microscopes" / "new.yaml").write_text("microscope: New\n")
    assert len(ask("microscopes", acquisition="ac-1")["microscopes"]) == 1
    assert len(ask("microscopes", acquisition="ac-1", again=True)["microscopes"]) == 2


def test_what_is_not_there_is_refused(ask: Any) -> None:
    with pytest.raises(RembiError, match="no acquisition"):
        ask("microscopes", acquisition="ac-9")
    for kind in ("preview-microscope", "use-microscope"):
        with pytest.raises(RembiError, match="No microscope is called /etc/passwd"):
            ask(kind, acquisition="ac-1", microscope="/etc/passwd")
        assert kind in SLOW


def test_the_example_in_the_documentation_is_read() -> None:
    [found] = rw.microscopes(ROOT / "docs" / "microscope.yaml")
    assert found.warnings == ()
    assert found.line() == (
        "Spinning disk, room 204: Nikon Ti2-E; objectives 2, light sources 2, detectors 1, filters 2"
    )
