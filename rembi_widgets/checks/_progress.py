"""Completeness: how far each section is, and where to go on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rembi_widgets.checks._asked import asked, given, homes, use
from rembi_widgets.checks._case import Case
from rembi_widgets.checks._completeness import untouched
from rembi_widgets.checks._targets import targets_of
from rembi_widgets.checks._unconfirmed import pencil, pencil_cells
from rembi_widgets.record import GUIDE, SINGLETONS, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.record import Curation, SectionGuide

PARTS: dict[str, tuple[str, ...]] = {
    "study": ("study", "person", "organisation", "publication", "grant", "link"),
    "biosample": ("biosample", "variable"),
    "specimen": ("specimen",),
    "sample": ("sample", "label"),
    "acquisition": ("acquisition", "channel", "light_source", "detector", "filter"),
    "image": ("image",),
    "correlation": ("correlation",),
    "analysis": ("analysis",),
    "annotation": ("annotation",),
    "component": ("component", "association"),
}
"""Section as the rail of the app shows it, to the sections of the guide that its form holds."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a section is.

    Attributes
    ----------
    done, of
        Answers given, of those required or recommended.
    to_do
        Required answers still missing.
    pencil
        Values that wait for a person to confirm them.
    state
        ``unused`` (nothing there, nothing needed), ``empty`` (needed, untouched), ``todo`` or ``done``.
    next
        Path and field of the first required answer that is missing, ``None`` if none is.
    """

    done: int = 0
    of: int = 0
    to_do: int = 0
    pencil: int = 0
    state: str = "unused"
    next: tuple[str, str] | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the form that views show: ``next`` as ``{"path": ..., "field": ...}``."""
        leads = None if self.next is None else {"path": self.next[0], "field": self.next[1]}
        return {**asdict(self), "next": leads}


@dataclass(frozen=True, slots=True)
class _Answer:
    path: str
    field: str
    given: bool
    required: bool


def completeness(record: Curation, target: str = "isatab") -> dict[str, Progress]:
    """Give for each section how far it is for a target, in the order in which the app shows them.

    Raises
    ------
    RembiError
        If there is no such target.
    """
    case = Case(record, targets_of(target))
    waiting = pencil(record)
    return {name: _section(case, [GUIDE[part] for part in parts], waiting) for name, parts in PARTS.items()}


def _section(case: Case, parts: list[SectionGuide], waiting: dict[str, list[str]]) -> Progress:
    answers = [answer for part in parts for answer in _answers(case, part)]
    missing = [answer for answer in answers if answer.required and not answer.given]
    touched = any(not untouched(case, part) for part in parts if part.kind != "rows")
    needed = any(use(case, part) == "required" for part in parts)
    return Progress(
        done=sum(answer.given for answer in answers),
        of=len(answers),
        to_do=len(missing),
        pencil=_pencil(case, parts, waiting),
        state=("todo" if missing else "done") if touched else "empty" if needed else "unused",
        next=(missing[0].path, missing[0].field) if missing else None,
    )


def _answers(case: Case, part: SectionGuide) -> Iterator[_Answer]:
    """Give the answers a section wants: of each entity, or of one to come where at least one is needed."""
    said = use(case, part)
    if said == "no" or (said != "required" and part.kind != "rows" and untouched(case, part)):
        return
    fields = asked(case, part)
    if part.collection in TABLES:
        table = getattr(case.record, part.collection)
        for field, level in fields:
            full = len(table) > 0 and None not in table.column(field.name)
            yield _Answer(f"/{part.collection}", field.name, full, level == "required")
        return
    for path, entity in _entities(case, part):
        for field, level in fields:
            yield _Answer(path, field.name, entity is not None and given(entity, field), level == "required")


def _entities(case: Case, part: SectionGuide) -> Iterator[tuple[str, Any]]:
    if part.kind != "rows" and untouched(case, part):
        yield f"/{part.collection}", None
    elif part.collection in SINGLETONS:
        yield f"/{part.collection}", getattr(case.record, part.collection)
    else:
        for home in homes(part):
            yield from case.entities(home)


def _pencil(case: Case, parts: list[SectionGuide], waiting: dict[str, list[str]]) -> int:
    names = {part.collection for part in parts if part.kind != "rows"}
    cells = sum(sum(pencil_cells(getattr(case.record, name)).values()) for name in names & TABLES.keys())
    return cells + sum(len(paths) for where, paths in waiting.items() if where.split("/")[1] in names)
