from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def samples() -> Path:
    """Give the folder of real files."""
    folder = Path(os.environ.get("REMBI_SAMPLES") or ROOT.parent / "shared" / "samples")
    if not folder.is_dir():
        say = pytest.fail if os.environ.get("REMBI_REQUIRE_SAMPLES") == "1" else pytest.skip
        say(f"no samples in {folder}: name their folder in REMBI_SAMPLES")
    return folder


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the demo dataset, made once; tests that change it copy it."""
    from rembi_widgets.app._demo import make_demo

    return make_demo(tmp_path_factory.mktemp("demo") / "nuclear-shape")


@pytest.fixture
def worker(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[str]]:
    """Give a function that makes the command of the real worker around another reader of files.

    The reader's body sees ``path`` and the names imported below.
    """

    def make(body: str) -> list[str]:
        script = tmp_path_factory.mktemp("worker") / "worker.py"
        lines = [
            "import os, sys, time, signal",
            "from rembi_widgets.images import ImageRecord, UnreadableImageError",
            "from rembi_widgets.images._worker import main",
            "def read(path):",
            *(f"    {line}" for line in body.strip().splitlines()),
            "    return (ImageRecord(path=str(path), format='fake', size_x=8, size_y=8),)",
            "main(read)",
        ]
        script.write_text("\n".join(lines), encoding="utf-8")
        return [sys.executable, str(script)]

    return make
