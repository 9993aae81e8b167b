"""A lab's list of its people: CSV, TSV, JSON, YAML (such as CITATION.cff) and vCard, with headers in two languages."""

from __future__ import annotations

from rembi_widgets.formats.people._edits import known_as, people_edits
from rembi_widgets.formats.people._person import LabOrganisation, LabPerson
from rembi_widgets.formats.people._read import ENDINGS, read_people

__all__ = ["ENDINGS", "LabOrganisation", "LabPerson", "known_as", "people_edits", "read_people"]
