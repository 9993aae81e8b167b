"""One work on one ISA-Tab in a process of its own: ``python _isa_works.py WORK FOLDER COUNT`` prints its measures.

Times are the processor's. ``peak`` is the most memory that the process ever took, ``kept`` what it took before it began
(for writing: with the record) or when it had ended (for reading: with the record), ``added`` what was taken between.
"""

from __future__ import annotations

import csv
import ctypes
import gc
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rembi_widgets.formats import isatab
from rembi_widgets.record import Curation, Table

if TYPE_CHECKING:
    from collections.abc import Callable

STATUS = Path("/proc/self/status")
_RESET = Path("/proc/self/clear_refs")


def record(count: int) -> Curation:
    """Give a study of ``count`` images, ten of each sample, 24 columns a row when written."""
    few = range(count // 10)
    samples = [{"id": f"sa-{n}", "title": f"sample {n}", "biosample": "bs-1", "specimen": "sp-1"} for n in few]
    links = [{"id": f"as-{n}", "sample": f"sa-{n}", "acquisition": "ac-1"} for n in few]
    times = [f"2026-10-01T10:00:{n:02d}+02:00" for n in range(60)]
    files = Table(
        tuple(f"fl-{n}" for n in range(count)),
        {
            "path": tuple(f"images/plate {n // 1000}/well {n // 10:05d}/field_{n:06d}.ome.tiff" for n in range(count)),
            "sha256": tuple(f"{n:064x}" for n in range(count)),
        },
    )
    columns: dict[str, tuple[Any, ...]] = {
        "file": files.ids,
        "component": ("sc-1",) * count,
        "association": tuple(links[n // 10]["id"] for n in range(count)),
        "acquired_at": tuple(times[n % 60] for n in range(count)),
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


def _rows(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.reader(stream, delimiter="\t"))


def go_over(folder: Path) -> int:
    """Go over the rows of all files by the csv module alone; none is held."""
    rows = 0
    for path in sorted(folder.glob("*.txt")):
        with path.open(newline="", encoding="utf-8") as stream:
            rows += sum(1 for _ in csv.reader(stream, delimiter="\t"))
    return rows


def hold(folder: Path) -> list[list[list[str]]]:
    """Give the rows of all files by the csv module alone, as lists."""
    return [_rows(path) for path in sorted(folder.glob("*.txt"))]


def put(tables: list[list[list[str]]], folder: Path) -> None:
    """Write rows that are held by the csv module alone."""
    for number, rows in enumerate(tables):
        with (folder / f"{number}.csv").open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)


def megabytes(key: str) -> float | None:
    """Give what the process takes (``VmRSS``) or took at most (``VmHWM``); ``None`` where the system does not tell."""
    if not STATUS.exists():
        return None
    line = next(line for line in STATUS.read_text(encoding="utf-8").splitlines() if line.startswith(key))
    return int(line.split()[1]) / 1024


def _settle() -> None:
    gc.collect()
    if STATUS.exists():
        ctypes.CDLL(None).malloc_trim(0)


def work(name: str, folder: Path, count: int) -> Callable[[], object]:
    """Give what is measured, with all that it needs at hand."""
    again = folder.with_name(folder.name + "-again")
    again.mkdir(exist_ok=True)
    if name == "write":
        study = record(count)
        return lambda: isatab.write(study, again)
    if name == "csv_write":
        tables = hold(folder)
        return lambda: put(tables, again)
    doing = {"read": isatab.read, "check": isatab.check, "open": isatab.open_document}
    plain = {"csv_read": go_over, "csv_held": hold}
    return lambda: {**doing, **plain}[name](folder)


def measure(name: str, folder: Path, count: int) -> dict[str, float | None]:
    """Give seconds and megabytes of one work."""
    if name in {"read", "check", "open", "write"}:
        _warm(name)
    doing = work(name, folder, count)
    _settle()
    before = megabytes("VmRSS")
    if _RESET.exists():
        _RESET.write_text("5", encoding="ascii")
    begin = time.process_time()
    made = doing()
    seconds, peak = time.process_time() - begin, megabytes("VmHWM")
    _settle()
    kept = max(before or 0, (megabytes("VmRSS") or 0) if made is not None else 0)
    return {"seconds": seconds, "peak": peak, "kept": kept, "added": None if peak is None else peak - kept}


def _warm(name: str) -> None:
    """Import what a work imports: that takes as long for one image as for many."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        isatab.write(record(10), Path(folder) / "set")
        work(name, Path(folder) / "set", 10)()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
