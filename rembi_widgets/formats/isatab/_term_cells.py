"""Terms of an ISA-Tab: a value with Term Source REF and Term Accession Number beside it, in tables and sections."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rembi_widgets.formats._term_cells import Cell, TermCells, field_of
from rembi_widgets.terms import Claim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.formats.isatab._document import Document, Investigation, Row, Section, Table
    from rembi_widgets.formats.isatab._document_columns import Column

ACCESSION, SOURCE = " term accession number", " term source ref"
_KINDS = {"unit": "unit"}
"""Kind of a column whose field does not depend on its name."""


def terms(document: Document) -> Iterator[TermCells]:
    """Give the terms of all investigations and tables; in a table, each that several rows repeat once."""
    for investigation in document.investigations:
        for section in _sections(investigation):
            yield from _in_section(investigation.file.name, section)
    for table in document.tables.values():
        for column in table.columns:
            yield from _in_column(table, column)


def _sections(investigation: Investigation) -> Iterator[Section]:
    yield from investigation.sections.values()
    for study in investigation.studies:
        yield from study.sections.values()


def _in_section(file: str, section: Section) -> Iterator[TermCells]:
    rows = {(row.kind, row.name.casefold()): row for row in reversed(section.rows)}
    for (kind, name), ids in rows.items():
        if name.endswith(ACCESSION):
            base = name.removesuffix(ACCESSION)
            labels, sources = rows.get((kind, base)), rows.get((kind, base + SOURCE))
            if labels is not None:
                yield from _in_rows(file, labels, ids, sources)


def _in_rows(file: str, labels: Row, ids: Row, sources: Row | None) -> Iterator[TermCells]:
    for place, cell in enumerate(ids.cells):
        at = tuple(Cell(row.line, place + 2) for row in (labels, ids, sources or ids))
        ref = _cell(sources, place) if sources is not None else ""
        for term in _claims(_cell(labels, place), cell, ref, None):
            if term.id:
                yield TermCells(file, term, at)


def _claims(names: str, ids: str, sources: str, field: str | None) -> list[Claim]:
    """Give the claims of three cells; a cell may hold several, between semicolons."""
    said, numbers, refs = ([part.strip() for part in cell.split(";")] for cell in (names, ids, sources))
    if len(said) != len(numbers):
        return [] if len(numbers) > 1 else [Claim(names.strip(), ids.strip(), sources.strip(), field, "any")]
    if len(refs) != len(said):
        refs = refs[:1] * len(said)
    return [Claim(*one, field, "any") for one in zip(said, numbers, refs, strict=True)]


def _cell(row: Row, place: int) -> str:
    cells = row.cells
    return cells[place] if place < len(cells) else ""


def _in_column(table: Table, column: Column) -> Iterator[TermCells]:
    """Give the terms of a value column, and of the unit column beside a value, whose id stands behind the unit."""
    for label, ids, sources, field in _beside(column):
        values = zip(table.cells(label), table.cells(ids), table.cells(sources), strict=True)
        said = list(values)
        counts = Counter(said)
        first = {value: row for row, value in reversed(list(enumerate(said)))}
        for (name, number, ref), row in first.items():
            line = table.line(row)
            at = tuple(Cell(line, place + 1) for place in (label, ids, sources))
            for term in _claims(name, number, ref, field):
                if term.id or (term.label and term.source):
                    yield TermCells(table.name, term, at, counts[name, number, ref])


def _beside(column: Column) -> Iterator[tuple[int, int, int, str | None]]:
    own, unit = column.beside.get("term_accession"), column.beside.get("unit_term_accession")
    if own is not None:
        yield column.index, own, column.beside.get("term_source", own), _KINDS.get(column.kind) or _field(column)
    if unit is not None and "unit" in column.beside:
        yield column.beside["unit"], unit, column.beside.get("unit_term_source", unit), "unit"


def _field(column: Column) -> str | None:
    if column.kind == "attribute" and column.name.casefold() == "label":
        return "label"
    return field_of(column.name) if column.kind in {"characteristic", "parameter_value", "factor_value"} else None
