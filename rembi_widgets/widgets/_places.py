"""Folders the first screen offers, and opening one: never above the root the server was started with."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.store import inside, open_curation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rembi_widgets.widgets._session import Answer, Session

LISTED = 500


def root_of(session: Session) -> Path:
    """Give the folder above which nothing is shown: ``REMBI_ROOT``, else the person's home."""
    return Path(session.extra.get("root") or os.environ.get("REMBI_ROOT") or Path.home()).resolve()


def place(session: Session, path: str) -> Path:
    """Give a folder a person named, absolute or below the root.

    Raises
    ------
    RembiError
        If it lies outside the root, or is no folder.
    """
    root = root_of(session)
    wanted = Path(path).expanduser() if path else root
    found = wanted.resolve() if wanted.is_absolute() else inside(root, path)
    if not found.is_relative_to(root):
        raise RembiError("store.path_outside", path=path)
    if not found.is_dir():
        raise RembiError("store.no_folder", path=path)
    return found


def new_place(session: Session, title: str) -> Path:
    """Give a folder below the root that is not there yet, named after a study; it is not made.

    Only letters, digits, dots, dashes and blanks of the title are kept: it may come from anybody's file.
    """
    kept = "".join(letter for letter in title if letter.isalnum() or letter in " .-_").strip(" .")[:NAMED]
    name = kept or "rembi-ticket"
    root, number = root_of(session), 1
    while (found := root / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return found


NAMED = 80
"""Letters of a title that a new folder's name takes."""


def list_folders(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Give the folders in a folder."""
    root = root_of(session)
    folder = place(session, str(message.get("path") or ""))
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries if entry.is_dir() and not entry.name.startswith("."))
    parent = str(folder.parent) if folder != root else None
    folders = [{"name": name, "path": str(folder / name)} for name in names[:LISTED]]
    return {"path": str(folder), "parent": parent, "folders": folders}


def open_folder(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Open the curation of a folder and begin to read its images."""
    from rembi_widgets.widgets._scanning import start

    session.take(open_curation(place(session, str(message.get("folder") or ""))))
    set_up(session, message)
    start(session)
    return {"kind": "ack", "seq": session.seq}


def set_up(session: Session, message: Mapping[str, Any]) -> None:
    """Set what the first screen asks: kinds of imaging, targets."""
    wanted = {name: message[name] for name in ("imaging", "targets") if message.get(name)}
    edits = [{"op": "set", "path": f"/setup/{name}", "value": list(value)} for name, value in wanted.items()]
    if edits:
        session.curation.edit(edits)


def demo(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Make the demo dataset in a folder of its own and open it."""
    make = session.extra.get("make_demo")
    if make is None:
        raise RembiError("ui.no_demo")
    return open_folder(session, {**message, "folder": str(make())}, [])
