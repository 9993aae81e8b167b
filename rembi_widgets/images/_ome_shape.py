"""The shape of OME-XML: the document with every attribute value and every text taken out.

A shape is taken by a few passes over the bytes that only C code makes. What its places mean is never inferred from
them: the XML parser, given the document with a mark in each place, tells which attribute or text each place is. A
place is taken for a value only if its mark came back whole; so plain letters put in its stead can change that value
and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from operator import itemgetter
from secrets import token_hex
from typing import TYPE_CHECKING, Any, NamedTuple

from rembi_widgets.images._ome_xml import from_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

LAYOUTS = 256
"""Orders of delimiters that are remembered; then all are forgotten."""

_ALL = bytes(range(256))
_INNER = _ALL.translate(None, b'"<>')
_CUT = bytes.maketrans(b"<>", b'""')
_NESTED = re.compile(rb'(?:<(?:"")*>)+')
_PLAIN = bytes(range(32, 256))
_SPACES = b"\n\t"
_NO_XML = b"\xef\xbf"
"""How U+FFFE and U+FFFF begin in UTF-8, which XML does not allow."""
_NAMESPACE = re.compile(rb"(?:^|\s)xmlns(?::[\w.-]+)?\s*=\s*$")
_ENTITY = re.compile("&(?:(amp|lt|gt|quot|apos|#181|#xB5|#xb5);)?")
_LETTERS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "#181": "µ", "#xB5": "µ", "#xb5": "µ"}


class Shape(NamedTuple):
    """A document in two: what it shares with its like, and its own values in their order.

    Attributes
    ----------
    key
        The declaration, the order of the delimiters, and all that is neither a value nor a text.
    values
        The values of attributes and the texts.
    """

    key: tuple[Any, ...]
    values: list[str]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which of the pieces between delimiters are values or texts, and which of these are texts."""

    structure: Callable[[Sequence[bytes]], tuple[bytes, ...]]
    values: Callable[[Sequence[bytes]], tuple[bytes, ...]]
    places: tuple[int, ...]
    texts: frozenset[int]


_layouts: dict[bytes, _Layout] = {}


def shape_of(data: bytes) -> Shape | None:
    """Give the shape of a document; none if it is not of the plainest form."""
    begin = data.find(b"?>") + 2 if data.startswith(b"<?") else 0
    body = data[begin:]
    # one letter is found ten times as fast as two
    if (b"!" in data and b"<!" in data) or (b"?" in body and b"<?" in body):
        return None
    order = body.translate(None, _INNER)
    layout = _layouts.get(order) or _layout(order)
    if layout is None:
        return None
    pieces = body.translate(_CUT).split(b'"')
    raw = layout.values(pieces)
    values = _values(raw, layout)
    return None if values is None else Shape((data[:begin], order, *layout.structure(pieces)), values)


def _layout(order: bytes) -> _Layout | None:
    """Learn an order of delimiters; none if quotes or brackets do not nest as in plain XML."""
    if not _NESTED.fullmatch(order) or order.count(b"<") < 2 or b'"' not in order:  # noqa: PLR2004 - opened and closed
        return None
    structure, quoted = [0], False
    values: list[int] = []
    texts: set[int] = set()
    for place, letter in enumerate(order[:-1], start=1):
        quoted = not quoted if letter == ord('"') else False
        if quoted or letter == ord(">"):
            if not quoted:
                texts.add(len(values))
            values.append(place)
        else:
            structure.append(place)
    structure.append(len(order))
    if len(values) < 2:  # noqa: PLR2004 - a getter of one item gives no tuple
        return None
    if len(_layouts) >= LAYOUTS:
        _layouts.clear()
    made = _layouts[order] = _Layout(itemgetter(*structure), itemgetter(*values), tuple(values), frozenset(texts))
    return made


def _values(raw: tuple[bytes, ...], layout: _Layout) -> list[str] | None:
    """Give the values as the parser would; none if one of them holds what it might read otherwise."""
    joined = b'"'.join(raw)
    if joined.translate(None, _PLAIN):
        for place, value in enumerate(raw):
            # a line break in an attribute reads as a blank
            if value.translate(None, _PLAIN + _SPACES if place in layout.texts else _PLAIN):
                return None
    try:
        text = joined.decode()
    except UnicodeDecodeError:
        return None
    if _NO_XML in joined and ("\ufffe" in text or "\uffff" in text):
        return None
    values = text.split('"')
    return _unescaped(values) if "&" in text else values


def _unescaped(values: list[str]) -> list[str] | None:
    if any(found[1] is None for value in values for found in _ENTITY.finditer(value)):
        return None
    return [_ENTITY.sub(lambda found: _LETTERS[found[1]], value) if "&" in value else value for value in values]


