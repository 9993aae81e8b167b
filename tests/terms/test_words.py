"""Words: spellings, languages, endings, and what says nothing in a field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.terms._keys import fold
from rembi_widgets.terms._readings import keys, pieces
from rembi_widgets.terms._words import bag, core, kept, spelled, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("haematoxylin", "hematoxylin"),
        ("oesophagus", "esophagus"),
        ("localisation microscopy", "localization microscopy"),
        ("tumour", "tumor"),
        ("fibre", "fiber"),
        ("micrometre", "micrometer"),
        ("sulphate", "sulfate"),
        ("tunnelling", "tunneling"),
        ("milligramme", "milligram"),
    ],
)
def test_spellings_that_are_one(one: str, other: str) -> None:
    assert spelled(one) == spelled(other)


@pytest.mark.parametrize("word", ["four", "hour", "goes", "metres per hour"])
def test_spelling_settles(word: str) -> None:
    assert spelled(spelled(word)) == spelled(word)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("electron microscopy, scanning", "scanning electron microscope"),
        ("microscopie électronique à balayage", "scanning electron microscopy"),
        ("scanning EM", "scanning electron microscopy"),
        ("fixation with methanol", "methanol fixed"),
        ("cellules épithéliales", "epithelial cell"),
        ("permeabilised", "permeabilization"),
        ("neutrophile", "neutrophil"),
        ("spinning discs", "spinning disk"),
    ],
)
def test_bags_that_are_one(one: str, other: str) -> None:
    assert bag(fold(one)) == bag(fold(other)) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("T cell", "B cell"), ("L cell", "cell"), ("microliter", "milliliter"), ("a", "d")]
)
def test_bags_that_are_two(one: str, other: str) -> None:
    assert bag(fold(one)) != bag(fold(other)) or not bag(fold(one))


def test_articles_say_nothing_in_a_sentence_and_are_a_name_alone() -> None:
    assert stems("the") == stems("de") == ()
    assert bag("microscopie d expansion") == bag("expansion microscopy")


def test_what_says_nothing_depends_on_the_part() -> None:
    assert core(bag("confocal microscopy"), "imaging_method") == "confocal"
    assert core(bag("confocal microscopy"), "label") == bag("confocal microscopy")
    assert kept("zebrafish embryo", "organism") == "zebrafish"
    assert kept("raw264 7 macrophages", "cell_line", minor=True) == "raw264 7"
    assert core(bag("microscopy"), "imaging_method") == ""


def test_readings_lose_points_for_what_they_leave_out() -> None:
    asked = keys("Homo sapiens (human)", "organism")
    assert asked["z:homosapienshuman"][0] > asked["z:homosapiens"][0] > 900
    assert keys("4% PFA", "sample_prep")["z:pfa"][0] < 1000
    assert keys("minute(s)", "unit")["z:minute"][0] == 1000


def test_pieces_are_worth_less_than_any_reading() -> None:
    found = pieces("Tg(x) zebrafish", "organism")
    assert "z:zebrafish" in found
    assert max(points for points, _ in found.values()) < 600
    assert pieces("zebrafish", "organism") == {}


@given(st.text(max_size=80), st.sampled_from(["organism", "imaging_method", "unit"]))
def test_whatever_is_typed_has_readings_or_none(said: str, part: str) -> None:
    assert all(points > 0 and key[1] == ":" for key, (points, _) in {**keys(said, part), **pieces(said, part)}.items())
