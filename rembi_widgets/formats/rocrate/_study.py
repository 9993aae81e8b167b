"""The study, and those around it: contributors, affiliations, publications, grants, references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab import _extras
from rembi_widgets.formats.pagetab._study import ACCESSION, LICENSES, called
from rembi_widgets.formats.pagetab._words import each, given, said, tame
from rembi_widgets.formats.rocrate._graph import ROOT, address, fragment
from rembi_widgets.record import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rembi_widgets.formats.rocrate._graph import Graph, Ref
    from rembi_widgets.record import Curation, Frozen, Grant, Person

UNKNOWN = "not recorded"
"""What stands where the profile demands a text and nobody gave one."""
NO_ACCESSION = "not assigned"
TERMS_OF_USE = "https://www.ebi.ac.uk/about/terms-of-use/"
"""What holds at the archive for data without a licence."""
_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])/?")
_ROR = re.compile(r"(?:https?://(?:www\.)?ror\.org/)?(0[a-z0-9]{8})/?")
_YEAR = re.compile(r"\d{4}")
SAME = {
    "accession": "identifier",
    "submission_date": "dateCreated",
    "acknowledgements": "acknowledgement",
    "funding_statement": "fundingStatement",
    "ethics_statement": "ethicsStatement",
    "version": "version",
    "version_timestamp": "dateModified",
    "version_changes": "releaseNotes",
    "previous_version": "isBasedOn",
}
"""Fields of the study to the properties that hold their words."""


def license_of(value: Any) -> str:
    """Give the address of a licence; empty if it has none that is known.

    >>> license_of("CC-BY 4.0")
    'https://creativecommons.org/licenses/by/4.0/legalcode'
    """
    text = given(value)
    known = {_letters(name): where for name, where in LICENSES.items()}
    return address(text) or known.get(_letters(text), "")


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def extras(part: Frozen) -> str:
    """Say the keys that the record keeps without knowing them, a line each."""
    held = _extras.of(part)
    return "\n".join(f"{tame(key)}: {said(value)}" for key, value in held.items() if said(value))


def lines(*texts: str) -> str:
    """Give texts as lines, without the empty ones."""
    return "\n".join(text for text in texts if text)


class Around:
    """What stands around the images; the root comes last, since it names all of it."""

    def __init__(self, record: Curation, graph: Graph, today: date) -> None:
        self.record, self.graph, self.today = record, graph, today
        self.organisations = {one.id: self._organisation(one) for one in record.organisations}
        self.people = {one.id: self._person(one) for one in record.people}
        self.publications = [self._publication(one) for one in record.publications]
        self.funders: dict[str, Ref] = {}
        self.grants = [self._grant(one) for one in record.grants]
        self.links = [self._link(one) for one in record.links]

    def _free(self, wanted: str, identity: str) -> str:
        return wanted if wanted and wanted not in self.graph.nodes else fragment(identity)

    def _organisation(self, one: Any) -> Ref:
        ror = _ROR.fullmatch(given(one.ror).casefold())
        return self.graph.put(
            self._free(f"https://ror.org/{ror[1]}" if ror else "", one.id),
            "Affiliation",
            name=given(one.title) or UNKNOWN,
            address=given(one.address),
            identifier=given(one.ror),
            description=extras(one),
        )

    def _person(self, one: Person) -> Ref:
        orcid = _ORCID.fullmatch(given(one.orcid))
        return self.graph.put(
            self._free(f"https://orcid.org/{orcid[1].upper()}" if orcid else "", one.id),
            "Contributor",
            name=called(one) or given(one.email) or UNKNOWN,
            givenName=given(one.first_name),
            familyName=given(one.last_name),
            email=given(one.email),
            identifier=given(one.orcid),
            role=[said(role) for role in each(one.roles) if said(role)],
            memberOf=[self.organisations[ref] for ref in each(one.affiliations) if ref in self.organisations],
            description=extras(one),
        )

    def _publication(self, one: Any) -> Ref:
        year = given(one.year)
        return self.graph.put(
            fragment(one.id),
            "Publication",
            name=given(one.title),
            authorNames=given(one.authors),
            doi=given(one.doi),
            pubmedId=given(one.pubmed_id),
            yearPublished=int(year) if _YEAR.fullmatch(year) and year.isascii() else None,
            datePublished=year,
            creativeWorkStatus=given(one.status),
            description=extras(one),
        )

    def _grant(self, one: Grant) -> Ref:
        name = given(one.funder)
        if name and name not in self.funders:
            self.funders[name] = self.graph.put(fragment(f"{one.id}-funder"), "FundingBody", name=name)
        held = {"identifier": given(one.grant_id), "description": extras(one)}
        return self.graph.put(fragment(one.id), "Grant", funder=[self.funders[name]] if name else [], **held)

    def _link(self, one: Any) -> Ref:
        url = given(one.url)
        told = lines(given(one.description), extras(one))
        return self.graph.put(self._free(address(url), one.id), "ExternalReference", url=url, description=told)

    def root(self, parts: list[Ref]) -> None:
        """Add the study, which names everything that nothing else does."""
        study, loose = self.record.study, self.graph.loose()
        accession, day = given(study.accession), given(study.release_date)
        words = (*each(study.keywords), *each(study.study_type))
        named = {ref["@id"] for ref in (*parts, *self.people.values(), *self.publications, *self.grants, *self.links)}
        self.graph.put(
            ROOT,
            "Study",
            name=said(study.title) or UNKNOWN,
            description=lines(said(study.description), extras(study)) or UNKNOWN,
            license=license_of(study.license) or TERMS_OF_USE,
            licenseStatement=said(study.license),
            datePublished=day if _DATE.fullmatch(day) else self.today.isoformat(),
            releaseDate=said(study.release_date),
            accessionId=accession if ACCESSION.fullmatch(accession) else NO_ACCESSION,
            keywords=list(dict.fromkeys(said(word) for word in words if said(word))),
            author=list(self.people.values()),
            hasPart=parts,
            relatedPublication=self.publications,
            funding=self.grants,
            seeAlso=self.links,
            aiModelsTrained=[said(one) for one in each(study.ai_models_trained) if said(one)],
            mentions=[ref for ref in loose if ref["@id"] not in named],
            **{name: said(getattr(study, field)) for field, name in SAME.items()},
        )

    def findings(self) -> Iterator[Finding]:
        """Find what the profile demands of a study and something else stands for."""
        study, day = self.record.study, given(self.record.study.release_date)
        missing = {
            "title": said(study.title),
            "description": said(study.description),
            "people": self.people,
            "license": license_of(study.license),
            "release_date": _DATE.fullmatch(day),
        }
        held = {"people": "", "license": said(study.license), "release_date": day}
        stands = {"license": TERMS_OF_USE, "release_date": self.today.isoformat()}
        for field, there in missing.items():
            if not there:
                path = "/people" if field == "people" else f"/study/{field}"
                values = {"found": held.get(field, ""), "wanted": stands.get(field, UNKNOWN)}
                yield Finding(level="error", code=f"rocrate_{field}", path=path, values=values, found=values["found"])
