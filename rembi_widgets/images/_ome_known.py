"""Headers of one set of images repeat each other: what was read once is not read again.

The OME-XML of a thousand fields of view differs in a few values: the image's name, its date, its UUID, its sizes, the
planes. The rest (instrument, objective, channels) is the same byte for byte. Here the differing values are cut out,
and the rest is looked up among the headers read before; a header found there costs the reading of its few values.

Nothing is guessed: a rest is remembered only after it came twice, and only if the full parser, given a header of that
rest with made-up values, gives the very record that the short way gives. Whatever is not of the plainest form (an
entity, an apostrophe, a second image, a CDATA section, a value that leaves a note) goes the full way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from rembi_widgets.images import _ome_like
from rembi_widgets.images._found import Found
from rembi_widgets.images._imagerecord import ImageRecord
from rembi_widgets.images._ome_map import STEP, STEP_SOURCE, sampling
from rembi_widgets.images._ome_planes import exposures, time_step
from rembi_widgets.images._ome_xml import Ready

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rembi_widgets.images._imagerecord import ImageChannel
    from rembi_widgets.images._ome_like import Like

    Full = Callable[[Ready], list[ImageRecord]]

LIKES = 4
"""Headers that are looked for as they lie in the file."""
OFTEN = 32
"""Times after which a header is looked for in that way again: many that take turns would only push each other out."""
KEPT = 64
"""Headers that are remembered; then all are forgotten."""
LENGTH = 1 << 16
"""Bytes of a header, planes not counted, that is remembered."""

_VALUE = rb'[^"&<\x00-\x1f\x7f]*'
_TEXT = rb"[^>&<\x00-\x08\x0b-\x1f\x7f]*"
_ATTRIBUTES = rb'(?:\s+[\w:.-]+="[^"<]*")*?\s+'
_NO_XML = re.compile("[\ufffe\uffff]")
_UUID = re.compile(rb"<OME" + _ATTRIBUTES + rb'UUID="(' + _VALUE + rb')"')
_NAME = re.compile(rb"<Image" + _ATTRIBUTES + rb'Name="(' + _VALUE + rb')"')
_DATE = re.compile(rb"<AcquisitionDate>(" + _TEXT + rb")</AcquisitionDate>")
_DESCRIPTION = re.compile(rb"<Description>(" + _TEXT + rb")</Description>")
_PIXELS = re.compile(rb'<Pixels((?:\s+[A-Za-z]\w*="' + _VALUE + rb'")*)\s*>')
_SAID = re.compile(r'([A-Za-z]\w*)="([^"]*)"')
_SOURCES = {
    "uuid": "@UUID",
    "scene_name": "Image/@Name",
    "acquired_at": "Image/AcquisitionDate",
    "description": "Image/Description",
}
_SAMPLED = ("size_x", "size_y", "size_z", "size_c", "size_t", "px_x_um", "px_y_um", "px_z_um", "dim_order",
            "pixel_type", STEP)  # fmt: skip
_SPANS = ("uuid", "scene_name", "description", "acquired_at", "pixels")
"""What is cut out; ``pixels`` stands for all attributes of that element."""
_MADE_UP = {
    "uuid": b"urn:uuid:made-up",
    "scene_name": b"a made-up name",
    "description": b"a made-up description",
    "acquired_at": b"1999-12-31T23:59:58",
    "pixels": b' ID="Pixels:7" DimensionOrder="XYTCZ" Type="double" SizeX="7919" SizeY="7907" SizeZ="7901" SizeC="7883"'
    b' SizeT="7879" PhysicalSizeX="0.7877" PhysicalSizeY="0.7873" PhysicalSizeZ="0.7867" TimeIncrement="0.7853"',
}


class Cut(NamedTuple):
    """A header in two: what it shares with its like, and its own values by name."""

    rest: tuple[bytes, ...]
    own: dict[str, bytes]


@dataclass(slots=True)
class _Known:
    """What headers of one rest have in common: the values of their record, and where each stands."""

    values: dict[str, Any]
    sources: dict[str, str]
    confidence: dict[str, str]
    channels: tuple[ImageChannel, ...]
    exposed: dict[int, float]
    seen: int = 0
    sampled: dict[bytes, tuple[dict[str, Any], dict[str, str]] | None] = field(default_factory=dict)
    together: dict[frozenset[tuple[str, str]], dict[str, str]] = field(default_factory=dict)


_known: dict[tuple[Any, ...], _Known | None] = {}
_once: set[tuple[Any, ...]] = set()
_likes: list[Like] = []


def cut(ready: Ready) -> Cut | None:
    """Cut a header's own values out; none if it is not of the plain form."""
    data = ready.small
    if len(data) > LENGTH or len(ready.planes) > 1 or b"!" in data or data.find(b"<?", 1) > 0:
        return None
    image = data.find(b"<Image ")
    pixels = _PIXELS.match(data, data.find(b"<Pixels", image)) if image > 0 else None
    if pixels is None or data.find(b"<Image ", image + 1) > 0 or (not ready.planes and b"Plane" in data):
        return None
    begin = pixels.start()
    found = (
        _UUID.match(data, data.find(b"<OME")),
        _NAME.match(data, image),
        _at(_DESCRIPTION, b"<Description>", data, image, begin),
        _at(_DATE, b"<AcquisitionDate>", data, image, begin),
        pixels,
    )
    spans = sorted((match.span(1), name) for match, name in zip(found, _SPANS, strict=True) if match is not None)
    rest: list[bytes] = []
    at = 0
    for (first, last), name in spans:
        rest += (data[at:first], name.encode())
        at = last
    rest.append(data[at:])
    return Cut(tuple(rest), {name: data[first:last] for (first, last), name in spans})


