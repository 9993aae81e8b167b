"""The app and JupyterLab as a person sees them: real servers on this machine, in a real Chromium."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psutil
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

ROOT = Path(__file__).parent.parent.parent
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_S = 90
"""Seconds a server may take to answer: a first start on a busy machine compiles everything."""
HARMLESS = (
    "ResizeObserver loop",  # Chromium's note on a layout that settled one frame later
    "favicon.ico",
    "widget model not found",  # Voilà draws once before it has the kernel's models, and again when it has them
)
"""What the console may say; each with its reason."""


def chromium_path() -> str:
    """Give the browser: ``CHROMIUM``, else the one on PATH, else Debian's."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def kill_tree(process: subprocess.Popen[str]) -> None:
    """End a process with all that it started: kernels outlive their server otherwise."""
    try:
        family = [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]
    except psutil.NoSuchProcess:
        family = []
    for member in family:
        try:
            member.terminate()
        except psutil.NoSuchProcess:
            continue
    _, alive = psutil.wait_procs(family, timeout=10)
    for member in alive:
        member.kill()
    process.wait(10)


def answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=5).close()
    except urllib.error.HTTPError:
        return True  # it answers, if only that a token is wanted
    except OSError:
        return False
    return True


@contextmanager
def serving(command: list[str], url: str, *, log: Path, cwd: Path | None = None, **env: str) -> Iterator[Path]:
    """Run a server until the block ends; give its log once it answers."""
    whole = {
        "REMBI_OLS": "off",
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        **env,
    }
    with log.open("w") as told:
        process = subprocess.Popen(command, cwd=cwd, env=whole, text=True, stdout=told, stderr=subprocess.STDOUT)
        try:
            until = time.monotonic() + START_S
            while not answers(url):
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < until, log.read_text()
                time.sleep(0.2)
            yield log
        finally:
            kill_tree(process)


# -- the browser -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Give one headless Chromium for the tests of this folder; later ones count this process's children."""
    from playwright.sync_api import sync_playwright

    if not Path(chromium_path()).exists():
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say(f"no browser at {chromium_path()}: apt-get install chromium, or name one in CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """Give a visitor of its own: storage, cookies, downloads."""
    made = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB", accept_downloads=True)
    made.set_default_timeout(30_000)
    yield made
    made.close()


class Watch:
    """What a page asked for and what its console said."""

    def __init__(self) -> None:
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.allowed: list[str] = list(HARMLESS)

    def follow(self, page: Page) -> None:
        page.on("request", self._asked)
        page.on("console", self._said)
        page.on("pageerror", lambda fault: self._keep(f"uncaught: {fault}"))

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname != "127.0.0.1":
            self.outside.append(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._keep(f"{message.text} ({message.location.get('url', '')})")

    def _keep(self, fault: str) -> None:
        if not any(part in fault for part in self.allowed):
            self.errors.append(fault)

    def allow(self, *parts: str) -> None:
        """Let console errors pass that hold one of these: a test that provokes them names them."""
        self.allowed += parts


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fail a test whose page asks anyone outside this machine, or whose console has errors."""
    made = Watch()
    yield made
    assert made.outside == []
    assert made.errors == []


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Page:
    """Give a watched page."""
    made = context.new_page()
    watch.follow(made)
    return made


# -- the app -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def demo_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the demo dataset once; tests work on copies."""
    from rembi_widgets.app._demo import make_demo

    return make_demo(tmp_path_factory.mktemp("demo") / "nuclear-shape")


@pytest.fixture
def demo_folder(demo_master: Path, tmp_path: Path) -> Path:
    """Give a copy of the demo that a test may change."""
    return Path(shutil.copytree(demo_master, tmp_path / "data" / "nuclear-shape"))


class App:
    """A running app: its address with the token, its folder, its log."""

    def __init__(self, url: str, folder: Path, log: Path) -> None:
        self.url = url
        self.folder = folder
        self.log = log

    def journal(self) -> str:
        """Give all that is saved so far, as it stands on the disk."""
        lines = (self.folder / ".rembi" / "journal").glob("*.ndjson")
        return "\n".join(path.read_text(encoding="utf-8") for path in sorted(lines))


@contextmanager
def running_app(folder: Path, *, log: Path, **env: str) -> Iterator[App]:
    """Run the app on a folder until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "rembi_widgets", "app", str(folder), "--no-browser", "--port", str(port)]
    with serving(command, f"http://127.0.0.1:{port}/voila/static/", log=log, **env) as told:
        [url] = [word for word in told.read_text().split() if word.startswith("http://127.0.0.1")][:1]
        yield App(url, folder, told)


@pytest.fixture
def app(demo_folder: Path, tmp_path: Path) -> Iterator[App]:
    """Give the app on a copy of the demo."""
    with running_app(demo_folder, log=tmp_path / "app.log") as made:
        yield made


def wait_until(true: Callable[[], bool], within_s: float = 20) -> None:
    """Wait until something is so, and fail if it never is."""
    until = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < until, "it did not come to be"
        time.sleep(0.1)


# -- JupyterLab --------------------------------------------------------------------------------------------------------


class Lab:
    """A running JupyterLab: addresses of its files, and its folder."""

    def __init__(self, base: str, token: str, folder: Path) -> None:
        self.base = base
        self.token = token
        self.folder = folder

    def open(self, name: str) -> str:
        """Give the address under which Lab opens a file, with a workspace of its own."""
        return f"{self.base}lab/workspaces/{secrets.token_hex(4)}/tree/{name}?reset&token={self.token}"

    def voila(self, name: str) -> str:
        """Give the address of a notebook as a Voilà page."""
        return f"{self.base}voila/render/{name}?token={self.token}"


@pytest.fixture(scope="package")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Give a JupyterLab on a copy of the notebooks, set up as on Binder."""
    home = tmp_path_factory.mktemp("lab")
    folder = Path(shutil.copytree(ROOT / "notebooks", home / "notebooks"))
    port, token = free_port(), secrets.token_hex(16)
    config = home / "config"
    config.mkdir()
    shutil.copy(ROOT / "binder" / "jupyter_server_config.json", config)
    share = ROOT / "rembi_widgets" / "app" / "share"
    base = f"http://127.0.0.1:{port}/"
    options = [
        f"--port={port}",
        "--no-browser",
        "--allow-root",
        f"--IdentityProvider.token={token}",
        "--ServerApp.port_retries=0",
    ]
    env = {
        "JUPYTER_CONFIG_DIR": str(config),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_PATH": str(share),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    command = [sys.executable, "-m", "jupyterlab", *options, f"--ServerApp.root_dir={folder}"]
    with serving(command, f"{base}api", log=home / "lab.log", cwd=folder, **env):
        yield Lab(base, token, folder)
