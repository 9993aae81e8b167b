"""Zeiss CZI: the metadata segment, read without touching the pixels.

ZEISS CZI file format (DS_ZISRAW-FileFormat): the file header names the places of the directory and of the metadata,
which is XML. Files that other programs write may hold sizes only, or not even these: then the directory tells them.
Dimensions that are no z, channel or time (phase H, illumination I, block B, view V) are kept apart, never taken for one
of these.
"""

from __future__ import annotations

from struct import unpack_from
from typing import TYPE_CHECKING, Any

from rembi_widgets.images import _czi_parts as parts
from rembi_widgets.images._czi_blocks import METADATA_AT, SEGMENT, Block, directory, extent, scene_blocks
from rembi_widgets.images._errors import UnreadableImageError, first_bytes
from rembi_widgets.images._found import Found
from rembi_widgets.images._ome_plates import place_name
from rembi_widgets.images._plain_tiff import TEXT_SHOWN
from rembi_widgets.images._plain_xml import below, check_length, parse_xml, said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lxml import etree

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._source import Source

MAGIC = b"ZISRAWFILE"
SIZE_FIELDS = 256
"""Bytes of the metadata segment before its XML: lengths of the XML and of what follows it."""
SCENES_LIMIT = 10000
PIXEL_TYPES = {
    "Gray8": ("uint8", 1), "Gray16": ("uint16", 1), "Gray32": ("uint32", 1), "Gray32Float": ("float", 1),
    "Bgr24": ("uint8", 3), "Bgr48": ("uint16", 3), "Bgr96Float": ("float", 3), "Bgra32": ("uint8", 3),
    "Gray64ComplexFloat": ("complex", 1), "Bgr192ComplexFloat": ("complex", 3),
}  # fmt: skip
"""Zeiss's name of a pixel type to OME's, and the colours of a pixel; opacity is none."""
CODES = {
    0: "Gray8", 1: "Gray16", 2: "Gray32Float", 3: "Bgr24", 4: "Bgr48", 8: "Bgr96Float", 9: "Bgra32",
    10: "Gray64ComplexFloat", 11: "Bgr192ComplexFloat", 12: "Gray32",
}  # fmt: skip
"""Code of a pixel type in the directory to its name."""
COMPRESSIONS = {0: "none", 1: "JPEG", 2: "LZW", 4: "JPEG XR", 5: "Zstandard", 6: "Zstandard"}
OTHER_DIMENSIONS = "HIVBR"
IMAGE = "Information/Image"
_NEVER = "0001-01-01"


