"""Values of microscope files: what people write for "not known" is empty, what cannot be is dropped with a note."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._imagerecord import Note
from rembi_widgets.images._objective_name import engraving
from rembi_widgets.images._passport import PassportPart
from rembi_widgets.images._sanity import tidy
from rembi_widgets.images._units import TO_NM, TO_UM

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 4000
"""Letters of a text; a longer one is cut."""
SHOWN = 80
NOTHING = frozenset(
    {"", "-", "--", "?", "na", "n/a", "n.a.", "none", "null", "nil", "not applicable", "not available", "unknown"}
)
"""What is written where nothing is known, in lower case."""
RANGES = {
    "magnification": (0.1, 1000.0),
    "na": (0.005, 2.0),
    "refractive_index": (1.0, 3.0),
    "wavelength": (100.0, 30_000.0),
    "working_distance": (1.0, 500_000.0),
}
"""What can be: the magnification, the aperture, the wavelength in nm, the working distance in µm."""
IMMERSION = {
    "mineral oil": "Oil", "oil": "Oil", "air": "Air", "dry": "Air", "water": "Water", "water dipping": "WaterDipping",
    "waterdipping": "WaterDipping", "glycerol": "Glycerol", "glycerin": "Glycerol", "glycerine": "Glycerol",
    "multi": "Multi", "multi-immersion": "Multi",
}  # fmt: skip
"""Words for immersion media, those of Micro-Meta App among them, to the words of OME."""
CORRECTION = {"planapochromat": "PlanApo", "plan apochromat": "PlanApo", "plan-apochromat": "PlanApo"}
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_NUMBER = re.compile(r"^\s*([-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?)\s*((?![\d.,])\S{0,20})\s*$")


@dataclass
class Part:
    """A part in the making: values are put in under the record's names, with their places."""

    place: str
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def put(self, name: str, value: Any, key: str) -> None:
        """Keep a value, if there is one, and the place it was read from."""
        if value is not None:
            self.values[name] = value
            self.places[name] = f"{self.place}/{key}"

    def drop(self, key: str, found: object) -> None:
        """Note a value that cannot be."""
        where = f"{self.place}/{key}"
        self.notes.append(Note("microscopes.note.dropped", {"place": where, "found": str(found)[:SHOWN]}))

    def word(self, name: str, held: Mapping[str, Any], *keys: str) -> None:
        """Keep the first of several keys that holds a text."""
        for key in keys:
            value = text(held.get(key))
            if value is None and isinstance(held.get(key), list | dict):
                self.drop(key, held[key])
            if value is not None:
                return self.put(name, value, key)
        return None

    def number(self, name: str, held: Mapping[str, Any], *keys: str) -> None:
        """Keep the first of several keys that holds a number that can be; 0 stands for "not known"."""
        for key in keys:
            value = number(held.get(key))
            if value is not None and _can_be(name, value):
                return self.put(name, value, key)
            if value != 0 and text(held.get(key)) is not None:
                self.drop(key, held[key])
        return None

    def length(self, name: str, held: Mapping[str, Any], key: str, unit: str, *, default: str) -> None:
        """Keep a length with the unit that stands beside it, in the record's units."""
        said = held.get(key)
        amount, own = split(said)
        found = quantity(name, amount, text(held.get(unit)) or own or default)
        if found is None and amount != 0 and text(said) is not None:
            self.drop(key, f"{said} {text(held.get(unit)) or ''}".strip())
        self.put(name, found, key)

    def make(self, identity: object, name: object) -> PassportPart:
        """Give the finished part."""
        places = {key: place for key, place in self.places.items() if key in self.values}
        return PassportPart(id=text(identity), name=text(name), values=self.values, places=places)


def text(value: object) -> str | None:
    """Give a text on one line, or a number as text; ``None`` for what says nothing.

    >>> text("  Plan Apo "), text("NOT APPLICABLE"), text(40)
    ('Plan Apo', None, '40')
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, float):
        value = f"{value:.12g}"
    said = _SPACES.sub(" ", str(value)[: 2 * LONGEST]).strip()
    said = said.encode("utf-8", "replace").decode("utf-8")  # half of a pair of surrogates cannot be written to a file
    return None if said.casefold() in NOTHING else said[:LONGEST]


def number(value: object) -> float | None:
    """Give a finite number, from text too; ``None`` for what is none.

    >>> number("1,4"), number(True), number("60x")
    (1.4, None, 60.0)
    """
    amount, unit = split(value)
    return amount if unit in {None, "x", "X", "×"} else None


def split(value: object) -> tuple[float | None, str | None]:
    """Give the number and the unit of ``488 nm``; a number alone has no unit."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None, None
    found = _NUMBER.match(str(value)[:SHOWN])
    if not found:
        return None, None
    amount = float(found[1].replace(",", "."))
    return (tidy(amount), found[2] or None) if math.isfinite(amount) else (None, None)


def quantity(name: str, amount: float | None, unit: str) -> dict[str, Any] | None:
    """Give a length in the unit that its field has: nm for wavelengths, mm or µm for working distances."""
    scale = (TO_NM if name == "wavelength" else TO_UM).get(unit.replace("Â", "").strip())
    if amount is None or scale is None or not _can_be(name, amount * scale):
        return None
    size = amount * scale
    if name == "wavelength":
        return {"number": tidy(size), "unit": "nm"}
    return {"number": tidy(size / 1000), "unit": "mm"} if size >= 100 else {"number": tidy(size), "unit": "µm"}  # noqa: PLR2004 - 0.1 mm


def _can_be(name: str, value: float) -> bool:
    least, most = RANGES[name]
    return least <= value <= most


def objective(part: Part, held: Mapping[str, Any], keys: Mapping[str, tuple[str, ...]]) -> None:
    """Read an objective; what its numbers leave open, its engraving may say."""
    for name in ("manufacturer", "model", "immersion", "correction"):
        part.word(name, held, *keys[name])
    for name in ("magnification", "na", "refractive_index"):
        part.number(name, held, *keys[name])
    for name, words in (("immersion", IMMERSION), ("correction", CORRECTION)):
        said = part.values.pop(name, None)
        if said and said.casefold() != "other":
            part.values[name] = words.get(said.casefold(), said)
    engraved = engraving(part.values.get("model"))
    for name in ("magnification", "na", "immersion"):
        if name not in part.values and getattr(engraved, name) is not None:
            part.values[name] = getattr(engraved, name)
            part.places[name] = part.places["model"]
