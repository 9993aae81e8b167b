"""The file list of a crate: one row a file, its columns described in the crate.

Source: ``bia-ro-crate-validator`` 0.3.1, which reads it with pandas: quotes are doubled, ``NA`` is no value, a column
of digits is one of numbers, and a cell of references is split at commas.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from math import isfinite
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.pagetab._columns import SOURCE, columns, listed
from rembi_widgets.formats.rocrate._graph import LIST, fragment
from rembi_widgets.record import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rembi_widgets.formats.pagetab._lists import Lists
    from rembi_widgets.formats.pagetab._names import Names
    from rembi_widgets.formats.rocrate._graph import Graph, Ref
    from rembi_widgets.formats.rocrate._modules import Modules

IMAGE, ANNOTATION = "http://bia/Image", "http://bia/AnnotationData"
FIXED = {
    "file_path": "http://bia/filePath",
    "dataset": "http://schema.org/isPartOf",
    "type": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "name": "http://schema.org/name",
    "source_image": "http://bia/associatedSourceImage",
    "specimen": "http://bia/associatedSubject",
    "image_acquisition": "http://bia/associatedImageAcquisitionProtocol",
    "annotation_method": "http://bia/associatedAnnotationMethod",
    "size_in_bytes": "http://bia/sizeInBytes",
}
"""Columns with a meaning in the profile."""
_NAMED_AS_IT_IS = re.compile(r"[A-Za-z0-9_./ ()-]*[A-Za-z0-9_)-]\.[A-Za-z]{2,}[0-9]?")
"""Paths that other rows may name: no comma, no outer bracket, nothing that reads as a number or as no value."""
_NO_TEXT = re.compile(r"[^/]*|N/A|n/a|#N/A( N/A)?")
"""Paths that could read as a number or as no value: those without a folder, and three of pandas' own."""


def path_cell(path: str) -> str:
    """Give a path as the list holds it.

    >>> path_cell("NA"), path_cell("a/b.tif")
    ('./NA', 'a/b.tif')
    """
    text = listed(path)
    return f"./{text}" if _NO_TEXT.fullmatch(text) and not _NAMED_AS_IT_IS.fullmatch(text) else text


def quoted(text: str) -> str:
    """Give a text as a cell."""
    return '"' + text.replace('"', '""') + '"' if '"' in text else text


def _size(value: Any) -> str:
    return str(int(value)) if type(value) in {int, float} and isfinite(value) else ""


@dataclass(frozen=True)
class _Part:
    """The rows of one data set: positions in the table of files, and free columns by header."""

    home: str
    files: list[int]
    free: Mapping[str, Iterable[str]]


