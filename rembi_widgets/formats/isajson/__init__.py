"""ISA-JSON 1.0: the ISA-Tab of a record, or any other, as the objects of the official schemas, and back.

The way goes over the document of the ISA-Tab: nothing of an ISA-Tab passes through the record. What ISA-JSON has no key
for stands in comments whose names begin with ``ISA-Tab``, and is taken back from there.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rembi_widgets.formats import Read, Written
    from rembi_widgets.formats.isatab._document import Document
    from rembi_widgets.record import Curation

__all__ = ["config_folder", "open_document", "read", "recognises", "write", "write_document"]


def config_folder() -> Path:
    """Give the folder of the configuration for biological imaging: the ``config_dir`` of isatools' ``validate``."""
    return Path(str(files(__name__).joinpath("config")))


def write(record: Curation, folder: Path, *, profile: str = "bioimaging") -> Written:
    """Write a curation as ISA-JSON: what its ISA-Tab says, in one file.

    Parameters
    ----------
    folder
        Where ``investigation.json`` goes; it is made if it does not exist.
    profile
        Profile of the ISA-Tab, see ``formats.isatab.write``.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    from rembi_widgets.formats.isajson._write import write_record

    return write_record(record, folder, profile)


def write_document(document: Document, path: Path) -> Written:
    """Write an ISA-Tab as ISA-JSON.

    Parameters
    ----------
    path
        The file, or a folder for it; further investigations get files of their own beside it.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    from rembi_widgets.formats.isajson._write import write_document as written

    return written(document, path)


def open_document(path: Path) -> Document:
    """Open an ISA-JSON as the ISA-Tab that it says.

    Parameters
    ----------
    path
        The file, or a folder with one such file.

    Raises
    ------
    RembiError
        If there is none, or it cannot be read.
    """
    from rembi_widgets.formats.isajson._open import open_document as opened

    return opened(path)


def recognises(path: Path) -> bool:
    """Tell whether a file, or a folder without an ISA-Tab, is ISA-JSON."""
    from rembi_widgets.formats.isajson._open import recognises as known

    return known(path)


def read(path: Path) -> Read:
    """Read an ISA-JSON into a record: the layout ``rembi-isatab/1`` whole, any other as far as it goes.

    Raises
    ------
    RembiError
        If there is none, or it cannot be read.
    """
    from rembi_widgets.formats.isajson._open import read as read_json

    return read_json(path)
