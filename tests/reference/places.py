"""Where a value of the full record stands in what the writers make: place to the texts found there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
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


def lines_of(record: Curation, folder: Path) -> Iterator[tuple[str, str, str]]:
    """Give each value of an ISA-Tab: its file (with the section, in the investigation), label or header, and itself."""
    isatab.write(record, folder)
    for path in sorted(folder.glob("[isa]_*.txt")):
        lines = cells(path)
        section, name = "", f"`{path.name[:2]}*.txt`"
        for line in lines if path.name.startswith("i_") else ():
            section = line[0] if len(line) == 1 else section
            yield from ((f"`{path.name}`, {section}", line[0], value) for value in line[1:])
        for row in lines[1:] if not path.name.startswith("i_") else ():
            for header, cell in zip(lines[0], row, strict=True):
                yield name, re.sub(r"^Factor Value\[.*", "Factor Value", header), cell


def in_isatab(record: Curation, folder: Path) -> Found:
    """Give the labels of the investigation and the headers of the tables, with what stands in them."""
    found: Found = defaultdict(list)
    for _, label, value in lines_of(record, folder):
        found[label].append(value)
    return found


def in_files(record: Curation, folder: Path) -> Found:
    """Give the labels and headers, with the files in which something stands under them."""
    found: Found = defaultdict(list)
    for file, label, value in lines_of(record, folder):
        if value and file not in found[label]:
            found[label].append(file)
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
