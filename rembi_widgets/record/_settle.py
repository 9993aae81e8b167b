"""Settling a conflict: the edits by which somebody who saw all values chooses one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.record._base import is_empty
from rembi_widgets.record._changes import Edit
from rembi_widgets.record._conflicts import cell_path
from rembi_widgets.record._paths import get, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.record._conflicts import Conflict, Rival
    from rembi_widgets.record._history import History
    from rembi_widgets.record._model import Curation


def settling(history: History, path: str, change: str) -> tuple[Edit, ...]:
    """Give the edits that settle a conflict for one of its values.

    Parameters
    ----------
    history
        The history in which the conflict is open.
    path
        The conflict's: a field, an entity, or the first cell of a column.
    change
        The change that gave the value to keep.

    Raises
    ------
    RembiError
        If there is no such conflict (any more), or no such value in it.
    """
    conflict = next((one for one in history.conflicts if one.path == path), None)
    rival = next((one for one in conflict.rivals if one.change == change), None) if conflict else None
    if conflict is None or rival is None:
        raise RembiError("record.settled", path=path)
    if conflict.rows:
        return (_column(history, conflict, change),)
    if rival.removed:
        return (Edit(op="remove", path=path),)
    if any(one.removed for one in conflict.rivals):
        return (_going_on(history.record, path),)
    return (_given(path, rival.value),)


def _given(path: str, value: Any) -> Edit:
    return Edit(op="clear", path=path) if is_empty(value) else Edit(op="set", path=path, value=value)


def _column(history: History, conflict: Conflict, change: str) -> Edit:
    table, _, column = parts(conflict.path)
    place = f"/{table}/{column}"
    values = [_by(history.rivals(cell_path(place, row)), change) for row in conflict.rows]
    return Edit(op="fill", path=place, rows=conflict.rows, values=tuple(values))


def _by(rivals: tuple[Rival, ...], change: str) -> Any:
    return next((one.value for one in rivals if one.change == change), None)


def _going_on(record: Curation, path: str) -> Edit:
    """Give an edit that changes nothing in an entity: who knows of a removal and writes there keeps it."""
    for place, value in _fields(record, path):
        mark = record.marks.get(place)
        if value is None or mark is None or mark.confirmed:
            return _given(place, value)
    return Edit(op="move", path=path)  # pragma: no cover - no entity has all its fields filled, and all in pencil


def _fields(record: Curation, path: str) -> Iterator[tuple[str, Any]]:
    """Give the plain values of an entity, those that are given first."""
    entity = get(record, path)
    given = entity.plain()
    names = [name for name in type(entity).model_fields if name != "id"]
    for name in sorted(names, key=lambda name: name not in given):
        value = given.get(name)
        if not (isinstance(value, list) and any(isinstance(item, dict) and "id" in item for item in value)):
            yield f"{path}/{name}", value
