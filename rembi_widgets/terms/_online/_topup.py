"""The top-up: a view asks and goes on at once; what the service knows arrives later, or never.

One thread, one question under way. A question that comes meanwhile takes the place of the one that waits, and an answer
that is no longer the newest is dropped. Nothing here makes the person wait: ``ask`` only leaves a note.
"""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from rembi_widgets.terms._online._client import Client, OnlineAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

IDLE = 30.0
"""Seconds after which the thread goes; the next question starts another."""


class TopUp:
    """Asks the online service beside the local search.

    Parameters
    ----------
    on_answer
        Is called in the top-up's own thread with each answer that is still the newest. What the service is not asked,
        because it is switched off or the query is too short, has no answer.
    client
        Default: the one of this process, so that all views share its manners.

    Examples
    --------
    >>> from rembi_widgets.terms import TopUp
    >>> top_up = TopUp(print)
    >>> top_up.close()
    """

    def __init__(self, on_answer: Callable[[OnlineAnswer], object], *, client: Client | None = None) -> None:
        self._on_answer = on_answer
        self._client = client
        self._turn = threading.Condition()
        self._note: tuple[int, str, str] | None = None
        self._newest = 0
        self._closed = False
        self._thread: threading.Thread | None = None

    def ask(self, query: str, field: str) -> int:
        """Leave a question and give its number; an answer carries it. Takes microseconds, whatever the network does."""
        idle = (self._client or shared()).idle(query, field)
        with self._turn:
            self._newest += 1
            self._note = None if self._closed or idle else (self._newest, query, field)
            if self._note is None:
                return self._newest
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="rembi-top-up", daemon=True)
                self._thread.start()
            self._turn.notify()
            return self._newest

    def forget(self) -> None:
        """Drop what was asked: the person has chosen, or gone elsewhere."""
        with self._turn:
            self._newest += 1
            self._note = None

    def close(self) -> None:
        """Ask and answer no more."""
        with self._turn:
            self._closed, self._note = True, None
            self._newest += 1
            self._turn.notify()

    def _work(self) -> None:
        try:
            while (note := self._next()) is not None:
                self._answer(*note)
        finally:  # also when the view's own function fails: the next question starts another thread
            with self._turn:
                if self._thread is threading.current_thread():
                    self._thread = None

    def _answer(self, seq: int, query: str, field: str) -> None:
        client = self._client or shared()
        answer = client.answer(query, field, seq, wanted=partial(self._is_newest, seq))
        if self._is_newest(seq):
            self._on_answer(answer)

    def _next(self) -> tuple[int, str, str] | None:
        with self._turn:
            if self._note is None and not self._closed:
                self._turn.wait(IDLE)
            note, self._note = self._note, None
            if note is None:
                self._thread = None
            return note

    def _is_newest(self, seq: int) -> bool:
        with self._turn:
            return seq == self._newest and not self._closed


_shared: list[Client] = []
_sharing = threading.Lock()


def shared() -> Client:
    """Give the client that all views of this process share."""
    with _sharing:
        if not _shared:
            _shared.append(Client())
        return _shared[0]


def forget_shared() -> None:
    """Let the shared client go: the next question reads the settings again."""
    with _sharing:
        _shared.clear()


def online(query: str, field: str, *, wait: float | None = None) -> OnlineAnswer:
    """Ask the online service and wait for its answer: for scripts, not for views.

    Parameters
    ----------
    query, field
        As for ``search``.
    wait
        Seconds at most; ``None`` for as long as the limits of one question allow.

    Returns
    -------
    OnlineAnswer
        Its ``state`` tells why there is no answer, if there is none; nothing is raised.
    """
    idle = shared().idle(query, field)
    if idle is not None:
        return OnlineAnswer(0, query, field, idle)
    arrived: list[OnlineAnswer] = []
    done = threading.Event()

    def take(answer: OnlineAnswer) -> None:
        arrived.append(answer)
        done.set()

    top_up = TopUp(take)
    seq = top_up.ask(query, field)
    limits = shared().settings.limits
    done.wait(limits.connect + limits.whole if wait is None else wait)
    top_up.close()
    return arrived[0] if arrived else OnlineAnswer(seq, query, field, "failed")
