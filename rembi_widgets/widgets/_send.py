"""What leaves the app: an export as a zip, the curation as a ticket, and a ticket coming back."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.store import open_curation, restore_ticket, ticket_title, write_ticket
from rembi_widgets.widgets._gallery import THUMB, make_thumb

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rembi_widgets.widgets._session import Answer, Session

TICKET_THUMBS = 200
"""Thumbnails a ticket carries at most: it stays a small file."""


def export(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Write a format and give it as a zip; the checkpoints are written with it."""
    from rembi_widgets import formats

    opened = session.curation
    opened.checkpoint()
    name = str(message.get("format") or "isatab")
    with tempfile.TemporaryDirectory() as folder:
        profile = str(message.get("profile") or "") or None
        written = formats.write(name, opened.record, Path(folder), profile=profile)
        data = _zip(Path(folder))
    findings = [finding.to_json(session.lang) for finding in written.findings]
    title = opened.folder.name if opened.folder else "curation"
    return {"name": f"{title}-{name}.zip", "findings": findings}, [data]


def _zip(folder: Path) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    return held.getvalue()


def ticket(session: Session, _message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Give the curation as one small file, with thumbnails for where the images are not."""
    opened = session.curation
    thumbs = {}
    for image in opened.record.images.ids[:TICKET_THUMBS]:
        try:
            thumbs[image] = make_thumb(session, image, THUMB // 2)
        except (RembiError, OSError, ValueError):  # a ticket without a picture is still a ticket
            continue
    title = opened.folder.name if opened.folder else "curation"
    return {"name": f"{title}.rembi-ticket.zip"}, [write_ticket(opened, thumbs)]


def restore(session: Session, message: Mapping[str, Any], buffers: list[bytes]) -> Answer:
    """Bring a ticket back: into the folder named, else the open dataset, else a new folder below the root."""
    from rembi_widgets.widgets._places import new_place, place

    if not buffers:
        raise RembiError("ui.no_file")
    named = str(message.get("folder") or "")
    folder = place(session, named) if named else session.curation.folder
    data = bytes(buffers[0])
    if folder is None:
        folder = new_place(session, ticket_title(data))
    count = restore_ticket(data, folder)
    session.take(open_curation(folder))
    return {"kind": "ack", "seq": session.seq, "count": count}
