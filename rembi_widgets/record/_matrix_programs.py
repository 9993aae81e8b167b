"""Files in which programs of registration keep a transformation: ITK, elastix, Icy's ec-CLEM, BigDataViewer, BigWarp.

Sources: ITK's text transform files (``Parameters``, ``FixedParameters``; a point x goes to A(x - c) + t + c); elastix'
parameter files (``TransformParameters``, ``CenterOfRotationPoint``; angles in radians); BigWarp's landmark table (name,
active, moving x y (z), fixed x y (z)).
"""

from __future__ import annotations

import csv
import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Rows = list[list[str]]
    Linear = list[list[float]]

NOISE = 1e-12
"""Share of the largest entry below which a fitted one is rounding."""
FEWEST = {2: 3, 3: 4}
"""Landmarks that an affine transformation needs."""


def _numbers(said: str) -> list[float]:
    try:
        return [float(part) for part in said.split()]
    except ValueError:
        return []


def itk(said: str) -> Rows | None:
    """Read a text transform file of ITK: the first transform that is linear."""
    found = re.search(r"^Parameters:([^\n]*)", said, re.MULTILINE)
    if not found:
        return None
    centre = re.search(r"^FixedParameters:([^\n]*)", said, re.MULTILINE)
    kind = re.search(r"^Transform:\s*([A-Za-z0-9]+)", said, re.MULTILINE)
    return _placed(kind[1] if kind else "Affine", _numbers(found[1]), _numbers(centre[1]) if centre else [])


def elastix(said: str) -> Rows | None:
    """Read a parameter file of elastix."""
    found = re.search(r"\(TransformParameters\s+([^)]*)\)", said)
    if not found:
        return None
    centre = re.search(r"\(CenterOfRotationPoint\s+([^)]*)\)", said)
    kind = re.search(r'\(Transform\s+"([^"]*)"', said)
    return _placed(kind[1] if kind else "Affine", _numbers(found[1]), _numbers(centre[1]) if centre else [])


def _placed(kind: str, numbers: list[float], centre: list[float]) -> Rows | None:
    """Give the rows of a transform about a centre."""
    maker = next((make for name, make in _KINDS if name in kind), None)
    made = maker(numbers) if maker else None
    if made is None:
        return [[repr(value) for value in numbers]] if numbers else None
    linear, shift = made
    size = len(shift)
    about = centre if len(centre) == size else [0.0] * size
    moved = [
        shift[row] + about[row] - sum(linear[row][column] * about[column] for column in range(size))
        for row in range(size)
    ]
    return [[*(repr(value) for value in linear[row]), repr(moved[row])] for row in range(size)]


def _affine(numbers: list[float]) -> tuple[Linear, list[float]] | None:
    size = {6: 2, 12: 3}.get(len(numbers))
    if size is None:
        return None
    linear = [numbers[row * size : row * size + size] for row in range(size)]
    return linear, numbers[size * size :]


def _translation(numbers: list[float]) -> tuple[Linear, list[float]] | None:
    size = len(numbers)
    return ([[float(a == b) for b in range(size)] for a in range(size)], numbers) if size in FEWEST else None


def _turned(angle: float, scale: float = 1.0) -> Linear:
    cos, sin = scale * math.cos(angle), scale * math.sin(angle)
    return [[cos, -sin], [sin, cos]]


def _euler(numbers: list[float]) -> tuple[Linear, list[float]] | None:
    if len(numbers) == 3:  # noqa: PLR2004 - angle, x, y
        return _turned(numbers[0]), numbers[1:]
    if len(numbers) != 6:  # noqa: PLR2004 - three angles, x, y, z
        return None
    (cx, sx), (cy, sy), (cz, sz) = ((math.cos(angle), math.sin(angle)) for angle in numbers[:3])
    linear = [  # ITK turns about z, then x, then y unless told otherwise
        [cz * cy - sz * sx * sy, -sz * cx, cz * sy + sz * sx * cy],
        [sz * cy + cz * sx * sy, cz * cx, sz * sy - cz * sx * cy],
        [-cx * sy, sx, cx * cy],
    ]
    return linear, numbers[3:]


def _similarity(numbers: list[float]) -> tuple[Linear, list[float]] | None:
    return (_turned(numbers[1], numbers[0]), numbers[2:]) if len(numbers) == 4 else None  # noqa: PLR2004


_KINDS: tuple[tuple[str, Callable[[list[float]], tuple[Linear, list[float]] | None]], ...] = (
    ("Translation", _translation),
    ("Euler", _euler),
    ("Rigid2D", _euler),
    ("Similarity", _similarity),
    ("Affine", _affine),
    ("MatrixOffset", _affine),
)
"""Part of a transform's name to what reads its parameters."""


def xml(said: str) -> Rows | None:
    """Read the XML of Icy's ec-CLEM (attributes ``m00`` …) or BigDataViewer (``<affine>`` with twelve numbers)."""
    if not said.startswith("<") or "<!DOCTYPE" in said or "<!ENTITY" in said:
        return None
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(said.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    for element in root.iter():
        if "m00" in element.attrib:
            return _of_attributes({str(name): str(value) for name, value in element.attrib.items()})
        if element.tag == "affine" and element.text and len(element.text.split()) == 12:  # noqa: PLR2004
            cells = element.text.split()
            return [cells[at : at + 4] for at in (0, 4, 8)]
    return None


def _of_attributes(held: dict[str, str]) -> Rows:
    size = next(count for count in (4, 3, 2, 1) if f"m{count - 1}0" in held or count == 1)
    width = next(count for count in (4, 3, 2, 1) if f"m0{count - 1}" in held or count == 1)
    return [[held.get(f"m{row}{column}", "") for column in range(width)] for row in range(size)]


def landmarks(said: str) -> Rows | None:
    """Read a landmark table of BigWarp, and give the affine transformation that fits its active points best."""
    lines = [line for line in said.splitlines() if line.strip()]
    if not lines or not re.match(r'"?[^",]*"?\s*,\s*"?(true|false)"?\s*,', lines[0], re.IGNORECASE):
        return None
    rows = [[cell.strip() for cell in row] for row in csv.reader(lines)]
    points = [_numbers(" ".join(row[2:])) for row in rows if row[1].casefold() == "true"]
    size = {4: 2, 6: 3}.get(len(points[0])) if points else None
    known = [point for point in points if size and len(point) == 2 * size and all(map(math.isfinite, point))]
    if size is None or len(known) < FEWEST[size]:
        return None
    return _fitted(known, size)


def _fitted(points: Sequence[Sequence[float]], size: int) -> Rows | None:
    import numpy as np

    moving = np.array([[*point[:size], 1.0] for point in points])
    fixed = np.array([point[size:] for point in points])
    solved, _, rank, _ = np.linalg.lstsq(moving, fixed, rcond=None)
    if rank < size + 1:
        return None
    solved[abs(solved) < NOISE * abs(solved).max()] = 0.0
    return [[f"{value:.10g}" for value in row] for row in solved.T.tolist()]
