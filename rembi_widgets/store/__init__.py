"""A curation on disk: journals, checkpoints, resume, undo, and tickets to go on elsewhere."""

from __future__ import annotations

from rembi_widgets.store._curation import OpenCuration, open_curation
from rembi_widgets.store._disk import DiskError, replace
from rembi_widgets.store._facts import DiskFacts, inside
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
