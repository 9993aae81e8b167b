"""Where the images of a component lie: its folders and groups with counts, and how many each line has."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rembi_widgets.record import Component, Curation, get
from rembi_widgets.widgets._assign import folders_of, lines_of
from rembi_widgets.widgets._matching import proposals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rembi_widgets.widgets._session import Answer, Session

MOST_FOLDERS = 60
"""Folders listed at most; beyond it, deeper ones are counted with the folder above them."""
SHOWN = 2
"""Images shown of a line or folder."""


def folders(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Give the folders and groups of a component's images, how many images each line has, and what could be assigned.

    ``open`` counts the images that no line gives a sample. ``others`` are the folders with images that are not in
    the component: what could be moved into it.
    """
    record = session.curation.record
    component = get(record, f"/components/{message.get('component')}")
    if not isinstance(component, Component):
        return {"count": 0, "open": 0, "lines": {}, "folders": [], "groups": [], "others": [], "proposal": []}
    return _told(record, component)


def _told(record: Curation, component: Component) -> dict[str, Any]:
    homes, placed = record.images.column("component"), folders_of(record)
    named = lines_of(record, component)
    inside = [place for place, home in enumerate(homes) if home == component.id]
    outside = [place for place, home in enumerate(homes) if home != component.id]
    sampled = {line.id for line in component.associations if line.sample}
    by_folder = _folders(record, placed, named, inside, sampled)
    return {
        "count": len(inside),
        "open": sum(named[place] not in sampled for place in inside),
        "lines": _counted(record, ((named[place], place) for place in inside)),
        "folders": by_folder,
        "groups": _groups(record, named, inside, sampled),
        "others": _others(record, placed, homes, outside),
        "proposal": proposals(record, by_folder),
    }


def _counted(record: Curation, told: Iterable[tuple[str | None, int]]) -> dict[str, Any]:
    """Give the number of images of each line, and some of them to show."""
    counts, shown = Counter[str](), dict[str, list[str]]()
    for line, place in told:
        name = line or ""
        counts[name] += 1
        held = shown.setdefault(name, [])
        if len(held) < SHOWN:
            held.append(record.images.ids[place])
    return {name: {"count": count, "images": shown[name]} for name, count in counts.items()}


def rolled(names: Iterable[str], most: int = MOST_FOLDERS) -> tuple[dict[str, str], frozenset[str]]:
    """Give the folder under which each folder is listed, and the listed ones that stand for all below them.

    The deepest level is folded into the one above as long as there are too many.
    """
    listed = {name: name for name in names}
    while len(set(listed.values())) > most:
        deepest = max(name.count("/") for name in listed.values())
        if deepest == 0:
            break
        listed = {n: at.rpartition("/")[0] if at.count("/") == deepest else at for n, at in listed.items()}
    folded = frozenset(at for name, at in listed.items() if name != at)
    return {name: _covering(at, folded) for name, at in listed.items()}, folded


def _covering(name: str, folded: frozenset[str]) -> str:
    """Give the folded folder that a folder lies in, or the folder itself."""
    above = name
    while "/" in above:
        above = above.rpartition("/")[0]
        if above in folded:
            return _covering(above, folded)
    return name


def _folders(
    record: Curation, placed: Sequence[str | None], named: Sequence[str | None], inside: list[int], sampled: set[str]
) -> list[dict[str, Any]]:
    at, folded = rolled({placed[place] or "" for place in inside})
    held: dict[str, list[int]] = {}
    for place in inside:
        held.setdefault(at[placed[place] or ""], []).append(place)
    return [
        {"folder": name, "below": name in folded, **_part(record, named, places, sampled)}
        for name, places in sorted(held.items())
    ]


def _groups(
    record: Curation, named: Sequence[str | None], inside: list[int], sampled: set[str]
) -> list[dict[str, Any]]:
    column, held = record.images.column("group"), dict[str, list[int]]()
    for place in inside:
        if column[place]:
            held.setdefault(str(column[place]), []).append(place)
    if len(held) < 2:  # noqa: PLR2004 - one group is the component itself
        return []
    parts = ((key, _part(record, named, places, sampled)) for key, places in held.items())
    return [{"group": key, **part, **_looks(record, held[key])} for key, part in parts]


def _part(record: Curation, named: Sequence[str | None], places: list[int], sampled: set[str]) -> dict[str, Any]:
    lines = Counter(named[place] or "" for place in places)
    still = sum(count for line, count in lines.items() if line not in sampled)
    return {"count": len(places), "open": still, "lines": dict(lines), "images": _ids(record, places)}


def _looks(record: Curation, places: list[int]) -> dict[str, Any]:
    """Give what the first image of a group says: enough to tell groups apart."""
    names = ("instrument", "objective", "channel_names", "size_x", "size_y", "size_z", "size_t")
    first = record.images.ids[places[0]]
    found = ((name, record.images.value(first, name)) for name in names)
    return {"looks": {name: value for name, value in found if isinstance(value, str | int | float)}}


def _ids(record: Curation, places: list[int]) -> list[str]:
    return [record.images.ids[place] for place in places[:SHOWN]]


def _others(
    record: Curation, placed: Sequence[str | None], homes: Sequence[Any], outside: list[int]
) -> list[dict[str, Any]]:
    """Give the folders that hold images of other components, or of none."""
    at, folded = rolled({placed[place] or "" for place in outside})
    held: dict[str, list[int]] = {}
    for place in outside:
        held.setdefault(at[placed[place] or ""], []).append(place)
    known = {component.id for component in record.components}
    told = []
    for name, places in sorted(held.items()):
        owners = Counter(str(homes[place]) if homes[place] in known else "" for place in places)
        told.append({"folder": name, "below": name in folded, "count": len(places), "components": dict(owners)})
    return told
