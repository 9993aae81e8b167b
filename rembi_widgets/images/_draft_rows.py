"""The draft's rows: columns of the tables of files and images, with the place in the header each cell was read from.

New rows come as one edit with all their columns; a column of known rows that changed comes as one ``fill`` of the
rows where it did. A cell's mark says "not confirmed, from this place in the header"; cells of a column share a
handful of marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from rembi_widgets.locale import LANGUAGES
from rembi_widgets.record import Edit, Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rembi_widgets.images._draft_known import Known
    from rembi_widgets.images._draft_places import Places
    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._scan import ScanFile
    from rembi_widgets.record import Table

SCAN = Origin(kind="scan")
CHUNK = ";"
"""What separates the names of an image's channels."""


@dataclass(frozen=True)
class Column:
    """A column of the draft: a value a row, and the header place of each; ``once``: known rows keep what they have."""

    values: Sequence[Any]
    headers: Sequence[str | None] | None = None
    once: bool = False


def file_columns(known: Known, places: Places) -> dict[str, Column]:
    """Give the columns of the table of files."""
    files = known.scan.files
    columns = {name: Column([getattr(file, name) for file in files]) for name in _FILE}
    said = known.record.files.value
    messages = [_message(file, said(row, "message")) for file, row in zip(files, known.file_rows, strict=True)]
    components = [places.component_of_file.get(file.path) for file in files]
    roles = ["image" if file.images else None for file in files]
    return {
        "path": Column([file.path for file in files], once=True),
        **columns,
        "message": Column(messages),
        "component": Column(components, once=True),
        "role": Column(roles, once=True),
    }


_FILE = ("kind", "size_bytes", "mtime", "format")


def _message(file: ScanFile, held: Any) -> str | None:
    """Say why a file could not be read; what stands there already may stay, in whichever language it was said."""
    if file.note is None:
        return None
    return held if held in {file.note.say(lang) for lang in LANGUAGES} else file.note.say()


def image_columns(known: Known, places: Places) -> dict[str, Column]:
    """Give the columns of the table of images. Sizes in pixels, pixel sizes in µm, times in s."""
    images = known.scan.images
    read = {name: Column([get(image) for image in images], _headers(images, of)) for name, (get, of) in _READ.items()}
    return {
        "file": Column([known.row_of[image.path] for image in images], once=True),
        "scene_index": Column([image.scene_index for image in images], once=True),
        "component": Column(places.components, once=True),
        "association": Column(places.associations, once=True),
        "group": Column([group.key for group in known.groups]),
        **read,
    }


def _headers(images: Sequence[ImageRecord], fields: Sequence[str]) -> list[str | None]:
    """Give the header place of a column's cells; images of one acquisition share their mapping of places."""
    found: dict[int, str | None] = {}
    for image in images:
        if id(image.sources) not in found:
            found[id(image.sources)] = header(image, *fields)
    return [found[id(image.sources)] for image in images]


def header(image: ImageRecord, *fields: str) -> str | None:
    """Give the place in the header that a value was read from: the first of some fields that names one."""
    return next((image.sources[field] for field in fields if field in image.sources), None)


def _joined(part: str, *names: str) -> Callable[[ImageRecord], str | None]:
    def get(image: ImageRecord) -> str | None:
        held = getattr(image, part)
        return " ".join(str(value) for name in names if (value := getattr(held, name, None))) or None

    return get


def _objective(image: ImageRecord) -> str | None:
    """Name the objective: its model, else what is known of it."""
    lens = image.objective
    if lens is None:
        return None
    if lens.model:
        return lens.model
    said = (f"{lens.magnification:g}×" if lens.magnification else None, f"NA {lens.na:g}" if lens.na else None)
    return " ".join(piece for piece in (*said, lens.immersion) if piece) or None


def _channel_names(image: ImageRecord) -> str | None:
    names = [channel.name or channel.fluor or "" for channel in image.channels]
    return CHUNK.join(names) if any(names) else None


def _well(image: ImageRecord) -> str | None:
    return f"{image.well_row}{image.well_col}" if image.well_row and image.well_col else None


def size_description(image: ImageRecord) -> str | None:
    """Give the physical size of an image, as archives ask for it: "153.6 x 153.6 x 25 µm"."""
    sides = [
        (image.size_x, image.px_x_um),
        (image.size_y, image.px_y_um),
        *([(image.size_z, image.px_z_um)] if (image.size_z or 0) > 1 and image.px_z_um else []),
    ]
    if not all(count and size for count, size in sides):
        return None
    return " × ".join(f"{(count or 0) * (size or 0):.6g}" for count, size in sides) + " µm"


