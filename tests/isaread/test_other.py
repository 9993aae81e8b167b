"""ISA-Tab of other layouts: what becomes what, and what is kept and told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.formats import Read, isatab
from rembi_widgets.record import COLLECTIONS, Absent, Curation
from tests.isaread.papers import ASSAY_TABLE, codes, investigation, small, table, told, write


def read(folder: Path, **changes: Any) -> Read:
    return isatab.read(small(folder, **changes))


def only(found: Read, collection: str) -> Any:
    [one] = getattr(found.record, collection)
    return one


def titles(record: Curation, collection: str) -> list[str]:
    return [one.title for one in getattr(record, collection)]


# --- the study's own sections


def test_a_small_one_becomes_a_curation(tmp_path: Path) -> None:
    record = read(tmp_path).record
    assert record.study.title == "Livers of mice"
    assert record.study.accession == "mice"
    assert titles(record, "biosamples") == ["mouse 1", "mouse 2"]
    assert titles(record, "specimens") == ["dissection"]
    assert titles(record, "samples") == ["liver 1", "liver 2"]
    assert titles(record, "acquisitions") == ["microscopy"]
    assert titles(record, "components") == ["images"]
    assert record.files.column("path") == ("liver1.tif", "liver2.tif")
    assert record.specimens[0].preparation_method == "cut with care"
    assert record.acquisitions[0].acquisition_parameters == "looked with care"
    assert record.components[0].description == "cell imaging, microscopy"
    assert record.biosamples[0].organism[0].label == "Mus musculus"


def test_everything_hangs_together(tmp_path: Path) -> None:
    record = read(tmp_path).record
    [component] = record.components
    assert [link.sample for link in component.associations] == [sample.id for sample in record.samples]
    assert {link.acquisition for link in component.associations} == {record.acquisitions[0].id}
    assert [sample.biosample for sample in record.samples] == [one.id for one in record.biosamples]
    assert {sample.specimen for sample in record.samples} == {record.specimens[0].id}
    assert record.images.column("file") == record.files.ids
    assert record.images.column("association") == tuple(link.id for link in component.associations)
    assert set(record.images.column("component")) == {component.id}


def test_the_same_is_read_twice(tmp_path: Path) -> None:
    assert read(tmp_path / "one").record == read(tmp_path / "two").record


PERSON = {
    "Study Person Last Name": ["Curie", "Meitner"],
    "Study Person First Name": ["Marie", "Lise"],
    "Study Person Mid Initials": ["S", ""],
    "Study Person Email": ["m@example.org", ""],
    "Study Person Affiliation": ["Institut Curie; Paris", "Institut Curie; Paris"],
    "Study Person Address": ["11 rue X", ""],
    "Study Person Roles": ["principal investigator;author", "author"],
    "Study Person Roles Term Accession Number": [";http://purl.obolibrary.org/obo/OBI_1", ""],
    "Study Person Roles Term Source REF": [";OBI", ""],
    "Comment[Study Person ORCID]": ["0000-0002-1825-0097", ""],
}


def test_people_and_their_organisation(tmp_path: Path) -> None:
    record = read(tmp_path, study_contacts=PERSON).record
    [marie, lise] = record.people
    assert (marie.first_name, marie.last_name, marie.email) == ("Marie", "Curie", "m@example.org")
    assert [(role.label, role.id) for role in marie.roles] == [("principal investigator", None), ("author", "OBI:1")]
    assert marie.model_extra == {
        "x-isa-Study Person Mid Initials": "S",
        "x-isa-Study Person ORCID": "0000-0002-1825-0097",
    }
    [organisation] = record.organisations
    assert organisation.title == "Institut Curie; Paris"
    assert organisation.address == "11 rue X"
    assert marie.affiliations == lise.affiliations == (organisation.id,)


def test_people_of_study_and_investigation_are_the_same_if_they_are_called_the_same(tmp_path: Path) -> None:
    above = {
        label.replace("Study", "Investigation", 1): cells for label, cells in PERSON.items() if "Comment" not in label
    }
    record = read(tmp_path, study_contacts=PERSON, investigation_contacts=above).record
    assert len(record.people) == 2


def test_publications(tmp_path: Path) -> None:
    said = {
        "Study PubMed ID": ["34021280", ""],
        "Study Publication DOI": ["10.1038/s41592-021-01166-8", "in print"],
        "Study Publication Author List": ["A; B", "C"],
        "Study Publication Title": ["REMBI", "Livers"],
        "Study Publication Status": ["published", ""],
    }
    [one, two] = read(tmp_path, study_publications=said).record.publications
    assert (one.title, one.authors, one.pubmed_id, one.status) == ("REMBI", "A; B", "34021280", "published")
    assert (two.title, two.doi) == ("Livers", "in print")


def test_designs_are_study_types(tmp_path: Path) -> None:
    said = {
        "Study Design Type": ["time series design", "in vivo"],
        "Study Design Type Term Accession Number": ["http://purl.obolibrary.org/obo/OBI_0500020", ""],
        "Study Design Type Term Source REF": ["OBI", ""],
    }
    types = read(tmp_path, study_design_descriptors=said).record.study.study_type
    assert [(term.label, term.id, term.ontology) for term in types] == [
        ("time series design", "OBI:0500020", "OBI"),
        ("in vivo", None, None),
    ]


def test_comments_of_a_study_are_kept_and_told(tmp_path: Path) -> None:
    found = read(tmp_path, study={"Comment[Manuscript Licence]": "CC BY 4.0", "Comment [License]": "CC0"})
    assert found.record.study.license == "CC0"
    assert found.record.study.model_extra == {"x-isa-Manuscript Licence": "CC BY 4.0"}
    [finding] = [one for one in found.findings if one.found == "STUDY/Comment[Manuscript Licence]"]
    assert (finding.level, finding.code) == ("info", "isaread.kept")
    lines = (tmp_path / "i_mice.txt").read_text(encoding="utf-8").split("\n")
    assert lines[finding.values["line"] - 1] == "Comment[Manuscript Licence]\tCC BY 4.0"
    [kept] = [one for one in found.kept if one.header == "STUDY/Comment[Manuscript Licence]"]
    assert kept.path == "/study/x-isa-Manuscript Licence"
    assert kept.file == "i_mice.txt"


def test_the_investigation_speaks_where_the_study_does_not(tmp_path: Path) -> None:
    above = {"Investigation Title": "Organs of mice", "Investigation Description": "All of them"}
    record = read(tmp_path, investigation=above).record
    assert record.study.title == "Livers of mice"
    assert record.study.description == "All of them"
    assert record.study.model_extra == {"x-isa-Investigation Title": "Organs of mice"}


def test_several_studies_become_one_with_a_component_a_table(tmp_path: Path) -> None:
    def study(name: str) -> str:
        text = investigation(
            investigation={"Investigation Title": "Organs"},
            study={"Study Title": f"study {name}", "Study Identifier": name, "Study File Name": f"s_{name}.txt"},
            study_assays={"Study Assay File Name": f"a_{name}.txt"},
        )
        return text if name == "1" else text[text.index("STUDY\n") :]

    files: dict[str, str] = {"i_x.txt": study("1") + study("2")}
    for name in ("1", "2"):
        files[f"s_{name}.txt"] = table(["Source Name", "Sample Name"], [f"mouse {name}", "liver"])
        files[f"a_{name}.txt"] = table(["Sample Name", "Raw Data File"], ["liver", f"{name}.tif"])
    found = isatab.read(write(tmp_path, files))
    record = found.record
    assert record.study.title == "Organs"
    assert record.study.model_extra["x-isa-study 1 Study Title"] == "study 1"
    assert record.study.model_extra["x-isa-study 2 Study Identifier"] == "2"
    assert titles(record, "components") == ["1", "2"]
    assert titles(record, "biosamples") == ["mouse 1", "mouse 2"]
    assert titles(record, "samples")[0] == "liver"


def test_other_investigations_are_named(tmp_path: Path) -> None:
    small(tmp_path / "a")
    small(tmp_path / "b")
    found = isatab.read(tmp_path)
    assert ("other_investigation", "b/i_mice.txt", 1, 1) in told(found.findings)
    assert {mark.origin.source for mark in found.record.marks.values()} <= {
        "a/i_mice.txt",
        "a/s_mice.txt",
        "a/a_images.txt",
    }


# --- samples

SOURCE = "Source Name"
SAMPLE = "Sample Name"


def samples_of(folder: Path, headers: list[str], *rows: list[str]) -> Curation:
    return read(folder, s_mice=table(headers, *rows)).record


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Characteristics[organism]", "organism"),
        ("Characteristics[Organism]", "organism"),
        ("Characteristics [species]", "organism"),
        ("Characteristics[cell line]", "biological_entity"),
        ("Characteristics[organism part]", "biological_entity"),
        ("Characteristics[description]", "description"),
        ("Characteristics[strain]", "intrinsic_variable"),
    ],
)
@pytest.mark.parametrize("at", ["source", "sample"])
def test_characteristics_that_rembi_knows(header: str, field: str, at: str, tmp_path: Path) -> None:
    headers = [SOURCE, header, SAMPLE] if at == "source" else [SOURCE, SAMPLE, header]
    row = ["m", "C57", "l"] if at == "source" else ["m", "l", "C57"]
    value = getattr(samples_of(tmp_path, headers, row).biosamples[0], field)
    assert "C57" in str(value)


def test_terms_of_a_characteristic(tmp_path: Path) -> None:
    headers = [SOURCE, "Characteristics[organism]", "Term Source REF", "Term Accession Number", SAMPLE]
    [biosample] = samples_of(tmp_path, headers, ["m", "Mus musculus", "NCBITAXON", "10090", "l"]).biosamples
    assert (biosample.organism[0].id, biosample.organism[0].ontology) == ("NCBITAXON:10090", "NCBITAXON")


def test_characteristics_that_rembi_does_not_know_are_kept_with_their_units(tmp_path: Path) -> None:
    headers = [
        SOURCE,
        "Characteristics[age]",
        "Unit",
        "Material Type",
        "Comment[cage]",
        SAMPLE,
        "Characteristics[mass]",
    ]
    record = samples_of(tmp_path, headers, ["m", "90", "day", "organ", "7", "l", "2"])
    assert record.biosamples[0].model_extra == {
        "x-isa-characteristics age": "90 day",
        "x-isa-Material Type": "organ",
        "x-isa-cage": "7",
    }
    assert record.samples[0].model_extra == {"x-isa-characteristics mass": "2"}


def test_a_factor_is_a_variable_of_the_biosample_where_its_samples_agree(tmp_path: Path) -> None:
    headers = [SOURCE, SAMPLE, "Factor Value[dose]", "Unit", "Factor Value[time]"]
    record = samples_of(tmp_path, headers, ["m", "a", "5", "mg", "1 h"], ["m", "b", "5", "mg", "2 h"])
    [variable] = record.biosamples[0].experimental_variable
    assert (variable.name, variable.value) == ("dose", "5 mg")
    assert [sample.model_extra for sample in record.samples[:2]] == [
        {"x-isa-factor value time": "1 h"},
        {"x-isa-factor value time": "2 h"},
    ]


def test_samples_split_and_pooled(tmp_path: Path) -> None:
    record = samples_of(tmp_path, [SOURCE, SAMPLE], ["m", "a"], ["m", "b"], ["n", "pool"], ["o", "pool"])
    assert titles(record, "biosamples") == ["m", "n", "o"]
    assert titles(record, "samples")[:3] == ["a", "b", "pool"]


def test_a_chain_of_protocols_is_one_specimen(tmp_path: Path) -> None:
    protocols = {
        "Study Protocol Name": ["grow", "cut", "microscopy"],
        "Study Protocol Type": ["growth", "sample collection", "imaging"],
        "Study Protocol Description": ["in the dark", "with care", "looked"],
        "Study Protocol URI": ["https://example.org/grow", "", ""],
        "Study Protocol Version": ["", "2", ""],
    }
    text = table(
        [SOURCE, "Protocol REF", "Protocol REF", "Parameter Value[knife]", SAMPLE], ["m", "grow", "cut", "9", "l"]
    )
    record = read(tmp_path, study_protocols=protocols, s_mice=text).record
    [specimen] = record.specimens
    assert specimen.title == "grow + cut"
    assert specimen.growth_protocol == "grow: in the dark"
    assert specimen.preparation_method == "cut: with care"
    assert specimen.preparation_url == "https://example.org/grow"
    assert specimen.model_extra == {
        "x-isa-protocol grow Study Protocol Type": "growth",
        "x-isa-protocol cut Study Protocol Type": "sample collection",
        "x-isa-protocol cut Study Protocol Version": "2",
    }
    assert record.samples[0].model_extra == {"x-isa-parameter knife": "9"}


def test_blank_protocols_are_passed_over(tmp_path: Path) -> None:
    record = samples_of(
        tmp_path, [SOURCE, "Protocol REF", "Protocol REF", SAMPLE], ["m", "", "dissection", "l"], ["n", "", "", "k"]
    )
    assert titles(record, "specimens") == ["dissection"]
    assert [sample.specimen for sample in record.samples[:2]] == [record.specimens[0].id, None]


def test_protocols_that_no_row_names_are_told_by_their_types(tmp_path: Path) -> None:
    protocols = {
        "Study Protocol Name": ["staining", "confocal imaging", "image analysis", "lunch"],
        "Study Protocol Type": ["", "", "data transformation", ""],
        "Study Protocol Description": ["DAPI", "with care", "by eye", "soup"],
    }
    record = read(tmp_path, study_protocols=protocols, s_mice=table([SOURCE, SAMPLE]), a_images=table([SAMPLE])).record
    assert titles(record, "specimens") == ["staining"]
    assert titles(record, "acquisitions") == ["confocal imaging"]
    assert titles(record, "analyses") == ["image analysis"]
    assert record.analyses[0].method == "by eye"
    assert record.study.model_extra["x-isa-protocol lunch Study Protocol Description"] == "soup"


def test_a_sample_that_only_an_assay_names_is_one(tmp_path: Path) -> None:
    record = read(tmp_path, a_images=ASSAY_TABLE + "liver 3\tmicroscopy\trun 3\tliver3.tif\n").record
    assert titles(record, "samples") == ["liver 1", "liver 2", "liver 3"]
    assert record.samples[2].biosample is None


# --- assays


def assay_of(folder: Path, headers: list[str], *rows: list[str], **changes: Any) -> Curation:
    return read(folder, a_images=table(headers, *rows), **changes).record


@pytest.mark.parametrize(
    ("header", "path", "images"),
    [
        ("Image File", "a.bin", 1),
        ("Raw Data File", "a.TIFF", 1),
        ("Raw Data File", "a.ome.zarr", 1),
        ("Raw Data File", "a.csv", 0),
        ("Raw Data File", "", 0),
        ("Array Data File", "a.CEL", 0),
    ],
)
def test_data_files_are_files_and_some_are_images(header: str, path: str, images: int, tmp_path: Path) -> None:
    record = assay_of(tmp_path, [SAMPLE, "Protocol REF", header], ["liver 1", "microscopy", path])
    assert len(record.images) == images
    assert record.files.column("path") == ((path,) if path else ())


def test_derived_files_are_made_by_an_analysis_of_the_files_before(tmp_path: Path) -> None:
    headers = [
        SAMPLE,
        "Protocol REF",
        "Raw Data File",
        "Protocol REF",
        "Derived Data File",
        "Protocol REF",
        "Derived Data File",
    ]
    rows = [["liver 1", "microscopy", "a.tif", "segment", "m.tif", "count", "n.csv"]]
    rows.append(["liver 2", "microscopy", "b.tif", "segment", "o.tif", "count", "n.csv"])
    record = assay_of(tmp_path, headers, *rows)
    assert titles(record, "analyses") == ["segment", "count"]
    by_path = {record.files.value(row, "path"): record.files.row(row) for row in record.files.ids}
    ids = {path: row["id"] for path, row in by_path.items()}
    assert by_path["m.tif"]["made_by"] == by_path["o.tif"]["made_by"] == record.analyses[0].id
    assert by_path["n.csv"]["made_by"] == record.analyses[1].id
    assert by_path["m.tif"]["source_image"] == ids["a.tif"]
    assert by_path["n.csv"]["source_image"] == ids["m.tif"]
    assert record.images.column("file") == (ids["a.tif"], ids["b.tif"])


def test_a_file_of_several_rows_is_one(tmp_path: Path) -> None:
    headers = [SAMPLE, "Protocol REF", "Raw Data File"]
    record = assay_of(tmp_path, headers, *([f"liver {n}", "microscopy", "all.tif"] for n in (1, 2)))
    assert len(record.files) == len(record.images) == 1
    assert len(record.components[0].associations) == 2


def test_comments_of_files(tmp_path: Path) -> None:
    headers = [SAMPLE, "Raw Data File", "Comment[file format]", "Comment [MD5 checksum]", "Comment[SHA-256]"]
    record = assay_of(tmp_path, headers, ["liver 1", "a.tif", "TIFF", "12ab", "34cd"], ["liver 2", "b.tif", "", "", ""])
    assert record.files.column("format") == ("TIFF", None)
    assert record.files.column("sha256") == ("34cd", None)
    assert record.files.column("x-isa-MD5 checksum") == ("12ab", None)
    assert record.files.column("x-isa-node") == ("Raw Data File", "Raw Data File")


@pytest.mark.parametrize(
    ("name", "text", "field", "value"),
    [
        ("microscope", "LSM 880", "instrument_model", "LSM 880"),
        ("Instrument", "LSM 880", "instrument_model", "LSM 880"),
        ("manufacturer", "Zeiss", "instrument_manufacturer", "Zeiss"),
        ("objective", "Plan", "objective_model", "Plan"),
        ("magnification", "63", "objective_magnification", 63.0),
        ("numerical aperture", "1.4", "objective_na", 1.4),
        ("software", "ZEN", "software", "ZEN"),
    ],
)
def test_parameters_that_rembi_knows(name: str, text: str, field: str, value: Any, tmp_path: Path) -> None:
    headers = [SAMPLE, "Protocol REF", f"Parameter Value[{name}]", "Raw Data File"]
    record = assay_of(tmp_path, headers, *([f"liver {n}", "microscopy", text, f"{n}.tif"] for n in (1, 2)))
    assert getattr(record.acquisitions[0], field) == value
    assert not any(key.startswith("x-isa-parameter") for key in record.acquisitions[0].model_extra or {})


def test_the_imaging_method_is_a_term(tmp_path: Path) -> None:
    headers = [SAMPLE, "Protocol REF", "Parameter Value[imaging technique]", "Term Source REF", "Term Accession Number"]
    row = ["liver 1", "microscopy", "confocal", "FBbi", "http://purl.obolibrary.org/obo/FBbi_00000251", "a.tif"]
    record = assay_of(tmp_path, [*headers, "Raw Data File"], row)
    assert record.acquisitions[0].imaging_method[0].id == "FBbi:00000251"


def test_what_is_the_same_for_an_acquisition_is_kept_with_it_and_what_differs_with_the_files(tmp_path: Path) -> None:
    headers = [SAMPLE, "Protocol REF", "Parameter Value[gain]", "Parameter Value[power]", "Unit", "Raw Data File"]
    rows = [["liver 1", "microscopy", "3", "5", "mW", "a.tif"], ["liver 2", "microscopy", "4", "5", "mW", "b.tif"]]
    record = assay_of(tmp_path, headers, *rows)
    assert record.acquisitions[0].model_extra == {
        "x-isa-protocol microscopy Study Protocol Type": "imaging",
        "x-isa-parameter power": "5 mW",
    }
    assert record.files.column("x-isa-parameter gain") == ("3", "4")


def test_materials_between_samples_and_files_are_kept_with_the_files(tmp_path: Path) -> None:
    headers = [SAMPLE, "Protocol REF", "Extract Name", "Label", "Protocol REF", "Raw Data File"]
    record = assay_of(tmp_path, headers, ["liver 1", "extraction", "x1", "Cy3", "microscopy", "a.tif"])
    assert record.files.column("x-isa-node Extract Name") == ("x1",)
    assert titles(record, "acquisitions") == ["microscopy"]
    assert "Cy3" in str(record.acquisitions[0].model_extra)


def test_factor_values_of_an_assay_are_the_samples(tmp_path: Path) -> None:
    headers = [SAMPLE, "Raw Data File", "Factor Value[dose]"]
    record = assay_of(tmp_path, headers, ["liver 1", "a.tif", "5"], ["liver 2", "b.tif", "6"])
    assert [one.experimental_variable[0].value for one in record.biosamples] == ["5", "6"]


def test_factor_values_that_differ_within_a_sample_are_kept_with_the_files(tmp_path: Path) -> None:
    headers = [SAMPLE, "Raw Data File", "Factor Value[time]"]
    record = assay_of(tmp_path, headers, ["liver 1", "a.tif", "1 h"], ["liver 1", "b.tif", "2 h"])
    assert record.files.column("x-isa-factor value time") == ("1 h", "2 h")


def test_components_of_protocols_name_the_instrument(tmp_path: Path) -> None:
    protocols = {
        "Study Protocol Name": ["microscopy"],
        "Study Protocol Components Name": ["LSM 880;ZEN;stage"],
        "Study Protocol Components Type": ["confocal microscope;software"],
    }
    record = read(tmp_path, study_protocols=protocols).record
    [acquisition] = record.acquisitions
    assert (acquisition.instrument_model, acquisition.software) == ("LSM 880", "ZEN")
    assert acquisition.instrument_description == "stage"


def test_an_assay_without_its_table_is_a_component_still(tmp_path: Path) -> None:
    said = {"Study Assay File Name": "a_gone.txt", "Study Assay Technology Platform": "Zeiss"}
    found = read(tmp_path, study_assays=said)
    assert titles(found.record, "components") == ["gone"]
    assert found.record.components[0].description == "cell imaging, microscopy, Zeiss"
    assert "table_missing" in codes(found.findings)


def test_a_table_without_data_files_leaves_what_it_cannot_place(tmp_path: Path) -> None:
    headers = [SAMPLE, "Protocol REF", "Extract Name"]
    found = read(tmp_path, a_images=table(headers, ["liver 1", "microscopy", "x1"]))
    assert ("left", "a_images.txt", 1, 3) in told(found.findings)
    [kept] = [one for one in found.kept if one.header == "Extract Name"]
    assert kept.path == ""


def test_names_with_slashes_do_not_break_paths(tmp_path: Path) -> None:
    headers = [SOURCE, "Characteristics[a/b]", SAMPLE]
    record = samples_of(tmp_path, headers, ["m/1", "x", "l/1"])
    assert titles(record, "biosamples") == ["m/1"]
    assert record.biosamples[0].model_extra == {"x-isa-characteristics a b": "x"}
    assert all("/" not in one.id for name in COLLECTIONS for one in getattr(record, name))


def test_words_for_absences_are_only_ours(tmp_path: Path) -> None:
    record = read(tmp_path, study={"Study Description": "not recorded"}).record
    assert record.study.description == "not recorded"
    stamped = read(tmp_path / "o", study={"Study Description": "not recorded"}, investigation=STAMP).record
    assert stamped.study.description == Absent(absent="not_recorded")


STAMP: Mapping[str, str] = {"Comment[ISA Layout]": "rembi-isatab/1"}


def test_what_is_kept_is_written_back(tmp_path: Path) -> None:
    headers = [SOURCE, "Characteristics[age]", "Protocol REF", SAMPLE]
    said = {"Comment[Manuscript Licence]": "CC BY 4.0"}
    rows = (["mouse 1", "90", "dissection", "liver 1"], ["mouse 2", "91", "dissection", "liver 2"])
    record = read(tmp_path / "in", s_mice=table(headers, *rows), study=said).record
    isatab.write(record, tmp_path / "out")
    again = isatab.read(tmp_path / "out").record
    assert again.study.model_extra == {"x-isa-Manuscript Licence": "CC BY 4.0"}
    assert [one.model_extra for one in again.biosamples] == [
        {"x-isa-characteristics age": "90"},
        {"x-isa-characteristics age": "91"},
    ]
    assert [one.id for one in again.biosamples] == [one.id for one in record.biosamples]
