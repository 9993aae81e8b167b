"""Slips of the finger: names that are nearly what was typed, and words that are nearly words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.terms._index import CODES
from rembi_widgets.terms._keys import singular
from rembi_widgets.terms._rank import Asked, by_keys, keep, same_numbers
from rembi_widgets.terms._ranking import NEAR, POINTS, WORD_NEAR

if TYPE_CHECKING:
    from rembi_widgets.terms._index_store import Index
    from rembi_widgets.terms._rank import Scored

SHORTEST, SHORTEST_WORD = 4, 5
"""Letters below which a slip is another name, or another word."""
SURE_LETTERS, LONG = 5, 8
"""Letters from which a slip is forgiven without asking, and from which even the first letter may be the slip."""
NEARLY = 0.9
"""Likeness from which it is."""
POWER = 4
"""Power of the likeness by which points shrink when words were corrected: ``heart`` is not what ``hepar`` meant."""
ONE_SLIP = 0.93
"""Likeness, at least, of two names one letter or one swap apart."""
KNOWN = 24.0
"""Weight of a name from which a slip in a short word is forgiven: *disease* is not the genus Diseae."""
WORD_NEARLY = 86.0
"""Likeness, of 100, that each corrected word must have, unless all words together are the name."""
BEST = 8
NEIGHBOURS, ALIKE = 4, 3.0
"""Words a word is compared with, and likeness, of 100, that the same first letter is worth."""
LIGHT = 0.1
"""How much of a name's own weight counts beside its likeness."""


def add_slips(found: Scored, index: Index, asked: Asked, part: str, bonus: float) -> None:
    """Add the terms of a part that are a slip away."""
    if len(asked.folded) < SHORTEST:
        return
    from rapidfuzz import fuzz, process

    code = CODES[part]
    names, pool = index.pool(code)
    near = process.extract(singular(asked.folded), pool, scorer=fuzz.ratio, limit=BEST, score_cutoff=NEAR)
    likeness = {names[place]: share / 100 for _, share, place in near}
    for name in by_keys(index, likeness):
        share = likeness[name.key]
        points = share * POINTS["likeness"] + name.weight * LIGHT + bonus
        known = name.weight >= KNOWN or len(asked.folded) >= LONG
        keep(found, name, points, "slip", sure=known and share >= NEARLY and _forgiven(asked.folded, name.folded))
    _add_mended(found, index, asked, part, bonus)


def _add_mended(found: Scored, index: Index, asked: Asked, part: str, bonus: float) -> None:
    from rapidfuzz import fuzz
    from rapidfuzz.distance import OSA

    if len(asked.folded.split()) == 1 and any(met.sure for met in found.values()):
        return
    mended = " ".join(_mended(word, index.vocabulary(CODES[part])) for word in asked.folded.split())
    pairs = zip(asked.folded.split(), mended.split(), strict=True)
    if mended == asked.folded:
        return
    met: Scored = {}
    Asked(mended, mended).add_met(met, index, part, bonus)
    share = fuzz.ratio(asked.folded, mended) / 100
    if len(mended) >= SURE_LETTERS and OSA.distance(asked.folded, mended) == 1:
        share = max(share, ONE_SLIP)
    each = all(fuzz.ratio(*pair) >= WORD_NEARLY for pair in pairs)
    for one in met.values():
        near = share >= NEARLY and (each or one.name.folded == mended)
        sure = one.sure and near and _forgiven(asked.folded, mended)
        keep(found, one.name, one.points * share**POWER, "slip", sure=sure)


def _forgiven(typed: str, meant: str) -> bool:
    alike = typed[0] == meant[0] or len(typed) >= LONG
    words = {typed.count(" "), meant.count(" ")}
    whole = len(words) == 1 or 0 in words  # a word more or less is no slip, a space is
    return len(typed) >= SURE_LETTERS and alike and whole and same_numbers(typed, meant)


def _mended(word: str, known: frozenset[str]) -> str:
    """Give the word nearest to one that is not known; of two as near, the one that begins alike."""
    from rapidfuzz import fuzz, process

    if len(word) < SHORTEST_WORD or word in known:
        return word
    near = process.extract(word, known, scorer=fuzz.ratio, score_cutoff=WORD_NEAR, limit=NEIGHBOURS)
    return (
        str(max(near, key=lambda one: (one[1] + (ALIKE if one[0][0] == word[0] else 0), one[0]))[0]) if near else word
    )
