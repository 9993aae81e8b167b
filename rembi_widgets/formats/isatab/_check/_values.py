"""The forms of single values: dates, addresses, identifiers. Each rule gives what is wrong with a value, or nothing."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

_ANSWERS = ("not applicable", "not recorded")
"""Honest answers of the record."""


class Fault(NamedTuple):
    """What is wrong with a value."""

    code: str
    wanted: str | None = None
    replacement: str | None = None


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PART = re.compile(r"\d{4}(?:-\d\d)?")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MONTHS = 12
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_DOI_PREFIX = re.compile(r"\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)(?=10\.)", re.IGNORECASE)
_DOI_PLAIN = re.compile(r"10\.\d{4,9}/[-._;()/:a-zA-Z0-9]+")
_PUBMED = re.compile(r"(?:PMID|PubMed(?:\s*ID)?)[:\s]*(\d+)", re.IGNORECASE)
_PUBMED_DIGITS = 8
_EMAIL = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+")
_PHONE = re.compile(r"\+?[\d /()-]+")
_ORCID = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])")
_ORCID_PREFIX = re.compile(r"https?://orcid\.org/", re.IGNORECASE)


def day(value: str) -> Fault | None:
    """Tell whether a date is YYYY-MM-DD (ISA-Tab 1.0, section 2.1: ISO 8601; altamisa takes nothing else).

    >>> day("2014-02-30"), day("25/12/2014")
    (Fault(code='date', wanted='YYYY-MM-DD', replacement=None), Fault(code='date', wanted='2014-12-25', \
replacement='2014-12-25'))
    """
    if not value:
        return None
    if _DAY.fullmatch(value) and value.isascii():
        return None if _is(value) else Fault("date", "YYYY-MM-DD")
    if value.isascii() and (_PART.fullmatch(value) or _is(value)):
        whole = value[:10] if _DAY.match(value) else None
        return Fault("date_not_a_day", whole or "YYYY-MM-DD", whole)
    mended = _turned(value)
    return Fault("date", mended or "YYYY-MM-DD", mended)


def _is(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _turned(value: str) -> str | None:
    """Give a date with slashes as ISO 8601, if only one order of day and month is possible."""
    found = _SLASHED.fullmatch(value.strip())
    if found is None:
        return None
    first, second, year = (int(part) for part in found.groups())
    orders = {(first, second), (second, first)}
    possible = [(one, other) for one, other in orders if one <= _MONTHS]
    if len(possible) != 1:
        return None
    try:
        return date(year, *possible[0]).isoformat()
    except ValueError:
        return None


def doi(value: str) -> Fault | None:
    """Tell whether a DOI is bare: ``10.1038/sdata.2014.1``; a DOI with other letters is a DOI that isatools refuses."""
    if not value or _DOI_PLAIN.fullmatch(value):
        return None
    bare = _DOI_PREFIX.sub("", value).strip()
    if not _DOI.fullmatch(bare):
        return Fault("doi", "10.1234/abc")
    return Fault("doi_letters", "10.1234/abc") if bare == value else Fault("doi_prefix", bare, bare)


def pubmed(value: str) -> Fault | None:
    """Tell whether a PubMed id is digits; isatools refuses those of fewer than eight digits, altamisa those of PMC."""
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return None if len(value) >= _PUBMED_DIGITS else Fault("pubmed_short", "12345678")
    found = _PUBMED.fullmatch(value.strip())
    bare = found.group(1) if found else None
    return Fault("pubmed", bare or "12345678", bare)


def email(value: str) -> Fault | None:
    """Tell whether an e-mail address is one, and only one."""
    if not value or _EMAIL.fullmatch(value):
        return None
    bare = value.strip().removeprefix("mailto:")
    mended = bare if _EMAIL.fullmatch(bare) else None
    return Fault("email", mended or "name@example.org", mended)


def phone(value: str) -> Fault | None:
    """Tell whether a phone or fax number is digits, spaces, brackets and hyphens."""
    return None if not value or _PHONE.fullmatch(value) else Fault("phone", "+44 1223 494444")


def orcid(value: str) -> Fault | None:
    """Tell whether an ORCID is one, by its last character (ISO 7064 11,2)."""
    if not value or value.casefold() in _ANSWERS:
        return None
    found = _ORCID.fullmatch(_ORCID_PREFIX.sub("", value.strip()).rstrip("/"))
    if found is None or not value.isascii() or not _sums(digits := "".join(found.groups()).upper()):
        return Fault("orcid", "0000-0002-1825-0097")
    bare = "-".join(digits[at : at + 4] for at in range(0, 16, 4))
    return None if value in {bare, f"https://orcid.org/{bare}"} else Fault("orcid_form", bare, bare)


def _sums(digits: str) -> bool:
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == digits[-1]


RULES = {
    "Submission Date": day,
    "Public Release Date": day,
    "Publication DOI": doi,
    "PubMed ID": pubmed,
    "Person Email": email,
    "Person Phone": phone,
    "Person Fax": phone,
}
"""End of a label -> rule of its values."""
COMMENT_RULES = {"orcid": orcid}
"""Name of a comment, in small letters -> rule of its values."""
