"""How long an ISA-Tab takes to write, read, check and open, and in how much memory, beside plain csv on the same bytes.

``python benchmarks/bench_isa.py [--rows 10000 100000 500000] [--runs 3]`` prints one table as JSON; each measure is a
process of its own, runs are interleaved and the best counts. Writing is compared with ``csv.writer`` quoting all the
same cells, reading and checking with ``csv.reader`` going over all rows and holding none, opening with ``csv.reader``
giving all rows as lists. At the first count altamisa and isatools do the same works in the same run, if
``REMBI_ALTAMISA_PYTHON`` and ``REMBI_ISATOOLS_PYTHON`` name their interpreters; isatools takes minutes for it.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from _isa_others import SCRIPTS, seconds
from _isa_works import record

from rembi_widgets.formats import isatab

PLAIN = {"write": "csv_write", "read": "csv_read", "check": "csv_read", "open": "csv_held"}
"""Work to what the csv module does instead."""
BARS = {"ratio_to_csv": 3.0, "exponent": 1.1, "peak_megabytes": 300.0}
"""For writing, reading and checking; opening holds the whole text, so that it can be changed, and has no bar of memory.
Memory is the most that the process takes while it works, with the record that the work is given or gives."""


def measured(work: str, folder: Path, count: int) -> dict[str, Any]:
    """Measure one work in a process of its own."""
    script = Path(__file__).with_name("_isa_works.py")
    command = [sys.executable, str(script), work, str(folder), str(count)]
    return dict(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


def best(folder: Path, count: int, runs: int) -> dict[str, dict[str, Any]]:
    """Give the best run of each work."""
    works = [*PLAIN, *dict.fromkeys(PLAIN.values())]
    found: dict[str, dict[str, Any]] = {}
    for turn in range(runs):
        for work in reversed(works) if turn % 2 else works:
            one = measured(work, folder, count)
            if work not in found or one["seconds"] < found[work]["seconds"]:
                found[work] = one
    return found


def table(count: int, runs: int, *, others: bool) -> dict[str, Any]:
    """Give what is measured at one count of images."""
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as out:
        folder = Path(name) / "set"
        isatab.write(record(count), folder)
        size = sum(path.stat().st_size for path in folder.iterdir())
        found = best(folder, count, runs)
        told: dict[str, Any] = {"file_megabytes": round(size / 1e6, 1)}
        for work, plain in PLAIN.items():
            one = found[work]
            told[work] = {
                "seconds": round(one["seconds"], 3),
                "csv_seconds": round(found[plain]["seconds"], 3),
                "ratio_to_csv": round(one["seconds"] / found[plain]["seconds"], 2),
                **{f"{what}_megabytes": one[what] and round(one[what], 1) for what in ("peak", "kept", "added")},
            }
        if others:
            told["others_seconds"] = {name: seconds(name, folder, Path(out)) for name in SCRIPTS}
    return told


def exponents(told: dict[int, dict[str, Any]]) -> dict[str, dict[int, float]]:
    """Give how each work grows with the rows, from one count to the next."""
    return {
        work: {
            after: round(
                math.log(told[after][work]["seconds"] / told[before][work]["seconds"]) / math.log(after / before), 3
            )
            for before, after in pairwise(told)
        }
        for work in PLAIN
    }


def over(told: dict[int, dict[str, Any]], grown: dict[str, dict[int, float]]) -> list[str]:
    """Name the measures that are over their bar."""
    found = []
    for work in ("write", "read", "check"):
        for count, one in told.items():
            high = [what for what in ("ratio_to_csv", "peak_megabytes") if (one[work][what] or 0) > BARS[what]]
            found += [f"{work} {count} {what} {one[work][what]}" for what in high]
        found += [f"{work} {count} exponent {one}" for count, one in grown[work].items() if one > BARS["exponent"]]
    return found


def main() -> int:
    """Print the table as JSON, and tell by the status whether the bars are kept."""
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("--rows", nargs="+", type=int, default=[10_000, 100_000, 500_000])
    given.add_argument("--runs", type=int, default=3)
    asked = given.parse_args()
    rows = sorted(asked.rows)
    told = {count: table(count, asked.runs, others=count == rows[0]) for count in rows}
    grown = exponents(told)
    failed = over(told, grown)
    answer = {"rows": told, "exponent": grown, "bars": BARS, "over": failed}
    sys.stdout.write(json.dumps(answer, indent=1) + "\n")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
