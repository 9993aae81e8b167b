"""What touches the disk: durable appends and atomic replacement, on every system."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from rembi_widgets.errors import RembiError
from rembi_widgets.systems import HERE

_KEYS = {
    errno.ENOSPC: "store.disk_full",
    errno.EDQUOT: "store.disk_full",
    errno.EACCES: "store.no_permission",
    errno.EPERM: "store.no_permission",
    errno.EROFS: "store.no_permission",
}


class DiskError(RembiError):
    """The disk refused: what was to be written is not there, what was there before still is."""


def refusal(path: Path, fault: OSError) -> DiskError:
    """Give the sentence for what the system said."""
    key = _KEYS.get(fault.errno or 0, "store.disk_error")
    return DiskError(key, path=path.name, reason=fault.strerror or str(fault))


def make_folder(folder: Path) -> None:
    """Make a folder with all above it.

    Raises
    ------
    DiskError
        If the system refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise refusal(folder, fault) from fault


def append(path: Path, data: bytes) -> None:
    """Append to a file and wait until it is on the disk; on failure the file is as it was.

    Raises
    ------
    DiskError
        If the system refuses (disk full, no permission). A file that could not be cut back to its
        old length ends in a half line, which readers drop: say so by ``torn``.
    """
    try:
        handle = os.open(
            HERE.reach(str(path)), os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644
        )
    except OSError as fault:
        raise refusal(path, fault) from fault
    try:
        length = os.fstat(handle).st_size
        try:
            _write_all(handle, data)
            HERE.flush(handle)
        except OSError as fault:
            told = refusal(path, fault)
            told.torn = not _cut_back(handle, length)  # type: ignore[attr-defined]
            raise told from fault
    finally:
        os.close(handle)
    if not length:
        HERE.flush_folder(path.parent)


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _cut_back(handle: int, length: int) -> bool:
    try:
        os.ftruncate(handle, length)
    except OSError:
        return False
    return True


def replace(path: Path, data: bytes) -> None:
    """Replace a file's content as one step: a reader sees the old or the new, never a part.

    Raises
    ------
    DiskError
        If the system refuses; the old content is then still there.
    """
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        try:
            _write_all(handle, data)
            HERE.flush(handle)
        finally:
            os.close(handle)
        temporary.chmod(0o644)
        HERE.put_in_place(temporary, path)
    except OSError as fault:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()
        raise refusal(path, fault) from fault
    HERE.flush_folder(path.parent)
