"""Outside formats, one module or package each, with the same verbs: ``formats.isatab.write(record, folder)``."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import isajson, isatab, pagetab, rembiyaml, rocrate, xlsx
from rembi_widgets.formats._files import write_zip
from rembi_widgets.formats._proposal import proposal
from rembi_widgets.formats._read import Read
from rembi_widgets.formats._term_lint import lint_terms
from rembi_widgets.formats._written import Written
from rembi_widgets.record import as_template

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.record import Curation

FORMATS = ("isatab", "bia", "isajson", "rocrate", "rembi-yaml", "xlsx")
"""Names of the formats that can be written."""
_MODULES = {"bia": "pagetab", "rembi-yaml": "rembiyaml"}
"""Name of a format to its module, where the module has another name."""

READABLE = ("isatab", "bia", "rocrate", "rembi-yaml", "xlsx", "isajson")
"""Names of the formats that can be read: asked in this order, ISA-JSON last, which takes any object in JSON; the first
is taken for what no other recognises."""

PROFILED = ("isatab", "isajson")
"""Names of the formats that have profiles."""

TARGET_OF = {"isajson": "isatab", "rocrate": "bia", "rembi-yaml": "bia", "xlsx": ""}
"""Name of a format to the target whose rules it must meet, where that has another name; a workbook goes nowhere."""

__all__ = [
    "FORMATS",
    "PROFILED",
    "READABLE",
    "TARGET_OF",
    "Read",
    "Written",
    "as_template",
    "detect",
    "isajson",
    "isatab",
    "lint_terms",
    "module",
    "pagetab",
    "proposal",
    "read",
    "rembiyaml",
    "rocrate",
    "write",
    "write_zip",
    "xlsx",
]


def module(name: str) -> Any:
    """Give the module of a format.

    It has ``write(record, folder)`` if the format can be written, ``read(path)`` if it can be read. What holds a whole
    ISA document has ``open_document(path)`` and ``write_document(document, path)`` too. ``recognises(path)`` tells
    whether a file or folder is of the format.
    """
    return import_module(f"rembi_widgets.formats.{_MODULES.get(name, name)}")


def write(name: str, record: Curation, folder: Path, *, profile: str | None = None) -> Written:
    """Write a curation in a format.

    Parameters
    ----------
    name
        One of ``FORMATS``.
    folder
        Where the files go; it is made if it does not exist.
    profile
        Name of a profile, for the formats in ``PROFILED``; ``None`` is the usual one.

    Raises
    ------
    RembiError
        If there is no such format, or no such profile of it.
    OSError
        If the folder cannot be written.
    """
    if name not in FORMATS:
        raise RembiError("formats.unknown", name=name, known=", ".join(FORMATS))
    if profile is not None and name not in PROFILED:
        raise RembiError("formats.no_profiles", name=name, known=", ".join(PROFILED))
    written: Written = module(name).write(record, folder, **({} if profile is None else {"profile": profile}))
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
