"""OME-Zarr on the web: read by the addresses of its files of metadata, as few of them as can be.

An image of OME-Zarr 0.5 takes two requests (group and first array), one of 0.4 three; what the first answer tells of
the store's format spares asking for the other format's files. No folder can be listed on the web: the wells of a plate
and the images of bioformats2raw's layout are those that the metadata name.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from rembi_widgets.errors import RembiError
from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._imagerecord import Note
from rembi_widgets.images._scan import Scan, ScanFile
from rembi_widgets.images._web import Web, below
from rembi_widgets.images._zarr import record_of, records_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rembi_widgets.images._imagerecord import ImageRecord

NEW, OLD = "zarr.json", frozenset({".zattrs", ".zgroup", ".zarray"})
REQUESTS = 1000
"""Files that are asked for of one store."""
PIXELS_LIMIT = 32 << 20
"""Bytes that a preview may fetch."""


class WebStore:
    """An OME-Zarr by its address; each of its files is asked for once.

    Parameters
    ----------
    most
        Bytes that all its files may take together; ``None``: each by itself as much as its reader allows.
    """

    def __init__(self, url: str, web: Web, most: int | None = None) -> None:
        self.url = url
        self._most = most
        self._left = most
        self.name = name_of(url)
        self._web = web
        self._held: dict[str, bytes | None] = {}
        self._format: int | None = None

    def get(self, path: str, limit: int) -> bytes | None:
        """Give a file's bytes; ``None`` if there is no such file."""
        file = path.rpartition("/")[2]
        if (file == NEW and self._format == 2) or (file in OLD and self._format == 3):  # noqa: PLR2004 - Zarr's formats
            return None
        if path not in self._held:
            self._ask(path, limit)
            if self._held[path] is not None and (file == NEW or file in OLD):
                self._format = 3 if file == NEW else 2
        return self._held[path]

    def _ask(self, path: str, limit: int) -> None:
        if self._web.requests >= REQUESTS:
            raise UnreadableImageError("images.web_many", url=self.name, limit=REQUESTS)
        try:
            url = below(self.url, path)
        except ValueError as fault:
            raise UnreadableImageError("images.web_scheme", url=self.name) from fault
        self._held[path] = self._fetched(url, limit)

    def _fetched(self, url: str, limit: int) -> bytes | None:
        """Give a file's bytes, as long as all files together are not more than allowed."""
        if self._most is None or self._left is None:
            return self._web.get(url, limit)
        try:
            found = self._web.get(url, min(limit, self._left))
        except UnreadableImageError as fault:
            if fault.key != "images.header_too_large":
                raise
            values = {"name": self.name, "limit_mb": self._most >> 20}
            raise UnreadableImageError("images.no_preview.web_too_large", **values) from fault
        self._left -= len(found or b"")
        return found


def name_of(url: str) -> str:
    """Give the last name of an address.

    >>> name_of("https://h.org/set/a%20b.zarr/")
    'a b.zarr'
    """
    _, _, path = url.partition("?")[0].partition("://")
    return unquote(path.rstrip("/").rpartition("/")[2].rpartition("@")[2])


def read_web(url: str, *, personal: bool = False, web: Web | None = None) -> tuple[ImageRecord, ...]:
    """Read what the metadata of an OME-Zarr on the web say, one record an image.

    Parameters
    ----------
    url
        Address of the store, ``http`` or ``https``.
    personal
        Whether names of people are read as well.
    web
        How it is read; by default as the settings say.

    Raises
    ------
    UnreadableImageError
        If the address is refused, the server does not answer as it should, or there is no OME-Zarr.
    """
    with web or Web() as reader:
        about: dict[str, Any] = {"path": url.partition("?")[0], "format": "OME-Zarr", "reader": "zarr"}
        return records_of(WebStore(url, reader), about, personal=personal)


def scan_web(url: str, *, web: Web | None = None) -> Scan:
    """Give the scan of an OME-Zarr on the web: it is the only file of the folder it lies in."""
    from dataclasses import replace

    name = name_of(url)
    folder = Path(url.partition("?")[0].rstrip("/")).parent
    try:
        found = read_web(url, web=web)
    except RembiError as fault:
        return Scan(folder=folder, files=(ScanFile(name, "directory", note=Note(fault.key, fault.values)),))
    images = tuple(replace(record, path=name) for record in found)
    return Scan(folder=folder, images=images, files=(ScanFile(name, "directory", None, None, "OME-Zarr", len(images)),))


def preview_web(
    url: str,
    render: Callable[[WebStore, ImageRecord], bytes],
    *,
    scene: int = 0,
    most: int = PIXELS_LIMIT,
    web: Web | None = None,
) -> bytes:
    """Have a picture made of one image of an OME-Zarr on the web.

    Parameters
    ----------
    render
        Makes it of the store and the image's record.
    most
        Bytes that may be fetched for it, metadata and pixels together.

    Raises
    ------
    UnreadableImageError
        As of ``read_web``, and if it would take too much time or too many bytes.
    """
    with web or Web() as reader:
        store = WebStore(url, reader, most)
        about: dict[str, Any] = {"path": url.partition("?")[0], "format": "OME-Zarr", "reader": "zarr"}
        return render(store, record_of(store, scene, about))
