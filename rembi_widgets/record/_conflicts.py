"""Changes made apart: who knew of what, and where two people gave one field two values.

A change tells, by ``seen``, which changes of other writers its writer had before it since its own last one. Of two
changes neither of which knew of the other, both values of one field are kept, the later in the common order stands in
the record, and the field is in conflict until somebody who saw both sets it. What a machine proposed yields to what
a person gave in silence. An entity that one person removed while another wrote in it stays.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from rembi_widgets.record._base import plain
from rembi_widgets.record._changes import CONFIRMED, Change, Edit
from rembi_widgets.record._model import TABLES
from rembi_widgets.record._paths import parts
from rembi_widgets.record._tables import some_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

STEPS = frozenset({"undo", "redo"})
BY_PEOPLE = CONFIRMED | STEPS | {"merge"}
"""Origins of changes that a person made."""


class Rival(NamedTuple):
    """One of the values given to a field apart: by which change, whose, and when; ``removed``: it was taken away."""

    change: str
    author: str
    at: str
    value: Any
    removed: bool = False


class Conflict(NamedTuple):
    """A field with several values, or an entity removed by one and edited by another.

    Attributes
    ----------
    path
        The field or the entity.
    rivals
        The values in the common order; the record holds the last one.
    rows
        Of a table's column: the rows in which the same people differ; ``rivals`` are those of the first.
    """

    path: str
    rivals: tuple[Rival, ...]
    rows: tuple[str, ...] = ()


class Known:
    """What each change's writer knew when it was made.

    Journals older than ``seen`` name no such thing: their writers count as having known all that comes before.
    """

    def __init__(self) -> None:
        self._of: dict[str, Mapping[str, int] | None] = {}
        self._last: dict[str, str] = {}
        self.tips: dict[str, int] = {}

    def take(self, change: Change) -> None:
        """Follow a change, in the common order."""
        writer = change.writer
        self._of[change.id] = self.before(change)
        self._last[writer] = change.id
        self.tips[writer] = max(self.tips.get(writer, 0), change.number)

    def before(self, change: Change) -> Mapping[str, int] | None:
        """Give what the writer of a change that comes next knew: writers, and the number of each one's last change."""
        known = self._of[self._last[change.writer]] if change.writer in self._last else None
        return known if change.seen is None else {**(known or {}), **change.seen}

    def knew(self, change: Change, other: Change) -> bool:
        """Tell whether a change was made in knowledge of another."""
        if change.writer == other.writer:
            return other.number <= change.number
        known = self._of[change.id]
        return other.order < change.order if known is None else other.number <= known.get(other.writer, 0)

    def floor(self, change: Change, writer: str) -> int | None:
        """Give the number of the last change of another writer that a change knew; ``None``: all before it."""
        known = self._of[change.id]
        return None if known is None else known.get(writer, 0)

    def news(self, writer: str, unseen: Iterable[str] = ()) -> dict[str, int] | None:
        """Give what a writer's next change is to name as ``seen``, ``None`` if there is nothing new.

        ``unseen`` are changes that have arrived but that the person had not been shown when the value was given.
        """
        last = self._last.get(writer)
        known = self._of[last] if last is not None else None
        if last is not None and known is None:
            return None
        tips = dict(self.tips)
        for identity in unseen:
            other, _, number = identity.rpartition("-")
            tips[other] = min(tips.get(other, 0), int(number) - 1)
        fresh = {other: tip for other, tip in tips.items() if other != writer and tip > (known or {}).get(other, 0)}
        return fresh if fresh or last is None else None


@dataclass(frozen=True)
class _Write:
    """One value given to a field."""

    change: Change
    value: Any
    removed: bool = False

    @property
    def said(self) -> Rival:
        return Rival(self.change.id, self.change.author, self.change.at, self.value, self.removed)


@dataclass(frozen=True)
class _Fill:
    """One column given over many rows."""

    change: Change
    edit: Edit

    @cached_property
    def places(self) -> dict[str, int]:
        """Row to its place among the values."""
        return {row: place for place, row in enumerate(self.edit.rows or ())}

    def at(self, row: str) -> _Write:
        """Give what it wrote in one row."""
        edit = self.edit
        return _Write(self.change, plain(edit.value if edit.values is None else edit.values[self.places[row]]))


