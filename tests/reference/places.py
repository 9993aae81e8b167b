"""Where a value of the full record stands in what the writers make: place to the texts found there."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from rembi_widgets.formats import isatab, pagetab
from rembi_widgets.record import Curation, Table
from tests.formats.reading import cells
from tests.pagetab.reading import parts, read

Found = dict[str, list[str]]


def variants(record: Curation) -> list[Curation]:
    """Give the record, and one whose acquisition has no text of its own, so that its structure takes that place."""
    bare = [one.model_copy(update={"acquisition_parameters": None}) for one in record.acquisitions]
    images = Table().with_rows(record.images.ids)
    for name in record.images.columns:
        if name != "objective":
            images = images.with_cells(name, images.ids, record.images.column(name), [None] * len(images))
    return [record, record.model_copy(update={"acquisitions": tuple(bare), "images": images})]


def in_isatab(record: Curation, folder: Path) -> Found:
    """Give the labels of the investigation and the headers of the tables, with what stands in them."""
    isatab.write(record, folder)
    found: Found = defaultdict(list)
    for path in sorted(folder.glob("[isa]_*.txt")):
        lines = cells(path)
        if path.name.startswith("i_"):
            for label, *values in lines:
                found[label] += values
            continue
        for row in lines[1:]:
            for header, cell in zip(lines[0], row, strict=True):
                found[re.sub(r"^Factor Value\[.*", "Factor Value", header)].append(cell)
    return found


def in_pagetab(record: Curation, folder: Path) -> Found:
    """Give the attributes of the sections and the columns of the file lists, with what stands in them."""
    pagetab.write(record, folder)
    sent = read(folder)
    found: Found = defaultdict(list, accno=[sent.whole.accno or ""])
    for part in parts(sent.whole):
        for name, value, *_ in part.attributes:
            found[f"{part.kind}, {name}"].append(value)
        for url, attributes in part.links:
            found["Link, url"].append(url)
            for name, value, *_ in attributes:
                found[f"Link, {name}"].append(value)
    for rows in sent.lists.values():
        for row in rows:
            for column, cell in row.items():
                found[f"File List, {column}"].append(cell)
    return found


def both(record: Curation, folder: Path, write: Any) -> Found:
    """Give what stands in either of the two variants."""
    found: Found = defaultdict(list)
    for number, one in enumerate(variants(record)):
        place = folder / str(number)
        place.mkdir()
        for where, texts in write(one, place).items():
            found[where] += texts
    return found


def named(said: str | None) -> list[str]:
    """Give the places that the guide names: ``Protocol REF (growth); Sample Name``; what is in brackets explains."""
    return [re.sub(r" \((?!um\)|s\)).*\)$", "", place) for place in said.split("; ")] if said else []
