"""What a machine may propose: never over what a person gave or confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.record import TABLES, Edit, parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rembi_widgets.record import Curation, Table


def proposed(record: Curation, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Give the edits of a proposal without those that would overwrite a person's value."""
    return tuple(kept for edit in edits if (kept := _kept(record, edit)) is not None)


def _kept(record: Curation, edit: Edit) -> Edit | None:
    names = parts(edit.path)
    if edit.op in {"set", "clear"}:
        if names[0] in TABLES:
            return None if _is_persons(getattr(record, names[0]), names[1], names[2]) else edit
        mark = record.marks.get(edit.path)
        return None if mark is not None and mark.confirmed else edit
    return _free_rows(getattr(record, names[0]), names[1], edit) if edit.op == "fill" else edit


def _is_persons(table: Table, row: str, column: str) -> bool:
    mark = table.mark(row, column)
    return mark is not None and mark.confirmed


def _free_rows(table: Table, column: str, edit: Edit) -> Edit | None:
    rows = edit.rows or ()
    if column not in table.marks:
        return edit
    free = [place for place, row in enumerate(rows) if not _is_persons(table, row, column)]
    if len(free) == len(rows):
        return edit
    update: dict[str, object] = {"rows": tuple(rows[place] for place in free)}
    if edit.values is not None:
        update["values"] = tuple(edit.values[place] for place in free)
    return edit.model_copy(update=update) if free else None
