"""A finding about a place of a file, and the collector of findings: one for each value of a column, with its count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._check._levels import LEVELS
from rembi_widgets.locale import text
from rembi_widgets.record import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 50
"""Findings of one rule in one column of a file; what is beyond is counted with the last of them."""


class DocumentFinding(Finding):
    """One thing to look at in a file.

    Attributes
    ----------
    file
        Path of the file within the document, with ``/``.
    line, column
        Where, both from 1; a column is a cell.
    count
        How many places of that column say the same.
    replacement
        What the cell should say instead, where that is certain.
    """

    file: str
    line: int = 1
    column: int = 1
    count: int = 1
    replacement: str | None = None

    def message(self, lang: str | None = None) -> str:
        """Give the sentence in a language, with the number of further places."""
        said = super().message(lang)
        return said if self.count == 1 else said + " " + text("isacheck.more", lang, n=self.count - 1)

    def place(self, lang: str | None = None) -> str:
        """Give the place in a language."""
        return text("isacheck.place", lang, file=self.file, line=self.line, column=self.column)

    def told(self, lang: str | None = None) -> str:
        """Give place and sentence in a language."""
        return f"{self.place(lang)}: {self.message(lang)}"

    def __str__(self) -> str:
        return self.told()

    def to_json(self, lang: str | None = None) -> dict[str, Any]:
        """Give the form that ``check --json`` prints; the fix is the text that the cell should have."""
        where = {"file": self.file, "line": self.line, "column": self.column}
        fix = None if self.replacement is None else [{**where, "text": self.replacement}]
        return {**super().to_json(lang), **where, "count": self.count, "fix": fix}


class Told:
    """Collects findings; the same value in the same column of a file is told once, where it stands first, and counted.

    Attributes
    ----------
    file
        The file that is looked at.
    """

    def __init__(self) -> None:
        self.file = ""
        self._kept: dict[tuple[Any, ...], dict[str, Any]] = {}
        self._many: dict[tuple[Any, ...], list[dict[str, Any]]] = {}

    def add(
        self,
        code: str,
        line: int,
        column: int = 1,
        *,
        found: str | None = None,
        wanted: str | None = None,
        replacement: str | None = None,
        count: int = 1,
        file: str | None = None,
        **values: Any,
    ) -> None:
        """Tell of a place; ``values`` are further placeholders of the sentence."""
        where = self.file if file is None else file
        key = (code, where, column, found, wanted, *values.values())
        kept = self._kept.get(key)
        of_column = self._many.setdefault((code, where, column), [])
        if kept is None and len(of_column) >= MOST:
            kept = of_column[-1]
        if kept is not None:
            kept["count"] += count
            return
        self._kept[key] = {
            "level": LEVELS[code],
            "code": f"isacheck.{code}",
            "path": f"{where}:{line}:{column}",
            "values": {"found": found or "", "wanted": wanted or "", **values},
            "found": found,
            "wanted": wanted,
            "file": where,
            "line": line,
            "column": column,
            "count": count,
            "replacement": replacement,
        }
        of_column.append(self._kept[key])

    def drop(self, code: str) -> None:
        """Take back all that was told by one rule."""
        self._kept = {key: kept for key, kept in self._kept.items() if key[0] != code}

    def findings(self) -> tuple[DocumentFinding, ...]:
        """Give all findings, file by file, from the top down."""
        files = {entry["file"]: place for place, entry in reversed(list(enumerate(self._kept.values())))}
        found = sorted(self._kept.values(), key=lambda one: (files[one["file"]], one["line"], one["column"]))
        return tuple(DocumentFinding(**entry) for entry in found)


def nearest(value: str, known: Iterable[str]) -> str | None:
    """Give the one known name that differs from a value only in case, spaces and punctuation."""
    like = [name for name in known if _bare(name) == _bare(value)]
    return like[0] if len(like) == 1 else None


def _bare(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
