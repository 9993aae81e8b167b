"""Pixels for a preview: the planes of an image, already thinned, with the limit of what may be decoded."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._errors import UnreadableImageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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


_NOTHING: Mapping[str, float] = MappingProxyType({})
_WANTED: ContextVar[Mapping[str, float]] = ContextVar("wanted", default=_NOTHING)
"""The plane that a viewer asks for, as a share of each axis, and ``limit``; none for a preview."""


@contextmanager
def looking_at(*, z: float | None = None, t: float | None = None, limit: int | None = None) -> Iterator[None]:
    """Have readers give another plane than the middle one, or decode more than ``LIMIT``.

    Parameters
    ----------
    z, t
        Place along the axis, as a share of its length: smaller copies of an image may have fewer planes.
    limit
        Bytes that one plane may take.
    """
    said = {"Z": z, "T": t, "limit": limit}
    token = _WANTED.set({axis: place for axis, place in said.items() if place is not None})
    try:
        yield
    finally:
        _WANTED.reset(token)


def place_of(axis: str, length: int) -> int:
    """Give which plane of an axis is wanted: the middle one, unless a viewer asks for another.

    >>> place_of("Z", 5)
    2
    """
    share = _WANTED.get().get(axis)
    return length // 2 if share is None else max(0, min(length - 1, int(share * length)))


def stride_for(width: int, height: int, size: int) -> int:
    """Give every how many pixels one is kept."""
    return max(1, max(width, height) // (OVERSAMPLED * size))


def allow(name: str, needed: int, limit: int | None = None) -> None:
    """Refuse to decode what is too large.

    Raises
    ------
    UnreadableImageError
        If more bytes are needed than allowed.
    """
    limit = int(_WANTED.get().get("limit", LIMIT)) if limit is None else limit
    if needed > limit:
        values = {"name": name, "size_mb": needed >> 20, "limit_mb": limit >> 20}
        raise UnreadableImageError("images.no_preview.too_large", **values)
