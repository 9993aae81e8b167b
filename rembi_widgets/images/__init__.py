"""Images: what their headers say, a folder's scan, groups of alike images, previews, and the draft of a curation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.lazy import on_use

if TYPE_CHECKING:
    from rembi_widgets.images._decisions import merge_groups, split_group
    from rembi_widgets.images._draft import draft
    from rembi_widgets.images._errors import UnreadableImageError
    from rembi_widgets.images._group import Group, group
    from rembi_widgets.images._header_leaves import Leaf, header_leaves
    from rembi_widgets.images._imagerecord import (
        ImageChannel,
        ImageInstrument,
        ImageObjective,
        ImagePart,
        ImageRecord,
        Note,
    )
    from rembi_widgets.images._nboq import Tier, tier
    from rembi_widgets.images._ome_model import ome_model
    from rembi_widgets.images._passport import Microscopes, Passport, PassportError, PassportPart
    from rembi_widgets.images._passport_conflicts import MicroscopeConflict, microscope_conflicts
    from rembi_widgets.images._passport_edits import chosen_microscope, objective_of, passport_edits
    from rembi_widgets.images._passport_match import match_objective
    from rembi_widgets.images._passport_places import microscopes
    from rembi_widgets.images._preview import preview, view
    from rembi_widgets.images._protocol import Reader
    from rembi_widgets.images._read import READERS, read_image
    from rembi_widgets.images._render import PERCENTILES, Look
    from rembi_widgets.images._scan import Scan, ScanFile, scan
    from rembi_widgets.images._scanner import Scanner
    from rembi_widgets.images._web_address import is_address

_HOMES = {
    "Group": "_group",
    "ImageChannel": "_imagerecord",
    "ImageInstrument": "_imagerecord",
    "ImageObjective": "_imagerecord",
    "ImagePart": "_imagerecord",
    "ImageRecord": "_imagerecord",
    "MicroscopeConflict": "_passport_conflicts",
    "Look": "_render",
    "Leaf": "_header_leaves",
    "Microscopes": "_passport",
    "Note": "_imagerecord",
    "PERCENTILES": "_render",
    "Passport": "_passport",
    "PassportError": "_passport",
    "PassportPart": "_passport",
    "READERS": "_read",
    "Reader": "_protocol",
    "Scan": "_scan",
    "ScanFile": "_scan",
    "Scanner": "_scanner",
    "Tier": "_nboq",
    "UnreadableImageError": "_errors",
    "draft": "_draft",
    "group": "_group",
    "header_leaves": "_header_leaves",
    "is_address": "_web_address",
    "merge_groups": "_decisions",
    "preview": "_preview",
    "read_image": "_read",
    "scan": "_scan",
    "split_group": "_decisions",
    "chosen_microscope": "_passport_edits",
    "match_objective": "_passport_match",
    "microscope_conflicts": "_passport_conflicts",
    "objective_of": "_passport_edits",
    "ome_model": "_ome_model",
    "microscopes": "_passport_places",
    "passport_edits": "_passport_edits",
    "tier": "_nboq",
    "view": "_preview",
}

__all__ = [
    "PERCENTILES",
    "READERS",
    "Group",
    "ImageChannel",
    "ImageInstrument",
    "ImageObjective",
    "ImagePart",
    "ImageRecord",
    "Leaf",
    "Look",
    "MicroscopeConflict",
    "Microscopes",
    "Note",
    "Passport",
    "PassportError",
    "PassportPart",
    "Reader",
    "Scan",
    "ScanFile",
    "Scanner",
    "Tier",
    "UnreadableImageError",
    "chosen_microscope",
    "draft",
    "group",
    "header_leaves",
    "is_address",
    "match_objective",
    "merge_groups",
    "microscope_conflicts",
    "microscopes",
    "objective_of",
    "ome_model",
    "passport_edits",
    "preview",
    "read_image",
    "scan",
    "split_group",
    "tier",
    "view",
]

__getattr__ = on_use(__name__, {name: f"{__name__}.{home}" for name, home in _HOMES.items()})
