"""Who is there: a small file for each writer, beaten every few seconds while somebody has the dataset open.

It guards nothing and locks nobody out. Hosts' clocks may differ by years, so none is asked: how old a sign of life is,
is told by the file system's own clock, the time of the own file when it was last beaten. Where no own file can be
written, a file counts as alive while its time is seen to move.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.store._disk import make_folder, replace

if TYPE_CHECKING:
    from collections.abc import Iterator

BEAT_S = 10.0
"""Seconds between two signs of life."""
ALIVE_S = 30.0
"""Seconds after its last sign of life for which a writer counts as there."""
STALE_S = 600.0
"""Seconds after which the file of a writer that ended without a word is taken away."""
LONGEST = 80
"""Letters of a name or a host that are shown: a file may hold anything."""
LARGEST = 4096
"""Bytes of a sign of life that are read."""


@dataclass(frozen=True)
class Present:
    """A writer that is there: its person, its host, and seconds since it last did something."""

    writer: str
    author: str
    host: str
    active_s: float


@dataclass
class Presence:
    """The people at one dataset, seen by one of its writers.

    Parameters
    ----------
    folder
        The ``.rembi`` folder.
    writer, author
        Who one is oneself.
    """

    folder: Path
    writer: str
    author: str
    _beaten: float = float("-inf")
    _clock: tuple[float, float] | None = None
    _seen: dict[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def _own(self) -> Path:
        return self.folder / "present" / f"{self.writer}.json"

    def beat(self) -> None:
        """Give a sign of life, at most every ``BEAT_S`` seconds; a disk that refuses is no obstacle."""
        if time.monotonic() - self._beaten < BEAT_S:
            return
        self._beaten = time.monotonic()
        import platform

        said = {"host": platform.node(), "process": os.getpid(), "author": self.author}
        with suppress(RembiError, OSError):
            make_folder(self._own.parent)
            replace(self._own, json.dumps(said).encode(errors="replace"))
            self._clock = (self._own.stat().st_mtime, time.monotonic())
            self._clean()

    def _now(self) -> float | None:
        """Give the file system's time, as far as it is known."""
        if self._clock is None:
            return None
        at, then = self._clock
        return at + time.monotonic() - then

    def others(self) -> tuple[Present, ...]:
        """Give who else is there, by name."""
        found = [self._present(writer, path) for writer, path in self._files() if writer != self.writer]
        return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.author, one.writer)))

    def _files(self) -> Iterator[tuple[str, Path]]:
        with suppress(OSError), os.scandir(self.folder / "present") as listing:
            for entry in listing:
                name, dot, kind = entry.name.rpartition(".")
                if dot and kind == "json" and name and not name.startswith("."):
                    yield name, Path(entry.path)

    def _present(self, writer: str, path: Path) -> Present | None:
        try:
            age = self._age(f"{writer} beat", path.stat().st_mtime)
            with path.open("rb") as handle:
                said = json.loads(handle.read(LARGEST))
            if age >= ALIVE_S or not isinstance(said, dict):
                return None
        except (OSError, ValueError, RecursionError):
            return None
        with suppress(OSError):
            age = min(age, self._age(f"{writer} wrote", self._journal(writer).stat().st_mtime))
        return Present(writer, _short(said.get("author")), _short(said.get("host")), age)

    def _journal(self, writer: str) -> Path:
        return self.folder / "journal" / f"{writer}.ndjson"

    def _age(self, name: str, at: float) -> float:
        """Give the seconds since a file was written: seen to move since the last look, or by the file system's clock.

        Where that clock is not known (nothing can be written here), the host's is all there is for the first look.
        """
        tick = time.monotonic()
        before = self._seen.get(name)
        if before is None:
            now = self._now()
            age = max(0.0, now - at) if now is not None else abs(time.time() - at)
            self._seen[name] = (at, tick - age)
        elif before[0] != at:
            self._seen[name] = (at, tick)
        return tick - self._seen[name][1]

    def _clean(self) -> None:
        now = self._now() or 0.0
        for writer, path in self._files():
            with suppress(OSError):
                if writer != self.writer and now - path.stat().st_mtime > STALE_S:
                    path.unlink()

    def leave(self) -> None:
        """Take the own sign of life away."""
        self._beaten, self._clock = float("-inf"), None
        with suppress(OSError):
            self._own.unlink()


def _short(said: Any) -> str:
    return "".join(letter for letter in said if letter.isprintable())[:LONGEST] if isinstance(said, str) else ""
