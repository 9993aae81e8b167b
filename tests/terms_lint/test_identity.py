"""Identifiers as people, files and lookup services write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.terms._identity import read_identity
from rembi_widgets.terms._ontologies import ONTOLOGIES, ontology_named

TWICE = "https://www.ebi.ac.uk/ols4/ontologies/fbbi/classes/http%253A%252F%252Fpurl.obolibrary.org%252Fobo%252FFBbi_00000251"

WRITTEN = {
    "FBbi:00000251": [
        "FBbi:00000251",
        "FBbi_00000251",
        "Fbbi_00000251",
        "fbbi:00000251",
        "FBBI: 00000251",
        "FBbi 00000251",
        "FBbi00000251",
        "FBbi::00000251",
        "  FBbi:00000251\u200b ",
        "obo:FBbi_00000251",
        "http://purl.obolibrary.org/obo/FBbi_00000251",
        "https://purl.obolibrary.org/obo/FBbi_00000251/",
        "purl.obolibrary.org/obo/FBbi_00000251",
        TWICE,
    ],
    "NCBITaxon:9606": [
        "NCBITaxon_9606",
        "NCBITAXON:9606",
        "NCBITaxon:NCBITaxon_9606",
        "NCBI:txid9606",
        "NCBITaxon:0009606",
        "txid9606",
        "taxon:9606",
        "NCBI Taxonomy:9606",
        "https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?id=9606",
        "https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?mode=Info&id=9606",
        "https://www.ncbi.nlm.nih.gov/taxonomy/9606",
        "http://purl.bioontology.org/ontology/NCBITAXON/9606",
        "https://identifiers.org/taxonomy:9606",
    ],
    "CVCL_0030": [
        "CVCL_0030",
        "CVCL:0030",
        "CVCL_30",
        "cvcl_0030",
        "RRID:CVCL_0030",
        "https://www.cellosaurus.org/CVCL_0030",
    ],
    "CVCL_Y803": ["CVCL_Y803", "cvcl_y803"],
    "EFO:0007550": ["EFO_0007550", "EFO:EFO_0007550", "http://www.ebi.ac.uk/efo/EFO_0007550", "EFO:7550"],
    "EDAM:topic_3382": ["topic_3382", "EDAM:topic_3382", "http://edamontology.org/topic_3382"],
    "EDAM_BIM:topic_Microscopy": ["EDAM_BIM:topic_Microscopy", "EDAM-BIM:topic_Microscopy"],
    "UO:0000017": ["UO:17", "UO_0000017", "UO:00000017"],
    "NCIT:C181928": ["NCIT_C181928", "ncit:c181928"],
}


@pytest.mark.parametrize(("wanted", "said"), [(wanted, said) for wanted, all_ in WRITTEN.items() for said in all_])
def test_every_way_to_write_an_identifier_is_read(wanted: str, said: str) -> None:
    read = read_identity(said)
    assert read is not None
    assert (read.curie, read.fits) == (wanted, True)


@pytest.mark.parametrize(
    ("said", "source", "wanted"),
    [
        ("9606", "NCBITaxon", "NCBITaxon:9606"),
        ("9606", "NCBI Taxonomy", "NCBITaxon:9606"),
        ("0000253", "EFO", "EFO:0000253"),
        ("0030", "Cellosaurus", "CVCL_0030"),
        ("9606", "http://purl.obolibrary.org/obo/ncbitaxon.owl", "NCBITaxon:9606"),
    ],
)
def test_a_bare_number_belongs_to_the_ontology_beside_it(said: str, source: str, wanted: str) -> None:
    read = read_identity(said, source)
    assert read is not None
    assert (read.curie, read.bare) == (wanted, True)


@pytest.mark.parametrize(
    "said",
    ["9606", "see paper", "", "n/a", "https://credit.niso.org/contributor-roles/software/", "human", "☃", "a b c d"],
)
def test_what_is_no_identifier_is_none(said: str) -> None:
    assert read_identity(said) is None


def test_zeros_lost_in_a_spreadsheet_are_noticed() -> None:
    read = read_identity("CL:540")
    assert read is not None
    assert (read.curie, read.filled) == ("CL:0000540", True)


def test_of_an_unknown_ontology_nothing_is_said() -> None:
    read = read_identity("RRID:AB_12345")
    assert read is not None
    assert (read.ontology, read.curie, read.fits) == (None, "RRID:AB_12345", True)


def test_letters_where_digits_belong_do_not_fit() -> None:
    read = read_identity("FBbi:confocal")
    assert read is not None
    assert not read.fits


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("Cellosaurus", "CVCL"),
        ("EDAM-BIOIMAGING", "EDAM_BIM"),
        ("fbbi.owl", "FBbi"),
        ("Biological Imaging Methods Ontology", "FBbi"),
        ("http://www.ebi.ac.uk/efo/", "EFO"),
        ("NCBI organismal classification", "NCBITaxon"),
    ],
)
def test_ontologies_are_known_by_their_names(name: str, prefix: str) -> None:
    known = ontology_named(name)
    assert known is not None
    assert known.prefix == prefix


def test_an_unknown_name_of_an_ontology_is_none() -> None:
    assert ontology_named("My own list") is None


@given(st.text(max_size=80), st.sampled_from(["", "EFO", "NCBITaxon", "Cellosaurus"]))
def test_no_text_breaks_the_reading(said: str, source: str) -> None:
    read = read_identity(said, source)
    assert read is None or read.said == said


@given(st.sampled_from([one for one in ONTOLOGIES if one.width]), st.integers(1, 9_999_999))
def test_colon_underscore_and_address_say_the_same(ontology: object, number: int) -> None:
    from rembi_widgets.terms._ontologies import Ontology

    assert isinstance(ontology, Ontology)
    local = str(number).zfill(ontology.width)
    forms = [f"{ontology.prefix}:{local}", f"{ontology.prefix}_{local}", f"http://x.org/obo/{ontology.prefix}_{local}"]
    read = [read_identity(form) for form in forms]
    assert {one.curie for one in read if one} == {f"{ontology.prefix}:{local}"}
