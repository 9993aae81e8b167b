"""The shape of a REMBI YAML: which key says which field.

Source: ``bia-agent``'s templates and ``bia-rembi-models`` 0.1.0 (REMBI 1.5), and the MIFA keys of its templates.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote

NAME = "rembi-metadata.yaml"
VERSION = "1.5"
STUDY = {
    "title": "title",
    "description": "description",
    "private_until_date": "release_date",
    "acknowledgements": "acknowledgements",
}
LISTS = {
    "authors": ("people", {"first_name": "first_name", "last_name": "last_name", "email": "email", "orcid": "orcid"}),
    "publications": (
        "publications",
        {"title": "title", "authors": "authors", "doi": "doi", "year": "year", "pubmed_id": "pubmed_id"},
    ),
    "links": ("links", {"link_url": "url", "link_description": "description"}),
}
"""Lists of the study: key to the collection, and keys of one entry to fields."""
GRANT = {"funder": "funder", "identifier": "grant_id"}
AFFILIATION = {"name": "title", "address": "address", "url": "ror"}
SECTIONS = {
    "biosamples": ("biosamples", {"description": "description"}),
    "specimens": ("specimens", {"sample_preparation": "preparation_method", "growth_protocol": "growth_protocol"}),
    "acquisitions": (
        "acquisitions",
        {
            "imaging_instrument": "instrument_description",
            "image_acquisition_parameters": "acquisition_parameters",
        },
    ),
    "correlations": (
        "correlations",
        {
            "spatial_and_temporal_alignment": "alignment",
            "fiducials_used": "fiducials_used",
            "transformation_matrix": "transformation_matrix",
        },
    ),
    "analysis": ("analyses", {"analysis_overview": "method"}),
    "annotations": (
        "annotations",
        {
            "annotation_overview": "overview",
            "annotation_method": "method",
            "annotation_criteria": "criteria",
            "annotation_coverage": "coverage",
            "annotation_confidence_level": "confidence_level",
        },
    ),
}
"""Sections whose entries are named by their titles: key to the collection, and keys of one entry to fields."""
COMPONENT = {"name": "title", "description": "description"}
REFERENCES = {
    "biosample_id": "biosamples",
    "specimen_id": "specimens",
    "acquisition_id": "acquisitions",
    "correlation_id": "correlations",
    "analysis_id": "analyses",
}
"""Keys of an association to the collections whose titles they hold."""
VARIABLES = {
    "intrinsic_variables": "intrinsic_variable",
    "extrinsic_variables": "extrinsic_variable",
}
VERSIONS = {
    "version": "version",
    "timestamp": "version_timestamp",
    "changes": "version_changes",
    "previous_version": "previous_version",
}
KEPT, KEPT_ROOT, COMPONENT_KEY = "x-yaml-", "x-yaml.root.", "x-yaml.key"
_FREE = re.compile(r"x-(?!yaml)[\w -]+")
"""Keys that are free in the record as they stand."""
_TAXON = re.compile(r"(?:NCBI:txid|NCBITaxon[:_]|https?://purl\.obolibrary\.org/obo/NCBITaxon_)?(\d+)")
_OBO = re.compile(r"https?://purl\.obolibrary\.org/obo/([A-Za-z]+)_(\d+)")
_CURIE = re.compile(r"([A-Za-z]+):(\d+)")


def kept_name(key: str) -> str:
    """Give the name under which an entity keeps a key that the record does not know.

    >>> kept_name("x-gain"), kept_name("storage")
    ('x-gain', 'x-yaml-storage')
    """
    return key if _FREE.fullmatch(key) else KEPT + quote(key, safe="")


def key_of(name: str) -> str:
    """Give the key that is kept under a name."""
    return unquote(name.removeprefix(KEPT)) if name.startswith(KEPT) else name


def curie(identity: str, *, taxon: bool = False) -> str:
    """Give an id as the record holds it.

    >>> curie("NCBI:txid9606", taxon=True), curie("http://purl.obolibrary.org/obo/FBbi_00000251")
    ('NCBITaxon:9606', 'FBbi:00000251')
    """
    text = identity.strip()
    if taxon and (found := _TAXON.fullmatch(text)):
        return f"NCBITaxon:{found[1]}"
    found = _OBO.fullmatch(text)
    return f"{found[1]}:{found[2]}" if found else text


def spelled(identity: str) -> str:
    """Give an id as the templates spell it.

    >>> spelled("NCBITaxon:9606"), spelled("FBbi:00000251")
    ('NCBI:txid9606', 'http://purl.obolibrary.org/obo/FBbi_00000251')
    """
    found = _CURIE.fullmatch(identity)
    if not found:
        return identity
    taxon, (prefix, number) = found[1] == "NCBITaxon", found.groups()
    return f"NCBI:txid{number}" if taxon else f"http://purl.obolibrary.org/obo/{prefix}_{number}"


def many(value: Any) -> list[Any]:
    """Give the values of a key that may hold one or several."""
    found = value if isinstance(value, list) else [value]
    return [one for one in found if one not in (None, "", [], {})]
