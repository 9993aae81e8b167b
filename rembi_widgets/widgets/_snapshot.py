"""What a view is sent: the record without its tables when it attaches, then only what a change touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.record import COLLECTIONS, SINGLETONS, TABLES, Change, Curation, get, parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def record_json(record: Curation) -> dict[str, Any]:
    """Give the record without its tables as JSON."""
    plain: dict[str, Any] = {name: getattr(record, name).plain() for name in SINGLETONS}
    return plain | {name: [entity.plain() for entity in getattr(record, name)] for name in COLLECTIONS}


def marks_json(record: Curation) -> dict[str, Any]:
    """Give what is known of the values, by path."""
    return {path: mark.plain() for path, mark in record.marks.items()}


def table_sizes(record: Curation) -> dict[str, int]:
    """Give the number of rows of each table."""
    return {name: len(getattr(record, name)) for name in TABLES}


def patch(before: Curation, after: Curation, changes: Iterable[Change]) -> dict[str, Any]:
    """Give what a view must replace to follow from one record to the next.

    Returns
    -------
    dict
        ``puts``: ``[path, node]`` of whole entities; ``drops``: paths gone; ``orders``: ``[collection, ids]``;
        ``marks``: path to mark, ``None`` where it is forgotten; ``tables``: sizes, and the names touched.
    """
    touched = {names for change in changes for edit in change.edits for names in [_owner(edit.path, edit.id)]}
    puts: list[list[Any]] = []
    drops: list[str] = []
    for names in sorted(touched):
        if names[0] in TABLES:
            continue
        path = "/" + "/".join(names)
        node = get(after, path)
        if node is None:
            drops.append(path)
        else:
            puts.append([path, node.plain()])
    orders = [[f"/{name}", _ids(after, name)] for name in COLLECTIONS if _ids(before, name) != _ids(after, name)]
    tables = {"touched": sorted({names[0] for names in touched if names[0] in TABLES}), **table_sizes(after)}
    return {"puts": puts, "drops": drops, "orders": orders, "marks": _marks(before, after), "tables": tables}


def _owner(path: str, added: str | None) -> tuple[str, ...]:
    names = parts(path)
    if names[0] in SINGLETONS or names[0] in TABLES:
        return names[:1]
    return (*names, added) if len(names) == 1 and added else names[:2]


def _ids(record: Curation, name: str) -> list[str]:
    return [entity.id for entity in getattr(record, name)]


def _marks(before: Curation, after: Curation) -> Mapping[str, Any]:
    was, now = before.marks, after.marks
    if was is now:
        return {}
    gone: dict[str, Any] = dict.fromkeys(was.keys() - now.keys())
    return gone | {path: mark.plain() for path, mark in now.items() if was.get(path) != mark}
