"""References: those that lead nowhere, entities nobody uses, titles given twice."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from rembi_widgets.checks._case import finding
from rembi_widgets.checks._columns import texts
from rembi_widgets.record import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import Finding

REFERENCES: tuple[tuple[str, str, str], ...] = (
    ("people", "affiliations", "organisations"),
    ("annotations", "authors", "people"),
    ("samples", "biosample", "biosamples"),
    ("samples", "specimen", "specimens"),
    ("acquisitions.channels", "label", "labels"),
    ("components.associations", "sample", "samples"),
    ("components.associations", "acquisition", "acquisitions"),
    ("components.associations", "correlation", "correlations"),
    ("components.associations", "analysis", "analyses"),
)
"""Where a reference stands, its field, and the collection it leads to."""

USES: dict[str, tuple[tuple[str, str], ...]] = {}
"""Collection to the places that refer to it."""
for _place, _field, _target in REFERENCES:
    USES[_target] = (*USES.get(_target, ()), (_place, _field))

HALVES: tuple[tuple[str, str, str], ...] = (
    ("samples", "biosample", "sample_without_biosample"),
    ("samples", "specimen", "sample_without_specimen"),
    ("components.associations", "sample", "association_without_sample"),
    ("components.associations", "acquisition", "association_without_acquisition"),
)
"""What joins two things, and the rule for each side that may be open."""

OPTIONAL_USE = frozenset({"people", "organisations", "labels"})
"""Collections whose entities need nobody to refer to them."""

TITLED = (
    "biosamples",
    "specimens",
    "samples",
    "acquisitions",
    "correlations",
    "analyses",
    "annotations",
    "components",
    "organisations",
)
"""Collections whose titles are keys in the files that are written."""


def targets_of(entity: Any, field: str) -> tuple[str, ...]:
    """Give the ids that a field refers to."""
    said = getattr(entity, field)
    return (said,) if isinstance(said, str) else said if isinstance(said, tuple) else ()


def nowhere(case: Case) -> Iterator[Finding]:
    """Find references to what does not exist (any more)."""
    for place, field, target in REFERENCES:
        known = case.ids[target]
        for path, entity in case.entities(place):
            lost = [one for one in targets_of(entity, field) if one not in known]
            if lost:
                kept = [one for one in targets_of(entity, field) if one in known]
                where = f"{path}/{field}"
                mended = Edit(op="set", path=where, value=kept) if kept else Edit(op="clear", path=where)
                yield finding(
                    "error", "reference_nowhere", where, found=", ".join(lost), fix=(mended,), name=case.name(path)
                )


def halves(case: Case) -> Iterator[Finding]:
    """Find samples and associations that join only one thing."""
    for place, field, code in HALVES:
        for path, entity in case.entities(place):
            if not targets_of(entity, field):
                yield finding("error", code, f"{path}/{field}", name=case.name("/".join(path.split("/")[:3])))


def unused(case: Case) -> Iterator[Finding]:
    """Find entities that nothing refers to: they are not in what is written, or stand there for themselves."""
    makers = set(texts(case.record.files.column("made_by")))
    for target, places in USES.items():
        if target in OPTIONAL_USE:
            continue
        used: set[str | None] = {
            one for place, field in places for _, entity in case.entities(place) for one in targets_of(entity, field)
        }
        used |= makers
        for entity in case.of(target):
            if entity.id not in used:
                path = f"/{target}/{entity.id}"
                code = f"alone_{target}" if case.targets == ("bia",) else f"unused_{target}"
                yield finding("warning", code, path, name=case.name(path))


def titles(case: Case) -> Iterator[Finding]:
    """Find titles that stand twice in a section, where they are keys; the second is offered a number."""
    for collection in TITLED:
        said: dict[str, list[Any]] = defaultdict(list)
        for entity in case.of(collection):
            if isinstance(entity.title, str):
                said[_key(entity.title)].append(entity)
        taken = set(said)
        for same in said.values():
            for number, entity in enumerate(same[1:], 2):
                free = _numbered(entity.title, number, taken)
                path = f"/{collection}/{entity.id}/title"
                fix = (Edit(op="set", path=path, value=free),)
                yield finding("warning", "title_twice", path, found=entity.title, wanted=free, fix=fix)


def _key(title: str) -> str:
    return " ".join(title.casefold().split())


def _numbered(title: str, number: int, taken: set[str]) -> str:
    while _key(f"{title} ({number})") in taken:
        number += 1
    free = f"{title} ({number})"
    taken.add(_key(free))
    return free
