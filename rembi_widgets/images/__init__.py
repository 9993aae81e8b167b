"""Images: what their headers say, a folder's scan, groups of alike images, previews, and the draft of a curation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.lazy import on_use

if TYPE_CHECKING:
    from rembi_widgets.images._decisions import merge_groups, split_group
    from rembi_widgets.images._draft import draft
    from rembi_widgets.images._errors import UnreadableImageError
    from rembi_widgets.images._group import Group, group
    from rembi_widgets.images._imagerecord import (
        ImageChannel,
        ImageInstrument,
        ImageObjective,
        ImagePart,
        ImageRecord,
        Note,
    )
    from rembi_widgets.images._preview import preview
    from rembi_widgets.images._protocol import Reader
    from rembi_widgets.images._read import READERS, read_image
    from rembi_widgets.images._scan import Scan, scan
    from rembi_widgets.images._scanner import Scanner

_HOMES = {
    "Group": "_group",
    "ImageChannel": "_imagerecord",
    "ImageInstrument": "_imagerecord",
    "ImageObjective": "_imagerecord",
    "ImagePart": "_imagerecord",
    "ImageRecord": "_imagerecord",
    "Note": "_imagerecord",
    "READERS": "_read",
    "Reader": "_protocol",
    "Scan": "_scan",
    "Scanner": "_scanner",
    "UnreadableImageError": "_errors",
    "draft": "_draft",
    "group": "_group",
    "merge_groups": "_decisions",
    "preview": "_preview",
    "read_image": "_read",
    "scan": "_scan",
    "split_group": "_decisions",
}

__all__ = [
    "READERS",
    "Group",
    "ImageChannel",
    "ImageInstrument",
    "ImageObjective",
    "ImagePart",
    "ImageRecord",
    "Note",
    "Reader",
    "Scan",
    "Scanner",
    "UnreadableImageError",
    "draft",
    "group",
    "merge_groups",
    "preview",
    "read_image",
    "scan",
    "split_group",
]

__getattr__ = on_use(__name__, {name: f"{__name__}.{home}" for name, home in _HOMES.items()})
