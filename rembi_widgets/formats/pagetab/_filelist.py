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
    from collections.abc import Iterator, Sequence

    from rembi_widgets.record import Table

DIRECTORY = "directory"


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
    cells = [map(_attributes(column).__getitem__, column.places) for column in columns]
    sizes, kinds = table.column("size_bytes"), table.column("kind")
    before = "[\n"
    for file, path, *attributes in zip(files, _paths(table, files), *cells, strict=True):
        size = f', "size": {int(sizes[file])}' if type(sizes[file]) in {int, float} else ""
        kind = DIRECTORY if kinds[file] == DIRECTORY else "file"
        held = ", ".join(filter(None, attributes))
        yield f'{before}{{"path": {json.dumps(path)}{size}, "attributes": [{held}], "type": "{kind}"}}'
        before = ",\n"
    yield "\n]\n"


def _attributes(column: Column) -> list[str]:
    """Say each text of a column as an attribute once; a blank one is left out."""
    memo: dict[str, str] = {}
    name = json.dumps(column.header)
    for text in column.texts:
        if text not in memo:
            memo[text] = f'{{"name": {name}, "value": {json.dumps(text)}}}' if text else ""
    return [memo[text] for text in column.texts]
