"""The flat list of a crate's entities, each with an ``@id`` of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

Ref = dict[str, str]
Node = dict[str, Any]
ROOT, METADATA, LIST = "./", "ro-crate-metadata.json", "file_list.tsv"
_ADDRESS = re.compile(r"https?://[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%\[\]]+")
"""Addresses that are IRIs as they stand."""
_ONE_CLASS: dict[str, tuple[str, ...]] = {
    "Study": ("Dataset",),
    "Dataset": ("Dataset",),
    "Contributor": ("Person",),
    "Affiliation": ("Organization",),
    "FundingBody": ("Organization",),
    "Grant": ("Grant",),
    "Publication": ("ScholarlyArticle",),
    "FileList": ("File",),
}
"""Class of the archive to the classes of schema.org that say the same; the archive takes one of its own a node."""


def address(text: str) -> str:
    """Give a text that can be an ``@id`` as it stands; empty for any other."""
    return text if _ADDRESS.fullmatch(text) else ""


def fragment(identity: str) -> str:
    """Give an id of the record as an ``@id``; no comma in it, as cells of the file list are split there.

    >>> fragment("bs-7f3a"), fragment("a b,c")
    ('#bs-7f3a', '#a%20b%2Cc')
    """
    return "#" + quote(identity, safe="-._~", errors="replace")


class Graph:
    """Entities by ``@id``, in the order they were put."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}

    def put(self, wanted: str, kind: str, *types: str, **properties: Any) -> Ref:
        """Add an entity of a class of the archive, without empty properties; give a reference to it."""
        identity, count = wanted, 1
        while identity in self.nodes:
            count += 1
            identity = f"{wanted}-{count}"
        known = (*_ONE_CLASS.get(kind, ()), f"bia:{kind}", *types)
        held = {name: value for name, value in properties.items() if value not in ("", None, [])}
        self.nodes[identity] = {"@id": identity, "@type": list(known), **held}
        return {"@id": identity}

    def add(self, ref: Ref, **properties: Any) -> None:
        """Add properties to an entity, those that are not empty."""
        held = {name: value for name, value in properties.items() if value not in ("", None, [])}
        self.nodes[ref["@id"]] |= held

    def loose(self) -> list[Ref]:
        """Give references to entities that no other names."""
        named = {ref for node in self.nodes.values() for ref in _named(node.values())}
        return [{"@id": identity} for identity in self.nodes if identity not in {*named, ROOT, METADATA}]


def _named(values: Iterable[Any]) -> Iterable[str]:
    for value in values:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield one["@id"]


def unique(refs: Iterable[Ref | None]) -> list[Ref]:
    """Give each reference once, in order."""
    return [{"@id": identity} for identity in dict.fromkeys(ref["@id"] for ref in refs if ref)]
