"""The error of a file that cannot be read as an image, and what it says was found."""

from __future__ import annotations

from rembi_widgets.errors import RembiError

SHOWN = 4
"""Bytes of a file's beginning that a message shows."""


class UnreadableImageError(RembiError):
    """A file is no image of a format read here, or is cut short, or makes claims that cannot be true."""


def first_bytes(head: bytes) -> str:
    r"""Give the first bytes of a file for a message.

    >>> first_bytes(b"II*\x00abc")
    '49 49 2a 00 (II*.)'
    """
    shown = head[:SHOWN]
    seen = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in shown)  # noqa: PLR2004 - printable ASCII
    return f"{shown.hex(' ')} ({seen})" if shown else "-"
