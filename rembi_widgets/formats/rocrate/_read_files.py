"""The file list of a crate as the tables of files and images, and the associations that its rows name."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._read_parts import stable_id
from rembi_widgets.formats.pagetab._columns import FILE_COLUMNS, IMAGE_COLUMNS, NOT_APPLICABLE, NOT_RECORDED
from rembi_widgets.formats.rocrate._list import FIXED, IMAGE
from rembi_widgets.record import PREFIXES, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rembi_widgets.formats.rocrate._open import Crate

Made = dict[str, Any]
_IMAGE = {header: field for field, header in IMAGE_COLUMNS.items()}
_FILE = {header: field for field, header in FILE_COLUMNS.items()}
_COMPOSED = {
    "Sample",
    "Biosample",
    "Specimen 2",
    "Image acquisition",
    "Experimental status",
    "Location within biosample",
    "Made by",
}
"""Columns that are told elsewhere in a crate of ours."""
_NUMBERS = ("size_", "pixel_size_", "time_increment")


class Files:
    """The rows of a crate's list."""

    def __init__(self, crate: Crate, ids: Mapping[str, str]) -> None:
        self.crate, self.ids = crate, ids
        rows: dict[str, Mapping[str, str]] = {}
        self.twice: list[str] = []
        for row in crate.rows or ():
            path = row.get(FIXED["file_path"], "").removeprefix("./")
            if path in rows:
                self.twice.append(path)
            elif path:
                rows[path] = row
        self.rows, self.paths = list(rows.values()), list(rows)
        self.files = [stable_id(PREFIXES["files"], path) for path in self.paths]
        named = [row.get(FIXED["name"], "") for row in self.rows]
        self._by_name = {name: file for name, file in zip(named, self.files, strict=True) if name}
        self._by_path = dict(zip(self.paths, self.files, strict=True))
        self._links: dict[tuple[str, str | None, str | None], str] = {}

    def tables(self, components: list[Made], samples: list[Made]) -> Made:
        """Give both tables; components get their associations."""
        files = [self._file(row, place) for place, row in enumerate(self.rows)]
        known = {one["id"] for one in components}
        images = [self._image(row, place, known) for place, row in enumerate(self.rows) if self._is_image(row)]
        for one in components:
            one["associations"] = self._associations(one["id"], samples)
        return {"files": _table(files), "images": _table(images)}

    def _named(self, row: Mapping[str, str], column: str) -> str | None:
        """Give the record's id of the first entity that a cell names."""
        first = row.get(FIXED[column], "").strip("[] ").split(",")[0].strip("\"' ")
        return self.ids.get(first)

    def _is_image(self, row: Mapping[str, str]) -> bool:
        return row.get(FIXED["type"], "") == IMAGE

    def _file(self, row: Mapping[str, str], place: int) -> Made:
        source = row.get(FIXED["source_image"], "")
        dataset = row.get(FIXED["dataset"], "")
        maker = self._named(row, "annotation_method") or self._maker(dataset)
        size = row.get(FIXED["size_in_bytes"], "")
        told = {
            "id": self.files[place],
            "path": self.paths[place],
            "component": None if maker else self.ids.get(dataset),
            "made_by": maker,
            "source_image": self._by_name.get(source) or self._by_path.get(source.removeprefix("./")),
            "size_bytes": float(size) if size.isdecimal() and isfinite(float(size)) else None,
        }
        return {**told, **self._free(row)}

    def _maker(self, dataset: str) -> str | None:
        """Give the annotation of a data set that is made of one."""
        node = self.crate.nodes.get(dataset)
        if node is None or node.refs("associatedImageAcquisitionProtocol"):
            return None
        return next((self.ids[ref] for ref in node.refs("associatedAnnotationMethod") if ref in self.ids), None)

    def _free(self, row: Mapping[str, str]) -> Made:
        """Give the columns without a meaning in the profile: those of files, and unknown ones under free names."""
        found: Made = {}
        image = _IMAGE if self._is_image(row) else {}
        for header, text in row.items():
            fixed = header in FIXED.values() or header in image
            if fixed or not text or text in {NOT_RECORDED, NOT_APPLICABLE} or self._composed(header):
                continue
            found[_FILE.get(header) or f"x-{header.removeprefix('x-')}"] = text
        return found

    def _composed(self, header: str) -> bool:
        return self.crate.ours and (header in _COMPOSED or header.startswith("Folder "))

    def _image(self, row: Mapping[str, str], place: int, known: set[str]) -> Made:
        component = self.ids.get(row.get(FIXED["dataset"], ""))
        told: Made = {"id": stable_id(PREFIXES["images"], self.files[place]), "file": self.files[place]}
        if component in known and component:
            pair = (component, self._named(row, "specimen"), self._named(row, "image_acquisition"))
            told["component"] = component
            if pair[1] or pair[2]:
                told["association"] = self._links.setdefault(pair, self._link_id(component, pair))
        for header, field in _IMAGE.items():
            text = row.get(header, "")
            if text and text not in {NOT_RECORDED, NOT_APPLICABLE}:
                told[field] = _number(text) if field.startswith(_NUMBERS) else text
        return told

    def _link_id(self, component: str, pair: object) -> str:
        return stable_id(PREFIXES["associations"], component, repr(pair))

    def _associations(self, component: str, samples: list[Made]) -> list[Made]:
        """Give the associations that rows name, else each sample of a data set with each of its acquisitions."""
        dataset = next(node for node in self.crate.all("Dataset") if self.ids.get(node.id) == component)
        found: list[Made] = [
            {"id": identity, "sample": sample, "acquisition": acquisition}
            for (home, sample, acquisition), identity in self._links.items()
            if home == component
        ]
        if not found:
            held = {self.ids[ref] for ref in dataset.refs("associatedBiologicalEntity") if ref in self.ids}
            prepared = dataset.refs("associatedSpecimenImagingPreparationProtocol")
            ways = {self.ids[ref] for ref in prepared if ref in self.ids}
            pairs: list[str | None] = [
                one["id"] for one in samples if one.get("biosample") in held and one.get("specimen") in ways
            ]
            named = dataset.refs("associatedImageAcquisitionProtocol")
            taken: list[str | None] = [self.ids[ref] for ref in named if ref in self.ids]
            found = [
                {"id": self._link_id(component, (one, way)), "sample": one, "acquisition": way}
                for one in pairs or [None]
                for way in taken or [None]
                if one or way
            ]
        for field, name in (("analysis", "Analysis"), ("correlation", "Correlation")):
            refs = [self.ids[ref] for ref in dataset.refs(f"associatedImage{name}Method") if ref in self.ids]
            found += [{"id": self._link_id(component, ref)} for ref in refs[len(found) :]]
            for one, ref in zip(found, refs, strict=False):
                one[field] = ref
        return found


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def _table(rows: list[Made]) -> Table:
    names = dict.fromkeys(name for row in rows for name in row if name != "id" and row[name] is not None)
    return Table(tuple(row["id"] for row in rows), {name: tuple(row.get(name) for row in rows) for name in names})
