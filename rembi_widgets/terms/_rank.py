"""Ranking: which terms a query meets in a part, with points, best ways first.

What is equal is asked for first, then what begins alike, then words inside; slips of the finger are looked for only
where none of these answers, in a pool of names that stays small however many terms the index holds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rembi_widgets.terms._fields import BESIDE
from rembi_widgets.terms._index import CODES
from rembi_widgets.terms._ranking import POINTS
from rembi_widgets.terms._readings import first_reading, keys, pieces
from rembi_widgets.terms._words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rembi_widgets.terms._index_store import Index

_MICRO = str.maketrans({"\u03bc": "\u00b5"})
_DIGITS = re.compile(r"\d+")
_NAME = "name.key, name.term, name.text, name.kind, name.folded, name.weight"
_EQUAL = f"SELECT key.key, {_NAME} FROM key JOIN name ON name.key = key.name WHERE part = ? AND key.key IN (%s)"  # noqa: S608
_RANGE = f"SELECT {_NAME} FROM (SELECT name AS one FROM key WHERE part = ? AND key >= ? AND key < ? ORDER BY weight DESC LIMIT {{most}}) JOIN name ON name.key = one"  # noqa: E501, S608
_BEGUN = _RANGE.format(most=40)
_INSIDE = (
    _RANGE.format(most=120).replace("FROM key", "FROM word").replace("key >=", "word >=").replace("key <", "word <")
)
_BY_KEY = f"SELECT {_NAME} FROM name WHERE key IN (%s)"  # noqa: S608
_LAST = "\uffff"

SYMBOL = 4
"""Letters up to which a name is a symbol, whose capitals tell."""
SHORT_WORD = 5
"""Letters up to which a word is no designation written without its hyphen."""
SYMBOLS = frozenset(CODES[part] for part in ("unit", "label"))
"""Parts in which a single letter is a name."""
FULL = 24
"""Names found from which words inside others are not looked for."""
SURE_SHARE, SURE_LETTERS = 0.75, 5
"""Share of a name that must be typed to be sure of it, and letters of it, at least."""


class Name(NamedTuple):
    """A name as the index gives it."""

    key: int
    term: int
    text: str
    kind: str
    folded: str
    weight: float


class Met(NamedTuple):
    """How a term was met: points, by which name, how, and whether that may be taken without asking."""

    points: float
    name: Name
    how: str
    sure: bool


Scored = dict[int, Met]
"""Term to how it was met best."""


def rank(index: Index, query: str, parts: Sequence[str]) -> list[Met]:
    """Give the terms that a query may mean, best first."""
    from rembi_widgets.terms._slips import add_slips

    found: Scored = {}
    folded = first_reading(query)
    if not folded:
        return []
    asked = Asked(query, folded)
    for place, part in enumerate(parts):
        asked.add_met(found, index, part, POINTS["part"] * place)
    if not any(met.sure or (met.how == "begun" and met.name.folded.startswith(folded)) for met in found.values()):
        for place, part in enumerate(parts):
            add_slips(found, index, asked, part, POINTS["part"] * place)
    if not any(met.sure for met in found.values()):
        asked.add_unsure(found, index, parts)
    return sorted(found.values(), key=lambda met: (-met.points, len(met.name.folded), met.name.key))


class Asked(NamedTuple):
    """A query, as typed and folded."""

    query: str
    folded: str

    def add_met(self, found: Scored, index: Index, part: str, bonus: float) -> None:
        """Add the terms of a part that are met without a slip."""
        code = CODES[part]
        self.add_equal(found, index, code, keys(self.query, part), bonus)
        begun = f"z:{self.folded.replace(' ', '')}"
        names = [Name(*row) for row in index.rows(_BEGUN, (code, begun, begun + _LAST))]
        for name in names:
            whole = name.folded.startswith(self.folded)
            points = POINTS["prefix" if whole else "squeezed_prefix"]
            keep(found, name, self.worth(name, points + bonus, code), "begun", sure=sure_of(self.folded, name.folded))
        if len(names) < FULL:
            self._add_inside(found, index, code, bonus)

    def add_equal(
        self, found: Scored, index: Index, code: int, wanted: Mapping[str, tuple[float, str]], bonus: float
    ) -> None:
        """Add the terms of a part that stand by one of these keys."""
        if not wanted:
            return
        for key, *row in index.rows(_EQUAL % ",".join("?" * len(wanted)), (code, *wanted)):
            points, folded = wanted[key]
            name = Name(*row)
            squeezed = key[0] == "z" and name.folded != folded
            if squeezed:
                points += POINTS["squeezed"] - POINTS["exact"]
            keep(
                found,
                name,
                self.worth(name, points + bonus, code),
                "equal",
                sure=self._is_name(folded, code, squeezed=squeezed),
            )

    def _is_name(self, folded: str, code: int, *, squeezed: bool) -> bool:
        """Say whether what was typed can be a name: ``plate`` is not the line Plat-E, and ``n/a`` is nothing."""
        if self.folded in words().absent or (len(folded) == 1 and code not in SYMBOLS):
            return False
        return not (squeezed and len(folded) <= SHORT_WORD and folded.isalpha())

    def _add_inside(self, found: Scored, index: Index, code: int, bonus: float) -> None:
        said = self.folded.split()
        probe = max(said, key=len)
        if len(said) > 1 and len(probe) == 1:
            return
        end = probe + _LAST if probe == said[-1] else probe + "\0"
        for row in index.rows(_INSIDE, (code, probe, end)):
            name = Name(*row)
            points = inside(name.folded, self.folded, said)
            if points:
                keep(found, name, self.worth(name, points + bonus, code), "inside", sure=False)

    def add_unsure(self, found: Scored, index: Index, parts: Sequence[str]) -> None:
        """Add what is worth showing where nothing is sure: a piece of what was typed, and terms of other fields."""
        guesses: Scored = {}
        for part in parts:
            self.add_equal(guesses, index, CODES[part], pieces(self.query, part), 0)
        for met in guesses.values():
            keep(found, met.name, met.points, "piece", sure=False)
        others: Scored = {}
        beside = dict.fromkeys(other for part in parts for other in BESIDE.get(part, ()))
        for other in beside.keys() - set(parts):
            self.add_equal(others, index, CODES[other], keys(self.query, other), 0)
        for met in others.values():
            keep(found, met.name, met.points - POINTS["beside"], "beside", sure=False)

    def worth(self, name: Name, points: float, code: int) -> float:
        """Add what the name itself is worth, and capitals that are the same."""
        if name.text.translate(_MICRO) != self.query.translate(_MICRO):
            return points + name.weight
        symbol = code == CODES["unit"] and len(name.text) <= SYMBOL
        return points + name.weight + POINTS["same_symbol" if symbol else "same_case"]


def keep(found: Scored, name: Name, points: float, how: str, *, sure: bool) -> None:
    """Keep the best way in which a term was met."""
    best = found.get(name.term)
    if best is None or points > best.points:
        found[name.term] = Met(points, name, how, sure)


def inside(own: str, way: str, said: Sequence[str]) -> float:
    """Give the points for words inside a name; 0 if they are not there."""
    whole = f" {own} "
    if f" {way} " in whole:
        return POINTS["words"]
    if f" {way}" in whole:
        return POINTS["word_prefix"]
    own_words = own.split()
    met = len(said) > 1 and all(any(word.startswith(piece) for word in own_words) for piece in said)
    return POINTS["all_words"] if met else 0


def sure_of(typed: str, name: str) -> bool:
    """Say whether a name's beginning is enough of it: most of its letters, and never half a number."""
    if typed == name:
        return True
    share, rest = len(typed) / len(name), name[len(typed) : len(typed) + 1]
    if len(typed) < SURE_LETTERS or not name.startswith(typed) or (rest.isdigit() and typed[-1].isdigit()):
        return False
    return share >= SURE_SHARE


def same_numbers(one: str, other: str) -> bool:
    """Say whether two names hold the same numbers: another number is another thing, not a slip."""
    return _DIGITS.findall(one) == _DIGITS.findall(other)


def by_keys(index: Index, wanted: Iterable[int]) -> list[Name]:
    """Give names by their keys."""
    chosen = list(wanted)
    return [Name(*row) for row in index.rows(_BY_KEY % ",".join("?" * len(chosen)), chosen)] if chosen else []
