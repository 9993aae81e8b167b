"""One pass over the rows of a table: header first, then its parts through all rules, then what only the end tells."""

from __future__ import annotations

from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Protocol

from rembi_widgets.formats.isatab._check._cells import Cells
from rembi_widgets.formats.isatab._check._declared import check_factor
from rembi_widgets.formats.isatab._check._groups import Beside, Parameters, Same
from rembi_widgets.formats.isatab._check._headers import Header
from rembi_widgets.formats.isatab._check._rows import Batch
from rembi_widgets.formats.isatab._check._sheet import Part
from rembi_widgets.formats.isatab._document_columns import columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rembi_widgets.formats.isatab._check._sheet import Sheet
    from rembi_widgets.formats.isatab._document_columns import Column


def check_table(batches: Iterator[Batch], make: Callable[[list[Column], int], Sheet]) -> Sheet | None:
    """Check a table.

    Parameters
    ----------
    make
        Gives the sheet, from its columns and the line of its header.

    Returns
    -------
    Sheet
        ``None`` if there is not even a header.
    """
    for batch in batches:
        filled = [place for place, cells in enumerate(batch.rows) if any(cell.strip() for cell in cells)]
        if not filled:
            continue
        begin = filled[0]
        sheet = make(columns(batch.rows[begin]), batch.lines[begin])
        Header(sheet.columns, sheet.role, sheet.line, sheet.technology, sheet.told).check()
        _Pass(sheet).run(Batch(batch.rows[begin + 1 :], batch.lines[begin + 1 :]), batches)
        return sheet
    return None


class _Rule(Protocol):
    def take(self, part: Part) -> None:
        """Look at some rows."""
        ...


class _Pass:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        declared = sheet.declared
        self._cells = [Cells(sheet, column) for column in sheet.columns]
        self._beside = [Beside(sheet, column) for column in sheet.columns if column.beside]
        self._parameters = [Parameters(sheet, one) for one in sheet.columns if one.kind == "protocol_ref"]
        self._same = Same(sheet)
        self._rules: list[_Rule] = [*self._cells, *self._beside, *self._parameters, self._same]
        self._types: dict[int, set[str]] = {}
        for column in sheet.columns:
            if column.kind == "factor_value" and column.name:
                check_factor(column.name, sheet.line, column.index + 1, declared, sheet.told)

    def run(self, first: Batch, rest: Iterator[Batch]) -> None:
        """Look at all rows."""
        self._take(first)
        for batch in rest:
            self._take(batch)
        if not self.sheet.count:
            self.sheet.told.add("table_without_rows", self.sheet.line)
            return
        for cells in self._cells:
            cells.finish()
        self._same.finish()
        self._check_against_type()

    def _take(self, batch: Batch) -> None:
        batch = self._straight(batch)
        if not batch.rows:
            return
        self.sheet.count += len(batch.rows)
        cells = list(zip(*batch.rows, strict=True))
        part = Part(cells, list(map(set, cells)), batch)
        for rule in self._rules:
            rule.take(part)
        self._take_samples(part)
        self._check_unnamed(part)
        for column in self.sheet.columns:
            if column.kind == "protocol_ref":
                self._types.setdefault(column.index, set()).update(part.different[column.index])

    def _straight(self, batch: Batch) -> Batch:
        """Give every row the length of the header; blank rows are none."""
        width = len(self.sheet.columns)
        if all(map(width.__eq__, map(len, batch.rows))) and all(map(_FIRST, batch.rows)):
            return batch
        rows, lines = [], []
        for cells, line in zip(batch.rows, batch.lines, strict=True):
            if not any(cell.strip() for cell in cells):
                self.sheet.told.add("row_blank", line)
                continue
            if len(cells) < width or any(cells[width:]):
                place = min(len(cells), width) + 1
                self.sheet.told.add("row_ragged", line, place, found=str(len(cells)), wanted=str(width))
            rows.append((cells + [""] * (width - len(cells)))[:width])
            lines.append(line)
        return Batch(rows, lines)

    def _take_samples(self, part: Part) -> None:
        if self.sheet.role != "study":
            return
        known = self.sheet.declared.samples
        for column in self.sheet.columns:
            if column.header == "Sample Name" and known is not None:
                known |= part.different[column.index] - {""}

    def _check_unnamed(self, part: Part) -> None:
        """Find nodes that are described and have no name; samples that an assay describes."""
        for owner, group in self.sheet.of_owner.items():
            node = self.sheet.columns[owner]
            said = [one.index for one in group if one.index != owner and part.different[one.index] != {""}]
            if owner < 0 or node.kind != "node" or not said:
                continue
            if self.sheet.role == "assay" and node.header == "Sample Name":
                header = self.sheet.columns[said[0]].header
                self.sheet.told.add("sample_described", self.sheet.line, said[0] + 1, found=header)
            if "" in part.different[owner]:
                self._tell_unnamed(part, node, said)

    def _tell_unnamed(self, part: Part, node: Column, said: list[int]) -> None:
        for row, name in enumerate(part.columns[node.index]):
            if not name and any(part.columns[place][row] for place in said):
                found = next(part.columns[place][row] for place in said if part.columns[place][row])
                place = node.index + 1
                self.sheet.told.add("node_unnamed", part.line(row), place, header=node.header, said=found)
                return

    def _check_against_type(self) -> None:
        """Check a table against what assays of its type hold, as isatools does."""
        sheet, kind = self.sheet, self.sheet.kind
        if kind is None:
            return
        headers = [column.header for column in sheet.columns]
        for wanted in sorted(kind.required - set(headers)):
            sheet.told.add("required_column", sheet.line, wanted=wanted)
        nodes = [one for one in sheet.columns if one.header in kind.headers and one.header.endswith(_COUNTED)]
        for left, right in pairwise(nodes):
            between = [one.index for one in sheet.columns[left.index : right.index] if one.kind == "protocol_ref"]
            refs = {name for place in between for name in self._types.get(place, ())}
            types = {self._type(name) for name in refs}
            absent = [one for one in kind.expected(left.header, right.header) if one not in types]
            if absent:
                values: dict[str, Any] = {"left": left.header, "right": right.header}
                found = ", ".join(sorted(types - {""}))
                sheet.told.add(
                    "protocol_of_type", sheet.line, right.index + 1, found=found, wanted=", ".join(absent), **values
                )

    def _type(self, name: str) -> str:
        protocol = self.sheet.declared.protocols.get(name)
        return protocol.type if protocol else ""


_FIRST = itemgetter(0)
_COUNTED = (" Name", " Data File", " Data Matrix File")
"""Ends of the headers between which isatools looks for protocols."""
