"""Where the files of an ISA-Tab come from: a folder and what is below it, or a zip. Nothing is unpacked to the disk."""

from __future__ import annotations

import os
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Protocol

from rembi_widgets.errors import RembiError
from rembi_widgets.formats.isatab._document import located

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from rembi_widgets.record import Finding

LARGEST = 1 << 30
"""Bytes of one text file, and of all that a zip gives."""
MOST_ENTRIES = 100_000
_TEXT = (".txt", ".tsv", ".tab")
ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


class Source(Protocol):
    """Text files by name; ``given`` is the one that a person named, ``None`` for a folder or a zip."""

    names: list[str]
    given: str | None
    findings: list[Finding]

    def read(self, name: str) -> bytes | None:
        """Give the bytes of a file, ``None`` if there is none that can be read."""
        ...

    def stream(self, name: str) -> AbstractContextManager[IO[bytes]] | None:
        """Open a file to be read little by little, ``None`` if there is none that can be read."""
        ...


def source_of(path: Path) -> Source:
    """Give the source that a path is.

    Raises
    ------
    RembiError
        If there is no such file or folder, or it is neither text nor a zip.
    """
    if path.is_dir():
        return _Folder(path)
    if not path.is_file():
        raise RembiError("isaread.no_path", path=str(path))
    if zipfile.is_zipfile(path) or _begins_as_zip(path):
        return _Zip(path)
    return _Folder(path.parent, given=path.name)


def _begins_as_zip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == b"PK\x03\x04"


class _Folder:
    def __init__(self, root: Path, given: str | None = None) -> None:
        self.root, self.given = root.resolve(), given
        self.findings: list[Finding] = []
        self.names = [given] if given else sorted(self._walk(), key=lambda name: (name.count("/"), name))

    def _walk(self) -> Iterator[str]:
        for folder, below, files in os.walk(self.root):
            below[:] = sorted(name for name in below if not name.startswith("."))
            inside = os.path.relpath(folder, self.root).replace(os.sep, "/")
            prefix = "" if inside == "." else inside + "/"
            yield from (prefix + name for name in files if name.casefold().endswith(_TEXT))

    def read(self, name: str) -> bytes | None:
        place = (self.root / name).resolve()
        if not place.is_relative_to(self.root):
            return None
        try:
            if not place.is_file():
                return None
            if place.stat().st_size > LARGEST:
                self.findings.append(located("error", "too_large", name))
                return None
            return place.read_bytes()
        except (OSError, ValueError) as fault:
            self.findings.append(located("error", "unreadable", name, found=str(fault)))
            return None

    def stream(self, name: str) -> AbstractContextManager[IO[bytes]] | None:
        place = (self.root / name).resolve()
        try:
            return place.open("rb") if place.is_relative_to(self.root) and place.is_file() else None
        except (OSError, ValueError) as fault:
            self.findings.append(located("error", "unreadable", name, found=str(fault)))
            return None


class _Zip:
    def __init__(self, path: Path) -> None:
        self.given: str | None = None
        self.findings: list[Finding] = []
        self._path, self._left = path, LARGEST
        self._entries = self._list()
        self.names = sorted(self._entries, key=lambda name: (name.count("/"), name))

    def _list(self) -> dict[str, zipfile.ZipInfo]:
        try:
            with zipfile.ZipFile(self._path) as opened:
                entries = opened.infolist()
        except ZIP_FAULTS as fault:
            raise RembiError("isaread.nothing_here", path=str(self._path)) from fault
        if len(entries) > MOST_ENTRIES:
            self.findings.append(located("error", "too_many", self._path.name, found=str(len(entries))))
        found: dict[str, zipfile.ZipInfo] = {}
        for entry in entries[:MOST_ENTRIES]:
            name = entry.filename.replace("\\", "/")
            if entry.is_dir() or not name.casefold().endswith(_TEXT) or name.startswith("__MACOSX/"):
                continue
            if _leads_out(name):
                self.findings.append(located("error", "entry_outside", self._path.name, found=name))
            else:
                found.setdefault(name, entry)
        return found

    def read(self, name: str) -> bytes | None:
        entry = self._entries.get(name)
        if entry is None:
            return None
        try:
            with zipfile.ZipFile(self._path) as opened, opened.open(entry) as stream:
                data = stream.read(self._left + 1)
        except ZIP_FAULTS as fault:
            self.findings.append(located("error", "unreadable", name, found=str(fault)))
            return None
        if len(data) > self._left:
            self.findings.append(located("error", "too_large", name))
            return None
        self._left -= len(data)
        return data

    def stream(self, name: str) -> AbstractContextManager[IO[bytes]] | None:
        entry = self._entries.get(name)
        if entry is None:
            return None
        if entry.file_size > LARGEST:
            self.findings.append(located("error", "too_large", name))
            return None
        return self._opened(entry)

    @contextmanager
    def _opened(self, entry: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
        with zipfile.ZipFile(self._path) as opened, opened.open(entry) as stream:
            yield stream


def _leads_out(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not parts or name.startswith("/") or ".." in parts or ":" in parts[0] or "\0" in name
