"""Two copies merged in Python and on the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import rembi_widgets as rw
from rembi_widgets.app import main
from rembi_widgets.errors import RembiError


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path]:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    with rw.open_curation(here, author="Ada") as curation:
        curation.set("/study/title", "Nuclei")
    shutil.copytree(here, there)
    with rw.open_curation(there, author="Grace") as curation:
        curation.set("/study/title", "Kernels")
        curation.set("/study/description", "of cells")
    with rw.open_curation(here, author="Ada") as curation:
        curation.set("/study/title", "Cells")
    return here, there


def test_merge_in_python_takes_a_folder_or_an_open_curation(copies: tuple[Path, Path]) -> None:
    here, there = copies
    copied = rw.merge(here, there)
    assert (len(copied.changes), len(copied.conflicts), copied.reports) == (2, 1, ())
    with rw.open_curation(here) as curation:
        assert rw.merge(curation, there).changes == ()
        assert curation.record.study.description == "of cells"
        codes = [finding.code for finding in rw.check(curation)]
        assert codes.count("two_values") == 1
    assert [finding.code for finding in rw.check(here)].count("two_values") == 1
    with pytest.raises(RembiError):
        rw.merge(here / "nowhere", there)


def test_merge_as_json(copies: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    here, there = copies
    assert main(["merge", str(here), str(there), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"changes", "conflicts", "reports"}
    assert answer["changes"] == 2
    (conflict,) = answer["conflicts"]
    assert (conflict["path"], conflict["rows"]) == ("/study/title", 0)
    assert {(rival["author"], rival["value"]) for rival in conflict["rivals"]} == {
        ("Ada", "Cells"),
        ("Grace", "Kernels"),
    }
    assert main(["check", str(here), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [one["path"] for one in found if one["code"] == "two_values"] == ["/study/title"]


def test_merge_in_words(copies: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    here, there = copies
    assert main(["merge", str(here), str(there), "--lang", "fr"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("2 modifications ont été reprises de l’autre copie.")
    assert "Étude, Titre : plusieurs personnes ont donné" in out
    assert main(["merge", str(here), str(there)]) == 0
    assert capsys.readouterr().out.startswith("The other copy holds nothing new.")


@pytest.mark.parametrize("other", ["here", "nowhere", "empty"])
def test_what_cannot_be_merged_is_told_in_a_sentence(
    copies: tuple[Path, Path], tmp_path: Path, other: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["merge", str(copies[0]), str(tmp_path / other)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
