"""A curation on disk: journals, checkpoints, resume, undo, and tickets to go on elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.lazy import on_use
from rembi_widgets.store._curation import OpenCuration, open_curation
from rembi_widgets.store._disk import DiskError, replace
from rembi_widgets.store._facts import DiskFacts, inside

if TYPE_CHECKING:
    from rembi_widgets.store._copies import Copied, merge_copy
    from rembi_widgets.store._ticket import restore_ticket, ticket_title, write_ticket

__all__ = [
    "Copied",
    "DiskError",
    "DiskFacts",
    "OpenCuration",
    "inside",
    "merge_copy",
    "open_curation",
    "replace",
    "restore_ticket",
    "ticket_title",
    "write_ticket",
]

_TICKET = frozenset({"restore_ticket", "ticket_title", "write_ticket"})

_COPIES = frozenset({"Copied", "merge_copy"})

__getattr__ = on_use(
    __name__,
    {**dict.fromkeys(_TICKET, "rembi_widgets.store._ticket"), **dict.fromkeys(_COPIES, "rembi_widgets.store._copies")},
)
