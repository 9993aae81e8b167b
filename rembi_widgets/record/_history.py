"""A record with the changes that made it: undo, redo, and the order of changes made apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from rembi_widgets.errors import RembiError
from rembi_widgets.record._apply import run
from rembi_widgets.record._conflicts import Apart
from rembi_widgets.record._model import COLLECTIONS, TABLES, Curation
from rembi_widgets.record._paths import get, parts
from rembi_widgets.record._tables import some_rows

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from rembi_widgets.record._changes import Change, Edit
    from rembi_widgets.record._conflicts import Conflict, Rival


class Step(NamedTuple):
    """Edits that undo or redo a change: ``of`` is the change, ``left`` the paths somebody changed since."""

    of: str
    edits: tuple[Edit, ...]
    left: tuple[str, ...]


class Outcome(NamedTuple):
    """What a change does: the record after it, and the edits that lead back."""

    record: Curation
    back: tuple[Edit, ...]


@dataclass
class Stacks:
    """What one author can undo and redo: ids of changes, the next one last."""

    undo: list[str] = field(default_factory=list)
    redo: list[str] = field(default_factory=list)

    def take(self, change: Change) -> None:
        """Follow one change of the author."""
        if change.undoes:
            _move(change.undoes, self.undo, self.redo)
        elif change.redoes:
            _move(change.redoes, self.redo, self.undo)
        else:
            self.undo.append(change.id)
            self.redo.clear()


def _move(identity: str, source: list[str], target: list[str]) -> None:
    if identity in source:
        source.remove(identity)
    target.append(identity)


class History:
    """A record and its changes, in the one order that is the same everywhere: (clock, writer).

    Attributes
    ----------
    record
        The record after all changes.
    changes
        The changes, first to last.
    refused
        Changes that could not be applied, with the reason: they stay in their journal and out of the record.
    partly
        Changes made elsewhere of which some edits could not be applied, with the reason of the first.
    """

    def __init__(self, start: Curation | None = None) -> None:
        self._start = start or Curation.model_construct()  # empty, so nothing to validate
        self._clear(Apart())

    def _clear(self, apart: Apart) -> None:
        self._apart = apart
        self.record = self._start
        self.changes: list[Change] = []
        self.refused: list[tuple[Change, RembiError]] = []
        self.partly: list[tuple[Change, RembiError]] = []
        self._known: dict[str, Change] = {}
        self._back: dict[str, tuple[Edit, ...]] = {}
        self._stacks: dict[str, Stacks] = {}

    def __contains__(self, identity: object) -> bool:
        return identity in self._known

    @property
    def clock(self) -> int:
        """The highest clock seen."""
        return max(0, self._last[0])

    @property
    def _last(self) -> tuple[int, str]:
        """The place of the last change seen, refused ones among them: what arrives before one may mend it."""
        seen = [*self.changes[-1:], *(change for change, _ in self.refused)]
        return max((change.order for change in seen), default=(0, ""))

    def try_out(self, change: Change) -> Outcome:
        """Give what a change would do, without taking it.

        Raises
        ------
        RembiError
            If it cannot be applied.
        """
        try:
            return Outcome(*run(self.record, change.edits, change.origin))
        except RembiError:
            if not self._apart.would_spare(change):
                raise
            return Outcome(self.record, ())  # ``take`` brings back what was removed, and runs everything again

    def take(self, change: Change, outcome: Outcome | None = None) -> None:
        """Apply a change that comes after all the others; ``outcome`` is what ``try_out`` gave for it.

        Raises
        ------
        RembiError
            If it cannot be applied; the record stays as it was.
        """
        outcome = outcome or self.try_out(change)
        if self._apart.enter(change):
            self._start_again([change])
            return
        edits = self._apart.allowed(change)
        self._put(change, outcome if edits is change.edits else Outcome(*run(self.record, edits, change.origin)))

    def _put(self, change: Change, outcome: Outcome) -> None:
        self.record, self._back[change.id] = outcome
        self._known[change.id] = change
        self.changes.append(change)
        self._stacks.setdefault(change.author, Stacks()).take(change)
        self._apart.leave(change, self._now)

    def _now(self, path: str) -> Any:
        return get(self.record, path)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The fields that people gave different values without knowing of each other, until one of them chooses."""
        return tuple(one for one in self._apart.conflicts() if self._is_there(one.path))

    def _is_there(self, path: str) -> bool:
        names = parts(path)
        held = [names[:length] for length in (2, 4) if length <= len(names)] if names[0] in COLLECTIONS else []
        return all(get(self.record, "/" + "/".join(holder)) is not None for holder in held)

    def rivals(self, path: str) -> tuple[Rival, ...]:
        """Give the values that one field or cell was given apart; none if it is not in conflict."""
        return self._apart.rivals(path)

    def news(self, writer: str, unseen: Iterable[str] = ()) -> dict[str, int] | None:
        """Give what a writer's next change is to say by ``seen``, if some changes were not shown to the person yet."""
        return self._apart.known.news(writer, unseen)

    def merge(self, changes: Iterable[Change]) -> tuple[Change, ...]:
        """Take in changes made elsewhere; give those that were new.

        Changes that belong before ones already taken make the history run again from its start, so
        that the record is the same whatever order they arrived in.
        """
        fresh = sorted((c for c in changes if c.id not in self._known), key=lambda change: change.order)
        if (fresh and fresh[0].order < self._last) or not self._take_all(fresh):
            self._start_again(fresh)
        return tuple(fresh)

    def _start_again(self, more: Iterable[Change]) -> None:
        """Run the history from its start, again for each removal that turns out to be spared."""
        everything = {**self._known, **{change.id: change for change in more}}
        ordered = sorted(everything.values(), key=lambda change: change.order)
        done, apart = False, Apart()  # what was spared while some changes had not arrived is found anew
        while not done:
            self._clear(apart.restart())
            done = self._take_all(ordered)

    def _take_all(self, changes: Iterable[Change]) -> bool:
        """Take changes made elsewhere; tell whether all of them were, or the history is to start again."""
        for change in changes:
            if self._apart.enter(change):
                return False
            edits = self._apart.allowed(change)
            try:
                outcome = Outcome(*run(self.record, edits, change.origin))
            except RembiError as fault:
                possible = self._possible(edits, change)
                self._known[change.id] = change
                if possible is None:
                    self.refused.append((change, fault))
                    continue
                self.partly.append((change, fault))
                outcome = possible
            self._put(change, outcome)
        return True

    def _possible(self, edits: Iterable[Edit], change: Change) -> Outcome | None:
        """Give what those edits of a change do that can be applied; ``None`` if there is none."""
        record, back, done = self.record, [], False
        for edit in edits:
            try:
                record, led = run(record, [edit], change.origin)
            except RembiError:
                continue
            back.append(led)
            done = True
        return Outcome(record, tuple(edit for led in reversed(back) for edit in led)) if done else None

    def undo_step(self, author: str) -> Step | None:
        """Give the edits that undo an author's last change that is not undone, ``None`` if there is none."""
        stack = self._stacks.get(author, Stacks()).undo
        if not stack:
            return None
        made = self._known[stack[-1]]
        theirs = self._set_since(made)
        back = [edit for edit in self._back[made.id] if self._still_there(edit)]
        left = dict.fromkeys(path for edit in back for path in _set_paths(edit) if path in theirs) if theirs else {}
        kept = (_without(edit, left) for edit in back) if left else back
        return Step(made.id, tuple(edit for edit in kept if edit is not None), tuple(left))

    def redo_step(self, author: str) -> Step | None:
        """Give the edits that do an author's last undone change again, ``None`` if there is none."""
        stack = self._stacks.get(author, Stacks()).redo
        if not stack:
            return None
        made = self._known[stack[-1]]
        return Step(made.id, tuple(_with_origin(edit, made) for edit in made.edits), ())

    def can_undo(self, author: str) -> bool:
        """Tell whether an author has something to undo."""
        return bool(self._stacks.get(author, Stacks()).undo)

    def can_redo(self, author: str) -> bool:
        """Tell whether an author has something to do again."""
        return bool(self._stacks.get(author, Stacks()).redo)

    def _set_since(self, made: Change) -> set[str]:
        """Give the paths that others' later changes set: what they gave is left alone."""
        later = self.changes[self.changes.index(made) + 1 :]
        edits = (edit for change in later if change.author != made.author for edit in change.edits)
        return {path for edit in edits for path in _set_paths(edit)}

    def _still_there(self, edit: Edit) -> bool:
        names = parts(edit.path)
        if names[0] in TABLES:
            rows = edit.rows if edit.rows is not None else names[1:2]
            return edit.op != "remove" or not rows or any(row in getattr(self.record, names[0]) for row in rows)
        if edit.op == "add":
            is_held = len(names) == 1 or get(self.record, edit.path.rpartition("/")[0]) is not None
            return is_held and get(self.record, f"{edit.path}/{edit.id}") is None
        holder = edit.path.rpartition("/")[0] if edit.op in {"set", "clear"} else edit.path
        return edit.op == "confirm" or get(self.record, holder) is not None


def _with_origin(edit: Edit, made: Change) -> Edit:
    said = edit.model_fields_set
    if edit.op in {"confirm", "move", "remove"} or {"origin", "mark"} & said:
        return edit
    return edit.model_copy(update={"origin": made.origin})


def _set_paths(edit: Edit) -> list[str]:
    """Give the paths of the values that an edit sets; a fill sets one cell a row."""
    if edit.op == "fill":
        table, column = parts(edit.path)
        return [f"/{table}/{row}/{column}" for row in edit.rows or ()]
    return [edit.path] if edit.op in {"set", "clear"} else []


def _without(edit: Edit, left: Container[str]) -> Edit | None:
    if edit.op == "fill":
        return some_rows(edit, [place for place, path in enumerate(_set_paths(edit)) if path not in left])
    return None if edit.op in {"set", "clear"} and edit.path in left else edit
