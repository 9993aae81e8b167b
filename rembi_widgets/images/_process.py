"""One worker process of a scan: its pipes, the clock that ends it when a file takes too long, and why it ended.

A few paths are always under way, so that the worker never waits; never more bytes than the smallest pipe holds, so
that both sides never wait for each other.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from rembi_widgets.errors import RembiError
from rembi_widgets.images._imagerecord import Note
from rembi_widgets.images._wire import Receiver

if TYPE_CHECKING:
    from collections.abc import Sequence

LIMIT_S = 20.0
"""Seconds a file may take."""
START_S = 60.0
"""Seconds a worker may take to start: a cold network drive is slow to import from."""
MEMORY = 4 * 1024**3
"""Bytes of memory the worker may take."""
PIPE = 4096
"""Bytes under way to the worker: what a pipe holds on every system."""
TICK_S = 0.1


class Worker:
    """One worker process, and the clock that ends it when a file takes too long."""

    def __init__(self, command: Sequence[str], limit_s: float) -> None:
        self.receiver = Receiver()
        self._limit_s = limit_s
        self._under_way: deque[int] = deque()
        self._unsent: list[bytes] = []
        self._bytes = 0
        self._hung = False
        self._busy_since: float | None = time.monotonic()
        self._limit = START_S
        self._closed = threading.Event()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the worker
        self._process = _start(command, self._said)
        self._ready = False
        threading.Thread(target=self._watch, name="rembi-scan-clock", daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    @property
    def has_enough(self) -> bool:
        """Whether paths wait for the worker; sent one by one, each would interrupt it in the midst of a file."""
        return self._bytes * 2 > PIPE

    def has_room(self, request: bytes) -> bool:
        """Tell whether a path may be sent before another one is read."""
        return not self._under_way or self._bytes + len(request) <= PIPE

    def put(self, request: bytes) -> None:
        """Take a path to be sent by the next ``send``."""
        if self._ready and not self._under_way:
            self._busy_since = time.monotonic()
        self._under_way.append(len(request))
        self._bytes += len(request)
        self._unsent.append(request)

    def send(self) -> None:
        """Write the paths taken. A worker that has ended takes everything: its answers tell that it has."""
        if self._unsent:
            with suppress(OSError):
                self._stdin.write(b"".join(self._unsent))
                self._stdin.flush()
            self._unsent.clear()

    def answer(self) -> dict[str, Any] | None:
        """Give the next answer, ``None`` if the worker has ended.

        Raises
        ------
        RembiError
            If the worker did not even start.
        """
        if not self._ready:
            self._wait_for_start()
        said = self._line()
        if said is not None:
            self._bytes -= self._under_way.popleft()
            self._busy_since = time.monotonic() if self._under_way else None
        return said

    def _wait_for_start(self) -> None:
        if self._line() is None:
            raise RembiError("scan.no_worker", reason=self._last_words())
        self._ready, self._limit, self._busy_since = True, self._limit_s, time.monotonic()

    def kill(self) -> None:
        """End the process."""
        with suppress(OSError):
            self._process.kill()

    def epitaph(self) -> Note:
        """Tell why the process ended over a file."""
        status = self._process.wait()
        if self._hung:
            return Note("scan.hung", {"seconds": f"{self._limit_s:g}"})
        return Note("scan.crashed", {"status": status})

    @property
    def _stdin(self) -> IO[bytes]:
        stream = self._process.stdin
        if stream is None:  # pragma: no cover - it was started with a pipe
            raise BrokenPipeError
        return stream

    def _line(self) -> dict[str, Any] | None:
        stream = self._process.stdout
        got = stream.readline() if stream is not None else b""
        if not got.endswith(b"\n"):
            return None
        try:
            said = json.loads(got)
        except ValueError:
            said = None
        return said if isinstance(said, dict) else None

    def _watch(self) -> None:
        while not self._closed.wait(min(TICK_S, self._limit / 4)):
            since = self._busy_since
            if since is not None and time.monotonic() - since > self._limit:
                self._hung = True
                self.kill()
                return

    def _last_words(self) -> str:
        self._said.seek(0)
        words = self._said.read().decode("utf-8", "replace").strip().splitlines()
        return words[-1][:200] if words else str(self._process.poll())

    def _close(self) -> None:
        """End the process if it has not ended, and leave nothing behind."""
        self._closed.set()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self.kill()
        self._process.wait()
        self._said.close()


def command(memory: int) -> list[str]:
    """Give the command of a worker; ``-P``: never import from the dataset if that is the current folder."""
    return [sys.executable, "-P", "-m", "rembi_widgets.images._worker", str(memory)]


def _start(command: Sequence[str], said: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a worker that finds the package where this process found it."""
    home = str(Path(__file__).resolve().parents[2])
    paths = [home, *(entry for entry in sys.path if entry)]
    quiet = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": ""}
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=said,
        env={**os.environ, **quiet, "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths))},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
