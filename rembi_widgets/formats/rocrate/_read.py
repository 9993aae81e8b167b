"""A crate as a record of unconfirmed values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from rembi_widgets.formats._read import Read
from rembi_widgets.formats.isatab._read_parts import stable_id
from rembi_widgets.formats.pagetab._study import LICENSES
from rembi_widgets.formats.rocrate import _modules, _study
from rembi_widgets.formats.rocrate._context import OURS, terms
from rembi_widgets.formats.rocrate._graph import METADATA
from rembi_widgets.formats.rocrate._open import OLDER, open_crate
from rembi_widgets.formats.rocrate._read_files import Files
from rembi_widgets.record import PREFIXES, Curation, Finding, Mark, Origin, leaves

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rembi_widgets.formats.rocrate._open import Crate, Node

Made = dict[str, Any]
KINDS = {
    "Affiliation": "organisations",
    "Contributor": "people",
    "Publication": "publications",
    "Grant": "grants",
    "ExternalReference": "links",
    "BioSample": "biosamples",
    "SpecimenImagingPreparationProtocol": "specimens",
    "Specimen": "samples",
    "ImageAcquisitionProtocol": "acquisitions",
    "ImageAnalysisMethod": "analyses",
    "ImageCorrelationMethod": "correlations",
    "AnnotationMethod": "annotations",
    "Dataset": "components",
}
"""Class to collection."""
_SCHEMA = "url version dateModified dateCreated releaseNotes isBasedOn creativeWorkStatus givenName familyName mentions"
KNOWN = {
    *terms(),
    *OURS,
    *(older for names in OLDER.values() for older in names),
    *_SCHEMA.split(),
    "@id",
    "@type",
    "conformsTo",
    "about",
    "encodingFormat",
}
"""Properties that are read or say nothing that is not read elsewhere."""
_OWN_ID = re.compile(r"#[\w.~%-]+")
_WITH_ID = re.compile(r"(.+) \(([A-Za-z]+_\w+)\)", re.DOTALL)
_TAXON = re.compile(r"NCBI:txid(\d+)|.*NCBITaxon[_:](\d+)")
_PLACEHOLDERS = {_study.UNKNOWN, _study.NO_ACCESSION}


def read_crate(path: Path) -> Read:
    """Read a crate; see ``rocrate.read``."""
    crate = open_crate(path)
    reading = Reading(crate)
    files = Files(crate, reading.ids)
    reading.made |= files.tables(reading.made["components"], reading.made["samples"])
    if crate.rows is None:
        values = {"found": crate.list_id}
        reading.findings.append(Finding(level="warning", code="rocrate_list", path="/files", values=values))
    if files.twice:
        told: dict[str, Any] = {"n": len(files.twice), "found": files.twice[0]}
        reading.findings.append(Finding(level="warning", code="rocrate_row_twice", path="/files", values=told))
    record = Curation.model_validate(reading.made)
    mark = Mark(confirmed=False, origin=Origin(kind="import", source=METADATA))
    record = record.model_copy(update={"marks": {where: mark for where, _ in leaves(record)}})
    return Read(record, tuple(reading.findings))


def term(text: str) -> Made:
    """Read a term that may have its id in brackets.

    >>> term("DNA"), term("DAPI (CHEBI_51231)")
    ({'label': 'DNA'}, {'label': 'DAPI', 'id': 'CHEBI:51231'})
    """
    found = _WITH_ID.fullmatch(text)
    return {"label": found[1], "id": curie(found[2])} if found else {"label": text}


def curie(text: str) -> str:
    """Give an id as the record holds it: ``obo:FBbi_00000251`` is ``FBbi:00000251``."""
    return text.rpartition("/")[2].removeprefix("obo:").replace("_", ":", 1)


class Reading:
    """What is made of a crate, entity by entity."""

    def __init__(self, crate: Crate) -> None:
        self.crate, self.findings = crate, list[Finding]()
        self.ids: dict[str, str] = {}
        taken: set[str] = set()
        nodes = [(node, name) for kind, name in KINDS.items() for node in crate.all(kind)]
        for node, collection in nodes:
            own = unquote(node.id[1:]) if crate.ours and _OWN_ID.fullmatch(node.id) else ""
            free = own and own not in taken  # two spellings of one id are two entities
            self.ids[node.id] = own if free else stable_id(PREFIXES[collection], node.id)
            taken.add(self.ids[node.id])
        self.made: Made = {name: [] for name in KINDS.values()}
        self.made["study"] = self._study(next(crate.all("Study")))
        for node, collection in nodes:
            if collection != "components" or not _is_annotated(node):
                made = getattr(self, collection)(node)
                told = {**_filled(made), **self._unknown(node), "id": self.ids[node.id]}
                self.made[collection].append(told)
        if not self.made["samples"]:
            self._pairs()

    def _unknown(self, node: Node) -> Made:
        """Keep the texts of properties that mean nothing in the profile."""
        found = {f"x-{name.removeprefix('x-')}": node.texts(name) for name in node.held if name not in KNOWN}
        for name in filter(found.get, found):
            values = {"where": node.id, "found": name.removeprefix("x-")}
            self.findings.append(Finding(level="info", code="rocrate_unknown", path="/study", values=values))
        return {name: texts[0] if len(texts) == 1 else texts for name, texts in found.items() if texts}

    def known(self, node: Node, name: str) -> list[str]:
        """Give the record's ids of what a property names; a reference that leads nowhere is told."""
        found = []
        for ref in node.refs(name):
            if ref in self.ids:
                found.append(self.ids[ref])
            else:
                values = {"where": node.id, "found": ref}
                self.findings.append(Finding(level="warning", code="rocrate_dangling", path="/study", values=values))
        return found

    def nodes(self, node: Node, name: str) -> list[Node]:
        """Give the entities that a property names."""
        return [self.crate.nodes[ref] for ref in node.refs(name) if ref in self.crate.nodes]

    def _study(self, node: Node) -> Made:
        names = {where: name for name, where in LICENSES.items()}
        license_ = node.word("licenseStatement")
        if not license_ and node.word("license") != _study.TERMS_OF_USE:
            license_ = names.get(node.word("license"), next(iter(node.refs("license")), ""))
        same = {field: node.word(name) for field, name in _study.SAME.items()}
        return _filled(
            {
                **same,
                "title": node.word("name"),
                "description": node.word("description"),
                "license": license_,
                "accession": node.word("accessionId") or same["accession"],
                "release_date": node.word("releaseDate") or ("" if self.crate.ours else node.word("datePublished")),
                "keywords": node.texts("keywords"),
                "ai_models_trained": node.texts("aiModelsTrained"),
            }
        ) | ({"accession": same["accession"]} if node.word("accessionId") == _study.NO_ACCESSION else {})

    def organisations(self, node: Node) -> Made:
        """Read an affiliation."""
        ror = node.word("identifier") or (node.id if "ror.org" in node.id else "")
        return {"title": node.word("name"), "address": node.word("address"), "ror": ror}

    def people(self, node: Node) -> Made:
        """Read a contributor; the name is split at its last blank, as the archive does."""
        first, _, last = node.word("name").rpartition(" ")
        split = node.word("givenName") or node.word("familyName")
        return {
            "first_name": node.word("givenName") if split else first,
            "last_name": node.word("familyName") if split else last,
            "email": node.word("email"),
            "orcid": node.word("identifier") or (node.id if "orcid.org" in node.id else ""),
            "roles": [{"label": role} for role in node.texts("role")],
            "affiliations": self.known(node, "memberOf"),
        }

    def publications(self, node: Node) -> Made:
        """Read a publication."""
        names = {"title": "name", "authors": "authorNames", "doi": "doi", "pubmed_id": "pubmedId"}
        year = node.word("datePublished") or node.word("yearPublished")
        told = {field: node.word(name) for field, name in names.items()}
        return {**told, "year": year, "status": node.word("creativeWorkStatus")}

    def grants(self, node: Node) -> Made:
        """Read a grant and its first funder."""
        funder = next((one.word("name") for one in self.nodes(node, "funder")), "")
        return {"funder": funder, "grant_id": node.word("identifier") or node.word("name")}

    def links(self, node: Node) -> Made:
        """Read a reference to something elsewhere."""
        return {
            "url": node.word("url") or ("" if self.crate.ours else node.id),
            "description": node.word("description"),
        }

    def biosamples(self, node: Node) -> Made:
        """Read a biosample; a line of the description that names the entity is composed."""
        entities = node.texts("biologicalEntityName")
        composed = f"\nBiological entity: {'; '.join(entities)}\n"
        description = f"\n{node.word('description')}\n"
        while entities and composed in description:
            description = description.replace(composed, "\n")
        told = node.texts("experimentalVariableDescription")
        return {
            "title": node.word("name"),
            "description": description.strip("\n"),
            "organism": [one for taxon in self.nodes(node, "organismClassification") if (one := _organism(taxon))],
            "biological_entity": [term(one) for one in entities],
            "experimental_variable": [_variable(self.ids[node.id], n, one) for n, one in enumerate(told)],
            **{field: node.texts(name) for field, name in _modules.VARIABLES.items()},
        }

    def specimens(self, node: Node) -> Made:
        """Read a preparation, and how what is prepared was grown."""
        growth = self.crate.nodes.get(f"{node.id}-growth")
        users = (one for one in self.crate.all("BioSample") if not self.crate.ours and self._prepared(one, node))
        grown = [growth] if growth else [held for one in users for held in self.nodes(one, "growthProtocol")]
        return {
            "title": node.word("name"),
            "preparation_method": node.word("description"),
            "growth_protocol": next((one.word("description") for one in grown), ""),
        }

    def _prepared(self, biosample: Node, protocol: Node) -> bool:
        names = ("associatedBiologicalEntity", "associatedSpecimenImagingPreparationProtocol")
        return any(
            biosample.id in one.refs(names[0]) and protocol.id in one.refs(names[1])
            for one in self.crate.all("Dataset")
        )

    def samples(self, node: Node) -> Made:
        """Read a specimen of the archive, with its signal channels, else those of its preparation."""
        protocols = self.nodes(node, "imagingPreparationProtocol")
        channels = self.nodes(node, "signalChannelInformation")
        if not channels:
            channels = [one for it in protocols for one in self.nodes(it, "signalChannelInformation")]
        return {
            "title": node.word("name"),
            "biosample": next(iter(self.known(node, "biologicalEntity")), None),
            "specimen": next(iter(self.known(node, "imagingPreparationProtocol")), None),
            "experimental_status": node.word("experimentalStatus"),
            "location_within_biosample": node.word("locationWithinBiosample"),
            **self._signals(channels, self.ids[node.id]),
        }

    def _signals(self, channels: Iterable[Node], owner: str) -> Made:
        told = list(channels)
        texts = [one.word("signalContrastMechanismDescription").split("; ") for one in told]
        contrast = dict.fromkeys(part for parts in texts for part in parts if part)
        labels = [self._label(one, owner) for one in told]
        return {"signal_contrast_mechanism": [term(one) for one in contrast], "labels": [one for one in labels if one]}

    def _label(self, node: Node, owner: str) -> Made | None:
        content, entity = node.word("channelContentDescription"), node.word("channelBiologicalEntity")
        if not content and not entity:
            return None
        own = self.crate.ours and _OWN_ID.fullmatch(node.id)
        identity = unquote(node.id[1:]) if own else stable_id(PREFIXES["labels"], owner, node.id)
        told = {"content": term(content) if content else None, "biological_entity": term(entity) if entity else None}
        return {"id": identity, **told}

    def acquisitions(self, node: Node) -> Made:
        """Read an acquisition: its texts as they stand, its methods with their ids."""
        methods = [term(one) for one in node.texts("imagingMethodName")]
        ids = [curie(one) for one in node.texts("fbbiId")]
        bare = [one for one in methods if "id" not in one]
        for one, identity in zip(bare, ids if len(ids) == len(bare) else (), strict=False):
            one["id"] = identity
        return {
            "title": node.word("name"),
            "acquisition_parameters": node.word("description"),
            "instrument_description": node.word("imagingInstrumentDescription"),
            "imaging_method": methods,
            **({"x-fbbi": ids} if ids and len(ids) != len(bare) else {}),
        }

    def analyses(self, node: Node) -> Made:
        """Read an analysis."""
        return {"title": node.word("name"), **_told(node, _modules.ANALYSIS)}

    def correlations(self, node: Node) -> Made:
        """Read a correlation."""
        more = {
            "fiducials_used": node.word("fiducialsUsed"),
            "transformation_matrix": node.word("transformationMatrix"),
        }
        return {"title": node.word("name"), **_told(node, _modules.CORRELATION), **more}

    def annotations(self, node: Node) -> Made:
        """Read an annotation method; its authors are told by name, and found by it."""
        told = _told(node, {**_modules.ANNOTATION, "authors": "Authors"})
        names = {_called(one): one["id"] for one in self.made["people"]}
        authors = [names[name] for name in told.pop("authors", "").split("; ") if name in names]
        return {
            "title": node.word("name"),
            **told,
            "authors": authors,
            "annotation_type": node.texts("methodType"),
            "criteria": node.word("annotationCriteria"),
            "coverage": node.word("annotationCoverage"),
        }

    def components(self, node: Node) -> Made:
        """Read a data set of images; its associations come with the files."""
        protocols = [] if self.crate.ours else self.nodes(node, "associatedProtocol")
        told = [f"{one.word('name')}: {one.word('description')}" for one in protocols]
        return {"title": node.word("name"), "description": node.word("description"), "x-protocols": told}

    def _pairs(self) -> None:
        """Make samples where the crate has none: each biosample of a data set in each of its preparations."""
        pairs: dict[tuple[str, str], Node] = {}
        for node in self.crate.all("Dataset"):
            for biosample in self.known(node, "associatedBiologicalEntity"):
                for specimen in node.refs("associatedSpecimenImagingPreparationProtocol"):
                    if specimen in self.crate.nodes and specimen in self.ids:
                        pairs[biosample, self.ids[specimen]] = self.crate.nodes[specimen]
        for (biosample, specimen), node in pairs.items():
            identity = stable_id(PREFIXES["samples"], biosample, specimen)
            told = self._signals(self.nodes(node, "signalChannelInformation"), identity)
            self.made["samples"].append({"id": identity, "biosample": biosample, "specimen": specimen, **_filled(told)})


