"""What does not fit: what headers and people say of an acquisition, beside the microscope that was chosen for it.

The record keeps the stand and the objectives of each microscope in use, so that no file of the facility's is needed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._objective_name import engraving
from rembi_widgets.images._passport_edits import USED, chosen_microscope, said_objective
from rembi_widgets.images._passport_match import alike, called, folded, match_objective
from rembi_widgets.record import get

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rembi_widgets.record import Acquisition, Curation

    Values = Mapping[str, Any]

STAND = {"manufacturer": "instrument_manufacturer", "model": "instrument_model", "type": "instrument_type"}
"""Value of a stand to the acquisition's field, where both must say the same."""
LISTED = 8
"""Objectives that a sentence names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MicroscopeConflict:
    """Something that does not fit.

    Attributes
    ----------
    code
        ``objective_not_on_microscope``, ``images_objective_not_on_microscope``, ``objective_conflict`` or
        ``stand_conflict``.
    path, acquisition
        The field, and the acquisition it is about.
    field
        The acquisition's field, of ``_conflict``.
    found, wanted
        In words.
    value
        What the microscope's file says, where the field can be set to it.
    images
        How many images.
    """

    code: str
    path: str
    acquisition: str
    microscope: str
    found: str
    wanted: str
    field: str | None = None
    value: Any = None
    images: int = 0


def microscope_conflicts(record: Curation) -> Iterator[MicroscopeConflict]:
    """Give what does not fit, acquisition by acquisition, then of images."""
    chosen = dict(_chosen(record))
    for acquisition in record.acquisitions if chosen else ():
        if acquisition.id in chosen:
            yield from _objective(record, acquisition, chosen[acquisition.id])
            yield from _stand(acquisition, chosen[acquisition.id])
    if chosen:
        yield from _images(record, chosen)


def _chosen(record: Curation) -> Iterator[tuple[str, Values]]:
    held = get(record, USED)
    known = [one for one in held if isinstance(one, dict)] if isinstance(held, list | tuple) else []
    for acquisition in record.acquisitions if known else ():
        said = chosen_microscope(acquisition)
        name = None if said is None else (said.get("name"), said.get("id"))
        found = next((one for one in known if (one.get("name"), one.get("id")) == name), None)
        if found is not None:
            yield acquisition.id, found


def _lenses(microscope: Values) -> list[Values]:
    held = microscope.get("objectives")
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list | tuple) else []


def _named(objectives: Sequence[Values]) -> str:
    more = [] if len(objectives) <= LISTED else ["…"]
    return "; ".join([*(called(one) for one in objectives[:LISTED]), *more])


def _objective(record: Curation, acquisition: Acquisition, microscope: Values) -> Iterator[MicroscopeConflict]:
    said, lenses = said_objective(record, acquisition), _lenses(microscope)
    match = match_objective(said, lenses)
    path = f"/acquisitions/{acquisition.id}"
    about: dict[str, Any] = {"acquisition": acquisition.id, "microscope": _name(microscope)}
    if match.state == "missing":
        first = next(name for name in ("magnification", "na", "model") if name in said)
        yield MicroscopeConflict(
            code="objective_not_on_microscope",
            path=f"{path}/objective_{first}",
            found=called(said),
            wanted=_named(lenses),
            **about,
        )
    for name, theirs, its in match.differs:
        field = f"objective_{name}"
        words: dict[str, Any] = {"found": _word(theirs), "wanted": _word(its)}
        yield MicroscopeConflict(
            code="objective_conflict", path=f"{path}/{field}", field=field, value=its, **words, **about
        )


def _name(microscope: Values) -> str:
    return str(microscope.get("name") or "")


def _word(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _stand(acquisition: Acquisition, microscope: Values) -> Iterator[MicroscopeConflict]:
    held = microscope.get("stand")
    stand: dict[str, Any] = held if isinstance(held, dict) else {}
    for name, field in STAND.items():
        said, wanted = getattr(acquisition, field), stand.get(name)
        if not (isinstance(said, str) and isinstance(wanted, str)) or alike(folded(said), folded(wanted)):
            continue
        yield MicroscopeConflict(
            code="stand_conflict",
            path=f"/acquisitions/{acquisition.id}/{field}",
            acquisition=acquisition.id,
            microscope=_name(microscope),
            field=field,
            found=said,
            wanted=wanted,
            value=wanted,
        )


def _images(record: Curation, chosen: Mapping[str, Values]) -> Iterator[MicroscopeConflict]:
    """Give the images whose objective is none of the microscope's, though that of their acquisition is."""
    acquisitions = {one.id: one for one in record.acquisitions}
    first, counts = _told(record, chosen)
    for (identity, words), count in counts.items():
        lenses = _lenses(chosen[identity])
        if match_objective(said_objective(record, acquisitions[identity]), lenses).state == "missing":
            continue  # that is told of the acquisition
        if match_objective(_read(words), lenses).state == "missing":
            yield MicroscopeConflict(
                code="images_objective_not_on_microscope",
                path=f"/images/{first[identity, words]}/objective",
                acquisition=identity,
                microscope=_name(chosen[identity]),
                found=words,
                wanted=_named(lenses),
                images=count,
            )


def _told(
    record: Curation, wanted: Mapping[str, Values]
) -> tuple[dict[tuple[str, str], str], Counter[tuple[str, str]]]:
    """Give the first image, and how many there are, of each acquisition and each objective in words."""
    lines = {one.id: one.acquisition for part in record.components for one in part.associations}
    only = {part.id: part.associations[0].acquisition for part in record.components if len(part.associations) == 1}
    table = record.images
    first: dict[tuple[str, str], str] = {}
    counts: Counter[tuple[str, str]] = Counter()
    columns = (table.column(name) for name in ("association", "component", "objective"))
    for row, line, component, words in zip(table.ids, *columns, strict=True):
        acquisition = lines.get(line) or only.get(component)
        if acquisition is not None and acquisition in wanted and isinstance(words, str):
            first.setdefault((acquisition, words), row)
            counts[acquisition, words] += 1
    return first, counts


def _read(words: str) -> dict[str, Any]:
    """Give what an image's objective says, as the table has it: a model, or numbers and a medium."""
    found = engraving(words.replace("× NA ", "x/").replace("×", "x"))
    numbers = {name: value for name, value in (("magnification", found.magnification), ("na", found.na)) if value}
    return {**numbers, "model": words}
