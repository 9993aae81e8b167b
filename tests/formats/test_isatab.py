"""ISA-Tab, rule by rule: the layout, the traps, what is left out and named."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets import formats
from rembi_widgets.errors import RembiError
from rembi_widgets.formats import Written, isatab
from rembi_widgets.formats.isatab._names import Taken, field_name, node_name, slug
from rembi_widgets.record import Curation
from tests.formats.builder import full_record
from tests.formats.full_records import HOSTILE
from tests.formats.reading import NODES, Tables, cells, read
from tests.formats.samples import sample_folder


def changed(**parts: Any) -> Curation:
    """The full record with some parts of its JSON form put in."""
    return Curation.model_validate({**dict(full_record()), **parts})


def written(record: Curation, folder: Path) -> Tables:
    isatab.write(record, folder)
    return read(folder)


def codes(found: Written) -> set[str]:
    return {finding.code.removeprefix("isatab.") for finding in found.findings}


# --- the face


def test_write_by_name_gives_files_and_findings(tmp_path: Path) -> None:
    done = formats.write("isatab", full_record(), tmp_path / "new" / "out")
    names = [path.name for path in done.files]
    assert names[:2] == ["i_investigation.txt", "s_S-rembi-demo.txt"]
    assert all(path.is_file() for path in done.files)
    assert done.findings == ()


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(RembiError, match="isatab") as raised:
        formats.write("isatap", full_record(), Path("unused"))
    assert "isatap" in raised.value.say("fr")


def test_the_same_record_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        isatab.write(full_record(), tmp_path / folder)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    isatab.write(full_record(), tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        isatab.write(changed(study={"title": "another"}), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_files_can_be_read_by_others_as_usual(tmp_path: Path) -> None:
    done = isatab.write(full_record(), tmp_path)
    usual = tmp_path / "usual"
    usual.touch()
    assert {path.stat().st_mode for path in done.files} == {usual.stat().st_mode}


# --- the configuration


def test_the_configuration_is_carried_unchanged() -> None:
    given = sample_folder() / "isa" / "isaconfig-bioimaging"
    for path in given.glob("*.xml"):
        assert (isatab.config_folder() / path.name).read_bytes() == path.read_bytes()
    assert len(list(isatab.config_folder().glob("*.xml"))) == len(list(given.glob("*.xml"))) + 1


def test_annotations_are_configured_as_strictly_as_analyses() -> None:
    analysis, annotation = (
        (isatab.config_folder() / f"bioimaging_{name}.xml").read_text(encoding="utf-8")
        for name in ("analysis", "annotation")
    )
    assert 'term-label="image annotation"' in annotation
    assert (
        annotation.replace("bioimaging_annotation", "bioimaging_analysis").replace("annotation", "analysis") == analysis
    )


# --- the layout


def labels(tables: Tables) -> dict[str, list[str]]:
    return {
        name: [label for label in rows if not label.startswith("Comment[")] for name, rows in tables.sections.items()
    }


def test_sections_and_labels_are_the_examples(tmp_path: Path) -> None:
    example = read(sample_folder() / "isa" / "layout-example")
    ours = written(full_record(), tmp_path)
    assert list(ours.sections) == list(example.sections)
    assert labels(ours) == labels(example)
    for name, rows in example.sections.items():
        assert rows.keys() <= ours.sections[name].keys(), name
    stamps = {label: values for label, values in ours.sections["INVESTIGATION"].items() if values != [""]}
    assert stamps.keys() == {"Comment[Created With]", "Comment[REMBI Version]", "Comment[ISA Layout]"}
    assert stamps["Comment[ISA Layout]"] == ["rembi-isatab/1"]


def test_tables_have_the_examples_columns_in_its_order(tmp_path: Path) -> None:
    folder = sample_folder() / "isa" / "layout-example"
    ours = written(full_record(), tmp_path).headers
    twins = {
        "s_S-rembi-demo.txt": "s_S-rembi-demo.txt",
        "a_fixed-confocal.txt": "a_Fixed-confocal.txt",
        "a_analysis-segmentation.txt": "a_analysis-segmentation.txt",
        "a_correlation-1.txt": "a_correlation-image-correlation.txt",
    }
    for theirs, name in twins.items():
        wanted = [
            header for header in cells(folder / theirs)[0] if header not in {"Term Source REF", "Term Accession Number"}
        ]
        found = iter(ours[name])
        assert all(header in found for header in wanted), (name, wanted, ours[name])


def test_technology_types_and_platforms(tmp_path: Path) -> None:
    assays = written(full_record(), tmp_path).sections["STUDY ASSAYS"]
    assert assays["Study Assay Technology Type"] == [
        *["microscopy"] * 2,
        "image analysis",
        "image correlation",
        "image annotation",
    ]
    assert set(assays["Study Assay Measurement Type"]) == {"biological imaging"}
    assert assays["Study Assay Technology Platform"][:3] == ["Zeiss LSM 880", "Nikon Ti2", "Cellpose 3.0"]
    assert all(assays["Study Assay Technology Platform"])


def test_every_source_of_a_term_is_declared_in_full(tmp_path: Path) -> None:
    tables = written(full_record(), tmp_path)
    declared = tables.sections["ONTOLOGY SOURCE REFERENCE"]
    assert all(cell for row in declared.values() for cell in row)
    rows = [*tables.study, *(row for rows in tables.assays.values() for row in rows)]
    said = (cell for row in rows for node in row for name, cell in node.items() if name.endswith("Term Source REF"))
    assert {one for cell in said for one in cell.split(";") if one} <= set(declared["Term Source Name"])


def test_instrument_attributes_are_composed_and_each_value_stands_alone(tmp_path: Path) -> None:
    column = written(full_record(), tmp_path).column("STUDY PROTOCOLS", "ac-1")
    text = column["Comment[Instrument Attributes]"]
    assert all(part in text for part in ("Zeiss LSM 880 inverted", "63x/1.4 oil", "laser 405 nm", "GaAsP Quasar; 32"))
    assert column["Comment[Objective Numerical Aperture]"] == "1.4"
    assert column["Comment[Channel Excitation Absence Reason]"] == ";lost"
    components = column["Study Protocol Components Name"].split(";")
    assert components == ["Zeiss LSM 880", "Zeiss Plan-Apochromat 63x/1.4 oil", "ZEN 2.3 black"]


def test_parameters_are_composed_where_nobody_wrote_them(tmp_path: Path) -> None:
    column = written(full_record(), tmp_path).column("STUDY PROTOCOLS", "ac-2")
    assert column["Study Protocol Description"] == "time interval: 5 min"


def test_images_of_one_file_are_one_node_with_a_process_each(tmp_path: Path) -> None:
    rows = written(full_record(), tmp_path).assays["a_Live-widefield.txt"]
    scenes = [row for row in rows if row[2]["Image File"] == "images/c2/spec-2-2_002.ome.tiff"]
    assert len({row[1]["Assay Name"] for row in scenes}) == 2
    assert [row[1]["Comment[Image Type]"] for row in scenes] == ["multi-channel z-stack", "overview"]
    assert scenes[0][2] == scenes[1][2]


def test_an_analysis_with_files_of_no_image_takes_all_its_images_at_once(tmp_path: Path) -> None:
    rows = written(full_record(), tmp_path).assays["a_analysis-segmentation.txt"]
    counts = [row for row in rows if row[4]["Derived Data File"] == "results/counts.csv"]
    assert {row[3]["Data Transformation Name"] for row in counts} == {"segmentation"}
    assert len({row[2]["Image File"] for row in counts}) == 3


def test_an_analysis_that_an_association_names_has_rows_without_files(tmp_path: Path) -> None:
    record = full_record()
    files = record.files.without_rows([row for row in record.files.ids if row.startswith(("fl-mask", "fl-counts"))])
    component = record.components[1]
    link = component.associations[0].model_copy(update={"analysis": "an-1"})
    components = (
        record.components[0],
        component.model_copy(update={"associations": (link, *component.associations[1:])}),
    )
    rows = written(record.model_copy(update={"files": files, "components": components}), tmp_path)
    table = rows.assays["a_analysis-segmentation.txt"]
    assert len(table) == 3
    assert {row[4]["Derived Data File"] for row in table} == {"not recorded"}
    assert {row[3]["Data Transformation Name"] for row in table} == {"segmentation"}


# --- absences, names, traps


def test_an_absence_is_its_words_and_its_reason(tmp_path: Path) -> None:
    biosample = full_record().biosamples[0].plain() | {"organism": {"absent": "not_applicable", "reason": "a bead"}}
    tables = written(changed(biosamples=[biosample, full_record().biosamples[1]]), tmp_path)
    source = tables.study[0][0]
    assert source["Characteristics[organism]"] == "not applicable"
    assert source["Comment[organism Absence Reason]"] == "a bead"
    study = tables.sections["STUDY"]
    assert study["Comment[Ethics Statement]"] == ["not applicable"]
    assert study["Comment[Ethics Statement Absence Reason]"] == ["established cell line"]


@pytest.mark.parametrize(
    ("part", "fields", "label"),
    [
        ("study", {"submission_date": "last spring"}, "Study Submission Date"),
        ("study", {"release_date": "2026-02-30"}, "Study Public Release Date"),
        ("people", {"email": "at home"}, "Study Person Email"),
        ("publications", {"doi": "in press"}, "Study Publication DOI"),
        ("publications", {"pubmed_id": "PMC8606015"}, "Study PubMed ID"),
    ],
)
def test_a_value_of_another_form_is_kept_in_a_comment_and_told(
    part: str, fields: dict[str, str], label: str, tmp_path: Path
) -> None:
    held = getattr(full_record(), part)
    value: Any = held.model_copy(update=fields) if part == "study" else (held[0].model_copy(update=fields), *held[1:])
    done = isatab.write(full_record().model_copy(update={part: value}), tmp_path)
    section = {"study": "STUDY", "people": "STUDY CONTACTS", "publications": "STUDY PUBLICATIONS"}[part]
    rows, (given,) = read(tmp_path).sections[section], fields.values()
    assert rows[label][0] == ""
    assert rows[f"Comment[{label} As Given]"][0] == given
    assert [(finding.code, finding.found) for finding in done.findings] == [("isatab.as_given", given)]


def test_a_doi_may_be_an_address(tmp_path: Path) -> None:
    publications = written(full_record(), tmp_path).sections["STUDY PUBLICATIONS"]
    assert publications["Study Publication DOI"] == ["10.1038/s41592-021-01166-8"]


BAD = re.compile(r"\[[^\]]*[\[.;\"#][^\]]*\]|\[[^\]]*(?:Protocol REF| File|label|material type)[^\]]*\]", re.IGNORECASE)


@given(name=st.sampled_from(HOSTILE) | st.text(max_size=30))
def test_a_name_within_brackets_misleads_no_reader(name: str) -> None:
    made = field_name(name)
    assert made == made.strip() != ""
    assert not BAD.search(f"Comment[{made}]")
    assert "]" not in made


@given(name=st.sampled_from(HOSTILE) | st.text(max_size=30))
def test_a_node_has_a_name_that_no_reader_drops(name: str) -> None:
    made = node_name(name, "sample")
    assert made == " ".join(made.split()) != ""
    assert not made.startswith("#")
    assert made not in {"NA", "None", "nan", "null", "N/A"}


@given(name=st.sampled_from(HOSTILE) | st.text(max_size=200))
def test_a_file_name_is_plain(name: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,60}", slug(name))


def test_names_are_told_apart_without_regard_to_case() -> None:
    taken = Taken()
    assert [taken.fresh(name) for name in ("a", "A", "a", "a 2")] == ["a", "A 2", "a 3", "a 2 2"]


def test_headers_of_hostile_records_mislead_no_reader(tmp_path: Path) -> None:
    names = {f"x-{text}": "y" for text in HOSTILE}
    biosample = {**full_record().biosamples[0].plain(), **names}
    biosample["experimental_variable"] = [
        {"id": f"va-{n}", "name": name, "value": "v"} for n, name in enumerate(HOSTILE)
    ]
    tables = written(changed(biosamples=[biosample, full_record().biosamples[1]]), tmp_path)
    for header in tables.headers["s_S-rembi-demo.txt"]:
        assert not BAD.search(header), header
    factors = tables.sections["STUDY FACTORS"]["Study Factor Name"]
    assert len(set(factors)) == len(factors) >= len(HOSTILE) - 2
    used = {header[13:-1] for header in tables.headers["s_S-rembi-demo.txt"] if header.startswith("Factor Value[")}
    assert used == set(factors)


def test_samples_of_one_name_stay_two(tmp_path: Path) -> None:
    samples = [one.model_copy(update={"title": "#1"}) for one in full_record().samples]
    tables = written(full_record().model_copy(update={"samples": tuple(samples)}), tmp_path)
    assert sorted(row[-1]["Sample Name"] for row in tables.study) == ["no. 1", "no. 1 2", "no. 1 3", "no. 1 4"]
    assert {row[-1]["Comment[Title]"] for row in tables.study} == {"#1"}
    assert len({row[0]["Sample Name"] for row in tables.assays["a_Fixed-confocal.txt"]}) == 2


def test_two_biosamples_share_a_preparation_and_no_sample(tmp_path: Path) -> None:
    rows = written(full_record(), tmp_path).study
    of = {row[-1]["Sample Name"]: (row[0]["Source Name"], row[-2]["Protocol REF"]) for row in rows}
    assert of["spec-1-1"] == ("HeLa-1", "PFA-fixed")
    assert of["spec-2-1"] == ("HeLa-2", "PFA-fixed")


def lines(folder: Path) -> list[str]:
    return [line for path in folder.iterdir() for line in path.read_text(encoding="utf-8").split("\n") if line]


def test_every_cell_is_quoted_and_no_line_begins_with_a_hash(tmp_path: Path) -> None:
    study = full_record().study.model_copy(update={"description": "one\n# two\n\r\n #three", "title": "#1"})
    isatab.write(full_record().model_copy(update={"study": study}), tmp_path)
    assert not [line for line in lines(tmp_path) if line.lstrip().startswith("#")]
    for path in tmp_path.glob("[as]_*.txt"):
        raw = path.read_bytes()
        assert b"\r" not in raw
        assert all(cell[:1] == cell[-1:] == '"' for cell in raw.decode().split("\n")[0].split("\t"))


def test_no_protocol_is_blank_and_all_are_declared_with_their_columns_parameters(tmp_path: Path) -> None:
    tables = written(full_record(), tmp_path)
    section = tables.sections["STUDY PROTOCOLS"]
    declared = dict(zip(section["Study Protocol Name"], section["Study Protocol Parameters Name"], strict=True))
    used = set()
    for row in [*tables.study, *(row for rows in tables.assays.values() for row in rows)]:
        for node in row:
            name = node.get("Protocol REF")
            if name is not None:
                used.add(name)
                needed = {header[16:-1] for header in node if re.fullmatch(r"Parameter Value\[[^\]]*\]", header)}
                assert needed <= set(declared[name].split(";")), name
    assert used == set(declared)


def test_no_header_stands_twice_at_one_node(tmp_path: Path) -> None:
    for headers in written(full_record(), tmp_path).headers.values():
        assert headers[0] in NODES
        assert headers.count("Protocol REF") <= 2


def test_an_empty_record_is_written_too(tmp_path: Path) -> None:
    done = isatab.write(Curation(), tmp_path)
    assert [path.name for path in done.files] == ["i_investigation.txt", "s_S-study.txt"]
    assert cells(done.files[1]) == [["Source Name", "Characteristics[organism]", "Protocol REF", "Sample Name"]]
