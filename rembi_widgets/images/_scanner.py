"""Reading all headers of a dataset while people work: in another process, with progress, cancel and a time limit.

Two threads serve a scan. One walks the folder, writes paths to the worker process and reads its answers; it waits in
the system most of the time. The other looks at the clock: a worker that takes too long over one file is ended, which
the first notices as the end of its answers. The file is then listed with the reason and a new worker goes on behind
it.

"""

from __future__ import annotations

import os
import threading
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from rembi_widgets.errors import RembiError
from rembi_widgets.images._process import LIMIT_S, MEMORY, Worker, command
from rembi_widgets.images._scan import Scan, ScanFile, without_companions
from rembi_widgets.images._walk import walk
from rembi_widgets.images._wire import line, read_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rembi_widgets.images._imagerecord import ImageRecord, Note
    from rembi_widgets.images._walk import Item


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
        self._complete = False
        self._thread: threading.Thread | None = None
        self._fault: BaseException | None = None
        self._images: list[ImageRecord] = []
        self._files: list[ScanFile] = []
        self._events: deque[Read] = deque()
        self._worker: Worker | None = None

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
        images, files = without_companions(self._images, self._files)
        return Scan(folder=self.folder, images=images, files=files, complete=self._complete)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()
        self._ended.wait()

    def _run(self) -> None:
        try:
            with self._new_worker() as worker:  # it starts while the folder is listed
                items = self._listed()
                self._read_by(worker, items)
            while items and not self._cancelled.is_set():
                with self._new_worker() as worker:
                    self._read_by(worker, items)
            self._complete = not items and not self._cancelled.is_set()
        except (RembiError, OSError, ValueError, TypeError, LookupError) as fault:
            self._fault = None if self._cancelled.is_set() else fault
        finally:
            self._ended.set()

    def _new_worker(self) -> Worker:
        self._worker = Worker(self._command, self._limit_s)
        return self._worker

    def _listed(self) -> deque[Item]:
        items: deque[Item] = deque()
        for item in walk(self.folder):
            if self._cancelled.is_set():
                break
            items.append(item)
            self.total += item.note is None
        return items

    def _read_by(self, worker: Worker, items: deque[Item]) -> None:
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

    def _send(self, worker: Worker, items: deque[Item], sent: deque[Item]) -> None:
        while items and not worker.has_enough:
            if items[0].note is None:
                request = line(os.path.join(self.folder, *items[0].path.split("/")))  # noqa: PTH118 - byte-exact str
                if not worker.has_room(request):
                    break
                worker.put(request)
            sent.append(items.popleft())
        worker.send()

    def _take(self, item: Item, images: Sequence[ImageRecord], note: Note | None) -> None:
        self.read += item.note is None
        note = item.note or note
        form = images[0].format if images else None
        self._files.append(ScanFile(item.path, item.kind, item.size_bytes, item.mtime, form, len(images), note))
        self._images += images
        self._events.append(Read(item.path, len(images), note))
