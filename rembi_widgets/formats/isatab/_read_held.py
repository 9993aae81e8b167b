"""The texts that a record in the making holds, by the heading they came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._document_columns import typed
from rembi_widgets.formats.isatab._ontologies import curie
from rembi_widgets.formats.isatab._read_values import as_number
from rembi_widgets.formats.isatab._units import SYMBOLS
from rembi_widgets.record import Absent, Quantity, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rembi_widgets.formats.isatab._read_parts import Holder
    from rembi_widgets.formats.isatab._read_rows import Rows
    from rembi_widgets.formats.isatab._reading import Reading
    from rembi_widgets.record import Mark

_BESIDE = (" Term Accession Number", " Term Source REF")
_IDS = frozenset({"component", "made_by", "source_image"})
_JOINS = ("\n", " + ", ", ", ";")
"""What joins several cells in one value."""


_ONE = {"study assay technology type": "study assay measurement type"}
_ONE["study assay technology platform"] = _ONE["study assay technology type"]
"""Labels that are read into one value."""


def base_label(label: str) -> str:
    """Give the label that a label of a source or accession belongs to.

    >>> base_label("Study Design Type Term Source REF")
    'Study Design Type'
    """
    return next((label.removesuffix(end) for end in _BESIDE if label.endswith(end)), label)


def texts(value: Any) -> Iterator[str]:
    """Give the texts of a value of the record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Term):
        yield from filter(None, (value.label, value.id, value.ontology))
    elif isinstance(value, Quantity):
        yield from (one if isinstance(one, str) else repr(one) for one in (value.text, value.number, value.unit))
    elif isinstance(value, Absent):
        yield value.reason or ""
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts(one)
    else:
        yield repr(value)


class _Texts:
    """The texts of one heading, and the pieces of those that are joined of several."""

    def __init__(self) -> None:
        self.whole: set[str] = set()
        self._joined: str | None = None
        self._pieces: set[str] = set()

    def add(self, values: Iterable[str]) -> None:
        self.whole.update(values)
        self._joined = None

    def has(self, cell: str) -> bool:
        """Tell whether a text is held: whole, as a piece, as several values, as a number or an id."""
        if cell in self.whole:
            return True
        return any(one in self.whole or one in self.pieces for one in _forms(cell)) or self._in_parts(cell)

    def _in_parts(self, cell: str) -> bool:
        parts = [part.strip() for part in cell.split(";") if part.strip()]
        return len(parts) != 1 and all(any(one in self.whole for one in _forms(part)) for part in parts)

    @property
    def pieces(self) -> set[str]:
        """The pieces of joined texts."""
        if self._joined is None:
            self._joined = ""
            self._pieces = {piece for text in self.whole for piece in _pieces(text)}
        return self._pieces


def _forms(cell: str) -> Iterator[str]:
    """Give the forms in which the record may hold a cell."""
    yield cell
    yield curie(cell)
    yield cell.replace("/", " ")
    number = as_number(cell)
    if isinstance(number, float):
        yield f"{number!r}"
    if cell in SYMBOLS:
        yield SYMBOLS[cell]
    if cell.casefold() in {"true", "false"}:
        yield cell.casefold().capitalize()


def _pieces(text: str) -> Iterator[str]:
    for join in _JOINS:
        if join in text:
            yield from (piece.strip() for piece in text.split(join))
    for line in text.split("\n"):
        for join in (": ", ":"):  # the name of a protocol and its text, a term source and its accession
            before, found, after = line.partition(join)
            yield from (before.strip(), after.strip()) if found else ()
    for before, found, after in (text.partition(" "), text.rpartition(" ")):  # a number and its unit
        yield from (before, after) if found else ()


class Held:
    """What the record holds, by heading; the headings of tables count by kind and name, in whatever file they stand."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._by_header: dict[str, _Texts] = {}
        self._normal: dict[str, str] = {}
        self._all, self._keys, self._paths = _Texts(), "", set[str]()
        making = reading.making
        self._headers = {id(mark): mark.origin.header or "" for mark in making._marks.values()}  # noqa: SLF001 - one room
        keys: dict[str, None] = {}
        holders = [making.study, *(one for held in making.entities.values() for one in held.values())]
        for holder in holders:
            self._take(holder, making.marks)
            keys.update(dict.fromkeys(key for key in holder.values if key.startswith("x-isa-")))
        self._keys = "\n".join(f"{key} " for key in keys)
        for name in reading.files.columns:  # images of another layout hold nothing but ids
            if name not in _IDS:
                self._take_column(reading.files, name)

    def has(self, header: str, cell: str) -> bool:
        """Tell whether a value that came from a heading holds a cell."""
        return self._texts(header).has(cell)

    def without(self, header: str, cells: Iterable[str]) -> set[str]:
        """Give the cells that are no whole text that came from a heading: what most columns have none of."""
        return set(cells) - self._texts(header).whole - {""}

    def names(self, cell: str) -> bool:
        """Tell whether something has a name, or is kept under it."""
        if cell in self._paths or self._all.has(cell):
            return True
        return f" {' '.join(cell.replace('/', ' ').split())} " in self._keys

    def take_files(self, name: str) -> None:
        """Take a column of files that was added."""
        marks = self._reading.making._marks.values()  # noqa: SLF001 - one room
        self._headers |= {id(mark): mark.origin.header or "" for mark in marks}
        self._take_column(self._reading.files, name)

    def _take(self, holder: Holder, marks: Mapping[str, Mark]) -> None:
        for path, field, value in _fields(holder.path, holder.values):
            mark = marks.get(path)
            if mark is None:
                continue
            said = [text.strip() for text in texts(value)]
            self._texts(mark.origin.header or "").add(said)
            if field in {"title", "name"}:
                self._all.add(said)

    def _take_column(self, rows: Rows, name: str) -> None:
        for mark, values in _by_mark(rows.marks[name], rows.columns[name]).items():
            plain = values if set(map(type, values)) == {str} else {one for one in values if type(one) is str}
            others = [text for value in values - plain - {None} for text in texts(value)]
            self._texts(self._headers.get(mark, "")).add(plain.union(others))
            if name == "path":
                self._paths |= plain

    def _texts(self, header: str) -> _Texts:
        if header not in self._normal:
            self._normal[header] = _normal(header)
        return self._by_header.setdefault(self._normal[header], _Texts())


def _by_mark(marks: Sequence[Mark | None], values: Sequence[Any]) -> dict[int, set[Any]]:
    """Give the different values of a column by the identity of their mark."""
    different = set(map(id, marks))
    if len(different) == 1:
        return {different.pop(): set(values)}
    found: dict[int, set[Any]] = {one: set() for one in different}
    for mark, value in set(zip(map(id, marks), values, strict=False)):
        found[mark].add(value)
    return found


def _fields(path: str, values: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Give path, name and value of the fields of an entity, and of its rows."""
    for field, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for row in value:
                yield from _fields(f"{path}/{field}/{row['id']}", row)
        else:
            yield f"{path}/{field}", field, value


def _normal(header: str) -> str:
    """Give a heading of a table by its kind and name; that of a section as it is."""
    heading, _, label = header.casefold().partition("/")
    if label and header.startswith(heading.upper()):
        level, _, rest = heading.partition(" ")
        if level == "investigation" and rest:  # what both say of a person or a publication is said of one
            return f"study {rest}/{label.replace('investigation ', 'study ', 1)}"
        return f"{heading}/{_ONE.get(label, label)}"
    kind, name = typed(header)
    return f"{kind} {name.casefold()}"
