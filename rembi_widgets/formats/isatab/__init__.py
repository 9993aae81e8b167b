"""ISA-Tab in the layout ``rembi-isatab/1``: REMBI's and MIFA's values, each in one column, row or comment of its own.

A curation is one study. Its samples are the study file; each study component is an assay file of its images, and so is
each analysis, correlation and annotation. isatools, with the configuration in ``config_folder()``, and altamisa read it
without a warning.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rembi_widgets.formats import Written
    from rembi_widgets.record import Curation

__all__ = ["config_folder", "write"]


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
