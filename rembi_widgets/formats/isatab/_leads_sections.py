"""The cells of the investigation file: which part of the record each column of a section is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.formats.isatab._cells import escape, tame, words
from rembi_widgets.formats.isatab._investigation import GRANTS, LINKS, STUDY_COMMENTS
from rembi_widgets.formats.isatab._leads import INSTRUMENT, OBJECTIVE, TITLED, Holder, Part, Plan, turned, variables
from rembi_widgets.formats.isatab._protocols import ACQUISITION_COMMENTS, ACQUISITION_ROWS
from rembi_widgets.formats.isatab._used import refs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rembi_widgets.formats.isatab._document import Section
    from rembi_widgets.formats.isatab._leads import Fields, Known

_IDENTITY: Fields = {"Study Identifier": "accession", "Investigation Identifier": "accession"}
_STUDY: Fields = {
    **_IDENTITY,
    "Study Title": "title",
    "Study Description": "description",
    "Study Submission Date": "submission_date",
    "Study Public Release Date": "release_date",
    "Study Type": "study_type",
    "Study Design Type": "study_type",
    **turned(STUDY_COMMENTS),
}
_GRANT: Fields = {f"Grant {name}": "" if field == "id" else field for field, name in GRANTS.items()}
_LINK: Fields = {f"Links {name}".strip(): "" if field == "id" else field for field, name in LINKS.items()}
_PUBLICATION: Fields = {
    "Study PubMed ID": "pubmed_id",
    "Study Publication DOI": "doi",
    "Study Publication Author List": "authors",
    "Study Publication Title": "title",
    "Study Publication Status": "status",
    "Year": "year",
    "REMBI ID": "",
}
_PERSON: Fields = {
    "Study Person Last Name": "last_name",
    "Study Person First Name": "first_name",
    "Study Person Email": "email",
    "Study Person Roles": "roles",
    "ORCID": "orcid",
    "REMBI ID": ("", "affiliations"),
}
_ORGANISATION: Fields = {
    "Study Person Affiliation": "title",
    "Study Person Address": "address",
    "Affiliation ROR": "ror",
    "Affiliation REMBI ID": "",
}
_COMPONENT: Fields = {
    "Study Assay File Name": "title",
    "Study Component Name": "title",
    "Study Component Description": "description",
    "REMBI ID": "",
}
_MAKER: Fields = {"Study Assay File Name": "title", "Study Assay Technology Platform": "software", "REMBI ID": ""}
_SETTINGS = ("temperature", "time_interval", "accelerating_voltage", "electron_dose", "tilt_range", "photon_energy")
_SHOWN = tuple(f"channels.{name}" for name in ("name", "excitation", "emission", "exposure_time", "pinhole"))
_MADE_OF = tuple(
    f"{rows}.{name}"
    for rows, names in (
        ("light_sources", ("kind", "manufacturer", "model", "wavelength")),
        ("detectors", ("kind", "manufacturer", "model")),
        ("filters", ("kind", "model", "description")),
    )
    for name in names
)
_COMPONENTS = (*INSTRUMENT, *OBJECTIVE, "software")
_PROTOCOL: Fields = {"Study Protocol Name": "title", **TITLED}
_ACQUISITION: Fields = {
    **_PROTOCOL,
    "Study Protocol Description": "acquisition_parameters",
    "Instrument Attributes": (*INSTRUMENT, *OBJECTIVE, *_MADE_OF, "software"),
    "Study Protocol Components Name": _COMPONENTS,
    "Study Protocol Components Type": _COMPONENTS,
    **turned(ACQUISITION_COMMENTS),
    **{
        f"{prefix} {name}": f"{rows}." if field == "id" else f"{rows}.{field}"
        for rows, (prefix, names) in ACQUISITION_ROWS.items()
        for field, name in names.items()
    },
    "Channel Content REMBI ID": "channels.label",
}
_PROTOCOLS: dict[str, Fields] = {
    "growth": {**_PROTOCOL, "Study Protocol Description": "growth_protocol"},
    "specimens": {
        **_PROTOCOL,
        "Study Protocol Description": "preparation_method",
        "Study Protocol URI": "preparation_url",
    },
    "acquisitions": _ACQUISITION,
    "analyses": {**_PROTOCOL, "Study Protocol Description": "method"},
    "correlations": _PROTOCOL,
    "annotations": {
        **_PROTOCOL,
        "Study Protocol Description": "overview",
        "Authors REMBI ID": "authors",
    },
}
"""What a protocol's column says, by the collection of what it stands for; of growth, the specimen's own protocol."""
_PARTS = {prefix: f"{rows}." for rows, (prefix, _) in ACQUISITION_ROWS.items()}


class SectionLeads:
    """Leads the cells of the sections of the investigation file."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._study = (Part("/study", known.record.study),)
        self._of: dict[str, Callable[[Section, int], Sequence[Holder]]] = {
            "INVESTIGATION": self._identity,
            "STUDY": self._study_section,
            "STUDY DESIGN DESCRIPTORS": lambda _section, _place: [_at(_STUDY, self._study)],
            "STUDY PUBLICATIONS": lambda section, place: [_at(_PUBLICATION, self._identified(section, place))],
            "STUDY FACTORS": self._factor,
            "STUDY ASSAYS": self._assay,
            "STUDY PROTOCOLS": self._protocol,
            "STUDY CONTACTS": self._contact,
        }

    def paths(self, section: Section, label: str, place: int) -> tuple[str, ...]:
        """Give the paths that explain a cell of a section, by its label and its place behind it."""
        row = section.row(label)
        if row is None or place >= len(row.cells) or not row.cells[place] or section.heading not in self._of:
            return ()
        return Plan(row.name, place, self._of[section.heading](section, place)).paths(place)

    def _identified(self, section: Section, place: int) -> tuple[Part, ...]:
        return self._known.part(section.column(place).get("Comment[REMBI ID]", ""))

    def _identity(self, _section: Section, _place: int) -> Sequence[Holder]:
        return [_at(_IDENTITY, self._study), _at(dict.fromkeys(_IDENTITY, "title"), self._study)]

    def _study_section(self, section: Section, place: int) -> Sequence[Holder]:
        record = self._known.record
        grants, links = (tuple(self._known.parts[one.id] for one in rows) for rows in (record.grants, record.links))
        return [
            _at(_STUDY, self._study),
            *self._identity(section, place)[1:],
            _at({}, (Part("", record),)),
            _at(_GRANT, grants),
            _at(_LINK, links),
            *(Holder({}, _always(held), {prefix: ""}) for prefix, held in (("Grant", grants), ("Links", links))),
        ]

    def _factor(self, section: Section, place: int) -> Sequence[Holder]:
        name = section.column(place).get("Study Factor Name", "")
        given, held = self._known.factors.get(name, ""), self._known.record.biosamples
        parts = tuple(part for one in held for part in variables(self._known.parts[one.id], given))
        return [_at({"Study Factor Name": "name", "Variable Name": "name"}, parts)]

    def _assay(self, section: Section, place: int) -> Sequence[Holder]:
        column, own = section.column(place), self._identified(section, place)
        if own and not own[0].path.startswith("/components/"):
            named = column.get("Comment[Study Component Name]", "")
            homes = [self._known.parts[one.id] for one in self._known.record.components]
            titled = tuple(part for part in homes if tame(escape(words(part.get("title")))) in named)
            return [_at(_MAKER, own), _at({"Study Component Name": "title"}, titled)]
        return [_at(_COMPONENT, own), _at({"Study Assay Technology Platform": INSTRUMENT}, self._instruments(place))]

    def _instruments(self, place: int) -> tuple[Part, ...]:
        """Give the acquisitions that the table of an assay names."""
        assays = self._known.study.assays
        table = assays[place] if place < len(assays) else None
        if table is None:
            return ()
        columns = [one.index for one in table.columns if one.kind == "protocol_ref"]
        names = dict.fromkeys(name for column in columns for name in table.cells(column))
        return tuple(part for name in names if (part := self._known.protocols.get(name)) is not None)

    def _protocol(self, section: Section, place: int) -> Sequence[Holder]:
        own = self._identified(section, place)
        if not own:
            return []
        kind = own[0].path.split("/")[1]
        if section.column(place).get("Study Protocol Type") == "growth":
            kind = "growth"
        people = tuple(one for author in refs(own[0].get("authors")) for one in self._known.part(author))
        held = [_at(_PROTOCOLS.get(kind, _PROTOCOL), own)]
        held += [_at({"Authors": ("first_name", "last_name")}, people), _at({"Authors": "authors"}, own)]
        if kind == "acquisitions":
            composed: Fields = {"Study Protocol Description": (*_SHOWN, *_SETTINGS)}
            held += [
                _at(composed, own),
                _at({"Channel Content": "content"}, self._labels(own[0])),
                Holder({}, _always(own), _PARTS),
            ]
        return held

    def _labels(self, acquisition: Part) -> tuple[Part, ...]:
        wanted = {channel.label for channel in acquisition.get("channels")}
        return tuple(
            Part(f"/samples/{sample.id}/labels/{label.id}", label)
            for sample in self._known.record.samples
            for label in sample.labels
            if label.id in wanted
        )

    def _contact(self, section: Section, place: int) -> Sequence[Holder]:
        own = self._identified(section, place)
        held = tuple(org for part in own for one in refs(part.get("affiliations")) for org in self._known.part(one))
        return [
            _at(_PERSON, own),
            _at(_ORGANISATION, held),
            _at({"Study Person Affiliation": "affiliations"}, own),
            Holder({}, _always(held), {"Affiliation": ""}),
        ]


def _at(fields: Fields, parts: Sequence[Part]) -> Holder:
    return Holder(fields, _always(parts))


def _always(parts: Sequence[Part]) -> Callable[[int, int], Sequence[Part]]:
    return lambda _place, _owner: parts
