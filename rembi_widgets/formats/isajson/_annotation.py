"""Ontology annotations, comments and names of things in ISA-JSON."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from rembi_widgets.formats.isajson._labels import ACCESSION_KEPT, FORMS

Json = dict[str, Any]
_PIECES = re.compile(r"(?:[^;\\]|\\.|\\\Z)*", re.DOTALL)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_MOST_DIGITS = 15


class Names:
    """Names (``@id``) of the things of one document, and the term sources that it uses."""

    def __init__(self) -> None:
        self._next: dict[str, int] = defaultdict(int)
        self.sources: set[str] = set()

    def fresh(self, kind: str) -> str:
        """Give a name that nothing has, such as ``#sample/3``."""
        self._next[kind] += 1
        return f"#{kind}/{self._next[kind]}"

    def several(self, kind: str, count: int) -> int:
        """Take the numbers of several names that follow each other; give the first."""
        first = self._next[kind] + 1
        self._next[kind] += count
        return first

    def annotation(self, value: str, source: str = "", accession: str = "") -> Json:
        """Give an ontology annotation; an accession that is no URI reference stands in a comment of it."""
        if source:
            self.sources.add(source)
        if not FORMS["uri"].fullmatch(accession):
            return {
                "annotationValue": value,
                "termSource": source,
                "termAccession": "",
                "comments": [comment(ACCESSION_KEPT, accession)],
            }
        return {"annotationValue": value, "termSource": source, "termAccession": accession}

    def annotations(self, value: str, source: str, accession: str) -> list[Json]:
        """Give the annotations of a cell: one for each part, if its sources and accessions have as many parts."""
        parts = [pieces(cell) for cell in (value, source, accession)]
        count = len(parts[0])
        if any(len(part) != count and cell for part, cell in zip(parts, (value, source, accession), strict=True)):
            return [self.annotation(value, source, accession)]
        full = (part if len(part) == count else [""] * count for part in parts)
        return [self.annotation(*said) for said in zip(*full, strict=True)]


def comment(name: str, value: str) -> Json:
    """Give a comment."""
    return {"name": name, "value": value}


def pieces(cell: str) -> list[str]:
    r"""Split a cell at its ``;``, but for those behind a ``\``; the parts stay as they stand.

    >>> pieces("a;b\\;c"), pieces("")
    (['a', 'b\\;c'], [''])
    """
    if "\\" not in cell:
        return cell.split(";")
    found, at = [], 0
    while at <= len(cell):
        match = _PIECES.match(cell, at)
        end = match.end() if match else len(cell)
        found.append(cell[at:end])
        at = end + 1
    return found


def amount(text: str) -> str | float | int:
    """Give the number that a text is, if it is written back as the same text.

    >>> amount("37"), amount("0.085"), amount("0.10"), amount("many")
    (37, 0.085, '0.10', 'many')
    """
    if not _NUMBER.fullmatch(text) or len(text) > _MOST_DIGITS:
        return text
    number = float(text) if "." in text else int(text)
    return number if repr(number) == text else text
