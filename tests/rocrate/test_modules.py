"""Modules, people and rows as entities, one at a time: which property says what, and what is left out."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.formats import rocrate
from rembi_widgets.formats.rocrate._modules import words
from rembi_widgets.record import Curation, Finding, Table, Term
from tests.rocrate.reading import Crate, read

BS, SP = {"id": "bs-1", "title": "B"}, {"id": "sp-1", "title": "S", "preparation_method": "fixed"}
SA = {"id": "sa-1", "biosample": "bs-1", "specimen": "sp-1"}
CELLS: dict[str, Any] = {"biosamples": [BS], "specimens": [SP], "samples": [SA]}


def made(**parts: Any) -> tuple[Crate, tuple[Finding, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        found = rocrate.write(Curation.model_validate(parts), Path(folder)).findings
        return read(Path(folder)), found


def crate(**parts: Any) -> Crate:
    return made(**parts)[0]


def codes(**parts: Any) -> list[str]:
    return [one.code.removeprefix("rocrate_") for one in made(**parts)[1]]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Term(label="DNA", id="GO:1"), "DNA (GO_1)"),
        (Term(label="DNA"), "DNA"),
        ("DNA", "DNA"),
        (None, ""),
        (Term(label="", id="GO:1"), "GO:1 (GO_1)"),
    ],
)
def test_a_term_is_said_with_its_id(value: Any, text: str) -> None:
    assert words(value) == text


@pytest.mark.parametrize(("biosample", "specimen"), [("bs-1", None), (None, "sp-1"), ("bs-9", "sp-1"), (None, None)])
def test_a_sample_needs_both_what_and_how(biosample: str | None, specimen: str | None) -> None:
    held = {**CELLS, "samples": [{"id": "sa-1", "biosample": biosample, "specimen": specimen}]}
    assert crate(**held).all("Specimen") == []


def test_a_sample_of_both_is_a_specimen() -> None:
    one = crate(**CELLS).only("Specimen")
    assert (one["biologicalEntity"], one["imagingPreparationProtocol"]) == ([{"@id": "#bs-1"}], [{"@id": "#sp-1"}])


def test_a_preparation_without_words_says_that_there_are_none() -> None:
    assert crate(specimens=[{"id": "sp-1"}]).only("SpecimenImagingPreparationProtocol")["description"] == "not recorded"


def test_growth_is_a_protocol_of_its_own() -> None:
    made_of = crate(**{**CELLS, "specimens": [{**SP, "growth_protocol": "fed"}]})
    growth = made_of.only("Protocol")
    assert (growth["@id"], growth["name"], growth["description"]) == ("#sp-1-growth", "Growth: S", "fed")
    assert made_of.only("BioSample")["growthProtocol"] == {"@id": "#sp-1-growth"}


def test_a_biosample_that_was_grown_in_two_ways_names_neither() -> None:
    two = [{"id": f"sp-{n}", "title": str(n), "growth_protocol": str(n)} for n in (1, 2)]
    samples = [{"id": f"sa-{n}", "biosample": "bs-1", "specimen": f"sp-{n}"} for n in (1, 2)]
    assert "growthProtocol" not in crate(biosamples=[BS], specimens=two, samples=samples).only("BioSample")


def test_variables_are_texts() -> None:
    rows = [{"id": "va-1", "name": "dose", "value": "1"}, {"id": "va-2", "name": "time"}, {"id": "va-3"}]
    held = {"intrinsic_variable": ["a"], "extrinsic_variable": ["b", "c"], "experimental_variable": rows}
    one = crate(biosamples=[{**BS, **held}]).only("BioSample")
    assert one["intrinsicVariableDescription"] == ["a"]
    assert one["extrinsicVariableDescription"] == ["b", "c"]
    assert one["experimentalVariableDescription"] == ["dose: 1", "time"]


def test_biosamples_of_one_organism_share_its_taxon() -> None:
    mouse = {"label": "Mus musculus", "id": "NCBITaxon:10090"}
    made_of = crate(biosamples=[{"id": f"bs-{n}", "organism": [mouse]} for n in (1, 2)])
    assert made_of.only("Taxon")["@id"] == "NCBI:txid10090"
    assert [one["organismClassification"] for one in made_of.all("BioSample")] == [[{"@id": "NCBI:txid10090"}]] * 2


@pytest.mark.parametrize(
    "organism", ["Mus musculus", {"label": "Mus", "id": "EFO:1"}, {"label": "Mus", "id": "NCBITaxon:x"}]
)
def test_an_organism_without_a_taxon_has_an_id_of_the_crate(organism: Any) -> None:
    assert crate(biosamples=[{**BS, "organism": [organism]}]).only("Taxon")["@id"] == "#taxon-1"


@pytest.mark.parametrize(
    ("held", "text"),
    [({}, "not recorded"), ({"instrument_model": "LSM"}, "LSM"), ({"instrument_description": "a scope"}, "a scope")],
)
def test_an_acquisition_has_an_instrument(held: dict[str, str], text: str) -> None:
    one = crate(acquisitions=[{"id": "ac-1", **held}]).only("ImageAcquisitionProtocol")
    assert one["imagingInstrumentDescription"] == text


def test_what_the_structure_says_is_not_said_twice() -> None:
    held = {"acquisition_parameters": "Time interval: 5 s; slow", "time_interval": {"number": 5, "unit": "s"}}
    one = crate(acquisitions=[{"id": "ac-1", **held}]).only("ImageAcquisitionProtocol")
    assert one["description"] == "Time interval: 5 s; slow"


def test_what_images_have_in_common_is_told_of_their_acquisition() -> None:
    parts = {
        "acquisitions": [{"id": "ac-1"}],
        "components": [{"id": "sc-1", "associations": [{"id": "as-1", "acquisition": "ac-1"}]}],
        "files": Table(("fl-1",), {"path": ("a.tif",), "component": ("sc-1",)}),
        "images": Table(("im-1",), {"file": ("fl-1",), "size_x": (64.0,)}),
    }
    assert crate(**parts).only("ImageAcquisitionProtocol")["description"] == "Image data: SizeX: 64"


def test_authors_of_an_annotation_are_told_by_name() -> None:
    parts = {
        "people": [{"id": "pe-1", "first_name": "Ada", "last_name": "Example"}],
        "annotations": [{"id": "at-1", "authors": ["pe-1", "pe-9"]}],
    }
    assert crate(**parts).only("AnnotationMethod")["description"].splitlines()[-1] == "Authors: Ada Example"


def test_a_component_names_what_its_associations_do_once() -> None:
    links = [
        {"id": f"as-{n}", "sample": "sa-1", "acquisition": "ac-1", "analysis": "an-1", "correlation": "co-1"}
        for n in (1, 2)
    ]
    more = {"acquisitions": [{"id": "ac-1"}], "analyses": [{"id": "an-1"}], "correlations": [{"id": "co-1"}]}
    one = crate(**CELLS, **more, components=[{"id": "sc-1", "associations": links}]).only("RembiDataset")
    assert one["associatedBiologicalEntity"] == [{"@id": "#bs-1"}]
    assert one["associatedSpecimen"] == {"@id": "#sa-1"}
    assert one["associatedImageAcquisitionProtocol"] == [{"@id": "#ac-1"}]
    assert one["associatedImageAnalysisMethod"] == [{"@id": "#an-1"}]
    assert one["associatedImageCorrelationMethod"] == [{"@id": "#co-1"}]


def test_a_component_of_two_samples_names_no_single_specimen() -> None:
    samples = [SA, {**SA, "id": "sa-2"}]
    links = [{"id": "as-1", "sample": "sa-1"}, {"id": "as-2", "sample": "sa-2"}]
    parts = {**CELLS, "samples": samples, "components": [{"id": "sc-1", "associations": links}]}
    assert "associatedSpecimen" not in crate(**parts).only("RembiDataset")


@pytest.mark.parametrize("ref", ["sample", "acquisition", "analysis", "correlation"])
def test_an_association_that_names_nothing_there_is_names_nothing(ref: str) -> None:
    parts = {"components": [{"id": "sc-1", "title": "C", "associations": [{"id": "as-1", ref: "none"}]}]}
    assert not [name for name in crate(**parts).only("RembiDataset") if name.startswith("associated")]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1825-009x/", "https://orcid.org/0000-0002-1825-009X"),
        ("1825-0097", "#pe-1"),
        ("https://example.org/0000-0002-1825-0097", "#pe-1"),
    ],
)
def test_a_person_is_known_by_an_orcid(given: str, wanted: str) -> None:
    one = crate(people=[{"id": "pe-1", "last_name": "A", "orcid": given}]).only("Contributor")
    assert (one["@id"], one["identifier"]) == (wanted, given)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("https://ror.org/04T0GWH46", "https://ror.org/04t0gwh46"),
        ("04t0gwh46", "https://ror.org/04t0gwh46"),
        ("4t0gwh46", "#or-1"),
        ("", "#or-1"),
    ],
)
def test_an_organisation_is_known_by_a_ror(given: str, wanted: str) -> None:
    assert crate(organisations=[{"id": "or-1", "title": "A", "ror": given}]).only("Affiliation")["@id"] == wanted


@pytest.mark.parametrize(
    ("held", "name"),
    [
        ({"first_name": "Ada", "last_name": "E"}, "Ada E"),
        ({"email": "a@example.org"}, "a@example.org"),
        ({}, "not recorded"),
    ],
)
def test_a_person_has_some_name(held: dict[str, str], name: str) -> None:
    assert crate(people=[{"id": "pe-1", **held}]).only("Contributor")["name"] == name


@pytest.mark.parametrize(("year", "wanted"), [("2021", 2021), ("in press", None), ("\uff12021", None), ("20211", None)])
def test_a_year_is_four_digits(year: str, wanted: int | None) -> None:
    one = crate(publications=[{"id": "pu-1", "year": year}]).only("Publication")
    assert one.get("yearPublished") == wanted
    assert one["datePublished"] == year


def test_grants_of_one_funder_share_it() -> None:
    made_of = crate(grants=[{"id": f"gr-{n}", "funder": "F", "grant_id": str(n)} for n in (1, 2)])
    assert made_of.only("FundingBody")["name"] == "F"
    assert [one["identifier"] for one in made_of.all("Grant")] == ["1", "2"]


@pytest.mark.parametrize(
    ("url", "identity"),
    [("https://example.org/a", "https://example.org/a"), ("example.org", "#li-1"), ("https://é.org", "#li-1")],
)
def test_a_link_is_known_by_its_address(url: str, identity: str) -> None:
    one = crate(links=[{"id": "li-1", "url": url}]).only("ExternalReference")
    assert (one["@id"], one["url"]) == (identity, url)


GOOD: dict[str, Any] = {"title": "t", "description": "d", "license": "CC0", "release_date": "2026-01-01"}


def test_a_study_that_says_all_is_told_nothing() -> None:
    assert codes(study=GOOD, people=[{"id": "pe-1", "last_name": "A"}]) == []


@pytest.mark.parametrize("field", GOOD)
def test_each_thing_that_a_study_lacks_is_told(field: str) -> None:
    study = {name: value for name, value in GOOD.items() if name != field}
    assert codes(study=study, people=[{"id": "pe-1", "last_name": "A"}]) == [field]


@pytest.mark.parametrize("day", ["2026", "01/02/2026", "2026-13-01", "2026-1-1", "soon", "2026-01-01T00:00:00Z"])
def test_a_release_date_of_another_form_is_told_with_what_was_found(day: str) -> None:
    crate_of, found = made(study={**GOOD, "release_date": day}, people=[{"id": "pe-1", "last_name": "A"}])
    assert [(one.code, one.found) for one in found] == [("rocrate_release_date", day)]
    assert crate_of.only("Study")["releaseDate"] == day


@pytest.mark.parametrize(
    ("accession", "wanted"), [("S-BIAD1", "S-BIAD1"), ("mine", "not assigned"), ("S-BIAD1 ", "S-BIAD1")]
)
def test_an_accession_is_the_archives_or_none(accession: str, wanted: str) -> None:
    assert crate(study={"accession": accession}).only("Study")["accessionId"] == wanted


def test_words_of_a_study_stand_once() -> None:
    study = {"keywords": ["a", "b", "a"], "study_type": ["b", "c"]}
    assert crate(study=study).only("Study")["keywords"] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("size", "cell"), [(12.0, "12"), (0.0, "0"), (None, ""), (float("inf"), ""), (float("nan"), "")]
)
def test_a_size_is_written_if_it_is_one(size: float | None, cell: str) -> None:
    sizes = (size, 7.0)
    table = Table(("fl-1", "fl-2"), {"path": ("a.tif", "b.tif"), "component": ("sc-1",) * 2, "size_bytes": sizes})
    rows = crate(components=[{"id": "sc-1"}], files=table).rows
    assert [row["http://bia/sizeInBytes"] for row in rows] == [cell, "7"]


@pytest.mark.parametrize("header", ["type", "Dataset", "NAME", "file_path"])
def test_a_free_column_by_a_name_of_the_profile_gets_another(header: str) -> None:
    table = Table(
        ("fl-1", "fl-2"), {"path": ("a.tif", "b.tif"), "component": ("sc-1",) * 2, f"x-bia-{header}": ("1", "2")}
    )
    rows = crate(components=[{"id": "sc-1"}], files=table).rows
    assert [row[f"{header} 2"] for row in rows] == ["1", "2"]


def test_two_paths_that_are_one_in_the_list_stand_once() -> None:
    table = Table(("fl-1", "fl-2"), {"path": ("a.tif", "./a.tif"), "component": ("sc-1",) * 2})
    crate_of, found = made(components=[{"id": "sc-1"}], files=table)
    assert [row["http://bia/filePath"] for row in crate_of.rows] == ["a.tif"]
    assert [one.values["n"] for one in found if one.code == "rocrate_twice"] == [1]


def test_text_of_every_script_stands_in_the_crate_as_it_is(tmp_path: Path) -> None:
    rocrate.write(Curation.model_validate({"study": {"title": "Étude 研究"}}), tmp_path)
    text = (tmp_path / "ro-crate-metadata.json").read_text(encoding="utf-8")
    assert "Étude 研究" in text
    assert json.loads(text)["@graph"][0]["@id"] == "ro-crate-metadata.json"
