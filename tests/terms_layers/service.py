"""A server on this machine that answers as it is told: the online service and the publishers, without a network."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class Said:
    """One answer: sent as it is, after a wait, and cut short if ``promised`` is more than there is."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0
    promised: int | None = None
    drip: float = 0.0


class Service(ThreadingHTTPServer):
    """Answers each question with the next of ``plan``, the last one again and again."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.plan: list[Said] = [Said(b"{}")]
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.under_way = 0
        self.most_under_way = 0
        self.lock = threading.Lock()
        self.stopping = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def query(self, number: int = -1) -> dict[str, str]:
        return {key: values[0] for key, values in parse_qs(urlsplit(self.asked[number][0]).query).items()}

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that hangs up is part of the plan."""


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        service = self.server
        with service.lock:
            service.asked.append((self.path, dict(self.headers)))
            said = service.plan.pop(0) if len(service.plan) > 1 else service.plan[0]
            service.under_way += 1
            service.most_under_way = max(service.most_under_way, service.under_way)
        try:
            service.stopping.wait(said.wait)
            self.answer(said)
        finally:
            with service.lock:
                service.under_way -= 1

    def answer(self, said: Said) -> None:
        self.send_response(said.status)
        for name, value in said.headers.items():
            self.send_header(name, value)
        if said.status != 304:
            self.send_header("Content-Length", str(said.promised or len(said.body)))
        self.end_headers()
        if said.drip:
            for letter in said.body:
                self.wfile.write(bytes([letter]))
                if self.server.stopping.wait(said.drip):
                    return
        else:
            self.wfile.write(said.body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[Service]:
    service = Service()
    thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.stopping.set()
        service.shutdown()
        service.server_close()
        thread.join()


def until(true: object, seconds: float = 10.0) -> None:
    """Wait until a function says yes; fail if it never does."""
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.005)
