"""How long an ISA-JSON takes to write and to read, and in how much memory, beside plain json on the same bytes.

``python benchmarks/bench_isajson.py [--rows 10000 100000] [--runs 3]`` prints one table as JSON; each measure is a
process of its own, runs are interleaved and the best counts. Writing begins with a record and makes its ISA-Tab on the
way, reading ends with a record; ``json.dump`` and ``json.load`` have the objects of the same file, and nothing else.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from _isa_works import _RESET, _settle, megabytes, record

from rembi_widgets.formats import isajson

if TYPE_CHECKING:
    from collections.abc import Callable

FILE = "investigation.json"
PLAIN = {"write": "json_dump", "read": "json_load"}
"""Work to what the json module does instead."""


def plain_dump(data: object, path: Path) -> None:
    """Write objects by the json module alone."""
    with path.open("w", encoding="utf-8") as stream:
        json.dump(data, stream)


def plain_load(path: Path) -> object:
    """Give the objects of a file by the json module alone."""
    with path.open(encoding="utf-8") as stream:
        return json.load(stream)


def work(name: str, folder: Path, count: int) -> Callable[[], object]:
    """Give what is measured, with all that it needs at hand."""
    file, again = folder / FILE, folder / "again"
    again.mkdir(exist_ok=True)
    if name == "write":
        study = record(count)
        return lambda: isajson.write(study, again)
    if name == "json_dump":
        data = plain_load(file)
        return lambda: plain_dump(data, again / "plain.json")
    return (lambda: isajson.read(file)) if name == "read" else (lambda: plain_load(file))


def measure(name: str, folder: Path, count: int) -> dict[str, float | None]:
    """Give seconds of the processor and the most megabytes of one work in this process, its modules loaded before."""
    isajson.write(record(10), folder / "warm")
    isajson.read(folder / "warm" / FILE)
    doing = work(name, folder, count)
    _settle()
    if _RESET.exists():
        _RESET.write_text("5", encoding="ascii")
    begin = time.process_time()
    doing()
    return {"seconds": time.process_time() - begin, "peak": megabytes("VmHWM")}


def measured(name: str, folder: Path, count: int) -> dict[str, Any]:
    """Measure one work in a process of its own."""
    command = [sys.executable, __file__, "--work", name, str(folder), "--rows", str(count)]
    return dict(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


def table(count: int, runs: int) -> dict[str, Any]:
    """Give what is measured at one count of images."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        isajson.write(record(count), folder)
        works, best = [*PLAIN, *PLAIN.values()], dict[str, dict[str, Any]]()
        for turn in range(runs):
            for one in reversed(works) if turn % 2 else works:
                found = measured(one, folder, count)
                best[one] = min(best.get(one, found), found, key=lambda told: told["seconds"])
        told: dict[str, Any] = {"file_megabytes": round((folder / FILE).stat().st_size / 1e6, 1)}
    for one, plain in PLAIN.items():
        told[one] = {
            "seconds": round(best[one]["seconds"], 3),
            "json_seconds": round(best[plain]["seconds"], 3),
            "ratio_to_json": round(best[one]["seconds"] / best[plain]["seconds"], 2),
            "peak_megabytes": best[one]["peak"] and round(best[one]["peak"], 1),
            "json_peak_megabytes": best[plain]["peak"] and round(best[plain]["peak"], 1),
        }
    return told


def main() -> None:
    """Print the table as JSON."""
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("--rows", nargs="+", type=int, default=[10_000, 100_000])
    given.add_argument("--runs", type=int, default=3)
    given.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    asked = given.parse_args()
    if asked.work:
        told: object = measure(asked.work[0], Path(asked.work[1]), asked.rows[0])
    else:
        told = {count: table(count, asked.runs) for count in sorted(asked.rows)}
    sys.stdout.write(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    main()
