"""Identifiers: check digits catch slips, and mending is safe."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rembi_widgets.checks._identifiers import (
    DOI,
    EMAIL,
    FORMS,
    ORCID,
    ROR,
    URL,
    mend_doi,
    mend_email,
    mend_number,
    mend_orcid,
    mend_ror,
    mend_url,
    orcid_digit,
    ror_digits,
    visible,
)
from rembi_widgets.record import GUIDE, PATTERNS

FIFTEEN = st.text("0123456789", min_size=15, max_size=15)
SIX = st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=6, max_size=6)


def orcid(digits: str) -> str:
    bare = digits + orcid_digit(digits)
    return "-".join(bare[place : place + 4] for place in range(0, 16, 4))


def ror(letters: str) -> str:
    return f"https://ror.org/0{letters}" + ror_digits(f"https://ror.org/0{letters}00")


@given(FIFTEEN)
def test_an_orcid_with_its_own_digit_is_good(digits: str) -> None:
    made = orcid(digits)
    assert ORCID.fullmatch(made)
    assert orcid_digit(made) == made[-1]


@given(FIFTEEN, st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_of_an_orcid_is_noticed(digits: str, place: int, shift: int) -> None:
    wrong = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]
    assert orcid_digit(wrong) != orcid_digit(digits)


@given(FIFTEEN, st.integers(0, 13))
def test_two_swapped_digits_of_an_orcid_are_noticed(digits: str, place: int) -> None:
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    assume(swapped != digits)
    assert orcid_digit(swapped) != orcid_digit(digits)


@given(SIX, st.integers(0, 5), st.sampled_from("0123456789abcdefghjkmnpqrstvwxyz"))
def test_one_wrong_letter_of_a_ror_id_is_noticed(letters: str, place: int, other: str) -> None:
    wrong = letters[:place] + other + letters[place + 1 :]
    assume(wrong != letters)
    assert ROR.fullmatch(ror(letters))
    assert ror(wrong)[-2:] != ror(letters)[-2:]


@given(
    FIFTEEN,
    st.sampled_from(["{}", "https://orcid.org/{}", "http://orcid.org/{}/", "orcid.org/{}", "ORCID: {}", " {} "]),
)
def test_an_orcid_is_found_in_what_stands_around_it(digits: str, around: str) -> None:
    made = orcid(digits)
    assert mend_orcid(around.format(made)) == made
    assert mend_orcid(around.format(made.replace("-", ""))) == made
    assert mend_orcid(around.format(made.replace("-", "\u2010"))) == made


@given(
    SIX,
    st.sampled_from(["{}", "https://ror.org/{}", "http://ror.org/{}", "ror.org/{}", "ROR: {}", "https://ror.org/{}/"]),
)
def test_a_ror_id_is_found_in_what_stands_around_it(letters: str, around: str) -> None:
    made = ror(letters)
    assert mend_ror(around.format(made[-9:])) == made
    assert mend_ror(around.format(made[-9:].upper())) == made


@pytest.mark.parametrize(
    "said",
    [
        "10.1038/s41592-021-01166-8",
        "doi:10.1038/s41592-021-01166-8",
        "DOI: 10.1038/s41592-021-01166-8",
        "doi.org/10.1038/s41592-021-01166-8",
        "https://doi.org/10.1038/s41592-021-01166-8",
        "http://dx.doi.org/10.1038/s41592-021-01166-8",
        " 10.1038/s41592-021-01166-8\u200b",
    ],
)
def test_a_doi_is_found_in_what_stands_before_it(said: str) -> None:
    assert mend_doi(said) == "10.1038/s41592-021-01166-8"


@pytest.mark.parametrize(
    "said", ["TBD", "pending", "arXiv:2101.00001", "10.1/short", "10.1038/", "https://example.org/10"]
)
def test_what_is_no_doi(said: str) -> None:
    assert not DOI.fullmatch(mend_doi(said))


@pytest.mark.parametrize("good", ["ada@example.org", "a.b+c@mail.example.co.uk", "ana-maría@exämple.org", "x_y@a-b.fr"])
def test_addresses_that_can_be(good: str) -> None:
    assert EMAIL.fullmatch(good)
    assert mend_email(good) == good


@pytest.mark.parametrize(
    "bad", ["ada", "ada@", "@example.org", "ada@example", "a b@example.org", "ada@example.org, b@c.de", "ada@.org"]
)
def test_addresses_that_cannot_be(bad: str) -> None:
    assert not EMAIL.fullmatch(bad)


@given(st.emails())
def test_whatever_the_address_its_mending_settles(address: str) -> None:
    assert mend_email(mend_email(address)) == mend_email(address)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("www.example.org", "https://www.example.org"),
        ("example.org/data", "https://example.org/data"),
        ("10.1038/s41592-021-01166-8", "https://doi.org/10.1038/s41592-021-01166-8"),
        ("https://example.org", "https://example.org"),
    ],
)
def test_an_address_of_the_web_gets_its_beginning(said: str, meant: str) -> None:
    assert mend_url(said) == meant
    assert URL.fullmatch(meant)


@pytest.mark.parametrize("said", ["S-BIAD1234", "see the paper", "ftp", "javascript:alert(1)", "https://"])
def test_what_is_no_address_of_the_web_stays(said: str) -> None:
    assert not URL.fullmatch(mend_url(said))


def test_a_number_is_taken_only_if_it_is_the_only_one() -> None:
    assert mend_number("PMID: 34654919") == "34654919"
    assert mend_number("34654919 or 12345") == "34654919 or 12345"


@given(st.text())
def test_what_is_visible_is_nothing_more_than_what_was_said(said: str) -> None:
    assert set(visible(said)) <= set(said)
    assert visible(visible(said)) == visible(said)


@given(st.text(max_size=60), st.sampled_from(FORMS))
def test_no_text_upsets_a_form(said: str, form: object) -> None:
    assert form.good(said) in {True, False}
    if not form.good(said):
        assert isinstance(form.mend(said), str)
        assert form.wanted(said)


def test_every_pattern_of_the_guide_has_its_form() -> None:
    used = {field.pattern for section in GUIDE.values() for field in section.fields.values()} - {None}
    assert used <= set(PATTERNS)
    assert used - {"date"} == {form.pattern for form in FORMS}
