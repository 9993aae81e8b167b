"""File lists beside a document: the tables of files and images, columns as fields where they are, else kept."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._read_parts import stable_id
from rembi_widgets.formats.pagetab._columns import FILE_COLUMNS, IMAGE_COLUMNS, NOT_APPLICABLE, NOT_RECORDED
from rembi_widgets.formats.pagetab._document import Source, located
from rembi_widgets.formats.pagetab._document_lists import FileList, find_list, read_list
from rembi_widgets.formats.pagetab._kept import LIST
from rembi_widgets.record import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rembi_widgets.formats.pagetab._reading import Making, Reading

SOURCES = {"source image", "source_image", "source image association", "source_image_association"}
"""Columns that name the image an annotation was made on, as the archive's reader takes them."""
_IMAGE_FIELDS = {header.casefold(): field for field, header in IMAGE_COLUMNS.items()} | {"qc_info": "qc_info"}
_FILE_FIELDS = {header.casefold(): field for field, header in FILE_COLUMNS.items()}
_NUMBERS = {"size_x", "size_y", "size_z", "size_c", "size_t", "pixel_size_x", "pixel_size_y", "pixel_size_z"}
_NUMBERS |= {"time_increment"}
_TITLES = {"biosample": "biosamples", "specimen": "specimens", "image acquisition": "acquisitions"}
_ENDINGS = frozenset(
    f".{ending}"
    for ending in (
        *("tif", "tiff", "czi", "nd2", "lif", "oif", "oib", "oir", "lsm", "ims", "vsi", "svs", "scn", "mrc", "rec", "st"),
        *("dm3", "dm4", "png", "jpg", "jpeg", "bmp", "gif", "dcm", "zarr", "nii", "stk", "zvi", "flex", "btf", "tf8"),
        *("ndpi", "mrxs", "sld", "lei", "h5", "n5", "map", "avi", "c01", "raw"),
    )
)
"""Endings of image files."""


