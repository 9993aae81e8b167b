"""Pixels of a TIFF, by tifffile: a smaller copy if the file has one, else a strided view, else one decoded plane."""

from __future__ import annotations

from contextlib import ExitStack
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from rembi_widgets.images import _companion
from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._ome_frames import Frame, frames
from rembi_widgets.images._ome_xml import parse
from rembi_widgets.images._pixels import SHOWN_CHANNELS, Pixels, allow, place_of, stride_for
from rembi_widgets.images._source import Source
from rembi_widgets.images._tiff_header import first_ifd
from rembi_widgets.images._tiff_values import COMPRESSIONS, DESCRIPTION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._ome_xml import OmeXml

_BUILT_IN = frozenset({1, 8, 32946, 32773})
"""Compressions that tifffile decodes by itself."""
_BY_PILLOW = frozenset({2, 3, 4, 5, 6, 7, 34925, 50000, 34926})
"""Compressions that Pillow decodes where tifffile would need imagecodecs."""
_WHITE_IS_ZERO, _PALETTE = 0, 3
_PLANAR = 2


def pixels(path: Path, record: ImageRecord, size: int) -> Pixels:
    """Give the middle plane of each channel."""
    return _READ[record.format](path, record, size)


def _ome(path: Path, record: ImageRecord, size: int) -> Pixels:
    with Source(path) as source:
        document = _document(source)
    z, t = place_of("Z", record.size_z or 1), place_of("T", record.size_t or 1)
    samples = 1 if len(record.channels) != 1 else record.size_c or 1
    channels = range(min((record.size_c or 1) // samples or 1, SHOWN_CHANNELS))
    places = frames(document, record, [(z, channel, t) for channel in channels])
    with ExitStack() as held:
        opened = _Opened(path, held)
        planes = [plane_of(opened.page(place), path.name, size) for place in places]
    return Pixels(_alike(planes))


def _document(source: Source) -> OmeXml:
    document = parse(first_ifd(source).text(DESCRIPTION), source.path.name)
    binary = _companion.binary_only(document)
    return document if binary is None else _companion.follow(source, binary)


class _Opened:
    """The files of a set, opened when a plane of theirs is wanted; only those beside the first."""

    def __init__(self, path: Path, held: ExitStack) -> None:
        self._path = path
        self._held = held
        self._files: dict[str, Any] = {}

    def page(self, place: Frame) -> Any:
        name = self._path.name if place.file is None else place.file
        if name not in self._files:
            self._files[name] = self._open(name)
        return self._files[name].pages[place.ifd]

    def _open(self, name: str) -> Any:
        import tifffile

        found = self._path if name == self._path.name else _companion.beside(self._path, name)
        if found is None or not found.is_file():
            if len(self._files) or found is None:
                raise UnreadableImageError("images.companion_missing", name=self._path.name, companion=name[:200])
            found = self._path  # the file itself was renamed
        return self._held.enter_context(tifffile.TiffFile(found))


def _imagej(path: Path, record: ImageRecord, size: int) -> Pixels:
    import tifffile

    channels = min(record.size_c or 1, SHOWN_CHANNELS)
    z, t, count = place_of("Z", record.size_z or 1), place_of("T", record.size_t or 1), record.size_z or 1
    with tifffile.TiffFile(path) as opened:
        first: Any = opened.pages[0]
        if first.samplesperpixel > 1:
            return Pixels((plane_of(first, path.name, size),))
        at = (t * count + z) * (record.size_c or 1)
        if len(opened.pages) == 1 and at + channels > 1:
            planes = [mapped(first, size, at + channel) for channel in range(channels)]
        else:
            planes = [plane_of(opened.pages[at + channel], path.name, size) for channel in range(channels)]
        return Pixels(_alike(planes), _tables(opened.imagej_metadata or {}, channels))


def _tables(said: dict[str, Any], channels: int) -> tuple[str | None, ...]:
    """Give the brightest colour of each of ImageJ's lookup tables."""
    tables = said.get("LUTs")
    if not isinstance(tables, list) or len(tables) < channels:
        return ()
    return tuple("#" + "".join(f"{int(row[-1]):02X}" for row in table[:3]) for table in tables[:channels])


def _plain(path: Path, _record: ImageRecord, size: int) -> Pixels:
    import tifffile

    with tifffile.TiffFile(path) as opened:
        levels = [level.keyframe for level in opened.series[0].levels]
        pages = opened.pages
        middle = pages[place_of("Z", len(pages))]
        same = all(page is not None for page in levels) and len(levels) == 1 and middle.shape == pages[0].shape
        chosen = middle if same else fitting(levels, size)
        return Pixels((plane_of(chosen, path.name, size),))


def _alike(planes: list[NDArray[Any]]) -> tuple[NDArray[Any], ...]:
    """Give planes of one shape: a picture in colour stands alone."""
    first = planes[0]
    if first.ndim == 3:  # noqa: PLR2004 - y, x, colour
        return (first,)
    return tuple(plane for plane in planes if plane.shape == first.shape)


def fitting(pages: list[Any], size: int) -> Any:
    """Give the smallest page that is not smaller than the preview, else the largest."""
    enough = [page for page in pages if max(page.imagewidth, page.imagelength) >= size]
    return min(enough, key=_area) if enough else max(pages, key=_area)


def _area(page: Any) -> int:
    return int(page.imagewidth) * int(page.imagelength)


def plane_of(page: Any, name: str, size: int) -> NDArray[Any]:
    """Give a page's pixels, thinned: (y, x) or (y, x, 3)."""
    chosen = fitting([page.aspage(), *_copies(page)], size)
    if chosen.is_memmappable and chosen.samplesperpixel == 1:
        found = mapped(chosen, size)
    else:
        found = decoded(chosen, name, size)
    return _shown(chosen, found)


def _copies(page: Any) -> list[Any]:
    """Give the smaller copies that a page carries (SubIFDs)."""
    copies = page.pages
    return [copy.aspage() for copy in copies] if copies is not None else []


def mapped(page: Any, size: int, ahead: int = 0) -> NDArray[Any]:
    """Give every n-th pixel of an uncompressed page, or of the plane ``ahead`` of it, without reading the others."""
    import numpy as np

    shape = (int(page.imagelength), int(page.imagewidth))
    kind = np.dtype(page.dtype).newbyteorder(page.parent.byteorder)
    offset = int(page.dataoffsets[0]) + ahead * shape[0] * shape[1] * kind.itemsize
    whole = np.memmap(page.parent.filehandle.path, kind, "r", offset, shape)
    step = stride_for(shape[1], shape[0], size)
    thinned: NDArray[Any] = np.array(whole[::step, ::step])
    return thinned


def decoded(page: Any, name: str, size: int) -> NDArray[Any]:
    """Give every n-th pixel of a page that must be decoded whole: (y, x) or (y, x, colour)."""
    allow(
        name, int(page.imagelength) * int(page.imagewidth) * int(page.samplesperpixel) * max(1, page.bitspersample // 8)
    )
    if int(page.compression) in _BUILT_IN or find_spec("imagecodecs") is not None:
        whole: NDArray[Any] = page.asarray(maxworkers=1)
    else:
        whole = _by_pillow(page, name)
    if page.planarconfig == _PLANAR and whole.ndim == 3:  # noqa: PLR2004 - colour, y, x
        whole = whole.transpose(1, 2, 0)
    if whole.ndim < 2 or whole.shape[:2] != (page.imagelength, page.imagewidth):  # noqa: PLR2004
        raise ValueError(str(whole.shape))  # becomes a sentence in ``preview``
    step = stride_for(whole.shape[1], whole.shape[0], size)
    return whole[::step, ::step]


def _by_pillow(page: Any, name: str) -> NDArray[Any]:
    """Decode a page by Pillow, which knows LZW and JPEG; it counts only directories of the main chain."""
    import numpy as np
    from PIL import Image

    method = COMPRESSIONS.get(int(page.compression), str(page.compression))
    if int(page.compression) not in _BY_PILLOW or not isinstance(page.index, int):
        raise UnreadableImageError("images.no_preview.codec", name=name, found=method, needed="imagecodecs")
    allow(name, 3 * int(page.imagelength) * int(page.imagewidth))
    with Image.open(page.parent.filehandle.path, formats=("TIFF",)) as opened:
        opened.seek(page.index)
        return np.asarray(opened.convert("RGB") if opened.mode in ("YCbCr", "P", "CMYK") else opened)


def _shown(page: Any, found: NDArray[Any]) -> NDArray[Any]:
    """Give pixels as light: three colours of many samples, a palette looked up, white and black the right way round."""
    import numpy as np

    if found.ndim == 3:  # noqa: PLR2004 - y, x, colour
        return found[..., :3] if found.shape[2] >= 3 else found[..., 0]  # noqa: PLR2004
    if _has_palette(page, found):
        table = (np.asarray(page.colormap) >> 8).astype(np.uint8)
        coloured: NDArray[Any] = np.moveaxis(table[:, found], 0, -1)
        return coloured
    if int(page.photometric) == _WHITE_IS_ZERO and found.dtype.kind == "u":
        inverted: NDArray[Any] = np.iinfo(found.dtype).max - found
        return inverted
    return found


def _has_palette(page: Any, found: NDArray[Any]) -> bool:
    """Tell whether pixels are numbers of colours; ImageJ and Zeiss store a display table beside real intensities."""
    return (
        int(page.photometric) == _PALETTE
        and page.colormap is not None
        and found.dtype.name == "uint8"
        and not page.parent.is_imagej
        and not page.parent.is_lsm
    )


_READ: dict[str, Callable[[Path, ImageRecord, int], Pixels]] = {
    "OME-TIFF": _ome,
    "ImageJ TIFF": _imagej,
    "TIFF": _plain,
}
