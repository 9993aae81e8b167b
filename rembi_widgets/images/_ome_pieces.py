"""The parts of a record that depend on few values of a header each: sizes, channels, objective, equipment, texts.

Each is made by the function that maps the same elements of a parsed document, and remembered by its values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from rembi_widgets.images import _ome_parts as parts
from rembi_widgets.images._found import Found
from rembi_widgets.images._ome_map import scales, sizes, words
from rembi_widgets.images._ome_raw import raw_values
from rembi_widgets.images._ome_shape import Element
from rembi_widgets.images._sanity import Notes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rembi_widgets.images._ome_shape import Sketch

KEPT = 64
"""Values of a part that are remembered; then all are forgotten."""

_STRANGE = frozenset({"Plate", "BinaryOnly"})
"""Elements below the root that tell more than one image's own file."""
_DATES = ("AcquisitionDate", "CreationDate")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a part of a header gave."""

    values: dict[str, Any]
    sources: dict[str, str]


@dataclass(slots=True)
class Piece:
    """A part of a record: the elements it is made from, and how.

    Attributes
    ----------
    derived
        The field that is inferred; none if there is none.
    """

    sketches: tuple[Sketch, ...]
    make: Callable[[list[Any], Found], None]
    derived: str | None = None
    key: Callable[[Sequence[str]], Any] = field(init=False)
    _made: dict[Any, Outcome | None] = field(default_factory=dict)
    _sources: dict[tuple[tuple[str, str], ...], dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        places = tuple(place for element in self.sketches for place in element.places())
        self.key = itemgetter(*places) if places else _nothing

    def get(self, said: Sequence[str]) -> Outcome | None:
        """Give the part that a header's values make; none if one of them leaves a note."""
        key = self.key(said)
        try:
            return self._made[key]
        except KeyError:
            return self._make(key, said)

    def _make(self, key: Any, said: Sequence[str]) -> Outcome | None:
        found = Found()
        self.make([Element(element, said) for element in self.sketches], found)
        made = None
        if not found.notes and len(self._sources) < KEPT:
            # equal places are one object for good, so that they can be told apart by identity
            made = Outcome(found.values, self._sources.setdefault(tuple(found.sources.items()), found.sources))
        if len(self._made) >= KEPT:
            self._made.clear()
        self._made[key] = made
        return made


def _nothing(_: Sequence[str]) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Texts:
    """The fields that are texts: name, source, place (or what all of a shape say), and how each is read."""

    fields: tuple[tuple[str, str, int | str, Callable[[str], str | None]], ...]

    def fill(self, said: Sequence[str], values: dict[str, Any]) -> tuple[str, ...] | None:
        """Fill in the texts and name those that there are; none if one leaves a note."""
        names: list[str] = []
        for name, _, place, read in self.fields:
            value = read(said[place] if isinstance(place, int) else place)
            if value is None:
                return None
            if value:
                values[name] = value
                names.append(name)
        return tuple(names)

    def sources(self, names: Sequence[str]) -> dict[str, str]:
        """Give where fields stand."""
        return {name: source for name, source, _, _ in self.fields if name in names}


@dataclass(frozen=True, slots=True)
class Pieces:
    """A record in its parts; ``regions`` counts its regions of interest."""

    texts: Texts
    pieces: tuple[Piece, ...]
    channels: tuple[Piece, ...]
    regions: int


def pieces_of(root: Element, *, planes: bool) -> Pieces | None:
    """Give the parts of a document with one image; none if it is not one of the plain kind.

    Parameters
    ----------
    root
        The document with the values of one header.
    planes
        Whether its planes were cut out.
    """
    tops: dict[str, list[Element]] = {}
    for child in root:
        tops.setdefault(parts.local(child), []).append(child)  # type: ignore[arg-type]
    if not _STRANGE.isdisjoint(tops) or len(tops.get("Image", ())) != 1 or parts.local(root) != "OME":  # type: ignore[arg-type]
        return None
    image = tops["Image"][0]
    children: dict[str, Element] = {}
    for child in image:
        children.setdefault(parts.local(child), child)  # type: ignore[arg-type]
    if "Pixels" not in children or (not planes and _holds_planes(root)):
        return None
    pixels = children["Pixels"]
    channels = [child for child in pixels if parts.local(child) == "Channel"]  # type: ignore[arg-type]
    pieces = [*_sampled(pixels.sketch), *_equipment(tops, children, channels)]
    notes = tops.get("StructuredAnnotations")
    if notes:
        pieces.append(Piece(tuple(section.sketch for section in notes), _raw))
    regions = sum(1 for child in image.children if child.tag.rpartition("}")[2] == "ROIRef")
    read = tuple(Piece((item.sketch,), _channel(number)) for number, item in enumerate(channels))
    return Pieces(_texts(root, image, children), tuple(pieces), read, regions)


