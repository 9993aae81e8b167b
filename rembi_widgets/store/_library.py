"""What a person keeps for other studies: preparations, acquisitions and analyses, one small file each.

They lie in the user's data folder (``REMBI_LIBRARY`` names another): no dataset is needed to use them again. A kept
thing knows where it came from, and the study that uses it again says so as the origin of each value.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.record import COLLECTIONS, PREFIXES, ROWS, Edit, Origin, is_empty, new_id, plain, section_of
from rembi_widgets.store._disk import make_folder, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rembi_widgets.record import Curation, Entity

FORMAT = "rembi-kept/1"
KEPT = ("specimens", "acquisitions", "analyses", "annotations", "correlations")
"""Collections whose entities are worth keeping: protocols, in the widest sense."""
PROTOCOL = {
    "specimens": ("preparation_method", "preparation_terms", "preparation_url", "growth_protocol", "growth_medium")
}
"""Collection to the fields that make its protocol, where the entity is more than that."""
_IDENTITY = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Kept:
    """Something kept: an entity's content, and where it was.

    Attributes
    ----------
    id
        Names it in the library.
    collection
        Where it belongs.
    value
        Its content, without anything that refers to its old study.
    source
        The study it came from, as its title or folder.
    at
        When it was kept.
    """

    id: str
    collection: str
    value: Mapping[str, Any]
    source: str = ""
    at: str = ""

    @property
    def title(self) -> str:
        """What it is called."""
        said = self.value.get("title")
        return said if isinstance(said, str) else ""


def library_folder() -> Path:
    """Give the folder of what is kept: ``REMBI_LIBRARY``, else one in the user's data folder."""
    named = os.environ.get("REMBI_LIBRARY")
    if named:
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("rembi_widgets", appauthor=False)) / "library"


def content_of(entity: Entity, collection: str) -> dict[str, Any]:
    """Give what an entity says that is true in another study too: nothing that refers to others of its own."""
    return _content(plain(entity), collection)


def _content(said: Mapping[str, Any], collection: str) -> dict[str, Any]:
    fields = section_of(collection).fields
    kept: dict[str, Any] = {}
    for name, value in said.items():
        kind = fields[name].kind if name in fields else None
        if name == "id" or kind in {"ref", "refs"} or is_empty(value) or (kind is None and name not in ROWS):
            continue
        rows = name in ROWS and isinstance(value, list)
        kept[name] = [_row(row, name) for row in value] if rows else value
    return kept


def _row(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {"id": new_id(PREFIXES[name]), **_content(row, name)}


def source_of(record: Curation, folder: Path | None) -> str:
    """Give the name of a study: its accession and title, else its folder."""
    said = (record.study.accession, record.study.title)
    words = " · ".join(text for text in said if isinstance(text, str))
    return words or (folder.name if folder else "")


def keep(record: Curation, path: str, *, source: str = "", folder: Path | None = None) -> Kept:
    """Keep an entity for other studies.

    Parameters
    ----------
    record
        The study.
    path
        The entity, such as ``/specimens/sp-7f3a``.
    source
        The study's name.
    folder
        Where things are kept; default: ``library_folder()``.

    Raises
    ------
    RembiError
        If there is no such entity, or it is of a kind that is not kept; ``DiskError`` if the disk refuses.
    """
    _, collection, identity = (*path.split("/"), "", "")[:3]
    held = getattr(record, collection) if collection in KEPT else ()
    entity = next((one for one in held if one.id == identity), None)
    if entity is None:
        raise RembiError("record.nothing_there", path=path)
    value = content_of(entity, collection)
    if not value:
        raise RembiError("sections.keep_empty")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    known = _twin(kept_things(collection, folder=folder), value)
    made = Kept(known or new_id("kp"), collection, value, source, now)
    home = (folder or library_folder()) / collection
    make_folder(home)
    said = {"format": FORMAT, "collection": collection, "value": value, "source": source, "at": now}
    replace(home / f"{made.id}.json", json.dumps(said, ensure_ascii=False, indent=1).encode())
    return made


def _twin(held: Iterable[Kept], value: Mapping[str, Any]) -> str | None:
    """Give the one of the same title: kept again, it is brought up to date."""
    return next((one.id for one in held if one.title and one.title == value.get("title")), None)


def kept_things(collection: str, *, folder: Path | None = None) -> tuple[Kept, ...]:
    """Give what is kept of a collection, by title; a file that cannot be read costs that file."""
    if collection not in KEPT:
        return ()
    found = [one for path in _files((folder or library_folder()) / collection) if (one := _read(path, collection))]
    return tuple(sorted(found, key=lambda one: (one.title.casefold(), one.id)))


def _files(home: Path) -> Iterator[Path]:
    try:
        yield from sorted(path for path in home.iterdir() if path.suffix == ".json" and _IDENTITY.fullmatch(path.stem))
    except OSError:
        return


def _read(path: Path, collection: str) -> Kept | None:
    try:
        said = json.loads(path.read_bytes())
        if said["format"] != FORMAT or said["collection"] != collection:
            return None
        COLLECTIONS[collection].model_validate({**said["value"], "id": path.stem})
        return Kept(path.stem, collection, said["value"], str(said["source"]), str(said["at"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def forget(collection: str, identity: str, *, folder: Path | None = None) -> None:
    """Take something out of the library; nothing happens if it is not there.

    Raises
    ------
    RembiError
        If the name is no name of something kept.
    """
    if collection not in KEPT or not _IDENTITY.fullmatch(identity):
        raise RembiError("record.nothing_there", path=f"/{collection}/{identity}")
    ((folder or library_folder()) / collection / f"{identity}.json").unlink(missing_ok=True)


def reuse_edits(things: Iterable[Kept], *, into: str | None = None, record: Curation | None = None) -> list[Edit]:
    """Give the edits that bring things into a study: new entities, or one's protocol into an entity that is there.

    Parameters
    ----------
    things
        What to use again.
    into
        Path of an entity, such as ``/specimens/sp-1``, that takes over the protocol; what it says already is replaced.
    record
        The study; needed with ``into``.
    """
    edits: list[Edit] = []
    for one in things:
        origin = Origin(kind="copy", source=one.source or one.title or None)
        value = _content(dict(one.value), one.collection)
        if into is None:
            edits.append(
                Edit(
                    op="add", path=f"/{one.collection}", id=new_id(PREFIXES[one.collection]), value=value, origin=origin
                )
            )
        else:
            wanted = PROTOCOL.get(one.collection, tuple(name for name in value if name not in {"title", *ROWS}))
            edits += [
                Edit(op="set", path=f"{into}/{name}", value=value[name], origin=origin)
                for name in wanted
                if name in value
            ]
            edits += _rows_into(record, into, value, origin)
    return edits


def _rows_into(record: Curation | None, into: str, value: Mapping[str, Any], origin: Origin) -> Iterator[Edit]:
    """Give the edits that add the rows of a thing to an entity that has none of their kind."""
    _, collection, identity = into.split("/")[:3]
    held = next((one for one in getattr(record, collection, ()) if one.id == identity), None)
    for name in ROWS.keys() & value.keys():
        if held is not None and not getattr(held, name, ()):
            for row in value[name]:
                given = {key: said for key, said in row.items() if key != "id"}
                yield Edit(op="add", path=f"{into}/{name}", id=new_id(PREFIXES[name]), value=given, origin=origin)
