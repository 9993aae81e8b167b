"""The things of ISA-JSON as cells: what stands beside a node, a process, a column of a section."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rembi_widgets.formats.isajson._labels import ACCESSION_KEPT, KEPT, MADE, NODE, STEP
from rembi_widgets.formats.isatab._document_columns import typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rembi_widgets.formats.isajson._annotation import Json
    from rembi_widgets.formats.isajson._load import Look

_SPLIT = re.compile(r"(?<!\\);")
_OWN = frozenset([MADE, NODE, STEP])
_MOST_READ = 10_000
"""Texts and lists of values that are held, to be the same in all things that say them."""


class Value(NamedTuple):
    """A value with what stands beside it."""

    text: str = ""
    source: str = ""
    accession: str = ""
    unit: str = ""
    unit_source: str = ""
    unit_accession: str = ""


@dataclass(slots=True)
class Thing:
    """A node or a process.

    Attributes
    ----------
    header
        Header of a node; of a process, header of its name, empty for the usual one.
    said
        Header, such as ``Characteristics[organism]``, with how many times it stood before, to the value.
    """

    header: str
    name: str = ""
    protocol: str = ""
    kind: str = ""
    said: dict[tuple[str, int], Value] = field(default_factory=dict)
    inputs: Sequence[str] = ()
    outputs: Sequence[str] = ()
    before: str = ""
    after: str = ""
    step: int = 0
    implied: bool = False


class Reader:
    """Reads values with the units and categories that are known."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.categories: dict[str, str] = {}
        self.order: dict[str, int] = {}
        self.units: dict[str, Value] = {}
        self._read: dict[tuple[int, str], tuple[object, list[tuple[str, Value]]]] = {}

    def annotation(self, data: object, place: str) -> Value:
        """Give an ontology annotation; a plain text is one without an ontology."""
        if isinstance(data, str | int | float) or data is None:
            return Value(self.look.text(data, place))
        held = self.look.thing(data, place)
        keys = ("annotationValue", "termSource", "termAccession")
        value, source, accession = (self.look.text(held.get(key), f"{place}/{key}") for key in keys)
        for name, text in self.comments(held, place):
            if name == ACCESSION_KEPT and not accession:
                accession = text
            else:
                self.leave(name, text, place)
        return Value(value, source, accession)

    def leave(self, name: str, text: str, place: str) -> None:
        """Tell a comment that ISA-Tab has no place for; those that are only for the JSON's sake go without a word."""
        if name not in _OWN:
            self.look.tell("warning", "comment_left", place, found=f"{name}: {text}"[:80])

    def leave_comments(self, holder: Json, place: str) -> None:
        """Tell all comments of something."""
        for name, text in self.comments(holder, place):
            self.leave(name, text, place)

    def comments(self, holder: Json, place: str) -> list[tuple[str, str]]:
        """Give the comments of something."""
        found = []
        for said, at in self.look.things(holder, "comments", place):
            name, value = (self.look.text(said.get(key), f"{at}/{key}") for key in ("name", "value"))
            if name or value:
                found.append((name, value))
        return found

    def take_comments(self, thing: Thing, holder: Json, place: str) -> None:
        """Put the comments of a node or process beside it."""
        for name, value in self.comments(holder, place):
            if name == NODE and take_header(thing, value):
                continue
            if name == STEP:
                thing.step = int(value) if re.fullmatch(r"[0-9]{1,4}", value) else 0
            elif name == MADE:
                thing.implied = value == "Process"
            else:
                _put(thing, header_of(name), _plain(value))

    def take_values(self, thing: Thing, kind: str, holder: Json, key: str, place: str) -> None:
        """Put characteristics, factor values or parameter values beside a node or process."""
        held = holder.get(key)
        known = self._read.get((id(held), kind))
        if known is None:
            before, found = self.look.count, list(self._values(kind, holder, key, place))
            known = (held, found)
            if len(self._read) < _MOST_READ and self.look.count == before:  # what is told is told of each thing
                self._read[id(held), kind] = known
        for header, value in known[1]:
            _put(thing, header, value)

    def _values(self, kind: str, holder: Json, key: str, place: str) -> Iterator[tuple[str, Value]]:
        lists: dict[str, list[Value]] = {}
        for said, at in self.look.things(holder, key, place):
            category = self.look.reference(said.get("category"), f"{at}/category")
            if category not in self.categories:
                self.look.tell("warning", "dangling", f"{at}/category", found=category)
            lists.setdefault(category, []).append(self._value(said, at))
        for category in sorted(lists, key=lambda one: self.order.get(one, len(self.order))):
            name = self.categories.get(category) or category.rpartition("/")[2] or "unknown"
            header = name if kind == "Characteristics" and name in {"Material Type", "Label"} else f"{kind}[{name}]"
            yield header, _joined(lists[category])

    def _value(self, said: Json, place: str) -> Value:
        value = self.annotation(said.get("value"), f"{place}/value")
        self.leave_comments(said, place)
        if not said.get("unit"):
            return value
        reference = self.look.thing(said["unit"], f"{place}/unit")
        known = self.units.get(self.look.text(reference.get("@id"), place))
        if known is None:
            known = self.annotation(reference, f"{place}/unit")
            if not known.text:
                self.look.tell("warning", "dangling", f"{place}/unit", found=shown_id(reference))
        return value._replace(unit=known.text, unit_source=known.source, unit_accession=known.accession)


def take_header(thing: Thing, header: str) -> bool:
    """Give a node its header, or a process that of its name, if it can be one."""
    is_one = typed(header)[0] == ("process_name" if thing.kind == "process" else "node")
    if is_one:
        thing.header = header
    return is_one


def shown_id(reference: Json) -> str:
    """Give the name that a reference has, for a finding."""
    return str(reference.get("@id", ""))[:80]


@lru_cache(_MOST_READ)
def _plain(text: str) -> Value:
    """Give a value of nothing but a text: many things say the same."""
    return Value(text)


@lru_cache(_MOST_READ)
def _place(header: str, again: int) -> tuple[str, int]:
    return header, again


@lru_cache(_MOST_READ)
def header_of(name: str) -> str:
    """Give the header of a comment: its own, if the comment keeps a column.

    >>> header_of("Note"), header_of("ISA-Tab Factor Value[dose]")
    ('Comment[Note]', 'Factor Value[dose]')
    """
    return name.removeprefix(KEPT) if name.startswith(KEPT) and name not in _OWN else f"Comment[{name}]"


def _put(thing: Thing, header: str, value: Value) -> None:
    again = 0
    while (at := _place(header, again)) in thing.said:
        again += 1
    thing.said[at] = value


def _joined(values: list[Value]) -> Value:
    if len(values) == 1:
        return values[0]
    texts = [_SPLIT.sub(r"\\;", value.text) for value in values]
    sources, accessions = [value.source for value in values], [value.accession for value in values]
    several = [";".join(part) if any(part) else "" for part in (texts, sources, accessions)]
    return values[0]._replace(text=several[0], source=several[1], accession=several[2])
