"""An open curation: the record, the journal behind it, undo, and who is told of changes."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from rembi_widgets.errors import RembiError
from rembi_widgets.record import (
    END,
    PREFIXES,
    Change,
    Conflict,
    Curation,
    Edit,
    Finding,
    History,
    Origin,
    Step,
    get,
    new_id,
)
from rembi_widgets.store._author import user
from rembi_widgets.store._disk import DiskError
from rembi_widgets.store._propose import proposed
from rembi_widgets.store._refused import refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rembi_widgets.images import Scan
    from rembi_widgets.store._facts import DiskFacts
    from rembi_widgets.store._home import Home
    from rembi_widgets.store._journal import Journals

IDLE_S = 2.0
"""Seconds without a change after which the checkpoints are written."""


class OpenCuration:
    """A curation, on disk or in memory: read ``record``, change it by ``set``, ``edit`` or ``apply``.

    Every change is in the journal, on the disk, before the call returns. Opening writes nothing; the first
    change makes ``.rembi``. Any number of processes may have one dataset open, and all see the same record. ``kept`` is
    where journals and checkpoints lie: the dataset, or, where that is read-only, a folder of the user's.

    Parameters
    ----------
    folder
        The dataset; ``None`` keeps the curation in memory only.
    author
        Who makes the changes; undo reverts one's own. Default: ``REMBI_AUTHOR``, else the name of the account.
    start
        What a curation in memory begins with; no undo leads behind it.
    """

    def __init__(
        self, folder: str | Path | None = None, *, author: str | None = None, start: Curation | None = None
    ) -> None:
        self.folder = Path(folder).resolve() if folder is not None else None
        self.author = author or user()
        self.reports: list[Finding] = []
        self._writer = new_id("w")
        self._number = 0
        self._history = History(start if folder is None else None)
        self._listeners: list[Callable[[Change], None]] = []
        self._untold: tuple[Change, ...] = ()
        self._lock = threading.RLock()
        self._timer: threading.Timer | None = None
        self._dirty = False
        self._journals: Journals | None = None
        self.kept: Path | None = None
        if self.folder is not None:
            self._open(self.folder)

    def _open(self, folder: Path) -> None:
        if not folder.is_dir():
            raise RembiError("store.no_folder", path=str(folder))
        from rembi_widgets.store._home import home_of

        journals = self._keep_in(home_of(folder))
        self._history.merge(journals.news())
        journals.report_torn()
        self.reports += journals.reports
        self.reports += [refused(change, fault) for change, fault in self._history.refused]
        self.reports += [refused(change, fault, "change_partly") for change, fault in self._history.partly]
        self._take_outside_edits()

    def _keep_in(self, home: Home) -> Journals:
        self._home = home
        self.kept = home.folder
        self._journals = journals = self._journals or home.journals(self._writer)
        journals.move(home)
        self._lease = home.lease(self._writer, self.author)
        self.reports += home.reports()
        return journals

    def _take_outside_edits(self) -> None:
        if self.kept is None:
            return
        from rembi_widgets.store import _checkpoint

        found = _checkpoint.outside(self.kept, self.record, self._history.changes)
        self.reports += found.faults
        for fault in found.faults:
            _checkpoint.set_aside(self.kept / str(fault.values["file"]))
        self._dirty = self._dirty or bool(found.faults or found.read)
        if found.edits:
            self.edit(found.edits, origin="edited_outside", read=found.read)
            n = len(found.edits)
            self.reports.append(Finding(level="info", code="edited_outside", path="/study", values={"n": n}))

    @property
    def record(self) -> Curation:
        """The record as it is now."""
        return self._history.record

    @property
    def history(self) -> tuple[Change, ...]:
        """All changes, first to last."""
        return tuple(self._history.changes)

    @property
    def writer(self) -> str:
        """Names the own journal."""
        return self._writer

    @property
    def facts(self) -> DiskFacts | None:
        """What is on the disk; ``None`` for a curation in memory."""
        return None if self.folder is None else self._home.facts()

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Fields that two people gave different values apart: the record holds one, ``set`` chooses."""
        return self._history.conflicts

    @property
    def can_undo(self) -> bool:
        """Whether the author has something to undo."""
        return self._history.can_undo(self.author)

    @property
    def can_redo(self) -> bool:
        """Whether the author has something to do again."""
        return self._history.can_redo(self.author)

    def apply(self, change: Change) -> Change:
        """Journal a change and apply it.

        Raises
        ------
        RembiError
            If it cannot be applied, or (``DiskError``) the disk refuses; record and journal are as before.
        """
        with self._lock:
            self._catch_up()
            outcome = self._history.try_out(change)
            if self._journals is not None:
                self._journal(change)
            self._history.take(change, outcome)
            self._number = max(self._number, int(change.id.rpartition("-")[2]))
            self._dirty = True
            self._wait_for_idle()
        self._tell(change)
        return change

    def _journal(self, change: Change) -> None:
        journals = self._journals
        if journals is None:
            return
        try:
            self._home.begin()
            journals.write(change)
        except DiskError as fault:
            if fault.key == "store.no_permission" and not self._home.is_elsewhere:
                self._keep_in(self._home.elsewhere())
                self._journal(change)
                return
            if getattr(fault, "torn", False):  # never append behind a half line: go on in a journal of another name
                self._writer = journals.writer = new_id("w")
                self._number = 0
            raise
        self._lease.take()

    def edit(
        self,
        edits: Iterable[Edit | Mapping[str, Any]],
        origin: str | Origin = "typed",
        *,
        undoes: str | None = None,
        redoes: str | None = None,
        read: str | None = None,
        unseen: Iterable[str] = (),
    ) -> Change:
        """Make one change of edits, in order, and apply it.

        ``origin`` says where values come from if an edit does not; ``undoes`` and ``redoes`` name what it takes back or
        does again; ``read`` is the checksum of files edited by hand; ``unseen`` are others' changes not shown yet.

        Raises
        ------
        RembiError
            If one of them cannot be applied; then none is.
        """
        with self._lock:
            self._catch_up()
            made = tuple(edit if isinstance(edit, Edit) else Edit.model_validate(dict(edit)) for edit in edits)
            change = Change(
                id=f"{self._writer}-{self._number + 1}",
                parent=self._history.changes[-1].id if self._history.changes else None,
                author=self.author,
                at=datetime.now(UTC).isoformat(timespec="seconds"),
                clock=self._history.clock + 1,
                origin=origin if isinstance(origin, Origin) else Origin(kind=origin),
                edits=made,
                undoes=undoes,
                redoes=redoes,
                read=read,
                seen=self._history.news(self._writer, unseen),
            )
            return self.apply(change)

    def set(self, path: str, value: Any) -> Change:
        """Set a field, such as ``/study/title``; an empty value clears it."""
        return self.edit([Edit(op="set", path=path, value=value)])

    def settle(self, path: str, change: str) -> Change:
        """Settle the conflict at a path for what a change gave; ``RembiError`` if there is none."""
        with self._lock:
            from rembi_widgets.record import settling

            self._catch_up()
            return self.edit(settling(self._history, path, change))

    def clear(self, path: str) -> Change:
        """Empty a field."""
        return self.edit([Edit(op="clear", path=path)])

    def confirm(self, *paths: str) -> Change:
        """Confirm values that a machine proposed."""
        return self.edit(Edit(op="confirm", path=path) for path in paths)

    def add(self, collection: str, value: Mapping[str, Any] | None = None, *, after: str | None = END) -> str:
        """Add an entity or row, such as to ``/biosamples``; give its id."""
        kind = collection.rpartition("/")[2]
        if kind not in PREFIXES:
            raise RembiError("record.no_list", path=collection)
        identity = new_id(PREFIXES[kind])
        self.edit([Edit(op="add", path=collection, id=identity, value=dict(value or {}), after=after)])
        return identity

    def remove(self, path: str) -> Change:
        """Remove an entity or row."""
        return self.edit([Edit(op="remove", path=path)])

    def move(self, path: str, after: str | None) -> Change:
        """Move an entity or row behind another, ``None``: to the first place."""
        return self.edit([Edit(op="move", path=path, after=after)])

    def propose(self, source: Scan | Iterable[Edit | Mapping[str, Any]], origin: str = "scan") -> Change | None:
        """Propose values that a machine found: one change, unconfirmed, never over what a person gave.

        Parameters
        ----------
        source
            A scan, whose draft is proposed, or edits.
        origin
            Kind of origin of edits that name none.

        Returns
        -------
        Change or None
            ``None`` if there was nothing new.
        """
        if hasattr(source, "unreadable"):
            from rembi_widgets.images import draft

            source = draft(source, self.record)  # type: ignore[arg-type]
        edits = [edit if isinstance(edit, Edit) else Edit.model_validate(dict(edit)) for edit in source]
        with self._lock:
            self._catch_up()  # what a person just wrote elsewhere counts
            kept = proposed(self.record, edits)
            return self.edit(kept, origin=origin) if kept else None

    def undo(self) -> tuple[Change, tuple[str, ...]] | None:
        """Undo the author's last change; values that somebody else changed since are left and named.

        Gives the change that undid it and the paths left; ``None`` if there was nothing to undo.
        """
        with self._lock:
            self._catch_up()
            step = self._history.undo_step(self.author)
            return None if step is None else (self._step(step, undoes=step.of), step.left)

    def redo(self) -> Change | None:
        """Do the author's last undone change again; ``None`` if there was none."""
        with self._lock:
            self._catch_up()
            step = self._history.redo_step(self.author)
            return None if step is None else self._step(step, redoes=step.of)

    def _step(self, step: Step, **what: str) -> Change:
        return self.edit(step.edits, origin="undo" if "undoes" in what else "redo", **what)

    def on_change(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Have a function called after each change, whoever made it; give the function that ends this."""
        self._listeners.append(callback)

        def end() -> None:
            with suppress(ValueError):
                self._listeners.remove(callback)

        return end

    def _tell(self, *changes: Change) -> None:
        untold, self._untold = self._untold, ()
        for change in (*untold, *changes):
            for listener in tuple(self._listeners):
                listener(change)

    def refresh(self) -> tuple[Change, ...]:
        """Take in what other processes wrote since, and give it; listeners are told."""
        with self._lock:
            fresh = self._catch_up()
        self._tell()
        return fresh

    def _catch_up(self) -> tuple[Change, ...]:
        if self._journals is None:
            return ()
        seen, told = len(self._journals.reports), len(self._history.partly)
        fresh = self._history.merge(self._journals.news())
        self.reports += self._journals.reports[seen:]
        self.reports += [refused(change, fault, "change_partly") for change, fault in self._history.partly[told:]]
        self._dirty = self._dirty or bool(fresh)
        self._untold += fresh
        return fresh

    def get(self, path: str) -> Any:
        """Give what stands at a path, or ``None``."""
        return get(self.record, path)

    def _wait_for_idle(self) -> None:
        if self.folder is None:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(IDLE_S, self._idle)
        self._timer.daemon = True
        self._timer.start()

    def _idle(self) -> None:
        with suppress(RembiError):  # the journal is the save: a checkpoint that fails is written next time
            self.checkpoint()

    def checkpoint(self) -> None:
        """Write ``rembi.json`` and the two tables, if the record changed and no other writer keeps them.

        Raises
        ------
        DiskError
            If the disk refuses; the old files are then still whole.
        """
        with self._lock:
            if self.kept is None or not self._dirty or not self._lease.mine() or not self.kept.is_dir():
                return
            self._take_outside_edits()
            from rembi_widgets.store import _checkpoint

            _checkpoint.write(self.kept, self.record, self._history.changes)
            self._dirty = False

    def close(self) -> None:
        """Write the checkpoints and give the lease back."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            self._idle()
            if self.folder is not None:
                self._lease.leave()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        where = "in memory" if self.folder is None else self.folder.name
        return f"<OpenCuration {where}: {len(self._history.changes)} changes, {len(self.record.images)} images>"


def open_curation(folder: str | Path | None = None, *, author: str | None = None) -> OpenCuration:
    """Open the curation of a dataset; ``RembiError`` if there is no such folder."""
    return OpenCuration(folder, author=author)
