"""Reading a dataset's headers by any executor: of threads, of processes, or somebody's cluster.

Paths go out in bundles and lines of JSON come back, the same as go between the scanner and its worker process. What
comes back is taken in the order it was asked for, so that a scan gives the same whoever reads.
"""

from __future__ import annotations

import json
import os
from collections import deque
from concurrent.futures import BrokenExecutor, CancelledError
from concurrent.futures import TimeoutError as TookLongerError
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._wire import Receiver, Sender, read_note

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Mapping, Sequence
    from concurrent.futures import Executor, Future
    from pathlib import Path

    from rembi_widgets.images._imagerecord import ImageRecord, Note
    from rembi_widgets.images._walk import Item

    Answer = tuple[Sequence[ImageRecord], Note | None]

BUNDLE = 32
"""Files an executor is given at a time."""
AHEAD = 64
"""Bundles that are given out before the first of them came back."""
TICK_S = 0.1
"""Seconds after which a waiting scan looks whether it was cancelled."""


def reached(folder: Path, item: Item) -> str:
    """Give where a file of the dataset lies, byte for byte."""
    return os.path.join(folder, *item.path.split("/"))  # noqa: PTH118 - byte-exact str


def told(receiver: Receiver, item: Item, said: Mapping[str, Any]) -> Answer:
    """Give the images that an answer tells of, or why there are none."""
    if "note" in said:
        return (), read_note(said["note"])
    return receiver.images(said, item.path, item.size_bytes, item.mtime), None


def answers(paths: Sequence[str]) -> list[bytes]:
    """Read a bundle of files: the work of an executor, which may run it in another process."""
    from rembi_widgets.images._read import read_image
    from rembi_widgets.images._worker import answer

    sender = Sender()
    return [answer(path, read_image, sender) for path in paths]


def read_in(executor: Executor, folder: Path, items: Sequence[Item], cancelled: threading.Event) -> Iterator[Answer]:
    """Read files by an executor, in their order; ends early if the executor breaks or the scan is cancelled."""
    bundles = deque(items[at : at + BUNDLE] for at in range(0, len(items), BUNDLE))
    under_way: deque[tuple[Sequence[Item], Future[list[bytes]]]] = deque()
    try:
        while bundles or under_way:
            while bundles and len(under_way) < AHEAD:
                bundle = bundles.popleft()
                under_way.append((bundle, executor.submit(answers, [reached(folder, item) for item in bundle])))
            bundle, future = under_way.popleft()
            lines = _waited(future, cancelled)
            if lines is None:
                return
            yield from _all_told(bundle, lines)
    except (BrokenExecutor, CancelledError, RuntimeError):
        return  # it broke, or somebody shut it down
    finally:
        for _, future in under_way:
            future.cancel()


def _waited(future: Future[list[bytes]], cancelled: threading.Event) -> list[bytes] | None:
    """Wait for a bundle; none if the scan was cancelled meanwhile."""
    while not cancelled.is_set():
        try:
            return future.result(TICK_S)
        except TookLongerError:
            if future.done():  # its own, not that of the wait
                raise BrokenExecutor from None
    future.cancel()
    return None


def _all_told(bundle: Sequence[Item], lines: Sequence[bytes]) -> Iterator[Answer]:
    receiver = Receiver()
    for item, line in zip(bundle, lines, strict=True):
        yield told(receiver, item, json.loads(line))
