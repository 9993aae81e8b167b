"""Files matched to the images they were made from: a preview that changes nothing, then one change.

The files are those that already belong to an analysis or a set of annotations, those whose names say that they were
made from an image, or those that a text or pattern finds. Nothing is filled in but what the preview showed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.naming import annotation_type_of, looks_made, match_by_name
from rembi_widgets.record import Curation, Edit, entries_match, get
from rembi_widgets.widgets import _rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rembi_widgets.naming import Matching
    from rembi_widgets.widgets._session import Answer, Session

SHOWN = 50
"""Names of each kind that a preview shows."""
ROLES = {"annotations": "annotation", "analyses": "result", "correlations": "transformation"}
"""Collection of what made a file to the file's role."""


@dataclass(frozen=True)
class Asked:
    """What a view wants matched.

    Attributes
    ----------
    maker
        Path of the analysis, annotation or correlation that made the files.
    which
        ``guess``, ``made`` (those that belong to the maker) or ``named``.
    name
        For ``named``: words, or a pattern with ``*``.
    component
        Take only this component's images as sources.
    examples
        Pairs (source, target) a person gave.
    kind
        The annotation type to set; ``auto``: what each file's name says; empty: none.
    others
        Whether files without an image are said to be made by it too.
    """

    maker: str
    which: str = "guess"
    name: str = ""
    component: str | None = None
    examples: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    others: bool = False

    @classmethod
    def read(cls, record: Curation, message: Mapping[str, Any]) -> Asked:
        """Read what a view says.

        Raises
        ------
        RembiError
            If there is no such maker.
        """
        maker = str(message.get("path") or "")
        names = maker.split("/")
        if len(names) != len(("", "collection", "id")) or names[1] not in ROLES or get(record, maker) is None:
            raise RembiError("record.nothing_there", path=maker)
        pairs = tuple((str(one[0]), str(one[1])) for one in message.get("examples") or () if len(one) == len("st"))
        said = {name: str(message.get(name) or "") for name in ("which", "name", "type")}
        which = said["which"] or "guess"
        component, others = message.get("component") or None, bool(message.get("others"))
        return cls(maker, which, said["name"], component, pairs, said["type"], others)


@dataclass(frozen=True)
class _Found:
    """Rows of the files that are targets, and of the images that are sources, by path."""

    targets: Mapping[str, str]
    sources: Mapping[str, str]


def find(record: Curation, asked: Asked) -> tuple[_Found, Matching]:
    """Give the files and images by path, and how they match."""
    targets = _targets(record, asked)
    found = _Found(targets, _sources(record, asked, targets))
    return found, match_by_name(found.sources, found.targets, examples=asked.examples)


def _targets(record: Curation, asked: Asked) -> dict[str, str]:
    """Give the files that are to be matched: path to row."""
    files = record.files
    maker = asked.maker.rpartition("/")[2]
    paths = [str(path or "") for path in files.column("path")]
    rows = list(zip(paths, files.ids, files.column("made_by"), strict=True))
    if asked.which == "made":
        return {path: row for path, row, made in rows if made == maker and path}
    if asked.which == "named":
        wanted = _named(asked.name, paths)
        return {path: row for place, (path, row, _) in enumerate(rows) if place in wanted}
    return {path: row for path, row, made in rows if path and (made == maker or (made is None and looks_made(path)))}


def _named(name: str, paths: Sequence[str]) -> set[int]:
    if not name.strip():
        return set()
    if "*" in name:
        return set(entries_match([name.strip()], paths)[name.strip()])
    words = name.casefold().split()
    return {place for place, path in enumerate(paths) if path and all(word in path.casefold() for word in words)}


def _sources(record: Curation, asked: Asked, targets: Mapping[str, str]) -> dict[str, str]:
    """Give the images that may be sources, by the path of their file; of a file with several, the first."""
    images, files = record.images, record.files
    paths = files.column("path")
    found: dict[str, str] = {}
    for row, file, home in zip(images.ids, images.column("file"), images.column("component"), strict=True):
        place = files.index.get(file)
        path = str(paths[place] or "") if place is not None else ""
        if path and path not in targets and asked.component in {None, home}:
            found.setdefault(path, row)
    return found


def match(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Show what would be matched; with ``apply``, do it as one change."""
    record = session.curation.record
    asked = Asked.read(record, message)
    found, matching = find(record, asked)
    if message.get("apply"):
        edits = match_edits(record, asked, found, matching)
        if edits:
            session.curation.edit(edits)
        return {"kind": "ack", "seq": session.seq, "count": len(matching.pairs)}
    return preview(found, matching)


def preview(found: _Found, matching: Matching) -> dict[str, Any]:
    """Give what a view shows: numbers, and the first names of each kind."""
    open_ = list(matching.ambiguous.items())
    kinds: dict[str, int] = {}
    for path in found.targets:
        kind = annotation_type_of(path)
        if kind:
            kinds[kind] = kinds.get(kind, 0) + 1
    return {
        "targets": len(found.targets),
        "sources": len(found.sources),
        "count": len(matching.pairs),
        "pairs": [list(pair) for pair in matching.pairs[:SHOWN]],
        "patterns": [{"source": one.source, "target": one.target, "count": one.count} for one in matching.patterns[:5]],
        "lonely": _some(matching.unmatched.targets),
        "unused": _some(matching.unmatched.sources),
        "ambiguous": {
            "count": len(open_),
            "items": [{"target": target, "sources": list(sources)} for target, sources in open_[:SHOWN]],
        },
        "kinds": kinds,
    }


def _some(names: Sequence[str]) -> dict[str, Any]:
    return {"count": len(names), "items": list(names[:SHOWN])}


def match_edits(record: Curation, asked: Asked, found: _Found, matching: Matching) -> list[Edit]:
    """Give the edits of one change: source image, maker, role and annotation type of the files."""
    _, collection, identity = asked.maker.split("/")
    pairs = [(found.targets[target], found.sources[source]) for source, target in matching.pairs]
    rows = [row for row, _ in pairs]
    everyone = list(found.targets.values()) if asked.others else rows
    edits = [*_filled(record, "source_image", rows, [image for _, image in pairs])]
    edits += _filled(record, "made_by", everyone, [identity] * len(everyone))
    edits += _filled(record, "role", everyone, [ROLES[collection]] * len(everyone))
    if asked.kind and collection == "annotations":
        paths = {row: path for path, row in found.targets.items()}
        kinds = [annotation_type_of(paths[row]) if asked.kind == "auto" else asked.kind for row in everyone]
        known = [(row, kind) for row, kind in zip(everyone, kinds, strict=True) if kind]
        edits += _filled(record, "annotation_type", [row for row, _ in known], [kind for _, kind in known])
    return edits


def _filled(record: Curation, column: str, rows: Sequence[str], values: Sequence[str | None]) -> list[Edit]:
    """Give the edit that fills a column, without the rows that say so already."""
    files = record.files
    differ = [(row, value) for row, value in zip(rows, values, strict=True) if files.value(row, column) != value]
    if not differ:
        return []
    fresh = tuple(row for row, _ in differ)
    return [Edit(op="fill", path=f"/files/{column}", rows=fresh, values=tuple(value for _, value in differ))]


def paths_of(record: Curation, query: _rows.Query) -> list[str]:
    """Give the paths of the files of the images that a query finds, each once."""
    images, files = record.images, record.files
    paths = files.column("path")
    places = (files.index.get(images.value(row, "file")) for row in _rows.find(record, query))
    return list(dict.fromkeys(str(paths[place]) for place in places if place is not None and paths[place]))
