"""The sheets of a workbook: one a section, its columns from the guide, a row an entity.

The first row holds the names of the fields and is hidden; the second what people read. The first column holds the id,
in rows of an entity the second says whose; the last one, hidden, tells later which cells somebody changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.xlsx._names import HOLDERS
from rembi_widgets.record import COLLECTIONS, GUIDE, ROWS, SINGLETONS, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.record import Curation, FieldGuide, SectionGuide

ID, OWNER, CHECK = "id", "of", "check"
FIRST = 3
"""Number of the first row with values."""


@dataclass(frozen=True)
class Column:
    """A column: the field, how the guide knows it, ``None`` for a key that it does not know."""

    name: str
    guide: FieldGuide | None = None

    @property
    def kind(self) -> str:
        """The kind of the values."""
        return self.guide.kind if self.guide else "text"


@dataclass(frozen=True)
class Row:
    """A row: an entity's id, whose it is, and its values by field."""

    id: str
    owner: str | None
    values: dict[str, Any]


@dataclass
class Sheet:
    """A section as a sheet."""

    section: SectionGuide
    columns: list[Column] = field(default_factory=list)

    @property
    def collection(self) -> str:
        """Its place in the record."""
        return self.section.collection

    @property
    def has_owner(self) -> bool:
        """Whether its rows are rows of an entity."""
        return self.section.kind == "rows"


def sheets(record: Curation) -> Iterator[tuple[Sheet, list[Row]]]:
    """Give the sheets with their rows, in the order of the guide."""
    for section in GUIDE.values():
        rows = list(_rows(record, section))
        known = [Column(name, guide) for name, guide in section.fields.items() if guide.kind != "rows"]
        names = {column.name for column in known} | ROWS.keys() | {"id"}
        extra = dict.fromkeys(name for row in rows for name in row.values if name not in names)
        yield Sheet(section, [*known, *(Column(name) for name in extra)]), rows


def _rows(record: Curation, section: SectionGuide) -> Iterator[Row]:
    name = section.collection
    if name in SINGLETONS:
        yield Row(name, None, dict(getattr(record, name)))
    elif name in TABLES:
        table = getattr(record, name)
        columns = {column: table.column(column) for column in table.columns}
        for place, identity in enumerate(table.ids):
            yield Row(identity, None, {column: values[place] for column, values in columns.items()})
    elif name in COLLECTIONS:
        for entity in getattr(record, name):
            yield Row(entity.id, None, dict(entity))
    else:
        for entity in getattr(record, HOLDERS[name]):
            for row in getattr(entity, name):
                yield Row(row.id, entity.id, dict(row))
