"""Columns of large tables say what plain tuples say, in less room."""

from __future__ import annotations

import copy
import sys
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rembi_widgets.record import (
    Absent,
    Column,
    Curation,
    Edit,
    GrowingColumn,
    Mark,
    Origin,
    Reordered,
    Table,
    Term,
    compact,
    in_any_order,
    repeated,
    replaced,
    run,
    taken,
)
from rembi_widgets.record._column import BLOCK, SMALL

if TYPE_CHECKING:
    from collections.abc import Sequence

MANY = SMALL + 2 * BLOCK + 7
IDS = tuple(f"im-{number}" for number in range(MANY))
TERM, MARK = Term(label="confocal microscopy"), Mark(confirmed=False, origin=Origin(kind="import", header="Title"))
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([0.0, -0.0, 1.0, 0.5, 2048.0]),
    st.sampled_from(["", "a", "\x1f", "a\x1fb", "\t", "\n", "é", "\ud800", "not applicable"]),
    st.text(max_size=3),
    st.sampled_from([TERM, Absent(absent="not_recorded"), ("a", "b")]),
)
"""Cells of every kind; texts that hold what joins them, numbers that are equal and not the same."""


def runs(cells: Sequence[tuple[Any, int]]) -> tuple[Any, ...]:
    """Give cells one after the other, many times each, so that a few make a column."""
    return tuple(cell for cell, times in cells for _ in range(times))


COLUMNS = st.one_of(
    st.lists(st.tuples(CELLS, st.integers(1, 4 * BLOCK)), min_size=8, max_size=14).map(runs),
    st.lists(CELLS, min_size=3, max_size=40).map(lambda cells: tuple(cells * (MANY // len(cells) + 1))),
    st.builds(
        lambda cells, start: (*cells, *(f"x{start + n}" for n in range(MANY))), st.lists(CELLS), st.integers(0, 9)
    ),
).filter(lambda cells: len(cells) >= SMALL)
"""Columns that are held in each way: what is the same on many rows, few values that take turns, texts that differ."""


def exactly(values: Sequence[Any]) -> list[tuple[str, str]]:
    """Tell values that are equal, such as 1 and 1.0, apart."""
    return [(type(value).__name__, repr(value)) for value in values]


@settings(deadline=None)
@given(COLUMNS)
def test_a_column_says_what_it_was_made_of(cells: tuple[Any, ...]) -> None:
    column = compact(cells)
    assert isinstance(column, Column)
    assert exactly(tuple(column)) == exactly(cells)
    assert len(column) == len(cells)
    assert column == cells
    assert cells == column
    assert compact(column) is column


@settings(deadline=None)
@given(COLUMNS, st.integers(-3000, 3000), st.integers(-3000, 3000), st.sampled_from([1, 1, 2, 100, -1, -7]))
def test_a_part_of_a_column_is_that_of_a_tuple(cells: tuple[Any, ...], begin: int, end: int, step: int) -> None:
    column = compact(cells)
    assert exactly(column[begin:end:step]) == exactly(cells[begin:end:step])
    assert exactly([column[begin % len(cells)]]) == exactly([cells[begin % len(cells)]])


@settings(deadline=None)
@given(COLUMNS, st.sets(st.integers(0, SMALL - 1), max_size=5), CELLS)
def test_cells_are_replaced(cells: tuple[Any, ...], places: set[int], value: Any) -> None:
    expected = [value if place in places else cell for place, cell in enumerate(cells)]
    column = replaced(compact(cells), dict.fromkeys(places, value))
    assert exactly(tuple(column)) == exactly(expected)


@settings(deadline=None)
@given(COLUMNS, COLUMNS)
def test_columns_are_joined_and_compared(cells: tuple[Any, ...], others: tuple[Any, ...]) -> None:
    one, other = compact(cells), compact(others)
    assert exactly(tuple(one + other)) == exactly(cells + others)
    assert exactly(tuple(one + others)) == exactly(cells + others)
    assert exactly(tuple(cells + other)) == exactly(cells + others)
    assert (one == other) == (cells == others)
    assert (one == others) == (cells == others)


@settings(deadline=None)
@given(COLUMNS, CELLS)
def test_cells_are_found_and_counted(cells: tuple[Any, ...], cell: Any) -> None:
    column = compact(cells)
    for value in (cell, cells[0], cells[-1]):
        assert column.count(value) == cells.count(value)
        assert (value in column) == (value in cells)
        if value in cells:
            assert column.index(value) == cells.index(value)


@settings(deadline=None)
@given(COLUMNS, st.randoms(use_true_random=False))
def test_cells_are_taken_from_anywhere(cells: tuple[Any, ...], random: Any) -> None:
    places = list(range(len(cells)))
    random.shuffle(places)
    for some in (places, places[:BLOCK], [*places, *places[:3]]):
        assert exactly(taken(compact(cells), some)) == exactly([cells[place] for place in some])


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), CELLS, st.integers(0, 350)), min_size=4, max_size=12))
def test_a_column_grows_by_cells_and_by_what_is_the_same(pieces: list[tuple[bool, Any, int]]) -> None:
    making, expected = GrowingColumn(), list[Any]()
    for same, cell, count in pieces:
        if same:
            making.add_same(cell, count)
        else:
            making.add(iter([cell] * count))
        expected += [cell] * count
    assert len(making) == len(expected)
    assert exactly(making.column()) == exactly(expected)


