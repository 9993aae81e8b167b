"""What the archive's server would say: the document's grammar, what a DOI needs, file lists and the files they name.

Source: the server's validators and its readers of file lists.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.pagetab._tree import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from rembi_widgets.formats.pagetab._tree import Document, Part
    from rembi_widgets.record import FileFacts, Finding

PATH = re.compile(r"(?!\./)(?!.*/$)(?!.*\.\./)[0-9A-Za-z!\-_*'(). /]+")
"""The server's own expression for a path."""
ENDINGS = (".tsv", ".xlsx", ".json")
LISTS = ("study component", "annotation", "annotations")
ORGANISATION = ("organisation", "organization")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T[0-9:.]+Z?)?")
_BREAK = re.compile(r"\r\n|\r|\n")
BOM = b"\xef\xbb\xbf"


def server(document: Document, folder: Path | None, facts: FileFacts | None, today: date) -> Iterator[Finding]:
    """Give what the server would say; lists are looked into where their folder is known."""
    yield from _release(document, today)
    yield from _sections(document)
    if any(one.get("name") == "DOI" for one in document.top.attributes):
        yield from _doi(document)
    for part in document.root.every():
        for name in part.values("File List"):
            if folder is not None:
                yield from _list(part, name, folder, facts)


def _release(document: Document, today: date) -> Iterator[Finding]:
    given = document.either("ReleaseDate")
    if not _DATE.fullmatch(given):
        yield said("error", "server_release", document.top, "ReleaseDate", found=given)
    elif not document.accno and given[:10] < today.isoformat():
        yield said("error", "server_past", document.top, "ReleaseDate", found=given)


def _sections(document: Document) -> Iterator[Finding]:
    known: set[str] = set()
    level = "warning" if document.accno else "error"  # records that the archive holds have such accnos
    for part in document.root.every():
        if part.accno and part.accno in known:
            yield said(level, "server_accno", part, found=part.accno)
        known.add(part.accno)
    for part in document.root.every():
        for one in part.attributes:
            yield from _attribute(part, one, known)


def _attribute(part: Part, one: Mapping[str, Any], known: set[str]) -> Iterator[Finding]:
    name, value = str(one.get("name") or ""), one.get("value")
    if not name.strip():
        yield said("error", "server_nameless", part, found=str(value))
    if value is not None and not isinstance(value, str):
        yield said("error", "server_value", part, name, found=json.dumps(value))
    if one.get("reference") and value not in known - {""}:
        yield said("error", "server_reference", part, name, found=str(value))
    if name.casefold() == "file list" and not str(value or "").strip():
        yield said("error", "server_no_list", part, name)


def _doi(document: Document) -> Iterator[Finding]:
    """Find what keeps the server from minting a DOI."""
    organisations = list(document.root.all(*ORGANISATION))
    accnos = {one.accno for one in organisations}
    if not document.either("Title"):
        yield said("error", "server_doi_title", document.top, "Title")
    if not organisations:
        yield said("error", "server_doi_organisation", document.root)
    for one in organisations:
        if not one.accno or not one.value("Name"):
            yield said("error", "server_doi_nameless", one, "Name")
    for author in document.root.all("author"):
        refs = [ref.strip() for value in author.values("affiliation") for ref in value.split(",")]
        if author.value("Name") and not (refs and set(refs) <= accnos):
            yield said("error", "server_doi_affiliation", author, "affiliation", found=", ".join(refs))


def _list(part: Part, name: str, folder: Path, facts: FileFacts | None) -> Iterator[Finding]:
    ending = name[name.rfind(".") :]
    if ending not in ENDINGS:
        yield said("error", "server_ending", part, "File List", found=name, wanted=", ".join(ENDINGS))
        return
    path = folder / name
    if not _is_beside(path, folder):
        yield said("error", "server_list_missing", part, "File List", found=name)
        return
    reader = {".tsv": _tsv, ".json": _json}.get(ending)
    if reader is None:
        yield said("warning", "server_xlsx", part, "File List", found=name)
        return
    problem, paths = reader(path)
    if problem:
        yield said("error", f"server_list_{problem}", part, "File List", found=name)
        return
    yield from _paths(part, name, paths, facts)


def _is_beside(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve()) and path.is_file()
    except (OSError, ValueError):  # a name that can be none of a file
        return False


def _tsv(path: Path) -> tuple[str, list[str]]:
    """Read the paths of a list; the first fault ends it, as on the server."""
    data = path.read_bytes()
    if data.startswith(BOM):
        return "bom", []
    lines = [line.split("\t") for line in _BREAK.split(data.decode("utf-8", "replace")) if line.strip()]
    if not lines or lines[0][0] != "Files":
        return "head", []
    if not all(cell.strip() for cell in lines[0]):
        return "header", []
    return _of_paths([row[0].strip() for row in lines[1:]])


def _json(path: Path) -> tuple[str, list[str]]:
    try:
        held = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return "json", []
    if not isinstance(held, list) or not all(isinstance(one, dict) for one in held):
        return "json", []
    return _of_paths([str(one.get("path") or "").strip() for one in held])


def _of_paths(paths: list[str]) -> tuple[str, list[str]]:
    if not paths:
        return "empty", []
    return ("", paths) if all(paths) else ("pathless", [])


def _paths(part: Part, name: str, paths: Iterable[str], facts: FileFacts | None) -> Iterator[Finding]:
    held = list(paths)
    refused = [path for path in held if not PATH.fullmatch(path)]
    if refused:
        told = {"n": len(refused), "list": name}
        yield said("error", "server_path", part, "File List", found=refused[0], **told)
    absent = [path for path in held if facts is not None and not facts.exists(path)]
    if absent:
        told = {"n": len(absent), "list": name}
        yield said("error", "server_absent", part, "File List", found=absent[0], **told)