def spans(data: bytes, shape: Shape) -> list[tuple[int, int, bool]]:
    """Give where each value of a document lies: begin, end, and whether it is a text between two tags."""
    head, order = shape.key[:2]
    layout = _layouts.get(order) or _layout(order)
    at, begins, ends = len(head), [], []
    for piece in data[len(head) :].translate(_CUT).split(b'"'):
        begins.append(at)
        ends.append(at + len(piece))
        at += len(piece) + 1
    places = layout.places if layout is not None else ()
    return [(begins[place], ends[place], number in layout.texts) for number, place in enumerate(places)]  # type: ignore[union-attr]


class Element:
    """An element with plain Python values: as much of lxml's as the mapping to records asks for."""

    __slots__ = ("attrib", "children", "sketch", "tag", "text")

    def __init__(self, sketch: Sketch, values: Sequence[str]) -> None:
        self.sketch = sketch
        self.tag = sketch.tag
        self.attrib = sketch.read(values)
        said = sketch.text
        self.text = (values[said] if isinstance(said, int) else said) or None
        self.children = [Element(child, values) for child in sketch.children]

    def get(self, name: str, default: Any = None) -> Any:
        """Give an attribute."""
        return self.attrib.get(name, default)

    def items(self) -> Any:
        """Give the attributes."""
        return self.attrib.items()

    def __iter__(self) -> Iterator[Element]:
        return iter(self.children)

    def iter(self) -> Iterator[Element]:
        """Give the element and all below it, in the document's order."""
        yield self
        for child in self.children:
            yield from child.iter()


@dataclass(slots=True)
class Sketch:
    """An element of all documents of a shape: where a value is theirs, the number of its place stands."""

    tag: str
    attributes: dict[str, int | str]
    text: int | str | None
    children: list[Sketch] = field(default_factory=list)
    _own: tuple[str, ...] = ()
    _given: dict[str, str] = field(default_factory=dict)
    _getter: Callable[[Sequence[str]], tuple[str, ...]] | None = None

    def __post_init__(self) -> None:
        own = {name: said for name, said in self.attributes.items() if isinstance(said, int)}
        if len(own) > 1:  # a getter of one item gives no tuple
            self._getter = itemgetter(*own.values())
            self._own = tuple(own)
        self._given = {name: said for name, said in self.attributes.items() if isinstance(said, str)}

    def read(self, values: Sequence[str]) -> dict[str, str]:
        """Give the attributes of one document."""
        if self._getter is not None:
            said = dict(zip(self._own, self._getter(values), strict=True))
            return {**self._given, **said} if self._given else said
        return {name: values[said] if isinstance(said, int) else said for name, said in self.attributes.items()}

    def places(self) -> Iterator[int]:
        """Give the places of all values of the element and of those below it."""
        yield from (said for said in (*self.attributes.values(), self.text) if isinstance(said, int))
        for child in self.children:
            yield from child.places()


def sketch(data: bytes, shape: Shape) -> tuple[Sketch, tuple[int, ...]] | None:
    """Give what the elements of a shape are, and the places whose values belong to the shape itself.

    These are the ids, by which elements name each other, and the namespaces. None if a mark did not come back whole.
    """
    from lxml import etree

    head, order = shape.key[:2]
    layout = _layouts.get(order)
    if layout is None:
        return None
    pieces = data[len(head) :].translate(_CUT).split(b'"')
    namespaces = [
        number
        for number, place in enumerate(layout.places)
        if number not in layout.texts and _NAMESPACE.search(pieces[place - 1])
    ]
    mark = f"v{token_hex(8)}n"
    for number, place in enumerate(layout.places):
        if number not in namespaces:
            pieces[place] = f"{mark}{number}".encode()
    ends = [bytes([letter]) for letter in order]
    marked = head + pieces[0] + b"".join(end + piece for end, piece in zip(ends, pieces[1:], strict=True))
    try:
        made = _Marks(mark).sketch(from_bytes(marked))
    except (etree.XMLSyntaxError, _NotWholeError):
        return None
    found = set(made.places())
    if not set(range(len(layout.places))) - layout.texts - set(namespaces) <= found:
        return None
    return made, (*namespaces, *_ids(made))


def _ids(element: Sketch) -> Iterator[int]:
    said = element.attributes.get("ID")
    if isinstance(said, int):
        yield said
    for child in element.children:
        yield from _ids(child)


class _NotWholeError(ValueError):
    """A mark came back as a part of something else."""


class _Marks:
    """Finds marks in a parsed document; each may come once."""

    def __init__(self, mark: str) -> None:
        self._mark = mark
        self._seen: set[int] = set()

    def sketch(self, element: Any) -> Sketch:
        """Give the sketch of an element."""
        attributes = {str(name): self._read(value) for name, value in element.items()}
        if self._mark in str(element.tag) or any(self._mark in name for name in attributes):
            raise _NotWholeError
        text = self._read(element.text) if element.text is not None else None
        return Sketch(str(element.tag), attributes, text, [self.sketch(child) for child in element])

    def _read(self, value: str) -> int | str:
        if self._mark not in value:
            return value
        number = value.removeprefix(self._mark)
        if not number.isdecimal() or int(number) in self._seen:
            raise _NotWholeError
        self._seen.add(int(number))
        return int(number)