def test_a_short_column_is_a_tuple() -> None:
    assert compact(["a"] * (SMALL - 1)) == ("a",) * (SMALL - 1)
    assert type(compact(iter(["a", "b"]))) is tuple
    assert type(repeated("a", 3)) is tuple


def test_a_column_is_no_list() -> None:
    assert compact(IDS) != list(IDS)
    assert compact(IDS) != 3


def test_columns_of_other_lengths_differ() -> None:
    assert compact(IDS) != compact(IDS[:-1])


def test_there_is_nothing_behind_the_last_row() -> None:
    column = compact(IDS)
    for row in (MANY, -MANY - 1):
        with pytest.raises(IndexError):
            column[row]
    assert column[-1] == IDS[-1]
    assert column[MANY:] == ()
    assert column[5:5] == ()


def test_a_column_can_be_a_key_and_be_copied() -> None:
    column = compact(IDS)
    assert {column: 1}[compact(IDS)] == 1
    assert hash(column) == hash(IDS)
    assert copy.deepcopy(column) == column
    assert repr(column) == f"Column('im-0', 'im-1', 'im-2', ... {MANY} rows)"


def room(column: Sequence[Any]) -> int:
    """Give the bytes that a column takes, what its blocks share once."""
    assert isinstance(column, Column)
    blocks = {id(block): block for block in column.blocks}
    texts = {id(cell): cell for block in blocks.values() if isinstance(block, tuple) for cell in block}
    return sum(map(sys.getsizeof, [*blocks.values(), *texts.values()])) + 8 * len(column.blocks)


