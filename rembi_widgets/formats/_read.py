"""What reading a file of another format gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rembi_widgets.record import Curation, Finding


class Kept(Protocol):
    """Something that the record has no field for: where it stood, and where it is kept, if it is."""

    @property
    def file(self) -> str:
        """Name of the file."""
        ...

    @property
    def header(self) -> str:
        """Section and label, or column."""
        ...

    @property
    def path(self) -> str:
        """Path in the record, empty if it is not in it."""
        ...


@dataclass(frozen=True)
class Read:
    """What was read.

    Attributes
    ----------
    record
        A record of unconfirmed values; each mark tells the file, and the section or column, it came from.
    findings
        What is wrong with the files, and what found no place.
    kept
        What the record has no field for.
    """

    record: Curation
    findings: tuple[Finding, ...] = ()
    kept: tuple[Kept, ...] = ()
