"""The edits that lead from one record to another: by ids, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.record._base import Frozen, Mark, is_empty, plain
from rembi_widgets.record._changes import END, Edit
from rembi_widgets.record._model import COLLECTIONS, ROWS, SINGLETONS, TABLES, Curation, Entity
from rembi_widgets.record._tables import marks_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rembi_widgets.record._table import Table


def diff(before: Curation, after: Curation, *, marks: bool = True) -> tuple[Edit, ...]:
    """Give the edits that lead from ``before`` to ``after``.

    Parameters
    ----------
    before, after
        The two records.
    marks
        Whether what is known of the values (confirmed, origin) is to be carried over too; without it the
        edits bear no marks and take the origin of the change they are put into.
    """
    edits = [edit for name in SINGLETONS for edit in _fields(getattr(before, name), getattr(after, name), f"/{name}")]
    for name in COLLECTIONS:
        edits += _collection(getattr(before, name), getattr(after, name), f"/{name}")
    for name in TABLES:
        edits += _table(getattr(before, name), getattr(after, name), f"/{name}", marks=marks)
    if marks:
        return (*(_unmarked(edit) for edit in edits), *_marks(before, after, edits))
    return tuple(edits)


def _unmarked(edit: Edit) -> Edit:
    if edit.op in {"set", "clear"}:
        return Edit.model_validate({**edit.plain(), "mark": None})
    return Edit.model_validate({**edit.plain(), "marks": {}}) if edit.op == "add" and edit.id else edit


def _fields(before: Frozen, after: Frozen, path: str) -> Iterator[Edit]:
    old, new = dict(before), dict(after)
    for name in [*new, *(name for name in old if name not in new)]:
        was, now = old.get(name), new.get(name)
        if name == "id" or was == now:
            continue
        if name in ROWS:
            yield from _collection(was or (), now or (), f"{path}/{name}")
        elif is_empty(now):
            yield Edit(op="clear", path=f"{path}/{name}")
        else:
            yield Edit(op="set", path=f"{path}/{name}", value=now)


def _collection(before: Sequence[Entity], after: Sequence[Entity], path: str) -> Iterator[Edit]:
    old = {entity.id: entity for entity in before}
    new = {entity.id: entity for entity in after}
    for identity in old.keys() - new.keys():
        yield Edit(op="remove", path=f"{path}/{identity}")
    for entity in after:
        if entity.id in old:
            yield from _fields(old[entity.id], entity, f"{path}/{entity.id}")
        else:
            value = entity.plain()
            value.pop("id")
            yield Edit(op="add", path=path, id=entity.id, value=value, after=END)
    yield from _moves(_order_reached(before, after), [entity.id for entity in after], path)


def _order_reached(before: Sequence[Entity], after: Sequence[Entity]) -> list[str]:
    new, old = {entity.id for entity in after}, {entity.id for entity in before}
    return [*(e.id for e in before if e.id in new), *(e.id for e in after if e.id not in old)]


def _moves(reached: list[str], wanted: list[str], path: str) -> Iterator[Edit]:
    previous: str | None = None
    for place, identity in enumerate(wanted):
        if reached[place] != identity:
            reached.remove(identity)
            reached.insert(place, identity)
            yield Edit(op="move", path=f"{path}/{identity}", after=previous)
        previous = identity


def _table(before: Table, after: Table, path: str, *, marks: bool) -> Iterator[Edit]:
    if before == after:
        return
    if before.ids != after.ids:
        yield from _table_rows(before, after, path)
    for column in sorted({*before.columns, *after.columns, *before.marks, *after.marks}):
        if not _are_alike(before, after, column, marks=marks):
            yield from _column(before, after, f"{path}/{column}", marks=marks)


def _are_alike(before: Table, after: Table, column: str, *, marks: bool) -> bool:
    kinds = ((before.columns, after.columns), (before.marks, after.marks))
    same = all(was.get(column) == now.get(column) for was, now in kinds[: 1 + marks])
    return same and before.ids == after.ids


def _table_rows(before: Table, after: Table, path: str) -> Iterator[Edit]:
    gone = tuple(row for row in before.ids if row not in after)
    fresh = tuple(row for row in after.ids if row not in before)
    if gone:
        yield Edit(op="remove", path=path, rows=gone)
    if fresh:
        yield Edit(op="add", path=path, rows=fresh)
    if tuple(row for row in before.ids if row in after) + fresh != after.ids:
        yield Edit(op="move", path=path, rows=tuple(after.ids))


def _column(before: Table, after: Table, path: str, *, marks: bool) -> Iterator[Edit]:
    column = path.rpartition("/")[2]

    def state(table: Table, row: str) -> tuple[Any, Mark | None]:
        return table.value(row, column), table.mark(row, column) if marks else None

    rows = [row for row in after.ids if state(before, row) != state(after, row)]
    if rows:
        values = plain([after.value(row, column) for row in rows])
        known = {"marks": marks_json([after.mark(row, column) for row in rows])} if marks else {}
        yield Edit.model_validate({"op": "fill", "path": path, "rows": rows, "values": values, **known})


def _marks(before: Curation, after: Curation, edits: Sequence[Edit]) -> Iterator[Edit]:
    """Give the mark edits: all that differs, where no removal takes it along, and where a set has dropped it."""
    removed = tuple(f"{edit.path}/" for edit in edits if edit.op == "remove" and edit.rows is None)
    dropped = {edit.path for edit in edits if edit.op in {"set", "clear"}}
    for path in sorted(before.marks.keys() | after.marks.keys()):
        was, now = before.marks.get(path), after.marks.get(path)
        left = None if path in dropped or path.startswith(removed) else was
        if left != now:
            yield Edit(op="confirm", path=path, mark=now)
