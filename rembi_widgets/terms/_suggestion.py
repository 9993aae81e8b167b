"""What was found for free text, and what became of it: the data that proposals of terms are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rembi_widgets.record import Change, Curation, Edit, Term


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A free text and the term it means.

    Attributes
    ----------
    text
        As it stands.
    term
        What it means; ``None`` if that is not sure, and it is left as it is.
    confidence
        From 0 to 1; 0 without a term.
    why
        Why, in the language in use; empty without a term.
    path
        Where it stands in a record; empty for a text of a list.
    count
        How often it stands there.
    """

    text: str
    field: str | None
    term: Term | None = None
    confidence: float = 0.0
    why: str = ""
    path: str = ""
    count: int = 1

    def to_json(self) -> dict[str, Any]:
        """Give the form that ``suggest --json`` prints."""
        term = self.term
        return {
            "path": self.path,
            "field": self.field,
            "text": self.text,
            "id": term.id if term else None,
            "label": term.label if term else None,
            "confidence": self.confidence,
            "why": self.why,
            "count": self.count,
        }


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What was found for free texts.

    Attributes
    ----------
    found
        Those that mean a term.
    left
        Those left as they are.
    edits
        What puts the terms into the record, unconfirmed; none for a list of texts.
    """

    found: tuple[Suggestion, ...]
    left: tuple[Suggestion, ...]
    edits: tuple[Edit, ...] = ()

    def __iter__(self) -> Iterator[Suggestion]:
        return iter((*self.found, *self.left))

    def __len__(self) -> int:
        return len(self.found) + len(self.left)


class Proposing(Protocol):
    """An open curation, as far as it is needed here: the store's rules decide what may be proposed."""

    @property
    def record(self) -> Curation:
        """The record as it is now."""
        ...

    def propose(self, source: Iterable[Edit], origin: str = ...) -> Change | None:
        """Make one change of unconfirmed values, never over what a person gave."""
        ...


@dataclass(frozen=True, slots=True)
class Proposed:
    """What became of suggestions to a curation.

    Attributes
    ----------
    change
        The one change that proposes them; ``None`` if there was nothing to propose.
    proposed
        Those in it.
    kept
        Those that mean a term, but stand in a value that a person gave: the findings offer them one by one.
    left
        Free text without a sure term.
    """

    change: Change | None
    proposed: tuple[Suggestion, ...]
    kept: tuple[Suggestion, ...]
    left: tuple[Suggestion, ...]

    def to_json(self) -> dict[str, Any]:
        """Give the form that ``suggest --json`` prints."""
        lists = {"proposed": self.proposed, "kept": self.kept, "left": self.left}
        said = {name: [one.to_json() for one in items] for name, items in lists.items()}
        return {"change": self.change.id if self.change else None, **said}
