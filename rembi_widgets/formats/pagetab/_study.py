"""The study, and the sections about people: publications, funding, links, authors, organisations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.pagetab._columns import FREE
from rembi_widgets.formats.pagetab._kept import KEY, LIST, STUDY, kept_of, link_of
from rembi_widgets.formats.pagetab._parts import Attribute, Link, Section, Submission
from rembi_widgets.formats.pagetab._words import each, given, joined, said, tame
from rembi_widgets.record import Finding, Named, is_empty, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.record import Curation, Person
    from rembi_widgets.record import Link as RecordLink

TEMPLATE, COLLECTION = "BioImages.v5", "BioImages"
ANNOTATIONS_ONLY = "BioImages.MIFA.v1"
"""The template for annotations of somebody else's images."""
LICENSES = {
    "CC0": "https://creativecommons.org/publicdomain/zero/1.0/legalcode",
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/legalcode",
}
"""The licences of the form to the address that qualifies them."""
ACCESSION = re.compile(r"S-[A-Z]+[0-9]+")
DOI_PREFIX = "10.6019"
_DOI_BEFORE = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi\s*[:/]?\s*)", re.IGNORECASE)
PUBLICATION = {"pubmed_id": "Pubmed ID", "title": "Title", "authors": "Authors", "year": "Year", "status": "Status"}
GRANT = {"funder": "Agency", "grant_id": "grant_id"}
ORGANISATION = {"title": "Name", "address": "Address", "ror": "RORID"}
RESERVED = frozenset({"file list", "link list"})
"""Attributes that the server takes for the name of a list, wherever they stand."""
NO_HOME = (
    "submission_date",
    "ethics_statement",
    "ai_models_trained",
    "version",
    "version_timestamp",
    "version_changes",
    "previous_version",
)
"""Fields of the study that the template has no attribute for, and takes no others."""


def is_annotations_only(record: Curation) -> bool:
    """Tell whether a study is annotations of images that are elsewhere: it has neither components nor biosamples."""
    return bool(record.annotations) and not record.components and not record.biosamples


def submission(record: Curation, section: Section) -> Submission:
    """Give the whole: a new study has no accno yet, and asks for a DOI by an empty one."""
    accession = given(record.study.accession)
    is_read = KEY in (record.study.model_extra or {})
    accno = accession if ACCESSION.fullmatch(accession) or (accession and is_read) else None
    attributes = [
        Attribute("Template", ANNOTATIONS_ONLY if is_annotations_only(record) else TEMPLATE),
        Attribute("Title", given(record.study.title)),
        Attribute("ReleaseDate", given(record.study.release_date)),
        Attribute("AttachTo", COLLECTION),
    ]
    asked = Attribute("DOI", f"{DOI_PREFIX}/{accno}" if accno else "")
    return Submission(accno, [*(one for one in attributes if one.value), asked], section)


def study(record: Curation) -> Section:
    """Give the root section, with its links and without its subsections."""
    held, section = record.study, Section("Study", "Study-1", of=STUDY)
    section.put("Title", given(held.title))
    section.put("ReleaseDate", given(held.release_date))
    section.put("Description", said(held.description))
    keywords = dict.fromkeys(given(word) for word in (*each(held.keywords), *each(held.study_type)))
    for word in keywords:
        section.put("Keywords", word)
    section.put("Acknowledgements", said(held.acknowledgements))
    if not is_annotations_only(record):  # that template has no licence
        section.put("License", *_license(held.license))
    section.put("Funding statement", said(held.funding_statement))
    unknown(section, held, FREE)
    section.links = [link_of(one, _link(one)) for one in record.links if given(one.url)]
    return section


def _license(value: Any) -> tuple[Any, ...]:
    """Give a licence in the form's spelling with its address; another one as it is.

    >>> _license("cc-by-4.0")
    ('CC BY 4.0', ('URL', 'https://creativecommons.org/licenses/by/4.0/legalcode'))
    """
    text = given(value)
    known = {_letters(name): (name, ("URL", address)) for name, address in LICENSES.items()}
    return known.get(_letters(text), (text,))


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def _link(one: RecordLink) -> Link:
    told = given(one.description)
    return Link(given(one.url), (Attribute("Description", told),) if told else (), of=one.id)


