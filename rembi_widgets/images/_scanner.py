"""Reading all headers of a dataset while people work: in another process, with progress, cancel and a time limit.

Two threads serve a scan. One walks the folder, writes paths to the worker process and reads its answers; it waits in
the system most of the time. The other looks at the clock: a worker that takes too long over one file is ended, which
the first notices as the end of its answers. The file is then listed with the reason and a new worker goes on behind
it.

"""

from __future__ import annotations

import threading
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from rembi_widgets.errors import RembiError
from rembi_widgets.images._answers import reached, read_in, told
from rembi_widgets.images._parts import Known, Part, Read, Shapes, Todo
from rembi_widgets.images._process import LIMIT_S, MEMORY, Worker, command
from rembi_widgets.images._remembered import load, may_keep, save
from rembi_widgets.images._scan import Scan, ScanFile, without_companions
from rembi_widgets.images._walk import listings
from rembi_widgets.images._wire import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Executor

    from rembi_widgets.images._imagerecord import ImageRecord, Note
    from rembi_widgets.images._scan import Found


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
    executor
        Reads the headers in place of a worker process.
    cache
        Whether unchanged files are taken from what earlier scans read, and what is read is kept for later ones.

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
        executor: Executor | None = None,
        cache: bool = True,
    ) -> None:
        self.folder = Path(folder).resolve()
        self.read = 0
        self.total = 0
        self._limit_s = limit_s
        self._command = list(worker) if worker is not None else command(memory)
        self._executor = executor
        self._cached = cache and worker is None
        self._cancelled = threading.Event()
        self._ended = threading.Event()
        self._complete = False
        self._thread: threading.Thread | None = None
        self._fault: BaseException | None = None
        self._parts: list[Known | Part] = []
        self._events: deque[Read | Known] = deque()
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
        found: list[Read] = []
        with suppress(IndexError):
            while True:
                event = self._events.popleft()
                found += event.reads() if isinstance(event, Known) else [event]
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
        parts = tuple(self._parts)
        return Scan.later(self.folder, lambda: _made(parts), complete=self._complete)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()
        self._ended.wait()

    def _run(self) -> None:
        try:
            known = load(self.folder) if self._cached else {}
            items = self._start_and_list() if not known and self._executor is None else self._listed(known)
            if self._executor is not None:
                self._read_in(self._executor, items)
            while items and not self._cancelled.is_set():
                with self._new_worker() as worker:
                    self._read_by(worker, items)
            self._complete = not items and not self._cancelled.is_set()
            if self._cached and (len(known) < len(self._parts) or any(isinstance(part, Part) for part in self._parts)):
                save(self.folder, self._parts)
        except (RembiError, OSError, ValueError, TypeError, LookupError) as fault:
            self._fault = None if self._cancelled.is_set() else fault
        finally:
            self._ended.set()

    def _start_and_list(self) -> deque[Todo]:
        """List the folder while the first worker starts, and have that one read."""
        with self._new_worker() as worker:
            items = self._listed({})
            self._read_by(worker, items)
        return items

    def _new_worker(self) -> Worker:
        self._worker = Worker(self._command, self._limit_s)
        return self._worker

    def _listed(self, known: dict[str, Known]) -> deque[Todo]:
        """List the folder; give what must be read, and take what is known."""
        items: deque[Todo] = deque()
        shapes = Shapes()
        for listing in listings(self.folder):
            if self._cancelled.is_set():
                break
            held = known.get(listing.prefix)
            if held is not None and held.is_as(listing):
                self._parts.append(held)
                self._events.append(held)
                self.total += len(held.names)
                self.read += len(held.names)
                continue
            part = Part(listing)
            self._parts.append(part)
            for place in self._unknown(part, held, shapes):
                items.append(Todo(listing.item(place), part, place))
                self.total += items[-1].item.note is None
        return items

    def _unknown(self, part: Part, held: Known | None, shapes: Shapes) -> Iterator[int]:
        """Give the places of a folder's files that must be read; the others are entered."""
        listing = part.listing
        unchanged = held.unchanged(listing, shapes) if held is not None else {}
        for place, name in enumerate(listing.names):
            if name not in unchanged:
                yield place
                continue
            file, images = unchanged[name]
            part.put(place, file, images, kept=True)
            self._events.append(Read(file.path, file.images))
            self.total += 1
            self.read += 1

    def _read_in(self, executor: Executor, items: deque[Todo]) -> None:
        """Have an executor read; what is left, if it breaks, is for a worker process."""
        for todo in tuple(items):
            if todo.item.note is not None:
                self._take(todo, (), None)
        wanted = [todo for todo in items if todo.item.note is None]
        items.clear()
        items += wanted
        for records, note in read_in(executor, self.folder, [todo.item for todo in wanted], self._cancelled):
            self._take(items.popleft(), records, note)

    def _read_by(self, worker: Worker, items: deque[Todo]) -> None:
        """Have a worker read until nothing is left or it ends; the file it ended over is taken off the list."""
        sent: deque[Todo] = deque()
        while not self._cancelled.is_set():
            self._send(worker, items, sent)
            if not sent:
                return
            if sent[0].item.note is not None:
                self._take(sent.popleft(), (), None)
                continue
            said = worker.answer()
            if said is None:
                break
            todo = sent.popleft()
            self._take(todo, *told(worker.receiver, todo.item, said))
        if sent and not self._cancelled.is_set():
            self._take(sent.popleft(), (), worker.epitaph())
        items.extendleft(reversed(sent))

    def _send(self, worker: Worker, items: deque[Todo], sent: deque[Todo]) -> None:
        while items and not worker.has_enough:
            item = items[0].item
            if item.note is None:
                request = line(reached(self.folder, item))
                if not worker.has_room(request):
                    break
                worker.put(request)
            sent.append(items.popleft())
        worker.send()

    def _take(self, todo: Todo, images: Sequence[ImageRecord], note: Note | None) -> None:
        item = todo.item
        self.read += item.note is None
        note = item.note or note
        form = images[0].format if images else None
        file = ScanFile(item.path, item.kind, item.size_bytes, item.mtime, form, len(images), note)
        kept = self._cached and note is None and todo.place not in todo.part.listing.odd
        todo.part.put(todo.place, file, tuple(images), kept=kept and may_keep(item, images, time.time()))
        self._events.append(Read(item.path, len(images), note))


def _made(parts: Iterable[Known | Part]) -> Found:
    """Make the images and files of a scan."""
    shapes = Shapes()
    images: list[ImageRecord] = []
    files: list[ScanFile] = []
    for part in parts:
        for file, records in part.made(shapes):
            files.append(file)
            images += records
    return without_companions(images, files)
