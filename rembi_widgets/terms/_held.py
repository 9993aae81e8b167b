"""What the vocabulary at hand holds of an identifier, prepared for comparing names with it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar, cast

from rembi_widgets.terms._branches import ELSEWHERE, WHOLE
from rembi_widgets.terms._fields import BESIDE, FIELDS, parts_of
from rembi_widgets.terms._index import keys_of
from rembi_widgets.terms._keys import fold, names_of
from rembi_widgets.terms._lookup import lookup
from rembi_widgets.terms._ranking import POINTS
from rembi_widgets.terms._readings import keys
from rembi_widgets.terms._search import search
from rembi_widgets.terms._sources import index
from rembi_widgets.terms._words import bag, spelled

if TYPE_CHECKING:
    from collections.abc import Callable

COMPLETE = frozenset({"FBbi", "UO", "CMPO"})
"""Ontologies that are held whole, so that an id of theirs that is not there does not exist, or is newer."""
ALSO: dict[str, tuple[str, ...]] = {"biological_entity": ("organism",)}
"""Parts of the vocabulary that a field may hold besides those it is searched in: a whole organism is an entity too."""

NEAR = 0.88
"""Likeness from which a text counts as a name with a slip of the finger."""
SHORTEST = 6
"""Letters from which a slip is forgiven: in fewer, another letter is another word."""

Asked = TypeVar("Asked", bound="Callable[..., Any]")
_caches: list[Any] = []
_asked_of: list[object] = []


def kept(function: Asked) -> Asked:
    """Keep the answers of a function until the layers of the vocabulary change: a column repeats its terms."""
    cached = lru_cache(maxsize=65536)(function)
    _caches.append(cached)
    return cast("Asked", cached)


def follow_layers() -> None:
    """Let kept answers go if layers came or went since."""
    now = index()
    if not _asked_of or _asked_of[0] is not now:
        for cached in _caches:
            cached.cache_clear()
        _asked_of[:] = [now]


@dataclass(frozen=True, slots=True)
class Held:
    """A term that is held.

    Attributes
    ----------
    texts
        All its names as they stand.
    parts
        Parts of the vocabulary it is in.
    """

    id: str
    label: str
    texts: frozenset[str]
    parts: tuple[str, ...]
    obsolete: bool = False
    replaced_by: str = ""

    def __str__(self) -> str:
        return f"{self.label} ({self.id})"

    @property
    def prefix(self) -> str:
        """The prefix of its ontology."""
        return self.id.partition(":" if ":" in self.id else "_")[0]


@kept
def held(curie: str) -> Held | None:
    """Give what is held of an id; ``None`` if the vocabulary at hand does not hold it."""
    known = lookup(curie)
    if known is None:
        label = _study_terms().get(curie)
        return None if label is None else Held(curie, label, frozenset({label}), (ELSEWHERE,))
    texts = frozenset(part for name in known.names for part in names_of(name))
    return Held(known.id, known.label, texts, known.parts or (ELSEWHERE,), known.obsolete, known.replaced_by)


@cache
def _study_terms() -> dict[str, str]:
    """Give types of studies, screens, libraries and protocols, as IDR's controlled vocabulary names them."""
    said = files("rembi_widgets.terms").joinpath("studies", "study_terms.tsv").read_text(encoding="utf-8")
    return {row["id"]: row["label"] for row in csv.DictReader(io.StringIO(said), delimiter="\t")}


def by_label(name: str) -> Held | None:
    """Give the type of study, screen, library or protocol of a name."""
    key = fold(name)
    found = next((identity for identity, label in _study_terms().items() if fold(label) == key), None)
    return None if found is None else held(found)


@kept
def _keys_in(term: Held, part: str) -> frozenset[str]:
    return frozenset(key for name in term.texts for key in keys_of(spelled(fold(name)), fold(name), part))


@kept
def closeness(term: Held, name: str) -> float:
    """Give the points for how a name meets the nearest name of a term, 0 if it is none of them.

    Case, spaces, hyphens, the order of words, plural and endings make no other name, nor do words that say nothing in
    the field: ``HeLa cells``, ``confocal``. Of ``Homo sapiens (human)`` either half counts. Where only the words that
    say something agree, one name must hold the other: a fixation method is not any preparation method.
    """
    if name in term.texts:
        return 1000.0
    met = [
        points for part in term.parts for key, (points, _) in keys(name, part).items() if key in _keys_in(term, part)
    ]
    best = max(met, default=0.0)
    return best if best > POINTS["core"] or says_all(term, name) else 0.0


def says_all(term: Held, name: str) -> bool:
    """Tell whether a name holds all words of one of a term's names, or the other way round."""
    said = set(bag(fold(name)).split())
    others = (set(bag(fold(text)).split()) for text in term.texts)
    return any(said <= other or other <= said for other in others if other)


def is_named(term: Held, name: str) -> bool:
    """Tell whether a name is one of a term's, however it is written."""
    return closeness(term, name) > 0


def slip_of(term: Held, name: str) -> float:
    """Give how alike a name is to the nearest of a term, from 0 to 1; 0 if it is more than a slip of the finger away.

    Digits admit no slip: HEK293 is no HEK298.
    """
    from rapidfuzz import fuzz

    said = fold(name)
    if len(said) < SHORTEST:
        return 0.0
    others = [other for text in term.texts if len(other := fold(text)) >= SHORTEST]
    near = [fuzz.ratio(said, one) / 100 for one in others if one[0] == said[0] and _digits(one) == _digits(said)]
    best = max(near, default=0.0)
    return best if best >= NEAR else 0.0


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


@kept
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


@kept
def in_branch(curie: str, field: str | None) -> bool | None:
    """Tell whether an id is in the branch of its ontology that a field is for; ``None`` if that cannot be told."""
    name = _known(field)
    if name is None:
        return None
    wanted = (*parts_of(name), *ALSO.get(name, ()))
    term = held(curie)
    if term is None:
        home = WHOLE.get(curie.partition(":" if ":" in curie else "_")[0])
        return False if home is not None and home not in wanted else None
    if term.parts == (ELSEWHERE,):  # of an ontology that the field does not draw on, the branches are not known
        return False if term.prefix in draws_on(name) else None
    return not set(wanted).isdisjoint(term.parts)


def draws_on(field: str | None) -> frozenset[str]:
    """Give the ontologies that a field is searched in: what it may hold besides is looked up elsewhere."""
    name = _known(field)
    parts = parts_of(name) if name else ()
    own = {ontology for ontology, part in WHOLE.items() if part in parts}
    return frozenset(own | {"FBbi"} if set(parts) & set(BESIDE) else own)
