"""A curation on disk: journals, checkpoints, resume, undo, and tickets to go on elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.lazy import on_use
from rembi_widgets.store._curation import OpenCuration, open_curation
from rembi_widgets.store._disk import DiskError, replace

if TYPE_CHECKING:
    from rembi_widgets.store._copies import Copied, Preview, merge_copy, preview_copy
    from rembi_widgets.store._facts import DiskFacts, inside
    from rembi_widgets.store._lab import LabList, lab_files, lab_people
    from rembi_widgets.store._library import Kept, content_of, forget, keep, kept_things, reuse_edits, source_of
    from rembi_widgets.store._like import copy_study, is_blank, like_edits
    from rembi_widgets.store._presence import Presence, Present
    from rembi_widgets.store._ticket import restore_ticket, ticket_title, write_ticket

__all__ = [
    "Copied",
    "DiskError",
    "DiskFacts",
    "Kept",
    "LabList",
    "OpenCuration",
    "Presence",
    "Present",
    "Preview",
    "content_of",
    "copy_study",
    "forget",
    "inside",
    "is_blank",
    "keep",
    "kept_things",
    "lab_files",
    "lab_people",
    "like_edits",
    "merge_copy",
    "open_curation",
    "preview_copy",
    "replace",
    "restore_ticket",
    "reuse_edits",
    "source_of",
    "ticket_title",
    "write_ticket",
]

_TICKET = frozenset({"restore_ticket", "ticket_title", "write_ticket"})

_OTHERS = {
    "_facts": ("DiskFacts", "inside"),
    "_lab": ("LabList", "lab_files", "lab_people"),
    "_library": ("Kept", "content_of", "forget", "keep", "kept_things", "reuse_edits", "source_of"),
    "_like": ("copy_study", "is_blank", "like_edits"),
}
_COPIES = frozenset({"Copied", "Preview", "merge_copy", "preview_copy"})
_PRESENCE = frozenset({"Presence", "Present"})

__getattr__ = on_use(
    __name__,
    {
        **dict.fromkeys(_TICKET, "rembi_widgets.store._ticket"),
        **dict.fromkeys(_COPIES, "rembi_widgets.store._copies"),
        **{name: f"rembi_widgets.store.{home}" for home, names in _OTHERS.items() for name in names},
        **dict.fromkeys(_PRESENCE, "rembi_widgets.store._presence"),
    },
)
