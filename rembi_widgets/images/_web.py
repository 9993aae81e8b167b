"""Small files by HTTP and HTTPS, with the standard library alone: few requests, and none that could do harm.

Only ``http`` and ``https`` are spoken, without names or passwords in the address. A name is resolved once, its
addresses are looked at, and the connection goes to the very address that was looked at: a name cannot lead elsewhere
the second time. Where the app is served to others, addresses that are not public (loopback, private networks, link
local, cloud metadata) are refused, behind a redirect too. Time, size and number of redirects are limited.
"""

from __future__ import annotations

import http.client
import ipaddress
import os
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from rembi_widgets.images._errors import UnreadableImageError

if TYPE_CHECKING:
    from collections.abc import Callable

    Resolver = Callable[[str, int], list[str]]

REDIRECTS = 3
"""Redirects followed for one file."""
TIME_S = 10.0
"""Seconds that one file may take, from the first byte sent to the last one read."""
ALL_S = 60.0
"""Seconds that all files of one image store may take."""
PIECE = 65536
PORTS = {"http": 80, "https": 443}
_MOVED = frozenset({301, 302, 303, 307, 308})
_OK, _ABSENT = 200, frozenset({403, 404, 410})
"""S3 answers 403 for a file that is not there if it may not be listed."""
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1", ""})


def allows_private() -> bool:
    """Tell whether addresses that are not public may be read.

    ``REMBI_PRIVATE_ADDRESSES`` says ``allow`` or ``refuse``. Without it they may, unless Voilà serves this process to
    others than the machine it runs on.
    """
    said = os.environ.get("REMBI_PRIVATE_ADDRESSES", "").casefold()
    if said in {"allow", "refuse"}:
        return said == "allow"
    served = os.environ.get("SERVER_SOFTWARE", "").casefold().startswith("voila")
    return not served or os.environ.get("SERVER_NAME", "").casefold() in _LOCAL