def _at(pattern: re.Pattern[bytes], opening: bytes, data: bytes, begin: int, end: int) -> re.Match[bytes] | None:
    at = data.find(opening, begin, end)
    return pattern.match(data, at, end) if at >= 0 else None


def recall(ready: Ready, parts: Cut, about: Mapping[str, Any], *, personal: bool) -> ImageRecord | None:
    """Give the record of a header whose like is known; none if the full parser must read it."""
    known = _known.get((parts.rest, personal))
    return _record(known, _planes(ready), parts.own, about) if known is not None else None


def recall_like(header: bytes, about: Mapping[str, Any], *, personal: bool) -> ImageRecord | None:
    """Give the record of a header, as it lies in the file, that is like one of the last; none for any other."""
    for like in _likes:
        found = like.find(header)
        if found is not None:
            known = _known.get((like.rest, personal))
            return _record(known, found.planes, found.own, about) if known is not None else None
    return None


def learn_like(header: bytes, ready: Ready, parts: Cut, *, personal: bool) -> None:
    """Remember how a header that was recalled lies in its file, so that its like is told without preparing it."""
    known = _known.get((parts.rest, personal))
    if known is None:
        return
    known.seen += 1
    if known.seen % OFTEN != 1 or any(like.rest == parts.rest for like in _likes):
        return
    found = _ome_like.like(header, ready, parts.rest, parts.own)
    if found is not None:
        _likes[:] = [found, *_likes[: LIKES - 1]]


def learn(ready: Ready, parts: Cut, record: ImageRecord, full: Full, *, personal: bool) -> None:
    """Remember a header that the full parser has read, once it has come before.

    Parameters
    ----------
    record
        What the full parser gave.
    full
        Gives the records of a document by the full parser.
    """
    key = (parts.rest, personal)
    if key in _known:
        return
    if key not in _once:  # most headers that come once never come again
        if len(_once) >= KEPT:
            _once.clear()
        _once.add(key)
        return
    if len(_known) >= KEPT:
        _known.clear()
    _known[key] = _made(record, ready, parts, full)


def forget() -> None:
    """Forget all headers."""
    _known.clear()
    _once.clear()
    _likes.clear()


def _is_utf8(rest: tuple[bytes, ...]) -> bool:
    """Tell whether a rest is what it claims to be: of one that is not, bytes stand for other letters."""
    try:
        b"".join(rest).decode()
    except UnicodeDecodeError:
        return False
    return True


def _made(record: ImageRecord, ready: Ready, parts: Cut, full: Full) -> _Known | None:
    """Give what the headers of a rest have in common; none if the short way does not give what the full one gives."""
    if record.warnings or not _is_utf8(parts.rest):
        return None
    own = {*parts.own, *_SAMPLED} - {"pixels"}
    known = _Known(
        values={name: getattr(record, name) for name in _NAMES if name not in own and name not in _ABOUT},
        sources={name: place for name, place in record.sources.items() if name not in own and name != _EXPOSURE},
        confidence={name: said for name, said in record.confidence.items() if name != STEP},
        channels=tuple(replace(channel, exposure_s=None) for channel in record.channels),
        exposed=exposures(_planes(ready), len(record.channels)),
    )
    about = {name: getattr(record, name) for name in _ABOUT}
    if _record(known, _planes(ready), parts.own, about) != record:
        return None
    other, values = _made_up(ready, parts)
    return known if [_record(known, _planes(other), values, about)] == full(other) else None


