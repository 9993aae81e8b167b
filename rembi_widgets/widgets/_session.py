"""A session: one open curation, the views that show it, and what they ask for.

Views send messages ``{"kind", "req", ...}``; the answer repeats ``req``. A view that attaches gets a snapshot; then
every change, whoever made it, is broadcast as a numbered patch. Work that takes time (previews, checks, scans) runs
in one worker thread, so that a keystroke's answer is quick meanwhile.
"""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.locale import text
from rembi_widgets.store import DiskError
from rembi_widgets.widgets._snapshot import marks_json, patch, record_json, table_sizes
from rembi_widgets.widgets._watch import Watch
from rembi_widgets.widgets._writers import conflicts_json, told_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rembi_widgets.record import Change, Conflict, Curation
    from rembi_widgets.store import OpenCuration

    Send = Callable[[Mapping[str, Any], list[bytes]], None]
    Handler = Callable[["Session", Mapping[str, Any], list[bytes]], "Answer"]

Answer = tuple[dict[str, Any], list[bytes]] | dict[str, Any] | None

CHECK_REST_S = 0.15
"""Seconds without a change after which the checks run: long enough to skip the middle of a burst."""
REMEMBERED = 1000
"""Changes of others that are known by the number under which views were told of them."""


class Session:
    """One curation and the views on it.

    Parameters
    ----------
    curation
        An open curation, or a function that opens it when the first view is shown.
    lang
        Language of messages at the start; each view asks for texts in its own.
    """

    def __init__(self, curation: OpenCuration | Callable[[], OpenCuration], *, lang: str | None = None) -> None:
        self._given = curation
        self._open: OpenCuration | None = None
        self._shown: Curation | None = None
        self._views: list[Send] = []
        self._lock = threading.RLock()
        self._timer: threading.Timer | None = None
        self._workers: dict[str, ThreadPoolExecutor] = {}
        self.lang = lang
        self.seq = 0
        self.extra: dict[str, Any] = {}
        self.watch = Watch(self)
        self._theirs: deque[tuple[int, str]] = deque(maxlen=REMEMBERED)
        self._conflicts: tuple[Conflict, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the curation was opened already."""
        return self._open is not None

    @property
    def curation(self) -> OpenCuration:
        """The curation; opened at the first use."""
        with self._lock:
            if self._open is None:
                self.take(self._given if not callable(self._given) else self._given())
            opened = self._open
        if opened is None:  # pragma: no cover - take() has just set it
            raise RembiError("ui.no_curation")
        return opened

    def take(self, curation: OpenCuration) -> None:
        """Show another curation from now on; views are sent a new snapshot."""
        with self._lock:
            if self._open is not None:
                self._open.close()
            self._open = curation
            self._shown = curation.record
            self._conflicts = curation.conflicts
            self._theirs.clear()
            curation.on_change(self._changed)
        self.broadcast({"kind": "renew"})

    def attach(self, send: Send) -> Callable[[], None]:
        """Have a view told of changes; give the function that ends this."""
        self._views.append(send)
        return lambda: self._views.remove(send) if send in self._views else None

    def broadcast(self, message: Mapping[str, Any], buffers: list[bytes] | None = None) -> None:
        """Send a message to every view."""
        for send in tuple(self._views):
            send(message, buffers or [])

    def _changed(self, change: Change) -> None:
        with self._lock:
            opened = self.curation
            before, after = self._shown, opened.record
            if before is None:
                return
            self._shown = after
            self.seq += 1
            by = told_of(change, opened)
            if by is not None:
                self._theirs.append((self.seq, change.id))
            said = {"kind": "patch", "seq": self.seq, **patch(before, after, [change]), **self.state(), "by": by}
            self.broadcast(said)
            self._tell_conflicts(opened.conflicts)
        self.check_soon()

    def _tell_conflicts(self, now: tuple[Conflict, ...]) -> None:
        if now != self._conflicts:
            self._conflicts = now
            self.broadcast({"kind": "conflicts", "conflicts": conflicts_json(now)})

    def unseen(self, since: object) -> tuple[str, ...]:
        """Give the changes of others that a view had not been told when it was at a number; none if it names none."""
        return tuple(change for seq, change in self._theirs if seq > since) if isinstance(since, int) else ()

    def state(self) -> dict[str, Any]:
        """Give what changes with every change: undo, redo, when it was saved."""
        opened = self.curation
        saved = opened.history[-1].at if opened.history else None
        return {"undo": opened.can_undo, "redo": opened.can_redo, "saved": saved}

    def snapshot(self) -> dict[str, Any]:
        """Give all a view needs to begin: the record without its tables."""
        opened = self.curation
        record = opened.record
        return {
            "folder": str(opened.folder) if opened.folder else None,
            "title": opened.folder.name if opened.folder else "",
            "record": record_json(record),
            "marks": marks_json(record),
            "tables": table_sizes(record),
            "report": [str(finding.message(self.lang)) for finding in opened.reports],
            "conflicts": conflicts_json(opened.conflicts),
            "people": self.watch.people,
            "scan": self.extra.get("progress") or {"state": "idle"},
            **self.state(),
        }

    def handle(self, message: Mapping[str, Any], buffers: list[bytes], send: Send) -> None:
        """Answer a view's message; a fault becomes a sentence, never a traceback."""
        from rembi_widgets.widgets._handlers import HANDLERS, SLOW

        kind = str(message.get("kind"))
        handler = HANDLERS.get(kind)
        if handler is None:
            return
        if kind in SLOW:
            self.worker(SLOW[kind]).submit(self._answer, handler, message, buffers, send)
        else:
            self._answer(handler, message, buffers, send)

    def worker(self, name: str) -> ThreadPoolExecutor:
        """Give the thread that does work of a name, one job after the other."""
        if name not in self._workers:
            self._workers[name] = ThreadPoolExecutor(1, thread_name_prefix=f"rembi-{name}")
        return self._workers[name]

    def _answer(self, handler: Handler, message: Mapping[str, Any], buffers: list[bytes], send: Send) -> None:
        req, out = message.get("req"), list[bytes]()
        try:
            answer = handler(self, message, buffers)
            if isinstance(answer, tuple):
                answer, out = answer
        except RembiError as fault:
            again = isinstance(fault, DiskError)  # what was typed is not wrong: once there is room it is written
            answer = {"kind": "refused", "message": fault.say(self.lang), "again": again}
        except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as fault:
            reason = f"{type(fault).__name__}: {fault}"
            answer = {"kind": "refused", "message": text("ui.failed", self.lang, reason=reason)}
        if answer is not None:
            send({"kind": message.get("kind"), **answer, "req": req}, out)

    def check_soon(self) -> None:
        """Run the checks once changes rest, and send what they found."""
        if not self._views:
            return
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(CHECK_REST_S, lambda: self.worker("checks").submit(self.check_now))
            self._timer.daemon = True
            self._timer.start()

    def check_now(self) -> None:
        """Run the checks and send what they found."""
        from rembi_widgets.widgets._progress import report

        self.broadcast({"kind": "findings", "seq": self.seq, **report(self.curation, self.lang)})

    def close(self) -> None:
        """Close the curation and end the threads."""
        self.watch.stop()
        if (comparing := self.extra.get("comparing")) is not None:
            comparing.set()  # a large dataset is read for minutes
        for name in list(self._workers):
            self._workers.pop(name).shutdown(wait=False, cancel_futures=True)
        if self._timer is not None:
            self._timer.cancel()
        if self._open is not None:
            self._open.close()
