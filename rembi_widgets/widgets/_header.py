"""What the header of an image says: the values we use, all of it as a tree, and which fields were filled from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.locale import text
from rembi_widgets.record import get
from rembi_widgets.widgets._gallery import acquisition_of, path_of, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rembi_widgets.images import ImageRecord, Leaf
    from rembi_widgets.record import Curation, Origin
    from rembi_widgets.widgets._session import Answer, Session

    Use = tuple[str, Any, str]

_SKIPPED = {"raw", "sources", "confidence", "warnings", "path"}
_ROWS = {"channels": "channel", "light_sources": "light_source", "detectors": "detector", "filters": "filter"}
"""Lists of an acquisition to the section of the guide that tells of their rows."""


def header(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Give what the header of an image says.

    ``values`` are those we use, with their places; ``leaves`` is all of it, each with its parts, its words and the
    fields that were filled from it.
    """
    image = str(message["image"])
    found, path = _read(session, image)
    plain, sources = found.to_json(), dict(found.sources)
    values = [[name, value, sources.get(name)] for name, value in plain.items() if name not in _SKIPPED and value]
    return {
        "path": path,
        "values": values,
        "raw": list(dict(found.raw).items()),
        "leaves": _leaves(session, image, found),
        "warnings": [note.say(session.lang) for note in found.warnings],
    }


def _read(session: Session, image: str) -> tuple[ImageRecord, str]:
    from rembi_widgets.images import read_image

    place = place_of(session, image)
    record = session.curation.record
    scene = int(record.images.value(image, "scene_index") or 0)
    found = read_image(place)
    return next((item for item in found if item.scene_index == scene), found[0]), str(path_of(record, image))


def _leaves(session: Session, image: str, found: ImageRecord) -> list[list[Any]]:
    from rembi_widgets.images import header_leaves

    uses: dict[str, list[tuple[Any, str]]] = {}
    for place, value, label in _uses(session.curation.record, image, session.lang):
        uses.setdefault(place, []).append((value, label))
    return [[list(leaf.parts), leaf.value, _used(leaf, uses)] for leaf in header_leaves(found)]


def _used(leaf: Leaf, uses: Mapping[str, list[tuple[Any, str]]]) -> list[str]:
    """Give the fields that were filled from a place in the header, if they still say what stands there."""
    return list(dict.fromkeys(label for value, label in uses.get(leaf.place, ()) if leaf.field and _fits(leaf, value)))


def _fits(leaf: Leaf, value: Any) -> bool:
    """Tell whether a field holds what a leaf says: the value, as part of a text, or as what was made of it."""
    number = getattr(value, "number", value)
    if isinstance(number, int | float) and isinstance(leaf.held, int | float):
        return bool(number == leaf.held)
    return str(leaf.held) in value if isinstance(value, str) else isinstance(value, tuple) and bool(value)


def _uses(record: Curation, image: str, lang: str | None) -> Iterator[Use]:
    """Give place in the header, value and label of each field that a scan filled for an image."""
    images = record.images
    row = images.index.get(image)
    for column, marks in images.marks.items():
        mark = marks[row] if row is not None else None
        place = _place(mark.origin) if mark is not None else None
        if place:
            yield place, images.value(image, column), text(f"guide.image.{column}.label", lang)
    acquisition = acquisition_of(record, image)
    start = f"/acquisitions/{acquisition}/"
    for path, mark in record.marks.items() if acquisition else ():
        place = _place(mark.origin) if path.startswith(start) else None
        label = _label(record, start, path.removeprefix(start).split("/"), lang) if place else None
        if place and label:
            yield place, get(record, path), label


def _place(origin: Origin) -> str | None:
    return origin.header if origin.kind == "scan" else None


def _label(record: Curation, start: str, names: list[str], lang: str | None) -> str | None:
    """Name a field of an acquisition; one of a row with the row's number."""
    if len(names) == 1:
        return text(f"guide.acquisition.{names[0]}.label", lang)
    ids = [row.id for row in get(record, f"{start}{names[0]}") or ()] if names[0] in _ROWS else []
    if len(names) != 3 or names[1] not in ids:  # noqa: PLR2004 - list, row and column
        return None
    part = text(f"guide.{_ROWS[names[0]]}.label", lang)
    field = text(f"guide.{_ROWS[names[0]]}.{names[2]}.label", lang)
    return text("ui.header.of_row", lang, part=part, n=ids.index(names[1]) + 1, field=field)
