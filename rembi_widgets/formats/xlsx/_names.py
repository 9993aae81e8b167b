"""What an entity or row is called where another cell refers to it: its title, if it has one that no other has."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.xlsx._cells import clean
from rembi_widgets.record import COLLECTIONS, ROWS, TABLES, section_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rembi_widgets.record import Curation, FieldGuide

HOLDERS = {rows: name for name, made in COLLECTIONS.items() for rows in ROWS if rows in made.model_fields}
"""Rows field to the collection whose entities have it."""


@dataclass
class Names:
    """Names and ids both ways, each collection for itself: a biosample and a specimen may have one title."""

    of: dict[str, str] = field(default_factory=dict)
    _ids: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, collection: str, named: Mapping[str, str]) -> None:
        """Know what the things of a collection are called; a name known before stays another name."""
        self.of |= named
        ids = self._ids.setdefault(collection, {})
        ids |= {name.casefold(): identity for identity, name in named.items()}

    def find(self, name: str, collections: Iterable[str]) -> str:
        """Give the id of what has a name in one of some collections; the name itself if nothing has it."""
        key = name.casefold()
        return next((self._ids[one][key] for one in collections if key in self._ids.get(one, {})), name)

    def all(self, collection: str) -> list[str]:
        """Give the names in a collection, in order of the alphabet."""
        return sorted({self.of[identity] for identity in self._ids.get(collection, {}).values()})


def names_of(record: Curation) -> Names:
    """Give the name of everything that can be referred to; what has none of its own is left out."""
    found = Names()
    for collection in COLLECTIONS:
        entities = getattr(record, collection)
        found.add(collection, unique((entity.id, title(collection, dict(entity))) for entity in entities))
    labels = [label for sample in record.samples for label in sample.labels]
    found.add("labels", unique((label.id, title("labels", dict(label))) for label in labels))
    lines = [line for component in record.components for line in component.associations]
    found.add("associations", unique((line.id, _line(dict(line), found.of)) for line in lines))
    files = dict(zip(record.files.ids, record.files.column("path"), strict=True))
    found.add("files", unique((row, str(path or "")) for row, path in files.items()))
    found.add("images", unique(_images(record, files)))
    return found


def _images(record: Curation, files: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    images = record.images
    for row, file, scene in zip(images.ids, images.column("file"), images.column("scene_index"), strict=True):
        path = files.get(file)
        yield row, f"{path} #{scene:g}" if path and isinstance(scene, int | float) and scene else str(path or "")


def _line(values: Mapping[str, Any], names: Mapping[str, str]) -> str:
    parts = [names.get(values.get(part) or "", "") for part in ("sample", "acquisition")]
    return " × ".join(parts) if all(parts) else ""


def title(collection: str, values: Mapping[str, Any]) -> str:
    """Give the title of an entity from its values."""
    if collection == "people":
        return " ".join(str(values[part]) for part in ("first_name", "last_name") if values.get(part))
    if collection == "files":
        return str(values.get("path") or "")
    if collection in {"associations", "images"}:
        return ""  # made from what they refer to, which may be renamed in the same workbook
    section = section_of(collection)
    return str(values.get(section.title or "") or "")


def unique(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give the names that are one's own, on one line, as a cell shows them."""
    known = [(identity, clean(" ".join(name.split()))) for identity, name in named]
    counts = Counter(name.casefold() for _, name in known)
    return {identity: name for identity, name in known if name and counts[name.casefold()] == 1}


def pointed_to(guide: FieldGuide | None) -> tuple[str, ...]:
    """Give the collections that a reference may lead to."""
    return (guide.of, *guide.also) if guide is not None and guide.of else ()


def is_table(collection: str) -> bool:
    """Tell whether a part of the record is one of its two tables."""
    return collection in TABLES
