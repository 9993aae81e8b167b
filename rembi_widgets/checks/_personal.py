"""Values read from headers that may name a person, a machine, a folder or a place on earth.

Microscopes write such values where nobody looks: a folder with a user's name as the image's name, an e-mail address in
a description. They are told before anything is exported; what a person typed is theirs to say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rembi_widgets.checks._case import SHOWN, finding
from rembi_widgets.checks._columns import row_path
from rembi_widgets.record import get

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import Finding, Mark, Table

PERSONAL = re.compile(
    r"[A-Za-z]:\\(?!\\)\S"  # a folder of Windows
    r"|(?<!\\)\\\\[\w.$-]+\\\w"  # a shared drive
    r"|(?<![\w.])/(?:home|Users|mnt|media|Volumes)/\S"
    r"|[\w.+-]+@[\w-]+\.\w"  # an e-mail address
    r"|\b(?:user(?:[ _-]?name)?|operator|author|host(?:[ _-]?name)?|computer|login)\s*[:=]\s*\w"
    r"|\b-?\d{1,3}\.\d{4,}\s*°?\s*[NS]?\s*[,;]\s*-?\d{1,3}\.\d{4,}",  # a place on earth
    re.IGNORECASE,
)
COLUMNS = ("scene_name", "instrument", "objective", "channel_names", "plate", "well")
"""Columns of images whose texts come from headers."""


def personal(case: Case) -> Iterator[Finding]:
    """Find values read from headers that may be personal: one finding a column of images, one a value elsewhere."""
    table = case.record.images
    for column in COLUMNS:
        yield from _column(table, column)
    for path, mark in case.record.marks.items():
        if mark.origin.kind == "scan":
            said = _texts(get(case.record, path))
            if PERSONAL.search(said):
                yield finding("warning", "personal_value", path, found=said[:SHOWN], name=case.name(path))


def _column(table: Table, column: str) -> Iterator[Finding]:
    """Look at each text of a column once, however many images have it."""
    if column not in table.columns:
        return
    values = table.column(column)
    told = {value for value in set(values) if type(value) is str and PERSONAL.search(value)}
    if not told:
        return
    marks = table.marks.get(column)
    places = [place for place, value in enumerate(values) if value in told and _is_read(marks, place)]
    if places:
        path = row_path("images", table, places[0], column)
        yield finding("warning", "personal_values", path, found=str(values[places[0]])[:SHOWN], n=len(places))


def _is_read(marks: Sequence[Mark | None] | None, place: int) -> bool:
    """Tell whether a cell was read from a header."""
    mark = marks[place] if marks is not None else None
    return mark is not None and mark.origin.kind == "scan"


def _texts(value: Any) -> str:
    """Give what a value says as text; nothing for numbers."""
    if isinstance(value, tuple):
        return "; ".join(filter(None, map(_texts, value)))
    return value if isinstance(value, str) else str(getattr(value, "label", "") or "")
