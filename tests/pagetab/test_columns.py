"""File lists piece by piece: which file belongs where, which columns there are, what stands in a cell."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from rembi_widgets.formats.pagetab._lists import Lists
from rembi_widgets.formats.pagetab._names import Names
from rembi_widgets.record import Absent, Curation, Table

texts = st.text(max_size=20)


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


@pytest.mark.parametrize("component", ["sc-1", None])
def test_a_path_that_was_not_recorded_is_none(component: str | None) -> None:
    lists = Lists(curation({"path": [Absent(absent="not_recorded")], "component": [component]}, **TWO))
    assert (dict(lists.of), list(lists.findings()), lists.source("fl-1")) == ({}, [], None)


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
