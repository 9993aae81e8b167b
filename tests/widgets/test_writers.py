"""A session with somebody else on the same dataset: what views are told, and when the looking ends."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.store import DiskError, OpenCuration, open_curation
from rembi_widgets.widgets import _watch
from rembi_widgets.widgets._session import Session

TITLE = "/study/title"


@pytest.fixture
def told(session: Session) -> list[Mapping[str, Any]]:
    """What the session says to its view."""
    said: list[Mapping[str, Any]] = []
    session.attach(lambda message, _buffers: said.append(message))
    return said


@pytest.fixture
def grace(root: Path, session: Session) -> Iterator[OpenCuration]:
    with open_curation(root / "set", author="Grace") as curation:
        yield curation


def of(told: list[Mapping[str, Any]], kind: str) -> list[Mapping[str, Any]]:
    return [message for message in told if message["kind"] == kind]


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_change_of_somebody_else_is_a_patch_that_says_whose_it_is(
    session: Session, told: list[Mapping[str, Any]], grace: OpenCuration
) -> None:
    grace.edit(
        [
            {"op": "set", "path": TITLE, "value": "Nuclei"},
            {"op": "add", "path": "/biosamples", "id": "bs-9", "value": {"title": "HeLa"}},
            {"op": "fill", "path": "/images/qc_info", "rows": ["im-1", "im-2"], "value": "sharp"},
        ]
    )
    session.watch.look()
    (patch,) = of(told, "patch")
    by = patch["by"]
    assert (by["author"], by["me"], by["count"]) == ("Grace", False, 3)
    assert by["paths"] == [TITLE, "/biosamples/bs-9", "/images/qc_info"]
    assert patch["tables"]["touched"] == ["images"]
    session.curation.set("/study/description", "mine")
    assert of(told, "patch")[-1]["by"] is None


def test_nothing_is_read_unless_a_journal_has_grown(
    session: Session, grace: OpenCuration, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    refresh = OpenCuration.refresh
    monkeypatch.setattr(OpenCuration, "refresh", lambda self: (asked.append(1), refresh(self))[1])
    for _ in range(5):
        session.watch.look()
    session.curation.set(TITLE, "one's own journal does not count")
    session.watch.look()
    assert len(asked) == 1
    grace.set(TITLE, "Kernels")
    session.watch.look()
    session.watch.look()
    assert len(asked) == 2


def test_a_folder_that_is_away_for_a_moment(
    session: Session, told: list[Mapping[str, Any]], grace: OpenCuration, root: Path
) -> None:
    session.watch.look()
    grace.set(TITLE, "Nuclei")
    (root / "set").rename(root / "away")
    session.watch.look()
    assert of(told, "patch") == []
    (root / "away").rename(root / "set")
    session.watch.look()
    assert session.curation.record.study.title == "Nuclei"
    assert len(of(told, "patch")) == 1


def test_a_journal_that_cannot_be_read_now_is_read_later(
    session: Session, grace: OpenCuration, monkeypatch: pytest.MonkeyPatch
) -> None:
    grace.set(TITLE, "Nuclei")

    def refuse(_self: OpenCuration) -> None:
        raise OSError(5, "stale file handle")

    with monkeypatch.context() as patch:
        patch.setattr(OpenCuration, "refresh", refuse)
        session.watch.look()
    assert session.curation.record.study.title is None
    session.watch.look()
    assert session.curation.record.study.title == "Nuclei"


def test_the_looking_begins_with_a_page_and_ends_with_the_last(
    session: Session, ask: Any, grace: OpenCuration, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    monkeypatch.setattr(_watch, "LOOK_S", 0.02)
    monkeypatch.setattr(_watch, "PAGE_S", 0.5)
    assert not session.watch.is_looking
    assert ask("here") == {"kind": "ack", "people": []}
    assert session.watch.is_looking
    grace.set(TITLE, "Nuclei")
    until(lambda: session.curation.record.study.title == "Nuclei")
    present = root / "set" / ".rembi" / "present" / f"{session.curation.writer}.json"
    until(present.exists)
    until(lambda: not session.watch.is_looking)
    assert not present.exists()
    ask("here")
    assert session.watch.is_looking
    session.close()
    assert not session.watch.is_looking


def test_who_is_there_is_told_and_told_again_when_it_changes(
    session: Session, told: list[Mapping[str, Any]], grace: OpenCuration
) -> None:
    session.watch.look()
    assert of(told, "people") == []
    grace.set(TITLE, "Nuclei")
    session.watch.look()
    session.watch.look()
    (message,) = of(told, "people")
    (person,) = message["people"]
    assert (person["author"], person["me"], person["writer"]) == ("Grace", False, grace.writer)
    assert 0 <= person["active"] < 10
    assert session.snapshot()["people"] == message["people"]
    grace.close()
    session.watch.look()
    assert of(told, "people")[-1]["people"] == []


def test_a_dataset_that_cannot_be_written_is_looked_at_without_a_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rembi_widgets.store import _home

    monkeypatch.setenv("REMBI_HOME", str(tmp_path / "homes"))
    monkeypatch.setattr(_home, "can_write", lambda _folder: False)
    dataset = tmp_path / "set"
    dataset.mkdir()
    session = Session(open_curation(dataset))
    session.watch.look()
    assert list(dataset.iterdir()) == []
    session.close()


def test_a_form_alone_in_a_cell_looks_at_nothing(ask: Any) -> None:
    session = Session(open_curation())
    session.watch.here()
    assert not session.watch.is_looking
    session.close()
    unopened = Session(open_curation)
    unopened.watch.here()
    assert not unopened.is_open


# -- conflicts --------------------------------------------------------------------------------------------------------


def apart(session: Session, ask: Any, grace: OpenCuration) -> str:
    """Let the page send a title that was typed before it was shown Grace's."""
    since = session.seq
    change = grace.set(TITLE, "Kernels")
    ask("edits", edits=[{"op": "set", "path": TITLE, "value": "Nuclei"}], since=since)
    return change.id


