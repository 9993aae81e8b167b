"""The field reference of the docs, made from the guide: ``python -m tests.house.reference`` writes it.

Where a value stands in an export is looked up in a record written with every field: the pages cannot say what the
writers do not do.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rembi_widgets.locale import LANGUAGES, catalogue, text
from rembi_widgets.record import (
    COLLECTIONS,
    GUIDE,
    IMAGING,
    ROWS,
    TABLES,
    TARGETS,
    FieldGuide,
    SectionGuide,
    choice_key,
)
from tests.house.reference_words import WORDS
from tests.reference.full import full_record
from tests.reference.places import both, in_files, named

DOCS = Path(__file__).parent.parent.parent / "docs"
PARTS = {"investigation": "i_investigation.txt", "study": "s_*.txt", "assay": "a_*.txt"}
SHORT = 14
"""Choices up to which they are all listed in a line; of more, the rest is folded away."""


@cache
def isatab_files() -> dict[str, list[str]]:
    """Give each label or header of an ISA-Tab the files and sections in which it stands."""
    with tempfile.TemporaryDirectory() as folder:
        return {label: sorted(set(where)) for label, where in both(full_record()[0], Path(folder), in_files).items()}


def escaped(words: str) -> str:
    """Give a text that Markdown shows as it is, on one line, also in a table."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", " ".join(words.split()))


def anchor(section: SectionGuide, field: FieldGuide | None = None) -> str:
    """Give the name that links lead to."""
    return "-".join([section.name, field.name] if field else [section.name]).replace("_", "-")


