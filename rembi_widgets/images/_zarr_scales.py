"""An OME-Zarr image's axes, scales and channels: the sections ``multiscales`` and ``omero`` of OME-Zarr 0.1 to 0.5."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._imagerecord import ImageChannel
from rembi_widgets.images._zarr_store import Array, listed, mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rembi_widgets.images._found import Found

OLD_AXES = ("t", "c", "z", "y", "x")
"""The axes of versions 0.1 and 0.2, which name none."""
_LENGTHS = {"x": "px_x_um", "y": "px_y_um", "z": "px_z_um"}


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


def sizes(level: Array, axes: tuple[dict[str, Any], ...], place: str, found: Found) -> None:
    """Fill in the number of pixels along each axis."""
    source = f"{place} multiscales/datasets shape"
    lengths = dict.fromkeys("xyzct", 1)
    known = [(axis["name"], length) for axis, length in zip(axes, level.shape, strict=True)]
    lengths |= {name: length for name, length in known if name in lengths}
    for name, length in lengths.items():
        found.put(f"size_{name}", found.notes.size(f"size_{name}", length), source)
    order = "".join(name for name, _ in reversed(known) if name in lengths).upper()
    missing = "".join(name for name in "XYZCT" if name not in order)
    found.put("dim_order", order + missing if order.startswith("XY") else None, f"{place} multiscales/axes")
    found.put("pixel_type", level.pixel_type, "data type of the array")
    others = prod(length for name, length in known if name not in lengths)
    if others > 1:
        found.notes.note("axes", found=", ".join(name for name, _ in known if name not in lengths))


def pixel_sizes(scales: Mapping[str, Any], axes: tuple[dict[str, Any], ...], place: str, found: Found) -> None:
    """Fill in pixel sizes and the time step: the first level's scale times that of all."""
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


def channels(shown: Mapping[str, Any], place: str, found: Found) -> None:
    """Fill in the channels that the section ``omero`` names."""
    shown_channels = []
    for index, item in enumerate(listed(shown.get("channels"))):
        said = mapping(item)
        colour = str(said.get("color") or "").lstrip("#").upper()
        known = len(colour) == 6 and not colour.strip("0123456789ABCDEF")  # noqa: PLR2004 - RRGGBB
        label = said.get("label")
        shown_channels.append(
            ImageChannel(index=index, name=str(label) if label else None, color_hex=f"#{colour}" if known else None)
        )
    found.put("channels", tuple(shown_channels), f"{place} omero/channels")
    if shown_channels:
        found.sources["channels.name"] = f"{place} omero/channels/label"
        found.sources["channels.color_hex"] = f"{place} omero/channels/color"
