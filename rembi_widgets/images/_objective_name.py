"""What the engraving of an objective says: "HC PL APO CS2 63x/1.30 GLYC" is 63 times, aperture 1.3, glycerol.

Vendors keep the engraving where they keep no numbers. ISO 8578 writes magnification, slash, numerical aperture and
the immersion medium; Olympus writes "NA:0.75".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rembi_widgets.images._found import Found

_POWER = re.compile(r"(?<![\w.,])(\d{1,3}(?:[.,]\d{1,2})?)\s?[xX×](?![\w])")
_APERTURE = re.compile(r"[xX×]\s?/\s?([01][.,]\d{1,3})(?!\d)|NA[:=\s]{0,2}([01][.,]\d{1,3})(?!\d)")
_SPACES = re.compile(r"\s+")
_MEDIA = (
    (re.compile(r"\b(?:OIL|OEL|ÖL|HX OIL)\b", re.IGNORECASE), "Oil"),
    (re.compile(r"\b(?:WATER|W|WI|WASSER|WATER DIPPING)\b"), "Water"),
    (re.compile(r"\b(?:GLYC|GLYCEROL|GLY|IMM CORR GLYC)\b", re.IGNORECASE), "Glycerol"),
    (re.compile(r"\b(?:SIL|SILICONE)\b", re.IGNORECASE), "Silicone"),
    (re.compile(r"\b(?:AIR|DRY)\b", re.IGNORECASE), "Air"),
)
MEDIA = {
    "OIL": "Oil", "GLYC": "Glycerol", "GLYCEROL": "Glycerol", "WATER": "Water", "W": "Water", "DRY": "Air",
    "AIR": "Air", "SIL": "Silicone", "SILICONE": "Silicone", "IMM": "Multi", "MULTI": "Multi",
}  # fmt: skip
"""Vendors' words for immersion media to those of OME."""


class Engraving(NamedTuple):
    """What an objective's name says: magnification, numerical aperture, immersion medium in OME's words."""

    magnification: float | None = None
    na: float | None = None
    immersion: str | None = None


def tidy_name(name: str | None) -> str | None:
    """Give a name without the runs of blanks that vendors pad with; none if nothing is left."""
    return _SPACES.sub(" ", name or "").strip() or None


def engraving(name: str | None) -> Engraving:
    """Read the engraving of an objective; what it does not say is ``None``.

    >>> engraving("HC PL APO CS2    63x/1.30 GLYC ")
    Engraving(magnification=63.0, na=1.3, immersion='Glycerol')
    >>> engraving("UPLFLN   40X  NA:0.75")
    Engraving(magnification=40.0, na=0.75, immersion=None)
    """
    said = (name or "")[:200]
    power, aperture = _POWER.search(said.replace("x/", "x /").replace("X/", "X /")), _APERTURE.search(said)
    medium = next((word for pattern, word in _MEDIA if pattern.search(said)), None)
    number = (aperture[1] or aperture[2]).replace(",", ".") if aperture else None
    return Engraving(float(power[1].replace(",", ".")) if power else None, float(number) if number else None, medium)


def optics(
    found: Found, model: str | None, place: str, stated: Mapping[str, tuple[Any, str]]
) -> Iterator[tuple[str, Any, str]]:
    """Give aperture, magnification and immersion: as stated, else as engraved, which counts as derived.

    Parameters
    ----------
    found
        Where the confidence is kept.
    model, place
        The objective's name, and its place in the header.
    stated
        Field name to value and place, where the header has a number or a word of its own.
    """
    engraved = engraving(model)
    for name in ("na", "magnification", "immersion"):
        value, where = stated.get(name, (None, place))
        if value is None and getattr(engraved, name) is not None:
            found.confidence[f"objective.{name}"] = "derived"
            value, where = getattr(engraved, name), place
        yield name, value, where
