"""The front end's own checks, run with the Node.js that comes as a PyPI wheel."""

from __future__ import annotations

import importlib.util
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FRONTEND = ROOT / "frontend"


@pytest.fixture(scope="module")
def node() -> str:
    """Give the node program, with the front end's packages installed."""
    spec = importlib.util.spec_from_file_location("hatch_build_of_the_front_end", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    program, npm = module.node_and_npm()
    module.install_packages(program, npm)
    return str(program)


def run(node: str, *arguments: str) -> None:
    path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", os.defpath)])
    env = {**os.environ, "PATH": path, "NO_COLOR": "1", "CI": "1"}
    command = [node, *arguments]
    done = subprocess.run(command, cwd=FRONTEND, env=env, text=True, capture_output=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_types(node: str) -> None:
    run(node, "node_modules/typescript/bin/tsc", "--noEmit")


def test_lint_and_format(node: str) -> None:
    run(node, "node_modules/@biomejs/biome/bin/biome", "check", ".")


def test_views(node: str) -> None:
    run(node, "node_modules/vitest/vitest.mjs", "run")
