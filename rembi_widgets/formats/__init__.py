"""Outside formats, one module or package each, with the same verbs: ``formats.isatab.write(record, folder)``."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import isatab, pagetab, rembiyaml, rocrate
from rembi_widgets.formats._proposal import proposal
from rembi_widgets.formats._read import Read
from rembi_widgets.formats._written import Written
from rembi_widgets.record import as_template

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.record import Curation

FORMATS = ("isatab", "bia", "rocrate", "rembi-yaml")
"""Names of the formats that can be written."""
_MODULES = {"bia": "pagetab", "rembi-yaml": "rembiyaml"}
"""Name of a format to its module, where the module has another name."""

TARGET_OF = {"rocrate": "bia", "rembi-yaml": "bia"}
"""Name of a format to the target whose rules it must meet, where they are not of one name."""

READABLE = ("isatab", "bia", "rocrate", "rembi-yaml")
"""Names of the formats that can be read; the first is taken for what no other recognises."""

__all__ = [
    "FORMATS",
    "READABLE",
    "TARGET_OF",
    "Read",
    "Written",
    "as_template",
    "detect",
    "isatab",
    "module",
    "pagetab",
    "proposal",
    "read",
    "rembiyaml",
    "rocrate",
    "write",
]


def module(name: str) -> Any:
    """Give the module of a format.

    It has ``write(record, folder)`` if the format can be written, ``read(path)`` if it can be read.
    ``recognises(path)`` tells whether a file or folder is of the format.
    """
    return import_module(f"rembi_widgets.formats.{_MODULES.get(name, name)}")


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
    written: Written = module(name).write(record, folder)
    return written


def detect(source: Path) -> str:
    """Give the name of the format of a file or folder, by what is in it.

    >>> from pathlib import Path
    >>> detect(Path("nothing-of-this-name"))
    'isatab'
    """
    for name in READABLE[1:]:
        recognises = getattr(module(name), "recognises", None)
        if recognises is not None and recognises(source):
            return name
    return READABLE[0]


def read(source: Path, from_: str | None = None, **how: Any) -> Read:
    """Read a file or folder of another format into a record of unconfirmed values.

    Parameters
    ----------
    from_
        One of ``READABLE``; ``None`` finds out by the content.
    how
        What else the format's own ``read`` takes: ``people=False`` for ``bia``.

    Raises
    ------
    RembiError
        If there is no such format, or nothing of it is there.
    """
    name = from_ or detect(source)
    if name not in READABLE:
        raise RembiError("formats.unreadable", name=name, known=", ".join(READABLE))
    found: Read = module(name).read(source, **how)
    return found
