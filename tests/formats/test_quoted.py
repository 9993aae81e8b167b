"""Columns that are quoted a block of rows at a time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.formats.isatab._cells import quote, words
from rembi_widgets.formats.isatab._quoted import BLOCK, Cells, Each, Held, Same, Spread, blocks, spread, told, written


def rows(columns: list[Cells]) -> list[str]:
    return ["\t".join(row) for block in blocks(columns) for row in block]


@given(values=st.lists(st.sampled_from(["a", 'b "c"', "", None, " d ", 1, 2.5]), min_size=1))
def test_a_column_is_quoted_as_each_of_its_values(values: list[object]) -> None:
    cells = written(values, words)
    assert list(cells) == [quote(words(value)) for value in values]
    assert cells.says() == any(cell != '""' for cell in cells)
    assert cells[-1:] == [cells[len(cells) - 1]]


def test_the_kind_of_a_column_is_told_by_what_differs() -> None:
    many = [f"x{number}" for number in range(2 * BLOCK)]
    assert isinstance(written(["a"] * 5, str), Same)
    assert isinstance(written(["a", "b"] * BLOCK, str), Spread)
    assert isinstance(written(many, str, plain=True), Each)
    assert list(written(many, str)) == [f'"{one}"' for one in many]


def test_columns_that_are_written_as_one_give_the_same_rows() -> None:
    places = [number % 3 for number in range(2 * BLOCK + 7)]
    one, other = spread(['"a"', '"b"', '"c"'], places), spread(['"1"', '"2"', '"3"'], places)
    constant, each = Same('"k"', len(places)), written([f"x{at}" for at in range(len(places))], str)
    mapped = told({0: '"p"', 1: '"q"', 2: '"r"'}, places)
    columns: list[Cells] = [constant, constant, one, other, one, each, each, mapped, mapped, constant]
    assert rows(columns) == ["\t".join(row) for row in zip(*map(list, columns), strict=True)]


def test_what_is_spread_and_says_one_thing_is_one_thing() -> None:
    assert isinstance(spread(['"a"', '"a"'], [0, 1, 0]), Same)
    assert isinstance(told({1: '"a"', 2: '"a"'}, [1, 2, 2]), Same)
    assert not Held(['""', '""']).says()
    assert not Same('""', 3).says()
    assert not Same('"a"', 0).says()
    assert rows([]) == []
