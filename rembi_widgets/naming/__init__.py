"""Names of files: what the servers of archives take, and which file was made from which image."""

from __future__ import annotations

from rembi_widgets.naming._kinds import annotation_type_of, looks_made
from rembi_widgets.naming._matching import Matching, Unmatched, match_by_name
from rembi_widgets.naming._rules import Pattern
from rembi_widgets.naming._server_paths import all_accepted, is_accepted, proposal

__all__ = [
    "Matching",
    "Pattern",
    "Unmatched",
    "all_accepted",
    "annotation_type_of",
    "is_accepted",
    "looks_made",
    "match_by_name",
    "proposal",
]
