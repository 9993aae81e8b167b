"""A file or folder of another format into a curation: one change of unconfirmed values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.errors import RembiError

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.formats import Read
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
    from rembi_widgets.formats import proposal, read
    from rembi_widgets.store import open_curation

    if not source.exists():
        raise RembiError("app.no_source", path=str(source))
    found = read(source, from_)
    folder.mkdir(parents=True, exist_ok=True)
    with open_curation(folder) as curation:
        return found, curation.propose(proposal(found.record, curation.record), origin="import")
