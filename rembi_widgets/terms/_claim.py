"""A claim, that a name has an id in an ontology, and a fault of one: the data that the linter works with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from rembi_widgets.record import Named, Term

if TYPE_CHECKING:
    from rembi_widgets.record import Level
    from rembi_widgets.terms._held import Held

Style = Literal["curie", "underscore", "any"]
"""How ids are written where they stand: as a record holds them, as in study files of IDR, or as ISA-Tab lets one."""

LEVELS: dict[str, Level] = {
    "term_spelling": "warning",
    "term_bare": "warning",
    "term_form": "warning",
    "term_source": "warning",
    "term_label": "warning",
    "term_branch": "warning",
    "term_obsolete": "warning",
    "term_unknown": "warning",
    "term_not_held": "info",
    "term_without_id": "info",
    "term_source_undeclared": "warning",
}
"""Each fault and its level: a curator sends back what contradicts itself; what cannot be told is worth a look only."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    Attributes
    ----------
    found, wanted
        As words; ``wanted`` may be a text of the catalogue.
    mended
        The term as it should be; ``None`` where that is not certain.
    """

    code: str
    found: str
    wanted: str | Named
    mended: Term | None = None
    values: tuple[tuple[str, str | Named], ...] = field(default=())

    @property
    def level(self) -> Level:
        """How grave it is."""
        return LEVELS[self.code]


@dataclass(frozen=True, slots=True)
class Claim:
    """What is looked at: name, id and the ontology beside them, the field, and how ids are written there."""

    label: str
    id: str
    source: str = ""
    field: str | None = None
    style: Style = "curie"

    def mended(self, label: str | None = None, identity: str | None = None, source: str | None = None) -> Term:
        """Give the term with one part or another put right."""
        return Term(
            label=self.label if label is None else label,
            id=self.id if identity is None else identity,
            ontology=(self.source if source is None else source) or None,
        )

    def as_term(self, term: Held) -> Term:
        """Give another term in its place."""
        return self.mended(term.label, self.written(term.id), term.prefix)

    def written(self, curie: str) -> str:
        """Give an id as it is written here."""
        return curie.replace(":", "_", 1) if self.style == "underscore" else curie

    def shown(self, term: Held) -> str:
        """Give a term as words, its id as it is written here."""
        return f"{term.label} ({self.written(term.id)})"

    @property
    def said(self) -> str:
        """The name with its id."""
        return f"{self.label} ({self.id})" if self.label else self.id
