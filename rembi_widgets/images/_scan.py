"""A scan: every file of a dataset, the images in them, and the groups these fall into."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._group import Group, group
from rembi_widgets.images._imagerecord import ImageRecord

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    import pandas as pd

    from rembi_widgets.images._imagerecord import Note


@dataclass(frozen=True, slots=True)
class ScanFile:
    """A file of the dataset, or a folder that counts as one.

    Attributes
    ----------
    path
        Relative to the dataset, forward slashes, byte-exact.
    kind
        ``file`` or ``directory``.
    size_bytes, mtime
        Size, and time of the last change in s since 1970; ``None`` where that is unknown.
    format
        Of the images in it; ``None`` without images.
    images
        How many images it holds.
    note
        Why it could not be read; ``None`` for files that were, and for those that are no images.
    """

    path: str
    kind: str = "file"
    size_bytes: int | None = None
    mtime: float | None = None
    format: str | None = None
    images: int = 0
    note: Note | None = None

    @property
    def message(self) -> str | None:
        """Why it could not be read, as a sentence."""
        return self.note.say() if self.note is not None else None


class _Later:
    """A field of a scan that is made when somebody asks for it: records of unchanged files, by the hundred thousand.

    Not a data descriptor: once the value stands in the instance, Python does not ask again.
    """

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    def __get__(self, found: Scan | None, _: type | None = None) -> tuple[Any, ...]:
        if found is None:
            return ()
        for name, value in zip(("images", "files"), found._make(), strict=True):
            found.__dict__.setdefault(name, value)
        made: tuple[Any, ...] = found.__dict__[self._name]
        return made


@dataclass(frozen=True, kw_only=True)
class Scan:
    """What was found in a folder.

    Attributes
    ----------
    folder
        The dataset.
    images
        What the header of each image says; paths are relative to the folder.
    files
        Every file, those without images among them.
    complete
        Whether everything was read; ``False`` if reading was cancelled.
    """

    folder: Path
    images: tuple[ImageRecord, ...] = _Later()  # type: ignore[assignment]
    files: tuple[ScanFile, ...] = _Later()  # type: ignore[assignment]
    complete: bool = True

    @classmethod
    def later(cls, folder: Path, make: Callable[[], Found], *, complete: bool) -> Scan:
        """Give a scan whose images and files are made when they are asked for."""
        found = cls(folder=folder, complete=complete)
        for name in ("images", "files"):
            del found.__dict__[name]
        found.__dict__["_make"] = make
        return found

    def _make(self) -> Found:
        return (), ()

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups of images taken in the same way, largest first."""
        return group(self.images)

    @property
    def unreadable(self) -> tuple[Mapping[str, str], ...]:
        """Files that look like images and could not be read: ``path`` and ``message`` of each."""
        return tuple({"path": file.path, "message": file.note.say()} for file in self.files if file.note is not None)

    @cached_property
    def inconsistencies(self) -> tuple[Note, ...]:
        """What does not fit together: bit depths, channels or pixel sizes in a folder; missing planes and files."""
        from rembi_widgets.images._consistency import inconsistencies

        return inconsistencies(self.images, self.files)

    def duplicates(
        self, *, progress: Callable[[int, int], None] | None = None, cancelled: threading.Event | None = None
    ) -> tuple[tuple[str, ...], ...]:
        """Give the paths of image files of the same content; reads those that have the same size.

        ``progress`` is told the bytes compared and those to compare; ``cancelled`` ends it with what was found so far.
        """
        from rembi_widgets.images._consistency import duplicates

        return duplicates(self.folder, self.files, progress=progress, cancelled=cancelled)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The images as a pandas DataFrame, a row an image: sizes in pixels, pixel sizes in µm, times in s."""
        import pandas as pd

        keys = {place: found.key for found in self.groups for place in found.images}
        columns: dict[str, list[Any]] = {name: [get(record) for record in self.images] for name, get in _FRAME.items()}
        columns["group"] = [keys[place] for place in range(len(self.images))]
        return pd.DataFrame(columns)

    def to_json(self, lang: str | None = None) -> dict[str, Any]:
        """Give the JSON form: images, groups, unreadable files; ``complete`` if it was cancelled."""
        unread = [{"path": file.path, "message": file.note.say(lang)} for file in self.files if file.note is not None]
        said: dict[str, Any] = {
            "images": [record.to_json(lang) for record in self.images],
            "groups": [found.to_json(lang) for found in self.groups],
            "unreadable": unread,
        }
        return said if self.complete else {**said, "complete": False}

    def __repr__(self) -> str:
        return f"<Scan {self.folder.name}: {len(self.images)} images in {len(self.files)} files>"


Found = tuple[tuple[ImageRecord, ...], tuple[ScanFile, ...]]


def without_companions(images: Sequence[ImageRecord], files: Sequence[ScanFile]) -> Found:
    """Leave out the images of OME-XML files that are the companion of TIFFs beside them: their pixels lie there."""
    if all(image.format != "OME-XML" for image in images):
        return tuple(images), tuple(files)

    def place(image: ImageRecord) -> tuple[str, str | None]:
        return image.path.rpartition("/")[0], image.uuid

    held = {place(image) for image in images if image.uuid and image.format == "OME-TIFF"}
    gone = {image.path for image in images if image.format == "OME-XML" and place(image) in held}
    kept = tuple(image for image in images if image.path not in gone)
    return kept, tuple(replace(file, images=0) if file.path in gone else file for file in files)


def _of(part: str, name: str) -> Callable[[ImageRecord], Any]:
    def get(record: ImageRecord) -> Any:
        return getattr(getattr(record, part), name, None)

    return get


def _channels(name: str) -> Callable[[ImageRecord], str | None]:
    def get(record: ImageRecord) -> str | None:
        given = [getattr(channel, name) for channel in record.channels]
        return ";".join("" if value is None else str(value) for value in given) if any(given) else None

    return get


_PLAIN = [
    "path",
    "scene_index",
    "scene_name",
    "format",
    "size_x",
    "size_y",
    "size_z",
    "size_c",
    "size_t",
    "dim_order",
    "pixel_type",
    "px_x_um",
    "px_y_um",
    "px_z_um",
    "time_increment_s",
    "acquired_at",
    "compression",
    "software",
    "plate",
    "well_row",
    "well_col",
    "roi_count",
    "size_bytes",
]
_FRAME: dict[str, Callable[[ImageRecord], Any]] = {
    **{name: attrgetter(name) for name in _PLAIN},
    **{f"instrument_{name}": _of("instrument", name) for name in ("manufacturer", "model")},
    **{f"objective_{name}": _of("objective", name) for name in ("model", "na", "magnification", "immersion")},
    **{f"channel_{name}": _channels(name) for name in ("name", "fluor", "excitation_nm", "emission_nm")},
}
"""Column of the frame to how it is read off a record."""


def scan(
    folder: str | Path,
    *,
    progress: Callable[[int, int], None] | None = None,
    executor: Executor | None = None,
    cache: bool = True,
) -> Scan:
    """Read the headers of all images of a folder, in a worker process.

    Parameters
    ----------
    folder
        The dataset; or the address of an OME-Zarr on the web (``https://…``).
    progress
        Called with the number of files read and of files to read.
    executor
        Reads the headers in place of the worker process; any ``concurrent.futures.Executor``. A file that hangs or
        crashes a reader then hangs or crashes that executor.
    cache
        Whether files that did not change since an earlier scan are taken from the cache.

    Raises
    ------
    RembiError
        If there is no such folder, or no worker could be started.
    """
    from rembi_widgets.images._scanner import Scanner
    from rembi_widgets.images._web_address import is_address

    if is_address(folder):
        from rembi_widgets.images._web_store import scan_web

        return scan_web(str(folder))
    with Scanner(folder, executor=executor, cache=cache) as scanner:
        told = 0
        while not scanner.wait(_TICK_S) or told < scanner.read:
            read = scanner.read
            for done in range(told + 1, read + 1) if progress is not None else ():
                progress(done, scanner.total)  # type: ignore[misc]
            told = read
        return scanner.result()


_TICK_S = 0.05
