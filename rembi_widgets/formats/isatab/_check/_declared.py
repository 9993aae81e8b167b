"""What a study declares for its tables: protocols with their parameters, factors, assays; and what of it is used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rembi_widgets.formats.isatab._check._finding import nearest

if TYPE_CHECKING:
    from rembi_widgets.formats.isatab._check._finding import Told
    from rembi_widgets.formats.isatab._document import Row, Study


@dataclass
class Protocol:
    """A protocol: its type, its parameters, and its place in the section."""

    name: str
    type: str
    parameters: tuple[str, ...]
    place: int


@dataclass
class Declared:
    """What a study declares and what its tables use of it.

    Attributes
    ----------
    samples
        Those of the study file, ``None`` if it is not there.
    tables
        How many of its tables could be read.
    anything
        Whether it is no study at all: a table is looked at for itself.
    """

    study: Study
    protocols: dict[str, Protocol] = field(default_factory=dict)
    factors: tuple[str, ...] = ()
    samples: set[str] | None = None
    used_protocols: set[str] = field(default_factory=set)
    used_parameters: set[str] = field(default_factory=set)
    used_factors: set[str] = field(default_factory=set)
    used_samples: set[str] = field(default_factory=set)
    tables: int = 0
    anything: bool = False

    @property
    def parameters(self) -> set[str]:
        """The parameters of all protocols."""
        return {name for protocol in self.protocols.values() for name in protocol.parameters}


def cell(row: Row | None, place: int) -> str:
    """Give a cell of a row, nothing if there is none."""
    return row.cells[place] if row is not None and place < len(row.cells) else ""


def declared_by(study: Study, told: Told) -> Declared:
    """Take what a study declares, and tell what is wrong with its names."""
    found = Declared(study)
    section = study.section("STUDY PROTOCOLS")
    names, types, parameters = (section.row(f"Study Protocol {label}") for label in ("Name", "Type", "Parameters Name"))
    for place in range(section.width):
        name, entries = cell(names, place), cell(parameters, place)
        listed = _parameters(parameters, place, entries, told) if parameters and entries else ()
        if not name:
            told.add("protocol_unnamed", names.line if names else section.line, place + 2)
        elif name in found.protocols and names:
            told.add("protocol_twice", names.line, place + 2, found=name)
        else:
            found.protocols[name] = Protocol(name, cell(types, place), listed, place)
        if name and not cell(types, place):
            told.add("protocol_untyped", (types or names or section).line, place + 2, found=name)
        if cell(section.row("Study Protocol Components Name"), place):
            line = (section.row("Study Protocol Components Name") or section).line
            told.add("components_lost", line, place + 2, found=name)
    found.factors = _factors(study, told)
    return found


def _parameters(row: Row, place: int, entries: str, told: Told) -> tuple[str, ...]:
    names = [name.strip() for name in entries.split(";")]
    for at, name in enumerate(names):
        if not name:
            told.add("parameter_unnamed", row.line, place + 2, found=entries)
        elif name in names[:at]:
            told.add("parameter_twice", row.line, place + 2, found=name)
        elif "." in name:
            told.add("name_with_dot", row.line, place + 2, found=name, wanted=name.replace(".", ""))
    return tuple(name for name in names if name)


def _factors(study: Study, told: Told) -> tuple[str, ...]:
    section = study.section("STUDY FACTORS")
    row = section.row("Study Factor Name")
    names: list[str] = []
    for place in range(section.width):
        name = cell(row, place)
        line = row.line if row else section.line
        if not name:
            told.add("factor_unnamed", line, place + 2)
        elif name in names:
            told.add("factor_twice", line, place + 2, found=name)
        elif "." in name:
            told.add("name_with_dot", line, place + 2, found=name, wanted=name.replace(".", ""))
        names.append(name)
    return tuple(name for name in names if name)


def check_factor(name: str, line: int, column: int, declared: Declared, told: Told) -> None:
    """Check that a factor that a table uses is declared."""
    declared.used_factors.add(name)
    if name not in declared.factors and not declared.anything:
        meant = nearest(name, declared.factors)
        replacement = f"Factor Value[{meant}]" if meant else None
        known = meant or ", ".join(declared.factors[:12])
        told.add("factor_undeclared", line, column, found=name, wanted=known, replacement=replacement)


def check_used(declared: Declared, told: Told) -> None:
    """Check that the tables use what is declared; without any table nothing can be told."""
    section = declared.study.section("STUDY PROTOCOLS")
    names, parameters = section.row("Study Protocol Name"), section.row("Study Protocol Parameters Name")
    for protocol in declared.protocols.values():
        if protocol.name not in declared.used_protocols and names:
            told.add("protocol_unused", names.line, protocol.place + 2, found=protocol.name)
        for name in protocol.parameters:
            if name not in declared.used_parameters and parameters and declared.tables:
                told.add("parameter_unused", parameters.line, protocol.place + 2, found=name)
    factors = declared.study.section("STUDY FACTORS").row("Study Factor Name")
    for place, name in enumerate(factors.cells if factors else []):
        if name and name not in declared.used_factors and factors and declared.tables:
            told.add("factor_unused", factors.line, place + 2, found=name)
