"""Identifiers and addresses: ORCID iD, ROR, DOI, PubMed, e-mail, URL, year.

Sources: check characters after ISO 7064 (mod 11-2 for ORCID, mod 97-10 for ROR); DOI form as archives read it
(``10.`` with four to nine digits); faults seen in records that curators had to mend by hand.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rembi_widgets.checks._asked import with_pattern
from rembi_widgets.checks._case import finding
from rembi_widgets.record import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import Finding, Level

ORCID = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]")
ROR = re.compile(r"https://ror\.org/0[0-9a-hj-km-np-tv-z]{6}[0-9]{2}")
DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]]+@[^\s@<>,;:\"()\[\].]+(\.[^\s@<>,;:\"()\[\].]+)+")
URL = re.compile(r"(https?|ftp)://[^\s/?#]+\.[^\s]+", re.IGNORECASE)
_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"


@dataclass(frozen=True)
class Form:
    """How the text of some fields has to look.

    Attributes
    ----------
    code
        The rule.
    pattern
        The fields it is for, by the pattern that the guide names.
    good
        Whether a text is as wanted.
    mend
        What was meant, as far as the text tells.
    wanted
        An example, or the form in words that need no translation.
    """

    code: str
    pattern: str
    good: Callable[[str], bool]
    mend: Callable[[str], str]
    wanted: Callable[[str], str]
    level: Level = "warning"


def visible(said: str) -> str:
    r"""Give a text without what cannot be seen: marks of writing direction, soft hyphens, spaces around.

    Examples
    --------
    >>> visible("\u202aada@example.org\u202c ")
    'ada@example.org'
    """
    return "".join(letter for letter in said if unicodedata.category(letter) not in {"Cf", "Cc"}).strip()


def mend_email(said: str) -> str:
    """Give the address in ``Ada <mailto:ada@example.org>``."""
    bracketed = re.search(r"<([^<>]+)>", said)
    return visible(bracketed[1] if bracketed else said).removeprefix("mailto:").rstrip(".,;").strip()


def mend_orcid(said: str) -> str:
    """Give the digits of an ORCID iD in groups of four.

    Examples
    --------
    >>> mend_orcid("https://orcid.org/0000000218250097")
    '0000-0002-1825-0097'
    """
    bare = re.sub(r"(?i)^.*orcid(\.org)?(\s*id)?\s*[:/]?", "", visible(said))
    kept = re.sub(r"[\s.\-\u2010-\u2015]", "", bare).rstrip("/").upper()
    return "-".join(kept[place : place + 4] for place in range(0, 16, 4)) if len(kept) == 16 else said  # noqa: PLR2004


def orcid_digit(said: str) -> str:
    """Give the check character that the first fifteen digits ask for (ISO 7064, mod 11-2).

    Examples
    --------
    >>> orcid_digit("0000-0002-1825-0091")
    '7'
    """
    total = 0
    for digit in said.replace("-", "")[:15]:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)  # noqa: PLR2004 - ten is written X


def mend_ror(said: str) -> str:
    """Give the address of a ROR id.

    Examples
    --------
    >>> mend_ror("ror.org/02catss52"), mend_ror("02CATSS52")
    ('https://ror.org/02catss52', 'https://ror.org/02catss52')
    """
    bare = re.sub(r"(?i)^(https?://)?(www\.)?(ror(\.org)?\s*[:/]\s*)?", "", visible(said)).rstrip("/").lower()
    return f"https://ror.org/{bare}"


def ror_digits(said: str) -> str:
    """Give the two check digits that a ROR id asks for (ISO 7064, mod 97-10).

    Examples
    --------
    >>> ror_digits("https://ror.org/02catss52")
    '52'
    """
    number = 0
    for letter in said[-9:-2]:
        number = number * 32 + _BASE32.index(letter)
    return f"{98 - number * 100 % 97:02d}"


def mend_doi(said: str) -> str:
    """Give a DOI without what stands before it.

    Examples
    --------
    >>> mend_doi("doi: 10.1038/s41592-021-01166-8")
    '10.1038/s41592-021-01166-8'
    """
    bare = re.sub(r"(?i)^\s*(https?://)?((dx\.)?doi\.org/|doi\s*[:/]?\s*)?", "", visible(said))
    return bare.rstrip(".,;")


def mend_url(said: str) -> str:
    """Give an address with the beginning that was left out."""
    bare = visible(said)
    if DOI.fullmatch(mend_doi(bare)):
        return f"https://doi.org/{mend_doi(bare)}"
    return f"https://{bare}" if re.match(r"(?i)(www\.|[\w-]+(\.[\w-]+)+/)", bare) else bare


def mend_number(said: str) -> str:
    """Give the digits of ``PMID: 34654919``, if there is one number only."""
    numbers = re.findall(r"[0-9]+", said)
    return numbers[0] if len(numbers) == 1 else said


def _always(wanted: str) -> Callable[[str], str]:
    return lambda _said: wanted


FORMS: tuple[Form, ...] = (
    Form(
        "email_form",
        "email",
        lambda said: EMAIL.fullmatch(said) is not None and visible(said) == said,
        mend_email,
        _always("name@example.org"),
    ),
    Form(
        "orcid_form",
        "orcid",
        lambda said: ORCID.fullmatch(said) is not None,
        mend_orcid,
        _always("0000-0002-1825-0097"),
    ),
    Form(
        "orcid_digit",
        "orcid",
        lambda said: ORCID.fullmatch(said) is None or orcid_digit(said) == said[-1],
        str,
        lambda said: said[:-1] + orcid_digit(said),
    ),
    Form(
        "ror_form",
        "ror",
        lambda said: ROR.fullmatch(said) is not None,
        mend_ror,
        _always("https://ror.org/02catss52"),
    ),
    Form(
        "ror_digit",
        "ror",
        lambda said: ROR.fullmatch(said) is None or ror_digits(said) == said[-2:],
        str,
        lambda said: said[:-2] + ror_digits(said),
    ),
    Form(
        "doi_form",
        "doi",
        lambda said: DOI.fullmatch(said) is not None,
        mend_doi,
        _always("10.1038/s41592-021-01166-8"),
    ),
    Form(
        "pubmed_form",
        "pubmed",
        lambda said: re.fullmatch(r"[1-9][0-9]{0,8}", said) is not None,
        mend_number,
        _always("34654919"),
    ),
    Form(
        "year_form",
        "year",
        lambda said: re.fullmatch(r"(19|20)[0-9]{2}", said) is not None,
        mend_number,
        _always("2026"),
    ),
    Form(
        "url_form",
        "url",
        lambda said: URL.fullmatch(said) is not None,
        mend_url,
        _always("https://example.org/page"),
    ),
    Form(
        "colour_form",
        "colour",
        lambda said: re.fullmatch(r"#[0-9A-Fa-f]{6}", said) is not None,
        lambda said: f"#{visible(said).lstrip('#')}",
        _always("#00FF00"),
    ),
)
"""Every form that is looked at."""


def forms(case: Case) -> Iterator[Finding]:
    """Find identifiers and addresses that are not written as they should, or whose check digits do not agree."""
    for form in FORMS:
        for home, _, field in with_pattern(form.pattern):
            for path, entity in case.entities(home):
                said = getattr(entity, field.name)
                if isinstance(said, str) and not form.good(said):
                    yield _ill_formed(form, f"{path}/{field.name}", said, case.name(path))


def _ill_formed(form: Form, path: str, said: str, name: str) -> Finding:
    meant = form.mend(said)
    fix = (Edit(op="set", path=path, value=meant),) if meant != said and form.good(meant) else None
    wanted = meant if fix else form.wanted(said)
    return finding(form.level, form.code, path, found=visible(said), wanted=wanted, fix=fix, name=name)
