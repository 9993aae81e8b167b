"""Fields that two people gave different values without knowing of each other, as findings with both values."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from rembi_widgets.checks._case import SHOWN, name_of
from rembi_widgets.locale import has
from rembi_widgets.record import (
    COLLECTIONS,
    SINGLETONS,
    TABLES,
    Finding,
    Named,
    choice_key,
    is_empty,
    parts,
    section_of,
    spoken,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import Conflict, FieldGuide, Rival, SectionGuide

FIRST_DAY = 1


def two_values(case: Case, conflicts: Iterable[Conflict]) -> Iterator[Finding]:
    """Tell of conflicts: a warning each, the cells of a column together, both values with their authors and times."""
    for conflict in conflicts:
        field = _field(conflict.path)
        kind = "rows" if conflict.rows else "entity" if any(one.removed for one in conflict.rivals) else "field"
        values: dict[str, Any] = {"where": _where(case, conflict.path), "n": len(conflict.rows)}
        told = tuple(_told(case, field, rival) for rival in _each(conflict))
        wanted = Named(key=f"two_values.{kind}.wanted")
        said = Named(key=f"two_values.{kind}", values=values)
        yield Finding(
            level="warning",
            code="two_values",
            path=conflict.path,
            values={"said": said, "found": told, "wanted": wanted},
            found=str(spoken(told)),
            wanted=str(spoken(wanted)),
        )


def _each(conflict: Conflict) -> Iterator[Rival]:
    """Give the rivals, each person's change once."""
    yield from {rival.change: rival for rival in conflict.rivals}.values()


def _field(path: str) -> FieldGuide | None:
    return _section(path).fields.get(path.rpartition("/")[2])


def _section(path: str) -> SectionGuide:
    """Give the section that what a path names is a field or an entity of."""
    names = parts(path)
    return section_of(names[2] if len(names) > 3 else names[0])  # noqa: PLR2004 - collection, id, rows, id


def _where(case: Case, path: str) -> Named:
    """Say a place in words: ``Biosample “HeLa”: Organism``."""
    names = parts(path)
    one = names[0] in SINGLETONS or names[0] in TABLES
    is_field = names[0] in SINGLETONS or len(names) % 2 == 1
    label = f"guide.{_section(path).name}.{names[-1]}.label"
    values = {
        "section": Named(key=f"guide.{section_of(names[0]).name}.label"),
        "name": "" if one else case.name(path),
        "label": Named(key=label) if has(label) else names[-1],
    }
    return Named(key=f"two_values.where{'.one' if one else '' if is_field else '.entity'}", values=values)


def _told(case: Case, field: FieldGuide | None, rival: Rival) -> Named:
    what = Named(key="two_values.removed") if rival.removed else _value(case, field, rival.value)
    when = _moment(rival.at)
    values: dict[str, Any] = {"value": what, "author": rival.author or Named(key="two_values.somebody")}
    key = "two_values.rival" if when else "two_values.rival.undated"
    return Named(key=key, values=values | ({"time": when} if when else {}))


def _moment(at: str) -> Named | None:
    """Say when, in the time of the place where it is read."""
    try:
        local = datetime.fromisoformat(at).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
    day: Any = Named(key="two_values.first") if local.day == FIRST_DAY else local.day
    month = Named(key=f"two_values.month.{local.month}")
    values = {"day": day, "month": month, "year": local.year, "hour": f"{local:%H}", "minute": f"{local:%M}"}
    return Named(key="two_values.time", values=values)


def _value(case: Case, field: FieldGuide | None, value: Any) -> Any:
    """Say a value in words: terms by their labels, references by the names of what they name."""
    if is_empty(value):
        return Named(key="two_values.nothing")
    if isinstance(value, bool):
        return Named(key=f"two_values.{'yes' if value else 'no'}")
    if isinstance(value, list | tuple):
        return tuple(_value(case, field, item) for item in value)
    if isinstance(value, dict):
        return _in_words(value)
    said = str(value)
    if field is not None and field.of:
        return _quoted(_called(case, field.of, said))
    key = choice_key(field.name, said) if field is not None and field.choices else ""
    return Named(key=key) if key and has(key) else _quoted(said)


def _called(case: Case, kind: str, identity: str) -> str:
    """Give the name of what an id names, the id itself if it names nothing that has one."""
    place = "samples.labels" if kind == "labels" else kind if kind in COLLECTIONS else ""
    items = case.entities(place) if place else ()
    return next((name_of(entity) or identity for _, entity in items if entity.id == identity), identity)


def _in_words(value: dict[str, Any]) -> Any:
    if value.get("absent") in {"not_applicable", "not_recorded"}:
        return Named(key=f"two_values.{value['absent']}")
    if "label" in value:
        return _quoted(str(value["label"]))
    amount = value.get("number", value.get("text"))
    if amount is not None:
        return " ".join(str(part) for part in (amount, value.get("unit")) if part is not None)
    return next((_quoted(str(value[name])) for name in ("title", "name") if value.get(name)), "…")


def _quoted(said: str) -> str:
    return said if len(said) <= SHOWN else said[: SHOWN - 1] + "…"
