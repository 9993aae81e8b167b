"""``rembi-widgets simulate``, and exports to the formats that have the archive's rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rembi_widgets.app._main import main
from rembi_widgets.formats import pagetab
from rembi_widgets.store import open_curation
from tests.formats.builder import full_record


def test_a_submission_is_told_in_three_parts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pagetab.write(full_record(), tmp_path)
    assert main(["simulate", str(tmp_path), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert list(said) == ["passes", *pagetab.PARTS]
    assert main(["simulate", str(tmp_path / "submission.json"), "--lang", "fr"]) == 1
    assert "Le formulaire refuserait." in capsys.readouterr().out


def test_a_curation_is_told_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_curation(tmp_path) as curation:
        curation.set("/study/title", "Nuclear shape after depolymerisation")
    assert main(["simulate", str(tmp_path)]) == 1
    assert "The server would refuse." in capsys.readouterr().out


def test_where_there_is_nothing_it_cannot_be_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "file"), [("rocrate", "ro-crate-metadata.json"), ("rembi-yaml", "rembi-metadata.yaml")]
)
def test_an_export_is_held_to_the_archives_rules(tmp_path: Path, name: str, file: str) -> None:
    with open_curation(tmp_path) as curation:
        curation.set("/study/title", "Nuclear shape after depolymerisation")
    assert main(["export", str(tmp_path), "--to", name, str(tmp_path / "out")]) == 1
    assert (tmp_path / "out" / file).is_file()
