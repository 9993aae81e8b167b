"""An assay file of another layout: a study component, its associations, its data files and those that are images."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from rembi_widgets.formats.isatab._image_fields import FILE_COMMENTS
from rembi_widgets.formats.isatab._read_images import first_rows
from rembi_widgets.formats.isatab._read_other_samples import sample_of, take_factors
from rembi_widgets.formats.isatab._read_parts import parts_of, stable_id
from rembi_widgets.formats.isatab._read_rows import Block
from rembi_widgets.formats.isatab._read_samples import node
from rembi_widgets.formats.isatab._reading import column_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rembi_widgets.formats.isatab._document import Table
    from rembi_widgets.formats.isatab._document_columns import Column
    from rembi_widgets.formats.isatab._read_other_protocols import Protocols
    from rembi_widgets.formats.isatab._read_other_samples import Factors
    from rembi_widgets.formats.isatab._read_parts import Holder, Part, SectionColumn
    from rembi_widgets.formats.isatab._reading import Reading

_SAID = ("Study Assay Measurement Type", "Study Assay Technology Type", "Study Assay Technology Platform")
_IMAGES = frozenset(
    f".{ending}"
    for ending in (
        *("tif", "tiff", "czi", "nd2", "lif", "oif", "oib", "oir", "lsm", "ims", "vsi", "svs", "scn", "mrc", "dm3"),
        *("dm4", "png", "jpg", "jpeg", "bmp", "dcm", "zarr", "nii", "stk", "zvi", "flex", "btf", "tf8"),
    )
)
"""Endings of image files."""
_FIELDS = {
    "imaging method": "imaging_method",
    "imaging technique": "imaging_method",
    "instrument": "instrument_model",
    "microscope": "instrument_model",
    "electron microscope": "instrument_model",
    "manufacturer": "instrument_manufacturer",
    "objective": "objective_model",
    "magnification": "objective_magnification",
    "objective magnification": "objective_magnification",
    "numerical aperture": "objective_na",
    "software": "software",
    "temperature": "temperature",
}
"""Parameter to the field of an acquisition it is."""
_FILE_FIELDS = {name.casefold(): field for field, name in FILE_COMMENTS.items()} | {"file format": "format"}


class Assay:
    """One column of STUDY ASSAYS with its table, if there is one."""

    def __init__(
        self, reading: Reading, column: SectionColumn, table: Table | None, protocols: Protocols, factors: Factors
    ) -> None:
        self.reading, self.column, self.table = reading, column, table
        self.protocols, self.factors = protocols, factors
        self.parts = parts_of(table) if table is not None else []
        self.sample = node(self.parts, "Sample Name")
        self.data = [one for one in self.parts if one.owner.kind == "node" and one.owner.name.endswith("File")]

    def read(self) -> None:
        """Read the component, then its rows."""
        component = self._component()
        if self.table is None or not len(self.table):
            return
        acquisitions = self._acquisitions()
        links = self._associations(component, acquisitions)
        before: Part | None = None
        for part in self.data:
            self._files(part, before, component, links)
            before = part
        self._keep(acquisitions)

    def _component(self) -> Holder:
        column, file = self.column, self.column.cell("Study Assay File Name")
        holder = self.reading.making.entity(
            "components", "", "component", self.reading.file, file, *map(column.cell, _SAID)
        )
        said = column.said("Comment[Study Component Name]")
        stem = PurePosixPath(file).stem.removeprefix("a_") or column.cell(_SAID[0])
        if not said.text:
            said = said._replace(text=stem, header="STUDY ASSAYS/Study Assay File Name")
        holder.take("title", said, self.reading.file)
        text = ", ".join(filter(None, (column.cell(label) for label in _SAID)))
        holder.take("description", column.said("Comment[Study Component Description]"), self.reading.file)
        holder.put("description", text, self.reading.file, f"STUDY ASSAYS/{_SAID[0]}")
        self.reading.keep(holder, column)
        return holder

    def _before(self, part: Part | None) -> list[Part]:
        """Give the protocols that lead to a node, from the data node before it on."""
        end = self.parts.index(part) if part is not None else len(self.parts)
        begin = max((self.parts.index(one) for one in self.data if self.parts.index(one) < end), default=0)
        return [one for one in self.parts[begin:end] if one.owner.kind == "protocol_ref"]

    def _acquisitions(self) -> list[Holder | None]:
        chain = self._before(self.data[0] if self.data else None)
        if not chain:
            return [None] * len(self.table or ())
        rows = list(zip(*(part.names for part in chain), strict=True))
        made = {row: self.protocols.entity("acquisitions", row) for row in dict.fromkeys(rows)}
        return [made[row] for row in rows]

    def _associations(self, component: Holder, acquisitions: Sequence[Holder | None]) -> list[str | None]:
        """Read the associations: rows that say the same of a sample are read once."""
        if self.sample is None:
            return [None] * len(acquisitions)
        factors = [one for part in self.parts for one in part.columns.values() if one.kind == "factor_value"]
        told = [one.table.cells(column.index) for one, column in ((self.sample, column) for column in factors)]
        rows = list(zip(self.sample.names, (one.id if one else "" for one in acquisitions), *told, strict=True))
        first = {key: row for row, key in reversed(list(enumerate(rows)))}
        made = {key: self._association(component, row, acquisitions[row]) for key, row in reversed(first.items())}
        return [made[key] for key in rows]

    def _association(self, component: Holder, row: int, acquisition: Holder | None) -> str | None:
        if self.sample is None or not self.sample.names[row].strip():
            return None
        sample, table = sample_of(self.reading, self.sample, row), self.sample.table
        take_factors(self.parts, row, sample.id, self.factors)
        self.reading.keep_columns(self.sample, row, sample)
        identity = stable_id("as", component.id, sample.id, acquisition.id if acquisition is not None else "")
        if identity not in self.reading.links:
            self.reading.links[identity] = (component.id, sample.id, "")
            link = component.row("associations", identity)
            link.put("sample", sample.id, table.name, "Sample Name")
            link.put("acquisition", acquisition.id if acquisition is not None else None, table.name, "Protocol REF")
        return identity

    def _files(self, part: Part, before: Part | None, component: Holder, links: Sequence[str | None]) -> None:
        """Read the files of a data node; those of a node after another are made of the files before."""
        reading, count = self.reading, len(part.names)
        first: dict[str, int] = {}
        for row, path in enumerate(part.names):
            if path and path not in reading.paths:
                first.setdefault(path, row)
        rows, paths = list(first.values()), list(first)
        ids = reading.files.fresh([""] * len(paths), paths)
        reading.paths.update(zip(paths, ids, strict=True))
        block = Block(reading.making, part.table.name)
        header = part.owner.header
        block.put("path", part.names, header)
        block.put("component", [component.id] * count, header)
        block.put("x-isa-node", [part.owner.name] * count, header)
        if before is not None:
            chain = self._before(part)
            made = [self.protocols.entity("analyses", [one.names[row] for one in chain]) for row in range(count)]
            block.put("made_by", [one.id if one is not None else None for one in made], header)
            block.put("source_image", [reading.paths.get(path) for path in before.names], before.owner.header)
        for (kind, name), column in part.columns.items():
            field = _FILE_FIELDS.get(name.casefold()) if kind == "comment" else None
            if field is not None and field not in block.columns:
                block.put(field, [cell or None for cell in part.cells(kind, name) or ()], column.header)
        reading.files.add(ids, block.at(rows, count), block.marks)
        if before is None or part.owner.name == "Image File":
            self._images(part, first, component, links)
        for column in part.left():
            if column.kind != "factor_value":
                reading.keep_file_column(part, column, column_key(column, rembi=reading.rembi))

    def _images(self, part: Part, first: dict[str, int], component: Holder, links: Sequence[str | None]) -> None:
        reading = self.reading
        images = {path: row for path, row in first.items() if _is_image(part, path)}
        block = Block(reading.making, part.table.name)
        header = part.owner.header
        block.put("file", [reading.paths[path] for path in images], header)
        block.put("component", [component.id] * len(images), header)
        block.put("association", [links[row] for row in images.values()], header)
        ids = reading.images.fresh([""] * len(images), list(images))
        reading.images.add(ids, block.columns, block.marks)

    def _keep(self, acquisitions: Sequence[Holder | None]) -> None:
        """Keep what is said of processes and materials: with the acquisition if its rows agree, else with the files."""
        for part in self.parts:
            if part is self.sample or part in self.data:
                continue
            for column in part.left():
                if column.kind != "factor_value":
                    self._keep_column(part, column, acquisitions)
            if part.owner.kind == "node" and any(part.names):
                self._with_files(part, part.owner)
        samples = self.sample.names if self.sample is not None else ()
        for part in self.parts:
            for column in part.columns.values():
                varies = column.kind == "factor_value" and not _agree(samples, part.table.cells(column.index))
                if varies:
                    self._with_files(part, column)

    def _keep_column(self, part: Part, column: Column, acquisitions: Sequence[Holder | None]) -> None:
        homes = [holder.id if holder is not None else "" for holder in acquisitions]
        if "" in homes or not _agree(homes, part.table.cells(column.index)):
            self._with_files(part, column)
            return
        field = _FIELDS.get(column.name.casefold()) if column.kind == "parameter_value" else None
        for row in first_rows(homes).values():
            holder = acquisitions[row]
            if holder is not None and field is not None and not holder.values.get(field):
                holder.take(field, part.said(column.kind, column.name, row), part.table.name)
            elif holder is not None:
                self.reading.keep_cell(part, column, row, holder)

    def _with_files(self, part: Part, column: Column) -> None:
        """Keep a column with the files of the first data node; without one it stays in the ISA-Tab only."""
        if self.data:
            data = self.data[0]
            self.reading.keep_file_column(data, column, column_key(column, rembi=self.reading.rembi))
        else:
            line = part.table.file.line(part.table.header)
            self.reading.note(part.table.name, line, column.index + 1, column.header)


def _agree(homes: Sequence[str], cells: Sequence[str]) -> bool:
    """Tell whether all rows of a home say the same."""
    return len(set(zip(homes, cells, strict=False))) == len(set(homes))


def _is_image(part: Part, path: str) -> bool:
    return part.owner.name == "Image File" or PurePosixPath(path.casefold()).suffix in _IMAGES
