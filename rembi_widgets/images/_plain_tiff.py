"""TIFF without OME-XML: sizes, type, and only such pixel sizes as no printer or screen would have.

A resolution of 72 or 300 dpi is how a picture prints, not how large its specimen was; 72 dpi is not 352.78 µm. A
resolution in inches or centimetres counts as a pixel size below ``PRINTED_UM``, where no printer reaches, and is
marked as derived.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rembi_widgets.images import _tiff_values as tags
from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._found import Found
from rembi_widgets.images._imagej import fill_imagej, is_imagej
from rembi_widgets.images._tiff_header import Ifd, count_ifds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._source import Source

PRINTED_UM = 5.0
"""Pixels at least this large may be a matter of printing: 5 µm is 5080 dpi."""
UNIT_UM = {2: 25400.0, 3: 10000.0}
"""TIFF's units of resolution, in µm: inch and centimetre."""
TEXT_SHOWN = 10000
"""Characters of a free description that are kept."""


def read_plain_tiff(source: Source, ifd: Ifd, description: bytes) -> tuple[ImageRecord, ...]:
    """Give the record of a TIFF whose description is not OME-XML."""
    width, height = int(ifd.first(tags.WIDTH)), int(ifd.first(tags.HEIGHT))
    if width <= 0 or height <= 0:
        raise UnreadableImageError("images.no_size", name=source.path.name)
    found = Found()
    about = {**source.about(), "compression": tags.compression_of(ifd), "reader": "tiff"}
    found.sources["compression"] = tags.place(tags.COMPRESSION)
    found.put("size_x", width, tags.place(tags.WIDTH))
    found.put("size_y", height, tags.place(tags.HEIGHT))
    found.put("pixel_type", tags.pixel_type_of(ifd), tags.place(tags.BITS))
    tags.check_complete(ifd, found.notes)
    raw: dict[str, str] = {}
    text = description.decode("utf-8", "replace").strip()
    imagej = is_imagej(description)
    if imagej:
        fill_imagej(ifd, text, found, raw)
    else:
        _fill(source, ifd, text, found, raw)
    return (found.record(format="ImageJ TIFF" if imagej else "TIFF", raw=raw, **about),)


def _fill(source: Source, ifd: Ifd, text: str, found: Found, raw: dict[str, str]) -> None:
    colours = tags.colours_of(ifd)
    pages = count_ifds(source, ifd)
    if pages == 1:
        found.put("size_z", 1, "TIFF")
        found.put("size_t", 1, "TIFF")
        found.put("size_c", colours, tags.place(tags.SAMPLES))
    else:
        raw["pages"] = str(pages)  # which axis they are, the file does not say
        found.put("size_c", colours if colours > 1 else None, tags.place(tags.SAMPLES))
    _resolution(ifd, found, raw)
    found.put("software", tags.text_of(ifd, tags.SOFTWARE, found.notes), tags.place(tags.SOFTWARE))
    when = tags.date_of(tags.text_of(ifd, tags.DATE_TIME, found.notes))
    found.put("acquired_at", found.notes.date("acquired_at", when), tags.place(tags.DATE_TIME), derived=True)
    if text.startswith("{"):
        _shaped(text, found)
    elif text and not text.startswith("<"):
        found.put("description", _free_text(text), tags.place(tags.DESCRIPTION))


def _free_text(text: str) -> str:
    """Give a description without the fields that Aperio's scanners add, among them a user and a file name."""
    kept = text.split("|", 1)[0] if text.startswith("Aperio") else text
    return kept.strip()[:TEXT_SHOWN]


def _resolution(ifd: Ifd, found: Found, raw: dict[str, str]) -> None:
    """Fill in pixel sizes that are no printing resolution; keep the others as they are."""
    unit = UNIT_UM.get(int(ifd.first(tags.RESOLUTION_UNIT, 2)))
    for axis, tag in (("x", tags.X_RESOLUTION), ("y", tags.Y_RESOLUTION)):
        per_unit = tags.numbers_of(ifd, tag, found.notes)
        if unit is None or not per_unit or per_unit[0] <= 0:
            continue
        size = unit / per_unit[0]
        if size < PRINTED_UM:
            name = f"px_{axis}_um"
            found.put(name, found.notes.length_um(name, size), tags.place(tag), derived=True)
        else:
            raw[f"resolution {axis}"] = f"{25400 / size:.0f} dpi"


def _shaped(text: str, found: Found) -> None:
    """Fill in the sizes that tifffile writes as JSON: ``{"shape": [5, 64, 64], "axes": "ZYX"}``."""
    try:
        said: Any = json.loads(text)
    except (ValueError, RecursionError):
        return
    if not isinstance(said, dict):
        return
    shape, axes = said.get("shape"), said.get("axes")
    if not isinstance(shape, list) or not isinstance(axes, str) or len(shape) != len(axes):
        return
    _sizes(dict(zip(axes, shape, strict=True)), found)


def _sizes(shape: Mapping[str, Any], found: Found) -> None:
    for axis in "ZCT":
        stated = shape.get(axis, 1)
        if not isinstance(stated, int):
            return
        name = f"size_{axis.lower()}"
        if axis == "C" and "S" in shape:
            continue
        found.put(name, found.notes.size(name, stated), f"{tags.place(tags.DESCRIPTION)}/shape")
