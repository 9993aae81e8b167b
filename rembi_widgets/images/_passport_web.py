"""Microscope files over HTTP, and the copy kept of each for days without a network.

They are asked for by ``Web``, with its limits and its care for private addresses. ``REMBI_OFFLINE=1`` asks nobody;
``REMBI_CACHE`` names the folder for copies.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._passport import PassportError

OFFLINE, CACHE = "REMBI_OFFLINE", "REMBI_CACHE"
LARGEST = 16 * 2**20
"""Bytes of an answer."""
FRESH_S = 600.0
"""Seconds for which a copy stands for the file without asking again."""
REFUSED = frozenset({"images.web_scheme", "images.web_private"})
"""Addresses that are not asked at all: no copy stands for them."""


def is_address(where: str) -> bool:
    """Tell whether a place is an address and no folder."""
    return where.casefold().startswith(("http://", "https://"))


def fetch(url: str) -> bytes:
    """Give a file of the web, or the copy kept of it if it was just asked for, or cannot be reached.

    Raises
    ------
    PassportError
        If the address is refused, or there is neither an answer nor a copy.
    """
    kept, offline = _copy_of(url), os.environ.get(OFFLINE, "").casefold() not in {"", "0", "no", "false"}
    if kept.is_file() and (offline or 0 <= time.time() - kept.stat().st_mtime < FRESH_S):
        return kept.read_bytes()
    if offline:
        raise PassportError("microscopes.offline", url=url)
    try:
        data = _asked(url)
    except PassportError as fault:
        if fault.key in REFUSED or not kept.is_file():
            raise
        return kept.read_bytes()
    with suppress(OSError):  # a copy that cannot be kept costs time, nothing else
        _keep(kept, data)
    return data


def _asked(url: str) -> bytes:
    from rembi_widgets.images._web import Web

    try:
        with Web() as web:
            data = web.get(url, LARGEST)
    except UnreadableImageError as fault:
        if fault.key == "images.header_too_large":
            raise PassportError("microscopes.too_large", name=url, most=f"{LARGEST // 2**20} MB") from fault
        raise PassportError(fault.key, **fault.values) from fault
    if data is None:
        raise PassportError("microscopes.not_there", url=url)
    return data


def _copy_of(url: str) -> Path:
    named = os.environ.get(CACHE)
    if not named:
        import platformdirs

        named = platformdirs.user_cache_dir("rembi_widgets", appauthor=False)
    return Path(named) / "microscopes" / blake2b(url.encode(errors="surrogatepass"), digest_size=16).hexdigest()


def _keep(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    fresh.write_bytes(data)
    fresh.replace(place)
