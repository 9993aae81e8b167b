"""Ranking: points for how a query and a name meet.

The points are those that did best when several ways to search were compared on queries of biologists: what is equal
beats what begins alike, which beats words inside, which beats slips of the finger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.terms._keys import squeeze
from rembi_widgets.terms._vocabulary import names, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rembi_widgets.terms._vocabulary import Name

EXACT, SQUEEZED, PREFIX, SQUEEZED_PREFIX, WORDS, WORD_PREFIX, ALL_WORDS = 1000, 960, 700, 690, 560, 500, 430
LABEL, ALIAS, SAME_CASE = 12, 10, 25
SHORTENED = 30
"""Cost from which a reading left words out: what only begins like the rest says little then."""
ENOUGH = 630
"""Points below which slips of the finger are looked for too."""
LENGTH, RANK, PART = 0.5, 0.02, 12.0
NEAR = 0.78
"""Likeness from which a name may be a slip of the finger away."""
PER_LIKENESS = 660.0
"""Points for full likeness: a slip in a long name (likeness 0.91) is still a confident match."""
WORD_NEAR = 80.0
"""Likeness, of 100, from which a word is corrected."""
PER_CORRECTION = 4
"""Power of the likeness by which points shrink when words were corrected: ``heart`` is not what ``hepar`` meant."""

Scored = dict[str, tuple[float, "Name", bool]]
"""Term id to its points, the name that earned them, and whether a slip had to be forgiven."""


def rank(query: str, ways: Sequence[tuple[str, int]], parts: Sequence[str]) -> Scored:
    """Give the terms that a query may mean with their points."""
    found: Scored = {}
    for place, part in enumerate(parts):
        _add_met(found, names(part), query, ways, -PART * place)
    if max((points for points, _, _ in found.values()), default=0) < ENOUGH:
        for place, part in enumerate(parts):
            _add_slips(found, part, query, ways[0][0], -PART * place)
    return found


def _add_met(found: Scored, pool: Iterable[Name], query: str, ways: Sequence[tuple[str, int]], bonus: float) -> None:
    read = [(way, squeeze(way), way.split(), cost) for way, cost in ways]
    for name in pool:
        met = max(_meet(name, *way) for way in read)
        if met > 0:
            _keep(found, name, met + _extras(name, query) + bonus, slip=False)


def _keep(found: Scored, name: Name, points: float, *, slip: bool) -> None:
    best = found.get(name.entry.id)
    if best is None or points > best[0]:
        found[name.entry.id] = (points, name, slip)


def _extras(name: Name, query: str) -> float:
    kind = LABEL if name.is_label else ALIAS
    same = SAME_CASE if name.text == query else 0
    return kind + same - LENGTH * len(name.folded) - RANK * name.entry.rank


def _meet(name: Name, way: str, squeezed: str, said: list[str], cost: int) -> float:
    if name.folded == way:
        return EXACT - cost
    if name.squeezed == squeezed:
        return SQUEEZED - cost
    if cost >= SHORTENED:
        return _meet_inside(name.words, way, []) - cost
    if name.folded.startswith(way):
        return PREFIX - cost
    if name.squeezed.startswith(squeezed):
        return SQUEEZED_PREFIX - cost
    return _meet_inside(name.words, way, said) - cost


def _meet_inside(own: tuple[str, ...], way: str, said: list[str]) -> float:
    whole = f" {' '.join(own)} "
    if f" {way} " in whole:
        return WORDS
    if f" {way}" in whole:
        return WORD_PREFIX
    if len(said) > 1 and all(any(word.startswith(piece) for word in own) for piece in said):
        return ALL_WORDS
    return -EXACT


def _add_slips(found: Scored, part: str, query: str, way: str, bonus: float) -> None:
    if len(way) < 4:  # noqa: PLR2004 - in three letters a slip is another word
        return
    from rapidfuzz import fuzz, process

    pool = names(part)
    keys = [name.folded for name in pool]
    for _, likeness, place in process.extract(way, keys, scorer=fuzz.ratio, limit=8, score_cutoff=100 * NEAR):
        _keep(found, pool[place], likeness / 100 * PER_LIKENESS + bonus - RANK * pool[place].entry.rank, slip=True)
    mended = " ".join(_mended(word, part) for word in way.split())
    if mended != way:
        met: Scored = {}
        _add_met(met, pool, query, [(mended, 0)], bonus)
        share = (fuzz.ratio(way, mended) / 100) ** PER_CORRECTION
        for points, name, _ in met.values():
            _keep(found, name, points * share, slip=True)


def _mended(word: str, part: str) -> str:
    from rapidfuzz import fuzz, process

    known = words(part)
    if len(word) < 5 or word in known:  # noqa: PLR2004 - shorter words have too many neighbours
        return word
    near = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=WORD_NEAR)
    return str(near[0]) if near else word
