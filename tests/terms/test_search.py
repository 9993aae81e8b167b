"""Searching for terms: what is found, why, and when an answer is only a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.locale import set_language
from rembi_widgets.record import Term
from rembi_widgets.terms import FIELDS, PARTS, Match, by_id, search, vocabulary

CURIE = re.compile(r"^[A-Za-z]+:\d+$|^CVCL_[0-9A-Z]{4}$|^EDAM_BIM:topic_\w[\w%-]*$")


@pytest.fixture
def french() -> Iterator[None]:
    set_language("fr")
    yield
    set_language(None)


def first(query: str, field: str | None = None) -> Match:
    return search(query, field)[0]


@pytest.mark.parametrize(
    ("query", "field", "label", "why"),
    [
        ("Homo sapiens", "organism", "Homo sapiens", "it is the name the ontology gives"),
        ("souris", "organism", "Mus musculus", "it is also called souris"),
        ("SOURIS", "organism", "Mus musculus", "it is also called souris"),
        ("poisson zebre", "organism", "Danio rerio", "it is also called poisson zèbre"),
        ("E. coli", "organism", "Escherichia coli", "it is also called E. coli"),
        ("nih3t3", "cell_line", "NIH 3T3", "it is the name the ontology gives"),
        ("hela cells", "cell_line", "HeLa", "it is the name the ontology gives"),
        ("endothelial cells", "cell_type", "endothelial cell", "it is the name the ontology gives"),
        ("confoc", "imaging_method", "confocal microscopy", "it is the name the ontology gives"),
        ("lightsheet", "imaging_method", "SPIM", "it is also called light-sheet"),
        ("scanning EM", "imaging_method", "scanning electron microscopy (SEM)", "it is also called scanning EM"),
        ("thrombocyte", "cell_type", "platelet", "it is also called thrombocyte"),
        ("Wistar rat", "organism", "Rattus norvegicus", "it is also called Wistar rat"),
        ("C57BL/6J", "organism", "Mus musculus", "it is also called C57BL/6J"),
        ("C57BL/6J mice", "organism", "Mus musculus", "it is also called C57BL/6J"),
        ("B. subtilis", "organism", "Bacillus subtilis", "it is also called B. subtilis"),
        ("A549", "cell_line", "A-549", "it is the name the ontology gives"),
        ("microscopie électronique à balayage", "imaging_method", "scanning electron microscopy (SEM)", None),
        ("transmission, electron microscopy", "imaging_method", "transmission electron microscopy (TEM)", None),
        ("fixed in 4% PFA", "sample_prep", "formaldehyde fixed tissue", None),
        ("haematopoietic stem cells", "cell_type", "hematopoietic stem cell", None),
        ("micrometres", "unit", "micrometer", None),
        ("confocl", "imaging_method", "confocal microscopy", "it is close to confocal microscopy"),
        (
            "flourescence microscopy",
            "imaging_method",
            "fluorescence microscopy",
            "it is close to fluorescence microscopy",
        ),
        ("mcherry", "content", "mCherryFP", "it is the name the ontology gives"),
    ],
)
def test_what_comes_first_and_why(query: str, field: str, label: str, why: str | None) -> None:
    found = first(query, field)
    assert found.label == label
    assert found.why == why or why is None


def test_why_is_said_in_the_language_in_use(french: None) -> None:
    assert first("souris", "organism").why == "on l’appelle aussi souris"
    assert first("Mus musculus", "organism").why == "c’est le nom que donne l’ontologie"


@pytest.mark.parametrize(
    "pasted",
    [
        "NCBITaxon:9606",
        "ncbitaxon:9606",
        "NCBITaxon_9606",
        "http://purl.obolibrary.org/obo/NCBITaxon_9606",
        "  https://example.org/ontology#NCBITaxon_9606 ",
        "Homo sapiens (human)",
        "Homo sapiens (NCBITaxon:9606)",
        "human (Homo sapiens)",
    ],
)
def test_what_is_pasted_resolves(pasted: str) -> None:
    found = first(pasted, "organism")
    assert (found.id, found.label, found.ontology) == ("NCBITaxon:9606", "Homo sapiens", "NCBITaxon")
    assert found.confident


def test_an_identifier_is_found_whatever_the_field() -> None:
    assert [match.id for match in search("CVCL:0030", "organism")] == ["CVCL_0030"]
    assert first("CVCL_0030").why == "it is the identifier you gave"


def test_case_tells_units_apart() -> None:
    assert first("µM", "unit").label == "micromolar"
    assert first("µm", "unit").label == "micrometer"
    assert first("um", "unit").label == "micrometer"
    assert first("mM", "unit").label == "millimolar"
    assert first("mm", "unit").label == "millimeter"


def test_a_biological_entity_is_a_line_a_type_or_a_tissue() -> None:
    assert [first(name, "biological_entity").ontology for name in ("HeLa", "neuron", "brain")] == [
        "CVCL",
        "CL",
        "UBERON",
    ]
    assert not any(match.ontology == "NCBITaxon" for match in search("mouse", "biological_entity"))


def test_a_field_may_be_named_with_its_place() -> None:
    assert (
        first("mouse", "/biosamples/bs-1/organism")
        == first("mouse", "organism")
        == first("mouse", "biosample.organism")
    )


@pytest.mark.parametrize(
    ("query", "field", "kind"),
    [
        ("Mus musculus", "organism", "label"),
        ("souris", "organism", "alias"),
        ("kDa", "unit", "synonym"),
        ("Danio reiro", "organism", "slip"),
        ("NCBITaxon:9606", "organism", "id"),
        ("naked zebrafish", "organism", "guess"),
        ("", "organism", "first"),
    ],
)
def test_the_kind_of_a_match(query: str, field: str, kind: str) -> None:
    assert first(query, field).kind == kind


def test_a_match_carries_the_definition() -> None:
    assert first("meter", "unit").definition.startswith("A length unit")
    assert first("HeLa", "cell_line").definition == ""


def test_capitals_tell_symbols_apart() -> None:
    asked = {
        "M": "molar",
        "m": "meter",
        "A": "ampere",
        "Å": "angstrom",
        "nM": "nanomolar",
        "nm": "nanometer",
        "s": "second",
    }
    assert {symbol: first(symbol, "unit").label for symbol in asked} == asked


def test_a_prefix_is_no_unit() -> None:
    assert "kilo" not in {match.label for match in search("kilo", "unit")}


def test_a_term_of_another_field_is_shown_and_never_sure() -> None:
    found = first("light-sheet illumination", "imaging_method")
    assert (found.id, found.confident) == ("FBbi:00000364", False)
    assert found.why == "it belongs to another field: light-sheet illumination"


def test_a_derivative_comes_after_the_line_itself() -> None:
    labels = [match.label for match in search("HeLa", "cell_line")]
    assert labels[0] == "HeLa"
    assert {"HeLa Kyoto", "HeLa S3"} <= set(labels[1:])


def test_another_number_is_another_thing() -> None:
    assert not first("Alexa Fluor 489", "label").confident
    assert not first("HEK292", "cell_line").confident


@pytest.mark.parametrize(
    ("query", "field"), [("test", "tissue"), ("dorsal", "tissue"), ("n/a", "unit"), ("plate", "cell_line")]
)
def test_half_a_name_is_no_sure_match(query: str, field: str) -> None:
    assert not any(match.confident for match in search(query, field))


def test_only_the_first_may_be_sure_where_it_is_not() -> None:
    for query in ("naked zebrafish", "STED of beads", "confoc"):
        found = search(query)
        assert [match.confident for match in found] == sorted((match.confident for match in found), reverse=True)


def test_an_obsolete_term_is_not_offered_but_by_its_identifier() -> None:
    assert "FBbi:00000032" not in {match.id for match in search("endogenous substrate, non-vital dye")}
    found = first("FBbi:00000032")
    assert (found.id, found.confident) == ("FBbi:00000032", False)
    assert found.why == "it is the identifier you gave, and it is obsolete"


def test_what_no_term_means_is_no_confident_match() -> None:
    assert not any(match.confident for match in search("beads", "organism"))
    assert not any(match.confident for match in search("single cell", "imaging_method"))
    assert search("zzzz qqqq", "organism") == ()


def test_a_wrong_word_alike_is_no_confident_match() -> None:
    assert not any(match.confident for match in search("lightning microscopy", "imaging_method"))


def test_the_opened_list_shows_the_first_terms_of_the_field() -> None:
    opened = search("", "organism", limit=3)
    assert [match.label for match in opened] == ["Homo sapiens", "Mus musculus", "Rattus norvegicus"]
    assert search("mouse", "organism", limit=0) == search("", "organism", limit=0) == ()
    assert not any(match.confident for match in opened)
    assert search("  ", None) == ()


def test_fields_without_a_vocabulary_give_nothing() -> None:
    assert search("control", "experimental_status") == ()
    assert search("", "study_type") == ()


def test_an_unknown_field_is_named_with_the_known_ones() -> None:
    with pytest.raises(RembiError, match=r"organisms.*organism"):
        search("mouse", "organisms")


def test_answers_come_best_first_and_no_more_than_asked() -> None:
    found = search("cell", limit=5)
    assert len(found) == 5
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    assert len({match.id for match in found}) == 5


def test_the_vocabulary_is_whole() -> None:
    assert len(vocabulary("unit")) > 500
    assert sum(len(vocabulary(part)) for part in ("cell_line", "cell_type", "tissue")) == len(
        vocabulary("biological_entity")
    )
    assert all(CURIE.match(term.id or "") for term in vocabulary())


@pytest.mark.parametrize("part", PARTS)
def test_every_label_and_id_finds_itself(part: str) -> None:
    for term in vocabulary(part):
        same = [match.id for match in search(term.label, part) if match.label == term.label]
        assert term.id in same, term
        assert by_id(term.id or "") == term


@pytest.mark.parametrize("part", PARTS)
def test_a_slip_in_a_long_label_is_forgiven(part: str) -> None:
    for term in vocabulary(part)[:40]:
        if len(term.label) > 14:
            slipped = term.label[:6] + term.label[7:]
            assert term.id in {match.id for match in search(slipped, part, limit=5)}, slipped


@pytest.mark.parametrize("part", PARTS)
def test_what_is_typed_letter_by_letter_never_fails(part: str) -> None:
    label = vocabulary(part)[0].label
    for end in range(1, len(label) + 1):
        assert all(match.score > 0 for match in search(label[:end], part))
    assert search(label, part)[0].label == label


def test_a_term_by_its_id() -> None:
    assert by_id("FBbi_00000251") == Term(label="confocal microscopy", id="FBbi:00000251", ontology="FBbi")
    assert by_id("FBbi:99999999") is None
    assert by_id("confocal") is None


@given(st.text(max_size=300), st.sampled_from([None, *FIELDS]))
def test_whatever_is_typed_is_answered(query: str, field: str | None) -> None:
    found = search(query, field)
    assert len(found) <= 8
    assert all(isinstance(match, Match) and match.why for match in found)
