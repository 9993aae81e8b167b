"""What a header says, as the leaves of a tree: each value under the parts of the place it was read from.

Places are written as each format's own people write them (``Image/Pixels/@SizeX``, ``TIFF tag 256 ImageWidth``,
``[Channel 3 Parameters]CH Name``); here they are cut into parts. Elements that repeat are numbered from 0, as
``Channel[0]``.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rembi_widgets.images._imagerecord import ImageRecord

UNITS = {"_um": "µm", "_nm": "nm", "_s": "s", "_bytes": "B"}
"""End of a field's name to the unit of its value."""
WHOLE = 1e6
"""Whole numbers below this are told without a decimal point."""
UNPLACED = frozenset(
    {"raw", "sources", "confidence", "warnings", "path", "reader", "scene_index", "mtime", "index", "light_refs",
     "detector_ref", "id"}
)  # fmt: skip
"""Fields that no header says."""
FILE, REST = "", "*"
"""First part of what the file itself tells, and of values without a place: a view names them in words."""
_LEADS = (
    re.compile(r"(?P<lead>TIFF) tags? (?P<rest>.+)"),
    re.compile(r"(?P<lead>DV|MRC) (?P<rest>(?:byte|word) .+)"),
    re.compile(r"(?P<lead>\S*\.(?:xml|zattrs|zarray|json)) (?P<rest>.+)"),
    re.compile(r"(?P<lead>(?:\w+ )?\[[^\]@]+\])(?P<rest>.*)"),
)
_PART = re.compile(r"(?:[^/\[\]]|\[[^\]]*\])+")
_NUMBERED = re.compile(r"\[(?P<before>\D*?)\s*\d+\s*(?P<after>\D*)\]")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value of a header.

    Attributes
    ----------
    parts
        Where it stands, outermost first.
    value
        What it says, with its unit.
    field
        The field of the image record it became, such as ``channels.name``; empty if none.
    place
        The place as the record's ``sources`` write it.
    held
        The value as the image record has it.
    """

    parts: tuple[str, ...]
    value: str
    field: str = ""
    place: str = ""
    held: Any = None


def parts_of(place: str) -> tuple[str, ...]:
    """Cut a place into its parts.

    >>> parts_of("Image/Pixels/@SizeX"), parts_of("TIFF tag 256 ImageWidth")
    (('Image', 'Pixels', '@SizeX'), ('TIFF', '256 ImageWidth'))
    >>> parts_of("Scaling/Distance[@Id='X/Y']/Value"), parts_of("[Version Info]SystemName")
    (('Scaling', "Distance[@Id='X/Y']", 'Value'), ('[Version Info]', 'SystemName'))
    """
    for lead in _LEADS:
        found = lead.fullmatch(place)
        if found:
            rest = found["rest"].replace(" ", "/", 1) if found["lead"].endswith(("zattrs", "json")) else found["rest"]
            return (found["lead"], *_cut(rest))
    return _cut(place)


def _cut(place: str) -> tuple[str, ...]:
    if " / " in place:  # one of two places, as ND2 has them
        return (place,)
    found = tuple(part.strip() for part in _PART.findall(place) if part.strip())
    return found or ((place.strip(),) if place.strip() else ())


def header_leaves(record: ImageRecord) -> tuple[Leaf, ...]:
    """Give what the header of an image says as the leaves of a tree, in the order of the record.

    Several values of one place stand below it, each under the name of its field.
    """
    leaves = list(_leaves(record))
    crowded = Counter(leaf.parts for leaf in leaves)
    return tuple(
        replace(leaf, parts=(*leaf.parts, plain_name(leaf.field))) if crowded[leaf.parts] > 1 else leaf
        for leaf in leaves
    )


def plain_name(field: str) -> str:
    """Give a field's name in words: ``channels.excitation_nm`` is "excitation"."""
    name = field.rpartition(".")[2]
    for end in UNITS:
        name = name.removesuffix(end)
    return name.replace("_", " ")


def _leaves(record: ImageRecord) -> Iterator[Leaf]:
    sources = record.sources
    for name, value in record.to_json().items():
        if name in UNPLACED:
            continue
        if isinstance(value, dict):
            for inner, held in value.items():
                place = sources.get(f"{name}.{inner}") or sources.get(name) or ""
                yield _leaf(f"{name}.{inner}", held, place)
        elif isinstance(value, list):
            for number, item in enumerate(value):
                yield from _listed(record, name, number, item, alone=len(value) == 1)
        else:
            yield _leaf(name, value, sources.get(name) or "")
    for key, said in record.raw.items():
        yield Leaf((REST, *_cut(key)), str(said), place=key, held=said)


def _listed(record: ImageRecord, name: str, number: int, item: dict[str, Any], *, alone: bool) -> Iterator[Leaf]:
    """Give the leaves of one of several channels, detectors, light sources or filters."""
    whole = record.sources.get(name) or ""
    for inner, held in item.items():
        if inner not in UNPLACED:
            place = record.sources.get(f"{name}.{inner}") or whole
            leaf = _leaf(f"{name}.{inner}", held, place)
            yield leaf if alone else replace(leaf, parts=_numbered(leaf.parts, parts_of(whole), number))


def _numbered(parts: tuple[str, ...], whole: Sequence[str], number: int) -> tuple[str, ...]:
    """Give parts with the one that repeats numbered: with a number already, else that of the list, else the last.

    >>> _numbered(("Image", "Channel", "@Name"), ("Image", "Channel"), 1)
    ('Image', 'Channel[1]', '@Name')
    >>> _numbered(("[Channel 3 Parameters]", "CH Name"), ("[Channel 1 Parameters]",), 0)
    ('Channel Parameters[0]', 'CH Name')
    """
    if not parts:
        return ()
    for place, part in enumerate(parts):
        found = _NUMBERED.fullmatch(part)
        if found:
            named = " ".join(word for word in (found["before"].strip(), found["after"].strip()) if word)
            return (*parts[:place], f"{named}[{number}]", *parts[place + 1 :])
    at = len(parts) - 1
    if whole and tuple(parts[: len(whole)]) == tuple(whole):
        at = len(whole) - 1
    elif at and (parts[at].startswith("@") or parts[at - 1] == "Channel"):
        at -= 1
    return (*parts[:at], f"{parts[at]}[{number}]", *parts[at + 1 :])


def _leaf(name: str, held: Any, place: str) -> Leaf:
    unit = next((unit for end, unit in UNITS.items() if name.endswith(end)), "")
    said = f"{held:g}" if isinstance(held, float) and held.is_integer() and abs(held) < WHOLE else str(held)
    parts = parts_of(place) or (FILE, plain_name(name))
    return Leaf(parts, f"{said} {unit}".strip(), name, place, held)
