"""The layers that are there, and the index made of them."""

from __future__ import annotations

import threading
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from rembi_widgets.terms._starter import StarterLayer

if TYPE_CHECKING:
    from rembi_widgets.terms._index_store import Index
    from rembi_widgets.terms._layer import Layer

MORE = "rembi_widgets.terms._layers"
"""The package that holds further layers; its ``layers()`` gives those that are there, the first choice first."""

_lock = threading.Lock()
_open: list[Index] = []


def layers() -> tuple[Layer, ...]:
    """Give the layers that are there: what comes with the package first."""
    further = import_module(MORE).layers() if find_spec(MORE) else ()
    return (StarterLayer(), *further)


def index() -> Index:
    """Give the index of the layers that are there, made at first use."""
    if not _open:
        from rembi_widgets.terms._index_store import Index

        with _lock:
            if not _open:
                _open.append(Index(layers()))
    return _open[0]


def forget() -> None:
    """Let the index go, so that the next question sees layers that came or went."""
    with _lock:
        _open.clear()
