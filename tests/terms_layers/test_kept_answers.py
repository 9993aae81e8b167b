"""Answers that are kept, the settings of the online service, and what is asked of it in which field."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.terms import FIELDS, OnlineTerm
from rembi_widgets.terms._online import _cache
from rembi_widgets.terms._online._cache import AnswerCache
from rembi_widgets.terms._online._client import LONGEST, plain_query
from rembi_widgets.terms._online._settings import BASE, Settings, asked_of, table

HOUR = 3600.0
TERMS = (
    OnlineTerm("UO:1", "one", "UO", "A unit.", "http://example.org/1", ("uno", "un")),
    OnlineTerm("UO:2", "é", "UO"),
)


@pytest.fixture
def kept(tmp_path: Path) -> AnswerCache:
    return AnswerCache(tmp_path / "deep" / "online.sqlite", HOUR)


def test_before_the_first_answer_there_is_none_and_no_file(kept: AnswerCache, tmp_path: Path) -> None:
    assert kept.get("q", 0) is None
    assert kept.count() == 0
    assert not list(tmp_path.iterdir())


def test_an_answer_comes_back_as_it_was(kept: AnswerCache) -> None:
    kept.put("q", TERMS, 1000)
    assert kept.get("q", 1000) == TERMS
    assert kept.get("other", 1000) is None


def test_that_nothing_was_found_is_kept_too(kept: AnswerCache) -> None:
    kept.put("q", (), 1000)
    assert kept.get("q", 1000) == ()


@pytest.mark.parametrize(("later", "there"), [(0, True), (HOUR, True), (HOUR + 1, False), (-1, False)])
def test_an_answer_is_good_for_its_time_and_none_from_the_future(later: float, there: bool, kept: AnswerCache) -> None:
    kept.put("q", TERMS, 1000)
    assert (kept.get("q", 1000 + later) is not None) is there


def test_a_newer_answer_takes_the_place_of_the_older(kept: AnswerCache) -> None:
    kept.put("q", TERMS, 1000)
    kept.put("q", TERMS[:1], 1001)
    assert (kept.get("q", 1001), kept.count()) == (TERMS[:1], 1)


def test_old_answers_go_with_the_next_one(kept: AnswerCache) -> None:
    kept.put("old", TERMS, 1000)
    kept.put("new", TERMS, 1000 + HOUR + 1)
    assert kept.count() == 1


def test_only_so_many_are_kept_and_the_oldest_go_first(kept: AnswerCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_cache, "MOST", 3)
    for number in range(6):
        kept.put(f"q{number}", (), 1000.0 + number)
    assert [kept.get(f"q{number}", 1010) is not None for number in range(6)] == [False] * 3 + [True] * 3


@pytest.mark.parametrize("terms", ["no json", "[1]", '[{"id": "x"}]', '{"a": 1}', '[{"names": null}]', "null"])
def test_an_answer_that_is_none_is_not_given(terms: str, kept: AnswerCache, tmp_path: Path) -> None:
    kept.put("q", TERMS, 1000)
    with sqlite3.connect(tmp_path / "deep" / "online.sqlite") as base:
        base.execute("UPDATE answer SET terms = ?", (terms,))
    base.close()
    assert kept.get("q", 1000) is None


@pytest.mark.parametrize("harm", [b"", b"rubbish" * 500])
def test_a_broken_file_is_made_again_by_the_next_answer(harm: bytes, kept: AnswerCache, tmp_path: Path) -> None:
    kept.put("q", TERMS, 1000)
    (tmp_path / "deep" / "online.sqlite").write_bytes(harm)
    assert (kept.get("q", 1000), kept.count()) == (None, 0)
    kept.put("q", TERMS, 1000)
    assert kept.get("q", 1000) == TERMS


def test_a_folder_that_cannot_be_made_only_means_no_answers(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    kept = AnswerCache(tmp_path / "file" / "online.sqlite", HOUR)
    kept.put("q", TERMS, 1000)
    assert (kept.get("q", 1000), kept.count()) == (None, 0)
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize(
    ("word", "on"),
    [("on", True), ("", True), ("1", True), (" OFF ", False), ("0", False), ("Non", False), ("False", False)],
)
def test_the_switch(word: str, on: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMBI_OLS", word)
    assert Settings.here().on is on


@pytest.mark.parametrize(("said", "base"), [("", BASE), (" https://example.org/api/ ", "https://example.org/api")])
def test_the_address(said: str, base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMBI_OLS_URL", said)
    assert Settings.here().base == base


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_what_is_asked_in_a_field_is_of_the_table(field: str) -> None:
    known = {name: prefix for held in table()["fields"].values() for name, prefix in held.items()}
    asked, branches = asked_of(field)
    assert asked.items() <= known.items()
    assert isinstance(branches, tuple)


@pytest.mark.parametrize("field", ["", "shoe_size", "/study/title", "\x00"])
def test_nothing_is_asked_in_a_field_without_terms(field: str) -> None:
    assert asked_of(field) == ({}, ())


@given(st.text(max_size=400))
def test_a_question_is_short_and_holds_words_only(typed: str) -> None:
    plain = plain_query(typed)
    assert len(plain) <= LONGEST
    assert plain == " ".join(plain.split())
    assert not set(plain) & set('+&|!(){}[]^"~*?:\\/<>;')


@given(st.text(max_size=200))
def test_a_plain_question_stays_as_it_is(typed: str) -> None:
    assert plain_query(plain_query(typed)) == plain_query(typed)
