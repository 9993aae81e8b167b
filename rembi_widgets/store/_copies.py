"""Two copies of a dataset edited apart: the other's changes are taken in; where both differ, both values are kept."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rembi_widgets.errors import RembiError
from rembi_widgets.record import Change, Conflict, Finding, History, Origin, new_id
from rembi_widgets.store import _checkpoint
from rembi_widgets.store._disk import append, make_folder
from rembi_widgets.store._home import home_of
from rembi_widgets.store._journal import Journals, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rembi_widgets.store._curation import OpenCuration


class Copied(NamedTuple):
    """What taking in a copy brought: the changes that were new, the conflicts open now, what could not be read."""

    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    reports: tuple[Finding, ...]


class Preview(NamedTuple):
    """What taking in a copy would bring: how many changes, the conflicts it would open, what could not be read."""

    changes: int
    conflicts: tuple[Conflict, ...]
    reports: tuple[Finding, ...]


def preview_copy(curation: OpenCuration, other: str | Path) -> Preview:
    """Tell what taking in another copy would bring; nothing is written.

    Parameters
    ----------
    curation
        An open curation of a dataset on disk.
    other
        The folder of the other copy.

    Raises
    ------
    RembiError
        If there is no curation in that folder.
    """
    _kept(curation)
    theirs, reports = _changes_of(_other(curation, other), curation)
    curation.refresh()
    known = {change.id for change in curation.history}
    history = History()
    history.merge([*curation.history, *theirs])
    open_now = set(map(_named, curation.conflicts))
    fresh = tuple(conflict for conflict in history.conflicts if _named(conflict) not in open_now)
    return Preview(len({change.id for change in theirs} - known), fresh, reports)


def _named(conflict: Conflict) -> tuple[str, ...]:
    return (conflict.path, *(rival.change for rival in conflict.rivals))


def _other(curation: OpenCuration, other: str | Path) -> Path:
    """Give the folder of the other copy, which is not this one."""
    folder = Path(other).resolve()
    if folder == curation.folder:
        raise RembiError("store.same_copy", path=str(other))
    return folder


def _kept(curation: OpenCuration) -> Path:
    if curation.kept is None:
        raise RembiError("store.not_on_disk")
    return curation.kept


def merge_copy(curation: OpenCuration, other: str | Path) -> Copied:
    """Take the changes of another copy of a dataset into a curation; the other copy is only read.

    The changes that both have are what they began from. What the other's files say and no journal (edited by hand, or
    the journals were left behind) counts as one change made in knowledge of what those files held.

    Parameters
    ----------
    curation
        An open curation of a dataset on disk.
    other
        The folder of the other copy.

    Raises
    ------
    RembiError
        If there is no curation in that folder, or the disk refuses.
    """
    kept = _kept(curation)
    theirs, reports = _changes_of(_other(curation, other), curation)
    curation.refresh()
    known = {change.id for change in curation.history}
    fresh = [change for change in theirs if change.id not in known]
    if fresh:
        write_changes(kept / ".rembi", "copy", fresh)
        curation.refresh()
        curation.checkpoint()
    return Copied(tuple(fresh), curation.conflicts, reports)


def write_changes(home: Path, name: str, changes: Iterable[Change]) -> None:
    """Write changes made elsewhere as a journal of their own, named by its content: the same twice is one."""
    journals = Journals(home, name)
    data = b"".join(encode(change, journals.keep) for change in changes)
    make_folder(home / "journal")
    path = home / "journal" / f"{name}-{hashlib.sha256(data).hexdigest()[:16]}.ndjson"
    if not path.exists():
        append(path, data)


def _changes_of(folder: Path, curation: OpenCuration) -> tuple[list[Change], tuple[Finding, ...]]:
    if not folder.is_dir():
        raise RembiError("store.no_folder", path=str(folder))
    home = home_of(folder)
    journals = Journals(home.folder / ".rembi", "")
    journals.move(home)
    theirs = journals.news()
    journals.report_torn()
    history = History()
    history.merge([*curation.history, *theirs])
    found = _checkpoint.outside(home.folder, history.record, history.changes, lost=True)
    reports = (*journals.reports, *found.faults)
    if found.edits:
        theirs.append(_by_hand(found, history.changes))
    if not theirs and not reports:
        raise RembiError("store.no_curation", path=str(folder))
    return theirs, reports


def _by_hand(found: _checkpoint.Outside, changes: Iterable[Change]) -> Change:
    """Give what the other's files say beyond its journals as a change that knew what the files held."""
    held = {writer: number for writer, number in found.holds.items() if number}
    return Change(
        id=f"{new_id('w')}-1",
        author="",
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        clock=1 + max((change.clock for change in changes if _holds(held, change)), default=0),
        origin=Origin(kind="edited_outside"),
        edits=found.edits,
        read=found.read,
        seen=held,
    )


def _holds(held: Mapping[str, int], change: Change) -> bool:
    return change.number <= held.get(change.writer, 0)
