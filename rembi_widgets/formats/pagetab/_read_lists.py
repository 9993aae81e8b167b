"""File lists beside a document: the tables of files and images, columns as fields where they are, else kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._read_parts import stable_id
from rembi_widgets.formats.pagetab._columns import SOURCE_ELSEWHERE
from rembi_widgets.formats.pagetab._document import Source, located
from rembi_widgets.formats.pagetab._document_lists import find_list, read_list
from rembi_widgets.formats.pagetab._kept import LIST
from rembi_widgets.formats.pagetab._read_rows import ListRows
from rembi_widgets.record import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rembi_widgets.formats.pagetab._document_lists import FileList
    from rembi_widgets.formats.pagetab._reading import Making, Reading
    from rembi_widgets.record import Level


class _Column:
    """Tables by column: blank cells where nothing was said."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.columns: dict[str, list[Any]] = {}

    def add(self, ids: Sequence[str], columns: Mapping[str, Sequence[Any]]) -> None:
        """Add rows."""
        before = len(self.ids)
        self.ids += ids
        for name, values in columns.items():
            held = self.columns.setdefault(name, [])
            held += [None] * (before - len(held))
            held += values

    def table(self, mark: Any) -> Table:
        """Give the table; every value has the mark."""
        for held in self.columns.values():
            held.extend([None] * (len(self.ids) - len(held)))
        kept = {name: tuple(held) for name, held in self.columns.items() if any(cell is not None for cell in held)}
        marks = {
            name: tuple(mark if cell is not None else None for cell in held)
            for name, held in kept.items()
            if name not in {"file", "component", "association", "made_by"}
        }
        return Table(tuple(self.ids), kept, marks)


def read(reading: Reading) -> dict[str, Table]:
    """Read the lists that are there; one that is not there is told."""
    files, images = _Column(), _Column()
    ids: dict[str, str] = {}
    sources: list[str | None] = []
    for one in (*reading.all("components"), *reading.all("annotations")):
        listed = _list_of(reading, one)
        if listed is not None:
            rows = ListRows(reading, one, listed, ids)
            files.add(rows.ids, rows.columns)
            images.add(rows.image_ids, rows.images)
            sources += rows.sources
    if any(sources):
        _link_sources(reading, files, images, sources, ids)
    mark = reading.origin("File List")
    return {"files": files.table(mark), "images": images.table(mark)}


def _list_of(reading: Reading, one: Making) -> FileList | None:
    name = one.first("file list")
    if not name:
        return None
    path = find_list(reading.document.file.parent, name)
    if path is None:
        at = next(it.at for it in one.named("file list") if it.value and it.value.strip())
        reading.findings.append(located("info", "list_not_there", reading.file, at, found=name))
        one.values[LIST] = name
        return None
    held = Source(path.name)
    listed = read_list(path, held)
    reading.findings += held.findings
    return listed


def _link_sources(
    reading: Reading, files: _Column, images: _Column, sources: list[str | None], ids: Mapping[str, str]
) -> None:
    """Let annotation files point to the images they were made on; a file that is one is an image, whatever its name."""
    components = dict(zip(files.ids, _filled(files, "component"), strict=True))
    known = dict(zip(images.columns.get("file", ()), images.ids, strict=True))
    of: dict[str, str] = {}
    for path in dict.fromkeys(path for path in sources if path in ids):
        file = ids[path or ""]
        if file not in known and components[file]:
            known[file] = stable_id("im", file)
            images.add([known[file]], {"file": [file], "component": [components[file]]})
        if file in known:
            of[path or ""] = known[file]
    files.columns["source_image"] = [of.get(path or "") for path in sources]
    lost = [path for path in sources if path and path not in of]
    if lost:
        files.columns[SOURCE_ELSEWHERE] = [path if path and path not in of else None for path in sources]
        values = {"found": lost[0], "n": len(lost)}
        # annotations of somebody else's images have no lists of them
        level: Level = "error" if reading.all("components") else "info"
        reading.findings.append(located(level, "source_image_unlisted", reading.file, "", **values))


def _filled(files: _Column, name: str) -> list[Any]:
    held = files.columns.get(name, [])
    return [*held, *[None] * (len(files.ids) - len(held))]
