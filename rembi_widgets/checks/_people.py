"""People and publications that cannot be told who or what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.checks._case import finding
from rembi_widgets.record import Absent, is_empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import Finding


def nameless(case: Case) -> Iterator[Finding]:
    """Find people without a last name, which every reader needs."""
    for path, person in case.entities("people"):
        if is_empty(person.last_name) or isinstance(person.last_name, Absent):
            who = person.first_name if isinstance(person.first_name, str) else person.email
            yield finding("warning", "person_nameless", f"{path}/last_name", found=who if isinstance(who, str) else None)


def untraceable(case: Case) -> Iterator[Finding]:
    """Find publications with neither title nor DOI."""
    for path, paper in case.entities("publications"):
        if not any(isinstance(said, str) for said in (paper.title, paper.doi)):
            yield finding("warning", "publication_untraceable", f"{path}/title")
