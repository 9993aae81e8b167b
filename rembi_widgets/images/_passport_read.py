"""Reading a microscope file: JSON of Micro-Meta App or a short YAML, told by what is in it, not by its name."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._passport import Passport, PassportError
from rembi_widgets.images._passport_micrometa import is_micro_meta, read_micro_meta
from rembi_widgets.images._passport_yaml import is_ours, load, read_ours

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 16 * 2**20
"""Bytes; the largest real file has 185 kB."""
DEEPEST = 60
"""Levels that a document may have; real ones have 6."""
WRAPPED = 200
"""Microscopes in one document."""


def read_passports(data: bytes, source: str, where: str = "") -> tuple[Passport, ...]:
    """Read the microscopes of a document: one, or those that a portal's items wrap.

    Parameters
    ----------
    source
        What the file is called.
    where
        Its whole path or address, from which the key is made.

    Raises
    ------
    PassportError
        If it is no microscope file, and why.
    """
    if len(data) > LARGEST:
        raise PassportError("microscopes.too_large", name=source, most=f"{LARGEST // 2**20} MB")
    document = _document(_decoded(data), source)
    found = tuple(_found(document, source))
    if not found:
        raise PassportError(_why(document), name=source)
    return tuple(replace(passport, key=_key(where or source, place)) for place, passport in enumerate(found))


def read_passport_file(path: Path) -> tuple[Passport, ...]:
    """Read a microscope file.

    Raises
    ------
    PassportError
        If it is none, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as fault:
        raise PassportError("microscopes.cannot_open", name=path.name, reason=fault.strerror or str(fault)) from fault
    return read_passports(data, path.name, str(path))


def _key(where: str, place: int) -> str:
    return blake2b(f"{where}\0{place}".encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()


def _decoded(data: bytes) -> str:
    """Give the text; some saves are in Latin-1 (in which any bytes are some text)."""
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _document(said: str, source: str) -> Any:
    if not said.strip() or "\0" in said:
        raise PassportError("microscopes.empty" if not said.strip() else "microscopes.no_text", name=source)
    if said.lstrip()[0] not in "{[":
        return load(said, source)
    try:
        document = json.loads(said, parse_constant=lambda _word: None)
    except (ValueError, RecursionError) as fault:
        line = getattr(fault, "lineno", "?")
        raise PassportError("microscopes.no_json", name=source, place=line) from None
    if _depth(document) > DEEPEST:
        raise PassportError("microscopes.no_json", name=source, place="?")
    return document


def _depth(document: Any) -> int:
    level, depth = [document], 0
    while level and depth <= DEEPEST:
        depth += 1
        level = [part for held in level if isinstance(held, dict | list) for part in _inside(held)]
    return depth


def _inside(held: dict[str, Any] | list[Any]) -> Any:
    return held.values() if isinstance(held, dict) else held


def _found(document: Any, source: str) -> Iterator[Passport]:
    if is_ours(document):
        yield read_ours(document, source)
        return
    listed = document if isinstance(document, list) else [document]
    for index, item in enumerate(listed[:WRAPPED]):
        place = f"/{index}" if isinstance(document, list) else ""
        if is_micro_meta(item):
            yield read_micro_meta(item, source, place)
        elif isinstance(item, dict) and is_micro_meta(item.get("microscope")):
            yield read_micro_meta(item["microscope"], source, f"{place}/microscope")


def _why(document: Any) -> str:
    settings = isinstance(document, dict) and document.get("Schema_ID") == "Image.json"
    return "microscopes.settings_file" if settings else "microscopes.no_microscope"
