"""The parts of a PageTab document: what its two spellings, JSON and TSV, both hold."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Attribute:
    """A name and a value; ``qualifiers`` say more of the value, ``reference`` makes it the accno of a section."""

    name: str
    value: str
    qualifiers: tuple[tuple[str, str], ...] = ()
    reference: bool = False


@dataclass(frozen=True)
class Link:
    """An address elsewhere."""

    url: str
    attributes: tuple[Attribute, ...] = ()


@dataclass
class Section:
    """A section; those that have subsections need an accno, which the TSV names them by."""

    kind: str
    accno: str | None = None
    attributes: list[Attribute] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    def put(self, name: str, value: str, *qualifiers: tuple[str, str], reference: bool = False) -> None:
        """Add an attribute; a blank value is none."""
        if value:
            self.attributes.append(Attribute(name, value, qualifiers, reference))


@dataclass
class Submission:
    """The whole document."""

    accno: str | None
    attributes: list[Attribute]
    section: Section
