"""Journals, leases and facts: what stands on the disk, and what happens when it is not as we left it."""

from __future__ import annotations

import json
import os
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.record import Change, Edit, Origin
from rembi_widgets.store import DiskError, DiskFacts, inside, open_curation
from rembi_widgets.store._journal import LARGE, REFERENCE, Journals, decode, encode
from rembi_widgets.store._lease import ALIVE_S, Lease

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.integers(0, 9).map(lambda one: [one] * (LARGE + 1)),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "absent", REFERENCE]), inner, max_size=2)
    ),
    max_leaves=5,
)


def change(number: int, *edits: Edit, writer: str = "w-a", **more: Any) -> Change:
    return Change(id=f"{writer}-{number}", clock=number, author="a", edits=edits, **more)


def journal_of(folder: Path) -> Path:
    return next((folder / ".rembi" / "journal").iterdir())


def codes(reports: list[Any]) -> list[str]:
    return [finding.code for finding in reports]


@given(json_values)
def test_any_value_comes_back_from_a_journal_line(value: Any) -> None:
    values: dict[str, Any] = {}

    def keep(data: bytes) -> str:
        name = f"{len(values):064}"
        values[name] = json.loads(data)
        return name

    made = change(1, Edit(op="set", path="/study/x-own", value=value), origin=Origin(kind="scan", source="a\tb"))
    line = encode(made, keep)
    assert line.count(b"\n") == 1
    again = decode(line, values.__getitem__)
    assert (again, again.edits[0].value) == (made, value)


def test_large_values_are_named_by_their_content_and_stored_once(tmp_path: Path) -> None:
    rows = tuple(f"im-{n}" for n in range(LARGE + 1))
    curation = open_curation(tmp_path)
    curation.edit([Edit(op="add", path="/images", rows=rows)])
    for value in ("a", "b", "c"):
        curation.edit([Edit(op="fill", path="/images/qc_info", rows=rows, value=value)])
    assert len(list((tmp_path / ".rembi" / "values").iterdir())) == 1
    assert b"im-17" not in journal_of(tmp_path).read_bytes()
    assert open_curation(tmp_path).record == curation.record


def test_small_values_stand_in_the_line(tmp_path: Path) -> None:
    curation = open_curation(tmp_path)
    curation.edit([Edit(op="add", path="/images", rows=tuple(f"im-{n}" for n in range(LARGE)))])
    assert not (tmp_path / ".rembi" / "values").exists()
    assert b"im-17" in journal_of(tmp_path).read_bytes()


def test_a_large_value_that_is_gone_costs_its_change_only(tmp_path: Path) -> None:
    curation = open_curation(tmp_path)
    curation.set("/study/title", "kept")
    curation.edit([Edit(op="add", path="/images", rows=tuple(f"im-{n}" for n in range(100)))])
    next((tmp_path / ".rembi" / "values").iterdir()).unlink()
    again = open_curation(tmp_path)
    assert (again.record.study.title, len(again.record.images)) == ("kept", 0)
    assert codes(again.reports) == ["journal_line"]


@pytest.mark.parametrize("name", ["../../secret", "/etc/passwd", "a" * 63, "../" * 21 + "x", "é" * 64 + "/"])
def test_a_large_value_is_named_by_a_checksum_or_not_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError):
        Journals(tmp_path, "w")._fetch(name)


HOSTILE = [
    b"null",
    b"3",
    b'"text"',
    b"[]",
    b"{}",
    b"[" * 100_000,
    b'{"id":"no number","edits":[]}',
    b'{"id":"w-x-1","edits":[{"op":"burn","path":"/study"}]}',
    b'{"id":"w-x-1","edits":{"op":"set"}}',
    b'{"id":"w-x-1","edits":[{"op":"add","path":"/images","rows":{"$values":"../../x"}}]}',
    b"\xff\xfe\x00",
    b'{"id":"w-x-1","clock":"soon","edits":[]}',
]


@pytest.mark.parametrize("line", HOSTILE)
def test_a_line_from_anywhere_costs_that_line_only(tmp_path: Path, line: bytes) -> None:
    with open_curation(tmp_path) as curation:
        curation.set("/study/title", "kept")
    (tmp_path / ".rembi" / "journal" / "w-zzz.ndjson").write_bytes(line + b"\n\n  \n")
    with open_curation(tmp_path) as again:
        assert codes(again.reports) == ["journal_line"]
        again.set("/study/description", "goes on")
    assert (again.record.study.title, again.record.study.description) == ("kept", "goes on")


