"""What importing costs, as ratios: ``python benchmarks/bench_import.py [ROUNDS]``.

Each road is a fresh process, and the roads take turns, so that what else the machine does meets all alike.
The median of each is compared with that of its yardstick. What counts is processor time, so that a busy machine tells
much the same as a calm one.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from statistics import median

ROADS = {
    "nothing": "pass",
    "ipywidgets": "import ipywidgets",
    "rembi_widgets": "import rembi_widgets",
    "anywidget + ipywidgets + pydantic": "import ipywidgets, anywidget, pydantic",
    "rw.BiosampleForm() built": "import rembi_widgets as rw; rw.BiosampleForm()",
}
BARS = (
    ("rembi_widgets", "ipywidgets", 2.0),
    ("rw.BiosampleForm() built", "anywidget + ipywidgets + pydantic", 1.5),
)
"""Road, yardstick, how many times as long it may take."""


def seconds(code: str) -> float:
    """Give the processor time of a fresh process that runs the code."""
    # compiled modules are kept, as those of an installed package are
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], env=env, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def measure(rounds: int) -> dict[str, float]:
    """Give the median of each road after a round that nobody counts."""
    taken: dict[str, list[float]] = {name: [] for name in ROADS}
    for number in range(rounds + 1):
        for name, code in ROADS.items():
            spent = seconds(code)
            if number:
                taken[name].append(spent)
    return {name: median(values) for name, values in taken.items()}


def main() -> int:
    """Measure, print the table, and tell by the status whether the bars are kept."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    medians = measure(rounds)
    print(f"processor time, median of {rounds} fresh processes each, taking turns")
    for name, value in medians.items():
        print(f"  {name:36} {1000 * value:7.0f} ms")
    ratios = [(road, yardstick, medians[road] / medians[yardstick], bar) for road, yardstick, bar in BARS]
    for road, yardstick, ratio, bar in ratios:
        print(f"{road} / {yardstick}: {ratio:.2f} (bar {bar:g})")
    return int(any(ratio > bar for _, _, ratio, bar in ratios))


if __name__ == "__main__":
    sys.exit(main())
