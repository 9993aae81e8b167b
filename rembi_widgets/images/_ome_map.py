"""OME-XML to image records: which element and attribute fills which field (OME 2016-06 and its forerunners).

Tables say what goes where; each field's source is its place in the header. Elements are matched by their local name, so that
every year's namespace and every prefix reads the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rembi_widgets.images import _ome_parts as parts
from rembi_widgets.images._imagerecord import ImageRecord
from rembi_widgets.images._ome_planes import exposures, time_step
from rembi_widgets.images._ome_plates import wells
from rembi_widgets.images._ome_raw import raw_values
from rembi_widgets.images._sanity import Notes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from rembi_widgets.images._ome_xml import OmeXml

PIXEL_TYPES = frozenset(
    {"int8", "int16", "int32", "uint8", "uint16", "uint32", "float", "double", "complex", "double-complex", "bit"}
)
ORDERS = frozenset({"XYCZT", "XYCTZ", "XYZCT", "XYZTC", "XYTCZ", "XYTZC"})
_SIZES = tuple((f"size_{axis.lower()}", f"Size{axis}", f"Image/Pixels/@Size{axis}") for axis in "XYZCT")
_LENGTHS = tuple((f"px_{axis.lower()}_um", f"PhysicalSize{axis}", f"Image/Pixels/@PhysicalSize{axis}") for axis in "XYZ")


def local(element: etree._Element) -> str:
    """Give an element's name without its namespace."""
    tag: str = element.tag  # type: ignore[assignment]
    return tag[tag.rfind("}") + 1 :]


def images_of(document: OmeXml, *, personal: bool = False) -> list[ImageRecord]:
    """Give the record of every ``Image`` of a document, in its order.

    Parameters
    ----------
    document
        The parsed header.
    personal
        Whether names of people are read.
    """
    tops: dict[str, list[etree._Element]] = {}
    for child in document.root:
        tops.setdefault(local(child), []).append(child)
    shared = _Shared(document, tops, personal=personal)
    return [_image(shared, index, image) for index, image in enumerate(tops.get("Image", ()))]


class _Shared:
    """What the images of one document share: instruments, plates, the people, the writing program."""

    def __init__(self, document: OmeXml, tops: Mapping[str, list[etree._Element]], *, personal: bool) -> None:
        self.root = document.root.attrib
        self.planes = document.planes
        self.instruments = parts.instruments_of(tops.get("Instrument", ()))
        self.wells = wells(tops["Plate"]) if "Plate" in tops else {}
        self.raw = raw_values(tops["StructuredAnnotations"], personal=personal) if "StructuredAnnotations" in tops else {}
        self.people = {person.get("ID", ""): person for person in tops.get("Experimenter", ())} if personal else {}


def _image(shared: _Shared, index: int, image: etree._Element) -> ImageRecord:
    notes = Notes()
    given: dict[str, Any] = {}
    sources: dict[str, str] = {}
    confidence: dict[str, str] = {}
    children: dict[str, etree._Element] = {}
    for child in image:
        children.setdefault(local(child), child)
    _texts(image, children, shared, given, sources, notes)
    channels: tuple[etree._Element, ...] = ()
    if "Pixels" in children:
        pixels = children["Pixels"]
        planes = shared.planes[index] if index < len(shared.planes) else b""
        channels = _pixels(pixels, planes, given, sources, confidence, notes)
    parts.fill(shared.instruments, children, channels, given, sources, confidence, notes)
    _place(shared, image, given, sources)
    if shared.people and "ExperimenterRef" in children:
        _person(shared, children["ExperimenterRef"], given, sources)
    return ImageRecord(
        scene_index=index, raw=shared.raw, warnings=tuple(notes), sources=sources, confidence=confidence, **given
    )


