"""The bars of the house hold, or an exception says why not."""

from __future__ import annotations

import ast

import pytest

from tests.house.numbers import (
    BARS,
    Bar,
    broken,
    complexity,
    exceptions,
    missing_types,
    percentile,
    report,
    swallows_everything,
)


@pytest.mark.parametrize("bar", BARS, ids=lambda bar: bar.name)
def test_the_bar_holds(bar: Bar) -> None:
    assert broken(bar) == []


@pytest.mark.parametrize("bar", BARS, ids=lambda bar: bar.name)
def test_no_exception_is_idle(bar: Bar) -> None:
    over = {entry.where for entry in bar.single() if not bar.kept(entry.count)} if bar.single else set()
    if bar.single is None and not bar.kept(bar.measure()):
        over = {"*"}
    assert sorted(exceptions(bar.name).keys() - over) == []
    assert all(len(reason.split()) > 3 for reason in exceptions(bar.name).values())


def test_the_table_names_every_bar() -> None:
    assert [bar.name for bar in BARS if bar.name not in report()] == []


@pytest.mark.parametrize(
    ("body", "roads"),
    [
        ("pass", 1),
        ("if a:\n  pass\nelif b:\n  pass\nelse:\n  pass", 3),
        ("for a in b:\n  while c:\n    pass", 3),
        ("try:\n  pass\nexcept A:\n  pass\nexcept B:\n  pass", 3),
        ("return a and b or [c for c in d if e]", 1),
        ("match a:\n  case 1:\n    pass\n  case _:\n    pass", 3),
    ],
)
def test_complexity_is_counted_as_ruff_does(body: str, roads: int) -> None:
    source = "def f():\n" + "\n".join(f"  {line}" for line in body.splitlines())
    assert complexity(ast.parse(source).body[0]) == roads


def test_percentile_is_the_nearest_rank() -> None:
    assert percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9) == 9
    assert percentile([3], 0.95) == 3
    assert percentile([], 0.5) == 0


def test_a_missing_type_is_seen() -> None:
    [whole, bare] = ast.parse("def f(self, a: int, *b: int) -> int: ...\ndef g(a, **b): ...").body
    assert missing_types(whole) == []  # type: ignore[arg-type]
    assert missing_types(bare) == ["a", "b", "return"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("handler", "swallows"),
    [
        ("except Exception:\n  pass", True),
        ("except:\n  pass", True),
        ("except (OSError, BaseException):\n  pass", True),
        ("except BaseException:\n  tidy()\n  raise", False),
        ("except OSError:\n  pass", False),
    ],
)
def test_a_handler_of_everything_is_seen(handler: str, swallows: bool) -> None:
    [tried] = ast.parse(f"try:\n  pass\n{handler}").body
    assert isinstance(tried, ast.Try)
    assert swallows_everything(tried.handlers[0]) is swallows
