"""A layer of the vocabulary: where terms come from, whatever file or package holds them.

Each layer works without the next: what comes with the package, what an optional package brings, what was fetched once
into the user's folder. The index is made from those that are there, and made again when one of them changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["exact", "alias", "related", "broad", "narrow"]
"""How a name stands to its term: the ontology's exact synonym, a curated alias of ours, or one of a looser kind."""


@dataclass(frozen=True, slots=True)
class OtherName:
    """A name of a term beside its label; ``lang`` is ``en``, ``fr``, or empty where it is no language's (``DAPI``)."""

    text: str
    kind: Kind = "exact"
    lang: str = ""


@dataclass(frozen=True, slots=True)
class LayerTerm:
    """A term as a layer holds it.

    Attributes
    ----------
    id
        CURIE with a colon (``FBbi:00000251``), but for Cellosaurus, which writes ``CVCL_0030``.
    parts
        Parts of the vocabulary (``rembi_widgets.terms.PARTS``) that it certainly belongs to; what stands below
        it in the hierarchy may be in them too, by the branch rules of the index.
    parents
        Ids one step up (is-a and part-of).
    popularity
        0 for a term like any other, up to 1 for what is used most.
    replaced_by
        The id to use instead of an obsolete one, or empty.
    """

    id: str
    label: str
    names: tuple[OtherName, ...] = ()
    parts: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    definition: str = ""
    popularity: float = 0.0
    obsolete: bool = False
    replaced_by: str = ""


class Layer(Protocol):
    """Terms of one source.

    Attributes
    ----------
    name
        Such as ``starter``, ``ontologies``, ``taxonomy``, ``pack:fbbi``.
    version
        Changes whenever ``terms`` would give something else; part of what the index is known by.
    source, licence
        For people: where it comes from, and on what terms.
    """

    @property
    def name(self) -> str:
        """Such as ``starter``, ``pack:fbbi``."""
        ...

    @property
    def version(self) -> str:
        """Changes with what ``terms`` gives."""
        ...

    @property
    def source(self) -> str:
        """Where it comes from, for people."""
        ...

    @property
    def licence(self) -> str:
        """On what terms, for people."""
        ...

    def terms(self) -> Iterator[LayerTerm]:
        """Give every term; a layer that cannot be read raises ``RembiError`` with a sentence that says why."""
        ...
