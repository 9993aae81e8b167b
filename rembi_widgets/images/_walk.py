"""The files of a dataset in a steady order, none of them opened: what to read, what to pass over, what is refused.

Paths are relative to the dataset, with forward slashes, byte-exact (undecodable bytes as surrogate escapes). Hidden
files and folders are passed over, so is what this package itself writes. A folder that is an OME-Zarr counts as one
file. A link is followed to a file inside the dataset, never to a folder and never out of the dataset.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from rembi_widgets.images._imagerecord import Note
from rembi_widgets.systems import HERE, LITTER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

IMAGE_ENDINGS = frozenset(
    [
        "tif",
        "tiff",
        "btf",
        "tf2",
        "tf8",
        "stk",
        "lsm",
        "flex",
        "svs",
        "ndpi",
        "scn",
        "bif",
        "qptiff",
        "vsi",
        "ets",
        "mrxs",
        "czi",
        "zvi",
        "lif",
        "lof",
        "xlif",
        "xlef",
        "nd2",
        "nd",
        "oib",
        "oif",
        "oir",
        "dv",
        "r3d",
        "ims",
        "ics",
        "ids",
        "am",
        "emd",
        "dm2",
        "dm3",
        "dm4",
        "mrc",
        "mrcs",
        "st",
        "ali",
        "rec",
        "ser",
        "emi",
        "png",
        "jpg",
        "jpeg",
        "bmp",
        "gif",
        "jp2",
        "webp",
        "dcm",
        "fits",
        "mnc",
        "zarr",
        "n5",
    ]
)
"""Name endings that say "image": such a file that cannot be read is named with the reason."""
LONG_ENDINGS = (".ome.xml", ".companion.ome", ".ome.zarr")
OWN = re.compile(r"rembi\.json|rembi-(files|images)\.tsv|rembi\.json\.unreadable-\d+|rembi-\w+\.tsv\.unreadable-\d+")
"""Checkpoints that this package writes beside the images."""
ZARR_FILES = frozenset({".zattrs", ".zgroup", ".zarray", "zarr.json"})
MAGIC = (
    (0, b"II*\0"),
    (0, b"MM\0*"),
    (0, b"II+\0"),
    (0, b"MM\0+"),
    (0, b"\x89PNG\r\n\x1a\n"),
    (0, b"\xff\xd8\xff"),
    (0, b"ZISRAWFILE"),
    (0, b"\xda\xce\xbe\x0a"),
    (208, b"MAP "),
    (128, b"DICM"),
)
"""First bytes that say "image" whatever the name: offset and bytes."""
SNIFFED = 1024
"""Bytes read from the start of a file whose name tells nothing."""
_OME = b"openmicroscopy.org/Schemas/OME"


@dataclass(frozen=True, slots=True)
class Item:
    """A file, or a folder that counts as one: size in bytes, time of the last change in s since 1970.

    ``note`` says why it cannot be read at all; then nobody tries.
    """

    path: str
    kind: str = "file"
    size_bytes: int | None = None
    mtime: float | None = None
    note: Note | None = None


def named_as_image(path: str) -> bool:
    """Tell whether a name's ending is that of an image format."""
    name = path.rpartition("/")[2].casefold()
    _, dot, ending = name.rpartition(".")
    return bool(dot and ending in IMAGE_ENDINGS) or name.endswith(LONG_ENDINGS)


def begins_as_image(start: bytes) -> bool:
    """Tell whether the first bytes of a file are those of an image format."""
    return any(start.startswith(magic, at) for at, magic in MAGIC) or _OME in start


@dataclass(slots=True)
class Listing:
    """What one folder of a dataset holds besides folders, in columns.

    Attributes
    ----------
    prefix
        The folder, relative to the dataset, with a closing slash; "" for the dataset itself.
    names, sizes, mtimes
        Name, size in bytes and time of the last change in s since 1970 of each file, sorted by name.
    odd
        By place, what is no plain file: links, folders that count as one file, what cannot be read.
    """

    prefix: str
    names: list[str] = field(default_factory=list)
    sizes: list[int | None] = field(default_factory=list)
    mtimes: list[float | None] = field(default_factory=list)
    odd: dict[int, Item] = field(default_factory=dict)

    def item(self, place: int) -> Item:
        """Give the file at a place."""
        odd = self.odd.get(place)
        return odd or Item(self.prefix + self.names[place], "file", self.sizes[place], self.mtimes[place])

    def items(self) -> Iterator[Item]:
        """Give the files, sorted by name."""
        return map(self.item, range(len(self.names)))

    def add(self, name: str, item: Item) -> None:
        """Add what is no plain file."""
        self.odd[len(self.names)] = item
        self.names.append(name)
        self.sizes.append(item.size_bytes)
        self.mtimes.append(item.mtime)


