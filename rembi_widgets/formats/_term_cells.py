"""Where a file names a term: the cells of its name, its id and its ontology, and the findings of the linter there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rembi_widgets.record import GUIDE, Finding
from rembi_widgets.terms import Claim, faults, finding_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rembi_widgets.terms import Fault


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a file; lines and columns count from 1, a column is a cell."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class TermCells:
    """A term in a file.

    Attributes
    ----------
    term
        What is said.
    at
        Where the name, the id and the ontology stand.
    count
        How many rows say the same in these columns.
    """

    file: str
    term: Claim
    at: tuple[Cell, ...]
    count: int = 1


_AT = {"term_label": 0, "term_source": 2}
"""Code to the cell it is about, where that is not the id's."""

_MORE_FIELDS = {
    "organism part": "tissue",
    "tissue": "tissue",
    "cell type": "cell_type",
    "cell line": "cell_line",
    "species": "organism",
}
"""Names that other ISA-Tabs give to columns, to the part of the vocabulary they hold."""


@cache
def _fields() -> dict[str, str]:
    found = dict(_MORE_FIELDS)
    for section in GUIDE.values():
        for field in section.fields.values():
            name = (field.isa or "").partition("[")[2].partition("]")[0]
            if field.terms and name:
                found[name.casefold()] = field.terms
    return found


def field_of(column: str) -> str | None:
    """Give the field of the term search that a column of an ISA-Tab is for, by the name in its brackets."""
    return _fields().get(" ".join(column.casefold().split()))


def findings_of(terms: Iterable[TermCells]) -> Iterator[Finding]:
    """Give what is wrong with terms of a file, each with its file, line and column."""
    for term in terms:
        for fault in faults(term.term):
            yield located(fault, term.file, term.at[_AT.get(fault.code, 1)], term.count)


def located(fault: Fault, file: str, cell: Cell, count: int = 1) -> Finding:
    """Give the finding of a fault at a place of a file; ``count`` rows have it."""
    found = finding_of((fault,), f"{file}:{cell.line}:{cell.column}")
    place = {"file": file, "line": cell.line, "column": cell.column, "count": count}
    return found.model_copy(update={"values": {**found.values, **place}})
