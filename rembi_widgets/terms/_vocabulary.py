"""The vocabulary that comes with the package: 378 terms with their names in English and French, read once."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from rembi_widgets.terms._keys import fold, names_of, short_species, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of the vocabulary.

    Attributes
    ----------
    part
        The part of the vocabulary it stands in.
    rank
        Its place in the vocabulary: what is used most comes first in each part.
    """

    id: str
    label: str
    part: str
    rank: int

    @property
    def ontology(self) -> str:
        """The prefix of its ontology."""
        return self.id.replace("_", ":").partition(":")[0]


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a term, with the keys it is compared by; ``is_label`` if it is, or stands in, the label."""

    entry: Entry
    text: str
    is_label: bool
    folded: str
    squeezed: str
    words: tuple[str, ...]


@cache
def entries() -> tuple[Entry, ...]:
    """Give all terms, in the order of the vocabulary."""
    rows = enumerate(_rows("starter_vocabulary.tsv"))
    return tuple(Entry(row["id"], row["label"], row["field"], rank) for rank, row in rows)


@cache
def names(part: str) -> tuple[Name, ...]:
    """Give the names of all terms in a part of the vocabulary."""
    return tuple(name for entry in entries() if entry.part == part for name in _names(entry))


@cache
def words(part: str) -> frozenset[str]:
    """Give all words of a part of the vocabulary that are long enough to be mistyped."""
    return frozenset(word for name in names(part) for word in name.words if len(word) > 3)  # noqa: PLR2004


def _rows(name: str) -> Iterator[dict[str, str]]:
    said = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return csv.DictReader(io.StringIO(said), delimiter="\t", quoting=csv.QUOTE_NONE)


@cache
def _aliases() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for table in ("enrichment.tsv", "common_names.tsv"):
        for row in _rows(table):
            found.setdefault(row["id"], []).append(row["alias"])
    return found


def _names(entry: Entry) -> Iterator[Name]:
    own = names_of(entry.label)
    short = short_species(entry.label) if entry.part == "organism" else None
    others = [text for alias in _aliases().get(entry.id, ()) for text in names_of(alias)]
    said: set[str] = set()
    for text in (*own, *others, *((short,) if short else ())):
        if text not in said:
            said.add(text)
            key = fold(text)
            yield Name(entry, text, text in own, key, squeeze(key), tuple(key.split()))
