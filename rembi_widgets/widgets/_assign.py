"""Images to components and associations by folder, group or selection; entities from another curation.

An image's line is the association it names, or its component's only one. To say which sample a folder shows is to
find the line of the component that joins this sample with the acquisition the images have, or to make it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.record import COLLECTIONS, Component, Curation, Edit, get, new_id
from rembi_widgets.store import open_curation, source_of
from rembi_widgets.widgets import _rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rembi_widgets.record import Association
    from rembi_widgets.widgets._session import Answer, Session


def folders_of(record: Curation) -> list[str | None]:
    """Give the folder of each image's file, ``""`` for the dataset's own, ``None`` without a file; in table order."""
    index, paths = record.files.index, record.files.column("path")
    known = {row: str(paths[place]).rpartition("/")[0] for row, place in index.items() if paths[place]}
    return [known.get(file) for file in record.images.column("file")]


def inside_of(folder: str, *, below: bool = True) -> Callable[[str | None], bool]:
    """Give a test whether a folder is the one named, or lies below it."""
    start = f"{folder.rstrip('/')}/" if folder else ""

    def test(name: str | None) -> bool:
        return name is not None and (name == folder or (below and name.startswith(start)))

    return test


def lines_of(record: Curation, component: Component) -> list[str | None]:
    """Give the association each image of the table has in a component; ``None`` for those of others, and without."""
    known = {line.id for line in component.associations}
    only = component.associations[0].id if len(known) == 1 else None
    rows = zip(record.images.column("component"), record.images.column("association"), strict=True)
    return [(named if named in known else only) if home == component.id else None for home, named in rows]


def assign_edits(record: Curation, message: Mapping[str, Any]) -> list[Edit]:
    """Give the edits that point images to a component, one of its associations, or a sample.

    The message names the images by ``rows``, ``folder`` (with all ``below`` it, unless that is false), ``group`` or
    ``filter``; ``within`` takes only those of one component. ``items`` holds several such, each with its ``sample``:
    all of them are one change. ``open`` leaves images alone that have a sample already.
    """
    component = message.get("component")
    if "items" in message or message.get("sample"):
        return _sample_edits(record, _component(record, message.get("within") or component), message)
    association = message.get("association")
    home = component or _home_of(record, association)
    rows = _wanted(record, message)
    if association is None and component:
        images = record.images
        rows = [row for row in rows if images.value(row, "component") != component]
    moved = [*_moving(record, rows, home)] if home else []
    named = Edit(op="fill", path="/images/association", rows=tuple(rows), value=association)
    return [*moved, named] if rows else []


def _component(record: Curation, identity: Any) -> Component:
    found = get(record, f"/components/{identity}")
    if not isinstance(found, Component):
        raise RembiError("record.nothing_there", path=f"/components/{identity}")
    return found


def _home_of(record: Curation, association: Any) -> str | None:
    """Give the component that has an association: images that get it belong there."""
    if association is None:
        return None
    for component in record.components:
        if any(line.id == association for line in component.associations):
            return component.id
    raise RembiError("record.nothing_there", path=f"/associations/{association}")


def _moving(record: Curation, rows: Sequence[str], home: str) -> Iterable[Edit]:
    """Give the edits that bring images into a component, with the files that hold no image of another one."""
    images, moved = record.images, set(rows)
    places = zip(images.ids, images.column("file"), images.column("component"), strict=True)
    files, kept = dict[str, None](), set[str]()
    for row, file, component in places:
        if row in moved and component != home and file:
            files[file] = None
        elif row not in moved and component != home:
            kept.add(file)
    come = tuple(row for row in rows if images.value(row, "component") != home)
    if come:
        yield Edit(op="fill", path="/images/component", rows=come, value=home)
    whole = tuple(file for file in files if file not in kept and file in record.files)
    if whole:
        yield Edit(op="fill", path="/files/component", rows=whole, value=home)


def _wanted(record: Curation, message: Mapping[str, Any]) -> list[str]:
    images = record.images
    if message.get("folder") is not None:
        test = inside_of(str(message["folder"]), below=message.get("below") is not False)
        rows = [row for row, folder in zip(images.ids, folders_of(record), strict=True) if test(folder)]
    elif message.get("group") is not None:
        rows = _rows.find(record, _rows.Query("images", where={"group": message["group"]}))
    else:
        rows = _rows.find(record, _rows.Query.read({**message, "table": "images"}))
    within = message.get("within")
    return [row for row in rows if images.value(row, "component") == within] if within else rows


@dataclass
class _Lines:
    """The lines of a component while samples are given to its images."""

    component: Component
    vacant: dict[str, Association]
    edits: list[Edit] = field(default_factory=list)
    made: dict[tuple[str, str | None], str] = field(default_factory=dict)

    def line(self, sample: str, acquisition: str | None) -> str:
        """Give the line of a sample and an acquisition: the one there is, a vacant one completed, or a new one."""
        if (sample, acquisition) not in self.made:
            self.made[sample, acquisition] = self._found(sample, acquisition)
        return self.made[sample, acquisition]

    def _found(self, sample: str, acquisition: str | None) -> str:
        lines = self.component.associations
        for line in lines:
            if line.sample == sample and (line.acquisition == acquisition or acquisition is None):
                return line.id
        for line in lines:
            if line.id in self.vacant and line.acquisition in {acquisition, None}:
                return self._complete(self.vacant.pop(line.id), sample, acquisition)
        return self._add(sample, acquisition)

    def _path(self) -> str:
        return f"/components/{self.component.id}/associations"

    def _complete(self, line: Association, sample: str, acquisition: str | None) -> str:
        path = f"{self._path()}/{line.id}"
        self.edits.append(Edit(op="set", path=f"{path}/sample", value=sample))
        if acquisition and not line.acquisition:
            self.edits.append(Edit(op="set", path=f"{path}/acquisition", value=acquisition))
        return line.id

    def _add(self, sample: str, acquisition: str | None) -> str:
        made, value = new_id("as"), {"sample": sample, "acquisition": acquisition}
        given = {name: said for name, said in value.items() if said}
        self.edits.append(Edit(op="add", path=self._path(), id=made, value=given))
        return made


def _sample_edits(record: Curation, component: Component, message: Mapping[str, Any]) -> list[Edit]:
    """Give the edits that say which sample images of a component show: lines first, then the images."""
    now = dict(zip(record.images.ids, lines_of(record, component), strict=True))
    chosen = _chosen(record, component, message, now)
    if not chosen:
        return []
    by_id = {line.id: line for line in component.associations}
    left = {line for row, line in now.items() if line is not None and row not in chosen}
    vacant = {line.id: line for line in component.associations if not line.sample and line.id not in left}
    lines, usual = _Lines(component, vacant), _usual_acquisition(component)
    named: dict[str, str] = {}
    for row, sample in chosen.items():
        held = by_id.get(now[row] or "")
        named[row] = lines.line(sample, held.acquisition if held and held.acquisition else usual(sample))
    # An image without a word on its line had the only one: it keeps it, now that there are more.
    keeps = {row: line for row, line in now.items() if line is not None and row not in chosen} if lines.edits else {}
    silent = {row: line for row, line in keeps.items() if record.images.value(row, "association") != line}
    rows = {**named, **silent}
    return [*lines.edits, Edit(op="fill", path="/images/association", rows=tuple(rows), values=tuple(rows.values()))]


def _chosen(
    record: Curation, component: Component, message: Mapping[str, Any], now: Mapping[str, str | None]
) -> dict[str, str]:
    """Give the sample of each image the message speaks of; a later item wins."""
    known = {sample.id for sample in record.samples}
    done = {line.id for line in component.associations if line.sample} if message.get("open") else set()
    chosen: dict[str, str] = {}
    for item in message.get("items", [message]):
        sample = str(item.get("sample"))
        if sample not in known:
            raise RembiError("record.nothing_there", path=f"/samples/{sample}")
        rows = _wanted(record, {**item, "within": component.id})
        chosen |= {row: sample for row in rows if now[row] not in done}
    return chosen


def _usual_acquisition(component: Component) -> Callable[[str], str | None]:
    """Give the acquisition of images nobody put on a line: that of their sample's line, else the component's usual."""
    counted = Counter(line.acquisition for line in component.associations if line.acquisition)
    usual = counted.most_common(1)[0][0] if counted else None
    own = {str(line.sample): line.acquisition for line in component.associations if line.sample and line.acquisition}
    return lambda sample: own.get(sample, usual)


def copyable(session: Session, folder: str, section: str) -> Answer:
    """Give the entities of a section of another dataset's curation, without anything that belongs to it."""
    from rembi_widgets.widgets._places import place

    if section not in COLLECTIONS:
        return {"items": []}
    with open_curation(place(session, folder)) as other:
        items = [entity.plain() for entity in getattr(other.record, section)]
        return {"items": items, "source": source_of(other.record, other.folder)}
