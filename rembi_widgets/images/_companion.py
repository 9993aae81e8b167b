"""Companion files: the OME-XML of a set of TIFFs, which each TIFF names and none holds (OME-TIFF, "BinaryOnly").

The file is looked for in the TIFF's own folder and nowhere else: a name that leads out of it, itself or by a link, is
refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._ome_xml import XML_LIMIT, OmeXml, parse
from rembi_widgets.images._source import Source

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True, slots=True)
class BinaryOnly:
    """Where a TIFF's metadata lie, and the TIFF's own UUID."""

    file: str
    uuid: str | None


def binary_only(document: OmeXml) -> BinaryOnly | None:
    """Give the companion that a document points to, if it is only that."""
    for child in document.root:
        if str(child.tag).rpartition("}")[2] == "BinaryOnly":
            return _binary_only(child)
    return None


def _binary_only(element: etree._Element) -> BinaryOnly:
    return BinaryOnly(element.get("MetadataFile", ""), element.get("UUID"))


def beside(path: Path, name: str) -> Path | None:
    """Give the file of a name in a file's own folder; none if the name leads elsewhere."""
    if not name or Path(name).name != name or "\\" in name or "\0" in name:
        return None
    folder = path.resolve().parent
    found = (folder / name).resolve()
    return found if found.parent == folder else None


def follow(source: Source, binary: BinaryOnly) -> OmeXml:
    """Read the companion file.

    Raises
    ------
    UnreadableImageError
        If it is not there, or its name leads out of the folder.
    """
    found = beside(source.path, binary.file)
    if found is None:
        raise UnreadableImageError("images.companion_outside", name=source.path.name, companion=binary.file[:200])
    if not found.is_file():
        raise UnreadableImageError("images.companion_missing", name=source.path.name, companion=binary.file[:200])
    with Source(found) as companion:
        document = parse(companion.all(XML_LIMIT), found.name)
    if binary_only(document) is not None:
        raise UnreadableImageError("images.no_image", name=found.name)
    return document
