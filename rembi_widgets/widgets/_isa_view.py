"""The ISA-Tab as it will be written, to look at: its sections whole, its tables in slices, where each cell leads.

It is written to a folder that is gone at once and read back as a document, so that what is shown is what will be there.
"""

from __future__ import annotations

import tempfile
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rembi_widgets.formats.isatab import DocumentFinding, Leads
    from rembi_widgets.formats.isatab._document import Document, Section, Table
    from rembi_widgets.record import Curation, Finding
    from rembi_widgets.widgets._session import Answer, Session

SLICE = 200
"""Rows of a table given at once, at most."""
TOLD = 200
"""Findings told at most; the count tells when there are more."""
MEASURED = 60
"""Rows by which the width of a column is told."""
NARROWEST, WIDEST = 8, 40
"""Letters of a column."""
_ASKED = {"unit": "unit", "term_source": "term", "term_accession": "term", "process_name": "process"}
"""Kind of a column to the kind that is shown, where several look alike."""


@dataclass
class Shown:
    """An ISA-Tab that is being looked at."""

    record: Curation
    profile: str
    document: Document
    leads: Leads
    findings: tuple[DocumentFinding, ...]
    told: tuple[Finding, ...]
    sections: list[Section] = field(default_factory=list)

    @property
    def file(self) -> str:
        """Name of the investigation file."""
        return self.document.investigations[0].file.name

    def table(self, name: str) -> Table:
        """Give a table.

        Raises
        ------
        RembiError
            If there is none of this name.
        """
        if name not in self.document.tables:
            raise RembiError("ui.isa.no_table", name=name)
        return self.document.tables[name]


def shown(session: Session, profile: str = "") -> Shown:
    """Give the ISA-Tab of the record as it is now; it is written again only if the record is another."""
    record, wanted = session.curation.record, profile or "bioimaging"
    held: Shown | None = session.extra.get("isa")
    if held is not None and held.record is record and wanted == held.profile:
        return held
    made = _written(record, wanted)
    session.extra["isa"] = made
    return made


def _written(record: Curation, profile: str) -> Shown:
    from rembi_widgets.formats import isatab

    with tempfile.TemporaryDirectory(prefix="rembi-isa-") as name:
        written = isatab.write(record, Path(name), profile=profile)
        document = isatab.open_document(Path(name))
        findings = isatab.check(document)
    one = document.investigations[0]
    sections = [*one.sections.values(), *(held for study in one.studies for held in study.sections.values())]
    sections.sort(key=lambda section: section.line)
    return Shown(record, profile, document, isatab.Leads(document, record), findings, written.findings, sections)


def isa_open(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Give the files of the ISA-Tab, the sections of its investigation whole, and the findings with their cells."""
    held = shown(session, str(message.get("profile") or ""))
    findings = [_finding(one, held, session.lang) for one in held.findings[:TOLD]]
    return {
        "profile": held.profile,
        "file": held.file,
        "sections": [_section(section, held.leads) for section in held.sections],
        "tables": [_table(table) for table in _in_order(held.document)],
        "findings": findings,
        "counts": dict(Counter(one.level for one in held.findings)),
        "told": [_left(one, session.lang) for one in sorted(held.told, key=_by_weight)[:TOLD]],
        "left": len(held.told),
    }


def _by_weight(finding: Finding) -> int:
    """Tell what comes first: an image that is missing is why the things around it are."""
    return 0 if finding.path.startswith(("/images", "/files")) else 1


def _left(finding: Finding, lang: str | None) -> dict[str, Any]:
    """Give what the writer says that the ISA-Tab does not hold, or not as it was given."""
    return {"level": finding.level, "message": finding.message(lang), "path": finding.path}


def _in_order(document: Document) -> Iterator[Table]:
    """Give the tables as the investigation names them: the study's first."""
    for study in document.investigations[0].studies:
        yield from (table for table in (study.table, *study.assays) if table is not None)


def _section(section: Section, leads: Leads) -> dict[str, Any]:
    rows = []
    for row in section.rows:
        label = f"Comment[{row.name}]" if row.kind == "comment" else row.name
        cells = row.cells[: max(section.width, 1)]
        paths = [list(leads.in_section(section, label, place)) for place in range(len(cells))]
        rows.append({"label": label, "kind": row.kind, "cells": cells, "leads": paths})
    return {"heading": section.heading, "width": section.width, "rows": rows}


def _table(table: Table) -> dict[str, Any]:
    columns = [
        {
            "header": one.header,
            "kind": _ASKED.get(one.kind, one.kind),
            "owner": one.owner,
            "width": _width(table, one.index, one.header),
        }
        for one in table.columns
    ]
    return {"file": table.name, "rows": len(table), "columns": columns}


def _width(table: Table, column: int, header: str) -> int:
    longest = max((len(cells[column]) for cells in table.rows[:MEASURED] if column < len(cells)), default=0)
    return min(max(longest, len(header), NARROWEST), WIDEST)


def _finding(finding: DocumentFinding, held: Shown, lang: str | None) -> dict[str, Any]:
    return {
        "level": finding.level,
        "code": finding.code,
        "message": finding.message(lang),
        "file": finding.file,
        "line": finding.line,
        "place": finding.column,
        "at": list(_at(finding, held)),
    }


def _at(finding: DocumentFinding, held: Shown) -> tuple[int, ...]:
    """Give the cell of a finding: row (-1: the header) and column of a table; section, row and place of a section."""
    table = held.document.tables.get(finding.file)
    if table is not None:
        return bisect_right(range(len(table)), finding.line, key=table.line) - 1, finding.column - 1
    for number, section in enumerate(held.sections):
        for row, one in enumerate(section.rows):
            if one.line == finding.line:
                return number, row, max(finding.column - 2, 0)
    number = bisect_right([section.line for section in held.sections], finding.line) - 1
    return (max(number, 0), 0, 0)


def isa_rows(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Give a slice of the rows of a table."""
    held = shown(session, str(message.get("profile") or ""))
    table = held.table(str(message.get("file") or ""))
    offset = max(int(message.get("offset") or 0), 0)
    limit = min(max(int(message.get("limit") or SLICE), 0), SLICE)
    width = len(table.columns)
    rows = [(cells + [""] * (width - len(cells)))[:width] for cells in table.rows[offset : offset + limit]]
    return {"offset": offset, "rows": rows, "total": len(table)}


def isa_lead(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Give the paths of the values that a cell of a table says; none for a header or a cell of structure."""
    held = shown(session, str(message.get("profile") or ""))
    table = held.table(str(message.get("file") or ""))
    row, column = int(message.get("row") or 0), int(message.get("column") or 0)
    if not (0 <= row < len(table) and 0 <= column < len(table.columns)):
        return {"paths": []}
    return {"paths": list(held.leads.in_table(table, row, column))}
