"""What a person decided about groups: two that are one, one that is two. The decision outlives every rescan.

It stands where groups stand, in the column ``group`` of the record's table of images: a cell that a person filled is
never filled by a scan again. New images follow: if every known image of a group was given to another, so is each new
one. Of a group that was split in parts, new images stay with the group that their header makes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from rembi_widgets.images._group import regrouped
from rembi_widgets.images._split import split_edits
from rembi_widgets.record import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rembi_widgets.images._group import Group
    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.record import Curation


def merge_groups(record: Curation, keys: Sequence[str | None]) -> list[Edit]:
    """Give the edits that make groups one: the largest takes in the others, the first of those that are equally large.

    Images of the others get its key, and lines of study components that led these images to an acquisition of their
    own lead to the acquisition of the largest, whose title stays. The other acquisitions stay in the record.

    Parameters
    ----------
    record
        The curation.
    keys
        Keys of the groups, as the column ``group`` has them: ``None`` for images that no group has yet.
    """
    images = record.images
    held = dict(zip(images.ids, images.column("group"), strict=True))
    counted = Counter(held.values())
    into = max((key for key in keys if key is not None), key=counted.__getitem__, default=None)
    others = set(keys) - {into}
    rows = tuple(row for row, key in held.items() if key in others)
    if not rows:
        return []
    return [Edit(op="fill", path="/images/group", rows=rows, value=into), *_lines(record, held, into, others)]


def split_group(record: Curation, rows: Sequence[str]) -> list[Edit]:
    """Give the edits that make some images a group of their own, with an acquisition of its own.

    Parameters
    ----------
    record
        The curation.
    rows
        Rows of the table of images.
    """
    chosen = tuple(row for row in rows if row in record.images)
    if not chosen:
        return []
    key = "g-" + hashlib.sha256("\n".join(sorted(chosen)).encode()).hexdigest()[:12]
    return [Edit(op="fill", path="/images/group", rows=chosen, value=key), *split_edits(record, chosen)]


def _lines(
    record: Curation, held: Mapping[str, str | None], into: str | None, others: set[str | None]
) -> Iterator[Edit]:
    """Lead the lines of components that only images of the other groups use to the acquisition of the first."""
    used: dict[tuple[str | None, str | None], set[str | None]] = {}
    images = record.images
    for row, component, line in zip(images.ids, images.column("component"), images.column("association"), strict=True):
        used.setdefault((component, line), set()).add(held[row])
    lines: dict[tuple[str | None, str | None], str | None] = {
        (component.id, line.id): line.acquisition for component in record.components for line in component.associations
    }
    counted = Counter(lines[place] for place, groups in used.items() if into in groups and lines.get(place))
    target = counted.most_common(1)[0][0] if counted else None
    for (component, line), acquisition in lines.items():
        groups = used.get((component, line))
        if target is not None and groups and groups <= others and acquisition != target:
            yield Edit(op="set", path=f"/components/{component}/associations/{line}/acquisition", value=target)


def decided(
    groups: Iterable[Group], images: Sequence[ImageRecord], rows: Sequence[str], record: Curation
) -> tuple[Group, ...]:
    """Give the groups of a scan as the person wants them.

    Parameters
    ----------
    groups, images
        Of the scan.
    rows
        The row of each image in the record's table.
    record
        The curation.
    """
    made = tuple(groups)
    chosen = _chosen(record)
    if not chosen:
        return made
    held = dict(zip(record.images.ids, record.images.column("group"), strict=True))
    keys: dict[int, str] = {}
    for group in made:
        follow = _followed([rows[place] for place in group.images], held, chosen)
        for place in group.images:
            keys[place] = chosen.get(rows[place]) or follow or group.key
    return regrouped(made, keys, images)


def _chosen(record: Curation) -> dict[str, str]:
    """Give the group of each row that a person gave it: no scan filled that cell, or somebody confirmed it."""
    images = record.images
    marks = images.marks.get("group")
    chosen: dict[str, str] = {}
    for position, (row, key) in enumerate(zip(images.ids, images.column("group"), strict=True)):
        mark = marks[position] if marks is not None else None
        if key and (mark is None or mark.confirmed or mark.origin.kind != "scan"):
            chosen[row] = key
    return chosen


def _followed(rows: Iterable[str], held: Mapping[str, str | None], chosen: Mapping[str, str]) -> str | None:
    """Give the group that all known images of a group were given to, or joined since."""
    known = [row for row in rows if row in held]
    given = {chosen.get(row) or held[row] for row in known}
    return given.pop() if len(given) == 1 and any(row in chosen for row in known) else None
