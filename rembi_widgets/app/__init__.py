"""The app: the command line, the Voilà page, and the one-liners of notebooks."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rembi_widgets.app._face import check, curate, demo, export
    from rembi_widgets.app._main import main, run
    from rembi_widgets.app._page import page

_HOMES = {
    "check": "_face",
    "curate": "_face",
    "demo": "_face",
    "export": "_face",
    "main": "_main",
    "page": "_page",
    "run": "_main",
}

__all__ = ["check", "curate", "demo", "export", "main", "page", "run"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
