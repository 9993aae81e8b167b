"""The app: the command line, the Voilà page, and the one-liners of notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.lazy import on_use

if TYPE_CHECKING:
    from rembi_widgets.app._face import check, curate, demo, export, merge, suggest_terms
    from rembi_widgets.app._main import main, run
    from rembi_widgets.app._microscopes import use_microscope
    from rembi_widgets.app._page import page

_HOMES = {
    "check": "_face",
    "curate": "_face",
    "demo": "_face",
    "export": "_face",
    "main": "_main",
    "merge": "_face",
    "page": "_page",
    "run": "_main",
    "suggest_terms": "_face",
    "use_microscope": "_microscopes",
}

__all__ = ["check", "curate", "demo", "export", "main", "merge", "page", "run", "suggest_terms", "use_microscope"]

__getattr__ = on_use(__name__, {name: f"{__name__}.{home}" for name, home in _HOMES.items()})
