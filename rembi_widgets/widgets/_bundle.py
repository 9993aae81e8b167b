"""The built front end: a small loader that each view carries, and the bundle that a page fetches once."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from importlib.resources import files

from rembi_widgets.errors import RembiError


def _static(name: str) -> bytes:
    try:
        return files("rembi_widgets").joinpath("static", name).read_bytes()
    except OSError as fault:
        raise RembiError("ui.no_bundle") from fault


@cache
def loader() -> str:
    """Give the module that every view carries as its ``_esm``.

    Raises
    ------
    RembiError
        If the front end was not built: the package runs from a checkout that was never installed.
    """
    return _static("loader.js").decode()


@cache
def bundle() -> bytes:
    """Give the front end, gzip-compressed: code and styles of all views."""
    return gzip.compress(_static("rembi.js"), mtime=0)


@cache
def bundle_hash() -> str:
    """Give the name under which a page keeps the bundle, so that it asks for it once."""
    return hashlib.sha256(_static("rembi.js")).hexdigest()[:16]