def unknown(section: Section, entity: Any, before: str = "") -> None:
    """Add the keys that the record keeps without knowing them, under names that cannot be taken for marks.

    Parameters
    ----------
    before
        What a key begins with; where the template takes no attributes but its own, only those that PageTab had.
    """
    taken = {one.name.casefold() for one in section.attributes} | RESERVED
    for key, value in sorted(plain(entity.model_extra or {}).items()):
        if key in {KEY, LIST} or not key.startswith(before):
            continue
        name = re.sub(r"[\[\]()<>#\"\s]+", " ", tame(key).removeprefix(FREE)).strip() or "Note"
        while name.casefold() in taken:
            name += " 2"
        taken.add(name.casefold())
        for part in value if isinstance(value, list) else [value]:
            section.put(name, _flat(part))


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return joined(f"{key}: {_flat(part)}" for key, part in value.items())
    return joined(map(_flat, value)) if isinstance(value, list) else said(value)


def no_home(record: Curation) -> Iterator[Finding]:
    """Find what a person said of the study that the template has no place for."""
    for field in NO_HOME:
        if not is_empty(getattr(record.study, field)):
            label = Named(key=f"guide.study.{field}.label")
            yield Finding(level="info", code="pagetab_no_home", path=f"/study/{field}", values={"label": label})
    if is_annotations_only(record) and not is_empty(record.study.license):
        label = Named(key="guide.study.license.label")
        yield Finding(level="info", code="pagetab_no_home", path="/study/license", values={"label": label})
    held: list[tuple[str, Any]] = [("/study", record.study)]
    names = ("people", "organisations", "publications", "grants", "links", "components")
    held += [(f"/{name}/{one.id}", one) for name in names for one in getattr(record, name)]
    for path, entity in held:
        for key in sorted(entity.model_extra or {}):
            if key != KEY and not key.startswith(FREE):
                yield Finding(level="info", code="pagetab_no_home", path=f"{path}/{key}", values={"label": key})


def publications(record: Curation) -> Iterator[Section]:
    """Give the publications; a DOI stands alone, without the address of a resolver."""
    for count, one in enumerate(record.publications, 1):
        section = Section("Publication", f"Publication-{count}", of=one.id)
        for field, name in PUBLICATION.items():
            section.put(name, given(getattr(one, field)))
        section.put("DOI", _DOI_BEFORE.sub("", given(one.doi)))
        unknown(section, one, FREE)
        if section.attributes or KEY in (one.model_extra or {}):
            yield section


def funding(record: Curation) -> Iterator[Section]:
    """Give the grants."""
    for count, one in enumerate(record.grants, 1):
        section = Section("Funding", f"Funding-{count}", of=one.id)
        for field, name in GRANT.items():
            section.put(name, given(getattr(one, field)))
        unknown(section, one, FREE)
        if section.attributes or KEY in (one.model_extra or {}):
            yield section


def people(record: Curation) -> Iterator[Section]:
    """Give the authors and then the organisations, which the authors' affiliations name by their accnos."""
    accnos = _accnos(record)
    for count, person in enumerate(record.people, 1):
        yield _author(person, f"author-{count}", accnos)
    for one in record.organisations:
        section = Section("Organization", accnos[one.id], of=one.id)
        for field, name in ORGANISATION.items():
            section.put(name, given(getattr(one, field)))
        unknown(section, one, FREE)
        yield section


def _accnos(record: Curation) -> dict[str, str]:
    """Give the accno of each organisation: its own from the document it was read from, else ``o1`` and so on."""
    kept = {one.id: kept_of(one) for one in record.organisations}
    accnos = {identity: one.section.accno for identity, one in kept.items() if one and one.section.accno}
    taken = set(accnos.values())
    for count, one in enumerate(record.organisations, 1):
        if one.id not in accnos:
            accnos[one.id] = next(o for n in range(count, count + len(kept) + 1) if (o := f"o{n}") not in taken)
            taken.add(accnos[one.id])
    return accnos


def called(person: Person) -> str:
    """Give the name of a person, the family name last: the archive splits it at the last blank."""
    return joined((text for text in map(given, (person.first_name, person.last_name)) if text), " ")


def _author(person: Person, accno: str, organisations: dict[str, str]) -> Section:
    section = Section("Author", accno, of=person.id)
    section.put("Name", called(person))
    section.put("E-mail", given(person.email))
    section.put("Role", joined(role for role in each(person.roles) if given(role)))  # the form takes one
    section.put("ORCID", given(person.orcid))
    for one in each(person.affiliations):
        section.put("affiliation", organisations.get(one, "") if isinstance(one, str) else "", reference=True)
    unknown(section, person, FREE)
    return section
