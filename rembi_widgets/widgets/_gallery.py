"""The gallery: groups of images with what they share, and previews."""

from __future__ import annotations

from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.locale import text
from rembi_widgets.record import Curation, get
from rembi_widgets.store import inside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rembi_widgets.widgets._session import Answer, Session

SHOWN = 12
"""Images of a group that are shown at first."""
THUMB = 256
KEPT = 400
"""Previews kept in memory."""
COMPARED = ("objective", "instrument", "pixel_size_x", "pixel_type", "channel_names", "size_c")


def groups(session: Session, _message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Give the groups of images that were proposed as acquisitions, and the files nobody could read."""
    record = session.curation.record
    lang = session.lang
    by_key: dict[str, list[int]] = {}
    for place, key in enumerate(record.images.column("group")):
        by_key.setdefault(str(key or ""), []).append(place)
    found = [_group(record, key, places, lang) for key, places in by_key.items()]
    files = record.files
    messages = zip(files.column("path"), files.column("message"), strict=True)
    unreadable = [{"path": path, "message": said} for path, said in messages if said]
    return {"groups": found, "unreadable": unreadable, "scan": session.extra.get("progress")}


def _group(record: Curation, key: str, places: Sequence[int], lang: str | None) -> dict[str, Any]:
    images = record.images
    ids = [images.ids[place] for place in places]
    acquisition = acquisition_of(record, ids[0])
    titled = get(record, f"/acquisitions/{acquisition}/title") if acquisition else None
    folders = Counter(str(PurePosixPath(path_of(record, row) or ".").parent) for row in ids)
    return {
        "key": key,
        "title": titled or text("ui.group.untitled", lang),
        "count": len(ids),
        "folders": [name for name, _ in folders.most_common(4)],
        "formats": [name for name in dict.fromkeys(images.value(row, "image_format") for row in ids) if name],
        "chips": _chips(record, places, lang),
        "sample_images": ids[:SHOWN],
        "outliers": list(_outliers(record, places)),
        "acquisition": acquisition,
        "pencil": _pencil(record, acquisition),
    }


def path_of(record: Curation, image: str) -> str | None:
    """Give the relative path of an image's file."""
    file = record.images.value(image, "file")
    path = record.files.value(file, "path") if file else None
    return str(path) if path else None


def acquisition_of(record: Curation, image: str) -> str | None:
    """Give the acquisition an image points to by its association, or its component's only one."""
    component = get(record, f"/components/{record.images.value(image, 'component')}")
    lines = component.associations if component is not None else ()
    named = record.images.value(image, "association")
    chosen = [line for line in lines if line.id == named] or (list(lines) if len(lines) == 1 else [])
    return chosen[0].acquisition if chosen else None


def _pencil(record: Curation, acquisition: str | None) -> int:
    if not acquisition:
        return 0
    start = f"/acquisitions/{acquisition}/"
    return sum(path.startswith(start) and not mark.confirmed for path, mark in record.marks.items())


def _common(record: Curation, places: Sequence[int], name: str) -> Any:
    column = record.images.column(name)
    values = Counter(column[place] for place in places if column[place] is not None)
    return values.most_common(1)[0][0] if values else None


def _chips(record: Curation, places: Sequence[int], lang: str | None) -> list[str]:
    x, y, z, t = (_common(record, places, f"size_{axis}") for axis in "xyzt")
    chips = []
    if x and y:
        chips.append(" × ".join(f"{int(size)}" for size in (x, y, *([z] if z and z > 1 else []))))
    if t and t > 1:
        chips.append(text("ui.group.time_points", lang, n=int(t)))
    pixel = _common(record, places, "pixel_size_x")
    if pixel:
        chips.append(text("ui.group.pixel", lang, size=f"{pixel:.3g}"))
    channels = _common(record, places, "channel_names")
    return [*chips, str(channels).replace(";", " · ")] if channels else chips


def _outliers(record: Curation, places: Sequence[int]) -> Any:
    """Give what a few images of a group say differently: less than a tenth of it."""
    for name in COMPARED:
        column = record.images.column(name)
        values = Counter(column[place] for place in places)
        for value, count in values.most_common()[1:]:
            if count * 10 < len(places) and value is not None:
                rows = [record.images.ids[place] for place in places if column[place] == value]
                yield {"field": name, "value": str(value), "count": count, "images": rows[:SHOWN]}


def thumb(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Give the preview of an image as PNG."""
    image = str(message["image"])
    kept: dict[tuple[str, int], bytes] = session.extra.setdefault("thumbs", {})
    size = min(int(message.get("size") or THUMB), 1024)
    if (image, size) not in kept:
        while len(kept) >= KEPT:
            kept.pop(next(iter(kept)))
        kept[image, size] = make_thumb(session, image, size)
    return {"type": "image/png"}, [kept[image, size]]


def make_thumb(session: Session, image: str, size: int) -> bytes:
    """Make the preview of an image, or take it from the ticket that brought the curation here.

    Raises
    ------
    RembiError
        If there is no such image, or its file cannot be shown.
    """
    from rembi_widgets.images import is_address, preview

    opened = session.curation
    path = path_of(opened.record, image)
    scene = int(opened.record.images.value(image, "scene_index") or 0)
    if is_address(path):
        return preview(str(path), scene=scene, size=size)
    if opened.folder is None or path is None:
        raise RembiError("ui.no_image")
    place = inside(opened.folder, path)
    carried = (opened.kept or opened.folder) / ".rembi" / "thumbs" / f"{image}.png"
    if not place.exists() and image in opened.record.images and carried.is_file():
        return carried.read_bytes()
    if not place.exists():
        raise RembiError("ui.image.elsewhere", path=path)
    return preview(place, scene=scene, size=size)


def place_of(session: Session, image: str) -> Path | str:
    """Give where an image's file lies: its path, or its address on the web.

    Raises
    ------
    RembiError
        If there is no such image, or its file is not there.
    """
    from rembi_widgets.images import is_address

    opened = session.curation
    path = path_of(opened.record, image)
    if is_address(path):
        return str(path)
    if opened.folder is None or path is None:
        raise RembiError("ui.no_image")
    place = inside(opened.folder, path)
    if not place.exists():
        raise RembiError("ui.image.elsewhere", path=path)
    return Path(place)
