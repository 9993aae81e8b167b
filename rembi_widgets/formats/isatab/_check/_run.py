"""Checking an ISA-Tab: each investigation file, then its tables one after the other, then what only all of it tells."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.isatab._check._about import Studies, check_investigation, check_required, check_values
from rembi_widgets.formats.isatab._check._assay_types import SAMPLES, known_type
from rembi_widgets.formats.isatab._check._declared import Declared, cell, check_used, declared_by
from rembi_widgets.formats.isatab._check._files import Tables, tables_of
from rembi_widgets.formats.isatab._check._finding import DocumentFinding, Told
from rembi_widgets.formats.isatab._check._grammar import check_grammar
from rembi_widgets.formats.isatab._check._rows import tell_text
from rembi_widgets.formats.isatab._check._sheet import Sheet
from rembi_widgets.formats.isatab._check._table import check_table
from rembi_widgets.formats.isatab._check._terms import Sources, check_terms
from rembi_widgets.formats.isatab._document import Document, Study
from rembi_widgets.formats.isatab._document_open import LEADS_OUT
from rembi_widgets.formats.isatab._document_text import without_collecting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.formats.isatab._document import Investigation, Row, Section
    from rembi_widgets.formats.isatab._document_columns import Column

_NO_ASSAY = ("?", "")
_FILE_NAME = re.compile(r"[!-~]+")
_INVESTIGATION = re.compile(r"i_.*\.(?:txt|tsv|tab)\Z", re.IGNORECASE | re.DOTALL)


def check(source: Path | Document) -> tuple[DocumentFinding, ...]:
    """Check an ISA-Tab; see ``rembi_widgets.formats.isatab.check``."""
    told = Told()
    with without_collecting():
        tables = tables_of(source, told)
        if not tables.document.investigations:
            raise RembiError("isaread.nothing_here", path=str(source))
        for one in tables.document.investigations:
            _Checked(one, tables, told).run()
        _check_unnamed(tables, told)
    if tables.beside is not None and not tables.beside.used:
        told.drop("data_file_missing")  # the folder holds other files, not those of the assays
    return told.findings()


def is_document(path: Path) -> bool:
    """Tell whether a path is an ISA-Tab and no curation."""
    if not path.is_dir():
        return path.is_file()
    if (path / ".rembi").exists():
        return False
    return any(_INVESTIGATION.match(name) for name in _near_top(path))


def _near_top(path: Path) -> Iterator[str]:
    with os.scandir(path) as entries:
        for entry in entries:
            yield entry.name
            if entry.is_dir() and not entry.name.startswith("."):
                yield from (name for name in os.listdir(entry.path))  # noqa: PTH208 - names alone, of large folders too


class _Checked:
    """An investigation that is checked."""

    def __init__(self, one: Investigation, tables: Tables, told: Told) -> None:
        self.one, self.tables, self.told = one, tables, told
        self.name = told.file = one.file.name
        self.sources = Sources(one, told)

    def run(self) -> None:
        """Check the investigation file and the tables of its studies."""
        tell_text(self.one.file, self.told)
        check_grammar(self.one.file, self.told)
        check_investigation(self.one, self.told)
        self.sources.check_declared(self.one.section("ONTOLOGY SOURCE REFERENCE"))
        for section in self.one.sections.values():
            self._check_section(section)
        studies = Studies(self.told)
        for study in self.one.studies:
            self.told.file = self.name
            studies.check(study)
            for section in study.sections.values():
                self._check_section(section)
            self._check_study(study)
        self.told.file = self.name
        self.sources.check_used()

    def _check_section(self, section: Section) -> None:
        check_values(section, self.told)
        check_required(section, self.told)
        check_terms(section, self.sources, self.told)

    def _check_study(self, study: Study) -> None:
        declared = declared_by(study, self.told)
        row = study.section("STUDY").row("Study File Name")
        if cell(row, 0):
            declared.samples = set()
            if not self._check_table(declared, row, 0, "study"):
                declared.samples = None
        section = study.section("STUDY ASSAYS")
        files = section.row("Study Assay File Name")
        for place in range(len(files.cells) if files else 0):
            self._check_table(declared, files, place, "assay")
        self.told.file = self.name
        check_used(declared, self.told)
        self._check_samples(declared, row)

    def _check_samples(self, declared: Declared, row: Row | None) -> None:
        unused = (declared.samples or set()) - declared.used_samples
        if row and unused and declared.tables > 1:
            self.told.add("sample_unused", row.line, 2, found=min(unused), n=len(unused))

    def _check_table(self, declared: Declared, row: Row | None, place: int, role: str) -> bool:
        said = cell(row, place)
        self.told.file = self.name
        if row is None or not said:
            return False
        line, at = row.line, place + 2
        if LEADS_OUT.search(said):
            self.told.add("file_outside", line, at, found=said)
            return False
        if not _FILE_NAME.fullmatch(said) or not said.startswith(f"{role[0]}_"):
            self.told.add("file_name", line, at, found=said, wanted=f"{role[0]}_….txt")
        name = self.one.folder + said.strip()
        if not self.tables.has(name):
            self.told.add(f"{role}_file_missing", line, at, found=said)
            return False
        self._read(name, declared, place, role)
        return True

    def _read(self, name: str, declared: Declared, place: int, role: str) -> None:
        kind = SAMPLES
        if role == "assay":
            section = declared.study.section("STUDY ASSAYS")
            rows = (section.row(f"Study Assay {what} Type") for what in ("Measurement", "Technology"))
            measurement, technology = (cell(row, place) for row in rows)
            kind = measurement, technology
        _check_one(self.tables, self.told, _Asked(name, role, declared, self.sources, kind))
        declared.tables += 1


@dataclass
class _Asked:
    """A table that is asked for: what it is to its study, and the measurement and technology of its assay."""

    name: str
    role: str
    declared: Declared
    sources: Sources
    kind: tuple[str, str]


def _check_one(tables: Tables, told: Told, asked: _Asked) -> None:
    told.file = asked.name

    def make(columns: list[Column], line: int) -> Sheet:
        return Sheet(
            name=asked.name,
            role=asked.role,
            line=line,
            columns=columns,
            declared=asked.declared,
            sources=asked.sources,
            told=told,
            rows=lambda: tables.rows(asked.name, Told()),
            kind=known_type(*asked.kind),
            technology=asked.kind[1] if asked.role == "assay" else "",
            beside=tables.beside,
        )

    with tables.reading(asked.name, told):
        if check_table(tables.rows(asked.name, told), make) is None:
            told.add("table_empty", 1)


def _check_unnamed(tables: Tables, told: Told) -> None:
    """Check tables that no study names, for themselves."""
    for one in tables.document.investigations:
        for name in tables.unnamed(one.folder):
            told.file = name
            told.add("table_unnamed", 1)
            role = "study" if PurePosixPath(name).name[0] in "sS" else "assay"
            declared = Declared(Study({}), anything=True)
            _check_one(tables, told, _Asked(name, role, declared, Sources(one, told), _NO_ASSAY))
