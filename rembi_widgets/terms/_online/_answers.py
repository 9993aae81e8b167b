"""What the service answered, believed document by document: one that is not what it should be is left out.

The shape is that of ``/select`` and ``/search`` of OLS4: ``{"response": {"docs": [...]}}``. A document may lack its
label or identifier, hold lists where a text is expected and nulls where a list is, and belong to another ontology.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rembi_widgets.terms._layers._clean import DEFINITION, curie, one_line, prefix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST = 40
"""Documents of an answer that are looked at."""
_NAMES = 5


@dataclass(frozen=True, slots=True)
class OnlineTerm:
    """A term that the online service knows.

    Attributes
    ----------
    id
        Its CURIE, written as its ontology writes it.
    ontology
        The prefix of its ontology.
    names
        A few of its synonyms.
    """

    id: str
    label: str
    ontology: str
    definition: str = ""
    iri: str = ""
    names: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the term as plain data."""
        return {**asdict(self), "names": list(self.names)}


def read_answer(body: bytes, prefixes: Mapping[str, str]) -> tuple[OnlineTerm, ...] | None:
    """Read an answer.

    Parameters
    ----------
    prefixes
        Name of each ontology that was asked for, to the prefix of its identifiers; others are left out.

    Returns
    -------
    tuple of OnlineTerm or None
        The terms, in the service's order, each once; ``None`` if the answer is none (cut short, a page of HTML).
    """
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    response = said.get("response") if isinstance(said, dict) else None
    docs = response.get("docs") if isinstance(response, dict) else None
    if not isinstance(docs, list):
        return None
    marks = {mark.casefold(): mark for mark in prefixes.values()}
    found: dict[str, OnlineTerm] = {}
    for term in _terms(docs[:MOST], marks):
        found.setdefault(term.id, term)
    return tuple(found.values())


def _terms(docs: list[Any], marks: Mapping[str, str]) -> Iterator[OnlineTerm]:
    for doc in docs:
        if isinstance(doc, dict):
            identity, label = _identity(doc, marks), one_line(_first(doc.get("label")))
            if identity and label and doc.get("is_obsolete") is not True and doc.get("type", "class") == "class":
                yield OnlineTerm(identity, label, prefix(identity), _definition(doc), _iri(doc), _names(doc, label))


def _identity(doc: Mapping[str, Any], marks: Mapping[str, str]) -> str:
    """Give the identifier, its prefix written as the ontology writes it; empty if it is of another ontology."""
    for key in ("obo_id", "short_form"):
        said = _first(doc.get(key))
        if isinstance(said, str):
            mark, colon, rest = said.partition(":" if ":" in said else "_")
            ours = marks.get(mark.casefold())
            if colon and ours:
                return curie(f"{ours}:{rest}")
    return ""


def _definition(doc: Mapping[str, Any]) -> str:
    return one_line(_first(doc.get("description")), DEFINITION)


def _iri(doc: Mapping[str, Any]) -> str:
    said = one_line(_first(doc.get("iri")))
    try:
        return said if urlsplit(said).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def _names(doc: Mapping[str, Any], label: str) -> tuple[str, ...]:
    said = doc.get("synonym")
    listed = said if isinstance(said, list) else [said]
    names = dict.fromkeys(one_line(name) for name in listed)
    return tuple(name for name in names if name and name != label)[:_NAMES]


def _first(said: object) -> object:
    return next((one for one in said if one is not None), None) if isinstance(said, list) else said
