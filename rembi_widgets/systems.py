"""What Linux, macOS and Windows do differently, all of it here, so that each can be tested on any of them.

``HERE`` is the system that runs; a test makes a ``System`` of another name and gives it the calls it would meet.
Sources: Microsoft, "Naming Files, Paths, and Namespaces" (names, 260 characters, the prefix for longer ones); Apple,
``fcntl(2)`` (``F_FULLFSYNC``); POSIX, ``fsync(2)`` on a folder; Unicode Standard Annex 15 (NFC and NFD).
"""

from __future__ import annotations

import ntpath
import os
import re
import sys
import time
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

Name = Literal["linux", "macos", "windows"]
Fault = Literal["letters", "reserved", "end", "long"]
"""Why Windows refuses a name: a character it keeps for itself, a device's name, a last dot or blank, its length."""

LONGEST_PATH = 259
"""Characters of a path that every Windows program takes."""
LONGEST_NAME = 255
"""Bytes of one name that Linux takes, characters that Windows and macOS take."""
ROOM_FOR_FOLDER = 59
"""Characters left for where the dataset lies, when a relative path is judged."""
TRIES = 6
"""How often a file is put in another's place while somebody on Windows has that one open."""
LITTER = frozenset({"Thumbs.db", "ehthumbs.db", "desktop.ini", "Icon\r", "$RECYCLE.BIN", "System Volume Information"})
"""What systems leave in folders; what begins with a dot (``.DS_Store``, ``._a.tif``) is hidden anyway."""

_RESERVED = r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])"
_FAULTS: tuple[tuple[Fault, str], ...] = (
    ("letters", r'[<>:"\\|?*\x00-\x1f]'),
    ("reserved", rf"(?:^|/)(?i:{_RESERVED})(?: *\.[^/]*| *)(?=/|$)"),
    ("end", r"[. ](?=/|$)"),
)
_MARKS = ("./", " /", *'<>:"\\|?*', *map(chr, range(32)))
"""What the first and the last of them look for, as plain texts."""
_PREFIX = "\\\\?\\"


def composed(name: str) -> str:
    """Give a name as one compares it: in NFC, whether a macOS disk wrote it decomposed or not."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def folded(name: str) -> str:
    """Give what two names share that macOS and Windows take for one."""
    return composed(name).casefold()


def fault_of(path: str) -> Fault | None:
    """Tell why Windows cannot hold a file of this relative path (forward slashes); ``None`` if it can.

    >>> fault_of("plate 1/aux.tif"), fault_of("a: b.tif"), fault_of("A01.ome.tif")
    ('reserved', 'letters', None)
    """
    for fault, wrong in _FAULTS:
        if re.search(wrong, path):
            return fault
    if len(path) > LONGEST_PATH - ROOM_FOR_FOLDER or any(len(os.fsencode(p)) > LONGEST_NAME for p in path.split("/")):
        return "long"
    return None


def all_portable(paths: list[str]) -> bool:
    """Tell whether ``fault_of`` is ``None`` for each of many paths: one search over them together, not one each."""
    if any(len(path) > LONGEST_PATH - ROOM_FOR_FOLDER or "\n" in path for path in paths):
        return False
    joint = "/".join(paths)
    if any(mark in joint for mark in _MARKS) or joint.endswith((".", " ")):
        return False
    return re.search(_FAULTS[1][1], joint) is None


@dataclass(frozen=True)
class System:
    """One of the three systems."""

    name: Name

    def reach(self, path: str) -> str:
        r"""Give the spelling by which a file is opened however long its path is.

        Windows wants ``\\?\`` before what is longer than 259 characters; it then takes the path as it stands, so it
        must be absolute and without ``..``.
        """
        if self.name != "windows" or path.startswith(_PREFIX) or len(path) <= LONGEST_PATH:
            return path
        whole = ntpath.normpath(path)
        if whole.startswith("\\\\"):
            return f"{_PREFIX}UNC\\{whole[2:]}"
        return _PREFIX + whole if ntpath.isabs(whole) else path

    def root(self, folder: str) -> str:
        """Give the spelling of a folder from which everything below is reached, however deep."""
        padded = folder + "\\" + "x" * LONGEST_PATH
        return self.reach(padded)[: -LONGEST_PATH - 1] if self.name == "windows" else folder

    def flush(self, handle: int) -> None:
        """Wait until what was written is on the disk: macOS calls it written while it is in the drive's own memory.

        Raises
        ------
        OSError
            If the disk refuses.
        """
        if self.name == "macos":
            with suppress(OSError, ImportError, AttributeError):  # a network drive does not know the call
                import fcntl

                fcntl.fcntl(handle, fcntl.F_FULLFSYNC)  # type: ignore[attr-defined, unused-ignore]
                return
        os.fsync(handle)

    def flush_folder(self, folder: Path) -> None:
        """Make a new name in a folder survive a power cut; Windows has no such call and needs none."""
        if self.name == "windows":
            return
        with suppress(OSError):  # some network drives cannot do it
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def put_in_place(self, fresh: Path, path: Path) -> None:
        """Give a file another's name, as one step; Windows refuses while somebody reads the old one: then again.

        Raises
        ------
        OSError
            If the system still refuses, after about a second on Windows.
        """
        for wait in (0.03 * 2**turn for turn in range(TRIES - 1 if self.name == "windows" else 0)):
            try:
                fresh.replace(path)
            except PermissionError:
                time.sleep(wait)
            else:
                return
        fresh.replace(path)


def _here(platform: str) -> Name:
    return "windows" if platform == "win32" else "macos" if platform == "darwin" else "linux"


HERE = System(_here(sys.platform))
"""The system that runs."""


def is_blind_to_case(folder: Path) -> bool | None:
    """Tell whether a folder takes ``A.tif`` and ``a.tif`` for one file; ``None`` if nothing there can tell.

    Looks at names that are there and writes nothing: it is the disk that decides, not the system.
    """
    with suppress(OSError), os.scandir(folder) as listing:
        names = {entry.name for entry in listing}
        for name in names:
            other = name.swapcase()
            if other != name and other not in names:
                return os.path.lexists(os.path.join(folder, other))  # noqa: PTH118 - names as the listing gave them
    return None
