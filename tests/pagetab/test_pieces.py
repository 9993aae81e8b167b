"""The pieces that a submission is put together from: words, names, spellings, lists, columns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.formats.pagetab import _spell, _texts
from rembi_widgets.formats.pagetab._columns import (
    Column,
    _few,
    _pooled,
    _renamed,
    cell,
    columns,
    folders,
    image_data,
    listed,
)
from rembi_widgets.formats.pagetab._columns import (
    _texts as told,
)
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
from rembi_widgets.formats.pagetab._lists import Lists
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
    Table,
    Term,
)

texts = st.text(max_size=20)


@given(texts)
def test_a_tame_text_stays_as_it_is(text: str) -> None:
    assert tame(tame(text)) == tame(text)


@given(texts)
def test_a_tame_text_can_be_written(text: str) -> None:
    assert tame(text).encode("utf-8")
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


@pytest.mark.parametrize(
    ("text", "one"), [("a", "a"), ("a\tb", "a b"), ("a\n\nb", "a b"), ("\u200b", "\u200b"), ("a\u2028b", "a b")]
)
def test_a_cell_of_a_list_is_one_line(text: str, one: str) -> None:
    assert cell(text) == one


@given(texts)
def test_no_cell_of_a_list_holds_a_tab_or_a_break(text: str) -> None:
    assert not set(cell(text)) & set("\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")


@pytest.mark.parametrize(
    ("path", "one"),
    [("./a", "a"), ("a\\b", "a/b"), ("a.zarr//", "a.zarr"), ("././a", "./a"), ("/a", "/a"), ("", ""), (".\\a", "a")],
)
def test_a_path_is_listed_with_slashes(path: str, one: str) -> None:
    assert listed(path) == one


def test_a_header_that_is_taken_gets_a_number() -> None:
    taken = {"well"}
    made = [_renamed(Column("Well", (), ()), taken).header for _ in range(2)]
    assert made == ["Well 2", "Well 3"]


@pytest.mark.parametrize(
    ("places", "count"), [([], 0), ([0], 1), ([0, 0], 1), ([0, 1], 2), ([0, 1, 2], 2), ([0, 3], 1)]
)
def test_distinct_texts_are_counted_until_there_are_enough(places: list[int], count: int) -> None:
    assert Column("x", ("a", "b", "c", "a"), places).distinct() == count


def test_empty_values_of_a_column_have_a_word() -> None:
    assert told([None, "", 3.0, "a\tb"]) == ["not recorded", "not recorded", "3", "a b"]
    assert told([None], empty="none") == ["none"]


def test_images_of_one_file_are_pooled_where_they_differ() -> None:
    held = ["A1", "A2", "not applicable"]
    places = _pooled(held, [0, -1, 0], [(0, [0, 1]), (2, [0, 0])])
    assert [held[place] for place in places] == ["A1; A2", "not applicable", "A1"]


@pytest.mark.parametrize(
    ("paths", "columns"),
    [
        (["a.tif"], []),
        (["a/x", "b/x"], [["a", "b"]]),
        (["a/x", "x"], [["a", "not applicable"]]),
        (["a/b/x", "a/x"], [["a", "a"], ["b", "not applicable"]]),
        (["a/b.zarr/"], [["a"]]),
        (["./a/x"], [["a"]]),
    ],
)
def test_each_level_of_folders_is_a_column(paths: list[str], columns: list[list[str]]) -> None:
    made = list(folders(paths, range(len(paths))))
    assert [[one.texts[place] for place in one.places] for one in made] == columns
    assert [one.header for one in made] == [f"Folder {n}" for n in range(1, len(columns) + 1)]


def curation(files: dict[str, Any], images: dict[str, Any] | None = None, **parts: Any) -> Curation:
    def table(prefix: str, held: dict[str, Any]) -> Table:
        count = len(next(iter(held.values()), ()))
        return Table(tuple(f"{prefix}-{n}" for n in range(1, count + 1)), {k: tuple(v) for k, v in held.items()})

    return Curation.model_validate({"files": table("fl", files), "images": table("im", images or {}), **parts})


TWO: dict[str, Any] = {
    "components": [
        {"id": "sc-1", "associations": [{"id": "as-1", "acquisition": "ac-1"}]},
        {"id": "sc-2", "associations": [{"id": "as-2"}, {"id": "as-3"}]},
    ],
    "acquisitions": [{"id": "ac-1", "title": "Q"}],
    "annotations": [{"id": "at-1", "title": "N"}],
}


def test_a_file_belongs_to_its_component() -> None:
    lists = Lists(curation({"path": ["a", "b"], "component": ["sc-1", "sc-2"]}, **TWO))
    assert dict(lists.of) == {"sc-1": [0], "sc-2": [1]}
    assert lists.unlisted == []


def test_a_file_that_an_annotation_made_belongs_to_it_alone() -> None:
    lists = Lists(curation({"path": ["a"], "component": ["sc-1"], "made_by": ["at-1"]}, **TWO))
    assert dict(lists.of) == {"at-1": [0]}


@pytest.mark.parametrize("component", [None, "sc-9", "at-1"])
def test_a_file_of_no_component_is_in_no_list(component: str | None) -> None:
    lists = Lists(curation({"path": ["a"], "component": [component]}, **TWO))
    assert (dict(lists.of), lists.unlisted) == ({}, [0])
    assert [(one.code, one.found) for one in lists.findings()] == [("pagetab_unlisted", "a")]


def test_a_file_without_a_path_is_passed_over() -> None:
    lists = Lists(curation({"path": [None], "component": ["sc-1"]}, **TWO))
    assert (dict(lists.of), lists.unlisted, list(lists.findings())) == ({}, [], [])


def test_an_image_of_the_only_association_has_it() -> None:
    lists = Lists(curation({"path": ["a", "b"], "component": ["sc-1", "sc-2"]}, {"file": ["fl-1", "fl-2"]}, **TWO))
    assert [link.id if link else None for link in lists.links] == ["as-1", None]


def test_an_image_leads_its_file_where_it_belongs() -> None:
    lists = Lists(curation({"path": ["a"], "component": ["sc-1"]}, {"file": ["fl-1"], "association": ["as-3"]}, **TWO))
    assert dict(lists.of) == {"sc-2": [0]}


def test_images_of_two_components_put_their_file_in_both() -> None:
    images = {"file": ["fl-1", "fl-1"], "association": ["as-1", "as-2"]}
    lists = Lists(curation({"path": ["a"]}, images, **TWO))
    assert dict(lists.of) == {"sc-1": [0], "sc-2": [0]}
    assert lists.images_of(0) == [0, 1]


def test_an_image_of_no_file_is_passed_over() -> None:
    lists = Lists(curation({"path": ["a"], "component": ["sc-1"]}, {"file": ["fl-9"], "component": ["sc-1"]}, **TWO))
    assert (lists.first, lists.images_of(0)) == ([-1], [])


def test_a_result_goes_with_its_source() -> None:
    files = {"path": ["a", "r"], "component": ["sc-2", None], "source_image": [None, "im-1"], "made_by": [None, "an-1"]}
    lists = Lists(curation(files, {"file": ["fl-1"]}, analyses=[{"id": "an-1"}], **TWO))
    assert dict(lists.of) == {"sc-2": [0, 1]}


@pytest.mark.parametrize(("ref", "path"), [("im-1", "a"), ("fl-1", "a"), ("fl-9", None), (None, None), ("", None)])
def test_a_source_is_an_image_or_a_file(ref: str | None, path: str | None) -> None:
    lists = Lists(curation({"path": ["a"], "component": ["sc-1"]}, {"file": ["fl-1"]}, **TWO))
    assert lists.source(ref) == path


def headers(record: Curation, home: str) -> dict[str, list[str]]:
    found = columns(Lists(record), Names(record), home)
    return {one.header: [one.texts[place] for place in one.places] for one in found}


def test_a_column_that_never_differs_is_left_out() -> None:
    record = curation(
        {"path": ["a", "b"], "component": ["sc-1"] * 2, "role": ["raw", "raw"], "format": ["x", "y"]}, **TWO
    )
    assert headers(record, "sc-1") == {"File format": ["x", "y"]}


def test_a_free_column_is_called_by_its_key() -> None:
    record = curation({"path": ["a", "b"], "component": ["sc-1"] * 2, "x-bia-Dose": ["1", None]}, **TWO)
    assert headers(record, "sc-1") == {"Dose": ["1", "not recorded"]}


def test_a_free_column_without_a_name_is_a_note() -> None:
    record = curation({"path": ["a", "b"], "component": ["sc-1"] * 2, "x-bia-": ["1", "2"]}, **TWO)
    assert list(headers(record, "sc-1")) == ["Note"]


def test_an_annotation_has_its_column_of_sources_though_it_never_differs() -> None:
    record = curation(
        {"path": ["a", "m"], "component": ["sc-1", None], "made_by": [None, "at-1"], "source_image": [None, "fl-1"]},
        **TWO,
    )
    assert headers(record, "at-1") == {"source_image": ["a"]}


def test_what_images_have_in_common_is_told_of_their_acquisition() -> None:
    images = {
        "file": ["fl-1", "fl-2"],
        "size_x": [512.0, 1024.0],
        "well": ["A1", "A2"],
        "pixel_type": ["uint8", "uint8"],
    }
    record = curation({"path": ["a", "b"], "component": ["sc-1"] * 2}, images, **TWO)
    assert image_data(Lists(record)) == {"ac-1": "SizeX: 512 / 1024; PixelType: uint8"}


@pytest.mark.parametrize(("count", "wanted"), [(5, 1), (6, 0)])
def test_more_values_than_a_reader_takes_in_are_not_told(count: int, wanted: int) -> None:
    table = curation({}, {"size_x": [float(n) for n in range(count)]}).images
    assert len(list(_few(table, list(range(count))))) == wanted


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
