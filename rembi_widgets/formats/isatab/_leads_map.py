"""The whole map of an ISA-Tab that was written of a record: any cell to the paths of the values that it says."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from rembi_widgets.formats.isatab._leads import Known
from rembi_widgets.formats.isatab._leads_sections import SectionLeads
from rembi_widgets.formats.isatab._leads_tables import derived_leads, image_leads, sample_names, study_leads

if TYPE_CHECKING:
    from rembi_widgets.formats.isatab._document import Document, Section, Table
    from rembi_widgets.formats.isatab._leads_tables import TableLeads
    from rembi_widgets.record import Curation


class Leads:
    """Leads from cells to the record.

    Parameters
    ----------
    document
        The ISA-Tab as ``isatab.write`` wrote it of the record, opened.
    record
        The record.
    """

    def __init__(self, document: Document, record: Curation) -> None:
        self._known = Known(document, record)
        self._sections = SectionLeads(self._known)
        self._tables: dict[str, TableLeads] = {}

    def in_section(self, section: Section, label: str, place: int) -> tuple[str, ...]:
        """Give the paths of the values that a cell of the investigation file says; none for a cell of structure.

        Parameters
        ----------
        label
            Label of the row, such as ``Study Title`` or ``Comment[License]``.
        place
            Place of the cell behind the label, from 0.
        """
        return self._sections.paths(section, label, place)

    def in_table(self, table: Table, row: int, column: int) -> tuple[str, ...]:
        """Give the paths of the values that a cell of a table says; rows and columns count from 0."""
        if table.name not in self._tables:
            self._tables[table.name] = self._table(table)
        return self._tables[table.name].paths(row, column)

    @cached_property
    def _samples(self) -> dict[str, str]:
        return sample_names(self._known)

    def _table(self, table: Table) -> TableLeads:
        study = self._known.study
        if table is study.table:
            return study_leads(self._known, table)
        place = next((place for place, one in enumerate(study.assays) if one is table), -1)
        column = study.section("STUDY ASSAYS").column(place) if place >= 0 else {}
        entity = self._known.parts.get(column.get("Comment[REMBI ID]", ""))
        if column.get("Comment[REMBI Module]") == "Study component":
            return image_leads(self._known, table, self._samples)
        return derived_leads(self._known, table, self._samples, entity)
