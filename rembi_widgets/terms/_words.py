"""Words: what is one word in two spellings, in two languages or in short, and which words say nothing in a field.

``data/words.tsv`` holds them; the rest is spelling (haem-, hem-; -ise, -ize; fibre, fiber) and endings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from rembi_widgets.terms._keys import fold, singular_word
from rembi_widgets.terms._starter import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_SPELLINGS = (
    (re.compile(r"(?<=[bcdfghjklmnprst])[ao]e(?=[a-z])"), "e"),
    (re.compile(r"\boe(?=[dsn])"), "e"),
    (re.compile(r"(?<=[a-z])is(?=(e|ed|es|ing|ation|ations|er)\b)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})our\b"), "or"),
    (re.compile(r"(?<=[a-z])([tb])re\b"), r"\1er"),
    (re.compile(r"sulph"), "sulf"),
    (re.compile(r"lling\b"), "ling"),
    (re.compile(r"ique\b"), "ic"),
    (re.compile(r"gramme\b"), "gram"),
)
_ENDING = re.compile(r"(i[sz]ations?|i[sz]ed|i[sz]ing|i[sz]er|ations?|ments?|ings?|ed)$")
_LONG = 6
"""Letters from which a word loses its ending."""
_SENTENCE = 3
"""Words from which a single letter may be an article."""
_STEM = 3
"""Letters that must stay."""


class Words(NamedTuple):
    """The table.

    Attributes
    ----------
    means
        Word to what it means.
    stop
        Words that never say anything.
    dull
        Kind and part to words that say nothing there (``generic``) or not much (``minor``).
    absent
        Ways to say that there is no answer, folded.
    """

    means: Mapping[str, tuple[str, ...]]
    stop: frozenset[str]
    dull: Mapping[tuple[str, str], frozenset[str]]
    absent: frozenset[str]


@cache
def words() -> Words:
    """Give the table of words."""
    means: dict[str, tuple[str, ...]] = {}
    stop: set[str] = set()
    absent: set[str] = set()
    dull: dict[tuple[str, str], set[str]] = defaultdict(set)
    said = files("rembi_widgets.terms").joinpath("data", "words.tsv").read_text(encoding="utf-8")
    for row in rows_of(said):
        if row["kind"] == "absent":
            absent.add(fold(row["word"]))
            continue
        for word in row["word"].split():
            if row["kind"] == "stop":
                stop.add(fold(word))
            elif row["kind"] in ("generic", "minor"):
                dull[row["kind"], row["parts"]].add(fold(word))
            else:
                means[fold(word)] = tuple(fold(row["means"]).split())
    return Words(means, frozenset(stop), {key: frozenset(known) for key, known in dull.items()}, frozenset(absent))


def spelled(folded: str) -> str:
    """Give a folded name in the one spelling that names are compared in.

    Examples
    --------
    >>> spelled("haematopoietic cell") == spelled("hematopoietic cell"), spelled("localisation")
    (True, 'localization')
    """
    return " ".join(map(_spelled, folded.split()))


@lru_cache(maxsize=65536)
def _spelled(word: str) -> str:
    for pattern, instead in _SPELLINGS:
        word = pattern.sub(instead, word)
    return word


@lru_cache(maxsize=65536)
def stems(word: str) -> tuple[str, ...]:
    """Give what is compared of a folded word: what it means, without its ending; nothing for *the* or *de*.

    Examples
    --------
    >>> stems("embedding") == stems("embedded"), stems("of")
    (True, ())
    """
    known = words()
    if word in known.stop:
        return ()
    one = singular_word(word)
    meant = known.means.get(word) or known.means.get(one) or (one,)
    return tuple(_stem(_spelled(each)) for each in meant)


def _stem(word: str) -> str:
    if len(word) < _LONG:
        return word
    bare = _ENDING.sub("", word)
    if len(bare) >= _STEM and bare != word:
        return bare[:-1] if bare[-1] == bare[-2] else bare
    return word.removesuffix("e")


@cache
def _dull(part: str, *, minor: bool = False) -> frozenset[str]:
    known = words().dull
    said = known.get(("generic", part), frozenset()) | (
        known.get(("minor", part), frozenset()) if minor else frozenset()
    )
    return frozenset(stem for word in said for stem in stems(word))


def bag(folded: str) -> str:
    """Give the stems of a name in one order, so that ``fixed with PFA`` meets ``PFA fixation``; a letter is no bag."""
    said = folded.split()
    short = len(said) < _SENTENCE  # the letter of "L cell" is a name, that of "d'expansion" is not
    found = " ".join(sorted({stem for word in said for stem in ((word,) if short and len(word) == 1 else stems(word))}))
    return found if len(found) > 1 else ""


def core(bagged: str, part: str, *, minor: bool = False) -> str:
    """Give the stems of a bag that say something in a part; without those of minor words if so asked."""
    dull = _dull(part, minor=minor)
    return " ".join(stem for stem in bagged.split() if stem not in dull)


def kept(folded: str, part: str, *, minor: bool = False) -> str:
    """Give a folded name without the words that say nothing in a part, in their order."""
    dull = _dull(part, minor=minor)
    return " ".join(word for word in folded.split() if not stems(word) or not dull.issuperset(stems(word)))
