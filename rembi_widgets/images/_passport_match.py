"""Which of a microscope's objectives took an image: by magnification and aperture, then by its model's name.

A nominal magnification differs by less than 1 % from itself written elsewhere, an aperture by less than 0.006 (1.4 and
1.40, 0.95 and 0.95): 60 and 63 times, 1.40 and 1.42 are different objectives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Values = Mapping[str, Any]

NEAR = {"magnification": 0.01, "na": 0.006}
"""How near two numbers must be to be one: relative for magnifications, absolute for apertures."""
SHORTEST = 5
"""Letters that a model's name must have to be found in another."""
COMPARED = ("magnification", "na", "immersion", "model")

State = Literal["found", "only", "unknown", "several", "missing"]


@dataclass(frozen=True, slots=True)
class Match:
    """What was found.

    Attributes
    ----------
    state
        ``found``; ``only``: the images say nothing, and there is no other; ``unknown``: they say nothing; ``several``
        fit; ``missing``: what they say is no objective of this microscope.
    place
        Which objective, from 0; ``None`` without one.
    differs
        Values that the images and the microscope give differently: name, theirs, its.
    """

    state: State
    place: int | None = None
    differs: tuple[tuple[str, Any, Any], ...] = ()


def match_objective(said: Values, objectives: Sequence[Values]) -> Match:
    """Find the objective that was used.

    Parameters
    ----------
    said
        What is known of it: ``magnification``, ``na``, ``model``, ``immersion``.
    objectives
        The microscope's, with the same names.
    """
    numbers = {name: said[name] for name in ("magnification", "na") if isinstance(said.get(name), int | float)}
    model = folded(said.get("model"))
    everything = range(len(objectives))
    if not numbers and not model:
        return Match("only", 0) if len(objectives) == 1 else Match("unknown")
    by_number = [place for place in everything if _fits(numbers, objectives[place])] if numbers else []
    by_model = [place for place in everything if model and alike(model, folded(objectives[place].get("model")))]
    both = [place for place in by_number if place in by_model]
    for places in (both, by_number, by_model):
        if places:
            chosen = _narrowed(places, said, objectives)
            if chosen is None:
                return Match("several")
            return Match("found", chosen, tuple(_differences(said, objectives[chosen])))
    return Match("missing" if objectives else "unknown")


def _narrowed(places: Sequence[int], said: Values, objectives: Sequence[Values]) -> int | None:
    """Give the one place; of several that whose name is the very same, or whose immersion is."""
    for name in ("model", "immersion"):
        if len(places) > 1 and said.get(name):
            same = [place for place in places if folded(objectives[place].get(name)) == folded(said[name])]
            places = same or places
    return places[0] if len(places) == 1 else None


def _fits(numbers: Values, objective: Values) -> bool:
    return all(near(name, value, objective.get(name)) for name, value in numbers.items())


def near(name: str, one: float, other: object) -> bool:
    """Tell whether two numbers are one, written in two places."""
    if not isinstance(other, int | float):
        return False
    apart = abs(one - other)
    return apart <= (NEAR[name] * max(abs(one), abs(other)) if name == "magnification" else NEAR[name])


def folded(name: object) -> str:
    """Give a name as letters and digits alone: ``Plan Apo 60x/1.40`` and ``PlanApo 60X 1.4`` begin alike."""
    return "".join(letter for letter in str(name).casefold() if letter.isalnum()) if isinstance(name, str) else ""


def alike(one: str, other: str) -> bool:
    """Tell whether two folded names are one, or one holds the other."""
    if one == other:
        return bool(one)
    return min(len(one), len(other)) >= SHORTEST and (one in other or other in one)


def _differences(said: Values, objective: Values) -> Iterable[tuple[str, Any, Any]]:
    for name in COMPARED:
        theirs, its = said.get(name), objective.get(name)
        if theirs is None or its is None or theirs == "" or its == "":
            continue
        if name in NEAR:
            same = not isinstance(theirs, int | float) or near(name, theirs, its)
        else:
            same = alike(folded(theirs), folded(its)) or folded(theirs) == folded(its)
        if not same:
            yield name, theirs, its


def called(values: Values) -> str:
    """Give an objective in a few words: its model, or what is known of it.

    >>> called({"magnification": 60.0, "na": 1.4, "immersion": "Oil"})
    '60×/1.4 Oil'
    """
    numbers = "/".join(
        [
            *([f"{values['magnification']:g}×"] if isinstance(values.get("magnification"), int | float) else []),
            *([f"{values['na']:g}"] if isinstance(values.get("na"), int | float) else []),
        ]
    )
    short = " ".join(str(word) for word in (numbers, values.get("immersion")) if word)
    model = values.get("model")
    return f"{model} ({short})" if model and numbers else str(model or short)
