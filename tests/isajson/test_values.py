"""Values, comments and cells of ISA-JSON, one at a time; and the text of what is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.formats import isajson, isatab
from rembi_widgets.formats.isajson import _cells
from rembi_widgets.formats.isajson import _labels as labels
from rembi_widgets.formats.isajson._annotation import Names, pieces
from rembi_widgets.formats.isajson._cells import Grid, _beside_header, _merged, row_text
from rembi_widgets.formats.isajson._in import Back
from rembi_widgets.formats.isajson._load import Look
from rembi_widgets.formats.isajson._out import lines, told
from rembi_widgets.formats.isajson._things import Reader, Thing, Value, _joined, _put
from tests.isajson.foreign import plain, term
from tests.isaread.papers import small, table


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ("a", Value("a")),
        (3, Value("3")),
        (None, Value()),
        (term("a", "S", "http://x"), Value("a", "S", "http://x")),
        ({"annotationValue": 7}, Value("7")),
        ({}, Value()),
    ],
)
def test_an_annotation_is_a_value(data: Any, value: Value) -> None:
    assert Reader(Look("a.json")).annotation(data, "/x") == value


@pytest.mark.parametrize(
    ("held", "found"),
    [
        ([{"name": "a", "value": "b"}], [("a", "b")]),
        ([{"name": "a", "value": 3}], [("a", "3")]),
        ([{"name": "a"}], [("a", "")]),
        ([{"value": "b"}], [("", "b")]),
        ([{}, {"name": "", "value": ""}], []),
        (None, []),
    ],
)
def test_comments_are_pairs(held: Any, found: list[tuple[str, str]]) -> None:
    assert Reader(Look("a.json")).comments({"comments": held}, "") == found


@pytest.mark.parametrize(("text", "step"), [("3", 3), ("0", 0), ("-1", 0), ("99999", 0), ("x", 0), ("", 0), ("٣", 0)])
def test_a_step_is_a_small_number(text: str, step: int) -> None:
    thing = Thing("", kind="process")
    Reader(Look("a.json")).take_comments(thing, {"comments": [{"name": labels.STEP, "value": text}]}, "")
    assert (thing.step, thing.said) == (step, {})


@pytest.mark.parametrize(("text", "implied"), [("Process", True), ("Protocol REF", False), ("process", False)])
def test_a_process_may_be_implied(text: str, implied: bool) -> None:
    thing = Thing("", kind="process")
    Reader(Look("a.json")).take_comments(thing, {"comments": [{"name": labels.MADE, "value": text}]}, "")
    assert thing.implied is implied


def test_values_under_one_header_stand_in_their_order() -> None:
    thing = Thing("Source Name")
    for text in "ab":
        _put(thing, "Comment[n]", Value(text))
    assert {key: value.text for key, value in thing.said.items()} == {("Comment[n]", 0): "a", ("Comment[n]", 1): "b"}


@given(st.lists(st.text("ab;", max_size=4), min_size=2, max_size=4))
def test_values_of_one_cell_come_apart_again(values: list[str]) -> None:
    joined = _joined([Value(text) for text in values]).text
    found = pieces(joined) if any(values) else [""] * len(values)
    assert [one.replace("\\;", ";") for one in found] == values


def test_sources_of_one_cell_are_as_many_as_its_values() -> None:
    made = _joined([Value("a", "S"), Value("b"), Value("c", "", "u")])
    assert (made.text, made.source, made.accession) == ("a;b;c", "S;;", ";;u")


@pytest.mark.parametrize(
    ("value", "source", "accession", "count"),
    [
        ("a;b", "S;T", "x;y", 2),
        ("a;b", "", "", 2),
        ("a;b", "S", "", 1),
        ("a", "S;T", "", 1),
        ("", "", "", 1),
        ("a\\;b", "S", "", 1),
    ],
)
def test_a_cell_is_divided_if_its_parts_agree(value: str, source: str, accession: str, count: int) -> None:
    assert len(Names().annotations(value, source, accession)) == count


def test_sources_that_are_used_are_remembered_once() -> None:
    names = Names()
    for source in ("S", "", "S", "T"):
        names.annotation("a", source)
    assert names.sources == {"S", "T"}


@given(st.lists(st.text("ab", max_size=3), min_size=1, max_size=4), st.lists(st.text("ab", max_size=3), max_size=4))
def test_a_merged_sequence_holds_both_in_their_order(one: list[str], other: list[str]) -> None:
    first, second = [(text, 0) for text in one], [(text, 0) for text in other]
    merged = _merged(first, second)
    for wanted in (first, second):
        found = iter(merged)
        assert all(token in found for token in wanted)
    assert len(merged) <= len(first) + len(second)


@pytest.mark.parametrize(
    ("header", "bare"),
    [
        ("Comment[a]", "Comment[a]"),
        ("Comment[a] Unit", "Unit"),
        ("Comment[a] Term Source REF", "Term Source REF"),
        ("Comment[a] Unit Term Accession Number", "Term Accession Number"),
        ("Performer", "Performer"),
    ],
)
def test_what_stood_beside_a_column_has_its_bare_header(header: str, bare: str) -> None:
    assert _beside_header(header) == bare


def test_a_row_ends_with_one_line_break() -> None:
    assert row_text(["a", 'b"', ""]) == '"a"\t"b"""\t""\n'


@given(st.recursive(st.text(max_size=3) | st.integers() | st.none(), lambda it: st.lists(it, max_size=2), max_leaves=4))
def test_the_text_of_an_object_is_its_json(value: Any) -> None:
    data = {"title": value, "studies": [{"studies": [], "comments": [{"name": "a", "value": value}]}], "comments": []}
    assert json.loads("".join(lines(data))) == data


def test_each_thing_of_a_list_has_a_line() -> None:
    text = "".join(lines({"comments": [{"name": "a"}, {"name": "b"}]}))
    assert sum('"name"' in one for one in text.splitlines()) == 2


def test_a_parameter_that_nothing_uses_gets_an_empty_value_once(tmp_path: Path) -> None:
    images = table(["Sample Name", "Protocol REF", "Raw Data File"], ["liver 1", "microscopy", "1.tif"])
    folder = small(tmp_path, a_images=images, study_protocols={"Study Protocol Parameters Name": ["", "gain"]})
    [file] = isajson.write_document(isatab.open_document(folder), tmp_path / "a.json").files
    study = json.loads(file.read_text(encoding="utf-8"))["studies"][0]
    declared = study["protocols"][1]["parameters"][0]["@id"]
    [process] = study["assays"][0]["processSequence"]
    assert process["parameterValues"] == [{"category": {"@id": declared}, "value": ""}]


def test_a_finding_names_its_file() -> None:
    one = told("warning", "x", "a.txt:3:1", found="f")
    assert (one.code, one.values["file"], one.found) == ("isajson.x", "a.txt", "f")


@pytest.mark.parametrize(("forms", "left_out"), [(300, 0), (302, 2)])
def test_rows_of_too_many_forms_are_counted(forms: int, left_out: int) -> None:
    rows = [[Thing("Source Name", "s", kind="node"), Thing(f"Comment[{n}]", "x", kind="node")] for n in range(forms)]
    assert Grid(rows, {}, "").left_out == left_out


def test_forms_that_are_left_out_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_cells, "_MANY_PATTERNS", 1)
    data = plain()
    data["studies"][0]["materials"]["sources"].append({"@id": "#source/2", "name": "mouse 2"})
    look = Look("a.json")
    Back(data, look)
    assert [(one.code, one.level) for one in look.all()] == [("isajson.too_many_shapes", "error")]
