"""The files of an ISA-Tab that is checked: its tables, row by row, and what else its folder holds."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol

from rembi_widgets.formats.isatab._check._rows import of_stream, of_text_file, tell_text
from rembi_widgets.formats.isatab._document import Document
from rembi_widgets.formats.isatab._document_open import TABLE, investigations_of
from rembi_widgets.formats.isatab._document_source import ZIP_FAULTS, source_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.formats.isatab._check._finding import Told
    from rembi_widgets.formats.isatab._check._rows import Batch
    from rembi_widgets.formats.isatab._document_source import Source

_MOST_FILES = 2_000_000


class Beside:
    """The files beside an ISA-Tab, and whether any of its tables names one of them."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self.used = False

    def has(self, name: str) -> bool:
        """Tell whether there is a file."""
        there = name.replace("\\", "/").removeprefix("./") in self.names
        self.used |= there
        return there


class Tables(Protocol):
    """The tables of a document.

    Attributes
    ----------
    document
        The document, with or without its tables.
    beside
        The files of the folder, ``None`` if it holds none but the ISA-Tab.
    """

    document: Document
    beside: Beside | None

    def has(self, name: str) -> bool:
        """Tell whether there is a table."""
        ...

    def rows(self, name: str, told: Told) -> Iterator[Batch]:
        """Give the rows of a table, from its beginning."""
        ...

    def unnamed(self, folder: str) -> list[str]:
        """Give the tables of a folder that nothing asked for."""
        ...

    @contextmanager
    def reading(self, name: str, told: Told) -> Iterator[None]:
        """Tell of a file that cannot be read to its end."""
        ...


def tables_of(source: Path | Document, told: Told) -> Tables:
    """Give the tables of a document that is open, or of a path."""
    if isinstance(source, Document):
        return _Open(source)
    return _OnDisk(source_of(source), told)


class _Open:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.beside: Beside | None = None
        self._asked: set[str] = set()

    def has(self, name: str) -> bool:
        self._asked.add(name)
        return name in self.document.tables

    def rows(self, name: str, told: Told) -> Iterator[Batch]:
        file = self.document.tables[name].file
        tell_text(file, told)
        return of_text_file(file)

    def unnamed(self, folder: str) -> list[str]:
        return [name for name in self.document.tables if name not in self._asked and _is_in(name, folder)]

    @contextmanager
    def reading(self, name: str, told: Told) -> Iterator[None]:
        del name, told
        yield


class _OnDisk:
    def __init__(self, source: Source, told: Told) -> None:
        self._source = source
        self.document = investigations_of(source)
        self._asked: set[str] = set()
        self.beside = self._files_beside()
        for fault in self.document.findings:
            if fault.code.endswith(".no_sections"):
                told.add("no_sections", 1, file=fault.values["file"])

    def _files_beside(self) -> Beside | None:
        root = getattr(self._source, "root", None)
        folders = {one.folder for one in self.document.investigations}
        if not isinstance(root, Path) or len(folders) != 1:
            return None
        names = frozenset(_walk(root / folders.pop()))
        return Beside(names) if any(not TABLE.match(name) and not name.startswith("i_") for name in names) else None

    def has(self, name: str) -> bool:
        self._asked.add(name)
        opened = self._source.stream(name)
        if opened is None:
            return False
        with opened:
            return True

    def rows(self, name: str, told: Told) -> Iterator[Batch]:
        opened = self._source.stream(name)
        if opened is not None:
            with opened as stream:
                yield from of_stream(stream, told)

    def unnamed(self, folder: str) -> list[str]:
        if self._source.given is not None:
            return []
        names = [name for name in self._source.names if name not in self._asked and _is_in(name, folder)]
        return [name for name in names if TABLE.match(PurePosixPath(name).name)]

    @contextmanager
    def reading(self, name: str, told: Told) -> Iterator[None]:
        try:
            yield
        except ZIP_FAULTS as fault:
            told.add("unreadable", 1, found=str(fault), file=name)


def _is_in(name: str, folder: str) -> bool:
    return name.startswith(folder) and "/" not in name[len(folder) :]


def _walk(root: Path) -> Iterator[str]:
    found = 0
    for folder, below, files in os.walk(root):
        below[:] = [name for name in below if not name.startswith(".")]
        inside = os.path.relpath(folder, root).replace(os.sep, "/")
        prefix = "" if inside == "." else inside + "/"
        for name in files:
            yield prefix + name
        found += len(files)
        if found > _MOST_FILES:
            return
