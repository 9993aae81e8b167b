"""A workbook for people who live in Excel: a sheet a section, and what they changed in it as one change.

``write`` makes ``rembi.xlsx``; ``edits`` tells what a workbook that came back says, cell by cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.lazy import on_use

if TYPE_CHECKING:
    from rembi_widgets.formats.xlsx._back import Back, Told, edits
    from rembi_widgets.formats.xlsx._read import read, recognises
    from rembi_widgets.formats.xlsx._write import write

__all__ = ["Back", "Told", "edits", "read", "recognises", "write"]

__getattr__ = on_use(
    __name__,
    {
        "Back": "rembi_widgets.formats.xlsx._back",
        "Told": "rembi_widgets.formats.xlsx._back",
        "edits": "rembi_widgets.formats.xlsx._back",
        "read": "rembi_widgets.formats.xlsx._read",
        "recognises": "rembi_widgets.formats.xlsx._read",
        "write": "rembi_widgets.formats.xlsx._write",
    },
)
