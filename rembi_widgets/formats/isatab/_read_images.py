"""The assay file of a study component back to its associations, images and files: column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._compact import Compact, all_differ, distinct, mapped, same, zipped
from rembi_widgets.formats.isatab._image_fields import (
    AXES,
    FILE_COMMENTS,
    IMAGE_COMMENTS,
    IMAGE_PARAMETERS,
    LINKS,
    MEASURES,
    PIXELS,
    SYMBOLS,
)
from rembi_widgets.formats.isatab._instrument import objective
from rembi_widgets.formats.isatab._read_parts import ABSENCE, named_steps, parts_of, stable_id
from rembi_widgets.formats.isatab._read_protocols import squeezed
from rembi_widgets.formats.isatab._read_rows import Block, field_kind, filled, read_cells
from rembi_widgets.formats.isatab._read_samples import node, take_all
from rembi_widgets.formats.isatab._read_values import Said
from rembi_widgets.formats.isatab._reading import column_key
from rembi_widgets.formats.isatab._units import SYMBOLS as UNIT_SYMBOLS
from rembi_widgets.record import Acquisition, taken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rembi_widgets.formats.isatab._document import Table
    from rembi_widgets.formats.isatab._read_parts import Holder, Part
    from rembi_widgets.formats.isatab._reading import Reading

_SCALES = {"m": 1e6, "cm": 1e4, "mm": 1e3, "nm": 1e-3, "Å": 1e-4, "pm": 1e-6}
"""Unit of a length to how many µm it is: the record holds pixel sizes in µm."""
_EXTENTS = "Dimension Extents"


class Images:
    """A table of images: one row an image.

    Parameters
    ----------
    component
        What its rows belong to.
    """

    def __init__(self, reading: Reading, table: Table, component: Holder) -> None:
        self.reading, self.table, self.component = reading, table, component
        self.parts = parts_of(table)
        self.sample, self.data = node(self.parts, "Sample Name"), node(self.parts, "Image File")
        self.process = next(iter(named_steps(self.parts)), None)

    def read(self) -> None:
        """Read all rows."""
        if self.data is None:
            self.reading.leave(self.table)
        if self.data is None or not len(self.table):
            return
        links = self._links()
        self._acquisitions()
        files = self._files(self.data)
        block = Block(self.reading.making, self.table.name)
        header = self.data.owner.header
        block.put("file", files, header)
        block.put("component", same(self.component.id, len(self.table)), header)
        block.put("association", links, self.sample.owner.header if self.sample else header)
        parts = [part for part in (self.data, self.process) if part is not None]
        for field, name in IMAGE_COMMENTS.items():
            take_column(self.reading, block, parts, field, ("comment", name))
        take_extents(self.reading, block, parts)
        self._parameters(block)
        wanted = self._column("REMBI ID") or same("", len(self.table))
        self._keep(block)
        self._add(block, wanted)

    def _column(self, name: str) -> Sequence[str] | None:
        for part in (self.data, self.process):
            cells = part.cells("comment", name) if part is not None else None
            if cells is not None:
                return cells
        return None

    def _links(self) -> Sequence[str | None]:
        """Read the associations: one for each pair of sample and acquisition, or for each id that is written."""
        count = len(self.table)
        samples = self.sample.names if self.sample else same("", count)
        protocols = self.process.names if self.process else same("", count)
        told = {field: cells for field, name in LINKS.items() if (cells := self._column(name)) is not None}
        rows, made = zipped(samples, protocols, *told.values()), {}
        for sample, protocol, *rest in distinct(rows):
            made[sample, protocol, *rest] = self._association(sample, protocol, dict(zip(told, rest, strict=True)))
        return mapped(rows, made)

    def _association(self, sample: str, protocol: str, told: Mapping[str, str]) -> str:
        identity, links = told.get("id", ""), self.reading.links
        home = (self.component.id, sample, protocol)
        if not identity or "/" in identity or links.get(identity, home) != home:
            identity = stable_id("as", *home)
        if identity in links:
            return identity
        links[identity] = home
        row, file = self.component.row("associations", identity), self.table.name
        acquisition = self.reading.protocol(protocol, "acquisitions")
        row.put("sample", self.reading.samples.get(sample), file, "Sample Name")
        row.put("acquisition", acquisition.id if acquisition is not None else None, file, "Protocol REF")
        for field in ("analysis", "correlation"):
            row.put(field, told.get(field), file, f"Comment[{LINKS[field]}]")
        return identity

    def _acquisitions(self) -> None:
        """Take what the first row of each acquisition says of it."""
        part = self.process
        if part is None:
            return
        named = {"imaging_method": "imaging method", **MEASURES}
        part.ask("parameter_value", *named.values())
        part.ask("comment", *(name + ABSENCE for name in named.values()))
        for name, row in first_rows(part.names).items():
            holder = self.reading.protocol(name, "acquisitions")
            if holder is not None and holder.id not in self.reading.described:
                self.reading.described.add(holder.id)
                take_all(holder, part, row, named, "parameter_value")

    def _parameters(self, block: Block) -> None:
        part = self.process
        for field, name in IMAGE_PARAMETERS.items():
            if part is None or ("parameter_value", name) not in part.columns:
                continue
            take_column(self.reading, block, [part], field, ("parameter_value", name))
            unit = part.columns["parameter_value", name].beside.get("unit")
            if field in PIXELS and unit is not None:
                block.columns[field] = in_micrometres(block.columns[field], self.table.cells(unit), SYMBOLS[field])
        if "objective" in block.columns and part is not None:
            block.columns["objective"] = self._objectives(part.names, block.columns["objective"])

    def _objectives(self, protocols: Sequence[str], values: Sequence[Any]) -> list[Any]:
        """Leave out the objective of the acquisition: the writer says it of each image that has none of its own."""
        usual = {
            name: squeezed(_objective(self.reading.protocol(name, "acquisitions"))) for name in distinct(protocols)
        }
        own = {
            (name, value): None if isinstance(value, str) and squeezed(value) == usual[name] else value
            for name, value in dict.fromkeys(zip(protocols, values, strict=True))
        }
        return list(map(own.__getitem__, zip(protocols, values, strict=True)))

    def _files(self, part: Part) -> Sequence[str]:
        """Read the files: the first row of each path says what is known of it."""
        paths, files = part.names, self.reading.files
        block = Block(self.reading.making, self.table.name)
        block.put("path", paths, part.owner.header)
        parts = [one for one in (part, self.process) if one is not None]
        for field, name in FILE_COMMENTS.items():
            take_column(self.reading, block, parts, field, ("comment", name), table="files")
        block.put("component", same(self.component.id, len(paths)), part.owner.header)
        sources = self._column("Source Image")
        if sources is not None:
            block.put("source_image", filled(sources), "Comment[Source Image]")
        each = not len(files) and "" not in paths and all_differ(paths, len(paths))
        rows: Sequence[int] = range(len(paths)) if each else list(first_rows(paths).values())
        places = rows if each else [row for row in rows if paths[row] and paths[row] not in self.reading.paths]
        fresh = taken(paths, places)
        ids = files.fresh(same("", len(fresh)), fresh)
        self.reading.file_names.append((fresh, ids))
        files.add(ids, block.at(places, len(paths)), block.marks)
        return ids if each else [self.reading.paths.get(path, "") for path in paths]

    def _keep(self, block: Block) -> None:
        """Keep the columns that nobody asked for as columns of the table of images."""
        for part in (one for one in self.parts if one is not self.sample):
            for column in part.left():
                key = column_key(column, rembi=self.reading.rembi)
                block.put(key, filled(self.table.cells(column.index)), column.header)
                self.reading.note_column(part, column, f"/images/{key}")

    def _add(self, block: Block, wanted: Sequence[str]) -> None:
        images, count = self.reading.images, len(self.table)
        names = self.process.process_name if self.process is not None else None
        named = self.table.cells(names.index) if names is not None else same("", count)
        paths = self.data.names if self.data is not None else named
        seeds = [f"{path}\n{name}" for path, name in zip(paths, named, strict=True)] if "" in wanted else wanted
        ids = images.fresh(wanted, seeds)
        self.reading.image_names.append((named, ids))
        self.reading.image_places.setdefault(self.table.name, len(images))
        images.add(ids, block.columns, block.marks)


def _objective(holder: Holder | None) -> str:
    if holder is None:
        return ""
    fields = {key: value for key, value in holder.values.items() if key.startswith("objective") or key == "id"}
    return objective(Acquisition.model_validate(fields))


def first_rows(names: Sequence[str]) -> dict[str, int]:
    """Give the first row of each name, in order."""
    if isinstance(names, Compact):
        return names.first_rows()
    found = dict.fromkeys(names, -1)
    if len(found) == len(names):
        return dict(zip(names, range(len(names)), strict=True))
    for row, name in enumerate(names):
        if found[name] < 0:
            found[name] = row
    return found


def take_column(
    reading: Reading, block: Block, parts: Sequence[Part], field: str, header: tuple[str, str], *, table: str = "images"
) -> None:
    """Take a column, by its kind and name, of a node or, where images share a file, of their process."""
    kind, name = header
    for part in parts:
        cells = part.cells(kind, name)
        if cells is not None:
            reasons = next(
                (found for one in parts if (found := one.cells("comment", name + ABSENCE)) is not None), None
            )
            values = reading.making.values
            read = read_cells(values, field_kind(table, field), cells, reasons, escaped=kind != "comment")
            block.put(field, read, part.columns[kind, name].header)
            return


def take_extents(reading: Reading, block: Block, parts: Sequence[Part]) -> None:
    """Take ``X=2048;Y=2048`` apart."""
    for part in parts:
        cells = part.cells("comment", _EXTENTS)
        if cells is None:
            continue
        found = next((why for one in parts if (why := one.cells("comment", _EXTENTS + ABSENCE)) is not None), None)
        rows: Sequence[Any] = cells if found is None else list(zip(cells, found, strict=True))
        told = {row: _sizes(reading, row, "") if found is None else _sizes(reading, *row) for row in distinct(rows)}
        for field in AXES:
            sizes = mapped(rows, {row: of_axes.get(field) for row, of_axes in told.items()})
            block.put(field, sizes, part.columns["comment", _EXTENTS].header)


def _sizes(reading: Reading, text: str, reasons: str) -> dict[str, Any]:
    values = reading.making.values
    said, why = by_axis(values.items(text)), by_axis(values.items(reasons))
    fields = {axis: field for field, axis in AXES.items()}
    return {
        fields[axis]: values.read(field_kind("images", fields[axis]), Said(one, "", why.get(axis, "")))
        for axis, one in said.items()
        if axis in fields
    }


def by_axis(items: list[str]) -> dict[str, str]:
    """Give ``X=2048`` and its like by axis."""
    pairs = (item.partition("=") for item in items)
    return {axis.strip(): text.strip() for axis, _, text in pairs}


def in_micrometres(values: Sequence[Any], units: Sequence[str], wanted: str) -> Sequence[Any]:
    """Give lengths in µm; a number of another unit than a length's keeps its unit beside it, as text."""
    if set(distinct(units)) <= {"micrometer", ""}:
        return values
    return [
        _in_micrometres(value, UNIT_SYMBOLS.get(unit, unit), wanted) for value, unit in zip(values, units, strict=True)
    ]


def _in_micrometres(value: Any, unit: str, wanted: str) -> Any:
    if not isinstance(value, float) or unit in {"", wanted}:
        return value
    scale = _SCALES.get(unit)
    return f"{value:g} {unit}" if scale is None else float(f"{value * scale:.12g}")
