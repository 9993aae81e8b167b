"""A file or zip that somebody chose, put where a reader can open it: small enough, and nothing outside its folder."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from rembi_widgets.errors import RembiError

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 200 * 2**20
"""Bytes of a zip unpacked, all its files together."""
MOST = 2000
"""Files of a zip."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError)
"""What reading a zip from anywhere raises: ``RuntimeError`` for passwords, ``NotImplementedError`` for methods."""
_ZIP = b"PK\x03\x04"
_WORKBOOK = ".xlsx"
_SAFE = re.compile(r"[^0-9A-Za-z._ -]")
_NAMED = 100


def unpacked(source: bytes | Path, name: str, folder: Path) -> Path:
    """Give the place of an uploaded file, or of what a zip holds, in a folder that is empty.

    A zip of one folder gives that folder, a zip of one file that file.

    Raises
    ------
    RembiError
        If it is an empty file, or a zip that is broken, too large, or leads out of the folder.
    """
    suffix = Path(name).suffix.casefold()
    begin = source[:4] if isinstance(source, bytes) else _begin(source)
    if begin != _ZIP or suffix == _WORKBOOK:
        return _as_file(source, name, folder)
    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
            _unpack(archive, name, folder)
    except _BROKEN as fault:
        raise RembiError("ui.study.zip", name=name) from fault
    return _only(folder)


def _begin(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(4)


def _as_file(source: bytes | Path, name: str, folder: Path) -> Path:
    if isinstance(source, Path):
        return source
    if not source:
        raise RembiError("ui.study.empty", name=name)
    place = folder / (_SAFE.sub("_", PurePosixPath(name.replace("\\", "/")).name)[-_NAMED:].lstrip(".") or "file")
    place.write_bytes(source)
    return place


def _unpack(archive: zipfile.ZipFile, name: str, folder: Path) -> None:
    held = [info for info in archive.infolist() if not info.is_dir()]
    if len(held) > MOST:
        raise RembiError("ui.study.zip_many", name=name, found=len(held), wanted=MOST)
    left = LARGEST
    for info in held:
        place = _place(folder, info.filename, name)
        place.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(info) as stream, place.open("wb") as out:
            for chunk in _chunks(stream, left, name):
                left -= len(chunk)
                out.write(chunk)


def _chunks(stream: object, left: int, name: str) -> Iterator[bytes]:
    """Give what a zip holds in pieces; a header may say anything, so the bytes that come are counted."""
    read = stream.read  # type: ignore[attr-defined]
    while chunk := read(1 << 20):
        left -= len(chunk)
        if left < 0:
            raise RembiError("ui.study.zip_large", name=name, wanted=f"{LARGEST // 2**20} MB")
        yield chunk


def _place(folder: Path, inside: str, name: str) -> Path:
    parts = PurePosixPath(inside.replace("\\", "/")).parts
    place = folder.joinpath(*parts)
    if not parts or ".." in parts or "\0" in inside or not place.resolve().is_relative_to(folder.resolve()):
        raise RembiError("ui.study.zip_outside", name=name, path=inside)
    return place


def _only(folder: Path) -> Path:
    """Give the one folder or file that a zip holds, else the folder of all; what systems leave in zips is none."""
    held = [path for path in folder.iterdir() if path.name not in {"__MACOSX", ".DS_Store"}]
    return _only(held[0]) if len(held) == 1 and held[0].is_dir() else held[0] if len(held) == 1 else folder
