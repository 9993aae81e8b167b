"""Checking a record: every rule of a target, all findings at once, the gravest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.checks._case import Case
from rembi_widgets.checks._targets import LEVELS, RULES, targets_of
from rembi_widgets.record import GUIDE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.record import Curation, FileFacts, Finding

RANK = {"error": 0, "warning": 1, "info": 2}
"""Level to its place, gravest first."""
MOST = 200
"""Findings of one rule at most: what is wrong two hundred times is mended in one go or not at all."""


def check(record: Curation, target: str = "isatab", facts: FileFacts | None = None) -> tuple[Finding, ...]:
    """Give everything that stands between a record and a target, the gravest first.

    Parameters
    ----------
    record
        The record.
    target
        ``isatab``, ``bia``, ``idr``, ``omero``, or ``all``.
    facts
        What is known of the files on disk; without it nothing is said of them.

    Raises
    ------
    RembiError
        If there is no such target.
    """
    found: dict[tuple[str, str], Finding] = {}
    for name in targets_of(target):
        for finding in _findings(Case(record, (name,), facts), name):
            place = (finding.code, finding.path)
            if place not in found or RANK[finding.level] < RANK[found[place].level]:
                found[place] = finding
    order = {section.collection: place for place, section in enumerate(GUIDE.values())}
    ends = len(order)
    return tuple(sorted(found.values(), key=lambda one: (RANK[one.level], order.get(one.path.split("/")[1], ends))))


def _findings(case: Case, target: str) -> Iterator[Finding]:
    levels = LEVELS[target]
    for rule in RULES[target]:
        for count, finding in enumerate(rule(case)):
            if count == MOST:
                break
            level = levels.get(finding.code, finding.level)
            yield finding if level == finding.level else finding.model_copy(update={"level": level})
