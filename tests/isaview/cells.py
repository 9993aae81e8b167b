"""Every filled cell of an ISA-Tab with the paths that explain it, and every value of a record with its path."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from rembi_widgets.formats import isatab
from rembi_widgets.formats.isatab._document import Document
from rembi_widgets.record import COLLECTIONS, Curation, entity_leaves, is_empty


class Cell(NamedTuple):
    """A filled cell: where it stands, its label or header, its text, the paths that explain it."""

    file: str
    label: str
    at: tuple[Any, ...]
    text: str
    paths: tuple[str, ...]


def written(record: Curation, folder: Path, profile: str = "bioimaging") -> list[Cell]:
    """Write a record and give all its cells."""
    isatab.write(record, folder, profile=profile)
    document = isatab.open_document(folder)
    return list(cells(document, isatab.Leads(document, record)))


def cells(document: Document, leads: isatab.Leads) -> Iterator[Cell]:
    one = document.investigations[0]
    for section in [*one.sections.values(), *one.studies[0].sections.values()]:
        for row in section.rows:
            label = f"Comment[{row.name}]" if row.kind == "comment" else row.name
            for place, text in enumerate(row.cells):
                if text:
                    paths = leads.in_section(section, label, place)
                    yield Cell(one.file.name, label, (section.heading, place), text, paths)
    for table in document.tables.values():
        for row in range(len(table)):
            for column in table.columns:
                if text := table.rows[row][column.index]:
                    paths = leads.in_table(table, row, column.index)
                    yield Cell(table.name, column.header, (row, column.index), text, paths)


def values(record: Curation) -> dict[str, Any]:
    """Give every value of a record by its path; what a person is asked first is no part of an ISA-Tab."""
    found = {f"/study/{name}": value for name, value in record.study if not is_empty(value)}
    for name in COLLECTIONS:
        for entity in getattr(record, name):
            found |= dict(entity_leaves(entity, f"/{name}/{entity.id}"))
    for name in ("images", "files"):
        table = getattr(record, name)
        for row in table.ids:
            for column, value in table.row(row).items():
                if column != "id" and not is_empty(value):
                    found[f"/{name}/{row}/{column}"] = value
    return found
