"""The archive's own checker of crates: ``python -m tests.rocrate.validator [--required]``.

It needs Python 3.13 and has an environment of its own, whose interpreter ``REMBI_BIACRATE_PYTHON`` names. It prints one
line, ``bia-ro-crate-validator: PASS`` or ``NOT RUN`` or ``FAIL``, and why. With ``--required``, as before a release,
anything but PASS ends with status 1; without it only FAIL does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from rembi_widgets.formats import rocrate
from rembi_widgets.record import Curation
from tests.formats.builder import full_record
from tests.formats.full_records import full_records

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
RANDOM = 4
"""Random records; the checker takes two seconds for each."""
CONTEXT = Path("rocrate", "contexts", "ro-crate-1.1-context.jsonld")


def interpreter() -> str:
    """Give the interpreter that has the checker; empty if there is none."""
    return os.environ.get("REMBI_BIACRATE_PYTHON", "")


def context() -> Path:
    """Give the file with the context of RO-Crate 1.1."""
    return Path(os.environ.get("REMBI_SAMPLES") or ROOT.parent / "shared" / "samples") / CONTEXT


def why_not() -> str:
    """Say why the checker cannot run; empty if it can."""
    if not interpreter():
        return "REMBI_BIACRATE_PYTHON names no interpreter; it takes Python 3.13 or newer"
    return "" if context().is_file() else f"there is no {CONTEXT.name}"


def checked(folders: list[Path]) -> dict[str, Any]:
    """Run the checker over crates; give its context, and its issues by crate."""
    command = [interpreter(), "-I", str(HERE / "run_validator.py"), str(context()), *map(str, folders)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    if ran.returncode:
        raise RuntimeError(ran.stderr[-2000:])
    found: dict[str, Any] = json.loads(ran.stdout[ran.stdout.index("{") :])
    return found


def records() -> list[Curation]:
    """Give a full record, and random ones that are drawn the same way each time."""
    found = [full_record()]

    @settings(
        max_examples=RANDOM,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(full_records())
    def draw(record: Curation) -> None:
        found.append(record)

    draw()
    return found


def issues() -> dict[str, Any]:
    """Write all records as crates, and give what the checker says."""
    with tempfile.TemporaryDirectory() as held:
        folders = [Path(held) / str(number) for number, _ in enumerate(records())]
        for folder, record in zip(folders, records(), strict=True):
            rocrate.write(record, folder)
        found = checked(folders)
    return {"context": found["context"], "crates": {Path(key).name: said for key, said in found["crates"].items()}}


def main(arguments: list[str]) -> int:
    """Print the line; give the exit status."""
    reason = why_not()
    if reason:
        sys.stdout.write(f"bia-ro-crate-validator: NOT RUN ({reason})\n")
        return 1 if "--required" in arguments else 0
    crates = issues()["crates"]
    faulty = {name: said for name, said in crates.items() if said}
    said = f"PASS ({len(crates)} crates)" if not faulty else f"FAIL {json.dumps(faulty)}"
    sys.stdout.write(f"bia-ro-crate-validator: {said}\n")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
