"""Every command with good and bad input: its status, its one document or sentence, in both languages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.app import main
from rembi_widgets.formats import FORMATS
from rembi_widgets.store import open_curation

FINDING = {"level", "code", "path", "message", "found", "wanted", "fix"}


@pytest.fixture(scope="module")
def imported(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A curation read from a whole ISA-Tab."""
    folder = tmp_path_factory.mktemp("study") / "spindles"
    assert main(["import", str(samples / "isa" / "layout-example"), str(folder)]) == 0
    return folder


@pytest.fixture
def study(imported: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(imported, tmp_path / "spindles"))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


class Told:
    """What a command printed, and its status."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *words: object) -> None:
        capsys.readouterr()
        self.status = main([str(word) for word in words])
        self.out, self.err = capsys.readouterr()

    @property
    def document(self) -> Any:
        return json.loads(self.out)

    @property
    def refused(self) -> bool:
        """Whether it could not be done, with nothing but one plain sentence why."""
        return (self.status, self.out, self.err.count("\n")) == (2, "", 1) and "Traceback" not in self.err


REFUSED = {
    "simulate": ("simulate", "nowhere"),
    "merge with nothing there": ("merge", "empty", "nowhere"),
    "merge into nothing": ("merge", "nowhere", "empty"),
    "merge with itself": ("merge", "empty", "empty"),
    "merge with no curation": ("merge", "empty", "other"),
    "new like nothing": ("new", "fresh", "--like", "nowhere"),
    "import nothing": ("import", "nowhere", "fresh"),
    "import an empty folder": ("import", "empty", "fresh"),
    "import an empty file": ("import", "file.txt", "fresh"),
    "import from no format": ("import", "empty", "fresh", "--from", "excel97"),
    "import what it is not": ("import", "empty", "fresh", "--from", "bia"),
    "convert nothing": ("convert", "nowhere", "out"),
    "convert an empty folder": ("convert", "empty", "out"),
    "convert to no format": ("convert", "empty", "out", "--from", "bia", "--to", "excel97"),
    "convert from no format": ("convert", "empty", "out", "--from", "excel97"),
    "convert itself to itself": ("convert", "empty", "out", "--from", "rembi", "--to", "rembi"),
    "scan a file": ("scan", "file.txt"),
    "draft in a file": ("draft", "file.txt"),
    "check a file": ("check", "file.txt"),
    "check for nobody": ("check", "empty", "--for", "nature"),
    "export to no format": ("export", "empty", "--to", "excel97", "out"),
    "export with no profile": ("export", "empty", "--to", "isatab", "out", "--profile", "mine"),
    "export into a file": ("export", "empty", "--to", "isatab", "file.txt"),
    "terms of no field": ("terms", "mouse", "--field", "shoe_size"),
    "suggest for nothing": ("suggest", "nowhere"),
    "suggest for no field": ("suggest", "empty", "--field", "shoe_size"),
    "lint nothing": ("terms-lint", "nowhere"),
    "lint an empty folder": ("terms-lint", "empty"),
    "microscopes of nowhere": ("microscopes", "nowhere"),
    "fetch nothing": ("vocabulary", "fetch"),
    "fetch no pack": ("vocabulary", "fetch", "nopack"),
    "remove no pack": ("vocabulary", "remove", "nopack"),
    "bring in no file": ("vocabulary", "import", "nowhere.zip"),
}


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("words", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_one_plain_sentence(
    words: tuple[str, ...],
    lang: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("empty", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "file.txt").touch()
    told = Told(capsys, *words, "--lang", lang)
    assert told.refused, (told.status, told.out, told.err)
    assert not (tmp_path / "fresh").exists()
    assert not (tmp_path / "out").exists()
    assert (tmp_path / "file.txt").read_bytes() == b""


@pytest.mark.parametrize("words", [REFUSED["merge with itself"], REFUSED["import an empty folder"]], ids=str)
def test_a_refusal_is_said_in_the_language_asked_for(
    words: tuple[str, ...], empty: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(empty.parent)
    english, french = (Told(capsys, *words, "--lang", lang).err for lang in ("en", "fr"))
    assert english != french


def test_json_is_english_unless_a_language_is_named(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = Told(capsys, "check", empty, "--json").document
    english = Told(capsys, "check", empty, "--json", "--lang", "en").document
    french = Told(capsys, "check", empty, "--json", "--lang", "fr").document
    assert plain == english
    assert [one["code"] for one in french["findings"]] == [one["code"] for one in english["findings"]]
    assert french["findings"][0]["message"] != english["findings"][0]["message"]


def test_json_is_english_where_the_machine_speaks_french(
    empty: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    english = Told(capsys, "check", empty, "--json").out
    monkeypatch.setenv("REMBI_LANG", "fr")
    assert Told(capsys, "check", empty, "--json").out == english
    assert Told(capsys, "check", empty).out.startswith("Serait refusé")


@pytest.mark.parametrize("target", ["isatab", "bia", "idr", "omero", "all"])
def test_check_of_an_empty_folder_finds_errors_for_every_target(
    target: str, empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = Told(capsys, "check", empty, "--for", target, "--json")
    assert (told.status, told.document["target"]) == (1, target)
    assert all(set(finding) == FINDING for finding in told.document["findings"])
    assert not list(empty.iterdir())


def test_check_of_a_described_study_leaves_no_error(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = Told(capsys, "check", study, "--json")
    assert told.status == 0
    assert {finding["level"] for finding in told.document["findings"]} <= {"warning", "info"}
    assert told.err == ""


def test_check_in_words_names_the_place_of_each_finding(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = Told(capsys, "check", study, "--json").document["findings"]
    lines = Told(capsys, "check", study, "--lang", "en").out.splitlines()
    assert len(lines) == len(found)
    assert all(line.endswith(f"[{finding['path']}]") for line, finding in zip(lines, found, strict=True))


def test_check_of_an_isa_tab_reads_its_files_and_makes_no_curation(
    samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(samples / "isa" / "layout-example", tmp_path / "isa"))
    before = sorted(path.name for path in folder.iterdir())
    told = Told(capsys, "check", folder, "--json")
    assert told.status == 0
    assert all(finding["code"].startswith("isacheck.") for finding in told.document["findings"])
    assert sorted(path.name for path in folder.iterdir()) == before


def test_check_of_a_spoiled_isa_tab_ends_with_1(
    samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(samples / "isa" / "layout-example", tmp_path / "isa"))
    (folder / "a_live-widefield.txt").unlink()
    told = Told(capsys, "check", folder, "--json")
    assert told.status == 1
    errors = [one["code"] for one in told.document["findings"] if one["level"] == "error"]
    assert errors == ["isacheck.assay_file_missing"]


def test_check_of_a_submission_tells_of_the_archive(samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = Told(capsys, "check", samples / "bia" / "S-BIADTEST", "--for", "bia", "--json")
    assert told.document["target"] == "bia"
    assert told.status == int(any(one["level"] == "error" for one in told.document["findings"]))


def test_import_twice_changes_nothing_the_second_time(
    samples: Path, study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = len(open_curation(study).history)
    told = Told(capsys, "import", samples / "isa" / "layout-example", study)
    assert told.status == 0
    assert "Nothing was changed" in told.out
    assert len(open_curation(study).history) == before


def test_what_is_imported_is_unconfirmed(study: Path) -> None:
    marks = open_curation(study).record.marks
    assert marks
    assert not any(mark.confirmed for mark in marks.values())


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_and_says_what_remains(
    name: str, study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = Told(capsys, "export", study, "--to", name, tmp_path / "out")
    files = [Path(line) for line in told.out.splitlines()]
    assert files
    assert all(path.is_file() and path.is_relative_to(tmp_path / "out") for path in files)
    assert told.status == int("Would be refused" in told.err)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_of_an_empty_record(
    name: str, empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = Told(capsys, "export", empty, "--to", name, tmp_path / "out", "--lang", "fr")
    assert told.status == int(name != "xlsx")
    assert told.out.splitlines()


def test_export_help_names_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    shown = capsys.readouterr().out
    assert all(name in shown for name in FORMATS)


@pytest.mark.parametrize(
    ("out", "to"),
    [("o.json", "isajson"), ("o.zip", "isatab"), ("o.xlsx", "xlsx"), ("o", "isatab"), ("O.JSON", "isajson")],
)
def test_convert_tells_the_format_by_the_end_of_the_name(
    out: str, to: str, study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = Told(capsys, "convert", study, tmp_path / out, "--json")
    said = told.document
    assert set(said) == {"from", "to", "files", "findings"}
    assert (said["from"], said["to"]) == ("rembi", to)
    assert all(Path(path).is_file() for path in said["files"])
    assert (told.status, told.err) == (0, "")


def test_convert_overwrites_only_when_told_to(study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "o.json"
    out.write_text("mine")
    assert Told(capsys, "convert", study, out).refused
    assert out.read_text() == "mine"
    assert Told(capsys, "convert", study, out, "--force").status == 0
    assert json.loads(out.read_text())["studies"]


def test_convert_never_overwrites_its_source(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}
    assert Told(capsys, "convert", study, study, "--force").refused
    assert Told(capsys, "convert", study, study / "rembi.json", "--force").refused
    assert all(path.read_bytes() == data for path, data in before.items())


def test_convert_of_several_files_into_one_says_so(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = Told(capsys, "convert", study, tmp_path / "o.json", "--to", "isatab")
    assert told.refused
    assert ".zip" in told.err
    assert not (tmp_path / "o.json").exists()


def test_a_zip_is_read_back_as_the_folder_is(study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert Told(capsys, "convert", study, tmp_path / "o.zip").status == 0
    assert Told(capsys, "convert", study, tmp_path / "o").status == 0
    assert Told(capsys, "convert", tmp_path / "o.zip", tmp_path / "back").status == 0
    for path in (tmp_path / "o").iterdir():
        assert (tmp_path / "back" / path.name).read_bytes() == path.read_bytes()


def test_a_study_begins_like_another(study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = Told(capsys, "new", tmp_path / "next", "--like", study)
    assert told.status == 0
    old, new = open_curation(study).record, open_curation(tmp_path / "next").record
    assert [one.title for one in new.biosamples] == [one.title for one in old.biosamples]
    assert new.people == ()
    assert len(new.files) == len(new.images) == 0
    assert Told(capsys, "new", tmp_path / "next", "--like", study).refused


def test_a_study_begins_with_the_people_only_if_asked(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert Told(capsys, "new", tmp_path / "next", "--like", study, "--people", "--clear").status == 0
    old, new = open_curation(study).record, open_curation(tmp_path / "next").record
    assert [one.last_name for one in new.people] == [one.last_name for one in old.people]
    assert new.study.description is None
    assert [one.description for one in new.biosamples] == [None] * len(old.biosamples)


def test_merge_json(study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = Path(shutil.copytree(study, tmp_path / "other"))
    with open_curation(other, author="grace") as curation:
        curation.set("/study/title", "Theirs")
    with open_curation(study, author="ada") as curation:
        curation.set("/study/title", "Ours")
    said = Told(capsys, "merge", study, other, "--json").document
    assert set(said) == {"changes", "conflicts", "reports"}
    (conflict,) = said["conflicts"]
    assert conflict["path"] == "/study/title"
    assert {rival["value"] for rival in conflict["rivals"]} == {"Theirs", "Ours"}


def test_scan_of_real_images(samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = Told(capsys, "scan", samples / "images" / "tiff", "--json")
    assert told.status == 0
    assert set(told.document) == {"images", "groups", "unreadable"}
    assert {"CH3_Fluorescence_8bit.tif", "imagej_stack.tif"} <= {one["path"] for one in told.document["images"]}


def test_scan_of_broken_images_is_done_and_tells_of_each(samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = Told(capsys, "scan", samples / "images" / "bad", "--json")
    assert told.status == 0
    assert told.document["unreadable"]
    assert all(set(one) == {"path", "message"} and one["message"] for one in told.document["unreadable"])


def test_scan_of_an_empty_folder(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = Told(capsys, "scan", empty, "--json")
    assert (told.status, told.document) == (0, {"images": [], "groups": [], "unreadable": []})
