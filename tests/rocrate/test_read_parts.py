"""Entities of a crate, one at a time: what each property becomes in the record, whoever wrote the crate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.formats import rocrate
from rembi_widgets.formats.rocrate._read import curie, term
from tests.rocrate.making import ACQ, BIO, DATA, PREP, STUDY, codes, crate, entity, put, record, ref


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("DNA", {"label": "DNA"}),
        ("DAPI (CHEBI_51231)", {"label": "DAPI", "id": "CHEBI:51231"}),
        ("Homo sapiens (human)", {"label": "Homo sapiens (human)"}),
        ("a (b) (GO_1)", {"label": "a (b)", "id": "GO:1"}),
        ("(GO_1)", {"label": "(GO_1)"}),
        ("", {"label": ""}),
        ("a\nb (GO_1)", {"label": "a\nb", "id": "GO:1"}),
    ],
)
def test_a_term_may_have_its_id_in_brackets(text: str, made: dict[str, str]) -> None:
    assert term(text) == made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("obo:FBbi_00000251", "FBbi:00000251"),
        ("http://purl.obolibrary.org/obo/FBbi_00000251", "FBbi:00000251"),
        ("FBbi:00000251", "FBbi:00000251"),
        ("a_b_c", "a:b_c"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_an_id_has_one_form_in_the_record(text: str, made: str) -> None:
    assert curie(text) == made


@pytest.mark.parametrize(
    ("held", "first", "last"),
    [
        ({"name": "Ada Example"}, "Ada", "Example"),
        ({"name": "Ada B. Example"}, "Ada B.", "Example"),
        ({"name": "Example"}, None, "Example"),
        ({"givenName": "Ada", "familyName": "van Example", "name": "x y"}, "Ada", "van Example"),
        ({"familyName": "Example", "name": "x y"}, None, "Example"),
        ({"displayName": "Ada Example"}, "Ada", "Example"),
    ],
)
def test_a_name_is_split_at_its_last_blank(held: dict[str, str], first: str | None, last: str) -> None:
    (person,) = record(entity("#a", "Contributor", **held)).people
    assert (person.first_name, person.last_name) == (first, last)


def test_the_name_that_stands_for_none_is_no_name() -> None:
    (grown,) = record(entity("#b", "BioSample", name="not recorded", description="not recorded")).biosamples
    assert (grown.title, grown.description) == (None, None)


def test_an_orcid_may_be_the_id_of_a_person() -> None:
    (person,) = record(entity("https://orcid.org/0000-0002-1825-0097", "Contributor", name="A")).people
    assert person.orcid == "https://orcid.org/0000-0002-1825-0097"


def test_a_ror_may_be_the_id_of_an_organisation() -> None:
    (home,) = record(entity("https://ror.org/04t0gwh46", "Affiliation", name="A")).organisations
    assert home.ror == "https://ror.org/04t0gwh46"


def test_an_id_of_another_kind_is_no_ror() -> None:
    (home,) = record(entity("#home", "Affiliation", name="A")).organisations
    assert home.ror is None


@pytest.mark.parametrize("name", ["memberOf", "affiliation"])
def test_a_person_belongs_to_organisations(name: str) -> None:
    made = record(entity("#a", "Contributor", name="A", **{name: ref("#h")}), entity("#h", "Affiliation", name="H"))
    assert made.people[0].affiliations == (made.organisations[0].id,)


def test_a_person_of_no_organisation_of_the_crate_is_told() -> None:
    found = crate(entity("#a", "Contributor", name="A", memberOf=ref("#none")))
    assert codes(found) == ["dangling"]
    assert (found.findings[0].values["where"], found.findings[0].values["found"]) == ("#a", "#none")
    assert not found.record.people[0].affiliations


def test_roles_are_terms() -> None:
    (person,) = record(entity("#a", "Contributor", name="A", role=["a", "b"])).people
    assert [one.label for one in person.roles] == ["a", "b"]


@pytest.mark.parametrize(
    ("held", "year"),
    [({"yearPublished": 2021}, "2021"), ({"datePublished": "2021-03", "yearPublished": 2020}, "2021-03"), ({}, None)],
)
def test_the_year_of_a_publication(held: dict[str, Any], year: str | None) -> None:
    (paper,) = record(entity("#a", "Publication", name="A", **held)).publications
    assert paper.year == year


def test_a_grant_has_its_first_funder() -> None:
    funders = [entity("#f", "FundingBody", name="F"), entity("#g", "FundingBody", name="G")]
    (grant,) = record(*funders, entity("#a", "Grant", identifier="7", funder=ref("#f", "#g"))).grants
    assert (grant.funder, grant.grant_id) == ("F", "7")


def test_a_grant_without_an_identifier_is_called_by_its_name() -> None:
    (grant,) = record(entity("#a", "Grant", name="N 7")).grants
    assert (grant.funder, grant.grant_id) == (None, "N 7")


@pytest.mark.parametrize(
    ("held", "address"), [({}, "https://example.org/x"), ({"url": "https://example.org/y"}, "https://example.org/y")]
)
def test_the_id_of_a_link_is_its_address(held: dict[str, str], address: str) -> None:
    (link,) = record(entity("https://example.org/x", "ExternalReference", **held)).links
    assert link.url == address


def test_the_id_of_a_link_of_ours_is_none() -> None:
    (link,) = crate(entity("#li-1", "ExternalReference", description="d"), ours=True).record.links
    assert (link.id, link.url, link.description) == ("li-1", None, "d")


@pytest.mark.parametrize(
    ("held", "licence"),
    [
        ({"license": "https://creativecommons.org/publicdomain/zero/1.0/legalcode"}, "CC0"),
        ({"license": {"@id": "https://example.org/mine"}}, "https://example.org/mine"),
        ({"license": "https://www.ebi.ac.uk/about/terms-of-use/"}, None),
        ({"license": "https://www.ebi.ac.uk/about/terms-of-use/", "licenseStatement": "Mine"}, "Mine"),
        ({}, None),
    ],
)
def test_a_licence_is_called_by_its_name(held: dict[str, Any], licence: str | None) -> None:
    assert record({**STUDY, **held}).study.license == licence


@pytest.mark.parametrize(
    ("held", "ours", "day"),
    [
        ({"datePublished": "2026-01-01"}, False, "2026-01-01"),
        ({"datePublished": "2026-01-01"}, True, None),
        ({"datePublished": "2026-01-01", "releaseDate": "soon"}, True, "soon"),
        ({"datePublished": "2026-01-01", "releaseDate": "2027-01-01"}, False, "2027-01-01"),
    ],
)
def test_the_day_of_an_export_is_no_release(held: dict[str, str], ours: bool, day: str | None) -> None:
    assert crate({**STUDY, **held}, ours=ours).record.study.release_date == day


@pytest.mark.parametrize(
    ("held", "accession"),
    [
        ({"accessionId": "S-BIAD1"}, "S-BIAD1"),
        ({"accessionId": "not assigned"}, None),
        ({"accessionId": "not assigned", "identifier": "mine"}, "mine"),
        ({"identifier": "mine"}, "mine"),
    ],
)
def test_an_accession_is_the_archives_or_the_one_that_was_given(held: dict[str, str], accession: str | None) -> None:
    assert (record({**STUDY, **held}).study.accession or None) == accession


def test_a_composed_line_is_no_description() -> None:
    held = {"description": "mine\nBiological entity: a; b\nmore", "biologicalEntityName": ["a", "b"]}
    (grown,) = record(entity("#b", "BioSample", name="B", **held)).biosamples
    assert grown.description == "mine\nmore"
    assert [one.label for one in grown.biological_entity] == ["a", "b"]


def test_a_line_that_names_another_entity_stays() -> None:
    held = {"description": "Biological entity: c", "biologicalEntityName": ["a"]}
    (grown,) = record(entity("#b", "BioSample", name="B", **held)).biosamples
    assert grown.description == "Biological entity: c"


@pytest.mark.parametrize(
    ("taxon", "label", "identity"),
    [
        (entity("NCBI:txid9606", "Taxon", scientificName="Homo sapiens"), "Homo sapiens", "NCBITaxon:9606"),
        (entity("#t", "Taxon", scientificName="S", commonName="c"), "S (c)", None),
        (entity("#t", "Taxon", commonName="c"), "c", None),
        (entity("#t", "Taxon", scientificName="S", identifier="NCBITaxon_7"), "S", "NCBITaxon:7"),
        (entity("http://purl.obolibrary.org/obo/NCBITaxon_7", "Taxon", scientificName="S"), "S", "NCBITaxon:7"),
    ],
)
def test_an_organism_has_its_names_and_its_id(taxon: dict[str, Any], label: str, identity: str | None) -> None:
    made = record(taxon, entity("#b", "BioSample", name="B", organismClassification=ref(taxon["@id"])))
    (organism,) = made.biosamples[0].organism
    assert (organism.label, organism.id) == (label, identity)


def test_a_taxon_without_a_name_is_no_organism() -> None:
    made = record(entity("#t", "Taxon"), entity("#b", "BioSample", name="B", organismClassification=ref("#t")))
    assert not made.biosamples[0].organism


def test_methods_and_their_ids_belong_together_if_they_are_as_many() -> None:
    (one,) = record(
        entity("#q", "ImageAcquisitionProtocol", imagingMethodName=["a", "b"], fbbiId=["obo:FBbi_1", "obo:FBbi_2"])
    ).acquisitions
    assert [(it.label, it.id) for it in one.imaging_method] == [("a", "FBbi:1"), ("b", "FBbi:2")]


def test_ids_that_belong_to_no_method_are_kept_apart() -> None:
    (one,) = record(
        entity("#q", "ImageAcquisitionProtocol", imagingMethodName=["a", "b"], fbbiId=["obo:FBbi_1"])
    ).acquisitions
    assert [it.id for it in one.imaging_method] == [None, None]
    assert list((one.model_extra or {})["x-fbbi"]) == ["FBbi:1"]


def test_a_method_with_an_id_of_its_own_takes_none_of_the_list() -> None:
    held = {"imagingMethodName": ["a (EDAM_3)", "b"], "fbbiId": ["obo:FBbi_2"]}
    (one,) = record(entity("#q", "ImageAcquisitionProtocol", **held)).acquisitions
    assert [it.id for it in one.imaging_method] == ["EDAM:3", "FBbi:2"]


def test_lines_with_a_label_are_fields() -> None:
    text = "counted\nby hand\nSoftware: Fiji\n2.0\nData used: all"
    (one,) = record(entity("#a", "ImageAnalysisMethod", name="A", description=text)).analyses
    assert (one.method, one.software, one.data_used) == ("counted\nby hand", "Fiji\n2.0", "all")


def test_authors_of_an_annotation_are_found_by_name() -> None:
    people = [entity(f"#{n}", "Contributor", name=f"Ada {n}") for n in ("One", "Two")]
    method = entity("#m", "AnnotationMethod", name="M", description="o\nAuthors: Ada Two; Nobody")
    made = record(*people, method)
    assert made.annotations[0].authors == (made.people[1].id,)


def test_a_sample_is_made_of_each_pair_where_there_is_none() -> None:
    made = record(BIO, PREP, ACQ, DATA)
    (sample,) = made.samples
    assert (sample.biosample, sample.specimen) == (made.biosamples[0].id, made.specimens[0].id)


def test_where_there_are_samples_no_other_is_made() -> None:
    own = entity("#s", "Specimen", biologicalEntity=ref("#b"), imagingPreparationProtocol=ref("#p"))
    assert len(record(BIO, PREP, ACQ, DATA, own).samples) == 1


def test_signals_of_a_preparation_are_those_of_its_samples() -> None:
    signal = entity("#c", "SignalChannel", channelContentDescription="DAPI", signalContrastMechanismDescription="a; b")
    made = record(BIO, {**PREP, "signalChannelInformation": ref("#c")}, ACQ, DATA, signal)
    assert [one.content.label for one in made.samples[0].labels] == ["DAPI"]
    assert [one.label for one in made.samples[0].signal_contrast_mechanism] == ["a", "b"]


def test_a_signal_of_a_contrast_alone_is_no_label() -> None:
    signal = entity("#c", "SignalChannel", signalContrastMechanismDescription="phase")
    made = record(BIO, {**PREP, "signalChannelInformation": ref("#c")}, ACQ, DATA, signal)
    assert not made.samples[0].labels


def test_growth_is_told_of_what_was_prepared() -> None:
    growth = entity("#g", "Protocol", name="G", description="in KSOM")
    made = record({**BIO, "growthProtocol": ref("#g")}, PREP, ACQ, DATA, growth)
    assert made.specimens[0].growth_protocol == "in KSOM"


def test_growth_of_another_data_set_is_not_told() -> None:
    growth = entity("#g", "Protocol", name="G", description="in KSOM")
    alone = {**DATA, "associatedSpecimenImagingPreparationProtocol": []}
    made = record({**BIO, "growthProtocol": ref("#g")}, PREP, ACQ, alone, growth)
    assert made.specimens[0].growth_protocol is None


def test_a_protocol_of_a_data_set_is_kept_with_it() -> None:
    made = record(
        {**DATA, "associatedProtocol": ref("#x")}, BIO, PREP, ACQ, entity("#x", "Protocol", name="X", description="d")
    )
    assert "X: d" in str(made.components[0].model_extra)


@pytest.mark.parametrize("kind", ["MifaDataset", "Dataset"])
def test_a_data_set_of_annotations_is_no_component(kind: str) -> None:
    data = {"@id": "#d", "@type": ["bia:Dataset", f"bia:{kind}"], "associatedAnnotationMethod": ref("#m")}
    made = record(data, entity("#m", "AnnotationMethod", name="M"))
    assert (len(made.components), len(made.annotations)) == (0, 1)


def test_a_data_set_of_images_with_annotations_is_a_component() -> None:
    made = record(BIO, PREP, ACQ, {**DATA, "associatedAnnotationMethod": ref("#m")}, entity("#m", "AnnotationMethod"))
    assert len(made.components) == 1


def test_unknown_properties_are_kept_and_told() -> None:
    found = crate({**BIO, "shelf": "3", "shelves": ["a", "b"], "count": 4, "nothing": None, "of": {"@id": "#x"}})
    assert codes(found) == ["unknown"] * 3
    held = found.record.biosamples[0].model_extra or {}
    assert held["x-shelf"] == "3"
    assert list(held["x-shelves"]) == ["a", "b"]
    assert held["x-count"] == "4"


def test_every_property_of_the_profile_is_known() -> None:
    assert codes(crate(BIO, PREP, ACQ, DATA)) == []


def test_half_a_character_costs_itself_alone(tmp_path: Path) -> None:
    made = record({**STUDY, "name": "a\ud800"}, {**BIO, "description": "\udfff"})
    assert len(made.biosamples) == 1
    assert len(rocrate.write(made, tmp_path).files) == 2


def test_two_ids_of_ours_that_mean_one_are_two_entities() -> None:
    two = [entity("#bs-1", "BioSample", name="A"), entity("#bs%2D1", "BioSample", name="B")]
    made = crate(*two, ours=True).record
    assert len({one.id for one in made.biosamples}) == 2


def test_an_entity_of_two_classes_is_read_as_both() -> None:
    both = {"@id": "#x", "@type": ["bia:BioSample", "bia:Specimen"], "name": "X"}
    made = record(both)
    assert (len(made.biosamples), len(made.samples)) == (1, 1)


def test_real_crates_have_no_reference_to_nowhere_but_the_one_that_is_made_so(samples: Path) -> None:
    home = samples / "rocrate" / "bia" / "validator_tests"
    told = {one.name for one in sorted(home.iterdir()) if "dangling" in codes(rocrate.read(one))}
    assert "test_typical_ro_crate" not in told
    assert "test_minimal_valid_ro_crate" not in told


def test_a_real_list_that_repeats_a_path_gives_each_file_once(samples: Path) -> None:
    home = samples / "rocrate" / "bia" / "validator_tests" / "test_file_list_duplicate_path"
    paths = rocrate.read(home).record.files.column("path")
    assert len(set(paths)) == len(paths)


def test_crates_of_the_search_profile_are_read_or_refused_in_a_sentence(samples: Path, tmp_path: Path) -> None:
    from rembi_widgets.errors import RembiError

    for number, file in enumerate(sorted((samples / "rocrate" / "gide").rglob("*ro-crate-metadata.json"))):
        home = put(tmp_path / str(number))
        (home / "ro-crate-metadata.json").write_bytes(file.read_bytes())
        with pytest.raises(RembiError, match="bia:Study"):
            rocrate.read(home)
