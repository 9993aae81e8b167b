"""Names and ids in their two spellings: the templates' and the record's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.formats.rembiyaml import _shape
from rembi_widgets.formats.rembiyaml._shape import curie, kept_name, key_of, many, spelled
from rembi_widgets.record import COLLECTIONS, ROWS, Study

keys = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=12)


@given(keys)
def test_a_key_that_is_kept_is_found_again(key: str) -> None:
    assert key_of(kept_name(key)) == key


@given(keys, keys)
def test_two_keys_are_kept_under_two_names(one: str, other: str) -> None:
    assert (kept_name(one) == kept_name(other)) == (one == other)


@given(keys)
def test_a_kept_key_is_free_in_the_record_and_no_path(key: str) -> None:
    assert kept_name(key).startswith("x-")
    assert "/" not in kept_name(key)


@pytest.mark.parametrize("key", ["x-yaml-a", "x-yaml.key", "x-yaml.root.a", "x-a.b", "x-", "id", "title", "x-a/b"])
def test_a_key_that_could_be_taken_for_ours_is_escaped(key: str) -> None:
    assert kept_name(key).startswith(_shape.KEPT)
    assert key_of(kept_name(key)) == key


@pytest.mark.parametrize("key", ["x-gain", "x-gain factor", "x-a_b-c", "x-é"])
def test_a_free_key_stands_as_it_is(key: str) -> None:
    assert kept_name(key) == key


@pytest.mark.parametrize(
    "said",
    [
        "9606",
        "NCBI:txid9606",
        "NCBITaxon:9606",
        "NCBITaxon_9606",
        " 9606 ",
        "http://purl.obolibrary.org/obo/NCBITaxon_9606",
        "https://purl.obolibrary.org/obo/NCBITaxon_9606",
    ],
)
def test_a_taxon_has_one_id_however_it_is_spelled(said: str) -> None:
    assert curie(said, taxon=True) == "NCBITaxon:9606"


@pytest.mark.parametrize("said", ["human", "txid9606", "NCBI:9606a", "", "9606.1"])
def test_what_is_no_taxon_stays(said: str) -> None:
    assert curie(said, taxon=True) == said


def test_digits_alone_are_a_taxon_only_where_one_is_wanted() -> None:
    assert curie("9606") == "9606"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("http://purl.obolibrary.org/obo/GO_0005634", "GO:0005634"),
        ("https://purl.obolibrary.org/obo/FBbi_00000251", "FBbi:00000251"),
        ("http://purl.obolibrary.org/obo/", "http://purl.obolibrary.org/obo/"),
        ("https://example.org/GO_1", "https://example.org/GO_1"),
        ("FBbi:00000251", "FBbi:00000251"),
        (" GO:1 ", "GO:1"),
    ],
)
def test_an_address_of_obo_is_a_short_id(said: str, found: str) -> None:
    assert curie(said) == found


@given(st.sampled_from(["FBbi", "GO", "EFO", "CL"]), st.integers(0, 10**8))
def test_a_short_id_comes_back(prefix: str, number: int) -> None:
    assert curie(spelled(f"{prefix}:{number}")) == f"{prefix}:{number}"


@given(st.integers(1, 10**8))
def test_a_taxon_comes_back(number: int) -> None:
    assert curie(spelled(f"NCBITaxon:{number}"), taxon=True) == f"NCBITaxon:{number}"


@pytest.mark.parametrize("identity", ["", "CVCL_0030", "text", "a:b", "https://example.org/a:1"])
def test_an_id_of_another_form_is_written_as_it_is(identity: str) -> None:
    assert spelled(identity) == identity


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (None, []),
        ("", []),
        ([], []),
        ({}, []),
        ("a", ["a"]),
        (["a", None, "", "b"], ["a", "b"]),
        ({"a": "b"}, [{"a": "b"}]),
        ([["a"]], [["a"]]),
    ],
)
def test_one_or_several_are_several(value: object, found: list[object]) -> None:
    assert many(value) == found


def _homes() -> list[tuple[str, str]]:
    tables = [*_shape.LISTS.values(), *_shape.SECTIONS.values(), ("components", _shape.COMPONENT)]
    tables += [("grants", _shape.GRANT), ("organisations", _shape.AFFILIATION), ("biosamples", _shape.VARIABLES)]
    return [(collection, field) for collection, fields in tables for field in fields.values()]


@pytest.mark.parametrize(("collection", "field"), _homes())
def test_every_key_leads_to_a_field_of_the_record(collection: str, field: str) -> None:
    assert field in COLLECTIONS[collection].model_fields


@pytest.mark.parametrize("field", [*_shape.STUDY.values(), *_shape.VERSIONS.values()])
def test_every_key_of_the_study_leads_to_a_field_of_it(field: str) -> None:
    assert field in Study.model_fields


def test_every_reference_leads_to_a_section_of_the_file() -> None:
    sections = {collection for collection, _ in _shape.SECTIONS.values()}
    assert set(_shape.REFERENCES.values()) < sections
    assert "associations" in ROWS
