"""The draft: what a scan proposes to a curation, as the edits of one change of unconfirmed values.

What is new is added: rows of files and images, an acquisition for each group of images, a study component for each
group in each top-level folder. What is known already is found again by its path (compared in NFC, kept byte-exact)
and by the acquisition and component that its images point to, whatever these are called by now. Of known rows only
cells that a scan filled and nobody confirmed follow the file. Nothing is removed: files that vanished are for the
checks to name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.images._draft_known import Known
from rembi_widgets.images._draft_places import Places
from rembi_widgets.images._draft_rows import file_columns, image_columns, rows_edits

if TYPE_CHECKING:
    from rembi_widgets.images._scan import Scan
    from rembi_widgets.record import Curation, Edit


def draft(scan: Scan, record: Curation) -> list[Edit]:
    """Give the edits that a scan proposes to a curation; none if it tells nothing new.

    Parameters
    ----------
    scan
        What was found in the folder.
    record
        The curation as it is.
    """
    known = Known(scan, record)
    places = Places(known)
    files = rows_edits("files", record.files, known.file_rows, file_columns(known, places))
    images = rows_edits("images", record.images, known.image_rows, image_columns(known, places))
    return [*places.edits, *files, *images]
