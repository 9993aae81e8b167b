"""Forms of single values: what is right stays, what is nearly right is mended, and a mended value is right."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.formats.isatab._check._values import day, doi, email, orcid, phone, pubmed

FORMS = (day, doi, email, orcid, phone, pubmed)
VALUE = st.one_of(
    st.text(max_size=30),
    st.text("0123456789-/.X:", max_size=20),
    st.from_regex(r"10\.[0-9]{4}/[a-z.]{1,8}", fullmatch=True),
    st.from_regex(r"[a-z]{1,5}@[a-z]{1,5}\.org", fullmatch=True),
)


@given(VALUE, st.sampled_from(FORMS))
def test_what_a_rule_mends_is_right_by_the_same_rule(value: str, rule: object) -> None:
    fault = rule(value)  # type: ignore[operator]
    if fault is not None and fault.replacement is not None:
        assert rule(fault.replacement) is None or rule(fault.replacement).code == "pubmed_short"  # type: ignore[operator]


@pytest.mark.parametrize("rule", FORMS)
def test_an_empty_cell_has_no_form(rule: object) -> None:
    assert rule("") is None  # type: ignore[operator]


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_of_the_calendar_is_a_day(one: date) -> None:
    assert day(one.isoformat()) is None


@given(st.datetimes(min_value=datetime(1900, 1, 1)))  # noqa: DTZ001 - days as files write them have no zone
def test_a_time_is_cut_to_its_day(one: datetime) -> None:
    fault = day(one.isoformat())
    assert fault is not None
    assert (fault.code, fault.replacement) == ("date_not_a_day", one.date().isoformat())


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_day_with_slashes_is_turned_if_only_one_order_is_possible(one: date) -> None:
    fault = day(f"{one.day}/{one.month}/{one.year}")
    assert fault is not None
    certain = one.day > 12 or one.day == one.month
    assert fault.replacement == (one.isoformat() if certain else None)


@pytest.mark.parametrize(
    "value", ["2023-02-29", "2024-13-01", "2024-00-10", "2024-1-1", "soon", "\uff12\uff10\uff12\uff14-01-01"]
)
def test_what_is_no_day_is_not_guessed(value: str) -> None:
    fault = day(value)
    assert fault is not None
    assert (fault.code, fault.replacement) == ("date", None)


def checked(digits: str) -> str:
    """Give an ORCID of fifteen digits with its last character (ISO 7064 11,2)."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    last = (12 - total % 11) % 11
    whole = digits + ("X" if last == 10 else str(last))
    return "-".join(whole[at : at + 4] for at in range(0, 16, 4))


DIGITS = st.text("0123456789", min_size=15, max_size=15)


@given(DIGITS)
def test_an_orcid_with_its_own_last_character_is_one(digits: str) -> None:
    assert orcid(checked(digits)) is None


@given(DIGITS, st.integers(0, 14), st.integers(1, 9))
def test_an_orcid_with_one_digit_wrong_is_none(digits: str, place: int, more: int) -> None:
    whole = checked(digits).replace("-", "")
    wrong = whole[:place] + str((int(whole[place]) + more) % 10) + whole[place + 1 :]
    fault = orcid("-".join(wrong[at : at + 4] for at in range(0, 16, 4)))
    assert fault is not None
    assert fault.code == "orcid"


@pytest.mark.parametrize("value", ["+44 (0)1223-494444", "0123", "12/34"])
def test_phone_numbers(value: str) -> None:
    assert phone(value) is None


@pytest.mark.parametrize("value", ["call me", "+33.1.23", "0123 ext 4", "\u0660\u0661\u0662x"])
def test_what_is_no_phone_number(value: str) -> None:
    assert phone(value) is not None


@pytest.mark.parametrize("value", ["a@b.org; c@d.org", "a b@c.org", "a@b", "@b.org", "a@@b.org"])
def test_two_addresses_or_none_are_not_mended(value: str) -> None:
    fault = email(value)
    assert fault is not None
    assert fault.replacement is None


def test_an_address_to_click_on_is_mended() -> None:
    fault = email("mailto:ada@example.org")
    assert fault is not None
    assert fault.replacement == "ada@example.org"
