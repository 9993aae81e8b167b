"""What nobody means to send and somebody will: messages of any shape, cells and texts of any content."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rembi_widgets.formats.people import LabOrganisation, LabPerson, people_edits, read_people
from rembi_widgets.formats.people._person import _words
from rembi_widgets.record import Change, Curation, Edit, Related, apply, entries_match, matrix_of, read_related
from rembi_widgets.store import Kept, is_blank, open_curation, reuse_edits
from rembi_widgets.widgets._handlers import HANDLERS
from rembi_widgets.widgets._sections import SECTIONS, SLOW_SECTIONS
from rembi_widgets.widgets._session import Session

KINDS = ("matrix", "related", "match", "lab-add", "keep", "library", "reuse", "forget", "like")
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.text(max_size=8)
    | st.sampled_from(["/annotations/at-1", "co-1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    [
        *("path", "which", "name", "component", "examples", "type", "others", "apply", "id", "act", "side", "entry"),
        *("pattern", "rows", "group", "text", "cells", "unit", "keys", "section", "ids", "into", "folder", "like"),
    ]
)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setenv("REMBI_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setattr("rembi_widgets.store._lab.config_folder", lambda: tmp_path / "settings")
    opened = open_curation(None)
    opened.edit(
        [
            {"op": "add", "path": "/annotations", "id": "at-1", "value": {"title": "Masks"}},
            {"op": "add", "path": "/correlations", "id": "co-1", "value": {"title": "CLEM"}},
            {"op": "add", "path": "/files", "rows": ["fl-1", "fl-2", "fl-3"]},
            {"op": "fill", "path": "/files/path", "rows": ["fl-1", "fl-2"], "values": ["a.tif", "a_mask.tif"]},
            {"op": "add", "path": "/images", "rows": ["im-1", "im-2"]},
            {"op": "fill", "path": "/images/file", "rows": ["im-1", "im-2"], "values": ["fl-1", "fl-gone"]},
        ]
    )
    made = Session(opened)
    made.extra["root"] = str(tmp_path)
    return made


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(KINDS), st.dictionaries(FIELDS, JSON, max_size=5))
def test_any_message_is_answered_or_refused(session: Session, kind: str, content: dict[str, Any]) -> None:
    answers: list[Any] = []
    session._answer(HANDLERS[kind], {**content, "kind": kind, "req": "r"}, [], lambda said, _b: answers.append(said))
    (answer,) = answers
    assert answer["req"] == "r"
    json.dumps(answer)


def test_every_question_has_one_who_answers() -> None:
    assert set(SLOW_SECTIONS) <= set(SECTIONS)
    assert set(SECTIONS) <= set(HANDLERS)


@given(st.lists(st.lists(st.text(max_size=5), max_size=5), max_size=5))
def test_any_cells_are_judged(cells: list[list[str]]) -> None:
    found = matrix_of(cells)
    assert found.matrix is not None or found.findings
    assert found.matrix is None or len(found.matrix.rows) in {3, 4}


@given(st.text(max_size=60))
def test_any_text_of_related_images_is_kept(said: str) -> None:
    read = read_related(said)
    assert read_related(str(read)) == read
    if not read.moving and not read.fixed:
        assert str(read) == said.strip() or said.strip().startswith(("moving:", "fixed:"))


@given(st.lists(st.text(max_size=6), max_size=4), st.lists(st.text(max_size=6), max_size=6))
def test_any_entries_name_places_that_are_there(entries: list[str], paths: list[str]) -> None:
    for places in entries_match(entries, paths).values():
        assert all(0 <= place < len(paths) for place in places)


WORDS = st.text(st.sampled_from("abAB é-'"), min_size=1, max_size=6).map(str.strip).filter(bool)
PEOPLE = st.builds(
    LabPerson,
    WORDS,
    WORDS,
    st.just("") | WORDS.map(lambda word: f"{len(word)}@example.org"),
    st.sampled_from(["", "0000-0002-1825-0097", "0000-0001-5109-3700"]),
    organisations=st.lists(st.builds(LabOrganisation, WORDS), max_size=2).map(tuple),
)


@given(st.lists(PEOPLE, max_size=6))
def test_added_twice_nobody_is_there_twice(people: list[LabPerson]) -> None:
    first = people_edits(Curation(), people)
    record = apply(Curation(), Change(id="w-1", edits=tuple(first)))
    again = [edit for edit in people_edits(record, people) if edit.op == "add" and edit.path == "/people"]
    assert again == []
    titles = [str(one.title).casefold() for one in record.organisations]
    assert len(titles) == len(set(titles))
    known = {one.id for one in record.organisations}
    assert all(set(one.affiliations) <= known for one in record.people)


@given(st.lists(PEOPLE, min_size=1, max_size=5, unique_by=lambda one: _words(one.name)))
def test_a_table_that_is_written_is_read(people: list[LabPerson]) -> None:
    lines = ["First name\tLast name\tE-mail\tORCID"]
    lines += [f"{one.first_name}\t{one.last_name}\t{one.email}\t{one.orcid}" for one in people]
    found = read_people("p.tsv", "\n".join(lines).encode())
    assert {one.name for one in found} <= {one.name for one in people}
    assert found[0].name == people[0].name


def test_a_kept_thing_with_keys_of_another_version() -> None:
    thing = Kept("kp-1", "specimens", {"title": "A", "later_field": 1, "x-own": "kept?"}, "S")
    (edit,) = reuse_edits([thing])
    assert edit.value == {"title": "A"}
    assert edit.origin is not None
    assert edit.origin.source == "S"


def test_into_what_has_rows_already_nothing_is_added() -> None:
    thing = Kept("kp-1", "acquisitions", {"title": "A", "channels": [{"id": "ch-9", "name": "DNA"}]})
    value = {"title": "Mine", "channels": [{"id": "ch-1", "name": "Actin"}]}
    edits = (Edit(op="add", path="/acquisitions", id="ac-1", value=value),)
    record = apply(Curation(), Change(id="w-1", edits=edits))
    assert reuse_edits([thing], into="/acquisitions/ac-1", record=record) == []


def test_files_and_setup_alone_are_blank() -> None:
    edits = (
        Edit(op="set", path="/setup/targets", value=["bia"]),
        Edit(op="add", path="/files", rows=("fl-1",)),
    )
    record = apply(Curation(), Change(id="w-1", edits=edits))
    assert is_blank(record)
    assert is_blank(Curation())
    described = apply(record, Change(id="w-2", edits=(Edit(op="set", path="/study/title", value="A"),)))
    assert not is_blank(described)


def test_sides_without_a_note() -> None:
    assert str(Related()) == ""
    assert str(Related(note="by hand")) == "by hand"
    assert str(Related(("a",), (), "by hand")) == "moving: a | by hand"
    assert read_related("moving: | fixed: b") == Related((), ("b",))
