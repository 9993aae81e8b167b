"""ImageJ's TIFF: a description of ``key=value`` lines beside the tags (ImageJ's ``FileInfo`` and ``TiffEncoder``).

The resolution tags count pixels in the unit that the description names. Without one, or with "pixel", the image is not
calibrated. ``fps`` is the speed of the animation on the screen, not of the microscope.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rembi_widgets.images import _tiff_values as tags

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rembi_widgets.images._found import Found
    from rembi_widgets.images._tiff_header import Ifd

PLACE = "ImageDescription/"
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})")
_KEPT = ("mode", "min", "max", "images")
_AXES = (("size_c", "channels"), ("size_z", "slices"), ("size_t", "frames"))


def is_imagej(description: bytes) -> bool:
    """Tell whether a description is ImageJ's."""
    return description.startswith(b"ImageJ=")


def fill_imagej(ifd: Ifd, text: str, found: Found, raw: dict[str, str]) -> None:
    """Fill in what ImageJ says: axes, pixel sizes, time step."""
    said = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    found.put("software", f"ImageJ {said['ImageJ']}".strip(), PLACE + "ImageJ")
    raw |= {key: said[key] for key in _KEPT if key in said}
    _axes(ifd, said, found)
    for axis, key, tag in (("x", "unit", tags.X_RESOLUTION), ("y", "yunit", tags.Y_RESOLUTION)):
        unit = _unit(said.get(key) or said.get("unit"))
        per_unit = tags.numbers_of(ifd, tag, found.notes)
        if not unit or not per_unit:
            continue
        name = f"px_{axis}_um"
        if per_unit[0] > 0:
            found.put(name, found.notes.length_um(name, 1 / per_unit[0], unit), tags.place(tag))
        else:
            found.notes.drop("impossible", name, f"1 / {per_unit[0]} {unit}")
    _steps(said, found)


def _axes(ifd: Ifd, said: Mapping[str, str], found: Found) -> None:
    colours = tags.colours_of(ifd)
    planes = 1
    for name, key in _AXES:
        size = found.notes.size(name, said.get(key, "1"))
        planes *= size or 1
        if size and name == "size_c":
            size *= colours
        found.put(name, size, PLACE + key if key in said else "ImageDescription")
    found.put("dim_order", "XYCZT", "ImageDescription")
    images = found.notes.size("images", said.get("images", "1"))
    if images and images != planes:
        found.notes.note("planes_differ", stated=planes, stored=images)


def _steps(said: Mapping[str, str], found: Found) -> None:
    """Fill in the distance of planes and of time points, where there is more than one."""
    unit = _unit(said.get("zunit") or said.get("unit"))
    if "spacing" in said and unit and found.values.get("size_z", 1) > 1:
        found.put("px_z_um", found.notes.length_um("px_z_um", said["spacing"], unit), PLACE + "spacing")
    if "finterval" in said and found.values.get("size_t", 1) > 1:
        step = found.notes.time_s("time_increment_s", said["finterval"], said.get("tunit"))
        found.put("time_increment_s", step, PLACE + "finterval")


def _unit(said: str | None) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), said or "").strip()
