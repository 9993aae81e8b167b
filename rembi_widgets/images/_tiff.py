"""TIFF files: which of the dialects a description speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.images._ome_tiff import read_ome_tiff
from rembi_widgets.images._ome_xml import is_ome_xml
from rembi_widgets.images._tiff_header import first_ifd, is_tiff
from rembi_widgets.images._tiff_values import DESCRIPTION

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._source import Source

BEGINNING = 4096
"""Bytes of a description in which OME-XML begins, unless it brings what it should not."""


class TiffReader:
    """Reads OME-TIFF, ImageJ TIFF and plain TIFF, classic and BigTIFF."""

    name = "tiff"
    formats = ("OME-TIFF", "ImageJ TIFF", "TIFF")

    def matches(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 - the bytes decide
        """Tell whether the file begins as a TIFF does."""
        return is_tiff(head)

    def read(self, source: Source) -> tuple[ImageRecord, ...]:
        """Give the records, as the description of the first directory says."""
        ifd = first_ifd(source)
        description = ifd.text(DESCRIPTION)
        if is_ome_xml(description[:BEGINNING]) or (description.startswith(b"<") and is_ome_xml(description)):
            return read_ome_tiff(source, ifd, description)
        from rembi_widgets.images._plain_tiff import read_plain_tiff

        return read_plain_tiff(source, ifd, description)
