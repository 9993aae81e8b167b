"""``python -m tests.binder ENVS``: prove Binder, and print what at its heaviest a session on the demo weighs."""

from __future__ import annotations

import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.binder.environment import ROOT, Place, made
from tests.browser.conftest import ARGUMENTS, answers, chromium_path, free_port, kill_tree, wait_until

MOST_MB = 400
"""What a session may weigh: server, kernel and the process that reads images; pages that they share count once."""
START_S = 120
TITLE = "Written on Binder"
BASE = "/user/xyz/"
APP, LAB = "voila/render/notebooks/app/rembi.ipynb", "lab/tree/notebooks/1-first-curation.ipynb"
"""What the README's two badges open."""


@dataclass(frozen=True)
class Server:
    """A running server."""

    process: psutil.Process
    root: str
    token: str
    data: Path

    def url(self, path: str) -> str:
        return f"{self.root}{path}?token={self.token}"

    def family(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]

    def megabytes(self) -> dict[str, float]:
        """Give what each process weighs: shared pages are divided among those that share them."""
        found = {}
        for one in self.family():
            with suppress(psutil.NoSuchProcess):
                found[f"{one.pid} {_name(one)}"] = one.memory_full_info().pss / 1e6
        return found

    def saved(self) -> str:
        journals = self.data.glob("rembi-demo-*/nuclear-shape/.rembi/journal/*.ndjson")
        return "\n".join(path.read_text(encoding="utf-8") for path in journals)


def _name(process: psutil.Process) -> str:
    words = " ".join(process.cmdline())
    return "kernel" if "ipykernel" in words else "server" if "jupyter" in words else "reading the images"


@contextmanager
def weighing(server: Server) -> Iterator[list[dict[str, float]]]:
    """Weigh the session four times a second until the block ends; give the heaviest moment."""
    heaviest: list[dict[str, float]] = [server.megabytes()]
    done = threading.Event()

    def weigh() -> None:
        while not done.wait(0.25):
            now = server.megabytes()
            if sum(now.values()) > sum(heaviest[0].values()):
                heaviest[0] = now

    thread = threading.Thread(target=weigh)
    thread.start()
    try:
        yield heaviest
    finally:
        done.set()
        thread.join()


def badges() -> None:
    """Hold that the README's badges open what is proven here."""
    opened = re.findall(r"mybinder\.org/v2/[^)?]+\?urlpath=([^)]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert opened == [APP, LAB], opened


@contextmanager
def serving(place: Place, work: Path) -> Iterator[Server]:
    """Start the server as Binder does: in the checkout, under a base address, with a token."""
    port, token = free_port(), secrets.token_hex(16)
    checkout, data = Path(shutil.copytree(ROOT / "notebooks", work / "repo" / "notebooks")).parent, work / "tmp"
    data.mkdir()
    options = [
        "--ip=127.0.0.1",
        f"--port={port}",
        f"--ServerApp.base_url={BASE}",
        f"--IdentityProvider.token={token}",
        "--ServerApp.trust_xheaders=True",
        "--ServerApp.port_retries=0",
        "--no-browser",
        "--allow-root",
    ]
    command = [place.program("jupyter"), "lab", *options]
    log = work / "server.log"
    with log.open("w") as told:
        variables = {**place.variables(), "TMPDIR": str(data)}
        process = subprocess.Popen(
            command, cwd=checkout, env=variables, text=True, stdout=told, stderr=subprocess.STDOUT
        )
        try:
            until = time.monotonic() + START_S
            root = f"http://127.0.0.1:{port}{BASE}"
            while not answers(f"{root}api"):
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < until, log.read_text()
                time.sleep(0.2)
            yield Server(psutil.Process(process.pid), root, token, data)
        except BaseException:
            sys.stderr.write(log.read_text()[-4000:])
            raise
        finally:
            kill_tree(process)


def check_answers(server: Server) -> None:
    """Hold that Lab answers under the base address, and that nothing answers without the token."""
    with urllib.request.urlopen(server.url(LAB), timeout=60) as answer:
        assert answer.status == 200
        assert f'"baseUrl": "{BASE}"' in answer.read().decode()
    with urllib.request.urlopen(f"{server.root}{APP}", timeout=60) as answer:
        assert "/login" in answer.url


def curate(page: Page, server: Server) -> None:
    """Open the app, make the demo, wait for its images, and save one edit."""
    page.goto(server.url(APP))
    view = page.locator(".rw").first
    expect(view.get_by_role("heading", level=1)).to_be_visible(timeout=START_S * 1000)
    view.get_by_text("Try it on our demo").click()
    view.get_by_role("button", name="Make the demo").click()
    expect(view.locator(".rw-thumb img").first).to_be_visible(timeout=START_S * 1000)
    field = title_of(view)
    field.fill(TITLE)
    field.press("Tab")
    wait_until(lambda: TITLE in server.saved(), 30)


def title_of(view: Locator) -> Locator:
    view.get_by_role("button", name=re.compile(r"^study\b(?! component)", re.IGNORECASE)).first.click()
    field = view.get_by_role("textbox", name="Title", exact=True).first
    expect(field).to_be_visible(timeout=30_000)
    return field


def prove(envs: Path) -> float:
    """Prove it all, and give what a session weighs in MB."""
    badges()
    place = made(envs)
    with tempfile.TemporaryDirectory() as work, serving(place, Path(work)) as server, sync_playwright() as playwright:
        check_answers(server)
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
        outside: list[str] = []
        page.on("request", lambda asked: outside.append(asked.url) if not _is_inside(asked.url, server) else None)
        with weighing(server) as heaviest:
            curate(page, server)
        browser.close()
    assert not outside, f"the page asked outside its base address: {outside[:3]}"
    for name, weight in sorted(heaviest[0].items()):
        sys.stderr.write(f"  {name}: {weight:.0f} MB\n")
    return sum(heaviest[0].values())


def _is_inside(url: str, server: Server) -> bool:
    return url.startswith((server.root, "data:", "blob:"))


def main(envs: Path) -> int:
    began = time.monotonic()
    total = prove(envs.resolve())
    took = time.monotonic() - began
    sys.stderr.write(
        f"Binder: at its heaviest a session on the demo weighs {total:.0f} MB of {MOST_MB}; {took:.0f} s\n"
    )
    return int(total > MOST_MB)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".ci" / "envs"))
