"""The environment that ``binder/`` describes, made as repo2docker does, and kept as long as nothing in it changes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
TOLD = ("binder", "rembi_widgets", "frontend/src", "notebooks")
"""Folders whose content decides whether the environment is made again."""
ALSO = ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "frontend/package-lock.json", "frontend/build.mjs")
KNOWN = {"requirements.txt", "runtime.txt", "postBuild", "jupyter_server_config.json"}
"""What this module does as repo2docker does; anything else in ``binder/`` has to be learned here first."""


@dataclass(frozen=True)
class Place:
    """Where the environment is.

    Attributes
    ----------
    venv
        The Python that repo2docker would have filled.
    home
        The home of the one user, in which ``postBuild`` leaves settings.
    """

    venv: Path
    home: Path

    def program(self, name: str) -> str:
        return str(self.venv / "bin" / name)

    def variables(self) -> dict[str, str]:
        """Give the environment of a process in the container: nothing of the one this runs in but its network."""
        kept = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy") or "PIP" in name}
        path = os.pathsep.join([str(self.venv / "bin"), "/usr/local/bin", "/usr/bin", "/bin"])
        return {**kept, "PATH": path, "HOME": str(self.home), "LANG": "en_US.UTF-8", "SHELL": "/bin/bash"}


def content() -> str:
    """Give the hash of all that the environment is made of."""
    files = [ROOT / name for name in ALSO]
    for folder in TOLD:
        files += sorted(path for path in (ROOT / folder).rglob("*") if path.is_file() and _counts(path))
    digest = hashlib.sha256(sys.version.encode())
    for path in files:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _counts(path: Path) -> bool:
    inside = path.relative_to(ROOT).parts
    return not {"__pycache__", "static", ".rembi"} & set(inside)


def check_folder() -> None:
    """Refuse a file in ``binder/`` that repo2docker would act on and this would not."""
    found = {path.name for path in (ROOT / "binder").iterdir()}
    assert found <= KNOWN, f"binder/ holds {sorted(found - KNOWN)}, and {__name__} does not know what they do"
    wanted = (ROOT / "binder" / "runtime.txt").read_text(encoding="utf-8").strip()
    assert wanted.startswith("python-3."), wanted


def made(envs: Path) -> Place:
    """Give the environment, made if none is there of this content: the requirements, then ``postBuild``."""
    check_folder()
    place, stamp = Place(envs / "binder" / "venv", envs / "binder" / "home"), envs / "binder" / "content"
    if stamp.is_file() and stamp.read_text() == content():
        return place
    stamp.unlink(missing_ok=True)
    if not place.venv.is_dir():
        _run([sys.executable, "-m", "venv", str(place.venv)], dict(os.environ))
    shutil.rmtree(place.home, ignore_errors=True)
    place.home.mkdir(parents=True)
    inside = place.variables()
    _run([place.program("python"), "-m", "pip", "install", "-q", "-r", "binder/requirements.txt"], inside)
    _run(["/bin/bash", "binder/postBuild"], inside)
    stamp.write_text(content())
    return place


def _run(command: list[str], variables: dict[str, str]) -> None:
    subprocess.run(command, cwd=ROOT, env=variables, check=True, stdout=sys.stderr)
