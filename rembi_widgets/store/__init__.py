"""A curation on disk: journals, checkpoints, resume, undo, and tickets to go on elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.lazy import on_use
from rembi_widgets.store._curation import OpenCuration, open_curation
from rembi_widgets.store._disk import DiskError, replace
from rembi_widgets.store._facts import DiskFacts, inside

if TYPE_CHECKING:
    from rembi_widgets.store._copies import Copied, Preview, merge_copy, preview_copy
    from rembi_widgets.store._presence import Presence, Present
    from rembi_widgets.store._ticket import restore_ticket, ticket_title, write_ticket

__all__ = [
    "Copied",
    "DiskError",
    "DiskFacts",
    "OpenCuration",
    "Presence",
    "Present",
    "Preview",
    "inside",
    "merge_copy",
    "open_curation",
    "preview_copy",
    "replace",
    "restore_ticket",
    "ticket_title",
    "write_ticket",
]

_TICKET = frozenset({"restore_ticket", "ticket_title", "write_ticket"})

_COPIES = frozenset({"Copied", "Preview", "merge_copy", "preview_copy"})
_PRESENCE = frozenset({"Presence", "Present"})

__getattr__ = on_use(
    __name__,
    {
        **dict.fromkeys(_TICKET, "rembi_widgets.store._ticket"),
        **dict.fromkeys(_COPIES, "rembi_widgets.store._copies"),
        **dict.fromkeys(_PRESENCE, "rembi_widgets.store._presence"),
    },
)
