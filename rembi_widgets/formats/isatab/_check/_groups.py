"""Rules of several cells of a row: terms and units beside values, parameters of protocols, names that say two things.

Whether a name always says the same is told from hashes of eight bytes a row: rows themselves are not held.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._check import _header_names as names
from rembi_widgets.formats.isatab._check._finding import MOST, nearest
from rembi_widgets.formats.isatab._check._terms import missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rembi_widgets.formats.isatab._check._declared import Protocol
    from rembi_widgets.formats.isatab._check._sheet import Part, Sheet
    from rembi_widgets.formats.isatab._document_columns import Column

_REMEMBERED = 2_000
_BESIDE = ("unit", "term_source", "term_accession", "unit_term_source", "unit_term_accession")


class Beside:
    """A value with what stands beside it: its unit, and the terms of both."""

    def __init__(self, sheet: Sheet, column: Column) -> None:
        self._sheet, self._column = sheet, column
        self._places = [column.beside.get(kind, -1) for kind in _BESIDE]
        self._seen: set[tuple[str, ...]] = set()

    def take(self, part: Part) -> None:
        """Look at each different row of these cells."""
        there = [self._column.index, *(place for place in self._places if place >= 0)]
        alike = all(len(part.different[place]) == 1 for place in there)
        size = 1 if alike else len(part.batch.rows)
        cells = [part.columns[self._column.index][:size]]
        cells += [part.columns[place][:size] if place >= 0 else ("",) * size for place in self._places]
        rows = list(zip(*cells, strict=True))
        for row in set(rows) - self._seen:
            self._check(row, part.line(rows.index(row)))
            if len(self._seen) < _REMEMBERED:
                self._seen.add(row)

    def _check(self, row: tuple[str, ...], line: int) -> None:
        value, unit, source, accession, unit_source, unit_accession = row
        place, header = self._column.index + 1, self._column.header
        told = self._sheet.told
        if unit and not value:
            told.add("unit_without_value", line, place, found=unit, header=header)
        elif unit and not _is_number(value):
            told.add("text_with_unit", line, place, found=value, unit=unit, header=header)
        self._check_term((value, accession, source), (2, 1), line, header)
        self._check_term((unit, unit_accession, unit_source), (4, 3), line, header)
        if not value and self._places[1] >= 0 and not unit:
            told.add("term_blank", line, place, header=header)

    def _check_term(self, term: tuple[str, str, str], places: tuple[int, int], line: int, header: str) -> None:
        told, parts = self._sheet.told, [entries(part) for part in term]
        accession, source = (self._places[place] + 1 or self._column.index + 1 for place in places)
        if len({len(part) for part in parts}) > 1 and all(self._places[place] >= 0 for place in places):
            odd = next((place for place in (1, 2) if len(parts[place]) != len(parts[0])), 1)
            values: dict[str, Any] = {"found": str(len(parts[odd])), "wanted": str(len(parts[0]))}
            other = self._sheet.columns[(accession, source)[odd - 1] - 1].header
            told.add("list_lengths", line, (accession, source)[odd - 1], **values, label=other, other=header)
        if not term[1] and not term[2]:
            return
        for name in parts[2]:
            self._sheet.sources.check_reference(name.strip(), line, source)
        if len(parts[2]) > 1:
            told.add("source_list", line, source, found=term[2])
        absent = missing(*term)
        if absent is not None:
            where = (self._column.index + 1, accession, source)[absent]
            wanted = (header, "Term Accession Number", "Term Source REF")[absent]
            told.add("term_incomplete", line, where, found=term[1] or term[2], wanted=wanted, header=header)


def entries(cell: str) -> list[str]:
    r"""Give the entries of a list in a cell, as altamisa does: between semicolons, those after a backslash are none.

    >>> entries(r"a;b\;c")
    ['a', 'b;c']
    """
    if "\\" not in cell:
        return cell.split(";")
    found, letters = [""], iter(cell)
    for letter in letters:
        if letter == ";":
            found.append("")
        else:
            found[-1] += next(letters, "\\") if letter == "\\" else letter
    return found


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


class Parameters:
    """The protocols of one column, and whether they declare the parameters and the name that stand after it."""

    def __init__(self, sheet: Sheet, column: Column) -> None:
        self._sheet = sheet
        self._column = column
        group = sheet.of_owner.get(column.index, [])
        self._parameters = [one for one in group if one.kind == "parameter_value"]
        self._names = [one for one in group if one.kind == "process_name"]
        self._seen: set[str] = set()
        sheet.declared.used_parameters |= {one.name for one in self._parameters}

    def take(self, part: Part) -> None:
        """Look at each different protocol."""
        new = part.different[self._column.index] - self._seen
        self._seen |= new
        for name in sorted(new):
            protocol = self._sheet.declared.protocols.get(name)
            if protocol is None:
                continue
            line, _ = part.first(self._column.index, name)
            self._check_parameters(protocol, line)
            for one in self._names:
                self._check_type(one, protocol, line)

    def _check_parameters(self, protocol: Protocol, line: int) -> None:
        for one in self._parameters:
            if one.name in protocol.parameters:
                continue
            meant = nearest(one.name, protocol.parameters)
            self._sheet.told.add(
                "parameter_undeclared",
                self._sheet.line,
                one.index + 1,
                found=one.name,
                wanted=meant or ", ".join(protocol.parameters[:12]),
                replacement=f"Parameter Value[{meant}]" if meant else None,
                protocol=protocol.name,
                row=line,
            )

    def _check_type(self, one: Column, protocol: Protocol, line: int) -> None:
        """Check that the name of a process is one that protocols of this type have (isatools drops it otherwise)."""
        said = protocol.type.casefold()
        types = names.NAMES_OF_TYPES.get(one.header)
        only = names.ONLY_TYPE_OF_ALTAMISA.get(one.header)
        if types and said not in types:
            code, wanted = "name_of_type", ", ".join(sorted(types))
        elif only and only not in said:
            code, wanted = "name_of_type_altamisa", only
        else:
            return
        values: dict[str, Any] = {"header": one.header, "protocol": protocol.name}
        self._sheet.told.add(code, line, one.index + 1, found=protocol.type, wanted=wanted, **values)


class Same:
    """Tells whether what has one name is always described alike, whether a row stands twice, and what is shared."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._owners = [column for column in sheet.columns if column.kind in {"node", "protocol_ref"}]
        self._groups = {owner.index: [c.index for c in sheet.of_owner.get(owner.index, [])] for owner in self._owners}
        self._named = {owner.index: self._name_columns(owner) for owner in self._owners}
        self._whole = {owner: array("q") for owner in self._groups}
        self._names = {
            owner: self._whole[owner] if self._named[owner] == group else array("q")
            for owner, group in self._groups.items()
        }
        self._loose = [column.index for column in sheet.of_owner.get(-1, [])]
        self._rest = array("q")
        self._lines = _Numbers()
        self._counted: dict[int, int] = {}

    def _name_columns(self, owner: Column) -> list[int]:
        """Give the columns that tell which node or process it is: of a process its protocol and its name."""
        named = [one.index for one in self._sheet.of_owner[owner.index] if one.kind == "process_name"]
        return [owner.index] if owner.kind == "node" else [owner.index, *named[:1]]

    def take(self, part: Part) -> None:
        """Keep the hashes of some rows."""
        for owner, group in self._groups.items():
            self._whole[owner].extend(_hashes(part, group))
            if self._named[owner] != group:
                self._names[owner].extend(_hashes(part, self._named[owner]))
        if self._loose:
            self._rest.extend(_hashes(part, self._loose))
        self._lines.add(part.batch.lines)

    def finish(self) -> None:
        """Tell what was found."""
        self._check_rows()
        for owner in self._owners:
            if len(self._groups[owner.index]) > len(self._named[owner.index]) and self._is_named(owner):
                self._check_owner(owner)
        for place, owner in enumerate(self._owners):
            before = self._nearest(reversed(self._owners[:place]))
            after = self._nearest(self._owners[place + 1 :])
            if owner.kind == "protocol_ref" and self._is_named(owner) and before and after:
                self._check_shared(owner, self._names[before.index], self._names[after.index])

    def _is_named(self, owner: Column) -> bool:
        return owner.kind == "node" or len(self._named[owner.index]) > 1

    def _different(self, hashes: array[int]) -> int:
        """Count the different ones of a column of hashes, once."""
        if id(hashes) not in self._counted:
            self._counted[id(hashes)] = len(set(hashes))
        return self._counted[id(hashes)]

    def _nearest(self, owners: Iterable[Column]) -> Column | None:
        """Give the first node or process that has a name."""
        return next((one for one in owners if self._is_named(one)), None)

    def _check_rows(self) -> None:
        """Find rows that stand twice: none do where one node or process is another in every row."""
        parts = [*self._whole.values(), *([self._rest] if self._rest else [])]
        if not parts or any(self._different(whole) == len(whole) for whole in parts):
            return
        keys = array("q", map(hash, zip(*parts, strict=True)))
        if len(set(keys)) == len(keys):
            return
        first: dict[int, int] = {}
        for row, key in enumerate(keys):
            begin = first.setdefault(key, row)
            if begin != row:
                self._sheet.told.add("row_twice", self._lines[row], found=str(self._lines[begin]))

    def _check_owner(self, owner: Column) -> None:
        names_of, whole = self._names[owner.index], self._whole[owner.index]
        if self._different(whole) == self._different(names_of):
            return
        first: dict[int, int] = {}
        odd = [row for row, key in enumerate(names_of) if whole[first.setdefault(key, row)] != whole[row]]
        places = self._named[owner.index]
        for row, cells in self._cells(odd):
            name = cells[places[-1]]
            if name:
                begin = self._lines[first[names_of[row]]]
                values: dict[str, Any] = {
                    "found": name,
                    "header": self._sheet.columns[places[-1]].header,
                    "other": begin,
                }
                self._sheet.told.add("name_says_two_things", self._lines[row], places[-1] + 1, **values)

    def _check_shared(self, owner: Column, inputs: array[int], outputs: array[int]) -> None:
        """Find processes of several inputs and several outputs: isatools writes every pair of them."""
        keys = self._names[owner.index]
        if self._different(keys) == len(keys):
            return
        into: dict[int, set[int]] = {}
        out: dict[int, set[int]] = {}
        for key, before, after in zip(keys, inputs, outputs, strict=True):
            into.setdefault(key, set()).add(before)
            out.setdefault(key, set()).add(after)
        shared = {key for key, given in into.items() if len(given) > 1 and len(out[key]) > 1}
        rows = {key: row for row, key in reversed(list(enumerate(keys))) if key in shared}
        place = self._named[owner.index][-1]
        for row, cells in self._cells(sorted(rows.values())):
            if cells[place]:
                values: dict[str, Any] = {"header": self._sheet.columns[place].header, "inputs": len(into[keys[row]])}
                self._sheet.told.add("process_shared", self._lines[row], place + 1, found=cells[place], **values)

    def _cells(self, wanted: Sequence[int]) -> Iterable[tuple[int, list[str]]]:
        """Read again the first of some rows."""
        left = list(wanted[:MOST])
        lines = {self._lines[row]: row for row in left}
        width = len(self._sheet.columns)
        for batch in self._sheet.rows() if left else ():
            for line, cells in zip(batch.lines, batch.rows, strict=True):
                if line in lines:
                    yield lines.pop(line), cells + [""] * (width - len(cells))
            if not lines:
                return


class _Numbers:
    """Numbers of lines, by row: ranges where they follow each other."""

    def __init__(self) -> None:
        self._begins: list[int] = []
        self._parts: list[Sequence[int]] = []
        self._count = 0

    def add(self, lines: Sequence[int]) -> None:
        """Add the numbers of some more rows."""
        self._begins.append(self._count)
        self._parts.append(lines if isinstance(lines, range) else array("q", lines))
        self._count += len(lines)

    def __getitem__(self, row: int) -> int:
        place = bisect_right(self._begins, row) - 1
        return self._parts[place][row - self._begins[place]]


def _hashes(part: Part, places: Sequence[int]) -> list[int]:
    if len(places) == 1:
        return list(map(hash, part.columns[places[0]]))
    return list(map(hash, zip(*(part.columns[place] for place in places), strict=True)))
