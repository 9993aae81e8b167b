"""What a correlation's screen asks: its matrix read and judged, and the images of both its sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.errors import RembiError
from rembi_widgets.record import (
    Correlation,
    Curation,
    Edit,
    Related,
    entries_match,
    entries_of,
    get,
    matrix_of,
    read_matrix,
    read_related,
)
from rembi_widgets.widgets._relating import paths_of
from rembi_widgets.widgets._rows import Query

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rembi_widgets.record import MatrixText
    from rembi_widgets.widgets._session import Answer, Session

SIDES = ("moving", "fixed")
MOST_BYTES = 2_000_000
EXAMPLES = 6


def matrix(session: Session, message: Mapping[str, Any], buffers: list[bytes]) -> Answer:
    """Read a matrix from a text, from cells that were typed, or from a file that was chosen.

    The answer has the ``cells``, the ``unit``, the ``text`` in the record's form (if the matrix can be used), and
    ``findings``; ``known`` is false for a text that is no matrix.
    """
    if message.get("cells") is not None:
        cells = [[str(cell or "") for cell in row] for row in message["cells"]]
        return _told(matrix_of(cells, message.get("unit") or None), session.lang)
    text = str(message.get("text") or "")
    if buffers:
        text = _decoded(buffers[0], str(message.get("name") or ""))
    found = read_matrix(text)
    if found is None and buffers:
        raise RembiError("sections.no_matrix", file=str(message.get("name") or ""))
    return {"known": False} if found is None else _told(found, session.lang)


def _decoded(data: bytes, name: str) -> str:
    if len(data) > MOST_BYTES:
        raise RembiError("sections.no_matrix", file=name)
    return bytes(data).decode("utf-8-sig", errors="replace")


def _told(found: MatrixText, lang: str | None) -> dict[str, Any]:
    rows = found.matrix.rows if found.matrix else None
    return {
        "known": True,
        "cells": [list(row) for row in found.cells],
        "rows": [[_short(value) for value in row] for row in rows] if rows else None,
        "unit": found.unit,
        "text": str(found.matrix) if found.matrix else None,
        "findings": [finding.to_json(lang) for finding in found.findings],
    }


def _short(value: float) -> str:
    return repr(value).removesuffix(".0")


def related(session: Session, message: Mapping[str, Any], _buffers: list[bytes]) -> Answer:
    """Tell what a correlation's sides name; ``add``, ``remove`` or ``swap`` changes them first, as one change.

    ``add`` names images by ``component``, ``group``, ``pattern`` or ``rows``; ``side`` is ``moving`` or ``fixed``.
    """
    record = session.curation.record
    path = f"/correlations/{message.get('id')}"
    one = get(record, path)
    if not isinstance(one, Correlation):
        raise RembiError("record.nothing_there", path=path)
    held = read_related(one.related_images if isinstance(one.related_images, str) else None)
    fresh = _changed(record, held, message)
    if fresh != held:
        where = f"{path}/related_images"
        said = str(fresh)
        session.curation.edit([Edit(op="set", path=where, value=said) if said else Edit(op="clear", path=where)])
    return {"seq": session.seq, "text": str(fresh), "note": fresh.note, "sides": _sides(record, fresh)}


def _changed(record: Curation, held: Related, message: Mapping[str, Any]) -> Related:
    act, side = message.get("act"), str(message.get("side") or "")
    if act == "swap":
        return Related(held.fixed, held.moving, held.note)
    if act not in {"add", "remove"}:
        return held
    if side not in SIDES:
        raise RembiError("record.no_field", path=side)
    now: tuple[str, ...] = getattr(held, side)
    if act == "add":
        now = tuple(dict.fromkeys((*now, *_entries(record, message))))
    else:
        now = tuple(entry for entry in now if entry != message.get("entry"))
    sides = {"moving": held.moving, "fixed": held.fixed, side: now}
    return Related(sides["moving"], sides["fixed"], held.note)


def _entries(record: Curation, message: Mapping[str, Any]) -> Sequence[str]:
    """Give the entries for what was chosen.

    Raises
    ------
    RembiError
        If nothing was found, or too many to name and no whole folders.
    """
    pattern = str(message.get("pattern") or "").strip()
    if pattern:
        paths = _paths(record)
        if not entries_match([pattern], paths)[pattern]:
            raise RembiError("sections.pattern_nothing", pattern=pattern)
        return [pattern]
    where = {name: message[name] for name in ("component", "group") if message.get(name) is not None}
    chosen = paths_of(record, Query("images", where=where, rows=message.get("rows")))
    entries = entries_of(chosen, _paths(record))
    if entries is None:
        raise RembiError("sections.too_many_images", n=len(chosen))
    if not entries:
        raise RembiError("sections.no_images_chosen")
    return entries


def _paths(record: Curation) -> list[str]:
    return [str(path or "") for path in record.files.column("path")]


def _sides(record: Curation, related: Related) -> dict[str, Any]:
    paths = _paths(record)
    with_image = set(record.images.column("file"))
    is_image = [row in with_image for row in record.files.ids]
    told: dict[str, dict[str, Any]] = {}
    for side in SIDES:
        found = entries_match(getattr(related, side), paths)
        items = [
            _entry(entry, [place for place in places if is_image[place]], paths) for entry, places in found.items()
        ]
        told[side] = {"count": len({place for places in found.values() for place in places if is_image[place]})}
        told[side]["entries"] = items
    return told


def _entry(entry: str, places: Sequence[int], paths: Sequence[str]) -> dict[str, Any]:
    return {"entry": entry, "count": len(places), "examples": [paths[place] for place in places[:EXAMPLES]]}
