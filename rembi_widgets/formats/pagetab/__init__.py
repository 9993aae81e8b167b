"""PageTab, the BioImage Archive's way to submit: template BioImages.v5, in JSON and TSV, with its file lists.

A curation is one submission. Its titles are keys: associations name sections by them. Ontology ids stand as qualifiers,
and those of organisms in a subsection too, where the archive's own reader looks for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.lazy import on_use

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from rembi_widgets.formats import Read, Written
    from rembi_widgets.formats.pagetab._document import Document
    from rembi_widgets.formats.pagetab._leads import Leads
    from rembi_widgets.formats.pagetab._simulated import Simulation, Verdict
    from rembi_widgets.record import Curation, FileFacts

__all__ = [
    "PARTS",
    "Simulation",
    "Verdict",
    "is_document",
    "is_pagetab",
    "leads",
    "open_document",
    "page",
    "read",
    "recognises",
    "simulate",
    "write",
]

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


def is_document(path: Path) -> bool:
    """Tell whether a path is a PageTab submission and no curation: a file, or a folder that has one."""
    return not (path / ".rembi").exists() and not (path / "rembi.json").exists() and is_pagetab(path)


def recognises(source: Path) -> bool:
    """Tell whether a file or folder is a submission; the registry of formats asks this."""
    return is_pagetab(source)


def is_pagetab(source: Path) -> bool:
    """Tell by its content whether a file is a PageTab submission, or a folder has one."""
    from rembi_widgets.formats.pagetab._document import find

    return find(source) is not None


def open_document(source: Path) -> Document:
    """Open a submission as plain data: sections, attributes, links and files, and what the server would refuse.

    Parameters
    ----------
    source
        A file in JSON or TSV, a workbook that carries TSV, or a folder that holds one.

    Raises
    ------
    RembiError
        If nothing there is PageTab.
    """
    from rembi_widgets.formats.pagetab._document import open_document as opened

    return opened(source)


def read(source: Path, *, people: bool = True) -> Read:
    """Read a submission of any template into a record; what has no field is kept in it and written back.

    Parameters
    ----------
    source
        A file in JSON or TSV, a workbook that carries TSV, or a folder that holds one. File lists are read where they
        are beside it.
    people
        Whether authors and their organisations are read.

    Raises
    ------
    RembiError
        If nothing there is PageTab.
    """
    from rembi_widgets.formats.pagetab._read import read as read_pagetab

    return read_pagetab(source, people=people)


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


def leads(record: Curation) -> Leads:
    """Give the ways back from a submission: ``leads(record).finding(finding)`` is the path of the field it is about."""
    from rembi_widgets.formats.pagetab._leads import leads_of

    return leads_of(record)


def page(record: Curation) -> dict[str, Any]:
    """Give what a visitor of the archive will see of a curation, as plain data with the way back to each field.

    It is taken from the document as it would be sent: what the archive will not get is not in it.
    """
    from rembi_widgets.formats.pagetab._page import page as page_of

    return page_of(record)
