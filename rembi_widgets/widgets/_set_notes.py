"""What does not fit together in the dataset, as the last scan found it, and image files that are there twice."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.store import inside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rembi_widgets.images import Scan, ScanFile
    from rembi_widgets.record import Curation
    from rembi_widgets.widgets._session import Answer, Session

KEPT = "inconsistencies"
COMPARING = "comparing"
TICK_S = 0.2
SHOWN = 200
"""Sets of equal files, and notes, that are sent to a page."""


def remember(session: Session, found: Scan) -> None:
    """Keep what a scan found not to fit together; not the scan itself, which may hold 100,000 images."""
    session.extra[KEPT] = (found.folder, found.inconsistencies)


def inconsistencies(session: Session, _message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Give what the last scan of the open dataset found not to fit together, as sentences."""
    folder, notes = session.extra.get(KEPT) or (None, ())
    if folder is None or folder != session.curation.folder:
        notes = ()
    return {"notes": [note.say(session.lang) for note in notes[:SHOWN]], "count": len(notes)}


def duplicates(session: Session, _message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Give image files of the same content; those of equal size are read whole, in a thread of their own.

    Views are told how far it is; after ``stop_comparing`` the answer is what was found so far, ``stopped``.
    """
    from rembi_widgets.images import Scan

    opened = session.curation
    if opened.folder is None:
        raise RembiError("regroup.no_folder")
    stop = session.extra[COMPARING] = threading.Event()
    told = _Told(session)
    try:
        there = Scan(folder=opened.folder, files=tuple(_files(opened.record, opened.folder)))
        found = there.duplicates(progress=told, cancelled=stop)
    finally:
        session.extra.pop(COMPARING, None)
        session.broadcast({"kind": "comparing"})
    sets = sorted((sorted(paths) for paths in found), key=lambda paths: paths[0])
    return {"sets": sets[:SHOWN], "count": len(sets), "stopped": stop.is_set()}


def stop_comparing(session: Session, _message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Stop to compare files, if that is under way."""
    stop = session.extra.get(COMPARING)
    if stop is not None:
        stop.set()
    return {"kind": "ack", "seq": session.seq}


class _Told:
    """Tells views how far the comparison is, a few times a second: bytes compared, and bytes to compare."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._at = 0.0

    def __call__(self, done: int, of: int) -> None:
        now = time.monotonic()
        if now - self._at >= TICK_S:
            self._at = now
            self._session.broadcast({"kind": "comparing", "done": done, "of": of})


def _files(record: Curation, folder: Path) -> Iterator[ScanFile]:
    """Give the files of the images that are there now, with the size they have now."""
    from rembi_widgets.images import ScanFile

    for file in dict.fromkeys(record.images.column("file")):
        path = record.files.value(file, "path") if file in record.files else None
        try:
            place = inside(folder, str(path)) if path else None
            size = place.stat().st_size if place is not None and place.is_file() else None
        except (RembiError, OSError, ValueError):
            continue  # it leads out of the dataset, or went away: nothing to compare
        if size:
            yield ScanFile(str(path), size_bytes=size, images=1)
