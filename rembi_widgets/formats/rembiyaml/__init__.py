"""REMBI in YAML, as the BioImage Archive's own converter ``bia-agent`` takes it: ``rembi-metadata.yaml``.

Read from any file of that shape, with MIFA annotations or without; what it says beyond is kept and written back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.formats import Read, Written
    from rembi_widgets.record import Curation

__all__ = ["read", "recognises", "write"]


def write(record: Curation, folder: Path) -> Written:
    """Write a curation as ``rembi-metadata.yaml``; findings name what the format has no place for.

    Parameters
    ----------
    folder
        Where the file goes; it is made if it does not exist.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    from rembi_widgets.formats.rembiyaml._write import write_yaml

    return write_yaml(record, folder)


def recognises(path: Path) -> bool:
    """Tell by its name whether a file is YAML, or a folder holds the file that is written here."""
    if path.is_file():
        return path.suffix.casefold() in {".yaml", ".yml"}
    return (path / "rembi-metadata.yaml").is_file()


def read(path: Path) -> Read:
    """Read a REMBI YAML; every value is text as it stands, so that ``NO`` and dates stay what they are.

    Parameters
    ----------
    path
        The file, or a folder with one file that ends in ``.yaml`` or ``.yml``.

    Raises
    ------
    RembiError
        If there is none or several, or it is too large, no YAML, or no REMBI.
    """
    from rembi_widgets.formats.rembiyaml._read import read_yaml

    return read_yaml(path)
