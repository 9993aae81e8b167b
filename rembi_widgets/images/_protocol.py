"""What a reader of a format is: the protocol behind which every format comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._source import Source


class Reader(Protocol):
    """A reader of one family of formats. Readers are asked in the order of ``READERS``; the first that matches reads.

    Attributes
    ----------
    name
        The reader's name, as ``ImageRecord.reader`` gives it.
    formats
        The formats it reads, as ``ImageRecord.format`` gives them.
    """

    name: str
    formats: tuple[str, ...]

    def matches(self, head: bytes, path: Path) -> bool:
        """Tell from the first bytes (of a folder: none) whether this is a file for this reader; never by extension alone."""
        ...

    def read(self, source: Source) -> tuple[ImageRecord, ...]:
        """Give one record an image, from the header alone.

        Raises
        ------
        UnreadableImageError
            If the file is cut short, broken, or claims what cannot be true.
        """
        ...
