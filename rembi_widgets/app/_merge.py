"""Two copies of a dataset brought together on the command line: what came, and what two people said differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.app import _print
from rembi_widgets.locale import text
from rembi_widgets.store import merge_copy, open_curation

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.record import Conflict
    from rembi_widgets.store import Copied


def merge_folders(folder: Path, other: Path, *, as_json: bool = False) -> int:
    """Take the changes of another copy into a dataset, and tell; gives the exit status."""
    from rembi_widgets.checks import check

    with open_curation(folder) as curation:
        copied = merge_copy(curation, other)
        found = check(curation.record, conflicts=copied.conflicts) if copied.conflicts and not as_json else ()
    if as_json:
        _print.answer_json(merged_json(copied))
        return 0
    key = "app.merged" if copied.changes else "app.merged.nothing"
    _print.answer(text(key, None, n=len(copied.changes)))
    for finding in (*copied.reports, *(one for one in found if one.code == "two_values")):
        _print.answer(f"{text(f'app.level.{finding.level}')}: {finding}  [{finding.path}]")
    return 0


def merged_json(copied: Copied) -> dict[str, Any]:
    """Give the form that ``merge --json`` prints."""
    return {
        "changes": len(copied.changes),
        "conflicts": [conflict_json(conflict) for conflict in copied.conflicts],
        "reports": [finding.to_json() for finding in copied.reports],
    }


def conflict_json(conflict: Conflict) -> dict[str, Any]:
    """Give a conflict as plain data: the field, the number of rows, and its values."""
    rivals = [rival._asdict() for rival in conflict.rivals]
    return {"path": conflict.path, "rows": len(conflict.rows), "rivals": rivals}
