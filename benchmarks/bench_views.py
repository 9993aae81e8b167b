"""Opening a section with 200 biosamples beside one with a single one: from the click to an input that takes text.

Two apps run side by side and are opened in turn, so that both meet the same machine; medians and their ratio are
printed.

    python benchmarks/bench_views.py
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from playwright.sync_api import sync_playwright

from rembi_widgets.store import open_curation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

TURNS = 15
BAR = 1.5
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OPEN = """async ([from, to]) => {
  const button = (name) => [...document.querySelectorAll(".rw-rail button, .rw-rail a")]
    .find((item) => item.textContent.trim().startsWith(name));
  const until = async (true_) => { while (!true_()) await new Promise(requestAnimationFrame); };
  button(from).click();
  await until(() => document.querySelector(".rw-main h1")?.textContent.trim().startsWith(from));
  await new Promise((resolve) => setTimeout(resolve, 250));
  const began = performance.now();
  button(to).click();
  await until(() => {
    if (!document.querySelector(".rw-main h1")?.textContent.trim().startsWith(to)) return false;
    const input = document.querySelector(".rw-main input.rw-input, .rw-main textarea");
    if (!input) return false;
    input.focus();
    return document.activeElement === input;
  });
  return performance.now() - began;
}"""


def dataset(folder: Path, biosamples: int) -> Path:
    """Make a curation of some biosamples, set up so that the app opens in its frame."""
    folder.mkdir()
    adding = [
        {"op": "add", "path": "/biosamples", "id": f"bs-{n}", "value": {"title": f"Sample {n}", "organism": ["Mus"]}}
        for n in range(biosamples)
    ]
    setup = [
        {"op": "set", "path": "/setup/imaging", "value": ["light"]},
        {"op": "set", "path": "/setup/targets", "value": ["isatab"]},
    ]
    with open_curation(folder) as curation:
        curation.edit([*setup, *adding])
    return folder


@contextmanager
def app(folder: Path) -> Iterator[str]:
    """Run the app on a folder, and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "rembi_widgets", "app", str(folder), "--no-browser", "--port", str(port)]
    log = folder.with_suffix(".log")
    root = Path(__file__).parent.parent
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), os.environ.get("PYTHONPATH", "")])}
    with log.open("w") as told:
        process = subprocess.Popen(command, stdout=told, stderr=subprocess.STDOUT, env=env)
        try:
            while "http://" not in log.read_text() or not _answers(f"http://127.0.0.1:{port}/voila/static/"):
                time.sleep(0.2)
            yield next(word for word in log.read_text().split() if word.startswith("http://"))
        finally:
            for member in [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]:
                member.terminate()
            process.wait(20)


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def opening(page: Page) -> float:
    """Give the milliseconds from the click on the section to a focused input."""
    return float(page.evaluate(OPEN, ["Specimen", "Biosample"]))


def main() -> int:
    """Measure, print the table, and tell by the status whether the bar is kept."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    with tempfile.TemporaryDirectory() as home, ExitStack() as stack:
        urls = {n: stack.enter_context(app(dataset(Path(home) / f"set{n}", n))) for n in (1, 200)}
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=chromium, args=ARGUMENTS)
        pages = {n: browser.new_page(viewport={"width": 1440, "height": 900}) for n in urls}
        for n, url in urls.items():
            pages[n].goto(url)
            pages[n].wait_for_selector(".rw-rail", timeout=90_000)
            opening(pages[n])
        times: dict[int, list[float]] = {n: [] for n in urls}
        for _ in range(TURNS):
            for n, page in pages.items():
                page.bring_to_front()
                times[n].append(opening(page))
        browser.close()
    few, many = statistics.median(times[1]), statistics.median(times[200])
    print(f"1 biosample     {few:6.1f} ms")
    print(f"200 biosamples  {many:6.1f} ms   x{many / few:.2f}   (bar x{BAR})")
    return int(many / few > BAR)


if __name__ == "__main__":
    sys.exit(main())
