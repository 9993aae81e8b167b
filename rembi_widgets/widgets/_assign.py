"""Images to components and associations by folder, group or selection; entities from another curation."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from rembi_widgets.record import COLLECTIONS, Curation, Edit
from rembi_widgets.store import open_curation
from rembi_widgets.widgets import _rows
from rembi_widgets.widgets._gallery import path_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rembi_widgets.widgets._session import Answer, Session


def assign_edits(record: Curation, message: Mapping[str, Any]) -> list[Edit]:
    """Give the edits that point images to a component, and to one of its associations.

    The message names the images by ``rows``, by ``folder`` (with all below it), by ``group``, or by a ``filter``.
    """
    rows = _wanted(record, message)
    if not rows:
        return []
    component, association = message.get("component"), message.get("association")
    edits = [Edit(op="fill", path="/images/association", rows=rows, value=association)]
    return [Edit(op="fill", path="/images/component", rows=rows, value=component), *edits] if component else edits


def _wanted(record: Curation, message: Mapping[str, Any]) -> tuple[str, ...]:
    if message.get("folder") is not None:
        folder = PurePosixPath(str(message["folder"]))
        paths = ((row, path_of(record, row)) for row in record.images.ids)
        return tuple(row for row, path in paths if path and PurePosixPath(path).is_relative_to(folder))
    if message.get("group") is not None:
        return tuple(_rows.find(record, _rows.Query("images", where={"group": message["group"]})))
    return tuple(_rows.find(record, _rows.Query.read({**message, "table": "images"})))


def copyable(session: Session, folder: str, section: str) -> Answer:
    """Give the entities of a section of another dataset's curation, without anything that belongs to it."""
    from rembi_widgets.widgets._places import place

    if section not in COLLECTIONS:
        return {"items": []}
    with open_curation(place(session, folder)) as other:
        return {"items": [entity.plain() for entity in getattr(other.record, section)]}
