"""Reading all headers of a dataset while people work: in a process of its own, with progress, cancel and a time limit a file.

Two threads serve a scan. One walks the folder, writes paths to the worker process and reads its answers; it waits in the
system most of the time. The other looks at the clock: a worker that takes too long over one file is ended, which the
first notices as the end of its answers. The file is then listed with the reason and a new worker goes on behind it.

A few paths are always under way, so that the worker never waits; never more bytes than the smallest pipe holds, so that both
sides never wait for each other.
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
from typing import IO, TYPE_CHECKING, NamedTuple, Self

from rembi_widgets.errors import RembiError
from rembi_widgets.images._imagerecord import Note
from rembi_widgets.images._scan import Scan, ScanFile
from rembi_widgets.images._walk import walk
from rembi_widgets.images._wire import Receiver, line, read_note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._walk import Item

LIMIT_S = 20.0
"""Seconds a file may take."""
START_S = 60.0
"""Seconds a worker may take to start: a cold network drive is slow to import from."""
MEMORY = 4 * 1024**3
"""Bytes of memory the worker may take."""
PIPE = 4096
"""Bytes under way to the worker: what a pipe holds on every system."""
TICK_S = 0.1


class Read(NamedTuple):
    """A file was read: how many images it holds, or why none could be read."""

    path: str
    images: int
    note: Note | None = None


class Scanner:
    """Reads the headers of all images of a dataset in a worker process.

    Parameters
    ----------
    folder
        The dataset.
    limit_s
        Seconds a file may take; then it is listed as unreadable.
    memory
        Bytes of memory the worker may take, where the system can limit that.
    worker
        Command that starts a worker; default this package's own.

    Attributes
    ----------
    read, total
        Files read so far, and files to read; ``total`` grows while the folder is being listed.
    """

    def __init__(
        self,
        folder: str | Path,
        *,
        limit_s: float = LIMIT_S,
        memory: int = MEMORY,
        worker: Sequence[str] | None = None,
    ) -> None:
        self.folder = Path(folder).resolve()
        self.read = 0
        self.total = 0
        self._limit_s = limit_s
        self._command = list(worker) if worker is not None else command(memory)
        self._cancelled = threading.Event()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._fault: BaseException | None = None
        self._images: list[ImageRecord] = []
        self._files: list[ScanFile] = []
        self._events: deque[Read] = deque()
        self._worker: _Worker | None = None

    @property
    def done(self) -> bool:
        """Whether all is read, or reading was cancelled or failed."""
        return self._ended.is_set()

    def start(self) -> None:
        """Begin to read; returns at once.

        Raises
        ------
        RembiError
            If there is no such folder.
        """
        if not self.folder.is_dir():
            raise RembiError("scan.no_folder", path=str(self.folder))
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="rembi-scan-read", daemon=True)
            self._thread.start()

    def events(self) -> tuple[Read, ...]:
        """Give what was read since the last call."""
        found = []
        with suppress(IndexError):
            while True:
                found.append(self._events.popleft())
        return tuple(found)

    def cancel(self) -> None:
        """Stop reading; what was read so far is kept."""
        self._cancelled.set()
        worker = self._worker
        if worker is not None:
            worker.kill()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end, at most so many seconds; tell whether it has come."""
        return self._ended.wait(seconds)

    def result(self) -> Scan:
        """Wait for the end and give what was found; ``complete`` tells whether reading was cancelled.

        Raises
        ------
        RembiError
            If there is no such folder, or no worker could be started.
        """
        self.start()
        self._ended.wait()
        if self._fault is not None:
            raise self._fault
        images, files = tuple(self._images), tuple(self._files)
        return Scan(folder=self.folder, images=images, files=files, complete=not self._cancelled.is_set())

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()
        self._ended.wait()

    def _run(self) -> None:
        try:
            self._read_all(self._listed())
        except (RembiError, OSError, ValueError, TypeError, LookupError) as fault:
            self._fault = fault
        finally:
            self._ended.set()

    def _listed(self) -> deque[Item]:
        items: deque[Item] = deque()
        for item in walk(self.folder):
            if self._cancelled.is_set():
                break
            items.append(item)
            self.total += item.note is None
        return items

    def _read_all(self, items: deque[Item]) -> None:
        while items and not self._cancelled.is_set():
            if items[0].note is not None:
                self._take(items.popleft(), (), None)
                continue
            with _Worker(self._command, self._limit_s) as worker:
                self._worker = worker
                if self._cancelled.is_set():
                    break
                self._read_by(worker, items)
                self._worker = None

    def _read_by(self, worker: _Worker, items: deque[Item]) -> None:
        """Have a worker read until nothing is left or it ends; the file it ended over is taken off the list."""
        sent: deque[Item] = deque()
        while not self._cancelled.is_set():
            self._send(worker, items, sent)
            if not sent:
                return
            if sent[0].note is not None:
                self._take(sent.popleft(), (), None)
                continue
            said = worker.answer()
            if said is None:
                break
            item = sent.popleft()
            if "note" in said:
                self._take(item, (), read_note(said["note"]))
            else:
                place = (item.path, item.size_bytes, item.mtime)
                self._take(item, worker.receiver.images(said, *place), None)
        if sent and not self._cancelled.is_set():
            self._take(sent.popleft(), (), worker.epitaph())
        items.extendleft(reversed(sent))

    def _send(self, worker: _Worker, items: deque[Item], sent: deque[Item]) -> None:
        while items:
            note, request = items[0].note, b""
            if note is None:
                request = line(os.path.join(self.folder, *items[0].path.split("/")))  # noqa: PTH118 - byte-exact str
                if not worker.send(request):
                    return
            sent.append(items.popleft())

    def _take(self, item: Item, images: Sequence[ImageRecord], note: Note | None) -> None:
        self.read += item.note is None
        note = item.note or note
        form = images[0].format if images else None
        self._files.append(ScanFile(item.path, item.kind, item.size_bytes, item.mtime, form, len(images), note))
        self._images += images
        self._events.append(Read(item.path, len(images), note))


class _Worker:
    """One worker process, and the clock that ends it when a file takes too long."""

    def __init__(self, command: Sequence[str], limit_s: float) -> None:
        self.receiver = Receiver()
        self._limit_s = limit_s
        self._under_way: deque[int] = deque()
        self._bytes = 0
        self._hung = False
        self._busy_since: float | None = time.monotonic()
        self._limit = START_S
        self._closed = threading.Event()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the worker
        self._process = _start(command, self._said)
        threading.Thread(target=self._watch, name="rembi-scan-clock", daemon=True).start()
        if self._line() is None:
            reason = self._last_words()
            self._close()
            raise RembiError("scan.no_worker", reason=reason)
        self._limit, self._busy_since = limit_s, None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def send(self, request: bytes) -> bool:
        """Write a path; tell whether there was room for it. A worker that has ended takes everything."""
        if self._under_way and self._bytes + len(request) > PIPE:
            return False
        if not self._under_way:
            self._busy_since = time.monotonic()
        self._under_way.append(len(request))
        self._bytes += len(request)
        with suppress(OSError):
            self._stdin.write(request)
            self._stdin.flush()
        return True

    def answer(self) -> Mapping[str, object] | None:
        """Give the next answer, ``None`` if the worker has ended."""
        said = self._line()
        if said is not None:
            self._bytes -= self._under_way.popleft()
            self._busy_since = time.monotonic() if self._under_way else None
        return said

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

    def _line(self) -> dict[str, object] | None:
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
