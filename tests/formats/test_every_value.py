"""Every value set in a record is found again in the ISA-Tab it wrote, in the column the layout names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rembi_widgets.formats import isatab
from rembi_widgets.record import (
    COLLECTIONS,
    ROWS,
    TABLES,
    Absent,
    Curation,
    Frozen,
    Quantity,
    Setup,
    Study,
    Term,
    is_empty,
)
from tests.formats.full_records import full_records
from tests.formats.layout import APART, EXTENTS, LISTS, NODES, SECTIONS, WHERE
from tests.formats.reading import Tables, read, same, seen, split

FAST = (Phase.explicit, Phase.reuse, Phase.generate)
"""Without shrinking, which takes minutes for a whole record; what differs is named anyway."""


def words(value: Any) -> str:
    """How a single value reads, told anew."""
    if isinstance(value, Absent):
        return value.absent.replace("_", " ")
    if isinstance(value, Term):
        return value.label
    if isinstance(value, Quantity):
        return value.text or f"{value.number:.15g} {value.unit}"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.15g}" if isinstance(value, float) else str(value or "")


def check(found: str, value: Any, *, escaped: bool = False) -> None:
    """Hold that a cell says a value; a cell of several values has them in order."""
    wanted = [words(item) for item in value] if isinstance(value, tuple) else [words(value)]
    said = split(found) if escaped or isinstance(value, tuple) else [found]
    assert len(said) == len(wanted), (found, value)
    for one, want in zip(said, wanted, strict=True):
        cell = one.strip()
        escaped_text = cell.startswith("\\") and isinstance(value, str | tuple)  # a text that reads like an absence
        assert same(cell, want) or (escaped_text and same(cell[1:], want)), (found, value)


def check_entry(column: dict[str, str], label: str, value: Any) -> None:
    """Hold that a section says a value under a label, or beside it if its form is not the label's."""
    bare = label[8:-1] if label.startswith("Comment[") else label
    given = column.get(f"Comment[{label} As Given]") or None
    if label in {"Study Person Email", "Study Publication DOI", "Study PubMed ID"} or "Date" in label:
        assert not (given and column[label])
        check(given or column[label], value)
        bare = f"{label} As Given" if given else label
    elif label == "Study Identifier":
        check(given or column[label], value)
        bare = f"{label} As Given"
    else:
        check(column[label], value)
    check_reason(column.get(f"Comment[{bare} Absence Reason]", ""), value)


def check_reason(found: str, value: Any) -> None:
    if isinstance(value, Absent):
        check(found, value.reason or "")


def set_fields(part: Frozen, fields: dict[str, str]) -> dict[str, Any]:
    return {name: value for name in fields if not is_empty(value := getattr(part, name))}


