"""OME-Zarr 0.1 to 0.5 in a folder: images, plates, and what bioformats2raw writes; one record an image.

OME-Zarr 0.4 and 0.5, sections ``multiscales``, ``omero``, ``plate``, ``well`` and ``bioformats2raw.layout``. A scale
without a unit is no pixel size: the specification leaves open what it counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rembi_widgets.images import _zarr_scales as scales_of
from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._found import Found
from rembi_widgets.images._imagerecord import Note
from rembi_widgets.images._ome_map import images_of
from rembi_widgets.images._ome_xml import XML_LIMIT, is_ome_xml, parse
from rembi_widgets.images._source import HEAD
from rembi_widgets.images._zarr_store import (
    Array,
    Remote,
    array,
    attributes,
    content,
    is_node,
    is_zarr,
    listed,
    mapping,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._source import Source

IMAGES_LIMIT = 20000
"""Images of one store that are read: a plate of 1536 wells with 13 fields."""
LEVELS_LIMIT = 32
METADATA = "OME/METADATA.ome.xml"
WEB_FAULTS = frozenset({"images.web_many", "images.web_slow", "images.web_status", "images.web_unreachable"})
"""What ends the reading of a plate on the web halfway."""


@dataclass(frozen=True, slots=True)
class Scene:
    """An image of a store: where it lies, and the well it was taken in."""

    below: str = ""
    place: Mapping[str, str] = field(default_factory=dict)


class ZarrReader:
    """Reads OME-Zarr in a folder."""

    name = "zarr"
    formats = ("OME-Zarr",)
    untested = ()

    def matches(self, head: bytes, path: Path) -> bool:
        """Tell whether a folder holds Zarr's files."""
        return not head and is_zarr(path)

    def read(self, source: Source) -> tuple[ImageRecord, ...]:
        """Give a record for each image."""
        store = source.path
        about: dict[str, Any] = {
            "path": store.as_posix(), "mtime": source.mtime, "format": "OME-Zarr", "reader": self.name,
        }  # fmt: skip
        return records_of(store, about, personal=source.personal)


def records_of(store: Path | Remote, about: Mapping[str, Any], *, personal: bool) -> tuple[ImageRecord, ...]:
    """Give a record for each image of a store.

    Raises
    ------
    UnreadableImageError
        If there is none, or its description is broken.
    """
    scenes = scenes_of(store)
    detailed = _metadata(store, scenes, about, personal=personal)
    if detailed:
        return tuple(detailed)
    found: list[ImageRecord] = []
    for index, scene in enumerate(scenes):
        try:
            found.append(_record(store, index, scene, about))
        except UnreadableImageError as fault:
            if not found or fault.key not in WEB_FAULTS:
                raise
            # what was read of a large plate is worth keeping when time or patience of the server is over
            more = Note("images.note.web_more", {"read": len(found), "of": len(scenes), "reason": str(fault)})
            found[-1] = replace(found[-1], warnings=(*found[-1].warnings, more))
            break
    return tuple(found)


def scenes_of(store: Path | Remote) -> list[Scene]:
    """Give the images of a store, in their order.

    Raises
    ------
    UnreadableImageError
        If there is none.
    """
    said, _ = attributes(store)
    scenes = list(_scenes(store, said))[:IMAGES_LIMIT]
    if not scenes:
        raise UnreadableImageError("images.zarr_no_image", name=store.name)
    return scenes


def scene_of(store: Path | Remote, index: int) -> Scene:
    """Give one image of a store; of a plate no more wells are looked into than are before it.

    Raises
    ------
    UnreadableImageError
        If there is none.
    """
    said, _ = attributes(store)
    scenes = list(islice(_scenes(store, said), max(0, index + 1)))
    if not 0 <= index < len(scenes):
        raise UnreadableImageError("images.no_preview.no_scene", name=store.name, scene=index, count=len(scenes))
    return scenes[index]


def _scenes(store: Path | Remote, said: Mapping[str, Any]) -> Iterator[Scene]:
    if "multiscales" in said:
        yield Scene()
    elif "plate" in said:
        yield from _plate(store, mapping(said["plate"]))
    elif "bioformats2raw.layout" in said or (isinstance(store, Path) and (store / "OME").is_dir()):
        yield from _series(store)