@dataclass
class Apart:
    """The open conflicts of a history, and what each change is to do beside the others.

    Attributes
    ----------
    spared
        Removals (change and path) that are not carried out, since somebody wrote there without knowing of them. It
        follows from the set of changes alone, so that it is the same in whatever order they arrive.
    """

    known: Known = field(default_factory=Known)
    spared: set[tuple[str, str]] = field(default_factory=set)
    _by_writer: dict[str, list[Change]] = field(default_factory=dict)
    _writes: dict[str, list[_Write]] = field(default_factory=dict)
    _columns: dict[str, list[_Fill]] = field(default_factory=dict)
    _cells: dict[str, set[str]] = field(default_factory=dict)
    _touched: dict[str, list[_Write]] = field(default_factory=dict)
    _removals: dict[str, list[Change]] = field(default_factory=dict)
    _open: dict[str, list[_Write]] = field(default_factory=dict)

    def restart(self) -> Apart:
        """Give an empty one that knows what is to be spared."""
        return Apart(spared=self.spared)

    def enter(self, change: Change) -> bool:
        """Follow a change, in the common order; tell whether a removal before it must be spared, so: start again."""
        self.known.take(change)
        again = self._spare(change)
        self._by_writer.setdefault(change.writer, []).append(change)
        return again

    def _is_apart(self, change: Change) -> bool:
        return any(True for _ in self._rivals(change))

    def _rivals(self, change: Change) -> Iterator[Change]:
        """Give the changes before one that it did not know."""
        for writer, theirs in self._by_writer.items():
            floor = None if writer == change.writer else self.known.floor(change, writer)
            if floor is not None:
                yield from theirs[bisect_right(theirs, floor, key=lambda one: one.number) :]

    def _spare(self, change: Change) -> bool:
        again = False
        for entity, write in _touches(change):
            for removal in self._removals.get(entity, ()):
                if (removal.id, entity) not in self.spared and not self.known.knew(change, removal):
                    self.spared.add((removal.id, entity))
                    again = True
            self._touched.setdefault(entity, []).append(write)
        for edit in change.edits:
            if edit.op == "remove" and parts(edit.path)[0] not in TABLES:
                self._removals.setdefault(edit.path, []).append(change)
        return again

    def allowed(self, change: Change) -> Sequence[Edit]:
        """Give the edits of a change that stand beside what people gave without its knowledge."""
        if not self._is_apart(change) and not any((change.id, edit.path) in self.spared for edit in change.edits):
            return change.edits
        return [kept for edit in change.edits if (kept := self._kept(change, edit)) is not None]

    def _kept(self, change: Change, edit: Edit) -> Edit | None:
        if edit.op == "remove" and parts(edit.path)[0] not in TABLES:
            return None if self._is_spared(change, edit.path) else edit
        if _is_persons(change, edit) or edit.op not in {"set", "clear", "fill"}:
            return edit
        if edit.op == "fill":
            taken = {row for row in self._rows_written(edit.path) if self._taken(change, cell_path(edit.path, row))}
            free = [place for place, row in enumerate(edit.rows or ()) if row not in taken]
            return some_rows(edit, free) if taken else edit
        return None if self._taken(change, edit.path) else edit

    def _is_spared(self, change: Change, path: str) -> bool:
        if self._touched_apart(change, path):
            self.spared.add((change.id, path))
        return (change.id, path) in self.spared

    def _touched_apart(self, change: Change, path: str) -> list[_Write]:
        return [write for write in self._touched.get(path, ()) if not self.known.knew(change, write.change)]

    def _taken(self, change: Change, path: str) -> bool:
        return any(not self.known.knew(change, write.change) for write in self._writes_at(path))

    def _writes_at(self, path: str) -> Iterator[_Write]:
        yield from self._writes.get(path, ())
        names = parts(path)
        if names[0] in TABLES and len(names) == 3:  # noqa: PLR2004 - table, row, column
            for one in self._columns.get(f"/{names[0]}/{names[2]}", ()):
                if names[1] in one.places:
                    yield one.at(names[1])

    def _rows_written(self, column: str) -> set[str]:
        return self._cells.get(column, set()).union(*(one.places for one in self._columns.get(column, ())))

    def leave(self, change: Change, now: Any) -> None:
        """Note what a change wrote; ``now(path)`` gives the value that a confirmation confirmed."""
        for edit in change.edits:
            if not _is_persons(change, edit):
                self._outdate(change, edit)
            elif edit.op == "fill":
                self._note_fill(change, edit)
            elif edit.op in {"set", "clear", "confirm"}:
                value = now(edit.path) if edit.op == "confirm" else edit.value if edit.op == "set" else None
                self._note(edit.path, _Write(change, plain(value)))
            elif edit.op == "remove" and parts(edit.path)[0] not in TABLES:
                self._note_removal(change, edit.path)
        self._note_touch(change)

    def _outdate(self, change: Change, edit: Edit) -> None:
        if edit.op in {"set", "clear"} and edit.path in self._writes:
            self._writes[edit.path] = [w for w in self._writes[edit.path] if not self.known.knew(change, w.change)]

    def _note(self, path: str, write: _Write) -> None:
        others = self._latest(one for one in self._writes_at(path) if not self.known.knew(write.change, one.change))
        self._writes[path] = [*others, write]
        names = parts(path)
        if names[0] in TABLES and len(names) == 3:  # noqa: PLR2004 - table, row, column
            self._cells.setdefault(f"/{names[0]}/{names[2]}", set()).add(names[1])
        values = [one.value for one in (*others, write)]
        if any(value != values[0] for value in values):
            self._open[path] = [*others, write]
        else:
            self._open.pop(path, None)
        self._settle_above(path, write.change)

    def _latest(self, writes: Iterable[_Write]) -> list[_Write]:
        """Give the writes that none of the others knew of."""
        held = list(writes)
        return [
            one for one in held if not any(two is not one and self.known.knew(two.change, one.change) for two in held)
        ]

    def _settle_above(self, path: str, change: Change) -> None:
        """Take an entity out of conflict once somebody who knows of its removal goes on writing in it."""
        for entity in _entities(path):
            rivals = self._open.get(entity)
            if rivals and all(self.known.knew(change, one.change) for one in rivals):
                del self._open[entity]

    def _note_fill(self, change: Change, edit: Edit) -> None:
        made, before = _Fill(change, edit), self._columns.get(edit.path, [])
        apart = [one for one in before if not self.known.knew(change, one.change)]
        touched = self._cells.get(edit.path, set()).union(*(one.places for one in apart))
        for row in [row for row in edit.rows or () if row in touched] if touched else ():
            self._note(cell_path(edit.path, row), made.at(row))
        kept = [one for one in before if one in apart or not made.places.keys() >= one.places.keys()]
        self._columns[edit.path] = [*kept, made]

    def _note_removal(self, change: Change, path: str) -> None:
        if (change.id, path) in self.spared:
            known = self._open.get(path, ())
            theirs = [write for write in self._touched_apart(change, path) if write not in known]
            self._open[path] = [*known, *theirs, _Write(change, None, removed=True)]
            return
        for place in [place for place in self._writes if place.startswith(f"{path}/")]:
            del self._writes[place]
            self._open.pop(place, None)
        self._open.pop(path, None)

    def _note_touch(self, change: Change) -> None:
        """Note at a removal spared before who wrote there without knowing of it."""
        for entity, write in _touches(change):
            for removal in self._removals.get(entity, ()):
                if (removal.id, entity) in self.spared and not self.known.knew(change, removal):
                    said = self._open.setdefault(entity, [_Write(removal, None, removed=True)])
                    said.append(write)

    def would_spare(self, change: Change) -> bool:
        """Tell whether a change that comes next writes where somebody removed without its knowledge."""
        known = self.known.before(change)
        return known is not None and any(
            removal.writer != change.writer and removal.number > known.get(removal.writer, 0)
            for entity, _ in _touches(change)
            for removal in self._removals.get(entity, ())
        )

    def rivals(self, path: str) -> tuple[Rival, ...]:
        """Give the values of one field or cell in conflict, none if it is not."""
        return tuple(one.said for one in self._open.get(path, ()))

    def conflicts(self) -> tuple[Conflict, ...]:
        """Give the fields in conflict, those of one column and the same changes together."""
        found: dict[tuple[str, tuple[str, ...]], list[tuple[str, list[_Write]]]] = {}
        for path, writes in list(self._open.items()):  # asked by one thread while another writes
            names = parts(path)
            is_cell = names[0] in TABLES and len(names) == 3  # noqa: PLR2004 - table, row, column
            place = f"/{names[0]}/*/{names[2]}" if is_cell else path
            found.setdefault((place, tuple(one.change.id for one in writes)), []).append((path, writes))
        return tuple(
            Conflict(
                cells[0][0],
                tuple(one.said for one in cells[0][1]),
                tuple(parts(path)[1] for path, _ in cells) if "*" in place.split("/") else (),
            )
            for (place, _), cells in found.items()
        )


def cell_path(column: str, row: str) -> str:
    """Give the path of one cell of a column (``/images/qc_info``)."""
    table, name = parts(column)
    return f"/{table}/{row}/{name}"


def _touches(change: Change) -> Iterator[tuple[str, _Write]]:
    """Give the entities that a person's change writes in, each once, with the first thing it wrote there."""
    told: set[str] = set()
    for edit in change.edits if change.origin.kind in BY_PEOPLE else ():
        if edit.op == "remove" or parts(edit.path)[0] in TABLES:
            continue
        for entity in _entities(edit.path if edit.op != "add" else f"{edit.path}/{edit.id}"):
            if entity not in told:
                told.add(entity)
                yield entity, _Write(change, plain(edit.value))


def _entities(path: str) -> Iterator[str]:
    """Give the entities above a field (or below which another is added), the outer one first."""
    names = parts(path)
    for length in (2, 4):
        if len(names) > length:
            yield "/" + "/".join(names[:length])


def _is_persons(change: Change, edit: Edit) -> bool:
    if edit.mark is not None and change.origin.kind not in STEPS:
        return edit.mark.confirmed
    return (edit.origin or change.origin).kind in BY_PEOPLE
