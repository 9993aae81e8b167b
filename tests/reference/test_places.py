"""Each field's value is found where the guide says: in every place it names, and nowhere where it names none."""

from __future__ import annotations

from typing import Any

import pytest

from rembi_widgets.record import GUIDE, Curation, FieldGuide, SectionGuide
from tests.reference.full import IDS, full_record
from tests.reference.places import Found, both, in_isatab, in_pagetab, named

FIELDS = [(section, field) for section in GUIDE.values() for field in section.fields.values()]
each_field = pytest.mark.parametrize(("section", "field"), FIELDS, ids=[f"{s.name}.{f.name}" for s, f in FIELDS])
LIST = "file_list_component-title-said.tsv"
ACCNOS = {
    ("person", "affiliations"): "o1",
    ("image", "component"): LIST,
    ("file", "component"): LIST,
    ("file", "made_by"): "file_list_annotation-title-said.tsv",
}
"""What stands in the archive's places for a reference that is told by a list or an accno and not by a title."""
TITLES = {identity: f"{name} title said" for name, identity in IDS.items()} | {
    "pe-1": "person last name said",
    "as-1": "sample title said",
    "lb-1": "label content said",
    **dict.fromkeys(("fi-1", "im-1"), "a/one.tif"),
}
ALSO = {
    ("association", "sample"): ["biosample title said", "specimen title said"],
    ("image", "association"): ["biosample title said", "specimen title said", "acquisition title said"],
    ("component", "associations"): ["acquisition title said"],
    ("file", "path"): ["made/three.tif"],
    ("file", "made_by"): ["analysis title said"],
}
"""What a reference also says where it leads to what refers further."""


@pytest.fixture(scope="module")
def record() -> tuple[Curation, dict[tuple[str, str], Any]]:
    return full_record()


@pytest.fixture(scope="module")
def isa(record: tuple[Curation, Any], tmp_path_factory: pytest.TempPathFactory) -> Found:
    return both(record[0], tmp_path_factory.mktemp("isa"), in_isatab)


@pytest.fixture(scope="module")
def bia(record: tuple[Curation, Any], tmp_path_factory: pytest.TempPathFactory) -> Found:
    return both(record[0], tmp_path_factory.mktemp("bia"), in_pagetab)


def words(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for item in value for text in words(item)]
    if isinstance(value, dict):
        return [value["label"]] if "label" in value else [f"{value['number']:g}"]
    if isinstance(value, bool):
        return [str(value).lower(), "yes" if value else "no"]  # ISA-Tab, the archive
    return [f"{value:g}"] if isinstance(value, float) else [str(value)]


def wanted(section: SectionGuide, field: FieldGuide, values: dict[tuple[str, str], Any]) -> list[str]:
    """Give the texts of which one has to stand in a place of the field."""
    key = (section.name, field.name)
    if field.kind == "rows":
        rows = GUIDE[field.rows or ""]
        return [text for inner in rows.fields.values() for text in wanted(rows, inner, values)] + ALSO.get(key, [])
    if field.kind in {"ref", "refs"}:
        held = values[key]
        return [TITLES[one] for one in (held if isinstance(held, list) else [held])] + ALSO.get(key, [])
    return words(values[key]) + ALSO.get(key, [])


def holds(cells: list[str], texts: list[str]) -> bool:
    return any(text in cell for cell in cells for text in texts)


@each_field
def test_isatab(section: SectionGuide, field: FieldGuide, record: tuple[Curation, Any], isa: Found) -> None:
    check(section, field, named(field.isa), isa, wanted(section, field, record[1]))


@each_field
def test_bioimage_archive(section: SectionGuide, field: FieldGuide, record: tuple[Curation, Any], bia: Found) -> None:
    told = ACCNOS.get((section.name, field.name))
    texts = wanted(section, field, record[1])
    check(section, field, named(field.bia), bia, [*texts, told] if told else texts)


def check(section: SectionGuide, field: FieldGuide, places: list[str], found: Found, texts: list[str]) -> None:
    for place in places:
        assert place in found, f"{section.name}.{field.name}: there is no {place}"
        assert holds(found[place], texts), (section.name, field.name, place, texts, found[place][:5])
    if not places and any(text.endswith("said") for text in texts):
        where = [place for place, cells in found.items() if holds(cells, [text for text in texts if "said" in text])]
        assert where == [], f"{section.name}.{field.name} is written, and the guide names no place"


def test_every_field_has_a_value(record: tuple[Curation, dict[tuple[str, str], Any]]) -> None:
    missing = [
        (section.name, field.name)
        for section, field in FIELDS
        if field.kind != "rows" and (section.name, field.name) not in record[1]
    ]
    assert missing == []


def test_a_place_is_read_without_its_explanation() -> None:
    assert named("Protocol REF (growth); File List, TimeIncrement (s)") == [
        "Protocol REF",
        "File List, TimeIncrement (s)",
    ]
    assert named("File List, PhysicalSizeX (um)") == ["File List, PhysicalSizeX (um)"]
    assert named(None) == []
