"""How often the term a biologist meant comes first: floors just below what is reached.

The aliases were written with the development sets in view. The set in ``data/queries.tsv`` is this project's own, on
other concepts, written before the ranking was tuned: what it first gave was 0.94. ``data/unseen.tsv`` was written in
two goes while it was tuned, each before it was asked: 0.93 and 0.96 then.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from rembi_widgets.terms import Match, lookup, search
from rembi_widgets.terms._keys import fold

OWN = Path(__file__).parent / "data" / "queries.tsv"


class Asked(NamedTuple):
    query: str
    field: str
    wanted: frozenset[str]
    kind: str


def queries(table: Path) -> list[Asked]:
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Asked(row["query"], row["field"], frozenset(row["expected_ids"].split("|")), row.get("kind", ""))
        for row in rows
    ]


@cache
def found(query: str, field: str) -> tuple[Match, ...]:
    return search(query, field)


def right(asked: Asked, first: int = 1) -> bool:
    matches = found(asked.query, asked.field)
    if asked.wanted == {"NONE"}:
        return not any(match.confident for match in matches)
    return any(match.id in asked.wanted for match in matches[:first])


def share(asked: list[Asked], first: int = 1) -> float:
    assert asked
    return sum(right(one, first) for one in asked) / len(asked)


def literal(asked: Asked) -> bool:
    """Tell whether a query is, but for case, accents and signs, a name that one of its terms has."""
    known = [lookup(one) for one in asked.wanted]
    return any(fold(asked.query) == fold(name) for one in known if one for name in one.names)


@pytest.fixture(scope="module")
def development(samples: Path) -> list[Asked]:
    return queries(samples / "terms" / "benchmark_dev.tsv")


def test_development_set(development: list[Asked]) -> None:
    assert len(development) == 269
    assert share(development) >= 0.99
    assert share(development, first=5) >= 0.99


def test_queries_that_are_no_name(development: list[Asked]) -> None:
    others = [one for one in development if not literal(one)]
    assert len(others) > 50
    assert share(others) >= 0.97


@pytest.mark.parametrize(
    ("kind", "first", "floor"), [("french", 1, 1.0), ("typo", 5, 1.0), ("method", 1, 0.98), ("cell_line", 1, 1.0)]
)
def test_kinds_of_the_development_set(development: list[Asked], kind: str, first: int, floor: float) -> None:
    assert share([one for one in development if one.kind == kind], first) >= floor


def test_real_strings_of_archives(samples: Path) -> None:
    assert share(queries(samples / "terms" / "benchmark_real_dev.tsv")) == 1.0


def test_own_set_is_large_and_apart(development: list[Asked]) -> None:
    own = queries(OWN)
    assert len({one.query for one in own if one.wanted != {"NONE"}}) >= 200
    assert sum(one.wanted == {"NONE"} for one in own) >= 20
    assert not {(one.query, one.field) for one in own} & {(one.query, one.field) for one in development}


def test_own_set() -> None:
    own = [one for one in queries(OWN) if one.wanted != {"NONE"}]
    assert share(own) >= 0.98
    assert share(own, first=5) >= 0.99


def test_own_set_kind_by_kind() -> None:
    kinds: dict[str, list[Asked]] = defaultdict(list)
    for one in queries(OWN):
        kinds[one.kind].append(one)
    weak = {kind: share(asked) for kind, asked in kinds.items() if share(asked) < 0.95}
    assert not weak


def test_what_was_unseen() -> None:
    unseen = queries(OWN.with_name("unseen.tsv"))
    assert len(unseen) > 350
    assert not {(one.query, one.field) for one in unseen} & {(one.query, one.field) for one in queries(OWN)}
    assert share(unseen) >= 0.97
    assert share(unseen, first=5) >= 0.98


def test_strings_without_an_answer_stay_unanswered() -> None:
    wrong = [one for one in queries(OWN) if one.wanted == {"NONE"} and not right(one)]
    assert not wrong
