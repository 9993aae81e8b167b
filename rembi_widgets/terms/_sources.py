"""The layers that are there, and the index made of them.

What comes with the package is indexed in less than a second, when it is first asked. Further layers may hold a million
names: their index is made once by a process of its own, and until that is done the package's own vocabulary answers.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from rembi_widgets.terms._starter import StarterLayer

if TYPE_CHECKING:
    from rembi_widgets.terms._index_store import Index
    from rembi_widgets.terms._layer import Layer

MORE = "rembi_widgets.terms._layers"
"""The package that holds further layers; its ``layers()`` gives those that are there, the first choice first."""
MAKE = "from rembi_widgets.terms._sources import make; make()"


@dataclass
class _Now:
    """The index in use, and the process that makes a larger one, if there is one."""

    index: Index | None = None
    maker: subprocess.Popen[bytes] | None = None


_lock = threading.Lock()
_now = _Now()


def layers() -> tuple[Layer, ...]:
    """Give the layers that are there: what comes with the package first."""
    further = import_module(MORE).layers() if find_spec(MORE) else ()
    return (StarterLayer(), *further)


def index() -> Index:
    """Give the index: of all layers if it is made, else of what comes with the package."""
    if _now.index is None or (_now.maker is not None and _now.maker.poll() is not None):
        with _lock:
            _choose()
    assert _now.index is not None  # noqa: S101 - it was chosen above
    return _now.index


def making() -> bool:
    """Say whether the index of all layers is being made; until then the package's own vocabulary answers."""
    index()
    return _now.maker is not None


def make() -> None:
    """Make the index of all layers, unless another process is about it."""
    from rembi_widgets.terms._index_store import Index, claim, file_of

    wanted = layers()
    with claim(file_of(wanted)) as mine:
        if mine:
            Index(wanted).close()


def forget() -> None:
    """Let the index go, so that the next question sees layers that came or went."""
    with _lock:
        _now.index = _now.maker = None


def _choose() -> None:
    from rembi_widgets.terms._index_store import Index

    wanted = layers()
    failed = _now.maker is not None and not Index.is_made(wanted)
    _now.maker = None
    if len(wanted) == 1 or Index.is_made(wanted):
        _now.index = Index(wanted)
        return
    _now.index = _now.index or Index(wanted[:1])
    if not failed:
        _now.maker = _begin()


def _begin() -> subprocess.Popen[bytes] | None:
    """Begin a process that makes the index of all layers, and outlives this one if need be."""
    around = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    nothing = subprocess.DEVNULL
    with suppress(OSError):
        return subprocess.Popen(
            [sys.executable, "-c", MAKE],
            env=around,
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            start_new_session=True,
        )
    return None
