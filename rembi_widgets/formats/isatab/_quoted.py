"""The quoted cells of a column, made when they are written: of half a million rows only what differs is held.

Three kinds: the same cell on every row, few different cells spread over many rows, and cells of which each is another,
which are quoted a block of rows at a time. Columns that stand beside each other and are spread over the same rows, or
say the same on every row, are written as one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, overload

from rembi_widgets.formats.isatab._cells import EMPTY, quote_all
from rembi_widgets.record import Column, Reordered

if TYPE_CHECKING:
    from collections.abc import Iterator

    Write = Callable[[Any], str]

BLOCK = 1_000
"""Rows that are written at once."""
_MANY = 4
"""A column with more than one different cell in so many is quoted block by block."""


class Cells(Sequence[str]):
    """The quoted cells of a column."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, row: int) -> str: ...

    @overload
    def __getitem__(self, row: slice) -> list[str]: ...

    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            begin, end, step = row.indices(self._count)
            return list(self.block(begin, end))[::step]
        return self.block(row, row + 1)[0]

    def __iter__(self) -> Iterator[str]:
        for begin in range(0, self._count, BLOCK):
            yield from self.block(begin, min(begin + BLOCK, self._count))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def block(self, begin: int, end: int) -> Sequence[str]:
        """Give the cells of some rows."""
        raise NotImplementedError

    def says(self) -> bool:
        """Tell whether any cell is not empty."""
        return any(cell != EMPTY for cell in self)


class Same(Cells):
    """One cell on every row."""

    def __init__(self, cell: str, count: int) -> None:
        super().__init__(count)
        self.cell = cell

    def block(self, begin: int, end: int) -> Sequence[str]:
        """Give the cells of some rows."""
        return [self.cell] * (end - begin)

    def says(self) -> bool:
        """Tell whether any cell is not empty."""
        return self._count > 0 and self.cell != EMPTY


class Spread(Cells):
    """Few cells on many rows: ``texts`` by what stands in ``places``."""

    def __init__(self, texts: Sequence[str] | Mapping[Any, str], places: Sequence[Any]) -> None:
        super().__init__(len(places))
        self.texts, self.places = texts, places

    def block(self, begin: int, end: int) -> Sequence[str]:
        """Give the cells of some rows."""
        return list(map(self.texts.__getitem__, self.places[begin:end]))

    def says(self) -> bool:
        """Tell whether any cell is not empty: each text stands on some row."""
        texts = self.texts.values() if isinstance(self.texts, Mapping) else self.texts
        return any(text != EMPTY for text in texts)


class Each(Cells):
    """Values of which most differ: quoted when they are asked for."""

    def __init__(self, values: Sequence[Any], write: Write, *, plain: bool = False) -> None:
        super().__init__(len(values))
        self._values, self._write, self._plain = values, write, plain

    def block(self, begin: int, end: int) -> Sequence[str]:
        """Give the cells of some rows."""
        values = self._values[begin:end]
        return quote_all(values if self._plain else list(map(self._write, values)))


class Held(Cells):
    """Cells that are quoted already."""

    def __init__(self, cells: Sequence[str]) -> None:
        super().__init__(len(cells))
        self._cells = cells

    def block(self, begin: int, end: int) -> Sequence[str]:
        """Give the cells of some rows."""
        return self._cells[begin:end]


def written(values: Sequence[Any], write: Write, *, plain: bool = False) -> Cells:
    """Write values that can be told apart; most columns say few things many times.

    Parameters
    ----------
    plain
        The values are texts that are written as they are.
    """
    count = len(values)
    if count and _are_same(values):
        return Same(quote_all([write(values[0])])[0], count)
    if isinstance(values, Reordered) or (isinstance(values, Column) and values.is_text):
        return Each(values, write, plain=plain)
    distinct = list(dict.fromkeys(values))
    if len(distinct) * _MANY > count > BLOCK:
        return Each(values, write, plain=plain)
    texts = dict(zip(distinct, quote_all([write(value) for value in distinct]), strict=True))
    return Spread(texts, values)


def _are_same(values: Sequence[Any]) -> bool:
    if isinstance(values, Column | Reordered):
        return isinstance(values, Column) and values.is_same
    return values.count(values[0]) == len(values)


def told(texts: Mapping[Any, str], values: Sequence[Any]) -> Cells:
    """Give the cells of values whose quoted texts are known."""
    if len(set(texts.values())) == 1:
        return Same(next(iter(texts.values())), len(values))
    return Spread(texts, values)


def spread(cells: Sequence[str], places: Sequence[int]) -> Cells:
    """Take the rows at some places instead."""
    held = list(cells)
    if len(set(held)) == 1:
        return Same(held[0], len(places))
    return Spread(held, places)


def blocks(columns: Sequence[Sequence[str]]) -> Iterator[list[tuple[str, ...]]]:
    """Give the rows of columns, some at a time; cells of columns that are one in writing are joined by tabs."""
    merged = [cells for _, group in groupby(columns, _home) for cells in _merged(list(group))]
    count = len(columns[0]) if columns else 0
    for begin in range(0, count, BLOCK):
        end = min(begin + BLOCK, count)
        yield list(zip(*(_block(cells, begin, end) for cells in merged), strict=True))


def _block(cells: Sequence[str], begin: int, end: int) -> Sequence[str]:
    return cells.block(begin, end) if isinstance(cells, Cells) else cells[begin:end]


def _home(cells: Sequence[str]) -> int:
    """Tell which columns can be written as one: those of one home."""
    if isinstance(cells, Same):
        return 0
    return id(cells.places) if isinstance(cells, Spread) and not isinstance(cells.texts, Mapping) else id(cells)


def _merged(group: list[Sequence[str]]) -> list[Sequence[str]]:
    first = group[0]
    if len(group) == 1:
        return group
    if isinstance(first, Same):
        return [Same("\t".join(one.cell for one in group if isinstance(one, Same)), len(first))]
    if not isinstance(first, Spread) or isinstance(first.texts, Mapping):
        return group  # the same cells twice
    texts = (one.texts for one in group if isinstance(one, Spread))
    return [Spread(list(map("\t".join, zip(*texts, strict=True))), first.places)]
