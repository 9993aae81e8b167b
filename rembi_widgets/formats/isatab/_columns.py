"""The columns of a table, by node: its name, what is said of it with terms and units, its comments.

A column is a header and one quoted cell a row. Columns that no row uses are left out, as isatools leaves them out; the
order within a node is the one that both readers take: name, attributes, name of the process, comments, factor values.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab import _extras
from rembi_widgets.formats.isatab._cells import EMPTY, escape, joined, number, quote, reason, words
from rembi_widgets.formats.isatab._names import field_name
from rembi_widgets.formats.isatab._units import unit
from rembi_widgets.record import Absent, Quantity, Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rembi_widgets.formats.isatab._ontologies import Ontologies
    from rembi_widgets.record import Frozen

Column = tuple[str, list[str]]
REF, ACCESSION = "Term Source REF", "Term Accession Number"
ALONE = {str, int, float, bool, type(None)}
"""Kinds of values that need no column beside their own."""


def _escaped(value: Any) -> str:
    return words(value) if isinstance(value, tuple | list) else escape(words(value))


def _items(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _has(values: Sequence[Any], kind: type) -> bool:
    return any(isinstance(item, kind) for value in values for item in _items(value))


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
        self.names: list[Column] = [(header, [quote(name) for name in names]) for header, names in columns]
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
            part[:] = [(header, [cells[place] for place in places]) for header, cells in part]

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
        cells = [quote(_escaped(value)) for value in values]
        if not always and all(cell == EMPTY for cell in cells):
            return
        if symbol is not None or _has(values, Quantity):
            into.append((f"{kind}[{name}]", [quote(_escaped(_amount(value))) for value in values]))
            into += self._units(values, symbol)
        else:
            into.append((f"{kind}[{name}]", cells))
            into += self._terms(values)
        self._reasons(name, values)

    def _terms(self, values: Sequence[Any]) -> list[Column]:
        if not _has(values, Term):
            return []
        pairs = [[self._ontologies.reference(item) for item in _items(value)] for value in values]
        columns = [(REF, [_list(pair[0] for pair in row) for row in pairs])]
        columns.append((ACCESSION, [_list(pair[1] for pair in row) for row in pairs]))
        return columns if any(accession for row in pairs for _, accession in row) else []

    def _units(self, values: Sequence[Any], symbol: str | None) -> list[Column]:
        said = [_symbol(value, symbol) for value in values]
        known = {one: unit(one) if one else ("", None) for one in set(said)}
        if not any(known):
            return []
        pairs = {one: self._ontologies.of_id(identity) for one, (_, identity) in known.items()}
        columns = [("Unit", [quote(known[one][0]) for one in said])]
        if any(accession for _, accession in pairs.values()):
            columns.append((REF, [quote(pairs[one][0]) for one in said]))
            columns.append((ACCESSION, [quote(pairs[one][1]) for one in said]))
        return columns

    def comment(self, name: str, values: Sequence[Any]) -> None:
        """Add ``Comment[name]``; several values are joined, one is verbatim; accessions of terms stand beside it."""
        kinds = set(map(type, values))
        if kinds == {type(None)}:
            return
        self._add_comment(name, [words(value) for value in values])
        if kinds <= ALONE:
            return
        if _has(values, Term):
            said = [[self._ontologies.reference(item)[1] for item in _items(value)] for value in values]
            self._add_comment(f"{name} Accession", [joined(row) if any(row) else "" for row in said])
        self._reasons(name, values)

    def _reasons(self, name: str, values: Sequence[Any]) -> None:
        if _has(values, Absent):
            self._add_comment(f"{name} Absence Reason", [reason(value) for value in values])

    def _add_comment(self, name: str, texts: Sequence[str]) -> None:
        cells = [quote(text) for text in texts]
        if any(cell != EMPTY for cell in cells):
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
        self.comment(name, values)


def _list(texts: Any) -> str:
    return quote(";".join(escape(text) for text in texts))


def _amount(value: Any) -> Any:
    if not isinstance(value, Quantity):
        return value
    return value.text if value.number is None else number(value.number)


def _symbol(value: Any, symbol: str | None) -> str:
    if isinstance(value, Quantity):
        return value.unit or ""
    return symbol or "" if isinstance(value, int | float) else ""


def assemble(nodes: Sequence[Node]) -> list[Column]:
    """Give the columns of all nodes in order."""
    return [column for node in nodes for column in node.columns()]


def lines(columns: Sequence[Column]) -> Iterator[str]:
    """Give the lines of a table: the header, then one a row."""
    yield "\t".join(quote(header) for header, _ in columns) + "\n"
    for row in zip(*map(itemgetter(1), columns), strict=True):
        yield "\t".join(row) + "\n"
