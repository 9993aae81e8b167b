"""What is on the disk of a dataset, for checks and formats: a path never leads out of the folder."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from rembi_widgets.errors import RembiError


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
    place = (root / relative).resolve()
    if not place.is_relative_to(root):
        raise RembiError("store.path_outside", path=relative)
    return place


class DiskFacts:
    """The files of a dataset as they are now; names are compared in NFC, as macOS and Linux write them apart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[Path, dict[str, str]] = {}

    def _find(self, path: str) -> Path | None:
        try:
            place = inside(self._folder, path)
        except (RembiError, OSError, ValueError):
            return None
        if os.path.lexists(place):
            return place
        twin = self._listing(place.parent).get(unicodedata.normalize("NFC", place.name))
        return place.parent / twin if twin else None

    def _listing(self, folder: Path) -> dict[str, str]:
        if folder not in self._names:
            try:
                names = [entry.name for entry in folder.iterdir()]
            except OSError:
                names = []
            self._names[folder] = {unicodedata.normalize("NFC", name): name for name in names}
        return self._names[folder]

    def exists(self, path: str) -> bool:
        """Tell whether the dataset holds a file or folder at a relative path."""
        return self._find(path) is not None

    def size(self, path: str) -> int | None:
        """Give the size of a file in bytes, ``None`` if there is none."""
        place = self._find(path)
        return place.stat().st_size if place is not None and place.is_file() else None
