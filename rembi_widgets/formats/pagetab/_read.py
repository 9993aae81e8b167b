"""Reading a PageTab into a record: every template as far as it goes, and what has no place kept for writing back."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats._read import Read
from rembi_widgets.formats.pagetab import _read_links, _read_lists, _read_modules, _read_study
from rembi_widgets.formats.pagetab._document import located, open_document
from rembi_widgets.formats.pagetab._forms import ASSOCIATIONS, PEOPLE, canonical, collection_of
from rembi_widgets.formats.pagetab._kept import KEY, PLACE, STUDY, keep, keep_link
from rembi_widgets.formats.pagetab._lists import Lists
from rembi_widgets.formats.pagetab._names import Names
from rembi_widgets.formats.pagetab._parts import Section
from rembi_widgets.formats.pagetab._reading import Making, Reading
from rembi_widgets.formats.pagetab._study import ACCESSION
from rembi_widgets.record import COLLECTIONS, Curation, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rembi_widgets.formats.pagetab._document import Document
    from rembi_widgets.formats.pagetab._parts import Link, Submission

_READERS = {
    **dict.fromkeys(("people", "organisations", "publications", "grants"), _read_study.read),
    **dict.fromkeys(
        ("biosamples", "specimens", "acquisitions", "correlations", "analyses", "annotations", "components"),
        _read_modules.read,
    ),
}


LEFT_BLANK = frozenset({"publications", "grants", "correlations", "analyses"})
"""Collections of sections that the archive's form leaves behind without a word in them."""


def read(path: Path, *, people: bool = True) -> Read:
    """Read a PageTab; see ``pagetab.read``."""
    return read_document(open_document(path), people=people)


def read_document(document: Document, *, people: bool = True) -> Read:
    """Read a document that is open already."""
    reading = Reading(document, people=people)
    root = document.submission.section
    study = Making(STUDY, STUDY, root, "/study")
    reading.made[STUDY] = study
    _entities(reading, root)
    _read_study.read_study(reading, study)
    _read_links.read(reading, root)
    for one in list(reading.made.values()):
        if one.collection in _READERS:
            _READERS[one.collection](reading, one)
    _read_modules.join(reading)
    tables = _read_lists.read(reading)
    record = _kept(reading, _record(reading, tables))
    return Read(record, (*reading.findings, *_told(reading)), tuple(reading.left))


def _told(reading: Reading) -> Iterator[Any]:
    """Tell what has no field: those kept under a key, and whole sections."""
    for one in reading.left:
        yield located("info", "kept", one.file, one.at, found=one.header)


def _entities(reading: Reading, home: Section) -> None:
    """Begin an entity for each section of a known type, wherever it stands."""
    for section in home.children():
        collection = collection_of(section.kind)
        if collection in PEOPLE and not reading.people:
            continue
        is_blank = not section.sections and not any(one.value and one.value.strip() for one in section.attributes)
        if collection is not None and not (is_blank and collection in LEFT_BLANK):
            reading.entity(collection, section)
        elif collection is None and canonical(section.kind) not in {*ASSOCIATIONS, "organism", "imaging method"}:
            header = f"{home.kind}/{section.kind}"
            reading.left.append(_read_study.left(reading, section.at, header, "/study"))
        _entities(reading, section)


def _record(reading: Reading, tables: Mapping[str, Table]) -> Curation:
    made: dict[str, Any] = {"study": reading.made[STUDY].values}
    for name in COLLECTIONS:
        made[name] = [{"id": one.id, **one.values} for one in reading.all(name)]
    return Curation.model_validate({**made, **tables}).model_copy(update={"marks": reading.marks})


