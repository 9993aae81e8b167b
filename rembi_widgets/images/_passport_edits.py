"""What a microscope's passport says, as edits of acquisitions: unconfirmed, and never over what somebody else said.

A field is filled if it is empty, or holds what a passport filled in and nobody confirmed. What an image's header or a
person said stays; where the two differ, a check tells. Rows are added where there are none; rows of others are
completed. Choosing the microscope again changes nothing; choosing another takes the first one's values away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.images._nboq import QC
from rembi_widgets.images._passport_match import alike, folded, match_objective
from rembi_widgets.record import PREFIXES, Edit, Origin, get, is_empty, new_id, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rembi_widgets.images._passport import Passport, PassportPart
    from rembi_widgets.images._passport_match import Match
    from rembi_widgets.record import Acquisition, Curation

KIND = "passport"
"""Kind of the origin of what a passport filled in."""
CHOSEN = "x-microscope"
"""Key of an acquisition for the microscope that was chosen: name, id, version of the model, file."""
USED = "/setup/x-microscopes"
"""Where the record keeps what checks need of the microscopes that were chosen."""
STAND = {
    "manufacturer": "instrument_manufacturer",
    "model": "instrument_model",
    "type": "instrument_type",
    "serial": "instrument_serial",
    "description": "instrument_description",
    "software": "software",
}
"""Value of the stand to the acquisition's field."""
OBJECTIVE = (
    "manufacturer",
    "model",
    "magnification",
    "na",
    "immersion",
    "correction",
    "working_distance",
    "refractive_index",
)
ROWS = ("light_sources", "detectors", "filters")
NEAR_NM = 12.0
"""How far a laser may be from the excitation that a header names: 561 for 555, 491 for 488."""


@dataclass
class _Filling:
    """The edits for one acquisition in the making."""

    record: Curation
    passport: Passport
    acquisition: Acquisition
    edits: list[Edit] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/acquisitions/{self.acquisition.id}"

    def origin(self, part: PassportPart, name: str) -> Origin:
        return Origin(kind=KIND, source=self.passport.source, header=part.places.get(name))

    def fill(self, name: str, part: PassportPart | None, of: str) -> None:
        """Set a field, or empty it if only an earlier passport had filled it."""
        path = f"{self.path}/{name}"
        held, mine = get(self.record, path), is_passports(self.record, path)
        value = None if part is None else part.values.get(of)
        if not mine and (not is_empty(held) or _is_persons(self.record, path)):
            return
        if value is None:
            if mine and not is_empty(held):
                self.edits.append(Edit(op="clear", path=path, mark=None))
        elif part is not None and plain(held) != value:
            self.edits.append(Edit(op="set", path=path, value=value, origin=self.origin(part, of)))


def _is_persons(record: Curation, path: str) -> bool:
    """Tell whether a person decided a value, be it that there is none."""
    mark = record.marks.get(path)
    return mark is not None and mark.confirmed


def is_passports(record: Curation, path: str) -> bool:
    """Tell whether a value is one that a passport filled in and nobody confirmed."""
    mark = record.marks.get(path)
    return mark is not None and not mark.confirmed and mark.origin.kind == KIND


def passport_edits(
    record: Curation,
    passport: Passport,
    acquisitions: Iterable[str] | None = None,
    *,
    objective: int | None = None,
    qc: str | None = None,
) -> list[Edit]:
    """Give the edits by which a microscope fills acquisitions, to be proposed.

    Parameters
    ----------
    acquisitions
        Ids; default: all.
    objective
        Which of the microscope's objectives was used, from 0, where a person says so.
    qc
        Where the quality-control data are; default: what the passport says.

    Raises
    ------
    RembiError
        If there is no such acquisition or objective.
    """
    known = {one.id: one for one in record.acquisitions}
    wanted = list(known) if acquisitions is None else list(dict.fromkeys(acquisitions))
    for identity in wanted:
        if identity not in known:
            raise RembiError("microscopes.no_acquisition", id=identity)
    if objective is not None and not 0 <= objective < len(passport.objectives):
        raise RembiError("microscopes.no_objective", n=objective, name=passport.name)
    edits: list[Edit] = []
    for identity in wanted:
        edits += _fill(_Filling(record, passport, known[identity]), objective, qc)
    return [*edits, *_used(record, passport, wanted)] if wanted else []


def _fill(made: _Filling, objective: int | None, qc: str | None) -> list[Edit]:
    _choose(made, CHOSEN, chosen_json(made.passport))
    if qc or made.passport.qc:
        _choose(made, QC, qc or made.passport.qc)
    for of, name in STAND.items():
        made.fill(name, made.passport.stand, of)
    place = objective if objective is not None else objective_of(made.record, made.acquisition, made.passport).place
    part = None if place is None else made.passport.objectives[place]
    for of in OBJECTIVE:
        made.fill(f"objective_{of}", part, of)
    for rows in ROWS:
        _rows(made, rows, _parts(made.acquisition, made.passport, rows))
    return made.edits


def _choose(made: _Filling, name: str, value: Any) -> None:
    """Set what a person chose: it is theirs, and a later choice replaces it."""
    path = f"{made.path}/{name}"
    if plain(get(made.record, path)) != value:
        made.edits.append(Edit(op="set", path=path, value=value, mark=None))


