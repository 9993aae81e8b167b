"""Pages of the two tables: filtered, sorted, and with the words a person reads instead of ids."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.record import TABLES, Curation, Edit, Table, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from rembi_widgets.record import Mark

PAGE_LIMIT = 500
EXAMPLES = 3
"""Different values of a column that a summary shows."""


@dataclass(frozen=True)
class Query:
    """Which rows of a table: text found in any cell, exact cells, an order, explicit ids.

    Attributes
    ----------
    table
        ``files`` or ``images``.
    text
        Words that must all be found in the row's text, in any case.
    where
        Column to the value it must have; ``None`` wants it empty.
    sort
        Column, with ``-`` before it for the other direction.
    rows
        Only these rows.
    """

    table: str
    text: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)
    sort: str = ""
    rows: Sequence[str] | None = None

    @classmethod
    def read(cls, message: Mapping[str, Any]) -> Query:
        """Read a query as a view sends it.

        Raises
        ------
        RembiError
            If there is no such table.
        """
        if message.get("table") not in TABLES:
            raise RembiError("record.nothing_there", path=f"/{message.get('table')}")
        where, rows = message.get("where") or {}, message.get("rows")
        text = str(message.get("filter") or "")
        return cls(str(message["table"]), text, dict(where), str(message.get("sort") or ""), rows)


def derived(record: Curation, name: str) -> Mapping[str, Sequence[Any]]:
    """Give the columns of a table with those a person wants beside them: of an image, its file's path, its sample."""
    table: Table = getattr(record, name)
    columns = dict(table.columns)
    if name == "images":
        index, paths = record.files.index, tuple(record.files.column("path"))
        places = (index.get(file) for file in table.column("file"))
        columns["path"] = tuple(None if place is None else paths[place] for place in places)
        columns["sample"] = _samples(record)
    return columns


def _samples(record: Curation) -> tuple[Any, ...]:
    """Give the title of each image's sample: that of the line it names, or of its component's only one."""
    titles = {sample.id: plain(sample.title) or sample.id for sample in record.samples}
    lines = {
        (part.id, line.id): titles.get(line.sample or "") for part in record.components for line in part.associations
    }
    only = {
        part.id: titles.get(part.associations[0].sample or "")
        for part in record.components
        if len(part.associations) == 1
    }
    homes, named = record.images.column("component"), record.images.column("association")
    return tuple(
        lines[home, line] if (home, line) in lines else only.get(home) for home, line in zip(homes, named, strict=True)
    )


def in_words(record: Curation, columns: Mapping[str, Sequence[Any]]) -> Mapping[str, Sequence[Any]]:
    """Give the columns as a person reads them: titles instead of ids. What is searched and sorted are the words."""
    names = _names(record)
    kept = {name: tuple(values) for name, values in columns.items() if name not in UNSEEN}
    for name in REFERENCES & kept.keys():
        kept[name] = tuple(names.get(value, value) for value in kept[name])
    return kept


UNSEEN = frozenset({"file", "group"})
REFERENCES = frozenset({"component", "association", "made_by"})


def _names(record: Curation) -> Mapping[Any, str]:
    """Give the words for the ids that rows refer to; for an association, its sample and its acquisition."""
    titled = (*record.samples, *record.acquisitions, *record.analyses, *record.annotations, *record.correlations)
    names: dict[Any, str] = {
        entity.id: str(getattr(entity, "title", None) or "") for entity in (*titled, *record.components)
    }
    for component in record.components:
        for line in component.associations:
            words = (names.get(line.sample, ""), names.get(line.acquisition, ""))
            names[line.id] = " × ".join(word for word in words if word)
    return names


def find(record: Curation, query: Query) -> list[str]:
    """Give the ids of the rows that match, in order."""
    table: Table = getattr(record, query.table)
    places = _chosen(table, query)
    if not (query.where or query.text.strip() or query.sort):
        return list(map(tuple(table.ids).__getitem__, places))
    columns = derived(record, query.table)
    for name, wanted in query.where.items():
        column = tuple(columns.get(name, (None,) * len(table)))
        places = [place for place in places if column[place] == wanted]
    said = in_words(record, columns) if query.text or query.sort else columns
    for word in query.text.casefold().split():
        places = [place for place in places if _has(said, place, word)]
    if query.sort:
        column = tuple(said.get(query.sort.removeprefix("-"), (None,) * len(table)))
        places.sort(key=lambda place: _rank(column[place]), reverse=query.sort.startswith("-"))
    return list(map(tuple(table.ids).__getitem__, places))


def _chosen(table: Table, query: Query) -> list[int]:
    if query.rows is None:
        return list(range(len(table)))
    return [table.index[row] for row in query.rows if row in table]


def _has(columns: Mapping[str, Sequence[Any]], place: int, word: str) -> bool:
    return any(word in str(column[place]).casefold() for column in columns.values() if column[place] is not None)


def _rank(value: Any) -> tuple[int, float, str]:
    if value is None:
        return (2, 0.0, "")
    if isinstance(value, int | float):
        return (0, float(value), "")
    return (1, 0.0, str(value).casefold())


