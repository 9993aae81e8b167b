"""A scripted curation, struck at random moments: kernel killed, server killed, disk full, tab closed.

At most the change in flight may be missing, and a person is told what was brought back. The moments come from a seed,
so that a failure can be looked at again.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from rembi_widgets.store import open_curation
from tests.browser.conftest import START_S, answers, free_port, kill_tree, wait_until
from tests.browser.test_writers import field, prepare, study_of

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

SEED = int(os.environ.get("REMBI_FAULT_SEED", "20251"))
FIELDS = {"Title": "title", "Description": "description", "Acknowledgements": "acknowledgements"}
SCRIPT = [(name, f"{name} {turn}") for turn in range(3) for name in FIELDS]
"""What is typed, one field after the other."""


class Server:
    """The app on one folder and one port, started again after it was killed."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.folder, self.log, self.port = folder, log, free_port()
        self.process: subprocess.Popen[str] | None = None
        self.url = ""

    def start(self) -> None:
        command = [sys.executable, "-m", "rembi_widgets", "app", str(self.folder), "--no-browser"]
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")])}
        with self.log.open("w") as told:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port)], env=env, text=True, stdout=told, stderr=subprocess.STDOUT
            )
        wait_until(lambda: answers(f"http://127.0.0.1:{self.port}/voila/static/"), START_S)
        [self.url] = [word for word in self.log.read_text().split() if word.startswith("http://127.0.0.1")][:1]

    def kill(self) -> None:
        """Kill the server and its kernels as a power cut does: nothing is written any more."""
        assert self.process is not None
        family = [*psutil.Process(self.process.pid).children(recursive=True), psutil.Process(self.process.pid)]
        for member in family:
            with suppress(psutil.NoSuchProcess):
                member.kill()
        psutil.wait_procs(family, timeout=10)
        self.process.wait(10)

    def stop(self) -> None:
        if self.process is not None:
            kill_tree(self.process)

    def kernel(self) -> psutil.Process:
        """Give the process that the page's sign of life names."""
        alive = sorted((self.folder / ".rembi" / "present").glob("*.json"), key=lambda path: path.stat().st_mtime)
        for path in reversed(alive):
            with suppress(psutil.NoSuchProcess, ValueError, KeyError):
                process = psutil.Process(json.loads(path.read_text())["process"])
                if process.is_running():
                    return process
        return pytest.fail("no kernel is there")


class Visitor:
    """A person in a browser who goes on after whatever happened."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self.context, self.server = context, server
        self.page: Page = self.arrive()

    def arrive(self) -> Page:
        self.page = self.context.new_page()
        self.page.goto(self.server.url)
        study_of(self.page)
        present = self.server.folder / ".rembi" / "present"
        wait_until(lambda: present.is_dir() and any(present.glob("*.json")))
        return self.page

    def leave(self) -> None:
        self.page.close(run_before_unload=False)

    def is_told(self) -> bool:
        return self.page.get_by_text(re.compile("^Welcome back")).is_visible()


def saved(folder: Path) -> dict[str, str]:
    study = open_curation(folder).record.study
    return {name: str(getattr(study, key) or "") for name, key in FIELDS.items()}


def strike_kernel(visitor: Visitor) -> None:
    visitor.server.kernel().kill()


def strike_server(visitor: Visitor) -> None:
    visitor.server.kill()


def strike_tab(visitor: Visitor) -> None:
    visitor.leave()


def recover_page(visitor: Visitor) -> None:
    with suppress(Exception):
        visitor.leave()
    visitor.arrive()


def recover_server(visitor: Visitor) -> None:
    with suppress(Exception):
        visitor.leave()
    visitor.server.start()
    visitor.arrive()


FAULTS = {
    "kernel": (strike_kernel, recover_page),
    "server": (strike_server, recover_server),
    "tab": (strike_tab, recover_page),
}


def test_at_most_the_change_in_flight_is_missing_and_it_is_told(
    chromium: Browser, demo_folder: Path, tmp_path: Path
) -> None:
    chance = random.Random(SEED)
    server = Server(prepare(demo_folder), tmp_path / "app.log")
    server.start()
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.set_default_timeout(START_S * 1000)
    try:
        visitor = Visitor(context, server)
        faults = dict(zip(sorted(chance.sample(range(1, len(SCRIPT)), len(FAULTS))), FAULTS, strict=True))
        expected = saved(demo_folder)
        for step, (name, text) in enumerate(SCRIPT):
            before = expected[name]
            field(visitor.page, name).fill(text)
            expected[name] = text
            if step in faults:
                visitor.page.wait_for_timeout(chance.randrange(0, 700))
                strike, recover = FAULTS[faults[step]]
                strike(visitor)
                held = saved(demo_folder)
                assert held[name] in {before, text}, (SEED, step, faults[step])
                recover(visitor)
                expect(field(visitor.page, name)).to_have_value(text, timeout=15_000)
                if held[name] != text:
                    assert visitor.is_told(), (SEED, step, faults[step])
                    expect(visitor.page.locator(".rw-banners")).to_contain_text(f"Restored: Study, {name}")
            wait_until(lambda: saved(demo_folder) == expected, 20)
    finally:
        context.close()
        server.stop()


@pytest.mark.skipif(not hasattr(psutil, "RLIMIT_FSIZE"), reason="only Linux limits what another process may write")
def test_a_full_disk_is_told_and_what_was_typed_is_written_once_there_is_room(
    chromium: Browser, demo_folder: Path, tmp_path: Path
) -> None:
    """The kernel's process is forbidden to make any file longer, as on a disk without room."""
    server = Server(prepare(demo_folder), tmp_path / "app.log")
    server.start()
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    try:
        visitor = Visitor(context, server)
        field(visitor.page, "Title").fill("Before the disk was full")
        wait_until(lambda: saved(demo_folder)["Title"] == "Before the disk was full")
        kernel = server.kernel()
        kernel.rlimit(psutil.RLIMIT_FSIZE, (1, psutil.RLIM_INFINITY))
        field(visitor.page, "Description").fill("While it was full")
        expect(visitor.page.get_by_role("alert")).to_contain_text("could not be written", timeout=10_000)
        assert saved(demo_folder) == {
            "Title": "Before the disk was full",
            "Description": "",
            "Acknowledgements": "",
        }
        expect(field(visitor.page, "Description")).to_have_value("While it was full")
        kernel.rlimit(psutil.RLIMIT_FSIZE, (psutil.RLIM_INFINITY, psutil.RLIM_INFINITY))
        wait_until(lambda: saved(demo_folder)["Description"] == "While it was full")
        expect(visitor.page.get_by_role("alert")).to_be_empty()
    finally:
        context.close()
        server.stop()
