"""Starting from a file: looked at first, taken as one change, without the people of others unless they are wanted."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.store import open_curation
from rembi_widgets.widgets import _unpack
from rembi_widgets.widgets._handlers import SLOW
from rembi_widgets.widgets._session import Session
from rembi_widgets.widgets._sources import HELD
from tests.archive.conftest import archive_of, zipped

CLEAR = {"values": "clear"}


def looked(ask: Any, published: Path, form: str = "bia/submission.json") -> Any:
    file = published / form
    return ask("look", file.read_bytes(), name=file.name)


def counts(told: Any) -> dict[str, int]:
    return {part["section"]: part["count"] for part in told["sections"]}


@pytest.mark.parametrize("form", ["bia/submission.json", "bia/submission.tsv"])
def test_a_submission_is_told_with_what_is_in_it(ask: Any, published: Path, form: str) -> None:
    told = looked(ask, published, form)
    assert told["format"] == "bia"
    assert told["title"].startswith("Mitotic")
    assert counts(told)["biosample"] == 2
    assert counts(told)["acquisition"] == 2
    (biosamples,) = [part for part in told["sections"] if part["section"] == "biosample"]
    assert biosamples["titles"] == ["HeLa-1", "HeLa-2"]


def test_nobody_is_named_before_anybody_is_wanted(ask: Any, published: Path) -> None:
    told = looked(ask, published)
    people = [part for part in told["sections"] if part["people"]]
    assert {part["section"] for part in people} == {"person", "organisation", "publication"}
    assert all(part["titles"] == [] for part in people)
    assert "Curie" not in json.dumps(told)


def test_looking_changes_nothing(ask: Any, session: Session, published: Path) -> None:
    before = session.curation.record
    looked(ask, published)
    assert session.curation.record == before
    assert session.curation.history == ()


@pytest.mark.parametrize("form", ["bia", "rembi-yaml", "rocrate"])
@pytest.mark.parametrize("inside", ["", "S-BIAD0/"])
def test_a_zip_of_any_format_is_read(ask: Any, published: Path, form: str, inside: str) -> None:
    told = ask("look", zipped(published / form, inside), name="study.zip")
    assert told["format"] == form
    assert counts(told)["biosample"] == 2


def test_a_zip_brings_the_file_lists_along(ask: Any, published: Path) -> None:
    assert ask("look", zipped(published / "bia"), name="a.zip")["files"] > 0
    assert looked(ask, published)["files"] == 0


@pytest.mark.parametrize("path", ["old", "old/submission.json", "old/submission.tsv", "old.zip"])
def test_a_path_below_the_root_is_read(ask: Any, root: Path, published: Path, path: str) -> None:
    shutil.copytree(published / "bia", root / "old")
    (root / "old.zip").write_bytes(zipped(published / "bia"))
    assert ask("look", path=path)["format"] == "bia"
    assert ask("look", path=str(root / path))["format"] == "bia"


@pytest.mark.parametrize("path", ["../published", "/etc/hostname", "nothing.json", "", "old/../../x"])
def test_a_path_elsewhere_is_refused(ask: Any, path: str) -> None:
    with pytest.raises(RembiError):
        ask("look", path=path)


def test_a_link_out_of_the_root_is_refused(ask: Any, root: Path, published: Path) -> None:
    (root / "way.json").symlink_to(published / "bia" / "submission.json")
    with pytest.raises(RembiError):
        ask("look", path="way.json")


def test_another_curation_is_a_source_too(ask: Any, root: Path) -> None:
    (root / "before").mkdir()
    with open_curation(root / "before") as opened:
        opened.edit([{"op": "add", "path": "/biosamples", "id": "bs-1", "value": {"title": "HeLa"}}])
        opened.checkpoint()
    told = ask("look", path="before")
    assert (told["format"], counts(told)) == ("rembi", {"biosample": 1})


def taken(ask: Any, published: Path, **how: Any) -> Any:
    return ask("start-from", token=looked(ask, published)["token"], targets=["bia"], **how)


def test_it_becomes_one_change_of_values_in_pencil(ask: Any, session: Session, published: Path) -> None:
    answer = taken(ask, published)
    record = session.curation.record
    assert answer["count"] > 0
    assert [one.title for one in record.biosamples] == ["HeLa-1", "HeLa-2"]
    assert not record.marks[f"/biosamples/{record.biosamples[0].id}/title"].confirmed
    assert [change.origin.kind for change in session.curation.history].count("copy") == 1
    session.curation.undo()
    assert session.curation.record.biosamples == ()


def test_people_stay_behind_unless_they_are_wanted(ask: Any, session: Session, published: Path) -> None:
    taken(ask, published)
    record = session.curation.record
    assert (record.people, record.organisations, record.publications) == ((), (), ())
    assert "Curie" not in record.model_dump_json()
    taken(ask, published, people=True)
    assert session.curation.record.people


@pytest.mark.parametrize("people", ["yes", 1, None, {}])
def test_only_a_plain_yes_brings_people(ask: Any, session: Session, published: Path, people: Any) -> None:
    taken(ask, published, people=people)
    assert session.curation.record.people == ()


def test_structure_alone_leaves_values_behind(ask: Any, session: Session, published: Path) -> None:
    taken(ask, published, **CLEAR)
    record = session.curation.record
    assert [one.title for one in record.biosamples] == ["HeLa-1", "HeLa-2"]
    assert all(one.organism is None or one.organism == () for one in record.biosamples)
    assert record.study.description is None
    assert record.components[0].associations


def test_files_dates_and_accession_never_come_along(ask: Any, session: Session, published: Path) -> None:
    told = ask("look", zipped(published / "bia"), name="a.zip")
    ask("start-from", token=told["token"], people=True)
    record = session.curation.record
    assert (len(record.files), record.study.release_date, record.study.accession) == (0, None, None)


def test_what_a_person_gave_stays(ask: Any, session: Session, published: Path) -> None:
    session.curation.set("/study/title", "My own title")
    taken(ask, published)
    assert session.curation.record.study.title == "My own title"


def test_it_goes_into_the_folder_that_is_named(ask: Any, session: Session, root: Path, published: Path) -> None:
    (root / "other").mkdir()
    taken(ask, published, folder="other", imaging=["electron"])
    assert session.curation.folder == root / "other"
    assert session.curation.record.setup.imaging == ("electron",)
    assert session.curation.record.setup.targets == ("bia",)
    with open_curation(root / "mine") as untouched:
        assert untouched.record.biosamples == ()


def test_what_is_no_longer_held_is_said(ask: Any, published: Path) -> None:
    first = looked(ask, published)["token"]
    for _ in range(HELD):
        looked(ask, published)
    for token in (first, "", "made up"):
        with pytest.raises(RembiError) as fault:
            ask("start-from", token=token)
        assert fault.value.key == "ui.study.gone"


def test_a_token_is_good_once(ask: Any, published: Path) -> None:
    token = looked(ask, published)["token"]
    ask("start-from", token=token)
    with pytest.raises(RembiError):
        ask("start-from", token=token)


def test_a_folder_outside_the_root_is_refused_and_what_was_looked_at_stays(ask: Any, published: Path) -> None:
    token = looked(ask, published)["token"]
    with pytest.raises(RembiError):
        ask("start-from", token=token, folder="..")
    assert ask("start-from", token=token)["count"] > 0


def test_without_any_folder_one_is_asked_for(root: Path, published: Path) -> None:
    from rembi_widgets.widgets._handlers import HANDLERS

    fresh = Session(open_curation(None), lang="en")
    fresh.extra["root"] = root
    file = published / "bia" / "submission.json"
    told: Any = HANDLERS["look"](fresh, {"kind": "look", "name": file.name}, [file.read_bytes()])
    with pytest.raises(RembiError) as fault:
        HANDLERS["start-from"](fresh, {"kind": "start-from", "token": told["token"]}, [])
    assert fault.value.key == "ui.folder.missing"
    fresh.close()


def test_what_has_no_field_is_listed(ask: Any, samples: Path) -> None:
    data = (samples / "bia" / "records" / "S-BIAD15_corrected.json").read_bytes()
    told = ask("look", data, name="S-BIAD15_corrected.json")
    assert told["left_count"] > 0
    assert all(one["words"] and one["count"] > 0 for one in told["left"])


def test_every_real_record_can_be_started_from(ask: Any, session: Session, samples: Path) -> None:
    for file in sorted((samples / "bia" / "records").glob("*_corrected.json")):
        told = ask("look", file.read_bytes(), name=file.name)
        assert told["format"] == "bia", file.name
        ask("start-from", token=told["token"])
        assert session.curation.record.people == ()


def test_what_takes_time_has_a_thread_of_its_own() -> None:
    assert {"look", "start-from", "simulation", "archive-page"} <= SLOW.keys()


# -- files that mean harm ----------------------------------------------------------------------------------------------

OUTSIDE = ["../evil.json", "/etc/evil.json", "a/../../evil.json", "..\\evil.json", "C:/../../evil"]


@pytest.mark.parametrize("name", OUTSIDE)
def test_no_zip_writes_outside_its_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    with pytest.raises(RembiError):
        _unpack.unpacked(archive_of(**{name: b"{}"}), "a.zip", folder)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert list(folder.rglob("*")) == []


def test_a_zip_that_grows_too_large_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_unpack, "LARGEST", 3 << 20)
    data = archive_of(a=bytes(2 << 20), b=bytes(2 << 20))
    with pytest.raises(RembiError) as fault:
        _unpack.unpacked(data, "a.zip", tmp_path)
    assert fault.value.key == "ui.study.zip_large"


def test_a_zip_of_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_unpack, "MOST", 2)
    with pytest.raises(RembiError) as fault:
        _unpack.unpacked(archive_of(a=b"1", b=b"2", c=b"3"), "a.zip", tmp_path)
    assert fault.value.key == "ui.study.zip_many"


@pytest.mark.parametrize("data", [b"PK\x03\x04nonsense", archive_of(a=b"x" * 100)[:60]])
def test_a_broken_zip_is_said_so(ask: Any, data: bytes) -> None:
    with pytest.raises(RembiError) as fault:
        ask("look", data, name="a.zip")
    assert fault.value.key == "ui.study.zip"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.json"),
        (b"{}", "a.json"),
        (b"\xff\xfe\x00", "../../x.tsv"),
        (b"plain words", ""),
        (b"[" * 100_000, "deep.json"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "a.xml"),
        (archive_of(), "empty.zip"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(ask: Any, session: Session, data: bytes, name: str) -> None:
    with pytest.raises(RembiError) as fault:
        ask("look", data, name=name)
    assert str(fault.value)
    assert session.curation.history == ()


def test_what_systems_leave_in_a_zip_is_no_part_of_it(tmp_path: Path) -> None:
    data = archive_of(**{"study/submission.json": b"{}", "__MACOSX/study/._submission.json": b"x"})
    assert _unpack.unpacked(data, "a.zip", tmp_path) == tmp_path / "study" / "submission.json"


def test_an_upload_leaves_nothing_behind(ask: Any, published: Path, tmp_path: Path, monkeypatch: Any) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    looked(ask, published)
    with pytest.raises(RembiError):
        ask("look", b"PK\x03\x04nonsense", name="a.zip")
    assert list(place.iterdir()) == []


def test_a_workbook_is_a_file_and_no_zip(tmp_path: Path) -> None:
    data = archive_of(**{"xl/workbook.xml": b"<a/>"})
    assert _unpack.unpacked(data, "a.xlsx", tmp_path) == tmp_path / "a.xlsx"
    assert zipfile.is_zipfile(tmp_path / "a.xlsx")
