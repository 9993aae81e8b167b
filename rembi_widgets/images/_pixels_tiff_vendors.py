"""Pixels of the TIFFs of vendors: LSM, STK, Olympus SIS and Aperio SVS, by tifffile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.images._pixels import SHOWN_CHANNELS, Pixels, place_of
from rembi_widgets.images._pixels_tiff import decoded, fitting, mapped, plane_of
from rembi_widgets.images._sis import BLOCK, PAGES_LIMIT, TEXT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rembi_widgets.images._imagerecord import ImageRecord


def pixels(path: Path, record: ImageRecord, size: int) -> Pixels:
    """Give the middle plane of each channel."""
    return _READ[record.format](path, record, size)


def _levels(path: Path, _record: ImageRecord, size: int) -> Pixels:
    """Give the picture of a slide at the level that fits; its label and overview are other series."""
    import tifffile

    with tifffile.TiffFile(path) as opened:
        levels = [level.keyframe for level in opened.series[0].levels]
        return Pixels((plane_of(fitting(levels, size), path.name, size),))


def _lsm(path: Path, record: ImageRecord, size: int) -> Pixels:
    """Give the channels of an LSM, which one directory holds together for each plane; small copies lie between."""
    import tifffile

    with tifffile.TiffFile(path) as opened:
        pages: list[Any] = list(opened.series[0].pages)
        at = place_of("T", record.size_t or 1) * (record.size_z or 1) + place_of("Z", record.size_z or 1)
        page = pages[at if at < len(pages) else 0].aspage()
        if page.samplesperpixel == 1:
            return Pixels((plane_of(page, path.name, size),))
        whole = decoded(page, path.name, size)
        return Pixels(tuple(whole[..., channel] for channel in range(min(whole.shape[2], SHOWN_CHANNELS))))


def _stk(path: Path, record: ImageRecord, size: int) -> Pixels:
    """Give the planes of an STK, which lie one after the other behind one directory."""
    import tifffile

    with tifffile.TiffFile(path) as opened:
        first: Any = opened.pages[0]
        if not first.is_memmappable:
            return Pixels((plane_of(first, path.name, size),))
        middle = place_of("Z", record.size_z or 1) + place_of("T", record.size_t or 1)
        channels = min(record.size_c or 1, SHOWN_CHANNELS)
        return Pixels(tuple(mapped(first, size, middle + channel) for channel in range(channels)))


def _sis(path: Path, _record: ImageRecord, size: int) -> Pixels:
    """Give the page that has Olympus's tag; the others are copies in colour for showing."""
    import tifffile

    with tifffile.TiffFile(path) as opened:
        own = [page.aspage() for page in opened.pages[:PAGES_LIMIT] if {BLOCK, TEXT} & set(page.aspage().tags.keys())]
        return Pixels((plane_of(own[0], path.name, size),))


_READ: dict[str, Callable[[Path, ImageRecord, int], Pixels]] = {
    "LSM": _lsm,
    "STK": _stk,
    "SIS TIFF": _sis,
    "SVS": _levels,
}
