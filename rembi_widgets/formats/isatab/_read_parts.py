"""What a reader reads from: a column of a section, a node of a table; what it makes: entities with their origins."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._compact import distinct
from rembi_widgets.formats.isatab._document_columns import VALUES
from rembi_widgets.formats.isatab._entries import bare
from rembi_widgets.formats.isatab._read_values import Said, kind_of
from rembi_widgets.record import COLLECTIONS, PREFIXES, ROWS, Mark, Origin, Study, is_empty

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rembi_widgets.formats.isatab._document import Section, Table
    from rembi_widgets.formats.isatab._document_columns import Column
    from rembi_widgets.formats.isatab._read_values import Values
    from rembi_widgets.record import Entity, Frozen

_SOUND = re.compile(r"[\w.:@+-]{1,80}")
ABSENCE, ACCESSION, SOURCE = " Absence Reason", " Accession", " Source"


def stable_id(prefix: str, *names: str) -> str:
    """Give the id that these names always give: what is read twice is the same."""
    return stable_ids(prefix, ["\0".join(names)])[0]


def stable_ids(prefix: str, names: Sequence[str]) -> list[str]:
    """Give the ids that these names always give, one each."""
    digest = hashlib.blake2b
    return [f"{prefix}-{digest(one.encode('utf-8', 'surrogatepass'), digest_size=6).hexdigest()}" for one in names]


class SectionColumn:
    """One column of a section: what each label says; what nobody asked for is left over.

    Parameters
    ----------
    file
        Name of the investigation file.
    """

    def __init__(self, section: Section, place: int, file: str) -> None:
        self.heading, self.file, self.place = section.heading, file, place
        self.lines = {_label(row.kind, row.name): row.line for row in section.rows}
        self.cells = section.column(place)
        self.has = self.lines.keys()
        self._asked: set[str] = set()

    def cell(self, label: str) -> str:
        """Give the cell of a label, empty if there is none."""
        self._asked.add(label)
        return self.cells.get(label, "")

    def said(self, label: str) -> Said:
        """Give all that is said of a label: its reason for an absence, its accessions, its value of another form."""
        given = f"Comment[{label} As Given]"
        if given in self.cells:
            self._asked.add(label)
            label = given
        name = bare(label)
        accession = self.cell(f"{label} Term Accession Number") or self.cell(f"Comment[{name}{ACCESSION}]")
        source = self.cell(f"{label} Term Source REF") or self.cell(f"Comment[{name}{SOURCE}]")
        reason = self.cell(f"Comment[{name}{ABSENCE}]")
        return Said(self.cell(label), f"{self.heading}/{label}", reason, source, accession)

    def ask(self, *labels: str) -> None:
        """Take labels as read: what they say is known otherwise."""
        self._asked.update(labels)

    def extras(self, prefix: str, rows: Sequence[Holder]) -> None:
        """Take the keys that rows keep without knowing them."""
        begin = f"Comment[{prefix} x-"
        for label in [one for one in self.cells if one.startswith(begin)]:
            take_extra(rows, "x-" + label[len(begin) : -1], self.said(label), self.file)

    def left(self) -> Iterator[tuple[str, str, int]]:
        """Give label, text and line of what nobody asked for."""
        for label, text in self.cells.items():
            if label not in self._asked:
                yield label, text, self.lines.get(label, 1)


def _label(kind: str, name: str) -> str:
    return f"Comment[{name}]" if kind == "comment" else name


class Part:
    """A node or protocol of a table with the columns that belong to it."""

    def __init__(self, table: Table, owner: Column) -> None:
        self.table, self.owner = table, owner
        self.columns: dict[tuple[str, str], Column] = {}
        self.process_name: Column | None = None
        self._asked: set[int] = set()
        self._filled: dict[int, bool] = {}
        self._present: dict[tuple[int, str], tuple[list[tuple[str, str]], Mapping[str, str]]] = {}

    def take(self, column: Column) -> None:
        """Take a column that belongs to this part."""
        if column.kind == "process_name":
            self.process_name = self.process_name or column
        elif column.kind in VALUES:
            self.columns.setdefault((column.kind, column.name), column)

    @property
    def names(self) -> Sequence[str]:
        """The names of the node, or of the protocol, one a row."""
        return self.table.cells(self.owner.index)

    def cells(self, kind: str, name: str) -> Sequence[str] | None:
        """Give the cells of a column, ``None`` if there is none."""
        column = self.columns.get((kind, name))
        if column is None:
            return None
        self._asked.add(column.index)
        return self.table.cells(column.index)

    def said(self, kind: str, name: str, row: int) -> Said:
        """Give all that a row says in a column: unit, sources, accessions, reason of an absence."""
        column = self.columns.get((kind, name))
        if column is None:
            return Said("", name)
        self._asked.add(column.index)
        beside = {one: self.table.cells(index)[row] for one, index in column.beside.items()}
        reason = self._comment(f"{name}{ABSENCE}", row)
        accession = beside.get("term_accession", "") or self._comment(f"{name}{ACCESSION}", row)
        source = beside.get("term_source", "") or self._comment(f"{name}{SOURCE}", row)
        text = self.table.cells(column.index)[row]
        attribute = kind != "comment"
        unit = beside.get("unit", "") if attribute else None
        return Said(text, column.header, reason, source, accession, unit, attribute)

    def _comment(self, name: str, row: int) -> str:
        cells = self.cells("comment", name)
        return cells[row] if cells is not None else ""

    def present(self, fields: Mapping[str, str], kind: str) -> list[tuple[str, str]]:
        """Give the fields, with the names of their columns, that the part has columns for."""
        if (id(fields), kind) not in self._present:
            found = [(field, name) for field, name in fields.items() if (kind, name) in self.columns]
            self._present[id(fields), kind] = found, fields  # what is held keeps its identity
        return self._present[id(fields), kind][0]

    def ask(self, kind: str, *names: str) -> None:
        """Take columns as read."""
        self._asked.update(column.index for name in names if (column := self.columns.get((kind, name))))

    def left(self) -> Iterator[Column]:
        """Give the columns that nobody asked for and that say something."""
        for column in self.columns.values():
            if column.index not in self._asked and self._says(column.index):
                yield column

    def _says(self, index: int) -> bool:
        if index not in self._filled:
            self._filled[index] = any(distinct(self.table.cells(index)))
        return self._filled[index]


def parts_of(table: Table) -> list[Part]:
    """Give the nodes and protocols of a table, in order."""
    found: dict[int, Part] = {}
    for column in table.columns:
        if column.kind in {"node", "protocol_ref"}:
            found[column.index] = Part(table, column)
        elif column.owner in found:
            found[column.owner].take(column)
    return list(found.values())


def named_steps(parts: Sequence[Part]) -> list[Part]:
    """Give the protocols of a table of images whose processes have names; all, if none has.

    A profile may put a protocol before the acquisition that the layout knows nothing of; its processes are nameless.
    """
    steps = [part for part in parts if part.owner.kind == "protocol_ref"]
    return [part for part in steps if part.process_name is not None] or steps


class Holder:
    """An entity, or a row of one, that is being made: its fields and where each came from."""

    def __init__(self, making: Making, model: type[Frozen], path: str, values: dict[str, Any]) -> None:
        self.making, self.model, self.path, self.values = making, model, path, values

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.values["id"])

    def put(self, field: str, value: Any, file: str, header: str) -> None:
        """Set a field, unless there is nothing to set or something was said before."""
        values = self.values
        if not is_empty(value) and (field not in values or is_empty(values[field])):
            values[field] = value
            self.making.marks[f"{self.path}/{field}"] = self.making.mark(file, header)

    def take(self, field: str, said: Said, file: str) -> None:
        """Set a field to what is said; a field that an entity of this kind has not is kept as it stands."""
        if field not in self.model.model_fields:
            self.put(f"x-isa-{field}", said.text, file, said.header)
            return
        self.put(field, self.making.values.read(kind_of(self.model, field), said), file, said.header)

    def made(self) -> Frozen:
        """Give what was made of it; the values of its rows are let go."""
        for field in ROWS.keys() & self.values.keys():
            rows = self.values[field][::-1]
            self.values[field] = ()
            self.values[field] = [ROWS[field].model_validate(rows.pop()) for _ in range(len(rows))]
        return self.model.model_validate(self.values)

    def row(self, field: str, identity: str) -> Holder:
        """Add a row."""
        rows = self.values.setdefault(field, [])
        rows.append({"id": identity})
        return Holder(self.making, ROWS[field], f"{self.path}/{field}/{identity}", rows[-1])

    def rows(self, field: str, ids: list[str], told: Mapping[str, Said], file: str) -> list[Holder]:
        """Add rows whose values share cells: field of a row to the cell of all rows."""
        held = [self.row(field, identity) for identity in ids]
        for name, said in told.items():
            values = self.making.values.rows(kind_of(ROWS[field], name), said, len(ids)) if said.text else []
            for row, value in zip(held, values, strict=False):
                row.put(name, value, file, said.header)
        return held


def take_extra(rows: Sequence[Holder], key: str, said: Said, file: str) -> None:
    """Take a key that the record keeps without knowing it: one cell has its value of each row."""
    if said.text and rows:
        items = rows[0].making.values.items(said.text)
        for row, item in zip(rows, items, strict=False):
            row.put(key, item, file, said.header)


class Making:
    """The record that is being made."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self.marks: dict[str, Mark] = {}
        self.study = Holder(self, Study, "/study", {})
        self.entities: dict[str, dict[str, Holder]] = {name: {} for name in COLLECTIONS}
        self._marks: dict[tuple[str, str], Mark] = {}

    def mark(self, file: str, header: str) -> Mark:
        """Give the mark of a value that was read: nobody confirmed it."""
        key = (file, header)
        if key not in self._marks:
            self._marks[key] = Mark(confirmed=False, origin=Origin(kind="import", source=file, header=header))
        return self._marks[key]

    def entity(self, collection: str, identity: str, *names: str) -> Holder:
        """Give the entity of an id; where there is none that can be used, of the names that tell it."""
        if not _SOUND.fullmatch(identity):
            identity = stable_id(PREFIXES[collection], *names)
        held = self.entities[collection]
        if identity not in held:
            model: type[Entity] = COLLECTIONS[collection]
            held[identity] = Holder(self, model, f"/{collection}/{identity}", {"id": identity})
        return held[identity]

    def made(self) -> dict[str, Any]:
        """Give the fields of the record, but for its tables; what they are made of is let go one by one."""
        made = {name: [held.pop(one).made() for one in list(held)] for name, held in self.entities.items()}
        return {"study": self.study.values, **made}


def ids_of(values: Values, cell: str, prefix: str, count: int, *names: str) -> list[str]:
    """Give the ids of rows: those that are written, made ones where they are missing, none twice."""
    said = values.items(cell) if cell else []
    found: list[str] = []
    for place in range(max(len(said), count)):
        one = said[place] if place < len(said) else ""
        usable = _SOUND.fullmatch(one) and one not in found
        found.append(one if usable else stable_id(prefix, *names, str(place)))
    return found
