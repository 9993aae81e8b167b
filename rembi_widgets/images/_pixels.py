"""Pixels for a preview: the planes of an image, already thinned, with the limit of what may be decoded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._errors import UnreadableImageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

LIMIT = 256 << 20
"""Bytes that one plane may take when it is decoded."""
SHOWN_CHANNELS = 6
"""Channels that are laid over one another; more would only make mud."""
OVERSAMPLED = 4
"""How many times the preview's side a plane keeps, before it is made small by averaging."""


@dataclass(frozen=True, slots=True)
class Pixels:
    """The planes of an image.

    Attributes
    ----------
    planes
        One array (y, x) a channel, or a single one (y, x, 3) in red, green and blue.
    colours
        ``#RRGGBB`` of each channel where the pixels' file knows them; the header's are used otherwise.
    """

    planes: tuple[NDArray[Any], ...]
    colours: tuple[str | None, ...] = ()


def stride_for(width: int, height: int, size: int) -> int:
    """Give every how many pixels one is kept."""
    return max(1, max(width, height) // (OVERSAMPLED * size))


def allow(name: str, needed: int, limit: int = LIMIT) -> None:
    """Refuse to decode what is too large.

    Raises
    ------
    UnreadableImageError
        If more bytes are needed than allowed.
    """
    if needed > limit:
        values = {"name": name, "size_mb": needed >> 20, "limit_mb": limit >> 20}
        raise UnreadableImageError("images.no_preview.too_large", **values)