def test_what_was_typed_before_the_other_s_was_shown_is_a_conflict(
    session: Session, ask: Any, told: list[Mapping[str, Any]], grace: OpenCuration
) -> None:
    other = apart(session, ask, grace)
    (message,) = of(told, "conflicts")
    (conflict,) = message["conflicts"]
    assert (conflict["path"], conflict["rows"]) == (TITLE, 0)
    assert {rival["value"] for rival in conflict["rivals"]} == {"Nuclei", "Kernels"}
    assert session.snapshot()["conflicts"] == message["conflicts"]
    session.check_now()
    assert [one["code"] for one in of(told, "findings")[-1]["findings"]].count("two_values") == 1
    ask("settle", path=TITLE, change=other)
    assert of(told, "conflicts")[-1]["conflicts"] == []
    assert session.curation.record.study.title == "Kernels"
    with pytest.raises(RembiError, match="settled"):
        ask("settle", path=TITLE, change=other)


@pytest.mark.parametrize("since", [None, "x", 10_000])
def test_what_was_shown_is_a_later_change(session: Session, ask: Any, grace: OpenCuration, since: object) -> None:
    grace.set(TITLE, "Kernels")
    ask("edits", edits=[{"op": "set", "path": TITLE, "value": "Nuclei"}], since=since)
    assert session.curation.conflicts == ()
    assert session.curation.record.study.title == "Nuclei"


def test_text_typed_in_an_entity_that_was_just_removed_is_kept(session: Session, ask: Any, grace: OpenCuration) -> None:
    since = session.seq
    grace.remove("/samples/sa-2")
    ask("edits", edits=[{"op": "set", "path": "/samples/sa-2/title", "value": "HeLa, 2 h"}], since=since)
    assert [one.title for one in session.curation.record.samples] == ["HeLa control", "HeLa, 2 h"]
    assert [one.path for one in session.curation.conflicts] == ["/samples/sa-2"]


def test_a_disk_that_refuses_is_to_be_asked_again(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise DiskError("store.disk_full", path="x")

    monkeypatch.setattr(OpenCuration, "edit", refuse)
    said: list[Mapping[str, Any]] = []
    message = {"kind": "edits", "req": "1", "edits": [{"op": "set", "path": TITLE, "value": "x"}]}
    session.handle(message, [], lambda answer, _buffers: said.append(answer))
    assert (said[0]["kind"], said[0]["again"]) == ("refused", True)
    monkeypatch.undo()
    message["edits"] = [{"op": "set", "path": "/nowhere/x", "value": "x"}]
    session.handle(message, [], lambda answer, _buffers: said.append(answer))
    assert (said[1]["kind"], said[1]["again"]) == ("refused", False)


# -- copies -----------------------------------------------------------------------------------------------------------


def test_a_copy_is_looked_at_and_taken_in(session: Session, ask: Any, root: Path) -> None:
    shutil.copytree(root / "set", root / "copy")
    with open_curation(root / "copy", author="Grace") as other:
        other.set(TITLE, "Kernels")
        other.set("/study/description", "of cells")
    session.curation.set(TITLE, "Nuclei")
    answer = ask("look-at-copy", folder="copy")
    assert (answer["changes"], answer["count"], answer["reports"]) == (2, 1, [])
    assert answer["conflicts"][0]["path"] == TITLE
    assert session.curation.record.study.description is None
    assert ask("merge", folder=str(root / "copy")) == {"changes": 2, "count": 1}
    assert session.curation.record.study.description == "of cells"


@pytest.mark.parametrize("folder", ["..", "/", "", "set/../..", "nowhere"])
@pytest.mark.parametrize("kind", ["look-at-copy", "merge"])
def test_no_copy_is_looked_for_above_the_root(ask: Any, kind: str, folder: str) -> None:
    with pytest.raises(RembiError):
        ask(kind, folder=folder)
