"""Packs: ontologies fetched once, or brought on a stick, in a folder of the user's cache.

A pack is a record (``fbbi.json``) and the file it names by its content (``fbbi-3c2dc4f3aaa0.obo``). The file is put in
place first, the record last and whole: whoever reads meets the old pack or the new one, never half of one.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from rembi_widgets.errors import RembiError
from rembi_widgets.terms._layer import LayerTerm
from rembi_widgets.terms._layers._clean import Faults, prefix
from rembi_widgets.terms._layers._extras import below
from rembi_widgets.terms._layers._obo import read_obo
from rembi_widgets.terms._layers._obographs import read_obographs
from rembi_widgets.terms._layers._tables import read_table
from rembi_widgets.terms._sources import forget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

READERS: dict[str, Callable[[BinaryIO, Faults], Iterator[LayerTerm]]] = {
    "obo": read_obo,
    "json": read_obographs,
    "tsv": read_table,
}
"""Ending of a pack's file -> its reader."""
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
"""What a pack may be called."""


@dataclass(frozen=True, slots=True)
class Known:
    """A pack of the list that comes with this package.

    Attributes
    ----------
    url
        Where its publisher keeps it.
    prefixes
        Its own identifiers; terms of others that stand in its file are left out.
    part
        The part of the vocabulary it belongs to; empty if the branches of the index decide.
    roots
        Where only what stands below some terms is wanted.
    family
        Prefix given to its terms, where the file's own is shared with another ontology.
    least
        Fewer terms than this are no whole file.
    sha256
        Of the file, where the address names one state for ever; else empty.
    """

    title: str
    url: str
    licence: str
    prefixes: tuple[str, ...]
    part: str
    least: int
    most_bytes: int
    roots: tuple[str, ...] = ()
    family: str = ""
    sha256: str = ""


@cache
def known() -> Mapping[str, Known]:
    """Give the packs that can be fetched, name to pack."""
    said: dict[str, dict[str, Any]] = json.loads(
        files("rembi_widgets.terms").joinpath("data", "packs.json").read_text(encoding="utf-8")
    )
    return {
        name: Known(**entry | {key: tuple(entry.get(key, ())) for key in ("prefixes", "roots")})
        for name, entry in said.items()
    }


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a pack that is there.

    Attributes
    ----------
    file
        Its file, in the folder of packs.
    version
        The release that the file names, or empty.
    source
        The address it came from, or the name of the file it was imported from.
    date
        When, in ISO 8601, UTC.
    faults
        Lines, rows or nodes that were left out.
    etag, modified
        By which its server tells whether it has changed.
    """

    name: str
    file: str
    bytes: int
    sha256: str
    terms: int
    date: str
    version: str = ""
    licence: str = ""
    source: str = ""
    faults: int = 0
    etag: str = ""
    modified: str = ""

    def to_json(self) -> dict[str, str | int]:
        """Give the record as plain data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class PackLayer:
    """A pack as a layer."""

    record: Record
    folder: Path

    @property
    def name(self) -> str:
        """``pack:`` and its name."""
        return f"pack:{self.record.name}"

    @property
    def version(self) -> str:
        """Its release and the beginning of its digest."""
        return f"{self.record.version or '-'}+{self.record.sha256[:12]}"

    @property
    def source(self) -> str:
        """Where it came from."""
        return self.record.source

    @property
    def licence(self) -> str:
        """Its licence."""
        return self.record.licence

    def terms(self) -> Iterator[LayerTerm]:
        """Give every term of the pack that is its own.

        Raises
        ------
        RembiError
            If its file is gone or is no longer what it was.
        """
        path = self.folder / self.record.file
        try:
            with path.open("rb") as file:
                if os.fstat(file.fileno()).st_size != self.record.bytes:
                    raise RembiError("vocabulary.broken_file", path=str(path))
                yield from own_terms(self.record.name, path.suffix[1:], file, Faults())
        except OSError:
            raise RembiError("vocabulary.broken_file", path=str(path)) from None


