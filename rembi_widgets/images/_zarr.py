"""OME-Zarr 0.1 to 0.5 in a folder: images, plates, and what bioformats2raw writes; one record an image.

OME-Zarr 0.4 and 0.5, sections ``multiscales``, ``omero``, ``plate``, ``well`` and ``bioformats2raw.layout``. A scale
without a unit is no pixel size: the specification leaves open what it counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import prod
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._found import Found
from rembi_widgets.images._imagerecord import ImageChannel
from rembi_widgets.images._ome_map import images_of
from rembi_widgets.images._ome_xml import XML_LIMIT, is_ome_xml, parse
from rembi_widgets.images._source import Source
from rembi_widgets.images._zarr_store import Array, array, attributes, inside, is_zarr, listed, mapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rembi_widgets.images._imagerecord import ImageRecord

IMAGES_LIMIT = 20000
"""Images of one store that are read: a plate of 1536 wells with 13 fields."""
LEVELS_LIMIT = 32
METADATA = "OME/METADATA.ome.xml"
OLD_AXES = ("t", "c", "z", "y", "x")
"""The axes of versions 0.1 and 0.2, which name none."""
_LENGTHS = {"x": "px_x_um", "y": "px_y_um", "z": "px_z_um"}


@dataclass(frozen=True, slots=True)
class Scene:
    """An image of a store: where it lies, and the well it was taken in."""

    below: str = ""
    place: Mapping[str, str] = field(default_factory=dict)


class ZarrReader:
    """Reads OME-Zarr in a folder."""

    name = "zarr"
    formats = ("OME-Zarr",)

    def matches(self, head: bytes, path: Path) -> bool:
        """Tell whether a folder holds Zarr's files."""
        return not head and is_zarr(path)

    def read(self, source: Source) -> tuple[ImageRecord, ...]:
        """Give a record for each image."""
        store = source.path
        about: dict[str, Any] = {
            "path": store.as_posix(), "mtime": source.mtime, "format": "OME-Zarr", "reader": self.name,
        }  # fmt: skip
        scenes = scenes_of(store)
        detailed = _metadata(store, len(scenes), about, personal=source.personal)
        if detailed:
            return tuple(detailed)
        return tuple(_record(store, index, scene, about) for index, scene in enumerate(scenes))


def scenes_of(store: Path) -> list[Scene]:
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


def _scenes(store: Path, said: Mapping[str, Any]) -> Iterator[Scene]:
    if "multiscales" in said:
        yield Scene()
    elif "plate" in said:
        yield from _plate(store, mapping(said["plate"]))
    elif "bioformats2raw.layout" in said or (store / "OME").is_dir():
        yield from _series(store)


def _plate(store: Path, plate: Mapping[str, Any]) -> Iterator[Scene]:
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


def _series(store: Path) -> Iterator[Scene]:
    """Give the images of bioformats2raw's layout: as listed, else numbered from 0."""
    series = listed(attributes(store, "OME")[0].get("series"))
    if series:
        yield from (Scene(str(below)) for below in series)
        return
    for number in range(IMAGES_LIMIT):
        if not is_zarr(inside(store, str(number))):
            return
        yield Scene(str(number))


def _metadata(store: Path, count: int, about: Mapping[str, Any], *, personal: bool) -> list[ImageRecord]:
    """Give the records of the OME-XML beside the images, if it describes as many."""
    place = inside(store, METADATA)
    if not place.is_file():
        return []
    with Source(place) as source:
        if not is_ome_xml(source.head):
            return []
        document = parse(source.all(XML_LIMIT), METADATA)
    found = images_of(document, about, personal=personal)
    prefixed = [
        replace(record, sources={name: f"{METADATA} {said}" for name, said in record.sources.items()})
        for record in found
    ]
    return prefixed if len(found) == count else []


def _record(store: Path, index: int, scene: Scene, about: Mapping[str, Any]) -> ImageRecord:
    said, place = attributes(store, scene.below)
    scales = mapping(next(iter(listed(said.get("multiscales"))), None))
    levels = levels_of(store, scene, scales)
    found = Found()
    axes = axes_of(scales, levels[0][1])
    _sizes(levels[0][1], axes, place, found)
    _pixel_sizes(scales, axes, place, found)
    shown = mapping(said.get("omero"))
    name = scales.get("name") or shown.get("name") or scene.below
    found.put("scene_name", str(name), f"{place} multiscales/name")
    _channels(shown, place, found)
    for key, value in scene.place.items():
        found.put(key, value, "plate")
    version = str(scales.get("version") or said.get("version") or "")
    raw = {"version": version} if version else {}
    return found.record(scene_index=index, raw=raw, compression=levels[0][1].compression, **about)