def _kept(reading: Reading, record: Curation) -> Curation:
    """Let each entity keep its section, where the writer would make another of it."""
    from rembi_widgets.formats.pagetab._set import compose, list_names

    names, lists = Names(record), Lists(record)
    record = record.model_copy(update={"study": _with(record.study, "")})  # it is one that was read
    whole = compose(record, lists, names, list_names(record, lists, names), "v5")
    composed = {one.of: one for one in whole.section.all() if one.of}
    links = {one.of: one for one in whole.section.links}
    update: dict[str, Any] = {"study": _with(record.study, _study_kept(reading, whole))}
    for name in COLLECTIONS:
        if name == "links":
            update[name] = tuple(_with(one, _link_kept(reading, one.id, links.get(one.id))) for one in record.links)
        else:
            update[name] = tuple(_entity_kept(reading, one, composed) for one in getattr(record, name))
    return record.model_copy(update=update)


def _with(entity: Any, text: str | None) -> Any:
    if text is None:
        return type(entity).model_validate({key: value for key, value in entity if key != KEY})
    return type(entity).model_validate({**dict(entity), KEY: text})


def _link_kept(reading: Reading, identity: str, composed: Link | None) -> str | None:
    link = reading.links[identity]
    return None if composed is None or composed == link else keep_link(link, composed)


def _entity_kept(reading: Reading, entity: Any, composed: Mapping[str, Section]) -> Any:
    one = reading.made.get(entity.id)
    if one is None:
        return entity
    if one.section.kind:
        was = composed.get(entity.id, Section(one.section.kind))
        entity = _with(entity, _section_kept(reading, one.section, was))
    rows = [_row_kept(reading, row, composed) for row in getattr(entity, "associations", ())]
    return entity.model_copy(update={"associations": tuple(rows)}) if rows else entity


def _row_kept(reading: Reading, row: Any, composed: Mapping[str, Section]) -> Any:
    section = reading.rows[row.id][2]
    if not section.kind:
        return row
    return _with(row, _section_kept(reading, section, composed.get(row.id, Section("Associations"))))


def _section_kept(reading: Reading, section: Section, was: Section) -> str | None:
    held = _placed(reading, section)
    same = (
        (held.kind, held.accno, held.attributes, held.links, held.files)
        == (was.kind, was.accno, was.attributes, was.links, was.files)
    ) and _below(held) == _below(_placed_composed(was))
    return None if same else keep(held, was)


def _below(section: Section) -> list[Any]:
    return [child if isinstance(child, list) else (child.kind, child.accno, child) for child in section.sections]


def _placed(reading: Reading, section: Section) -> Section:
    """Give a section with places instead of the subsections that are entities."""

    def place(child: Section) -> Section:
        identity = reading.of.get(id(child))
        return _placed(reading, child) if identity is None else Section(PLACE, identity)

    held = copy.copy(section)
    held.sections = [
        [place(row) for row in child] if isinstance(child, list) else place(child)
        for child in section.sections
        if isinstance(child, list) or not _is_person(reading, child)
    ]
    return held


def _placed_composed(section: Section) -> Section:
    held = copy.copy(section)
    held.sections = [
        child if isinstance(child, list) or not child.of else Section(PLACE, child.of) for child in section.sections
    ]
    return held


def _is_person(reading: Reading, section: Section) -> bool:
    return not reading.people and collection_of(section.kind) in PEOPLE


def _study_kept(reading: Reading, whole: Submission) -> str | None:
    """Keep the root without its entities, and the submission's own attributes."""
    submission = reading.document.submission
    root = _placed(reading, submission.section)
    root.sections = [
        rest if isinstance(child, list) else child
        for child in root.sections
        if (rest := [row for row in child if row.kind != PLACE] if isinstance(child, list) else child)
        and (isinstance(child, list) or child.kind != PLACE)
    ]
    root.links = []
    was = copy.copy(whole.section)
    was.links, was.sections = [], []
    is_known = submission.accno is None or ACCESSION.fullmatch(submission.accno) is not None
    same = is_known and (root.kind, root.accno, root.attributes) == (was.kind, was.accno, was.attributes)
    if same and not root.sections and not root.files and submission.attributes == whole.attributes:
        return None
    return keep(root, was, submission.attributes, whole.attributes)
