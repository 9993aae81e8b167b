"""What a PageTab document said that the record has no field for, kept in the record and written back in its place.

Beside the values of a section, its entity keeps the section as it was read, under ``x-pagetab``, and a digest of what
the writer made of it then. A group of attributes that the writer still makes the same is written as it was read; one
that has changed since is written anew. So nothing is lost, and nothing old stands against what a person changed.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.pagetab import _spell
from rembi_widgets.formats.pagetab._columns import FREE
from rembi_widgets.formats.pagetab._document import Source
from rembi_widgets.formats.pagetab._document_json import loaded, section_of
from rembi_widgets.formats.pagetab._forms import canonical, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rembi_widgets.formats.pagetab._parts import Attribute, Link, Section, Submission
    from rembi_widgets.record import Curation, Entity, Study

KEY = "x-pagetab"
"""Key of an entity under which its section is kept as it was read."""
LIST = f"{FREE}File List"
"""Key for the name of a file list that was not there when the document was read."""
PLACE = "@of"
"""Type that stands where a subsection is an entity of its own, whose id is the accno."""
STUDY = "study"


@dataclass(frozen=True)
class Kept:
    """What one entity keeps.

    Attributes
    ----------
    section
        The section as it was read.
    was
        What the writer made of each group then.
    top, top_was
        The same of the submission's own attributes, for the study.
    """

    section: Section
    was: Mapping[str, str]
    top: Sequence[Attribute] = ()
    top_was: Mapping[str, str] | None = None


def digest(said: object) -> str:
    """Give a short name of anything that JSON can say."""
    text = json.dumps(said, ensure_ascii=True, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def groups(attributes: Iterable[Attribute]) -> dict[str, list[Attribute]]:
    """Give attributes by the name that all spellings share."""
    found: dict[str, list[Attribute]] = defaultdict(list)
    for one in attributes:
        found[canonical(one.name)].append(one)
    return found


def made(attributes: Iterable[Attribute], section: Section | None = None) -> dict[str, str]:
    """Give the digest of each group of attributes, and of subsections that are no entities."""
    said = {name: digest([_spell.attribute(one) for one in held]) for name, held in groups(attributes).items()}
    below: dict[str, list[Any]] = defaultdict(list)
    for child in section.children() if section is not None else ():
        if not child.of:
            below[f"/{canonical(child.kind)}"].append([_spell.attribute(one) for one in child.attributes])
    return said | {kind: digest(held) for kind, held in below.items()}


def keep(section: Section, was: Section, top: Sequence[Attribute] = (), top_was: Sequence[Attribute] = ()) -> str:
    """Give the text under which a section is kept."""
    said: dict[str, Any] = {"section": _spell.node(section), "was": made(was.attributes, was)}
    if top:
        said |= {"top": [_spell.attribute(one) for one in top], "top_was": made(top_was)}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def keep_link(link: Link, was: Link) -> str:
    """Give the text under which a link is kept."""
    return json.dumps({"link": _spell.link(link), "was": digest(_spell.link(was))}, ensure_ascii=False)


def kept_of(entity: Entity | Study) -> Kept | None:
    """Give what an entity keeps; ``None`` for nothing, or what somebody has made unreadable."""
    said = _said(entity)
    node, was = said.get("section"), said.get("was")
    if not isinstance(node, dict) or not isinstance(was, dict):
        return None
    top = said.get("top")
    try:
        section = section_of(node, Source(""))
        held = section_of({"type": "top", "attributes": top if isinstance(top, list) else []}, Source(""))
    except RembiError:
        return None
    top_was = said.get("top_was")
    return Kept(section, was, held.attributes, top_was if isinstance(top_was, dict) else {})


def _said(entity: Any) -> dict[str, Any]:
    text = (entity.model_extra or {}).get(KEY)
    if not isinstance(text, str):
        return {}
    try:
        said = loaded(text, KEY)
    except RembiError:
        return {}
    return said if isinstance(said, dict) else {}


def link_of(entity: Entity, composed: Link) -> Link:
    """Give a link as it was read, if the record says the same as then."""
    said = _said(entity)
    if said.get("was") != digest(_spell.link(composed)) or not isinstance(said.get("link"), dict):
        return composed
    held = section_of({"type": "links", "links": [said["link"]]}, Source(""))
    return held.links[0] if held.links else composed


def put_back(submission: Submission, record: Curation) -> None:
    """Put what the entities keep back into a document that was composed of them."""
    kept = dict(_all(record))
    if not kept:
        return
    root = submission.section
    found = {one.of: one for one in root.all() if one.of}
    study = kept.get(STUDY)
    if study is not None and study.top:
        submission.attributes = merged(submission.attributes, study.top, study.top_was or {})
    for identity, one in kept.items():
        section = found.get(identity)
        if section is not None:
            _restore(section, one)
    for identity, one in kept.items():
        section = found.get(identity)
        if section is not None:
            _restore_children(section, one, found, root)
    _unlike(root, {identity: one.section.accno for identity, one in kept.items()})


def _all(record: Curation) -> Iterator[tuple[str, Kept]]:
    from rembi_widgets.record import COLLECTIONS

    held: list[tuple[str, Any]] = [(STUDY, record.study)]
    held += [(one.id, one) for name in COLLECTIONS if name != "links" for one in getattr(record, name)]
    held += [(one.id, one) for part in record.components for one in part.associations]
    for identity, entity in held:
        one = kept_of(entity) if KEY in (entity.model_extra or {}) else None
        if one is not None:
            yield identity, one


def merged(composed: Sequence[Attribute], read: Sequence[Attribute], was: Mapping[str, str]) -> list[Attribute]:
    """Give attributes as they were read, those groups that the record says otherwise now as composed."""
    now, fresh = made(composed), groups(composed)
    changed = {name for name in now.keys() | was.keys() if now.get(name) != was.get(name)}
    found: list[Attribute] = []
    for one in read:
        name = canonical(one.name)
        if name not in changed:
            found.append(one)
        else:
            found += fresh.pop(name, ())  # at the place of the first
    for name in changed:
        found += fresh.pop(name, ())
    return found


def _restore(section: Section, kept: Kept) -> None:
    now = made(section.attributes, section)
    changed = {name for name in now.keys() | kept.was.keys() if now.get(name) != kept.was.get(name)}
    section.attributes = merged(section.attributes, kept.section.attributes, kept.was)
    section.kind, section.accno = kept.section.kind, kept.section.accno
    if section.of != STUDY:
        section.links = kept.section.links
    section.files = kept.section.files
    kept.section.sections = [
        child
        for child in kept.section.sections
        if isinstance(child, list) or not {canonical(child.kind), f"/{canonical(child.kind)}"} & changed
    ]
    section.sections = [
        child
        for child in section.sections
        if isinstance(child, list) or child.of or f"/{canonical(child.kind)}" in changed
    ]


def _restore_children(section: Section, kept: Kept, found: Mapping[str, Section], root: Section) -> None:
    """Put subsections back where they were: entities of their own at their places, others as they were read."""

    def of(child: Section) -> Section | None:
        return found.get(child.accno or "") if child.kind == PLACE else child

    back: list[Section | list[Section]] = []
    for child in kept.section.sections:
        if isinstance(child, list):
            rows = [row for row in map(of, child) if row is not None]
            back += [rows] if rows else []
        elif (one := of(child)) is not None:
            back.append(one)
    placed = {row.of for one in back for row in (one if isinstance(one, list) else [one]) if row.of}
    others = [one for one in section.sections if isinstance(one, list) or one.of not in placed or not one.of]
    if section is root:
        section.sections = sorted([*others, *back], key=_place)
        return
    section.sections = [*back, *others]
    root.sections = [one for one in root.sections if isinstance(one, list) or one is section or one.of not in placed]


def _place(section: Section | list[Section]) -> int:
    return place_of(section[0].kind if isinstance(section, list) else section.kind)


def _unlike(root: Section, known: Mapping[str, str | None]) -> None:
    """Give composed sections other accnos where those that were read have theirs."""
    taken = {*known.values(), *(one.accno for one in root.all() if one.of in known or not one.of)}
    for one in root.all():
        if one.accno and one.of and one.of not in known and one.accno in taken:
            count = 1
            while f"{one.kind}-{count}" in taken:
                count += 1
            one.accno = f"{one.kind}-{count}"
        taken.add(one.accno)
