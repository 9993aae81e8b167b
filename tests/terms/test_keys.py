"""Keys: what counts as the same name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.record import GUIDE
from rembi_widgets.terms import FIELDS, search
from rembi_widgets.terms._fields import PARTS
from rembi_widgets.terms._keys import fold, names_of, short_species, singular, squeeze, ways
from rembi_widgets.terms._vocabulary import entries, names, words


@pytest.mark.parametrize(
    "same",
    [
        ("NIH 3T3", "nih-3t3", "NIH/3T3", "nih3t3"),
        ("poisson zèbre", "Poisson Zebre", "poisson-zèbre"),
        ("œil", "oeil", "OEIL"),
        ("µm", "μm", "um"),
        ("SARS-CoV-2", "sars cov 2", "SARS_CoV_2"),
    ],
)
def test_names_that_are_one(same: tuple[str, ...]) -> None:
    assert len({squeeze(fold(name)) for name in same}) == 1


@pytest.mark.parametrize("other", [("µM", "mM"), ("HEK293", "HEK293T"), ("%", "°"), ("T cell", "B cell")])
def test_names_that_are_two(other: tuple[str, str]) -> None:
    assert fold(other[0]) != fold(other[1])


@given(st.text(max_size=60))
def test_folding_settles(name: str) -> None:
    once = fold(name)
    assert "  " not in once
    assert once == once.strip()
    assert fold(once) == once


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("cells", "cell"),
        ("mouse", "mouse"),
        ("pancreas", "pancrea"),
        ("virus", "virus"),
        ("testis", "testis"),
        ("gas", "gas"),
    ],
)
def test_plurals_are_taken_off_as_far_as_an_ending_tells(plural: str, one: str) -> None:
    assert singular(plural) == one


def test_the_plain_reading_of_a_query_comes_first_and_costs_nothing() -> None:
    readings = ways("whole brains")
    assert readings[0] == ("whole brains", 0)
    assert dict(readings)["brain"] > 0
    assert [cost for _, cost in readings] == sorted(cost for _, cost in readings)


def test_names_hide_in_labels() -> None:
    assert "STORM" in names_of("STORM (stochastic optical reconstruction microscopy)")
    assert names_of("HeLa") == ("HeLa",)
    assert short_species("Mus musculus") == "M. musculus"
    assert short_species("Human immunodeficiency virus 1") is None


def test_every_term_field_of_the_guide_is_known_here() -> None:
    told = {field.terms for section in GUIDE.values() for field in section.fields.values()} - {None}
    assert told <= FIELDS.keys()
    assert all(FIELDS[field] for field in told)


def test_parts_are_those_of_the_vocabulary() -> None:
    assert {entry.part for entry in entries()} == set(PARTS)
    assert len({(entry.part, entry.id) for entry in entries()}) == len(entries())


@pytest.mark.parametrize("part", PARTS)
def test_every_name_of_a_part_finds_its_term_among_the_first(part: str) -> None:
    for name in names(part):
        assert name.entry.id in {match.id for match in search(name.text, part, limit=3)}, name.text


@pytest.mark.parametrize("part", PARTS)
def test_a_slip_in_a_long_label_is_forgiven(part: str) -> None:
    for entry in entries():
        if entry.part == part and len(entry.label) > 14:
            slipped = entry.label[:6] + entry.label[7:]
            assert entry.id in {match.id for match in search(slipped, part, limit=3)}, slipped


@pytest.mark.parametrize("part", PARTS)
def test_what_is_typed_letter_by_letter_never_fails(part: str) -> None:
    label = entries()[0].label if part == "organism" else next(e.label for e in entries() if e.part == part)
    for end in range(1, len(label) + 1):
        found = search(label[:end], part)
        assert all(match.score > 0 for match in found)
    assert search(label, part)[0].label == label


def test_words_are_long_enough_to_be_mistyped() -> None:
    assert all(len(word) > 3 for part in PARTS for word in words(part))
