"""Files of ISA-JSON."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from rembi_widgets.formats._files import write_lines
from rembi_widgets.formats._written import Written
from rembi_widgets.formats.isajson._out import Mapped, lines
from rembi_widgets.formats.isatab._document_open import passing_document
from rembi_widgets.formats.isatab._document_text import without_collecting
from rembi_widgets.formats.isatab._profile import profile_named

if TYPE_CHECKING:
    from rembi_widgets.formats.isatab._document import Document
    from rembi_widgets.record import Curation, Finding

FILE = "investigation.json"


def write_record(record: Curation, folder: Path, profile: str) -> Written:
    """Write the ISA-JSON of a record: that of its ISA-Tab, which is made on the way."""
    from rembi_widgets.formats import isatab

    with tempfile.TemporaryDirectory(prefix="rembi-isatab-") as name:
        written = isatab.write(record, Path(name), profile=profile)
        document = passing_document(Path(name))
        _without_words(document, profile_named(profile).technology)
        found = write_document(document, folder)
    return Written(found.files, (*written.findings, *found.findings))


def _without_words(document: Document, technology: str) -> None:
    """Empty the technology types that are a word only because a reader of ISA-Tab wants one there."""
    row = document.investigations[0].studies[0].section("STUDY ASSAYS").row("Study Assay Technology Type")
    for place, cell in enumerate(row.cells if row is not None and technology else ()):
        if cell == technology and row is not None:
            row.set(place, "")


def write_document(document: Document, path: Path) -> Written:
    """Write each investigation of a document."""
    is_file = path.suffix.casefold() == ".json"
    folder = path.parent if is_file else path
    folder.mkdir(parents=True, exist_ok=True)
    first = path.name if is_file else FILE
    files: list[Path] = []
    findings: list[Finding] = []
    for number, one in enumerate(document.investigations, 1):
        name = first if number == 1 else f"{PurePosixPath(first).stem}-{number}.json"
        with without_collecting():
            mapped = Mapped(document, one)
            files.append(write_lines(folder / name, lines(mapped.data)))
        findings += mapped.findings
    return Written(tuple(files), (*findings, *_left(document)))


def _left(document: Document) -> list[Finding]:
    """Name the tables that no study names: no investigation holds them."""
    from rembi_widgets.formats.isajson._out import told

    named = {study.table.name for one in document.investigations for study in one.studies if study.table is not None}
    named |= {table.name for one in document.investigations for s in one.studies for table in s.assays if table}
    return [told("warning", "table_left", name) for name in document.tables if name not in named]
