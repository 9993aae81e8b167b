"""Who is there: a small file that names the host, the process and the last sign of life.

It locks nobody out: journals are never shared. It only tells who writes, and who keeps the checkpoints.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.store._disk import replace
from rembi_widgets.store._presence import Presence

if TYPE_CHECKING:
    from pathlib import Path

ALIVE_S = 30.0
"""Seconds after its last sign of life for which a writer counts as there."""


@dataclass
class Lease:
    """The lease of a dataset, seen by one writer."""

    folder: Path
    writer: str
    author: str
    _beat: float = 0.0

    def __post_init__(self) -> None:
        self._presence = Presence(self.folder, self.writer, self.author)

    @property
    def _path(self) -> Path:
        return self.folder / "lease.json"

    def holder(self) -> dict[str, Any] | None:
        """Give who holds the lease, ``None`` if nobody who is alive does."""
        try:
            found = json.loads(self._path.read_bytes())
            return found if abs(time.time() - float(found["at"])) < ALIVE_S else None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def mine(self) -> bool:
        """Tell whether this writer holds the lease, or nobody does."""
        found = self.holder()
        return found is None or found.get("writer") == self.writer

    def take(self) -> None:
        """Take the lease or renew it, at most every third of its life; a disk that refuses is no obstacle.

        Who does not get it shows all the same that a writer is there.
        """
        self._presence.beat()
        if time.monotonic() - self._beat < ALIVE_S / 3 or not self.mine():
            return
        self._beat = time.monotonic()
        import platform

        said = {"host": platform.node(), "process": os.getpid(), "writer": self.writer, "author": self.author}
        with suppress(RembiError):
            replace(self._path, json.dumps({**said, "at": time.time()}).encode())

    def leave(self) -> None:
        """Give the lease back, if this writer holds it."""
        self._presence.leave()
        found = self.holder()
        if found is not None and found.get("writer") == self.writer:
            with suppress(OSError):
                self._path.unlink()
