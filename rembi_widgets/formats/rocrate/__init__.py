"""RO-Crate along the BioImage Archive's submission profile: ``ro-crate-metadata.json`` and one file list.

The archive's own checker, ``bia-ro-crate-validator`` 0.3.1, reports no issue of what is written here. Here REMBI's
channels have a home: the labels of samples are signal channels of a preparation, and samples are specimens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.formats import Read, Written
    from rembi_widgets.record import Curation

__all__ = ["read", "recognises", "write"]


def write(record: Curation, folder: Path) -> Written:
    """Write a curation as a crate: put it beside the images, whose paths its file list holds.

    Parameters
    ----------
    folder
        Where the two files go; it is made if it does not exist.

    Returns
    -------
    Written
        Findings name what the profile demands and the record does not have, and what could not be written as given.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    from rembi_widgets.formats.rocrate._set import write_set

    return write_set(record, folder)


def recognises(path: Path) -> bool:
    """Tell whether a folder holds a crate, or a file is the metadata of one."""
    name = "ro-crate-metadata.json"
    return path.name == name if path.is_file() else (path / name).is_file()


def read(path: Path) -> Read:
    """Read a crate of the archive's profile, whoever made it.

    Parameters
    ----------
    path
        The crate's folder or its ``ro-crate-metadata.json``. No address in it is opened: names mean what they mean
        in the profile.

    Raises
    ------
    RembiError
        If there is no crate, or it is not JSON, or nothing in it is of the profile.
    """
    from rembi_widgets.formats.rocrate._read import read_crate

    return read_crate(path)
