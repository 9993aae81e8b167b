"""A curation on disk: journals, checkpoints, resume, undo, and tickets to go on elsewhere."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rembi_widgets.store._curation import OpenCuration, open_curation
from rembi_widgets.store._disk import DiskError, replace
from rembi_widgets.store._facts import DiskFacts, inside

if TYPE_CHECKING:
    from rembi_widgets.store._ticket import restore_ticket, ticket_title, write_ticket

__all__ = [
    "DiskError",
    "DiskFacts",
    "OpenCuration",
    "inside",
    "open_curation",
    "replace",
    "restore_ticket",
    "ticket_title",
    "write_ticket",
]

_TICKET = frozenset({"restore_ticket", "ticket_title", "write_ticket"})


def __getattr__(name: str) -> Any:
    if name not in _TICKET:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module("rembi_widgets.store._ticket"), name)
