"""The two tables: rows at their places, cells by column, marks as a palette, and every edit's way back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.record import (
    TABLES,
    Absent,
    Change,
    Curation,
    Edit,
    Mark,
    Origin,
    Quantity,
    Table,
    Term,
    apply,
    cell,
    get,
    invert,
    some_rows,
)
from rembi_widgets.record._tables import _marks_from, marks_json
from tests.strategies import field_values, marks, tables

SCAN = Mark(confirmed=False, origin=Origin(kind="scan"))
TYPED = Mark(confirmed=True, origin=Origin(kind="typed"))


def numbered(*ids: str, **columns: tuple[Any, ...]) -> Table:
    """A table of rows, with the columns named; a mark on every cell."""
    table = Table().with_rows(ids)
    for name, values in columns.items():
        table = table.with_cells(name, ids, values, [SCAN] * len(ids))
    return table


def done(table: Table, *edits: Edit, kind: str = "typed") -> Table:
    record = Curation.model_validate({"images": table})
    return apply(record, Change(id="w-1", origin=Origin(kind=kind), edits=edits)).images


def there_and_back(table: Table, edit: Edit) -> Table:
    record, change = Curation.model_validate({"images": table}), Change(id="w-1", edits=(edit,))
    return apply(apply(record, change), Change(id="w-2", edits=invert(record, change))).images


@st.composite
def tables_and_rows(draw: st.DrawFn) -> tuple[Table, list[str]]:
    """A table, and some of its rows in any order."""
    table = draw(tables("images").filter(len))
    return table, draw(st.lists(st.sampled_from(table.ids), unique=True, min_size=1))


@given(tables_and_rows())
def test_removed_rows_come_back_to_their_places(drawn: tuple[Table, list[str]]) -> None:
    table, rows = drawn
    fewer = table.without_rows(rows)
    assert not set(rows) & set(fewer.ids)
    assert there_and_back(table, Edit(op="remove", path="/images", rows=tuple(rows))) == table


@given(tables_and_rows())
def test_a_new_order_keeps_every_cell_with_its_row(drawn: tuple[Table, list[str]]) -> None:
    table, rows = drawn
    ordered = table.in_order(rows)
    assert list(ordered.ids[: len(rows)]) == rows
    assert {row: ordered.row(row) for row in ordered} == {row: table.row(row) for row in table}
    assert there_and_back(table, Edit(op="move", path="/images", rows=tuple(rows))) == table


@given(tables_and_rows(), st.data())
def test_a_fill_with_values_is_led_back(drawn: tuple[Table, list[str]], data: st.DataObject) -> None:
    table, rows = drawn
    column = data.draw(st.sampled_from(sorted(TABLES["images"].model_fields)))
    values = tuple(data.draw(st.none() | field_values(TABLES["images"], column)) for _ in rows)
    edit = Edit(op="fill", path=f"/images/{column}", rows=tuple(rows), values=values)
    filled = done(table, edit)
    assert [filled.value(row, column) for row in rows] == list(values)
    assert there_and_back(table, edit) == table


@given(st.lists(st.none() | marks, min_size=1, max_size=6))
def test_marks_survive_their_palette(known: list[Mark | None]) -> None:
    assert _marks_from(marks_json(known), len(known)) == known


@given(st.lists(st.none() | marks, min_size=2, max_size=6), st.data())
def test_a_fill_for_some_rows_keeps_values_and_marks_with_them(known: list[Mark | None], data: st.DataObject) -> None:
    ids = tuple(f"im-{n}" for n in range(len(known)))
    values = tuple(range(1, len(known) + 1))
    whole = Edit(op="fill", path="/images/size_x", rows=ids, values=values, marks=marks_json(known))
    places = data.draw(st.lists(st.sampled_from(range(len(known))), unique=True, min_size=1).map(sorted))
    filled = done(numbered(*ids), some_rows(whole, places))
    chosen = {ids[place]: (values[place], known[place]) for place in places}
    assert {row: (filled.value(row, "size_x"), filled.mark(row, "size_x")) for row in ids} == {
        row: chosen.get(row, (None, None)) for row in ids
    }


def test_a_fill_for_no_row_is_none() -> None:
    assert some_rows(Edit(op="fill", path="/images/size_x", rows=("im-1",), value=1), []) is None


def test_one_mark_for_all_is_written_once() -> None:
    assert marks_json([SCAN, SCAN]) == {"all": SCAN.plain()}
    assert marks_json([SCAN, None, SCAN]) == {"palette": [SCAN.plain(), None], "use": [0, 1, 0]}


@pytest.mark.parametrize("known", [3, "all", [], {"palette": 1, "use": [0]}, {"palette": [], "use": [0]}, {"use": []}])
def test_marks_that_are_none_are_refused(known: object) -> None:
    edit = Edit(op="fill", path="/images/size_x", rows=("im-1",), value=1, marks=known)
    with pytest.raises(RembiError, match="/images/size_x"):
        done(numbered("im-1"), edit)


def test_rows_are_added_at_the_positions_named() -> None:
    table = numbered("a", "b", size_x=(1, 2)).with_rows(["new", "first"], at=[2, 0])
    assert table.ids == ("first", "a", "new", "b")
    assert table.column("size_x") == (None, 1, None, 2)


def test_rows_that_are_there_are_not_added_again() -> None:
    table = numbered("a", "b", size_x=(1, 2))
    assert table.with_rows(["b", "c", "c"]).ids == ("a", "b", "c")
    assert table.with_rows(["b", "c"], at=[0, 0]).ids[0] != "b"
    assert done(table, Edit(op="add", path="/images", rows=("b",))) == table


def test_rows_are_added_with_their_cells() -> None:
    value = {"size_x": [512, None], "qc_info": ["sharp", "blurred"]}
    marked = {"size_x": {"all": SCAN.plain()}}
    table = done(Table(), Edit(op="add", path="/images", rows=("a", "b"), value=value, marks=marked))
    assert table.row("a") == {"id": "a", "size_x": 512, "qc_info": "sharp"}
    assert table.row("b") == {"id": "b", "qc_info": "blurred"}
    assert (table.mark("a", "size_x"), table.mark("a", "qc_info").confirmed) == (SCAN, True)


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"value": {"size_x": [1, 2]}}, "record.not_as_many"),
        ({"value": {"size_x": 1}}, "record.wrong_kind"),
        ({"value": [1]}, "record.wrong_kind"),
        ({"value": {"size_x": [1]}, "marks": [1]}, "record.wrong_kind"),
        ({"value": {"size_x": [1]}, "marks": {"size_x": {"palette": [None], "use": [0, 0]}}}, "record.not_as_many"),
        ({"value": {"nothing": [1]}}, "record.no_field"),
        ({"value": {"qc_info": [{"absent": "forgotten"}]}}, "record.wrong_kind"),
        ({"at": [0, 1]}, "record.not_as_many"),
    ],
)
def test_rows_that_do_not_fit_are_refused_whole(more: dict[str, Any], key: str) -> None:
    with pytest.raises(RembiError) as caught:
        done(Table(), Edit(op="add", path="/images", rows=("a",), **more))
    assert caught.value.key == key


@pytest.mark.parametrize(
    ("edit", "key"),
    [
        (Edit(op="add", path="/images/a", rows=("b",)), "record.no_list"),
        (Edit(op="add", path="/images"), "record.no_list"),
        (Edit(op="move", path="/images"), "record.no_list"),
        (Edit(op="remove", path="/images", rows=("nobody",)), "record.nothing_there"),
        (Edit(op="remove", path="/images/nobody"), "record.nothing_there"),
        (Edit(op="remove", path="/images/a/size_x"), "record.no_list"),
        (Edit(op="set", path="/images/a", value={}), "record.nothing_there"),
        (Edit(op="fill", path="/images/size_x", value=1), "record.not_a_column"),
    ],
)
def test_edits_that_fit_no_table_are_refused(edit: Edit, key: str) -> None:
    with pytest.raises(RembiError) as caught:
        done(numbered("a", size_x=(1,)), edit)
    assert caught.value.key == key


def test_one_row_is_removed_by_its_path() -> None:
    assert done(numbered("a", "b"), Edit(op="remove", path="/images/a")).ids == ("b",)


def test_a_cell_is_confirmed_with_its_origin_kept() -> None:
    table = done(numbered("a", size_x=(1,)), Edit(op="confirm", path="/images/a/size_x"))
    assert table.mark("a", "size_x") == Mark(confirmed=True, origin=Origin(kind="scan"))
    assert there_and_back(numbered("a", size_x=(1,)), Edit(op="confirm", path="/images/a/size_x")) == numbered(
        "a", size_x=(1,)
    )


def test_a_column_nobody_fills_any_more_is_gone() -> None:
    table = numbered("a", "b", size_x=(1, None))
    assert "size_x" not in table.with_cells("size_x", ["a"], [None], [None]).columns
    assert "size_x" not in table.without_rows(["a"]).columns
    assert table.with_cells("size_x", ["nobody"], [9], [None]) == table


def test_what_is_not_there_is_none() -> None:
    table = numbered("a", size_x=(1,))
    assert (table.value("a", "size_y"), table.value("b", "size_x")) == (None, None)
    assert (table.mark("a", "size_y"), table.mark("b", "size_x")) == (None, None)
    assert table.column("size_y") == (None,)
    assert table.marks.get("size_x") == (SCAN,)


def test_tables_are_equal_by_ids_cells_and_marks() -> None:
    table = numbered("a", size_x=(1,))
    assert table == numbered("a", size_x=(1,))
    assert hash(table) == hash(numbered("a", size_x=(1,)))
    assert table != numbered("a", size_x=(2,))
    assert table != table.with_cells("size_x", ["a"], [1], [TYPED])
    assert table != "a"


def test_a_table_stands_in_json_by_column() -> None:
    table = numbered("a", "b", organism=(Term(label="x"), None))
    assert table.plain() == {"ids": ["a", "b"], "columns": {"organism": [{"label": "x"}, None]}}


def test_a_table_is_no_list_of_rows() -> None:
    with pytest.raises(TypeError, match="by column"):
        Curation.model_validate({"images": [{"id": "im-1"}]})


@pytest.mark.parametrize(
    ("given_", "held"),
    [
        ({"absent": "not_recorded"}, Absent(absent="not_recorded")),
        ({"label": "HeLa", "id": "CVCL_0030"}, Term(label="HeLa", id="CVCL_0030")),
        ({"number": 2, "unit": "s"}, Quantity(number=2, unit="s")),
        (["a", {"label": "b"}], ("a", Term(label="b"))),
        ("", None),
        ([], ()),
        (0, 0),
        (False, False),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
    ],
)
def test_a_cell_is_read_from_its_json(given_: object, held: object) -> None:
    assert cell(given_) == held


def test_a_row_is_given_by_its_path() -> None:
    record = Curation.model_validate({"images": numbered("a", size_x=(1,), size_y=(None,))})
    assert get(record, "/images/a") == {"id": "a", "size_x": 1}
    assert get(record, "/images/a/size_x") == 1
    assert get(record, "/images/b") is None
    assert get(record, "/images/a/size_x/deeper") is None
