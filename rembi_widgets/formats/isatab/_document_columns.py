"""The header of a table: what each column is, and which columns say more of it (ISA-Tab 1.0, study and assay files)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_BRACKETS = {
    "characteristics": "characteristic",
    "characteristic": "characteristic",
    "parameter value": "parameter_value",
    "factor value": "factor_value",
    "comment": "comment",
}
_BESIDE = {"unit": "unit", "term source ref": "term_source", "term accession number": "term_accession"}
_PROCESS_NAMES = {"scan name", "data transformation name", "normalization name", "normalisation name"}
_ATTRIBUTES = {"material type", "label", "performer", "date", "provider", "array design ref", "technology type"}
_HEADER = re.compile(r"\s*([A-Za-z ]+?)\s*\[(.*?)\]?\s*\Z", re.DOTALL)
VALUES = frozenset({"characteristic", "parameter_value", "factor_value", "comment", "attribute"})
"""Kinds that say something of a node or process."""


@dataclass
class Column:
    """A column of a table.

    Attributes
    ----------
    kind
        ``node`` (a material or a file), ``protocol_ref``, ``process_name``, ``characteristic``, ``parameter_value``,
        ``factor_value``, ``comment``, ``attribute`` (such as Label, Performer, Date), ``unit``, ``term_source``,
        ``term_accession`` or ``other``.
    name
        What stands within brackets, or the header itself.
    owner
        Place of the node or protocol that the column belongs to, -1 for none.
    beside
        Kind of a unit, source or accession to the place of its column; those after a unit belong to the unit.
    """

    index: int
    header: str
    kind: str
    name: str
    owner: int = -1
    beside: dict[str, int] = field(default_factory=dict)


def typed(header: str) -> tuple[str, str]:
    """Give the kind of a column and its name.

    >>> typed("Comment [REMBI ID]"), typed("Image File"), typed("Parameter value[gain")
    (('comment', 'REMBI ID'), ('node', 'Image File'), ('parameter_value', 'gain'))
    """
    bare = " ".join(header.split())
    known = bare.casefold()
    if (found := _HEADER.match(header)) is not None:
        kind = _BRACKETS.get(" ".join(found.group(1).casefold().split()))
        return (kind, found.group(2).strip()) if kind else ("other", bare)
    if known in _BESIDE:
        return _BESIDE[known], bare
    if known == "protocol ref":
        return "protocol_ref", bare
    if known in _PROCESS_NAMES or known.endswith("assay name"):
        return "process_name", bare
    if known in _ATTRIBUTES:
        return "attribute", bare
    return ("node" if known.endswith((" name", " file")) else "other"), bare


def columns(headers: Sequence[str]) -> list[Column]:
    """Give the columns of a header, each with its owner and with what stands beside it."""
    found: list[Column] = []
    owner, value = -1, None
    for index, header in enumerate(headers):
        kind, name = typed(header)
        if kind in {"node", "protocol_ref"}:
            owner = index
        column = Column(index, header, kind, name, owner)
        if kind in _BESIDE.values():
            if value is not None:
                value.beside.setdefault(_kind_beside(kind, value), index)
        else:
            value = column
        found.append(column)
    return found


def _kind_beside(kind: str, value: Column) -> str:
    return f"unit_{kind}" if "unit" in value.beside and kind != "unit" else kind
