"""What an address on the web is; apart from what reads it, which loads what few need."""

from __future__ import annotations


def is_address(path: object) -> bool:
    """Tell whether a path is an address on the web.

    >>> is_address("https://h.org/a.zarr"), is_address("a.zarr")
    (True, False)
    """
    return isinstance(path, str) and path[:8].lower().startswith(("http://", "https://"))
