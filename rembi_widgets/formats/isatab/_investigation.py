"""The investigation file: the study, its people, publications, factors, tables and protocols."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab import _entries as labels
from rembi_widgets.formats.isatab._cells import tame, words
from rembi_widgets.formats.isatab._entries import Entry, section
from rembi_widgets.formats.isatab._names import node_name, slug
from rembi_widgets.formats.isatab._used import refs
from rembi_widgets.record import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rembi_widgets.formats.isatab._ontologies import Ontologies
    from rembi_widgets.record import Curation, Organisation, Person, Publication

LAYOUT, REMBI_VERSION = "rembi-isatab/1", "1.5"
STUDY_COMMENTS = {
    "keywords": "Keywords",
    "license": "License",
    "ethics_statement": "Ethics Statement",
    "acknowledgements": "Acknowledgements",
    "funding_statement": "Funding Statement",
    "ai_models_trained": "AI Models Trained",
    "version": "Version",
    "version_timestamp": "Version Timestamp",
    "version_changes": "Version Changes",
    "previous_version": "Previous Version",
}
"""Field of the study to its comment."""
GRANTS = {"grant_id": "Identifiers", "funder": "Funders", "id": "REMBI ID"}
LINKS = {"url": "", "description": "Description", "id": "REMBI ID"}
EMAIL = re.compile(r"[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9-.]+")
DOI = re.compile(r"10\.[0-9]{4,9}/[-._;()/:a-z0-9A-Z]\S*")
PUBMED = re.compile(r"[0-9]+")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""What altamisa and isatools take for an address, DOI, PubMed id and date without a warning."""
DOI_BEFORE = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


