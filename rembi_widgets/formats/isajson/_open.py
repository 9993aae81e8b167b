"""Opening an ISA-JSON: the text files that it says, as a document of ISA-Tab."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.isajson._in import Back
from rembi_widgets.formats.isajson._load import LARGEST, Look, load
from rembi_widgets.formats.isatab._document_open import document_of
from rembi_widgets.formats.isatab._document_text import without_collecting

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.formats import Read
    from rembi_widgets.formats.isatab._document import Document
    from rembi_widgets.record import Finding


_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
_KEYS = (b'"studies"', b'"ontologySourceReferences"')
_FIRST = 4096


class _Made:
    """Text files that stand nowhere but here, within a file."""

    def __init__(self, lines: dict[str, list[str]], within: str) -> None:
        self._lines = {within + name: text for name, text in lines.items()}
        self.names = list(self._lines)
        self.given: str | None = None
        self.findings: list[Finding] = []

    def read(self, name: str) -> bytes | None:
        held = self._lines.get(name)
        return None if held is None else "".join(held).encode("utf-8", "replace")

    def stream(self, name: str) -> BytesIO | None:
        held = self.read(name)
        return None if held is None else BytesIO(held)


def found_file(path: Path) -> Path:
    """Give the file that a path means: itself, or the one investigation in JSON of a folder.

    Raises
    ------
    RembiError
        If a folder has none or several.
    """
    if not path.is_dir():
        return path
    held = [one for one in sorted(path.glob("*.json")) if one.is_file() and _looks(one)]
    if len(held) == 1:
        return held[0]
    key = "isajson.several" if held else "isajson.nothing_here"
    raise RembiError(key, path=str(path), names=", ".join(one.name for one in held))


def _looks(path: Path) -> bool:
    """Tell by a look at the text whether a file may hold an investigation: to read a large one takes seconds."""
    try:
        if path.stat().st_size > LARGEST:
            return False
        data = path.read_bytes()
    except OSError:
        return False
    return _OBJECT.match(data) is not None and any(key in data for key in _KEYS)


def recognises(path: Path) -> bool:
    """Tell whether a file is a JSON object, or a folder has an investigation in JSON and no ISA-Tab."""
    if path.is_dir():
        return any(_looks(one) for one in path.glob("*.json") if one.is_file()) and not any(path.rglob("i_*.txt"))
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return _OBJECT.match(stream.read(_FIRST)) is not None


def open_document(path: Path, *, within: bool = False, held: bool = True) -> Document:
    """Open an ISA-JSON.

    Parameters
    ----------
    within
        Name the files as if the JSON were their folder, so that a finding tells which file it is about.
    held
        Hold the tables so that they can be changed and written.
    """
    file = found_file(path)
    with without_collecting():
        look = Look(file.name)
        back = Back(load(file), look)
        document = document_of(_Made(back.files, f"{file.name}/" if within else ""), path, held=held)
    document.findings[:0] = look.all()
    return document


def read(path: Path) -> Read:
    """Read an ISA-JSON into a record."""
    from rembi_widgets.formats.isatab._read import read_document

    document = open_document(path, within=True, held=False)
    with without_collecting():
        return read_document(document)
