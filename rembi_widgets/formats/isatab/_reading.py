"""What all parts of the reader share: the document, the record in the making, and what found no place in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._document import located
from rembi_widgets.formats.isatab._entries import bare
from rembi_widgets.formats.isatab._read_parts import Making
from rembi_widgets.formats.isatab._read_rows import Rows
from rembi_widgets.formats.isatab._read_values import Kind, Values
from rembi_widgets.record import COLLECTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rembi_widgets.formats.isatab._document import Document, Investigation, Table
    from rembi_widgets.formats.isatab._document_columns import Column
    from rembi_widgets.formats.isatab._read_parts import Holder, Part, SectionColumn
    from rembi_widgets.formats.isatab._read_values import Said
    from rembi_widgets.record import Finding

LAYOUT = re.compile(r"rembi-isatab/1\b")
_TERM = Kind("term", many=False, absent=True)


@dataclass(frozen=True)
class Kept:
    """Something that the record has no field for: where it stood, and where it is kept.

    Attributes
    ----------
    path
        Its path in the record; empty if it stays in the ISA-Tab only.
    """

    file: str
    line: int
    column: int
    header: str
    path: str = ""


class Reading:
    """One investigation that is being read.

    Attributes
    ----------
    samples
        Sample Name to the id of the sample.
    protocols
        Name of a protocol to what it stands for.
    growth
        Name of a growth protocol to its text, until a row tells its specimen.
    factors
        Name of a factor to the name of the variable as given.
    links
        Id of an association to its component, sample and acquisition.
    file_names, image_names
        Paths of files, names of the processes of images, and the ids of these, by table: they are put together when
        one is looked for.
    image_places
        Name of a table of images to the place of its first image in the table of the record.
    identified
        Whether components and what was made of images bear ids.
    described
        Ids of specimens, acquisitions and their like of which a row was read.
    """

    def __init__(self, document: Document, one: Investigation) -> None:
        self.document, self.one, self.file = document, one, one.file.name
        comments = one.section("INVESTIGATION")
        self.rembi = any(LAYOUT.match(cell) for cell in comments.cells("Comment[ISA Layout]"))
        sources = one.section("ONTOLOGY SOURCE REFERENCE")
        names, versions = sources.cells("Term Source Name"), sources.cells("Term Source Version")
        self.making = Making(Values(dict(zip(names, versions, strict=False)), rembi=self.rembi))
        self.findings: list[Finding] = []
        self.kept: list[Kept] = []
        self.samples: dict[str, str] = {}
        self.protocols: dict[str, Holder] = {}
        self.growth: dict[str, Said] = {}
        self.factors: dict[str, str] = {}
        self.described: set[str] = set()
        self.links: dict[str, tuple[str, str, str]] = {}
        self.file_names: list[tuple[Sequence[str], Sequence[str]]] = []
        self.image_names: list[tuple[Sequence[str], Sequence[str]]] = []
        self.image_places: dict[str, int] = {}
        self.identified = False
        self.files, self.images = Rows("files"), Rows("images")
        self._paths: dict[str, str] = {}
        self._named: dict[str, str] | None = None
        self._counted: dict[str, int] = {}
        self._placed: tuple[tuple[str, int, int], list[int | None]] = ("", 0, 0), []

    def term_or_absent(self, said: Said) -> Any:
        """Give one term, or an absence."""
        return self.making.values.read(_TERM, said)

    def protocol(self, name: str, collection: str) -> Holder | None:
        """Give what a protocol stands for, if that is of a collection."""
        holder = self.protocols.get(name)
        return holder if holder is not None and holder.model is COLLECTIONS[collection] else None

    def leave(self, table: Table) -> None:
        """Note all columns of a table that is not of the form it should have: they stay in the ISA-Tab only."""
        for column in table.columns:
            self.note(table.name, table.file.line(table.header), column.index + 1, column.header)

    @property
    def paths(self) -> dict[str, str]:
        """Path of a file to its id."""
        for names, ids in self.file_names:
            self._paths.update(zip(names, ids, strict=True))
        self.file_names.clear()
        return self._paths

    def image_named(self, name: str) -> str | None:
        """Give the id of the image whose process has a name."""
        if self._named is None:
            self._named = {one: image for names, ids in self.image_names for one, image in zip(names, ids, strict=True)}
        return self._named.get(name)

    def keep_file_column(self, part: Part, column: Column, key: str) -> None:
        """Keep a column of derived files as a column of the table of files."""
        self.keep_file_cells(part, column, key)
        self.note_column(part, column, f"/files/{key}")

    def keep_file_cells(self, part: Part, column: Column, key: str) -> None:
        """Put the cells of a column into the table of files, each with the file of its row."""
        cells, places = part.table.cells(column.index), self._places(part)
        told = {place: text for place, text in zip(places, cells, strict=True) if text and place is not None}
        self.files.put(key, told, self.making.mark(part.table.name, column.header))

    def _places(self, part: Part) -> list[int | None]:
        """Give the place of the file of each row in the table of files; it stays the same while no files are added."""
        key = (part.table.name, part.owner.index, len(self.files))
        if self._placed[0] != key:
            index = self.files.index
            ids = map(self.paths.get, part.names)
            self._placed = key, [index.get(one) if one is not None else None for one in ids]
        return self._placed[1]

    def keep(self, holder: Holder, column: SectionColumn, prefix: str = "") -> None:
        """Keep what nobody asked for of a column of a section, under keys of its entity."""
        for label, text, line in column.left():
            key = kept_key(prefix + bare(label), plain=label.startswith("Comment["), rembi=self.rembi)
            key = self.free_key(holder, key)
            holder.put(key, text, column.file, f"{column.heading}/{label}")
            path = f"{holder.path}/{key}"
            self.note(column.file, line, column.place + 2, f"{column.heading}/{label}", path, known=_is_own(key))

    @staticmethod
    def free_key(holder: Holder, key: str) -> str:
        """Give a key that an entity has not: the next number after it, if it is taken."""
        number, free = 2, key
        while free in holder.values:
            free, number = f"{key} {number}", number + 1
        return free

    def keep_columns(self, part: Part, row: int, holder: Holder) -> None:
        """Keep what nobody asked for of a node, as one row says it, under keys of its entity."""
        for column in part.left():
            if column.kind != "factor_value" or self.rembi:
                self.keep_cell(part, column, row, holder)

    def keep_cell(self, part: Part, column: Column, row: int, holder: Holder) -> None:
        """Keep one cell, with its unit and accession, under a key of an entity."""
        text = part.table.cells(column.index)[row]
        if not text:
            return
        beside = {kind: part.table.cells(place)[row] for kind, place in column.beside.items()}
        key = column_key(column, rembi=self.rembi)
        said = f"{text} {beside.get('unit', '')}".strip()
        holder.put(key, said, part.table.name, column.header)
        holder.put(f"{key} accession", beside.get("term_accession"), part.table.name, column.header)
        self.note_column(part, column, f"{holder.path}/{key}")

    def note_column(self, part: Part, column: Column, path: str) -> None:
        """Note once that a column is kept under keys."""
        table = part.table
        line = table.file.line(table.header)
        known = _is_own(path.rpartition("/")[2])
        self.note(table.name, line, column.index + 1, column.header, path, known=known)

    def note(self, file: str, line: int, column: int, header: str, path: str = "", *, known: bool = False) -> None:
        """Note once a place that the record has no field for; ``known``: a key of the record's own, nothing to tell."""
        place = f"{file}:{line}:{column}"
        if place in self._counted:
            return
        self._counted[place] = 1
        if not known:
            self.kept.append(Kept(file, line, column, header, path))
            self.findings.append(located("info", "kept" if path else "left", file, line, column, found=header))


def kept_key(name: str, *, plain: bool, rembi: bool) -> str:
    """Give the key that something is kept under: the record's own keys come back as they were."""
    clean = " ".join(re.sub(r"[/\x00-\x1f]", " ", name).split()) or "field"
    return clean if rembi and plain and clean.startswith("x-") else f"x-isa-{clean}"


def column_key(column: Column, *, rembi: bool) -> str:
    """Give the key that a column is kept under."""
    words = {"comment": "", "attribute": "", "characteristic": "characteristics ", "parameter_value": "parameter "}
    before = words.get(column.kind, column.kind.replace("_", " ") + " ")
    return kept_key(before + column.name, plain=column.kind == "comment", rembi=rembi)


def _is_own(key: str) -> bool:
    return key.startswith("x-") and not key.startswith("x-isa-")
