"""Searching: from what was typed or pasted to the terms it may mean."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from rembi_widgets.locale import text
from rembi_widgets.record import Term
from rembi_widgets.terms._fields import parts_of
from rembi_widgets.terms._keys import ways
from rembi_widgets.terms._match import CONFIDENT, Match
from rembi_widgets.terms._rank import EXACT, rank
from rembi_widgets.terms._vocabulary import entries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rembi_widgets.terms._vocabulary import Entry, Name

LONGEST = 200
"""Letters of a query that are looked at."""

_PASTED = re.compile(r"(?:^|[/#\s(])([A-Za-z][A-Za-z0-9]*)[:_](\w+)\)?$")


def search(query: str, field: str | None = None, *, limit: int = 8, lang: str | None = None) -> tuple[Match, ...]:
    """Find terms, best first.

    Parameters
    ----------
    query
        A name in English or French, as far as it is typed, with slips of the finger; or a pasted identifier
        (``NCBITaxon:9606``, ``NCBITaxon_9606``, an IRI), or ``Homo sapiens (human)``. Empty gives the first terms
        of the field.
    field
        A field of the record (``organism``, ``biological_entity``) or part of the vocabulary (``cell_line``);
        ``None`` searches all.
    limit
        How many at most.
    lang
        Language of the reasons; default: the one in use.

    Raises
    ------
    RembiError
        If there is no such field.
    """
    parts = parts_of(field)
    asked = " ".join(query[:LONGEST].split())
    if not asked:
        return tuple(_opened(entry, lang) for entry in _entries_of(parts)[:limit]) if field else ()
    pasted = by_pasted_id(asked)
    if pasted is not None:
        return (_as_match(pasted, text("terms.why.id", lang), EXACT),)
    readings = ways(asked)
    found = rank(asked, readings, parts) if readings else {}
    best = sorted(found.values(), key=lambda scored: (-scored[0], scored[1].entry.rank))[:limit]
    return tuple(_as_match(name.entry, _why(name, lang, slip=slip), points) for points, name, slip in best)


def by_id(identity: str) -> Term | None:
    """Give a term by its CURIE, however it is written; ``None`` if the vocabulary does not hold it."""
    found = by_pasted_id(identity.strip())
    return None if found is None else _as_term(found)


def vocabulary(field: str | None = None) -> tuple[Term, ...]:
    """Give all terms that come with the package for a field, what is used most first.

    Raises
    ------
    RembiError
        If there is no such field.
    """
    return tuple(_as_term(entry) for entry in _entries_of(parts_of(field)))


def by_pasted_id(pasted: str) -> Entry | None:
    """Read an identifier as a CURIE, with an underscore, or at the end of an IRI."""
    found = _PASTED.search(pasted)
    return None if found is None else _by_key().get((found[1].casefold(), found[2].casefold()))


@cache
def _by_key() -> dict[tuple[str, str], Entry]:
    keys: dict[tuple[str, str], Entry] = {}
    for entry in entries():
        prefix, _, number = entry.id.replace("_", ":", 1).partition(":")
        keys[prefix.casefold(), number.casefold()] = entry
    return keys


def _entries_of(parts: Sequence[str]) -> list[Entry]:
    return [entry for part in parts for entry in entries() if entry.part == part]


def _as_term(entry: Entry) -> Term:
    return Term(label=entry.label, id=entry.id, ontology=entry.ontology)


def _as_match(entry: Entry, why: str, points: float) -> Match:
    return Match(entry.id, entry.label, entry.ontology, why, round(points, 2), points >= CONFIDENT)


def _opened(entry: Entry, lang: str | None) -> Match:
    return Match(entry.id, entry.label, entry.ontology, text("terms.why.label", lang), 0.0, confident=False)


def _why(name: Name, lang: str | None, *, slip: bool) -> str:
    if slip:
        return text("terms.why.close", lang, name=name.text)
    return text("terms.why.label", lang) if name.is_label else text("terms.why.alias", lang, name=name.text)
