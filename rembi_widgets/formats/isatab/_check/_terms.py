"""Term sources and terms: what is declared, what refers to it, what is complete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._check._finding import nearest
from rembi_widgets.formats.isatab._check._labels import LISTS, TERMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rembi_widgets.formats.isatab._check._finding import Told
    from rembi_widgets.formats.isatab._document import Investigation, Row, Section

_PARTS = ("Term Source File", "Term Source Version", "Term Source Description")


class Sources:
    """The term sources that an investigation declares, and those that something refers to."""

    def __init__(self, one: Investigation, told: Told) -> None:
        self._told = told
        self._row = one.section("ONTOLOGY SOURCE REFERENCE").row("Term Source Name")
        self.names = [name for name in (self._row.cells if self._row else []) if name]
        self.used: set[str] = set()

    def check_declared(self, section: Section) -> None:
        """Check that every declared source has name, file, version and description."""
        if self._row is None:
            return
        for place, name in enumerate(self._row.cells):
            column = section.column(place)
            absent = [label for label in _PARTS if label not in column]
            if not name:
                code = "source_unnamed" if len(absent) < len(_PARTS) else "source_empty"
                self._told.add(code, self._row.line, place + 2)
            elif absent:
                line = (section.row(absent[0]) or self._row).line
                self._told.add("source_incomplete", line, place + 2, found=name, wanted=", ".join(absent))
            if any(letter.isspace() for letter in name):
                self._told.add("source_space", self._row.line, place + 2, found=name)
            if name and name in self._row.cells[:place]:
                self._told.add("source_twice", self._row.line, place + 2, found=name)

    def check_reference(self, name: str, line: int, column: int, count: int = 1) -> None:
        """Check that a source that is referred to is declared."""
        self.used.add(name)
        if name and name not in self.names:
            meant = nearest(name, self.names)
            known = meant or ", ".join(self.names[:12])
            values: dict[str, Any] = {"found": name, "wanted": known, "replacement": meant, "count": count}
            self._told.add("source_undeclared", line, column, **values)

    def check_used(self) -> None:
        """Check that something refers to every declared source."""
        for place, name in enumerate(self._row.cells if self._row else []):
            if name and name not in self.used and self._row:
                self._told.add("source_unused", self._row.line, place + 2, found=name)


def check_terms(section: Section, sources: Sources, told: Told) -> None:
    """Check every term of a section of the investigation file."""
    for lists in LISTS.get(section.heading, ()):
        _check_lists(section, lists, told)
    for labels in TERMS.get(section.heading, ()):
        rows = [section.row(label) for label in labels]
        if rows[0] is None:
            continue
        for place in range(max(len(row.cells) for row in rows if row)):
            _check_term(rows, place, sources, told)


def _cell(row: Row | None, place: int) -> str:
    return row.cells[place] if row and place < len(row.cells) else ""


def _check_term(rows: Sequence[Row | None], place: int, sources: Sources, told: Told) -> None:
    name, accession, source = (_cell(row, place).split(";") for row in rows)
    source_row = rows[2]
    for part in dict.fromkeys(one.strip() for one in source):
        if part and source_row:
            sources.check_reference(part, source_row.line, place + 2)
    for parts in zip(name, accession, source, strict=False):
        absent = missing(*(part.strip() for part in parts))
        if absent is not None:
            row = rows[absent] or rows[0]
            said = next(part for part in (parts[1], parts[2], parts[0]) if part.strip())
            told.add("term_incomplete", row.line if row else 1, place + 2, found=said, wanted=_NAMES[absent])


_NAMES = ("term", "Term Accession Number", "Term Source REF")


def missing(name: str, accession: str, source: str) -> int | None:
    """Give which of name, accession and source a term lacks: an accession or source needs the two others.

    >>> missing("HeLa", "CLO:1", ""), missing("HeLa", "", "")
    (2, None)
    """
    if not accession and not source:
        return None
    return next((place for place, part in enumerate((name, accession, source)) if not part), None)


def _check_lists(section: Section, labels: Sequence[str], told: Told) -> None:
    rows = [row for label in labels if (row := section.row(label))]
    for place in range(max((len(row.cells) for row in rows), default=0)):
        lengths = [len(_cell(row, place).split(";")) for row in rows]
        if len(set(lengths)) == 1:
            continue
        odd = next(at for at, length in enumerate(lengths) if length != lengths[0])
        values: dict[str, Any] = {"found": str(lengths[odd]), "wanted": str(lengths[0])}
        code = "role_lengths" if section.heading.endswith("CONTACTS") else "list_lengths"
        told.add(code, rows[odd].line, place + 2, **values, label=rows[odd].label, other=rows[0].label)
