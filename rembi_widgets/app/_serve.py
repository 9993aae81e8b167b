"""Serving the app: a Voilà page with a token, an empty root of its own, a preheated kernel, nothing from outside."""

from __future__ import annotations

import os
import secrets
import socket
import tempfile
from pathlib import Path
from typing import Any

import nbformat

from rembi_widgets.app import _print
from rembi_widgets.app._page import FOLDER, ROOT
from rembi_widgets.locale import text

HERE = Path(__file__).parent
CELL = "import rembi_widgets.app\nrembi_widgets.app.page()"
CULL_IDLE_S = 1800


def write_page(folder: Path) -> Path:
    """Write the notebook behind the page, the only file of the server's root."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "title": "rembi_widgets"}
    path = folder / "rembi.ipynb"
    nbformat.write(notebook, path)
    return path


def settings(page: Path, port: int, token: str, *, browser: bool) -> dict[str, Any]:
    """Give Voilà's settings: no sources, no tracebacks, no file of the disk, one kernel ready."""
    return {
        "Voila": {
            "notebook_path": str(page),
            "root_dir": str(page.parent),
            "port": port,
            "port_retries": 0,
            "open_browser": browser,
            "token": token,
            "tornado_settings": {"websocket_max_message_size": 64 * 1024 * 1024},
        },
        "VoilaConfiguration": {
            "template": "rembi",
            "strip_sources": True,
            "show_tracebacks": False,
            "file_allowlist": [],
            "preheat_kernel": True,
            "default_pool_size": 1,
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
        },
        "MappingKernelManager": {"cull_idle_timeout": CULL_IDLE_S, "cull_interval": 60},
    }


def free_port() -> int:
    """Give a port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prepare(folder: Path, root: Path | None) -> None:
    """Set what the page's kernels and Voilà read from the environment."""
    os.environ[FOLDER] = str(folder)
    os.environ[ROOT] = str((root or folder.parent).resolve())
    known = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = os.pathsep.join([str(HERE / "share"), *([known] if known else [])])
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")


def serve(folder: Path, *, root: Path | None = None, port: int = 0, browser: bool = True) -> int:
    """Serve the app on a folder until it is stopped.

    Parameters
    ----------
    folder
        The dataset.
    root
        Folder above which the app shows nothing; default: the folder that holds the dataset.
    port
        Port on this machine; 0 takes a free one.
    browser
        Whether to open the page in a browser.
    """
    prepare(folder, root)
    from traitlets.config import Config
    from voila.app import Voila

    port, token = port or free_port(), secrets.token_urlsafe(24)
    with tempfile.TemporaryDirectory(prefix="rembi-app-") as home:
        page = write_page(Path(home))
        server = Voila(config=Config(settings(page, port, token, browser=browser)))
        _print.answer(text("app.serving", None, folder=folder, url=f"http://127.0.0.1:{port}/?token={token}"))
        server.initialize([])
        server.start()
    return 0
