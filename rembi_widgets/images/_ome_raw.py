"""What OME-XML says besides: key and value pairs of its annotations, kept as they are.

Pairs that may name people, machines, folders or places are left out unless they are asked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml import etree

KEPT = 300
"""Pairs that are kept of one document."""
LENGTH = 500
"""Characters of a value that are kept."""

_PERSON = re.compile(
    r"user|operator|author|owner|artist|experimenter|person|mail|phone|host|computer|login|account|serial.?key|licen[cs]e"
    r"|path|folder|director(y|ies)|file.?name|latitude|longitude|gps",
    re.IGNORECASE,
)
_PLACE = re.compile(r"^[A-Za-z]:[\\/]|^\\\\|^/(home|Users|mnt|media|data|tmp)/|[\w.+-]+@[\w-]+\.\w")


def is_personal(key: str, value: str) -> bool:
    r"""Tell whether a pair may name a person, a machine, a folder or a place on earth.

    >>> is_personal("UserName", "x"), is_personal("Gain", "1.2"), is_personal("Source", "C:\\data\\me")
    (True, False, True)
    """
    return _PERSON.search(key) is not None or _PLACE.search(value) is not None


def raw_values(sections: Iterable[etree._Element], *, personal: bool = False) -> Mapping[str, str]:
    """Give the pairs of a document's map annotations and of Bio-Formats' original metadata."""
    found: dict[str, str] = {}
    for key, value in _pairs(sections):
        if len(found) >= KEPT:
            break
        if key and value and (personal or not is_personal(key, value)):
            found.setdefault(key[:LENGTH], value[:LENGTH])
    return found


def _pairs(sections: Iterable[etree._Element]) -> Iterator[tuple[str, str]]:
    key = ""
    for section in sections:
        for element in section.iter():
            name = str(element.tag).rpartition("}")[2]
            if name == "M":
                yield element.get("K", ""), element.text or ""
            elif name == "Key":
                key = element.text or ""
            elif name == "Value" and element.text and key:
                yield key, element.text
                key = ""
