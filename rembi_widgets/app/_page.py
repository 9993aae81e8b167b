"""What the Voilà page shows: the curator of the folder the server was started on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rembi_widgets.widgets import Curator

FOLDER, ROOT = "REMBI_APP_FOLDER", "REMBI_ROOT"


def page() -> Curator:
    """Give the curator for the page; the curation is opened when a person sees it, not before."""
    from rembi_widgets.app._demo import make_demo
    from rembi_widgets.widgets import Curator

    folder = os.environ.get(FOLDER)
    root = os.environ.get(ROOT) or (str(Path(folder).parent) if folder else None)
    return Curator(folder or None, page=True, root=root, make_demo=make_demo)
