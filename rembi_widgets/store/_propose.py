"""What a machine may propose: never over what a person gave or confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.record import TABLES, Edit, parts, some_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rembi_widgets.record import Curation, Table


def proposed(record: Curation, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Give the edits of a proposal without those that would overwrite a person's value."""
    return tuple(kept for edit in edits if (kept := _kept(record, edit)) is not None)


def _kept(record: Curation, edit: Edit) -> Edit | None:
    names = parts(edit.path)
    if names[0] in TABLES:
        return _KEPT.get((edit.op, len(names)), _as_it_is)(getattr(record, names[0]), names, edit)
    mark = record.marks.get(edit.path) if edit.op in {"set", "clear"} else None
    return None if mark is not None and mark.confirmed else edit


def _as_it_is(_table: Table, _names: tuple[str, ...], edit: Edit) -> Edit:
    return edit  # rows added or in another order; or an edit that is refused when it is applied


def _free_cell(table: Table, names: tuple[str, ...], edit: Edit) -> Edit | None:
    return None if _is_persons(table, names[1], names[2]) else edit


def _is_persons(table: Table, row: str, column: str) -> bool:
    mark = table.mark(row, column)
    return mark is not None and mark.confirmed


def _free_rows(table: Table, names: tuple[str, ...], edit: Edit) -> Edit | None:
    column, rows = names[1], edit.rows or ()
    if column not in table.marks:
        return edit
    free = [place for place, row in enumerate(rows) if not _is_persons(table, row, column)]
    return some_rows(edit, free)


_KEPT: dict[tuple[str, int], Callable[[Table, tuple[str, ...], Edit], Edit | None]] = {
    ("set", 3): _free_cell,
    ("clear", 3): _free_cell,
    ("fill", 2): _free_rows,
}
