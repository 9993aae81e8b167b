"""record → ISA-Tab → record: everything that something uses comes back as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from rembi_widgets.formats import isatab
from rembi_widgets.formats.isatab._read import read_document
from rembi_widgets.record import Absent, Curation, Quantity, Table, Term
from tests.formats.builder import full_record, table
from tests.formats.full_records import full_records
from tests.isaread.sameness import differences, places

FAST = (Phase.explicit, Phase.reuse, Phase.generate)
"""Without shrinking, which takes minutes for a whole record; what differs is named anyway."""


def there_and_back(record: Curation, folder: Path) -> Curation:
    isatab.write(record, folder)
    return isatab.read(folder).record


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck), phases=FAST)
@given(record=full_records())
def test_a_record_comes_back_from_its_isatab(record: Curation, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("set")
    written = isatab.write(record, folder)
    found = isatab.read(folder)
    assert differences(record, found.record) == []
    assert found.findings == ()
    assert {finding.code for finding in written.findings} <= {"isatab.as_given"}


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), phases=FAST)
@given(record=full_records())
def test_a_second_round_changes_nothing_at_all(record: Curation, tmp_path_factory: pytest.TempPathFactory) -> None:
    once = there_and_back(record, tmp_path_factory.mktemp("one"))
    folder = tmp_path_factory.mktemp("two")
    twice = there_and_back(once, folder)
    assert twice.study == once.study
    assert differences(once, twice) == []


def test_the_full_record_comes_back(tmp_path: Path) -> None:
    record = full_record()
    found = there_and_back(record, tmp_path)
    assert differences(record, found) == []
    assert len(places(found)) > 300


def test_keys_that_nobody_knows_come_back_too(tmp_path: Path) -> None:
    found = there_and_back(full_record(), tmp_path)
    assert found.acquisitions[0].model_extra == {"x-gain": "500"}
    assert found.study.model_extra == {"x-project code": "P-7", "x-project sites": "Nantes;Lyon"}


def test_the_reader_looks_at_the_isatab_only(tmp_path: Path) -> None:
    isatab.write(full_record(), tmp_path / "out")
    (tmp_path / "out" / "rembi.json").write_text("{}", encoding="utf-8")
    (tmp_path / "out" / "notes.txt").write_text("nothing", encoding="utf-8")
    assert differences(full_record(), isatab.read(tmp_path / "out").record) == []


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    isatab.write(full_record(), tmp_path)
    assert isatab.read(tmp_path) == isatab.read(tmp_path)


def changed(**parts: Any) -> Curation:
    """The full record with fields put into the first entity of collections, by ``collection={field: value}``."""
    record = full_record()
    given = {}
    for name, fields in parts.items():
        held = getattr(record, name)
        if name == "study":
            given[name] = type(held).model_validate({**dict(held), **fields})
        else:
            first = type(held[0]).model_validate({**dict(held[0]), **fields})
            given[name] = (first, *held[1:])
    return record.model_copy(update=given)


NOT_KNOWN = {"absent": "not_recorded", "reason": "the notebook is lost; so it is"}
NOT_ASKED = {"absent": "not_applicable"}
CASES: dict[str, dict[str, dict[str, Any]]] = {
    "no accession": {"study": {"accession": None}},
    "an accession that no reader takes": {"study": {"accession": "NA"}},
    "an accession on two lines": {"study": {"accession": "one\ntwo"}},
    "an absent accession": {"study": {"accession": NOT_KNOWN}},
    "an absent title": {"study": {"title": NOT_KNOWN}},
    "a date that is none": {"study": {"submission_date": "last spring"}},
    "an absent date": {"study": {"release_date": NOT_KNOWN}},
    "no study type": {"study": {"study_type": ()}},
    "study types": {"study": {"study_type": [{"label": "a; b", "id": "EFO:0000001"}, "plain"]}},
    "an absent study type": {"study": {"study_type": NOT_ASKED}},
    "absent keywords": {"study": {"keywords": NOT_KNOWN}},
    "one keyword with a semicolon": {"study": {"keywords": ["a;b\\c"]}},
    "long text": {"study": {"description": "one\n\n  two\n\tthree"}},
    "words for nothing": {"study": {"description": "NA", "acknowledgements": "None", "license": "nan"}},
    "an address that is none": {"people": {"email": "at the lab"}},
    "absent roles": {"people": {"roles": NOT_ASKED}},
    "several roles": {"people": {"roles": [{"label": "a", "id": "X:1", "ontology": "CRediT"}, {"label": "b"}]}},
    "an absent name of an organisation": {"organisations": {"title": NOT_KNOWN, "address": "a;b"}},
    "a DOI that is none": {"publications": {"doi": "in print", "pubmed_id": "soon"}},
    "an absent DOI": {"publications": {"doi": NOT_KNOWN, "year": NOT_ASKED}},
    "grants": {"grants": {"funder": NOT_KNOWN, "grant_id": "A;1"}},
    "links": {"links": {"url": "https://example.org/?a=1;b=2", "description": None}},
    "no name of a biosample": {"biosamples": {"title": None}},
    "a name that is no name": {"biosamples": {"title": "# 3"}},
    "an absent name": {"biosamples": {"title": NOT_KNOWN}},
    "absent variables": {"biosamples": {"intrinsic_variable": NOT_KNOWN, "extrinsic_variable": NOT_ASKED}},
    "no variable": {"biosamples": {"experimental_variable": []}},
    "variables": {
        "biosamples": {
            "experimental_variable": [
                {"id": "va-1", "name": "dose", "value": "1 nM; twice"},
                {"id": "va-2", "name": "time", "value": None},
                {"id": "va-3", "name": "dose", "value": NOT_KNOWN},
                {"id": "va-4", "name": None, "value": "x"},
            ]
        }
    },
    "one variable without a name": {"biosamples": {"experimental_variable": [{"id": "va-1", "value": "x"}]}},
    "terms of an organism": {
        "biosamples": {"organism": [{"label": "a", "id": "NCBITaxon:1"}, {"label": "b;c"}, {"label": "d", "id": "X_9"}]}
    },
    "no name of a specimen": {"specimens": {"title": None}},
    "a name that the layout gives": {"specimens": {"title": "sample collection"}},
    "preparation terms": {"specimens": {"preparation_terms": [{"label": "fixation", "id": "FBbi:00000001"}]}},
    "an absent preparation": {"specimens": {"preparation_method": NOT_KNOWN, "preparation_url": NOT_ASKED}},
    "an absent growth": {"specimens": {"growth_protocol": NOT_KNOWN, "growth_medium": NOT_KNOWN}},
    "no growth": {"specimens": {"growth_protocol": None, "growth_medium": None}},
    "no labels": {"samples": {"labels": []}},
    "labels without content": {"samples": {"labels": [{"id": "lb-1"}, {"id": "lb-2", "content": NOT_KNOWN}]}},
    "an absent mechanism": {"samples": {"signal_contrast_mechanism": NOT_ASKED, "location_within_biosample": "a;b"}},
    "no name of an acquisition": {"acquisitions": {"title": None}},
    "an absent method": {"acquisitions": {"imaging_method": NOT_KNOWN}},
    "two methods": {"acquisitions": {"imaging_method": [{"label": "a", "id": "FBbi:00000251"}, {"label": "b"}]}},
    "no parameters": {"acquisitions": {"acquisition_parameters": None}},
    "absent parameters": {"acquisitions": {"acquisition_parameters": NOT_KNOWN}},
    "parameters that seem composed": {"acquisitions": {"acquisition_parameters": "temperature: 38 °C"}},
    "a quantity that is text": {"acquisitions": {"temperature": {"text": "room temperature"}}},
    "a quantity without a unit": {"acquisitions": {"electron_dose": {"number": 30}}},
    "a unit of no ontology": {"acquisitions": {"electron_dose": {"number": 30, "unit": "e/Å²"}}},
    "an absent quantity": {"acquisitions": {"photon_energy": NOT_KNOWN, "time_interval": {"number": 1, "unit": "min"}}},
    "numbers that are text": {"acquisitions": {"objective_magnification": "about 60", "objective_na": NOT_KNOWN}},
    "no parts": {"acquisitions": {"channels": [], "detectors": [], "light_sources": [], "filters": []}},
    "one part of which nothing is known": {"acquisitions": {"detectors": [{"id": "de-9"}]}},
    "channels": {
        "acquisitions": {
            "channels": [
                {"id": "ch-1", "name": "a;b", "excitation": {"number": 488, "unit": "nm"}, "mode": NOT_KNOWN},
                {"id": "ch-2", "emission": {"text": "long pass"}, "colour": "#00ff00"},
            ]
        }
    },
    "an absent matrix": {"correlations": {"transformation_matrix": NOT_KNOWN, "alignment": NOT_KNOWN}},
    "an absent result": {"analyses": {"result_type": NOT_KNOWN, "software": NOT_ASKED}},
    "results": {"analyses": {"result_type": [{"label": "mask; 2D", "id": "FBbi:9"}, {"label": "table"}]}},
    "no name of an analysis": {"analyses": {"title": None}},
    "absent authors": {"annotations": {"authors": NOT_KNOWN, "annotation_type": NOT_ASKED}},
    "several authors": {"annotations": {"authors": ["pe-1", "pe-2"], "overview": "a\nb"}},
    "an absent name of a component": {"components": {"title": NOT_KNOWN, "description": NOT_ASKED}},
    "no name of a component": {"components": {"title": None, "description": None}},
}
"""What is peculiar to what is changed in the first entity of a collection of the full record."""


@pytest.mark.parametrize("parts", CASES.values(), ids=CASES.keys())
def test_what_is_peculiar_comes_back(parts: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    record = changed(**parts)
    assert differences(record, there_and_back(record, tmp_path)) == []


@pytest.mark.parametrize("given", [(), NOT_KNOWN, NOT_ASKED])
def test_people_of_no_organisation_come_back(given: Any, tmp_path: Path) -> None:
    record = changed(people={"affiliations": given}).model_copy(update={"organisations": ()})
    found = there_and_back(record, tmp_path)
    assert differences(record, found) == []
    assert found.organisations == ()


CELLS: dict[str, tuple[str, str, Any]] = {
    "text": ("images", "qc_info", "sharp; bright\\dark"),
    "lines": ("images", "description", "one\ntwo"),
    "a word for nothing": ("images", "qc_info", "NA"),
    "an absent text": ("images", "qc_info", Absent(absent="not_recorded", reason="a;b")),
    "an absent size": ("images", "size_z", Absent(absent="not_applicable", reason="flat")),
    "a size that is text": ("images", "size_z", "many; 20"),
    "a fraction": ("images", "pixel_size_z", 0.123456789),
    "a pixel size that is text": ("images", "pixel_size_z", "about 1"),
    "true": ("images", "contrast_inversion", True),
    "false": ("images", "contrast_inversion", False),
    "an absent flag": ("images", "contrast_inversion", Absent(absent="not_recorded")),
    "a time": ("images", "acquired_at", "2026-10-01T10:00:00+02:00"),
    "an objective of its own": ("images", "objective", "10x/0.3; air"),
    "an absent objective": ("images", "objective", Absent(absent="not_recorded", reason="off")),
    "an instrument": ("images", "instrument", "LSM 880"),
    "an index": ("images", "scene_index", 3.0),
    "a plate": ("images", "plate", "P1"),
    "a file's size": ("files", "size_bytes", 1048576.0),
    "an absent checksum": ("files", "sha256", Absent(absent="not_recorded", reason="too large")),
    "a role": ("files", "role", "image"),
    "transformations": ("files", "transformations", "1 0;0 1"),
}


@pytest.mark.parametrize(("name", "column", "given"), CELLS.values(), ids=CELLS.keys())
@pytest.mark.parametrize("which", ["one", "every other", "all"])
def test_cells_of_tables_come_back(name: str, column: str, given: Any, which: str, tmp_path: Path) -> None:
    record = full_record()
    held: Table = getattr(record, name)
    rows = {"one": held.ids[:1], "every other": held.ids[::2], "all": held.ids}[which]
    put = held.with_cells(column, rows, [given] * len(rows), [None] * len(rows))
    record = record.model_copy(update={name: put})
    assert differences(record, there_and_back(record, tmp_path)) == []


def test_several_images_of_a_file_keep_what_differs(tmp_path: Path) -> None:
    found = there_and_back(full_record(), tmp_path).images
    scenes = [row for row in found.ids if found.value(row, "scene_index") is not None]
    assert len({found.value(row, "file") for row in scenes}) == 1
    assert {(found.value(row, "scene_index"), found.value(row, "image_type")) for row in scenes} == {
        (0.0, "multi-channel z-stack"),
        (1.0, "overview"),
    }


MASKS = [
    {"id": "im-m1", "file": "fl-mask-0", "component": "sc-1", "image_type": "segmentation", "size_x": 512.0},
    {"id": "im-m2", "file": "fl-mask-1", "component": "sc-1", "size_y": 7.0, "qc_info": "a;b", "pixel_size_x": 0.1},
    {"id": "im-m3", "file": "fl-mask-1", "component": "sc-1", "scene_index": 1.0, "contrast_inversion": True},
]


@pytest.mark.parametrize("count", [1, 3])
def test_masks_that_are_images_come_back(count: int, tmp_path: Path) -> None:
    record = full_record()
    rows = [{"id": row, **record.images.row(row)} for row in record.images.ids]
    record = record.model_copy(update={"images": table("im", [*rows, *MASKS[:count]])})
    assert differences(record, there_and_back(record, tmp_path)) == []


def test_a_file_made_of_a_file_keeps_that_file(tmp_path: Path) -> None:
    record = full_record()
    source = record.images.value("im-scene", "file")
    files = record.files.with_cells("source_image", ["fl-a1"], [source], [None])
    record = record.model_copy(update={"files": files})
    assert differences(record, there_and_back(record, tmp_path)) == []


def test_an_image_file_made_from_another_keeps_its_source(tmp_path: Path) -> None:
    record = full_record()
    first, second = record.files.ids[:2]
    files = record.files.with_cells("source_image", [second], [first], [None])
    record = record.model_copy(update={"files": files})
    assert differences(record, there_and_back(record, tmp_path)) == []


def test_images_that_an_association_gives_to_an_analysis_come_back(tmp_path: Path) -> None:
    record = full_record()
    [first, *others] = record.components
    links = tuple(link.model_copy(update={"analysis": "an-1"}) for link in first.associations)
    record = record.model_copy(update={"components": (first.model_copy(update={"associations": links}), *others)})
    found = there_and_back(record, tmp_path)
    assert differences(record, found) == []
    assert {link.analysis for link in found.components[0].associations} == {"an-1"}


def test_two_associations_of_the_same_pair_stay_two(tmp_path: Path) -> None:
    record = full_record()
    [first, *others] = record.components
    twin = first.associations[0].model_copy(update={"id": "as-twin", "analysis": "an-1"})
    component = first.model_copy(update={"associations": (*first.associations, twin)})
    images = record.images.with_cells("association", ["im-spec-1-1_000"], ["as-twin"], [None])
    record = record.model_copy(update={"components": (component, *others), "images": images})
    assert differences(record, there_and_back(record, tmp_path)) == []


def test_an_association_without_images_is_named(tmp_path: Path) -> None:
    record = full_record()
    [first, *others] = record.components
    idle = first.associations[0].model_copy(update={"id": "as-idle"})
    component = first.model_copy(update={"associations": (*first.associations, idle)})
    written = isatab.write(record.model_copy(update={"components": (component, *others)}), tmp_path)
    [finding] = written.findings
    assert finding.code == "isatab.associations_without_images"
    assert finding.path == "/components/sc-1/associations/as-idle"
    assert "Fixed confocal" in finding.message("en")
    assert "Fixed confocal" in finding.message("fr")
    assert differences(record, isatab.read(tmp_path).record) == []


def test_values_have_the_kinds_that_they_had(tmp_path: Path) -> None:
    found = there_and_back(full_record(), tmp_path)
    acquisition, biosample = found.acquisitions[0], found.biosamples[0]
    assert acquisition.temperature == Quantity(number=37, unit="°C")
    assert acquisition.objective_na == 1.4
    assert acquisition.channels[1].excitation == Absent(absent="not_recorded", reason="lost")
    assert biosample.organism == (Term(label="Homo sapiens", id="NCBITaxon:9606", ontology="NCBITaxon"),)
    assert biosample.biological_entity == (Term(label="HeLa", id="CVCL_0030", ontology="Cellosaurus"),)
    assert found.images.column("size_x")[0] == 2048.0
    assert found.images.column("contrast_inversion")[0] is False


def test_every_value_tells_where_it_came_from(tmp_path: Path) -> None:
    from rembi_widgets.record import leaves

    found = there_and_back(full_record(), tmp_path)
    for path, _ in leaves(found):
        _, collection, *rest = path.split("/")
        mark = getattr(found, collection).mark(*rest) if collection in {"files", "images"} else found.marks.get(path)
        assert mark is not None, path
        assert not mark.confirmed
        assert mark.origin.kind == "import"
        assert (tmp_path / str(mark.origin.source)).is_file()
        assert mark.origin.header
    assert found.marks["/study/title"].origin.header == "STUDY/Study Title"
    assert found.marks["/biosamples/bs-1/organism"].origin.header == "Characteristics[organism]"
    assert found.images.mark("im-spec-1-1_000", "image_type").origin.header == "Comment[Image Type]"


def test_several_versions_of_a_source_are_none(tmp_path: Path) -> None:
    terms = [{"label": "a", "id": "EFO:1", "version": "1"}, {"label": "b", "id": "EFO:2", "version": "2"}]
    found = there_and_back(changed(study={"study_type": terms}), tmp_path)
    assert [term.version for term in found.study.study_type] == [None, None]
    alone = there_and_back(changed(study={"study_type": terms[:1]}), tmp_path / "alone")
    assert [term.version for term in alone.study.study_type] == ["1"]


def test_the_layout_written_by_hand_is_read(samples: Path) -> None:
    found = isatab.read(samples / "isa" / "layout-example")
    record = found.record
    told, *others = found.findings  # one protocol prepares its samples in two ways: the second has no place
    assert {one.code for one in others} == {"isaread.not_written"}  # names and types of its own
    assert {"growth HeLa", "chemical compound", "ec-CLEM 2.0"} <= {one.found for one in others}
    assert (told.code, told.found, told.wanted) == ("isaread.row_disagrees", "live mounting", "PFA fixation")
    assert [sample.title for sample in record.samples] == ["spec-1-1", "spec-1-2", "spec-2-1", "spec-2-2"]
    assert [one.title for one in record.components] == ["Fixed confocal", "Live widefield"]
    assert [len(one.associations) for one in record.components] == [2, 2]
    assert [one.instrument_model for one in record.acquisitions] == ["Zeiss LSM 880", "Nikon Ti2"]
    assert record.specimens[0].growth_protocol == "Cells grown in DMEM"
    assert record.biosamples[0].experimental_variable[0].value == "DMSO"
    assert len(record.images) == 12
    made = record.files.column("made_by")
    assert made.count(record.analyses[0].id) == 3
    assert made.count(record.correlations[0].id) == 1
    sources = record.files.column("source_image")
    assert all(source in record.images for source, maker in zip(sources, made, strict=True) if maker)


def test_a_document_that_was_changed_is_read_as_changed(tmp_path: Path) -> None:
    isatab.write(full_record(), tmp_path)
    document = isatab.open_document(tmp_path)
    found = document.tables["a_Fixed-confocal.txt"]
    place = next(column.index for column in found.columns if column.name == "Image Type")
    found.set(0, place, "overview")
    record = read_document(document).record
    assert record.images.column("image_type").count("overview") == 2
    sample = next(column.index for column in found.columns if column.name == "Sample Name")
    found.set(0, sample, "spec-2-1")
    moved = read_document(document).record
    link = moved.images.value(moved.images.ids[0], "association")
    known = {one.id: one for component in moved.components for one in component.associations}
    assert known[link].sample == "sa-2-1"
    assert len(known) == 5


def test_what_the_layout_has_no_field_for_is_kept(tmp_path: Path) -> None:
    isatab.write(full_record(), tmp_path)
    document = isatab.open_document(tmp_path)
    section = document.investigations[0].studies[0].section("STUDY PROTOCOLS")
    place = section.cells("Study Protocol Name").index("image correlation")
    row = section.row("Study Protocol Description")
    assert row is not None
    row.set(place, "by hand")
    found = read_document(document)
    assert found.record.correlations[0].model_extra == {"x-isa-Study Protocol Description": "by hand"}
    [finding] = found.findings
    assert (finding.code, finding.path) == ("isaread.kept", f"i_investigation.txt:{row.line}:{place + 2}")


@pytest.mark.parametrize("name", ["a_analysis-segmentation.txt", "a_Fixed-confocal.txt", "s_S-rembi-demo.txt"])
def test_a_table_without_its_form_is_left_and_told(name: str, tmp_path: Path) -> None:
    isatab.write(full_record(), tmp_path)
    (tmp_path / name).write_text("What\tComment[x]\na\tb\n", encoding="utf-8")
    found = isatab.read(tmp_path)
    left = [(one.code, one.values["file"], one.values["column"]) for one in found.findings if "left" in one.code]
    assert left == [("isaread.left", name, 1), ("isaread.left", name, 2)]
    assert found.record.study.title == full_record().study.title


def test_a_protocol_that_is_something_else_is_not_taken_for_it(tmp_path: Path) -> None:
    isatab.write(full_record(), tmp_path)
    document = isatab.open_document(tmp_path)
    table = document.tables["a_analysis-segmentation.txt"]
    step = [column.index for column in table.columns if column.kind == "protocol_ref"][-1]
    for row in range(len(table)):
        table.set(row, step, "ACQ confocal 63x")
    found = read_document(document)
    left = [finding for finding in found.findings if finding.code != "isaread.not_written"]
    assert {finding.values["file"] for finding in left} == {table.name}
    assert "software;data used for analysis" in {one.found for one in found.findings}
    assert found.record.analyses[0].software is None
    assert found.record.acquisitions[0].software == "ZEN 2.3 black"


READS_LIKE_ABSENCES = ("not applicable", "not recorded", "\\not applicable", "\\\\not recorded", "not  applicable")


@pytest.mark.parametrize("text", READS_LIKE_ABSENCES)
def test_a_text_that_reads_like_an_absence_stays_a_text(text: str, tmp_path: Path) -> None:
    record = changed(
        study={"title": text, "keywords": [text], "license": text, "acknowledgements": text},
        people={"roles": [{"label": text}]},
        biosamples={"title": text, "description": text, "organism": [{"label": text}]},
        specimens={"growth_protocol": text, "title": text},
        samples={"title": text, "experimental_status": text},
        acquisitions={"title": text, "imaging_method": [{"label": text}], "temperature": {"text": text}},
        components={"title": text, "description": text},
    )
    files = record.files.with_cells("message", record.files.ids, [text] * len(record.files), [None] * len(record.files))
    images = record.images.with_cells(
        "objective", record.images.ids, [text] * len(record.images), [None] * len(record.images)
    )
    record = record.model_copy(update={"files": files, "images": images})
    assert differences(record, there_and_back(record, tmp_path)) == []


@pytest.mark.parametrize("field", ["title", "description"])
def test_an_absence_is_still_one_beside_such_a_text(field: str, tmp_path: Path) -> None:
    record = changed(components={field: {"absent": "not_applicable"}}, samples={"title": "not applicable"})
    found = there_and_back(record, tmp_path)
    assert differences(record, found) == []
    assert getattr(found.components[0], field) == Absent(absent="not_applicable")
