"""What a person decides about the gallery's groups: several that are one, images that are one of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.widgets import _rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rembi_widgets.record import Curation
    from rembi_widgets.widgets._session import Answer, Session


def merge(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Make groups one, in one change: the largest takes in the others.

    Raises
    ------
    RembiError
        If fewer than two of the groups are still there.
    """
    from rembi_widgets.images import merge_groups

    opened = session.curation
    opened.refresh()
    there = set(opened.record.images.column("group"))
    named = dict.fromkeys(str(key) or None for key in message.get("keys") or ())
    keys = [key for key in named if key in there]
    if len(keys) < 2:  # noqa: PLR2004 - one alone has nothing to be merged with
        raise RembiError("regroup.too_few")
    edits = merge_groups(opened.record, keys)
    opened.edit(edits)
    return {"kind": "ack", "seq": session.seq, "count": len(edits[0].rows or ()), "key": edits[0].value}


def split(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Make images a group of their own, in one change; they are named by ``rows``, or by a filter of the file table.

    Raises
    ------
    RembiError
        If none of them is there, or they are a whole group already.
    """
    from rembi_widgets.images import split_group

    opened = session.curation
    opened.refresh()
    rows = _rows.find(opened.record, _rows.Query.read({**message, "table": "images"}))
    edits = split_group(opened.record, rows)
    if not edits:
        raise RembiError("regroup.no_images")
    if _is_whole(opened.record, rows):
        raise RembiError("regroup.whole")
    opened.edit(edits)
    return {"kind": "ack", "seq": session.seq, "count": len(rows), "key": edits[0].value}


def _is_whole(record: Curation, rows: Sequence[str]) -> bool:
    """Tell whether images are all there are of one group; those without a group are none."""
    images, chosen = record.images, set(rows)
    held = dict(zip(images.ids, images.column("group"), strict=True))
    keys = {held[row] for row in rows}
    return keys != {None} and len(keys) == 1 and all(row in chosen for row, key in held.items() if key in keys)
