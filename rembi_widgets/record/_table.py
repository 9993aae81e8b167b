"""The two tables of a record, held by column so that half a million rows stay workable."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from rembi_widgets.record._base import Absent, Mark, Quantity, Term, finite, is_empty, plain
from rembi_widgets.record._column import compact, joined, repeated, replaced, taken

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

    Notes
    -----
    Of few rows all are tuples; of many they are held in little room, as ``_column`` tells, and equal such tuples.
    """

    ids: Sequence[str] = ()
    columns: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    marks: Mapping[str, Sequence[Mark | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", compact(self.ids))
        for held in ("columns", "marks"):
            object.__setattr__(self, held, {name: compact(values) for name, values in getattr(self, held).items()})

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
        return hash((len(self.ids), *self.ids[:1], *self.ids[-1:], len(self.columns)))

    def column(self, name: str) -> Sequence[Any]:
        """Give the values of a column, one a row; all ``None`` for a column nobody filled."""
        found = self.columns.get(name)
        return repeated(None, len(self.ids)) if found is None else found

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
        known = self.marks.get(name) or repeated(None, len(self.ids))
        if rows == self.ids and len(rows) == len(values) == len(marks):
            return self._with(name, compact(values), compact(marks))
        places = list(map(self.index.get, rows))
        told = {at: value for at, value in zip(places, values, strict=True) if at is not None}
        marked = {at: mark for at, mark in zip(places, marks, strict=True) if at is not None}
        return self._with(name, replaced(self.column(name), told), replaced(known, marked))

    def _with(self, name: str, column: Sequence[Any], marked: Sequence[Mark | None]) -> Table:
        columns, marks = {**self.columns, name: column}, {**self.marks, name: marked}
        for held in (columns, marks):
            if _is_blank(held[name]):
                del held[name]
        return self._sharing_index(Table(self.ids, columns, marks))

    def _sharing_index(self, other: Table) -> Table:
        if "index" in self.__dict__:
            other.__dict__["index"] = self.index
        return other

    def with_rows(self, rows: Sequence[str], at: Sequence[int] | None = None) -> Table:
        """Give a table with empty rows added, at the end or at the positions they are to have."""
        if at is None:
            return self._longer(tuple(row for row in dict.fromkeys(rows) if row not in self.index))
        places = dict(zip(at, rows, strict=True))
        ids = list(self.ids)
        for position in sorted(places):
            if places[position] not in self.index:
                ids.insert(position, places[position])
        return self._ordered(tuple(ids))

    def without_rows(self, rows: Sequence[str]) -> Table:
        """Give a table without some rows."""
        gone = set(rows)
        return self._ordered(tuple(row for row in self.ids if row not in gone))

    def in_order(self, rows: Sequence[str]) -> Table:
        """Give the table with the named rows first, in that order, and the others after them."""
        wanted = [row for row in rows if row in self.index]
        named = set(wanted)
        return self._ordered((*wanted, *(row for row in self.ids if row not in named)))

    def _longer(self, fresh: tuple[str, ...]) -> Table:
        empty = repeated(None, len(fresh))
        columns = {name: joined(one, empty) for name, one in self.columns.items()}
        marks = {name: joined(one, empty) for name, one in self.marks.items()}
        return Table(joined(self.ids, fresh), columns, marks)

    def _ordered(self, ids: tuple[str, ...]) -> Table:
        before = len(self.ids)
        if ids[:before] == self.ids:
            return self._longer(ids[before:])
        places = [self.index.get(row, before) for row in ids]  # a fresh row takes what stands behind the last
        grown = self._longer(("",)) if before in places else self

        def kept(columns: Mapping[str, Sequence[Any]]) -> dict[str, Sequence[Any]]:
            chosen = {name: compact(taken(values, places)) for name, values in columns.items()}
            return {name: values for name, values in chosen.items() if not _is_blank(values)}

        return Table(ids, kept(grown.columns), kept(grown.marks))


def _is_blank(values: Sequence[Any]) -> bool:
    return all(value is None for value in values)
