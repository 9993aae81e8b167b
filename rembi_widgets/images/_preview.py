"""A small picture of an image: its channels in their colours, the middle plane and time point, contrast stretched.

The cheapest way that is there is taken: a smaller copy inside the file (13 ms), else a strided view of uncompressed
pixels (12 ms, whatever the size), else decoding the plane, up to ``LIMIT``. The original is opened read-only.
"""

from __future__ import annotations

import struct
import zlib
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._pixels import LIMIT, looking_at
from rembi_widgets.images._read import read_image
from rembi_widgets.images._render import Look, render
from rembi_widgets.images._web_address import is_address

if TYPE_CHECKING:
    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._pixels import Pixels

_PLACES = {
    "OME-TIFF": "_pixels_tiff",
    "ImageJ TIFF": "_pixels_tiff",
    "TIFF": "_pixels_tiff",
    "LSM": "_pixels_tiff_vendors",
    "STK": "_pixels_tiff_vendors",
    "SIS TIFF": "_pixels_tiff_vendors",
    "SVS": "_pixels_tiff_vendors",
    "CZI": "_pixels_czi",
    "LIF": "_pixels_vendors",
    "LOF": "_pixels_vendors",
    "ND2": "_pixels_vendors",
    "OIB": "_pixels_vendors",
    "OIF": "_pixels_vendors",
    "MRC": "_pixels_raw",
    "DV": "_pixels_raw",
    "OME-Zarr": "_pixels_zarr",
    "PNG": "_pixels_photo",
    "JPEG": "_pixels_photo",
}
"""Format to the module that gives its pixels: ``pixels(path, record, size)``."""

BROKEN = (
    ValueError, TypeError, IndexError, KeyError, AttributeError, ArithmeticError, RuntimeError, MemoryError, EOFError,
    SyntaxError, AssertionError, OSError, struct.error, zlib.error,
)  # fmt: skip
"""What decoders raise on broken pixels (Pillow raises SyntaxError); each becomes one sentence."""


def preview(path: Path | str, *, scene: int = 0, size: int = 256) -> bytes:
    """Give a picture of an image as PNG.

    Parameters
    ----------
    path
        The file, or the folder of an OME-Zarr; of an OME-Zarr on the web its address (``https://…``).
    scene
        Which image of the file, as ``ImageRecord.scene_index`` counts.
    size
        Pixels of the longer side at most; a smaller image stays as it is.

    Raises
    ------
    UnreadableImageError
        If the file cannot be read, holds no pixels, is compressed by a method that needs a package that is not there,
        or would take more than 256 MB to decode.
    OSError
        If the file cannot be opened.
    """
    return _picture(path, scene, size, None)


def view(
    path: Path | str,
    *,
    scene: int = 0,
    size: int = 512,
    z: int | None = None,
    t: int | None = None,
    look: Look | None = None,
    anyway: bool = False,
) -> bytes:
    """Give one plane of an image as PNG, as a person wants to see it.

    Parameters
    ----------
    z, t
        Which plane and time point, from 0; default: the middle ones.
    look
        Which channels are shown, and how.
    anyway
        Whether to decode a plane of up to 2 GB, where a preview stops at 256 MB.

    Raises
    ------
    UnreadableImageError
        As of ``preview``.
    """
    limit = LIMIT * 8 if anyway else None
    return _picture(path, scene, size, look or Look(), z=z, t=t, limit=limit)


def _share(place: int | None, length: int | None) -> float | None:
    """Give the middle of a plane as a share of its axis."""
    return None if place is None else (place + 0.5) / max(1, length or 1)


def _picture(
    path: Path | str,
    scene: int,
    size: int,
    look: Look | None,
    *,
    z: int | None = None,
    t: int | None = None,
    limit: int | None = None,
) -> bytes:
    def made(store: Any, record: ImageRecord) -> bytes:
        try:
            with looking_at(z=_share(z, record.size_z), t=_share(t, record.size_t), limit=limit):
                return render(_pixels(store, record, size), record, size, look)
        except BROKEN as fault:
            reason = f"{type(fault).__name__}: {fault}"[:300]
            raise UnreadableImageError("images.no_preview.broken", name=store.name, reason=reason) from fault

    if is_address(path):
        from rembi_widgets.images._web_store import PIXELS_LIMIT, preview_web

        return preview_web(str(path), made, scene=scene, most=PIXELS_LIMIT * (8 if limit else 1))
    return made(Path(path), _record(Path(path), scene))


def _record(path: Path, scene: int) -> ImageRecord:
    records = read_image(path)
    record = next((item for item in records if item.scene_index == scene), None)
    if record is None:
        raise UnreadableImageError("images.no_preview.no_scene", name=path.name, scene=scene, count=len(records))
    if record.format not in _PLACES:
        raise UnreadableImageError("images.no_preview.no_pixels", name=path.name)
    return record


def _pixels(store: Any, record: ImageRecord, size: int) -> Pixels:
    """Give the pixels of an image in a file, a folder, or a store on the web."""
    reader: Any = import_module(f"rembi_widgets.images.{_PLACES[record.format]}")
    found: Pixels = reader.pixels(store, record, size)
    return found
