"""An image file opened once, read-only, at any place: what every reader of a single file works on."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.systems import HERE

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

HEAD = 16384
"""Bytes read at first: the whole of most headers, one read over a network."""


class Source:
    """A file or a folder to be read: its beginning is at hand, other places are read when asked for.

    Attributes
    ----------
    path
        The file or folder.
    size, mtime
        Bytes and seconds since 1970; of a folder, its own.
    head
        The first bytes; empty for a folder.
    personal
        Whether the person asked for names of people as well.
    """

    __slots__ = ("_file", "head", "mtime", "path", "personal", "size")

    def __init__(self, path: Path, *, personal: bool = False) -> None:
        self.path = path
        self.personal = personal
        self.head = b""
        self._file = None
        try:
            place = HERE.reach(str(path))
            self._file = open(place, "rb", buffering=0)  # noqa: SIM115, PTH123 - closed by __exit__; unbuffered halves the time
            state = os.fstat(self._file.fileno())
            self.head = self._file.read(HEAD)
        except (IsADirectoryError, PermissionError):
            # Windows answers PermissionError when a folder is opened
            if not path.is_dir():
                self.__exit__()
                raise
            state = path.stat()
        self.size = state.st_size
        self.mtime = state.st_mtime

    def at(self, offset: int, count: int) -> bytes:
        """Give ``count`` bytes from ``offset``.

        Raises
        ------
        UnreadableImageError
            If they do not lie inside the file: it was cut short, or its header lies.
        """
        end = offset + count
        if offset < 0 or count < 0 or end > self.size:
            raise UnreadableImageError("images.truncated", name=self.path.name, wanted=end, size=self.size)
        if end <= len(self.head):
            return self.head[offset:end]
        return self._read(offset, count)

    def all(self, limit: int) -> bytes:
        """Give the whole file if it is not larger than ``limit`` bytes.

        Raises
        ------
        UnreadableImageError
            If it is larger.
        """
        if self.size > limit:
            values = {"name": self.path.name, "size_mb": self.size >> 20, "limit_mb": limit >> 20}
            raise UnreadableImageError("images.header_too_large", **values)
        return self.at(0, self.size)

    def about(self) -> dict[str, Any]:
        """Give what a record says of its file."""
        return {"path": self.path.as_posix(), "size_bytes": self.size, "mtime": self.mtime}

    def _read(self, offset: int, count: int) -> bytes:
        if self._file is None:
            raise UnreadableImageError("images.truncated", name=self.path.name, wanted=offset + count, size=0)
        self._file.seek(offset)
        parts: list[bytes] = []
        while count > 0 and (part := self._file.read(count)):
            parts.append(part)
            count -= len(part)
        if count:
            raise UnreadableImageError("images.truncated", name=self.path.name, wanted=offset + count, size=self.size)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        fault: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        if self._file is not None:
            self._file.close()


class Excerpt(Source):
    """A part of a file that has the form of a file itself, such as the TIFF inside a JPEG."""

    __slots__ = ()

    def __init__(self, path: Path, data: bytes) -> None:
        self.path = path
        self.personal = False
        self.head = data
        self.size = len(data)
        self.mtime = 0.0
        self._file = None
