"""Ontologies as a table with a header, one class a row, as BioPortal and EDAM write them: a bad row costs that row."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, BinaryIO

from rembi_widgets.terms._layer import LayerTerm, OtherName
from rembi_widgets.terms._layers._clean import DEFINITION, NAMES, PARENTS, Faults, curie, one_line
from rembi_widgets.terms._layers._obo import lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COLUMNS = ("Class ID", "Preferred Label")
"""Columns without which a table is no ontology."""


def read_table(file: BinaryIO, faults: Faults, *, family: str = "") -> Iterator[LayerTerm]:
    """Give the terms of a table.

    Parameters
    ----------
    file
        Opened for reading bytes; UTF-8, tabs between cells.
    faults
        Is told of each row that had to be left out.
    family
        Prefix to give the terms, where the table's own is shared with another ontology.
    """
    rows = csv.DictReader(_text(file, faults), delimiter="\t")
    while True:
        try:
            row = next(rows, None)
        except csv.Error:
            faults.add(rows.line_num, "vocabulary.fault.line")
            continue
        if row is None:
            return
        term = _term(row, family)
        if term is None:
            faults.add(rows.line_num, "vocabulary.fault.unnamed")
        else:
            yield term


def is_table(file: BinaryIO) -> bool:
    """Tell whether a file begins with the header of such a table."""
    first = next(iter(lines(file, Faults())), (0, ""))[1]
    return set(COLUMNS) <= {cell.strip('"') for cell in first.split("\t")}


def _text(file: BinaryIO, faults: Faults) -> Iterator[str]:
    for _, line in lines(file, faults):
        yield f"{line}\n"


def _term(row: Mapping[str, str | None], family: str) -> LayerTerm | None:
    identity, label = _id(row.get("Class ID"), family), one_line(row.get("Preferred Label"))
    if not identity or not label:
        return None
    names = (one_line(name) for name in (row.get("Synonyms") or "").split("|"))
    above = (_id(one, family) for one in (row.get("Parents") or "").split("|"))
    return LayerTerm(
        identity,
        label,
        tuple(OtherName(name) for name in dict.fromkeys(names) if name)[:NAMES],
        (),
        tuple(one for one in dict.fromkeys(above) if one)[:PARENTS],
        one_line(row.get("Definitions"), DEFINITION),
        obsolete=(row.get("Obsolete") or "").strip().casefold() == "true",
    )


def _id(said: str | None, family: str) -> str:
    plain = curie(said)
    return f"{family}:{plain.partition(':')[2]}" if family and plain else plain