class CziReader:
    """Reads Zeiss CZI."""

    name = "czi"
    formats = ("CZI",)
    untested = ()

    def matches(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 - the bytes decide
        """Tell whether the file begins as a CZI does."""
        return head.startswith(MAGIC)

    def read(self, source: Source) -> tuple[ImageRecord, ...]:
        """Give a record for each scene."""
        root = metadata(source)
        image = root.find(f"Metadata/{IMAGE}")
        if image is None:
            raise UnreadableImageError("images.no_size", name=source.path.name)
        scenes = list(below(image, "Dimensions/S/Scenes/Scene"))[:SCENES_LIMIT]
        several = len(scenes) > 1
        blocks = _blocks(source) if several or _unsized(image) else ()
        numbered: Sequence[etree._Element | None] = scenes if several else [scenes[0] if scenes else None]
        return tuple(
            _record(source, root, image, scene, (place, blocks if not several else scene_blocks(blocks, place)))
            for place, scene in enumerate(numbered)
        )


def metadata(source: Source) -> etree._Element:
    """Give the XML of the metadata segment.

    Raises
    ------
    UnreadableImageError
        If there is none, it lies outside the file, or it is no sound XML.
    """
    begin: int = unpack_from("<q", source.at(METADATA_AT, 8))[0]
    mark = source.at(begin, 16)
    if not mark.startswith(b"ZISRAWMETADATA"):
        raise UnreadableImageError("images.czi_segment", name=source.path.name, found=first_bytes(mark), at=begin)
    length: int = unpack_from("<I", source.at(begin + SEGMENT, 4))[0]
    check_length(length, source.path.name)
    return parse_xml(source.at(begin + SEGMENT + SIZE_FIELDS, length), source.path.name)


def _blocks(source: Source) -> tuple[Block, ...]:
    """Give the pieces of the directory; none if it is broken: the XML may say enough."""
    try:
        return directory(source)
    except UnreadableImageError:
        return ()


def _unsized(image: etree._Element) -> bool:
    return any(not (said(image, f"Size{axis}") or "").isdecimal() for axis in "XY")


def _record(
    source: Source,
    root: etree._Element,
    image: etree._Element,
    scene: etree._Element | None,
    pieces: tuple[int, Sequence[Block]],
) -> ImageRecord:
    place, blocks = pieces
    found, raw = Found(), dict[str, str]()
    known = root.find("Metadata")
    _sizes(image, blocks, found, raw)
    if "size_x" not in found.values or "size_y" not in found.values:
        raise UnreadableImageError("images.no_size", name=source.path.name)
    _scaling(known, found)
    _scene(scene, found)
    _texts(known, image, found, raw)
    parts.fill(known, image, found)
    if source.personal:
        name = said(known, "Information/User/DisplayName") or said(known, "Information/Document/UserName")
        found.put("experimenter", name, "Information/Document/UserName")
    about: dict[str, Any] = {**source.about(), "format": "CZI", "reader": "czi", "scene_index": place}
    return found.record(**about, raw=raw)


def _sizes(image: etree._Element, blocks: Sequence[Block], found: Found, raw: dict[str, str]) -> None:
    """Fill in sizes and type: as the XML states, else as the pieces of the scene cover."""
    kind = said(image, "PixelType") or CODES.get(blocks[0].pixel_type if blocks else -1, "")
    pixel_type, colours = PIXEL_TYPES.get(kind, (None, 1))
    found.put("pixel_type", pixel_type, f"{IMAGE}/PixelType" if said(image, "PixelType") else "ZISRAWDIRECTORY")
    for axis in "XYZCT":
        name = f"size_{axis.lower()}"
        covered = extent(blocks, axis)
        stated = said(image, f"Size{axis}")
        size = covered if covered is not None else found.notes.size(name, stated or (None if axis in "XY" else "1"))
        if size is not None and axis == "C":
            size *= colours
        place = f"{IMAGE}/Size{axis}" if covered is None else "ZISRAWDIRECTORY"
        found.put(name, size, place, derived=covered is not None)
    for axis in OTHER_DIMENSIONS:
        size_text = said(image, f"Size{axis}")
        if size_text and size_text != "1":
            raw[f"size {axis}"] = size_text[:20]
    if blocks:
        found.put("compression", COMPRESSIONS.get(blocks[0].compression), "ZISRAWDIRECTORY")


def _scaling(known: etree._Element | None, found: Found) -> None:
    """Fill in pixel sizes, which are in metres; 0 is Zeiss's way to say "not known"."""
    for distance in below(known, "Scaling/Items/Distance"):
        axis = distance.get("Id", "")
        if axis in ("X", "Y", "Z"):
            name = f"px_{axis.lower()}_um"
            size = found.notes.length_um(name, said(distance, "Value"), "m")
            found.put(name, size, f"Scaling/Items/Distance[@Id='{axis}']/Value")


def _scene(scene: etree._Element | None, found: Found) -> None:
    """Fill in the scene's name, and its well where it lies in one."""
    if scene is None:
        return
    place = f"{IMAGE}/Dimensions/S/Scenes/Scene"
    found.put("scene_name", scene.get("Name"), f"{place}/@Name")
    for name, child, convention in (("well_row", "RowIndex", "letter"), ("well_col", "ColumnIndex", "number")):
        index = said(scene, f"Shape/{child}")
        if index and index.isdecimal() and int(index) > 0:
            found.put(name, place_name(str(int(index) - 1), convention), f"{place}/Shape/{child}", derived=True)


def _texts(known: etree._Element | None, image: etree._Element, found: Found, raw: dict[str, str]) -> None:
    """Fill in date, program, description. The day a document was made is not that of its acquisition."""
    for path in ("AcquisitionDateAndTime", "Dimensions/T/StartTime"):
        when = said(image, path)
        if when and not when.startswith(_NEVER):
            found.put("acquired_at", found.notes.date("acquired_at", when), f"{IMAGE}/{path}")
            break
    program = (said(known, "Information/Application/Name"), said(known, "Information/Application/Version"))
    found.put("software", " ".join(word for word in program if word), "Information/Application")
    for name in ("Description", "Comment"):
        text = said(known, f"Information/Document/{name}")
        if text:
            found.put("description", text[:TEXT_SHOWN], f"Information/Document/{name}")
            break
    created = said(known, "Information/Document/CreationDate")
    if created:
        raw["document created"] = created[:40]
