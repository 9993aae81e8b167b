"""Looking up: what is known of an identifier, what stands above and below it, and whether a field takes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from rembi_widgets.record import Term
from rembi_widgets.terms._branches import ontology_of
from rembi_widgets.terms._fields import parts_of
from rembi_widgets.terms._index import known_as
from rembi_widgets.terms._sources import index

_PASTED = re.compile(r"(?:^|[/#\s(<\[])([A-Za-z][A-Za-z0-9]*(?:_BIM)?)[:_]([\w%-]+)[)>\]]?$")
_COLUMNS = "key, id, label, parts, parents, definition, obsolete, replaced_by, layer"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a term.

    Attributes
    ----------
    names
        Its label and all other names, English and French.
    parts
        Parts of the vocabulary it is in.
    parents, children
        Ids one step up and down.
    replaced_by
        The id to use instead of an obsolete one, or empty.
    layer
        The layer that holds it: ``starter``, ``ontologies`` ...
    """

    id: str
    label: str
    names: tuple[str, ...]
    parts: tuple[str, ...]
    parents: tuple[str, ...]
    children: tuple[str, ...]
    definition: str
    obsolete: bool
    replaced_by: str
    layer: str

    @property
    def ontology(self) -> str:
        """The prefix of its ontology."""
        return ontology_of(self.id)


def lookup(identity: str) -> Known | None:
    """Give what is known of an identifier, however it is written: CURIE, with an underscore, IRI; else ``None``."""
    row = row_of(identity)
    if row is None:
        return None
    key, known, label, parts, parents, definition, obsolete, replaced, layer = row
    names = [text for (text,) in index().rows("SELECT text FROM name WHERE term = ? ORDER BY key", (key,))]
    asked = "SELECT term.id FROM child JOIN term ON term.key = child.term WHERE child.parent = ? ORDER BY term.key"
    children = tuple(below for (below,) in index().rows(asked, (known,)))
    said = tuple(dict.fromkeys((label, *names)))
    return Known(
        known, label, said, _split(parts), _split(parents), children, definition, bool(obsolete), replaced, layer
    )


def parents_of(identity: str) -> tuple[Term, ...]:
    """Give the terms one step up, as far as they are known."""
    row = row_of(identity)
    found = () if row is None else map(row_of, _split(row[4]))
    return tuple(as_term(one[1], one[2]) for one in found if one is not None)


def children_of(identity: str) -> tuple[Term, ...]:
    """Give the terms one step down, obsolete ones left out."""
    row = row_of(identity)
    if row is None:
        return ()
    asked = (
        "SELECT term.id, term.label FROM child JOIN term ON term.key = child.term "
        "WHERE child.parent = ? AND NOT term.obsolete ORDER BY term.popularity DESC, term.label"
    )
    return tuple(as_term(*one) for one in index().rows(asked, (row[1],)))


def in_field(identity: str, field: str) -> bool | None:
    """Say whether a term stands in a branch that a field takes; ``None`` if the term or such branches are unknown.

    Raises
    ------
    RembiError
        If there is no such field.
    """
    parts, row = parts_of(field), row_of(identity)
    return None if row is None or not parts else not set(parts).isdisjoint(_split(row[3]))


def row_of(identity: str) -> tuple[Any, ...] | None:
    """Give the row of an identifier, however it is written."""
    found = _PASTED.search(identity.strip())
    if found is None:
        return None
    asked = f"SELECT {_COLUMNS} FROM identity JOIN term ON term.key = identity.term WHERE given = ?"  # noqa: S608 - own columns
    rows = index().rows(asked, (known_as(f"{found[1]}:{found[2]}"),))
    return rows[0] if rows else None


def as_term(identity: str, label: str) -> Term:
    """Give a term of the record."""
    return Term(label=label, id=identity, ontology=ontology_of(identity))


def _split(listed: str) -> tuple[str, ...]:
    return tuple(listed.split("|")) if listed else ()
