"""A column of many rows in little room: its different values once, and for each row which of them.

A column that says the same on every row is one value and a count; one of which most rows differ is as the record has
it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, repeat
from typing import Any, overload

from rembi_widgets.record import Column, GrowingColumn

_FIRST = 64
"""Rows after which a column of which most rows differ is held row by row."""


class Compact(Sequence[Any]):
    """A column.

    Attributes
    ----------
    values
        The different values, in the order in which they first come; each is on some row.
    places
        Which of them each row says; ``None`` if all say the first.
    """

    def __init__(self, values: Sequence[Any], places: array[int] | None, count: int) -> None:
        self.values, self.places, self._count = values, places, count

    @property
    def varies(self) -> bool:
        """Whether rows may say different values."""
        return self.places is not None

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, row: int) -> Any: ...

    @overload
    def __getitem__(self, row: slice) -> list[Any]: ...

    def __getitem__(self, row: int | slice) -> Any:
        if isinstance(row, slice):
            return [self[place] for place in range(*row.indices(self._count))]
        if self.places is not None:
            return self.values[self.places[row]]
        if not -self._count <= row < self._count:
            raise IndexError(row)
        return self.values[0]

    def __iter__(self) -> Iterator[Any]:
        if self.places is None:
            return repeat(self.values[0], self._count) if self._count else iter(())
        return map(self.values.__getitem__, self.places)

    def __contains__(self, value: object) -> bool:
        return self._count > 0 and value in self.values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Compact({list(islice(self, 3))}, {self._count} rows)"

    def count(self, value: Any) -> int:
        """Count the rows that say a value."""
        if self.places is None:
            return self._count if self._count and self.values[0] == value else 0
        return sum(map(self.places.count, (place for place, one in enumerate(self.values) if one == value)))

    def first_rows(self) -> dict[Any, int]:
        """Give the first row of each value."""
        if self.places is None:
            return {self.values[0]: 0} if self._count else {}
        found, row = {}, 0
        for place, value in enumerate(self.values):  # values are in the order in which they first come
            found[value] = row = self.places.index(place, row)
        return found

    def of(self, values: Sequence[Any]) -> Compact:
        """Give a column with other values in the same places."""
        return Compact(values, self.places, self._count)


def same(value: Any, count: int) -> Compact:
    """Give a column that says one value on every row."""
    return Compact([value], None, count)


def distinct(cells: Sequence[Any]) -> Sequence[Any]:
    """Give the different values of a column, in the order in which they first come."""
    if isinstance(cells, Compact):
        return cells.values if len(cells) else ()
    return list(dict.fromkeys(cells))


def all_differ(texts: Iterable[str], count: int) -> bool:
    """Tell whether none of so many texts comes twice: their hashes take less room than they."""
    return len(set(map(hash, texts))) == count


def mapped(cells: Sequence[Any], new: dict[Any, Any]) -> Sequence[Any]:
    """Give a column with each value replaced."""
    if isinstance(cells, Compact):
        return cells.of([new[value] for value in distinct(cells)])
    return list(map(new.__getitem__, cells))


class _Places(dict[Any, int]):
    """Value to its place among the different ones; a new one gets the next."""

    def __missing__(self, value: Any) -> int:
        place = self[value] = len(self)
        return place


def zipped(*columns: Sequence[Any]) -> Compact:
    """Give the rows of columns as one column."""
    first = columns[0]
    if (places := _common_places(columns)) is not None:
        count = len(places)
        different = (one.values if one.varies else repeat(one.values[0]) for one in columns if isinstance(one, Compact))
        return Compact(list(zip(*different, strict=False)), places, count)
    index = _Places()
    found = array("I", map(index.__getitem__, zip(*columns, strict=True)))
    return Compact(list(index), found, len(first))


def _common_places(columns: Sequence[Sequence[Any]]) -> array[int] | None:
    """Give where the values of columns stand, if all that vary do so together, as what is said of a sample does."""
    if not all(isinstance(one, Compact) for one in columns):
        return None
    varied = [one.places for one in columns if isinstance(one, Compact) and one.places is not None]
    return varied[0] if varied and all(one == varied[0] for one in varied[1:]) else None


class Growing:
    """A column in the making."""

    def __init__(self) -> None:
        self._first: str | None = None
        self._count = 0
        self._index = _Places()
        self._places: array[int] | None = None
        self._each: GrowingColumn | None = None

    def add(self, cells: Sequence[str]) -> None:
        """Add the cells of some rows."""
        if self._each is not None:
            self._each.add(cells)
        elif self._places is None and self._are_same(cells):
            self._count += len(cells)
        else:
            self._add_different(cells)

    def _are_same(self, cells: Sequence[str]) -> bool:
        if self._first is None:
            self._first = cells[0]
        return cells.count(self._first) == len(cells)

    def _add_different(self, cells: Sequence[str]) -> None:
        if self._places is None:
            self._places = array("I", bytes(4 * self._count))
            if self._count and self._first is not None:
                self._index[self._first] = 0
        self._places.extend(map(self._index.__getitem__, cells))
        if _FIRST < len(self._places) < 2 * len(self._index):
            self._each = GrowingColumn()
            self._each.add(map(list(self._index).__getitem__, self._places))
            self._index, self._places = _Places(), None

    def column(self) -> Sequence[str]:
        """Give the column."""
        if self._each is not None:
            column = self._each.column()
            return column if isinstance(column, Column) else list(column)
        if self._places is not None:
            return Compact(list(self._index), self._places, len(self._places))
        return same(self._first or "", self._count)
