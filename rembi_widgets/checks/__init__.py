"""Checks: what stands between a record and a target, all of it at once, and how complete each section is."""

from __future__ import annotations

from rembi_widgets.checks._check import check
from rembi_widgets.checks._microscopes import microscope_findings
from rembi_widgets.checks._progress import Progress, completeness

__all__ = ["Progress", "check", "completeness", "microscope_findings"]
