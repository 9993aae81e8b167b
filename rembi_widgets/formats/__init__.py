"""Outside formats, one module or package each, with the same verbs: ``formats.isatab.write(record, folder)``."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import isatab, pagetab, rembiyaml, rocrate
from rembi_widgets.formats._proposal import proposal
from rembi_widgets.formats._read import Read
from rembi_widgets.formats._written import Written

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.record import Curation

FORMATS = ("isatab", "bia", "rocrate", "rembi-yaml")
"""Names of the formats that can be written."""
_MODULES = {"bia": "pagetab", "rembi-yaml": "rembiyaml"}
"""Name of a format to its module, where the module has another name."""

TARGET_OF = {"rocrate": "bia", "rembi-yaml": "bia"}
"""Name of a format to the target whose rules it must meet, where they are not of one name."""

READABLE = ("isatab", "rocrate", "rembi-yaml")
"""Names of the formats that can be read."""

__all__ = [
    "FORMATS",
    "READABLE",
    "TARGET_OF",
    "Read",
    "Written",
    "isatab",
    "pagetab",
    "proposal",
    "read",
    "rembiyaml",
    "rocrate",
    "write",
]


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
    written: Written = import_module(f"rembi_widgets.formats.{_MODULES.get(name, name)}").write(record, folder)
    return written


def read(source: Path, from_: str | None = None) -> Read:
    """Read a file or folder of another format into a record of unconfirmed values.

    Parameters
    ----------
    from_
        One of ``READABLE``; ``None`` finds out.

    Raises
    ------
    RembiError
        If there is no such format, or nothing of it is there.
    """
    name = from_ or READABLE[0]
    if name not in READABLE:
        raise RembiError("formats.unreadable", name=name, known=", ".join(READABLE))
    found: Read = import_module(f"rembi_widgets.formats.{_MODULES.get(name, name)}").read(source)
    return found
