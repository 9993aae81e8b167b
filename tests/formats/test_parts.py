"""The small parts of the writer: terms, cells, columns, unknown keys."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.formats.isatab import _extras
from rembi_widgets.formats.isatab._cells import number, quote, quote_all, reason, tame, words
from rembi_widgets.formats.isatab._columns import Node, lines
from rembi_widgets.formats.isatab._entries import Entry, section
from rembi_widgets.formats.isatab._ontologies import Ontologies, accession
from rembi_widgets.formats.isatab._units import SYMBOLS, unit
from rembi_widgets.record import Absent, Link, Quantity, Term
from tests.formats.full_records import HOSTILE

NOT_RECORDED = Absent(absent="not_recorded", reason="lost")
any_text = st.sampled_from(HOSTILE) | st.text(max_size=40)


@pytest.mark.parametrize(
    ("identity", "wanted"),
    [
        ("FBbi:00000251", "http://purl.obolibrary.org/obo/FBbi_00000251"),
        ("fbbi_00000251", "http://purl.obolibrary.org/obo/FBbi_00000251"),
        ("CVCL_0030", "https://www.cellosaurus.org/CVCL_0030"),
        ("EFO:0001887", "http://www.ebi.ac.uk/efo/EFO_0001887"),
        ("RRID:AB_10013", "RRID:AB_10013"),
        ("http://purl.obolibrary.org/obo/GO_0005634", "http://purl.obolibrary.org/obo/GO_0005634"),
        ("nothing known", "nothing known"),
    ],
)
def test_an_accession_is_an_address_where_one_is_known(identity: str, wanted: str) -> None:
    assert accession(identity) == wanted


def test_the_version_that_a_term_names_is_the_sources() -> None:
    ontologies = Ontologies()
    assert ontologies.reference(Term(label="x", id="FBbi:1", version="2026-01-30"))[0] == "FBbi"
    assert ontologies.reference(Term(label="y", id="Q:1", ontology="My own"))[0] == "My_own"
    assert ontologies.reference(Term(label="free text")) == ("", "")
    described = {row["Term Source Name"]: row for row in ontologies.described()}
    assert described["FBbi"]["Term Source Version"] == "2026-01-30"
    assert all(described["My_own"].values())


@pytest.mark.parametrize("symbol", ["nm", "µm", "\u03bcm", "um", "ms", "s", "kV", "°C", "\u212b"])
def test_a_units_symbol_leads_to_its_id_and_back(symbol: str) -> None:
    label, identity = unit(symbol)
    assert str(identity).startswith("UO:")
    assert unit(SYMBOLS[label]) == (label, identity)


# --- cells


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (None, ""),
        (2048.0, "2048"),
        (0.085, "0.085"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (NOT_RECORDED, "not recorded"),
        (Term(label="HeLa", id="CVCL_0030"), "HeLa"),
        (Term(label="", id="CVCL_0030"), "CVCL_0030"),
        (Quantity(number=405, unit="nm"), "405 nm"),
        (Quantity(text="about 5", unit="min"), "about 5 min"),
        (("a;b", NOT_RECORDED, None), "a\\;b;not recorded;"),
        ((), ""),
    ],
)
def test_a_value_has_words(value: Any, wanted: str) -> None:
    assert words(value) == wanted


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_as_the_same(value: float) -> None:
    assert float(number(value)) == value


def test_reasons_keep_step_with_the_values() -> None:
    assert reason(("a", NOT_RECORDED, "b")) == ";lost;"
    assert reason(("a", "b")) == reason("a") == ""


@given(any_text)
def test_a_cell_is_read_back_by_csv(text: str) -> None:
    (line,) = csv.reader(io.StringIO(quote(text) + "\t" + quote("next"), newline=""), delimiter="\t")
    assert line == [tame(text), "next"]


@given(st.lists(any_text))
def test_many_cells_are_written_as_one_is(texts: list[str]) -> None:
    assert quote_all(texts) == [quote(text) for text in texts]


@given(any_text)
def test_a_tamed_text_holds_nothing_that_a_reader_drops(text: str) -> None:
    tamed = tame(text)
    assert tamed == tamed.strip()
    assert not any(line.lstrip().startswith("#") for line in re.split("[\r\n]", tamed)[1:])
    assert tamed.encode("utf-8").decode() == tamed


def test_half_a_character_costs_that_character() -> None:
    assert tame("a\udcffb") == "a\ufffdb"


# --- columns


def headers(node: Node) -> list[str]:
    return [header for header, _ in node.columns()]


def test_what_no_row_says_has_no_column() -> None:
    node = Node(Ontologies(), ("Source Name", ["a", "b"]))
    node.describe("Characteristics", "description", [None, ""])
    node.comment("Note", [None, None])
    assert headers(node) == ["Source Name"]
    node.describe("Characteristics", "organism", [None, None], always=True)
    assert headers(node) == ["Source Name", "Characteristics[organism]"]


def test_terms_have_as_many_sources_as_values() -> None:
    node = Node(Ontologies(), ("Source Name", ["a", "b"]))
    node.describe("Characteristics", "organism", [(Term(label="x", id="CL:1"), Term(label="y;z")), (Term(label="y"),)])
    assert dict(node.columns()) == {
        "Source Name": ['"a"', '"b"'],
        "Characteristics[organism]": ['"x;y\\;z"', '"y"'],
        "Term Source REF": ['"CL;"', '""'],
        "Term Accession Number": ['"http://purl.obolibrary.org/obo/CL_1;"', '""'],
    }


def test_a_unit_stands_only_where_there_is_a_value() -> None:
    node = Node(Ontologies(), ("Protocol REF", ["p"] * 4))
    node.describe("Parameter Value", "pixel size x", [0.1, None, NOT_RECORDED, "odd"], symbol="µm")
    columns = dict(node.columns())
    assert columns["Parameter Value[pixel size x]"] == ['"0.1"', '""', '"not recorded"', '"odd"']
    assert columns["Unit"] == ['"micrometer"', '""', '""', '""']
    assert columns["Comment[pixel size x Absence Reason]"] == ['""', '""', '"lost"', '""']


def test_an_unknown_unit_stands_for_itself() -> None:
    node = Node(Ontologies(), ("Protocol REF", ["p"]))
    node.describe("Parameter Value", "electron dose", [Quantity(number=40, unit="e/Å²")])
    assert headers(node) == ["Protocol REF", "Parameter Value[electron dose]", "Unit"]


def test_true_and_one_stay_two_values() -> None:
    node = Node(Ontologies(), ("Image File", ["a", "b", "c"]))
    node.comment("Flag", [True, 1, 1.0])
    assert dict(node.columns())["Comment[Flag]"] == ['"true"', '"1"', '"1"']


def test_spread_repeats_what_is_said_once() -> None:
    node = Node(Ontologies(), ("Sample Name", ["a", "b"]))
    node.comment("Note", ["x", "y"])
    node.spread([1, 0, 1])
    assert "".join(lines(node.columns())).splitlines(keepends=True) == [
        '"Sample Name"\t"Comment[Note]"\n',
        '"b"\t"y"\n',
        '"a"\t"x"\n',
        '"b"\t"y"\n',
    ]


# --- sections and unknown keys


def test_a_section_without_entries_has_one_empty_column() -> None:
    assert list(section("STUDY FACTORS", ["Study Factor Name"], [])) == ["STUDY FACTORS\n", 'Study Factor Name\t""\n']


def test_comments_of_a_section_stand_by_name() -> None:
    entry = Entry({"Comment[b]": "2", "Study Title": "t", "Comment[a b]": "1", "Comment[a]": "0"})
    assert [line.split("\t")[0] for line in section("STUDY", ["Study Title"], [entry])] == [
        "STUDY\n",
        "Study Title",
        "Comment[a]",
        "Comment[a b]",
        "Comment[b]",
    ]


def test_several_roles_keep_their_accessions() -> None:
    entry = Entry()
    roles = (Term(label="investigator role", id="OBI:0000103"), Term(label="analyst"))
    entry.terms("Study Person Roles", roles, Ontologies())
    assert entry == {
        "Study Person Roles": "investigator role;analyst",
        "Comment[Study Person Roles Accession]": "http://purl.obolibrary.org/obo/OBI_0000103;",
        "Comment[Study Person Roles Source]": "OBI;",
    }


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("text", {"x": "text"}),
        (None, {}),
        ([], {}),
        ([1, 2], {"x": (1, 2)}),
        ({"a": {"b": 1}}, {"x a b": 1}),
        ([{"a": 1, "b": 2}, {"a": 3}], {"x a": (1, 3), "x b": (2, None)}),
        ([["a", "b"], ["c"]], {"x": (("a", "b"), ("c",))}),
    ],
)
def test_an_unknown_value_becomes_plain_ones(value: Any, wanted: dict[str, Any]) -> None:
    assert _extras.flat("x", value) == wanted


def test_unknown_keys_of_several_parts_keep_step() -> None:
    parts = [Link.model_validate({"id": "a", "x-a": 1}), None, Link.model_validate({"id": "c", "x-b": {"d": 2}})]
    assert _extras.columns(parts) == {"x-a": [1, None, None], "x-b d": [None, None, 2]}


def test_names_of_unknown_keys_that_clash_are_told_apart() -> None:
    entry = Entry()
    for key in ("x.a", "x a", "X A"):
        entry.free(key, key)
    assert entry == {"Comment[x a]": "x.a", "Comment[x a 2]": "x a", "Comment[X A 2 2]": "X A"}
