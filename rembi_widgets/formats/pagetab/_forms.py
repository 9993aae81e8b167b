"""How sections and attributes are spelled in the templates of the years, and which field each is.

Sources: templates BioImages.v1 to v5 and MIFA.v1, the converters of 2022 to 2024, and real records of all of them.
"""

from __future__ import annotations

import re

KINDS = {
    "publication": "publications",
    "funding": "grants",
    "biosample": "biosamples",
    "specimen": "specimens",
    "image acquisition": "acquisitions",
    "image correlation": "correlations",
    "image analysis": "analyses",
    "annotation": "annotations",
    "annotations": "annotations",
    "study component": "components",
    "author": "people",
    "organisation": "organisations",
    "organization": "organisations",
}
"""Type of a section, in small letters, to the collection of its entities."""
ASSOCIATIONS = ("associations", "association")
PEOPLE = ("people", "organisations")
FORM_ORDER = (
    "publications",
    "grants",
    "biosamples",
    "specimens",
    "acquisitions",
    "correlations",
    "analyses",
    "annotations",
    "components",
    "people",
    "organisations",
)

_SAME = {
    "keyword": "keywords",
    "email": "e-mail",
    "licence": "license",
    "release date": "releasedate",
    "pmid": "pubmed id",
    "pubmedid": "pubmed id",
    "funding": "funding statement",
    "grant id": "grant_id",
    "biological entities": "biological entity",
    "associated biosample": "biosample",
    "associated specimen": "specimen",
    "experimental variables": "experimental variable",
    "intrinsic variables": "intrinsic variable",
    "extrinsic variables": "extrinsic variable",
}
"""Spellings of one attribute to that of the form."""

FIELDS: dict[str, dict[str, str]] = {
    "study": {
        "title": "title",
        "releasedate": "release_date",
        "description": "description",
        "keywords": "keywords",
        "study type": "study_type",
        "license": "license",
        "acknowledgements": "acknowledgements",
        "funding statement": "funding_statement",
    },
    "people": {"name": "", "e-mail": "email", "role": "roles", "orcid": "orcid", "affiliation": ""},
    "organisations": {"name": "title", "address": "address", "rorid": "ror"},
    "publications": {
        "title": "title",
        "authors": "authors",
        "doi": "doi",
        "pubmed id": "pubmed_id",
        "year": "year",
        "status": "status",
    },
    "grants": {"agency": "funder", "grant_id": "grant_id"},
    "biosamples": {
        "title": "title",
        "organism": "organism",
        "description": "description",
        "biological entity": "biological_entity",
        "experimental variable": "",
        "extrinsic variable": "extrinsic_variable",
        "intrinsic variable": "intrinsic_variable",
    },
    "specimens": {
        "title": "title",
        "sample preparation protocol": "preparation_method",
        "growth protocol": "growth_protocol",
    },
    "acquisitions": {
        "title": "title",
        "imaging instrument": "instrument_model",
        "image acquisition parameters": "acquisition_parameters",
        "imaging method": "imaging_method",
        "image data": "",
    },
    "correlations": {
        "title": "title",
        "spatial and temporal alignment": "alignment",
        "fiducials used": "fiducials_used",
        "transformation matrix": "transformation_matrix",
        "related images": "related_images",
    },
    "analyses": {"title": "title", "image analysis overview": ""},
    "annotations": {
        "title": "title",
        "annotation overview": "overview",
        "annotation type": "annotation_type",
        "annotation method": "method",
        "annotation confidence level": "confidence_level",
        "annotation criteria": "criteria",
        "annotation coverage": "coverage",
        "annotation author": "",
        "file list": "",
    },
    "components": {"title": "title", "name": "title", "description": "description", "file list": ""},
}
"""Collection and attribute to the field; an empty one is read in a way of its own."""
TERMS = frozenset({"study_type", "organism", "biological_entity", "imaging_method", "roles"})
STACKED = frozenset({"extrinsic_variable", "intrinsic_variable"})
"""Fields whose values stand in one attribute, which the archive's reader takes once."""
MANY = TERMS | STACKED | {"keywords", "annotation_type"}

_CURIE = re.compile(r"(?:.*[/#])?([A-Za-z][\w-]*?)[_:](?:txid)?(\w+)")
_PREFIXES = {"ncbitaxon": "NCBITaxon", "ncbi": "NCBITaxon", "fbbi": "FBbi", "efo": "EFO", "ncbi taxonomy": "NCBITaxon"}


def canonical(name: str) -> str:
    """Give the name of an attribute or type in the spelling that all its variants share.

    >>> canonical("Email"), canonical("Sample Preparation Protocol"), canonical("Keyword")
    ('e-mail', 'sample preparation protocol', 'keywords')
    """
    said = " ".join(name.casefold().split())
    return _SAME.get(said, said)


def collection_of(kind: str) -> str | None:
    """Give the collection of the entities that sections of a type are; ``None`` for a type that is not known.

    >>> collection_of("Image Acquisition"), collection_of("Table")
    ('acquisitions', None)
    """
    return KINDS.get(" ".join(kind.casefold().split()))


def place_of(kind: str) -> int:
    """Give the place of a type in the order of the archive's form; unknown ones come last."""
    collection = collection_of(kind)
    return FORM_ORDER.index(collection) if collection else len(FORM_ORDER)


def ontology_of(name: str) -> str:
    """Give the name of an ontology in its own letters, as far as they are known."""
    return _PREFIXES.get(name.strip().casefold(), name.strip())


def curie(identity: str, ontology: str = "") -> str:
    """Give the id of a term as a CURIE.

    >>> curie("NCBITaxon_9606"), curie("4932", "NCBITaxon"), curie("NCBI:txid45351"), curie("Fbbi_00000246")
    ('NCBITaxon:9606', 'NCBITaxon:4932', 'NCBITaxon:45351', 'FBbi:00000246')
    """
    said = identity.strip()
    found = _CURIE.fullmatch(said)
    if found:
        return f"{ontology_of(found.group(1))}:{found.group(2)}"
    return f"{ontology_of(ontology)}:{said}" if said.isdigit() and ontology.strip() else said
