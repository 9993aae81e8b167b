"""OME-TIFF and OME-XML files: the header's XML, wherever it lies, read as records."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rembi_widgets.images import _companion
from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._imagerecord import ImageRecord, Note
from rembi_widgets.images._ome_map import images_of
from rembi_widgets.images._ome_xml import XML_LIMIT, OmeXml, is_ome_xml, parse
from rembi_widgets.images._tiff_header import Ifd
from rembi_widgets.images._tiff_values import COMPRESSION, HEIGHT, WIDTH, compression_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rembi_widgets.images._source import Source

DESCRIPTION = 270


class OmeXmlReader:
    """Reads OME-XML files, companion files among them."""

    name = "ome_xml"
    formats = ("OME-XML",)

    def matches(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 - the bytes decide
        """Tell whether the text begins as OME-XML does."""
        return is_ome_xml(head)

    def read(self, source: Source) -> tuple[ImageRecord, ...]:
        """Give a record for each ``Image``."""
        document = parse(source.all(XML_LIMIT), source.path.name)
        about = {"format": "OME-XML", "reader": self.name}
        return filled(images_of(document, personal=source.personal), source, about)


def filled(records: list[ImageRecord], source: Source, about: Mapping[str, object]) -> tuple[ImageRecord, ...]:
    """Give the records with what is known of the file.

    Raises
    ------
    UnreadableImageError
        If there is none.
    """
    if not records:
        raise UnreadableImageError("images.no_image", name=source.path.name)
    known = {"path": source.path.as_posix(), "size_bytes": source.size, "mtime": source.mtime, **about}
    return tuple(replace(record, **known) for record in records)  # type: ignore[arg-type]


def read_ome_tiff(source: Source, ifd: Ifd) -> tuple[ImageRecord, ...]:
    """Give the records of a TIFF whose description is OME-XML."""
    name = source.path.name
    document = parse(ifd.text(DESCRIPTION), name)
    own = document.root.get("UUID")
    binary = _companion.binary_only(document)
    if binary is not None:
        document = _companion.follow(source, binary)
        own = binary.uuid
    records = images_of(document, personal=source.personal)
    records = _own(records, document, own, name)
    about: dict[str, object] = {"format": "OME-TIFF", "reader": "ome_tiff"}
    compression = compression_of(ifd)
    if compression is not None:
        about["compression"] = compression
    if len(records) == 1:
        records = [_compared(records[0], ifd)]
    return filled([_sourced(record, compression) for record in records], source, about)


def _sourced(record: ImageRecord, compression: str | None) -> ImageRecord:
    if compression is not None:
        record.sources["compression"] = f"TIFF tag {COMPRESSION} Compression"  # type: ignore[index]
    return record


def _own(records: list[ImageRecord], document: OmeXml, uuid: str | None, name: str) -> list[ImageRecord]:
    """Give the images whose pixels lie in this file, in a set where each file's header names the images of all."""
    if len(records) == 1 or len(document.planes) != len(records):
        return records
    marks = [mark.encode() for mark in (uuid, f'FileName="{name}"') if mark]
    here = [
        record
        for record, planes in zip(records, document.planes, strict=True)
        if b"UUID" not in planes or any(mark in planes for mark in marks)
    ]
    return here or records


def _compared(record: ImageRecord, ifd: Ifd) -> ImageRecord:
    """Warn where the XML states another size than the pixels have."""
    stored = (int(ifd.first(WIDTH)), int(ifd.first(HEIGHT)))
    stated = (record.size_x, record.size_y)
    if None in stated or stored == stated or not all(stored):
        return record
    values = {"stated": f"{stated[0]} × {stated[1]}", "stored": f"{stored[0]} × {stored[1]}"}
    return replace(record, warnings=(*record.warnings, Note("images.note.size_differs", values)))
