"""What typing costs with the online service dead, hanging, busy, or switched off; prints JSON.

``python benchmarks/bench_topup.py [SAMPLES]``. A keystroke is a search in the package's own vocabulary and, right after
it and without any rest between keystrokes, a question left with the top-up: more than any view asks. All beginnings, of
two letters and more, of the queries of the development set are typed. The service is a server on this machine, or a
port where nobody listens. Turns are interleaved, and each keystroke counts by its best turn.
"""

from __future__ import annotations

import csv
import json
import os
import socket
import statistics
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
ROUNDS = 5
EVERY = 4
"""One in so many beginnings is typed."""
BUSY = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def main() -> None:
    """Print what was measured, as JSON."""
    samples = Path(
        sys.argv[1] if len(sys.argv) > 1 else os.environ.get("REMBI_SAMPLES", ROOT.parent / "shared/samples")
    )
    with tempfile.TemporaryDirectory() as cache:
        os.environ["REMBI_CACHE"] = cache
        print(json.dumps(measured(typed(samples / "terms" / "benchmark_dev.tsv")), indent=1))


def typed(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["query"], row["field"]) for row in csv.DictReader(file, delimiter="\t")]
    return [(query[:end], field) for query, field in rows for end in range(2, len(query) + 1)][::EVERY]


def measured(keystrokes: list[tuple[str, str]]) -> dict[str, Any]:
    """Give the milliseconds of a keystroke by service: none, off, dead, hanging, busy."""
    from rembi_widgets.terms import search

    for query, field in keystrokes[:50]:
        search(query, field=field)
    with listening(None) as hanging, listening(BUSY) as busy:
        services = {"without": None, "off": "", "dead": "http://127.0.0.1:9/api", "hanging": hanging, "busy": busy}
        best: dict[str, list[list[float]]] = {name: [] for name in services}
        for _ in range(ROUNDS):
            for name, base in services.items():
                best[name].append(turn(keystrokes, base))
    figures = {name: summed([min(times) for times in zip(*turns, strict=True)]) for name, turns in best.items()}
    dead, without = figures["dead"], figures["without"]
    return {
        "keystrokes": len(keystrokes),
        "rounds": ROUNDS,
        "milliseconds": figures,
        "ask_microseconds": asking(),
        "dead_to_without": {key: round(dead[key] / without[key], 3) for key in ("p50", "p95")},
    }


def turn(keystrokes: list[tuple[str, str]], base: str | None) -> list[float]:
    """Type all keystrokes, and give the milliseconds of each."""
    from rembi_widgets.terms import search

    ask, close = asker(base)
    times = []
    for query, field in keystrokes:
        begin = time.perf_counter()
        search(query, field=field)
        ask(query, field)
        times.append((time.perf_counter() - begin) * 1000)
    close()
    return times


def asker(base: str | None) -> tuple[Callable[[str, str], object], Callable[[], object]]:
    """Give what leaves a question with a service, and what ends it; none for ``None``, one switched off for ``""``."""
    from rembi_widgets.terms import TopUp
    from rembi_widgets.terms._online import Client, Settings

    if base is None:
        return (lambda _query, _field: None), lambda: None
    top_up = TopUp(lambda _answer: None, client=Client(Settings(base or "http://127.0.0.1:9", on=bool(base))))
    return top_up.ask, top_up.close


def asking() -> dict[str, float]:
    """Give the microseconds that leaving a question takes."""
    ask, close = asker("http://127.0.0.1:9/api")
    times = []
    for number in range(5000):
        begin = time.perf_counter()
        ask(f"confocal {number}", "imaging_method")
        times.append((time.perf_counter() - begin) * 1e6)
    close()
    return summed(times)


def summed(times: list[float]) -> dict[str, float]:
    """Give percentiles of times, in their unit."""
    cuts = statistics.quantiles(times, n=100)
    return {
        "p50": round(cuts[49], 3),
        "p95": round(cuts[94], 3),
        "p99": round(cuts[98], 3),
        "max": round(max(times), 3),
    }


@contextmanager
def listening(answer: bytes | None) -> Iterator[str]:
    """Listen on this machine; say always the same, or never anything."""
    server = socket.create_server(("127.0.0.1", 0), backlog=64)
    held: list[socket.socket] = []

    def serve() -> None:
        """Take connections until the server is closed."""
        while True:
            try:
                taken, _ = server.accept()
            except OSError:
                return
            if answer is None:
                held.append(taken)
            else:
                taken.recv(65536)
                taken.sendall(answer)
                taken.close()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/api"
    finally:
        server.close()
        for taken in held:
            taken.close()


if __name__ == "__main__":
    main()
