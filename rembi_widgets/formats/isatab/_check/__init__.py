"""Checks of an ISA-Tab as it stands in its files: a theme of rules a module, every finding with its place.

The investigation file is held, the tables pass by: some rows at a time, turned into columns, so that most rules look
at the different values of a column and not at each cell. The rules are those of ISA-Tab 1.0, of the readers isatools
and altamisa, and of what corrupts data silently in isatools.
"""

from __future__ import annotations

from rembi_widgets.formats.isatab._check._finding import DocumentFinding
from rembi_widgets.formats.isatab._check._run import check, is_document

__all__ = ["DocumentFinding", "check", "is_document"]