def page(record: Curation, query: Query, offset: int, limit: int, *, ids: bool = False) -> dict[str, Any]:
    """Give one page of the rows that match, with marks, and how many match in all."""
    found = find(record, query)
    table: Table = getattr(record, query.table)
    shown = found[max(0, offset) : max(0, offset) + min(limit, PAGE_LIMIT)]
    columns = derived(record, query.table)
    rows = [_row(table, columns, row) for row in shown]
    answer: dict[str, Any] = {"total": len(table), "matched": len(found), "rows": rows, "columns": list(columns)}
    return {**answer, "ids": found} if ids else answer


def _row(table: Table, columns: Mapping[str, Sequence[Any]], row: str) -> dict[str, Any]:
    place = table.index[row]
    cells = {name: plain(values[place]) for name, values in columns.items() if values[place] is not None}
    marks = {name: known[place] for name, known in table.marks.items()}
    said = {name: mark.plain() for name, mark in marks.items() if mark is not None and not mark.confirmed}
    return {**cells, "id": row, "marks": said}


def summary(record: Curation, query: Query) -> dict[str, Any]:
    """Give, for each column, the value that all matching rows share, or how many differ.

    Returns
    -------
    dict
        ``count`` and ``fields``: column to ``{"value"}`` if all agree, else ``{"mixed": n, "examples": [...]}`` with
        the most frequent values first and the ``counts`` of each, and ``empty`` for the rows without one; with
        ``pencil``, the number of values no person has confirmed, and ``origin``, where most of them come from.
    """
    found = find(record, query)
    table: Table = getattr(record, query.table)
    places = [table.index[row] for row in found]
    fields = {name: _shared(table, name, places) for name in table.columns}
    return {"count": len(found), "fields": {name: said for name, said in fields.items() if said}}


def _shared(table: Table, name: str, places: Sequence[int]) -> dict[str, Any] | None:
    column, known = tuple(table.columns[name]), tuple(table.marks.get(name, ()))
    values = Counter(map(column.__getitem__, places))
    empty = values.pop(None, 0)
    if not values:
        return None
    said = _known([known[place] for place in places]) if known else {}
    if len(values) == 1 and not empty:
        return {**said, "value": plain(next(iter(values)))}
    first = values.most_common(EXAMPLES)
    shown = {"examples": [plain(value) for value, _ in first], "counts": [count for _, count in first]}
    return {**said, "mixed": len(values) + (empty > 0), **shown, "empty": empty}


def _known(marks: Sequence[Mark | None]) -> dict[str, Any]:
    """Say how many values nobody confirmed, and where most come from.

    Rows share their marks, so that these are told apart by identity.
    """
    by_id = {id(mark): mark for mark in marks}
    counted = [(by_id[key], count) for key, count in Counter(map(id, marks)).most_common()]
    pencil = sum(count for mark, count in counted if mark is not None and not mark.confirmed)
    origin = next((mark.origin for mark, _ in counted if mark is not None and mark.origin is not None), None)
    said: dict[str, Any] = {"pencil": pencil} if pencil else {}
    return {**said, "origin": plain(origin)} if origin is not None else said


def fill_edits(record: Curation, query: Query, column: str, value: Any) -> list[Edit]:
    """Give the edit that sets one value for all matching rows."""
    rows = tuple(find(record, query))
    return [Edit(op="fill", path=f"/{query.table}/{column}", rows=rows, value=value)] if rows else []


def confirm_edits(
    record: Curation, query: Query, paths: Sequence[str] = (), columns: Collection[str] | None = None
) -> list[Edit]:
    """Give the edits that confirm the values of the matching rows, of all or some columns, and those at paths.

    The values keep what they are.
    """
    table: Table = getattr(record, query.table)
    rows = tuple(find(record, query))
    places = [table.index[row] for row in rows]
    edits = [Edit(op="confirm", path=path) for path in paths if path in record.marks]
    for name, known in table.marks.items():
        if columns is not None and name not in columns:
            continue
        marked = tuple(known)
        open_rows = [(row, p) for row, p in zip(rows, places, strict=True) if (m := marked[p]) and not m.confirmed]
        if open_rows:
            column = tuple(table.column(name))
            values = tuple(plain(column[p]) for _, p in open_rows)
            said = {"op": "fill", "path": f"/{query.table}/{name}", "rows": [row for row, _ in open_rows]}
            marks = _confirmed([marked[p] for _, p in open_rows])
            edits.append(Edit.model_validate({**said, "values": values, "marks": marks}))
    return edits


def _confirmed(marks: Sequence[Any]) -> dict[str, Any]:
    """Give marks as confirmed ones, each once: those of a column are few, shared by many cells."""
    palette = {id(mark): mark for mark in marks}
    number = {identity: place for place, identity in enumerate(palette)}
    confirmed = [mark.model_copy(update={"confirmed": True}).plain() for mark in palette.values()]
    return {"palette": confirmed, "use": [number[id(mark)] for mark in marks]}
