"""Matrices as programs write them: plain text, CSV, JSON, NumPy, ITK and elastix, ImageJ and TrakEM2, Icy, BigWarp.

Every reader gives rows of cells, as written; ``matrix_of`` judges them. A text that is no matrix, such as the name of a
file, gives ``None``: that is an answer too.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from rembi_widgets.record._matrix import MatrixText, matrix_of, number, unit_of
from rembi_widgets.record._matrix_programs import elastix, itk, landmarks, xml

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Rows = list[list[str]]

MOST = 200_000
"""Letters of a text that is looked at: a matrix is short."""
_NUMBER = r"[+\-\u2212]?(?:\d+(?:[.,]\d*)?|\.\d+)(?:[eEdD][+-]?\d+)?"
_CALL = re.compile(r"(?:matrix|3d-affine)\s*:?\s*\(([^()]*)\)", re.IGNORECASE)
_TAIL = re.compile(r"^(.*[\]\d)])\s*\(?(?:unit\s*[:=]\s*)?([A-Za-zµμ]+)\)?\s*$", re.DOTALL)
_UNIT_LINE = re.compile(r"^\s*[#%/]*\s*units?\s*[:=]\s*(\S+)", re.IGNORECASE | re.MULTILINE)
FLAT_SHAPES = {6: (2, 3), 9: (3, 3), 12: (3, 4), 16: (4, 4)}
FEWEST = 4
"""Numbers of a text that tries to be a matrix."""
KEYS = ("matrix", "affine", "transformation_matrix", "transformation", "transform", "data", "value")
"""Keys under which JSON files keep a matrix."""


def read_matrix(text: str, *, path: str = "/correlations") -> MatrixText | None:
    """Read the text of a field, or of a file, as a transformation matrix.

    Parameters
    ----------
    text
        The text; in a file of landmarks, the affine transformation that fits them best.
    path
        The field, for the findings.

    Returns
    -------
    MatrixText or None
        ``None`` if the text is no matrix and does not try to be one.

    Examples
    --------
    >>> str(read_matrix("matrix(1,0,0,1,12.5,-3)").matrix)
    '[[1, 0, 12.5], [0, 1, -3], [0, 0, 1]]'
    >>> read_matrix("transforms/confocal_to_sem.csv") is None
    True
    """
    said = text[:MOST].lstrip("\ufeff").strip()
    body, unit = _unit(said)
    for reader in _READERS:
        rows = reader(body)
        if rows:
            return matrix_of(rows, unit, path=path)
    return None


def _unit(said: str) -> tuple[str, str | None]:
    """Give the text without the unit behind it, and the unit."""
    named = _UNIT_LINE.search(said)
    if named and unit_of(named[1]):
        return _UNIT_LINE.sub("", said, count=1).strip(), unit_of(named[1])
    tail = _TAIL.match(said)
    if tail and unit_of(tail[2]):
        return tail[1], unit_of(tail[2])
    inside = re.search(r'"units?"\s*:\s*"([^"]+)"', said)
    return said, unit_of(inside[1]) if inside else None


def shaped(cells: Sequence[str]) -> Rows | None:
    """Give a list of 6, 9, 12 or 16 cells as rows."""
    shape = FLAT_SHAPES.get(len(cells))
    return [list(cells[at : at + shape[1]]) for at in range(0, len(cells), shape[1])] if shape else None


def _called(said: str) -> Rows | None:
    """Read ``matrix(a,b,c,d,e,f)`` of ImageJ, TrakEM2 and SVG, column by column, and imglib2's ``3d-affine: (…)``."""
    found = _CALL.search(said)
    if not found:
        return None
    cells = [cell for cell in re.split(r"[\s,;]+", found[1].strip()) if cell]
    if found[0].lower().startswith("matrix") and len(cells) == 6:  # noqa: PLR2004 - a to f
        return [cells[0::2], cells[1::2]]
    return shaped(cells) or [cells]


def _json(said: str) -> Rows | None:
    if said[:1] not in "[{":
        return None
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        return None
    return _of_value(found, 0)


DEEPEST = 6


def _of_value(found: Any, depth: int) -> Rows | None:
    """Find a matrix in a JSON value: rows, a flat list, or either under a key that says so."""
    if depth > DEEPEST:
        return None
    if isinstance(found, dict):
        named = [found[key] for key in KEYS if key in found] or list(found.values())
        return next((rows for value in named if (rows := _of_value(value, depth + 1))), None)
    if not isinstance(found, list) or not found:
        return None
    if all(isinstance(row, list) and all(_is_plain(cell) for cell in row) for row in found):
        return [[_cell(value) for value in row] for row in found]
    if all(_is_plain(cell) for cell in found):
        return shaped([_cell(value) for value in found])
    return next((rows for value in found if (rows := _of_value(value, depth + 1))), None)


def _is_plain(cell: Any) -> bool:
    return cell is None or (isinstance(cell, int | float | str) and not isinstance(cell, bool))


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def _bracketed(said: str) -> Rows | None:
    """Read what NumPy and Java print: ``[[1. 0. 5.] [0. 1. 6.]]``, ``AffineTransform[[1.0, 0.0], …]``."""
    if said.count("[") < 2:  # noqa: PLR2004 - rows within a matrix
        return None
    rows = [re.split(r"[\s,;]+", row.strip(" \n\t,;")) for row in re.findall(r"\[([^\[\]]*)\]", said)]
    return _worth([row for row in rows if any(row)])


def _plain(said: str) -> Rows | None:
    """Read rows of numbers: a line each, or parted by ``;`` on one line."""
    lines = [line.split("#", 1)[0].strip() for line in re.sub(r"[\[\]()]", " ", said).splitlines()]
    lines = [line for line in lines if line and not line.startswith(("%", "//"))]
    if len(lines) == 1:
        lines = [part for part in lines[0].split(";") if part.strip()]
    rows = _split(lines)
    if len(rows) == 1 and len(rows[0]) in FLAT_SHAPES:
        return _worth(shaped(rows[0]) or [])
    return _worth(_without_names(rows))


def _split(lines: Sequence[str]) -> Rows:
    """Part lines into cells: by tabs or semicolons, else by commas unless these are decimal ones, else by blanks."""
    for separator in ("\t", ";"):
        if any(separator in line for line in lines):
            return [[cell.strip(' "') for cell in line.strip(separator).split(separator)] for line in lines]
    commas_part = any(re.search(r",\s|,$|,[^\s,]*,", line) for line in lines) or not any(
        re.search(r"\s", line.strip()) for line in lines
    )
    pattern = r"\s*,\s*" if commas_part and any("," in line for line in lines) else r"\s+"
    return [[cell.strip(' "') for cell in re.split(pattern, line.strip().rstrip(","))] for line in lines]


def _without_names(rows: Rows) -> Rows:
    """Give rows without a line of headers, and without a column of names."""
    if len(rows) > 1 and not any(number(cell) is not None for cell in rows[0]):
        rows = rows[1:]
    if rows and all(len(row) > 1 and row[0] and number(row[0]) is None for row in rows):
        rows = [row[1:] for row in rows]
    return rows


def _worth(rows: Rows) -> Rows | None:
    """Give rows if they try to be a matrix: mostly numbers, two rows at least."""
    cells = [cell for row in rows for cell in row]
    numbers = sum(number(cell) is not None for cell in cells)
    return rows if len(rows) > 1 and numbers > len(cells) / 2 and numbers >= FEWEST else None


_READERS: tuple[Callable[[str], list[list[str]] | None], ...] = (
    itk,
    elastix,
    xml,
    landmarks,
    _called,
    _json,
    _bracketed,
    _plain,
)
