"""The process that reads headers: a file that hangs a reader or brings it down takes along this process and no other.

Started by the scanner as ``python -P -m rembi_widgets.images._worker``. It reads one path a line from standard input,
answers with one line on standard output (see ``_wire``), and ends when standard input does, which is when the scanner
is done or gone. Standard output belongs to the answers alone: whatever a library prints goes nowhere.
"""

from __future__ import annotations

import json
import os
import queue
import struct
import sys
import threading
from contextlib import suppress
from typing import IO, TYPE_CHECKING

from rembi_widgets.errors import RembiError
from rembi_widgets.images._imagerecord import Note
from rembi_widgets.images._walk import SNIFFED, begins_as_image, named_as_image
from rembi_widgets.images._wire import Sender, line, pack_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from rembi_widgets.images._imagerecord import ImageRecord

    Read = Callable[[Path], Iterable[ImageRecord]]

CHUNK = 65536
FAULTS = (
    OSError,
    ValueError,
    LookupError,
    ArithmeticError,
    TypeError,
    AttributeError,
    RuntimeError,
    EOFError,
    AssertionError,
    SyntaxError,
    struct.error,
)
"""What readers raise on broken files (tifffile an ``IndexError``, lxml a ``SyntaxError``); else the process ends."""


def answer(path: str, read: Read, sender: Sender) -> bytes:
    """Read one file and give the line that tells of it."""
    from pathlib import Path

    try:
        if not (named_as_image(path) or os.path.isdir(path) or _begins_as_image(path)):  # noqa: PTH112 - byte-exact str
            return line({"images": []})
        return sender.images(read(Path(path)))
    except RembiError as fault:
        return _refusal(Note(fault.key, fault.values))
    except MemoryError:
        return _refusal(Note("scan.memory"))
    except PermissionError as fault:
        return _refusal(Note("scan.refused", {"reason": fault.strerror or str(fault)}))
    except FAULTS as fault:
        return _refusal(Note("scan.broken", {"reason": f"{type(fault).__name__}: {fault}"[:200]}))


def _begins_as_image(path: str) -> bool:
    with open(path, "rb") as handle:  # noqa: PTH123 - byte-exact str
        return begins_as_image(handle.read(SNIFFED))


def _refusal(note: Note) -> bytes:
    return line({"note": pack_note(note)})


def serve(requests: IO[bytes], answers: IO[bytes], read: Read) -> None:
    """Answer paths until there are no more."""
    waiting: queue.SimpleQueue[list[bytes]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, waiting), daemon=True).start()
    sender = Sender()
    answers.write(line({"ready": True}))
    answers.flush()
    while True:
        for request in waiting.get():
            answers.write(answer(json.loads(request), read, sender))
            answers.flush()


def _listen(requests: IO[bytes], waiting: queue.SimpleQueue[list[bytes]]) -> None:
    """Pass lines on; at their end end the process, even in the midst of a file: nobody waits for it any more.

    Lines that arrive together are passed on together: each hand-over costs as much as reading a small file.
    """
    rest = b""
    while got := os.read(requests.fileno(), CHUNK):
        *lines, rest = (rest + got).split(b"\n")
        if lines:
            waiting.put(lines)
    os._exit(0)


def limit_memory(limit: int) -> None:
    """Let this process have so many bytes of memory at most, where the system can do that."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Give the pipes to and from the scanner, and point what libraries print to nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (1, 2):
        os.dup2(nowhere, number)
    return sys.stdin.buffer, answers


def main(read: Read | None = None) -> None:
    """Be the worker process; the first argument is the limit of memory in bytes."""
    if len(sys.argv) > 1:
        limit_memory(int(sys.argv[1]))
    from rembi_widgets.images import read_image

    serve(*take_pipes(), read or read_image)


if __name__ == "__main__":
    main()
