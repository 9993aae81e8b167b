"""The workbook on the command line: out of a curation, and back into it as one change."""

from __future__ import annotations

from pathlib import Path

import pytest

from rembi_widgets.app._main import main
from rembi_widgets.formats import detect
from rembi_widgets.record import diff
from rembi_widgets.store import open_curation
from tests.xlsx.test_workbook import changed, curation


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    folder = tmp_path / "dataset"
    folder.mkdir()
    with open_curation(folder) as opened:
        opened.edit(diff(opened.record, curation(), marks=False))
    return folder


def test_out_and_back_as_one_change(dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(dataset), "--to", "xlsx", str(tmp_path / "out"), "--lang", "en"]) == 0
    (path,) = (tmp_path / "out").iterdir()
    assert capsys.readouterr().out.strip() == str(path)
    assert detect(path) == "xlsx"
    changed(path, {("study", "study", "title"): "Nuclei", ("image", "im-1", "description"): "blurred"})
    assert main(["import", str(path), str(dataset), "--lang", "en"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Study!B3: “=1+1” → “Nuclei”  [/study/title]"
    assert said[1].endswith("- → “blurred”  [/images/im-1/description]")
    assert "2" in said[-1]
    with open_curation(dataset) as opened:
        assert len(opened.history) == 2
        assert opened.history[-1].origin.source == "rembi.xlsx"
        assert opened.record.study.title == "Nuclei"
        assert opened.record.marks["/study/title"].confirmed
        opened.undo()
        assert opened.record.study.title == "=1+1"


def test_an_untouched_workbook_makes_no_change(dataset: Path, tmp_path: Path) -> None:
    main(["export", str(dataset), "--to", "xlsx", str(tmp_path / "out")])
    assert main(["import", str(tmp_path / "out" / "rembi.xlsx"), str(dataset)]) == 0
    assert len(open_curation(dataset).history) == 1


def test_a_workbook_begins_a_curation(dataset: Path, tmp_path: Path) -> None:
    main(["export", str(dataset), "--to", "xlsx", str(tmp_path / "out")])
    assert main(["import", str(tmp_path / "out" / "rembi.xlsx"), str(tmp_path / "new")]) == 0
    assert diff(open_curation(tmp_path / "new").record, curation(), marks=False) == ()


def test_convert_goes_there_and_back(dataset: Path, tmp_path: Path) -> None:
    assert main(["convert", str(dataset), str(tmp_path / "book.xlsx")]) == 0
    assert main(["convert", str(tmp_path / "book.xlsx"), str(tmp_path / "new"), "--to", "rembi"]) == 0
    assert diff(open_curation(tmp_path / "new").record, curation(), marks=False) == ()


def test_what_is_no_workbook_of_ours_is_one_sentence(
    tmp_path: Path, dataset: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"nothing")
    assert main(["import", str(path), str(dataset), "--from", "xlsx", "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith("book.xlsx could not be read as an Excel workbook")
