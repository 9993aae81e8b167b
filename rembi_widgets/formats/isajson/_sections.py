"""Sections of an investigation file as lists of ISA-JSON objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rembi_widgets.formats.isajson._annotation import comment, pieces
from rembi_widgets.formats.isajson._labels import ACCESSION, COMPONENT_TYPE, FORMS, KEPT, SOURCE

if TYPE_CHECKING:
    from rembi_widgets.formats.isajson._annotation import Json, Names
    from rembi_widgets.formats.isajson._labels import Spec
    from rembi_widgets.formats.isatab._document import Section


@dataclass
class Entry:
    """One column of a section: cells by label (lower case), and the comments, whatever else stands there among them."""

    cells: dict[str, str] = field(default_factory=dict)
    comments: list[Json] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    def take(self, label: str) -> str:
        """Give the cell of a label and take it away, so that what is left is known."""
        return self.cells.pop(label.casefold(), "")

    def rest(self) -> list[Json]:
        """Give the comments, with what has no key of its own."""
        left = [comment(KEPT + self.labels[label], cell) for label, cell in self.cells.items() if cell]
        return [*self.comments, *left]


def entries(section: Section, *, one: bool = False) -> list[Entry]:
    """Give the columns of a section; of a section that has one column, what stands beside it goes into comments."""
    width = section.width
    found = [Entry() for _ in range(width)]
    for row in section.rows:
        for entry, cell in zip(found, row.cells, strict=False):
            _put(entry, row.kind, row.name, cell)
    if one:
        first, *others = found or [Entry()]
        for place, entry in enumerate(others, 2):
            first.comments += _beside(entry, place)
        return [first]
    return found


def _put(entry: Entry, kind: str, name: str, cell: str) -> None:
    label = name.casefold()
    if kind == "comment":
        entry.comments += [comment(name, cell)] if cell else []
    elif label in entry.cells:
        entry.comments += [comment(KEPT + name, cell)] if cell else []
    else:
        entry.cells[label], entry.labels[label] = cell, name


def _beside(entry: Entry, place: int) -> list[Json]:
    said = {entry.labels[label]: cell for label, cell in entry.cells.items() if cell}
    said |= {f"Comment[{one['name']}]": one["value"] for one in entry.comments}
    return [comment(f"{KEPT}Column {place} {label}", cell) for label, cell in said.items()]


def made(entry: Entry, spec: Spec, names: Names) -> Json:
    """Give the object of a column; each label has one key, the rest are comments."""
    found: Json = {}
    for label, key, kind in spec:
        found |= {key: _value(entry, label, kind, names)} if kind != "term" or key else _bare(entry, label, names)
    comments = [*found.pop("comments", []), *entry.rest()]
    if comments or "annotationValue" not in found:  # isatools overlooks an annotation with a key beyond its three
        found["comments"] = comments
    return found


def _bare(entry: Entry, label: str, names: Names) -> Json:
    """Give an annotation that is the object itself."""
    return names.annotation(entry.take(label), entry.take(label + SOURCE), entry.take(label + ACCESSION))


def _value(entry: Entry, label: str, kind: str, names: Names) -> object:
    if kind == "term":
        return _bare(entry, label, names)
    if kind == "terms":
        return _terms(entry, label, names)
    if kind == "components":
        return _components(entry, label, names)
    text = entry.take(label)
    if text and kind in FORMS and not FORMS[kind].fullmatch(text):
        entry.comments.append(comment(KEPT + label, text))
        return ""
    return text


def _terms(entry: Entry, label: str, names: Names) -> list[Json]:
    cells = entry.take(label), entry.take(label + SOURCE), entry.take(label + ACCESSION)
    return names.annotations(*cells) if any(cell.strip("; ") for cell in cells) else []


def _components(entry: Entry, label: str, names: Names) -> list[Json]:
    said = entry.take(label)
    kinds = _terms(entry, COMPONENT_TYPE, names)
    parts = pieces(said) if said else []
    if len(kinds) > len(parts):
        parts += [""] * (len(kinds) - len(parts))
    kinds += [names.annotation("") for _ in range(len(parts) - len(kinds))]
    return [{"componentName": name, "componentType": kind} for name, kind in zip(parts, kinds, strict=True)]
