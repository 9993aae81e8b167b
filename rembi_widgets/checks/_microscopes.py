"""Microscopes that were chosen for acquisitions: whether what headers and people say fits them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.checks._case import Case, finding
from rembi_widgets.record import Edit, Named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.record import Curation, Finding, Level

MILD = frozenset({"instrument_manufacturer", "instrument_model", "instrument_type", "objective_model"})
"""Fields that two people may well word differently."""


def fits(case: Case) -> Iterator[Finding]:
    """Find objectives that the chosen microscope does not have, and what its file words differently."""
    from rembi_widgets.images import microscope_conflicts

    for one in microscope_conflicts(case.record):
        level: Level = "info" if one.field in MILD else "warning"
        fix = None if one.value is None else (Edit(op="set", path=one.path, value=one.value),)
        words = {"name": case.name(f"/acquisitions/{one.acquisition}"), "microscope": one.microscope, "n": one.images}
        if one.field:
            words["field"] = Named(key=f"guide.acquisition.{one.field}.label")
        yield finding(level, one.code, one.path, found=one.found, wanted=one.wanted, fix=fix, **words)


def microscope_findings(record: Curation) -> tuple[Finding, ...]:
    """Give only what does not fit the chosen microscopes: quick enough while somebody chooses."""
    return tuple(fits(Case(record)))
