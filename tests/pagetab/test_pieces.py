"""The pieces that a submission is put together from: words, names, spellings, lists, columns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.formats.pagetab import _spell, _texts
from rembi_widgets.formats.pagetab._document_tsv import rows
from rembi_widgets.formats.pagetab._forms import (
    FIELDS,
    FORM_ORDER,
    KINDS,
    MANY,
    TERMS,
    canonical,
    collection_of,
    curie,
    ontology_of,
    place_of,
)
from rembi_widgets.formats.pagetab._names import KINDS as SECTIONS
from rembi_widgets.formats.pagetab._names import Names
from rembi_widgets.formats.pagetab._parts import Attribute, File, Link, Section, Submission
from rembi_widgets.formats.pagetab._words import each, joined, number, said, tame, term_id
from rembi_widgets.formats.pagetab._words import given as words
from rembi_widgets.record import (
    COLLECTIONS,
    Absent,
    Acquisition,
    Curation,
    Quantity,
    Sample,
    Specimen,
    Study,
    Term,
)

texts = st.text(max_size=20)


@given(texts)
def test_a_tame_text_stays_as_it_is(text: str) -> None:
    assert tame(tame(text)) == tame(text)


@given(texts)
def test_a_tame_text_can_be_written(text: str) -> None:
    assert tame(text).encode("utf-8").decode("utf-8") == tame(text)
    assert "\r" not in tame(text)
    assert "\x00" not in tame(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_as_the_same(value: float) -> None:
    assert float(number(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-3.0, "-3"), (1e14, "100000000000000"), (1e15, "1000000000000000.0"), (1e-9, "1e-09")],
)
def test_a_whole_number_has_no_point(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_what_is_no_number_is_said_all_the_same(value: float) -> None:
    assert said(value) == repr(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Quantity(number=5.0), "5"),
        (Quantity(unit="nm"), "nm"),
        (Quantity(text="about 5"), "about 5"),
        (Quantity(number=0.0, unit="s"), "0 s"),
    ],
)
def test_a_quantity_says_what_it_has(value: Quantity, text: str) -> None:
    assert said(value) == text


def test_an_absence_is_said_but_not_given() -> None:
    value = Absent(absent="not_applicable")
    assert (said(value), words(value)) == ("not applicable", "")


@pytest.mark.parametrize(
    ("values", "text"),
    [((), ""), (("a",), "a"), (("a", "", "b"), "a; b"), ((None, Absent(absent="not_recorded")), "not recorded")],
)
def test_several_values_are_one_text(values: Sequence[Any], text: str) -> None:
    assert joined(values) == text


@pytest.mark.parametrize(
    ("value", "found"), [(None, ()), ((), ()), (("a", "b"), ("a", "b")), ("a", ("a",)), ("", ("",))]
)
def test_each_value_of_a_field(value: Any, found: tuple[Any, ...]) -> None:
    assert each(value) == found


@pytest.mark.parametrize(
    ("identity", "form"),
    [
        ("", ""),
        ("a:b:c", "a_b:c"),
        ("NCBI Taxonomy:9606", "NCBITaxon_9606"),
        ("https://example.org/", "example.org"),
        ("FBBI_1", "FBbi_1"),
        ("GO:\ud800", "GO_\ufffd"),
    ],
)
def test_an_odd_id_of_a_term(identity: str, form: str) -> None:
    assert term_id(identity) == form


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("  Release   Date ", "releasedate"),
        ("EMAIL", "e-mail"),
        ("Licence", "license"),
        ("PMID", "pubmed id"),
        ("grant id", "grant_id"),
        ("Intrinsic Variables", "intrinsic variable"),
        ("something else", "something else"),
        ("", ""),
    ],
)
def test_an_attribute_has_one_name(name: str, wanted: str) -> None:
    assert canonical(name) == wanted


@given(texts)
def test_a_canonical_name_is_its_own(name: str) -> None:
    assert canonical(canonical(name)) == canonical(name)


@pytest.mark.parametrize("collection", FIELDS)
def test_every_attribute_leads_to_a_field_of_the_record(collection: str) -> None:
    model = Study if collection == "study" else COLLECTIONS[collection]
    assert {field for field in FIELDS[collection].values() if field} <= model.model_fields.keys()


def test_every_attribute_is_found_by_its_canonical_name() -> None:
    names = {name for fields in FIELDS.values() for name in fields}
    assert {canonical(name) for name in names} == names


def test_every_kind_has_its_place_in_the_form() -> None:
    assert set(KINDS.values()) == set(FORM_ORDER)
    assert TERMS < MANY


@pytest.mark.parametrize(
    ("kind", "collection"),
    [(" image  ACQUISITION", "acquisitions"), ("Organization", "organisations"), ("", None), ("Study", None)],
)
def test_a_section_is_known_by_its_type(kind: str, collection: str | None) -> None:
    assert collection_of(kind) == collection


def test_an_unknown_section_comes_last() -> None:
    assert place_of("Publication") == 0
    assert place_of("Table") > max(map(place_of, KINDS))


@pytest.mark.parametrize("kind", SECTIONS.values())
def test_what_is_written_is_known_when_it_is_read(kind: str) -> None:
    assert SECTIONS[str(collection_of(kind))] == kind


@pytest.mark.parametrize(
    ("identity", "ontology", "wanted"),
    [
        ("9606", "", "9606"),
        ("9606", " ", "9606"),
        ("9606", "NCBI", "NCBITaxon:9606"),
        (" GO_1 ", "", "GO:1"),
        ("http://purl.obolibrary.org/obo/GO_1", "", "GO:1"),
        ("http://example.org/x#GO_1", "", "GO:1"),
        ("human", "NCBITaxon", "human"),
        ("", "GO", ""),
        ("²", "GO", "GO:²"),
    ],
)
def test_an_id_becomes_a_short_one(identity: str, ontology: str, wanted: str) -> None:
    assert curie(identity, ontology) == wanted


@given(st.sampled_from(["GO", "FBbi", "NCBITaxon", "EFO"]), st.integers(0, 10**7))
def test_an_id_comes_back_from_the_archives_form(prefix: str, place: int) -> None:
    assert curie(term_id(f"{prefix}:{place}")) == f"{prefix}:{place}"


@pytest.mark.parametrize(("name", "wanted"), [("ncbi", "NCBITaxon"), (" FBBI ", "FBbi"), ("Mine", "Mine"), ("", "")])
def test_an_ontology_has_its_own_letters(name: str, wanted: str) -> None:
    assert ontology_of(name) == wanted


cells = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\r\x00"), min_size=1, max_size=8)


@given(st.lists(cells, min_size=1, max_size=4))
def test_a_line_is_read_as_it_was_spelled(line: list[str]) -> None:
    assert [found for _, found in rows(_spell._line(*line))] == [line]


@given(st.lists(st.lists(cells, min_size=1, max_size=3), min_size=1, max_size=4))
def test_lines_are_counted_whatever_their_cells_hold(lines: list[list[str]]) -> None:
    found = list(rows("".join(_spell._line(*line) for line in lines)))
    assert [held for _, held in found] == lines
    assert [number for number, _ in found] == sorted({number for number, _ in found})


@pytest.mark.parametrize(
    ("text", "spelled"), [("a", "a"), ('a"b', '"a""b"'), ("a\tb", '"a\tb"'), ("a\nb", '"a\nb"'), (" ", " "), ("", "")]
)
def test_a_cell_is_quoted_only_if_it_must(text: str, spelled: str) -> None:
    assert _spell._cell(text) == spelled


def spelled(section: Section) -> str:
    return "".join(_spell.tsv(Submission(None, [], section)))


def test_a_section_without_an_accno_gets_one_only_if_something_names_it() -> None:
    inner = Section("Inner", attributes=[Attribute("a", "b")])
    root = Section("Study", "S", sections=[Section("Outer", sections=[inner]), Section("Alone")])
    assert spelled(root) == "Submission\n\nStudy\tS\n\nOuter\tOuter-p1\n\nInner\t\tOuter-p1\na\tb\n\nAlone\n"


def test_a_made_accno_is_none_that_is_there() -> None:
    root = Section("Study", "S", sections=[Section("O", "O-p1"), Section("O", sections=[Section("I")])])
    assert "O\tO-p2\n\nI\t\tO-p2\n" in spelled(root)


def test_rows_of_one_kind_are_a_table() -> None:
    table = [Section("Row", f"r{n}", [Attribute("a", str(n)), Attribute("b", "x", reference=True)]) for n in (1, 2)]
    assert spelled(Section("Study", "S", sections=[table])).endswith("\nRow[]\ta\t<b>\nr1\t1\tx\nr2\t2\tx\n")


def test_rows_that_lack_a_cell_leave_it_blank() -> None:
    table = [Section("Row", "r1", [Attribute("a", "1")]), Section("Row", "r2", [Attribute("b", "2")])]
    assert spelled(Section("Study", "S", sections=[table])).endswith("\nRow[]\ta\tb\nr1\t1\t\nr2\t\t2\n")


@pytest.mark.parametrize(
    "row",
    [
        Section("Row", "r2", [Attribute("a", "1", (("Ontology", "GO"),))]),
        Section("Row", "r2", [Attribute("a", "1", names=(("n", "v"),))]),
        Section("Row", "r2", [Attribute("a", "1"), Attribute("a", "2")]),
        Section("Row", "r2", [Attribute("a", None)]),
        Section("Row", "r2"),
        Section("Other", "r2", [Attribute("a", "1")]),
        Section("Row", "r2", [Attribute("a", "1")], links=[Link("https://example.org")]),
        Section("Row", "r2", [Attribute("a", "1")], files=[File("a.tif")]),
        Section("Row", "r2", [Attribute("a", "1")], sections=[Section("In")]),
    ],
)
def test_rows_that_no_table_can_hold_are_blocks(row: Section) -> None:
    said_of = spelled(Section("Study", "S", sections=[[Section("Row", "r1", [Attribute("a", "1")]), row]]))
    assert "[]" not in said_of
    assert f"\n{row.kind}\tr2\n" in said_of


def test_qualifiers_stand_below_their_value() -> None:
    one = Attribute("Organism", "mouse", (("Ontology", "NCBITaxon"), ("TermId", None)), names=(("unit", "x"),))
    assert spelled(Section("Study", "S", [one])).endswith(
        "Organism\tmouse\n(unit)\tx\n[Ontology]\tNCBITaxon\n[TermId]\t\n"
    )


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        (Attribute("a", "b"), {"name": "a", "value": "b"}),
        (Attribute("a", None), {"name": "a"}),
        (Attribute("a", ""), {"name": "a", "value": ""}),
        (Attribute("a", "b", reference=True), {"name": "a", "value": "b", "reference": True}),
        (Attribute("a", "b", (("q", None),)), {"name": "a", "value": "b", "valqual": [{"name": "q"}]}),
        (
            Attribute("a", "b", names=(("n", "v"),)),
            {"name": "a", "value": "b", "nmqual": [{"name": "n", "value": "v"}]},
        ),
    ],
)
def test_an_attribute_as_json(one: Attribute, wanted: dict[str, Any]) -> None:
    assert _spell.attribute(one) == wanted


@pytest.mark.parametrize(("size", "wanted"), [(None, {}), (0, {"size": 0}), (2**60, {"size": 2**60})])
def test_a_file_as_json(size: int | None, wanted: dict[str, int]) -> None:
    assert _spell.file(File("a", size=size)) == {"path": "a", **wanted, "attributes": [], "type": "file"}


def test_an_empty_list_of_a_section_is_not_written() -> None:
    assert _spell.node(Section("Study")) == {"type": "Study", "attributes": []}


def test_a_table_is_a_list_in_the_list_of_subsections() -> None:
    made = _spell.node(Section("Study", sections=[Section("A"), [Section("B")]]))
    assert [type(one) for one in made["subsections"]] == [dict, list]


def test_letters_stand_in_the_json_as_they_are() -> None:
    text = _spell.as_json(Submission("S-1", [], Section("Étude")))
    assert "Étude" in text
    assert json.loads(text)["accno"] == "S-1"


def test_titles_are_unlike_within_a_kind_and_may_be_alike_across() -> None:
    parts = {
        "biosamples": [{"id": "bs-1", "title": "A"}, {"id": "bs-2", "title": " a "}],
        "specimens": [{"id": "sp-1", "title": "A"}],
    }
    names = Names(Curation.model_validate(parts))
    assert [names[one] for one in ("bs-1", "bs-2", "sp-1")] == ["A", "a (2)", "A"]


def test_a_title_that_was_changed_is_told() -> None:
    names = Names(Curation.model_validate({"specimens": [{"id": "sp-1", "title": "A"}, {"id": "sp-2", "title": "A"}]}))
    assert [(one.path, one.found, one.wanted) for one in names.findings({})] == [
        ("/specimens/sp-2/title", "A", "A (2)")
    ]


def test_an_entity_without_a_title_is_called_by_its_kind_and_nothing_is_told() -> None:
    names = Names(Curation.model_validate({"acquisitions": [{"id": "ac-1"}, {"id": "ac-2"}]}))
    assert [names[one] for one in ("ac-1", "ac-2")] == ["Image acquisition 1", "Image acquisition 2"]
    assert list(names.findings({})) == []
    assert names.get("ac-9") == names.get(None) == ""


@pytest.mark.parametrize(
    ("held", "text"),
    [
        ({}, ""),
        ({"instrument_description": "a scope"}, "a scope"),
        ({"objective_magnification": 63}, "Objective: 63x"),
        ({"objective_na": 1.4}, "Objective: NA 1.4"),
        ({"objective_magnification": 63, "objective_na": 1.4}, "Objective: 63x/1.4"),
        ({"objective_immersion": "Oil"}, "Objective: Oil"),
        ({"instrument_model": {"absent": "not_recorded"}, "software": "S"}, "Software: S"),
    ],
)
def test_an_instrument_says_what_it_has(held: dict[str, Any], text: str) -> None:
    assert _texts.instrument(Acquisition.model_validate({"id": "ac-1", **held})) == text


@pytest.mark.parametrize(
    ("channel", "text"),
    [
        ({}, ""),
        ({"name": "GFP"}, "Channel GFP"),
        ({"excitation": {"number": 488, "unit": "nm"}}, "Channel: excitation 488 nm"),
    ],
)
def test_a_channel_says_what_it_has(channel: dict[str, Any], text: str) -> None:
    one = Acquisition.model_validate({"id": "ac-1", "channels": [{"id": "ch-1", "label": "lb-9", **channel}]})
    assert _texts.settings(one, {}) == text


def test_a_preparation_that_was_not_recorded_says_so() -> None:
    one = Specimen.model_validate({"id": "sp-1", "preparation_method": {"absent": "not_recorded", "reason": "lost"}})
    assert _texts.preparation(one, []) == "not recorded (lost)"


def test_a_sample_that_adds_nothing_is_not_named() -> None:
    assert (
        _texts.preparation(Specimen(id="sp-1", preparation_method="Fixed."), [Sample(id="sa-1", title="S")]) == "Fixed."
    )


@pytest.mark.parametrize(
    ("held", "text"),
    [
        ({}, ""),
        ({"growth_protocol": "fed"}, "fed"),
        ({"growth_medium": "M9"}, "Medium: M9"),
        ({"growth_protocol": "fed", "growth_medium": "M9"}, "fed\nMedium: M9"),
    ],
)
def test_growth_and_medium(held: dict[str, str], text: str) -> None:
    assert _texts.growth(Specimen.model_validate({"id": "sp-1", **held})) == text


def test_labelled_lines_leave_out_what_is_empty() -> None:
    one = Sample(id="sa-1", title="S", signal_contrast_mechanism=(Term(label="a"), Term(label="b")))
    names = {"title": "", "signal_contrast_mechanism": "Signal", "experimental_status": "Status"}
    assert _texts.labelled(one, names) == "S\nSignal: a; b"
