"""Planes to a PNG: each channel's contrast stretched between two percentiles, then laid over one another in colour."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._pixels import Pixels

    Plane = NDArray[np.float32]

PALETTE = ("#3A6BFF", "#39D353", "#E83FD1", "#FFB020", "#20D6E8", "#FF4D4D")
"""Colours of channels whose header names none."""
WHITE = "#FFFFFF"
PERCENTILES = (1.0, 99.8)
"""What becomes black and what becomes bright: a few hot pixels must not darken all others."""


@dataclass(frozen=True, slots=True)
class Look:
    """How planes are shown.

    Attributes
    ----------
    channels
        Those that are shown, from 0; ``None``: all.
    coloured
        Whether in their colours, else in grey.
    percentiles
        What becomes black and what becomes bright, for each channel by itself.
    ranges
        Percentiles of single channels, by their place from 0; the others have ``percentiles``.
    """

    channels: frozenset[int] | None = None
    coloured: bool = True
    percentiles: tuple[float, float] = PERCENTILES
    ranges: Mapping[int, tuple[float, float]] = field(default_factory=dict)

    def range_of(self, channel: int) -> tuple[float, float]:
        """Give the percentiles of a channel."""
        return self.ranges.get(channel, self.percentiles)


def render(pixels: Pixels, record: ImageRecord, size: int, look: Look | None = None) -> bytes:
    """Give the planes as PNG of at most ``size`` pixels on the longer side."""
    look = look or Look()
    first = pixels.planes[0]
    if first.ndim == 3:  # noqa: PLR2004 - y, x, colour
        return _png(_photo(first), size)
    given = pixels.colours or tuple(channel.color_hex for channel in record.channels)
    colours = colours_for(given, len(pixels.planes)) if look.coloured else (WHITE,) * len(pixels.planes)
    shown = [place for place in range(len(colours)) if look.channels is None or place in look.channels]
    layers = [Layer(pixels.planes[place], colours[place], look.range_of(place)) for place in shown]
    return _png(_overlay(layers or [Layer(first * 0, WHITE)], size), size)


def colours_for(colours: Sequence[str | None], count: int) -> tuple[str, ...]:
    """Give a colour for each channel: the header's, else the palette's; one channel alone is grey.

    Channels that all bear the same colour (OME's default is white) would not be told apart, and take the palette's.
    """
    given = [*colours, *(None for _ in range(count))][:count]
    if count == 1:
        return (given[0] or WHITE,)
    if len({colour for colour in given if colour}) <= 1:
        given = [None] * count
    return tuple(colour or PALETTE[place % len(PALETTE)] for place, colour in enumerate(given))


class Layer(NamedTuple):
    """A channel that is shown: its plane, its colour, and the percentiles that become black and bright."""

    plane: NDArray[Any]
    colour: str
    percentiles: tuple[float, float] = PERCENTILES


def _overlay(layers: Sequence[Layer], size: int) -> NDArray[np.uint8]:
    import numpy as np

    total: Any = 0
    for plane, colour, percentiles in layers:
        light = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], dtype=np.float32)
        total = total + _stretched(_small(plane, size), percentiles)[..., None] * light
    picture: NDArray[np.uint8] = np.clip(total, 0, 255).astype(np.uint8)
    return picture


def _small(plane: NDArray[Any], size: int) -> Plane:
    """Make a plane small by averaging."""
    import numpy as np
    from PIL import Image

    real = np.abs(plane) if np.iscomplexobj(plane) else plane
    clean = np.nan_to_num(real.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    wanted = _fitting(clean.shape[1], clean.shape[0], size)
    if wanted == (clean.shape[1], clean.shape[0]):
        return clean
    return np.asarray(Image.fromarray(clean).resize(wanted, Image.Resampling.BOX))


def _stretched(plane: Plane, percentiles: tuple[float, float]) -> Plane:
    """Stretch a plane to 0..1; one without contrast stays dark if it is empty, else bright."""
    import numpy as np

    low, high = np.percentile(plane, percentiles)
    if high <= low:
        low, high = float(plane.min()), float(plane.max())
    if high <= low:
        return np.full(plane.shape, 0.0 if high <= 0 else 1.0, dtype=np.float32)
    stretched: Plane = np.clip((plane - low) / (high - low), 0, 1).astype(np.float32)
    return stretched


def _photo(plane: NDArray[Any]) -> NDArray[np.uint8]:
    """Give a picture in red, green and blue as it is; deeper than 8 bits, with its brightest value as white."""
    import numpy as np

    if plane.dtype == np.uint8:
        return plane
    values = np.nan_to_num(plane.astype(np.float32))
    top = float(np.percentile(values, PERCENTILES[1])) or float(values.max()) or 1.0
    picture: NDArray[np.uint8] = np.clip(values * (255 / top), 0, 255).astype(np.uint8)
    return picture


def _fitting(width: int, height: int, size: int) -> tuple[int, int]:
    longest = max(width, height)
    if longest <= size:
        return width, height
    return max(1, round(width * size / longest)), max(1, round(height * size / longest))


def _png(picture: NDArray[np.uint8], size: int) -> bytes:
    from PIL import Image

    shown: Image.Image = Image.fromarray(picture)
    wanted = _fitting(shown.width, shown.height, size)
    if wanted != shown.size:
        shown = shown.resize(wanted, Image.Resampling.BOX)
    held = io.BytesIO()
    shown.save(held, "PNG")
    return held.getvalue()