def chosen_json(passport: Passport) -> dict[str, Any]:
    """Give what an acquisition keeps of the microscope that was chosen."""
    said = {
        "name": passport.name,
        "id": passport.id,
        "model_version": passport.model_version,
        "tier": passport.tier,
        "file": passport.source,
    }
    return {name: value for name, value in said.items() if value is not None}


def chosen_microscope(acquisition: Acquisition) -> dict[str, Any] | None:
    """Give the microscope that was chosen for an acquisition: name, id, version of the model, tier, file."""
    held = plain(getattr(acquisition, CHOSEN, None))
    return held if isinstance(held, dict) else None


def objective_of(record: Curation, acquisition: Acquisition, passport: Passport) -> Match:
    """Match what an acquisition says of its objective; what a passport filled in does not count."""
    said = said_objective(record, acquisition)
    return match_objective(said, [part.values for part in passport.objectives])


def said_objective(record: Curation, acquisition: Acquisition) -> dict[str, Any]:
    """Give what headers and persons said of the objective, under the names of a passport."""
    said = {}
    for name in ("magnification", "na", "model", "immersion"):
        value = getattr(acquisition, f"objective_{name}")
        path = f"/acquisitions/{acquisition.id}/objective_{name}"
        if isinstance(value, str | int | float) and not is_passports(record, path):
            said[name] = value
    return said


def _parts(acquisition: Acquisition, passport: Passport, rows: str) -> Sequence[PassportPart]:
    """Give the parts to propose; of the light sources only those that the channels tell of, if they tell of all."""
    parts: Sequence[PassportPart] = getattr(passport, rows)
    if rows != "light_sources" or not isinstance(acquisition.channels, tuple):
        return parts
    told = [getattr(channel.excitation, "number", None) for channel in acquisition.channels]
    near = [[part for part in parts if _lights(part, nm)] for nm in told if nm is not None]
    if not near or len(near) < len(told) or not all(near):
        return parts
    return [part for part in parts if any(part in found for found in near)]


def _lights(part: PassportPart, nm: float) -> bool:
    held = part.values.get("wavelength")
    return held is not None and abs(held["number"] - nm) <= NEAR_NM


def _rows(made: _Filling, name: str, parts: Sequence[PassportPart]) -> None:
    held = getattr(made.acquisition, name)
    if not isinstance(held, tuple):
        return
    mine = [row for row in held if _is_mine(made, name, row)]
    others = [row for row in held if row not in mine]
    if others:
        parts_added: Sequence[PassportPart] = ()
        for row in others:
            _complete(made, name, row, parts)
    else:
        parts_added = parts
    wanted = [dict(part.values) for part in parts_added]
    if [_plain(row) for row in mine] == wanted:
        return
    made.edits += [Edit(op="remove", path=f"{made.path}/{name}/{row.id}") for row in mine]
    for part in parts_added:
        marks = {of: {"confirmed": False, "origin": made.origin(part, of).plain()} for of in part.values}
        fresh = new_id(PREFIXES[name])
        made.edits.append(
            Edit(op="add", path=f"{made.path}/{name}", id=fresh, value={**part.values, "id": fresh}, marks=marks)
        )


def _plain(row: Any) -> dict[str, Any]:
    return {key: value for key, value in row.plain().items() if key != "id"}


def _is_mine(made: _Filling, name: str, row: Any) -> bool:
    start = f"{made.path}/{name}/{row.id}/"
    keys = _plain(row)
    return bool(keys) and all(is_passports(made.record, start + key) for key in keys)


def _complete(made: _Filling, name: str, row: Any, parts: Sequence[PassportPart]) -> None:
    """Fill what a row leaves open, from the one part of that model or wavelength."""
    found = [part for part in parts if _is_part(row, part)]
    for key in found[0].values if len(found) == 1 else ():
        made.fill(f"{name}/{row.id}/{key}", found[0], key)


def _is_part(row: Any, part: PassportPart) -> bool:
    said = folded(getattr(row, "model", None))
    if said:
        return alike(said, folded(part.values.get("model")))
    nm = getattr(getattr(row, "wavelength", None), "number", None)
    return nm is not None and _lights(part, nm)


def _used(record: Curation, passport: Passport, filled: Sequence[str]) -> list[Edit]:
    """Keep what checks need of the microscopes in use; what no acquisition names any more is let go."""
    held = get(record, USED)
    known = [one for one in held if isinstance(one, dict)] if isinstance(held, list | tuple) else []
    others = (chosen_microscope(one) for one in record.acquisitions if one.id not in set(filled))
    named = [(one.get("name"), one.get("id")) for one in others if one is not None]
    own = (passport.name, passport.id)
    kept = [
        one for one in known if (one.get("name"), one.get("id")) in named and (one.get("name"), one.get("id")) != own
    ]
    fresh = {**chosen_json(passport), "stand": dict(passport.stand.values)}
    fresh["objectives"] = [dict(part.values) for part in passport.objectives]
    return [] if plain(held) == [*kept, fresh] else [Edit(op="set", path=USED, value=[*kept, fresh], mark=None)]
