"""Edits of the two tables: cells, whole columns, rows and their order.

Each step takes the table, the path's names, the edit and the mark it leaves, and gives the next table and the
edits that lead back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.record._base import Mark, Origin, plain
from rembi_widgets.record._changes import Edit
from rembi_widgets.record._paths import read_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rembi_widgets.record._table import Table

    Done = tuple[Table, list[Edit]]


def marks_json(marks: Sequence[Mark | None]) -> Any:
    """Give marks as JSON: one for all if they are the same, else a palette and numbers.

    Marks of a column are few objects shared by many cells: told apart by identity, which costs no hashing.
    """
    palette = {id(mark): mark for mark in marks}
    if len(palette) == 1:
        return {"all": plain(marks[0])}
    number = {identity: place for place, identity in enumerate(palette)}
    return {"palette": [plain(mark) for mark in palette.values()], "use": [number[id(mark)] for mark in marks]}


def some_rows(edit: Edit, places: Sequence[int]) -> Edit | None:
    """Give a fill for the rows at some places of its own, ``None`` for no place."""
    rows = edit.rows or ()
    if len(places) == len(rows):
        return edit
    update: dict[str, Any] = {"rows": tuple(rows[place] for place in places)}
    if edit.values is not None:
        update["values"] = tuple(edit.values[place] for place in places)
    if edit.marks and "use" in edit.marks:
        update["marks"] = {**edit.marks, "use": [edit.marks["use"][place] for place in places]}
    return edit.model_copy(update=update) if places else None


def _read_marks(data: Any, count: int, path: str) -> list[Mark | None]:
    try:
        found = _marks_from(data, count)
    except (ValueError, TypeError, LookupError) as fault:
        raise RembiError("record.wrong_kind", path=path, found=str(data)[:80]) from fault
    _as_many(found, count, path)
    return found


def _as_many(values: Sequence[Any], count: int, path: str) -> None:
    if len(values) != count:
        raise RembiError("record.not_as_many", path=path, values=len(values), rows=count)


def _marks_from(data: Any, count: int) -> list[Mark | None]:
    def one(item: Any) -> Mark | None:
        return None if item is None else Mark.model_validate(item)

    if "all" in data:
        return [one(data["all"])] * count
    palette = [one(item) for item in data["palette"]]
    return [palette[place] for place in data["use"]]


def set_cell(table: Table, names: tuple[str, ...], edit: Edit, mark: Mark | None) -> Done:
    """Set, clear or confirm one cell: ``/images/im-1/qc_info``.

    Raises
    ------
    RembiError
        If there is no such row or column.
    """
    if len(names) != 3 or names[1] not in table:  # noqa: PLR2004 - table, row, column
        raise RembiError("record.nothing_there", path=edit.path)
    name, row, column = names
    read_cell(name, column, None, edit.path)
    old, known = table.value(row, column), table.mark(row, column)
    if edit.op == "confirm":
        given = "mark" in edit.model_fields_set
        fresh = edit.mark if given else Mark(confirmed=True, origin=known.origin if known else Origin())
        return table.with_cells(column, [row], [old], [fresh]), [Edit(op="confirm", path=edit.path, mark=known)]
    value = read_cell(name, column, edit.value if edit.op == "set" else None, edit.path)
    back = Edit(op="clear", path=edit.path, mark=known)
    if old is not None:
        back = Edit(op="set", path=edit.path, value=old, mark=known)
    return table.with_cells(column, [row], [value], [mark]), [back]


def fill(table: Table, names: tuple[str, ...], edit: Edit, mark: Mark | None) -> Done:
    """Set one column over many rows: ``/images/qc_info`` with ``rows`` and ``value`` or ``values``.

    Raises
    ------
    RembiError
        If the path is no column, or there are not as many values as rows.
    """
    if len(names) != 2 or edit.rows is None:  # noqa: PLR2004 - table, column
        raise RembiError("record.not_a_column", path=edit.path)
    column, rows = names[1], edit.rows
    raw = (edit.value,) * len(rows) if edit.values is None else edit.values
    _as_many(raw, len(rows), edit.path)
    if edit.values is None:
        values: list[Any] = [read_cell(names[0], column, edit.value, edit.path)] * len(rows)
    else:
        read_cell(names[0], column, None, edit.path)
        values = [read_cell(names[0], column, item, edit.path) for item in raw]
    marks = [mark] * len(rows) if edit.marks is None else _read_marks(edit.marks, len(rows), edit.path)
    return table.with_cells(column, rows, values, marks), _unfill(table, column, edit)


def _unfill(table: Table, column: str, edit: Edit) -> list[Edit]:
    rows = [row for row in edit.rows or () if row in table]
    old, known = [table.value(row, column) for row in rows], [table.mark(row, column) for row in rows]
    back = {"op": "fill", "path": edit.path, "rows": rows, "values": plain(old), "marks": marks_json(known)}
    return [Edit.model_validate(back)] if rows else []


def add_rows(table: Table, names: tuple[str, ...], edit: Edit, mark: Mark | None) -> Done:
    """Add rows, with their cells if the edit brings them as ``value`` (column to values).

    Raises
    ------
    RembiError
        If the path is not the table's.
    """
    if len(names) != 1 or edit.rows is None:
        raise RembiError("record.no_list", path=edit.path)
    _check_rows(edit)
    fresh = [row for row in dict.fromkeys(edit.rows) if row not in table]
    grown = table.with_rows(edit.rows, edit.at)
    for column, values in (edit.value or {}).items():
        path = f"/{names[0]}/{column}"
        cells = [read_cell(names[0], column, item, path) for item in values]
        _as_many(cells, len(edit.rows), path)
        given = (edit.marks or {}).get(column)
        marks = [mark] * len(cells) if given is None else _read_marks(given, len(cells), path)
        grown = grown.with_cells(column, edit.rows, cells, marks)
    return grown, [Edit(op="remove", path=edit.path, rows=tuple(fresh))]


def _check_rows(edit: Edit) -> None:
    rows = edit.rows or ()
    if any("/" in row or not row.isprintable() or not row for row in rows):  # an id stands in paths and text tables
        raise RembiError("record.path_form", path=edit.path)
    if edit.at is not None:
        _as_many(edit.at, len(rows), edit.path)
    for part in (edit.value or {}, edit.marks or {}):
        if not isinstance(part, dict):
            raise RembiError("record.wrong_kind", path=edit.path, found=str(part)[:80])
    for column, values in (edit.value or {}).items():
        if not isinstance(values, list | tuple):
            raise RembiError("record.wrong_kind", path=f"{edit.path}/{column}", found=str(values)[:80])


def remove_rows(table: Table, names: tuple[str, ...], edit: Edit, _mark: Mark | None) -> Done:
    """Remove rows: ``/images`` with ``rows``, or the one row that the path names.

    Raises
    ------
    RembiError
        If there is no such row.
    """
    if len(names) > 2:  # noqa: PLR2004 - table, row
        raise RembiError("record.no_list", path=edit.path)
    rows = edit.rows if edit.rows is not None else names[1:2]
    kept = tuple(sorted((row for row in rows if row in table), key=table.index.__getitem__))
    if rows and not kept:
        raise RembiError("record.nothing_there", path=edit.path)
    at = [table.index[row] for row in kept]
    value = {column: plain([cells[place] for place in at]) for column, cells in table.columns.items()}
    marks = {column: marks_json([known[place] for place in at]) for column, known in table.marks.items()}
    for column in marks.keys() - value.keys():
        value[column] = [None] * len(at)
    back = {"op": "add", "path": f"/{names[0]}", "rows": kept, "at": at, "value": value, "marks": marks, "mark": None}
    return table.without_rows(kept), [Edit.model_validate(back)]


def order_rows(table: Table, names: tuple[str, ...], edit: Edit, _mark: Mark | None) -> Done:
    """Put rows in another order: ``/images`` with all ``rows``.

    Raises
    ------
    RembiError
        If the edit names no rows.
    """
    if len(names) != 1 or edit.rows is None:
        raise RembiError("record.no_list", path=edit.path)
    return table.in_order(edit.rows), [Edit(op="move", path=edit.path, rows=tuple(table.ids))]
