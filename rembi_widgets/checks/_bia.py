"""What the BioImage Archive's form, server and reader refuse beyond what every target asks.

Sources: the template BioImages.v5, the server's rules for a DOI and for paths, faults in records that curators mended.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from rembi_widgets.checks._asked import label, main_sections
from rembi_widgets.checks._bia_sections import is_published
from rembi_widgets.checks._case import finding, name_of
from rembi_widgets.checks._dates import is_day
from rembi_widgets.checks._identifiers import DOI
from rembi_widgets.record import SINGLETONS, Absent, Edit, is_empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.checks._case import Case
    from rembi_widgets.record import FieldGuide, Finding, SectionGuide

YEARS_AHEAD = 2
_LEAP_DAY = (2, 29)
PLACEHOLDER = re.compile(
    r"\W*(tbd|tbc|tba|todo|pending|to be (done|added|confirmed|announced|determined|published)|unknown|none|n/?a|xxx+"
    r"|\?+|coming soon|in preparation)\W*|[-.?_ ]+",
    re.IGNORECASE,
)
"""What people write where they have no answer yet."""
FATAL = {("publications", "title"), ("publications", "doi")}
"""Placeholders that make the archive's reader drop the whole study."""


def today() -> date:
    """Give the day, as the archive's server has it."""
    return datetime.now(UTC).date()


def last_day(first: date) -> date:
    """Give the last day of the window of release dates that opens on a day.

    >>> last_day(date(2028, 2, 29))
    datetime.date(2030, 2, 28)
    """
    day = 28 if (first.month, first.day) == _LEAP_DAY else first.day
    return first.replace(year=first.year + YEARS_AHEAD, day=day)


def release_window(case: Case) -> Iterator[Finding]:
    """Find a release date before today, for a study that has no accession yet, or more than two years away."""
    study, path = case.record.study, "/study/release_date"
    said = study.release_date
    if not isinstance(said, str) or not is_day(said):
        return
    first = today()
    day, last = date.fromisoformat(said), last_day(first)
    bounds = {"bia_release_past": first} if day < first and is_empty(study.accession) else {}
    bounds |= {"bia_release_far": last} if day > last else {}
    for code, bound in bounds.items():
        fix = (Edit(op="set", path=path, value=bound.isoformat()),)
        yield finding("error", code, path, found=said, wanted=bound.isoformat(), fix=fix)


def placeholders(case: Case) -> Iterator[Finding]:
    """Find texts that are no answer: TBD, pending, a dash."""
    published = is_published(case.record)
    for section in main_sections():
        for path, entity in _entities(case, section):
            for field in section.fields.values():
                said = getattr(entity, field.name, None)
                if isinstance(said, str) and not field.choices and PLACEHOLDER.fullmatch(said):
                    # the archive's reader takes a publication with a title or a DOI; the form asks for both
                    is_traced = field.name == "title" and published and is_doi(getattr(entity, "doi", None))
                    yield _placeholder(section, field, f"{path}/{field.name}", said, is_traced=is_traced)


def is_doi(said: Any) -> bool:
    """Tell whether a value is a DOI: a publication that has one is found, whatever its title."""
    return isinstance(said, str) and DOI.fullmatch(said) is not None


def _placeholder(section: SectionGuide, field: FieldGuide, path: str, said: str, *, is_traced: bool) -> Finding:
    fatal = (section.collection, field.name) in FATAL and not is_traced
    names = {"section": label(section), "label": label(section, field)}
    fix = (Edit(op="clear", path=path),)
    return finding("error" if fatal else "warning", "bia_placeholder", path, found=said, fix=fix, **names)


def _entities(case: Case, section: SectionGuide) -> Iterator[tuple[str, Any]]:
    if section.collection in SINGLETONS:
        yield f"/{section.collection}", getattr(case.record, section.collection)
    elif section.kind == "many":
        yield from case.entities(section.collection)


def doi(case: Case) -> Iterator[Finding]:
    """Find what keeps the archive from giving a DOI: authors and organisations whose answer is that there is none.

    Empty ones are found with the required fields.
    """
    for path, person in case.entities("people"):
        if not any(isinstance(name, str) for name in (person.first_name, person.last_name)):
            yield finding("error", "bia_author_without_name", f"{path}/last_name")
        if isinstance(person.affiliations, Absent):
            yield finding(
                "error", "bia_author_without_organisation", f"{path}/affiliations", name=name_of(person) or person.id
            )
    named = {
        one for person in case.record.people if isinstance(person.affiliations, tuple) for one in person.affiliations
    }
    for path, organisation in case.entities("organisations"):
        if organisation.id in named and isinstance(organisation.title, Absent):
            yield finding("error", "bia_organisation_without_name", f"{path}/title")


def organisms(case: Case) -> Iterator[Finding]:
    """Find biosamples of several organisms: the form takes one."""
    for path, biosample in case.entities("biosamples"):
        said = biosample.organism
        if isinstance(said, tuple) and len(said) > 1:
            found, where = ", ".join(map(str, said)), f"{path}/organism"
            yield finding("warning", "bia_organism_several", where, found=found, wanted=said[0], name=case.name(path))
