"""Publications that nobody could find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.checks._case import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import Finding


def untraceable(case: Case) -> Iterator[Finding]:
    """Find publications with neither title nor DOI."""
    for path, paper in case.entities("publications"):
        if not any(isinstance(said, str) for said in (paper.title, paper.doi)):
            yield finding("warning", "publication_untraceable", f"{path}/title")
