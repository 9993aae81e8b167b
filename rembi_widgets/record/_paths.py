"""Paths: how a place in a record is named, by ids and never by position."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import TypeAdapter, ValidationError

from rembi_widgets.errors import RembiError
from rembi_widgets.record._base import Frozen, is_empty
from rembi_widgets.record._model import COLLECTIONS, ROWS, SINGLETONS, TABLES, Curation, Entity
from rembi_widgets.record._table import Table, cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def parts(path: str) -> tuple[str, ...]:
    """Split ``/biosamples/bs-1/organism`` into its names.

    Raises
    ------
    RembiError
        If the path does not begin with a slash or names nothing.
    """
    names = tuple(path.split("/")[1:])
    if not path.startswith("/") or not all(names):
        raise RembiError("record.path_form", path=path)
    return names


def find(items: tuple[Any, ...], wanted: str) -> int:
    """Give the position of an entity by its id, -1 if there is none."""
    return next((i for i, item in enumerate(items) if item.id == wanted), -1)


def get(record: Curation, path: str) -> Any:
    """Give what stands at a path, ``None`` where there is nothing."""
    node: Any = record
    for name in parts(path):
        node = _step(node, name)
        if node is None:
            return None
    return node


def _step(node: Any, name: str) -> Any:
    if isinstance(node, Table):
        return node.row(name) if name in node else None
    if isinstance(node, tuple):
        place = find(node, name)
        return None if place < 0 else node[place]
    if isinstance(node, dict):
        return node.get(name)
    return _field(node, name) if isinstance(node, Frozen) else None


def _field(node: Frozen, name: str) -> Any:
    """Give a field, or a key the class does not know; never a method."""
    if name in type(node).model_fields:
        return getattr(node, name)
    return (node.model_extra or {}).get(name)


def leaves(record: Curation) -> Iterator[tuple[str, Any]]:
    """Give every value that is given, with its path: fields, rows and table cells."""
    for name in SINGLETONS:
        yield from entity_leaves(getattr(record, name), f"/{name}")
    for name in COLLECTIONS:
        for entity in getattr(record, name):
            yield from entity_leaves(entity, f"/{name}/{entity.id}")
    for name in TABLES:
        table: Table = getattr(record, name)
        for column, values in table.columns.items():
            for row, value in zip(table.ids, values, strict=True):
                if value is not None:
                    yield f"/{name}/{row}/{column}", value


def entity_leaves(entity: Frozen, path: str) -> Iterator[tuple[str, Any]]:
    """Give the values of one entity and of the rows in it, with their paths."""
    for name, value in entity:
        if name == "id" or is_empty(value):
            continue
        if name in ROWS and isinstance(value, tuple):
            for row in value:
                yield from entity_leaves(row, f"{path}/{name}/{row.id}")
        else:
            yield f"{path}/{name}", value


@cache
def _adapter(model: type[Frozen], name: str) -> TypeAdapter[Any]:
    found = model.model_fields[name]
    annotation: Any = found.annotation
    for extra in found.metadata:
        annotation = Annotated[annotation, extra]
    return TypeAdapter(annotation)


def read_value(model: type[Frozen], name: str, value: Any, path: str) -> Any:
    """Read the JSON form of a field's value.

    Raises
    ------
    RembiError
        If the class has no such field (names beginning with ``x-`` are free), or the value is of another kind.
    """
    if name not in model.model_fields:
        if name.startswith("x-"):
            return value
        raise RembiError("record.no_field", path=path)
    try:
        return _adapter(model, name).validate_python(value)
    except ValidationError as fault:
        raise RembiError("record.wrong_kind", path=path, found=str(value)[:80]) from fault


def read_entity(model: type[Entity], identity: str, value: Any, path: str) -> Entity:
    """Read the JSON form of a whole entity; rows in it without an id get one from the entity's id and their place.

    Raises
    ------
    RembiError
        If it is no mapping, or a value in it is of another kind.
    """
    if not isinstance(value or {}, dict):
        raise RembiError("record.wrong_kind", path=path, found=str(value)[:80])
    given = dict(value or {})
    for name in ROWS.keys() & given.keys():
        if isinstance(given[name], list | tuple):
            given[name] = [_with_id(row, f"{identity}-{place}") for place, row in enumerate(given[name])]
    try:
        return model.model_validate({**given, "id": identity})
    except ValidationError as fault:
        where = "/".join(str(step) for step in fault.errors()[0]["loc"])
        raise RembiError(
            "record.wrong_kind", path=f"{path}/{where}", found=str(fault.errors()[0]["input"])[:80]
        ) from fault


def _with_id(row: Any, identity: str) -> Any:
    return {"id": identity, **row} if isinstance(row, dict) else row


def update(node: Any, names: tuple[str, ...], make: Callable[[Any], Any], path: str) -> Any:
    """Give a node with the thing at ``names`` below it replaced by ``make(thing)``.

    Raises
    ------
    RembiError
        If the path leads nowhere.
    """
    if not names:
        return make(node)
    name, rest = names[0], names[1:]
    if isinstance(node, tuple):
        place = find(node, name)
        if place < 0:
            raise RembiError("record.nothing_there", path=path)
        return (*node[:place], update(node[place], rest, make, path), *node[place + 1 :])
    if isinstance(node, Frozen) and not name.startswith("_"):
        fresh = update(_field(node, name), rest, make, path)
        if not rest:
            fresh = read_value(type(node), name, fresh, path)
        return node.model_copy(update={name: fresh})
    raise RembiError("record.nothing_there", path=path)


def read_cell(table: str, column: str, value: Any, path: str) -> Any:
    """Read the JSON form of a cell of a table.

    Raises
    ------
    RembiError
        If the table has no such column (names beginning with ``x-`` are free), or the value is of no kind known.
    """
    model = TABLES[table]
    if column not in model.model_fields and not column.startswith("x-"):
        raise RembiError("record.no_field", path=path)
    try:
        return cell(value)
    except ValidationError as fault:
        raise RembiError("record.wrong_kind", path=path, found=str(value)[:80]) from fault
