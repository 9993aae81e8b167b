"""Files written whole: a reader finds the old one or the new one, never a half."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rembi_widgets.systems import HERE

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_lines(path: Path, lines: Iterable[str]) -> Path:
    """Write lines as UTF-8 with LF, into a file beside it that then takes its place.

    Raises
    ------
    OSError
        If the folder cannot be written or the disk is full; the file that was there is as it was.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(lines)
        Path(name).chmod(0o666 & ~_umask())
        HERE.put_in_place(Path(name), path)
    finally:
        Path(name).unlink(missing_ok=True)  # it is there only if it did not take the file's place
    return path


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
