"""How long checking an ISA-Tab takes beside plain csv on the same bytes, and beside altamisa and isatools.

``python benchmarks/bench_isacheck.py [--full] [COUNT...]`` prints JSON; default 10,000 and 100,000 images, with
``--full`` 500,000 too. Times are the processor's, medians of interleaved runs; the ratio is to ``csv.reader`` going
over the rows of the same files. Memory is the peak of a process that does nothing but check. The two other readers run
at the smallest count if ``REMBI_ALTAMISA_PYTHON`` and ``REMBI_ISATOOLS_PYTHON`` name their interpreters; what importing
them takes is not counted.
"""

from __future__ import annotations

import csv
import gc
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from bench_isatab import record, seconds

from rembi_widgets.formats import isatab

RUNS = 5
BAR, EXPONENT, MEMORY = 3.0, 1.1, 300.0
"""Times plain csv, growth with the rows, megabytes."""
CHECK = """
import resource, sys
from pathlib import Path
from rembi_widgets.formats import isatab
isatab.check(Path(sys.argv[1]))
status = Path("/proc/self/status")
if status.exists():  # what getrusage says of a child counts its parent's memory too
    peak = next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> (10 if sys.platform == "darwin" else 0)
print(peak / 1024)
"""
ALTAMISA = """
import sys, time, warnings
from pathlib import Path
from altamisa.isatab import *
warnings.simplefilter("ignore")
folder = Path(sys.argv[1])
begin = time.process_time()
def read(reader, path, *ids):
    with path.open(newline="", encoding="utf-8") as stream:
        return reader.from_stream(*ids, stream).read()
one = read(InvestigationReader, folder / "i_investigation.txt")
InvestigationValidator(one).validate()
info = one.studies[0]
study = read(StudyReader, folder / info.info.path, "S")
StudyValidator(one, info, study).validate()
for said in info.assays:
    assay = read(AssayReader, folder / said.path, "S", "A")
    AssayValidator(one, info, said, assay, study).validate()
print(time.process_time() - begin)
"""
ISATOOLS = """
import os, sys, time, warnings
warnings.simplefilter("ignore")
from isatools import isatab
out = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
begin = time.process_time()
with open(os.path.join(sys.argv[1], "i_investigation.txt"), newline="", encoding="utf-8") as stream:
    isatab.validate(stream, config_dir=sys.argv[2])
out.write(str(time.process_time() - begin))
out.close()
"""


def plain(folder: Path) -> int:
    """Go over the rows of all files by the csv module alone."""
    rows = 0
    for path in sorted(folder.glob("*.txt")):
        with path.open(newline="", encoding="utf-8") as stream:
            rows += sum(1 for _ in csv.reader(stream, delimiter="\t"))
    return rows


WORKS = {"csv": plain, "check": isatab.check}


def outside(name: str, script: str, folder: Path) -> float | None:
    """The seconds of another reader, ``None`` if it is not there."""
    python = os.environ.get(f"REMBI_{name}_PYTHON")
    if not python:
        return None
    command = [python, "-I", "-c", script, str(folder), str(isatab.config_folder())]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def measure(count: int, *, others: bool) -> dict[str, float | None]:
    """Time and memory at one count of images."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        isatab.write(record(count), folder)
        times: dict[str, list[float]] = {work: [] for work in WORKS}
        for turn in range(RUNS):
            for work in reversed(WORKS) if turn % 2 else WORKS:
                gc.collect()
                times[work].append(seconds(WORKS[work], folder))
        found: dict[str, float | None] = {work: statistics.median(taken) for work, taken in times.items()}
        ran = subprocess.run([sys.executable, "-c", CHECK, name], capture_output=True, text=True, check=True)
        found["peak_megabytes"] = float(ran.stdout)
        if others:
            found["altamisa"] = outside("ALTAMISA", ALTAMISA, folder)
            found["isatools"] = outside("ISATOOLS", ISATOOLS, folder)
    return found


def main() -> int:
    given = sys.argv[1:]
    counts = sorted(int(one) for one in given if one != "--full") or [10_000, 100_000]
    counts += [500_000] if "--full" in given else []
    told = {count: measure(count, others=count == counts[0]) for count in counts}
    ratios = {count: one["check"] / one["csv"] for count, one in told.items()}
    exponents = {
        after: math.log(told[after]["check"] / told[before]["check"]) / math.log(after / before)
        for before, after in pairwise(counts)
    }
    bars = {"ratio_to_csv": BAR, "exponent": EXPONENT, "peak_megabytes": MEMORY}
    answer = {"seconds": told, "ratio_to_csv": ratios, "exponent": exponents, "bars": bars}
    sys.stdout.write(json.dumps(answer, indent=1) + "\n")
    over = [*(ratio > BAR for ratio in ratios.values()), *(one > EXPONENT for one in exponents.values())]
    return int(any(over) or any(one["peak_megabytes"] > MEMORY for one in told.values()))


if __name__ == "__main__":
    sys.exit(main())
