"""OME-TIFF and OME-XML files: the header's XML, wherever it lies, read as records."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from rembi_widgets.images import _companion, _ome_known
from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._ome_map import images_of
from rembi_widgets.images._ome_xml import XML_LIMIT, is_ome_xml, parse, parsed, prepare
from rembi_widgets.images._sanity import Notes
from rembi_widgets.images._tiff_values import (
    COMPRESSION,
    HEIGHT,
    WIDTH,
    check_complete,
    compression_of,
    place,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._ome_xml import OmeXml, Ready
    from rembi_widgets.images._source import Source
    from rembi_widgets.images._tiff_header import Ifd


class OmeXmlReader:
    """Reads OME-XML files, companion files among them."""

    name = "ome_xml"
    formats = ("OME-XML",)
    untested = ()

    def matches(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 - the bytes decide
        """Tell whether the text begins as OME-XML does."""
        return is_ome_xml(head)

    def read(self, source: Source) -> tuple[ImageRecord, ...]:
        """Give a record for each ``Image``."""
        document = parse(source.all(XML_LIMIT), source.path.name)
        about = {**source.about(), "format": "OME-XML", "reader": self.name}
        return _some(images_of(document, about, personal=source.personal), source)


def _some(records: list[ImageRecord], source: Source) -> tuple[ImageRecord, ...]:
    if not records:
        raise UnreadableImageError("images.no_image", name=source.path.name)
    return tuple(records)


def read_ome_tiff(source: Source, ifd: Ifd, description: bytes) -> tuple[ImageRecord, ...]:
    """Give the records of a TIFF whose description is OME-XML."""
    about = {**source.about(), "format": "OME-TIFF", "reader": "ome_tiff", "compression": compression_of(ifd)}
    known = _ome_known.recall_like(description, about, personal=source.personal)
    if known is not None:
        return (_with_notes(known, ifd),)
    ready = prepare(description, source.path.name)
    parts = _ome_known.cut(ready)
    known = _ome_known.recall(ready, parts, about, personal=source.personal) if parts is not None else None
    if known is not None and parts is not None:
        _ome_known.learn_like(description, ready, parts, personal=source.personal)
        return (_with_notes(known, ifd),)

    def full(again: Ready) -> list[ImageRecord]:
        return _full(source, again, about)

    records = full(ready)
    if parts is not None and len(records) == 1:
        _ome_known.learn(ready, parts, records[0], full, personal=source.personal)
    if len(records) == 1:
        records = [_with_notes(records[0], ifd)]
    return _some(records, source)


def _full(source: Source, ready: Ready, about: Mapping[str, Any]) -> list[ImageRecord]:
    """Give the records of a header by the full parser."""
    document = parsed(ready)
    own = document.root.get("UUID")
    binary = _companion.binary_only(document)
    if binary is not None:
        document = _companion.follow(source, binary)
        own = binary.uuid
    records = _own(images_of(document, about, personal=source.personal), document, own, ready.name)
    for record in records:
        cast("dict[str, str]", record.sources)["compression"] = place(COMPRESSION)
    return records


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


def _with_notes(record: ImageRecord, ifd: Ifd) -> ImageRecord:
    """Note where the XML states another size than the pixels have, or the pixels are cut short."""
    notes = Notes()
    check_complete(ifd, notes)
    stored = (int(ifd.first(WIDTH)), int(ifd.first(HEIGHT)))
    stated = (record.size_x, record.size_y)
    if None not in stated and all(stored) and stored != stated:
        values = {"stated": f"{stated[0]} x {stated[1]}", "stored": f"{stored[0]} x {stored[1]}"}
        notes.note("size_differs", **values)
    return replace(record, warnings=(*record.warnings, *notes)) if notes else record
