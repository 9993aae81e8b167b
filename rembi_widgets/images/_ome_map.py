"""OME-XML to image records: which element and attribute fills which field (OME 2016-06 and its forerunners).

Tables say what goes where; each field's source is its place in the header. Elements are matched by their local name, so
that every year's namespace and every prefix reads the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rembi_widgets.images import _ome_parts as parts
from rembi_widgets.images._found import Found
from rembi_widgets.images._ome_planes import exposures, time_step
from rembi_widgets.images._ome_plates import wells
from rembi_widgets.images._ome_raw import raw_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._ome_xml import OmeXml

PIXEL_TYPES = frozenset(
    {"int8", "int16", "int32", "uint8", "uint16", "uint32", "float", "double", "complex", "double-complex", "bit"}
)
ORDERS = frozenset({"XYCZT", "XYCTZ", "XYZCT", "XYZTC", "XYTCZ", "XYTZC"})
_SIZES = tuple((f"size_{axis.lower()}", f"Size{axis}", f"Image/Pixels/@Size{axis}") for axis in "XYZCT")
_LENGTHS = tuple(
    (f"px_{axis.lower()}_um", f"PhysicalSize{axis}", f"Image/Pixels/@PhysicalSize{axis}") for axis in "XYZ"
)
_WORDS = (
    ("dim_order", "DimensionOrder", ORDERS),
    ("pixel_type", "Type", PIXEL_TYPES),
    ("pixel_type", "PixelType", PIXEL_TYPES),  # until 2010
)
STEP, STEP_SOURCE = "time_increment_s", "Image/Pixels/Plane/@DeltaT"
_SPACES = re.compile(r"\s+")


def images_of(document: OmeXml, about: Mapping[str, Any], *, personal: bool = False) -> list[ImageRecord]:
    """Give the record of every ``Image`` of a document, in its order.

    Parameters
    ----------
    document
        The parsed header.
    about
        What is known of the file: path, size, format.
    personal
        Whether names of people are read.
    """
    shared = _Shared(document, personal=personal)
    return [_image(shared, index, image, about) for index, image in enumerate(shared.images)]


class _Shared:
    """What the images of one document share: instruments, plates, the people, the writing program."""

    def __init__(self, document: OmeXml, *, personal: bool) -> None:
        tops: dict[str, list[etree._Element]] = {}
        for child in document.root:
            tops.setdefault(parts.local(child), []).append(child)
        self.images = tops.get("Image", [])
        self.root = document.root.attrib
        self.planes = document.planes
        self.instruments = parts.instruments_of(tops.get("Instrument", ()))
        self.wells = wells(tops["Plate"]) if "Plate" in tops else {}
        notes = tops.get("StructuredAnnotations", ())
        self.raw = raw_values(notes, personal=personal) if notes else {}
        self.people = {person.get("ID", ""): person for person in tops.get("Experimenter", ())} if personal else {}


def _image(shared: _Shared, index: int, image: etree._Element, about: Mapping[str, Any]) -> ImageRecord:
    found = Found()
    children: dict[str, etree._Element] = {}
    for child in image:
        children.setdefault(parts.local(child), child)
    _texts(shared, image, children, found)
    channels: tuple[etree._Element, ...] = ()
    if "Pixels" in children:
        cut = shared.planes[index] if index < len(shared.planes) else b""
        channels = _pixels(children["Pixels"], cut, found)
    parts.fill(shared.instruments, children, channels, found)
    _place(shared, image, found)
    if "ExperimenterRef" in children:
        _person(shared, children["ExperimenterRef"], found)
    return found.record(scene_index=index, raw=shared.raw, **about)


def _texts(shared: _Shared, image: etree._Element, children: Mapping[str, etree._Element], found: Found) -> None:
    """Fill in name, description, date, UUID and program."""
    found.put("scene_name", image.get("Name"), "Image/@Name")
    found.put("uuid", shared.root.get("UUID"), "@UUID")
    found.put("software", shared.root.get("Creator"), "@Creator")
    if "Description" in children:
        found.put("description", (children["Description"].text or "").strip(), "Image/Description")
    for name in ("AcquisitionDate", "CreationDate"):  # the second until 2010
        if name in children:
            found.put("acquired_at", found.notes.date("acquired_at", children[name].text), f"Image/{name}")
            return


def _pixels(pixels: etree._Element, cut: bytes, found: Found) -> tuple[etree._Element, ...]:
    """Fill in sizes, type, pixel sizes, time step and channels; give the channels' elements."""
    said: Mapping[str, str] = dict(pixels.items())
    sampling(said, found)
    _time_step(cut or pixels, found)
    channels = tuple(child for child in pixels if parts.local(child) == "Channel")
    if channels:
        shown = exposures(cut or pixels, len(channels))
        read = tuple(parts.channel(number, item, shown.get(number), found) for number, item in enumerate(channels))
        found.put("channels", read, "Image/Pixels/Channel")
    return channels


def sampling(said: Mapping[str, str], found: Found) -> None:
    """Fill in what the attributes of ``Pixels`` say: sizes, pixel sizes, order, type, time step."""
    sizes(said, found)
    scales(said, found)
    words(said, found)


def sizes(said: Mapping[str, str], found: Found) -> None:
    """Fill in the sizes in pixels."""
    notes = found.notes
    for name, attribute, source in _SIZES:
        if attribute in said:
            found.put(name, notes.size(name, said[attribute]), source)


def scales(said: Mapping[str, str], found: Found) -> None:
    """Fill in the sizes of a pixel and the time step."""
    notes = found.notes
    for name, attribute, source in _LENGTHS:
        if attribute in said:
            found.put(name, notes.length_um(name, said[attribute], said.get(attribute + "Unit")), source)
    if "TimeIncrement" in said:
        step = notes.time_s(STEP, said["TimeIncrement"], said.get("TimeIncrementUnit"))
        found.put(STEP, step, "Image/Pixels/@TimeIncrement")


def words(said: Mapping[str, str], found: Found) -> None:
    """Fill in the order of the dimensions and the type of the pixels."""
    notes = found.notes
    for name, attribute, known in _WORDS:
        if attribute in said:
            found.put(name, notes.word(name, said[attribute], known), f"Image/Pixels/@{attribute}")


def _time_step(planes: bytes | etree._Element, found: Found) -> None:
    """Fill in the time step from the times of two planes, where it is not stated."""
    if STEP not in found.values and found.values.get("size_t", 1) > 1:
        found.put(STEP, time_step(planes, found.notes), STEP_SOURCE, derived=True)


def _place(shared: _Shared, image: etree._Element, found: Found) -> None:
    """Fill in plate, well and the number of regions of interest."""
    for name, value in shared.wells.get(image.get("ID", ""), {}).items():
        found.put(name, value, "Plate/@Name" if name == "plate" else "Plate/Well")
    regions = sum(1 for child in image if parts.local(child) == "ROIRef")
    found.put("roi_count", regions or None, "Image/ROIRef")


def _person(shared: _Shared, ref: etree._Element, found: Found) -> None:
    person = shared.people.get(ref.get("ID", ""))
    if person is None:
        return
    named = f"{person.get('FirstName', '')} {person.get('LastName', '')}".strip() or person.get("UserName", "")
    found.put("experimenter", _SPACES.sub(" ", named), "Experimenter")
