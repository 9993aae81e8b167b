"""The columns of a table as steps: each node and each process with what is said of it.

A node that follows a node has no Protocol REF between: ISA-JSON knows no such thing, and a process that nobody declared
is put there, and taken away again on the way back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rembi_widgets.formats.isajson._labels import BARE, KEPT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rembi_widgets.formats.isatab._document_columns import Column

PROCESS, SOURCE, SAMPLE, MATERIAL, DATA = "process", "source", "sample", "material", "data"
_KINDS = {"source name": SOURCE, "sample name": SAMPLE}
_BESIDE = {
    "unit": "Unit",
    "term_source": "Term Source REF",
    "term_accession": "Term Accession Number",
    "unit_term_source": "Unit Term Source REF",
    "unit_term_accession": "Unit Term Accession Number",
}
_HOMES = {
    ("characteristic", SOURCE): "characteristics",
    ("characteristic", SAMPLE): "characteristics",
    ("characteristic", MATERIAL): "characteristics",
    ("factor_value", SAMPLE): "factorValues",
    ("parameter_value", PROCESS): "parameterValues",
}
"""Kind of a column and of its step to the list that its values go to; other columns become comments."""


@dataclass
class Part:
    """A value with what stands beside it.

    Attributes
    ----------
    home
        ``characteristics``, ``factorValues``, ``parameterValues``, ``comments``, ``performer`` or ``date``.
    name
        Name of the category, or of the comment.
    cells
        Places, within the step, of value, source, accession, unit, source and accession of the unit; -1 for none.
    again
        How many parts before it have the same home and name.
    """

    home: str
    name: str
    cells: tuple[int, ...]
    again: int = 0


@dataclass
class Step:
    """A node or a process: its columns one after the other.

    Attributes
    ----------
    kind
        ``process``, ``source``, ``sample``, ``material`` or ``data``.
    header
        Header of the node, or of the column that names the process.
    name
        Place, within the step, of the name; -1 for none.
    ref
        Place of Protocol REF; -1 for none.
    ordinal
        Number of the process in the table, from 1.
    """

    kind: str
    header: str = ""
    columns: list[Column] = field(default_factory=list)
    name: int = -1
    ref: int = -1
    ordinal: int = 0
    parts: list[Part] = field(default_factory=list)


def steps(columns: Sequence[Column]) -> list[Step]:
    """Give the steps of a table. Columns before the first of them belong to it."""
    found: list[Step] = []
    early: list[Column] = []
    for column in columns:
        step = _begun(column, found[-1] if found else None)
        if step is not None:
            step.columns, early = early, []
            found.append(step)
        if not found:
            early.append(column)
            continue
        _place(found[-1], column)
        found[-1].columns.append(column)
    if early:
        found.append(Step(MATERIAL, "Name", early))
    processes = [step for step in found if step.kind == PROCESS]
    for number, step in enumerate(processes, 1):
        step.ordinal = number
    for step in found:
        step.parts = list(_parts(step))
    return found


def _begun(column: Column, last: Step | None) -> Step | None:
    if column.kind == "node":
        return Step(_kind(column.name), column.name)
    if column.kind == "protocol_ref":
        return Step(PROCESS)
    if column.kind == "process_name" and (last is None or last.kind != PROCESS or last.name >= 0):
        return Step(PROCESS)
    return None


def _kind(header: str) -> str:
    bare = header.casefold()
    return _KINDS.get(bare) or (DATA if bare.endswith(" file") else MATERIAL)


def _place(step: Step, column: Column) -> None:
    if column.kind == "protocol_ref":
        step.ref = len(step.columns)
    elif column.kind in {"node", "process_name"}:
        step.name = len(step.columns)
        step.header = column.name


def _parts(step: Step) -> Iterable[Part]:
    first = step.columns[0].index
    taken: dict[tuple[str, str], int] = {}
    beside: set[int] = set()
    for place, column in enumerate(step.columns):
        if place in {step.name, step.ref} or place in beside:
            continue
        home, name = _home(step, column)
        near = {kind: index - first for kind, index in column.beside.items() if index - first < len(step.columns)}
        beside |= set(near.values())
        if home in {"characteristics", "factorValues", "parameterValues"}:
            cells = (place, *(near.get(kind, -1) for kind in _ORDER))
            yield _numbered(Part(home, name, cells), taken)
        else:
            yield _numbered(Part(home, name, (place,)), taken)
            for kind, index in near.items():
                yield _numbered(Part("comments", f"{_kept(column)} {_BESIDE[kind]}", (index,)), taken)


_ORDER = ("term_source", "term_accession", "unit", "unit_term_source", "unit_term_accession")


def _home(step: Step, column: Column) -> tuple[str, str]:
    if column.kind == "comment":
        return "comments", column.name
    home = _HOMES.get((column.kind, step.kind))
    if home is not None:
        return home, column.name
    if step.kind == PROCESS and column.name in {"Performer", "Date"}:
        return column.name.casefold(), column.name
    if column.name in BARE and step.kind in {SOURCE, SAMPLE, MATERIAL}:
        return "characteristics", column.name
    return "comments", _kept(column)


_SPELT = {
    "characteristic": "Characteristics",
    "factor_value": "Factor Value",
    "parameter_value": "Parameter Value",
    "comment": "Comment",
}


def _kept(column: Column) -> str:
    spelt = _SPELT.get(column.kind)
    return f"{KEPT}{spelt}[{column.name}]" if spelt else f"{KEPT}{column.header}"


def _numbered(part: Part, taken: dict[tuple[str, str], int]) -> Part:
    key = (part.home, part.name)
    part.again = taken.get(key, 0)
    taken[key] = part.again + 1
    return part