def resolve(host: str, port: int) -> list[str]:
    """Give the addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass
class Web:
    """Reads files by HTTP and HTTPS; connections are kept open from file to file.

    Attributes
    ----------
    private
        Whether addresses that are not public may be read.
    resolver
        Gives the addresses of a host.
    requests
        How many requests were sent.
    """

    private: bool = field(default_factory=allows_private)
    resolver: Resolver = resolve
    time_s: float = TIME_S
    all_s: float = ALL_S
    requests: int = 0
    _open: dict[tuple[str, str, int], http.client.HTTPConnection] = field(default_factory=dict)
    _until: float = 0.0

    def get(self, url: str, limit: int) -> bytes | None:
        """Give a file's bytes; ``None`` if there is no such file.

        Raises
        ------
        UnreadableImageError
            If the address is refused, or the server cannot be reached, fails, is too slow, or sends too much.
        """
        self._until = self._until or time.monotonic() + self.all_s
        for _ in range(REDIRECTS + 1):
            parts = self._checked(url)
            status, moved, data = self._fetch(parts, url, limit)
            if status in _MOVED and moved:
                target = urljoin(url, moved)
                if parts.scheme == "https" and not target.startswith("https:"):
                    raise UnreadableImageError("images.web_scheme", url=_shown(target))
                url = target
                continue
            if status == _OK:
                return data
            if status in _ABSENT:
                return None
            raise UnreadableImageError("images.web_status", url=_shown(url), status=status)
        raise UnreadableImageError("images.web_redirects", url=_shown(url), limit=REDIRECTS)

    def close(self) -> None:
        """Close the connections."""
        for connection in self._open.values():
            connection.close()
        self._open.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _checked(self, url: str) -> SplitResult:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as fault:
            raise UnreadableImageError("images.web_scheme", url=_shown(url)) from fault
        if not url.isascii() or any(letter.isspace() for letter in url):  # to be written as %20 and the like
            raise UnreadableImageError("images.web_scheme", url=_shown(url))
        if parts.scheme not in PORTS or not parts.hostname or parts.username is not None or port == 0:
            raise UnreadableImageError("images.web_scheme", url=_shown(url))
        return parts

    def _fetch(self, parts: SplitResult, url: str, limit: int) -> tuple[int, str | None, bytes]:
        """Ask for a file once; once more where a connection kept open was closed meanwhile."""
        host = parts.hostname or ""
        place = (parts.scheme, host, parts.port or PORTS[parts.scheme])
        if place in self._open:
            with suppress(http.client.HTTPException, OSError):
                return self._asked(self._open[place], parts, url, limit)
            self._drop(place)
        try:
            connection = self._open[place] = self._connect(*place)
            return self._asked(connection, parts, url, limit)
        except (http.client.HTTPException, OSError, ValueError) as fault:
            self._drop(place)
            if isinstance(fault, TimeoutError):
                raise UnreadableImageError("images.web_slow", url=_shown(url), seconds=f"{self.time_s:g}") from fault
            reason = str(fault)[:200] or type(fault).__name__
            raise UnreadableImageError("images.web_unreachable", url=_shown(url), reason=reason) from fault

    def _drop(self, place: tuple[str, str, int]) -> None:
        connection = self._open.pop(place, None)
        if connection is not None:
            connection.close()

    def _connect(self, scheme: str, host: str, port: int) -> http.client.HTTPConnection:
        """Connect to the first address of a host that is allowed and answers."""
        found = self.resolver(host, port)
        if not self.private and not all(map(is_public, found)):
            raise UnreadableImageError("images.web_private", host=host)
        fault: OSError = OSError(host)
        for address in found:
            try:
                plain = socket.create_connection((address, port), timeout=self._left())
            except OSError as refused:
                fault = refused
                continue
            connection = http.client.HTTPConnection(host, port, timeout=self.time_s)
            connection.auto_open = 0  # it would look the name up again
            connection.sock = _secured(plain, host) if scheme == "https" else plain
            return connection
        raise fault

    def _left(self) -> float:
        left = min(self.time_s, self._until - time.monotonic())
        if left <= 0:
            raise TimeoutError
        return left

    def _asked(
        self, connection: http.client.HTTPConnection, parts: SplitResult, url: str, limit: int
    ) -> tuple[int, str | None, bytes]:
        left = self._left()
        late = threading.Event()
        clock = threading.Timer(left, _end, (connection.sock, late))
        clock.daemon = True
        clock.start()
        try:
            self.requests += 1
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", target, headers={"Accept-Encoding": "identity", "User-Agent": "rembi-widgets"})
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location"), _body(answer, url, limit)
        except (http.client.HTTPException, OSError, ValueError) as fault:
            if late.is_set():
                raise TimeoutError from fault
            raise
        finally:
            clock.cancel()


def _body(answer: http.client.HTTPResponse, url: str, limit: int) -> bytes:
    """Give what a server sends, if it is not more than asked for."""
    pieces: list[bytes] = []
    length = 0
    while piece := answer.read1(PIECE):
        length += len(piece)
        if length > limit:
            raise UnreadableImageError(
                "images.header_too_large", name=_shown(url), size_mb=length >> 20, limit_mb=limit >> 20
            )
        pieces.append(piece)
    if answer.length:  # it ended before what it had promised
        raise http.client.IncompleteRead(b"", answer.length)
    answer.close()  # lets the connection take the next request
    return b"".join(pieces)


def _end(sock: socket.socket, late: threading.Event) -> None:
    """End a connection whose time is over: a server that sends a byte now and then would never let go."""
    late.set()
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _secured(plain: socket.socket, host: str) -> socket.socket:
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise


def is_public(address: str) -> bool:
    """Tell whether an address can be reached by everybody.

    >>> is_public("8.8.8.8"), is_public("10.0.0.1"), is_public("::ffff:127.0.0.1"), is_public("169.254.169.254")
    (True, False, False, False)
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is not None:
            return is_public(str(inner))
        if found in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return found.is_global and not found.is_multicast and not found.is_reserved


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def below(url: str, path: str) -> str:
    """Give the address of a file below another one; a query, as signed addresses have, stays.

    >>> below("https://h.org/a.zarr/?key=1", "0/.zarray")
    'https://h.org/a.zarr/0/.zarray?key=1'
    """
    parts = urlsplit(url)
    return parts._replace(path=f"{parts.path.rstrip('/')}/{quote(path)}", fragment="").geturl()


def _shown(url: str) -> str:
    """Give an address for a message, without names, passwords and keys."""
    scheme, mark, rest = url.partition("?")[0].partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path}"[:200]
