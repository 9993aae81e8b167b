"""A study or assay file that passes by: some rows at a time, as columns, through the rules of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rembi_widgets.formats.isatab._check._assay_types import AssayType
    from rembi_widgets.formats.isatab._check._declared import Declared
    from rembi_widgets.formats.isatab._check._files import Beside
    from rembi_widgets.formats.isatab._check._finding import Told
    from rembi_widgets.formats.isatab._check._rows import Batch
    from rembi_widgets.formats.isatab._check._terms import Sources
    from rembi_widgets.formats.isatab._document_columns import Column

Rows = Callable[[], Iterator["Batch"]]
"""Gives the rows of a file from its beginning, each time anew."""


@dataclass
class Sheet:
    """What the rules of a table know.

    Attributes
    ----------
    role
        ``study`` or ``assay``.
    line
        The line of the header.
    kind
        What an assay of its type is made of, if that is known.
    beside
        The files of the folder, ``None`` if it holds none but the ISA-Tab.
    """

    name: str
    role: str
    line: int
    columns: list[Column]
    declared: Declared
    sources: Sources
    told: Told
    rows: Rows
    kind: AssayType | None = None
    technology: str = ""
    beside: Beside | None = None
    count: int = 0
    of_owner: dict[int, list[Column]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for column in self.columns:
            self.of_owner.setdefault(column.owner, []).append(column)


@dataclass
class Part:
    """Some rows of a table as columns.

    Attributes
    ----------
    columns
        The cells of each column.
    different
        The different cells of each column.
    lines
        The line of each row.
    """

    columns: list[tuple[str, ...]]
    different: list[set[str]]
    batch: Batch

    def line(self, row: int) -> int:
        """Give the line of a row."""
        return self.batch.lines[row]

    def first(self, column: int, value: str) -> tuple[int, int]:
        """Give the line where a value stands first in a column, and how often it stands there."""
        cells = self.columns[column]
        return self.line(cells.index(value)), cells.count(value)
