"""How long reading an ISA-Tab takes: its document, its record, plain csv on the same bytes.

``python benchmarks/bench_isaread.py [--json] [COUNT...]``; default 10,000 and 100,000 images. Times are the
processor's, medians of interleaved runs; ratios are to ``csv.reader`` giving the rows of the same files as lists.
"""

from __future__ import annotations

import csv
import gc
import json
import statistics
import sys
import tempfile
from pathlib import Path

from bench_isatab import record, seconds

from rembi_widgets.formats import isatab

RUNS = 5
BAR = 3.0
"""How many times as long as plain csv reading may take."""


def plain(folder: Path) -> int:
    """The rows of all files, by the csv module alone."""
    held = []
    for path in sorted(folder.glob("*.txt")):
        with path.open(newline="", encoding="utf-8") as stream:
            held.append(list(csv.reader(stream, delimiter="\t")))
    return sum(map(len, held))


WORKS = {"csv": plain, "open_document": isatab.open_document, "read": isatab.read}


def measure(count: int) -> dict[str, float]:
    """The median of each work, in seconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        isatab.write(record(count), folder)
        times: dict[str, list[float]] = {work: [] for work in WORKS}
        for turn in range(RUNS):
            for work in reversed(WORKS) if turn % 2 else WORKS:
                gc.collect()
                times[work].append(seconds(WORKS[work], folder))
    return {work: statistics.median(taken) for work, taken in times.items()}


def main() -> int:
    given = sys.argv[1:]
    counts = [int(one) for one in given if one != "--json"] or [10_000, 100_000]
    told = {count: measure(count) for count in counts}
    ratios = {count: {work: taken / times["csv"] for work, taken in times.items()} for count, times in told.items()}
    if "--json" in given:
        print(json.dumps({"seconds": told, "ratios_to_csv": ratios}, indent=1))
    else:
        for count, times in told.items():
            for work, taken in times.items():
                print(f"{count:>8} images  {work:<14} {taken:8.3f} s  {ratios[count][work]:8.2f} x csv")
    return int(any(ratio > BAR for one in ratios.values() for ratio in one.values()))


if __name__ == "__main__":
    sys.exit(main())
