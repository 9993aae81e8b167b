"""One file over HTTP: limits of time and size, no private address when served to others, a copy for days without.

Settings: ``REMBI_OFFLINE=1`` asks nobody; ``REMBI_SERVED=1`` refuses addresses of the private network, as a page that
is served to others must not reach into it; ``REMBI_CACHE`` names the folder for copies.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from rembi_widgets.images._passport import PassportError

if TYPE_CHECKING:
    from collections.abc import Callable

OFFLINE, SERVED, CACHE = "REMBI_OFFLINE", "REMBI_SERVED", "REMBI_CACHE"
LARGEST = 16 * 2**20
"""Bytes of an answer."""
PATIENCE_S, WHOLE_S = 5.0, 15.0
"""Seconds: between two pieces of an answer, and for all of it."""
FRESH_S = 600.0
"""Seconds for which a copy stands for the file without asking again."""
REDIRECTS = 3
CHUNK = 65536
OK, MOVED = 200, frozenset({301, 302, 303, 307, 308})


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
    _checked(url)
    kept = _copy_of(url)
    if kept.is_file() and (_set(OFFLINE) or 0 <= time.time() - kept.stat().st_mtime < FRESH_S):
        return kept.read_bytes()
    if _set(OFFLINE):
        raise PassportError("microscopes.offline", url=url)
    try:
        data = _asked(url)
    except _UnreachableError:
        if not kept.is_file():
            raise
        return kept.read_bytes()
    with suppress(OSError):  # a copy that cannot be kept costs time, nothing else
        _keep(kept, data)
    return data


class _UnreachableError(PassportError):
    """No answer, or none that is the file."""


def _set(name: str) -> bool:
    return os.environ.get(name, "").casefold() not in {"", "0", "no", "false"}


def _copy_of(url: str) -> Path:
    named = os.environ.get(CACHE)
    if not named:
        import platformdirs

        named = platformdirs.user_cache_dir("rembi_widgets", appauthor=False)
    return Path(named) / "microscopes" / blake2b(url.encode(), digest_size=16).hexdigest()


def _keep(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    fresh.write_bytes(data)
    fresh.replace(place)


def _checked(url: str) -> None:
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username and parts.port != 0
    except ValueError:
        good = False
    if not good or not url.isascii() or any(letter.isspace() for letter in url):
        raise PassportError("microscopes.bad_address", url=url[:200])


def _asked(url: str) -> bytes:
    """Ask, and follow a few redirects; none from https to http."""
    import http.client

    until = time.monotonic() + WHOLE_S
    for _ in range(REDIRECTS + 1):
        try:
            answer, data = _once(url, until)
        except PassportError:
            raise
        except (OSError, http.client.HTTPException, ValueError) as fault:
            reason = "timeout" if isinstance(fault, TimeoutError) else str(fault) or type(fault).__name__
            raise _UnreachableError("microscopes.unreachable", url=url, reason=reason[:200]) from None
        if answer.status == OK:
            return data
        led = answer.getheader("Location")
        if answer.status not in MOVED or not led:
            raise _UnreachableError("microscopes.unreachable", url=url, reason=f"HTTP {answer.status}")
        led = urljoin(url, led)
        _checked(led)
        if url.startswith("https:") and not led.startswith("https:"):
            raise PassportError("microscopes.bad_address", url=led[:200])
        url = led
    raise _UnreachableError("microscopes.unreachable", url=url, reason="HTTP 3xx")


def _once(url: str, until: float) -> tuple[Any, bytes]:
    import http.client

    parts = urlsplit(url)
    kind: Callable[..., http.client.HTTPConnection] = (
        http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    )
    connection = kind(parts.hostname or "", parts.port, timeout=PATIENCE_S)
    connection._create_connection = _reach  # type: ignore[attr-defined]  # noqa: SLF001 - the address that is truly reached is looked at
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers={"User-Agent": "rembi-widgets", "Accept": "*/*"})
        answer = connection.getresponse()
        data = _body(answer, until, url) if answer.status == OK else b""
    finally:
        connection.close()
    return answer, data


def _reach(address: tuple[str, int], *given: Any, **named: Any) -> Any:
    """Connect to the first address of a host that may be asked: looked at before, so that nothing else is touched."""
    import socket
    from ipaddress import ip_address

    host, port = address
    fault: OSError = OSError("no address")
    for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if _set(SERVED) and not ip_address(str(place[0]).partition("%")[0]).is_global:
            raise PassportError("microscopes.private_address", host=host)
        try:
            return socket.create_connection((str(place[0]), port), *given, **named)
        except OSError as refused:
            fault = refused
    raise fault


def _body(answer: Any, until: float, url: str) -> bytes:
    pieces, size = [], 0
    while piece := answer.read1(CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST:
            raise PassportError("microscopes.too_large", name=url, most=f"{LARGEST // 2**20} MB")
        if time.monotonic() > until:
            raise TimeoutError
    promised = answer.getheader("Content-Length") or ""
    if promised.isdigit() and size < int(promised):
        msg = f"{size} < {promised}"
        raise ValueError(msg)
    return b"".join(pieces)
