"""Checkpoints: the record as three files that people, git and other tools can read and edit.

``rembi.json`` holds everything but the tables, names the changes it holds (a writer's last number), and carries a
checksum of itself and of the two tables. A checksum that does not fit tells that somebody edited a file by hand:
what they changed comes back as one change of origin "edited outside", and nothing is overwritten before it has.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from rembi_widgets.record import COLLECTIONS, SINGLETONS, TABLES, Change, Curation, Edit, Finding, History, Mark, diff
from rembi_widgets.store import _tsv
from rembi_widgets.store._disk import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

NAME = "rembi.json"
FORMAT = "rembi-curation/1"
HOLDS, SUMS = "holds", "checksums"


def table_file(folder: Path, name: str) -> Path:
    """Give the path of a table's checkpoint."""
    return folder / f"rembi-{name}.tsv"


def write(folder: Path, record: Curation, changes: Iterable[Change]) -> None:
    """Write the three files, each as one step, ``rembi.json`` last.

    Raises
    ------
    DiskError
        If the disk refuses; the old files are then still whole.
    """
    tables = {name: _tsv.write(getattr(record, name)).encode(errors="surrogateescape") for name in TABLES}
    content = _content(record, changes)
    sums = {name: _sum(data) for name, data in tables.items()}
    content[SUMS] = {**sums, NAME: _sum(_canonical(content))}
    for name, data in tables.items():
        replace(table_file(folder, name), data)
    replace(folder / NAME, json.dumps(content, ensure_ascii=False, indent=1).encode(errors="surrogatepass") + b"\n")


def _content(record: Curation, changes: Iterable[Change]) -> dict[str, Any]:
    holds: dict[str, int] = {}
    for change in changes:
        writer, _, number = change.id.rpartition("-")
        holds[writer] = max(holds.get(writer, 0), int(number))
    plain = {name: getattr(record, name).plain() for name in SINGLETONS}
    plain |= {name: [entity.plain() for entity in getattr(record, name)] for name in COLLECTIONS}
    unconfirmed = {path: mark.plain() for path, mark in sorted(record.marks.items())}
    return {"format": FORMAT, **{k: v for k, v in plain.items() if v}, "marks": unconfirmed, HOLDS: holds}


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _canonical(content: Mapping[str, Any]) -> bytes:
    bare = {key: value for key, value in content.items() if key != SUMS}
    return json.dumps(bare, sort_keys=True, separators=(",", ":")).encode()


def outside_edits(folder: Path, changes: Iterable[Change]) -> tuple[tuple[Edit, ...], tuple[Finding, ...]]:
    """Give what somebody changed in the files by hand since they were written, and what could not be read.

    Parameters
    ----------
    folder
        The dataset.
    changes
        All changes known; those the checkpoint holds make the record it is compared with.
    """
    content, faults = _load(folder)
    if content is None:
        return (), faults
    edited = [] if _untouched(content) else [NAME]
    tables: dict[str, Any] = {}
    for name in TABLES:
        data = _bytes(table_file(folder, name))
        if data is not None and _sum(data) != content[SUMS].get(name):
            try:
                tables[name] = _tsv.read(data.decode(errors="surrogateescape"), name)
            except ValueError as fault:
                faults += (_unreadable(table_file(folder, name), fault),)
    if not edited and not tables:
        return (), faults
    base = _record_held(content.get(HOLDS, {}), changes)
    try:
        theirs = _theirs(base, content if edited else None, tables)
    except ValueError as fault:
        return (), (*faults, _unreadable(folder / NAME, fault))
    return diff(base, theirs, marks=False), faults


def _load(folder: Path) -> tuple[dict[str, Any] | None, tuple[Finding, ...]]:
    data = _bytes(folder / NAME)
    if data is None:
        return None, ()
    try:
        content = json.loads(data)
        if not isinstance(content, dict) or not isinstance(content.get(SUMS), dict):
            raise ValueError(NAME)  # noqa: TRY004, TRY301 - told like a file that is no JSON
    except ValueError as fault:
        return None, (_unreadable(folder / NAME, fault),)
    return content, ()


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _untouched(content: dict[str, Any]) -> bool:
    return bool(_sum(_canonical(content)) == content[SUMS].get(NAME))


def _unreadable(path: Path, fault: Exception) -> Finding:
    values = {"file": path.name, "reason": str(fault).splitlines()[0][:120]}
    return Finding(level="warning", code="checkpoint_unreadable", path="/study", values=values)


def _record_held(holds: Mapping[str, int], changes: Iterable[Change]) -> Curation:
    history = History()
    history.merge(c for c in changes if int(c.id.rpartition("-")[2]) <= holds.get(c.writer, 0))
    return history.record


def _theirs(base: Curation, content: dict[str, Any] | None, tables: Mapping[str, Any]) -> Curation:
    given: dict[str, Any] = {name: getattr(base, name) for name in (*SINGLETONS, *COLLECTIONS)}
    if content is not None:
        given = {name: content.get(name, {}) for name in SINGLETONS}
        given |= {name: content.get(name, []) for name in COLLECTIONS}
    held = {name: tables.get(name, getattr(base, name)) for name in TABLES}
    marks = {path: Mark.model_validate(mark) for path, mark in base.marks.items()}
    return Curation.model_validate({**given, **held, "marks": marks})
