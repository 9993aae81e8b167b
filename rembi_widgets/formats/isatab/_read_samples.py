"""The study file of the layout back to biosamples, samples and what the rows say of specimens."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from rembi_widgets.formats.isatab._names import MADE_UP
from rembi_widgets.formats.isatab._read_parts import ids_of, parts_of, take_extra
from rembi_widgets.formats.isatab._read_study import columns_of
from rembi_widgets.formats.isatab._read_values import Said, kind_of
from rembi_widgets.formats.isatab._study import CHARACTERISTICS, LABELS, SAMPLE_CHARACTERISTICS, UNNAMED
from rembi_widgets.record import Variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rembi_widgets.formats.isatab._document import Section, Table
    from rembi_widgets.formats.isatab._read_parts import Holder, Part
    from rembi_widgets.formats.isatab._reading import Reading

_SPECIMEN = {
    "growth_medium": "growth medium",
    "preparation_method": "preparation method",
    "preparation_terms": "preparation terms",
}


def node(parts: list[Part], name: str) -> Part | None:
    """Give the first node of a name."""
    found = (part for part in parts if part.owner.kind == "node" and part.owner.name.casefold() == name.casefold())
    return next(found, None)


def read_factors(reading: Reading, section: Section) -> None:
    """Read STUDY FACTORS: name of a factor to the name of the variable as given."""
    for column in columns_of(section, reading.file):
        name = column.cell("Study Factor Name")
        given = column.cell("Comment[Variable Name]")
        nameless = "Comment[Variable Name]" in column.has or (reading.identified and name == UNNAMED)
        reading.factors[name] = given if nameless else name


def read_samples(reading: Reading, table: Table) -> None:
    """Read the study file: one row a sample."""
    parts = parts_of(table)
    source, sample = node(parts, "Source Name"), node(parts, "Sample Name")
    processes = [part for part in parts if part.owner.kind == "protocol_ref"]
    if source is None or sample is None:
        reading.leave(table)
        return
    sample.ask("factor_value", *(name for kind, name in sample.columns if kind == "factor_value"))  # variables have it
    found: dict[str, Holder | None] = {}
    prepared: dict[tuple[str, ...], Holder | None] = {}
    rows = zip(source.names, sample.names, zip_names(processes, len(table)), strict=True)
    for row, (origin, name, steps) in enumerate(rows):
        if origin not in found:
            found[origin] = _biosample(reading, source, sample, row)
        if steps not in prepared:  # what a specimen is, its first row says
            prepared[steps] = _specimen(reading, processes, row)
        if name not in reading.samples:
            holder = _sample(reading, sample, row, name)
            for field, other in (("biosample", found[origin]), ("specimen", prepared[steps])):
                holder.put(field, other.id if other is not None else None, table.name, sample.owner.header)


def zip_names(parts: Sequence[Part], count: int) -> Iterable[tuple[str, ...]]:
    """Give the names of all parts row by row."""
    return zip(*(part.names for part in parts), strict=True) if parts else repeat((), count)


def identity_of(part: Part, row: int, *others: str) -> tuple[str, bool]:
    """Give the id that a row bears, and whether ids are borne at all."""
    for name in ("REMBI ID", *others):
        cells = part.cells("comment", name)
        if cells is not None:
            return cells[row], True
    return "", False


def take_all(holder: Holder, part: Part, row: int, fields: Mapping[str, str], kind: str) -> None:
    """Take the fields that a node's columns hold."""
    for field, name in part.present(fields, kind):
        holder.take(field, part.said(kind, name, row), part.table.name)


def take_title(holder: Holder, part: Part, row: int) -> None:
    """Take the title: as given, where names could not be, else the name."""
    if part.said("comment", MADE_UP, row).text:
        return
    said = part.said("comment", "Title", row)
    given = ("comment", "Title") in part.columns
    holder.take("title", said if given else Said(part.names[row], part.owner.header, said.reason), part.table.name)


