"""Reading an ISA-Tab into a record: our layout whole, any other as far as it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.formats._read import Read
from rembi_widgets.formats.isatab._document import located
from rembi_widgets.formats.isatab._document_open import passing_document
from rembi_widgets.formats.isatab._document_text import without_collecting
from rembi_widgets.formats.isatab._profile import OWN
from rembi_widgets.formats.isatab._protocols import MODULES
from rembi_widgets.formats.isatab._read_audit_rows import audit_rows
from rembi_widgets.formats.isatab._read_derived import Derived
from rembi_widgets.formats.isatab._read_images import Images
from rembi_widgets.formats.isatab._read_protocols import drop_composed, read_protocols
from rembi_widgets.formats.isatab._read_samples import read_factors, read_samples
from rembi_widgets.formats.isatab._read_study import (
    columns_of,
    read_contacts,
    read_design,
    read_publications,
    read_study,
)
from rembi_widgets.formats.isatab._reading import Reading
from rembi_widgets.record import Curation

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.formats.isatab._document import Document, Study
    from rembi_widgets.formats.isatab._read_parts import SectionColumn

_KINDS = {module: collection for collection, module in MODULES.items()}
_TECHNOLOGIES = {"image analysis": "analyses", "image correlation": "correlations", "image annotation": "annotations"}


def read(path: Path) -> Read:
    """Read an ISA-Tab into a record.

    Raises
    ------
    RembiError
        If there is nothing that is ISA-Tab.
    """
    with without_collecting():
        return read_document(passing_document(path))


def read_document(document: Document) -> Read:
    """Read the first investigation of a document; others are named in a finding."""
    reading = Reading(document, document.investigations[0])
    for other in document.investigations[1:]:
        reading.findings.append(located("warning", "other_investigation", other.file.name))
    if reading.rembi and len(reading.one.studies) == 1:
        _read_layout(reading, reading.one.studies[0])
    else:
        from rembi_widgets.formats.isatab._read_audit import audit
        from rembi_widgets.formats.isatab._read_other import read_other

        read_other(reading)
        audit(reading)
    drop_composed(reading)
    record = _record(reading)
    if reading.rembi and len(reading.one.studies) == 1:
        from rembi_widgets.formats.isatab._read_audit_cells import audit_cells

        reading.findings.extend(audit_cells(reading, record, reading.one.studies[0]))
    return Read(record, (*document.findings, *reading.findings), tuple(reading.kept))


def _record(reading: Reading) -> Curation:
    made = reading.making.made()
    if (sources := reading.files.columns.get("source_image")) is not None:  # a path, where the layout has one
        reading.files.columns["source_image"] = [reading.paths.get(one, one) for one in sources]
    tables = {"files": reading.files.table(), "images": reading.images.table()}
    # marks are made whole: to validate the hundred thousand of a large study takes as long as to read its tables
    return Curation.model_validate({**made, **tables}).model_copy(update={"marks": reading.making.marks})


def _read_layout(reading: Reading, study: Study) -> None:
    read_study(reading, study.section("STUDY"))
    read_design(reading, study.section("STUDY DESIGN DESCRIPTORS"))
    read_publications(reading, study.section("STUDY PUBLICATIONS"))
    read_contacts(reading, study.section("STUDY CONTACTS"))
    section = study.section("STUDY ASSAYS")
    reading.identified = section.row("Comment[REMBI ID]") is not None
    read_factors(reading, study.section("STUDY FACTORS"))
    read_protocols(reading, study.section("STUDY PROTOCOLS"))
    if study.table is not None:
        read_samples(reading, study.table)
    columns = columns_of(section, reading.file)
    for column in columns:  # images first: what was made of them names them
        if _collection(column) is None:
            _read_component(reading, study, column)
    for column in columns:
        collection = _collection(column)
        table = study.assays[column.place] if column.place < len(study.assays) else None
        if collection is not None and table is not None:
            Derived(reading, table, collection).read()
    reading.findings.extend(audit_rows(study))


def _collection(column: SectionColumn) -> str | None:
    module = column.cell("Comment[REMBI Module]")
    return _KINDS.get(module) or _TECHNOLOGIES.get(column.cell("Study Assay Technology Type"))


def _read_component(reading: Reading, study: Study, column: SectionColumn) -> None:
    file = column.cell("Study Assay File Name")
    holder = reading.making.entity("components", column.cell("Comment[REMBI ID]"), "component", file)
    holder.take("title", column.said("Comment[Study Component Name]"), reading.file)
    holder.take("description", column.said("Comment[Study Component Description]"), reading.file)
    column.ask(*(label for label in column.cells if label.startswith(("Study Assay ", f"Comment[{OWN}"))))
    reading.keep(holder, column)
    table = study.assays[column.place] if column.place < len(study.assays) else None
    if table is not None:
        Images(reading, table, holder).read()
