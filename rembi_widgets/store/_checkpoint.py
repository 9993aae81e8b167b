"""Checkpoints: the record as three files that people, git and other tools can read and edit.

``rembi.json`` holds everything but the tables, names the changes it holds (a writer's last number), and carries a
checksum of itself and of the two tables. A checksum that does not fit tells that somebody edited a file by hand:
what they changed comes back as one change of origin "edited outside", and nothing is overwritten before it has.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from rembi_widgets.errors import RembiError
from rembi_widgets.record import (
    COLLECTIONS,
    ROWS,
    SINGLETONS,
    TABLES,
    Change,
    Curation,
    Edit,
    Finding,
    History,
    Origin,
    diff,
    run,
)
from rembi_widgets.store import _tsv
from rembi_widgets.store._disk import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from rembi_widgets.record import Entity, Table

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


class Outside(NamedTuple):
    """What somebody changed in the files by hand: the edits, what could not be followed, a checksum of the files."""

    edits: tuple[Edit, ...] = ()
    faults: tuple[Finding, ...] = ()
    read: str = ""
    holds: Mapping[str, int] = MappingProxyType({})


def outside(folder: Path, record: Curation, changes: Sequence[Change], *, lost: bool = False) -> Outside:
    """Give what somebody changed in the files by hand since they were written, if it was not taken in yet.

    Parameters
    ----------
    folder
        The dataset.
    record
        The record as it is now, to which the edits are to be applied.
    changes
        All changes known; those the checkpoint holds make the record it is compared with.
    lost
        Whether changes that the checkpoint holds and no journal has are lost, so that the files are all that tells of
        them. Of a dataset that others work on they may just not have arrived.
    """
    data = _bytes(folder / NAME)
    if data is None:
        return Outside()
    try:
        content, edited = _load(data)
    except (ValueError, RecursionError) as fault:
        return Outside(faults=(_unreadable(folder / NAME, fault),))
    whole = bool(content[HOLDS]) and not changes  # the three files came alone: they are all there is
    more = whole or (lost and _holds_more(content[HOLDS], changes))
    tables, faults = _tables(folder, {} if more else content[SUMS])
    read = _sum(b"".join([data, *(table_data for table_data, _ in tables.values())]))
    if not (edited or tables or more):
        return Outside(faults=faults)
    if any(change.read == read for change in changes):
        return Outside(faults=faults, read=read)
    base = _record_held(content[HOLDS], changes)
    try:
        given = content if edited or more else None
        theirs = _theirs(base, given, {name: table for name, (_, table) in tables.items()}, whole=whole)
    except ValueError as fault:
        return Outside(faults=(*faults, _unreadable(folder / NAME, fault)))
    edits, refused = _possible(folder, record, diff(base, theirs, marks=whole))
    return Outside(edits, faults + refused, read, content[HOLDS])


def _holds_more(holds: Mapping[str, int], changes: Iterable[Change]) -> bool:
    known = {change.id for change in changes}
    return any(number and f"{writer}-{number}" not in known for writer, number in holds.items())


def _load(data: bytes) -> tuple[dict[str, Any], bool]:
    """Read ``rembi.json``, and tell whether somebody edited it.

    Raises
    ------
    ValueError, RecursionError
        If it is no checkpoint.
    """
    content = json.loads(data)
    if not isinstance(content, dict) or not isinstance(content.get(SUMS), dict):
        raise ValueError(NAME)  # noqa: TRY004 - told like a file that is no JSON
    holds = content.setdefault(HOLDS, {})
    if not isinstance(holds, dict) or not all(isinstance(number, int) for number in holds.values()):
        raise ValueError(HOLDS)
    return content, not _untouched(content)


def _tables(folder: Path, sums: Mapping[str, Any]) -> tuple[dict[str, tuple[bytes, Table]], tuple[Finding, ...]]:
    """Read the tables that somebody edited."""
    found: dict[str, tuple[bytes, Table]] = {}
    faults: list[Finding] = []
    for name in TABLES:
        path = table_file(folder, name)
        data = _bytes(path)
        if data is not None and _sum(data) != sums.get(name):
            try:
                found[name] = data, _tsv.read(data.decode(errors="surrogateescape"), name)
            except (ValueError, RecursionError) as fault:
                faults.append(_unreadable(path, fault))
    return found, tuple(faults)


def _possible(folder: Path, record: Curation, edits: tuple[Edit, ...]) -> tuple[tuple[Edit, ...], tuple[Finding, ...]]:
    """Tell the edits that can be applied from those that cannot: one bad field costs that field."""
    kept: list[Edit] = []
    faults: list[Finding] = []
    with suppress(RembiError):
        run(record, edits, Origin())
        return edits, ()
    for edit in edits:
        try:
            record, _ = run(record, [edit], Origin())
            kept.append(edit)
        except RembiError as fault:
            table = edit.path.split("/")[1]
            faults.append(_unreadable(table_file(folder, table) if table in TABLES else folder / NAME, fault))
    return tuple(kept), tuple(faults)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _untouched(content: dict[str, Any]) -> bool:
    return bool(_sum(_canonical(content)) == content[SUMS].get(NAME))


def _unreadable(path: Path, fault: Exception) -> Finding:
    values = {"file": path.name, "reason": (str(fault).splitlines() or ["?"])[0][:120]}
    return Finding(level="warning", code="checkpoint_unreadable", path="/study", values=values)


def _record_held(holds: Mapping[str, int], changes: Iterable[Change]) -> Curation:
    history = History()
    history.merge(c for c in changes if int(c.id.rpartition("-")[2]) <= holds.get(c.writer, 0))
    return history.record


def _theirs(
    base: Curation, content: dict[str, Any] | None, tables: Mapping[str, Any], *, whole: bool = False
) -> Curation:
    given: dict[str, Any] = {name: getattr(base, name) for name in (*SINGLETONS, *COLLECTIONS)}
    if content is not None:
        given = {name: content.get(name, {}) for name in SINGLETONS}
        given |= {name: content.get(name, []) for name in COLLECTIONS}
    held = {name: tables.get(name, getattr(base, name)) for name in TABLES}
    marks = content.get("marks", {}) if content and whole else base.marks
    theirs = Curation.model_validate({**given, **held, "marks": marks})
    for name in COLLECTIONS:
        _no_id_twice(getattr(theirs, name))
    return theirs


def _no_id_twice(entities: Sequence[Entity]) -> None:
    """Refuse what was copied in an editor and kept its id.

    Raises
    ------
    ValueError
        If two have one id.
    """
    ids = [entity.id for entity in entities]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise ValueError(twice[0])
    for entity in entities:
        for name in ROWS.keys() & type(entity).model_fields.keys():
            _no_id_twice(getattr(entity, name))


def set_aside(path: Path) -> None:
    """Keep a checkpoint nobody can read under another name, so that writing a new one loses nothing."""
    number = 1
    while (other := path.with_name(f"{path.name}.unreadable-{number}")).exists():
        number += 1
    with suppress(OSError):
        path.rename(other)
