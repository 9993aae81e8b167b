r"""Terms of a study file of the Image Data Resource: rows of a key and tab-separated values, three rows a kind of term.

A name stands in the row ``Study Organism``, its ontology in ``Study Organism Term Source REF``, its id in
``Study Organism Term Accession``. Phenotypes have ``Phenotype Term Name``; screens write ``Screen Technology Type``
beside ``Screen Technology Term Accession``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rembi_widgets.formats._term_cells import Cell, TermCells, located
from rembi_widgets.formats.isatab import decoded
from rembi_widgets.terms import Claim, Fault, ontology_named, source_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.record import Finding

ACCESSION, SOURCE, DECLARED = " Term Accession", " Term Source REF", "Term Source Name"
FIELDS = {"Organism": "organism", "Imaging Method": "imaging_method", "Phenotype": "phenotype"}
"""End of a key to the field its terms are for."""
NEAR = 12
"""Rows above an accession in which its name and its ontology stand."""


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    key: str
    cells: tuple[str, ...]

    def cell(self, place: int) -> str:
        return self.cells[place] if place < len(self.cells) else ""


def is_study_file(text: str) -> bool:
    """Tell whether a text is a study file: it has the key of the study's accession or type, and terms."""
    return "Study Type" in text and (ACCESSION in text or "Comment[IDR Study Accession]" in text)


def findings(name: str, data: bytes) -> Iterator[Finding]:
    """Find ontologies that no cell of ``Term Source Name`` declares, and those declared under a name they do not have.

    Each is told once, where it first stands, with how often it does.
    """
    rows = _rows(data)
    declared = [(row.line, place, cell) for row in rows if row.key == DECLARED for place, cell in _filled(row)]
    for line, place, said in declared:
        for fault in source_faults(said):
            yield located(fault, name, Cell(line, place + 2))
    known = {said.casefold() for _, _, said in declared}
    used = [(row.line, place, cell) for row in rows if row.key.endswith(SOURCE) for place, cell in _filled(row)]
    counts = Counter(said for _, _, said in used)
    first = {said: Cell(line, place + 2) for line, place, said in reversed(used)}
    for said, cell in first.items():
        if said.casefold() not in known:
            known_as = ontology_named(said)
            fault = Fault("term_source_undeclared", said, known_as.prefix if known_as else said)
            yield located(fault, name, cell, counts[said])


def _filled(row: _Row) -> Iterator[tuple[int, str]]:
    return ((place, cell) for place, cell in enumerate(row.cells) if cell)


def terms(name: str, data: bytes) -> Iterator[TermCells]:
    """Give the terms of a study file in the order of its rows."""
    rows = _rows(data)
    for place, row in enumerate(rows):
        if row.key.endswith(ACCESSION):
            base = row.key.removesuffix(ACCESSION)
            above = rows[max(0, place - NEAR) : place]
            labels = _nearest(above, f"{base} Term Name", base, f"{base} Type")
            sources = _nearest(above, base + SOURCE)
            yield from _group(name, base, labels, sources, row)


def _nearest(above: list[_Row], *keys: str) -> _Row | None:
    for key in keys:
        for row in reversed(above):
            if row.key == key:
                return row
    return None


def _group(name: str, base: str, labels: _Row | None, sources: _Row | None, ids: _Row) -> Iterator[TermCells]:
    known = next((field for end, field in FIELDS.items() if base.endswith(end)), None)
    given = any(ids.cells) or (sources is not None and any(sources.cells))
    for place in range(max(len(ids.cells), len(labels.cells) if labels else 0)):
        label, source = labels.cell(place) if labels else "", sources.cell(place) if sources else ""
        if ids.cell(place) or (given and label):
            at = tuple(Cell(row.line if row else ids.line, place + 2) for row in (labels, ids, sources))
            yield TermCells(name, Claim(label, ids.cell(place), source, known, "underscore"), at)


def _rows(data: bytes) -> list[_Row]:
    found = []
    for line, text in enumerate(_lines(decoded(data)[0]), 1):
        key, tab, rest = text.partition("\t")
        if tab and key.strip() and not text.startswith("#"):
            found.append(_Row(line, " ".join(key.split()), tuple(map(_said, rest.split("\t")))))
    return found


def _lines(text: str) -> list[str]:
    """Split as an editor numbers lines; a return within a line, which some of these files have, is a space."""
    return [line.replace("\r", " ") for line in text.split("\n")] if "\n" in text else text.split("\r")


def _said(cell: str) -> str:
    """Give what a cell says; a template's hint, which begins with a hash, says nothing."""
    text = cell.strip()
    return "" if text.startswith("#") else text
