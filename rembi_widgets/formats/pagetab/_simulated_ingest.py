"""What the archive's reader would say and drop: it makes the archive's own models of a record.

Source: the archive's reader of BioStudies records, and what it said of the records that curators mended.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rembi_widgets.formats.pagetab._simulated_form import is_email
from rembi_widgets.formats.pagetab._simulated_server import ORGANISATION
from rembi_widgets.formats.pagetab._tree import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.formats.pagetab._tree import Document, Part
    from rembi_widgets.record import Finding

READ = ("BioImages.v4", "BioImages.v5")
"""Templates that are read whole; of others only the study, unless the archive lists the record by name."""
DOI = re.compile(r"(https?://(dx\.)?doi\.org/|doi: *)?10\.\d{4,9}/\S+", re.IGNORECASE)
_URL = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
LINK_TYPES = frozenset(
    [
        "array design",
        "arrayexpress",
        "bioproject",
        "biosamples",
        "biostudies",
        "chebi",
        "chemagora",
        "compound",
        "dbsnp",
        "doi",
        "ega",
        "ena",
        "empiar",
        "emdb",
        "expression atlas",
        "geo",
        "gene ontology",
        "idr",
        "intact",
        "interpro",
        "nct",
        "nucleotide",
        "omim",
        "pdbe",
        "pfam",
        "pride",
        "pubmed",
        "rfam",
        "rnacentral",
        "taxonomy",
        "uniprot",
        "http",
        "https",
    ]
)
"""Types of links that the reader makes an address of."""
LICENCES = frozenset(
    [
        "CC0",
        "CC_BY_10",
        "CC_BY_20",
        "CC_BY_25",
        "CC_BY_30",
        "CC_BY_40",
        "CC_BY_SA_40",
        "CC_BY_NC_40",
        "CC_BY_NC_SA_40",
        "CC_BY_NC_ND_40",
        "MIT",
    ]
)
PUBLICATION = ("Title", "DOI", "Authors", "Year", "Pubmed ID")
_NAMED = {
    "Biosample": ("biosample",),
    "Specimen": ("specimen",),
    "Image acquisition": ("image acquisition",),
}
"""Columns of an association whose title must be there, to the section types it is looked for in."""
_LOOSE = {"Image correlation": ("image correlation",), "Image analysis": ("image analysis",)}
"""Columns whose title is passed over where it is not there."""
_ONE = ("Intrinsic variable", "Extrinsic variable", "Experimental variable")
_KEYED = ("biosample", "specimen", "image acquisition", "annotations")
_TITLED = (*_KEYED, "image correlation", "image analysis")


def ingest(document: Document) -> Iterator[Finding]:
    """Give what the reader would say: an error ends it or loses an object, a warning loses a value."""
    yield from _study(document)
    yield from _people(document)
    yield from _publications(document)
    yield from _links(document)
    yield from _datasets(document)
    if document.template in READ:
        yield from _modules(document)
    else:
        yield said("warning", "ingest_template", document.top, "Template", found=document.template)


def _study(document: Document) -> Iterator[Finding]:
    given = document.root.value("License", exact=True)
    key = re.sub(r"\s", "_", given or "CC0").replace(".", "").replace("-", "_")
    if key not in LICENCES:
        yield said("error", "ingest_licence", document.root, "License", found=given)
    if not document.either("Title"):
        yield said("warning", "ingest_title", document.root, "Title")
    if not document.top.value("ReleaseDate", exact=True):
        yield said("error", "ingest_release", document.top, "ReleaseDate")


def _people(document: Document) -> Iterator[Finding]:
    organisations = list(document.root.all(*ORGANISATION))
    accnos = {one.accno for one in organisations if one.value("Name")}
    for one in organisations:
        if not one.value("Name"):
            yield said("error", "ingest_organisation", one, "Name")
    authors = list(document.root.all("author"))
    if not authors:
        yield said("error", "ingest_no_author", document.root)
    for author in authors:
        yield from _author(author, accnos)


def _author(author: Part, accnos: set[str]) -> Iterator[Finding]:
    if not author.value("Name"):
        yield said("error", "ingest_nameless", author, "Name")
    for found in author.values("E-mail"):
        if not is_email(found.strip()):
            yield said("warning", "ingest_email", author, "E-mail", found=found)
    for one in author.attributes:
        name, value = str(one.get("name") or ""), str(one.get("value") or "")
        if name == "affiliation":  # the reader takes it for a reference, whether it is marked as one or not
            for ref in map(str.strip, value.split(",")):
                if ref not in accnos:
                    yield said("error", "ingest_affiliation", author, name, found=ref)
        elif name.casefold() == "affiliation" and not (one.get("reference") and value in accnos):
            yield said("error", "ingest_affiliation", author, name, found=value)


def _publications(document: Document) -> Iterator[Finding]:
    for one in document.root.all("publication"):
        title, doi = one.value("Title"), one.value("DOI")
        if not any(one.value(name) for name in PUBLICATION):
            yield said("warning", "ingest_publication_empty", one)
        elif not title and not doi:
            found = one.value("Pubmed ID") or one.value("Authors") or one.value("Year")
            yield said("error", "ingest_publication", one, "Title", found=found)
        elif doi and not DOI.fullmatch(doi):
            yield said("error", "ingest_doi", one, "DOI", found=doi)


def _links(document: Document) -> Iterator[Finding]:
    for link in document.root.links:
        kind = link.value("Type").strip().casefold()
        if link.accno and not _URL.fullmatch(link.accno) and kind not in LINK_TYPES:
            yield said("error", "ingest_link", document.root, "Link", found=link.accno)


def _datasets(document: Document) -> Iterator[Finding]:
    for part in document.root.all("study component"):
        if not any(part.all("associations")):
            yield said("error", "ingest_no_association", part, found=part.value("Name"))
    for part in document.root.all("annotation"):
        yield said("warning", "ingest_annotation", part, found=part.value("Title"))


def _modules(document: Document) -> Iterator[Finding]:
    root = document.root
    for part in root.every():
        wanted = ("Title",) if part.kind in _KEYED else ("Name", "Description") * (part.kind == "study component")
        for name in wanted:
            if not part.value(name, exact=True):
                yield said("error", "ingest_key", part, name)
    titles = {kind: {one.value("Title") for one in root.all(kind)} for kind in _TITLED}
    for part in root.all("associations"):
        yield from _association(part, titles)
    for part in root.all("biosample"):
        yield from _biosample(part)
    for part in root.all("image acquisition"):
        if any(one.get("valqual") for one in part.attributes if one.get("name") == "Imaging method"):
            yield said("info", "ingest_fbbi", part, "Imaging method", found=part.value("Imaging method"))
    for part in root.all("annotations"):
        kinds = part.values("Annotation Type", exact=True)
        if len(kinds) > 1:
            yield said("warning", "ingest_types", part, "Annotation Type", found=", ".join(kinds))


def _association(part: Part, titles: dict[str, set[str]]) -> Iterator[Finding]:
    for columns, level in ((_NAMED, "error"), (_LOOSE, "warning")):
        for name, kinds in columns.items():
            found = part.value(name)
            if found and not any(found in titles[kind] for kind in kinds):
                yield said(level, "ingest_association", part, name, found=found)
    if part.value("Biosample") and not part.value("Specimen"):
        yield said("error", "ingest_specimen", part, "Specimen", found=part.value("Biosample"))


def _biosample(part: Part) -> Iterator[Finding]:
    """Find what the reader cannot put into its model of a biosample: it takes one text of each variable."""
    for name in _ONE:
        if len(part.values(name, exact=True)) > 1:
            yield said("error", "ingest_variables", part, name, found="; ".join(part.values(name, exact=True)))
    organisms = part.values("Organism", exact=True)
    below = list(part.all("organism"))
    if len(organisms) > 1 and not below:
        yield said("error", "ingest_organisms", part, "Organism", found="; ".join(organisms))
    qualified = any(one.get("valqual") for one in part.attributes if one.get("name") == "Organism")
    if qualified and not any(one.value("NCBI taxon ID") for one in below):
        yield said("info", "ingest_taxon", part, "Organism", found=next(iter(organisms), ""))
