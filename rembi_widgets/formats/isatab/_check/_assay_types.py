"""What assays of a measurement and technology are made of, and the assays of images that this package writes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

_IMAGING = "biological imaging"
_TECHNOLOGIES = frozenset({"microscopy", "image analysis", "image correlation", "image annotation"})
SAMPLES = ("[sample]", "")
"""Stands for the study file."""


@dataclass(frozen=True)
class AssayType:
    """What a table is expected to hold.

    Attributes
    ----------
    headers
        Its nodes and names in their order.
    required
        Those, and other columns, that need a value in every row.
    between
        Header and the next header -> the types of protocols expected between them.
    """

    headers: tuple[str, ...]
    required: frozenset[str]
    between: dict[tuple[str, str], tuple[str, ...]]

    def expected(self, left: str, right: str) -> tuple[str, ...]:
        """Give the types of protocols expected between two headers, which need not be neighbours."""
        if left not in self.headers or right not in self.headers:
            return ()
        begin, end = self.headers.index(left), self.headers.index(right)
        steps = pairwise(self.headers[begin : end + 1])
        return tuple(kind for step in steps for kind in self.between.get(step, ()))


@cache
def _types() -> dict[tuple[str, str], AssayType]:
    entries = json.loads(files(__package__).joinpath("assay_types.json").read_text(encoding="utf-8"))
    return {(entry["measurement"], entry["technology"]): _typed(entry["steps"]) for entry in entries}


def _typed(steps: list[str]) -> AssayType:
    headers, required, between, waiting = list[str](), set[str](), dict[tuple[str, str], tuple[str, ...]](), list[str]()
    for step in steps:
        if step.startswith("> "):
            waiting.append(step[2:])
            continue
        header = step.removeprefix("!")
        if header != step:
            required.add(header)
        if not header.endswith((" Name", " File")):
            continue
        if headers and waiting:
            between[headers[-1], header] = tuple(waiting)
        headers.append(header)
        waiting = []
    return AssayType(tuple(headers), frozenset(required), between)


def known_type(measurement: str, technology: str) -> AssayType | None:
    """Give what isatools' own configurations expect of an assay, ``None`` for one that they do not know."""
    return _types().get((measurement.casefold(), technology.casefold()))


def of_imaging(measurement: str, technology: str) -> bool:
    """Tell whether an assay is one of those that this package's configuration describes."""
    return measurement.casefold() == _IMAGING and technology.casefold() in _TECHNOLOGIES
