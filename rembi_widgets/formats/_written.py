"""What an export gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.record import Finding


@dataclass(frozen=True)
class Written:
    """The files that were written, and what could not be written or not as it was given."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...] = ()
