"""Asking the online service, with manners: not while it rests, nor while it said to wait, nor twice for one thing."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode

from rembi_widgets.terms import _http
from rembi_widgets.terms._layers._packs import cache_folder
from rembi_widgets.terms._online._answers import read_answer
from rembi_widgets.terms._online._cache import AnswerCache
from rembi_widgets.terms._online._settings import Settings, asked_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rembi_widgets.terms._online._answers import OnlineTerm

State = Literal["ok", "off", "short", "resting", "failed", "stale"]
"""
How a question ended: answered (perhaps with nothing), switched off, too short to ask, the service is left alone for a
while, it failed, or a newer question came first.
"""

LEAST, LONGEST, ROWS = 3, 100, 20
"""Letters a question has at least and at most, and terms asked for."""
WAIT = 3600.0
"""Longest wait that a service can ask for, in seconds."""
_FIELDS = "id,iri,label,short_form,obo_id,ontology_name,ontology_prefix,description,synonym,type,is_defining_ontology"
_SYNTAX = re.compile(r'[+\-&|!(){}\[\]^"~*?:\\/<>;\x00-\x1f]+')
_BUSY = (429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class OnlineAnswer:
    """An answer of the online service, or why there is none.

    Attributes
    ----------
    seq
        Number of the question, as ``ask`` gave it.
    state
        How it ended.
    terms
        What was found, best first.
    cached
        Whether it was answered without the network.
    """

    seq: int
    query: str
    field: str
    state: State
    terms: tuple[OnlineTerm, ...] = ()
    cached: bool = False


class Client:
    """The online service, asked by one thread at a time.

    Parameters
    ----------
    settings
        Default: those of this process.
    clock, sleep
        Seconds since some moment, and a wait; tests bring their own.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self.settings = settings or Settings.here()
        self.cache = AnswerCache(cache_folder() / "online.sqlite", self.settings.keep)
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0
        self._last: State | Literal["never"] = "never"

    def state(self) -> dict[str, Any]:
        """Tell how the service stands: on or off, how the last question ended, seconds for which it is left alone."""
        left = max(0.0, self._until - self._clock())
        return {"on": self.settings.on, "url": self.settings.base, "last": self._last, "resting": round(left)}

    def idle(self, query: str, field: str) -> Literal["off", "short"] | None:
        """Tell why a question is none for the service, or ``None``; takes microseconds."""
        if not self.settings.on or not asked_of(field)[0]:
            return "off"
        return "short" if len(plain_query(query).replace(" ", "")) < LEAST else None

    def answer(self, query: str, field: str, seq: int = 0, *, wanted: Callable[[], bool] | None = None) -> OnlineAnswer:
        """Answer a question from what is kept, else by asking; never raises, and waits as long as the limits say.

        Parameters
        ----------
        wanted
            Tells whether the answer is still waited for: if not, nothing is asked, and what was refused is not
            asked once more. By default it is asked, and once only.
        """
        idle = self.idle(query, field)
        if idle is not None:
            return OnlineAnswer(seq, query, field, idle)
        prefixes, branches = asked_of(field)
        url = self._url(plain_query(query), prefixes, branches)
        kept = self.cache.get(url, time.time())
        if kept is not None:
            return OnlineAnswer(seq, query, field, "ok", kept, cached=True)
        with self._lock:
            if wanted is not None and not wanted():
                return OnlineAnswer(seq, query, field, "stale")
            state, terms = self._asked(url, prefixes, wanted)
        self._last = state
        return OnlineAnswer(seq, query, field, state, terms)

    def _url(self, plain: str, prefixes: Mapping[str, str], branches: tuple[str, ...]) -> str:
        asked = {
            "q": plain,
            "ontology": ",".join(sorted(prefixes)),
            "type": "class",
            "rows": str(ROWS),
            "obsoletes": "false",
            "local": "true",
            "fieldList": _FIELDS,
        }
        if branches:
            asked["allChildrenOf"] = ",".join(branches)
        return f"{self.settings.base}/select?{urlencode(sorted(asked.items()))}"

    def _asked(
        self, url: str, prefixes: Mapping[str, str], wanted: Callable[[], bool] | None
    ) -> tuple[State, tuple[OnlineTerm, ...]]:
        if self._clock() < self._until:
            return "resting", ()
        reply = self._get(url)
        if reply is not None and reply.status in _BUSY:
            wait = self._wait(reply)
            if wait <= self.settings.retry and wanted is not None and wanted():
                self._sleep(wait)
                reply = self._get(url)
        if reply is not None and reply.status in _BUSY:
            self._until = self._clock() + self._wait(reply)
        terms = read_answer(reply.body, prefixes) if reply is not None and reply.status == 200 else None  # noqa: PLR2004
        if terms is None:
            self._failed()
            return "failed", ()
        self._failures, self._until = 0, 0.0
        self.cache.put(url, terms, time.time())
        return "ok", terms

    def _get(self, url: str) -> _http.Reply | None:
        try:
            return _http.get(url, limits=self.settings.limits, headers={"Accept": "application/json"})
        except _http.HttpError:
            return None

    def _failed(self) -> None:
        self._failures += 1
        if self._failures >= self.settings.failures:
            self._failures = 0
            self._until = max(self._until, self._clock() + self.settings.rest)

    def _wait(self, reply: _http.Reply) -> float:
        """Give the seconds that a refusal asks to wait: a number, or a date (RFC 9110, section 10.2.3)."""
        said = reply.headers.get("retry-after", "").strip()
        if said.isascii() and said.isdigit():
            return min(float(said[:9]), WAIT)
        try:
            return min(max(0.0, parsedate_to_datetime(said).timestamp() - time.time()), WAIT)
        except (ValueError, TypeError, OverflowError):
            return self.settings.pause if reply.status in {429, 503} else 0.0


def plain_query(query: str) -> str:
    """Give a question without what the service's search language would take for a command.

    Examples
    --------
    >>> plain_query("  Hep-G2 (human) OR *:* ")
    'Hep G2 human OR'
    """
    return " ".join(_SYNTAX.sub(" ", query[: LONGEST * 2]).split())[:LONGEST].rstrip()