class Investigation:
    """The entries of the study's own sections; ``misfits`` are paths and values that could not stand in their cells."""

    def __init__(self, record: Curation, ontologies: Ontologies, *, identified: bool = False) -> None:
        self.record, self.ontologies = record, ontologies
        self.misfits: list[tuple[str, str]] = []
        self.identifier = node_name(record.study.accession, made_identifier(words(record.study.title)))
        self._identified = identified
        self.file_name = f"s_{slug(self.identifier)}.txt"

    def _strict(self, entry: Entry, label: str, value: Any, form: re.Pattern[str], path: str) -> None:
        if not entry.strict(label, value, form):
            self.misfits.append((path, words(value)))

    def study(self) -> Entry:
        """Give the column of STUDY."""
        study, entry = self.record.study, Entry()
        entry["Study Identifier"], entry["Study File Name"] = self.identifier, self.file_name
        if words(study.accession) not in {"", self.identifier}:
            entry.comment("Study Identifier As Given", study.accession)
        entry.put("Study Title", study.title)
        entry.put("Study Description", study.description)
        dates = {"submission_date": "Study Submission Date", "release_date": "Study Public Release Date"}
        for field, label in dates.items():
            value = getattr(study, field)
            form = DATE if _is_date(value) else re.compile("(?!)")
            self._strict(entry, label, value, form, f"/study/{field}")
        entry.comment("Study Type", study.study_type)
        for field, name in STUDY_COMMENTS.items():
            entry.comment(name, getattr(study, field))
        entry.rows("Grant", self.record.grants, GRANTS)
        entry.rows("Links", self.record.links, LINKS)
        entry.unknown(study)
        entry.unknown(self.record)
        return entry

    def design(self) -> list[Entry]:
        """Give the columns of STUDY DESIGN DESCRIPTORS: one a study type."""
        said = self.record.study.study_type
        entries = []
        for value in said if isinstance(said, tuple) else (said,):
            entries.append(Entry())
            entries[-1].terms("Study Design Type", value, self.ontologies)
        return entries

    def publications(self) -> list[Entry]:
        """Give the columns of STUDY PUBLICATIONS."""
        return [self._publication(one) for one in self.record.publications]

    def _publication(self, publication: Publication) -> Entry:
        entry, path = Entry(), f"/publications/{publication.id}"
        doi = publication.doi
        doi = DOI_BEFORE.sub("", doi.strip()) if isinstance(doi, str) else doi
        self._strict(entry, "Study PubMed ID", publication.pubmed_id, PUBMED, f"{path}/pubmed_id")
        self._strict(entry, "Study Publication DOI", doi, DOI, f"{path}/doi")
        entry.put("Study Publication Author List", publication.authors)
        entry.put("Study Publication Title", publication.title)
        entry.put("Study Publication Status", publication.status)
        entry.comment("Year", publication.year)
        entry.comment("REMBI ID", publication.id)
        entry.unknown(publication)
        return entry

    def contacts(self) -> list[Entry]:
        """Give the columns of STUDY CONTACTS."""
        return [self._contact(person) for person in self.record.people]

    def _contact(self, person: Person) -> Entry:
        entry = Entry()
        entry.put("Study Person Last Name", person.last_name)
        entry.put("Study Person First Name", person.first_name)
        self._strict(entry, "Study Person Email", person.email, EMAIL, f"/people/{person.id}/email")
        entry.terms("Study Person Roles", person.roles, self.ontologies)
        entry.comment("ORCID", person.orcid)
        entry.comment("REMBI ID", person.id)
        if isinstance(person.affiliations, Absent):
            entry.put("Study Person Affiliation", person.affiliations)
        self._affiliations(entry, refs(person.affiliations))
        entry.unknown(person)
        return entry

    def _affiliations(self, entry: Entry, ids: Sequence[str]) -> None:
        known = {one.id: one for one in self.record.organisations}
        held: list[Organisation] = [known[one] for one in ids if one in known]
        if not held:
            return
        entry.put("Study Person Affiliation", tuple(one.title for one in held))
        if any(words(one.address) for one in held):
            entry.put("Study Person Address", tuple(one.address for one in held))
        entry.rows("Affiliation", held, {"ror": "ROR", "id": "REMBI ID"})

    def lines(self, factors: Sequence[Entry], assays: Sequence[Entry], protocols: Sequence[Entry]) -> Iterator[str]:
        """Give the lines of the file. The investigation's own values are empty: there is one study (ISA-Tab 1.0)."""
        import rembi_widgets

        study, design, contacts = self.study(), self.design(), self.contacts()
        publications = self.publications()
        stamps = Entry({"Investigation Identifier": self.identifier} if self._identified else {})
        stamps.comment("Created With", f"rembi_widgets {rembi_widgets.__version__}")
        stamps.comment("ISA Layout", LAYOUT)
        stamps.comment("REMBI Version", REMBI_VERSION)
        yield from section("ONTOLOGY SOURCE REFERENCE", labels.SOURCES, list(self.ontologies.described()))
        yield from section("INVESTIGATION", labels.INVESTIGATION, [stamps])
        yield from section("INVESTIGATION PUBLICATIONS", labels.INVESTIGATION_PUBLICATIONS, [])
        yield from section("INVESTIGATION CONTACTS", labels.INVESTIGATION_CONTACTS, [])
        yield from section("STUDY", labels.STUDY, [study])
        yield from section("STUDY DESIGN DESCRIPTORS", labels.DESIGN, design)
        yield from section("STUDY PUBLICATIONS", labels.PUBLICATIONS, publications)
        yield from section("STUDY FACTORS", labels.FACTORS, factors)
        yield from section("STUDY ASSAYS", labels.ASSAYS, assays)
        yield from section("STUDY PROTOCOLS", labels.PROTOCOLS, protocols)
        yield from section("STUDY CONTACTS", labels.CONTACTS, contacts)


def made_identifier(title: str) -> str:
    """Give the identifier of a study that has no accession: made of its title."""
    return f"S-{slug(tame(title))}"


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value.strip()) is not None and len(value.strip()) == 10  # noqa: PLR2004
    except ValueError:
        return False
