"""Where in the record it is that a part of the submission says: the way back from what is sent to the field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.formats.pagetab._columns import listed
from rembi_widgets.formats.pagetab._forms import ASSOCIATIONS, FIELDS, canonical, collection_of
from rembi_widgets.formats.pagetab._kept import STUDY
from rembi_widgets.formats.pagetab._lists import Lists
from rembi_widgets.formats.pagetab._names import Names
from rembi_widgets.formats.pagetab._set import compose, list_names
from rembi_widgets.record import COLLECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.formats.pagetab._parts import Link, Section, Submission
    from rembi_widgets.record import Curation, Finding

_ASSOCIATIONS = "associations"
_BESIDE = {
    ("people", "name"): "last_name",
    ("people", "affiliation"): "affiliations",
    ("biosamples", "experimental variable"): "experimental_variable",
    ("analyses", "image analysis overview"): "method",
    ("annotations", "annotation author"): "authors",
    (_ASSOCIATIONS, "biosample"): "sample",
    (_ASSOCIATIONS, "specimen"): "sample",
    (_ASSOCIATIONS, "image acquisition"): "acquisition",
    (_ASSOCIATIONS, "image correlation"): "correlation",
    (_ASSOCIATIONS, "image analysis"): "analysis",
}
"""Collection and attribute to the field, where reading takes more than one step."""
_MISSING = {
    "simulation_ingest_no_author": "/people",
    "simulation_server_doi_organisation": "/organisations",
}
"""Codes of findings about what is not there to what would hold it."""
_UNLINKED = frozenset({"simulation_form_associations", "simulation_ingest_no_association"})
_OF_FILES = frozenset({"simulation_server_path", "simulation_server_absent"})


class Leads:
    """The paths of a record by the sections that were composed of it."""

    def __init__(self, record: Curation, submission: Submission) -> None:
        self._record = record
        self._paths = dict(_entities(record))
        self._where = {"submission": (STUDY, "/study")}
        self._walk(submission.section, (STUDY, "/study"), {})

    def _walk(self, section: Section, above: tuple[str, str], counts: dict[str, int]) -> None:
        """Name each section as a simulation names it: by its accno, else by its type and number."""
        counts[section.kind] = counts.get(section.kind, 0) + 1
        here = self._paths.get(section.of, above)
        self._where[(section.accno or f"{section.kind}-{counts[section.kind]}").replace("/", "_")] = here
        for child in section.children():
            self._walk(child, here, counts)

    def section(self, section: Section) -> str:
        """Give the path of the entity that a section was made of; empty for one that is none."""
        return self._paths.get(section.of, ("", ""))[1]

    def attribute(self, section: Section, name: str) -> str:
        """Give the path of the field that an attribute of a section tells; of its entity where no one field does."""
        return self._field(*self._paths.get(section.of, ("", "")), name)

    def link(self, link: Link) -> str:
        """Give the path of a link."""
        return f"/links/{link.of}/url" if link.of else "/links"

    def _field(self, collection: str, path: str, name: str) -> str:
        said = canonical(name)
        field = _BESIDE.get((collection, said)) or FIELDS.get(collection, {}).get(said)
        return f"{path}/{field}" if path and field else path

    def finding(self, finding: Finding) -> str:
        """Give the path in the record that a finding of a simulation leads to."""
        _, where, *rest = finding.path.split("/", 2)
        name = rest[0] if rest else ""
        if finding.code in _MISSING:
            return _MISSING[finding.code]
        if finding.code == "simulation_form_section":
            return f"/{collection_of(finding.found or '') or 'study'}"
        if finding.code in _OF_FILES:
            return self._file(finding.found or "")
        if name == "Link":
            held = (one.id for one in self._record.links if one.url == finding.found)
            return next((f"/links/{identity}/url" for identity in held), "/links")
        collection, path = self._where.get(where, (STUDY, "/study"))
        return self._field(collection, path, name) if finding.code not in _UNLINKED else f"{path}/{_ASSOCIATIONS}"

    def _file(self, path: str) -> str:
        table = self._record.files
        held = zip(table.ids, table.column("path"), strict=True)
        found = (row for row, said in held if isinstance(said, str) and listed(said) == path)
        return next((f"/files/{row}/path" for row in found), "/files")


def _entities(record: Curation) -> Iterator[tuple[str, tuple[str, str]]]:
    """Give the id of each entity and association with its collection and path."""
    yield STUDY, (STUDY, "/study")
    for collection in COLLECTIONS:
        for one in getattr(record, collection):
            yield one.id, (collection, f"/{collection}/{one.id}")
    for part in record.components:
        for row in part.associations:
            yield row.id, (_ASSOCIATIONS, f"/components/{part.id}/associations/{row.id}")


def is_association(section: Section) -> bool:
    """Tell whether a section is a row of associations, however it is spelled."""
    return canonical(section.kind) in ASSOCIATIONS


def leads_of(record: Curation) -> Leads:
    """Compose the submission of a record and give the ways back from it."""
    names, lists = Names(record), Lists(record)
    return Leads(record, compose(record, lists, names, list_names(record, lists, names), "v5"))
