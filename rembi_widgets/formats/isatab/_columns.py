"""The columns of a table, by node: its name, what is said of it with terms and units, its comments.

A column is a header and one quoted cell a row. Columns that no row uses are left out, as isatools leaves them out; the
order within a node is the one that both readers take: name, attributes, name of the process, comments, factor values.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab import _extras
from rembi_widgets.formats.isatab._cells import (
    ABSENCES,
    escape,
    joined,
    number,
    quote,
    quote_all,
    reason,
    verbatim,
    words,
)
from rembi_widgets.formats.isatab._names import field_name
from rembi_widgets.formats.isatab._quoted import Cells, blocks, spread, told, written
from rembi_widgets.formats.isatab._units import unit
from rembi_widgets.record import Absent, Quantity, Term, in_any_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rembi_widgets.formats.isatab._ontologies import Ontologies
    from rembi_widgets.record import Frozen

Column = tuple[str, Cells]
REF, ACCESSION = "Term Source REF", "Term Accession Number"
ABSENT = frozenset(ABSENCES.values())
ALONE = {str, int, float, bool, type(None)}
"""Kinds of values that need no column beside their own."""


def _escaped(value: Any) -> str:
    return words(value) if isinstance(value, tuple | list) else _marked(escape(words(value)), value)


def _marked(text: str, value: Any) -> str:
    """Put a backslash before an escaped text that reads like an absence and is none."""
    return f"\\{text}" if text in ABSENT and not isinstance(value, Absent) else text


def _items(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _kinds(values: Sequence[Any]) -> set[type]:
    """Give the kinds of the values; of those in a tuple too."""
    values = in_any_order(values)
    kinds = set(map(type, values))
    if tuple in kinds:
        kinds |= {type(item) for value in values if isinstance(value, tuple) for item in value}
    return kinds


def _cells(values: Sequence[Any], write: Callable[[Any], str], kinds: set[type]) -> Cells:
    """Write and quote a column. Most columns say few things many times: each is written once."""
    if not kinds <= ALONE or (bool in kinds and kinds & {int, float}):  # True and 1 are one key of a mapping
        return _by_identity(values, write)
    return written(values, write, plain=kinds == {str} and _are_plain(values, write))


def _are_plain(values: Sequence[str], write: Callable[[Any], str]) -> bool:
    """Tell whether texts are written as they are."""
    ends = tuple(ABSENT)
    return write is words or (write is verbatim and not any(value.endswith(ends) for value in in_any_order(values)))


def _by_identity(values: Sequence[Any], write: Callable[[Any], str]) -> Cells:
    """Write and quote values that cannot be told apart quickly: what is the same object is written once."""
    held = {id(value): value for value in values}
    texts = dict(zip(held, quote_all(list(map(write, held.values()))), strict=True))
    return told(texts, list(map(id, values)))


class Node:
    """A node or process with its columns, all of the same number of rows.

    Parameters
    ----------
    ontologies
        Takes in the sources of the terms.
    columns
        The name's column and, before a process' name, its Protocol REF.
    """

    def __init__(self, ontologies: Ontologies, *columns: tuple[str, Sequence[str]]) -> None:
        self._ontologies = ontologies
        self.names: list[Column] = [(header, written(names, str, plain=True)) for header, names in columns]
        self.attributes: list[Column] = []
        self.process_names: list[Column] = []
        self.comments: list[Column] = []
        self.factors: list[Column] = []

    def columns(self) -> list[Column]:
        """Give all columns in order."""
        return [*self.names, *self.attributes, *self.process_names, *self.comments, *self.factors]

    def spread(self, places: Sequence[int]) -> None:
        """Take the rows at some places instead: what is said once is repeated on every row it is true of."""
        for part in (self.names, self.attributes, self.process_names, self.comments, self.factors):
            part[:] = [(header, spread(cells, places)) for header, cells in part]

    def take(self, other: Node) -> None:
        """Add the attributes and comments of another node."""
        self.attributes += other.attributes
        self.comments += other.comments

    def headers(self, kind: str) -> Iterator[str]:
        """Give the names within brackets of a kind of column, such as ``Parameter Value``."""
        for header, _ in self.columns():
            if header.startswith(kind + "["):
                yield header[len(kind) + 1 : -1]

    def describe(
        self, kind: str, name: str, values: Sequence[Any], *, symbol: str | None = None, always: bool = False
    ) -> None:
        """Add ``kind[name]`` with the columns it needs: source and accession of terms, unit of quantities, reasons.

        Parameters
        ----------
        symbol
            Unit of plain numbers.
        always
            Keep the column though it is empty: the layout asks for it.
        """
        into = self.factors if kind == "Factor Value" else self.attributes
        kinds = _kinds(values)
        cells = _cells(values, _amount if Quantity in kinds else _escaped, kinds)
        if not always and not cells.says():
            return
        into.append((f"{kind}[{name}]", cells))
        if symbol is not None or Quantity in kinds:
            into += self._units(values, symbol)
        elif Term in kinds:
            into += self._terms(values)
        if Absent in kinds:
            self._reasons(name, values)

    def _terms(self, values: Sequence[Any]) -> list[Column]:
        held = {id(value): value for value in values}
        pairs = {one: [self._ontologies.reference(item) for item in _items(value)] for one, value in held.items()}
        if not any(accession for row in pairs.values() for _, accession in row):
            return []

        def said(place: int) -> Cells:
            return _by_identity(values, lambda value: _list(pair[place] for pair in pairs[id(value)]))

        return [(REF, said(0)), (ACCESSION, said(1))]

    def _units(self, values: Sequence[Any], symbol: str | None) -> list[Column]:
        said: Sequence[str] = [_symbol(value, symbol) for value in values]
        known = {one: unit(one) if one else ("", None) for one in set(said)}
        cells = {one: (label, *self._ontologies.of_id(identity)) for one, (label, identity) in known.items()}
        columns: list[Column] = []
        for place, header in enumerate(("Unit", REF, ACCESSION)):
            texts = {one: quote(row[place]) for one, row in cells.items()}
            columns.append((header, told(texts, said)))
        if not any(known):
            return []
        return columns if any(accession for _, _, accession in cells.values()) else columns[:1]

    def comment(self, name: str, values: Sequence[Any], write: Callable[[Any], str] = verbatim) -> None:
        """Add ``Comment[name]``; several values are joined, one is verbatim; accessions of terms stand beside it."""
        kinds = _kinds(values)
        self._add_comment(name, _cells(values, write, kinds))
        if Term in kinds:
            for place, what in ((1, "Accession"), (0, "Source")):
                self._add_comment(f"{name} {what}", _by_identity(values, partial(self._reference, place)))
        if Absent in kinds:
            self._reasons(name, values)

    def _reference(self, place: int, value: Any) -> str:
        row = [self._ontologies.reference(item) for item in _items(value)]
        return joined(pair[place] for pair in row) if any(map(any, row)) else ""

    def _reasons(self, name: str, values: Sequence[Any]) -> None:
        self._add_comment(f"{name} Absence Reason", _by_identity(values, reason))

    def _add_comment(self, name: str, cells: Cells) -> None:
        if cells.says():
            self.comments.append((f"Comment[{name}]", cells))

    def unknown(self, parts: Sequence[Frozen | None], prefix: str = "") -> None:
        """Add a comment for each key that the record keeps without knowing it."""
        for key, values in _extras.columns(parts).items():
            self.free(prefix + key, values)

    def free(self, key: str, values: Sequence[Any]) -> None:
        """Add a comment under a name of somebody's choice, unlike the names there are."""
        name = field_name(key)
        used = {header.casefold() for header, _ in self.comments}
        while f"Comment[{name}]".casefold() in used:
            name += " 2"
        self.comment(name, values, words)


def _list(texts: Iterable[str]) -> str:
    return ";".join(map(escape, texts))


def _amount(value: Any) -> str:
    if not isinstance(value, Quantity):
        return _escaped(value)
    return _marked(escape(value.text or ""), value) if value.number is None else number(value.number)


def _symbol(value: Any, symbol: str | None) -> str:
    if isinstance(value, Quantity):
        return value.unit or ""
    return symbol or "" if isinstance(value, int | float) else ""


def assemble(nodes: Sequence[Node]) -> list[Column]:
    """Give the columns of all nodes in order."""
    return [column for node in nodes for column in node.columns()]


def lines(columns: Sequence[Column]) -> Iterator[str]:
    """Give the text of a table: the line of its header, then its rows, some lines at a time."""
    yield "\t".join(quote(header) for header, _ in columns) + "\n"
    for block in blocks([cells for _, cells in columns]):
        yield "\n".join(map("\t".join, block)) + "\n"