REFUSED = [
    {"op": "fill", "path": "/study/title", "rows": ["x"]},
    {"op": "add", "path": "/links", "id": "li-1", "value": [1]},
    {"op": "add", "path": "/images", "rows": ["im-1"], "at": []},
    {"op": "add", "path": "/images", "rows": ["im\t1"]},
    {"op": "set", "path": "/study/title", "value": {"absent": "?"}},
]


@pytest.mark.parametrize("edit", REFUSED)
def test_a_change_that_cannot_be_applied_is_told_and_left_out(tmp_path: Path, edit: dict[str, Any]) -> None:
    (tmp_path / ".rembi" / "journal").mkdir(parents=True)
    line = json.dumps({"id": "w-x-4", "clock": 4, "edits": [edit]})
    (tmp_path / ".rembi" / "journal" / "w-x.ndjson").write_text(line + "\n", encoding="utf-8")
    with open_curation(tmp_path) as curation:
        assert codes(curation.reports) == ["change_refused"]
        assert curation.set("/study/title", "goes on").clock == 5
    assert open_curation(tmp_path).record.study.title == "goes on"


def test_journals_of_two_writers_are_read_in_the_order_of_their_clocks(tmp_path: Path) -> None:
    for writer, clocks in (("w-b", (1, 4)), ("w-a", (2, 3))):
        journals = Journals(tmp_path / ".rembi", writer)
        for clock in clocks:
            journals.write(change(clock, Edit(op="set", path="/study/title", value=f"{clock}"), writer=writer))
    curation = open_curation(tmp_path)
    assert [made.clock for made in curation.history] == [1, 2, 3, 4]
    assert curation.record.study.title == "4"


def test_a_writer_reads_what_others_append_and_never_its_own(tmp_path: Path) -> None:
    mine, other = Journals(tmp_path, "w-a"), Journals(tmp_path, "w-b")
    mine.write(change(1))
    assert mine.news() == []
    other.write(change(2, writer="w-b"))
    assert [made.id for made in mine.news()] == ["w-b-2"]
    assert mine.news() == []


def test_a_line_being_written_is_read_once_it_is_whole(tmp_path: Path) -> None:
    mine = Journals(tmp_path, "w-a")
    line = encode(change(1, writer="w-b"), str)
    path = tmp_path / "journal" / "w-b.ndjson"
    path.parent.mkdir()
    path.write_bytes(line[:20])
    assert mine.news() == []
    path.write_bytes(line)
    assert [made.id for made in mine.news()] == ["w-b-1"]
    assert mine.reports == []


def test_an_empty_refresh_tells_nobody(tmp_path: Path) -> None:
    heard: list[str] = []
    curation = open_curation(tmp_path)
    end = curation.on_change(lambda made: heard.append(made.id))
    assert curation.refresh() == ()
    curation.set("/study/title", "t")
    end()
    end()
    assert heard == [curation.history[0].id]


def test_a_curation_in_memory_needs_no_disk() -> None:
    curation = open_curation(author="me")
    curation.set("/study/title", "t")
    curation.undo()
    curation.redo()
    curation.checkpoint()
    curation.close()
    assert (curation.facts, curation.refresh(), curation.get("/study/title")) == (None, (), "t")
    assert repr(curation) == "<OpenCuration in memory: 3 changes, 0 images>"


def test_nothing_is_undone_twice_nor_redone_before() -> None:
    curation = open_curation()
    assert (curation.undo(), curation.redo()) == (None, None)
    assert (curation.can_undo, curation.can_redo) == (False, False)


def test_what_cannot_be_added_is_said() -> None:
    with pytest.raises(RembiError, match="names no list"):
        open_curation().add("/study")
    curation = open_curation()
    row = curation.add(f"/acquisitions/{curation.add('/acquisitions')}/channels", {"name": "DNA"})
    assert row.startswith("ch-")


def test_the_author_is_named_by_the_environment_or_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMBI_AUTHOR", "ada")
    assert open_curation().author == "ada"
    assert open_curation(author="grace").author == "grace"
    monkeypatch.delenv("REMBI_AUTHOR")
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "account")
    assert open_curation().author == "account"

    def nobody() -> str:
        raise KeyError

    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name)
    monkeypatch.setattr("getpass.getuser", nobody)
    assert open_curation().author == "somebody"


