"""Several people on one dataset, as views see them: what others changed, conflicts, and copies to merge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.record import TABLES, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rembi_widgets.record import Change, Conflict, Edit
    from rembi_widgets.store import OpenCuration, Preview
    from rembi_widgets.widgets._session import Answer, Session

    Message = Mapping[str, Any]

SHOWN = 200
"""Conflicts sent at most: who settles two hundred is sent the next."""
NAMED = 12
"""Places that are named of a change somebody else made."""


def told_of(change: Change, curation: OpenCuration) -> dict[str, Any] | None:
    """Tell whose a change is and what it is about; ``None`` for one's own."""
    if change.writer == curation.writer:
        return None
    places = list(dict.fromkeys(place for edit in change.edits for place in _places(edit)))
    me = change.author == curation.author
    return {"author": change.author, "me": me, "id": change.id, "paths": places[:NAMED], "count": len(places)}


def _places(edit: Edit) -> Iterator[str]:
    is_row = parts(edit.path)[0] in TABLES
    yield edit.path if edit.op != "add" or is_row or not edit.id else f"{edit.path}/{edit.id}"


def conflicts_json(conflicts: tuple[Conflict, ...]) -> list[dict[str, Any]]:
    """Give conflicts as views show them."""
    return [
        {"path": one.path, "rows": len(one.rows), "rivals": [rival._asdict() for rival in _each(one)]}
        for one in conflicts[:SHOWN]
    ]


def _each(conflict: Conflict) -> list[Any]:
    return list({rival.change: rival for rival in conflict.rivals}.values())


def here(session: Session, _message: Message, _buffers: list[bytes]) -> Answer:
    """Note that a page is open."""
    session.watch.here()
    return {"kind": "ack", "people": session.watch.people}


def settle(session: Session, message: Message, _buffers: list[bytes]) -> Answer:
    """Settle a conflict for one of its values."""
    session.curation.settle(str(message.get("path")), str(message.get("change")))
    return {"kind": "ack", "seq": session.seq}


def look_at_copy(session: Session, message: Message, _buffers: list[bytes]) -> Answer:
    """Tell what another copy would bring; nothing is changed."""
    from rembi_widgets.store import preview_copy

    preview: Preview = preview_copy(session.curation, _folder(session, message))
    return {
        "changes": preview.changes,
        "conflicts": conflicts_json(preview.conflicts),
        "count": len(preview.conflicts),
        "reports": [finding.message(session.lang) for finding in preview.reports],
    }


def merge(session: Session, message: Message, _buffers: list[bytes]) -> Answer:
    """Take the changes of another copy in."""
    from rembi_widgets.store import merge_copy

    copied = merge_copy(session.curation, _folder(session, message))
    return {"changes": len(copied.changes), "count": len(copied.conflicts)}


def _folder(session: Session, message: Message) -> str:
    from rembi_widgets.widgets._places import place

    asked = str(message.get("folder") or "").strip()
    if not asked:
        raise RembiError("store.no_folder", path="")
    return str(place(session, asked))
