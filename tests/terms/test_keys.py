"""Keys: what counts as the same name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.record import GUIDE
from rembi_widgets.terms import FIELDS
from rembi_widgets.terms._keys import fold, names_of, short_species, singular, squeeze


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
        ("pancreas", "pancreas"),
        ("ovaries", "ovary"),
        ("series", "series"),
        ("lens", "lens"),
        ("virus", "virus"),
        ("testis", "testis"),
        ("gas", "gas"),
    ],
)
def test_plurals_are_taken_off_as_far_as_an_ending_tells(plural: str, one: str) -> None:
    assert singular(plural) == one


def test_names_hide_in_labels() -> None:
    assert "STORM" in names_of("STORM (stochastic optical reconstruction microscopy)")
    assert names_of("HeLa") == ("HeLa",)
    assert names_of("A549(Cas9)") == ("A549(Cas9)",)
    assert short_species("Mus musculus") == "M. musculus"
    assert short_species("Human immunodeficiency virus 1") is None


def test_every_term_field_of_the_guide_is_known_here() -> None:
    told = {field.terms for section in GUIDE.values() for field in section.fields.values()} - {None}
    assert told <= FIELDS.keys()
    assert all(FIELDS[field] for field in told)