class Page:
    """The reference in one language."""

    def __init__(self, lang: str) -> None:
        self.lang, self.words = lang, WORDS[lang]

    def say(self, key: str, **values: object) -> str:
        return text(key, self.lang, **values)

    def label(self, section: SectionGuide, field: FieldGuide | None = None, word: str = "label") -> str:
        return self.say(".".join(["guide", section.name, *([field.name] if field else []), word]))

    def lines(self) -> Iterator[str]:
        """Give the lines of the page."""
        other = next(lang for lang in LANGUAGES if lang != self.lang)
        yield f"# {self.say('ui.reference')}"
        yield f"{escaped(self.say('ui.reference.lead'))} [{WORDS[other]['this']}](fields.{other}.md)"
        yield self.words["made"]
        yield from self.words["legend"].split("\n")
        yield f"## {self.words['contents']}"
        yield "\n".join(self.contents())
        for section in GUIDE.values():
            yield from self.section(section)

    def contents(self) -> Iterator[str]:
        """Give the table of contents: each section with its fields."""
        for section in GUIDE.values():
            fields = (self.link(section, field) for field in section.fields.values())
            yield f"- **{self.link(section)}**{self.words['colon']} {', '.join(fields)}"

    def link(self, section: SectionGuide, field: FieldGuide | None = None) -> str:
        return f"[{escaped(self.label(section, field))}](#{anchor(section, field)})"

    def section(self, section: SectionGuide) -> Iterator[str]:
        """Give a section: what it is, the table of its fields, then each field."""
        yield f'<a id="{anchor(section)}"></a>'
        yield f"## {escaped(self.label(section))}"
        yield escaped(self.label(section, word="help"))
        yield "  \n".join(self.facts(section))
        yield "\n".join(self.table(section))
        for field in section.fields.values():
            yield from self.field(section, field)

    def facts(self, section: SectionGuide) -> Iterator[str]:
        """Give what holds of a whole section."""
        if section.module:
            yield f"{self.words['module']}{self.words['colon']} {section.module}"
        if section.kind == "rows":
            owners = [one for one in GUIDE.values() if any(field.rows == section.name for field in one.fields.values())]
            yield f"{self.words['rows_of']}{self.words['colon']} {', '.join(map(self.link, owners))}"
        uses = {target: section.use[target] for target in TARGETS}
        told = (
            f"{self.say(f'guide.target.{target}')}{self.words['colon']} {self.words[f'use_{use}']}"
            for target, use in uses.items()
        )
        yield "; ".join(told)
        if set(section.scope) != set(IMAGING):
            yield f"{self.say('ui.reference.only_for')}{self.words['colon']} {self.scope(section.scope)}"
        yield f"{self.words['path']}{self.words['colon']} `{self.path(section)}`"

    def path(self, section: SectionGuide) -> str:
        if section.collection in {*COLLECTIONS, *TABLES}:
            return f"/{section.collection}/<id>"
        if section.collection in ROWS:
            homes = (name for name, made in COLLECTIONS.items() if section.collection in made.model_fields)
            return f"/{next(homes)}/<id>/{section.collection}/<id>"
        return f"/{section.collection}"

    def scope(self, scope: tuple[str, ...]) -> str:
        return ", ".join(self.say(f"guide.imaging.{kind}").lower() for kind in scope)

    def table(self, section: SectionGuide) -> Iterator[str]:
        """Give the table of a section's fields with their levels."""
        names = [self.words["field"], *(self.say(f"guide.target.{target}") for target in TARGETS)]
        yield f"| {' | '.join(names)} |"
        yield "|---" * len(names) + "|"
        for field in section.fields.values():
            levels = (self.level(field, target) for target in TARGETS)
            yield f"| {self.link(section, field)} | {' | '.join(levels)} |"

    def level(self, field: FieldGuide, target: str) -> str:
        level = field.levels[target]
        said = self.say(f"guide.level.{level}")
        return f"**{said}**" if level == "required" else said

    def field(self, section: SectionGuide, field: FieldGuide) -> Iterator[str]:
        """Give a field: what it means, then a table of all that is known of it."""
        yield f'<a id="{anchor(section, field)}"></a>'
        yield f"### {escaped(self.label(section, field))}"
        yield escaped(self.label(section, field, "help"))
        rows = [(name, told) for name, told in self.known(section, field) if told]
        yield "\n".join(["| | |", "|---|---|", *(f"| {name} | {told} |" for name, told in rows)])
        if len(field.choices) > SHORT:
            yield self.folded(field)

    def known(self, section: SectionGuide, field: FieldGuide) -> Iterator[tuple[str, str]]:
        """Give the rows of a field's table."""
        yield self.words["example"], escaped(self.label(section, field, "example"))
        avoid = f"guide.{section.name}.{field.name}.avoid"
        if avoid in catalogue(self.lang):
            yield self.words["avoid"], escaped(self.say(avoid))
        kind = self.words["kinds"][field.kind]
        inside = GUIDE.get(field.rows or "")
        yield self.words["kind"], f"[{kind}](#{anchor(inside)})" if inside else kind
        if field.terms:
            yield self.say("ui.reference.terms"), self.say(f"ui.reference.terms.{field.terms}")
        yield self.say("ui.reference.units"), ", ".join(map(escaped, field.units))
        if field.choices and len(field.choices) <= SHORT:
            yield self.say("ui.reference.choices"), self.choices(field)
        if set(field.scope) != set(IMAGING):
            yield self.say("ui.reference.only_for"), self.scope(field.scope)
        yield self.say("ui.reference.attribute"), escaped(field.rembi or "")
        yield self.words["record"], f"`{self.path(section)}/{field.name}`"
        for target, places, told in (("isatab", field.isa, self.isatab), ("bia", field.bia, self.pagetab)):
            yield self.say(f"guide.target.{target}"), "; ".join(map(told, places.split("; "))) if places else ""
        yield self.say("guide.target.omero"), escaped(field.omero or "")
        if field.kind != "rows":
            yield self.say("ui.reference.workbook"), self.workbook(section, field)

    def choices(self, field: FieldGuide) -> str:
        told = [escaped(self.choice(field, choice)) for choice in field.choices]
        return "; ".join([*told, f"*{self.say('ui.reference.free')}*"] if field.free else told)

    def choice(self, field: FieldGuide, choice: str) -> str:
        label = self.say(choice_key(field.name, choice))
        return label if label == choice else f"{label} (“{choice}”)"

    def folded(self, field: FieldGuide) -> str:
        """Give a long list of choices, folded away."""
        name = f"{self.say('ui.reference.choices')} ({len(field.choices)})"
        return f"<details><summary>{name}</summary>\n\n{self.choices(field)}\n\n</details>"

    def isatab(self, place: str) -> str:
        """Give a place in an ISA-Tab with the files, and in the investigation the sections, that hold it."""
        [bare] = named(place)
        explained = place.removeprefix(bare)
        return f"`{bare}`{explained} · {', '.join(isatab_files()[bare])}"

    def pagetab(self, place: str) -> str:
        return " → ".join(f"`{part}`" for part in place.split(", ", 1))

    def workbook(self, section: SectionGuide, field: FieldGuide) -> str:
        sheet = self.label(section, word="label" if section.kind == "one" else "plural")
        column = self.label(section, field)
        return escaped(self.say("ui.reference.workbook.place", sheet=sheet, column=column))


def page(lang: str) -> str:
    """Give the page in a language."""
    return "\n\n".join(Page(lang).lines()) + "\n"


def path(lang: str) -> Path:
    """Give the file of a language's page."""
    return DOCS / f"fields.{lang}.md"


if __name__ == "__main__":
    for each in LANGUAGES:
        path(each).write_text(page(each), encoding="utf-8")
        sys.stdout.write(f"{path(each)}\n")
