"""The client of the online service, against a server that behaves as real ones do on good days and bad ones."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from email.utils import formatdate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.terms import OnlineAnswer, OnlineTerm, TopUp, online
from rembi_widgets.terms._http import Limits
from rembi_widgets.terms._online import Client, Settings
from rembi_widgets.terms._online._answers import read_answer
from rembi_widgets.terms._online._client import plain_query
from rembi_widgets.terms._online._settings import asked_of
from tests.terms_layers.service import Said, Service, serving, until

FBBI = {"fbbi": "FBbi"}
DOC = {
    "id": "fbbi:class:http://purl.obolibrary.org/obo/FBbi_00000251",
    "iri": "http://purl.obolibrary.org/obo/FBbi_00000251",
    "short_form": "FBbi_00000251",
    "obo_id": "FBbi:00000251",
    "label": "confocal microscopy",
    "description": ["Light and a pinhole."],
    "ontology_name": "fbbi",
    "ontology_prefix": "FBBI",
    "type": "class",
    "is_defining_ontology": True,
    "synonym": ["CLSM", "confocal microscopy"],
}
TERM = OnlineTerm(
    "FBbi:00000251",
    "confocal microscopy",
    "FBbi",
    "Light and a pinhole.",
    "http://purl.obolibrary.org/obo/FBbi_00000251",
    ("CLSM",),
)
"""What the document above says."""


def body(*docs: object) -> bytes:
    response = {"numFound": len(docs), "start": 0, "docs": list(docs)}
    return json.dumps({"responseHeader": {"status": 0, "QTime": 3}, "response": response, "highlighting": {}}).encode()


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def client(service: Service, clock: Clock | None = None, **limits: float) -> Client:
    quick = Limits(**{"connect": 2.0, "read": 2.0, "whole": 4.0, **limits})  # type: ignore[arg-type]
    slept: list[float] = []
    made = Client(Settings(service.url + "/api", limits=quick), clock=clock or Clock(), sleep=slept.append)
    made.slept = slept  # type: ignore[attr-defined]
    return made


def test_a_normal_answer_gives_its_terms(service: Service) -> None:
    service.plan = [Said(body(DOC))]
    assert client(service).answer("confocal", "imaging_method", 4) == OnlineAnswer(
        4, "confocal", "imaging_method", "ok", (TERM,)
    )


def test_what_is_asked_is_what_the_service_documents(service: Service) -> None:
    service.plan = [Said(body())]
    client(service).answer("Light-sheet (SPIM)", "imaging_method")
    path, headers = service.asked[0]
    asked = service.query()
    assert path.startswith("/api/select?")
    assert headers["User-Agent"].startswith("rembi-widgets/")
    assert (asked["q"], asked["ontology"], asked["type"], asked["local"]) == (
        "Light sheet SPIM",
        "fbbi",
        "class",
        "true",
    )
    assert asked["allChildrenOf"] == "http://purl.obolibrary.org/obo/FBbi_00000222"


def test_nothing_found_is_an_answer_and_no_failure(service: Service) -> None:
    service.plan = [Said(body())]
    one = client(service)
    assert one.answer("confocal", "imaging_method").state == "ok"
    assert one.answer("confocal", "imaging_method").terms == ()


def test_an_answer_is_kept_and_the_network_not_asked_again(service: Service, cache: Path) -> None:
    service.plan = [Said(body(DOC))]
    assert not client(service).answer("confocal", "imaging_method").cached
    again = client(service).answer(" Confocal ".strip().lower(), "/acquisitions/ac-1/imaging_method")
    assert again.cached
    assert again.terms == (TERM,)
    assert len(service.asked) == 1
    assert (cache / "online.sqlite").is_file()


def test_an_answer_too_old_is_asked_for_again(service: Service, cache: Path) -> None:
    service.plan = [Said(body(DOC))]
    client(service).answer("confocal", "imaging_method")
    with sqlite3.connect(cache / "online.sqlite") as base:
        base.execute("UPDATE answer SET at = at - 31 * 86400")
    base.close()
    assert not client(service).answer("confocal", "imaging_method").cached
    assert len(service.asked) == 2


@pytest.mark.parametrize("harm", [b"no database", b""])
def test_a_broken_cache_is_made_again(service: Service, cache: Path, harm: bytes) -> None:
    cache.mkdir(parents=True)
    (cache / "online.sqlite").write_bytes(harm)
    service.plan = [Said(body(DOC))]
    assert client(service).answer("confocal", "imaging_method").terms == (TERM,)
    assert client(service).answer("confocal", "imaging_method").cached


def test_a_cache_that_cannot_be_written_costs_nothing_but_itself(service: Service, cache: Path) -> None:
    cache.write_text("a file where a folder should be")
    service.plan = [Said(body(DOC))]
    assert client(service).answer("confocal", "imaging_method").terms == (TERM,)


@pytest.mark.parametrize(
    "said",
    [
        Said(b"<html><body>502 Bad Gateway</body></html>", headers={"Content-Type": "text/html"}),
        Said(body(DOC)[:-30]),
        Said(body(DOC), promised=9_999),
        Said(b""),
        Said(b"[]"),
        Said(b'{"response": null}'),
        Said(b'{"response": {"docs": {"a": 1}}}'),
        Said(b"[" * 200_000),
        Said(body(DOC), status=404),
        Said(body(DOC), status=500),
        Said(b"x" * (1 << 21)),
        Said(body(DOC), status=302, headers={"Location": "https://example.org/elsewhere"}),
        Said(body(DOC), status=302, headers={"Location": "file:///etc/passwd"}),
        Said(body(DOC), status=302, headers={"Location": "http://"}),
        Said(body(DOC), wait=5.0),
        Said(body(DOC), drip=0.02),
    ],
    ids=[
        "html page", "cut short", "connection cut", "empty", "list", "no response", "no docs", "deep", "404", "500",
        "too large", "redirect elsewhere", "redirect to a file", "redirect nowhere", "slow", "drop by drop",
    ],
)  # fmt: skip
def test_a_bad_answer_is_no_answer_and_is_not_kept(service: Service, cache: Path, said: Said) -> None:
    service.plan = [said]
    one = client(service, read=0.3, whole=0.6)
    before = time.monotonic()
    assert one.answer("confocal", "imaging_method").state == "failed"
    assert time.monotonic() - before < 4
    assert one.state()["last"] == "failed"
    service.plan = [Said(body(DOC))]
    assert one.answer("confocal", "imaging_method").terms == (TERM,)


def test_a_redirect_within_the_host_is_followed_and_a_loop_is_not(service: Service) -> None:
    there = Said(status=301, headers={"Location": "/ols4/api/select?q=confocal"})
    service.plan = [there, Said(body(DOC))]
    assert client(service).answer("confocal", "imaging_method").terms == (TERM,)
    service.plan = [there]
    service.asked.clear()
    assert client(service).answer("spinning disk", "imaging_method").state == "failed"
    assert len(service.asked) <= 5


def test_no_service_at_all_is_a_failure_and_nothing_more() -> None:
    dead = Client(Settings("http://127.0.0.1:9/api"))
    assert dead.answer("confocal", "imaging_method").state == "failed"


@pytest.mark.parametrize(
    "base", ["http://example.org/api", "ftp://127.0.0.1/", "file:///etc", "https://a:b@c/", "", "::"]
)
def test_an_address_that_is_not_safe_is_not_asked(base: str) -> None:
    assert Client(Settings(base)).answer("confocal", "imaging_method").state == "failed"


def test_too_many_questions_pause_the_service_for_as_long_as_it_says(service: Service) -> None:
    clock = Clock()
    one = client(service, clock)
    service.plan = [Said(status=429, headers={"Retry-After": "120"}), Said(body(DOC))]
    assert one.answer("confocal", "imaging_method").state == "failed"
    clock.now += 119
    assert one.answer("confocal", "imaging_method").state == "resting"
    assert one.state()["resting"] == 1
    clock.now += 2
    assert one.answer("confocal", "imaging_method").state == "ok"
    assert len(service.asked) == 2


def test_a_wait_named_by_a_date_is_kept_too(service: Service) -> None:
    clock = Clock()
    one = client(service, clock)
    service.plan = [Said(status=503, headers={"Retry-After": formatdate(time.time() + 600, usegmt=True)})]
    one.answer("confocal", "imaging_method")
    assert 590 <= one.state()["resting"] <= 600


@pytest.mark.parametrize("said", ["", "soon", "-5", "٣", "Thu, 99 Foo 2026", "1e9"])
def test_a_wait_that_cannot_be_read_is_half_a_minute(service: Service, said: str) -> None:
    one = client(service)
    service.plan = [Said(status=503, headers={"Retry-After": said} if said.isascii() else {})]
    one.answer("confocal", "imaging_method")
    assert one.state()["resting"] == 30


def test_a_wait_of_years_is_an_hour(service: Service) -> None:
    one = client(service)
    service.plan = [Said(status=429, headers={"Retry-After": "99999999999999999999"})]
    one.answer("confocal", "imaging_method")
    assert one.state()["resting"] == 3600


def test_a_short_wait_is_waited_and_the_question_asked_once_more_if_still_wanted(service: Service) -> None:
    one = client(service)
    service.plan = [Said(status=503, headers={"Retry-After": "1"}), Said(body(DOC))]
    assert one.answer("confocal", "imaging_method", wanted=lambda: True).terms == (TERM,)
    assert one.slept == [1.0]  # type: ignore[attr-defined]
    service.plan = [Said(status=503, headers={"Retry-After": "1"}), Said(body(DOC))]
    service.asked.clear()
    assert one.answer("spinning disk", "imaging_method").state == "failed"
    assert len(service.asked) == 1


def test_a_question_nobody_waits_for_is_not_asked(service: Service) -> None:
    assert client(service).answer("confocal", "imaging_method", wanted=lambda: False).state == "stale"
    assert service.asked == []


def test_after_three_failures_the_service_is_left_alone_for_five_minutes(service: Service) -> None:
    clock = Clock()
    one = client(service, clock)
    service.plan = [Said(b"<html>")]
    states = [one.answer(f"confocal {number}", "imaging_method").state for number in range(5)]
    assert states == ["failed", "failed", "failed", "resting", "resting"]
    assert len(service.asked) == 3
    clock.now += 301
    service.plan = [Said(body(DOC))]
    assert one.answer("confocal 9", "imaging_method").state == "ok"
    assert one.state() == {"on": True, "url": service.url + "/api", "last": "ok", "resting": 0}


def test_a_good_answer_between_failures_starts_the_count_again(service: Service) -> None:
    one = client(service)
    bad, good = Said(b"<html>"), Said(body(DOC))
    service.plan = [bad, bad, good, bad, bad, good]
    states = [one.answer(f"confocal {number}", "imaging_method").state for number in range(6)]
    assert states == ["failed", "failed", "ok", "failed", "failed", "ok"]


def test_kept_answers_are_given_even_while_the_service_rests(service: Service) -> None:
    one = client(service)
    service.plan = [Said(body(DOC)), Said(b"<html>")]
    one.answer("confocal", "imaging_method")
    for number in range(4):
        one.answer(f"other {number}", "imaging_method")
    assert one.answer("other 9", "imaging_method").state == "resting"
    assert one.answer("confocal", "imaging_method").cached


@pytest.mark.parametrize("query", ["", "  ", "co", "c f", "*:*", "((((", "\x00\x01"])
def test_what_is_too_short_is_not_asked(service: Service, query: str) -> None:
    assert client(service).answer(query, "imaging_method").state == "short"
    assert service.asked == []


@pytest.mark.parametrize("word", ["off", "OFF", "0", "false", "no", "non"])
def test_the_switch_is_a_word_in_the_environment(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("REMBI_OLS", word)
    assert not Settings.here().on
    assert online("confocal", "imaging_method", wait=5).state == "off"


def test_the_address_is_a_setting(monkeypatch: pytest.MonkeyPatch, service: Service) -> None:
    monkeypatch.setenv("REMBI_OLS_URL", service.url + "/mirror/")
    service.plan = [Said(body(DOC))]
    assert online("confocal", "imaging_method").terms == (TERM,)
    assert service.asked[0][0].startswith("/mirror/select?")


def test_what_is_not_for_the_service_starts_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    before = threading.active_count()
    top_up = TopUp(print, client=Client(Settings("http://127.0.0.1:9", on=False)))
    assert [top_up.ask("confocal", "imaging_method"), top_up.ask("co", "imaging_method")] == [1, 2]
    assert threading.active_count() == before


def test_a_field_no_ontology_answers_is_not_asked(service: Service) -> None:
    assert client(service).answer("confocal", "roles").state == "off"
    assert client(service).answer("confocal", "no such field").state == "off"


def test_a_field_of_several_parts_asks_all_their_ontologies() -> None:
    ontologies, branches = asked_of("biological_entity")
    assert {"cl", "uberon", "cellosaurus"} <= set(ontologies)
    assert branches == ()
    assert asked_of("biosample.organism") == ({"ncbitaxon": "NCBITaxon"}, ())


# documents


def read(*docs: object, **prefixes: str) -> list[str]:
    return [term.id for term in read_answer(body(*docs), prefixes or FBBI) or ()]


@pytest.mark.parametrize(
    "change",
    [
        {"obo_id": "CHEBI:1", "short_form": "CHEBI_1"},
        {"obo_id": None, "short_form": None},
        {"obo_id": "FBbi:<b>1</b>", "short_form": 7},
        {"label": None},
        {"label": ""},
        {"label": []},
        {"label": [None]},
        {"label": {"a": 1}},
        {"type": "property"},
        {"is_obsolete": True},
    ],
)
def test_a_bad_or_foreign_document_is_left_out_alone(change: dict[str, object]) -> None:
    other = {**DOC, "obo_id": "FBbi:00000246", "label": "fluorescence microscopy"}
    assert read({**DOC, **change}, other) == ["FBbi:00000246"]


@pytest.mark.parametrize("description", [None, [], [None], "", 5, {"a": 1}])
def test_a_document_without_definition_has_none(description: object) -> None:
    (term,) = read_answer(body({**DOC, "description": description}), FBBI) or ()
    assert (term.id, term.definition) == ("FBbi:00000251", "")


def test_what_may_be_a_list_may_be_a_text() -> None:
    (term,) = (
        read_answer(body({**DOC, "label": ["confocal microscopy"], "description": "Text.", "synonym": "CLSM"}), FBBI)
        or ()
    )
    assert (term.label, term.definition, term.names) == ("confocal microscopy", "Text.", ("CLSM",))


def test_prefixes_are_written_as_their_ontology_writes_them() -> None:
    assert read({**DOC, "obo_id": "FBBI:00000251"}) == ["FBbi:00000251"]
    assert read({**DOC, "obo_id": None}) == ["FBbi:00000251"]
    assert read({**DOC, "obo_id": "CVCL:0030"}, cellosaurus="CVCL") == ["CVCL_0030"]
    assert read({**DOC, "obo_id": "CVCL_0030"}, cellosaurus="CVCL") == ["CVCL_0030"]


def test_a_term_told_twice_is_given_once() -> None:
    assert read(DOC, DOC) == ["FBbi:00000251"]


def test_an_address_that_is_none_is_left_out() -> None:
    (term,) = read_answer(body({**DOC, "iri": "javascript:alert(1)"}), FBBI) or ()
    assert term.iri == ""


def test_the_documents_of_the_recorded_answers_are_read_as_they_are(samples: Path) -> None:
    folder = samples / "terms" / "ols4_recorded"
    said = json.loads((folder / "v1_ontology_terms.json").read_text(encoding="utf-8"))
    listed = said if isinstance(said, list) else said["_embedded"]["terms"]
    docs = [{**one, "synonym": one.get("synonyms")} for one in listed][:40]
    marks = {one["ontology_name"]: one["obo_id"].partition(":")[0] for one in docs if one.get("obo_id")}
    found = read_answer(body(*docs), marks)
    assert found
    assert {term.label for term in found} <= {one["label"] for one in docs}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(DOC)), inner, max_size=6),
        max_leaves=25,
    )
)
def test_no_document_stops_the_reader(noise: object) -> None:
    found = read_answer(body(noise, DOC), FBBI)
    assert found is not None
    assert TERM.id in {term.id for term in found}


@given(st.binary(max_size=200))
def test_no_bytes_stop_the_reader(noise: bytes) -> None:
    assert read_answer(noise, FBBI) in {None, ()}


@given(st.text(max_size=300))
def test_a_question_holds_no_command_of_the_search_language(query: str) -> None:
    plain = plain_query(query)
    assert not set(plain) & set('+-&|!(){}[]^"~*?:\\/<>')
    assert len(plain) <= 100
    assert plain_query(plain) == plain


# the top-up


def test_an_answer_arrives_with_the_number_of_its_question(service: Service) -> None:
    service.plan = [Said(body(DOC))]
    arrived: list[OnlineAnswer] = []
    top_up = TopUp(arrived.append, client=client(service))
    seq = top_up.ask("confocal", "imaging_method")
    until(lambda: arrived)
    top_up.close()
    assert (arrived[0].seq, arrived[0].terms) == (seq, (TERM,))


def test_typing_on_leaves_one_question_under_way_and_drops_what_is_stale(service: Service) -> None:
    service.plan = [Said(body(DOC), wait=0.2), Said(body(DOC))]
    arrived: list[OnlineAnswer] = []
    top_up = TopUp(arrived.append, client=client(service))
    top_up.ask("con", "imaging_method")
    until(lambda: service.asked)
    for end in range(4, 9):
        last = top_up.ask("confocal"[:end], "imaging_method")
    until(lambda: arrived)
    top_up.close()
    assert [answer.seq for answer in arrived] == [last]
    assert [service.query(number)["q"] for number in range(len(service.asked))] == ["con", "confocal"]
    assert service.most_under_way == 1


def test_two_views_share_one_question_under_way(service: Service) -> None:
    service.plan = [Said(body(DOC), wait=0.1)]
    shared, arrived = client(service), []
    views = [TopUp(arrived.append, client=shared) for _ in range(3)]
    for number, view in enumerate(views):
        view.ask(f"confocal {number}", "imaging_method")
    until(lambda: len(arrived) == 3)
    for view in views:
        view.close()
    assert service.most_under_way == 1


def test_what_was_forgotten_or_closed_is_never_told(service: Service) -> None:
    service.plan = [Said(body(DOC), wait=0.2)]
    arrived: list[OnlineAnswer] = []
    top_up = TopUp(arrived.append, client=client(service))
    top_up.ask("confocal", "imaging_method")
    until(lambda: service.asked)
    top_up.forget()
    until(lambda: service.under_way == 0)
    service.plan = [Said(body(DOC))]
    last = top_up.ask("spinning disk", "imaging_method")
    until(lambda: arrived)
    top_up.close()
    top_up.ask("light sheet", "imaging_method")
    assert [answer.seq for answer in arrived] == [last]


def test_a_view_whose_own_function_fails_can_ask_again(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    service.plan = [Said(body(DOC))]
    told: list[object] = []
    monkeypatch.setattr(threading, "excepthook", told.append)
    arrived: list[OnlineAnswer] = []

    def take(answer: OnlineAnswer) -> None:
        arrived.append(answer)
        if len(arrived) == 1:
            raise LookupError

    top_up = TopUp(take, client=client(service))
    top_up.ask("confocal", "imaging_method")
    until(lambda: told)
    top_up.ask("spinning disk", "imaging_method")
    until(lambda: len(arrived) == 2)
    top_up.close()


def test_asking_does_not_wait_for_a_service_that_hangs() -> None:
    with serving() as hanging:
        hanging.plan = [Said(body(DOC), wait=30)]
        arrived: list[OnlineAnswer] = []
        top_up = TopUp(arrived.append, client=client(hanging))
        top_up.ask("confocal", "imaging_method")
        until(lambda: hanging.asked)
        numbers = [top_up.ask(f"confocal {number}", "imaging_method") for number in range(1000)]
        assert numbers == list(range(2, 1002))
        assert hanging.under_way == 1  # a thousand questions later the first still hangs: none waited for it
        top_up.close()


def test_a_script_waits_as_long_as_it_says_and_no_longer(monkeypatch: pytest.MonkeyPatch, service: Service) -> None:
    monkeypatch.setenv("REMBI_OLS_URL", service.url)
    service.plan = [Said(body(DOC), wait=20)]
    assert online("confocal", "imaging_method", wait=0.1).state == "failed"
