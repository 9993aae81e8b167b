"""The study's own sections back to the record: study, people, publications, grants, links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.formats.isatab._investigation import GRANTS, LINKS, STUDY_COMMENTS, made_identifier
from rembi_widgets.formats.isatab._read_parts import SectionColumn, ids_of
from rembi_widgets.formats.isatab._read_values import kind_of
from rembi_widgets.record import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rembi_widgets.formats.isatab._document import Section
    from rembi_widgets.formats.isatab._read_parts import Holder
    from rembi_widgets.formats.isatab._reading import Reading

STUDY_FIELDS = {
    "title": "Study Title",
    "description": "Study Description",
    "submission_date": "Study Submission Date",
    "release_date": "Study Public Release Date",
    "accession": "Study Identifier",
    **{field: f"Comment[{name}]" for field, name in STUDY_COMMENTS.items()},
}
PERSON_FIELDS = {
    "last_name": "Person Last Name",
    "first_name": "Person First Name",
    "email": "Person Email",
    "roles": "Person Roles",
}
PUBLICATION_FIELDS = {
    "pubmed_id": "PubMed ID",
    "doi": "Publication DOI",
    "authors": "Publication Author List",
    "title": "Publication Title",
    "status": "Publication Status",
}


def columns_of(section: Section, file: str) -> list[SectionColumn]:
    """Give the columns of a section that hold something."""
    held = (SectionColumn(section, place, file) for place in range(section.width))
    return [column for column in held if column.cells]


def read_study(reading: Reading, section: Section) -> None:
    """Read STUDY: its first column is the study, its comments hold grants and links."""
    making, file = reading.making, reading.file
    for column in columns_of(section, file)[:1]:
        study = making.study
        made = reading.rembi and column.cell("Study Identifier") == made_identifier(column.cell("Study Title"))
        for field, label in STUDY_FIELDS.items():
            if field == "accession" and made and f"Comment[{label} As Given]" not in column.cells:
                column.ask(label)
                continue
            study.take(field, column.said(label), file)
        column.ask("Study File Name", "Comment[Study Type]", *_reasons("Study Type"))
        _read_rows(reading, column, "grants", "Grant", GRANTS)
        _read_rows(reading, column, "links", "Links", LINKS)
        reading.keep(study, column)


def _reasons(name: str) -> list[str]:
    return [f"Comment[{name} {what}]" for what in ("Absence Reason", "Accession", "Source")]


def _read_rows(reading: Reading, column: SectionColumn, collection: str, prefix: str, names: Mapping[str, str]) -> None:
    """Read entities whose values share cells: one value a cell and entity."""
    values = reading.making.values
    told = {field: column.said(f"Comment[{f'{prefix} {name}'.strip()}]") for field, name in names.items()}
    ids_said = told.pop("id").text
    count = max((len(values.items(said.text)) for said in told.values() if said.text), default=0)
    seed = "".join(said.text for said in told.values())
    found: list[Holder] = []
    for place, identity in enumerate(ids_of(values, ids_said, PREFIXES[collection], count, collection, seed)):
        holder = reading.making.entity(collection, identity)
        for field, said in told.items():
            rows = values.rows(kind_of(holder.model, field), said, max(count, place + 1))
            holder.put(field, rows[place], reading.file, said.header)
        found.append(holder)
    column.extras(prefix, found)


def read_design(reading: Reading, section: Section) -> None:
    """Read STUDY DESIGN DESCRIPTORS: a study type a column."""
    study, found = reading.making.study, []
    for column in columns_of(section, reading.file):
        said = column.said("Study Design Type")
        value = reading.term_or_absent(said)
        found += [] if value is None else [value]
        reading.keep(study, column)
    absent = [one for one in found if not hasattr(one, "label")]
    study.put("study_type", absent[0] if absent else tuple(found), reading.file, f"{section.heading}/Study Design Type")


def read_publications(reading: Reading, section: Section, level: str = "Study") -> None:
    """Read publications: one a column."""
    for column in columns_of(section, reading.file):
        seed = (column.cell(f"{level} PubMed ID"), column.cell(f"{level} Publication DOI"))
        holder = reading.making.entity(
            "publications",
            column.cell("Comment[REMBI ID]"),
            "publication",
            *seed,
            column.cell(f"{level} Publication Title"),
        )
        for field, name in PUBLICATION_FIELDS.items():
            holder.take(field, column.said(f"{level} {name}"), reading.file)
        holder.take("year", column.said("Comment[Year]"), reading.file)
        reading.keep(holder, column)


def read_contacts(reading: Reading, section: Section, level: str = "Study") -> None:
    """Read people: one a column; their affiliations become organisations."""
    for column in columns_of(section, reading.file):
        names = [column.cell(f"{level} Person {part}") for part in ("Last Name", "First Name", "Email")]
        holder = reading.making.entity("people", column.cell("Comment[REMBI ID]"), "person", *names)
        for field, name in PERSON_FIELDS.items():
            holder.take(field, column.said(f"{level} {name}"), reading.file)
        holder.take("orcid", column.said("Comment[ORCID]"), reading.file)
        _read_affiliations(reading, column, holder, level)
        reading.keep(holder, column)


def _read_affiliations(reading: Reading, column: SectionColumn, person: Holder, level: str) -> None:
    values, making = reading.making.values, reading.making
    said = column.said(f"{level} Person Affiliation")
    ids_said = column.cell("Comment[Affiliation REMBI ID]")
    known = values.read(kind_of(person.model, "affiliations"), said)
    if not ids_said and known is not None and not isinstance(known, tuple):
        person.put("affiliations", known, reading.file, said.header)
        return
    titles = values.items(said.text) if reading.rembi else [said.text]
    if not said.text and not ids_said:
        return
    ids = ids_of(values, ids_said, PREFIXES["organisations"], len(titles), "organisation", said.text)
    told = {
        "title": said,
        "address": column.said(f"{level} Person Address"),
        "ror": column.said("Comment[Affiliation ROR]"),
    }
    held: list[Holder] = []
    for place, identity in enumerate(ids):
        organisation = making.entity("organisations", identity)
        for field, one in told.items():
            kind = kind_of(organisation.model, field)
            whole = values.rows(kind, one, len(ids)) if reading.rembi or len(ids) > 1 else [values.read(kind, one)]
            organisation.put(field, whole[place], reading.file, one.header)
        held.append(organisation)
    column.extras("Affiliation", held)
    person.put("affiliations", tuple(ids), reading.file, said.header)
