"""Where a curation is kept: beside the images, or, where that folder cannot be written, in a folder of the user's.

There a curation is known by the fingerprint of its dataset, not by its path alone: the same images are found again
wherever they are mounted. The fingerprint is a sketch: of a number made from each file's path and size, the
``KEPT`` smallest. Two datasets share as much of their sketches as they share of their files, so a few files more or
fewer do not lose the curation (Broder, "On the resemblance and containment of documents", 1997).

Once the dataset's folder can be written, the curation moves there.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from rembi_widgets.errors import RembiError
from rembi_widgets.record import Finding
from rembi_widgets.store._disk import make_folder, replace
from rembi_widgets.store._facts import DiskFacts
from rembi_widgets.store._journal import Journals
from rembi_widgets.store._lease import Lease
from rembi_widgets.systems import HERE, composed

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = "rembi-home/1"
NOTE = "dataset.json"
KEPT = 256
"""Numbers in a sketch."""
ALIKE = 0.5
"""Share of the files by which a dataset at another place is taken for the same."""
SAME_PLACE = 0.1
"""Share of the files by which a dataset at the same place is: it may have grown."""
LOOKED_AT = 500_000
"""Files looked at for a sketch."""


def homes() -> Path:
    """Give the user's folder for curations of datasets that cannot be written; ``REMBI_HOME`` names another."""
    named = os.environ.get("REMBI_HOME")
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir("rembi_widgets", appauthor=False)) / "datasets"


def can_write(folder: Path) -> bool:
    """Tell whether a curation can be kept in a folder, without trying: what the system says of it."""
    own = folder / ".rembi"
    return os.access(own if own.is_dir() else folder, os.W_OK | os.X_OK)


@dataclass(frozen=True)
class Sketch:
    """The fingerprint of a dataset: how many files, and the smallest of their numbers."""

    files: int
    numbers: tuple[int, ...]

    def resemblance(self, other: Sketch) -> float:
        """Give the share of files that both have, estimated from the sketches; 1 for two empty datasets."""
        smallest = heapq.nsmallest(KEPT, {*self.numbers, *other.numbers})
        both = set(self.numbers) & set(other.numbers)
        return sum(number in both for number in smallest) / len(smallest) if smallest else 1.0


def sketch(dataset: Path) -> Sketch:
    """Make the fingerprint of a dataset: its files' paths and sizes, none of them opened."""
    numbers: set[int] = set()
    for name, size in _files(dataset):
        said = f"{composed(name)}\0{size}".encode(errors="surrogateescape")
        numbers.add(int.from_bytes(hashlib.blake2b(said, digest_size=6).digest()))
        if len(numbers) >= LOOKED_AT:
            break
    return Sketch(len(numbers), tuple(heapq.nsmallest(KEPT, numbers)))


def _files(dataset: Path) -> Iterator[tuple[str, int]]:
    pending = [("", HERE.root(str(dataset)))]
    while pending:
        prefix, place = pending.pop()
        with suppress(OSError), os.scandir(place) as listing:
            for entry in sorted(listing, key=lambda entry: entry.name):
                if entry.name.startswith(".") or entry.name.startswith("rembi"):
                    continue
                with suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        pending.append((f"{prefix}{entry.name}/", entry.path))
                    elif entry.is_file(follow_symlinks=False):
                        yield prefix + entry.name, entry.stat(follow_symlinks=False).st_size


@dataclass
class Home:
    """The place of one dataset's curation.

    Attributes
    ----------
    dataset
        The folder of the images.
    folder
        Where ``.rembi`` and the checkpoints are: the dataset, or a folder of the user's.
    moved
        Where the curation was before it moved next to the images just now.
    """

    dataset: Path
    folder: Path
    moved: Path | None = None

    @property
    def is_elsewhere(self) -> bool:
        """Whether the curation is not beside the images."""
        return self.folder != self.dataset

    def reports(self) -> list[Finding]:
        """Tell where the curation is, if that is not where one would look."""
        if self.moved is not None:
            return [Finding(level="info", code="curation_moved", path="/study", values={"folder": str(self.moved)})]
        if self.is_elsewhere:
            return [Finding(level="info", code="kept_elsewhere", path="/study", values={"folder": str(self.folder)})]
        return []

    def elsewhere(self) -> Home:
        """Give a place in the user's folder, after the disk of the dataset refused what it had promised."""
        place = homes()
        return Home(self.dataset, _found(dict(_known(place)), self.dataset) or _fresh(place, self.dataset))

    def journals(self, writer: str) -> Journals:
        """Give the journals that lie here."""
        return Journals(self.folder / ".rembi", writer)

    def lease(self, writer: str, author: str) -> Lease:
        """Give the lease that lies here, as a writer sees it."""
        return Lease(self.folder / ".rembi", writer, author)

    def facts(self) -> DiskFacts:
        """Give what is on the disk of the dataset."""
        return DiskFacts(self.dataset)

    def begin(self) -> None:
        """Write down of which dataset this is the home; called before the first change.

        Raises
        ------
        DiskError
            If the disk refuses.
        """
        if self.is_elsewhere and not (self.folder / NOTE).exists():
            make_folder(self.folder)
            _note(self.folder, self.dataset, sketch(self.dataset))


