"""``rembi-widgets convert``: every pair of formats, what is there is not overwritten, what is told."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.app._convert import convert
from rembi_widgets.app._main import main
from rembi_widgets.errors import RembiError
from rembi_widgets.formats import isajson, isatab
from rembi_widgets.store import open_curation
from tests.formats.builder import full_record
from tests.isajson.foreign import plain, write
from tests.isajson.sameness import different
from tests.isaread.sameness import differences


@pytest.fixture
def tab(tmp_path: Path) -> Path:
    isatab.write(full_record(), tmp_path / "tab")
    return tmp_path / "tab"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main([str(one) for one in arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


def answer(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    status, out, err = run(capsys, *arguments, "--json")
    found: dict[str, Any] = json.loads(out)
    assert status == (1 if any(one["level"] == "error" for one in found["findings"]) else 0), err
    return found


def test_isatab_to_json_and_back(tab: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "convert", tab, tmp_path / "a.json")
    assert found == {"from": "isatab", "to": "isajson", "files": [str(tmp_path / "a.json")], "findings": []}
    back = answer(capsys, "convert", tmp_path / "a.json", tmp_path / "back")
    assert (back["from"], back["to"], len(back["files"])) == ("isajson", "isatab", 7)
    assert different(isatab.open_document(tab), isatab.open_document(tmp_path / "back")) == []


def test_isatab_to_a_zip_has_the_same_bytes(tab: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "convert", tab, tmp_path / "a.zip")
    assert (status, out) == (0, f"{tmp_path / 'a.zip'}\n")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            path.name: path.read_bytes() for path in tab.iterdir()
        }
    assert answer(capsys, "convert", tmp_path / "a.zip", tmp_path / "b.json")["from"] == "isatab"


def test_the_same_zip_twice_has_the_same_bytes(tab: Path, tmp_path: Path) -> None:
    convert(tab, tmp_path / "a.zip")
    convert(tab, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@pytest.mark.parametrize("through", ["isatab", "isajson"])
def test_to_a_curation_and_from_it(through: str, tab: Path, tmp_path: Path) -> None:
    source = tab if through == "isatab" else convert(tab, tmp_path / "a.json").files[0]
    done = convert(source, tmp_path / "cur", to="rembi")
    assert (done.from_, done.to, done.files) == (through, "rembi", (tmp_path / "cur",))
    with open_curation(tmp_path / "cur") as curation:
        assert differences(full_record(), curation.record) == []
    out = convert(tmp_path / "cur", tmp_path / "out.json")
    assert (out.from_, out.to) == ("rembi", "isajson")
    assert differences(full_record(), isajson.read(tmp_path / "out.json").record) == []


def test_a_curation_becomes_a_folder_or_a_zip(tab: Path, tmp_path: Path) -> None:
    convert(tab, tmp_path / "cur", to="rembi")
    assert len(convert(tmp_path / "cur", tmp_path / "again").files) == 7
    assert len(convert(tmp_path / "cur", tmp_path / "again.v2").files) == 7
    convert(tmp_path / "cur", tmp_path / "again.zip")
    assert different(isatab.open_document(tmp_path / "again"), isatab.open_document(tmp_path / "again.zip")) == []
    done = convert(tmp_path / "cur", tmp_path / "bia", to="bia")
    assert (tmp_path / "bia" / "submission.tsv") in done.files


def test_a_json_in_a_folder_is_found(tmp_path: Path) -> None:
    isajson.write(full_record(), tmp_path / "in")
    assert convert(tmp_path / "in", tmp_path / "tab").from_ == "isajson"


def test_any_isatab_passes_without_a_record(samples: Path, tmp_path: Path) -> None:
    """An archive of proteins and transcripts: a record would hold a part of it."""
    source = samples / "isa" / "corpus" / "altamisa" / "BII-I-1"
    convert(source, tmp_path / "a.json")
    convert(tmp_path / "a.json", tmp_path / "back")
    assert different(isatab.open_document(source), isatab.open_document(tmp_path / "back")) == []


@pytest.mark.parametrize("name", ["there.json", "there", "there.zip"])
def test_what_is_there_is_not_overwritten(
    name: str, tab: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / name
    if "." in name:
        place.write_text("mine", encoding="utf-8")
    else:
        place.mkdir()
        (place / "mine").write_text("mine", encoding="utf-8")
    status, out, err = run(capsys, "convert", tab, place)
    assert (status, out) == (2, "")
    assert name in err
    assert "--force" in err
    assert (place if "." in name else place / "mine").read_text(encoding="utf-8") == "mine"
    assert run(capsys, "convert", tab, place, "--force")[0] == 0
    assert convert(place, tmp_path / "again.json").to == "isajson"


def test_an_empty_folder_may_be_written_into(tab: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert len(convert(tab, tmp_path / "out").files) == 7


@pytest.mark.parametrize("force", [False, True])
def test_the_source_is_never_overwritten(force: bool, tab: Path, tmp_path: Path) -> None:
    file = convert(tab, tmp_path / "a.json").files[0]
    for source, out in ((tab, tab), (file, file), (tab, tab / "i_investigation.txt"), (tab, tmp_path / "tab" / ".")):
        with pytest.raises(RembiError) as caught:
            convert(source, out, force=force)
        assert caught.value.key == "app.same_place"


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        ({"from_": "pdf"}, "formats.unreadable"),
        ({"to": "pdf"}, "formats.unknown"),
        ({"from_": "rembi", "to": "rembi"}, "app.same_format"),
        ({"from_": "isajson"}, "isajson.nothing_here"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(arguments: dict[str, str], key: str, tab: Path, tmp_path: Path) -> None:
    with pytest.raises(RembiError) as caught:
        convert(tab, tmp_path / "out", **arguments)
    assert caught.value.key == key
    assert not (tmp_path / "out").exists()


def test_a_source_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "convert", tmp_path / "no", tmp_path / "out")
    assert (status, out) == (2, "")
    assert str(tmp_path / "no") in err


def test_several_files_are_not_one(tab: Path, tmp_path: Path) -> None:
    convert(tab, tmp_path / "cur", to="rembi")
    with pytest.raises(RembiError) as caught:
        convert(tmp_path / "cur", tmp_path / "out.json", to="isatab")
    assert caught.value.key == "app.several_files"


def test_findings_are_told_and_errors_are_the_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = plain()
    data["studies"][0]["processSequence"][0]["inputs"] = [{"@id": "#nobody"}]
    status, _, err = run(capsys, "convert", write(data, tmp_path / "a.json"), tmp_path / "out")
    assert status == 0
    assert "#nobody" in err
    (tmp_path / "out" / "s_a.txt").unlink()
    status, _, err = run(capsys, "convert", tmp_path / "out", tmp_path / "b.json", "--lang", "fr")
    assert status == 1
    assert "il n’y a pas de fichier" in err


def test_the_help_names_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["convert", "--help"])
    assert "--force" in capsys.readouterr().out


def test_export_takes_a_profile(tab: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    convert(tab, tmp_path / "cur", to="rembi")
    arguments = ("export", tmp_path / "cur", "--to", "isatab", tmp_path / "out", "--profile")
    status, _, err = run(capsys, *arguments, "isatools-default")
    assert status in {0, 1}
    assert "histology" in err
    text = (tmp_path / "out" / "i_investigation.txt").read_text(encoding="utf-8")
    assert 'Study Assay Measurement Type\t"histology"' in text
    status, _, err = run(capsys, *arguments, "nonsense")
    assert status == 2
    assert "bioimaging" in err


def test_json_is_imported_and_exported(tab: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = convert(tab, tmp_path / "a.json").files[0]
    assert run(capsys, "import", file, tmp_path / "cur")[0] == 0
    status, out, _ = run(capsys, "export", tmp_path / "cur", "--to", "isajson", tmp_path / "out")
    assert status in {0, 1}
    assert out == f"{tmp_path / 'out' / 'investigation.json'}\n"
