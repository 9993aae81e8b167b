"""Assay files of analyses, correlations and annotations back to the files made, and the images they were made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._cells import NOT_RECORDED
from rembi_widgets.formats.isatab._derived import KINDS
from rembi_widgets.formats.isatab._image_fields import AXES, FILE_COMMENTS, IMAGE_COMMENTS, IMAGE_PARAMETERS
from rembi_widgets.formats.isatab._names import node_name
from rembi_widgets.formats.isatab._read_images import by_axis, first_rows, take_column
from rembi_widgets.formats.isatab._read_parts import ABSENCE, Part, named_steps, parts_of
from rembi_widgets.formats.isatab._read_rows import Block, field_kind
from rembi_widgets.formats.isatab._read_samples import node, take_all
from rembi_widgets.formats.isatab._read_values import Said
from rembi_widgets.formats.isatab._reading import column_key

if TYPE_CHECKING:
    from rembi_widgets.formats.isatab._document import Table
    from rembi_widgets.formats.isatab._read_parts import Holder
    from rembi_widgets.formats.isatab._reading import Reading

_COMPONENT, _IMAGE_COMPONENT = "Component REMBI ID", "Image Component REMBI ID"
_IMAGE_FIELDS = {**IMAGE_COMMENTS, **{field: name.capitalize() for field, name in IMAGE_PARAMETERS.items()}}


class Derived:
    """A table of derived files: each row leads from an image to a file made of it."""

    def __init__(self, reading: Reading, table: Table, collection: str) -> None:
        self.reading, self.table, self.collection = reading, table, collection
        self.parts = parts_of(table)
        processes = named_steps(self.parts)
        self.step = processes[-1] if len(processes) > 1 else None
        self.acquisition = processes[0] if processes else None
        self.made = node(self.parts, "Derived Data File")

    def read(self) -> None:
        """Read all rows."""
        holder = self._maker()
        if holder is None or self.step is None or self.made is None:
            self.reading.leave(self.table)
            return
        self._describe(holder, self.step, self.made)
        rows = [row for path, row in first_rows(self.made.names).items() if path not in {"", NOT_RECORDED}]
        ids = self._files(holder, rows)
        self._images(dict(zip(rows, ids, strict=True)))
        self._keep(holder, [part for part in self.parts if part in {self.step, self.made}])

    def _maker(self) -> Holder | None:
        """Give the entity that the first row names; all rows of a table have the same."""
        names = self.step.names if self.step is not None else ()
        return self.reading.protocol(names[0], self.collection) if names else None

    def _describe(self, holder: Holder, step: Part, made: Part) -> None:
        kind = KINDS[self.collection]
        take_all(holder, step, 0, kind.parameters, "parameter_value")
        take_all(holder, made, 0, kind.comments, "comment")
        for name in kind.parameters.values():  # the reason of an absence stands beside its parameter
            step.ask("comment", name + ABSENCE)

    def _files(self, holder: Holder, rows: list[int]) -> list[str]:
        made, files, count = self.made, self.reading.files, len(self.table)
        if made is None:
            return []
        block = Block(self.reading.making, self.table.name)
        block.put("path", made.names, made.owner.header)
        block.put("made_by", [holder.id] * count, made.owner.header)
        for field, name in FILE_COMMENTS.items():
            take_column(self.reading, block, [made], field, ("comment", name), table="files")
        if (component := made.cells("comment", _COMPONENT)) is not None:
            block.put("component", [one or None for one in component], f"Comment[{_COMPONENT}]")
        block.put("source_image", self._sources(made), "Image File")
        known = self.reading.paths
        fresh = [row for row in rows if made.names[row] not in known]
        borne = made.cells("comment", "REMBI ID") or made.cells("comment", "Annotation ID") or ("",) * count
        ids = files.fresh([borne[row] for row in fresh], [made.names[row] for row in fresh])
        made.ask("comment", "REMBI ID", "Annotation ID")
        known.update(zip((made.names[row] for row in fresh), ids, strict=True))
        files.add(ids, block.at(fresh, count), block.marks)
        return [known[made.names[row]] for row in rows]

    def _sources(self, made: Part) -> list[str | None]:
        """Give the image of each file; of a file made of several images of one file, that file."""
        step, acquisition = self.step, self.acquisition
        if step is None or acquisition is None or acquisition.process_name is None:
            return [None] * len(self.table)
        names, own = self.table.cells(acquisition.process_name.index), self._own(step, acquisition)
        images: dict[str, dict[str, None]] = {}
        for path, name, owned in zip(made.names, names, own, strict=True):
            if owned and (image := self.reading.image_named(name)) is not None:
                images.setdefault(path, {})[image] = None
        table, found = self.reading.images, {}
        for path, held in images.items():
            first = next(iter(held))
            file = table.columns["file"][table.index[first]]
            found[path] = first if len(held) == 1 else file
        return [found.get(path) for path in made.names]

    def _own(self, step: Part, acquisition: Part) -> list[bool]:
        """Tell of each row whether its file was made of its image, or all files of the process of all its images."""
        if step.process_name is None or acquisition.process_name is None:
            return [True] * len(self.table)
        runs, images = (self.table.cells(part.process_name.index) for part in (step, acquisition) if part.process_name)
        rows = zip(step.names, runs, images, strict=True)
        if not self.reading.identified:
            return [True] * len(self.table)
        return [run == node_name(f"{name} {image}", name) for name, run, image in rows]

    def _images(self, files: dict[int, str]) -> None:
        """Read the images that are in the files made: a mask is an image too."""
        made = self.made
        ids_said = made.cells("comment", "Image REMBI ID") if made is not None else None
        if made is None or ids_said is None:
            return
        values, images = self.reading.making.values, self.reading.images
        columns: dict[str, list[Any]] = {"file": [], "component": []}
        ids: list[str] = []
        for row, file in files.items():
            borne = values.items(ids_said[row]) if ids_said[row] else []
            ids += borne
            columns["file"] += [file] * len(borne)
            columns["component"] += self._several(made, _IMAGE_COMPONENT, row, len(borne), "component")
            for field, name in _IMAGE_FIELDS.items():
                columns.setdefault(field, []).extend(self._several(made, name, row, len(borne), field))
            for field, told in self._extents(made, row, len(borne)).items():
                columns.setdefault(field, []).extend(told)
        block = Block(self.reading.making, self.table.name)
        for field, cells in columns.items():
            block.put(field, cells, f"Comment[{_IMAGE_FIELDS.get(field, field)}]")
        images.add(images.fresh(ids, [f"{self.table.name} {n}" for n in range(len(ids))]), block.columns, block.marks)

    def _several(self, made: Part, name: str, row: int, count: int, field: str) -> list[Any]:
        """Give one value an image: one alone is verbatim, several share the cell."""
        cells = made.cells("comment", name)
        if cells is None or not count:
            return [None] * count
        reasons = made.cells("comment", name + ABSENCE)
        said = Said(cells[row], "", reasons[row] if reasons is not None else "")
        kind, values = field_kind("images", field), self.reading.making.values
        return [values.read(kind, said)] if count == 1 else values.rows(kind, said, count)

    def _extents(self, made: Part, row: int, count: int) -> dict[str, list[Any]]:
        cells = made.cells("comment", "Dimension Extents")
        reasons = made.cells("comment", "Dimension Extents" + ABSENCE)
        if cells is None or not count:
            return {field: [None] * count for field in AXES}
        values = self.reading.making.values
        said, why = (by_axis(values.items(one[row] if one is not None else "")) for one in (cells, reasons))
        found = {}
        for field, axis in AXES.items():
            told = Said(said.get(axis, ""), "", why.get(axis, ""))
            kind = field_kind("images", field)
            found[field] = [values.read(kind, told)] if count == 1 else values.rows(kind, told, count)
        return found

    def _keep(self, holder: Holder, parts: list[Part]) -> None:
        """Keep the columns that nobody asked for: of the step with its entity, of the files with the files."""
        for part in parts:
            if part is self.step:
                self.reading.keep_columns(part, 0, holder)
                continue
            for column in part.left():
                key = column_key(column, rembi=self.reading.rembi)
                self.reading.keep_file_column(part, column, key)
