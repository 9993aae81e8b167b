"""Questions that no view of ours asks: each is answered or refused in words, and nothing is changed or written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.widgets._handlers import HANDLERS
from rembi_widgets.widgets._session import Session
from tests.isaview.conftest import Ask

KINDS = ("isa-open", "isa-rows", "isa-lead", "bring-look", "bring-in")
STUDY = "s_S-rembi-demo.txt"
ODD: tuple[Any, ...] = (
    "x",
    "",
    {},
    [],
    [1],
    None,
    True,
    -1,
    10**30,
    1e300,
    float("inf"),
    float("nan"),
    "\x00",
    "../..",
)


def answer_of(session: Session, kind: str, content: dict[str, Any], *data: bytes) -> dict[str, Any]:
    """Give what a view would get."""
    answers: list[dict[str, Any]] = []
    message = {**content, "kind": kind, "req": "r"}
    session._answer(HANDLERS[kind], message, list(data), lambda said, _buffers: answers.append(said))
    (answer,) = answers
    return answer


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["profile", "file", "offset", "limit", "row", "column", "token", "path", "name"])
def test_any_value_of_a_question_is_answered_or_refused(kind: str, name: str, session: Session) -> None:
    before = session.curation.record
    for value in ODD:
        answer = answer_of(session, kind, {"file": STUDY, name: value})
        assert answer["req"] == "r"
        json.dumps(answer)
    assert session.curation.record == before


@pytest.mark.parametrize("kind", ["isa-open", "isa-rows", "isa-lead"])
def test_a_profile_that_nobody_knows_is_refused_with_the_known_ones(kind: str, ask: Ask) -> None:
    with pytest.raises(RembiError, match="isatools-default"):
        ask(kind, profile="mine", file=STUDY)


@pytest.mark.parametrize(
    "file", ["", "i_investigation.txt", "../s_S-rembi-demo.txt", "/etc/passwd", "S_S-REMBI-DEMO.TXT"]
)
def test_only_the_tables_of_the_isatab_are_given(file: str, ask: Ask) -> None:
    for kind in ("isa-rows", "isa-lead"):
        with pytest.raises(RembiError):
            ask(kind, file=file)


@pytest.mark.parametrize(
    ("offset", "limit", "count"), [(0, 1, 1), (1, 1, 1), (-5, 2, 2), (10**9, 5, 0), (0, -3, 0), ("1", "2", 2)]
)
def test_a_slice_holds_what_is_there(offset: Any, limit: Any, count: int, ask: Ask) -> None:
    answer = ask("isa-rows", file=STUDY, offset=offset, limit=limit)
    assert len(answer["rows"]) == count
    assert answer["total"] == 4


def test_every_row_is_as_long_as_the_header(ask: Ask) -> None:
    for table in ask("isa-open")["tables"]:
        rows = ask("isa-rows", file=table["file"])["rows"]
        assert len(rows) == table["rows"]
        assert {len(row) for row in rows} == {len(table["columns"])}


def test_every_lead_of_the_study_is_a_value_of_the_record(ask: Ask, session: Session) -> None:
    (table,) = (one for one in ask("isa-open")["tables"] if one["file"] == STUDY)
    found = {
        path
        for row in range(table["rows"])
        for column in range(len(table["columns"]))
        for path in ask("isa-lead", file=STUDY, row=row, column=column)["paths"]
    }
    assert "/biosamples/bs-1/organism" in found
    assert all(session.curation.get(path) is not None for path in found)


def test_nothing_is_kept_of_what_was_refused(session: Session) -> None:
    answer = answer_of(session, "bring-look", {"name": "x.zip"}, b"PK\x03\x04 no zip at all")
    assert answer["kind"] == "refused"
    assert "brought" not in session.extra


@pytest.mark.parametrize("token", ["", "0" * 16, None, 0, [], {}])
def test_what_was_never_looked_at_is_not_taken(token: Any, session: Session) -> None:
    before = len(session.curation.history)
    answer = answer_of(session, "bring-in", {"token": token})
    assert (answer["kind"], len(session.curation.history)) == ("refused", before)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_findings_are_told_in_the_language_of_the_view(lang: str, session: Session) -> None:
    session.lang = lang
    other = "fr" if lang == "en" else "en"
    told = [one["message"] for one in answer_of(session, "isa-open", {})["findings"]]
    session.lang = other
    assert told
    assert told != [one["message"] for one in answer_of(session, "isa-open", {})["findings"]]


def test_looking_leaves_the_dataset_as_it_is(session: Session, root: Path) -> None:
    before = sorted(path for path in root.rglob("*") if "present" not in path.parts)
    for kind in ("isa-open", "isa-rows", "isa-lead"):
        answer_of(session, kind, {"file": STUDY})
    assert sorted(path for path in root.rglob("*") if "present" not in path.parts) == before
