"""What the screens of single sections ask for; the modules behind it are loaded with the first question."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rembi_widgets.widgets._session import Answer, Handler, Session

_HOMES = {
    "matrix": ("_correlating", "matrix"),
    "related": ("_correlating", "related"),
    "match": ("_relating", "match"),
    "lab": ("_reusing", "lab"),
    "lab-add": ("_reusing", "lab_add"),
    "keep": ("_reusing", "keep_thing"),
    "library": ("_reusing", "library"),
    "reuse": ("_reusing", "reuse"),
    "forget": ("_reusing", "forget_thing"),
    "like": ("_reusing", "like"),
}
"""Kind of message to the module and function that answer it."""


def _later(home: str, name: str) -> Handler:
    def answer(session: Session, message: Mapping[str, Any], buffers: list[bytes]) -> Answer:
        handler: Handler = getattr(import_module(f"rembi_widgets.widgets.{home}"), name)
        return handler(session, message, buffers)

    return answer


SECTIONS: dict[str, Handler] = {kind: _later(home, name) for kind, (home, name) in _HOMES.items()}
SLOW_SECTIONS = {"match": "rows", "related": "rows", "like": "export"}
"""Kinds that look at every row, or read another study, and the thread that does them."""
