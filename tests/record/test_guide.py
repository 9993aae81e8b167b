"""The guide: complete, and true to the classes of the record."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from rembi_widgets.locale import LANGUAGES
from rembi_widgets.record import (
    COLLECTIONS,
    GUIDE,
    IMAGING,
    PATTERNS,
    PREFIXES,
    ROWS,
    TABLES,
    TARGETS,
    FieldGuide,
    SectionGuide,
    Setup,
    Study,
    choice_key,
    guide_json,
    level,
    section_of,
)

CLASSES = {"setup": Setup, "study": Study} | COLLECTIONS | TABLES | ROWS
FIELDS = [(section, field) for section in GUIDE.values() for field in section.fields.values()]
IDS = [f"{section.name}.{field.name}" for section, field in FIELDS]
each_section = pytest.mark.parametrize("section", GUIDE.values(), ids=list(GUIDE))
each_field = pytest.mark.parametrize(("section", "field"), FIELDS, ids=IDS)
each_language = pytest.mark.parametrize("lang", LANGUAGES)

REMBI = {
    "Study": {"Study type", "Study description", "General dataset information"},
    "Study component": {"Imaging method", "Study component description"},
    "Biosample": {
        "Identity",
        "Biological entity",
        "Organism",
        "Intrinsic variable",
        "Extrinsic variable",
        "Experimental variables",
    },
    "Specimen": {
        "Experimental status",
        "Location within biosample",
        "Preparation method",
        "Signal/contrast mechanism",
        "Channel - content",
        "Channel - biological entity",
    },
    "Image acquisition": {"Instrument attributes", "Image acquisition parameters"},
    "Image data": {
        "Type",
        "Format & compression",
        "Dimension extents",
        "Size description",
        "Pixel/voxel size description",
        "Channel information",
        "Image processing method",
        "Contrast inversion",
        "QC info",
    },
    "Image correlation": {
        "Spatial and temporal alignment",
        "Fiducials used",
        "Transformation matrix / other info",
        "Related images and relationship",
    },
    "Analyzed data": {"Analysis result type", "Data used for analysis", "Analysis method and details"},
}
"""The 35 attributes of REMBI by module (Sarkans et al., Nature Methods 2021)."""

MIFA = {
    "annotation_overview",
    "annotation_type",
    "annotation_method",
    "annotation_criteria",
    "annotation_coverage",
    "annotation_confidence_level",
    "authors",
    "file_metadata",
    "source_image_id",
    "transformations",
    "spatial_information",
    "annotation_creation_time",
    "ai_models_trained",
    "version",
    "timestamp",
    "changes",
    "previous_version",
}
"""MIFA's attributes besides those it shares with REMBI; ``annotation_id`` is the id of the file's row."""

MIFA_TYPES = (
    "class_labels bounding_boxes counts derived_annotations geometrical_annotations graphs point_annotations "
    "segmentation_mask tracks weak_annotations other"
)

KINDS = {
    "Text": "text long date choice url email orcid ror doi",
    "Number": "number",
    "Flag": "flag",
    "Measure": "quantity",
    "Term": "term",
    "Terms": "terms",
    "Texts": "texts choices",
    "Ref": "ref",
    "Refs": "refs",
    "rows": "rows",
}
"""Kind of value in a class to the kinds that the guide may give it."""


def value_kind(model: type[Any], name: str) -> str:
    """Name the kind of value that a field of a class takes."""
    if name in ROWS:
        return "rows"
    info = model.model_fields[name]
    said = str(info.annotation)
    many = "tuple" in said
    for mark, kind in (("Quantity", "Measure"), ("bool", "Flag"), ("float", "Number"), ("Term", "Term")):
        if mark in said:
            return kind + "s" * many
    return str(
        model.__annotations__[name]
    )  # a reference and a text are held alike: the name as written tells them apart


@each_section
def test_guide_and_class_name_the_same_fields(section: SectionGuide) -> None:
    assert set(section.fields) == set(CLASSES[section.collection].model_fields) - {"id"}


def test_every_class_has_one_section() -> None:
    assert sorted(section.collection for section in GUIDE.values()) == sorted(CLASSES)
    for name in CLASSES:
        assert section_of(name).collection == name


def test_sections_say_what_the_model_says() -> None:
    for section in GUIDE.values():
        kind = "one" if section.collection in {"setup", "study"} else "many"
        kind = "table" if section.collection in TABLES else "rows" if section.collection in ROWS else kind
        assert section.kind == kind, section.name
        assert section.prefix == PREFIXES.get(section.collection), section.name
        assert section.title is None or section.title in section.fields


@each_section
def test_the_groups_hold_each_field_once_and_in_order(section: SectionGuide) -> None:
    assert [name for _, names in section.groups for name in names] == list(section.fields)


@each_field
def test_kind_agrees_with_the_class(section: SectionGuide, field: FieldGuide) -> None:
    kind = value_kind(CLASSES[section.collection], field.name)
    assert field.kind in KINDS[kind].split()


@each_field
def test_what_a_kind_needs_is_there_and_nothing_else(section: SectionGuide, field: FieldGuide) -> None:
    assert bool(field.rows) == (field.kind == "rows")
    assert bool(field.of) == (field.kind in {"ref", "refs"})
    assert bool(field.choices) == (field.kind in {"choice", "choices"}) or field.kind == "terms"
    assert field.units or field.kind != "quantity"
    assert len(field.units) <= 1 or field.kind == "quantity"
    assert not field.free or field.choices
    assert not field.terms or field.kind in {"term", "terms"}
    assert field.pattern == field.kind or field.kind not in {"url", "email", "orcid", "ror", "doi", "date"}


@each_field
def test_names_lead_somewhere(section: SectionGuide, field: FieldGuide) -> None:
    assert field.rows is None or section_of(field.name) is GUIDE[field.rows]
    for place in (field.of, *field.also):
        assert place is None or section_of(place)
    assert field.pattern is None or field.pattern in PATTERNS
    assert set(field.ids) <= set(field.choices)
    assert set(field.composed_from) < set(section.fields)


@each_field
def test_levels_and_scope_are_known(section: SectionGuide, field: FieldGuide) -> None:
    assert tuple(field.levels) == TARGETS
    assert set(field.levels.values()) <= {"required", "recommended", "optional"}
    assert field.scope
    assert set(field.scope) <= set(section.scope) <= set(IMAGING)
    assert level(section.name, field.name, "bia") == field.levels["bia"]
    assert set(section.use) == set(TARGETS)
    assert set(section.use.values()) <= {"required", "used", "no"}


@each_field
def test_what_a_target_requires_has_a_place_in_it(section: SectionGuide, field: FieldGuide) -> None:
    places = {"isatab": field.isa, "bia": field.bia, "omero": field.omero}
    for target, place in places.items():
        assert place or field.levels[target] == "optional", target


def test_every_rembi_attribute_has_a_home() -> None:
    wanted = set().union(*REMBI.values())
    assert sum(len(names) for names in REMBI.values()) == len(wanted) == 35
    homes = {field.rembi for _, field in FIELDS if field.rembi and not field.rembi.startswith("MIFA: ")}
    assert homes == wanted


def test_attributes_stand_in_the_section_of_their_module() -> None:
    modules = {name: module for module, names in REMBI.items() for name in names}
    moved = {"Imaging method": "Image acquisition"}  # as in BioImages.v5
    for attribute, module in modules.items():
        homes = {section.module for section, field in FIELDS if field.rembi == attribute}
        assert moved.get(attribute, module) in homes, attribute


def test_every_mifa_attribute_has_a_home() -> None:
    assert {field.rembi[6:] for _, field in FIELDS if field.rembi and field.rembi.startswith("MIFA: ")} == MIFA
    assert set(GUIDE["annotation"].fields["annotation_type"].choices) == set(MIFA_TYPES.split())


def test_the_credit_roles_carry_their_ids() -> None:
    roles = GUIDE["person"].fields["roles"]
    assert len(roles.ids) == 14
    assert (
        roles.ids["writing - review & editing"] == "https://credit.niso.org/contributor-roles/writing-review-editing/"
    )
    assert roles.free


def test_guide_json_is_small_plain_json() -> None:
    sent = guide_json()
    text = json.dumps(sent)
    assert json.loads(text) == sent
    assert len(text) < 150_000
    assert (sent["targets"], sent["imaging"]) == (list(TARGETS), list(IMAGING))
    assert list(sent["sections"]) == list(GUIDE)


@each_section
def test_guide_json_says_what_the_guide_says(section: SectionGuide) -> None:
    sent = guide_json()["sections"][section.name]
    assert sent["groups"] == [{"name": name, "fields": list(names)} for name, names in section.groups]
    assert sent["use"] == dict(section.use)
    for item, field in zip(sent["fields"], section.fields.values(), strict=True):
        assert set(item) == set(FieldGuide.__slots__)
        assert item["name"] == field.name
        assert item["levels"] == dict(field.levels)
        assert item["choices"] == list(field.choices)


def test_the_guide_cannot_be_changed() -> None:
    title = GUIDE["study"].fields["title"]
    with pytest.raises(AttributeError):
        title.kind = "long"  # type: ignore[misc]
    with pytest.raises(TypeError):
        title.levels["bia"] = "optional"  # type: ignore[index]
    with pytest.raises(TypeError):
        GUIDE["study"].fields["x"] = title  # type: ignore[index]


def test_importing_the_record_reads_no_guide() -> None:
    code = "import rembi_widgets.record, rembi_widgets.record._guide as g; print(g.guide.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


@pytest.mark.parametrize(
    ("field", "value", "key"), [("pixel_type", "double-complex", "double_complex"), ("kind", "FTIR", "ftir")]
)
def test_choice_keys_are_slugs(field: str, value: str, key: str) -> None:
    assert choice_key(field, value) == f"guide.choice.{field}.{key}"


def test_unknown_names_are_told() -> None:
    with pytest.raises(KeyError):
        section_of("biosample")
    with pytest.raises(KeyError):
        level("study", "title", "nowhere")
