"""The grammar of an investigation file: its sections and their order, its labels, the number of its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rembi_widgets.formats.isatab._check._finding import nearest
from rembi_widgets.formats.isatab._check._labels import LABELS, SINGLE, SPELT_IN_THE_SPECIFICATION
from rembi_widgets.formats.isatab._document_open import ABOVE, STUDY, heading_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rembi_widgets.formats.isatab._check._finding import Told
    from rembi_widgets.formats.isatab._document_text import TextFile

COMMENT = re.compile(r"Comment\[([^\]]+)\]")
_LIKE_COMMENT = re.compile(r"\s*comment\s*\[?\s*(.*?)\s*\]?\s*", re.IGNORECASE | re.DOTALL)
_ORDER = {heading: place for place, heading in enumerate((*ABOVE, *STUDY))}


@dataclass
class _Lines:
    """A section as it stands: its heading and the rows below it."""

    heading: str
    line: int
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def check_grammar(file: TextFile, told: Told) -> None:
    """Check the sections of an investigation file, in the order in which they stand."""
    above, sections = _parts(file, told)
    for line, cells in above:
        told.add("stray_line", line, found=cells[0])
    _check_order(sections, told)
    _check_presence(sections, told)
    for section in sections:
        _check_labels(section, told)
        _check_widths(section, told)


def _parts(file: TextFile, told: Told) -> tuple[list[tuple[int, list[str]]], list[_Lines]]:
    above: list[tuple[int, list[str]]] = []
    sections: list[_Lines] = []
    for place, cells in enumerate(file.rows):
        if not any(cell.strip() for cell in cells) or file.is_comment(place):
            continue
        line, heading = file.line(place), heading_of(cells)
        if heading is not None:
            sections.append(_Lines(heading, line))
            if cells[0] != heading:
                told.add("heading_spelling", line, found=cells[0], wanted=heading, replacement=heading)
        else:
            (sections[-1].rows if sections else above).append((line, cells))
    return above, sections


def _check_order(sections: Sequence[_Lines], told: Told) -> None:
    before = None
    for section in sections:
        begins_study = section.heading == "STUDY" and (before is None or before.heading != "STUDY")
        if before and not begins_study and _ORDER[section.heading] < _ORDER[before.heading]:
            told.add("section_order", section.line, found=section.heading, wanted=before.heading)
        before = section


def _check_presence(sections: Sequence[_Lines], told: Told) -> None:
    above = [section for section in sections if section.heading in ABOVE]
    _check_group(above, ABOVE, 1, told)
    studies: list[list[_Lines]] = []
    for section in sections:
        if section.heading == "STUDY" or (section.heading in STUDY and not studies):
            studies.append([])
        if section.heading in STUDY:
            studies[-1].append(section)
    for study in studies:
        _check_group(study, STUDY, study[0].line, told)
    if not studies:
        told.add("no_study", 1, wanted="STUDY")


def _check_group(sections: Sequence[_Lines], wanted: Sequence[str], line: int, told: Told) -> None:
    seen: set[str] = set()
    for section in sections:
        if section.heading in seen:
            told.add("section_twice", section.line, found=section.heading)
        seen.add(section.heading)
    for heading in wanted:
        if heading not in seen:
            told.add("section_missing", line, wanted=heading)


def _check_labels(section: _Lines, told: Told) -> None:
    labels, seen = LABELS[section.heading], set[str]()
    for line, cells in section.rows:
        label = cells[0]
        if not label.strip():
            told.add("no_label", line, found=next(cell for cell in cells if cell.strip()))
        elif label in seen:
            told.add("label_twice", line, found=label)
        elif label not in labels:
            label = _check_odd_label(label, section, line, told)
        seen.add(label)
    for label in labels:
        if label not in seen:
            told.add("label_missing", section.line, wanted=label, heading=section.heading)


def _check_odd_label(label: str, section: _Lines, line: int, told: Told) -> str:
    """Tell what is wrong with a label; give the label that it stands for."""
    if COMMENT.fullmatch(label):
        return label
    if label.strip().casefold().startswith("comment"):
        return _check_comment(label, line, told)
    meant = SPELT_IN_THE_SPECIFICATION.get(label) or nearest(label, LABELS[section.heading])
    if meant:
        told.add("label_spelling", line, found=label, wanted=meant, replacement=meant)
        return meant
    told.add("label_unknown", line, found=label, heading=section.heading)
    return label


def _check_comment(label: str, line: int, told: Told) -> str:
    found = _LIKE_COMMENT.fullmatch(label)
    name = found.group(1) if found else ""
    if not name or set(name) & set("[]"):
        told.add("comment_unnamed", line, found=label, wanted="Comment[name]")
        return label
    told.add("label_spelling", line, found=label, wanted=f"Comment[{name}]", replacement=f"Comment[{name}]")
    return label


def _check_widths(section: _Lines, told: Told) -> None:
    lengths = [len(cells) - 1 for _, cells in section.rows]
    if section.heading in SINGLE:
        for line, cells in section.rows:
            if len(cells) > 2:  # noqa: PLR2004 - the label and its one value
                code = "second_value" if any(cell.strip() for cell in cells[2:]) else "trailing_cells"
                told.add(code, line, 3, found=str(len(cells) - 1), wanted="1")
        return
    usual = max(lengths, key=lengths.count, default=0)
    for (line, cells), length in zip(section.rows, lengths, strict=True):
        if length != usual:
            place = min(length, usual) + 2
            told.add("row_length", line, place, found=str(length), wanted=str(usual), label=cells[0])
