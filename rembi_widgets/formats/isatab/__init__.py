"""ISA-Tab in the layout ``rembi-isatab/1``: REMBI's and MIFA's values, each in one column, row or comment of its own.

A curation is one study. Its samples are the study file; each study component is an assay file of its images, and so is
each analysis, correlation and annotation. isatools, with the configuration in ``config_folder()``, and altamisa read it
without a warning.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from rembi_widgets.lazy import on_use

if TYPE_CHECKING:
    from rembi_widgets.formats import Read, Written
    from rembi_widgets.formats.isatab._check import DocumentFinding
    from rembi_widgets.formats.isatab._document import Document
    from rembi_widgets.formats.isatab._leads_map import Leads
    from rembi_widgets.record import Curation

__all__ = [
    "DocumentFinding",
    "Leads",
    "check",
    "config_folder",
    "decoded",
    "is_document",
    "open_document",
    "read",
    "write",
    "write_document",
]

__getattr__ = on_use(
    __name__,
    {
        "DocumentFinding": "rembi_widgets.formats.isatab._check",
        "Leads": "rembi_widgets.formats.isatab._leads_map",
    },
)


def config_folder() -> Path:
    """Give the folder of the ISA configuration for biological imaging: the ``config_dir`` of isatools' ``validate``."""
    return Path(str(files(__name__).joinpath("config")))


def write(record: Curation, folder: Path, *, profile: str = "bioimaging") -> Written:
    """Write a curation as ISA-Tab; what nothing uses is not in it and is named in the findings.

    Parameters
    ----------
    folder
        Where the investigation, study and assay files go; it is made if it does not exist.
    profile
        ``bioimaging``, for the configuration in ``config_folder()``, or ``isatools-default``, for isatools as it comes.

    Raises
    ------
    RembiError
        If there is no such profile.
    OSError
        If the folder cannot be written.
    """
    from rembi_widgets.formats.isatab._profile import profile_named
    from rembi_widgets.formats.isatab._set import write_set

    return write_set(record, folder, profile_named(profile))


def decoded(data: bytes) -> tuple[str, str]:
    """Give the text of bytes and the name of their encoding, as ISA-Tab files are read."""
    from rembi_widgets.formats.isatab._document_text import decoded as read_text

    return read_text(data)


def open_document(path: Path) -> Document:
    """Open an ISA-Tab as plain data: sections and tables, line and column of every cell, written back to the byte.

    Parameters
    ----------
    path
        A folder (its whole tree is looked through), a zip, or an investigation file, whose tables are beside it.

    Raises
    ------
    RembiError
        If there is nothing that is ISA-Tab.
    """
    from rembi_widgets.formats.isatab._document_open import open_document as opened

    return opened(path)


def write_document(document: Document, path: Path) -> Written:
    """Write an ISA-Tab as it is: each file has the bytes it had, but for cells that were changed.

    Parameters
    ----------
    path
        A folder, or a zip if its name ends with ``.zip``.

    Raises
    ------
    RembiError
        If a file's name leads out of the folder; nothing is written then.
    OSError
        If it cannot be written.
    """
    from rembi_widgets.formats._written import Written

    if path.suffix.casefold() != ".zip":
        return Written(document.write(path))
    from rembi_widgets.formats._files import write_zip

    return Written((write_zip(path, {name: file.to_bytes() for name, file in document.files.items()}),))


def read(path: Path) -> Read:
    """Read an ISA-Tab into a record: the layout ``rembi-isatab/1`` whole, any other as far as it goes.

    Parameters
    ----------
    path
        A folder, a zip, or an investigation file.

    Raises
    ------
    RembiError
        If there is nothing that is ISA-Tab.
    """
    from rembi_widgets.formats.isatab._read import read as read_isatab

    return read_isatab(path)


def check(source: Path | Document) -> tuple[DocumentFinding, ...]:
    """Check an ISA-Tab as it stands in its files: grammar, what is declared and used, values, traps of other readers.

    Parameters
    ----------
    source
        A folder, a zip, an investigation file, or an open document. Tables of a path are read row by row and not held.

    Returns
    -------
    tuple
        Findings with file, line and column, value found, value wanted and, where certain, what should stand there.

    Raises
    ------
    RembiError
        If there is nothing that is ISA-Tab.
    """
    from rembi_widgets.formats.isatab._check import check as check_document

    return check_document(source)


def is_document(path: Path) -> bool:
    """Tell whether a path is an ISA-Tab and no curation: a file, or a folder with an investigation file in it."""
    from rembi_widgets.formats.isatab._check import is_document as is_one

    return is_one(path)