def test_a_place_where_nothing_can_be_made_is_told_and_the_record_stays(tmp_path: Path) -> None:
    (tmp_path / ".rembi").write_bytes(b"a file where the folder should be")
    curation = open_curation(tmp_path)
    with pytest.raises(DiskError, match="journal"):
        curation.set("/study/title", "t")
    assert (curation.record.study.title, curation.history) == (None, ())
    curation.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".rembi"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs an account that may not write")
def test_a_read_only_folder_is_read_and_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with open_curation(tmp_path) as curation, pytest.raises(DiskError, match="read-only"):
            curation.set("/study/title", "t")
    finally:
        tmp_path.chmod(0o700)
    assert list(tmp_path.iterdir()) == []


def lease(folder: Path, at: object) -> Lease:
    (folder / "lease.json").write_text(json.dumps({"writer": "other", "at": at}), encoding="utf-8")
    return Lease(folder, "me", "a")


@pytest.mark.parametrize("age", [0, ALIVE_S / 2])
def test_a_lease_with_a_recent_sign_of_life_is_somebodys(tmp_path: Path, age: float) -> None:
    held = lease(tmp_path, time.time() - age)
    assert not held.mine()
    held.take()
    held.leave()
    assert held.holder()["writer"] == "other"


@pytest.mark.parametrize("at", [0, 1e300, -1e300, float("inf"), float("nan"), "now", None, [], {}])
def test_a_lease_that_is_stale_or_from_no_time_is_nobodys(tmp_path: Path, at: object) -> None:
    held = lease(tmp_path, at)
    assert held.mine()
    held.take()
    assert held.holder()["writer"] == "me"
    held.leave()
    assert not (tmp_path / "lease.json").exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"3", b"null", b'{"writer": 1}', b"\xff", b"[" * 100_000])
def test_a_broken_lease_is_nobodys(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "lease.json").write_bytes(content)
    assert Lease(tmp_path, "me", "a").mine()


def test_a_lease_is_renewed_now_and_then_only(tmp_path: Path) -> None:
    held = Lease(tmp_path, "me", "a")
    held.take()
    (tmp_path / "lease.json").unlink()
    held.take()
    assert not (tmp_path / "lease.json").exists()


def test_a_dataset_deleted_while_open_is_not_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "dataset"
    folder.mkdir()
    curation = open_curation(folder)
    curation.set("/study/title", "t")
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()
    curation.close()
    assert not folder.exists()


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """A dataset with a file, a folder, and links that lead in, out and nowhere."""
    root = tmp_path / "dataset"
    (root / "a" / "b").mkdir(parents=True)
    (root / "a" / "b" / "image.tif").write_bytes(b"12345")
    (tmp_path / "secret.txt").write_bytes(b"out")
    (root / "in.tif").symlink_to(root / "a" / "b" / "image.tif")
    (root / "out.txt").symlink_to(tmp_path / "secret.txt")
    (root / "up").symlink_to(tmp_path)
    (root / "dead").symlink_to(root / "nothing")
    (root / "loop").symlink_to(root / "loop")
    return root


@pytest.mark.parametrize(
    ("path", "size"), [("a/b/image.tif", 5), ("in.tif", 5), ("a", None), ("a/b", None), ("a/../a/b/image.tif", 5)]
)
def test_what_the_dataset_holds(disk: Path, path: str, size: int | None) -> None:
    facts = DiskFacts(disk)
    assert (facts.exists(path), facts.size(path)) == (True, size)


@pytest.mark.parametrize(
    "path",
    [
        *("out.txt", "up/secret.txt", "up", "dead", "loop", "loop/x", "nothing/at/all", "a/b/image.tif/deeper", "a/b/"),
        *("", ".", "..", "a/..", "/etc/passwd", "../secret.txt", "a\0b", "x" * 5000, "é" * 300 + "/x"),
    ],
)
def test_what_it_does_not_hold(disk: Path, path: str) -> None:
    facts = DiskFacts(disk)
    assert (facts.exists(path), facts.size(path)) == (False, None)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_folders_and_files_are_found_in_either_unicode_form(tmp_path: Path, form: str) -> None:
    name = unicodedata.normalize(form, "été.tif")  # type: ignore[arg-type]
    (tmp_path / name).write_bytes(b"1")
    facts = DiskFacts(tmp_path)
    assert all(facts.exists(unicodedata.normalize(other, name)) for other in ("NFC", "NFD"))
    assert not facts.exists("ete.tif")


def test_a_link_that_leads_in_is_resolved(disk: Path) -> None:
    assert inside(disk, "in.tif") == (disk / "a" / "b" / "image.tif").resolve()
