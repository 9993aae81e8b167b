"""Rules of single cells: each different value of a column is looked at once a part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rembi_widgets.formats.isatab._check._finding import nearest
from rembi_widgets.formats.isatab._check._values import COMMENT_RULES, Fault, day

if TYPE_CHECKING:
    from collections.abc import Callable

    from rembi_widgets.formats.isatab._check._sheet import Part, Sheet
    from rembi_widgets.formats.isatab._document_columns import Column

_REMEMBERED = 2_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
READ_AS_EMPTY = frozenset({"NA", "N/A", "None", "null", "nan", "NaN", "NULL", "n/a", "<NA>", "#N/A", "-nan"})
"""Words that pandas, and so isatools, reads as nothing."""


class Cells:
    """The cells of one column."""

    def __init__(self, sheet: Sheet, column: Column) -> None:
        self._sheet, self._column = sheet, column
        self._rule = _rule_of(sheet, column)
        self._good: set[str] = set()
        self._blank = 0

    def take(self, part: Part) -> None:
        """Look at the cells that were not seen before."""
        at = self._column.index
        different = part.different[at]
        if "" in different:
            self._take_blank(part)
        new = different - self._good
        if not new:
            return
        bad = {value for value in new if self._is_bad(value)} if self._may_be_bad(new) else set()
        for value in sorted(bad, key=part.columns[at].index):
            self._tell(value, part)
        if len(self._good) < _REMEMBERED:
            self._good |= new - bad

    def _may_be_bad(self, new: set[str]) -> bool:
        """Tell quickly that none of these can be bad: nothing to strip, no odd letter, no rule of their own."""
        if self._rule is not None or not READ_AS_EMPTY.isdisjoint(new):
            return True
        return not all(map(str.isprintable, new)) or list(map(str.strip, new)) != list(new)

    def _is_bad(self, value: str) -> bool:
        return bool(self._faults(value))

    def _faults(self, value: str) -> list[Fault]:
        found = []
        bare = value.strip()
        if bare != value:
            found.append(Fault("outer_space", bare, bare))
        if value in READ_AS_EMPTY:
            found.append(Fault("read_as_empty"))
        if not value.isprintable() and _CONTROL.search(value):
            found.append(Fault("control_character", _CONTROL.sub("", value), _CONTROL.sub("", value)))
        if self._rule is not None and value and (fault := self._rule(value)):
            found.append(fault)
        return found

    def _tell(self, value: str, part: Part) -> None:
        line, count = part.first(self._column.index, value)
        for fault in self._faults(value):
            self._sheet.told.add(
                fault.code,
                line,
                self._column.index + 1,
                found=value,
                wanted=fault.wanted,
                replacement=fault.replacement,
                count=count,
                header=self._column.header,
            )

    def _take_blank(self, part: Part) -> None:
        line, count = part.first(self._column.index, "")
        self._blank += count
        code = self._code_of_blank()
        if code:
            place = self._column.index + 1
            self._sheet.told.add(code, line, place, count=count, header=self._column.header)

    def _code_of_blank(self) -> str | None:
        column, kind = self._column, self._sheet.kind
        if column.kind == "protocol_ref":
            return "protocol_blank"
        if column.index == 0 and column.kind == "node":
            return "start_unnamed"
        if column.kind == "factor_value":
            return "factor_blank"
        return "required_blank" if kind and column.header in kind.required else None

    def finish(self) -> None:
        """Tell of a column that is empty, and of a characteristic that only some rows have."""
        column, sheet = self._column, self._sheet
        if not self._blank or column.kind in {"unit", "term_source", "term_accession"}:
            return
        place = column.index + 1
        if self._blank == sheet.count:
            sheet.told.add("column_empty", sheet.line, place, found=column.header)
        elif column.kind == "characteristic":
            sheet.told.add("heterogeneous", sheet.line, place, found=column.name, n=self._blank)


def _rule_of(sheet: Sheet, column: Column) -> Callable[[str], Fault | None] | None:
    if column.header == "Date":
        return day
    if column.kind == "comment":
        return COMMENT_RULES.get(column.name.casefold())
    if column.kind == "protocol_ref":
        return lambda value: _protocol(value, sheet)
    if column.header == "Sample Name" and sheet.role == "assay":
        return lambda value: _sample(value, sheet)
    if column.kind == "node" and column.header.endswith(" File") and sheet.beside is not None:
        return lambda value: _file(value, sheet)
    return None


def _protocol(value: str, sheet: Sheet) -> Fault | None:
    sheet.declared.used_protocols.add(value)
    if sheet.declared.anything or value in sheet.declared.protocols:
        return None
    meant = nearest(value, sheet.declared.protocols)
    return Fault("protocol_undeclared", meant or ", ".join(list(sheet.declared.protocols)[:12]), meant)


def _sample(value: str, sheet: Sheet) -> Fault | None:
    known = sheet.declared.samples
    sheet.declared.used_samples.add(value)
    if known is None or value in known:
        return None
    bare = value.strip()
    meant = bare if bare in known else nearest(value, known) if len(known) <= _REMEMBERED else None
    return Fault("sample_unknown", meant, meant)


def _file(value: str, sheet: Sheet) -> Fault | None:
    if "://" in value or sheet.beside is None or sheet.beside.has(value):
        return None
    return Fault("data_file_missing")
