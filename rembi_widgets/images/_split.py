"""What a group that was split keeps, and what its new part gets: an acquisition of its own, in pencil.

The part that remains keeps its acquisition, with all that anybody typed into it. The new part is given the acquisition
that was read from its own images before, if a merge left it without images; else a copy of the present one, without
what its images say otherwise. Lines of study components lead the images of each part to theirs.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rembi_widgets.record import Edit, Origin, new_id, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rembi_widgets.record import Acquisition, Association, Component, Curation

    Line = tuple[Component, Association]

TOLD_BY = {
    "objective": "objective_",
    "instrument": "instrument_",
    "channel_names": "channels",
    "time_increment": "time_interval",
}
"""Column of the table of images to how the fields of an acquisition begin that say the same."""


def lines_of(record: Curation) -> Mapping[str, Line]:
    """Give the line of a study component that each image is led by: the one it names, else its component's only one."""
    held = {component.id: component for component in record.components}
    images, found = record.images, dict[str, "Line"]()
    for row, name, named in zip(images.ids, images.column("component"), images.column("association"), strict=True):
        component = held.get(str(name))
        lines = component.associations if component is not None else ()
        chosen = [line for line in lines if line.id == named] or (lines if len(lines) == 1 else ())
        if component is not None and chosen:
            found[row] = (component, chosen[0])
    return found


def split_edits(record: Curation, rows: Sequence[str]) -> Iterator[Edit]:
    """Give the edits that give images an acquisition of their own; none if they share theirs with no other image."""
    lines = lines_of(record)
    chosen = frozenset(rows)
    counted = Counter(lines[row][1].acquisition for row in rows if row in lines and lines[row][1].acquisition)
    if not counted:
        return
    source = counted.most_common(1)[0][0]
    rest = [row for row, (_, line) in lines.items() if line.acquisition == source and row not in chosen]
    target = source
    if rest:
        held = {item.id: item for item in record.acquisitions}
        target = _left_alone(record, chosen, lines)
        if target is None and source in held:
            target = new_id("ac", held)
            yield _copied(record, held[str(source)], target, _differing(record, rows, rest))
    if target is not None:
        yield from _led(lines, chosen, target)


def _left_alone(record: Curation, rows: frozenset[str], lines: Mapping[str, Line]) -> str | None:
    """Give an acquisition that no image has, but that was read from one of these."""
    files = {record.files.value(file, "path") for file in _cells(record, "file", rows) if file in record.files}
    used = {line.acquisition for _, line in lines.values()}
    free = {item.id for item in record.acquisitions} - used
    for path, mark in record.marks.items():
        names = path.split("/", 3)
        if (
            names[1] == "acquisitions"
            and names[2] in free
            and mark.origin.kind == "scan"
            and mark.origin.source in files
        ):
            return names[2]
    return None


def _cells(record: Curation, column: str, rows: frozenset[str]) -> Iterator[Any]:
    images = record.images
    return (value for row, value in zip(images.ids, images.column(column), strict=True) if row in rows)


def _differing(record: Curation, rows: Sequence[str], rest: Sequence[str]) -> tuple[str, ...]:
    """Give how the fields begin of what the images of two parts say differently."""

    def usual(column: str, part: Sequence[str]) -> Any:
        counted = Counter(_cells(record, column, frozenset(part)))
        return counted.most_common(1)[0][0]

    return tuple(begin for column, begin in TOLD_BY.items() if usual(column, rows) != usual(column, rest))


def _copied(record: Curation, source: Acquisition, identity: str, without: tuple[str, ...]) -> Edit:
    """Give the edit that adds a copy of an acquisition, none of it confirmed, under a title that no other has."""
    kept = {
        name: value for name, value in plain(source).items() if name != "id" and not name.startswith(without or "/")
    }
    title = str(source.title or "")
    if title:
        titles = {item.title for item in record.acquisitions}
        numbers = range(2, len(titles) + 3)
        kept["title"] = next(fresh for number in numbers if (fresh := f"{title} ({number})") not in titles)
    start, origin = f"/acquisitions/{source.id}/", Origin(kind="copy", source=title or None)
    known = {path.removeprefix(start): mark.origin for path, mark in record.marks.items() if path.startswith(start)}
    from_file = {path: found for path, found in known.items() if found.kind == "scan" and path != "title"}
    marks = {path: {"confirmed": False, "origin": from_file.get(path, origin).plain()} for path in _leaves(kept)}
    return Edit(op="add", path="/acquisitions", id=identity, value=kept, marks=marks)


def _leaves(value: Mapping[str, Any]) -> Iterator[str]:
    """Give the path of each field of an acquisition, those of its rows too."""
    for name, held in value.items():
        rows = [row for row in held if isinstance(row, dict) and "id" in row] if isinstance(held, list) else []
        yield from (f"{name}/{row['id']}/{column}" for row in rows for column in row if column != "id")
        if not rows:
            yield name


def _led(lines: Mapping[str, Line], chosen: frozenset[str], target: str) -> Iterator[Edit]:
    """Lead images to an acquisition: by their line if no other image uses it, else by a new one beside it."""
    used: dict[tuple[str, str], list[str]] = {}
    for row, (component, line) in lines.items():
        used.setdefault((component.id, line.id), []).append(row)
    told = {(component.id, line.id): (component, line) for component, line in lines.values()}
    for place, rows in used.items():
        (component, line), mine = told[place], [row for row in rows if row in chosen]
        if not mine or line.acquisition == target:
            continue
        path = f"/components/{component.id}/associations"
        if len(mine) == len(rows):
            yield Edit(op="set", path=f"{path}/{line.id}/acquisition", value=target)
            continue
        fresh = new_id("as")
        value = {**{name: said for name, said in plain(line).items() if name != "id"}, "acquisition": target}
        yield Edit(op="add", path=path, id=fresh, value=value)
        yield Edit(op="fill", path="/images/association", rows=tuple(mine), value=fresh)
        others = tuple(row for row in rows if row not in chosen)
        yield Edit(op="fill", path="/images/association", rows=others, value=line.id)
