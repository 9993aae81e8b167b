"""What the planes of OME-XML say that the record needs: exposure times, and the time step where none is stated.

Planes come as the bytes that were cut out of the document, or as the ``Pixels`` element where it was parsed whole.
Only the first planes and the first of the second time point are looked at: thousands of planes must not cost more
than one.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from rembi_widgets.images._sanity import SHORT, Notes, tidy
from rembi_widgets.images._units import TO_S

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

LOOKED_AT = 64
"""Planes from the first on that are looked at."""

_PLANE = re.compile(rb"<(?:[\w.-]+:)?Plane\s([^<>]*)>")
_SECOND = re.compile(rb"""<(?:[\w.-]+:)?Plane\s([^<>]*\bTheT\s*=\s*["']1["'][^<>]*)>""")
_ATTRIBUTE = re.compile(r"""([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.ASCII)
_CHANNEL = re.compile(rb"""\bTheC\s*=\s*"(\d{1,9})\"""")


def _attributes(tag: bytes) -> dict[str, str]:
    # decoded as a whole: a dozen small pieces take longer than all the rest
    return {name: one or two for name, one, two in _ATTRIBUTE.findall(tag.decode("utf-8", "replace"))}


def _first_tags(planes: bytes) -> Iterator[bytes]:
    begin = planes.find(b"Plane ")
    found = _PLANE.finditer(planes, max(0, begin - 64)) if begin >= 0 else ()
    return (match[1] for match in islice(found, LOOKED_AT))


def _exposed(planes: bytes, seen: Mapping[int, float]) -> Iterator[Mapping[str, str]]:
    """Give the first planes that state an exposure; those of channels seen already are not taken apart."""
    for tag in _first_tags(planes):
        if b"ExposureTime" not in tag:
            continue
        channel = _CHANNEL.search(tag) if b"'" not in tag else None
        if channel is None or int(channel[1]) not in seen:
            yield _exposure_of(tag) or _attributes(tag)


def _exposure_of(tag: bytes) -> dict[str, str] | None:
    """Give channel and exposure of a plane; none if its attributes are not of the plainest form."""
    if b"'" in tag or not tag.isascii():
        return None
    pieces = (b" " + tag).split(b'"')
    said = dict(zip(pieces[::2], pieces[1::2], strict=False))
    channel, seconds, unit = said.get(b" TheC="), said.get(b" ExposureTime="), said.get(b" ExposureTimeUnit=")
    if not channel or seconds is None or len(channel) >= SHORT or (unit is None and b"ExposureTimeUnit" in tag):
        return None
    found = {"TheC": channel.decode(), "ExposureTime": seconds.decode()}
    return found if unit is None else {**found, "ExposureTimeUnit": unit.decode()}


def _first_planes(planes: bytes | etree._Element) -> Iterator[Mapping[str, str]]:
    if isinstance(planes, bytes):
        yield from map(_attributes, _first_tags(planes))
        return
    seen = (child for child in planes if str(child.tag).endswith("Plane"))
    for _, child in zip(range(LOOKED_AT), seen, strict=False):
        yield dict(child.attrib)


def _second_time(planes: bytes | etree._Element) -> Mapping[str, str] | None:
    """Give the first plane of the second time point."""
    if isinstance(planes, bytes):
        at = planes.find(b'TheT="1"')
        begin = planes.rfind(b"<", 0, at) if at >= 0 else 0
        while begin > 0 and not _SECOND.match(planes, begin):  # a FirstT or a Plane's child came first
            at = planes.find(b'TheT="1"', at + 8)
            begin = planes.rfind(b"<", 0, at) if at >= 0 else -1
        found = _SECOND.match(planes, begin) if begin >= 0 else None
        return _attributes(found[1]) if found else None
    for child in planes:
        if str(child.tag).endswith("Plane") and child.get("TheT") == "1":
            return dict(child.attrib)
    return None


def exposures(planes: bytes | etree._Element, channels: int) -> dict[int, float]:
    """Give the exposure time in s of each channel's first plane, where it is stated."""
    unsaid = Notes()
    found: dict[int, float] = {}
    for said in _exposed(planes, found) if isinstance(planes, bytes) else _first_planes(planes):
        name = said.get("TheC", "")
        index = int(name) if name.isdecimal() and len(name) < SHORT else -1
        if not 0 <= index < channels or index in found or "ExposureTime" not in said:
            continue
        seconds = unsaid.time_s("channels.exposure_s", said["ExposureTime"], said.get("ExposureTimeUnit"))
        if seconds is not None:
            found[index] = seconds
        if len(found) == channels:
            break
    return found


def time_step(planes: bytes | etree._Element, notes: Notes) -> float | None:
    """Give the time in s between the first two time points of one channel and depth, from ``DeltaT``."""
    second = _second_time(planes)
    if second is None or "DeltaT" not in second:
        return None
    place = (second.get("TheC"), second.get("TheZ"))
    for first in _first_planes(planes):
        if first.get("TheT") == "0" and (first.get("TheC"), first.get("TheZ")) == place and "DeltaT" in first:
            return _between(first, second, notes)
    return None


def _between(first: Mapping[str, str], second: Mapping[str, str], notes: Notes) -> float | None:
    unsaid = Notes()
    times: list[float] = []
    for said in (first, second):
        value = unsaid.number("time_increment_s", said["DeltaT"])
        factor = TO_S.get(said.get("DeltaTUnit", "s"))
        if value is None or factor is None:
            return None
        times.append(value * factor)
    step = tidy(times[1] - times[0])
    if step <= 0:
        notes.drop("impossible", "time_increment_s", f"{step} s")
        return None
    return step
