"""The study, its people, publications and grants."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.pagetab._document import located
from rembi_widgets.formats.pagetab._forms import FIELDS, MANY, STACKED, TERMS, canonical
from rembi_widgets.formats.pagetab._reading import Left, Making, term_of, text_of
from rembi_widgets.formats.pagetab._words import unstacked

if TYPE_CHECKING:
    from rembi_widgets.formats.pagetab._parts import Attribute
    from rembi_widgets.formats.pagetab._reading import Reading


def left(reading: Reading, at: str, header: str, path: str) -> Left:
    """Give what is kept of a place that the record has no field for."""
    return Left(reading.file, at, header, path)


def read_fields(reading: Reading, one: Making) -> None:
    """Read the attributes of an entity that are fields; others are kept under keys of their own."""
    fields = FIELDS[one.collection]
    for attribute in one.section.attributes:
        field = fields.get(canonical(attribute.name))
        if field is None:
            reading.keep(one, attribute)
        elif field in STACKED:
            for part in unstacked(attribute.value or ""):
                _take(reading, one, field, replace(attribute, value=part))
        elif field:
            _take(reading, one, field, attribute)


def _take(reading: Reading, one: Making, field: str, attribute: Attribute) -> None:
    value: Any = (term_of if field in TERMS else text_of)(attribute)
    if value is None:
        return
    if field in MANY:
        parts = _parts(field, value)
        held = one.values.get(field)
        held = held if isinstance(held, list) else []
        value = parts[0] if not held and len(parts) == 1 and "absent" in parts[0] else [*held, *parts]
    elif field in one.values:
        reading.keep(one, attribute)
        return
    reading.put(one, field, value, attribute.name)


def _parts(field: str, value: Any) -> list[Any]:
    """Give the values in one attribute: the form takes one role, so that several stand in one."""
    if field != "roles" or "id" in value or "label" not in value:
        return [value]
    return [{"label": part} for part in map(str.strip, value["label"].split(";")) if part]


def read_study(reading: Reading, study: Making) -> None:
    """Read the study: from the root, and what only the submission says."""
    submission = reading.document.submission
    read_fields(reading, study)
    if submission.accno:
        reading.put(study, "accession", submission.accno, "accno")
    for attribute in submission.attributes:
        field = {"title": "title", "releasedate": "release_date"}.get(canonical(attribute.name))
        if field and field not in study.values:
            reading.put(study, field, text_of(attribute), attribute.name)
    date = study.values.get("release_date")
    if isinstance(date, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z?", date):
        study.values["release_date"] = date[:10]


def read(reading: Reading, one: Making) -> None:
    """Read a person, an organisation, a publication or a grant."""
    if one.collection == "people" and not one.first("name"):
        reading.findings.append(located("error", "author_without_name", reading.file, one.section.at))
    read_fields(reading, one)
    if one.collection == "publications":
        _publication(reading, one)
    if one.collection == "people":
        _person(reading, one)
    elif one.collection == "organisations" and not one.section.accno:
        found = one.first("name")
        reading.findings.append(
            located("error", "organisation_without_accno", reading.file, one.section.at, found=found)
        )


_DOI = re.compile(r"(https://(?:dx\.)?doi\.org/|doi:\s*)(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)


def _publication(reading: Reading, one: Making) -> None:
    """Take a DOI out of the address that the archive's reader takes too."""
    said = one.values.get("doi")
    found = _DOI.fullmatch(said) if isinstance(said, str) else None
    if found:
        one.values["doi"] = found.group(2)
        if found.group(1).casefold().startswith("doi"):
            at = next(one.named("doi")).at
            wanted = found.group(2)
            reading.findings.append(located("warning", "doi_prefix", reading.file, at, found=said, wanted=wanted))


def _person(reading: Reading, one: Making) -> None:
    first, _, last = " ".join(one.first("name").split()).rpartition(" ")
    reading.put(one, "first_name", first, "Name")
    reading.put(one, "last_name", last, "Name")
    accnos = {it.section.accno: it.id for it in reading.all("organisations") if it.section.accno}
    known = []
    for attribute in one.named("affiliation"):
        said = (attribute.value or "").strip()
        if said and not attribute.reference:
            reading.findings.append(
                located("error", "affiliation_no_reference", reading.file, attribute.at, found=said)
            )
        parts = [said] if said in accnos else list(map(str.strip, said.split(",")))
        if all(part in accnos for part in parts):
            known += [accnos[part] for part in parts if accnos[part] not in known]
        elif said and not attribute.reference:
            reading.keep(one, attribute)
    reading.put(one, "affiliations", known, "affiliation")
