"""Headers of one shape repeat each other: what the full parser made of one tells where the next one's values stand.

The OME-XML that a program writes differs from image to image in its values: names, dates, sizes, channels, equipment.
Its shape, the document without them, comes again and again. Of a shape that is known each part of a record (the
channels, the objective, the sizes) is made from its own few values by the very functions that map a parsed document,
and a part whose values came before is not made again.

Nothing is guessed: a shape is remembered only after it came twice, its places are what the XML parser says they are
(``_ome_shape``), and the short way must give the very record that the full parser gave. Whatever is not of the plainest
form (an apostrophe, a second image, a plate, a CDATA section, a value that leaves a note) goes the full way.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, fields
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any

from rembi_widgets.images import _ome_like, _ome_pieces
from rembi_widgets.images._found import Found
from rembi_widgets.images._imagerecord import ImageChannel, ImageRecord
from rembi_widgets.images._ome_map import STEP, STEP_SOURCE
from rembi_widgets.images._ome_pieces import Texts, pieces_of
from rembi_widgets.images._ome_planes import exposures, time_step
from rembi_widgets.images._ome_shape import Element, shape_of, sketch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rembi_widgets.images._ome_like import Like
    from rembi_widgets.images._ome_pieces import Piece
    from rembi_widgets.images._ome_shape import Shape
    from rembi_widgets.images._ome_xml import Ready

KEPT = 256
"""Shapes that are remembered; some 20 kB each."""
PATIENCE = 4096
"""Headers of no known shape that are read in full before a full memory is emptied: learning takes as long as ten."""
LIKES = 4
"""Shapes whose headers are looked for as they lie in the file."""
DIFFER = 24
"""Values in which such headers may differ."""
OFTEN = 32
"""Times after which a shape is looked for in that way again: many that take turns would only push each other out."""
SEEN = 1024
"""Shapes that came once, of which no more than a number is kept."""
LENGTH = 1 << 16
"""Bytes of a header, planes not counted, that is remembered."""

_FIELDS = tuple(item.name for item in fields(ImageRecord))
_VALUES = itemgetter(*_FIELDS)
_SETTERS = tuple(ImageRecord.__dict__[name].__set__ for name in _FIELDS)
"""How a record's fields are set; its constructor takes twice as long."""
_CHANNEL_FIELDS = tuple(item.name for item in fields(ImageChannel))
_CHANNEL_VALUES = attrgetter(*_CHANNEL_FIELDS)
_CHANNEL_SETTERS = tuple(ImageChannel.__dict__[name].__set__ for name in _CHANNEL_FIELDS)
_SET_EXPOSURE = ImageChannel.__dict__["exposure_s"].__set__
_DEFAULTS = {name: getattr(ImageRecord(), name) for name in _FIELDS}
_EXPOSURE, _EXPOSURE_SOURCE = "channels.exposure_s", "Image/Pixels/Plane/@ExposureTime"


@dataclass(slots=True)
class _Known:
    """What headers of one shape have in common.

    Attributes
    ----------
    fixed, ids
        The places whose values belong to the shape, and these values.
    together
        Where the values of a record stand, by what its parts say of it: headers that state the same fields share it.
    last, differ
        The values of the last header, and the numbers of those in which headers differed so far.
    seen
        How often a header was recalled by its shape.
    """

    fixed: Callable[[Sequence[str]], Any]
    ids: Any
    pieces: tuple[Piece, ...]
    channels: tuple[Piece, ...]
    texts: Texts
    values: dict[str, Any]
    sources: dict[str, str]
    together: dict[tuple[Any, ...], tuple[dict[str, str], dict[str, str]]] = field(default_factory=dict)
    last: list[str] = field(default_factory=list)
    differ: frozenset[int] = frozenset()
    seen: int = 0


_known: dict[tuple[Any, ...], _Known | None] = {}
_once: set[int] = set()
_likes: list[Like] = []
_missed: deque[bool] = deque(maxlen=PATIENCE)


def cut(ready: Ready) -> Shape | None:
    """Give a header's shape; none if it is not of the plain form."""
    if len(ready.small) > LENGTH or len(ready.planes) > 1:
        return None
    return shape_of(ready.small)


def recall(ready: Ready, shape: Shape, about: Mapping[str, Any]) -> ImageRecord | None:
    """Give the record of a header whose like is known; none if the full parser must read it."""
    known = _known.get(shape.key)
    if known is None or known.fixed(shape.values) != known.ids:
        return None
    return _record(known, ready.planes[0] if ready.planes else b"", shape.values, about)


def recall_like(header: bytes, about: Mapping[str, Any]) -> ImageRecord | None:
    """Give the record of a header, as it lies in the file, that is like those before it; none for any other."""
    for like in _likes:
        found = like.find(header)
        if found is not None:
            known = _known.get(like.key)
            return _record(known, found.planes, found.values, about) if known is not None else None
    return None


def learn_like(header: bytes, ready: Ready, shape: Shape) -> None:
    """Remember how a header that was recalled lies in its file, so that its like is told without preparing it."""
    known = _known.get(shape.key)
    if known is None:
        return
    last, known.last = known.last, shape.values
    known.seen += 1
    if not last:
        return
    fresh = {number for number, (one, other) in enumerate(zip(last, shape.values, strict=True)) if one != other}
    differ = known.differ | fresh
    is_held = any(like.key == shape.key for like in _likes)
    if len(differ) > DIFFER or (known.differ == differ if is_held else known.seen % OFTEN != 2 % OFTEN):
        return
    known.differ = differ
    found = _ome_like.like(header, ready, shape, differ) if differ else None
    if found is not None:
        _likes[:] = [found, *(like for like in _likes if like.key != shape.key)][:LIKES]


