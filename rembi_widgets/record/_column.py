"""A column of a large table in little room: what is the same on many rows is held once, and texts stand in one text.

A column is cut into blocks of rows. A block of texts that differ is one joined text, taken apart when it is read: half
a million ids, paths or checksums take a fifth of what they take as objects, and go by in 20 ms. In any other block
equal values are one object, and blocks that say one thing on every row are one block. A change of some cells makes new
the blocks that they stand in, and no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Block = str | tuple[Any, ...]

BLOCK = 100
"""Rows of a block: one cell of a joined text is read in 5 µs, in 0.2 µs if it stands with the last that was read."""
SMALL = 1_000
"""Rows below which a column is a plain tuple."""
_BETWEEN = "\x1f"
_FEW = 4
"""A block with fewer than one different text in so many rows is not joined."""
_SAMPLE = 12
"""One in so many rows is looked at to tell quickly that texts differ."""
_AT_ONCE = 25_000
"""Rows of a column of texts that are put in another order at once."""
_ONE_KIND = ({str}, {float}, {int})
"""Kinds of values of which those that are equal may be one object; ``True``, 1 and 1.0 are equal, and are not one."""


class Column(Sequence[Any]):
    """A column, or the marks of one; it cannot be changed, and equals a tuple of the same values.

    Parameters
    ----------
    blocks
        Each of ``BLOCK`` rows but the last; none is empty.
    count
        Number of rows.
    """

    __slots__ = ("_count", "_open", "blocks")

    def __init__(self, blocks: Iterable[Block], count: int) -> None:
        self.blocks, self._count = tuple(blocks), count
        self._open: tuple[int, Sequence[Any]] = (-1, ())

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Any]:
        return chain.from_iterable(map(_rows, self.blocks))

    @overload
    def __getitem__(self, row: int) -> Any: ...

    @overload
    def __getitem__(self, row: slice) -> tuple[Any, ...]: ...

    def __getitem__(self, row: int | slice) -> Any:
        if isinstance(row, slice):
            begin, end, step = row.indices(self._count)
            return tuple(self)[row] if step < 0 else self._some(begin, end, step)
        place = row + self._count if row < 0 else row
        if not 0 <= place < self._count:
            raise IndexError(row)
        number, within = divmod(place, BLOCK)
        opened = self._open
        if opened[0] != number:  # mostly rows are asked for in their order
            self._open = opened = (number, _rows(self.blocks[number]))
        return opened[1][within]

    def _some(self, begin: int, end: int, step: int) -> tuple[Any, ...]:
        first = begin // BLOCK
        rows = chain.from_iterable(map(_rows, self.blocks[first : -(-end // BLOCK)]))
        return tuple(islice(rows, begin - first * BLOCK, max(begin, end) - first * BLOCK, step))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Column):
            return self._count == other._count and all(map(_are_equal, self.blocks, other.blocks))
        return tuple(self) == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __add__(self, other: Sequence[Any]) -> Sequence[Any]:
        return joined(self, other)

    def __radd__(self, other: Sequence[Any]) -> Sequence[Any]:
        return joined(other, self)

    def __contains__(self, value: object) -> bool:
        return any(value in rows for rows, _ in self._runs())

    def __repr__(self) -> str:
        return f"Column({', '.join(map(repr, self[:3]))}, ... {self._count} rows)"

    @property
    def is_same(self) -> bool:
        """Whether all rows are one object."""
        first, last = self.blocks[0], self.blocks[-1]
        one = not isinstance(first, str) and all(block is first for block in self.blocks[:-1])
        return one and len({*map(id, first), *map(id, last)}) == 1

    @property
    def is_text(self) -> bool:
        """Whether most rows are texts that differ: to take them apart makes them anew each time."""
        return sum(isinstance(block, str) for block in self.blocks) * 2 > len(self.blocks)

    def count(self, value: Any) -> int:
        """Count the rows that say a value."""
        return sum(rows.count(value) * times for rows, times in self._runs())

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """Give the first row that says a value."""
        return tuple(self).index(value, start, self._count if stop is None else stop)

    def _runs(self) -> Iterator[tuple[Sequence[Any], int]]:
        """Give the rows of each block, and how many times it comes one after the other."""
        return ((_rows(same[0]), len(same)) for same in (list(group) for _, group in groupby(self.blocks, id)))

    def replaced(self, told: Mapping[int, Any]) -> Column:
        """Give a column with other values at some places."""
        blocks, making = list(self.blocks), GrowingColumn()
        for number, places in groupby(sorted(told), lambda place: place // BLOCK):
            rows = list(_rows(blocks[number]))
            for place in places:
                rows[place % BLOCK] = told[place]
            blocks[number] = making.block(tuple(rows))
        return Column(blocks, self._count)


class Reordered(Sequence[Any]):
    """Rows of a column of texts in another order: they are put in order when they are read, many at a time.

    Parameters
    ----------
    column
        Where the rows are taken from.
    places
        The place in it of each row.
    """

    __slots__ = ("_open", "_places", "column")

    def __init__(self, column: Column, places: Sequence[int]) -> None:
        self.column, self._places = column, places
        self._open: tuple[int, list[Any]] = (-1, [])

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, row: int) -> Any: ...

    @overload
    def __getitem__(self, row: slice) -> list[Any]: ...

    def __getitem__(self, row: int | slice) -> Any:
        if not isinstance(row, slice):
            return self.column[self._places[row]]
        begin, end, step = row.indices(len(self))
        number, last = begin // _AT_ONCE, (end - 1) // _AT_ONCE
        if step != 1 or number != last:
            return [self[place] for place in range(begin, end, step)]
        return self._ordered(number)[begin - number * _AT_ONCE : end - number * _AT_ONCE]

    def __iter__(self) -> Iterator[Any]:
        return chain.from_iterable(map(self._ordered, range(-(-len(self) // _AT_ONCE))))

    def _ordered(self, number: int) -> list[Any]:
        opened = self._open
        if opened[0] != number:
            some = self._places[number * _AT_ONCE : (number + 1) * _AT_ONCE]
            found: list[Any] = [None] * len(some)
            for row in sorted(range(len(some)), key=some.__getitem__):  # each block is taken apart once
                found[row] = self.column[some[row]]
            self._open = opened = (number, found)
        return opened[1]


class GrowingColumn:
    """A column in the making."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._rest: list[Any] = []
        self._same: tuple[Any, ...] = ()

    def __len__(self) -> int:
        return len(self._blocks) * BLOCK + len(self._rest)

    def add(self, values: Iterable[Any]) -> None:
        """Add the values of some rows."""
        if isinstance(values, Column) and not self._rest:
            whole = len(values) // BLOCK
            self._blocks += values.blocks[:whole]
            values = values[whole * BLOCK :]
        if isinstance(values, tuple) and len(self._rest) + len(values) < 2 * BLOCK:
            self._rest += values
            if len(self._rest) >= BLOCK:
                self._blocks.append(self.block(tuple(self._rest[:BLOCK])))
                del self._rest[:BLOCK]
            return
        rows = iter(values)
        while len(self._rest) < BLOCK and (more := tuple(islice(rows, BLOCK - len(self._rest)))):
            self._rest += more
            if len(self._rest) == BLOCK:
                self._blocks.append(self.block(tuple(self._rest)))
                self._rest.clear()

    def add_same(self, value: Any, count: int) -> None:
        """Add rows that say one value."""
        first = min(count, -len(self._rest) % BLOCK)
        whole, last = divmod(count - first, BLOCK)
        self.add((value,) * first)
        self._blocks += [self.block((value,) * BLOCK)] * whole if whole else ()
        self.add((value,) * last)

    def add_shared(self, values: Iterable[Any]) -> None:
        """Add the values of many rows, of which those that are equal are one object already: none is looked at."""
        rows = iter(values)
        self.add(islice(rows, -len(self._rest) % BLOCK))
        while len(block := tuple(islice(rows, BLOCK))) == BLOCK:
            self._blocks.append(self._shared(block, one=block[0] is block[-1] and len(set(map(id, block))) == 1))
        self.add(block)

    def block(self, rows: tuple[Any, ...]) -> Block:
        """Give a block in the least room."""
        if _seem_to_differ(rows) and (text := _text(rows)) is not None:
            return text
        kinds = set(map(type, rows)) - {type(None)}
        alike = kinds in _ONE_KIND and not (kinds == {float} and _has_two_zeros(rows))
        different = dict(zip(rows, rows, strict=True)) if alike else None
        if different is None:
            return self._shared(rows, one=len(set(map(id, rows))) == 1)
        if len(different) * _FEW > len(rows) and kinds == {str} and (text := _text(rows)) is not None:
            return text
        return self._shared(tuple(map(different.__getitem__, rows)), one=len(different) == 1)

    def _shared(self, rows: tuple[Any, ...], *, one: bool) -> tuple[Any, ...]:
        if not one:
            return rows
        held = self._same
        if not held or not (held[0] is rows[0] or _are_one(held[0], rows[0])):
            held = self._same = rows
        return held if len(held) == len(rows) else held[:1] * len(rows)

    def column(self) -> Sequence[Any]:
        """Give the column: a plain tuple if it is short."""
        if len(self) < SMALL:
            return tuple(chain(chain.from_iterable(map(_rows, self._blocks)), self._rest))
        rest = [self.block(tuple(self._rest))] if self._rest else []
        return Column(self._blocks + rest, len(self))


