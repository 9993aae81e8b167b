"""A part of a record that was read, as large as it takes to write all kinds of its cells: the audit writes it again.

Of a table of a few hundred rows it is the whole. Of a large one it is the first rows, and those on which a column of
few different values says one of them for the first time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._compact import Compact
from rembi_widgets.formats.isatab._read_parts import named_steps, parts_of
from rembi_widgets.formats.isatab._read_samples import node
from rembi_widgets.record import Association, Component, Curation, Sample, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from rembi_widgets.formats.isatab._document import Table as Sheet
    from rembi_widgets.formats.isatab._reading import Reading

Rows = dict[str, "Sequence[int]"]
"""Name of a table of the ISA-Tab to its rows that are looked at."""
WHOLE, FIRST, SEVERAL = 1_000, 50, 20
"""Rows up to which all tables are looked at whole; how many first ones of a larger, and how many different values are
few; tables beyond which a tenth of that is looked at of each.
"""
_MAKERS = ("analyses", "correlations", "annotations")
_MADE_UP = "audit-{}"


def rows_to_look_at(tables: Collection[Sheet]) -> Rows:
    """Give the rows of each table that are looked at."""
    if sum(map(len, tables)) <= WHOLE:
        return {table.name: range(len(table)) for table in tables}
    first = FIRST // 10 if len(tables) > SEVERAL else FIRST
    return {table.name: _rows(table, first) for table in tables}


def _rows(table: Sheet, first: int) -> Sequence[int]:
    if len(table) <= first:
        return range(len(table))
    found = set(range(first))
    for column in table.columns:
        cells = table.cells(column.index)
        if isinstance(cells, Compact) and 1 < len(cells.values) <= first:
            found.update(cells.first_rows().values())
    return sorted(found)


def part(reading: Reading, record: Curation, tables: Mapping[str, Sheet], rows: Rows) -> Curation:
    """Give the part of a record that the rows tell, with all its entities in use: what nothing uses is not written."""
    chosen = _Chosen(reading, record)
    for name, sheet in tables.items():
        chosen.take(sheet, rows[name])
    return chosen.record_of()


class _Chosen:
    """Images, files and samples that are chosen."""

    def __init__(self, reading: Reading, record: Curation) -> None:
        self.reading, self.record = reading, record
        self.images: set[int] = set()
        self.files: set[str] = set()
        self.samples: set[str] = set()

    def take(self, sheet: Sheet, rows: Sequence[int]) -> None:
        """Take what the rows of a table tell of."""
        parts, begin = parts_of(sheet), self.reading.image_places.get(sheet.name)
        if begin is not None:
            self.images.update(begin + row for row in rows)
        made = node(parts, "Derived Data File")
        sample, steps = node(parts, "Sample Name"), named_steps(parts)
        if begin is None and sample is not None and made is None:
            self.samples.update(found for row in rows if (found := self.reading.samples.get(sample.names[row])))
        if made is not None:
            paths = self.reading.paths
            self.files.update(found for row in rows if (found := paths.get(made.names[row])))
        if made is not None and steps and steps[0].process_name is not None:
            names = sheet.cells(steps[0].process_name.index)
            named = (self.reading.image_named(names[row]) for row in rows)
            self.images.update(self.record.images.index[one] for one in named if one is not None)

    def record_of(self) -> Curation:
        """Give the part of the record."""
        images = self._images()
        links = {link for link in images.column("association") if link}
        components = [
            one.model_copy(update={"associations": tuple(link for link in one.associations if link.id in links)})
            for one in self.record.components
        ]
        used = {link.sample for one in components for link in one.associations} | self.samples
        samples = tuple(one for one in self.record.samples if one.id in used)
        files = self._files(images)
        update = {"components": tuple(components), "samples": samples, "images": images, "files": files}
        return _all_used(self.record.model_copy(update={**update, "marks": {}}))

    def _images(self) -> Table:
        """Give the images that are chosen, with all that are in their files."""
        table = self.record.images
        if len(self.images) == len(table):
            return table
        files = table.column("file")
        self.files.update(files[place] for place in self.images if files[place])
        if self.files and files != self.record.files.ids:  # else an image a file
            self.images.update(place for place, file in enumerate(files) if file in self.files)
        return _picked(table, sorted(self.images))

    def _files(self, images: Table) -> Table:
        table = self.record.files
        if images is self.record.images:
            return table
        wanted = self.files.union(filter(None, images.column("file")))
        if len(images) and self.record.images.column("file") == table.ids:
            return _picked(table, sorted(self.images))
        return _picked(table, [place for place, one in enumerate(table.ids) if one in wanted])


def _picked(table: Table, places: Sequence[int]) -> Table:
    columns = {name: tuple(cells[place] for place in places) for name, cells in table.columns.items()}
    return Table(tuple(table.ids[place] for place in places), columns)


def _all_used(record: Curation) -> Curation:
    """Give a record in which nothing is without a use: a component that is made up uses all that had none."""
    links = [link for one in record.components for link in one.associations]
    sampled = {link.sample for link in links}
    idle = [one for one in record.samples if one.id not in sampled]
    idle += [
        Sample(id=_MADE_UP.format(one.id), title=_MADE_UP.format("sample"), **{field: one.id})
        for field, collection in (("biosample", "biosamples"), ("specimen", "specimens"))
        for one in getattr(record, collection)
        if one.id not in {getattr(sample, field) for sample in record.samples}
    ]
    free = Sample(id=_MADE_UP.format("sample"), title=_MADE_UP.format("sample"))
    made = [Association(id=_MADE_UP.format(one.id), sample=one.id) for one in [*idle, free]]
    taken = {link.acquisition for link in links}
    made += [
        Association(id=_MADE_UP.format(one.id), sample=free.id, acquisition=one.id)
        for one in record.acquisitions
        if one.id not in taken
    ]
    components = [_sampled(one, free.id) for one in record.components]
    components.append(Component(id=_MADE_UP.format("component"), title="audit", associations=tuple(made)))
    known = {one.id for one in record.samples}
    samples = (*record.samples, *(one for one in [*idle, free] if one.id not in known))
    images, files = _made_up_rows(record, made)
    return record.model_copy(
        update={"components": tuple(components), "samples": samples, "images": images, "files": files}
    )


def _sampled(component: Component, sample: str) -> Component:
    links = tuple(one if one.sample else one.model_copy(update={"sample": sample}) for one in component.associations)
    return component.model_copy(update={"associations": links})


def _made_up_rows(record: Curation, links: Sequence[Association]) -> tuple[Table, Table]:
    """Give the tables with an image of each association that is made up, and a file of each that makes files."""
    home = _MADE_UP.format("component")
    images: list[dict[str, Any]] = []
    files: list[dict[str, Any]] = []
    for link in links:
        path = f"{link.id}.audit"
        files.append({"id": f"{link.id}-file", "path": path})
        images.append({"id": f"{link.id}-image", "file": files[-1]["id"], "association": link.id, "component": home})
    makers = {maker for maker in record.files.column("made_by") if maker}
    for collection in _MAKERS:
        for one in getattr(record, collection):
            if one.id not in makers:
                row = {"path": f"{one.id}.audit", "made_by": one.id, "source_image": images[0]["id"]}
                files.append({"id": _MADE_UP.format(f"{one.id}-made"), **row})
    return _longer(record.images, images), _longer(record.files, files)


def _longer(table: Table, rows: Sequence[Mapping[str, Any]]) -> Table:
    names = dict.fromkeys([*table.columns, *(name for row in rows for name in row if name != "id")])
    columns = {name: (*table.column(name), *(row.get(name) for row in rows)) for name in names}
    return Table((*table.ids, *(row["id"] for row in rows)), columns)