@pytest.mark.parametrize(
    ("cells", "most"),
    [
        (tuple(f"im-{n}" for n in range(50_000)), 10),
        (tuple(f"images/plate {n // 1000}/well {n // 10:05d}/field_{n:06d}.ome.tiff" for n in range(50_000)), 60),
        (tuple("OME-TIFF".lower() for _ in range(50_000)), 0.5),
        (tuple(float("2048") for _ in range(50_000)), 0.5),
        (tuple("".join(["as-", str(n // 30)]) for n in range(50_000)), 12),
        ((MARK,) * 50_000, 0.5),
        ((None,) * 49_000 + tuple(f"x{n}" for n in range(1_000)), 1),
    ],
)
def test_a_column_takes_little_room(cells: tuple[Any, ...], most: float) -> None:
    assert room(compact(cells)) / len(cells) < most


def test_what_is_one_on_every_row_is_known_to_be() -> None:
    assert isinstance(same := repeated(MARK, MANY), Column)
    assert same.is_same
    assert isinstance(text := compact(["AB".lower() for _ in range(MANY)]), Column)
    assert text.is_same
    assert not text.is_text
    assert isinstance(ids := compact(IDS), Column)
    assert not ids.is_same
    assert ids.is_text
    assert isinstance(almost := compact([*["a"] * (MANY - 1), "b"]), Column)
    assert not almost.is_same


def test_one_changed_cell_leaves_the_other_blocks() -> None:
    column = compact(IDS)
    changed = replaced(column, {BLOCK + 3: "other"})
    assert isinstance(column, Column)
    assert isinstance(changed, Column)
    assert [a is b for a, b in zip(column.blocks, changed.blocks, strict=True)].count(False) == 1
    assert column[BLOCK + 3] == f"im-{BLOCK + 3}"


def test_all_rows_in_another_order_are_put_in_order_when_they_are_read() -> None:
    back = taken(compact(IDS), range(MANY - 1, -1, -1))
    assert isinstance(back, Reordered)
    assert list(back) == list(reversed(IDS))
    assert back[10:20] == list(reversed(IDS))[10:20]
    assert back[10:20:3] == list(reversed(IDS))[10:20:3]
    assert (back[0], back[-1], len(back)) == (IDS[-1], IDS[0], MANY)
    assert in_any_order(back) == IDS
    assert in_any_order(IDS) is IDS


def test_all_rows_in_their_order_are_the_column() -> None:
    column = compact(IDS)
    assert taken(column, range(MANY)) is column
    assert taken(IDS, range(MANY)) is IDS


def test_a_row_that_comes_twice_is_taken_twice() -> None:
    assert tuple(taken(compact(IDS), [*range(MANY - 1), 0])) == (*IDS[:-1], IDS[0])


def tables() -> tuple[Table, Table]:
    """Give a table by columns, and as rows that a dictionary holds."""
    columns = {
        "file": tuple(f"fl-{n}" for n in range(MANY)),
        "component": ("sc-1",) * MANY,
        "size_x": tuple(float(n % 7) for n in range(MANY)),
        "qc_info": tuple("blurred" if n % 11 == 0 else None for n in range(MANY)),
    }
    return Table(IDS, columns, {"component": (MARK,) * MANY}), Table()


def test_a_large_table_is_held_by_columns_and_equals_one_of_the_same_values() -> None:
    table, _ = tables()
    assert all(isinstance(one, Column) for one in (table.ids, *table.columns.values(), *table.marks.values()))
    assert table == tables()[0]
    assert hash(table) == hash(tables()[0])
    assert table.row("im-11") == {
        "id": "im-11",
        "file": "fl-11",
        "component": "sc-1",
        "size_x": 4.0,
        "qc_info": "blurred",
    }
    assert table.mark("im-11", "component") is MARK
    assert table.column("well") == (None,) * MANY


def test_a_large_table_says_what_it_says_in_json() -> None:
    table, _ = tables()
    told = table.plain()
    assert told["ids"] == list(IDS)
    assert told["columns"]["size_x"][:8] == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0]


def test_a_table_that_nobody_asked_for_a_row_has_no_index() -> None:
    table, _ = tables()
    assert "index" not in vars(table.with_cells("well", table.ids, ["A1"] * MANY, [None] * MANY))
    assert "im-3" in table
    assert "index" in vars(table.with_cells("well", ["im-3"], ["A1"], [None]))


EDITS = [
    Edit(op="set", path="/images/im-500/qc_info", value="sharp"),
    Edit(op="clear", path="/images/im-11/qc_info"),
    Edit(op="confirm", path="/images/im-500/component"),
    Edit(op="fill", path="/images/qc_info", rows=IDS, value="sharp"),
    Edit(op="fill", path="/images/qc_info", rows=IDS[::2], value="sharp"),
    Edit(op="fill", path="/images/qc_info", rows=IDS, values=[None] * MANY),
    Edit(op="fill", path="/images/file", rows=IDS[::-1], values=IDS),
    Edit(op="add", path="/images", rows=("im-new",)),
    Edit(op="add", path="/images", rows=("im-new", "im-other"), at=(3, MANY + 1), value={"qc_info": ["a", "b"]}),
    Edit(op="remove", path="/images", rows=IDS[5:300:3]),
    Edit(op="remove", path="/images", rows=IDS[1:]),
    Edit(op="move", path="/images", rows=IDS[::-1]),
    Edit(op="move", path="/images", rows=IDS[700:]),
]


def by_rows(table: Table) -> list[tuple[dict[str, Any], dict[str, Mark | None]]]:
    return [(table.row(row), {name: table.mark(row, name) for name in sorted(table.marks)}) for row in table.ids]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.op)
def test_an_edit_of_a_large_table_leads_back(edit: Edit) -> None:
    before = Curation.model_validate({"images": tables()[0]})
    after, back = run(before, [edit], Origin())
    again, _ = run(after, back, Origin())
    assert after.images != before.images
    assert by_rows(again.images) == by_rows(before.images)
    assert again.images.ids == before.images.ids


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.op)
def test_an_edit_does_the_same_to_columns_and_to_tuples(edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    compactly, _ = run(Curation.model_validate({"images": tables()[0]}), [edit], Origin())
    monkeypatch.setattr("rembi_widgets.record._column.SMALL", 10 * MANY)
    plainly, _ = run(Curation.model_validate({"images": tables()[0]}), [edit], Origin())
    assert isinstance(plainly.images.ids, tuple)
    assert by_rows(compactly.images) == by_rows(plainly.images)
    assert compactly.images == plainly.images


def test_differences_of_large_tables_are_told_by_the_rows_that_differ() -> None:
    from rembi_widgets.record import diff

    before = Curation.model_validate({"images": tables()[0]})
    after, _ = run(before, [Edit(op="set", path="/images/im-500/qc_info", value="sharp")], Origin())
    told = list(diff(before, after))
    assert [(edit.op, edit.path, edit.rows, edit.values) for edit in told] == [
        ("fill", "/images/qc_info", ("im-500",), ("sharp",))
    ]
    moved, _ = run(before, [EDITS[-1]], Origin())
    assert [edit.op for edit in diff(before, moved)] == ["move"]


@pytest.mark.parametrize(("one", "other"), list(product([1, 1.0, True], repeat=2)))
def test_numbers_that_are_equal_stay_what_they_are(one: Any, other: Any) -> None:
    cells = (one, other) * MANY
    assert exactly(compact(cells)) == exactly(cells)