def _note(home: Path, dataset: Path, known: Sketch) -> None:
    said = {"format": FORMAT, "path": str(dataset), "files": known.files, "sketch": known.numbers}
    said["seen"] = datetime.now(UTC).isoformat(timespec="seconds")
    replace(home / NOTE, json.dumps(said).encode(errors="surrogatepass"))


def home_of(dataset: Path) -> Home:
    """Give the place of a dataset's curation, and move it next to the images where that has become possible."""
    place = homes()
    known = dict(_known(place))
    writable = can_write(dataset)
    if not known:
        return Home(dataset, dataset if writable else _fresh(place, dataset))
    found = _found(known, dataset)
    if not writable:
        return Home(dataset, found or _fresh(place, dataset))
    if found is None or _in_use(found):
        return Home(dataset, dataset)
    return Home(dataset, dataset, found if _move(found, dataset) else None)


def _fresh(place: Path, dataset: Path) -> Path:
    named = hashlib.blake2b(str(dataset).encode(errors="surrogateescape"), digest_size=6).hexdigest()
    first = f"{''.join(c for c in dataset.name if c.isalnum() or c in '-_')[:40] or 'dataset'}-{named}"
    names = (first if number == 1 else f"{first}-{number}" for number in count(1))
    return next(place / name for name in names if not (place / name).exists())


def _known(place: Path) -> Iterator[tuple[Path, tuple[str, Sketch]]]:
    with suppress(OSError):
        for home in sorted(place.iterdir()):
            with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
                said = json.loads((home / NOTE).read_bytes())
                yield home, (str(said["path"]), Sketch(int(said["files"]), tuple(map(int, said["sketch"]))))


def _found(known: dict[Path, tuple[str, Sketch]], dataset: Path) -> Path | None:
    """Give the home that fits best: one of the same place that it still resembles, else one of the same images."""
    if not known:
        return None
    now = sketch(dataset)
    here = str(dataset)
    fits: list[tuple[bool, float, Path]] = []
    for home, (path, before) in known.items():
        share = now.resemblance(before)
        if share >= (SAME_PLACE if path == here else ALIKE) and (path == here or now.files):
            fits.append((path == here, share, home))
    return max(fits)[2] if fits else None


def _in_use(home: Path) -> bool:
    return Lease(home / ".rembi", "", "").holder() is not None


def _move(home: Path, dataset: Path) -> bool:
    """Move all of a home next to the images: copied and compared first, and only then removed."""
    with suppress(OSError, RembiError):
        copied = [_copy(path, dataset / path.relative_to(home)) for path in _content(home)]
        if all(copied):
            shutil.rmtree(home)
            return True
    return False


def _content(home: Path) -> list[Path]:
    """Give the files of a home to be copied: large values before the journals that name them, checkpoints last."""
    order = {"values": 0, "thumbs": 1, "journal": 2}
    inner = [path for path in (home / ".rembi").rglob("*") if path.is_file() and path.parent.name in order]
    outer = [path for path in sorted(home.glob("rembi*")) if path.is_file()]
    return [*sorted(inner, key=lambda path: (order[path.parent.name], path.name)), *outer]


def _copy(source: Path, target: Path) -> bool:
    data = source.read_bytes()
    there = target.read_bytes() if target.is_file() else None
    if there is not None and source.parent.name != "journal":
        return True  # a value is named by its content; checkpoints beside the images are made again
    if there is not None and len(there) >= len(data):
        return there.startswith(data)
    make_folder(target.parent)
    replace(target, data)
    return bool(target.read_bytes() == data)
