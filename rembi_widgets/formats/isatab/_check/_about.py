"""What an investigation and its studies say of themselves: identifiers, titles, dates, people, publications, assays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.formats.isatab._check._assay_types import known_type, of_imaging
from rembi_widgets.formats.isatab._check._declared import cell
from rembi_widgets.formats.isatab._check._values import COMMENT_RULES, RULES

if TYPE_CHECKING:
    from rembi_widgets.formats.isatab._check._finding import Told
    from rembi_widgets.formats.isatab._document import Investigation, Row, Section, Study

_REQUIRED = {
    "INVESTIGATION PUBLICATIONS": ("PubMed ID", "DOI", "Author List", "Title", "Status"),
    "STUDY PUBLICATIONS": ("PubMed ID", "DOI", "Author List", "Title", "Status"),
    "INVESTIGATION CONTACTS": ("Last Name", "First Name"),
    "STUDY CONTACTS": ("Last Name", "First Name"),
}
"""Ends of labels that isatools' configuration of an investigation wants in every column of a section."""
_PERSON = ("Last Name", "First Name")


def check_values(section: Section, told: Told) -> None:
    """Check the form of every value of a section, by its label."""
    for row in section.rows:
        kind = COMMENT_RULES if row.kind == "comment" else RULES
        name = row.name.casefold() if row.kind == "comment" else row.name
        rule = next((rule for end, rule in kind.items() if name.endswith(end)), None)
        for place, value in enumerate(row.cells):
            if value != value.strip():
                told.add(
                    "outer_space", row.line, place + 2, found=value, wanted=value.strip(), replacement=value.strip()
                )
            if rule and (fault := rule(value)):
                told.add(
                    fault.code, row.line, place + 2, found=value, wanted=fault.wanted, replacement=fault.replacement
                )


def check_required(section: Section, told: Told) -> None:
    """Check that every person and publication has what is asked of it."""
    wanted = _REQUIRED.get(section.heading, ())
    what = section.heading.split()[0].capitalize()
    kind = "" if section.heading.endswith("PUBLICATIONS") else "Person "
    for name in wanted:
        label = next((one.label for one in section.rows if one.label.endswith(name)), f"{what} {kind}{name}")
        row = section.row(label)
        for place in range(section.width or (section.heading == "STUDY PUBLICATIONS" and section.line > 0)):
            if not cell(row, place):
                code = "person_incomplete" if name in _PERSON and section.width else "wanted_by_isatools"
                told.add(code, row.line if row else section.line, place + 2, wanted=label)


def check_investigation(one: Investigation, told: Told) -> None:
    """Check what the investigation says of itself: all of it with several studies, nothing with one."""
    section = one.section("INVESTIGATION")
    rows = {name: section.row(f"Investigation {name}") for name in ("Identifier", "Title", "Description")}
    rows |= {name: section.row(f"Investigation {name}") for name in ("Submission Date", "Public Release Date")}
    if len(one.studies) != 1:
        for name in ("Identifier", "Title"):
            if not cell(row := rows[name], 0):
                told.add("investigation_incomplete", row.line if row else section.line or 1, 2, wanted=name)
        return
    for name, row in rows.items():
        if row and cell(row, 0) and name != "Identifier":
            told.add("one_study", row.line, 2, found=cell(row, 0), label=row.label)
    if not cell(row := rows["Identifier"], 0):
        told.add("wanted_by_isatools", row.line if row else section.line or 1, 2, wanted="Investigation Identifier")


class Studies:
    """What the studies of an investigation say of themselves; holds what must not be said twice."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._seen: set[tuple[str, str]] = set()

    def check(self, study: Study) -> None:
        """Check a study's identifier, title, description, file name and assays."""
        section = study.section("STUDY")
        for name, code in _STUDY.items():
            row = section.row(f"Study {name}")
            value = cell(row, 0)
            if not value:
                self._told.add(code, row.line if row else section.line or 1, 2, wanted=f"Study {name}")
            elif row and name in _ONCE:
                self._once(_ONCE[name], value, row, 0)
        self._check_assays(study)

    def _once(self, code: str, value: str, row: Row, place: int) -> None:
        if (code, value.strip()) in self._seen:
            self._told.add(code, row.line, place + 2, found=value.strip())
        self._seen.add((code, value.strip()))

    def _check_assays(self, study: Study) -> None:
        section = study.section("STUDY ASSAYS")
        if not section.width:
            self._told.add(
                "no_assays", section.line or study.section("STUDY").line or 1, wanted="Study Assay File Name"
            )
        for place in range(section.width):
            self._check_assay(section, place)

    def _check_assay(self, section: Section, place: int) -> None:
        labels = ("File Name", "Measurement Type", "Technology Type", "Technology Platform")
        rows = [section.row(f"Study Assay {label}") for label in labels]
        file, measurement, technology, platform = (cell(row, place) for row in rows)
        for row, label, value in zip(rows, labels, (file, measurement, technology), strict=False):
            if not value:
                code = "assay_incomplete" if label == "File Name" or not _known(measurement, technology) else None
                code = code or "technology_empty"
                line = row.line if row else section.line
                self._told.add(code, line, place + 2, wanted=f"Study Assay {label}")
        if not platform:
            line = (rows[3] or rows[0] or section).line
            self._told.add("platform_missing", line, place + 2, found=file)
        if file and rows[0]:
            self._once("assay_file_twice", file, rows[0], place)
        if rows[1] and (measurement or technology) and not _known(measurement, technology):
            self._told.add("assay_type", rows[1].line, place + 2, found=f"{measurement} / {technology}")
        elif rows[1] and of_imaging(measurement, technology):
            self._told.add("assay_type_of_imaging", rows[1].line, place + 2, found=f"{measurement} / {technology}")


def _known(measurement: str, technology: str) -> bool:
    return known_type(measurement, technology) is not None or of_imaging(measurement, technology)


_STUDY = {
    "Identifier": "study_incomplete",
    "File Name": "study_incomplete",
    "Title": "study_untitled",
    "Description": "study_undescribed",
}
"""What a study must say -> the rule that it breaks if it does not."""
_ONCE = {"Identifier": "study_identifier_twice", "File Name": "study_file_twice", "Title": "study_title_twice"}
