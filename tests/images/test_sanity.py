"""The rules of truth: what a header's number must be to be reported."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.images._sanity import Notes, tidy


@pytest.mark.parametrize(
    ("value", "expected"), [(1.4000000000000001, 1.4), (0.1 + 0.2, 0.3), (0.324999988079, 0.324999988079), (5.0, 5.0)]
)
def test_floats_are_tidied(value: float, expected: float) -> None:
    assert tidy(value) == expected


@pytest.mark.parametrize(
    ("found", "unit", "expected"),
    [
        ("0.65", None, 0.65),
        ("65", "nm", 0.065),
        ("6.5e-7", "m", 0.65),
        ("2", "Å", 0.0002),
        ("1", "micron", 1.0),
        ("1", "um", 1.0),
        ("1", "μm", 1.0),  # the Greek letter
        ("1", "micrometer", 1.0),
        ("0.5", "mm", 500.0),
    ],
)
def test_lengths_are_given_in_micrometres(found: str, unit: str | None, expected: float) -> None:
    notes = Notes()
    assert notes.length_um("px_x_um", found, unit) == expected
    assert notes == []


@pytest.mark.parametrize(
    ("found", "unit", "key"),
    [
        ("0", "µm", "impossible"),
        ("1e-19", "m", "impossible"),
        ("-10", "µm", "impossible"),
        ("1", "pixel", "unit"),
        ("0.2", "1/nm", "unit"),
        ("1", "reference frame", "unit"),
        ("nan", "µm", "no_number"),
        ("inf", "µm", "no_number"),
        ("wide", "µm", "no_number"),
        ("1e400", "µm", "no_number"),
    ],
)
def test_impossible_lengths_are_unknown_and_said(found: str, unit: str, key: str) -> None:
    notes = Notes()
    assert notes.length_um("px_x_um", found, unit) is None
    assert [note.key for note in notes] == [f"images.note.{key}"]
    assert "pixel size in x" in notes[0].say("en")
    assert "taille du pixel en x" in notes[0].say("fr")


@pytest.mark.parametrize("found", ["0", "-1", "0.5", "1e300", "x"])
def test_impossible_sizes_are_unknown_and_said(found: str) -> None:
    notes = Notes()
    assert notes.size("size_x", found) is None
    assert len(notes) == 1


def test_a_magnification_of_zero_is_unknown() -> None:
    notes = Notes()
    assert notes.positive("objective.magnification", "0") is None
    assert notes[0].values["found"] == "0"


def test_what_is_not_said_leaves_no_note() -> None:
    notes = Notes()
    assert notes.length_um("px_x_um", None) is None
    assert notes.size("size_x", "") is None
    assert notes.date("acquired_at", " ") is None
    assert notes == []


@pytest.mark.parametrize(
    ("found", "expected"), [("-1", "#FFFFFF"), ("16711935", "#00FF00"), ("-2147483648", "#800000")]
)
def test_colours_are_signed_numbers(found: str, expected: str) -> None:
    assert Notes().colour("channels.color_hex", found) == expected


@pytest.mark.parametrize("found", ["red", "99999999999", ""])
def test_colours_that_are_none_are_said(found: str) -> None:
    notes = Notes()
    assert notes.colour("channels.color_hex", found) is None
    assert len(notes) == 1


def test_dates_keep_their_form_and_wrong_ones_are_dropped() -> None:
    notes = Notes()
    assert notes.date("acquired_at", "2016-03-11T10:23:44.925154Z") == "2016-03-11T10:23:44.925154Z"
    assert notes.date("acquired_at", "the 3rd of May") is None
    assert len(notes) == 1


@given(st.text(max_size=40), st.text(max_size=10) | st.none())
def test_no_text_breaks_a_rule(found: str, unit: str | None) -> None:
    notes = Notes()
    for value in (notes.length_um("px_x_um", found, unit), notes.time_s("time_increment_s", found, unit)):
        assert value is None or value > 0
    size = notes.size("size_x", found)
    assert size is None or size >= 1
    notes.date("acquired_at", found)
    notes.colour("channels.color_hex", found)
    assert all(note.say(lang) for note in notes for lang in ("en", "fr"))
