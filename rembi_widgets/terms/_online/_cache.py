"""Answers kept on disk for a month; a folder that cannot be written, or a file that is broken, only means none."""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from rembi_widgets.terms._online._answers import OnlineTerm

if TYPE_CHECKING:
    from pathlib import Path

MOST = 5_000
"""Answers that are kept; the oldest go first."""


class AnswerCache:
    """Answers by the question that brought them.

    Parameters
    ----------
    path
        The file; made at the first answer.
    keep
        Seconds for which an answer is good.
    """

    def __init__(self, path: Path, keep: float) -> None:
        self._path = path
        self._keep = keep
        self._lock = threading.Lock()

    def get(self, key: str, now: float) -> tuple[OnlineTerm, ...] | None:
        """Give the answer to a question, if there is one young enough."""
        if not self._path.is_file():
            return None
        with self._lock, suppress(sqlite3.Error, OSError, ValueError, TypeError, KeyError):
            with closing(self._open()) as base:
                row = base.execute("SELECT terms, at FROM answer WHERE key = ?", (key,)).fetchone()
            if row is not None and now - self._keep <= row[1] <= now:
                said = json.loads(row[0])
                return tuple(OnlineTerm(**{**one, "names": tuple(one["names"])}) for one in said)
        return None

    def put(self, key: str, terms: tuple[OnlineTerm, ...], now: float) -> None:
        """Keep an answer."""
        said = json.dumps([term.to_json() for term in terms], ensure_ascii=False)
        with self._lock, suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._write(key, said, now)
            except sqlite3.DatabaseError:
                with suppress(sqlite3.Error):
                    self._path.unlink(missing_ok=True)
                    self._write(key, said, now)

    def count(self) -> int:
        """Tell how many answers are kept."""
        if self._path.is_file():
            with self._lock, suppress(sqlite3.Error, OSError), closing(self._open()) as base:
                return int(base.execute("SELECT count(*) FROM answer").fetchone()[0])
        return 0

    def _write(self, key: str, said: str, now: float) -> None:
        with closing(self._open()) as base, base:
            base.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", (key, now, said))
            base.execute(
                "DELETE FROM answer WHERE at < ? OR key NOT IN (SELECT key FROM answer ORDER BY at DESC LIMIT ?)",
                (now - self._keep, MOST),
            )

    def _open(self) -> sqlite3.Connection:
        base = sqlite3.connect(self._path, timeout=1)
        base.execute("CREATE TABLE IF NOT EXISTS answer (key TEXT PRIMARY KEY, at REAL, terms TEXT) WITHOUT ROWID")
        return base