def levels_of(store: Path, scene: Scene, scales: Mapping[str, Any], *, every: bool = False) -> list[tuple[str, Array]]:
    """Give the levels of an image's pyramid, largest first: path and description; only the largest unless ``every``.

    Raises
    ------
    UnreadableImageError
        If the largest one is not there. Missing smaller ones are passed over.
    """
    lead = f"{scene.below}/" if scene.below else ""
    paths = [f"{lead}{mapping(item).get('path', '')}" for item in listed(scales.get("datasets"))]
    if not paths:
        raise UnreadableImageError("images.zarr_no_image", name=store.name)
    levels = [(paths[0], array(store, paths[0]))]
    for path in paths[1:LEVELS_LIMIT] if every else ():
        try:
            levels.append((path, array(store, path)))
        except UnreadableImageError:
            continue
    return levels


def axes_of(scales: Mapping[str, Any], level: Array) -> tuple[dict[str, Any], ...]:
    """Give the axes of an image: name, type and unit, in the order of the array.

    Raises
    ------
    UnreadableImageError
        If there are not as many as dimensions.
    """
    said = scales.get("axes")
    named = [item if isinstance(item, dict) else {"name": str(item)} for item in listed(said)]
    if not named:
        names = level.names if len(level.names) == len(level.shape) else OLD_AXES[-len(level.shape) :]
        named = [{"name": name} for name in names]
    if len(named) != len(level.shape):
        values = {"name": level.folder.name, "reason": f"{len(named)} axes, {len(level.shape)} dimensions"}
        raise UnreadableImageError("images.zarr_array", **values)
    return tuple({**axis, "name": str(axis.get("name", "")).lower()} for axis in named)


def _sizes(level: Array, axes: tuple[dict[str, Any], ...], place: str, found: Found) -> None:
    source = f"{place} multiscales/datasets shape"
    sizes = dict.fromkeys("xyzct", 1)
    known = [(axis["name"], length) for axis, length in zip(axes, level.shape, strict=True)]
    sizes |= {name: length for name, length in known if name in sizes}
    for name, length in sizes.items():
        found.put(f"size_{name}", found.notes.size(f"size_{name}", length), source)
    order = "".join(name for name, _ in reversed(known) if name in sizes).upper()
    missing = "".join(name for name in "XYZCT" if name not in order)
    found.put("dim_order", order + missing if order.startswith("XY") else None, f"{place} multiscales/axes")
    found.put("pixel_type", level.pixel_type, "data type of the array")
    others = prod(length for name, length in known if name not in sizes)
    if others > 1:
        found.notes.note("axes", found=", ".join(name for name, _ in known if name not in sizes))


def _pixel_sizes(scales: Mapping[str, Any], axes: tuple[dict[str, Any], ...], place: str, found: Found) -> None:
    first = mapping(next(iter(listed(scales.get("datasets"))), None))
    scale = [1.0] * len(axes)
    stated = False
    for transform in (
        *listed(first.get("coordinateTransformations")),
        *listed(scales.get("coordinateTransformations")),
    ):
        factors = listed(mapping(transform).get("scale"))
        if len(factors) == len(axes):
            numbers = [found.notes.number("scale", factor) if _is_number(factor) else None for factor in factors]
            scale = [one * two if two is not None else 0.0 for one, two in zip(scale, numbers, strict=True)]
            stated = True
    if not stated:
        return
    source = f"{place} multiscales/datasets/coordinateTransformations/scale"
    for axis, factor in zip(axes, scale, strict=True):
        _step(axis, factor, source, found)


def _is_number(found: Any) -> bool:
    return isinstance(found, int | float | str)


def _step(axis: Mapping[str, Any], factor: float, source: str, found: Found) -> None:
    """Fill in the pixel size or time step of an axis, if its unit is known."""
    name, unit = str(axis["name"]), axis.get("unit")
    target = _LENGTHS.get(name) or ("time_increment_s" if name == "t" else None)
    if target is None or (not unit and factor == 1):
        return
    if not unit:
        found.notes.drop("no_unit", target, factor)
        return
    if name == "t":
        several = found.values.get("size_t", 1) > 1
        found.put(target, found.notes.time_s(target, factor, str(unit)) if several else None, source)
        return
    found.put(target, found.notes.length_um(target, factor, str(unit)), source)


def _channels(shown: Mapping[str, Any], place: str, found: Found) -> None:
    channels = []
    for index, item in enumerate(listed(shown.get("channels"))):
        said = mapping(item)
        colour = str(said.get("color") or "").lstrip("#").upper()
        known = len(colour) == 6 and not colour.strip("0123456789ABCDEF")  # noqa: PLR2004 - RRGGBB
        label = said.get("label")
        channels.append(
            ImageChannel(index=index, name=str(label) if label else None, color_hex=f"#{colour}" if known else None)
        )
    found.put("channels", tuple(channels), f"{place} omero/channels")
    if channels:
        found.sources["channels.name"] = f"{place} omero/channels/label"
        found.sources["channels.color_hex"] = f"{place} omero/channels/color"
