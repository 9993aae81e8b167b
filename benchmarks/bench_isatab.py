"""How long an ISA-Tab takes: ours, plain csv writing the same cells, isatools writing the same table.

``python benchmarks/bench_isatab.py [COUNT...]``; default 1,000, 10,000 and 100,000 images, 23 columns a row. isatools
takes part if ``REMBI_ISATOOLS_PYTHON`` names an interpreter that has it; it loads and writes our set, at 1,000 images
only: 10,000 take it a minute. Times are the processor's, medians of interleaved runs; ratios are to csv.
"""

from __future__ import annotations

import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rembi_widgets.formats import isatab
from rembi_widgets.record import Curation, Table

RUNS = 5
ISATOOLS_AT = 1_000
DUMP = """
import sys, time, warnings
warnings.simplefilter("ignore")
from isatools import isatab
with open(sys.argv[1] + "/i_investigation.txt", newline="", encoding="utf-8") as stream:
    investigation = isatab.load(stream)
begin = time.process_time()
isatab.dump(investigation, sys.argv[2])
print("took", time.process_time() - begin)
"""


def record(count: int) -> Curation:
    """A study of ``count`` images, ten of each sample."""
    samples = [
        {"id": f"sa-{n}", "title": f"sample {n}", "biosample": "bs-1", "specimen": "sp-1"} for n in range(count // 10)
    ]
    links = [{"id": f"as-{n}", "sample": f"sa-{n}", "acquisition": "ac-1"} for n in range(count // 10)]
    files = Table(
        tuple(f"fl-{n}" for n in range(count)),
        {
            "path": tuple(f"images/plate {n // 1000}/well {n // 10:05d}/field_{n:06d}.ome.tiff" for n in range(count)),
            "sha256": tuple(f"{n:064x}" for n in range(count)),
        },
    )
    columns = {
        "file": files.ids,
        "component": ("sc-1",) * count,
        "association": tuple(f"as-{n // 10}" for n in range(count)),
        "acquired_at": tuple(f"2026-10-01T10:00:{n % 60:02d}+02:00" for n in range(count)),
        "image_type": ("multi-channel z-stack",) * count,
        "image_format": ("OME-TIFF",) * count,
        "size_description": ("174 x 174 x 9 µm",) * count,
        **{f"size_{axis}": (2048.0,) * count for axis in "xyzct"},
        **{f"pixel_size_{axis}": (0.085,) * count for axis in "xy"},
    }
    confocal = {"label": "confocal microscopy", "id": "FBbi:00000251"}
    return Curation.model_validate(
        {
            "study": {"title": "A study of many images", "description": "Many images.", "accession": "S-many"},
            "people": [{"id": "pe-1", "first_name": "A", "last_name": "B"}],
            "biosamples": [{"id": "bs-1", "title": "HeLa", "organism": [{"label": "Homo sapiens"}]}],
            "specimens": [{"id": "sp-1", "title": "fixed", "preparation_method": "PFA"}],
            "samples": samples,
            "acquisitions": [{"id": "ac-1", "title": "confocal", "imaging_method": [confocal], "objective_na": 1.4}],
            "components": [{"id": "sc-1", "title": "all", "associations": links}],
            "files": files,
            "images": Table(tuple(f"im-{n}" for n in range(count)), columns),
        }
    )


def seconds(work, *given) -> float:
    begin = time.process_time()
    work(*given)
    return time.process_time() - begin


def cells(folder: Path) -> list[tuple[str, list[list[str]]]]:
    """The cells of all files, as lists."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        with path.open(newline="", encoding="utf-8") as stream:
            found.append((path.name, list(csv.reader(stream, delimiter="\t"))))
    return found


def plain(tables: list[tuple[str, list[list[str]]]], folder: Path) -> None:
    for name, rows in tables:
        with (folder / name).open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)


def isatools(folder: Path, out: str) -> float | None:
    interpreter = os.environ.get("REMBI_ISATOOLS_PYTHON")
    if not interpreter:
        return None
    ran = subprocess.run(
        [interpreter, "-c", DUMP, str(folder), out], capture_output=True, text=True, check=False, timeout=600
    )
    said = [line for line in ran.stdout.splitlines() if line.startswith("took")]
    return float(said[-1].split()[1]) if said else None


def measure(count: int) -> None:
    study = record(count)
    with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as theirs:
        isatab.write(study, Path(ours))
        tables = cells(Path(ours))
        times: dict[str, list[float]] = {"ours": [], "csv": []}
        for _ in range(RUNS):
            times["ours"].append(seconds(isatab.write, study, Path(ours)))
            times["csv"].append(seconds(plain, tables, Path(theirs)))
        median = {name: statistics.median(values) for name, values in times.items()}
        if count <= ISATOOLS_AT and (took := isatools(Path(ours), theirs)) is not None:
            median["isatools dump"] = took
    for name, value in median.items():
        print(f"{count:>8} images  {name:<14} {value:8.3f} s  {value / median['csv']:8.2f} x csv")


if __name__ == "__main__":
    counts = [int(one) for one in sys.argv[1:]] or [ISATOOLS_AT, 10_000, 100_000]
    for one in counts:
        measure(one)
