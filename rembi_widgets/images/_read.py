"""Reading one image file: the first reader that knows its bytes gives its records."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rembi_widgets.images._czi import CziReader
from rembi_widgets.images._deltavision import DeltaVisionReader
from rembi_widgets.images._errors import UnreadableImageError, first_bytes
from rembi_widgets.images._imagerecord import ImageRecord, Note
from rembi_widgets.images._leica import LeicaReader
from rembi_widgets.images._mrc import MrcReader
from rembi_widgets.images._nd2 import Nd2Reader
from rembi_widgets.images._olympus import OlympusReader
from rembi_widgets.images._ome_tiff import OmeXmlReader
from rembi_widgets.images._png_jpeg import JpegReader, PngReader
from rembi_widgets.images._source import Source
from rembi_widgets.images._tiff import TiffReader
from rembi_widgets.images._web_address import is_address
from rembi_widgets.images._zarr import ZarrReader

if TYPE_CHECKING:
    from rembi_widgets.images._protocol import Reader

READERS: tuple[Reader, ...] = (
    TiffReader(),
    OmeXmlReader(),
    ZarrReader(),
    PngReader(),
    JpegReader(),
    CziReader(),
    LeicaReader(),
    Nd2Reader(),
    OlympusReader(),
    MrcReader(),
    DeltaVisionReader(),
)
"""The readers, in the order they are asked."""


def read_image(path: Path | str, *, personal: bool = False) -> tuple[ImageRecord, ...]:
    """Read what the header of an image file says, one record an image; the pixels are not touched.

    Parameters
    ----------
    path
        The file, or the folder of an OME-Zarr; of an OME-Zarr on the web its address (``https://…``).
    personal
        Whether names of people are read as well; they are left out by default.

    Raises
    ------
    UnreadableImageError
        If the format is not known here, or the file is cut short, broken, or made to harm. The message says what was
        found.
    OSError
        If the file cannot be opened.
    """
    if is_address(path):
        from rembi_widgets.images._web_store import read_web

        return read_web(str(path), personal=personal)
    path = path if isinstance(path, Path) else Path(path)
    with Source(path, personal=personal) as source:
        for reader in READERS:
            if reader.matches(source.head, path):
                return tuple(_marked(record, reader) for record in reader.read(source))
        raise UnreadableImageError("images.unknown", name=path.name, found=first_bytes(source.head))


def _marked(record: ImageRecord, reader: Reader) -> ImageRecord:
    """Note on an image that its format is read as published, untried on real files."""
    if record.format not in reader.untested:
        return record
    return replace(record, warnings=(*record.warnings, Note("images.note.untested", {"format": record.format})))
