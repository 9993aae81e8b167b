"""What the section screens answer, from the message to the record: each act, its undo, and what it leaves alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rembi_widgets.widgets._session import Session
from tests.sections.conftest import IMAGES, MADE
from tests.sections.test_messages import ask

Opened = Session


def related(opened: Session, **said: Any) -> dict[str, Any]:
    found: dict[str, Any] = ask(opened, "related", id="co-1", **said)
    return found


def test_sides_are_filled_swapped_and_emptied(session: Opened) -> None:
    told = related(session, act="add", side="moving", rows=["im-0"])
    assert told["text"] == f"moving: {IMAGES[0]}"
    told = related(session, act="add", side="fixed", pattern="raw/*_002.tif")
    assert told["sides"]["fixed"]["count"] == 1
    told = related(session, act="swap")
    assert told["text"] == f"moving: raw/*_002.tif | fixed: {IMAGES[0]}"
    told = related(session, act="remove", side="fixed", entry=IMAGES[0])
    told = related(session, act="remove", side="moving", entry="raw/*_002.tif")
    assert told["text"] == ""
    assert session.curation.record.correlations[0].related_images is None
    session.curation.undo()
    assert session.curation.record.correlations[0].related_images == "moving: raw/*_002.tif"


def test_looking_changes_nothing(session: Opened) -> None:
    before = session.curation.record
    assert related(session)["sides"]["moving"] == {"count": 0, "entries": []}
    assert related(session, act="explode")["text"] == ""
    assert session.curation.record is before


def test_the_same_image_twice_is_named_once(session: Opened) -> None:
    for _ in range(2):
        told = related(session, act="add", side="moving", group="g1")
    assert [one["entry"] for one in told["sides"]["moving"]["entries"]] == IMAGES[:2]


@pytest.mark.parametrize(
    "said",
    [
        {"act": "add", "side": "left", "rows": ["im-0"]},
        {"act": "add", "side": "", "rows": ["im-0"]},
        {"act": "add", "side": "moving", "pattern": "nothing/*"},
        {"act": "add", "side": "moving", "rows": ["im-99"]},
        {"act": "add", "side": "moving", "component": "sc-9"},
        {"act": "remove", "side": "both"},
    ],
)
def test_an_act_on_nothing_is_refused(session: Opened, said: dict[str, Any]) -> None:
    before = session.curation.record
    assert related(session, **said)["kind"] == "refused"
    assert session.curation.record is before


@pytest.mark.parametrize("identity", ["co-9", "", None, "../specimens/sp-1"])
def test_a_correlation_that_is_not_there_is_refused(session: Opened, identity: Any) -> None:
    assert ask(session, "related", id=identity)["kind"] == "refused"


def test_a_note_stays_beside_the_sides(session: Opened) -> None:
    path = "/correlations/co-1/related_images"
    session.curation.edit([{"op": "set", "path": path, "value": "see the methods"}])
    told = related(session, act="add", side="moving", rows=["im-0"])
    assert told["note"] == "see the methods"
    assert told["text"] == f"moving: {IMAGES[0]} | see the methods"


@pytest.mark.parametrize(("path", "role"), [("/annotations/at-1", "annotation"), ("/analyses/an-1", "result")])
def test_matched_files_get_maker_role_and_image_as_one_change(session: Opened, path: str, role: str) -> None:
    shown = ask(session, "match", path=path)
    assert [source for source, _ in shown["pairs"]] == IMAGES[:2]
    assert MADE[2] in shown["lonely"]["items"]
    before = session.curation.record
    assert ask(session, "match", path=path, apply=True)["count"] == 2
    files = session.curation.record.files
    rows = [row for row in files.ids if files.value(row, "path") in MADE[:2]]
    assert [files.value(row, "source_image") for row in rows] == ["im-0", "im-1"]
    assert {files.value(row, "made_by") for row in rows} == {path.rpartition("/")[2]}
    assert {files.value(row, "role") for row in rows} == {role}
    assert ask(session, "match", path=path, apply=True, which="made")["count"] == 2
    session.curation.undo()
    assert session.curation.record.files.ids == before.files.ids
    assert not any(session.curation.record.files.column("made_by"))


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [("auto", "segmentation_mask"), ("tracks", "tracks"), ("", None)],
)
def test_the_annotation_type_is_guessed_given_or_left(session: Opened, kind: str, wanted: str | None) -> None:
    ask(session, "match", path="/annotations/at-1", apply=True, type=kind)
    files = session.curation.record.files
    said = {files.value(row, "annotation_type") for row in files.ids if files.value(row, "path") in MADE[:2]}
    assert said == {wanted}


def test_a_person_pairs_what_names_do_not(session: Opened) -> None:
    shown = ask(session, "match", path="/annotations/at-1", examples=[[IMAGES[2], MADE[2]]])
    assert [IMAGES[2], MADE[2]] in shown["pairs"]


@pytest.mark.parametrize(
    "path", ["", "/", "/people/pe-1", "/annotations", "/annotations/at-9", "/annotations/at-1/title"]
)
def test_nothing_is_matched_to_what_makes_no_files(session: Opened, path: str) -> None:
    assert ask(session, "match", path=path)["kind"] == "refused"


@pytest.mark.parametrize(
    ("said", "usable", "codes"),
    [
        ({"cells": [["1", "0", "5"], ["0", "1", "6"]], "unit": "nm"}, True, []),
        ({"cells": [["1", "0", "5"], ["0", "1", None]]}, False, ["matrix_number"]),
        ({"cells": []}, False, ["matrix_ragged"]),
        ({"text": "matrix(-1,0,0,1,0,0)"}, True, ["matrix_mirrored"]),
    ],
)
def test_a_matrix_is_read_and_judged(session: Opened, said: Any, usable: bool, codes: list[str]) -> None:
    told = ask(session, "matrix", **said)
    assert told["known"]
    assert (told["text"] is not None) is (told["rows"] is not None) is usable
    assert [one["code"] for one in told["findings"]] == codes
    json.dumps(told, allow_nan=False)


@pytest.mark.parametrize("data", [b"", b"\x00" * 50, b"no matrix", b"1 0 0\n" * 400_000])
def test_a_file_that_is_no_matrix_is_refused_by_its_name(session: Opened, data: bytes) -> None:
    told = ask(session, "matrix", data, name="t.txt")
    assert told["kind"] == "refused"
    assert "t.txt" in told["message"]


def test_people_come_from_a_chosen_list(session: Opened) -> None:
    told = ask(session, "lab", b"name,role\nMary Somer,writing\nAda Byron,\n", name="staff.csv")
    assert [one["name"] for one in told["people"]] == ["Ada Byron", "Mary Somer"]
    assert told["files"] == ["staff.csv"]
    keys = [one["key"] for one in told["people"]]
    assert ask(session, "lab-add", keys=[keys[1], "nobody"])["count"] == 1
    assert ask(session, "lab-add", keys=[keys[1]])["count"] == 0
    assert [one.last_name for one in session.curation.record.people] == ["Somer"]
    assert ask(session, "lab-add")["count"] == 0


def test_a_preparation_goes_round_by_messages(session: Opened) -> None:
    made = ask(session, "keep", path="/specimens/sp-1")
    assert [one["title"] for one in ask(session, "library", section="specimens")["items"]] == ["PFA"]
    [fresh] = ask(session, "reuse", section="specimens", ids=[made["id"], "kp-9"])["ids"]
    assert [one.id for one in session.curation.record.specimens] == ["sp-1", fresh]
    assert ask(session, "forget", section="specimens", id=made["id"])["items"] == []
    assert ask(session, "library", section="nothing")["items"] == []
    assert ask(session, "reuse", section="specimens", ids=[], into="/acquisitions/ac-1")["kind"] == "refused"
