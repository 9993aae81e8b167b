"""Starting from a file: a published study, a submission, a record of any format that can be read.

A person looks first: what is in the file, what would be taken of it, what found no field. What was looked at is held
until it is taken, so that a file crosses the wire once. It comes as an upload, or by a path below the root.
"""

from __future__ import annotations

import secrets
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.widgets._unpack import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rembi_widgets.formats import Read
    from rembi_widgets.record import Curation, Finding
    from rembi_widgets.record._template import Values
    from rembi_widgets.widgets._session import Answer, Session

HELD = 3
"""Files that were looked at and are held at most."""
TITLES, LEFT, SAID = 6, 60, 30
"""Titles of a section, things without a field, and findings that are told at most."""
PEOPLE = ("people", "organisations", "publications")
"""Collections that name people, of which only the number is told."""


@dataclass(frozen=True)
class Source:
    """A file that was looked at."""

    name: str
    format: str
    read: Read


def look(session: Session, message: Mapping[str, Any], buffers: list[bytes]) -> Answer:
    """Read a file that was uploaded, or that a path names, and tell what is in it; nothing is changed by it."""
    with located(session, message, buffers) as (place, name):
        source = read_source(place, name)
    token = secrets.token_hex(8)
    held: dict[str, Source] = session.extra.setdefault("sources", {})
    while len(held) >= HELD:
        held.pop(next(iter(held)))
    held[token] = source
    return {"token": token, **told(source, session.lang)}


@contextmanager
def located(session: Session, message: Mapping[str, Any], buffers: list[bytes]) -> Iterator[tuple[Path, str]]:
    """Give the place and name of what somebody chose while it is read: of an upload, or of a path below the root."""
    name = str(message.get("name") or "")
    with tempfile.TemporaryDirectory(prefix="rembi-source-") as folder:
        if buffers:
            yield unpacked(bytes(buffers[0]), name, Path(folder)), name
            return
        found = _named(session, str(message.get("path") or ""))
        zipped = found.is_file() and found.suffix.casefold() == ".zip"
        yield (unpacked(found, found.name, Path(folder)) if zipped else found), found.name


def _named(session: Session, path: str) -> Path:
    from rembi_widgets.store import inside
    from rembi_widgets.widgets._places import root_of

    root = root_of(session)
    wanted = Path(path).expanduser() if path else None
    if wanted is None:
        raise RembiError("ui.no_file")
    found = wanted.resolve() if wanted.is_absolute() else inside(root, path)
    if not found.is_relative_to(root):
        raise RembiError("store.path_outside", path=path)
    if not found.exists():
        raise RembiError("app.no_source", path=path)
    return found


def read_source(place: Path, name: str) -> Source:
    """Read a file, folder or curation of any format that we read.

    Raises
    ------
    RembiError
        If nothing that we read is there.
    """
    from rembi_widgets import formats

    if (place / ".rembi").is_dir() or (place / "rembi.json").is_file():
        return Source(name, "rembi", _curation(place))
    found = formats.detect(place)
    return Source(name, found, formats.read(place, found))


def _curation(place: Path) -> Read:
    """Read a dataset that was curated with this package."""
    from rembi_widgets.formats import Read
    from rembi_widgets.store import open_curation

    with open_curation(place) as opened:
        return Read(opened.record)


def told(source: Source, lang: str | None) -> dict[str, Any]:
    """Give what is in a file: its format and title, the number of things by section, what has no field, findings."""
    record, kept = source.read.record, source.read.kept
    headers = Counter(f"{one.file}: {one.header}" for one in kept)
    return {
        "name": source.name,
        "format": source.format,
        "title": _text(record.study.title),
        "accession": _text(record.study.accession),
        "sections": list(_sections(record)),
        "files": len(record.files),
        "left": [{"words": words, "count": count} for words, count in list(headers.items())[:LEFT]],
        "left_count": len(headers),
        "findings": [_finding(one, lang) for one in source.read.findings if one.level != "info"][:SAID],
    }


def _sections(record: Curation) -> Any:
    """Give each section with the number of its entities, and the first of their titles but for people."""
    from rembi_widgets.record import COLLECTIONS, GUIDE

    names = {section.collection: name for name, section in GUIDE.items()}
    for collection in COLLECTIONS:
        entities = getattr(record, collection)
        if not entities:
            continue
        titles = [] if collection in PEOPLE else [text for one in entities if (text := _title(one))]
        yield {
            "section": names[collection],
            "count": len(entities),
            "titles": titles[:TITLES],
            "people": collection in PEOPLE,
        }


def _title(entity: Any) -> str:
    held = (getattr(entity, name, None) for name in ("title", "funder", "url"))
    return next((text for text in map(_text, held) if text), "")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _finding(finding: Finding, lang: str | None) -> dict[str, Any]:
    return {"level": finding.level, "message": finding.message(lang)}


def start_from(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Put what was looked at into a dataset as one change of unconfirmed values, and begin to read its images.

    Taken whole, it is that study itself. Else it is the model of another one: files and images, the accession and the
    dates of the source stay behind; so do its people, unless they are wanted.
    """
    from rembi_widgets.formats import proposal
    from rembi_widgets.record import as_template
    from rembi_widgets.store import open_curation
    from rembi_widgets.widgets._places import place, set_up
    from rembi_widgets.widgets._scanning import start

    sources, token = session.extra.get("sources") or {}, str(message.get("token") or "")
    folder = str(message.get("folder") or session.curation.folder or "")
    if token not in sources:
        raise RembiError("ui.study.gone")
    if not folder:
        raise RembiError("ui.folder.missing")
    found, is_whole = sources[token].read.record, message.get("values") == "whole"
    values: Values = "clear" if message.get("values") == "clear" else "keep"
    record = found if is_whole else as_template(found, values, people=message.get("people") is True)
    session.take(open_curation(place(session, folder)))
    set_up(session, message)
    change = session.curation.propose(
        proposal(record, session.curation.record), origin="import" if is_whole else "copy"
    )
    sources.pop(token)
    start(session)
    return {"kind": "ack", "seq": session.seq, "count": len(change.edits) if change is not None else 0}
