"""Any other ISA-Tab into a record, as far as it goes; what has no place in REMBI is kept beside it and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.formats.isatab._document_open import STUDY
from rembi_widgets.formats.isatab._read_other_assays import Assay
from rembi_widgets.formats.isatab._read_other_protocols import Protocols
from rembi_widgets.formats.isatab._read_other_samples import Factors, read_samples
from rembi_widgets.formats.isatab._read_study import (
    columns_of,
    read_contacts,
    read_design,
    read_publications,
    read_study,
)

if TYPE_CHECKING:
    from rembi_widgets.formats.isatab._document import Section, Study
    from rembi_widgets.formats.isatab._reading import Reading

_INVESTIGATION = {
    "title": "Investigation Title",
    "description": "Investigation Description",
    "accession": "Investigation Identifier",
    "submission_date": "Investigation Submission Date",
    "release_date": "Investigation Public Release Date",
}


def read_other(reading: Reading) -> None:
    """Read an investigation of another layout; several studies become one, each table a study component."""
    studies, one = reading.one.studies, reading.one
    if len(studies) > 1:
        _read_investigation(reading)
    for number, study in enumerate(studies, 1):
        _read_sections(reading, study, number)
    if len(studies) <= 1:
        _read_investigation(reading)
    read_publications(reading, one.section("INVESTIGATION PUBLICATIONS"), "Investigation")
    read_contacts(reading, one.section("INVESTIGATION CONTACTS"), "Investigation")
    for study in studies:
        _read_tables(reading, study)
    for row in one.stray:
        reading.note(reading.file, row.line, 1, row.label)


def _read_investigation(reading: Reading) -> None:
    """Take the investigation's title and its like where the study has none, or where there are several studies."""
    study = reading.making.study
    for column in columns_of(reading.one.section("INVESTIGATION"), reading.file)[:1]:
        for field, label in _INVESTIGATION.items():
            if not study.values.get(field):
                study.take(field, column.said(label), reading.file)
        reading.keep(study, column)


def _read_sections(reading: Reading, study: Study, number: int) -> None:
    section = study.section("STUDY")
    if number == 1 and not reading.making.study.values:
        read_study(reading, section)
    else:
        for column in columns_of(section, reading.file)[:1]:
            column.ask("Study File Name")
            reading.keep(reading.making.study, column, f"study {number} ")
    read_design(reading, study.section("STUDY DESIGN DESCRIPTORS"))
    read_publications(reading, study.section("STUDY PUBLICATIONS"))
    read_contacts(reading, study.section("STUDY CONTACTS"))
    for heading, other in study.sections.items():
        if heading not in STUDY:
            _note(reading, other)


def _note(reading: Reading, section: Section) -> None:
    for row in section.rows:
        reading.note(reading.file, row.line, 1, f"{section.heading}/{row.label}")


def _read_tables(reading: Reading, study: Study) -> None:
    """Read a study's factors, protocols, samples and assays."""
    protocols = Protocols(reading, study.section("STUDY PROTOCOLS"))
    factors = Factors(reading)
    reading.samples = {}
    for column in columns_of(study.section("STUDY FACTORS"), reading.file):
        name = column.cell("Study Factor Name")
        reading.keep(reading.making.study, column, f"factor {name} ")
    if study.table is not None:
        read_samples(reading, study.table, protocols, factors)
    section = study.section("STUDY ASSAYS")
    for column in columns_of(section, reading.file):
        table = study.assays[column.place] if column.place < len(study.assays) else None
        Assay(reading, column, table, protocols, factors).read()
    protocols.read_unused()
    factors.settle()
