"""Checking a record: every rule of a target, all findings at once, the gravest first."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from rembi_widgets.checks._case import Case
from rembi_widgets.checks._targets import ASKING, RULES, level_in, targets_of
from rembi_widgets.checks._two_values import two_values
from rembi_widgets.record import GUIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rembi_widgets.checks._case import Rule
    from rembi_widgets.record import Conflict, Curation, FileFacts, Finding

RANK = {"error": 0, "warning": 1, "info": 2}
"""Level to its place, gravest first."""
MOST = 200
"""Findings of one rule at most: what is wrong two hundred times is mended in one go or not at all."""


def check(
    record: Curation,
    target: str = "isatab",
    facts: FileFacts | None = None,
    *,
    conflicts: Iterable[Conflict] = (),
) -> tuple[Finding, ...]:
    """Give everything that stands between a record and a target, the gravest first.

    Parameters
    ----------
    record
        The record.
    target
        ``isatab``, ``bia``, ``idr``, ``omero``, or ``all``.
    facts
        What is known of the files on disk; without it nothing is said of them.
    conflicts
        Fields that people gave different values apart: each is a warning until somebody chooses.

    Raises
    ------
    RembiError
        If there is no such target.
    """
    case = Case(record, targets_of(target), facts)
    found: dict[tuple[str, str], Finding] = {}
    for finding in chain(_findings(case), islice(two_values(case, conflicts), MOST)):
        place = (finding.code, finding.path)
        if place not in found or RANK[finding.level] < RANK[found[place].level]:
            found[place] = finding
    order = {section.collection: place for place, section in enumerate(GUIDE.values())}
    ends = len(order)
    return tuple(sorted(found.values(), key=lambda one: (RANK[one.level], order.get(one.path.split("/")[1], ends))))


def _findings(case: Case) -> Iterator[Finding]:
    """Run each rule once, or once a target if it asks what the target asks."""
    asking = {
        rule: [name for name in case.targets if rule in RULES[name]] for name in case.targets for rule in RULES[name]
    }
    for rule, names in asking.items():
        if rule in ASKING:
            for name in names:
                yield from _run(rule, replace(case, targets=(name,)), [name])
        else:
            yield from _run(rule, case, names)


def _run(rule: Rule, case: Case, names: list[str]) -> Iterator[Finding]:
    for finding in islice(rule(case), MOST):
        levels = [said for name in names if (said := level_in(case, name, finding)) is not None]
        if not levels:
            continue
        level = min(levels, key=RANK.__getitem__)
        yield finding if level == finding.level else finding.model_copy(update={"level": level})
