"""A workbook alone, as a record: what ``import`` makes of it in an empty curation."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from rembi_widgets.formats._read import Read
from rembi_widgets.formats.xlsx._back import edits
from rembi_widgets.record import Curation, Origin, run

if TYPE_CHECKING:
    from pathlib import Path


def recognises(path: Path) -> bool:
    """Tell whether a file is an Excel workbook, of whatever layout."""
    try:
        with zipfile.ZipFile(path) as packed:
            return "xl/workbook.xml" in packed.namelist()
    except (OSError, zipfile.BadZipFile, ValueError):
        return False


def read(path: Path) -> Read:
    """Read a workbook into a record.

    Raises
    ------
    RembiError
        If it is no workbook of this layout.
    """
    back = edits(path, Curation())
    record, _ = run(Curation(), back.edits, Origin(kind="edited_outside", source=path.name))
    return Read(record, back.findings)
