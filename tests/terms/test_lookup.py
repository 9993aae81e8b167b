"""Looking up: identifiers in any spelling, one step up and down, and branches of fields."""

from __future__ import annotations

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.terms import Known, children_of, in_field, lookup, parents_of


def known(identity: str) -> Known:
    found = lookup(identity)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "given",
    [
        "FBbi:00000251",
        "FBbi_00000251",
        "fbbi:00000251",
        "Fbbi_00000251",
        "http://purl.obolibrary.org/obo/FBbi_00000251",
        "<http://purl.obolibrary.org/obo/FBbi_00000251>",
        "confocal microscopy (FBbi:00000251)",
    ],
)
def test_an_identifier_in_any_spelling(given: str) -> None:
    assert known(given).id == "FBbi:00000251"


@pytest.mark.parametrize(
    "given", ["CVCL_0030", "CVCL:0030", "cvcl_0030", "https://web.expasy.org/cellosaurus/CVCL_0030"]
)
def test_cell_lines_keep_their_underscore(given: str) -> None:
    assert known(given).id == "CVCL_0030"


@pytest.mark.parametrize(
    "given", ["", "confocal", "FBbi:", "FBbi:99999999", "9606", "XX:1", ":", "a:b:c", "FBbi 00000251"]
)
def test_what_is_no_identifier_is_not_known(given: str) -> None:
    assert lookup(given) is None
    assert parents_of(given) == children_of(given) == ()
    assert in_field(given, "organism") is None


def test_all_that_is_known() -> None:
    found = known("FBbi:00000369")
    assert (found.label, found.ontology, found.layer) == ("SPIM", "FBbi", "starter")
    assert {"SPIM", "light-sheet", "feuille de lumière"} <= set(found.names)
    assert found.parts == ("imaging_method",)
    assert found.parents == ("FBbi:00000246",)
    assert found.definition == "single (or selective) plane illumination."
    assert not found.obsolete


def test_an_identifier_of_a_topic() -> None:
    assert known("EDAM_BIM:topic_3444").label == "Magnetic resonance imaging"
    assert known("EDAM_BIM:topic______Computed_microtomography").ontology == "EDAM_BIM"


def test_obsolete_terms_are_known_as_such() -> None:
    assert known("FBbi:00000032").obsolete
    assert known("FBbi:00000032").names == ("endogenous substrate, non-vital dye",)


def test_one_step_up_and_down() -> None:
    above = {term.id for term in parents_of("FBbi_00000251")}
    assert "FBbi:00000345" in above
    assert "FBbi:00000251" in {term.id for term in children_of("FBbi:00000345")}
    assert all(term.label and term.ontology == "FBbi" for term in children_of("FBbi:00000345"))
    assert set(known("FBbi:00000345").children) == {term.id for term in children_of("FBbi:00000345")}


@pytest.mark.parametrize(
    ("identity", "field", "wanted"),
    [
        ("FBbi:00000369", "imaging_method", True),
        ("FBbi_00000364", "imaging_method", False),
        ("FBbi:00000364", "signal", False),
        ("FBbi:00000010", "preparation_terms", True),
        ("FBbi:00000010", "imaging_method", False),
        ("FBbi:00000399", "sample_prep", True),
        ("FBbi:00000399", "label", True),
        ("FBbi:00000056", "content", True),
        ("NCBITaxon:9606", "organism", True),
        ("NCBITaxon:9606", "biological_entity", False),
        ("CVCL_0030", "biological_entity", True),
        ("UBERON:0000955", "/biosamples/bs-1/biological_entity", True),
        ("UO:0000017", "unit", True),
        ("UO:0000294", "unit", False),
        ("CMPO:0000018", "phenotype", True),
        ("NCBITaxon:9606", "roles", None),
        ("FBbi:99999999", "imaging_method", None),
    ],
)
def test_whether_a_field_takes_a_term(identity: str, field: str, wanted: bool | None) -> None:
    assert in_field(identity, field) is wanted


def test_an_unknown_field_is_named() -> None:
    with pytest.raises(RembiError, match="organisms"):
        in_field("NCBITaxon:9606", "organisms")
