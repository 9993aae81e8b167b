"""How fast a scan is, as JSON: small OME-TIFFs against reading them one by one, rescans, memory, and drafts.

Run ``python benchmarks/bench_scan.py [files]``: 1,000 OME-TIFFs by a scan and one by one; a first scan and rescans of
``files`` (100,000) beside a walk with ``scandir`` and ``stat``, with the peak memory of each in a process of its own;
the draft of 100,000 images. Ratios compare; seconds depend on the machine.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from _timing import best_of

from rembi_widgets.images import ImageChannel, ImageObjective, ImageRecord, Scan, Scanner, draft, read_image, scan
from rembi_widgets.images._scan import ScanFile
from rembi_widgets.store import open_curation

if TYPE_CHECKING:
    from collections.abc import Callable

FILES, ROWS, ROUNDS = 1000, 100_000, 5
XML = """<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Instrument ID="Instrument:0">
<Microscope Manufacturer="Maker" Model="Stand"/><Objective ID="Objective:0" Model="Plan 63x" LensNA="1.4"
NominalMagnification="63" Immersion="Oil"/></Instrument><Image ID="Image:0" Name="field {n}"><AcquisitionDate>
2026-03-12T10:00:00</AcquisitionDate><InstrumentRef ID="Instrument:0"/><ObjectiveSettings ID="Objective:0"/>
<Pixels ID="Pixels:0" DimensionOrder="XYZCT" Type="uint8" SizeX="8" SizeY="8" SizeZ="1" SizeC="1" SizeT="1"
PhysicalSizeX="0.1" PhysicalSizeY="0.1"><Channel ID="Channel:0:0" Name="DNA" Fluor="DAPI" EmissionWavelength="461"/>
<TiffData/></Pixels></Image></OME>"""


def make_files(folder: Path, count: int) -> None:
    """Write small OME-TIFFs, a thousand in a folder."""
    import numpy as np
    import tifffile

    tifffile.imwrite(folder / "one.tif", np.zeros((8, 8), np.uint8), description=XML.format(n="00000"), metadata=None)
    whole = (folder / "one.tif").read_bytes()
    (folder / "one.tif").unlink()
    for number in range(count):
        place = folder / f"plate_{number // 1000}" / f"field_{number:05d}.ome.tif"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(whole.replace(b"field 00000", f"field {number:05d}".encode()))


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def worked() -> float:
    """Give the seconds of processor time of this process and of those it started that have ended."""
    return sum(os.times()[:4])


def reading(folder: Path) -> dict[str, float]:
    """Interleave the two, so that both meet the same machine."""
    paths = sorted(folder.rglob("*.tif"))
    serial, scanned, started = [], [], []
    effort = [0.0, 0.0]
    for _ in range(ROUNDS):
        begin = worked()
        serial.append(timed(lambda: [read_image(path) for path in paths]))
        between = worked()
        scanned.append(timed(lambda: scan(folder, cache=False)))
        effort = [effort[0] + between - begin, effort[1] + worked() - between]
        with tempfile.TemporaryDirectory() as one:
            (Path(one) / "a.tif").write_bytes(paths[0].read_bytes())
            started.append(timed(Scanner(one, cache=False).result))
    alone, all_of_it, start = (statistics.median(times) for times in (serial, scanned, started))
    return {
        "one by one in this process, s": round(alone, 3),
        "by a scan, s": round(all_of_it, 3),
        "ratio": round(all_of_it / alone, 2),
        "of which starting the worker, s": round(start, 3),
        "ratio without it": round((all_of_it - start) / alone, 2),
        "ratio of processor time": round(effort[1] / effort[0], 2),
    }


def stat_walk(folder: Path) -> int:
    """Walk through a folder with stat: what no rescan can do without."""
    count, pending = 0, [str(folder)]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                else:
                    count += entry.stat(follow_symlinks=False).st_size >= 0
    return count


ONE = """
import json, sys, time, resource
from rembi_widgets.images import scan
begin, worked = time.perf_counter(), time.process_time()
found = scan(sys.argv[1])
said = {"s": time.perf_counter() - begin, "processor s": time.process_time() - worked}
said["images"] = len(found.images)
said["s with all records made"] = time.perf_counter() - begin
said["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
said["peak MB of the worker"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(json.dumps({name: round(value, 3) for name, value in said.items()}))
"""
"""A scan in a process of its own, whose memory is then its alone."""


def rescanning(folder: Path, files: int) -> dict[str, object]:
    """Scan many files first, then again unchanged, beside a walk; by turns."""
    make_files(folder, files)
    with tempfile.TemporaryDirectory() as cache:
        os.environ["REMBI_CACHE"] = cache
        first = in_a_process(folder)
        times = best_of({"walk": lambda: stat_walk(folder), "rescan": lambda: scan(folder)}, clock=time.process_time)
        again = in_a_process(folder)
        held = sum(file.stat().st_size for file in Path(cache).iterdir())
    return {
        "files": files,
        "first scan": first,
        "rescan": again,
        "walk with stat, processor s": round(times["walk"], 3),
        "rescan, processor s": round(times["rescan"], 3),
        "rescan to walk": round(times["rescan"] / times["walk"], 2),
        "cache, bytes a file": round(held / files, 1),
    }


def in_a_process(folder: Path) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-c", ONE, str(folder)], capture_output=True, text=True, check=True)
    said: dict[str, float] = json.loads(done.stdout)
    return said


def made_up(folder: Path) -> Scan:
    """Give a scan of many images that no file stands behind."""
    channels = tuple(
        ImageChannel(index=n, name=f"channel {n}", fluor=f"Dye {n}", emission_nm=450.0 + n) for n in range(3)
    )
    lenses = [ImageObjective(model=f"Plan {power}x", magnification=float(power), na=0.8) for power in (10, 20, 63)]
    sources = {name: f"Image/Pixels/@{name}" for name in ("size_x", "size_y", "px_x_um", "px_y_um", "acquired_at")}
    images = [
        ImageRecord(
            path=f"folder_{n % 7}/sub_{n % 100}/image_{n:06d}.ome.tif",
            format="OME-TIFF",
            scene_name=f"image {n}",
            size_x=512,
            size_y=512,
            size_z=10,
            size_c=3,
            size_t=1,
            pixel_type="uint16",
            px_x_um=0.1,
            px_y_um=0.1,
            acquired_at=f"2026-01-{1 + n % 28:02d}T{n % 24:02d}:{n % 60:02d}:00",
            channels=channels,
            objective=lenses[n % 3],
            sources=sources,
        )
        for n in range(ROWS)
    ]
    files = [ScanFile(image.path, "file", 1000 + n, 1.7e9 + n * 0.37, "OME-TIFF", 1) for n, image in enumerate(images)]
    return Scan(folder=folder, images=tuple(images), files=tuple(files))


def drafting(folder: Path) -> dict[str, object]:
    """Measure grouping, drafting and writing of a large scan, in seconds."""
    found = made_up(folder)
    opened = open_curation(folder)
    said: dict[str, object] = {"images": ROWS, "into groups, s": round(timed(lambda: found.groups), 3)}
    edits = draft(found, opened.record)
    said["drafted, s"] = round(timed(lambda: draft(found, opened.record)), 3)
    said["as one change on the disk, s"] = round(timed(lambda: opened.propose(edits)), 3)
    held = sum(file.stat().st_size for file in (folder / ".rembi").rglob("*") if file.is_file())
    columns = {
        json.dumps(list(column), ensure_ascii=False, separators=(",", ":"))
        for edit in edits
        if edit.rows
        for column in edit.value.values()
    }
    values = sum(len(column.encode()) for column in columns)
    said["bytes of journal a row beyond values"] = round((held - values) / ROWS, 1)
    again: list[object] = []
    said["the same scan again, s"] = round(timed(lambda: again.extend(draft(found, opened.record))), 3)
    said["edits of the same scan"] = len(again)
    said["undone in one step, s"] = round(timed(opened.undo), 3)
    opened.close()
    return said


def main(files: int = ROWS) -> None:
    """Print what was measured, as JSON."""
    said: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        make_files(Path(folder), FILES)
        said[f"{FILES} OME-TIFFs"] = reading(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        said["rescan"] = rescanning(Path(folder), files)
    with tempfile.TemporaryDirectory() as folder:
        said["draft"] = drafting(Path(folder))
    print(json.dumps(said, indent=1))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
