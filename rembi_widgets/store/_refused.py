"""What is told of a change that could not be applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.record import Finding

if TYPE_CHECKING:
    from rembi_widgets.errors import RembiError
    from rembi_widgets.record import Change


def refused(change: Change, fault: RembiError, code: str = "change_refused") -> Finding:
    """Tell of a change that is in a journal but not, or only in part, in the record."""
    values = {"change": change.id, "reason": str(fault)}
    return Finding(level="warning", code=code, path="/study", values=values)