def _made_up(ready: Ready, parts: Cut) -> tuple[Ready, dict[str, bytes]]:
    """Give a header of the same rest with made-up values, and these."""
    own = {name: _MADE_UP[name] for name in parts.own}
    values = [*own.values(), b""]
    # every other piece of the rest is the name of a value
    small = b"".join(chain.from_iterable(zip(parts.rest[::2], values, strict=True)))
    return Ready(small, ready.planes, small, ready.name), own


_NAMES = tuple(item.name for item in fields(ImageRecord) if item.name not in {"sources", "confidence", "warnings"})
_ABOUT = frozenset({"path", "size_bytes", "mtime", "format", "reader", "compression"})
_EXPOSURE, _EXPOSURE_SOURCE = "channels.exposure_s", "Image/Pixels/Plane/@ExposureTime"


def _planes(ready: Ready) -> bytes:
    return ready.planes[0] if ready.planes else b""


def _record(known: _Known, planes: bytes, own: Mapping[str, bytes], about: Mapping[str, Any]) -> ImageRecord | None:
    values, sources = {**known.values, **about}, {}
    sampled = _sampled(known, own["pixels"])
    texts = _texts(own)
    if sampled is None or texts is None:
        return None
    values.update(sampled[0])
    values.update(texts)
    for name in texts:
        sources[name] = _SOURCES[name]
    confidence = known.confidence
    if STEP not in sampled[0] and values.get("size_t", 1) > 1:
        found = Found()
        step = time_step(planes, found.notes)
        if found.notes:
            return None
        if step is not None:
            values[STEP], sources[STEP] = step, STEP_SOURCE
            confidence = {**confidence, STEP: "derived"}
    _expose(known, planes, values, sources)
    together = _together(known, sampled[1], sources)
    return ImageRecord(**values, sources=together, confidence=confidence)


def _together(known: _Known, sampled: dict[str, str], sources: dict[str, str]) -> dict[str, str]:
    """Give the places of all values; headers that state the same fields share them."""
    key = frozenset(chain(sampled.items(), sources.items()))
    found = known.together.get(key)
    if found is None:
        if len(known.together) >= KEPT:
            known.together.clear()
        found = known.together[key] = {**known.sources, **sampled, **sources}
    return found


def _expose(known: _Known, planes: bytes, values: dict[str, Any], sources: dict[str, str]) -> None:
    """Fill in the exposure times that the planes state."""
    channels = known.channels
    if not channels:
        return
    shown = exposures(planes, len(channels)) if b"ExposureTime" in planes else {}
    if shown:
        sources[_EXPOSURE] = _EXPOSURE_SOURCE
    if shown == known.exposed:
        return
    values["channels"] = tuple(
        replace(channel, exposure_s=shown[place]) if place in shown else channel
        for place, channel in enumerate(channels)
    )


def _texts(own: Mapping[str, bytes]) -> dict[str, str] | None:
    """Give the values that are texts; none if one of them is for the full parser."""
    said: dict[str, str] = {}
    for name, value in own.items():
        if name == "pixels":
            continue
        text = _text(value)
        if text is None:
            return None
        if name in _STRIPPED:
            text = text.strip()
        if text:
            said[name] = text
    if "acquired_at" in said:
        notes = Found().notes
        notes.date("acquired_at", said["acquired_at"])
        if notes:
            return None
    return said


_STRIPPED = frozenset({"acquired_at", "description"})


def _text(value: bytes) -> str | None:
    try:
        text = value.decode()
    except UnicodeDecodeError:
        return None
    return None if not value.isascii() and _NO_XML.search(text) else text


def _sampled(known: _Known, tag: bytes) -> tuple[dict[str, Any], dict[str, str]] | None:
    """Give what the attributes of ``Pixels`` say; images of one set mostly share them."""
    if tag not in known.sampled:
        if len(known.sampled) >= KEPT:
            known.sampled.clear()
        known.sampled[tag] = _sampling(tag)
    return known.sampled[tag]


def _sampling(tag: bytes) -> tuple[dict[str, Any], dict[str, str]] | None:
    text = _text(tag)
    pairs = _SAID.findall(text) if text is not None else []
    said = dict(pairs)
    if len(said) < len(pairs) or "xmlns" in said or text is None:
        return None
    found = Found()
    sampling(said, found)
    return None if found.notes else (found.values, found.sources)