def _called(person: Made) -> str:
    return " ".join(name for name in (person.get("first_name"), person.get("last_name")) if name)


def _is_annotated(node: Node) -> bool:
    named = node.refs("associatedAnnotationMethod")
    return "MifaDataset" in node.kinds or bool(named and not node.refs("associatedImageAcquisitionProtocol"))


def _filled(told: Made) -> Made:
    return {name: value for name, value in told.items() if value not in ("", None, [], *_PLACEHOLDERS)}


def _told(node: Node, labels: dict[str, str]) -> Made:
    """Read a text whose lines begin with labels; a line that begins with none belongs to the one before."""
    found: dict[str, list[str]] = {}
    at = next(field for field, label in labels.items() if not label)
    for line in node.word("description").split("\n"):
        known = [field for field, label in labels.items() if label and line.startswith(f"{label}: ")]
        at = known[0] if known else at
        found.setdefault(at, []).append(line.removeprefix(f"{labels[at]}: ") if known else line)
    return {field: "\n".join(held) for field, held in found.items()}


def _organism(taxon: Node) -> Made | None:
    scientific, common = taxon.word("scientificName"), taxon.word("commonName")
    label = f"{scientific} ({common})" if scientific and common else scientific or common
    found = _TAXON.fullmatch(taxon.word("identifier") or taxon.id)
    identity = f"NCBITaxon:{found[1] or found[2]}" if found else curie(taxon.word("identifier"))
    return {"label": label, **({"id": identity} if identity else {})} if label else None


def _variable(owner: str, number: int, text: str) -> Made:
    name, colon, value = text.partition(": ")
    return {"id": stable_id(PREFIXES["experimental_variable"], owner, str(number)), "name": name} | (
        {"value": value} if colon else {}
    )
