"""The tables of files and images in the making: by column, a block of rows at a time."""

from __future__ import annotations

from itertools import repeat
from operator import contains, itemgetter
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._compact import Compact, all_differ, distinct, mapped
from rembi_widgets.formats.isatab._read_parts import stable_id, stable_ids
from rembi_widgets.formats.isatab._read_values import ABSENT, Said, kind_of
from rembi_widgets.record import PREFIXES, TABLES, Column, GrowingColumn, Table, compact, replaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rembi_widgets.formats.isatab._read_parts import Making
    from rembi_widgets.formats.isatab._read_values import Kind, Values
    from rembi_widgets.record import Mark


_NOT_PLAIN = {"", *ABSENT}
"""Texts that are no text."""


class Rows:
    """One table: ids, columns and the mark of each cell; a column may be shorter than the table."""

    def __init__(self, name: str) -> None:
        self.name, self.model, self.prefix = name, TABLES[name], PREFIXES[name]
        self.ids: Sequence[str] = ()
        self.columns: dict[str, Sequence[Any]] = {}
        self.marks: dict[str, Sequence[Mark | None]] = {}
        self._index: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def index(self) -> Mapping[str, int]:
        """Row id to position: made when it is asked for, of half a million rows it takes as much as all they say."""
        if len(self._index) != len(self.ids):
            self._index = dict(zip(self.ids, range(len(self.ids)), strict=True))
        return self._index

    def fresh(self, wanted: Sequence[str], seeds: Sequence[str]) -> Sequence[str]:
        """Give ids for new rows: those wanted, and where one is empty or taken, one that its seed always gives."""
        if all(wanted) and self._are_free(wanted) and "/" not in "".join(wanted):
            return wanted
        if not any(wanted):
            made = compact(stable_ids(self.prefix, seeds))
            if self._are_free(made):
                return made
        found: dict[str, None] = {}
        for one, seed in zip(wanted, seeds, strict=True):
            number, identity = 0, one if one and "/" not in one else stable_id(self.prefix, seed)
            while identity in found or identity in self.index:
                number += 1
                identity = stable_id(self.prefix, seed, str(number))
            found[identity] = None
        return list(found)

    def _are_free(self, ids: Sequence[str]) -> bool:
        return all_differ(ids, len(ids)) and (not self.ids or self.index.keys().isdisjoint(ids))

    def add(self, ids: Sequence[str], columns: Mapping[str, Sequence[Any]], marks: Mapping[str, Mark]) -> None:
        """Add rows; columns that are empty throughout are left out."""
        before = len(self.ids)
        self.ids = appended(self.ids, before, ids)
        for name, values in columns.items():
            empty, mark = values.count(None), marks[name]
            if empty == len(values):
                continue
            self.columns[name] = appended(self.columns.get(name, ()), before, values)
            marked = (
                (None if value is None else mark for value in values) if empty else Compact([mark], None, len(values))
            )
            self.marks[name] = appended(self.marks.get(name, ()), before, marked)

    def put(self, name: str, told: Mapping[int, Any], mark: Mark) -> None:
        """Set cells of a column by their places."""
        for held, values in ((self.columns, told), (self.marks, dict.fromkeys(told, mark))):
            held[name] = replaced(self._whole(held.get(name, ())), values)

    def table(self) -> Table:
        """Give the table."""
        columns, marks = ({name: self._whole(one) for name, one in held.items()} for held in (self.columns, self.marks))
        return Table(self.ids, columns, marks)

    def _whole(self, values: Sequence[Any]) -> Sequence[Any]:
        return values if len(values) == len(self) else appended(values, len(self), ())


def appended(column: Sequence[Any], before: int, values: Iterable[Any]) -> Sequence[Any]:
    """Give a column, as long as ``before`` with nothing where it is shorter, with values behind it."""
    making = GrowingColumn()
    making.add(column)
    making.add_same(None, before - len(column))
    if isinstance(values, Compact) and len(values.values) == 1:
        making.add_same(values.values[0], len(values))
    elif isinstance(values, Compact):
        making.add_shared(values)
    else:
        making.add(values)
    return making.column()


class Block:
    """Columns of one table of an ISA-Tab on their way into a table of the record."""

    def __init__(self, making: Making, file: str) -> None:
        self.making, self.file = making, file
        self.columns: dict[str, Sequence[Any]] = {}
        self.marks: dict[str, Mark] = {}

    def put(self, field: str, values: Sequence[Any], header: str) -> None:
        """Take a column."""
        self.columns[field] = values
        self.marks[field] = self.making.mark(self.file, header)

    def at(self, places: Sequence[int], count: int) -> dict[str, Sequence[Any]]:
        """Give the columns at some rows of ``count``."""
        if len(places) == count:
            return self.columns
        pick = itemgetter(*places) if len(places) > 1 else None
        return {
            name: list(pick(values)) if pick else [values[place] for place in places]
            for name, values in self.columns.items()
        }


def read_cells(
    values: Values, kind: Kind, cells: Sequence[str], reasons: Sequence[str] | None, *, escaped: bool
) -> Sequence[Any]:
    """Read a column: each text once, but with its reason where absences have some."""
    if reasons is not None:
        pairs = dict.fromkeys(zip(cells, reasons, strict=True))
        told = {pair: values.read(kind, Said(pair[0], "", pair[1], escaped=escaped)) for pair in pairs}
        return list(map(told.__getitem__, zip(cells, reasons, strict=True)))
    if kind.base == "text" and not escaped and not values.rembi:
        return filled(cells)
    different = cells if isinstance(cells, Column) else distinct(cells)
    plain = kind.base == "text" and not kind.many and _NOT_PLAIN.isdisjoint(different)
    if plain and not (values.rembi and any(map(contains, different, repeat("\\" if escaped else "\\not ")))):
        return cells
    different = distinct(cells)
    return mapped(cells, {cell: values.read(kind, Said(cell, "", escaped=escaped)) for cell in different})


def filled(cells: Sequence[str]) -> Sequence[str | None]:
    """Give a column with nothing where it has empty text."""
    if "" not in cells:
        return cells
    return mapped(cells, {cell: cell or None for cell in distinct(cells)})


def field_kind(table: str, field: str) -> Kind:
    """Give the kind of a column of a table of the record."""
    return kind_of(TABLES[table], field)