def _texts(
    image: etree._Element,
    children: Mapping[str, etree._Element],
    shared: _Shared,
    given: dict[str, Any],
    sources: dict[str, str],
    notes: Notes,
) -> None:
    """Fill in name, description, date, UUID and program."""
    when = children.get("AcquisitionDate")
    if when is None:
        when = children.get("AcquiredDate")  # until 2012
    about = children.get("Description")
    found = (
        ("scene_name", image.get("Name"), "Image/@Name"),
        ("acquired_at", when is not None and notes.date("acquired_at", when.text), "Image/AcquisitionDate"),
        ("description", about is not None and (about.text or "").strip(), "Image/Description"),
        ("uuid", shared.root.get("UUID"), "@UUID"),
        ("software", shared.root.get("Creator"), "@Creator"),
    )
    for name, value, source in found:
        if value:
            given[name] = value
            sources[name] = source


def _pixels(
    pixels: etree._Element,
    planes: bytes,
    given: dict[str, Any],
    sources: dict[str, str],
    confidence: dict[str, str],
    notes: Notes,
) -> tuple[etree._Element, ...]:
    """Fill in sizes, type, pixel sizes, time step and channels; give the channels' elements."""
    said = dict(pixels.attrib)
    for name, attribute, source in _SIZES:
        size = notes.count(name, said.get(attribute))
        if size is not None:
            given[name], sources[name] = size, source
    for name, attribute, source in _LENGTHS:
        length = notes.length_um(name, said[attribute], said.get(attribute + "Unit")) if attribute in said else None
        if length is not None:
            given[name], sources[name] = length, source
    for name, attribute, known in (("dim_order", "DimensionOrder", ORDERS), ("pixel_type", "Type", PIXEL_TYPES)):
        word = said.get(attribute) or said.get("PixelType" if attribute == "Type" else "")
        if word in known:
            given[name], sources[name] = word, f"Image/Pixels/@{attribute}"
        elif word:
            notes.drop("unknown_word", name, word)
    _times(said, planes or pixels, given, sources, confidence, notes)
    elements = tuple(child for child in pixels if local(child) == "Channel")
    if elements:
        shown = exposures(planes or pixels, len(elements))
        given["channels"] = tuple(parts.channel(n, item, shown.get(n), sources, notes) for n, item in enumerate(elements))
    return elements


def _times(
    said: Mapping[str, str],
    planes: bytes | etree._Element,
    given: dict[str, Any],
    sources: dict[str, str],
    confidence: dict[str, str],
    notes: Notes,
) -> None:
    """Fill in the time step: as stated, else from the times of two planes."""
    step = None
    if "TimeIncrement" in said:
        step = notes.time_s("time_increment_s", said["TimeIncrement"], said.get("TimeIncrementUnit"))
        source = "Image/Pixels/@TimeIncrement"
    if step is None and given.get("size_t", 1) > 1:
        step = time_step(planes, notes)
        source = "Image/Pixels/Plane/@DeltaT"
        if step is not None:
            confidence["time_increment_s"] = "derived"
    if step is not None:
        given["time_increment_s"], sources["time_increment_s"] = step, source


def _place(shared: _Shared, image: etree._Element, given: dict[str, Any], sources: dict[str, str]) -> None:
    """Fill in plate, well and the number of regions of interest."""
    well = shared.wells.get(image.get("ID", ""))
    if well is not None:
        for name, value in well.items():
            if value:
                given[name], sources[name] = value, "Plate/@Name" if name == "plate" else "Plate/Well"
    regions = sum(1 for child in image if local(child) == "ROIRef")
    if regions:
        given["roi_count"], sources["roi_count"] = regions, "Image/ROIRef"


_SPACES = re.compile(r"\s+")


def _person(shared: _Shared, ref: etree._Element, given: dict[str, Any], sources: dict[str, str]) -> None:
    person = shared.people.get(ref.get("ID", ""))
    if person is None:
        return
    named = f"{person.get('FirstName', '')} {person.get('LastName', '')}".strip() or person.get("UserName", "")
    if named:
        given["experimenter"] = _SPACES.sub(" ", named)
        sources["experimenter"] = "Experimenter/@FirstName, @LastName"
