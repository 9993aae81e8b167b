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
    from rembi_widgets.record import Curation

__all__ = ["DocumentFinding", "check", "config_folder", "is_document", "open_document", "read", "write"]

__getattr__ = on_use(__name__, {"DocumentFinding": "rembi_widgets.formats.isatab._check"})


def config_folder() -> Path:
    """Give the folder of the ISA configuration for biological imaging: the ``config_dir`` of isatools' ``validate``."""
    return Path(str(files(__name__).joinpath("config")))


def write(record: Curation, folder: Path) -> Written:
    """Write a curation as ISA-Tab; what nothing uses is not in it and is named in the findings.

    Parameters
    ----------
    folder
        Where the investigation, study and assay files go; it is made if it does not exist.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    from rembi_widgets.formats.isatab._set import write_set

    return write_set(record, folder)


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
