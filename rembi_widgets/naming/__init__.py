"""Names of files: what the servers of archives take, and what to call a file that they do not."""

from __future__ import annotations

from rembi_widgets.naming._server_paths import all_accepted, is_accepted, proposal

__all__ = ["all_accepted", "is_accepted", "proposal"]
