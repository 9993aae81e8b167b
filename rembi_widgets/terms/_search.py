"""Searching: from what was typed or pasted to the terms it may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.locale import text
from rembi_widgets.terms._fields import parts_of
from rembi_widgets.terms._lookup import as_term, row_of
from rembi_widgets.terms._match import CONFIDENT, Match
from rembi_widgets.terms._rank import rank
from rembi_widgets.terms._ranking import POINTS
from rembi_widgets.terms._sources import index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rembi_widgets.record import Term
    from rembi_widgets.terms._rank import Met

LONGEST = 200
"""Letters of a query that are looked at."""

_OPENED = """
SELECT DISTINCT term.key, term.id, term.label, term.ontology, term.definition FROM term
WHERE NOT obsolete AND ('|' || parts || '|') LIKE ? ORDER BY popularity DESC, term.key LIMIT ?
"""
_TOLD = "SELECT key, id, label, ontology, definition FROM term WHERE key IN (%s)"
_WHY = {"slip": "close", "piece": "piece", "beside": "beside", "inside": "inside"}
_KINDS = {"label": "label", "alias": "alias"}


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

    Returns
    -------
    tuple
        Where none is confident, all are guesses, and free text is as good.

    Raises
    ------
    RembiError
        If there is no such field.
    """
    parts = parts_of(field)
    asked = " ".join(query[:LONGEST].split())
    if not asked:
        return _opened(parts, limit, lang) if field else ()
    pasted = _pasted(asked, lang)
    if pasted is not None:
        return (pasted,)
    return _told(rank(index(), asked, parts)[: max(limit, 0)], lang)


def by_id(identity: str) -> Term | None:
    """Give a term by its CURIE, however it is written; ``None`` if the vocabulary does not hold it."""
    found = row_of(identity)
    return None if found is None else as_term(found[1], found[2])


def vocabulary(field: str | None = None) -> tuple[Term, ...]:
    """Give all terms that are held for a field, what is used most first.

    Raises
    ------
    RembiError
        If there is no such field.
    """
    return tuple(as_term(row[1], row[2]) for part in parts_of(field) for row in _first(part, -1))


def _first(part: str, limit: int) -> list[tuple[Any, ...]]:
    return index().rows(_OPENED, (f"%|{part}|%", limit))


def _opened(parts: Sequence[str], limit: int, lang: str | None) -> tuple[Match, ...]:
    rows = [row for part in parts for row in _first(part, limit)][: max(limit, 0)]
    why = text("terms.why.label", lang)
    return tuple(
        Match(row[1], row[2], row[3], why, 0.0, confident=False, definition=row[4], kind="first") for row in rows
    )


def _pasted(asked: str, lang: str | None) -> Match | None:
    """Give the term of a pasted identifier, an obsolete one's successor in its place."""
    row = row_of(asked)
    if row is None:
        return None
    successor = row_of(row[7]) if row[6] and row[7] else None
    why = "replaced" if successor else "obsolete" if row[6] else "id"
    _, known, label, _, _, definition, obsolete, *_ = successor or row
    found = as_term(known, label)
    points = POINTS["guess"] if obsolete else POINTS["exact"]
    reason = text(f"terms.why.{why}", lang, id=row[1])
    return Match(known, label, found.ontology or "", reason, points, not obsolete, definition, "id")


def _told(best: Sequence[Met], lang: str | None) -> tuple[Match, ...]:
    asked = _TOLD % ",".join("?" * len(best))
    known = {row[0]: row[1:] for row in index().rows(asked, [met.name.term for met in best])} if best else {}
    found: list[Match] = []
    points = float("inf")
    for met in best:
        points = min(points, met.points if met.sure else min(met.points, POINTS["guess"]))
        sure = points >= CONFIDENT
        kind = "guess" if not sure else "slip" if met.how == "slip" else _KINDS.get(met.name.kind, "synonym")
        identity, label, ontology, definition = known[met.name.term]
        found.append(Match(identity, label, ontology, _why(met, lang), round(points, 2), sure, definition, kind))
    return tuple(found)


def _why(met: Met, lang: str | None) -> str:
    why = _WHY.get(met.how) or ("label" if met.name.kind == "label" else "alias")
    if why == "inside" and met.name.kind == "label":
        why = "label"
    return text(f"terms.why.{why}", lang, name=met.name.text)
