"""The parts that a crate is put together from: ids, entities, references, the context, a cell of the list."""

from __future__ import annotations

import csv
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.formats.rocrate._context import MANY, ONE, OTHER, OUR, OURS, PREFIXES, context, terms
from rembi_widgets.formats.rocrate._graph import METADATA, ROOT, Graph, address, fragment, unique
from rembi_widgets.formats.rocrate._list import path_cell, quoted
from rembi_widgets.formats.rocrate._study import TERMS_OF_USE, license_of, lines

ids = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=12)


@given(ids)
def test_a_fragment_gives_the_id_back(identity: str) -> None:
    assert unquote(fragment(identity)[1:]) == identity


@given(ids, ids)
def test_two_ids_have_two_fragments(one: str, other: str) -> None:
    assert (fragment(one) == fragment(other)) == (one == other)


@given(ids)
def test_no_cell_of_the_list_splits_a_fragment(identity: str) -> None:
    assert not set(fragment(identity)[1:]) & set(",\t\n\" []'#")


def test_half_a_character_does_not_stop_a_fragment() -> None:
    assert fragment("a\ud800b") == "#a%3Fb"


@pytest.mark.parametrize("text", ["https://example.org", "http://example.org/a?b=c#d", "https://example.org/%C3%A9"])
def test_an_address_can_be_an_id(text: str) -> None:
    assert address(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org",
        "ftp://example.org",
        "https://",
        "https://example.org/a b",
        "https://example.org/é",
        "https://example.org/<b>",
        "javascript:alert(1)",
        "https://example.org\n",
    ],
)
def test_what_is_no_address_is_no_id(text: str) -> None:
    assert address(text) == ""


def test_an_entity_has_the_class_of_the_archive_and_the_one_of_schema_org() -> None:
    graph = Graph()
    assert graph.put("#a", "Contributor", name="A") == {"@id": "#a"}
    assert graph.nodes["#a"] == {"@id": "#a", "@type": ["Person", "bia:Contributor"], "name": "A"}


def test_more_classes_stand_last() -> None:
    graph = Graph()
    graph.put("#a", "Dataset", "bia:RembiDataset")
    assert graph.nodes["#a"]["@type"] == ["Dataset", "bia:Dataset", "bia:RembiDataset"]


def test_an_id_that_is_taken_gets_a_number() -> None:
    graph = Graph()
    made = [graph.put("#a", "Taxon")["@id"] for _ in range(3)]
    assert made == ["#a", "#a-2", "#a-3"]


def test_a_number_that_is_taken_is_passed_over() -> None:
    graph = Graph()
    made = [graph.put(wanted, "Taxon")["@id"] for wanted in ("#a", "#a-2", "#a")]
    assert made == ["#a", "#a-2", "#a-3"]


@pytest.mark.parametrize("empty", ["", None, []])
def test_an_empty_property_is_not_written(empty: object) -> None:
    graph = Graph()
    graph.put("#a", "Taxon", name=empty)
    assert "name" not in graph.nodes["#a"]


@pytest.mark.parametrize("value", [0, False, 0.0])
def test_nought_is_a_value(value: object) -> None:
    graph = Graph()
    graph.put("#a", "Taxon", name=value)
    assert graph.nodes["#a"]["name"] is value


def test_properties_are_added_later_without_the_empty_ones() -> None:
    graph = Graph()
    ref = graph.put("#a", "Taxon", name="A")
    graph.add(ref, name="", commonName="B")
    assert graph.nodes["#a"] == {"@id": "#a", "@type": ["bia:Taxon"], "name": "A", "commonName": "B"}


def test_what_no_other_names_is_loose() -> None:
    graph = Graph()
    named, inside = graph.put("#named", "Taxon"), graph.put("#listed", "Taxon")
    graph.put("#names", "BioSample", one=named, many=[inside, "text"])
    assert graph.loose() == [{"@id": "#names"}]


def test_the_root_and_the_metadata_are_never_loose() -> None:
    graph = Graph()
    for identity in (ROOT, METADATA):
        graph.nodes[identity] = {"@id": identity, "@type": "x"}
    assert graph.loose() == []


def test_references_stand_once_in_their_order() -> None:
    assert unique([{"@id": "#b"}, None, {"@id": "#a"}, {"@id": "#b"}]) == [{"@id": "#b"}, {"@id": "#a"}]


def test_every_prefix_of_a_term_is_explained() -> None:
    meanings = [value["@id"] for name, value in terms().items() if name != "@type" and isinstance(value, dict)]
    short = {one.partition(":")[0] for one in meanings if not one.startswith("http")}
    assert short <= PREFIXES.keys()


def test_no_term_has_two_meanings() -> None:
    names = [name for table in (ONE, MANY) for held in table.values() for name in held.split()] + list(OTHER)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", ["author", "keywords", "organismClassification", "hasPart"])
def test_a_term_with_a_list_says_so(name: str) -> None:
    assert terms()[name]["@container"] == "@set"


@pytest.mark.parametrize("name", ["name", "license", "scientificName", "associatedSpecimen"])
def test_a_term_with_one_value_has_no_container(name: str) -> None:
    assert terms()[name].keys() == {"@id"}


def test_our_own_names_have_our_own_addresses() -> None:
    said = context()[1]
    assert [said[name]["@id"] for name in OURS] == [OUR + name for name in OURS]


def test_who_changes_a_context_changes_no_other() -> None:
    terms()["name"]["@id"] = "changed"
    assert terms()["name"] == {"@id": "schema:name"}


@pytest.mark.parametrize(
    ("path", "cell"),
    [
        ("a/b.tif", "a/b.tif"),
        ("b.tif", "b.tif"),
        ("1", "./1"),
        ("1.5", "./1.5"),
        ("1e5", "./1e5"),
        ("nan", "./nan"),
        ("NULL", "./NULL"),
        ("N/A", "./N/A"),
        ("#N/A N/A", "./#N/A N/A"),
        ("folder/1", "folder/1"),
    ],
)
def test_no_path_reads_as_a_number_or_as_no_value(path: str, cell: str) -> None:
    assert path_cell(path) == cell


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=20))
def test_a_quoted_cell_is_read_as_it_was(text: str) -> None:
    assert next(csv.reader([f"x\t{quoted(text)}\n"], delimiter="\t"))[1] == text


@pytest.mark.parametrize("said", ["CC0", "cc0", "CC 0", "C.C.0"])
def test_a_licence_is_known_however_it_is_spelled(said: str) -> None:
    assert license_of(said).startswith("https://creativecommons.org/publicdomain/zero/1.0")


@pytest.mark.parametrize("said", [None, "", "free for all", "MIT", {"absent": "not_recorded"}])
def test_a_licence_without_an_address_has_none(said: object) -> None:
    assert license_of(said) == ""


def test_an_address_is_its_own_licence() -> None:
    assert license_of(TERMS_OF_USE) == TERMS_OF_USE


def test_lines_leave_out_the_empty_ones() -> None:
    assert lines("", "a", "", "b") == "a\nb"
    assert lines("", "") == ""