def _holds_planes(root: Element) -> bool:
    return any(str(element.tag).endswith("Plane") for element in root.iter())


_PIXELS = (
    (sizes, frozenset(f"Size{axis}" for axis in "XYZCT")),
    (words, frozenset({"DimensionOrder", "Type", "PixelType"})),
    (scales, frozenset(f"PhysicalSize{axis}{unit}" for axis in "XYZ" for unit in ("", "Unit"))
     | {"TimeIncrement", "TimeIncrementUnit"}),
)  # fmt: skip
"""What is read from the attributes of ``Pixels``, and from which: sizes recur where pixel sizes do not."""


def _sampled(pixels: Sketch) -> list[Piece]:
    """Give the parts that the attributes of ``Pixels`` make."""
    return [_attributes_of(pixels, names, read) for read, names in _PIXELS if not names.isdisjoint(pixels.attributes)]


def _attributes_of(element: Sketch, names: frozenset[str], read: Callable[[Mapping[str, str], Found], None]) -> Piece:
    def make(elements: list[Any], found: Found) -> None:
        read(elements[0].attrib, found)

    said = {name: place for name, place in element.attributes.items() if name in names}
    return Piece((type(element)(element.tag, said, None),), make)


def _texts(root: Element, image: Element, children: Mapping[str, Element]) -> Texts:
    said: list[tuple[str, str, int | str | None, Callable[[str], str | None]]] = [
        ("scene_name", "Image/@Name", image.sketch.attributes.get("Name"), str),
        ("uuid", "@UUID", root.sketch.attributes.get("UUID"), str),
        ("software", "@Creator", root.sketch.attributes.get("Creator"), str),
    ]
    if "Description" in children:
        said.append(("description", "Image/Description", children["Description"].sketch.text, str.strip))
    date = next((name for name in _DATES if name in children), None)
    if date is not None:
        said.append(("acquired_at", f"Image/{date}", children[date].sketch.text, _date))
    return Texts(tuple((name, source, place, read) for name, source, place, read in said if place is not None))


def _date(text: str) -> str | None:
    """Give a date; nothing if there is none, none if it leaves a note."""
    notes = Notes()
    said = notes.date("acquired_at", text)
    return None if notes else said or ""


def _raw(elements: list[Any], found: Found) -> None:
    found.values["raw"] = raw_values(elements)


@lru_cache(maxsize=KEPT)
def _channel(number: int) -> Callable[[list[Any], Found], None]:
    def make(elements: list[Any], found: Found) -> None:
        found.values["channel"] = parts.channel(number, elements[0], None, found)

    return make


def _equipment(
    tops: Mapping[str, list[Element]], children: Mapping[str, Element], channels: list[Element]
) -> list[Piece]:
    """Give the parts that the image's instrument makes."""
    instruments = parts.instruments_of(tops.get("Instrument", ()))  # type: ignore[arg-type]
    if not instruments:
        return []
    home, derived = parts.home_of(instruments, children, channels)  # type: ignore[arg-type]
    if home is None:
        return []
    pieces = [_microscope(home.microscope, derived=derived)] if home.microscope is not None else []
    settings: Any = parts.settings_of(children)  # type: ignore[arg-type]
    if settings is not None:
        pieces.append(_objective(home.objectives.get(settings.get("ID", "")), settings))
    kinds: dict[str, Mapping[str, Any]] = {
        "detectors": home.detectors,
        "lights": home.lights,
        "filters": home.filters,
    }
    pieces += [_parts(kind, elements) for kind, elements in kinds.items() if elements]
    return pieces


def _microscope(element: Any, *, derived: bool) -> Piece:
    def make(elements: list[Any], found: Found) -> None:
        parts.microscope(parts.Instrument(elements[0]), found, derived=derived)

    return Piece((element.sketch,), make, "instrument" if derived else None)


def _objective(element: Any, settings: Any) -> Piece:
    def make(elements: list[Any], found: Found) -> None:
        known = {} if element is None else {elements[0].get("ID", ""): elements[1]}
        parts.objective(parts.Instrument(objectives=known), elements[0], found)

    return Piece((settings.sketch, *(() if element is None else (element.sketch,))), make)


def _parts(kind: str, held: Mapping[str, Any]) -> Piece:
    def make(elements: list[Any], found: Found) -> None:
        home: dict[str, Any] = {kind: {str(number): element for number, element in enumerate(elements)}}
        parts.other_parts(parts.Instrument(**home), found)

    return Piece(tuple(element.sketch for element in held.values()), make)
