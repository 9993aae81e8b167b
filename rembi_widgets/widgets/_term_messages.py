"""What the views ask of the terms: suggestions for what is typed, and what stands above and below a term.

The answers are plain data. How many terms stand one step up and down comes with each, so that a view offers a step
only where there is one; and whether one of its names begins as typed, so that half a word is not called a miss. What
the online service adds arrives later, or never: nobody waits for it.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from rembi_widgets.terms import TopUp, children_of, lookup, parents_of, search

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rembi_widgets.record import Term
    from rembi_widgets.terms import Known, Match, OnlineAnswer
    from rembi_widgets.widgets._session import Answer, Session

LONGEST = 200
"""Letters of a query that are looked at."""
AROUND = 40
"""Terms told one step up, and one step down: more is a list to read, not to choose from."""

_KEYS = ("id", "label", "ontology", "why", "score", "confident", "definition")


def found(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Answer ``terms``: the terms that what is typed may mean, best first; for nothing typed those taken most."""
    query = str(message.get("query") or "")[:LONGEST]
    matches = search(query, field=message.get("field") or None, lang=session.lang)
    items = [_told(match, query) for match in matches]
    if not query.strip():
        items = [{**item, "why": ""} for item in items]
    return {"items": items}


def around(_session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Answer ``term-around``: a term with the terms one step up and down; all empty if nobody knows it."""
    identity = str(message.get("id") or "")[:LONGEST]
    known = lookup(identity)
    return {
        "items": [_brief(known)] if known else [],
        "broader": _briefs(parents_of(identity)),
        "narrower": _briefs(children_of(identity)),
    }


def online(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Take ``terms-online``: leave the question with the top-up, whose answer repeats the name of the request.

    A question that a newer one overtakes, and one that the service does not answer, get no answer.
    """
    query, field = str(message.get("query") or "")[:LONGEST], str(message.get("field") or "")
    asked = session.extra.setdefault("online", {})
    if "top_up" not in asked:
        asked["top_up"] = TopUp(lambda answer: _answered(session, answer))
    asked["reqs"] = {query: message.get("req")}  # the newest question alone is answered
    asked["top_up"].ask(query, field)
    return None


def _answered(session: Session, answer: OnlineAnswer) -> None:
    reqs = session.extra["online"]["reqs"]
    if answer.state != "ok" or answer.query not in reqs:
        return
    keys = ("id", "label", "ontology", "definition")
    items = [{key: getattr(term, key) for key in keys} for term in answer.terms]
    said = {"kind": "terms-online", "query": answer.query, "items": items, "req": reqs[answer.query]}
    session.broadcast(said)


def _told(match: Match, query: str) -> dict[str, Any]:
    told = {key: getattr(match, key) for key in _KEYS}
    known = lookup(match.id)
    if known is None:
        return told
    typed = _plain(query)
    begins = bool(typed) and any(_plain(name).startswith(typed) for name in known.names)
    return {**told, **_steps(known), "begins": begins}


def _plain(name: str) -> str:
    """Give a name without accents and in lower case, as somebody in a hurry types it."""
    letters = unicodedata.normalize("NFKD", " ".join(name.split()))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def _briefs(terms: Sequence[Term]) -> list[dict[str, Any]]:
    known = [lookup(term.id or "") for term in terms[:AROUND]]
    return [_brief(term) for term in known if term is not None]


def _brief(known: Known) -> dict[str, Any]:
    told = {key: getattr(known, key) for key in ("id", "label", "ontology", "definition")}
    return {**told, **_steps(known)}


def _steps(known: Known) -> dict[str, int]:
    above = sum(lookup(parent) is not None for parent in known.parents)
    return {"broader": above, "narrower": len(known.children)}
