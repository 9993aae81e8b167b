"""Rules by which the name of one file follows from another's: ``{name}.tif`` and ``labels/{name}_mask.png``.

A rule says what stands before and behind the part that both names share. It is learned from one pair of names, which a
person gave or which was found: of all runs of whole words in the target's name, the longest that few sources have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from rembi_widgets.naming._words import Name, cores, says_role, words_of

MOST_CANDIDATES = 8
"""Sources that may compete for one target: more share a word, not a name."""

Affix = tuple[str, str]
"""What stands before and behind the shared part."""


@dataclass(frozen=True)
class Rule:
    """What surrounds the shared part, in the sources' names (one way, or several that compete) and in the target's."""

    sources: tuple[Affix, ...]
    target: Affix

    @property
    def is_plain(self) -> bool:
        """Whether the shared part is all of the source's name."""
        return self.sources == (("", ""),)

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        before, behind = (re.sub(r"\d+", r"\\d+", re.escape(part)) for part in self.target)
        return re.compile(f"{before}(.+){behind}", re.DOTALL)

    def of_target(self, stem: str) -> str | None:
        """Give the shared part of a target's stem; numbers in what surrounds it may be others."""
        found = self._expression.fullmatch(stem)
        return found[1] if found else None

    def of_source(self, stem: str) -> list[str]:
        """Give the shared part of a source's stem, for each way of the rule that fits."""
        return [
            stem[len(before) : len(stem) - len(behind)]
            for before, behind in self.sources
            if len(stem) > len(before) + len(behind) and stem.startswith(before) and stem.endswith(behind)
        ]


@dataclass(frozen=True)
class Pattern:
    """A rule as a person reads it, in the names of one pair; ``count`` pairs follow it."""

    source: str
    target: str
    count: int

    def __str__(self) -> str:
        return f"{self.source} ↔ {self.target}"


def fits(source: Affix, target: Affix) -> bool:
    """Tell whether what surrounds the shared part may differ like this.

    Where both names go on with a number, the numbers would be the same if they were of one image. Where both go on with
    words, one of them has to say what the file is: ``image_3`` and ``mask_3`` belong together, ``control_3`` and
    ``treated_3`` do not.
    """
    if _same_number(source, target):
        return False
    sides = ((source[0], target[0], -1), (source[1], target[1], 0))
    return all(_side_fits(own, other, end) for own, other, end in sides)


def _side_fits(own: str, other: str, end: int) -> bool:
    if not own or not other or own == other:
        return True
    mine, theirs = ([part for part in words_of(text) if part[:1].isalnum()] for text in (own, other))
    if not mine or not theirs:
        return True
    if mine[end].isdigit() and theirs[end].isdigit() and mine[end] != theirs[end]:
        return False
    return says_role(own) or says_role(other)


def learn(source: Name, target: Name) -> list[Rule]:
    """Give the rules that one pair may stand for: one a run of words that both have; none if they share nothing."""
    own = {core: (before, behind) for before, core, behind in reversed(cores(source.stem))}
    longest = dict[str, Rule]()
    for before, core, behind in cores(target.stem):
        if core in own and not any(core in other for other in longest):
            longest[core] = Rule((own[core],), (before, behind))
    rules = list(longest.values())
    return [rule for rule in rules if not _same_number(rule.sources[0], rule.target, 1)] or rules


def _same_number(source: Affix, target: Affix, digits: int = 2) -> bool:
    """Tell whether both names repeat a number outside of what they share: then that is what they share."""
    mine, theirs = (
        {part for text in affix for part in words_of(text) if part.isdigit() and len(part) >= digits}
        for affix in (source, target)
    )
    return not mine.isdisjoint(theirs)


def joint(found: list[Affix], target: Affix) -> Rule | None:
    """Give the rule of a target whose shared part some sources have: the one that is nothing else, or all of them."""
    fitting = sorted({affix for affix in found if fits(affix, target)})
    if ("", "") in fitting:
        fitting = [("", "")]
    return Rule(tuple(fitting), target) if 0 < len(fitting) <= MOST_CANDIDATES else None
