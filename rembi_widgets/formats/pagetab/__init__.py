"""PageTab, the BioImage Archive's way to submit: template BioImages.v5, in JSON and TSV, with its file lists.

A curation is one submission. Its titles are keys: associations name sections by them. Ontology ids stand as qualifiers,
and those of organisms in a subsection too, where the archive's own reader looks for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.lazy import on_use

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from rembi_widgets.formats import Written
    from rembi_widgets.formats.pagetab._simulated import Simulation, Verdict
    from rembi_widgets.record import Curation, FileFacts

__all__ = ["PARTS", "Simulation", "Verdict", "simulate", "write"]

PARTS = ("form", "server", "ingest")
"""Who says something of a submission, in this order; names of the parts of a simulation."""

__getattr__ = on_use(__name__, dict.fromkeys(("Simulation", "Verdict"), "rembi_widgets.formats.pagetab._simulated"))


def write(record: Curation, folder: Path, *, spelling: str = "v5") -> Written:
    """Write a curation as a folder ready to upload: the submission twice, file lists, a README with the steps.

    Parameters
    ----------
    folder
        Where the files go; it is made if it does not exist.
    spelling
        ``v5``, as the archive's form wants it; ``v4`` calls the sections of annotations ``Annotations``, as the
        archive's reader wants them.

    Raises
    ------
    RembiError
        If there is no such spelling.
    OSError
        If the folder cannot be written.
    """
    from rembi_widgets.formats.pagetab._set import write_set

    return write_set(record, folder, spelling)


def simulate(source: Curation | Path, facts: FileFacts | None = None, *, today: date | None = None) -> Simulation:
    """Say what the archive's form, server and reader would each say of a submission, without asking them.

    Parameters
    ----------
    source
        A curation, which is composed as it would be sent; or a folder with a ``submission.json``; or a record of the
        archive in JSON, whose file lists are not looked into.
    facts
        What is known of the files on disk; without them nobody looks whether listed files are there.
    today
        The day of sending, for the window of release dates.

    Raises
    ------
    RembiError
        If there is no such file, or it is no PageTab in JSON.
    """
    from rembi_widgets.formats.pagetab._simulated import simulate as simulated

    return simulated(source, facts, today=today)
