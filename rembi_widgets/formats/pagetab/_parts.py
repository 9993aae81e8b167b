"""The parts of a PageTab document: what its two spellings, JSON and TSV, both hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Pairs = tuple[tuple[str, str | None], ...]
"""Names and values that say more of something."""


@dataclass(frozen=True)
class Attribute:
    """A name and a value.

    Attributes
    ----------
    qualifiers, names
        What says more of the value, and what says more of the name.
    reference
        Whether the value is the accno of a section.
    at
        Where it stands in the document that it was read from.
    """

    name: str
    value: str | None
    qualifiers: Pairs = ()
    reference: bool = False
    names: Pairs = ()
    at: str = field(default="", compare=False)


@dataclass(frozen=True)
class Link:
    """An address elsewhere; ``of`` is the id of the record's link that it was made from."""

    url: str
    attributes: tuple[Attribute, ...] = ()
    at: str = field(default="", compare=False)
    of: str = field(default="", compare=False)


@dataclass(frozen=True)
class File:
    """A file of a section, or a row of a file list; ``kind`` is ``file`` or ``directory``."""

    path: str
    attributes: tuple[Attribute, ...] = ()
    size: int | None = None
    kind: str = "file"
    at: str = field(default="", compare=False)


@dataclass
class Section:
    """A section; those that have subsections need an accno, which the TSV names them by.

    Attributes
    ----------
    sections
        Subsections; those in a list of their own are the rows of one table.
    of
        Id of the entity that it was made from.
    """

    kind: str
    accno: str | None = None
    attributes: list[Attribute] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    sections: list[Section | list[Section]] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    at: str = field(default="", compare=False)
    of: str = field(default="", compare=False)

    def put(self, name: str, value: str, *qualifiers: tuple[str, str], reference: bool = False) -> None:
        """Add an attribute; a blank value is none."""
        if value:
            self.attributes.append(Attribute(name, value, qualifiers, reference))

    def children(self) -> Iterator[Section]:
        """Give the subsections, those in tables among them."""
        for one in self.sections:
            yield from one if isinstance(one, list) else (one,)

    def all(self) -> Iterator[Section]:
        """Give the section and all below it."""
        yield self
        for one in self.children():
            yield from one.all()


@dataclass
class Submission:
    """The whole document."""

    accno: str | None
    attributes: list[Attribute]
    section: Section
    at: str = field(default="", compare=False)
