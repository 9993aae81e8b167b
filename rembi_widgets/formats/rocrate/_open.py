"""A crate as it stands: entities by id and class, rows of its file list. No address in it is opened."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.isatab._document_text import any_length
from rembi_widgets.formats.rocrate._context import OUR
from rembi_widgets.formats.rocrate._graph import METADATA
from rembi_widgets.locale import text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 200 * 2**20
_BEFORE = ("bia:", "http://bia/", "csvw:", "http://www.w3.org/ns/csvw#")
OLDER = {
    "author": ("contributor",),
    "name": ("displayName", "title"),
    "email": ("contactEmail",),
    "keywords": ("keyword",),
    "memberOf": ("affiliation",),
    "description": ("protocolDescription",),
}
"""Properties to the names they had before version 0.3 of the profile."""


@dataclass(frozen=True)
class Node:
    """An entity: its values by property, whatever name the property had before."""

    id: str
    kinds: frozenset[str]
    held: dict[str, Any] = field(repr=False)

    def values(self, name: str) -> list[Any]:
        """Give the values of a property, one or several."""
        value = next((self.held[one] for one in (name, *OLDER.get(name, ())) if one in self.held), None)
        found = value if isinstance(value, list) else [value]
        return [one for one in found if one not in (None, "", [], {})]

    def texts(self, name: str) -> list[str]:
        """Give the texts of a property; numbers are texts too."""
        plain = (one.get("@value") if isinstance(one, dict) and "@value" in one else one for one in self.values(name))
        return [str(one) for one in plain if isinstance(one, str | int | float) and not isinstance(one, bool)]

    def word(self, name: str) -> str:
        """Give the first text of a property, empty if there is none."""
        return next(iter(self.texts(name)), "")

    def refs(self, name: str) -> list[str]:
        """Give the ids that a property names."""
        found = (one.get("@id") if isinstance(one, dict) else one for one in self.values(name))
        return [one for one in found if isinstance(one, str)]


@dataclass(frozen=True)
class Crate:
    """A crate.

    Attributes
    ----------
    ours
        Whether this package wrote it: its properties then tell more.
    rows
        Rows of the file list by the meaning of each column, else its header; ``None`` if it cannot be read.
    """

    nodes: dict[str, Node]
    ours: bool
    list_id: str
    rows: list[dict[str, str]] | None

    def all(self, *kinds: str) -> Iterator[Node]:
        """Give the entities of some classes, in order."""
        return (node for node in self.nodes.values() if node.kinds & set(kinds))


def open_crate(path: Path) -> Crate:
    """Open a crate.

    Raises
    ------
    RembiError
        If there is none.
    """
    file = path / METADATA if path.is_dir() else path
    if not file.is_file():
        raise RembiError("rocrate.no_file", path=str(path))
    if file.stat().st_size > LARGEST:
        raise RembiError("rocrate.too_large", path=str(path), limit=f"{LARGEST // 2**20} MB")
    try:
        whole = json.loads(file.read_bytes())
    except (ValueError, RecursionError):
        raise _none(path, "json") from None
    graph = whole.get("@graph") if isinstance(whole, dict) else None
    if not isinstance(graph, list):
        raise _none(path, "graph")
    nodes = {one["@id"]: _node(one) for one in graph if isinstance(one, dict) and isinstance(one.get("@id"), str)}
    if not any("Study" in node.kinds for node in nodes.values()):
        raise _none(path, "study")
    name, rows = _list(nodes, file.parent)
    return Crate(nodes, OUR in json.dumps(whole.get("@context")), name, rows)


def _none(path: Path, reason: str) -> RembiError:
    return RembiError("rocrate.no_crate", path=str(path), reason=text(f"rocrate.reason.{reason}"))


def _node(one: dict[str, Any]) -> Node:
    said = one.get("@type")
    names = [name for name in (said if isinstance(said, list) else [said]) if isinstance(name, str)]
    kinds = frozenset(name.removeprefix(before) for name in names for before in _BEFORE if name.startswith(before))
    return Node(one["@id"], kinds, one)


def _list(nodes: dict[str, Node], folder: Path) -> tuple[str, list[dict[str, str]] | None]:
    """Read the file list; it must lie in the crate's folder."""
    found = next((node for node in nodes.values() if "FileList" in node.kinds), None)
    if found is None:
        return "", []
    header, *rows = _cells(_inside(folder, unquote(found.id))) or [[]]
    schemas = [nodes[ref] for ref in found.refs("tableSchema") if ref in nodes]
    columns = [nodes[ref] for one in schemas for ref in one.refs("column") if ref in nodes]
    meanings = {one.word("columnName"): one.word("propertyUrl") for one in columns}
    keys = [meanings.get(name) or name for name in header]
    return found.id, [dict(zip(keys, row, strict=False)) for row in rows] if keys else None


def _inside(folder: Path, name: str) -> str:
    """Give the text of a file in the crate's folder; empty if it is elsewhere, or is no text."""
    path = folder / name
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
        return path.read_text(encoding="utf-8-sig") if inside else ""
    except (OSError, ValueError):
        return ""


def _cells(text: str) -> list[list[str]]:
    """Give the cells of each row; a row ends at a line break and at no other of Unicode's breaks."""
    with any_length():
        return list(csv.reader(io.StringIO(text), delimiter="\t"))
