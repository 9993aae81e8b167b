"""Checking somebody's submission as it stands in its file: the server's grammar, then all rules of the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.record import Finding

SAID_BY_BOTH = ("author_without_name", "component_without_associations")
"""What the document and the record both say; the document knows the place."""
_RANK = {"error": 0, "warning": 1, "info": 2}


def check_submission(source: Path) -> tuple[Finding, ...]:
    """Give everything that stands between a PageTab and the BioImage Archive, the gravest first.

    Parameters
    ----------
    source
        A submission's file, or the folder that holds it and its file lists.

    Raises
    ------
    RembiError
        If nothing there is PageTab.
    """
    from rembi_widgets.checks import check
    from rembi_widgets.formats import pagetab

    read = pagetab.read(source)
    told = {one.code.rpartition(".")[2] for one in read.findings}
    said = {f"bia_{code}" for code in SAID_BY_BOTH if code in told}
    # nobody has confirmed what is only looked at, and nobody is asked to
    of_record = [
        one for one in check(read.record, "bia") if one.code not in said and not one.code.startswith("unconfirmed")
    ]
    return tuple(sorted((*read.findings, *of_record), key=lambda one: _RANK[one.level]))