def _biosample(reading: Reading, part: Part, sample: Part, row: int) -> Holder | None:
    identity, borne = identity_of(part, row, "Biosample ID")
    part.ask("comment", "Biosample ID")
    if borne and not identity:
        return None
    holder = reading.making.entity("biosamples", identity, "source", part.names[row])
    take_title(holder, part, row)
    take_all(holder, part, row, CHARACTERISTICS, "characteristic")
    _variables(reading, holder, part, sample, row)
    reading.keep_columns(part, row, holder)
    return holder


def _variables(reading: Reading, holder: Holder, part: Part, sample: Part, row: int) -> None:
    """Read the variables: their names stand with the source, their values with the sample, by factor."""
    values, file = reading.making.values, part.table.name
    said = part.said("characteristic", "experimental variable", row)
    ids_said = part.said("comment", "Experimental Variable REMBI ID", row).text
    given = values.items(part.said("comment", "Experimental Variable Given", row).text)
    if not said.text and not ids_said:
        return
    texts = values.items(said.text)
    ids = ids_of(values, ids_said, "va", len(texts), holder.id)
    names = values.rows(kind_of(Variable, "name"), said, len(ids))
    factors = {name: factor for factor, name in reading.factors.items()}
    queues = {name: _factor(reading, sample, factor, row) for name, factor in factors.items()}
    rows: list[Holder] = []
    for place, identity in enumerate(ids):
        variable = holder.row("experimental_variable", identity)
        variable.put("name", names[place], file, said.header)
        rows.append(variable)
        queue = queues.get(texts[place] if place < len(texts) else "")
        value, header = queue.pop(0) if queue else (None, "")
        if place >= len(given) or given[place] != "false":
            variable.put("value", value, file, header)
    _extras(part, "experimental variable x-", row, rows)


def _extras(part: Part, prefix: str, row: int, rows: list[Holder]) -> None:
    """Take the keys that the record keeps without knowing them: a value a row in one cell."""
    for kind, name in [key for key in part.columns if key[0] == "comment" and key[1].startswith(prefix)]:
        take_extra(rows, "x-" + name[len(prefix) :], part.said(kind, name, row), part.table.name)


def _factor(reading: Reading, sample: Part, factor: str, row: int) -> list[tuple[object, str]]:
    said = sample.said("factor_value", factor, row)
    items = reading.making.values.items(said.text)
    return [(one, said.header) for one in reading.making.values.rows(kind_of(Variable, "value"), said, len(items))]


def _specimen(reading: Reading, processes: list[Part], row: int) -> Holder | None:
    """Take what the row says of its specimen; give the specimen, which the last protocol before a sample is."""
    holders = [reading.protocol(part.names[row], "specimens") for part in processes]
    holder = next((one for one in reversed(holders) if one is not None), None)
    for part in processes:
        if holder is not None and holder.id not in reading.described:
            take_all(holder, part, row, _SPECIMEN, "parameter_value")
            if (said := reading.growth.get(part.names[row])) is not None:
                holder.take("growth_protocol", said, reading.file)
            reading.keep_columns(part, row, holder)
    if holder is not None:
        reading.described.add(holder.id)
    return holder


def _sample(reading: Reading, part: Part, row: int, name: str) -> Holder:
    identity, _ = identity_of(part, row)
    holder = reading.making.entity("samples", identity, "sample", name)
    reading.samples[name] = holder.id
    take_title(holder, part, row)
    take_all(holder, part, row, SAMPLE_CHARACTERISTICS, "characteristic")
    said = part.said("comment", "Channel Content REMBI ID", row)
    if said.text or part.present(LABELS, "characteristic"):
        told = {field: part.said("characteristic", name, row) for field, name in LABELS.items()}
        values = reading.making.values
        count = max((len(values.items(one.text)) for one in told.values() if one.text), default=0)
        rows = holder.rows("labels", ids_of(values, said.text, "lb", count, holder.id), told, part.table.name)
        _extras(part, "Channel Content x-", row, rows)
    reading.keep_columns(part, row, holder)
    return holder
