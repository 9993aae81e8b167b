"""What was read, as the edits that put it into a curation: entities by id, files by path, nothing removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.record import COLLECTIONS, ROWS, Edit, Frozen, Table, entity_leaves, is_empty, plain
from rembi_widgets.systems import composed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rembi_widgets.record import Curation, Entity, Mark

Marks = dict[str, "Mark"]


def proposal(found: Curation, record: Curation) -> list[Edit]:
    """Give the edits that bring what was read into a curation; none for what it says already.

    Parameters
    ----------
    found
        What was read; its marks tell where each value came from.
    record
        The curation as it is.
    """
    edits = list(_fields(found.study, record.study, "/study", found.marks))
    marks = _by_entity(found.marks)
    for name in COLLECTIONS:
        held = {entity.id: entity for entity in getattr(record, name)}
        for entity in getattr(found, name):
            path = f"/{name}/{entity.id}"
            edits += _entity(entity, held.get(entity.id), path, marks.get(path, {}))
    files = _matched_files(found, record)
    images = _matched_images(found, record, files)
    names = {**files, **images}
    edits += _rows("files", found.files, record.files, files, names)
    edits += _rows("images", found.images, record.images, images, names)
    return edits


def _by_entity(marks: Mapping[str, Mark]) -> dict[str, Marks]:
    found: dict[str, Marks] = {}
    for path, mark in marks.items():
        entity = "/".join(path.split("/", 3)[:3])
        found.setdefault(entity, {})[path] = mark
    return found


def _fields(found: Frozen, held: Frozen, path: str, marks: Mapping[str, Mark]) -> Iterator[Edit]:
    known = dict(held)
    for name, value in found:
        if name == "id" or name in ROWS or is_empty(value) or value == known.get(name):
            continue
        where = f"{path}/{name}"
        yield Edit(op="set", path=where, value=value, mark=marks.get(where))


def _entity(found: Entity, held: Entity | None, path: str, marks: Mapping[str, Mark]) -> Iterator[Edit]:
    if held is None:
        yield _added(found, path, marks)
        return
    yield from _fields(found, held, path, marks)
    for name, rows in found:
        if name in ROWS:
            known = {row.id: row for row in getattr(held, name)}
            for row in rows:
                yield from _entity(row, known.get(row.id), f"{path}/{name}/{row.id}", marks)


def _added(entity: Entity, path: str, marks: Mapping[str, Mark]) -> Edit:
    value = entity.plain()
    value.pop("id")
    said = {place: marks[place] for place, _ in entity_leaves(entity, path) if place in marks}
    relative = {place.removeprefix(f"{path}/"): mark.plain() for place, mark in said.items()}
    return Edit(op="add", path=path.rpartition("/")[0], id=entity.id, value=value, marks=relative)


def _same(path: Any) -> str:
    return composed(path) if isinstance(path, str) else ""


def _matched_files(found: Curation, record: Curation) -> dict[str, str]:
    """Give the id that each file has in the curation: that of the file of its path, if there is one."""
    known = {_same(path): row for row, path in zip(record.files.ids, record.files.column("path"), strict=True)}
    known.pop("", None)
    paths = zip(found.files.ids, found.files.column("path"), strict=True)
    return {row: known.get(_same(path), row) for row, path in paths}


def _matched_images(found: Curation, record: Curation, files: Mapping[str, str]) -> dict[str, str]:
    """Give the id that each image has in the curation: its own, else that of the same scene of the same file."""
    known = {key: ids for key, ids in _scenes(record.images, {}).items() if len(ids) == 1}
    matched = {}
    for key, ids in _scenes(found.images, files).items():
        for row in ids:
            twin = known.get(key, [row])[0] if len(ids) == 1 else row
            matched[row] = row if row in record.images else twin
    return matched


def _scenes(images: Table, files: Mapping[str, str]) -> dict[tuple[str, float], list[str]]:
    found: dict[tuple[str, float], list[str]] = {}
    columns = zip(images.ids, images.column("file"), images.column("scene_index"), strict=True)
    for row, file, scene in columns:
        found.setdefault((files.get(file, file), scene or 0), []).append(row)
    return found


_REFS = {"file", "source_image"}


def _rows(name: str, found: Table, held: Table, ids: Mapping[str, str], names: Mapping[str, str]) -> Iterator[Edit]:
    """Give the rows that are new, all at once, and the cells of known ones that say something else."""
    rows = [ids[row] for row in found.ids]
    fresh = [place for place, row in enumerate(rows) if row not in held]
    known = [place for place, row in enumerate(rows) if row in held]
    columns = {
        column: [names.get(value, value) for value in values] if column in _REFS else values
        for column, values in found.columns.items()
    }
    if fresh:
        value = {column: [plain(values[place]) for place in fresh] for column, values in columns.items()}
        marks = {column: _marks(found, column, fresh) for column in columns}
        yield Edit.model_validate(
            {"op": "add", "path": f"/{name}", "rows": [rows[place] for place in fresh], "value": value, "marks": marks}
        )
    for column, values in columns.items() if known else ():
        told = held.column(column)
        differ = [p for p in known if values[p] is not None and values[p] != told[held.index[rows[p]]]]
        if differ:
            said = {"rows": [rows[p] for p in differ], "values": [plain(values[p]) for p in differ]}
            marks = _marks(found, column, differ)
            yield Edit.model_validate({"op": "fill", "path": f"/{name}/{column}", **said, "marks": marks})


def _marks(table: Table, column: str, places: Sequence[int]) -> dict[str, Any]:
    """Give the marks of cells as an edit takes them: the few there are, and which each cell has."""
    held = table.marks.get(column, (None,) * len(table))
    marks = [held[place] for place in places]
    palette = {id(mark): mark for mark in marks}
    number = {identity: place for place, identity in enumerate(palette)}
    return {"palette": [plain(mark) for mark in palette.values()], "use": [number[id(mark)] for mark in marks]}