def _plate(store: Path | Remote, plate: Mapping[str, Any]) -> Iterator[Scene]:
    name = str(plate.get("name") or "")
    count = 0
    for well in listed(plate.get("wells")):
        below = str(mapping(well).get("path") or "").strip("/")
        row, _, column = below.partition("/")
        images = mapping(attributes(store, below)[0].get("well")).get("images")
        for image in listed(images):
            if count >= IMAGES_LIMIT:
                return
            count += 1
            place = {"plate": name, "well_row": row, "well_col": column}
            yield Scene(f"{below}/{mapping(image).get('path', '0')}", place)


def _series(store: Path | Remote) -> Iterator[Scene]:
    """Give the images of bioformats2raw's layout: as listed, else numbered from 0."""
    series = listed(attributes(store, "OME")[0].get("series"))
    if series:
        yield from (Scene(str(below)) for below in series)
        return
    for number in range(IMAGES_LIMIT):
        if not is_node(store, str(number)):
            return
        yield Scene(str(number))


def _metadata(
    store: Path | Remote, scenes: Sequence[Scene], about: Mapping[str, Any], *, personal: bool
) -> list[ImageRecord]:
    """Give the records of the OME-XML beside the images, if it describes as many."""
    count = len(scenes)
    if not isinstance(store, Path) and not scenes[0].below:
        return []  # one image alone has none, and asking for it costs time
    data = content(store, METADATA, XML_LIMIT)
    if data is None or not is_ome_xml(data[:HEAD]):
        return []
    document = parse(data, METADATA)
    found = images_of(document, about, personal=personal)
    prefixed = [
        replace(record, sources={name: f"{METADATA} {said}" for name, said in record.sources.items()})
        for record in found
    ]
    return prefixed if len(found) == count else []


def record_of(store: Path | Remote, index: int, about: Mapping[str, Any]) -> ImageRecord:
    """Give the record of one image of a store, by what lies beside its pixels alone; as ``records_of`` raises."""
    return _record(store, index, scene_of(store, index), about)


def _record(store: Path | Remote, index: int, scene: Scene, about: Mapping[str, Any]) -> ImageRecord:
    said, place = attributes(store, scene.below)
    scales = mapping(next(iter(listed(said.get("multiscales"))), None))
    largest = array(store, _level_paths(store, scene, scales)[0])
    found = Found()
    axes = scales_of.axes_of(scales, largest)
    scales_of.sizes(largest, axes, place, found)
    scales_of.pixel_sizes(scales, axes, place, found)
    shown = mapping(said.get("omero"))
    name = scales.get("name") or shown.get("name") or scene.below
    found.put("scene_name", str(name), f"{place} multiscales/name")
    scales_of.channels(shown, place, found)
    for key, value in scene.place.items():
        found.put(key, value, "plate")
    version = str(scales.get("version") or said.get("version") or "")
    raw = {"version": version} if version else {}
    return found.record(scene_index=index, raw=raw, compression=largest.compression, **about)


def level_for(store: Path | Remote, scene: Scene, scales: Mapping[str, Any], size: int) -> tuple[Array, list[str]]:
    """Give the smallest level of a pyramid that is as large as wanted, else the largest, and the names of its axes.

    The description of the smallest is read first: on the web each costs a request. Missing ones are passed over.

    Raises
    ------
    UnreadableImageError
        If the largest one is not there.
    """
    paths = _level_paths(store, scene, scales)
    first = array(store, paths[0])
    names = [axis["name"] for axis in scales_of.axes_of(scales, first)]
    y, x = names.index("y"), names.index("x")
    for path in reversed(paths[1:LEVELS_LIMIT]):
        try:
            level = array(store, path)
        except UnreadableImageError as fault:
            if fault.key in WEB_FAULTS:
                raise
            continue
        if len(level.shape) == len(names) and max(level.shape[y], level.shape[x]) >= size:
            return level, names
    return first, names


def _level_paths(store: Path | Remote, scene: Scene, scales: Mapping[str, Any]) -> list[str]:
    lead = f"{scene.below}/" if scene.below else ""
    paths = [f"{lead}{mapping(item).get('path', '')}" for item in listed(scales.get("datasets"))]
    if not paths:
        raise UnreadableImageError("images.zarr_no_image", name=store.name)
    return paths
