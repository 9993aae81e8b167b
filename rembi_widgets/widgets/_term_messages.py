"""What the views ask of the terms: suggestions for what is typed, and what stands above and below a term.

The answers are plain data. How many terms stand one step up and down comes with each, so that a view offers a step
only where there is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets import terms
from rembi_widgets.terms import search

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rembi_widgets.widgets._session import Answer, Session

LONGEST = 200
"""Letters of a query that are looked at."""
AROUND = 25
"""Terms told one step up, and one step down: more is a list to read, not to choose from."""

_KEYS = ("id", "label", "ontology", "why", "confident", "score")


def found(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Answer ``terms``: the terms that what is typed may mean, best first; for nothing typed those taken most."""
    query = str(message.get("query") or "")[:LONGEST]
    matches = search(query, field=message.get("field") or None, lang=session.lang)
    if not query.strip():
        return {"items": [{**_told(match), "why": ""} for match in matches]}
    return {"items": [_told(match) for match in matches]}


def around(_session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Answer ``term-around``: a term with the terms one step up and down; all empty if nobody knows it."""
    identity = str(message.get("id") or "")[:LONGEST]
    known = _lookup(identity)
    if known is None:
        return {"items": [], "broader": [], "narrower": []}
    return {"items": [_brief(known)], "broader": _briefs(known.parents), "narrower": _briefs(known.children)}


def _told(match: Any) -> dict[str, Any]:
    told = {key: getattr(match, key) for key in _KEYS}
    known = _lookup(match.id)
    if known is None:
        return told
    return {**told, "definition": known.definition, **_steps(known)}


def _briefs(identities: Iterable[str]) -> list[dict[str, Any]]:
    known = [_lookup(identity) for identity in identities]
    current = [term for term in known if term is not None and not term.obsolete]
    return [_brief(term) for term in sorted(current, key=lambda term: term.label.casefold())[:AROUND]]


def _brief(known: Any) -> dict[str, Any]:
    ontology = known.id.replace("_", ":").partition(":")[0]
    return {
        "id": known.id,
        "label": known.label,
        "ontology": ontology,
        "definition": known.definition,
        **_steps(known),
    }


def _steps(known: Any) -> dict[str, int]:
    return {"broader": len(known.parents), "narrower": len(known.children)}


def _lookup(identity: str) -> Any:
    look = getattr(terms, "lookup", None)
    return look(identity) if look else None