def own_terms(name: str, kind: str, file: BinaryIO, faults: Faults) -> Iterator[LayerTerm]:
    """Give the terms of a file that belong to a pack, with the part of the vocabulary the list gives it."""
    about = known().get(name)
    read = (
        read_table(file, faults, family=about.family if about else "") if kind == "tsv" else READERS[kind](file, faults)
    )
    if about is None:
        yield from read
    elif about.roots:
        yield from below(read, about.roots, about.part)
    else:
        parts = (about.part,) if about.part else ()
        for term in read:
            if prefix(term.id) in about.prefixes:
                yield LayerTerm(
                    term.id,
                    term.label,
                    term.names,
                    parts,
                    term.parents,
                    term.definition,
                    0.0,
                    term.obsolete,
                    term.replaced_by,
                )


def cache_folder() -> Path:
    """Give the folder for what can be made or fetched again: ``REMBI_CACHE``, else the user's cache."""
    from platformdirs import user_cache_dir

    return Path(os.environ.get("REMBI_CACHE") or user_cache_dir("rembi_widgets", appauthor=False))


def packs_folder() -> Path:
    """Give the folder of packs."""
    return cache_folder() / "ontologies"


def records() -> tuple[Record, ...]:
    """Give the packs that are there, those of the list first; a record that is none is passed by."""
    folder = packs_folder()
    try:
        found = [_record(path) for path in folder.glob("*.json")]
    except OSError:
        return ()
    order = {name: place for place, name in enumerate(known())}
    good = [record for record in found if record is not None and (folder / record.file).is_file()]
    return tuple(sorted(good, key=lambda record: (order.get(record.name, len(order)), record.name)))


def pack_layers() -> tuple[PackLayer, ...]:
    """Give the packs that are there as layers."""
    return tuple(PackLayer(record, packs_folder()) for record in records())


def _record(path: Path) -> Record | None:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return record_of(said) if isinstance(said, dict) and said.get("name") == path.stem else None


def record_of(said: Mapping[str, object]) -> Record | None:
    """Give a record from plain data; ``None`` where it is none, or names a file that is not its own."""
    kinds = {one.name: int if one.type == "int" else str for one in fields(Record)}
    given: dict[str, Any] = {key: said[key] for key, kind in kinds.items() if type(said.get(key)) is kind}
    try:
        record = Record(**given)
    except TypeError:
        return None
    named = re.fullmatch(rf"{re.escape(record.name)}-[0-9a-f]{{12}}\.({'|'.join(READERS)})", record.file)
    whole = re.fullmatch(r"[0-9a-f]{64}", record.sha256) and record.sha256[:12] in record.file
    return record if NAME.fullmatch(record.name) and named and whole else None


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    found = sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            found.update(piece)
    return found.hexdigest()


def shelve(made: Path, record: Record) -> Record:
    """Put a file, already beside the packs, in its place, and then its record; then let the file before it go."""
    folder = packs_folder()
    before = _record(folder / f"{record.name}.json")
    try:
        made.replace(folder / record.file)
    except PermissionError:  # Windows, while somebody reads the very same content
        if digest_of(folder / record.file) != record.sha256:
            raise
    write_record(record)
    if before is not None and before.file != record.file:
        with suppress(OSError):
            (folder / before.file).unlink()
    forget()
    return record


def write_record(record: Record) -> None:
    """Write a record whole, or not at all."""
    folder = packs_folder()
    part = folder / f".{record.name}-{os.getpid()}.part"  # made with the person's own permissions: folders are shared
    part.write_text(json.dumps(record.to_json(), ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(folder / f"{record.name}.json")


def remove(name: str) -> Record:
    """Remove a pack.

    Raises
    ------
    RembiError
        If there is none of that name.
    """
    found = next((record for record in records() if record.name == name), None)
    if found is None:
        raise RembiError("vocabulary.no_pack", name=name, names=", ".join(one.name for one in records()) or "-")
    folder = packs_folder()
    (folder / f"{name}.json").unlink(missing_ok=True)
    with suppress(OSError):
        (folder / found.file).unlink()
    forget()
    return found
