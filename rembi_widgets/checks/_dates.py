"""Dates: written as ISO 8601 (2026-01-31), and in an order that can be."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from rembi_widgets.checks._case import finding
from rembi_widgets.record import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import Finding

FIELDS = ("submission_date", "release_date")
"""Fields of the study that hold a day."""
_MONTHS = (
    ("jan",),
    ("feb", "fev", "fév"),
    ("mar",),
    ("apr", "avr"),
    ("may", "mai"),
    ("jun", "juin"),
    ("jul", "juil"),
    ("aug", "aou", "aoû"),
    ("sep",),
    ("oct",),
    ("nov",),
    ("dec", "déc"),
)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-./ ]?)([0-9]{1,2})\2([0-9]{1,2})(?:[T ][0-9]{1,2}:.*)?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-./ ])([0-9]{1,2})\2([0-9]{4})")
_DAY_MONTH = re.compile(r"([0-9]{1,2})(?:er|st|nd|rd|th|\.)?\s+([^\W\d]{3,9})\.?\s+([0-9]{4})")
_MONTH_DAY = re.compile(r"([^\W\d]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})")
_MONTHS_IN_A_YEAR = 12


def is_day(said: str) -> bool:
    """Tell whether a text is a day as ISO 8601 writes it: 2026-01-31."""
    return len(said) == len("2026-01-31") and _day(said) is not None


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def mend_date(said: str) -> str | None:
    """Give a date as ISO 8601 writes it, if it can be read in one way only.

    Examples
    --------
    >>> mend_date("31/01/2026"), mend_date("2026.1.31"), mend_date("31 janvier 2026"), mend_date("January 31, 2026")
    ('2026-01-31', '2026-01-31', '2026-01-31', '2026-01-31')
    >>> mend_date("01/02/2026")
    """
    tidy = said.strip()
    for pattern, read in _FORMS:
        found = pattern.fullmatch(tidy)
        written = read(found) if found else None
        if written and is_day(written):
            return written
    return None


def _written(year: str, month: int, day: str) -> str:
    return f"{year}-{month:02d}-{int(day):02d}"


def _year_first(found: re.Match[str]) -> str:
    return _written(found[1], int(found[3]), found[4])


def _year_last(found: re.Match[str]) -> str | None:
    one, other = int(found[1]), int(found[3])
    if one > _MONTHS_IN_A_YEAR or one == other:
        return _written(found[4], other, found[1])
    return _written(found[4], one, found[3]) if other > _MONTHS_IN_A_YEAR else None


def _day_month(found: re.Match[str]) -> str:
    return _written(found[3], _month(found[2]), found[1])


def _month_day(found: re.Match[str]) -> str:
    return _written(found[3], _month(found[1]), found[2])


def _month(word: str) -> int:
    said = word.casefold()
    return next((number for number, names in enumerate(_MONTHS, 1) if said.startswith(names)), 0)


_FORMS = ((_YEAR_FIRST, _year_first), (_YEAR_LAST, _year_last), (_DAY_MONTH, _day_month), (_MONTH_DAY, _month_day))


def dates(case: Case) -> Iterator[Finding]:
    """Find days that are not written as ISO 8601."""
    for field in FIELDS:
        said = getattr(case.record.study, field)
        if isinstance(said, str) and not is_day(said):
            meant, path = mend_date(said), f"/study/{field}"
            fix = (Edit(op="set", path=path, value=meant),) if meant else None
            yield finding("warning", "date_form", path, found=said, wanted=meant or "2026-01-31", fix=fix)


def order(case: Case) -> Iterator[Finding]:
    """Find a release before the submission."""
    study = case.record.study
    first, last = (
        _day(said) if isinstance(said, str) else None for said in (study.submission_date, study.release_date)
    )
    if first and last and last < first:
        wanted = f"≥ {first.isoformat()}"
        yield finding("warning", "release_too_early", "/study/release_date", found=last.isoformat(), wanted=wanted)
