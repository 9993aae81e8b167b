"""Opening an ISA-Tab: a folder, a tree, a zip or the investigation file itself."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.isatab._cells import HEADINGS
from rembi_widgets.formats.isatab._document import Document, Investigation, Row, Section, Study, Table, located
from rembi_widgets.formats.isatab._document_source import source_of
from rembi_widgets.formats.isatab._document_text import TextFile, without_collecting

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.formats.isatab._document_source import Source
    from rembi_widgets.record import Finding

_HEADING = re.compile(HEADINGS)
TABLE = re.compile(r"[sa]_.*\.(?:txt|tsv|tab)\Z", re.IGNORECASE | re.DOTALL)
LEADS_OUT = re.compile(r"[\\/]|\A\.\.\Z|\x00")
ABOVE = ("ONTOLOGY SOURCE REFERENCE", "INVESTIGATION", "INVESTIGATION PUBLICATIONS", "INVESTIGATION CONTACTS")
STUDY = (
    "STUDY",
    "STUDY DESIGN DESCRIPTORS",
    "STUDY PUBLICATIONS",
    "STUDY FACTORS",
    "STUDY ASSAYS",
    "STUDY PROTOCOLS",
    "STUDY CONTACTS",
)


def open_document(path: Path) -> Document:
    """Open an ISA-Tab.

    Parameters
    ----------
    path
        A folder (its whole tree is looked through), a zip, or an investigation file, whose tables are beside it.

    Raises
    ------
    RembiError
        If there is nothing that is ISA-Tab.
    """
    with without_collecting():
        return _opened(path)


def _opened(path: Path) -> Document:
    return document_of(source_of(path), path)


def document_of(source: Source, path: Path) -> Document:
    """Make the document of text files, wherever they come from.

    Raises
    ------
    RembiError
        If none of them is an investigation file.
    """
    document = investigations_of(source)
    if not document.investigations:
        raise RembiError("isaread.nothing_here", path=str(path))
    for one in document.investigations:
        _take_tables(document, one, source)
    _take_unnamed(document, source)
    return document


def investigations_of(source: Source) -> Document:
    """Give a document of the investigation files of a source, without any table."""
    document = Document({}, findings=source.findings)
    for name in source.names:
        if _may_be_investigation(name, source):
            _take_investigation(document, TextFile(name, source.read(name) or b""))
    return document


def _may_be_investigation(name: str, source: Source) -> bool:
    file = PurePosixPath(name).name.casefold()
    return source.given == name or (file.startswith("i_") and file.endswith((".txt", ".tsv", ".tab")))


def _take_investigation(document: Document, file: TextFile) -> None:
    found = _Sections(file)
    if not found.one.sections and not found.one.studies:
        document.findings.append(located("warning", "no_sections", file.name))
        return
    document.files[file.name] = file
    document.investigations.append(found.one)
    document.findings += [*_of_text(file), *found.findings()]


def heading_of(cells: list[str]) -> str | None:
    """Give the heading that a row is, if it is one: alone on its line but for empty cells."""
    said = " ".join(cells[0].split()).upper() if cells else ""
    return said if said and _HEADING.fullmatch(said) and not any(cell.strip() for cell in cells[1:]) else None


class _Sections:
    """The sections of an investigation file, and what is strange about them."""

    def __init__(self, file: TextFile) -> None:
        self.one = Investigation(file)
        self._odd: list[tuple[str, int, int, str]] = []
        self._current: Section | None = None
        for index, cells in enumerate(file.rows):
            if not any(cell.strip() for cell in cells) or file.is_comment(index):
                continue
            heading = heading_of(cells)
            if heading is not None:
                self._current = self._begin(heading, file.line(index))
            else:
                self._take(Row(file, index, cells[0].strip()))

    def _begin(self, heading: str, line: int) -> Section:
        section = Section(heading, line)
        if heading == "STUDY":
            self.one.studies.append(Study({}))
        elif heading in STUDY and not self.one.studies:
            self._odd.append(("section_before_study", line, 1, heading))
            self.one.studies.append(Study({}))
        home = self.one.studies[-1].sections if heading in STUDY else self.one.sections
        if heading in home:
            self._odd.append(("section_twice", line, 1, heading))
            return home[heading]
        home[heading] = section
        return section

    def _take(self, row: Row) -> None:
        if self._current is None:
            self.one.stray.append(row)
            self._odd.append(("stray_line", row.line, 1, row.label))
            return
        if not row.label:
            self._odd.append(("no_label", row.line, 1, row.label))
        elif any(other.label == row.label for other in self._current.rows):
            self._odd.append(("row_twice", row.line, 1, row.label))
        self._current.rows.append(row)

    def findings(self) -> list[Finding]:
        name = self.one.file.name
        found = [located("warning", code, name, line, place, found=said) for code, line, place, said in self._odd]
        missing = [heading for heading in ABOVE if heading not in self.one.sections]
        found += [located("warning", "section_missing", name, wanted=heading) for heading in missing]
        for study in self.one.studies:
            line = study.section("STUDY").line or 1
            absent = [heading for heading in STUDY if heading not in study.sections]
            found += [located("warning", "section_missing", name, line, wanted=heading) for heading in absent]
        if not self.one.studies:
            found.append(located("warning", "no_study", name))
        return found


def _of_text(file: TextFile) -> list[Finding]:
    found: list[Finding] = [located("warning", "unclosed_quote", file.name, line) for line in file.unclosed]
    if file.encoding == "latin-1":
        at = _first_odd_line(file.data)
        found.append(located("info", "latin_1", file.name, at))
    return found


def _first_odd_line(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as fault:
        return data.count(b"\n", 0, fault.start) + 1
    return 1


def _take_tables(document: Document, one: Investigation, source: Source) -> None:
    for study in one.studies:
        row = study.section("STUDY").row("Study File Name")
        tables = [_table(document, one, row, place, source) for place in range(len(row.cells))] if row else []
        study.table = next((table for table in tables if table is not None), None)
        row = study.section("STUDY ASSAYS").row("Study Assay File Name")
        study.assays = [_table(document, one, row, place, source) for place in range(len(row.cells))] if row else []


def _table(document: Document, one: Investigation, row: Row, place: int, source: Source) -> Table | None:
    said = row.cells[place].strip()
    if not said:
        return None
    where = (one.file.name, row.line, place + 2)
    if LEADS_OUT.search(said):
        document.findings.append(located("error", "table_outside", *where, found=said))
        return None
    name = one.folder + said
    if name not in document.tables and not _load(document, source, name):
        document.findings.append(located("error", "table_missing", *where, found=said))
        return None
    return document.tables[name]


def _load(document: Document, source: Source, name: str) -> bool:
    data = source.read(name)
    if data is None:
        return False
    file = TextFile(name, data)
    table = document.tables[name] = Table(file)
    document.files[name] = file
    document.findings += [*_of_text(file), *_of_table(table)]
    return True


def _of_table(table: Table) -> list[Finding]:
    found: list[Finding] = []
    if not table.columns:
        found.append(located("warning", "table_empty", table.name))
    for row, length in table.ragged():
        width = len(table.columns)
        place = min(length, width) + 1
        found.append(
            located("warning", "ragged_row", table.name, table.line(row), place, found=str(length), wanted=str(width))
        )
    header = table.file.line(table.header) if table.columns else 1
    odd = [column for column in table.columns if column.kind == "other"]
    found += [located("warning", "unknown_column", table.name, header, one.index + 1, found=one.header) for one in odd]
    return found


def _take_unnamed(document: Document, source: Source) -> None:
    """Take the tables that no study names, from the folders of the investigations."""
    folders = {one.folder for one in document.investigations}
    for name in source.names:
        folder, _, file = name.rpartition("/")
        if name in document.files or (folder + "/" if folder else "") not in folders or not TABLE.match(file):
            continue
        if source.given is None and _load(document, source, name):
            document.findings.append(located("info", "table_unnamed", name))
