"""The two tables of a record, held by column so that half a million rows stay workable."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from rembi_widgets.record._base import Absent, Mark, Quantity, Term, finite, is_empty, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Rows(Protocol):
    """A table of rows, however large: what checks and formats may ask of it."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[str]: ...

    def column(self, name: str) -> Sequence[Any]:
        """Give the values of a column, one a row, ``None`` where empty."""
        ...


class FileFacts(Protocol):
    """What is known of the files on disk."""

    def exists(self, path: str) -> bool:
        """Tell whether the dataset holds a file or folder at a relative path."""
        ...

    def size(self, path: str) -> int | None:
        """Give the size of a file in bytes, ``None`` if there is none."""
        ...


def cell(value: Any) -> Any:
    """Read the JSON form of a table cell: a scalar, a term, a quantity, an absence or several texts."""
    if isinstance(value, dict):
        kind = Absent if "absent" in value else Term if "label" in value else Quantity
        return kind.model_validate(value)
    if isinstance(value, list):
        return tuple(cell(item) for item in value)
    return None if is_empty(value) else finite(value)


@dataclass(frozen=True, eq=False)
class Table:
    """Rows with an id each, in an order, and columns of equal length.

    Attributes
    ----------
    ids
        Row ids in display order.
    columns
        Column name to one value a row; ``None`` is empty. A column of empties only is left out.
    marks
        Column name to one mark a row; ``None`` where nothing is known.
    """

    ids: tuple[str, ...] = ()
    columns: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    marks: Mapping[str, tuple[Mark | None, ...]] = field(default_factory=dict)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Row id to position."""
        return {row: position for position, row in enumerate(self.ids)}

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __contains__(self, row: object) -> bool:
        return row in self.index

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self.ids == other.ids and self.columns == other.columns and self.marks == other.marks

    def __hash__(self) -> int:
        return hash((self.ids, len(self.columns)))

    def column(self, name: str) -> tuple[Any, ...]:
        """Give the values of a column, one a row; all ``None`` for a column nobody filled."""
        found = self.columns.get(name)
        return (None,) * len(self.ids) if found is None else found

    def value(self, row: str, name: str) -> Any:
        """Give one cell; ``None`` where the row or the value does not exist."""
        position = self.index.get(row)
        found = self.columns.get(name)
        return None if position is None or found is None else found[position]

    def mark(self, row: str, name: str) -> Mark | None:
        """Give what is known of one cell besides its value."""
        position = self.index.get(row)
        found = self.marks.get(name)
        return None if position is None or found is None else found[position]

    def row(self, row: str) -> dict[str, Any]:
        """Give the filled cells of one row by column name, its id among them."""
        position = self.index[row]
        filled = {name: values[position] for name, values in self.columns.items()}
        return {"id": row, **{name: value for name, value in filled.items() if value is not None}}

    def plain(self) -> dict[str, Any]:
        """Give the JSON form of ids and columns, without marks."""
        return {"ids": list(self.ids), "columns": {name: plain(list(v)) for name, v in self.columns.items()}}

    def with_cells(self, name: str, rows: Sequence[str], values: Sequence[Any], marks: Sequence[Mark | None]) -> Table:
        """Give a table with some cells of one column changed; rows it does not have are passed over."""
        column, marked = list(self.column(name)), list(self.marks.get(name) or (None,) * len(self.ids))
        for row, value, mark in zip(rows, values, marks, strict=True):
            position = self.index.get(row)
            if position is not None:
                column[position], marked[position] = value, mark
        return self._with(name, column, marked)

    def _with(self, name: str, column: list[Any], marked: list[Mark | None]) -> Table:
        columns = {**self.columns, name: tuple(column)}
        marks = {**self.marks, name: tuple(marked)}
        if all(value is None for value in column):
            del columns[name]
        if all(mark is None for mark in marked):
            del marks[name]
        return self._sharing_index(Table(self.ids, columns, marks))

    def _sharing_index(self, other: Table) -> Table:
        other.__dict__["index"] = self.index
        return other

    def with_rows(self, rows: Sequence[str], at: Sequence[int] | None = None) -> Table:
        """Give a table with empty rows added, at the end or at the positions they are to have."""
        fresh = [row for row in dict.fromkeys(rows) if row not in self.index]
        places = dict(zip(at, rows, strict=True)) if at is not None else {}
        ids: list[str | None] = list(self.ids)
        if at is None:
            ids += fresh
        else:
            for position in sorted(places):
                if places[position] not in self.index:
                    ids.insert(position, places[position])
        return self._ordered(tuple(row for row in ids if row is not None))

    def without_rows(self, rows: Sequence[str]) -> Table:
        """Give a table without some rows."""
        gone = set(rows)
        return self._ordered(tuple(row for row in self.ids if row not in gone))

    def in_order(self, rows: Sequence[str]) -> Table:
        """Give the table with the named rows first, in that order, and the others after them."""
        wanted = [row for row in rows if row in self.index]
        named = set(wanted)
        return self._ordered((*wanted, *(row for row in self.ids if row not in named)))

    def _ordered(self, ids: tuple[str, ...]) -> Table:
        if ids[: len(self.ids)] == self.ids:
            extra = (None,) * (len(ids) - len(self.ids))
            return Table(
                ids, {k: v + extra for k, v in self.columns.items()}, {k: v + extra for k, v in self.marks.items()}
            )
        index = self.index
        places = [index.get(row) for row in ids]

        def taken(values: tuple[Any, ...]) -> tuple[Any, ...]:
            return tuple(None if place is None else values[place] for place in places)

        def kept(columns: Mapping[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
            chosen = {name: taken(values) for name, values in columns.items()}
            return {name: values for name, values in chosen.items() if any(v is not None for v in values)}

        return Table(ids, kept(self.columns), kept(self.marks))