def compact(values: Iterable[Any]) -> Sequence[Any]:
    """Give a column in little room: as it is if it is one, a plain tuple if it is short."""
    if isinstance(values, Column):
        return values
    if isinstance(values, Sequence) and len(values) < SMALL:
        return tuple(values)
    making = GrowingColumn()
    making.add(values)
    return making.column()


def repeated(value: Any, count: int) -> Sequence[Any]:
    """Give a column that says one value on every row."""
    making = GrowingColumn()
    making.add_same(value, count)
    return making.column()


def taken(values: Sequence[Any], places: Sequence[int]) -> Sequence[Any]:
    """Give the values at some places: the column itself if they are all its rows in their order."""
    if places == range(len(values)):
        return values
    if not isinstance(values, Column):
        return list(map(values.__getitem__, places))
    if values.is_same:
        return repeated(values[0], len(places))
    if not values.is_text:
        return list(map(tuple(values).__getitem__, places))
    ordered = Reordered(values, places)
    return ordered if _are_all(places, len(values)) else compact(ordered)


def in_any_order(values: Sequence[Any]) -> Sequence[Any]:
    """Give a column that is quick to go over, where the order of its rows is all one."""
    return values.column if isinstance(values, Reordered) else values


def _are_all(places: Sequence[int], count: int) -> bool:
    if len(places) != count:
        return False
    found = bytearray(count)
    for place in places:
        found[place] = 1
    return 0 not in found


