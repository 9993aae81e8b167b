"""When two records say the same: what an ISA-Tab can hold of each, place by place."""

from __future__ import annotations

from typing import Any

from rembi_widgets.formats.isatab._cells import tame
from rembi_widgets.formats.isatab._instrument import objective
from rembi_widgets.formats.isatab._investigation import DOI_BEFORE
from rembi_widgets.formats.isatab._ontologies import Ontologies, accession
from rembi_widgets.formats.isatab._read_protocols import squeezed
from rembi_widgets.record import COLLECTIONS, ROWS, Absent, Curation, Quantity, Term, is_empty

NOT_PART = {"id", "mtime"}
"""``mtime`` tells a scan what is new. Ids are in the places; those of files are made anew, their paths tell them."""


def value(given: Any) -> Any:
    """A value as a cell can hold it: stripped and tamed; a term by its accession and source, whatever its version."""
    if isinstance(given, str):
        return tame(given)
    if isinstance(given, tuple | list):
        return tuple(value(one) for one in given)
    if isinstance(given, Absent):
        return ("absent", given.absent, tame(given.reason or ""))
    if isinstance(given, Term):
        source = Ontologies().reference(given)[0]
        return ("term", tame(given.label), accession(given.id) if given.id else "", source)
    if isinstance(given, Quantity):
        return ("quantity", given.number, given.unit, given.text)
    return given


def places(record: Curation) -> dict[str, Any]:
    """Every value of REMBI and MIFA by its place; unknown keys, what a person was asked first and marks apart."""
    found = dict(_fields(record.study, "study"))
    for name in COLLECTIONS:
        for entity in getattr(record, name):
            found[f"{name}/{entity.id}"] = True
            found |= _fields(entity, f"{name}/{entity.id}")
    return found | _files(record) | _images(record)


def _fields(part: Any, path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in type(part).model_fields:
        held = getattr(part, name)
        if name in ROWS:
            for row in held:
                found[f"{path}/{name}/{row.id}"] = True
                found |= _fields(row, f"{path}/{name}/{row.id}")
        elif name not in NOT_PART and not is_empty(held):
            bare = DOI_BEFORE.sub("", held) if name == "doi" and isinstance(held, str) else held
            found[f"{path}/{name}"] = value(bare)
    return {place: one for place, one in found.items() if not is_empty(one)}


def _files(record: Curation) -> dict[str, Any]:
    found, homes = {}, _homes(record)
    for identity in record.files.ids:
        row = record.files.row(identity)
        source = row.get("source_image")
        row["source_image"] = _path(record, source) if source in record.files else source
        row.setdefault("component", homes.get(identity))
        path = f"files/{row['path']}"
        found |= {f"{path}/{name}": value(one) for name, one in row.items() if _is_part(name, one)}
    return found


def _images(record: Curation) -> dict[str, Any]:
    found = {}
    for identity in record.images.ids:
        row = record.images.row(identity)
        row["file"] = _path(record, row.get("file"))
        row = {name: one for name, one in row.items() if name != "objective" or not _is_usual(record, row, one)}
        found |= {f"images/{identity}/{name}": value(one) for name, one in row.items() if _is_part(name, one)}
    return found


def _is_usual(record: Curation, image: dict[str, Any], given: Any) -> bool:
    """Whether the objective of an image is that of its acquisition, which every image without one has."""
    links = {link.id: link for component in record.components for link in component.associations}
    known = {one.id: one for one in record.acquisitions}
    link = links.get(image.get("association", ""))
    acquisition = known.get(link.acquisition or "") if link is not None else None
    return acquisition is not None and squeezed(str(given)) == squeezed(objective(acquisition))


def _is_part(name: str, held: Any) -> bool:
    return name not in NOT_PART and not name.startswith("x-") and not is_empty(value(held))


def _path(record: Curation, file: Any) -> Any:
    return record.files.value(file, "path") if file else None


def _homes(record: Curation) -> dict[str, str]:
    """The component of each file: that of the images in it."""
    columns = (record.images.column(name) for name in ("file", "component"))
    return {file: component for file, component in zip(*columns, strict=True) if component}


def differences(before: Curation, after: Curation) -> list[str]:
    """What two records do not say the same, a line each."""
    old, new = places(before), places(after)
    return [
        f"{key}: {old.get(key)!r} -> {new.get(key)!r}"
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    ]
