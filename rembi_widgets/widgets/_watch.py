"""While a page is open: what others write is looked for, and shown who is there.

A page says every few seconds that it is open; one that says nothing any more (closed, killed) counts as gone, and with
the last one the looking ends. A look costs a listing of the journals' folder; only if a journal has grown is it read.
"""

from __future__ import annotations

import atexit
import os
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError

if TYPE_CHECKING:
    from rembi_widgets.store import OpenCuration, Presence
    from rembi_widgets.widgets._session import Session

LOOK_S = 0.5
"""Seconds between two looks: what others write is to be seen within two."""
PAGE_S = 100.0
"""Seconds for which a page counts as open after it said so: in the background browsers let one speak once a minute."""
AGAIN_S = 5.0
"""Seconds after which it is told again when others were last active."""

Stamp = tuple[tuple[str, int], ...]


class Watch:
    """Looks for what others write, for one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._until = 0.0
        self._stamp: tuple[str, Stamp] | None = None
        self._presence: Presence | None = None
        self._told: tuple[tuple[str, str, str], ...] = ()
        self._told_at = 0.0
        self.people: list[dict[str, Any]] = []

    @property
    def is_looking(self) -> bool:
        """Whether a page is open that is to be told."""
        return self._thread is not None and self._thread.is_alive()

    def here(self) -> None:
        """Note that a page is open."""
        if not self._session.is_open or self._session.curation.folder is None:
            return
        with self._lock:
            self._until = time.monotonic() + PAGE_S
            if not self.is_looking:
                self._ended.clear()
                atexit.register(self.stop)  # a page that is loaded again ends its kernel: no ghost is to stay
                self._thread = threading.Thread(target=self._run, name="rembi-watch", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """End the looking; the own sign of life is taken away."""
        self._ended.set()
        atexit.unregister(self.stop)
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(2 * LOOK_S)

    def _run(self) -> None:
        while time.monotonic() < self._until:
            self.look()
            if self._ended.wait(LOOK_S):
                break
        if self._presence is not None:
            self._presence.leave()
            self._presence = None

    def look(self) -> None:
        """Look once; a folder that is away for a moment is looked at again."""
        curation = self._session.curation
        stamp = (curation.writer, stamp_of(curation))
        if stamp != self._stamp:
            with suppress(OSError, RembiError):
                curation.refresh()
                self._stamp = stamp
        self._see(curation)

    def _see(self, curation: OpenCuration) -> None:
        presence = self._presence_of(curation)
        if presence is None:
            return
        if curation.kept == curation.folder:
            presence.beat()
        found = presence.others()
        who = tuple((one.writer, one.author, one.host) for one in found)
        if who == self._told and (not who or time.monotonic() - self._told_at < AGAIN_S):
            return
        self._told, self._told_at = who, time.monotonic()
        self.people = [
            {"writer": one.writer, "author": one.author, "host": one.host, "active": round(one.active_s, 1)}
            | {"me": one.author == curation.author}
            for one in found
        ]
        self._session.broadcast({"kind": "people", "people": self.people})

    def _presence_of(self, curation: OpenCuration) -> Presence | None:
        if curation.folder is None:
            return None
        from rembi_widgets.store import Presence

        home = curation.folder / ".rembi"
        known = self._presence
        if known is None or (known.writer, known.folder) != (curation.writer, home):
            if known is not None:
                known.leave()
            self._presence = Presence(home, curation.writer, curation.author)
        return self._presence


def stamp_of(curation: OpenCuration) -> Stamp:
    """Give what changes when somebody else writes: the sizes of the journals but one's own."""
    found: list[tuple[str, int]] = []
    for folder in {Path(place) / ".rembi" / "journal" for place in (curation.folder, curation.kept) if place}:
        with suppress(OSError), os.scandir(folder) as listing:
            found += [(entry.path, entry.stat().st_size) for entry in listing if entry.name.endswith(".ndjson")]
    own = f"{curation.writer}.ndjson"
    return tuple(sorted(one for one in found if not one[0].endswith(own)))
