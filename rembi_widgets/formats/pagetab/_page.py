"""What a visitor of the archive will see of a submission, as plain data: read from the document that will be sent.

Nothing here is taken from the record but the ways back: each part bears the path of the field that it tells.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.pagetab import _filelist
from rembi_widgets.formats.pagetab._columns import columns
from rembi_widgets.formats.pagetab._forms import canonical, collection_of
from rembi_widgets.formats.pagetab._leads import Leads, is_association
from rembi_widgets.formats.pagetab._lists import Lists
from rembi_widgets.formats.pagetab._names import Names
from rembi_widgets.formats.pagetab._read_modules import COLUMNS
from rembi_widgets.formats.pagetab._set import compose, list_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.formats.pagetab._parts import Attribute, Section, Submission
    from rembi_widgets.record import Curation

ROWS = 6
"""Lines of a file list that are shown."""
PICTURES = 6
"""Images of a list that are shown."""
TOLD_ABOVE = frozenset({"title", "releasedate", "description", "keywords", "license"})
"""Attributes of the study that have a place of their own."""
IN_COMPONENT = frozenset(COLUMNS.values())

Plain = dict[str, Any]


def page(record: Curation) -> Plain:
    """Give the page; see ``pagetab.page``."""
    return _Page(record).plain()


class _Page:
    """A submission that was composed, and what its parts are made of."""

    def __init__(self, record: Curation) -> None:
        self.record, self.names, self.lists = record, Names(record), Lists(record)
        self.list_of = list_names(record, self.lists, self.names)
        self.submission: Submission = compose(record, self.lists, self.names, self.list_of, "v5")
        self.leads = Leads(record, self.submission)
        self.root = self.submission.section
        self.shown: set[int] = set()

    def plain(self) -> Plain:
        """Give the page as plain data: what is told above, then the components, then the rest."""
        organisations = list(self._all("organisations"))
        numbers = {one.accno or "": number for number, one in enumerate(organisations, 1)}
        authors = [self._author(one, numbers) for one in self._all("people")]
        told = {
            **self._head(),
            "authors": authors,
            "organisations": [self._section(one) for one in organisations],
            "components": [self._component(one) for one in self._all("components")],
            "annotations": [self._annotation(one) for one in self._all("annotations")],
            "publications": [self._section(one) for one in self._all("publications")],
            "grants": [self._section(one) for one in self._all("grants")],
        }
        return told | {"others": [self._section(one) for one in self.root.children() if id(one) not in self.shown]}

    def _all(self, collection: str) -> Iterator[Section]:
        """Give the sections of a collection; from now on they count as shown."""
        for one in self.root.all():
            if collection_of(one.kind) == collection:
                self.shown.add(id(one))
                yield one

    def _head(self) -> Plain:
        top = {canonical(one.name): one.value or "" for one in self.submission.attributes}
        held = [self._row(self.root, one) for one in self.root.attributes]
        above = [row for row in held if canonical(row["name"]) in TOLD_ABOVE]
        said: dict[str, list[Plain]] = {}
        for row in above:
            said.setdefault(canonical(row["name"]), []).append(row)
        first = {name: rows[0] for name, rows in said.items()}
        return {
            "template": top.get("template", ""),
            "accession": self.submission.accno or "",
            "doi": top.get("doi"),
            "title": top.get("title") or first.get("title", {}).get("value", ""),
            "release_date": top.get("releasedate") or first.get("releasedate", {}).get("value", ""),
            "description": first.get("description", {}).get("value", ""),
            "keywords": [row["value"] for row in said.get("keywords", ())],
            "licence": first.get("license"),
            "rows": [row for row in held if row not in above],
            "links": [self._link(number) for number in range(len(self.root.links))],
        }

    def _link(self, number: int) -> Plain:
        link = self.root.links[number]
        rows = [self._row(self.root, one) | {"path": self.leads.link(link)} for one in link.attributes]
        return {"url": link.url, "rows": rows, "path": self.leads.link(link)}

    def _row(self, section: Section, one: Attribute, above: str = "") -> Plain:
        return {
            "name": one.name,
            "value": one.value or "",
            "qualifiers": [[name, value or ""] for name, value in one.qualifiers],
            "path": self.leads.attribute(section, one.name) or above,
        }

    def _section(self, section: Section, above: str = "") -> Plain:
        """Give a section with the sections below it, but for rows of associations, which have a table."""
        self.shown.add(id(section))
        path = self.leads.section(section) or above
        rows = [self._row(section, one, above) for one in section.attributes]
        title = next((row["value"] for row in rows if canonical(row["name"]) in {"title", "name"}), "")
        below = [self._section(one, path) for one in section.children() if not is_association(one)]
        return {"kind": section.kind, "title": title, "rows": rows, "below": below, "path": path}

    def _author(self, section: Section, numbers: dict[str, int]) -> Plain:
        refs = [ref for one in section.attributes if one.reference for ref in (one.value or "").split(",")]
        held = self._section(section)
        held["rows"] = [row for row in held["rows"] if canonical(row["name"]) not in {"name", "affiliation"}]
        return held | {"organisations": [numbers[ref.strip()] for ref in refs if ref.strip() in numbers]}

    def _component(self, section: Section) -> Plain:
        rows = [one for one in section.children() if is_association(one)]
        return self._section(section) | {
            "parts": list(self._parts(rows)),
            "associations": self._associations(rows),
            "list": self._list(section),
        }

    def _associations(self, rows: list[Section]) -> Plain:
        header = list(dict.fromkeys(one.name for row in rows for one in row.attributes))
        cells = [{one.name: one.value or "" for one in row.attributes} for row in rows]
        return {
            "columns": header,
            "rows": [[held.get(name, "") for name in header] for held in cells],
            "paths": [self.leads.section(row) for row in rows],
        }

    def _parts(self, rows: list[Section]) -> Iterator[Plain]:
        """Give the sections that a component's associations name, each once, by the order of their types."""
        named = [
            (COLUMNS.get(canonical(one.name)), (one.value or "").strip()) for row in rows for one in row.attributes
        ]
        for collection in COLUMNS.values():
            titles = {title for held, title in named if held == collection}
            for one in self.root.all():
                if collection_of(one.kind) == collection and _title(one) in titles:
                    yield self._section(one)

    def _annotation(self, section: Section) -> Plain:
        return self._section(section) | {"list": self._list(section)}

    def _list(self, section: Section) -> Plain | None:
        """Give the beginning of a file list, cell by cell as it will be written."""
        files = self.lists.of.get(section.of)
        if not files:
            return None
        table, held = self.record.files, columns(self.lists, self.names, section.of)
        lines = (line.rstrip("\n").split("\t") for line in islice(_filelist.tsv(table, files, held), ROWS + 1))
        header, *rows = lines
        sizes = table.column("size_bytes")
        known = [sizes[file] for file in files if type(sizes[file]) in {int, float}]
        return {
            "name": self.list_of[section.of],
            "columns": header,
            "rows": rows,
            "paths": [f"/files/{table.ids[file]}/path" for file in files[:ROWS]],
            "count": len(files),
            "bytes": sum(known) if known else None,
            "images": [self.record.images.ids[image] for image in islice(self._images(files), PICTURES)],
        }

    def _images(self, files: list[int]) -> Iterator[int]:
        for file in files:
            yield from self.lists.images_of(file)


def _title(section: Section) -> str:
    held = (one.value or "" for one in section.attributes if canonical(one.name) in {"title", "name"})
    return next(held, "").strip()
