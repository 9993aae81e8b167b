"""What earlier scans read, kept by path, size and time of the last change: a rescan reads only what changed.

The cache is no part of the record: whoever deletes it loses seconds. It lies in ``.rembi/cache`` of a dataset that is
curated there and can be written, told to git to be passed over, else in the user's cache folder (``REMBI_CACHE`` names
another). A cache of another version or for another folder, cut short or damaged, is no cache. What is read from
several files, refused or unreadable is not kept: the next scan looks again.

A folder is two lines of JSON: its files, and their images. The last line holds a checksum of all others.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from rembi_widgets import __version__
from rembi_widgets.images._parts import Known, Part
from rembi_widgets.systems import HERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._walk import Item

FORMAT = "rembi-scan/1"
LIMIT = 1 << 30
"""Bytes of a cache that is read."""
DATASETS = 200
"""Caches that are kept in the user's folder; the ones not used for longest go first."""
SETTLED_S = 0.05
"""Seconds after which a file's time of change is sure to tell of the next change: the clock of a disk is coarse."""
SEVERAL = frozenset({"OME-XML", "OIF", "OME-Zarr", "XLEF", "XLIF"})
"""Formats that are read from more files than one."""
NAME = "scanned.ndjson"


def places_of(folder: Path) -> tuple[Path, ...]:
    """Give where the cache of a dataset may lie: the first is where it is written."""
    own, users = folder / ".rembi", caches() / f"{_digest(folder)}.ndjson"
    if own.is_dir() and os.access(own, os.W_OK | os.X_OK):
        return own / "cache" / NAME, users  # the second until the curation was begun
    return (users,)


def caches() -> Path:
    """Give the user's folder of caches; ``REMBI_CACHE`` names another."""
    named = os.environ.get("REMBI_CACHE")
    if named:
        return Path(named) / "scans"
    import platformdirs

    return Path(platformdirs.user_cache_dir("rembi_widgets", appauthor=False)) / "scans"


def _digest(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:32]


def load(folder: Path) -> dict[str, Known]:
    """Give what is known of a dataset's folders by their prefix; nothing if there is no sound cache."""
    return next(filter(None, (_loaded(folder, place) for place in places_of(folder))), {})


def _loaded(folder: Path, place: Path) -> dict[str, Known]:
    with suppress(OSError, ValueError, TypeError, LookupError, RecursionError):
        if place.stat().st_size > LIMIT:
            return {}
        body, _, seal = place.read_bytes().removesuffix(b"\n").rpartition(b"\n")
        if json.loads(seal) != _seal(folder, zlib.crc32(body)):
            return {}
        lines = body.splitlines()
        return {known.prefix: known for known in map(_known, lines[::2], lines[1::2])}
    return {}


def _known(listing: bytes, images: bytes) -> Known:
    prefix, names, sizes, mtimes = json.loads(listing)
    return Known(prefix, names, sizes, mtimes, images)


def _seal(folder: Path, checksum: int) -> Mapping[str, object]:
    return {"format": FORMAT, "by": __version__, "folder": _digest(folder), "checksum": checksum}


def save(folder: Path, parts: Iterable[Known | Part]) -> None:
    """Keep what is known of a dataset; a folder that cannot be written keeps nothing."""
    place = places_of(folder)[0]
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.name == NAME:
            _hide(place.parent)
        handle, fresh = tempfile.mkstemp(prefix="scan-", suffix=".part", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                _write(file, folder, parts)
            HERE.put_in_place(Path(fresh), place)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(fresh)  # noqa: PTH108 - the name as the system gave it
        if place.name != NAME:
            _prune(place.parent)


def _hide(folder: Path) -> None:
    """Tell git to pass the folder over."""
    ignored = folder / ".gitignore"
    if not ignored.exists():
        ignored.write_text("*\n", encoding="utf-8")


def _write(file: IO[bytes], folder: Path, parts: Iterable[Known | Part]) -> None:
    checksum, between = 0, b""
    for part in parts:
        known = part.known() if isinstance(part, Part) else part
        if not known.names:
            continue
        listing = json.dumps([known.prefix, known.names, known.sizes, known.mtimes], separators=(",", ":"))
        piece = between + listing.encode() + b"\n" + known.line
        checksum, between = zlib.crc32(piece, checksum), b"\n"
        file.write(piece)
    file.write(b"\n" + json.dumps(_seal(folder, checksum)).encode() + b"\n")


def _prune(folder: Path) -> None:
    files = sorted(folder.glob("*.ndjson"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[DATASETS:]:
        path.unlink(missing_ok=True)


def may_keep(item: Item, images: Sequence[ImageRecord], now: float) -> bool:
    """Tell whether what was read of a file holds for as long as its size and time do not change.

    Parameters
    ----------
    now
        When it was read, in s since 1970.
    """
    if item.kind != "file" or item.mtime is None or not abs(now - item.mtime) > SETTLED_S:
        return False
    return all(image.format not in SEVERAL for image in images)
