"""Pixel size times pixels against the size that is stated for the image."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rembi_widgets.checks._case import finding
from rembi_widgets.checks._columns import numbers, row_path
from rembi_widgets.record import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import Finding, Table

UNITS = {"nm": 1e-3, "µm": 1.0, "um": 1.0, "μm": 1.0, "micron": 1.0, "microns": 1.0, "mm": 1e3, "cm": 1e4}
"""Unit to µm."""
NEAR = 0.02
"""Share by which the stated size may differ: people round."""
AXES = ("x", "y", "z")
TIMES = " \u00d7 "

_NUMBER = r"([0-9]+(?:[.,][0-9]+)?)\s*([a-zµμ]*)"
_STATED = re.compile(rf"\s*{_NUMBER}(?:\s*[x*\u00d7]\s*{_NUMBER})(?:\s*[x*\u00d7]\s*{_NUMBER})?\s*", re.IGNORECASE)


def stated_size(said: str) -> tuple[float, ...] | None:
    """Read ``153.6 x 153.6 x 25 µm`` as µm; ``None`` for what is said in another way.

    Examples
    --------
    >>> stated_size("0.5 x 0.4 mm")
    (500.0, 400.0)
    >>> stated_size("40x objective")
    """
    found = _STATED.fullmatch(said)
    if found is None:
        return None
    pairs = [(found[at], (found[at + 1] or "").lower()) for at in (1, 3, 5) if found[at] is not None]
    last = pairs[-1][1]
    units = [UNITS.get(unit or last) for _, unit in pairs]
    if any(unit is None for unit in units):
        return None
    return tuple(
        float(number.replace(",", ".")) * (unit or 1.0) for (number, _), unit in zip(pairs, units, strict=True)
    )


def sizes(case: Case) -> Iterator[Finding]:
    """Find images whose stated size is not their pixel size times their pixels: one finding for all of them."""
    table = case.record.images
    if "size_description" not in table.columns:
        return
    wrong = list(_wrong(table))
    if wrong:
        place, said, right = wrong[0]
        rows, values = tuple(table.ids[at] for at, _, _ in wrong), tuple(text for _, _, text in wrong)
        fix = (Edit(op="fill", path="/images/size_description", rows=rows, values=values),)
        path = row_path("images", table, place, "size_description")
        yield finding("warning", "size_differs", path, found=said, wanted=right, fix=fix, n=len(wrong))


def _wrong(table: Table) -> Iterator[tuple[int, str, str]]:
    counts = [numbers(table.column(f"size_{axis}")) for axis in AXES]
    steps = [numbers(table.column(f"pixel_size_{axis}")) for axis in AXES]
    judged: dict[tuple[Any, ...], str | None] = {}
    for place, row in enumerate(zip(table.column("size_description"), *counts, *steps, strict=True)):
        if type(row[0]) is str:
            if row not in judged:
                judged[row] = _judge(row[0], row[1:4], row[4:])
            right = judged[row]
            if right is not None:
                yield place, row[0], right


def _judge(said: str, counts: tuple[float | None, ...], steps: tuple[float | None, ...]) -> str | None:
    stated = stated_size(said)
    if stated is None:
        return None
    asked = list(zip(stated, counts, steps, strict=False))
    if not all(count and step for _, count, step in asked):
        return None
    known = [(size, count or 0.0, step or 0.0) for size, count, step in asked]
    if all(_agrees(*one) for one in known):
        return None
    return TIMES.join(f"{count * step:.4g}" for _, count, step in known) + " µm"


def _agrees(size: float, count: float, step: float) -> bool:
    """Tell whether a size is that of all planes, or from the middle of the first to that of the last."""
    return any(abs(size - whole) <= NEAR * whole for whole in (count * step, max(count - 1, 1) * step))