class _Column:
    """Tables by column: blank cells where nothing was said."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.columns: dict[str, list[Any]] = {}

    def add(self, ids: Sequence[str], columns: Mapping[str, Sequence[Any]]) -> None:
        """Add rows."""
        before = len(self.ids)
        self.ids += ids
        for name, values in columns.items():
            held = self.columns.setdefault(name, [])
            held += [None] * (before - len(held))
            held += values

    def table(self, mark: Any) -> Table:
        """Give the table; every value has the mark."""
        for held in self.columns.values():
            held += [None] * (len(self.ids) - len(held))
        kept = {name: tuple(held) for name, held in self.columns.items() if any(cell is not None for cell in held)}
        marks = {
            name: tuple(mark if cell is not None else None for cell in held)
            for name, held in kept.items()
            if name not in {"file", "component", "association", "made_by"}
        }
        return Table(tuple(self.ids), kept, marks)


def read(reading: Reading) -> dict[str, Table]:
    """Read the lists that are there; one that is not there is told."""
    files, images = _Column(), _Column()
    ids: dict[str, str] = {}
    sources: list[str | None] = []
    for one in (*reading.all("components"), *reading.all("annotations")):
        listed = _list_of(reading, one)
        if listed is not None:
            _Rows(reading, one, listed, ids).read(files, images, sources)
    if any(sources):
        _link_sources(reading, files, images, sources, ids)
    mark = reading.origin("File List")
    return {"files": files.table(mark), "images": images.table(mark)}


def _list_of(reading: Reading, one: Making) -> FileList | None:
    name = one.first("file list")
    if not name:
        return None
    path = find_list(reading.document.file.parent, name)
    if path is None:
        at = next(it.at for it in one.named("file list") if it.value and it.value.strip())
        reading.findings.append(located("info", "list_not_there", reading.file, at, found=name))
        one.values[LIST] = name
        return None
    held = Source(path.name)
    listed = read_list(path, held)
    reading.findings += held.findings
    return listed


def _link_sources(
    reading: Reading, files: _Column, images: _Column, sources: list[str | None], ids: Mapping[str, str]
) -> None:
    """Let annotation files point to the images they were made on; a file that is one is an image, whatever its name."""
    sources += [None] * (len(files.ids) - len(sources))
    components = dict(zip(files.ids, _filled(files, "component"), strict=True))
    known = dict(zip(images.columns.get("file", ()), images.ids, strict=True))
    of: dict[str, str] = {}
    for path in dict.fromkeys(path for path in sources if path in ids):
        file = ids[path or ""]
        if file not in known and components[file]:
            known[file] = stable_id("im", file)
            images.add([known[file]], {"file": [file], "component": [components[file]]})
        if file in known:
            of[path or ""] = known[file]
    files.columns["source_image"] = [of.get(path or "") for path in sources]
    lost = [path for path in sources if path and path not in of]
    if lost:
        files.columns["x-bia-source_image"] = [path if path and path not in of else None for path in sources]
        values = {"found": lost[0], "n": len(lost)}
        reading.findings.append(located("error", "source_image_unlisted", reading.file, "", **values))


def _filled(files: _Column, name: str) -> list[Any]:
    held = files.columns.get(name, [])
    return [*held, *[None] * (len(files.ids) - len(held))]


class _Rows:
    """The rows of one list."""

    def __init__(self, reading: Reading, one: Making, listed: FileList, ids: dict[str, str]) -> None:
        self.reading, self.one, self.listed, self.ids = reading, one, listed, ids
        self.is_annotation = one.collection == "annotations"

    def read(self, files: _Column, images: _Column, sources: list[str | None]) -> None:
        """Read the rows into both tables."""
        rows = self._new()
        count = len(rows)
        fresh = [self.ids[self.listed.paths[row]] for row in rows]
        columns: dict[str, list[Any]] = {
            "path": [self.listed.paths[row] for row in rows],
            "kind": [self.listed.kinds[row] for row in rows],
            "size_bytes": [None if (size := self.listed.sizes[row]) is None else float(size) for row in rows],
            "made_by" if self.is_annotation else "component": [self.one.id] * count,
        }
        image_rows = [] if self.is_annotation else [row for row in rows if _is_image(self.listed.paths[row])]
        pictures: dict[str, list[Any]] = {}
        for header, cells in self.listed.columns.items():
            self._column(header, cells, rows, columns, image_rows, pictures, sources, len(files.ids))
        files.add(fresh, columns)
        of = [self.ids[self.listed.paths[row]] for row in image_rows]
        pictures |= {"file": of, "component": [self.one.id] * len(of), "association": self._links(image_rows)}
        images.add([stable_id("im", file) for file in of], pictures)

    def _new(self) -> list[int]:
        """Give the rows of paths that no list before this had."""
        rows, twice = [], []
        for row, path in enumerate(self.listed.paths):
            if path in self.ids:
                twice.append(path)
            else:
                self.ids[path] = stable_id("fl", path)
                rows.append(row)
        if twice:
            found = located("warning", "path_twice", self.listed.name, "", found=twice[0], n=len(twice))
            self.reading.findings.append(found)
        return rows

    def _column(
        self,
        header: str,
        cells: Sequence[str | None],
        rows: Sequence[int],
        columns: dict[str, list[Any]],
        image_rows: Sequence[int],
        pictures: dict[str, list[Any]],
        sources: list[str | None],
        before: int,
    ) -> None:
        key = " ".join(header.casefold().split())
        field = _FILE_FIELDS.get(key)
        if key in SOURCES and self.is_annotation:
            sources += [None] * (before - len(sources))
            sources += [_given(cells[row]) for row in rows]
        elif field is not None and field not in columns:
            columns[field] = [_given(cells[row]) for row in rows]
        elif key in _IMAGE_FIELDS and len(image_rows) == len(rows):
            field = _IMAGE_FIELDS[key]
            pictures[field] = [_cell(field, cells[row]) for row in image_rows]
        elif not self._is_composed(key, cells):
            columns[_free(header, columns)] = [_given(cells[row]) for row in rows]

    def _is_composed(self, key: str, cells: Sequence[str | None]) -> bool:
        """Tell whether the writer makes a column again from the record: titles, folders."""
        if key.startswith("folder "):
            number = key.removeprefix("folder ")
            return number.isdigit() and list(map(_given, cells)) == [_folder(p, int(number)) for p in self.listed.paths]
        if key in _TITLES and not self.is_annotation:
            return {cell for cell in map(_given, cells) if cell} <= self._titles(key).keys()
        return False

    def _titles(self, key: str) -> dict[str, str]:
        return {
            " ".join(title.split()): one.id
            for one in self.reading.all(_TITLES[key])
            if isinstance(title := one.values.get("title"), str)
        }

    def _links(self, rows: Sequence[int]) -> list[str | None]:
        """Give the association of each image, where columns name its biosample, specimen or acquisition."""
        told = {key: column for header, column in self.listed.columns.items() if (key := header.casefold()) in _TITLES}
        links = [(row["id"], self._said(row)) for row in self.one.values.get("associations", ())]
        if len(links) < 2 or not told:  # noqa: PLR2004 - the only one needs no saying
            return [None] * len(rows)
        titles = {key: self._titles(key) for key in told}
        found = []
        for row in rows:
            wanted = {key: titles[key].get(_given(column[row]) or "") for key, column in told.items()}
            fits = [identity for identity, said in links if all(said.get(k) == v for k, v in wanted.items() if v)]
            found.append(fits[0] if len(fits) == 1 else None)
        return found

    def _said(self, row: Mapping[str, Any]) -> dict[str, Any]:
        sample = self.reading.made.get(row.get("sample", ""))
        values = sample.values if sample else {}
        return {
            "biosample": values.get("biosample"),
            "specimen": values.get("specimen"),
            "image acquisition": row.get("acquisition"),
        }


def _given(cell: str | None) -> str | None:
    return None if cell is None or cell in {NOT_RECORDED, NOT_APPLICABLE, ""} else cell


def _cell(field: str, cell: str | None) -> Any:
    said = _given(cell)
    if said is None or field not in _NUMBERS:
        return {"yes": True, "no": False}.get(said or "", said) if field == "contrast_inversion" else said
    try:
        return float(said)
    except ValueError:
        return said


def _folder(path: str, depth: int) -> str | None:
    parts = path.split("/")[:-1]
    return parts[depth - 1] if 0 < depth <= len(parts) else None


def _free(header: str, columns: Mapping[str, Any]) -> str:
    clean = " ".join(header.replace("/", " ").split()) or "Note"
    key, number = clean, 1
    while key in columns or key in {"id", "path", "kind", "component", "made_by", "source_image", "message", "mtime"}:
        number += 1
        key = f"{clean} {number}"
    return key


def _is_image(path: str) -> bool:
    name = PurePosixPath(path.casefold().removesuffix(".zip").removesuffix(".gz"))
    return name.suffix in _ENDINGS
