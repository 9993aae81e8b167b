"""What is used again: the lab's people, what a person keeps for other studies, a study as another's template."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Literal

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.people import known_as, people_edits, read_people
from rembi_widgets.record import COLLECTIONS, Edit, Origin, get, is_empty
from rembi_widgets.store import (
    Kept,
    content_of,
    forget,
    is_blank,
    keep,
    kept_things,
    lab_people,
    like_edits,
    open_curation,
    reuse_edits,
    source_of,
)
from rembi_widgets.widgets._places import place, root_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rembi_widgets.formats.people import LabPerson
    from rembi_widgets.record import Curation
    from rembi_widgets.store import OpenCuration
    from rembi_widgets.widgets._session import Answer, Session

    Known = dict[str, tuple[LabPerson, str]]

UPLOADED = "lab"
"""Where a session keeps the list that was chosen in the app."""


def lab(session: Session, message: Mapping[str, Any], buffers: list[bytes]) -> Answer:
    """Give the lab's people: those of the list a person chose now or before, and those of the lab's files."""
    if buffers:
        name = str(message.get("name") or "people.csv")
        session.extra[UPLOADED] = [(person, name) for person in read_people(name, bytes(buffers[0]))]
    people, faults = _known(session)
    record = session.curation.record
    told = [_person(key, person, source, known_as(record, person)) for key, (person, source) in people.items()]
    told.sort(key=lambda one: (str(one["last"]).casefold(), str(one["name"]).casefold()))
    return {
        "people": told,
        "files": list(dict.fromkeys(source for _, source in people.values())),
        "faults": [fault.say(session.lang) for fault in faults],
    }


def _known(session: Session) -> tuple[Known, Sequence[RembiError]]:
    limited = session.extra.get("root") or os.environ.get("REMBI_ROOT")
    found = lab_people(session.curation.folder, root_of(session) if limited else None)
    people: Known = {}
    seen = set[str]()
    for person, source in (*session.extra.get(UPLOADED, ()), *found.people):
        if seen.isdisjoint(person.keys[:-1] or person.keys):
            people[person.keys[0]] = (person, source)
        seen.update(person.keys)
    return people, found.unreadable


def _person(key: str, person: LabPerson, source: str, known: str | None) -> dict[str, Any]:
    return {
        "key": key,
        "name": person.name or person.email,
        "last": person.last_name,
        "email": person.email,
        "orcid": person.orcid,
        "organisations": [one.title or one.ror for one in person.organisations],
        "source": source,
        "known": known,
    }


def lab_add(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Add chosen people of the lab's list, with their organisations, as one change."""
    people, _ = _known(session)
    chosen = [people[key] for key in map(str, message.get("keys") or ()) if key in people]
    before = len(session.curation.record.people)
    edits = people_edits(
        session.curation.record, [person for person, _ in chosen], ", ".join(dict.fromkeys(s for _, s in chosen))
    )
    if edits:
        session.curation.edit(edits, origin="copy")
    return {"kind": "ack", "seq": session.seq, "count": len(session.curation.record.people) - before}


def keep_thing(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Keep an entity for other studies."""
    opened = session.curation
    made = keep(opened.record, str(message.get("path") or ""), source=source_of(opened.record, opened.folder))
    return {"id": made.id, "title": made.title}


def library(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Give what can be used again: what is kept, or, with ``folder``, what another study describes."""
    found = _things(session, message)
    return {"items": [{"id": one.id, "title": one.title, "source": one.source, "at": one.at} for one in found]}


def _things(session: Session, message: Mapping[str, Any]) -> Sequence[Kept]:
    section = str(message.get("section") or "")
    if section not in COLLECTIONS:
        return ()
    if message.get("folder") is None:
        return kept_things(section)
    with open_curation(place(session, str(message["folder"]))) as other:
        source = source_of(other.record, other.folder)
        entities = getattr(other.record, section)
        return [Kept(one.id, section, content_of(one, section), source) for one in entities]


def reuse(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Bring things into the study as one change: as entities of their own, or ``into`` one that is there."""
    wanted = [str(identity) for identity in message.get("ids") or ()]
    things = {one.id: one for one in _things(session, message)}
    chosen = [things[identity] for identity in wanted if identity in things]
    record = session.curation.record
    into = message.get("into")
    if into is not None and (get(record, str(into)) is None or str(into).split("/")[1] != message.get("section")):
        raise RembiError("record.nothing_there", path=str(into))
    edits = reuse_edits(chosen, into=None if into is None else str(into), record=record)
    if edits:
        source = ", ".join(dict.fromkeys(one.source for one in chosen if one.source))
        session.curation.edit(edits, origin=Origin(kind="copy", source=source or None))
    return {"kind": "ack", "seq": session.seq, "ids": [edit.id for edit in edits if edit.op == "add" and edit.id]}


def forget_thing(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Take something out of what is kept."""
    forget(str(message.get("section") or ""), str(message.get("id") or ""))
    return library(session, {"section": message.get("section")}, [])


def like(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Open a folder and begin its study like another; without ``folder``, the study that is open.

    The template's folder is read first: nothing is opened if it has nothing to give.
    """
    from rembi_widgets.widgets._places import open_folder

    with open_curation(place(session, str(message.get("like") or ""))) as other:
        template, name = other.record, source_of(other.record, other.folder)
    if is_blank(template):
        raise RembiError("sections.like_empty", folder=str(message.get("like") or ""))
    if message.get("folder"):
        with open_curation(place(session, str(message["folder"]))) as fresh:  # before the scan describes anything
            count = _begin(fresh, template, name, message)
        open_folder(session, {"folder": message["folder"]}, [])
    else:
        count = _begin(session.curation, template, name, message)
    return {"kind": "ack", "seq": session.seq, "count": count}


def _begin(opened: OpenCuration, template: Curation, name: str, message: Mapping[str, Any]) -> int:
    values: Literal["keep", "clear"] = "clear" if message.get("values") == "clear" else "keep"
    edits = like_edits(template, opened.record, name=name, values=values, people=bool(message.get("people")))
    edits += [  # what the template is set up for stands; where it says nothing, what the person chose
        Edit(op="set", path=f"/setup/{field}", value=list(message[field]))
        for field in ("imaging", "targets")
        if message.get(field) and is_empty(getattr(template.setup, field))
    ]
    if edits:
        opened.edit(edits, origin=Origin(kind="copy", source=name or None))
    return len(edits)