def learn(ready: Ready, shape: Shape, record: ImageRecord) -> None:
    """Remember the shape of a header that the full parser has read, once it has come before.

    Parameters
    ----------
    record
        What the full parser gave.
    """
    key = shape.key
    if key in _known or record.warnings or not _has_room():
        return
    seen = hash(key)
    if seen not in _once:  # many headers that come once never come again
        if len(_once) >= SEEN:
            _once.clear()
        _once.add(seen)
        return
    _known[key] = _made(ready, shape, record)


def _has_room() -> bool:
    """Tell whether one more shape can be remembered."""
    if len(_known) < KEPT:
        return True
    _missed.append(True)
    if len(_missed) >= PATIENCE:
        forget()
    return False


def forget() -> None:
    """Forget all headers."""
    _known.clear()
    _once.clear()
    _likes.clear()
    _missed.clear()


def _made(ready: Ready, shape: Shape, record: ImageRecord) -> _Known | None:
    """Give what the headers of a shape have in common; none if the short way does not give what the full one gives."""
    drawn = sketch(ready.small, shape)
    if drawn is None:
        return None
    root, fixed = drawn
    parts = pieces_of(Element(root, shape.values), planes=bool(ready.planes))
    if parts is None:
        return None
    # a getter of one item gives it bare, which compares as well
    getter = itemgetter(*fixed) if fixed else _nothing
    sources = {"compression": record.sources["compression"]} if "compression" in record.sources else {}
    values = {**_DEFAULTS, "roi_count": parts.regions or None}
    if parts.regions:
        sources["roi_count"] = "Image/ROIRef"
    if parts.channels:
        sources["channels"] = "Image/Pixels/Channel"
    known = _Known(getter, getter(shape.values), parts.pieces, parts.channels, parts.texts, values, sources)
    about = {name: getattr(record, name) for name in _ABOUT}
    planes = ready.planes[0] if ready.planes else b""
    return known if _record(known, planes, shape.values, about) == record else None


def _nothing(_: Sequence[str]) -> None:
    return None


_ABOUT = ("path", "size_bytes", "mtime", "format", "reader", "compression")


def _record(known: _Known, planes: bytes, said: Sequence[str], about: Mapping[str, Any]) -> ImageRecord | None:
    values = {**known.values, **about}
    names = known.texts.fill(said, values)
    if names is None:
        return None
    parts: list[dict[str, str]] = []
    for piece in known.pieces:
        found = piece.get(said)
        if found is None:
            return None
        values.update(found.values)
        parts.append(found.sources)
    channels: list[ImageChannel] = []
    for piece in known.channels:
        found = piece.get(said)
        if found is None:
            return None
        channels.append(found.values["channel"])
        parts.append(found.sources)
    derived = _derived(values, planes)
    if derived is None:
        return None
    exposed = _expose(channels, planes) if channels and b"ExposureTime" in planes else False
    if channels:
        values["channels"] = tuple(channels)
    key = (names, derived, exposed, *map(id, parts))
    places = known.together.get(key) or _together(known, key, parts, names)
    values["sources"], values["confidence"] = places
    record = object.__new__(ImageRecord)
    for put, value in zip(_SETTERS, _VALUES(values), strict=True):
        put(record, value)
    return record


def _derived(values: dict[str, Any], planes: bytes) -> bool | None:
    """Fill in the time step that the planes imply, and tell whether they do; none if that leaves a note."""
    if values[STEP] is not None or (values["size_t"] or 1) <= 1 or not planes:
        return False
    notes = Found().notes
    step = time_step(planes, notes)
    if notes:
        return None
    values[STEP] = step
    return step is not None


def _expose(channels: list[ImageChannel], planes: bytes) -> bool:
    """Fill in the exposure times that the planes state, and tell whether they do."""
    shown = exposures(planes, len(channels))
    for place, seconds in shown.items():
        channels[place] = _exposed(channels[place], seconds)
    return bool(shown)


def _exposed(channel: ImageChannel, seconds: float) -> ImageChannel:
    """Give a channel with its exposure time; ``replace`` takes five times as long."""
    made = object.__new__(ImageChannel)
    for put, value in zip(_CHANNEL_SETTERS, _CHANNEL_VALUES(channel), strict=True):
        put(made, value)
    _SET_EXPOSURE(made, seconds)
    return made


def _together(
    known: _Known, key: tuple[Any, ...], parts: Sequence[dict[str, str]], names: tuple[str, ...]
) -> tuple[dict[str, str], dict[str, str]]:
    """Give where all values of a record stand, and which of them are derived."""
    sources = dict(known.sources)
    for part in parts:
        sources.update(part)
    sources.update(known.texts.sources(names))
    confidence: dict[str, str] = {}
    if key[1]:
        sources[STEP], confidence[STEP] = STEP_SOURCE, "derived"
    if key[2]:
        sources[_EXPOSURE] = _EXPOSURE_SOURCE
    for piece in known.pieces:
        if piece.derived is not None and piece.derived in sources:
            confidence[piece.derived] = "derived"
    if len(known.together) >= _ome_pieces.KEPT:
        known.together.clear()
    made = known.together[key] = (sources, confidence)
    return made
