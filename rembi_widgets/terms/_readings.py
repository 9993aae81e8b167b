"""Readings: the ways to understand what was typed, each with what it costs in points."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rembi_widgets.terms._keys import BRACKETS, fold, singular, squeeze
from rembi_widgets.terms._ranking import POINTS
from rembi_widgets.terms._words import bag, core, kept, spelled, stems

if TYPE_CHECKING:
    from collections.abc import Iterator

BRACKETED, SINGULAR, DULL, MINOR, SPECIES = 15, 10, 30, 90, 60
"""Points that it costs to take half of ``Homo sapiens (human)``, one for many, to leave out words that say nothing or
not much, and to leave out what follows a species' two names."""
_AMOUNT = re.compile(r"\b\d+(?:[.,]\d+)?\s?(?:%|(?:nm|um|mm|min|h)\b)")
_MANY = re.compile(r"(?<=\w)\(s\)")
_BINOMIAL = 2
MOST_WORDS = 12
"""Words of a query that are taken apart."""


class Reading(NamedTuple):
    """A way to understand a query in a part.

    Attributes
    ----------
    folded
        In the spelling that names are compared in.
    cost
        Points it costs.
    whole
        Whether it is all that was said, so that a name may go on where it ends.
    """

    folded: str
    cost: float
    whole: bool


def first_reading(query: str) -> str:
    """Give a query folded, in the spelling that names are compared in; empty if nothing of it is a letter or digit."""
    return spelled(fold(query))


def keys(query: str, part: str) -> dict[str, tuple[float, str]]:
    """Give the keys a query is looked up by in a part, each with its points and the reading it is of."""
    found: dict[str, tuple[float, str]] = {}
    for plain, cost in _said(query, part):
        folded = spelled(plain)
        bagged = bag(plain)
        said = core(bagged, part)
        _put(found, f"z:{squeeze(folded)}", POINTS["exact"] - cost, folded)
        if bagged:
            _put(found, f"b:{bagged}", POINTS["bag"] - cost, folded)
        if said:
            _put(found, f"c:{said}", POINTS["core"] - cost, folded)
            _put(found, f"b:{said}", POINTS["core"] - cost, folded)
    return found


def pieces(query: str, part: str) -> dict[str, tuple[float, str]]:
    """Give the keys of what stands inside a query, each piece from its beginning or to its end."""
    words = fold(query).split()[:MOST_WORDS]
    whole = sum(map(len, words))
    found: dict[str, tuple[float, str]] = {}
    for cut in range(1, len(words)):
        for piece in (words[:cut], words[cut:]):
            plain = " ".join(piece)
            bagged = bag(plain)
            if core(bagged, part) and len(plain) > 1:
                lost = POINTS["piece"] + POINTS["left_out"] * (1 - sum(map(len, piece)) / whole)
                _put(found, f"z:{squeeze(spelled(plain))}", POINTS["exact"] - lost, spelled(plain))
                _put(found, f"b:{bagged}", POINTS["bag"] - lost, spelled(plain))
                _put(found, f"c:{bagged}", POINTS["core"] - lost, spelled(plain))
    return found


def _put(found: dict[str, tuple[float, str]], key: str, points: float, folded: str) -> None:
    if key not in found or found[key][0] < points:
        found[key] = (points, folded)


def _said(query: str, part: str) -> Iterator[tuple[str, float]]:
    query = _MANY.sub("", query)
    halves = BRACKETS.match(query)
    for said, cost in ((query, 0), *((half, BRACKETED) for half in (halves.groups() if halves else ()))):
        plain = fold(said)
        yield plain, cost
        one = singular(plain)
        if one != plain:
            yield one, cost + SINGULAR
        named = fold(_AMOUNT.sub(" ", said))
        bare = kept(named, part)
        if bare and bare != plain:
            yield bare, cost + DULL
        least = kept(named, part, minor=True)
        if least and least != bare:
            yield least, cost + MINOR
        words = plain.split()
        if part == "organism" and len(words) > _BINOMIAL and all(map(stems, words[:_BINOMIAL])):
            yield " ".join(words[:_BINOMIAL]), cost + SPECIES
