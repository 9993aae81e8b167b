"""Which directory of which file holds a plane of an OME-TIFF (OME-TIFF specification, "TiffData")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rembi_widgets.images._ome_parts import local

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._ome_xml import OmeXml

LONG = 19
"""Digits of a number that counts nothing any more."""
_BLOCK = re.compile(rb"<(?:[\w.-]+:)?TiffData\b([^<>]*?)(/?)>(?:\s*<(?:[\w.-]+:)?UUID\b([^<>]*)>)?")
_ATTRIBUTE = re.compile(rb"""([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass(frozen=True, slots=True)
class Frame:
    """A plane: the file it lies in (none: this file) and the number of its directory."""

    file: str | None
    ifd: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Planes that follow one another in a file; ``count`` is none where all that are left are meant."""

    first: int
    count: int | None
    ifd: int
    file: str | None


def frames(document: OmeXml, record: ImageRecord, wanted: list[tuple[int, int, int]]) -> list[Frame]:
    """Give where the planes lie; (z, c, t) each, ``c`` counting channels.

    Raises
    ------
    KeyError
        If the header does not say where one lies.
    """
    images = [child for child in document.root if local(child) == "Image"]
    pixels = next(child for child in images[record.scene_index] if local(child) == "Pixels")
    cut = document.planes[record.scene_index] if record.scene_index < len(document.planes) else b""
    sizes = {"Z": record.size_z or 1, "T": record.size_t or 1, "C": planes_of_channels(record, pixels)}
    order = (record.dim_order or "XYCZT")[2:]
    blocks = _from_bytes(cut) if cut else _from_element(pixels)
    runs = [_run(said, file, order, sizes) for said, file in blocks] or [_Run(0, None, 0, None)]
    return [_frame(runs, _index({"Z": z, "C": c, "T": t}, order, sizes)) for z, c, t in wanted]


def planes_of_channels(record: ImageRecord, pixels: etree._Element) -> int:
    """Give how many planes the channels take: the three samples of a coloured pixel lie in one."""
    channel = next((child for child in pixels if local(child) == "Channel"), None)
    samples = channel.get("SamplesPerPixel", "1") if channel is not None else "1"
    each = (int(samples) if samples.isdecimal() and len(samples) < LONG else 1) or 1
    return max(1, (record.size_c or 1) // each)


def _frame(runs: list[_Run], index: int) -> Frame:
    for run in runs:
        past = index - run.first
        if past >= 0 and (run.count is None or past < run.count):
            return Frame(run.file, run.ifd + past)
    raise KeyError(index)


def _index(place: Mapping[str, int], order: str, sizes: Mapping[str, int]) -> int:
    index, step = 0, 1
    for axis in order:
        index += place[axis] * step
        step *= sizes[axis]
    return index


def _run(said: Mapping[str, str], file: str | None, order: str, sizes: Mapping[str, int]) -> _Run:
    def number(name: str, default: int = 0) -> int:
        found = said.get(name, "")
        return int(found) if found.isdecimal() and len(found) < LONG else default

    place = {axis: number(f"First{axis}") for axis in "ZCT"}
    count = number("PlaneCount", 1) if "IFD" in said or "PlaneCount" in said else None
    return _Run(_index(place, order, sizes), count, number("IFD"), file)


def _from_bytes(cut: bytes) -> Iterator[tuple[dict[str, str], str | None]]:
    for found in _BLOCK.finditer(cut):
        name = _attributes(found[3]).get("FileName") if found[3] and not found[2] else None
        yield _attributes(found[1]), name


def _attributes(tag: bytes) -> dict[str, str]:
    from xml.sax.saxutils import unescape

    pairs = ((name, one or two) for name, one, two in _ATTRIBUTE.findall(tag))
    return {name.decode("utf-8", "replace"): unescape(value.decode("utf-8", "replace")) for name, value in pairs}


def _from_element(pixels: etree._Element) -> Iterator[tuple[dict[str, str], str | None]]:
    for child in pixels:
        if local(child) == "TiffData":
            uuid = next((item for item in child if local(item) == "UUID"), None)
            said = {str(name): str(value) for name, value in child.attrib.items()}
            yield said, uuid.get("FileName") if uuid is not None else None
