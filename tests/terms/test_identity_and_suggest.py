"""Identifiers however they are written, and terms proposed for free text only where that is certain."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.record import Curation, apply
from rembi_widgets.terms import by_id, in_field, lookup, ontology_named, suggest
from rembi_widgets.terms._branches import ELSEWHERE, parts_by_branch
from rembi_widgets.terms._identity import read_identity
from rembi_widgets.terms._ontologies import ONTOLOGIES, bare_name
from rembi_widgets.terms._starter import StarterLayer, rows_of
from tests.checks.builder import change, clean, with_set


@pytest.mark.parametrize(
    ("said", "curie"),
    [
        ("FBbi:00000251", "FBbi:00000251"),
        ("fbbi_251", "FBbi:00000251"),
        ("FBBI 00000251", "FBbi:00000251"),
        ("http://purl.obolibrary.org/obo/FBbi_00000251", "FBbi:00000251"),
        ("obo:FBbi_00000251", "FBbi:00000251"),
        ("NCBI:txid9606", "NCBITaxon:9606"),
        ("taxid: 9606", "NCBITaxon:9606"),
        ("https://www.ncbi.nlm.nih.gov/taxonomy/9606", "NCBITaxon:9606"),
        ("RRID:CVCL_0030", "CVCL_0030"),
        ("cvcl:0030", "CVCL_0030"),
        ("UO_17", "UO:0000017"),
        ("CHEBI:CHEBI:51231", "CHEBI:51231"),
        ("http://edamontology.org/topic_3382", "EDAM:topic_3382"),
        ("EDAM-BIM:topic_3444", "EDAM_BIM:topic_3444"),
        ("EFO0007550", "EFO:0007550"),
        ("\u200bUO:0000017\ufeff", "UO:0000017"),
        ("  UO:0000017  ", "UO:0000017"),
        ("NCIT:c1234", "NCIT:C1234"),
    ],
)
def test_an_identifier_is_read_as_its_ontology_writes_it(said: str, curie: str) -> None:
    found = read_identity(said)
    assert found is not None
    assert (found.curie, found.fits) == (curie, True)


@pytest.mark.parametrize(
    "said",
    ["", "HeLa", "9606", "confocal microscopy", "https://example.org/a", "://", "a" * 5000, "pH 7", ":", "_", "x:"],
)
def test_what_is_no_identifier(said: str) -> None:
    assert read_identity(said) is None


def test_a_number_is_one_beside_its_ontology() -> None:
    found = read_identity("9606", "NCBI taxonomy")
    assert found is not None
    assert (found.curie, found.bare) == ("NCBITaxon:9606", True)


def test_the_prefix_of_an_unknown_ontology_is_kept() -> None:
    found = read_identity("MINE:12")
    assert found is not None
    assert (found.curie, found.ontology, found.fits) == ("MINE:12", None, True)


def test_zeros_that_a_spreadsheet_took_away_are_told_of() -> None:
    assert [one.filled for said in ("UO:17", "UO:0000017") if (one := read_identity(said))] == [True, False]


@given(st.text(max_size=60), st.sampled_from(["", "NCBITaxon", "FBbi", "Cellosaurus", "nothing"]))
def test_any_text_is_read_or_is_none(said: str, source: str) -> None:
    found = read_identity(said, source)
    if found is not None:
        assert found.said == said
        assert found.curie.startswith(found.prefix)


@given(st.integers(1, 9_999_999), st.sampled_from([one.prefix for one in ONTOLOGIES if one.width == 7]))
def test_a_number_read_once_is_read_the_same_again(number: int, prefix: str) -> None:
    once = read_identity(f"{prefix}_{number}")
    assert once is not None
    again = read_identity(once.curie)
    assert again is not None
    assert (again.curie, again.filled) == (f"{prefix}:{number:07}", False)


@pytest.mark.parametrize("ontology", ONTOLOGIES, ids=lambda one: one.prefix)
def test_every_ontology_is_found_by_each_of_its_names(ontology: object) -> None:
    names = (ontology.prefix, ontology.prefix.lower(), f"{ontology.prefix}.owl", *ontology.names)  # type: ignore[attr-defined]
    assert all(ontology_named(name) is ontology for name in names)


@pytest.mark.parametrize("name", ["", "my own", "https://example.org/mine.owl", "."])
def test_an_ontology_that_nobody_knows(name: str) -> None:
    assert ontology_named(name) is None


def test_names_of_ontologies_are_compared_without_signs() -> None:
    assert bare_name(" EDAM-BIO_IMAGING.OWL") == "edambioimaging"


PARENTS = {"A:3": ["A:2"], "A:2": ["FBbi:00000241"], "A:9": ["A:8"], "A:8": ["A:9"]}


def part_of(identity: str, *said: str) -> tuple[tuple[str, ...], set[str]]:
    own: set[str] = set()
    return parts_by_branch(identity, said, lambda one: PARENTS.get(one, ()), own), own


def test_a_term_is_in_the_part_of_the_root_above_it_whatever_was_said() -> None:
    parts, own = part_of("A:3", "tissue")
    assert parts == ("imaging_method",)
    assert own == {"A:3", "A:2", "FBbi:00000241"}


def test_a_circle_above_a_term_ends() -> None:
    parts, own = part_of("A:9", "unit")
    assert (parts, own) == (("unit",), {"A:9", "A:8"})


def test_a_term_of_no_part_is_elsewhere() -> None:
    assert part_of("A:7")[0] == (ELSEWHERE,)
    assert part_of("UO:0000046", "unit")[0] == (ELSEWHERE,)


def test_an_ontology_of_one_part_gives_it() -> None:
    assert part_of("CVCL_0030")[0] == ("cell_line",)
    assert part_of("NCBITaxon:1", "tissue")[0] == ("tissue", "organism")


def test_the_tables_of_the_package_make_whole_terms() -> None:
    terms = list(StarterLayer().terms())
    assert len({term.id for term in terms}) == len(terms) > 3000
    assert all(term.label.strip() == term.label != "" for term in terms)
    assert all(0 <= term.popularity <= 1 for term in terms)
    assert all(len(set(term.names)) == len(term.names) for term in terms)


def test_a_table_is_read_without_quotes() -> None:
    assert list(rows_of('id\tlabel\na\t"b\n')) == [{"id": "a", "label": '"b'}]


def test_the_version_of_the_package_s_layer_is_stable() -> None:
    assert StarterLayer().version == StarterLayer().version != ""


@pytest.mark.parametrize(
    ("text", "field", "identity"),
    [
        ("Homo sapiens", "organism", "NCBITaxon:9606"),
        ("homo sapiens (human)", "organism", "NCBITaxon:9606"),
        ("HeLa", "cell_line", "CVCL_0030"),
        ("confocal microscopy", "imaging_method", "FBbi:00000251"),
        ("mouse", "organism", "NCBITaxon:10090"),
    ],
)
def test_free_text_that_is_a_name_is_proposed(text: str, field: str, identity: str) -> None:
    (found,) = suggest(text, field).found
    assert found.term is not None
    assert (found.term.id, found.text) == (identity, text)
    assert 0 < found.confidence <= 1


@pytest.mark.parametrize("text", ["Beads", "n/a", "see methods", "a", "mouse and rat mixture 3", "xyz"])
def test_what_is_not_certain_is_left(text: str) -> None:
    found = suggest(text, "organism")
    assert (found.found, [one.text for one in found.left]) == ((), [text])


def test_a_column_is_answered_once_a_text_with_its_count() -> None:
    found = suggest(["mouse", "Beads", "mouse", "", "  ", "Beads", "mouse"], "organism")
    assert {one.text: one.count for one in found} == {"mouse": 3, "Beads": 2}
    assert len(found) == 2


def test_no_texts_have_no_answers() -> None:
    assert len(suggest([], "organism")) == len(suggest("", "organism")) == len(suggest(Curation())) == 0


def test_a_field_that_nobody_knows_is_refused() -> None:
    with pytest.raises(RembiError, match="shoe_size"):
        suggest("mouse", "shoe_size")


def test_free_text_of_a_record_becomes_its_term_by_the_edits() -> None:
    record = with_set("/biosamples/bs-1/organism", ["mouse"])
    found = suggest(record, "organism")
    (one,) = found.found
    assert one.path.startswith("/biosamples/bs-1/organism")
    after = apply(record, change(*found.edits, kind="suggested"))
    (term,) = after.biosamples[0].organism  # type: ignore[misc]
    assert (term.id, term.label) == ("NCBITaxon:10090", "Mus musculus")
    assert suggest(after, "organism").found == ()


def test_terms_that_stand_already_are_not_proposed() -> None:
    assert suggest(clean(), "organism").found == ()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=20), max_size=4))
def test_every_text_is_found_or_left(texts: list[str]) -> None:
    found = suggest(texts, "tissue")
    assert {one.text for one in found} == {text for text in texts if text.strip()}
    assert all(one.term is None for one in found.left)
    assert all(one.to_json()["id"] for one in found.found)


@pytest.mark.parametrize("identity", ["FBbi:00000251", "CVCL_0030", "NCBITaxon:9606", "UO:0000017"])
def test_what_is_known_of_a_term_fits_together(identity: str) -> None:
    known = lookup(identity)
    assert known is not None
    assert known.names[0] == known.label
    assert all(in_field(identity, part) for part in known.parts)
    assert all(identity in above.children for one in known.parents if (above := lookup(one)))
    assert by_id(identity) is not None