class FileList:
    """The rows of all lists, each file once."""

    def __init__(self, lists: Lists, names: Names, modules: Modules, datasets: Mapping[str, Ref]) -> None:
        self.lists, self.modules, self.datasets = lists, modules, datasets
        self.record, self.twice = lists.record, 0
        self._paths = self.record.files.column("path")
        self._parts = self._place(names)

    def _place(self, names: Names) -> list[_Part]:
        seen: set[str] = set()
        found = []
        for home in self.datasets:
            files = []
            for file in self.lists.of.get(home, ()):
                cell = path_cell(self._paths[file])
                if cell in seen:
                    self.twice += 1
                else:
                    seen.add(cell)
                    files.append(file)
            found.append(_Part(home, files, self._free(names, home, files)))
        return found

    def _free(self, names: Names, home: str, files: list[int]) -> dict[str, Iterable[str]]:
        whole = self.lists.of.get(home) or []
        found: dict[str, Iterable[str]] = {}
        place = {file: number for number, file in enumerate(whole)}
        for column in columns(self.lists, names, home) if files else ():
            header = column.header if column.header.casefold() not in FIXED else f"{column.header} 2"
            if column.header != SOURCE:
                found[header] = [column.texts[column.places[place[file]]] for file in files]
        return found

    @cached_property
    def headers(self) -> list[str]:
        """Give the headers of all columns that hold anything; the first two are always there."""
        held = {"file_path", "dataset", *(name for part in self._parts for name in self._used(part))}
        free = dict.fromkeys(header for part in self._parts for header in part.free)
        return [*(name for name in FIXED if name in held), *free]

    def _used(self, part: _Part) -> set[str]:
        return {name for name, cells in self._fixed(part).items() if any(cells)}

    def _fixed(self, part: _Part) -> dict[str, Iterable[str]]:
        files, sizes = part.files, self.record.files.column("size_bytes")
        sources, is_annotation = self.record.files.column("source_image"), part.home in self.modules.annotations
        method = self.modules.annotations[part.home]["@id"] if is_annotation else ""
        return {
            "file_path": (path_cell(self._paths[file]) for file in files),
            "dataset": repeat(self.datasets[part.home]["@id"], len(files)),
            "type": (self._type(file, annotation=is_annotation) for file in files),
            "name": (self._name(file) for file in files),
            "source_image": (self._source(sources[file]) for file in files),
            "specimen": (self._specimen(file) for file in files),
            "image_acquisition": (self._acquisitions(file) for file in files),
            "annotation_method": repeat(method, len(files)),
            "size_in_bytes": (_size(sizes[file]) for file in files),
        }

    def _type(self, file: int, *, annotation: bool) -> str:
        if file in self._sources:
            return IMAGE
        if annotation:
            return ANNOTATION
        return IMAGE if self.lists.first[file] >= 0 else ""

    @cached_property
    def _sources(self) -> set[int]:
        """Give the files that others name as their source."""
        refs = {ref for ref in self.record.files.column("source_image") if ref}
        return {file for ref in refs if (file := self._file(ref)) is not None}

    @cached_property
    def _rows(self) -> set[int]:
        return {file for part in self._parts for file in part.files}

    def _file(self, ref: str | None) -> int | None:
        image = self.record.images.index.get(ref or "")
        file = self.record.images.column("file")[image] if image is not None else ref
        return self.record.files.index.get(file or "")

    def _name(self, file: int) -> str:
        """Give the name by which other rows call a file whose path they cannot hold."""
        if file not in self._sources or _NAMED_AS_IT_IS.fullmatch(path_cell(self._paths[file])):
            return ""
        return fragment(self.record.files.ids[file])

    def _source(self, ref: str | None) -> str:
        file = self._file(ref)
        if file is None or file not in self._rows:
            return ""
        return self._name(file) or path_cell(self._paths[file])

    def _links(self, file: int) -> list[Any]:
        links = (self.lists.links[image] for image in self.lists.images_of(file))
        return list({link.id: link for link in links if link}.values())

    def _specimen(self, file: int) -> str:
        """Give the specimen of a file; the profile takes one."""
        held = {self.modules.samples.get(link.sample or "", {}).get("@id", "") for link in self._links(file)}
        return held.pop() if len(held) == 1 else ""

    def _acquisitions(self, file: int) -> str:
        held = (self.modules.acquisitions.get(link.acquisition or "") for link in self._links(file))
        return ",".join(dict.fromkeys(ref["@id"] for ref in held if ref))

    def describe(self, graph: Graph) -> Ref:
        """Add the list and its columns to the crate."""
        found = []
        for number, header in enumerate(self.headers):
            identity, meaning = f"#column-{number}", FIXED.get(header)
            node = {"@id": identity, "@type": ["csvw:Column"], "columnName": header}
            graph.nodes[identity] = {**node, "propertyUrl": meaning} if meaning else node
            found.append({"@id": identity})
        graph.nodes["#columns"] = {"@id": "#columns", "@type": ["csvw:Schema"], "column": found}
        return graph.put(LIST, "FileList", "csvw:Table", name="File list", tableSchema={"@id": "#columns"})

    def lines(self) -> Iterator[str]:
        """Give the lines of the list."""
        yield "\t".join(map(quoted, self.headers)) + "\n"
        for part in self._parts:
            held = {**self._fixed(part), **part.free}
            cells = [held.get(header, repeat("", len(part.files))) for header in self.headers]
            for row in zip(*cells, strict=True):
                yield "\t".join(map(quoted, row)) + "\n"

    def findings(self) -> Iterator[Finding]:
        """Find files that belong to several data sets, of which the profile takes one."""
        if self.twice:
            values: dict[str, Any] = {"n": self.twice}
            yield Finding(level="info", code="rocrate_twice", path="/files", values=values)
