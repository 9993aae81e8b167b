"""A file or folder of another format into a curation: one change of unconfirmed values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.errors import RembiError

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.formats import Read
    from rembi_widgets.formats.xlsx import Back
    from rembi_widgets.record import Change


def import_into(source: Path, folder: Path, from_: str | None = None) -> tuple[Read, Change | None]:
    """Read a source and propose it to the curation of a folder, which is made if it is not there.

    Returns
    -------
    tuple
        What was read, and the change; ``None`` if the curation says all of it already, or people said otherwise.

    Raises
    ------
    RembiError
        If there is no such format, or nothing of it in the source.
    """
    from rembi_widgets.formats import Read, detect, proposal, read
    from rembi_widgets.record import Curation
    from rembi_widgets.store import open_curation

    if not source.exists():
        raise RembiError("app.no_source", path=str(source))
    if (from_ or detect(source)) == "xlsx":
        back, change = bring_back(source, folder)
        return Read(Curation(), back.findings), change
    found = read(source, from_)
    folder.mkdir(parents=True, exist_ok=True)
    with open_curation(folder) as curation:
        return found, curation.propose(proposal(found.record, curation.record), origin="import")


def bring_back(source: Path, folder: Path) -> tuple[Back, Change | None]:
    """Take what somebody changed in a workbook into the curation of a folder, as one change.

    Returns
    -------
    tuple
        What the workbook says, cell by cell, and the change; ``None`` if nothing was changed.

    Raises
    ------
    RembiError
        If it is no workbook that was made here.
    """
    from rembi_widgets.formats import xlsx
    from rembi_widgets.record import Origin
    from rembi_widgets.store import open_curation

    if not source.exists():
        raise RembiError("app.no_source", path=str(source))
    folder.mkdir(parents=True, exist_ok=True)
    with open_curation(folder) as curation:
        back = xlsx.edits(source, curation.record)
        origin = Origin(kind="edited_outside", source=source.name)
        return back, curation.edit(back.edits, origin=origin) if back.edits else None
