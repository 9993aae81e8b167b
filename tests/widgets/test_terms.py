"""Terms as a view asks for them: in the language of its page, with what stands around them, off the main thread."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from rembi_widgets.widgets._handlers import HANDLERS, SLOW
from rembi_widgets.widgets._session import Session


def asked(kind: str, lang: str = "en", **message: Any) -> dict[str, Any]:
    from rembi_widgets.store import open_curation

    answer = HANDLERS[kind](Session(open_curation(), lang=lang), message, [])
    assert isinstance(answer, dict)
    return answer


def found(lang: str, **message: Any) -> list[dict[str, Any]]:
    return list(asked("terms", lang, **message)["items"])


def test_the_reason_is_told_in_the_language_of_the_page() -> None:
    query = {"query": "souris", "field": "organism"}
    english, french = found("en", **query)[0], found("fr", **query)[0]
    assert english["id"] == french["id"] == "NCBITaxon:10090"
    assert english["why"] == "it is also called souris"
    assert french["why"] == "on l’appelle aussi souris"


def test_a_query_without_end_is_cut() -> None:
    assert found("en", query="x" * 100_000, field="organism") == []


@pytest.mark.parametrize(
    "pasted",
    [
        "NCBITaxon:9606",
        "NCBITaxon_9606",
        "http://purl.obolibrary.org/obo/NCBITaxon_9606",
        "Homo sapiens (human)",
        "  NCBITaxon:9606 ",
    ],
)
def test_what_is_pasted_resolves_at_once(pasted: str) -> None:
    first = found("en", query=pasted, field="organism")[0]
    assert (first["id"], first["label"], first["confident"]) == ("NCBITaxon:9606", "Homo sapiens", True)


def test_for_nothing_typed_it_gives_what_is_taken_most_without_a_reason() -> None:
    items = found("en", query="", field="organism")
    assert "NCBITaxon:9606" in {item["id"] for item in items}
    assert {item["why"] for item in items} == {""}


@pytest.mark.parametrize("query", [None, 3, ["a"], {"a": 1}])
def test_an_odd_query_is_no_fault(query: Any) -> None:
    assert isinstance(found("en", query=query, field="organism"), list)


def test_a_term_comes_with_how_many_stand_around_it() -> None:
    first = found("en", query="confocal microscopy", field="imaging_method")[0]
    assert first["id"] == "FBbi:00000251"
    assert first["broader"] >= 1
    assert first["narrower"] >= 1


@pytest.mark.parametrize(
    ("typed", "begins"), [("mus musc", True), ("Souri", True), ("SOURI", True), ("muscullus", False), ("", False)]
)
def test_it_says_whether_a_name_begins_as_typed(typed: str, begins: bool) -> None:
    mice = [item for item in found("en", query=typed, field="organism") if item["id"] == "NCBITaxon:10090"]
    assert [item["begins"] for item in mice] == [begins]


def test_one_step_up_and_down() -> None:
    answer = asked("term-around", id="FBbi:00000251", field="imaging_method")
    [here] = answer["items"]
    assert here["label"] == "confocal microscopy"
    assert len(answer["broader"]) == here["broader"]
    below = {term["id"] for term in answer["narrower"]}
    assert "FBbi:00000253" in below
    again = asked("term-around", id="FBbi:00000253", field="imaging_method")
    assert "FBbi:00000251" in {term["id"] for term in again["broader"]}


def test_no_term_stands_twice_around_another() -> None:
    labels = [term["id"] for term in asked("term-around", id="FBbi:00000251")["narrower"]]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("identity", ["ZZ:1", "", None, 3, "x" * 10_000, "'; drop table term; --"])
def test_nothing_stands_around_what_nobody_knows(identity: Any) -> None:
    assert asked("term-around", id=identity) == {"items": [], "broader": [], "narrower": []}


def test_terms_are_sought_off_the_main_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    from rembi_widgets.store import open_curation

    assert SLOW["terms"] == SLOW["term-around"]
    session, told, names = Session(open_curation(), lang="en"), threading.Event(), list[str]()
    answers: list[Any] = []

    def spied(*_: Any) -> dict[str, Any]:
        names.append(threading.current_thread().name)
        return {"items": []}

    def send(message: Any, _buffers: list[bytes]) -> None:
        answers.append(message)
        told.set()

    monkeypatch.setitem(HANDLERS, "terms", spied)
    session.handle({"kind": "terms", "req": "r1", "query": "mouse"}, [], send)
    assert told.wait(10)
    session.close()
    assert answers == [{"kind": "terms", "items": [], "req": "r1"}]
    assert names[0].startswith("rembi-terms")


class Asked:
    """Stands in for the online service: takes questions, answers when told."""

    def __init__(self, on_answer: Any) -> None:
        self.on_answer = on_answer
        self.questions: list[tuple[str, str]] = []

    def ask(self, query: str, field: str) -> int:
        self.questions.append((query, field))
        return len(self.questions)


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> tuple[Session, list[dict[str, Any]]]:
    """Give a session whose online service is a stand-in, and what its view was told."""
    from rembi_widgets.store import open_curation
    from rembi_widgets.widgets import _term_messages

    monkeypatch.setattr(_term_messages, "TopUp", Asked)
    session, told = Session(open_curation(), lang="en"), list[dict[str, Any]]()
    session.attach(lambda message, _buffers: told.append(dict(message)))
    return session, told


def answer(query: str, state: str) -> Any:
    from rembi_widgets.terms import OnlineAnswer, OnlineTerm

    term = OnlineTerm("GO:0005634", "nucleus", "GO", "An organelle.", "http://x/GO_0005634", ("nuclei",))
    return OnlineAnswer(1, query, "biological_entity", state, (term,))  # type: ignore[arg-type]


def test_a_question_for_the_online_service_is_left_and_not_waited_for(
    beside: tuple[Session, list[dict[str, Any]]],
) -> None:
    session, told = beside
    for req, query in (("r1", "nucl"), ("r2", "nucleus")):
        message = {"kind": "terms-online", "req": req, "query": query, "field": "biological_entity"}
        assert HANDLERS["terms-online"](session, message, []) is None
    top_up = session.extra["online"]["top_up"]
    assert top_up.questions == [("nucl", "biological_entity"), ("nucleus", "biological_entity")]
    assert told == []
    top_up.on_answer(answer("nucl", "ok"))
    assert told == []  # a newer question came first
    top_up.on_answer(answer("nucleus", "ok"))
    item = {"id": "GO:0005634", "label": "nucleus", "ontology": "GO", "definition": "An organelle."}
    assert told == [{"kind": "terms-online", "query": "nucleus", "items": [item], "req": "r2"}]


@pytest.mark.parametrize("state", ["off", "short", "resting", "failed", "stale"])
def test_what_the_online_service_does_not_know_is_not_told(
    beside: tuple[Session, list[dict[str, Any]]], state: str
) -> None:
    session, told = beside
    HANDLERS["terms-online"](session, {"req": "r1", "query": "nucleus", "field": "biological_entity"}, [])
    session.extra["online"]["top_up"].on_answer(answer("nucleus", state))
    assert told == []
