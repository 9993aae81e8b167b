"""Slips of the finger are forgiven where that is certain, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.terms import PARTS, search
from rembi_widgets.terms._rank import Met, Name, inside, keep, rank, same_numbers, sure_of
from rembi_widgets.terms._slips import _forgiven, _mended
from rembi_widgets.terms._sources import index

PLACE = Name(1, 7, "HeLa", "label", "hela", 10.0)


@pytest.mark.parametrize(
    ("typed", "field", "best"),
    [
        ("Mus muscullus", "organism", "NCBITaxon:10090"),
        ("Homo sapeins", "organism", "NCBITaxon:9606"),
        ("Drosophila melanogastr", "organism", "NCBITaxon:7227"),
        ("Arabidopsis thalliana", "organism", "NCBITaxon:3702"),
        ("Saccharomyces cerevisae", "organism", "NCBITaxon:4932"),
        ("Caenorhabditis elegnas", "organism", "NCBITaxon:6239"),
        ("confocal microscpy", "imaging_method", "FBbi:00000251"),
    ],
)
def test_a_slip_still_finds_what_was_meant(typed: str, field: str, best: str) -> None:
    assert search(typed, field)[0].id == best


@pytest.mark.parametrize(("typed", "other"), [("HEK392", "HEK293"), ("NIH 3T4", "NIH 3T3"), ("A548", "A549")])
def test_another_number_is_another_line_and_never_sure(typed: str, other: str) -> None:
    sure = [match for match in search(typed, "cell_line") if match.confident and match.kind == "slip"]
    assert not [match for match in sure if match.label.casefold().startswith(other.casefold())]


@pytest.mark.parametrize("nothing", ["", " ", "()", "-", "?!", "\x00", "\u200b"])
def test_a_query_without_letters_is_not_ranked(nothing: str) -> None:
    assert rank(index(), nothing, PARTS) == []


@pytest.mark.parametrize("absent", ["n/a", "none", "unknown", "not applicable"])
def test_saying_nothing_is_never_a_sure_name(absent: str) -> None:
    assert not any(match.confident for match in search(absent, "cell_line"))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_answered_best_first(typed: str) -> None:
    scores = [match.score for match in search(typed, "organism")]
    assert scores == sorted(scores, reverse=True)


@settings(max_examples=15, deadline=None)
@given(st.text(alphabet="%_'\";--*", max_size=12))
def test_signs_of_the_question_language_ask_nothing_else(typed: str) -> None:
    assert search(typed, "unit") == () or all(match.id for match in search(typed, "unit"))


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_no_more_is_given_than_asked_for(limit: int) -> None:
    assert len(search("microscopy", "imaging_method", limit=limit)) == limit


def test_each_term_is_given_once() -> None:
    found = [match.id for match in search("cell", limit=50)]
    assert len(found) == len(set(found))


def test_a_field_that_nobody_knows_is_refused() -> None:
    with pytest.raises(RembiError, match="shoe_size"):
        search("mouse", "shoe_size")


def test_a_field_may_be_named_by_its_path() -> None:
    assert search("mouse", "/biosamples/bs-1/organism")[0].id == search("mouse", "organism")[0].id


def test_a_wrong_fields_term_is_shown_and_never_sure() -> None:
    found = [match for match in search("confocal microscopy", "sample_prep") if match.id == "FBbi:00000251"]
    assert not any(match.confident for match in found)


@pytest.mark.parametrize(
    ("typed", "name", "sure"),
    [
        ("hela", "hela", True),
        ("fluorescen", "fluorescence", True),
        ("fluo", "fluorescence", False),
        ("hek2", "hek293", False),
        ("alexa 48", "alexa 488", False),
        ("alexa flour", "alexa fluor 488", False),
        ("abcde", "xbcdef", False),
    ],
)
def test_how_much_of_a_name_is_enough(typed: str, name: str, sure: bool) -> None:
    assert sure_of(typed, name) is sure


@pytest.mark.parametrize(
    ("own", "way", "met"),
    [
        ("human embryonic kidney", "embryonic kidney", True),
        ("human embryonic kidney", "embryo", True),
        ("human embryonic kidney", "kid emb", True),
        ("human embryonic kidney", "bryonic", False),
        ("human embryonic kidney", "heart", False),
    ],
)
def test_words_inside_a_name_count_from_their_beginning(own: str, way: str, met: bool) -> None:
    assert bool(inside(own, way, way.split())) is met


def test_whole_words_are_worth_more_than_begun_ones() -> None:
    whole = inside("human kidney", "kidney", ["kidney"])
    begun = inside("human kidney", "kidn", ["kidn"])
    scattered = inside("human kidney", "kid hum", ["kid", "hum"])
    assert whole > begun > scattered > 0


def test_the_better_way_to_meet_a_term_is_kept() -> None:
    found: dict[int, Met] = {}
    keep(found, PLACE, 500, "slip", sure=False)
    keep(found, PLACE, 900, "equal", sure=True)
    keep(found, PLACE, 600, "inside", sure=False)
    assert (found[7].points, found[7].how, found[7].sure) == (900, "equal", True)


@pytest.mark.parametrize(
    ("typed", "meant", "forgiven"),
    [
        ("mouze", "mouse", True),
        ("mose", "mouse", False),
        ("house", "mouse", False),
        ("wicroscopy", "microscopy", True),
        ("alexa 488", "alexa 468", False),
        ("red blood cel", "red blood cell", True),
        ("blood cells", "red blood cells", False),
        ("stemcell", "stem cell", True),
    ],
)
def test_which_slips_are_forgiven(typed: str, meant: str, forgiven: bool) -> None:
    assert _forgiven(typed, meant) is forgiven


def test_same_numbers() -> None:
    assert same_numbers("alexa 488", "alexafluor 488")
    assert not same_numbers("3t3", "3t4")
    assert not same_numbers("hek", "hek293")


KNOWN = frozenset({"kidney", "mouse", "microscopy", "house"})


@pytest.mark.parametrize(
    ("word", "mended"),
    [
        ("kidny", "kidney"),
        ("mouse", "mouse"),
        ("mous", "mous"),
        ("microscpy", "microscopy"),
        ("zzzzzz", "zzzzzz"),
        ("mousse", "mouse"),
    ],
)
def test_a_word_is_mended_to_the_nearest_known(word: str, mended: str) -> None:
    assert _mended(word, KNOWN) == mended


def test_of_two_as_near_the_one_that_begins_alike_is_taken() -> None:
    assert _mended("housse", frozenset({"mousse", "house"})) == "house"


def test_no_known_words_mend_nothing() -> None:
    assert _mended("kidny", frozenset()) == "kidny"
