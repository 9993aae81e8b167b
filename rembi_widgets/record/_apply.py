"""Running edits: each gives the next record and the edits that lead back.

A ``_Bench`` holds a record being changed: its parts are replaced, never written into, so that the record it
started from stays as it was. Marks and tables are copied at most once a change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from rembi_widgets.errors import RembiError
from rembi_widgets.record._base import Mark, Origin, is_empty
from rembi_widgets.record._changes import CONFIRMED, END, Change, Edit
from rembi_widgets.record._model import COLLECTIONS, ROWS, TABLES, Curation, Entity
from rembi_widgets.record._paths import entity_leaves, find, get, parts, read_entity, update
from rembi_widgets.record._tables import add_rows, fill, order_rows, remove_rows, set_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Bench:
    """A record under change: ``run`` each edit, then take ``record`` and ``back``."""

    def __init__(self, record: Curation, origin: Origin) -> None:
        self._record = record
        self._origin = origin
        self._marks = dict(record.marks)
        self._new_rows: set[str] = set()
        self.back: list[Edit] = []

    @property
    def record(self) -> Curation:
        """The record as changed so far."""
        return self._record.model_copy(update={"marks": self._marks})

    def run(self, edit: Edit) -> None:
        """Run one edit and remember what leads back.

        Raises
        ------
        RembiError
            If the edit's path leads nowhere or its value is of another kind; nothing is changed then.
        """
        names = parts(edit.path)
        if names[0] in TABLES:
            self._run_table(edit, names)
        elif edit.op in _STEPS:
            _STEPS[edit.op](self, edit)
        else:
            raise RembiError("record.not_a_column", path=edit.path)

    def _run_table(self, edit: Edit, names: tuple[str, ...]) -> None:
        step = _TABLE_STEPS.get(edit.op)
        if step is None:
            raise RembiError("record.not_for_tables", op=edit.op, path=edit.path)
        before = getattr(self._record, names[0])
        table, back = step(before, names, edit, self.mark_of(edit))
        self._record = self._record.model_copy(update={names[0]: table})
        if edit.op == "add":
            self._new_rows.update(row for row in edit.rows or () if row not in before)
        elif edit.op == "fill" and self._new_rows.issuperset(edit.rows or ()):
            return  # the way back removes these rows whole
        self.back += back

    def mark_of(self, edit: Edit) -> Mark | None:
        """Give the mark an edit leaves on what it sets."""
        if "mark" in edit.model_fields_set:
            return edit.mark
        origin = edit.origin or self._origin
        return Mark(confirmed=origin.kind in CONFIRMED, origin=origin)

    def set(self, edit: Edit) -> None:
        """Set a field, or clear it."""
        path, names = edit.path, parts(edit.path)
        value = edit.value if edit.op == "set" else None
        old: list[Any] = []

        def make(before: Any) -> Any:
            old.append(before)
            return value

        if names[-1] == "id" or names[-1] in ROWS or len(names) == 1:
            raise RembiError("record.not_a_field", path=path)
        self._record = update(self._record, names, make, path)
        self.back.append(restoring(path, old[0], self._marks.get(path)))
        self._put_mark(path, self.mark_of(edit))

    def confirm(self, edit: Edit) -> None:
        """Confirm a value, or restore what was known of it."""
        path, before = edit.path, self._marks.get(edit.path)
        if get(self._record, path) is None and "mark" not in edit.model_fields_set:
            raise RembiError("record.nothing_there", path=path)
        self.back.append(Edit(op="confirm", path=path, mark=before))
        given = "mark" in edit.model_fields_set
        known = before.origin if before else Origin()
        self._put_mark(path, edit.mark if given else Mark(confirmed=True, origin=known))

    def add(self, edit: Edit) -> None:
        """Add an entity or a row of an entity."""
        if not edit.id:
            raise RembiError("record.no_id", path=edit.path)
        names, here = parts(edit.path), f"{edit.path}/{edit.id}"
        fresh = read_entity(entity_class(names, edit.path), edit.id, edit.value, here)
        self._replace(edit.path, lambda items: _inserted(items, fresh, edit.after, here))
        self.back.append(Edit(op="remove", path=here))
        if edit.marks is not None:
            known = read_marks(edit.marks, here)
        else:
            mark = self.mark_of(edit)
            known = {path: mark for path, _ in entity_leaves(fresh, here)} if mark else {}
        self._marks.update(known)

    def remove(self, edit: Edit) -> None:
        """Remove an entity or a row of one, with all that is known of its values."""
        collection, _, identity = edit.path.rpartition("/")
        taken: list[Edit] = []

        def make(items: Any) -> Any:
            place = _place(items, identity, edit.path)
            marks = self._take_marks(f"{edit.path}/")
            before = items[place - 1].id if place else None
            value = items[place].plain()
            value.pop("id")
            taken.append(Edit(op="add", path=collection, id=identity, value=value, after=before, marks=marks))
            return (*items[:place], *items[place + 1 :])

        self._replace(collection, make)
        self.back += taken

    def move(self, edit: Edit) -> None:
        """Move an entity or a row to another place of its list."""
        collection, _, identity = edit.path.rpartition("/")
        was: list[str | None] = []

        def make(items: Any) -> Any:
            place = _place(items, identity, edit.path)
            was.append(items[place - 1].id if place else None)
            others = (*items[:place], *items[place + 1 :])
            return _inserted(others, items[place], edit.after, edit.path)

        self._replace(collection, make)
        self.back.append(Edit(op="move", path=edit.path, after=was[0]))

    def _replace(self, collection: str, make: Callable[[Any], Any]) -> None:
        names = parts(collection)
        entity_class(names, collection)
        holder = get(self._record, collection.rpartition("/")[0]) if len(names) > 1 else self._record
        if holder is None:
            raise RembiError("record.nothing_there", path=collection)
        fresh = make(getattr(holder, names[-1]))

        def with_items(node: Any) -> Any:
            return node.model_copy(update={names[-1]: fresh})

        self._record = update(self._record, names[:-1], with_items, collection)

    def _put_mark(self, path: str, mark: Mark | None) -> None:
        if mark is None:
            self._marks.pop(path, None)
        else:
            self._marks[path] = mark

    def _take_marks(self, beginning: str) -> dict[str, Any]:
        paths = [path for path in self._marks if path.startswith(beginning)]
        return {path.removeprefix(beginning): self._marks.pop(path).plain() for path in paths}


def read_marks(marks: Any, here: str) -> dict[str, Mark]:
    """Read what an edit says of the values of an entity, by their paths below it.

    Raises
    ------
    RembiError
        If it is no mapping of marks.
    """
    try:
        return {f"{here}/{name}": Mark.model_validate(mark) for name, mark in marks.items()}
    except (AttributeError, ValidationError) as fault:
        raise RembiError("record.wrong_kind", path=here, found=str(marks)[:80]) from fault


def restoring(path: str, value: Any, mark: Mark | None) -> Edit:
    """Give the edit that puts a value and its mark back."""
    if is_empty(value):
        return Edit(op="clear", path=path, mark=mark)
    return Edit(op="set", path=path, value=value, mark=mark)


def entity_class(names: tuple[str, ...], path: str) -> type[Entity]:
    """Give the class of the things in a collection or a rows field.

    Raises
    ------
    RembiError
        If the path names neither.
    """
    if len(names) == 1 and names[0] in COLLECTIONS:
        return COLLECTIONS[names[0]]
    nested = len(names) == 3 and names[0] in COLLECTIONS  # noqa: PLR2004 - collection, entity, rows
    if nested and names[2] in ROWS and names[2] in COLLECTIONS[names[0]].model_fields:
        return ROWS[names[2]]
    raise RembiError("record.no_list", path=path)


def _place(items: Any, identity: str, path: str) -> int:
    place = find(items, identity)
    if place < 0:
        raise RembiError("record.nothing_there", path=path)
    return place


def _inserted(items: tuple[Any, ...], fresh: Any, after: str | None, path: str) -> tuple[Any, ...]:
    if find(items, fresh.id) >= 0:
        raise RembiError("record.id_taken", path=path)
    if after is None:
        return (fresh, *items)
    place = -1 if after == END else find(items, after)
    return (*items, fresh) if place < 0 else (*items[: place + 1], fresh, *items[place + 1 :])


_STEPS: dict[str, Callable[[Bench, Edit], None]] = {
    "set": Bench.set,
    "clear": Bench.set,
    "confirm": Bench.confirm,
    "add": Bench.add,
    "remove": Bench.remove,
    "move": Bench.move,
}
_TABLE_STEPS = {
    "set": set_cell,
    "clear": set_cell,
    "confirm": set_cell,
    "add": add_rows,
    "remove": remove_rows,
    "move": order_rows,
    "fill": fill,
}


def run(record: Curation, edits: Iterable[Edit], origin: Origin) -> tuple[Curation, tuple[Edit, ...]]:
    """Run edits: give the next record and the edits, in order, that lead back to this one.

    Raises
    ------
    RembiError
        If an edit cannot be applied.
    """
    bench = Bench(record, origin)
    for edit in edits:
        bench.run(edit)
    return bench.record, tuple(reversed(bench.back))


def apply(record: Curation, change: Change) -> Curation:
    """Give the record after a change; the record given stays as it is.

    Raises
    ------
    RembiError
        If an edit of the change cannot be applied to this record.
    """
    return run(record, change.edits, change.origin)[0]


def invert(record: Curation, change: Change) -> tuple[Edit, ...]:
    """Give the edits that lead back from ``apply(record, change)`` to ``record``.

    Raises
    ------
    RembiError
        If an edit of the change cannot be applied to this record.
    """
    return run(record, change.edits, change.origin)[1]