_SAME = [
    "scene_name",
    "size_x",
    "size_y",
    "size_z",
    "size_c",
    "size_t",
    "dim_order",
    "pixel_type",
    "acquired_at",
    "compression",
    "plate",
]
_READ: dict[str, tuple[Callable[[ImageRecord], Any], tuple[str, ...]]] = {
    **{name: (attrgetter(name), (name,)) for name in _SAME},
    **{f"pixel_size_{axis}": (attrgetter(f"px_{axis}_um"), (f"px_{axis}_um",)) for axis in "xyz"},
    "time_increment": (attrgetter("time_increment_s"), ("time_increment_s",)),
    "instrument": (_joined("instrument", "manufacturer", "model"), ("instrument.model", "instrument")),
    "objective": (_objective, ("objective.model", "objective")),
    "channel_names": (_channel_names, ("channels.name", "channels.fluor", "channels")),
    "image_format": (attrgetter("format"), ()),
    "size_description": (size_description, ("px_x_um",)),
    "well": (_well, ("well_row",)),
}
"""Column to how it is read off a record, and the record's fields whose places in the header it has."""


def rows_edits(name: str, table: Table, rows: tuple[str, ...], columns: Mapping[str, Column]) -> Iterator[Edit]:
    """Give the edits of a table: the new rows with their cells, then what changed in known ones."""
    new = [place for place, row in enumerate(rows) if row not in table]
    if new:
        yield _added(name, rows, new, columns)
    if len(new) == len(rows):
        return
    old = [place for place, row in enumerate(rows) if row in table]
    for column, given in columns.items():
        changed = [] if given.once else _changed(table, column, rows, given.values, old)
        if changed:
            yield _filled(f"/{name}/{column}", rows, changed, given)


def _added(name: str, rows: Sequence[str], new: Sequence[int], columns: Mapping[str, Column]) -> Edit:
    value: dict[str, list[Any]] = {}
    marks: dict[str, Any] = {}
    for column, given in columns.items():
        cells = [given.values[place] for place in new]
        if any(cell is not None for cell in cells):
            value[column] = cells
            marks[column] = _marks(given, new)
    said: dict[str, Any] = {"op": "add", "path": f"/{name}", "rows": tuple(rows[place] for place in new)}
    # not validated: these are plain values already, and walking through millions of them takes a second
    return Edit.model_construct(set(said) | _SAID, **said, value=value, marks=marks, origin=SCAN)


_SAID = {"value", "marks", "origin"}


def _filled(path: str, rows: Sequence[str], changed: Sequence[int], given: Column) -> Edit:
    return Edit(
        op="fill",
        path=path,
        rows=tuple(rows[place] for place in changed),
        values=tuple(given.values[place] for place in changed),
        marks=_marks(given, changed),
        origin=SCAN,
    )


def _marks(given: Column, places: Sequence[int]) -> dict[str, Any]:
    """Give the marks of cells: a palette and a number a cell, or one for all; empty cells have none."""
    values, headers = given.values, given.headers
    said: list[tuple[bool, str | None]]
    if headers is None:
        said = [(values[place] is None, None) for place in places]
    else:
        said = [(True, None) if values[place] is None else (False, headers[place]) for place in places]
    palette = {mark: number for number, mark in enumerate(dict.fromkeys(said))}
    use = [palette[mark] for mark in said] if len(palette) > 1 else []
    marks = [None if empty else _mark(place) for empty, place in palette]
    return {"all": marks[0]} if len(marks) == 1 else {"palette": marks, "use": use}


def _mark(place: str | None) -> dict[str, Any]:
    origin = {"kind": "scan"} if place is None else {"kind": "scan", "header": place}
    return {"confirmed": False, "origin": origin}


def _changed(table: Table, column: str, rows: Sequence[str], values: Sequence[Any], old: Sequence[int]) -> list[int]:
    """Give the known rows whose cell the scan fills otherwise, unless somebody or something else filled it."""
    held, index, marks = table.column(column), table.index, table.marks.get(column)

    def is_ours(position: int) -> bool:
        mark = marks[position] if marks is not None else None
        if mark is None:
            return held[position] is None
        return not mark.confirmed and mark.origin.kind == "scan"

    differ = ((place, index[rows[place]]) for place in old if held[index[rows[place]]] != values[place])
    return [place for place, position in differ if is_ours(position)]
