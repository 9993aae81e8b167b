"""What is on the disk of a dataset, for checks and formats: a path never leads out of the folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from rembi_widgets.errors import RembiError
from rembi_widgets.systems import HERE, composed


def inside(folder: Path, relative: str) -> Path:
    """Give the place of a relative path below a folder, links resolved.

    Raises
    ------
    RembiError
        If the path is absolute or leads out of the folder, by ``..`` or by a link.
    """
    root = folder.resolve()
    if not relative or "\0" in relative or Path(relative).is_absolute():
        raise RembiError("store.path_outside", path=relative)
    try:
        place = (root / relative).resolve()
    except (OSError, RuntimeError) as fault:  # a link that leads to itself; a name longer than the system takes
        raise RembiError("store.path_outside", path=relative) from fault
    if not place.is_relative_to(root):
        raise RembiError("store.path_outside", path=relative)
    return place


class DiskFacts:
    """The files of a dataset as they are now; names are compared in NFC, as macOS and Linux write them apart.

    Each folder is resolved and listed once, so that asking after 100,000 files costs one look a file.
    """

    def __init__(self, folder: Path) -> None:
        self._root = folder.resolve()
        self._folders: dict[str, Path | None] = {}
        self._names: dict[Path, dict[str, str]] = {}

    def _find(self, path: str) -> tuple[str, os.stat_result] | None:
        parent, _, name = path.rpartition("/")
        folder = self._folder(parent)
        if folder is None or name in {"", ".", ".."} or "\0" in name or os.sep in name:
            return None
        return self._look(folder, name) or self._twin(folder, name)

    def _folder(self, parent: str) -> Path | None:
        if parent not in self._folders:
            self._folders[parent] = self._resolved(parent)
        return self._folders[parent]

    def _resolved(self, parent: str) -> Path | None:
        try:
            return inside(self._root, parent) if parent else self._root
        except (RembiError, OSError, ValueError):
            return None

    def _look(self, folder: Path, name: str) -> tuple[str, os.stat_result] | None:
        place = HERE.reach(os.path.join(folder, name))  # noqa: PTH118 - asked once a file, and a Path costs more than the look
        try:
            found = os.lstat(place)
            if stat.S_ISLNK(found.st_mode):
                inside(self._root, os.path.relpath(place, self._root))
                found = os.stat(place)  # noqa: PTH116 - as above
        except (RembiError, OSError, ValueError):
            return None
        return place, found

    def _twin(self, folder: Path, name: str) -> tuple[str, os.stat_result] | None:
        twin = self._listing(folder).get(composed(name))
        return self._look(folder, twin) if twin and twin != name else None

    def _listing(self, folder: Path) -> dict[str, str]:
        if folder not in self._names:
            try:
                names = [entry.name for entry in folder.iterdir()]
            except OSError:
                names = []
            self._names[folder] = {composed(name): name for name in names}
        return self._names[folder]

    def exists(self, path: str) -> bool:
        """Tell whether the dataset holds a file or folder at a relative path."""
        return self._find(path) is not None

    def size(self, path: str) -> int | None:
        """Give the size of a file in bytes, ``None`` if there is none."""
        found = self._find(path)
        return found[1].st_size if found is not None and stat.S_ISREG(found[1].st_mode) else None
