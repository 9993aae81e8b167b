"""The rows of one file list: which files are new to the study, which are images, what each column is."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._read_parts import stable_id
from rembi_widgets.formats.pagetab._columns import (
    FILE_COLUMNS,
    FREE,
    IMAGE_COLUMNS,
    NOT_APPLICABLE,
    NOT_RECORDED,
    SOURCE_ELSEWHERE,
)
from rembi_widgets.formats.pagetab._document import located

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rembi_widgets.formats.pagetab._document_lists import FileList
    from rembi_widgets.formats.pagetab._reading import Making, Reading

MADE_BY = "made by"
SOURCES = {"source image", "source_image", "source image association", "source_image_association"}
"""Columns that name the image an annotation was made on, as the archive's reader takes them."""
_IMAGE_FIELDS = {header.casefold(): field for field, header in IMAGE_COLUMNS.items() if field != "scene_name"}
_FILE_FIELDS = {header.casefold(): field for field, header in FILE_COLUMNS.items()}
_NUMBERS = {"size_x", "size_y", "size_z", "size_c", "size_t", "pixel_size_x", "pixel_size_y", "pixel_size_z"}
_NUMBERS |= {"time_increment"}
_TITLES = {"biosample": "biosamples", "specimen": "specimens", "image acquisition": "acquisitions"}
_ENDINGS = frozenset(
    f".{ending}"
    for ending in (
        *(
            "tif",
            "tiff",
            "czi",
            "nd2",
            "lif",
            "oif",
            "oib",
            "oir",
            "lsm",
            "ims",
            "vsi",
            "svs",
            "scn",
            "mrc",
            "rec",
            "st",
        ),
        *("dm3", "dm4", "png", "jpg", "jpeg", "bmp", "gif", "dcm", "zarr", "nii", "stk", "zvi", "flex", "btf", "tf8"),
        *("ndpi", "mrxs", "sld", "lei", "h5", "n5", "map", "avi", "c01", "raw"),
    )
)
"""Endings of image files."""


class ListRows:
    """The rows of one list.

    Attributes
    ----------
    ids, columns
        Of the files that no list before this had.
    image_ids, images
        Of those that are images.
    sources
        Path of the image that each file was made on.
    """

    def __init__(self, reading: Reading, one: Making, listed: FileList, ids: dict[str, str]) -> None:
        self.reading, self.one, self.listed, self._ids = reading, one, listed, ids
        self.is_annotation = one.collection == "annotations"
        self._rows = self._new()
        paths = [listed.paths[row] for row in self._rows]
        self.ids = [ids[path] for path in paths]
        self.sources: list[str | None] = [None] * len(paths)
        self.columns: dict[str, list[Any]] = {
            "path": paths,
            "kind": [listed.kinds[row] for row in self._rows],
            "size_bytes": [None if (size := listed.sizes[row]) is None else float(size) for row in self._rows],
            "made_by" if self.is_annotation else "component": [one.id] * len(paths),
        }
        self._image_rows = [] if self.is_annotation else [row for row in self._rows if _is_image(listed.paths[row])]
        files = [ids[listed.paths[row]] for row in self._image_rows]
        self.image_ids = [stable_id("im", file) for file in files]
        self.images: dict[str, list[Any]] = {"file": files, "component": [one.id] * len(files)}
        for header, cells in listed.columns.items():
            self._column(header, cells)
        self.images["association"] = self._links(self._image_rows)

    def _new(self) -> list[int]:
        """Give the rows of paths that no list before this had."""
        rows, twice = [], []
        for row, path in enumerate(self.listed.paths):
            if path in self._ids:
                twice.append(path)
            else:
                self._ids[path] = stable_id("fl", path)
                rows.append(row)
        if twice:
            found = located("warning", "path_twice", self.listed.name, "", found=twice[0], n=len(twice))
            self.reading.findings.append(found)
        return rows

    def _column(self, header: str, cells: Sequence[str | None]) -> None:
        key = " ".join(header.casefold().split())
        said = [_given(cells[row]) for row in self._rows]
        makers = self._makers(said) if key == MADE_BY and not self.is_annotation else None
        if key in SOURCES and (self.is_annotation or "made_by" in self.columns):
            self.sources = said
        elif makers is not None:
            self.columns["made_by"] = makers
        elif key in _FILE_FIELDS and _FILE_FIELDS[key] not in self.columns:
            self.columns[_FILE_FIELDS[key]] = said
        elif key in _IMAGE_FIELDS and self._is_of_images(cells):
            field = _IMAGE_FIELDS[key]
            self.images[field] = [_cell(field, cells[row]) for row in self._image_rows]
        elif not self._is_composed(key, cells):
            self.columns[_free(header, self.columns)] = said

    def _is_of_images(self, cells: Sequence[str | None]) -> bool:
        """Tell whether only images have something in a column."""
        images = set(self._image_rows)
        return bool(images) and all(row in images or not _given(cells[row]) for row in self._rows)

    def _makers(self, said: Sequence[str | None]) -> list[str | None] | None:
        """Give what made each file, if all are titles of analyses or correlations."""
        known = {
            " ".join(title.split()): one.id
            for one in (*self.reading.all("analyses"), *self.reading.all("correlations"))
            if isinstance(title := one.values.get("title"), str)
        }
        makers = [known.get(cell) if cell else None for cell in said]
        return makers if all(maker or not cell for maker, cell in zip(makers, said, strict=True)) else None

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
    clean = clean if clean.startswith("x-") else f"{FREE}{clean}"
    key, number = clean, 1
    while key in columns or key == SOURCE_ELSEWHERE:
        number += 1
        key = f"{clean} {number}"
    return key


def _is_image(path: str) -> bool:
    name = PurePosixPath(path.casefold().removesuffix(".zip").removesuffix(".gz"))
    return name.suffix in _ENDINGS
