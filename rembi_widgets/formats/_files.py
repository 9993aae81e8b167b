"""Files written whole: a reader finds the old one or the new one, never a half."""

from __future__ import annotations

import os
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rembi_widgets.systems import HERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def write_lines(path: Path, lines: Iterable[str]) -> Path:
    """Write lines as UTF-8 with LF, into a file beside it that then takes its place.

    Raises
    ------
    OSError
        If the folder cannot be written or the disk is full; the file that was there is as it was.
    """
    with _beside(path) as handle, os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(lines)
    return path


def write_zip(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write a zip whole; the same files give the same bytes.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    with (
        _beside(path) as handle,
        os.fdopen(handle, "wb") as stream,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for inside, data in files.items():
            archive.writestr(zipfile.ZipInfo(inside), data, zipfile.ZIP_DEFLATED)
    return path


@contextmanager
def _beside(path: Path) -> Iterator[int]:
    """Open a file beside another, that takes its place when it is whole."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        yield handle
        Path(name).chmod(0o666 & ~_umask())
        HERE.put_in_place(Path(name), path)
    finally:
        Path(name).unlink(missing_ok=True)  # it is there only if it did not take the file's place


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
