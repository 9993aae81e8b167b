"""Pixels of PNG and JPEG, by Pillow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.images._pixels import OVERSAMPLED, Pixels, allow

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.images._imagerecord import ImageRecord

_DEEP = frozenset({"I", "F", "I;16", "I;16B", "I;16L", "I;16N"})
_KINDS = {"PNG": ("PNG",), "JPEG": ("JPEG", "MPO")}


def pixels(path: Path, record: ImageRecord, size: int) -> Pixels:
    """Give the pixels of a photograph, in colour if it has any."""
    import numpy as np
    from PIL import Image

    # 3 bytes a pixel keep within Pillow's own limit for decompression bombs as well
    allow(path.name, 3 * (record.size_x or 0) * (record.size_y or 0))
    with Image.open(path, formats=_KINDS[record.format]) as opened:
        opened.draft("RGB", (OVERSAMPLED * size, OVERSAMPLED * size))
        if opened.mode in _DEEP:
            return Pixels((np.asarray(opened).astype(np.float32),))
        if opened.mode in ("L", "1", "LA"):
            return Pixels((np.asarray(opened.convert("L")),))
        return Pixels((np.asarray(opened.convert("RGB")),))
