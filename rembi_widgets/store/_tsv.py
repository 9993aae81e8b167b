r"""The two tables as tab-separated text, for people, git and other tools.

First the id, then the filled columns. Text stands as it is, with ``\\t``, ``\\n``, ``\\r`` and ``\\\\`` for what
would break a row; anything else but text and numbers (a term, an absence) stands as JSON behind ``json:``.
"""

from __future__ import annotations

import json
import math
from functools import cache
from typing import Any

from rembi_widgets.record import TABLES, Frozen, Table, cell, plain

_OUT = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_BACK = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}
_JSON = "json:"


def write(table: Table) -> str:
    """Give a table as text, a line a row, the header first."""
    names = list(table.columns)
    lines = ["\t".join(["id", *map(_escaped, names)])]
    columns = [[_cell(value) for value in table.columns[name]] for name in names]
    lines += ["\t".join(row) for row in zip(table.ids, *columns, strict=True)]
    return "\n".join(lines) + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _escaped(value if _stands_as_it_is(value) else _JSON + json.dumps(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:.15g}" if isinstance(value, float) and float(f"{value:.15g}") == value else repr(value)
    return _escaped(_JSON + json.dumps(plain(value), ensure_ascii=False))


def _stands_as_it_is(text: str) -> bool:
    """Tell whether text comes back from its bytes: not if it looks like JSON, or holds halves of letters."""
    if text.startswith(_JSON):
        return False
    try:
        text.encode()
    except UnicodeEncodeError:  # the bytes of a path that is no UTF-8 come back, other surrogates do not
        try:
            return text.encode(errors="surrogateescape").decode(errors="surrogateescape") == text
        except UnicodeEncodeError:
            return False
    return True


def _escaped(text: str) -> str:
    return "".join(_OUT.get(letter, letter) for letter in text) if any(c in text for c in _OUT) else text


def _plain_text(text: str) -> str:
    if "\\" not in text:
        return text
    pieces = text.split("\\\\")
    for letter in "tnr":
        pieces = [piece.replace(f"\\{letter}", _BACK[letter]) for piece in pieces]
    return "\\".join(pieces)


def read(text: str, name: str) -> Table:
    """Read a table written by ``write``, edited by hand or not: rows without an id are passed over.

    Raises
    ------
    ValueError
        If there is no header that begins with ``id``, or a ``json:`` cell is not JSON.
    """
    lines = [line.rstrip("\r") for line in text.lstrip("\ufeff").split("\n")]
    header = [_plain_text(item) for item in lines[0].split("\t")]
    if header[0] != "id":
        raise ValueError(lines[0][:80])
    rows = [line.split("\t") for line in lines[1:] if line.split("\t")[0]]
    table = Table().with_rows([row[0] for row in rows])
    for place, column in enumerate(header[1:], 1):
        values = [_value(name, column, row[place] if place < len(row) else "") for row in rows]
        table = table.with_cells(column, [row[0] for row in rows], values, [None] * len(rows))
    return table


def _value(name: str, column: str, text: str) -> Any:
    text = _plain_text(text)
    if not text:
        return None
    if text.startswith(_JSON):
        return cell(json.loads(text.removeprefix(_JSON)))
    kind = _kinds(TABLES[name]).get(column, "")
    if "bool" in kind and text in {"yes", "no"}:
        return text == "yes"
    return _number(text) if "float" in kind else text


def _number(text: str) -> float | int | str:
    for kind in (int, float):
        try:
            number: float = kind(text)
        except ValueError:
            continue
        return number if math.isfinite(number) else text
    return text


@cache
def _kinds(model: type[Frozen]) -> dict[str, str]:
    return {name: str(field.annotation) for name, field in model.model_fields.items()}
