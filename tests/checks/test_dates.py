"""Dates: read in one way only, or left to a person."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.checks._dates import is_day, mend_date
from tests.checks.builder import codes, only, with_set

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))
ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
FRENCH = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


@given(DAYS)
def test_a_day_as_iso_writes_it_is_a_day(day: date) -> None:
    assert is_day(day.isoformat())
    assert mend_date(day.isoformat()) == day.isoformat()


@given(DAYS, st.sampled_from(["%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y-%m-%dT%H:%M:%S", "%Y %m %d"]))
def test_year_first_is_read_in_one_way(day: date, form: str) -> None:
    assert mend_date(day.strftime(form)) == day.isoformat()


@given(DAYS, st.sampled_from("./- "))
def test_year_last_is_read_only_if_the_day_can_be_told(day: date, sign: str) -> None:
    told = day.day > 12 or day.day == day.month
    assert mend_date(f"{day.day:02}{sign}{day.month:02}{sign}{day.year}") == (day.isoformat() if told else None)
    assert mend_date(f"{day.month:02}{sign}{day.day:02}{sign}{day.year}") == (day.isoformat() if told else None)


@given(DAYS, st.sampled_from([ENGLISH, FRENCH]))
def test_a_named_month_is_read(day: date, months: list[str]) -> None:
    name = months[day.month - 1]
    for said in (
        f"{day.day} {name} {day.year}",
        f"{name} {day.day}, {day.year}",
        f"{day.day} {name.upper()} {day.year}",
    ):
        assert mend_date(said) == day.isoformat()


@pytest.mark.parametrize(
    "said", ["2026", "2026-01", "spring 2026", "2026-13-01", "30 February 2026", "0000-01-01", "१२३४-०१-०१"]
)
def test_what_is_no_day(said: str) -> None:
    assert not is_day(said)
    assert mend_date(said) is None


@given(st.text(max_size=40))
def test_whatever_is_said_a_mended_date_is_a_day(said: str) -> None:
    meant = mend_date(said)
    assert meant is None or is_day(meant)


def test_a_release_on_the_day_of_submission_is_fine() -> None:
    same = with_set("/study/release_date", "2025-12-01")
    assert "release_too_early" not in codes(same)


def test_a_release_before_the_submission_names_the_day_to_beat() -> None:
    found = only(with_set("/study/release_date", "2025-11-30"), "release_too_early")
    assert (found.found, found.wanted) == ("2025-11-30", "≥ 2025-12-01")


def test_dates_are_nobodys_business_at_omero() -> None:
    assert "date_form" not in codes(with_set("/study/release_date", "soon"), "omero")
    assert only(with_set("/study/release_date", "soon"), "date_form", "bia").level == "error"
