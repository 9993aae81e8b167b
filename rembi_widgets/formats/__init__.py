"""Outside formats, one module or package each, with the same verbs: ``formats.isatab.write(record, folder)``."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import isatab
from rembi_widgets.formats._written import Written

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.record import Curation

FORMATS = ("isatab",)
"""Names of the formats that can be written."""

__all__ = ["FORMATS", "Written", "isatab", "write"]


def write(name: str, record: Curation, folder: Path) -> Written:
    """Write a curation in a format.

    Parameters
    ----------
    name
        One of ``FORMATS``.
    folder
        Where the files go; it is made if it does not exist.

    Raises
    ------
    RembiError
        If there is no such format.
    OSError
        If the folder cannot be written.
    """
    if name not in FORMATS:
        raise RembiError("formats.unknown", name=name, known=", ".join(FORMATS))
    written: Written = import_module(f"rembi_widgets.formats.{name}").write(record, folder)
    return written
