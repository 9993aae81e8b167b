"""What a reader of a format is: the protocol behind which every format comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._source import Source


class Reader(Protocol):
    """A reader of one family of formats.

    Readers are asked in the order of ``READERS``; the first that matches reads.
    """

    @property
    def name(self) -> str:
        """The reader's name, as ``ImageRecord.reader`` gives it."""
        ...

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats it reads, as ``ImageRecord.format`` gives them."""
        ...

    @property
    def untested(self) -> tuple[str, ...]:
        """Those of its formats that no real file was at hand for; a scan says so."""
        ...

    def matches(self, head: bytes, path: Path) -> bool:
        """Tell from the first bytes (of a folder: none) whether this is a file for this reader.

        An extension alone never decides.
        """
        ...

    def read(self, source: Source) -> tuple[ImageRecord, ...]:
        """Give one record an image, from the header alone; the file is already open, read-only.

        Raises
        ------
        UnreadableImageError
            If the file is cut short, broken, or claims what cannot be true.
        """
        ...
