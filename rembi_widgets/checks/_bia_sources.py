"""Which image an annotation file was made from, by their names: what the fix of a missing one fills in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rembi_widgets.naming import match_by_name
from rembi_widgets.record import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rembi_widgets.record import Curation

MOST = 20_000
"""Annotation files of which names are compared; beyond it a person matches them on the screen of annotations."""


@dataclass(frozen=True)
class ByName:
    """What names tell.

    Attributes
    ----------
    fix
        The edit that fills in the source images; none where names tell nothing.
    count
        Files whose image is told.
    unmatched
        Paths of files whose image is not told, or told twice.
    """

    fix: tuple[Edit, ...] | None
    count: int
    unmatched: tuple[str, ...]


def by_name(record: Curation, without: Sequence[int]) -> ByName:
    """Match annotation files to images by their names.

    Parameters
    ----------
    without
        Positions of the files that have no source image.
    """
    paths = record.files.column("path")
    wanted = {path: place for place in without if isinstance(path := paths[place], str)}
    if not wanted or len(wanted) > MOST:
        return ByName(None, 0, ())
    images = _images(record)
    found = match_by_name(images, wanted)
    pairs = [(target, source) for source, target in found.pairs if target in wanted and source in images]
    told = dict(pairs)
    left = tuple(path for path in wanted if path not in told)
    if not pairs:
        return ByName(None, 0, left)
    rows, values = [record.files.ids[wanted[target]] for target in told], [images[told[target]] for target in told]
    fix = Edit.model_validate({"op": "fill", "path": "/files/source_image", "rows": rows, "values": values})
    return ByName((fix,), len(rows), left)


def _images(record: Curation) -> dict[str, str]:
    """Give the paths of files that are images, with what names them: their image, or the file if it holds several."""
    paths, index = record.files.column("path"), record.files.index
    found: dict[str, str] = {}
    for image, file in zip(record.images.ids, record.images.column("file"), strict=True):
        place = index.get(file or "")
        path = paths[place] if place is not None else None
        if isinstance(path, str) and file:
            found[path] = file if path in found else image
    return found
