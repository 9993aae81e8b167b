"""Where the index lives: a file in the user's cache, or memory where that cannot be written.

A file is known by its format and by the versions of its layers, is made beside its place and moved there whole, and is
then opened for reading only, by any number of processes. One that cannot be read is made again.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
import time
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rembi_widgets.terms._index import CODES, FORMAT, POOL, build

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rembi_widgets.terms._layer import Layer

GIVEN_UP = 1800.0
"""Seconds after which a process that began to make a file is taken for dead."""
KEPT = 4
"""Files of other layers that are left where they are: another environment may use them."""


def folder() -> Path:
    """Give the folder of the index: ``REMBI_CACHE``, else the user's cache."""
    from platformdirs import user_cache_dir

    return Path(os.environ.get("REMBI_CACHE") or user_cache_dir("rembi_widgets", appauthor=False))


class Index:
    """The index of some layers, opened for reading.

    Attributes
    ----------
    path
        Its file; ``None`` in memory.
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers = layers
        self._lock = threading.Lock()
        self._pools: dict[int, tuple[list[int], list[str]]] = {}
        self._vocabularies: dict[int, frozenset[str]] = {}
        self.path: Path | None = file_of(layers)
        self._connection = self._opened(self.path)

    def __repr__(self) -> str:
        return f"Index({[layer.name for layer in self._layers]}, {self.path or 'memory'})"

    def rows(self, question: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Ask; an index found broken is made again first."""
        with self._lock:
            try:
                return self._connection.execute(question, values).fetchall()
            except sqlite3.DatabaseError:
                self._mend()
                return self._connection.execute(question, values).fetchall()

    def pool(self, part: int) -> tuple[list[int], list[str]]:
        """Give the names of a part in which slips are looked for: their keys, and the names folded."""
        if part not in self._pools:
            asked = (
                "SELECT name.key, folded FROM (SELECT name, weight FROM key WHERE part = ? AND key >= 'z:' "
                "ORDER BY weight DESC LIMIT ?) best JOIN name ON name.key = best.name"
            )
            found = self.rows(asked, (part, POOL))
            self._pools[part] = ([key for key, _ in found], [folded for _, folded in found])
        return self._pools[part]

    def vocabulary(self, part: int) -> frozenset[str]:
        """Give the words of the pool of a part that are long enough to be mistyped."""
        if part not in self._vocabularies:
            _, names = self.pool(part)
            self._vocabularies[part] = frozenset(word for name in names for word in name.split() if len(word) > 3)  # noqa: PLR2004
        return self._vocabularies[part]

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    @staticmethod
    def is_made(layers: Sequence[Layer]) -> bool:
        """Say whether the file of these layers is there."""
        return file_of(layers).is_file()

    def _opened(self, path: Path | None) -> sqlite3.Connection:
        found = None if path is None else _read(path)
        if found is None and path is not None and _make(path, self._layers):
            found = _read(path)
        if found is None:
            self.path = None
            found = sqlite3.connect(":memory:", check_same_thread=False)
            build(found, self._layers)
        return found

    def _mend(self) -> None:
        broken, path = self._connection, self.path
        with suppress(sqlite3.Error):
            broken.close()
        if path is not None:
            with suppress(OSError):
                path.unlink()
        self._pools.clear()
        self._vocabularies.clear()
        self._connection = self._opened(path)


def file_of(layers: Sequence[Layer]) -> Path:
    """Give the file of the index of these layers, made or not."""
    return folder() / f"terms-{_digest(layers)}.sqlite"


@contextmanager
def claim(path: Path) -> Iterator[bool]:
    """Say whether this process may make a file that takes long: no other has begun to, or it was given up."""
    lock = path.with_suffix(".lock")
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        if lock.exists() and time.time() - lock.stat().st_mtime > GIVEN_UP:
            lock.unlink(missing_ok=True)
        lock.touch(exist_ok=False)
    except OSError:
        yield False
        return
    try:
        yield True
    finally:
        with suppress(OSError):
            lock.unlink()


def _digest(layers: Sequence[Layer]) -> str:
    told = blake2b(f"{FORMAT}\0{sorted(CODES.items())}".encode(), digest_size=8)
    for layer in layers:
        told.update(f"\0{layer.name}\0{layer.version}".encode())
    return told.hexdigest()


def _read(path: Path) -> sqlite3.Connection | None:
    """Open a file that is whole; ``None`` if it is not there, or is not what it should be."""
    if not path.is_file():
        return None
    try:
        found = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        whole = found.execute("SELECT value FROM meta WHERE name = 'complete'").fetchone()
    except sqlite3.Error:
        return None
    if whole == (str(FORMAT),):
        return found
    found.close()
    return None


def _make(path: Path, layers: Sequence[Layer]) -> bool:
    """Make the file whole and move it to its place; say whether that could be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(prefix=f"{path.stem}-", suffix=".making", dir=path.parent)
        os.close(handle)
    except OSError:
        return False
    try:
        with closing(sqlite3.connect(made)) as connection:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            build(connection, layers)
        Path(made).replace(path)
    except (OSError, sqlite3.Error):
        return False
    finally:
        with suppress(OSError):
            Path(made).unlink()
    _tidy(path)
    return True


def _tidy(path: Path) -> None:
    with suppress(OSError):
        others = [one for one in path.parent.glob("terms-*.sqlite") if one != path]
        for old in sorted(others, key=lambda one: one.stat().st_mtime, reverse=True)[KEPT:]:
            old.unlink()