def walk(folder: Path) -> Iterator[Item]:
    """Give the files of a dataset, sorted by name in each folder.

    Parameters
    ----------
    folder
        The dataset, links resolved.
    """
    for listing in listings(folder):
        yield from listing.items()


def listings(folder: Path) -> Iterator[Listing]:
    """Give what each folder of a dataset holds, in the order of ``walk``.

    Parameters
    ----------
    folder
        The dataset, links resolved.
    """
    pending = [("", HERE.root(str(folder)))]
    while pending:
        prefix, place = pending.pop()
        listing, folders = _listing(prefix, place, folder)
        yield listing
        pending += reversed(folders)


def _listing(prefix: str, place: str, folder: Path) -> tuple[Listing, list[tuple[str, str]]]:
    """Give what a folder holds, and the folders in it: relative with a closing slash, and where they are reached."""
    listing = Listing(prefix)
    try:
        with os.scandir(place) as found:
            entries = {entry.name: entry for entry in found}
    except OSError as fault:
        own = prefix.rstrip("/") or "."
        listing.add(own, Item(own, "directory", note=_refused(fault)))
        return listing, []
    if prefix and not ZARR_FILES.isdisjoint(entries):
        listing.add("", _zarr(prefix.rstrip("/"), list(entries.values())))
        return listing, []
    folders = []
    for name in sorted(entries):
        entry = entries[name]
        if _passed_over(name):
            continue
        if _is_folder(entry):
            folders.append((f"{prefix}{name}/", entry.path))
            continue
        _enter(listing, entry, folder)
    return listing, folders


def _enter(listing: Listing, entry: os.DirEntry[str], folder: Path) -> None:
    """Enter a file into its folder's listing."""
    path = listing.prefix + entry.name
    try:
        if entry.is_symlink():
            item = _link(path, entry, folder)
            if item is not None:
                listing.add(entry.name, item)
            return
        known = entry.stat(follow_symlinks=False)
    except OSError as fault:
        listing.add(entry.name, Item(path, note=_refused(fault)))
        return
    if stat.S_ISREG(known.st_mode):
        listing.names.append(entry.name)
        listing.sizes.append(known.st_size)
        listing.mtimes.append(known.st_mtime)
        return
    listing.add(entry.name, Item(path, "file", known.st_size, known.st_mtime, Note("scan.special_file")))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Tell whether it is a folder; one that the system refuses to look at is named as a file is."""
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _passed_over(name: str) -> bool:
    return name[0] == "." or name in LITTER or (name.startswith("rembi") and OWN.fullmatch(name) is not None)


def _link(path: str, entry: os.DirEntry[str], folder: Path) -> Item | None:
    """Give what a link stands for; nothing for a link to a folder inside: what it leads to is listed where it lies."""
    target = os.path.realpath(entry.path)
    if not PurePath(target).is_relative_to(HERE.root(str(folder))):
        return Item(path, note=Note("scan.link_out"))
    if not os.path.exists(target):  # noqa: PTH110 - str paths, as os.scandir gives them
        return Item(path, note=Note("scan.link_broken"))
    if entry.is_dir():
        return None
    known = entry.stat()
    note = None if stat.S_ISREG(known.st_mode) else Note("scan.special_file")
    return Item(path, "file", known.st_size, known.st_mtime, note)


def _zarr(path: str, entries: list[os.DirEntry[str]]) -> Item:
    """Tell of an OME-Zarr: its time is that of its metadata; its size would take a walk through all its chunks."""
    times = []
    for entry in entries:
        if entry.name in ZARR_FILES:
            try:
                times.append(entry.stat().st_mtime)
            except OSError:
                continue
    return Item(path, "directory", None, max(times, default=None))


def _refused(fault: OSError) -> Note:
    return Note("scan.refused", {"reason": fault.strerror or str(fault)})
