"""What a target asks, as the guide tells it: sections needed, levels of fields, and when none of it applies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.locale import has
from rembi_widgets.record import GUIDE, IMAGING, TABLES, Named, is_empty

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import FieldGuide, SectionGuide

LEVELS = ("required", "recommended", "optional")
"""Levels of a field, strictest first."""
USES = ("required", "used", "no")
"""How much a target needs a section, strictest first."""


def main_sections() -> tuple[SectionGuide, ...]:
    """Give the sections that stand by themselves, not as rows of another."""
    return tuple(section for section in GUIDE.values() if section.kind != "rows")


def homes(section: SectionGuide) -> tuple[str, ...]:
    """Give where a section's entities stand: its collection, or for rows ``samples.labels``."""
    if section.kind != "rows":
        return (section.collection,)
    return tuple(
        f"{main.collection}.{field.name}"
        for main in main_sections()
        for field in main.fields.values()
        if field.rows == section.name
    )


def in_scope(case: Case, scope: Iterable[str]) -> bool:
    """Tell whether something is asked for the kinds of imaging the record is about.

    What only some kinds of imaging have is not asked as long as nobody said which kind it is.
    """
    kinds = set(scope)
    return kinds >= set(IMAGING) or bool(kinds & case.imaging)


def use(case: Case, section: SectionGuide) -> str:
    """Give how much the targets need a section; ``no`` if it does not belong to the kind of imaging."""
    if not in_scope(case, section.scope):
        return "no"
    return min((section.use.get(target, "no") for target in case.targets), key=USES.index)


def level(case: Case, field: FieldGuide) -> str:
    """Give how much the targets need a field; ``optional`` if it does not belong to the kind of imaging."""
    if not in_scope(case, field.scope):
        return "optional"
    return min((field.levels.get(target, "optional") for target in case.targets), key=LEVELS.index)


def asked(case: Case, section: SectionGuide) -> list[tuple[FieldGuide, str]]:
    """Give the fields of a section that are required or recommended, with the level."""
    levels = [(field, level(case, field)) for field in section.fields.values()]
    return [
        (field, said) for field, said in levels if said == "required" or (said == "recommended" and _can(case, field))
    ]


def _can(case: Case, field: FieldGuide) -> bool:
    """Tell whether there is anything that a recommended reference could lead to."""
    return field.of is None or bool(case.ids.get(field.of, True))


def given(entity: Any, field: FieldGuide) -> bool:
    """Tell whether a field is answered, by itself or by the fields that its text is composed from."""
    names = (field.name, *field.composed_from)
    return any(not is_empty(getattr(entity, name, None)) for name in names)


def example(section: SectionGuide, field: FieldGuide) -> Named:
    """Give a good answer to a field, in the language of the sentence it stands in."""
    key = f"guide.{section.name}.{field.name}.example"
    return Named(key=key if has(key) else "checks.any_value")


def plural(section: SectionGuide) -> Named:
    """Give the name of a section that holds several."""
    return Named(key=f"guide.{section.name}.plural") if section.kind in {"many", "table"} else label(section)


def label(section: SectionGuide, field: FieldGuide | None = None) -> Named:
    """Give the name of a section or field as people read it, in the language of the sentence it stands in."""
    return Named(key=f"guide.{section.name}.label" if field is None else f"guide.{section.name}.{field.name}.label")


def with_pattern(pattern: str) -> Iterator[tuple[str, SectionGuide, FieldGuide]]:
    """Give the fields whose text has a form, with where their entities stand; the tables have rules of their own."""
    for section in GUIDE.values():
        for field in section.fields.values():
            if field.pattern == pattern and section.collection not in TABLES:
                for home in homes(section):
                    yield home, section, field
