"""One question over HTTP with limits: time, size, redirects, and where these may lead.

Standard library alone. A proxy named in the environment is used, as institutes want.
"""

from __future__ import annotations

import http.client
import socket
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rembi_widgets.errors import RembiError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from http.client import HTTPMessage
    from typing import IO, Any

CHUNK = 1 << 16
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how large an answer may be.

    Attributes
    ----------
    connect, read, whole
        Seconds: to reach the server, between two pieces of its answer, and for all of it.
    most_bytes
        Of the answer.
    redirects
        How many are followed.
    hosts
        Where they may lead beside the host that was asked.
    """

    connect: float = 3.0
    read: float = 6.0
    whole: float = 12.0
    most_bytes: int = 1 << 20
    redirects: int = 3
    hosts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server said: its status, its headers with names in lower case, and the address that answered."""

    status: int
    url: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class HttpError(RembiError):
    """A server could not be reached, or said something that goes beyond the limits."""


def get(
    url: str,
    *,
    limits: Limits,
    headers: Mapping[str, str] | None = None,
    write: Callable[[bytes], object] | None = None,
) -> Reply:
    """Ask a server.

    Parameters
    ----------
    write
        Is given the body of an answer of status 200 piece by piece; without it the body is in the reply.

    Raises
    ------
    HttpError
        If the address is refused, the server cannot be reached, or a limit is passed.
    """
    _checked(url)
    opener = urllib.request.build_opener(_Redirects(limits, url), *_handlers(limits))
    request = urllib.request.Request(url, headers={"User-Agent": agent(), **(headers or {})})  # noqa: S310 - checked
    until = time.monotonic() + limits.whole
    try:
        with _opened(opener, request, limits) as answer:
            pieces: list[bytes] = []
            _read(answer, until, limits, write if write and answer.status == http.client.OK else pieces.append)
            named = {name.lower(): value for name, value in answer.headers.items()}
            return Reply(answer.status, answer.url, b"".join(pieces), named)
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise HttpError("vocabulary.unreachable", host=host_of(url), reason=_reason(fault)) from None


def agent() -> str:
    """Give the name this program asks under."""
    from rembi_widgets import __version__

    return f"rembi-widgets/{__version__} (+https://github.com/rembi-widgets/rembi_widgets)"


def host_of(url: str) -> str:
    """Give the host of an address, or the address itself where there is none."""
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


def _opened(opener: urllib.request.OpenerDirector, request: urllib.request.Request, limits: Limits) -> Any:
    try:
        return opener.open(request, timeout=limits.connect)
    except urllib.error.HTTPError as answer:  # 304, 429, 503 ... are answers too
        if answer.fp is None:
            raise
        return answer


def _read(answer: Any, until: float, limits: Limits, write: Callable[[bytes], object]) -> None:
    promised = answer.headers.get("Content-Length")
    size = 0
    while piece := answer.read1(CHUNK) if hasattr(answer, "read1") else answer.read(CHUNK):
        size += len(piece)
        if size > limits.most_bytes:
            raise HttpError("vocabulary.too_large", host=host_of(answer.url), most=limits.most_bytes)
        if time.monotonic() > until:
            raise TimeoutError
        write(piece)
    if promised and promised.isdigit() and size < int(promised):
        raise http.client.IncompleteRead(b"", int(promised) - size)


def _checked(url: str) -> None:
    try:
        parts = urlsplit(url)
        allowed = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        good = allowed and bool(parts.hostname) and not parts.username and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise HttpError("vocabulary.bad_address", url=url[:200])


def _reason(fault: Exception) -> str:
    inner = fault.reason if isinstance(fault, urllib.error.URLError) and not isinstance(fault.reason, str) else fault
    if isinstance(inner, TimeoutError):
        return "timeout"
    return (str(inner) or type(inner).__name__)[:200]


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to the same or a known host, never from https to http, and not too often."""

    def __init__(self, limits: Limits, url: str) -> None:
        self._left = limits.redirects
        self._hosts = {host_of(url), *limits.hosts}

    def redirect_request(  # noqa: PLR0917 - the shape of the standard library
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        """Give the request that a redirect leads to, if it may."""
        _checked(newurl)
        downgraded = req.full_url.startswith("https:") and not newurl.startswith("https:")
        self._left -= 1
        if downgraded or host_of(newurl) not in self._hosts or self._left < 0:
            raise HttpError("vocabulary.bad_address", url=newurl[:200])
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _handlers(limits: Limits) -> list[urllib.request.BaseHandler]:
    def patient(kind: type[http.client.HTTPConnection]) -> Callable[..., http.client.HTTPConnection]:
        def make(*args: Any, **options: Any) -> http.client.HTTPConnection:
            made = kind(*args, **options)
            reach = made.connect

            def connect() -> None:
                reach()
                if isinstance(made.sock, socket.socket):
                    made.sock.settimeout(limits.read)

            made.connect = connect  # type: ignore[method-assign]
            return made

        return make

    class Plain(urllib.request.HTTPHandler):
        def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(patient(http.client.HTTPConnection), req)

    class Secure(urllib.request.HTTPSHandler):
        def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(patient(http.client.HTTPSConnection), req)

    return [Plain(), Secure()]
