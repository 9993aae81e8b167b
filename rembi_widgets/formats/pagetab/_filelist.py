"""File lists, written line by line: TSV for the archive's server, and the JSON form that its own reader takes.

Source: the server's reader of lists: the first cell is ``Files``, no mark of byte order, cells split at tabs without
quotes, a directory is one entry.
"""

from __future__ import annotations

import json
from itertools import repeat
from typing import TYPE_CHECKING

from rembi_widgets.formats.pagetab._columns import Column, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rembi_widgets.record import Table

DIRECTORY = "directory"
HELD = 500
"""Attributes of a column held at most while a list is written."""


def _paths(table: Table, files: Sequence[int]) -> Iterator[str]:
    return map(listed, map(table.column("path").__getitem__, files))


def tsv(table: Table, files: Sequence[int], columns: Sequence[Column]) -> Iterator[str]:
    """Give the lines of a list."""
    yield "\t".join(["Files", *(column.header for column in columns)]) + "\n"
    cells = [map(column.texts.__getitem__, column.places) for column in columns]
    ending = repeat("\n")
    for row in zip(_paths(table, files), *cells, strict=True):
        yield "\t".join(row) + next(ending)


def as_json(table: Table, files: Sequence[int], columns: Sequence[Column]) -> Iterator[str]:
    """Give the same list in JSON, one entry a line."""
    cells = [map(_attribute(column), column.places) for column in columns]
    sizes, kinds = table.column("size_bytes"), table.column("kind")
    before = "[\n"
    for file, path, *attributes in zip(files, _paths(table, files), *cells, strict=True):
        size = f', "size": {int(sizes[file])}' if type(sizes[file]) in {int, float} else ""
        kind = DIRECTORY if kinds[file] == DIRECTORY else "file"
        held = ", ".join(filter(None, attributes))
        yield f'{before}{{"path": {json.dumps(path)}{size}, "attributes": [{held}], "type": "{kind}"}}'
        before = ",\n"
    yield "\n]\n"


def _attribute(column: Column) -> Callable[[int], str]:
    """Give what says the text at a place as an attribute; a blank one is left out, texts said lately are held."""
    held: dict[str, str] = {}
    name, texts = json.dumps(column.header), column.texts

    def say(place: int) -> str:
        text = texts[place]
        found = held.get(text)
        if found is None:
            if len(held) >= HELD:
                held.clear()
            found = held[text] = f'{{"name": {name}, "value": {json.dumps(text)}}}' if text else ""
        return found

    return say
