"""What the vocabulary at hand holds of an identifier, prepared for comparing names with it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rembi_widgets.terms._fields import FIELDS, parts_of
from rembi_widgets.terms._keys import fold, names_of, squeeze, ways
from rembi_widgets.terms._ontologies import PART_HOMES
from rembi_widgets.terms._search import by_pasted_id, search
from rembi_widgets.terms._vocabulary import _names

WHOLE = frozenset({"FBbi", "UO"})
"""Ontologies that are held whole, so that an id of theirs that is not there does not exist, or is newer."""
ALSO: dict[str, tuple[str, ...]] = {"biological_entity": ("organism",)}
"""Parts of the vocabulary that a field may hold besides those it is searched in: a whole organism is an entity too."""


SHORTEST = 4
"""Letters that a name without its ending must have: ``confocal`` for confocal microscopy, not ``T`` for T cell."""


@dataclass(frozen=True, slots=True)
class Held:
    """A term that is held.

    Attributes
    ----------
    texts
        All its names as they stand.
    keys
        The same, folded and squeezed.
    """

    id: str
    label: str
    texts: frozenset[str]
    keys: frozenset[str]
    obsolete: bool = False
    replaced_by: str = ""

    def __str__(self) -> str:
        return f"{self.label} ({self.id})"

    @property
    def prefix(self) -> str:
        """The prefix of its ontology."""
        return self.id.partition(":" if ":" in self.id else "_")[0]


@lru_cache(maxsize=16384)
def held(curie: str) -> Held | None:
    """Give what is held of an id; ``None`` if the vocabulary at hand does not hold it."""
    entry = by_pasted_id(curie)
    if entry is None:
        label = _study_terms().get(curie)
        return None if label is None else _held(curie, label, ())
    return _held(entry.id, entry.label, tuple(name.text for name in _names(entry)))


def _held(identity: str, label: str, names: tuple[str, ...]) -> Held:
    texts = frozenset(part for name in (label, *names) for part in names_of(name))
    short = (way for name in texts for way, _ in ways(name) if len(way) >= SHORTEST)
    return Held(identity, label, texts, frozenset(map(squeeze, (*map(fold, texts), *short))))


@cache
def _study_terms() -> dict[str, str]:
    """Give types of studies, screens, libraries and protocols: id to label."""
    said = files(__package__).joinpath("data", "study_terms.tsv").read_text(encoding="utf-8")
    return {row["id"]: row["label"] for row in csv.DictReader(io.StringIO(said), delimiter="\t")}


def by_label(name: str) -> Held | None:
    """Give the type of study, screen, library or protocol of a name."""
    key = fold(name)
    found = next((identity for identity, label in _study_terms().items() if fold(label) == key), None)
    return None if found is None else held(found)


def is_named(term: Held, name: str) -> bool:
    """Tell whether a name is one of a term: its label, a synonym or alias, whatever the case, spaces and hyphens.

    ``Homo sapiens (human)`` is, if neither part of it is the name of something else; ``HeLa cells`` is too.
    """
    if name in term.texts or squeeze(fold(name)) in term.keys:
        return True
    return any(squeeze(way) in term.keys for way, _ in ways(name))


@lru_cache(maxsize=16384)
def named(name: str, field: str | None) -> Held | None:
    """Give the term of a field that certainly has a name; ``None`` if there is none, or it takes guessing."""
    for match in search(name, _known(field), limit=3):
        term = held(match.id) if match.confident else None
        if term is not None and is_named(term, name):
            return term
    return None


def _known(field: str | None) -> str | None:
    name = (field or "").replace("/", ".").rpartition(".")[2]
    return name if FIELDS.get(name) else None


def in_branch(curie: str, field: str | None) -> bool | None:
    """Tell whether an id is in the branch of its ontology that a field is for; ``None`` if that cannot be told."""
    name = _known(field)
    if name is None:
        return None
    wanted = (*parts_of(name), *ALSO.get(name, ()))
    term = held(curie)
    if term is None:
        home = PART_HOMES.get(curie.partition(":" if ":" in curie else "_")[0])
        return False if home is not None and home not in wanted else None
    entry = by_pasted_id(curie)
    return entry is not None and entry.part in wanted
