"""Transformation matrices: their one written form, and what is wrong with one.

The record keeps a matrix as text, so that every export can carry it. Its form is one line of JSON with the unit of the
shift behind it: ``[[1, 0, 12.5], [0, 1, -3], [0, 0, 1]] µm``. It is homogeneous: 3×3 for images, 4×4 for volumes, the
last row ``0 0 1``. It acts on columns ``(x, y, 1)``: it takes a point of the moving image to the fixed one.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rembi_widgets.record._finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

UNITS = {
    "px": "px pixel pixels pix voxel voxels vx",
    "nm": "nm nanometer nanometers nanometre nanometres",
    "µm": "µm μm um micron microns micrometer micrometers micrometre micrometres",
    "mm": "mm millimeter millimeters millimetre millimetres",
}
"""Unit to the words for it."""
_UNIT_OF = {word: unit for unit, said in UNITS.items() for word in said.split()}
SHAPES = ((2, 3), (3, 3), (3, 4), (4, 4))
WANTED_SHAPES = "2 × 3, 3 × 3, 3 × 4, 4 × 4"
FLAT = 1e-9
"""Below this share of the largest entries' product a determinant counts as nothing."""
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?")

Cells = tuple[tuple[str, ...], ...]
Grid = tuple[tuple[float, ...], ...]


def unit_of(said: str) -> str | None:
    """Give the unit a word stands for; ``None`` if it is none of those a shift may have.

    >>> unit_of("microns"), unit_of("PX"), unit_of("furlong")
    ('µm', 'px', None)
    """
    return _UNIT_OF.get(said.strip().casefold().replace("μ", "µ"))


def number(cell: str) -> float | None:
    """Give the number in a cell, with a comma or a point; ``None`` if it holds none."""
    said = cell.strip().replace("\u2212", "-").replace(",", ".")
    if not _NUMBER.fullmatch(said):
        return None
    value = float(re.sub("[dD]", "e", said))
    return value if math.isfinite(value) else None


@dataclass(frozen=True)
class Matrix:
    """A homogeneous matrix, 3×3 or 4×4, and the unit of its shift (``px``, ``nm``, ``µm``, ``mm``)."""

    rows: Grid
    unit: str | None = None

    def __str__(self) -> str:
        said = ", ".join(f"[{', '.join(_short(value) for value in row)}]" for row in self.rows)
        return f"[{said}] {self.unit}" if self.unit else f"[{said}]"

    @property
    def dimensions(self) -> int:
        """2 for images, 3 for volumes."""
        return len(self.rows) - 1

    @property
    def determinant(self) -> float:
        """How many times larger an area or volume becomes; below zero it is mirrored."""
        return _determinant([row[:-1] for row in self.rows[:-1]])

    @property
    def shift(self) -> tuple[float, ...]:
        """How far the origin goes, in ``unit``."""
        return tuple(row[-1] for row in self.rows[:-1])


def _short(value: float) -> str:
    said = repr(value)
    return said.removesuffix(".0") if "e" not in said else said


def _determinant(rows: Sequence[Sequence[float]]) -> float:
    if len(rows) == 1:
        return rows[0][0]
    first, *rest = rows
    minors = ([row[:place] + row[place + 1 :] for row in map(tuple, rest)] for place in range(len(first)))
    signs = (1.0, -1.0) * len(first)
    return sum(signs[place] * first[place] * _determinant(minor) for place, minor in enumerate(minors))


@dataclass(frozen=True)
class MatrixText:
    """What a text says as a matrix.

    Attributes
    ----------
    cells
        The cells as they were written, row by row.
    unit
        Unit of the shift, if one is named.
    matrix
        The matrix, if nothing is wrong with its form.
    findings
        What is wrong or worth a look; their path is that of the field.
    """

    cells: Cells
    unit: str | None
    matrix: Matrix | None
    findings: tuple[Finding, ...] = ()


def matrix_of(cells: Sequence[Sequence[str]], unit: str | None = None, *, path: str = "/correlations") -> MatrixText:
    """Read cells as a matrix and look for what is wrong with it.

    Parameters
    ----------
    cells
        Rows of cells; 2×3, 3×3, 3×4 or 4×4.
    unit
        Unit of the shift.
    path
        The field, for the findings.
    """
    kept = tuple(tuple(cell.strip() for cell in row) for row in cells)
    faults = tuple(_form(kept, path))
    if faults:
        return MatrixText(kept, unit, None, faults)
    grid = tuple(tuple(number(cell) or 0.0 for cell in row) for row in kept)
    whole = grid if len(grid) == len(grid[0]) else (*grid, (*(0.0,) * (len(grid[0]) - 1), 1.0))
    found = Matrix(whole, unit)
    faults = tuple(_content(found, path))
    usable = not any(fault.code in _BROKEN for fault in faults)
    return MatrixText(kept, unit, found if usable else None, faults)


_BROKEN = frozenset({"matrix_last_row", "matrix_transposed"})


def _say(level: Level, code: str, path: str, **values: Any) -> Finding:
    words = {name: str(value) for name, value in values.items()}
    return Finding(
        level=level, code=code, path=path, values=words, found=words.get("found"), wanted=words.get("wanted")
    )


def _form(cells: Cells, path: str) -> Iterator[Finding]:
    """Look at shape and numbers."""
    widths = sorted({len(row) for row in cells})
    if len(widths) != 1:
        counts = ", ".join(str(len(row)) for row in cells)
        yield _say("warning", "matrix_ragged", path, found=counts, wanted=WANTED_SHAPES)
    elif (len(cells), widths[0]) not in SHAPES:
        yield _say("warning", "matrix_shape", path, found=f"{len(cells)} × {widths[0]}", wanted=WANTED_SHAPES)
    for row, said in enumerate(cells, 1):
        for column, cell in enumerate(said, 1):
            if number(cell) is None:
                yield _say("warning", "matrix_number", path, found=cell or "…", row=row, column=column)


def _content(found: Matrix, path: str) -> Iterator[Finding]:
    """Look at what the numbers say."""
    rows, size = found.rows, len(found.rows)
    wanted = (*(0.0,) * (size - 1), 1.0)
    said = " ".join(_short(value) for value in rows[-1])
    if rows[-1] != wanted:
        columns = tuple(row[-1] for row in rows)
        code = "matrix_transposed" if columns == wanted else "matrix_last_row"
        yield _say("warning", code, path, found=said, wanted=" ".join(_short(value) for value in wanted))
        return
    scale = math.prod(math.hypot(*row[:-1]) for row in rows[:-1])
    determinant = found.determinant
    if not scale or abs(determinant) <= FLAT * scale:
        yield _say("warning", "matrix_singular", path, found=_short(determinant))
    elif determinant < 0:
        yield _say("info", "matrix_mirrored", path, found=f"{determinant:.4g}")
    if found.unit is None and any(found.shift):
        yield _say("info", "matrix_unit", path, found=", ".join(_short(part) for part in found.shift))
    if rows == tuple(tuple(float(a == b) for b in range(size)) for a in range(size)):
        yield _say("info", "matrix_nothing", path, found=str(found))
