"""A record with the changes that made it: undo, redo, and the order of changes made apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from rembi_widgets.errors import RembiError
from rembi_widgets.record._apply import run
from rembi_widgets.record._model import TABLES, Curation
from rembi_widgets.record._paths import get, parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rembi_widgets.record._changes import Change, Edit


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
    """

    def __init__(self, start: Curation | None = None) -> None:
        self._start = start or Curation.model_construct()  # empty, so nothing to validate
        self._clear()

    def _clear(self) -> None:
        self.record = self._start
        self.changes: list[Change] = []
        self.refused: list[tuple[Change, RembiError]] = []
        self._known: dict[str, Change] = {}
        self._back: dict[str, tuple[Edit, ...]] = {}
        self._stacks: dict[str, Stacks] = {}

    def __contains__(self, identity: object) -> bool:
        return identity in self._known

    @property
    def clock(self) -> int:
        """The highest clock seen."""
        seen = [*self.changes[-1:], *(change for change, _ in self.refused)]
        return max((change.clock for change in seen), default=0)

    def try_out(self, change: Change) -> Outcome:
        """Give what a change would do, without taking it.

        Raises
        ------
        RembiError
            If it cannot be applied.
        """
        return Outcome(*run(self.record, change.edits, change.origin))

    def take(self, change: Change, outcome: Outcome | None = None) -> None:
        """Apply a change that comes after all the others; ``outcome`` is what ``try_out`` gave for it.

        Raises
        ------
        RembiError
            If it cannot be applied; the record stays as it was.
        """
        self.record, back = outcome or self.try_out(change)
        self._back[change.id] = back
        self._known[change.id] = change
        self.changes.append(change)
        self._stacks.setdefault(change.author, Stacks()).take(change)

    def merge(self, changes: Iterable[Change]) -> tuple[Change, ...]:
        """Take in changes made elsewhere; give those that were new.

        Changes that belong before ones already taken make the history run again from its start, so
        that the record is the same whatever order they arrived in.
        """
        fresh = sorted((c for c in changes if c.id not in self._known), key=lambda change: change.order)
        if fresh and self.changes and fresh[0].order < self.changes[-1].order:
            everything = sorted([*self._known.values(), *fresh], key=lambda change: change.order)
            self._clear()
            self._take_all(everything)
        else:
            self._take_all(fresh)
        return tuple(fresh)

    def _take_all(self, changes: Iterable[Change]) -> None:
        for change in changes:
            try:
                self.take(change)
            except RembiError as fault:
                self._known[change.id] = change
                self.refused.append((change, fault))

    def undo_step(self, author: str) -> Step | None:
        """Give the edits that undo an author's last change that is not undone, ``None`` if there is none."""
        stack = self._stacks.get(author, Stacks()).undo
        if not stack:
            return None
        made = self._known[stack[-1]]
        left = tuple(path for path in _set_paths(made) if self._changed_since(made, path))
        back = tuple(edit for edit in self._back[made.id] if edit.path not in left and self._still_there(edit))
        return Step(made.id, back, left)

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

    def _changed_since(self, made: Change, path: str) -> bool:
        """Whether somebody else's later change set the same path: what they gave is left alone."""
        later = self.changes[self.changes.index(made) + 1 :]
        return any(path in _set_paths(change) for change in later if change.author != made.author)

    def _still_there(self, edit: Edit) -> bool:
        names = parts(edit.path)
        if names[0] in TABLES or edit.op == "add":
            return True
        holder = edit.path.rpartition("/")[0] if edit.op in {"set", "clear"} else edit.path
        return edit.op == "confirm" or get(self.record, holder) is not None


def _with_origin(edit: Edit, made: Change) -> Edit:
    said = edit.model_fields_set
    if edit.op in {"confirm", "move", "remove"} or {"origin", "mark"} & said:
        return edit
    return edit.model_copy(update={"origin": made.origin})


def _set_paths(change: Change) -> tuple[str, ...]:
    return tuple(edit.path for edit in change.edits if edit.op in {"set", "clear"})