def test_each_field_has_a_place() -> None:
    models = {"study": Study, **COLLECTIONS, **TABLES, **ROWS}
    for name, model in models.items():
        placed = {*SECTIONS.get(name, {}), *NODES.get(name, {}), *LISTS.get(name, {}), *APART.get(name, set())}
        apart = {"associations": set(model.model_fields), "experimental_variable": {"name", "value"}}.get(name, set())
        assert set(model.model_fields) == placed | apart | ({"id"} & set(model.model_fields)), name
    assert Setup.model_fields.keys() == {"imaging", "targets"}, "what a person is asked first is no part of the study"


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck), phases=FAST)
@given(record=full_records())
def test_every_value_is_found_again(record: Curation, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("set")
    written = isatab.write(record, folder)
    assert {finding.code for finding in written.findings} <= {"isatab.as_given"}
    tables = read(folder)
    check_sections(record, tables)
    check_study(record, tables)
    check_images(record, tables)
    check_derived(record, tables)
    check_no_json(folder)


def check_sections(record: Curation, tables: Tables) -> None:
    study = {label: values[0] for label, values in tables.sections["STUDY"].items()}
    for name, value in set_fields(record.study, SECTIONS["study"]).items():
        check_entry(study, SECTIONS["study"][name], value)
    if isinstance(record.study.study_type, tuple) and record.study.study_type:
        design = tables.sections["STUDY DESIGN DESCRIPTORS"]
        for place, term in enumerate(record.study.study_type):
            check(design["Study Design Type"][place], term)
            check_reference(design, "Study Design Type", place, term)
    for collection, section in WHERE.items():
        for entity in getattr(record, collection):
            module = "Specimen" if collection == "specimens" else None
            column = tables.column(section, entity.id, module)
            for name, value in set_fields(entity, SECTIONS.get(collection, {})).items():
                check_entry(column, SECTIONS[collection][name], value)
            check_extras(entity, column)
    check_lists(record, tables, study)
    for specimen in record.specimens:
        if specimen.growth_protocol or specimen.growth_medium:
            column = tables.column("STUDY PROTOCOLS", specimen.id, "Biosample.growth protocol")
            for name, value in set_fields(specimen, SECTIONS["growth"]).items():
                check_entry(column, SECTIONS["growth"][name], value)
    check_extras(record.study, study)


def check_reference(rows: dict[str, list[str]], label: str, place: int, term: Any) -> None:
    source, accession = rows[f"{label} Term Source REF"][place], rows[f"{label} Term Accession Number"][place]
    assert bool(source) == bool(accession) == bool(term.id)
    if term.id:
        assert accession.endswith(term.id.replace(":", "_").rpartition("/")[2])
        assert source in tables_sources(rows) or source


def tables_sources(rows: dict[str, list[str]]) -> set[str]:
    return set(rows.get("Term Source Name", []))


def check_lists(record: Curation, tables: Tables, study: dict[str, str]) -> None:
    check_rows(study, record.grants, LISTS["grants"])
    check_rows(study, record.links, LISTS["links"])
    known = {one.id: one for one in record.organisations}
    for person in record.people:
        if isinstance(person.affiliations, tuple):
            column = tables.column("STUDY CONTACTS", person.id)
            check_rows(column, [known[one] for one in person.affiliations], LISTS["organisations"])
    for acquisition in record.acquisitions:
        column = tables.column("STUDY PROTOCOLS", acquisition.id)
        for field in ("channels", "light_sources", "detectors", "filters"):
            check_rows(column, getattr(acquisition, field), LISTS[field])
    for annotation in record.annotations:
        column = tables.column("STUDY PROTOCOLS", annotation.id)
        check(column["Comment[Authors REMBI ID]"], annotation.authors)


def check_rows(column: dict[str, str], rows: Any, labels: dict[str, str]) -> None:
    for field, label in labels.items():
        values = tuple(getattr(row, field) for row in rows)
        if any(not is_empty(value) for value in values):
            check(column[label], values)
            reasons = tuple(value.reason if isinstance(value, Absent) else None for value in values)
            if any(reasons):
                bare = label[8:-1] if label.startswith("Comment[") else label
                check(column[f"Comment[{bare} Absence Reason]"], reasons)


def check_extras(part: Frozen, cells: dict[str, str]) -> None:
    for key, value in (part.model_extra or {}).items():
        name = {"x-N.A. [of] label": "x-N A of marker"}.get(key, key)
        held = value if isinstance(value, dict) else {"": value}
        for below, item in held.items():
            given = tuple(item) if isinstance(item, list) else item
            check(cells[f"Comment[{name} {below}".strip() + "]"], given)


def check_node(node: dict[str, str], entity: Any, labels: dict[str, str]) -> None:
    for name, value in set_fields(entity, labels).items():
        check_cell(node, labels[name], value)


def check_cell(node: dict[str, str], header: str, value: Any) -> None:
    """Hold that a node says a value, with its unit, its terms and the reason of its absence."""
    attribute = not header.startswith("Comment[")
    if isinstance(value, Quantity) and attribute:
        assert float(node[header]) == value.number
        assert node[f"{header} Unit"] == UNITS[value.unit]
        assert node[f"{header} Unit Term Accession Number"].startswith("http://purl.obolibrary.org/obo/UO_")
        return
    check(node[header], value, escaped=attribute)
    terms = value if isinstance(value, tuple) else (value,)
    if attribute and any(isinstance(term, Term) and term.id for term in terms):
        ids = [getattr(term, "id", None) or "" for term in terms]
        sources, numbers = (split(node[f"{header} {name}"]) for name in ("Term Source REF", "Term Accession Number"))
        assert [bool(one) for one in sources] == [bool(one) for one in numbers] == [bool(one) for one in ids]
        assert all(
            number.endswith(one.replace(":", "_").rpartition("/")[2]) for number, one in zip(numbers, ids, strict=True)
        )
    check_reason(node.get(f"Comment[{header[header.index('[') + 1 : -1]} Absence Reason]", ""), value)


UNITS = {
    "nm": "nanometer",
    "µm": "micrometer",
    "ms": "millisecond",
    "s": "second",
    "kV": "kilovolt",
    "°C": "degree Celsius",
}


def name_of(node: dict[str, str], title: Any) -> None:
    """Hold that a node has a title for a name, or keeps it beside the name."""
    name = next(iter(node.values()))
    if not is_empty(title):
        check(node.get("Comment[Title]", name), title)
    assert name
    assert not name.startswith("#")


def check_study(record: Curation, tables: Tables) -> None:
    samples = {row[-1]["Comment[REMBI ID]"]: row for row in tables.study}
    assert samples.keys() == {sample.id for sample in record.samples}
    biosamples = {one.id: one for one in record.biosamples}
    specimens = {one.id: one for one in record.specimens}
    for sample in record.samples:
        source, *processes, node = samples[sample.id]
        biosample, specimen = biosamples[sample.biosample or ""], specimens[sample.specimen or ""]
        assert source["Comment[REMBI ID]"] == source["Comment[Biosample ID]"] == biosample.id
        name_of(source, biosample.title)
        name_of(node, sample.title)
        check_node(source, biosample, {k: v for k, v in NODES["biosamples"].items() if k != "title"})
        check_node(node, sample, {k: v for k, v in NODES["samples"].items() if k != "title"})
        check_node(processes[-1], specimen, NODES["specimens"])
        if specimen.growth_medium:
            check_node(processes[0], specimen, NODES["growth"])
        collection = tables.column("STUDY PROTOCOLS", specimen.id, "Specimen")
        assert processes[-1]["Protocol REF"] == collection["Study Protocol Name"]
        assert collection["Study Protocol Type"] == "sample collection"
        for field, header in LISTS["labels"].items():
            values = tuple(getattr(label, field) for label in sample.labels)
            if any(not is_empty(value) for value in values):
                check_cell(node, header, values)
        check_factors(biosample, node, tables)
        check_extras(biosample, source)
        check_extras(sample, node)


def check_factors(biosample: Any, node: dict[str, str], tables: Tables) -> None:
    factors = tables.sections["STUDY FACTORS"]
    names = dict(zip(factors.get("Comment[Variable Name]", [""] * 9), factors["Study Factor Name"], strict=False))
    held: dict[str, list[Any]] = {}
    for variable in biosample.experimental_variable:
        given = next((name for name in names if same(name, words(variable.name))), "")
        held.setdefault(names[given], []).append(variable.value or "not recorded")
    for name, values in held.items():
        check(node[f"Factor Value[{name}]"], tuple(values))
    assert all(cell for header, cell in node.items() if header.startswith("Factor Value["))


def by_image(record: Curation, tables: Tables) -> dict[str, list[dict[str, str]]]:
    found = {}
    for row in (row for rows in tables.assays.values() for row in rows):
        if len(row) == 3:
            identity = row[2].get("Comment[REMBI ID]") or row[1]["Comment[REMBI ID]"]
            assert identity not in found
            found[identity] = row
    assert found.keys() == set(record.images.ids)
    return found


def check_images(record: Curation, tables: Tables) -> None:
    links = {link.id: link for component in record.components for link in component.associations}
    acquisitions = {one.id: one for one in record.acquisitions}
    samples = {row[-1]["Comment[REMBI ID]"]: row[-1]["Sample Name"] for row in tables.study}
    rows = by_image(record, tables)
    for identity, (sample, process, data) in rows.items():
        image = record.images.row(identity)
        link = links[image["association"]]
        cells = {**data, **process}
        assert sample == {"Sample Name": samples[link.sample or ""]}
        assert data["Image File"] == record.files.value(image["file"], "path")
        protocol = tables.column("STUDY PROTOCOLS", link.acquisition or "")
        assert process["Protocol REF"] == protocol["Study Protocol Name"]
        check_node(process, acquisitions[link.acquisition or ""], NODES["acquisitions"])
        for name, header in NODES["images"].items():
            if name in image:
                check_cell(cells, header, image[name])
        check_file(record, image["file"], cells)
        check_extents(image, cells)
        for name in ("pixel_size_x", "pixel_size_y", "pixel_size_z"):
            if isinstance(image.get(name), float):
                assert process[f"Parameter Value[{name.replace('_', ' ')}] Unit"] == "micrometer"
    names = [process["Assay Name"] for _, process, _ in rows.values()]
    assert len(set(names)) == len(names)


def check_file(record: Curation, identity: str, cells: dict[str, str]) -> None:
    file = record.files.row(identity)
    for name, header in NODES["files"].items():
        if name in file:
            check_cell(cells, header, file[name])


def check_extents(image: dict[str, Any], cells: dict[str, str]) -> None:
    said = [part.partition("=") for part in split(cells.get("Comment[Dimension Extents]", ""))]
    found = {axis: value for axis, _, value in said}
    for name, axis in EXTENTS.items():
        if name in image:
            assert same(found[axis].strip(), words(image[name]))


def check_derived(record: Curation, tables: Tables) -> None:
    rows = {row[2]["Image File"]: row for found in tables.assays.values() for row in found if len(row) == 3}
    for collection in ("analyses", "correlations", "annotations"):
        for entity in getattr(record, collection):
            column = tables.column("STUDY ASSAYS", entity.id)
            protocol = tables.column("STUDY PROTOCOLS", entity.id)
            table = tables.assays[column["Study Assay File Name"]]
            made = [row for row in table if row[4].get("Comment[REMBI ID]")]
            assert made
            for sample, process, data, step, derived in table:
                known = rows[data["Image File"]]
                assert sample == known[0]
                assert process["Protocol REF"] == known[1]["Protocol REF"]
                assert step["Protocol REF"] == protocol["Study Protocol Name"]
                check_node({**step, **derived}, entity, NODES[collection])
            for row in made:
                file = row[4]["Comment[REMBI ID]"]
                assert record.files.value(file, "made_by") == entity.id
                assert row[4]["Derived Data File"] == record.files.value(file, "path")
                check_file(record, file, row[4])


def check_no_json(folder: Path) -> None:
    from tests.formats.reading import cells

    for path in folder.glob("*.txt"):
        for cell in (cell for line in cells(path) for cell in line):
            if cell[:1] in {"{", "["} and not cell.startswith('{"a": [1, 2]}'):
                with pytest.raises(json.JSONDecodeError):
                    json.loads(cell)


@given(st.lists(st.text(st.characters(blacklist_categories=("Cs",)), max_size=12), min_size=1, max_size=4))
def test_several_values_come_back_from_one_cell(values: list[str]) -> None:
    from rembi_widgets.formats.isatab._cells import joined

    assert split(joined(values)) == [value.strip() for value in values]


def test_a_text_is_seen_as_it_is() -> None:
    assert seen("one\ntwo") == "one\ntwo"
    assert seen("one\n# two") == "one # two"
