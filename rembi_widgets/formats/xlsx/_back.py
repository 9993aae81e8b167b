"""What somebody changed in a workbook, as the edits of one change with a report of each cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.xlsx._cells import read_cell, said, shown
from rembi_widgets.formats.xlsx._names import HOLDERS, is_table, names_of, pointed_to
from rembi_widgets.formats.xlsx._sheets import OWNER
from rembi_widgets.formats.xlsx._workbook import Line, open_book
from rembi_widgets.record import (
    GUIDE,
    PREFIXES,
    SINGLETONS,
    Curation,
    Edit,
    Finding,
    Origin,
    get,
    is_empty,
    new_id,
    plain,
    run,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from rembi_widgets.formats.xlsx._workbook import Book
    from rembi_widgets.record import SectionGuide


class Told(NamedTuple):
    """One cell that somebody changed: where in the workbook and in the record, what it said and says."""

    cell: str
    path: str
    was: str
    now: str


@dataclass(frozen=True)
class Back:
    """What a workbook that came back brings: edits, what each changes, and what could not be followed."""

    edits: tuple[Edit, ...]
    told: tuple[Told, ...]
    findings: tuple[Finding, ...]


def edits(path: Path, record: Curation) -> Back:
    """Tell what a workbook says that it did not say when it was written.

    Only cells that somebody changed count, so that what others changed in the curation meanwhile stays. Rows without an
    id are new; rows that are gone were removed; a row that stands twice is a copy.

    Parameters
    ----------
    path
        The workbook.
    record
        The curation as it is.

    Raises
    ------
    RembiError
        If it is no workbook of this layout.
    """
    found = _Reading(open_book(path), record, path.name)
    for section in GUIDE.values():
        if section.name in found.book.lines:
            found.section(section)
    return Back(tuple(found.possible()), tuple(found.told), tuple(found.findings))


@dataclass
class _Reading:
    """A workbook read against a curation."""

    book: Book
    record: Curation
    source: str
    edits: list[tuple[Edit, str]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._names = names_of(self.record)
        self._origin = Origin(kind="edited_outside", source=self.source)
        paths = [path for section, ids in self.book.ids.items() for path in _some_paths(section, ids)]
        is_new = bool(paths) and all(get(self.record, path) is None for path in paths)
        self._is_elsewhere = is_new or self.record == Curation()
        """Whether nothing of what was written is in this curation: then all of it is new to it."""

    def find(self, name: str, collections: Iterable[str]) -> str:
        """Give the id of what a cell names, by a name of the workbook or else of the curation."""
        found = self.book.names.find(name, collections)
        return self._names.find(name, collections) if found == name else found

    def section(self, section: SectionGuide) -> None:
        """Read the rows of one section."""
        lines = self._with_ids(section)
        if section.collection in SINGLETONS:
            for line in lines[:1]:
                self._fields(section, line, f"/{section.collection}", self._held(f"/{section.collection}"))
        elif is_table(section.collection):
            self._table(section, lines)
        else:
            self._entities(section, lines)

    def _with_ids(self, section: SectionGuide) -> list[Line]:
        """Give each row an id of its own: new rows and copies get a new one."""
        seen: set[str] = set()
        for line in self.book.lines[section.name]:
            if not line.id or line.id in seen or "/" in line.id:
                if line.id:
                    self._say("info", "xlsx_copied", self._place(section, line, ""), name=line.id)
                line.id = new_id(section.prefix or PREFIXES.get(section.collection, "x"), seen)
                line.changed = frozenset({*line.cells, OWNER})
            if self._is_elsewhere:
                line.changed = frozenset({*line.cells, OWNER})
            seen.add(line.id)
        return self.book.lines[section.name]

    def _held(self, path: str) -> Mapping[str, Any]:
        held = get(self.record, path)
        return {} if held is None else dict(held)

    def _place(self, section: SectionGuide, line: Line, name: str) -> str:
        letter = self.book.columns[section.name].get(name, "A")
        return f"{line.sheet}!{letter}{line.number}"

    def _say(self, level: Any, code: str, place: str, path: str = "/study", **values: Any) -> None:
        self.findings.append(Finding(level=level, code=code, path=path, values={"place": place, **values}))

    def _value(self, section: SectionGuide, line: Line, name: str) -> Any:
        exact = self.book.exact.get((section.name, line.id, name))
        cell = line.cells.get(name)
        if exact is not None and exact[0] == said(cell):
            return exact[1]
        guide = section.fields.get(name)
        goals = pointed_to(guide)
        return read_cell(cell, guide.kind if guide else "text", lambda name: self.find(name, goals))

    def _fields(self, section: SectionGuide, line: Line, path: str, held: Mapping[str, Any]) -> None:
        for name in [name for name in line.cells if name in line.changed]:
            value, was = self._value(section, line, name), held.get(name)
            if plain(was) == value or (is_empty(value) and (is_empty(was) or self._is_elsewhere)):
                continue
            where, place = f"{path}/{name}", self._place(section, line, name)
            edit = Edit(op="clear", path=where) if is_empty(value) else Edit(op="set", path=where, value=value)
            self._put(edit, place)
            self._tell(place, where, was, line.cells[name])

    def _put(self, edit: Edit, place: str) -> None:
        self.edits.append((edit.model_copy(update={"origin": self._origin}), place))

    def _tell(self, place: str, path: str, was: Any, now: Any) -> None:
        self.told.append(Told(place, path, said(shown(was, self._names.of)), said(now)))

    def _entities(self, section: SectionGuide, lines: list[Line]) -> None:
        written = self.book.ids.get(section.name, ())
        held = _entities_of(self.record, section)
        for line in lines:
            owner = self.find(line.owner, (HOLDERS[section.collection],)) if section.kind == "rows" else None
            base = f"/{section.collection}"
            if owner is not None:
                base = f"/{HOLDERS[section.collection]}/{owner}{base}"
            if line.id in held and (held[line.id][0] == base or OWNER not in line.changed):
                path, entity = f"{held[line.id][0]}/{line.id}", held[line.id][1]
                self._fields(section, line, path, dict(entity))
                continue
            if line.id in held:
                self._put(Edit(op="remove", path=f"{held[line.id][0]}/{line.id}"), self._place(section, line, OWNER))
            elif line.id in written and not line.changed and not self._is_elsewhere:
                continue  # removed from the curation since, and nobody touched it here
            self._add(section, line, base)
        gone = [identity for identity in written if identity in held and identity not in {line.id for line in lines}]
        for identity in gone:
            path = f"{held[identity][0]}/{identity}"
            self._put(Edit(op="remove", path=path), lines[0].sheet if lines else section.name)
            self._tell(lines[0].sheet if lines else section.name, path, identity, "")
        self._order(section, lines, held)

    def _add(self, section: SectionGuide, line: Line, base: str) -> None:
        values = {name: self._value(section, line, name) for name in line.cells}
        given = {name: value for name, value in values.items() if not is_empty(value)}
        place = self._place(section, line, "")
        self._put(Edit(op="add", path=base, id=line.id, value=given), place)
        self._tell(place, f"{base}/{line.id}", "", next((said(line.cells[name]) for name in given), ""))

    def _order(self, section: SectionGuide, lines: list[Line], held: Mapping[str, Any]) -> None:
        """Follow rows that somebody put into another order than the one they were written in."""
        written = {identity: place for place, identity in enumerate(self.book.ids.get(section.name, ()))}
        here = [line.id for line in lines if line.id in written and line.id in held]
        if here == sorted(here, key=written.__getitem__):
            return
        last: dict[str, str | None] = {}
        for identity in here:
            base = held[identity][0]
            self._put(Edit(op="move", path=f"{base}/{identity}", after=last.get(base)), lines[0].sheet)
            last[base] = identity

    def _table(self, section: SectionGuide, lines: list[Line]) -> None:
        table = getattr(self.record, section.collection)
        written = frozenset(self.book.ids.get(section.name, ()))
        base = f"/{section.collection}"
        fresh = [
            line for line in lines
            if line.id not in table and (self._is_elsewhere or line.id not in written or line.changed)
        ]  # fmt: skip
        if fresh:
            columns = {name: [self._value(section, line, name) for line in fresh] for name in fresh[0].cells}
            given = {name: cells for name, cells in columns.items() if any(not is_empty(cell) for cell in cells)}
            rows = tuple(line.id for line in fresh)
            self._put(Edit(op="add", path=base, rows=rows, value=given), self._place(section, fresh[0], ""))
            for line in fresh:
                first = said(next(iter(line.cells.values()), ""))
                self._tell(self._place(section, line, ""), f"{base}/{line.id}", "", first)
        self._cells(section, [line for line in lines if line.changed and line.id in table])
        here = {line.id for line in lines}
        gone = tuple(row for row in table.ids if row in written and row not in here)
        if gone:
            self._put(Edit(op="remove", path=base, rows=gone), section.name)
            for row in gone:
                self._tell(section.name, f"{base}/{row}", row, "")

    def _cells(self, section: SectionGuide, lines: list[Line]) -> None:
        table = getattr(self.record, section.collection)
        changed: dict[str, list[tuple[Line, Any]]] = {}
        for line in lines:
            for name in [name for name in line.cells if name in line.changed]:
                value, was = self._value(section, line, name), table.value(line.id, name)
                if plain(was) == value or (is_empty(was) and is_empty(value)):
                    continue
                changed.setdefault(name, []).append((line, value))
                place = self._place(section, line, name)
                self._tell(place, f"/{section.collection}/{line.id}/{name}", was, line.cells[name])
        for name, cells in changed.items():
            rows = tuple(line.id for line, _ in cells)
            edit = Edit(op="fill", path=f"/{section.collection}/{name}", rows=rows, values=tuple(v for _, v in cells))
            self._put(edit, self._place(section, cells[0][0], name))

    def possible(self) -> Iterator[Edit]:
        """Give the edits that can be applied, and name the cells of those that cannot."""
        record = self.record
        for edit, place in self.edits:
            try:
                record, _ = run(record, [edit], self._origin)
            except RembiError as fault:
                self._say("warning", "xlsx_refused", place, reason=str(fault))
                self.told = [one for one in self.told if one.cell != place]
                continue
            yield edit


def _some_paths(section: str, ids: tuple[str, ...]) -> Iterator[str]:
    guide = GUIDE[section]
    if guide.kind in {"many", "table"}:
        yield from (f"/{guide.collection}/{identity}" for identity in ids[:200] if "/" not in identity)


def _entities_of(record: Curation, section: SectionGuide) -> dict[str, tuple[str, Any]]:
    """Give the entities of a section by id, each with the path of its list."""
    name = section.collection
    if section.kind != "rows":
        return {entity.id: (f"/{name}", entity) for entity in getattr(record, name)}
    holder = HOLDERS[name]
    return {
        row.id: (f"/{holder}/{entity.id}/{name}", row)
        for entity in getattr(record, holder)
        for row in getattr(entity, name)
    }
