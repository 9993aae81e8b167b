"""The guide against what the targets ask: the archive's template, the layout of the ISA-Tab, IDR's parser."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.record import GUIDE, level

REQUIRED = {
    target: {
        f"{section.name}.{field.name}"
        for section in GUIDE.values()
        for field in section.fields.values()
        if field.levels[target] == "required"
    }
    for target in ("isatab", "bia")
}

TEMPLATE = {
    "Study": {
        "Title": "study.title",
        "ReleaseDate": "study.release_date",
        "Description": "study.description",
        "Keywords": "study.keywords",
        "Acknowledgements": "study.acknowledgements",
        "License": "study.license",
        "Funding statement": "study.funding_statement",
    },
    "Contact": {
        "Name": "person.last_name",
        "E-mail": "person.email",
        "Organisation": "person.affiliations",
        "Role": "person.roles",
        "ORCID": "person.orcid",
    },
    "Organization": {"Name": "organisation.title", "Address": "organisation.address", "RORID": "organisation.ror"},
    "Publication": {
        "Pubmed ID": "publication.pubmed_id",
        "Title": "publication.title",
        "Authors": "publication.authors",
        "DOI": "publication.doi",
        "Year": "publication.year",
    },
    "Link": {"Link": "link.url", "Description": "link.description"},
    "Funding": {"Agency": "grant.funder", "grant_id": "grant.grant_id"},
    "Biosample": {
        "Title": "biosample.title",
        "Organism": "biosample.organism",
        "Description": "biosample.description",
        "Biological entity": "biosample.biological_entity",
        "Experimental variable": "biosample.experimental_variable",
        "Extrinsic variable": "biosample.extrinsic_variable",
        "Intrinsic variable": "biosample.intrinsic_variable",
    },
    "Specimen": {
        "Title": "specimen.title",
        "Sample preparation protocol": "specimen.preparation_method",
        "Growth protocol": "specimen.growth_protocol",
    },
    "Image acquisition": {
        "Title": "acquisition.title",
        "Imaging instrument": "acquisition.instrument_model",
        "Image acquisition parameters": "acquisition.acquisition_parameters",
        "Imaging method": "acquisition.imaging_method",
    },
    "Image correlation": {
        "Title": "correlation.title",
        "Fiducials used": "correlation.fiducials_used",
        "Spatial and temporal alignment": "correlation.alignment",
        "Transformation matrix": "correlation.transformation_matrix",
    },
    "Image analysis": {"Title": "analysis.title", "Image analysis overview": "analysis.method"},
    "Annotation": {
        "Title": "annotation.title",
        "Annotation Overview": "annotation.overview",
        "Annotation Type": "annotation.annotation_type",
        "Annotation Method": "annotation.method",
        "Annotation Confidence Level": "annotation.confidence_level",
        "Annotation Criteria": "annotation.criteria",
        "Annotation Coverage": "annotation.coverage",
        "File List": None,  # the table of files, by made_by
    },
    "Study Component": {"Name": "component.title", "Description": "component.description", "File List": None},
    "Associations": {
        "Biosample": "sample.biosample",
        "Specimen": "sample.specimen",
        "Image acquisition": "association.acquisition",
        "Image correlation": "association.correlation",
        "Image analysis": "association.analysis",
    },
}
"""Part and field of the template BioImages.v5 to field of the guide."""
BESIDES = {"component.associations", "association.sample", "file.path", "image.file"}
"""Required because the template requires a table or a file list, not a field."""


def said_level(section_field: str) -> str:
    section, _, field = section_field.partition(".")
    return level(section, field, "bia")


@pytest.fixture
def template() -> dict[str, Any]:
    """The root of BioImages.v5 from the real samples."""
    default = Path(__file__).parents[3] / "shared" / "samples"
    place = Path(os.environ.get("REMBI_SAMPLES") or default) / "bia/templates/bia_templates_compact.json"
    if not place.exists():
        say = pytest.fail if os.environ.get("REMBI_REQUIRE_SAMPLES") == "1" else pytest.skip
        say(f"no samples at {place.parent}: name their folder in REMBI_SAMPLES")
    return json.loads(place.read_text(encoding="utf-8"))["BioImages.v5"]["root"]


def template_parts(node: dict[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    """Give each section's and table's fields by name, of a section and of those below it."""
    parts = {node["name"]: {item["name"]: item for item in node.get("fields", [])}}
    for table in node.get("tables", []):
        parts[table["name"]] = {item["name"]: item for item in table["columns"]}
    for section in node.get("sections", []):
        parts |= template_parts(section)
    return parts


def test_bia_levels_are_the_templates(template: dict[str, Any]) -> None:
    parts = template_parts(template)
    parts.pop("Author")  # the hidden twin of the table Contact
    assert {part: set(fields) for part, fields in parts.items()} == {part: set(f) for part, f in TEMPLATE.items()}
    words = {"required": "required", "desirable": "recommended", "optional": "optional"}
    for part, fields in TEMPLATE.items():
        for name, place in fields.items():
            if place:
                assert said_level(place) == words[parts[part][name]["level"]], (part, name)


def test_bia_requires_nothing_else() -> None:
    known = {place for fields in TEMPLATE.values() for place in fields.values() if place} | BESIDES
    assert REQUIRED["bia"] <= known


def test_the_templates_rules_on_values_are_kept(template: dict[str, Any]) -> None:
    parts = template_parts(template)
    assert GUIDE["study"].fields["title"].min_length == parts["Study"]["Title"]["minlength"]
    licence = GUIDE["study"].fields["license"]
    assert list(licence.choices) == parts["Study"]["License"]["values"]
    assert not licence.free
    assert set(parts["Contact"]["Role"]["values"]) <= set(GUIDE["person"].fields["roles"].choices)
    kinds = GUIDE["annotation"].fields["annotation_type"].choices
    assert set(kinds) == set(parts["Annotation"]["Annotation Type"]["values"])


def test_bia_needs_the_sections_the_template_needs(template: dict[str, Any]) -> None:
    names = {"Biosample": "biosample", "Specimen": "specimen", "Image acquisition": "acquisition"}
    names |= {"Image correlation": "correlation", "Image analysis": "analysis", "Annotation": "annotation"}
    names |= {"Study Component": "component", "Contact": "person", "Publication": "publication", "Link": "link"}
    names |= {"Funding": "grant"}
    for part in [*template["sections"], *template["tables"]]:
        if part["level"] != "hidden":
            use = GUIDE[names[part["name"]]].use["bia"]
            assert (use == "required") == (part["level"] == "required"), part["name"]


def test_the_isatab_cannot_do_without() -> None:
    assert REQUIRED["isatab"] == {
        "study.title",
        "study.description",
        "person.first_name",  # the configuration for isatools wants both
        "person.last_name",
        "organisation.title",
        "biosample.title",
        "biosample.organism",
        "biosample.biological_entity",
        "variable.name",
        "specimen.title",
        "specimen.preparation_method",
        "sample.title",
        "sample.biosample",
        "sample.specimen",
        "acquisition.title",
        "acquisition.imaging_method",
        "acquisition.instrument_model",
        "correlation.title",
        "analysis.title",
        "annotation.title",
        "component.title",
        "component.description",
        "component.associations",
        "association.sample",
        "association.acquisition",
        "image.file",
        "file.path",
    }


def test_idr_requires_what_its_parser_demands() -> None:
    """Of the keys IDR's parser demands, those that a record holds (study file, 2.1 to 2.3)."""
    for name in ("title", "description", "study_type", "release_date"):
        assert level("study", name, "idr") == "required"
    for section, name in (("publication", "title"), ("publication", "authors"), ("biosample", "organism")):
        assert level(section, name, "idr") == "required"
        assert GUIDE[section].use["idr"] == "required"
