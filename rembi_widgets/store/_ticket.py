"""A ticket: the whole curation as one small file, to go on elsewhere, also where the images are not.

A zip of ``changes.ndjson`` (all changes, large values inline) and ``thumbs/<image id>.png``. It is read with
limits, as a file from anywhere: names are checked, sizes bounded, and a change that cannot be applied is left out.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.record import Change
from rembi_widgets.store._copies import write_changes
from rembi_widgets.store._curation import OpenCuration
from rembi_widgets.store._disk import make_folder, replace
from rembi_widgets.store._home import home_of
from rembi_widgets.store._journal import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FORMAT = "rembi-ticket/1"
LIMIT_BYTES = 512 * 1024 * 1024
THUMB_BYTES = 512 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, LookupError, ValueError, TypeError)
"""What reading a zip from anywhere raises: ``RuntimeError`` for passwords, unknown methods and endless nesting."""


def write_ticket(curation: OpenCuration, thumbs: Mapping[str, bytes] | None = None) -> bytes:
    """Give a curation as a ticket, with thumbnails (image id to PNG) for where the images are not."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        title = curation.folder.name if curation.folder else ""
        archive.writestr("ticket.json", json.dumps({"format": FORMAT, "title": title}))
        lines = (to_json(_plain(change)) for change in curation.history)
        archive.writestr("changes.ndjson", b"".join(line + b"\n" for line in lines))
        for image, png in (thumbs or {}).items():
            archive.writestr(f"thumbs/{image}.png", png)
    return held.getvalue()


def _plain(change: Change) -> dict[str, Any]:
    plain = change.model_dump(mode="json", exclude={"edits"}, exclude_defaults=True)
    return {**plain, "edits": [edit.plain() for edit in change.edits]}


def ticket_title(data: bytes) -> str:
    """Give the name of the dataset that a ticket was made of.

    Raises
    ------
    RembiError
        If the file is no ticket.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return str(json.loads(_read(archive, "ticket.json"))["title"])
    except _BROKEN as fault:
        raise _no_ticket(fault) from fault


def _no_ticket(fault: Exception) -> RembiError:
    return RembiError("store.no_ticket", reason=(str(fault).splitlines() or ["?"])[0][:120])


def restore_ticket(data: bytes, folder: Path) -> int:
    """Bring a ticket back into a dataset's folder, and give the number of changes that were new there.

    Raises
    ------
    RembiError
        If the file is no ticket, or too large; then nothing is written.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            changes, thumbs = list(_changes(archive)), dict(_thumbs(archive))
    except _BROKEN as fault:
        raise _no_ticket(fault) from fault
    make_folder(folder)
    with OpenCuration(folder) as curation:
        known = {change.id for change in curation.history}
    fresh = [change for change in changes if change.id not in known]
    home = home_of(folder.resolve())
    home.begin()
    _write(home.folder / ".rembi", fresh, thumbs)
    return len(fresh)


def _changes(archive: zipfile.ZipFile) -> Iterator[Change]:
    if json.loads(_read(archive, "ticket.json"))["format"] != FORMAT:
        raise ValueError(FORMAT)
    for line in _read(archive, "changes.ndjson").splitlines():
        yield Change.model_validate_json(line)


def _read(archive: zipfile.ZipFile, name: str, limit: int = LIMIT_BYTES) -> bytes:
    with archive.open(name) as handle:
        data = handle.read(limit + 1)
    if len(data) > limit:
        raise ValueError(name)
    return data


def _thumbs(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for name in archive.namelist():
        folder, _, file = name.partition("/")
        image = file.removesuffix(".png")
        if folder == "thumbs" and image.replace("-", "").isalnum():
            png = _read(archive, name, THUMB_BYTES)
            if png.startswith(b"\x89PNG\r\n"):
                yield image, png


def _write(home: Path, changes: list[Change], thumbs: Mapping[str, bytes]) -> None:
    for image, png in thumbs.items():
        make_folder(home / "thumbs")
        replace(home / "thumbs" / f"{image}.png", png)
    if changes:
        write_changes(home, "ticket", changes)