def replaced(values: Sequence[Any], told: Mapping[int, Any]) -> Sequence[Any]:
    """Give a column with other values at some places."""
    if isinstance(values, Column) and len(told) * 2 < len(values):
        return values.replaced(told)
    rows = list(values)
    for place, value in told.items():
        rows[place] = value
    return compact(rows)


def joined(*columns: Sequence[Any]) -> Sequence[Any]:
    """Give columns one behind the other as one."""
    making = GrowingColumn()
    for column in columns:
        making.add(column)
    return making.column()


def _seem_to_differ(rows: Sequence[Any]) -> bool:
    """Tell at a glance whether rows are texts that differ."""
    some = rows[::_SAMPLE]
    return type(rows[0]) is str and len(some) > 1 and len(set(some)) == len(some)


def _text(rows: Sequence[Any]) -> str | None:
    """Give texts as one, ``None`` if they cannot be told apart in it or are not all texts."""
    try:
        text = _BETWEEN.join(rows)
    except TypeError:
        return None
    return text if text.count(_BETWEEN) == len(rows) - 1 else None


def _rows(block: Block) -> Sequence[Any]:
    return block.split(_BETWEEN) if isinstance(block, str) else block


def _are_equal(one: Block, other: Block) -> bool:
    return one is other or (one == other if type(one) is type(other) else tuple(_rows(one)) == tuple(_rows(other)))


def _has_two_zeros(rows: Sequence[Any]) -> bool:
    """Tell whether a number is ``-0.0``, which equals 0.0."""
    return 0 in rows and "-0.0" in map(str, rows)


def _are_one(value: Any, other: Any) -> bool:
    return type(value) is type(other) and {type(value)} in _ONE_KIND and value == other and str(value) == str(other)
