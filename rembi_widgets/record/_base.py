"""Values of a record: terms, quantities, honest absences, and what is known of their origin."""

from __future__ import annotations

import math
import secrets
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters of an id: none that is easily mistaken for another."""
_PLACES = tuple(len(ALPHABET) ** place for place in range(8))
_MANY = len(ALPHABET) ** 8


def new_id(prefix: str, taken: object = ()) -> str:
    """Make a short id such as ``bs-7f3a9k2m``, unlike those in ``taken``.

    Eight letters of 31 leave one chance in 10^6 of a clash among a million ids made apart.
    """
    known = taken if hasattr(taken, "__contains__") else ()
    while True:
        number = secrets.randbelow(_MANY)  # one draw: a scan makes hundreds of thousands of ids
        fresh = prefix + "-" + "".join([ALPHABET[number // place % len(ALPHABET)] for place in _PLACES])
        if fresh not in known:
            return fresh


class Frozen(BaseModel):
    """Base of all parts of a record: immutable, and it keeps keys it does not know."""

    # validators are built when they are first used: a form on its own needs few of them
    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True, defer_build=True)

    def plain(self) -> dict[str, Any]:
        """Give the JSON form: empty keys left out, tuples as lists."""
        return {key: plain(value) for key, value in self if not is_empty(value)}


class Term(Frozen):
    """A term of an ontology, or free text when ``id`` is empty.

    ``label`` is the ontology's own label, ``id`` a CURIE such as ``FBbi:00000251``.
    """

    label: str
    id: str | None = None
    ontology: str | None = None
    version: str | None = None

    def __str__(self) -> str:
        return self.label


class Quantity(Frozen):
    """A number with its unit as a symbol (``µm``, ``nm``, ``ms``); ``text`` holds what is no number."""

    number: float | None = Field(default=None, allow_inf_nan=False)
    unit: str | None = None
    text: str | None = None

    def __str__(self) -> str:
        amount = self.text if self.number is None else f"{self.number:.15g}"
        return " ".join(part for part in (amount, self.unit) if part)


class Absent(Frozen):
    """The honest answer that there is no value, and why."""

    absent: Literal["not_applicable", "not_recorded"]
    reason: str | None = None


class Origin(Frozen):
    """Where a value came from: a file and its header path, an import, a copy, a person.

    ``count`` of ``of`` files said the same.
    """

    kind: str = "typed"
    source: str | None = None
    header: str | None = None
    count: int | None = None
    of: int | None = None


class Mark(Frozen):
    """What is known of a value besides the value: has a person confirmed it, where is it from."""

    confirmed: bool = True
    origin: Origin = Field(default_factory=Origin)


def is_empty(value: object) -> bool:
    """Tell whether a value is empty: nothing, blank text or no items. ``False`` and 0 are values."""
    return not value and (value is None or value in ("", (), [], {}))


def plain(value: object) -> Any:
    """Give the JSON form of any value of a record."""
    if isinstance(value, Frozen):
        return value.plain()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def _absent(value: object) -> object:
    """Read ``{"absent": ...}`` first: every other kind of value would take that mapping too."""
    return Absent.model_validate(value) if isinstance(value, dict) and "absent" in value else value


def _tidy(value: object) -> object:
    return None if value in ("", [], ()) else _absent(value)


def _as_term(value: object) -> object:
    return Term(label=value) if isinstance(value, str) and value else value


def _as_number(value: object) -> object:
    """Read text that is a number as one, with a comma or a point; leave other text as it is."""
    if not isinstance(value, str):
        return finite(value)
    try:
        number = float(value.strip().replace(",", "."))
    except ValueError:
        return value
    return number if math.isfinite(number) else value


def finite(value: object) -> object:
    """Give a value as it is, and as text if it is a number that is none: JSON has no such numbers."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def _as_quantity(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return value
    if not isinstance(value, str):
        return Quantity(number=value) if math.isfinite(value) else Quantity(text=str(value))
    number, _, unit = value.strip().partition(" ")
    read = _as_number(number)
    return Quantity(text=value) if isinstance(read, str) else Quantity(number=read, unit=unit.strip() or None)


def _as_many(value: object) -> object:
    if value is None or value == "":
        return ()
    value = _absent(value)
    return value if isinstance(value, Absent | list | tuple) else (value,)


AnyTerm = Annotated[Term, BeforeValidator(_as_term)]
AnyQuantity = Annotated[Quantity, BeforeValidator(_as_quantity)]
Text = Annotated[Absent | str | None, BeforeValidator(_tidy)]
Number = Annotated[Absent | float | str | None, BeforeValidator(_as_number), BeforeValidator(_tidy)]
Flag = Annotated[Absent | bool | str | None, BeforeValidator(_tidy)]
OneTerm = Annotated[Absent | AnyTerm | None, BeforeValidator(_tidy)]
Measure = Annotated[Absent | AnyQuantity | None, BeforeValidator(_tidy)]
Texts = Annotated[Absent | tuple[str, ...], BeforeValidator(_as_many)]
Terms = Annotated[Absent | tuple[AnyTerm, ...], BeforeValidator(_as_many)]
Ref = Annotated[str | None, BeforeValidator(_tidy)]
Refs = Annotated[Absent | tuple[str, ...], BeforeValidator(_as_many)]
