"""A study file of another layout: sources become biosamples, chains of protocols specimens, samples samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.formats.isatab._read_parts import parts_of, stable_id
from rembi_widgets.formats.isatab._read_samples import node
from rembi_widgets.formats.isatab._reading import kept_key

if TYPE_CHECKING:
    from rembi_widgets.formats.isatab._document import Table
    from rembi_widgets.formats.isatab._document_columns import Column
    from rembi_widgets.formats.isatab._read_other_protocols import Protocols
    from rembi_widgets.formats.isatab._read_parts import Holder, Part
    from rembi_widgets.formats.isatab._reading import Reading

_FIELDS = {
    "organism": "organism",
    "species": "organism",
    "taxon": "organism",
    "biological entity": "biological_entity",
    "organism part": "biological_entity",
    "tissue": "biological_entity",
    "cell line": "biological_entity",
    "cell type": "biological_entity",
    "description": "description",
    "genotype": "intrinsic_variable",
    "strain": "intrinsic_variable",
    "intrinsic variable": "intrinsic_variable",
    "extrinsic variable": "extrinsic_variable",
}
"""Characteristic to the field of a biosample it is; the first that is filled counts, the others are kept."""


class Factors:
    """Values of factors: variables of a biosample, where all its samples have the same, else kept with the samples."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._said: dict[str, dict[str, tuple[str, str, str]]] = {}

    def take(self, part: Part, column: Column, row: int, sample: str) -> None:
        """Take the value that a row says of a sample."""
        said = part.said(column.kind, column.name, row)
        text = f"{said.text} {said.unit or ''}".strip() if said.text else ""
        if text:
            self._said.setdefault(sample, {}).setdefault(column.name, (text, part.table.name, column.header))

    def settle(self) -> None:
        """Make the variables, when all samples are known."""
        samples = self._reading.making.entities["samples"]
        by_biosample: dict[str, list[str]] = {}
        for sample in self._said:
            if sample in samples:
                by_biosample.setdefault(samples[sample].values.get("biosample") or "", []).append(sample)
        for biosample, held in by_biosample.items():
            for name in dict.fromkeys(name for sample in held for name in self._said[sample]):
                values = {self._said[sample].get(name, ("",))[0] for sample in held}
                home = self._reading.making.entities["biosamples"].get(biosample)
                if home is not None and len(values) == 1:
                    self._variable(home, name, *self._said[held[0]][name])
                else:
                    self._keep(held, name)

    def _variable(self, biosample: Holder, name: str, text: str, file: str, header: str) -> None:
        identity = stable_id("va", biosample.id, name)
        if any(row["id"] == identity for row in biosample.values.get("experimental_variable", ())):
            return
        row = biosample.row("experimental_variable", identity)
        row.put("name", name, file, header)
        row.put("value", text, file, header)

    def _keep(self, samples: list[str], name: str) -> None:
        key = kept_key(f"factor value {name}", plain=False, rembi=False)
        for sample in samples:
            if name in self._said[sample]:
                text, file, header = self._said[sample][name]
                holder = self._reading.making.entities["samples"][sample]
                holder.put(key, text, file, header)
                self._reading.note(file, 1, 1, header, f"{holder.path}/{key}")


def read_samples(reading: Reading, table: Table, protocols: Protocols, factors: Factors) -> None:
    """Read a study file: a row leads from a source to a sample."""
    parts = parts_of(table)
    source, sample = node(parts, "Source Name"), node(parts, "Sample Name")
    processes = [part for part in parts if part.owner.kind == "protocol_ref"]
    others = [part for part in parts if part not in {source, sample, *processes}]
    for row in range(len(table)):
        biosample = _biosample(reading, source, row) if source is not None else None
        specimen = protocols.entity("specimens", [part.names[row] for part in processes])
        if sample is None or not sample.names[row].strip():
            continue
        holder = sample_of(reading, sample, row)
        for field, other in (("biosample", biosample), ("specimen", specimen)):
            holder.put(field, other.id if other is not None else None, table.name, sample.owner.header)
        if biosample is not None:
            _characteristics(biosample, sample, row)
        take_factors(parts, row, holder.id, factors)
        for part in (sample, *processes, *others):
            reading.keep_columns(part, row, holder)


def sample_of(reading: Reading, part: Part, row: int) -> Holder:
    """Give the sample of a row."""
    name = part.names[row].strip()
    holder = reading.making.entity("samples", reading.samples.get(name, ""), "sample", name, reading.file)
    reading.samples[name] = holder.id
    holder.put("title", name, part.table.name, part.owner.header)
    return holder


def take_factors(parts: list[Part], row: int, sample: str, factors: Factors) -> None:
    """Take all factor values of a row, wherever they stand."""
    for part in parts:
        for column in part.columns.values():
            if column.kind == "factor_value":
                factors.take(part, column, row, sample)


def _biosample(reading: Reading, part: Part, row: int) -> Holder | None:
    name = part.names[row].strip()
    if not name:
        return None
    holder = reading.making.entity("biosamples", "", "source", name, reading.file)
    if "title" not in holder.values:
        holder.put("title", name, part.table.name, part.owner.header)
        _characteristics(holder, part, row)
        reading.keep_columns(part, row, holder)
    return holder


def _characteristics(holder: Holder, part: Part, row: int) -> None:
    for (kind, name), column in part.columns.items():
        field = _FIELDS.get(name.casefold()) if kind == "characteristic" else None
        if field is not None and not holder.values.get(field) and part.table.cells(column.index)[row]:
            holder.take(field, part.said(kind, name, row), part.table.name)
