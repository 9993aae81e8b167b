"""Checks across a set of images: what differs where it should not, which files are missing, which are there twice.

Images of one folder and one format are taken for a set. What is found is told, never mended: two bit depths in a
folder may be a slip of the acquisition program, or two experiments.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._imagerecord import Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._scan import ScanFile

SHOWN = 3
"""Names that one sentence shows."""
LEAST = 3
"""Files of a numbered series from which on a gap in it is told."""
DIGITS = 6
"""Digits of a number that counts files; longer ones are dates and serial numbers."""
PIECE = 1 << 20
_NUMBER = re.compile(rf"(?<!\d)\d{{1,{DIGITS}}}(?!\d)")


def _channel_names(record: ImageRecord) -> str | None:
    names = [channel.name or channel.fluor or "?" for channel in record.channels]
    return ", ".join(names) if any(channel.name or channel.fluor for channel in record.channels) else None


def _pixel(record: ImageRecord) -> str | None:
    sizes = (record.px_x_um, record.px_y_um)
    return " × ".join(f"{float(f'{size:.3g}'):g}" for size in sizes if size is not None) + " µm" if any(sizes) else None


COMPARED: Mapping[str, Callable[[ImageRecord], Any]] = {
    "pixel_type": lambda record: record.pixel_type,
    "size_c": lambda record: record.size_c,
    "channels": _channel_names,
    "pixel_size": _pixel,
}
"""What images of one set agree on, by the key ``scan.field.<name>`` of its name."""


def inconsistencies(images: Sequence[ImageRecord], files: Sequence[ScanFile]) -> tuple[Note, ...]:
    """Give what does not fit together in a scan: values that differ in a folder, planes and files that are missing."""
    return (*_differences(images), *_cut_short(images), *_gaps(files))


def _differences(images: Iterable[ImageRecord]) -> Iterator[Note]:
    sets: dict[tuple[str, str], list[ImageRecord]] = {}
    for record in images:
        sets.setdefault((record.path.rpartition("/")[0], record.format), []).append(record)
    for (folder, _), records in sets.items():
        for name, get in COMPARED.items():
            values = [get(record) for record in records]
            counted = Counter(values).most_common()
            for value, count in counted[1:]:
                example = next(record.path for record, held in zip(records, values, strict=True) if held == value)
                yield Note(
                    "scan.set.differs",
                    {
                        "what": name,
                        "folder": folder or ".",
                        "count": count,
                        "of": len(records),
                        "value": value,
                        "usual": counted[0][0],
                        "example": example,
                    },
                )


def _cut_short(images: Iterable[ImageRecord]) -> Iterator[Note]:
    keys = {"images.note.cut_short", "images.note.planes_differ"}
    paths = list(dict.fromkeys(image.path for image in images if any(note.key in keys for note in image.warnings)))
    if paths:
        yield Note("scan.set.cut_short", {"count": len(paths), "names": _shown(paths)})


def _gaps(files: Iterable[ScanFile]) -> Iterator[Note]:
    """Tell of numbers that are missing in the names of a series; each missing file once, by folder."""
    series: dict[tuple[str, str, str], set[str]] = {}
    there = {file.path for file in files if file.images}
    for path in there:
        folder, slash, name = path.rpartition("/")
        for found in _NUMBER.finditer(name):
            key = (folder + slash, name[: found.start()], name[found.end() :])
            series.setdefault(key, set()).add(found[0])
    missing: dict[str, set[str]] = {}
    for (folder, before, after), numbers in series.items():
        for number in _missing(numbers):
            path = f"{folder}{before}{number}{after}"
            if path not in there:
                missing.setdefault(folder, set()).add(path)
    for folder, paths in sorted(missing.items()):
        yield Note(
            "scan.set.gap", {"folder": folder.rstrip("/") or ".", "count": len(paths), "names": _shown(sorted(paths))}
        )


def _missing(numbers: set[str]) -> list[str]:
    """Give the numbers left out of a series; none if more are left out than are there: that is no series."""
    if len(numbers) < LEAST:
        return []
    values = {int(number) for number in numbers}
    gaps = max(values) - min(values) + 1 - len(values)
    if not 0 < gaps < len(values):
        return []
    padded = max((len(number) for number in numbers if number[0] == "0"), default=1)
    return [f"{value:0{padded}}" for value in range(min(values), max(values)) if value not in values]


def _shown(paths: Sequence[str]) -> str:
    return ", ".join(paths[:SHOWN]) + (", …" if len(paths) > SHOWN else "")


def duplicates(
    folder: Path,
    files: Iterable[ScanFile],
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: threading.Event | None = None,
) -> tuple[tuple[str, ...], ...]:
    """Give image files of the same content, by their hash; only files of equal size are read.

    Files that cannot be read meanwhile are passed over.

    Parameters
    ----------
    folder, files
        The dataset and its files.
    progress
        Told how many bytes are compared of how many, after each piece of 1 MB.
    cancelled
        Ends the comparison when it is set; then what was found so far is given.
    """
    comparing = _Comparing(folder, progress or _untold, cancelled or threading.Event())
    by_size: dict[int, list[str]] = {}
    for file in files:
        if file.images and file.size_bytes and file.kind == "file":
            by_size.setdefault(file.size_bytes, []).append(file.path)
    alike = {size: paths for size, paths in by_size.items() if len(paths) > 1}
    comparing.of = sum(size * len(paths) for size, paths in alike.items())
    found: list[tuple[str, ...]] = []
    for size, paths in alike.items():
        by_content: dict[bytes, list[str]] = {}
        for path in paths:
            digest = comparing.digest(path, size)
            if digest is not None:
                by_content.setdefault(digest, []).append(path)
        found += [tuple(same) for same in by_content.values() if len(same) > 1]
    return tuple(found)


def _untold(_done: int, _of: int) -> None:
    """Tell nobody."""


@dataclass
class _Comparing:
    """Reads files whole, and tells how far it is: ``done`` of ``of`` bytes."""

    folder: Path
    progress: Callable[[int, int], None]
    cancelled: threading.Event
    done: int = 0
    of: int = 0

    def digest(self, path: str, size: int) -> bytes | None:
        """Give the hash of a file's content; none if it cannot be read, or nobody wants to know any more."""
        begun, digest = self.done, hashlib.blake2b(digest_size=20)
        try:
            with (self.folder / path).open("rb") as file:
                while piece := b"" if self.cancelled.is_set() else file.read(PIECE):
                    digest.update(piece)
                    self.done = min(begun + size, self.done + len(piece))
                    self.progress(self.done, self.of)
        except OSError:
            return None
        finally:
            self.done = begun + size
        return None if self.cancelled.is_set() else digest.digest()
