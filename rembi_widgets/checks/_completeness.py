"""Completeness: what is required and missing, too short, or not among the answers that a target takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.checks._asked import asked, example, given, homes, in_scope, label, level, main_sections, plural, use
from rembi_widgets.checks._case import finding
from rembi_widgets.checks._columns import places, row_path
from rembi_widgets.checks._references import HALVES
from rembi_widgets.record import GUIDE, SINGLETONS, TABLES, Absent, Edit, is_empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import FieldGuide, Finding, SectionGuide

    Asked = list[tuple[FieldGuide, str]]

_OWN_RULE = {(place.rpartition(".")[2], field) for place, field, _ in HALVES} | {("images", "file"), ("files", "path")}
"""Fields whose absence has a sentence of its own."""


def untouched(case: Case, section: SectionGuide) -> bool:
    """Tell whether nobody has given a section anything yet."""
    held = getattr(case.record, section.collection)
    return all(is_empty(value) for _, value in held) if section.collection in SINGLETONS else len(held) == 0


def sections(case: Case) -> Iterator[Finding]:
    """Find sections that a target needs and that are empty: one finding each."""
    for section in main_sections():
        if use(case, section) == "required" and untouched(case, section):
            yield finding("error", "section_empty", f"/{section.collection}", section=plural(section))


def _touched(case: Case) -> Iterator[tuple[SectionGuide, str, Asked]]:
    for section in GUIDE.values():
        if section.collection in TABLES or section.name == "setup" or use(case, section) == "no":
            continue
        if section.collection not in SINGLETONS or not untouched(case, section):
            for home in homes(section):
                yield section, home, asked(case, section)


def _entities(case: Case, home: str) -> Iterator[tuple[str, Any]]:
    if home in SINGLETONS:
        yield f"/{home}", getattr(case.record, home)
    else:
        yield from case.entities(home)


def required(case: Case) -> Iterator[Finding]:
    """Find required fields that are empty, and those answered with "not recorded" or "not applicable"."""
    for section, home, fields in _touched(case):
        for path, entity in _entities(case, home):
            for field, said in fields:
                if said == "required" and (section.collection, field.name) not in _OWN_RULE:
                    yield from _required(case, section, field, path, entity)


def _required(case: Case, section: SectionGuide, field: FieldGuide, path: str, entity: Any) -> Iterator[Finding]:
    value = getattr(entity, field.name)
    where = f"{path}/{field.name}"
    values: dict[str, Any] = {"section": label(section), "label": label(section, field)}
    one = "_one" if section.collection in SINGLETONS else ""
    if isinstance(value, Absent):
        name = "" if one else case.name(path)
        yield finding("warning", f"field_absent{one}", where, found=value.absent, name=name, **values)
    elif not given(entity, field):
        name = "" if one else case.name(path)
        yield finding("error", f"field_missing{one}", where, name=name, example=example(section, field), **values)


def required_columns(case: Case) -> Iterator[Finding]:
    """Find required columns of the two tables with empty cells: one finding a column."""
    for section in main_sections():
        if section.collection not in TABLES:
            continue
        table = getattr(case.record, section.collection)
        for field, said in asked(case, section):
            if said != "required" or (section.collection, field.name) in _OWN_RULE:
                continue
            empty = places(value is None for value in table.column(field.name))
            if empty:
                path = row_path(section.collection, table, empty[0], field.name)
                values: dict[str, Any] = {"label": label(section, field), "n": len(empty), "of": len(table)}
                yield finding(
                    "error", "column_missing", path, found=f"{len(table) - len(empty)}/{len(table)}", **values
                )


def recommended(case: Case) -> Iterator[Finding]:
    """Find recommended fields that are empty: one finding a section, leading to the first."""
    for section, home, fields in _touched(case):
        open_fields = [
            (f"{path}/{field.name}", field)
            for path, entity in _entities(case, home)
            for field, said in fields
            if said == "recommended" and not given(entity, field)
        ]
        if open_fields:
            path, field = open_fields[0]
            values: dict[str, Any] = {"section": label(section), "label": label(section, field), "n": len(open_fields)}
            yield finding("info", "recommended_open", path, found=len(open_fields), wanted=0, **values)


def recommended_columns(case: Case) -> Iterator[Finding]:
    """Find recommended columns of the two tables with empty cells: one finding a table."""
    for section in main_sections():
        table = getattr(case.record, section.collection)
        if section.collection not in TABLES or not len(table):
            continue
        fields = [field for field, said in asked(case, section) if said == "recommended"]
        open_fields = [field for field in fields if None in table.column(field.name)]
        if open_fields:
            field = open_fields[0]
            path = row_path(section.collection, table, table.column(field.name).index(None), field.name)
            values: dict[str, Any] = {"section": plural(section), "label": label(section, field), "n": len(open_fields)}
            yield finding("info", "recommended_open", path, found=len(open_fields), wanted=0, **values)


def lengths(case: Case) -> Iterator[Finding]:
    """Find texts that are shorter than a target takes."""
    for section, home, field in _all_fields():
        if not field.min_length or level(case, field) == "optional":
            continue
        for path, entity in _entities(case, home):
            said = getattr(entity, field.name)
            if isinstance(said, str) and len(said.strip()) < field.min_length:
                values: dict[str, Any] = {"section": label(section), "label": label(section, field)}
                yield finding(
                    "warning",
                    "too_short",
                    f"{path}/{field.name}",
                    found=len(said.strip()),
                    wanted=field.min_length,
                    **values,
                )


def _all_fields() -> Iterator[tuple[SectionGuide, str, FieldGuide]]:
    for section in GUIDE.values():
        if section.collection not in TABLES and section.name != "setup":
            for home in homes(section):
                yield from ((section, home, field) for field in section.fields.values())


def choices(case: Case) -> Iterator[Finding]:
    """Find answers that are not among those a field takes."""
    for section, home, field in _all_fields():
        if not field.choices or field.free or not in_scope(case, field.scope):
            continue
        for path, entity in _entities(case, home):
            values: dict[str, Any] = {"section": label(section), "label": label(section, field)}
            yield from _choice(field, f"{path}/{field.name}", getattr(entity, field.name), values)


def _choice(field: FieldGuide, path: str, value: Any, values: dict[str, Any]) -> Iterator[Finding]:
    said = [value] if isinstance(value, str) else list(value) if isinstance(value, tuple) else []
    known = {_bare(choice): choice for choice in field.choices}
    other = [one for one in said if one not in known.values()]
    if not other:
        return
    meant = [known.get(_bare(one), one) for one in said]
    fix = None
    if all(one in known.values() for one in meant):
        fix = (Edit(op="set", path=path, value=meant[0] if isinstance(value, str) else meant),)
    wanted = ", ".join(known.values())
    yield finding("warning", "not_a_choice", path, found=", ".join(other), wanted=wanted, fix=fix, **values)


def _bare(said: str) -> str:
    return "".join(letter for letter in said.casefold() if letter.isalnum())
