"""The record in the making: entities with the section each was read from, values with their origins."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._read_parts import stable_id
from rembi_widgets.formats.pagetab._columns import FREE
from rembi_widgets.formats.pagetab._forms import canonical, curie, ontology_of
from rembi_widgets.record import PREFIXES, Mark, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.formats.pagetab._document import Document
    from rembi_widgets.formats.pagetab._document_lists import FileList
    from rembi_widgets.formats.pagetab._parts import Attribute, Link, Section

_ABSENCE = re.compile(r"(not applicable|not recorded)(?: \((.+)\))?", re.DOTALL)


@dataclass(frozen=True)
class Left:
    """Something that the record has no field for: where it stood, and where it is kept."""

    file: str
    at: str
    header: str
    path: str = ""


def text_of(one: Attribute) -> Any:
    """Give a value as a text, or the absence that its words are; nothing for a blank one."""
    said = (one.value or "").strip()
    found = _ABSENCE.fullmatch(said)
    if found:
        return {
            "absent": found.group(1).replace(" ", "_"),
            **({"reason": found.group(2)} if found.group(2) else {}),
        }
    return said or None


def term_of(one: Attribute) -> Any:
    """Give a value as a term, with the id and ontology that qualify it."""
    said = text_of(one)
    if not isinstance(said, str):
        return said
    held = {canonical(name).replace(" ", ""): (value or "").strip() for name, value in one.qualifiers}
    identity, ontology = held.get("termid", ""), ontology_of(held.get("ontology", ""))
    if not identity:
        return {"label": said, **({"ontology": ontology} if ontology else {})}
    return {"label": said, "id": curie(identity, ontology), **({"ontology": ontology} if ontology else {})}


@dataclass
class Making:
    """One entity in the making: its values, and the section it was read from."""

    collection: str
    id: str
    section: Section
    path: str
    values: dict[str, Any] = field(default_factory=dict)

    def named(self, *names: str) -> Iterator[Attribute]:
        """Give the attributes of these names, in any spelling."""
        return (one for one in self.section.attributes if canonical(one.name) in names)

    def first(self, *names: str) -> str:
        """Give the first value of these names, without blanks around; empty if there is none."""
        return next((one.value.strip() for one in self.named(*names) if one.value and one.value.strip()), "")


class Reading:
    """One document that is being read.

    Attributes
    ----------
    made
        Id to the entity in the making; ``study`` for the study.
    of
        A section's identity to the id of the entity made of it.
    lists
        Id of a component or annotation to its file list, where that is beside the document.
    """

    def __init__(self, document: Document, *, people: bool) -> None:
        self.document, self.people = document, people
        self.file = document.file.name
        self.findings = list(document.findings)
        self.left: list[Left] = []
        self.made: dict[str, Making] = {}
        self.of: dict[int, str] = {}
        self.marks: dict[str, Mark] = {}
        self.rows: dict[str, tuple[str, str, Section]] = {}
        self.lists: dict[str, FileList] = {}
        self.samples: dict[str, str] = {}
        self.links: dict[str, Link] = {}

    def entity(self, collection: str, section: Section, *names: str) -> Making:
        """Begin an entity whose id is the same whenever the document is read."""
        said = (self.document.submission.accno or "", collection, *names, section.accno or "")
        identity, number = stable_id(PREFIXES[collection], *said), 1
        while identity in self.made:
            number += 1
            identity = stable_id(PREFIXES[collection], *said, str(number))
        one = Making(collection, identity, section, f"/{collection}/{identity}")
        self.made[identity] = one
        self.of[id(section)] = identity
        return one

    def all(self, collection: str) -> list[Making]:
        """Give the entities of a collection, in the order they were read."""
        return [one for one in self.made.values() if one.collection == collection]

    def put(self, one: Making, name: str, value: Any, header: str) -> None:
        """Put a value where it is read from."""
        if value not in (None, "", []):
            one.values[name] = value
            self.mark(f"{one.path}/{name}", f"{one.section.kind}/{header}")

    def mark(self, path: str, header: str) -> None:
        """Say where a value came from."""
        self.marks[path] = self.origin(header)

    def origin(self, header: str, file: str = "") -> Mark:
        """Give the mark of a value that nobody has confirmed."""
        return Mark(confirmed=False, origin=Origin(kind="import", source=file or self.file, header=header))

    def keep(self, one: Making, attribute: Attribute) -> None:
        """Keep an attribute that the record has no field for under a key of its own."""
        clean = " ".join(re.sub(r"[/\x00-\x1f]", " ", attribute.name).split()) or "field"
        key = clean if clean.startswith("x-") and clean != "x-pagetab" else f"{FREE}{clean}"
        said = (attribute.value or "").strip()
        if not said:
            return
        held = one.values.get(key)
        one.values[key] = said if held is None else [*(held if isinstance(held, list) else [held]), said]
        path = f"{one.path}/{key}"
        self.mark(path, f"{one.section.kind}/{attribute.name}")
        if key.startswith(FREE):
            self.left.append(Left(self.file, attribute.at, f"{one.section.kind}/{attribute.name}", path))
