"""Olympus OIB and OIF (FluoView): settings in sections of ``key=value``, beside or together with TIFFs of one plane.

An OIB is a compound document that the library oiffile (BSD) opens. An OIF is the settings' own file; what belongs to it
lies in the folder ``NAME.oif.files`` beside it, and nowhere else is looked.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._errors import UnreadableImageError, first_bytes
from rembi_widgets.images._nd2 import FAULTS
from rembi_widgets.images._olympus_map import record_of
from rembi_widgets.images._plain_xml import check_length

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._source import Source

    Settings = Mapping[str, Mapping[str, str]]

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""A compound document; old Word files are such, too."""
UTF16 = b"\xff\xfe"
SETTINGS_LIMIT = 16 << 20
_SECTIONS = ("[Acquisition Parameters Common]", "[ProfileSaveInfo]", "[Version Info]", "[File Info]")
_PLANE = re.compile(r"_C\d+(?:[LZTQP]\d+)*\.pty$", re.IGNORECASE)


class OlympusReader:
    """Reads Olympus OIB and OIF."""

    name = "olympus"
    formats = ("OIB", "OIF")
    untested = ("OIF",)

    def matches(self, head: bytes, path: Path) -> bool:
        """Tell whether it is a compound document named as an OIB, or settings of FluoView."""
        if head.startswith(COMPOUND):
            return path.suffix.lower() == ".oib"
        return head.startswith(UTF16) and any(name in _text(head) for name in _SECTIONS)

    def read(self, source: Source) -> tuple[ImageRecord, ...]:
        """Give the record."""
        is_oib = source.head.startswith(COMPOUND)
        main, plane = settings_of(source)
        if "Axis Parameter Common" not in main and "Axis 0 Parameters Common" not in main:
            raise UnreadableImageError("images.no_size", name=source.path.name)
        about = {**source.about(), "format": "OIB" if is_oib else "OIF", "reader": self.name}
        return (record_of(main, plane, about, personal=source.personal),)


def _text(data: bytes) -> str:
    return data[: len(data) & ~1].decode("utf-16", "ignore")


def settings(data: bytes) -> dict[str, dict[str, str]]:
    r"""Give the sections of a settings file, quotes taken off.

    >>> settings('[Axis]\nAxisCode="X"'.encode("utf-16"))
    {'Axis': {'AxisCode': 'X'}}
    """
    found: dict[str, dict[str, str]] = {}
    section: dict[str, str] = {}
    text = _text(data) if data.startswith(UTF16) else data.decode("utf-8", "replace")
    for line in map(str.strip, text.splitlines()):
        key, equals, value = line.partition("=")
        if line.startswith("[") and line.endswith("]"):
            section = found.setdefault(line[1:-1], {})
        elif equals:
            section[key.strip()] = value.strip().strip("\"'")
    return found


def settings_of(source: Source) -> tuple[Settings, Settings]:
    """Give the settings of an OIB or OIF, and those of its first plane."""
    return _in_document(source) if source.head.startswith(COMPOUND) else _in_folder(source)


def _in_folder(source: Source) -> tuple[Settings, Settings]:
    """Give the settings of an OIF, and those of its first plane."""
    main = settings(source.all(SETTINGS_LIMIT))
    planes = [place for place in files_of(source.path, "*.pty") if _PLANE.search(place.name)]
    for place in planes[:1]:
        if place.stat().st_size < SETTINGS_LIMIT:
            return main, settings(place.read_bytes())
    return main, {}


def files_of(path: Path, pattern: str) -> list[Path]:
    """Give the files that belong to an OIF; what leads out of its folder, itself or by a link, is left out."""
    folder = path.resolve().parent / f"{path.name}.files"
    if folder.resolve() != folder or not folder.is_dir():
        return []
    return sorted(place for place in folder.glob(pattern) if place.resolve().parent == folder)


def _in_document(source: Source) -> tuple[Settings, Settings]:
    """Give the settings of an OIB, and those of its first plane."""
    with opened(source.path) as file:
        planes = sorted(name for name in file.files() if _PLANE.search(name))
        return settings(_content(file, file.mainfile)), settings(_content(file, planes[0])) if planes else {}


def _content(file: Any, name: str) -> bytes:
    with file.open_file(name) as handle:
        data: bytes = handle.read(SETTINGS_LIMIT + 1)
    check_length(len(data), name, SETTINGS_LIMIT)
    return data


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Open the files inside an OIB.

    Raises
    ------
    UnreadableImageError
        If it is another compound document, or a broken one.
    """
    import oiffile

    try:
        with oiffile.OibFileSystem(path) as file:
            yield file
    except FAULTS as fault:
        if "OibInfo.txt" in str(fault):
            raise UnreadableImageError("images.unknown", name=path.name, found=first_bytes(COMPOUND)) from fault
        reason = f"{type(fault).__name__}: {fault}"[:200]
        raise UnreadableImageError("images.library", name=path.name, reason=reason) from fault
