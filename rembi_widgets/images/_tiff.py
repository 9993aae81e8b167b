"""TIFF files: which of the dialects a file speaks, by its description and its vendors' tags."""

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
    from rembi_widgets.images._tiff_header import Ifd

BEGINNING = 4096
"""Bytes of a description in which OME-XML begins, unless it brings what it should not."""
LSM, STK = 34412, 33629
"""Tags that only Zeiss's and MetaMorph's programs write."""


class TiffReader:
    """Reads OME-TIFF, ImageJ TIFF, LSM, STK, Olympus SIS, Aperio SVS and plain TIFF, classic and BigTIFF."""

    name = "tiff"
    formats = ("OME-TIFF", "ImageJ TIFF", "LSM", "STK", "SIS TIFF", "SVS", "TIFF")
    untested = ("STK",)

    def matches(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 - the bytes decide
        """Tell whether the file begins as a TIFF does."""
        return is_tiff(head)

    def read(self, source: Source) -> tuple[ImageRecord, ...]:
        """Give the records, as the description of the first directory says."""
        ifd = first_ifd(source)
        description = ifd.text(DESCRIPTION)
        if is_ome_xml(description[:BEGINNING]) or (description.startswith(b"<") and is_ome_xml(description)):
            return read_ome_tiff(source, ifd, description)
        return _vendors(source, ifd, description) or _plain(source, ifd, description)


def _plain(source: Source, ifd: Ifd, description: bytes) -> tuple[ImageRecord, ...]:
    from rembi_widgets.images._plain_tiff import read_plain_tiff

    return read_plain_tiff(source, ifd, description)


def _vendors(source: Source, ifd: Ifd, description: bytes) -> tuple[ImageRecord, ...]:
    """Give the records of a vendor's own dialect; none if it is none."""
    if LSM in ifd:
        from rembi_widgets.images._lsm import read_lsm

        return read_lsm(source, ifd)
    if STK in ifd:
        from rembi_widgets.images._metamorph import read_stk

        return read_stk(source, ifd)
    if description.startswith(b"Aperio"):
        from rembi_widgets.images._aperio import read_svs

        return read_svs(source, ifd, description)
    from rembi_widgets.images import _sis

    page = _sis.sis_page(source, ifd) if _sis.may_be_sis(ifd) else None
    return _sis.read_sis(source, page) if page is not None else ()
