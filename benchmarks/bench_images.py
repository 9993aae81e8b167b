"""How fast headers are read: ours against ome_types, tifffile, bioio and plain open-and-read, in one run, as JSON.

``python benchmarks/bench_images.py [files] [planes]``; the files are generated, in a temporary folder. Each candidate
runs by turns, in processor time of its own process, and the best round counts. Ours gives every value with its source
and confidence inside the time. Of the small files three sets are read: one as a microscope writes it (name, date, UUID
and sizes differ, the instrument does not), one as tifffile writes it (UUID and pixel sizes differ, and there is little
to read at all), one in which every header's equipment is another, so that nothing can be remembered from file to file.
bioio is timed where it is installed, or by the Python that ``REMBI_BIOIO_PYTHON`` names,
on a tenth of the files.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import ome_types
import tifffile
from _timing import best_of

from rembi_widgets.app._demo_xml import CONFOCAL, ome_xml
from rembi_widgets.images import read_image

FILES, PLANES = 1000, 10000
PLAIN, OURS, MODEL, BIOIO = "open and read the header", "read_image", "ome_types.from_tiff", "bioio"
WRITER = "tifffile.ome_metadata and series"
BIOIO_SCRIPT = """
import json, sys, time
from bioio import BioImage
from bioio_ome_tiff import Reader
paths = json.load(sys.stdin)
best = float("inf")
for _ in range(2):
    begin = time.process_time()
    for path in paths:
        image = BioImage(path, reader=Reader)
        image.dims, image.channel_names, image.physical_pixel_sizes, image.ome_metadata
    best = min(best, time.process_time() - begin)
print(best)
"""


def plane_xml(planes: int) -> str:
    """Give OME-XML with an instrument, three channels and as many planes as asked for."""
    whole = ome_xml(CONFOCAL, "stack", 1, 16).replace('SizeZ="5"', f'SizeZ="{planes // 3}"')
    places = [(z, c) for z in range(planes // 3) for c in range(3)]
    data = "".join(
        f'<TiffData FirstC="{c}" FirstT="0" FirstZ="{z}" IFD="{n}" PlaneCount="1">'
        f'<UUID FileName="stack{planes}.ome.tif">urn:uuid:06846f98-85ab-43f1-b665-2ba8b11ca845</UUID></TiffData>'
        for n, (z, c) in enumerate(places)
    )
    said = "".join(
        f'<Plane DeltaT="{n * 0.1:.3f}" ExposureTime="0.05" PositionX="1.5" PositionY="2.5" PositionZ="{z * 0.5}" '
        f'TheC="{c}" TheT="0" TheZ="{z}"/>'
        for n, (z, c) in enumerate(places)
    )
    return whole.replace("<TiffData/>", data + said)


def stack(folder: Path, planes: int) -> Path:
    """Write one OME-TIFF of many small planes."""
    path = folder / f"stack{planes}.ome.tif"
    with tifffile.TiffWriter(path) as writer:
        for number in range(planes // 3 * 3):
            description = plane_xml(planes).encode() if number == 0 else None
            writer.write(np.zeros((16, 16), np.uint8), description=description, metadata=None, contiguous=False)
    return path


def small_files(folder: Path, count: int) -> list[Path]:
    """Write many small OME-TIFFs."""
    paths = [folder / f"small{number:04d}.ome.tif" for number in range(count)]
    for number, path in enumerate(paths):
        xml = ome_xml(CONFOCAL, path.name, number, 16).encode()
        tifffile.imwrite(path, np.zeros((15, 16, 16), np.uint8), description=xml, metadata=None)
    return paths


def series(path: Path) -> tuple[int, ...]:
    """Give the shape of the first series, by tifffile, with its OME-XML as text."""
    with tifffile.TiffFile(path) as opened:
        _ = opened.ome_metadata
        return tuple(opened.series[0].shape)


def main(files: int = FILES, planes: int = PLANES) -> None:
    """Print what was measured."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        said = {
            f"{files} small OME-TIFFs": compare(small_files(folder, files), rounds=3),
            f"{files} small OME-TIFFs as tifffile writes them": compare(plain_files(folder, files), rounds=3),
            f"{files} small OME-TIFFs, each of other equipment": compare(unlike_files(folder, files), rounds=3),
            f"one OME-TIFF of {planes} planes": compare([stack(folder, planes)], rounds=5),
        }
    print(json.dumps(said, indent=1))


def plain_files(folder: Path, count: int) -> list[Path]:
    """Write small OME-TIFFs as tifffile does for people who name channels and pixel sizes."""
    paths = [folder / f"plain{number:04d}.ome.tif" for number in range(count)]
    for number, path in enumerate(paths):
        size = 0.1 + number % 50 / 1000
        said = {"axes": "CYX", "Channel": {"Name": ["DAPI", "GFP", "mCherry"]}}
        said |= {f"PhysicalSize{axis}": size for axis in "XY"} | {f"PhysicalSize{axis}Unit": "µm" for axis in "XY"}
        tifffile.imwrite(path, np.zeros((3, 16, 16), np.uint8), metadata=said, photometric="minisblack", ome=True)
    return paths


def unlike_files(folder: Path, count: int) -> list[Path]:
    """Write small OME-TIFFs of which no two name the same objective."""
    paths = [folder / f"unlike{number:04d}.ome.tif" for number in range(count)]
    for number, path in enumerate(paths):
        xml = ome_xml(CONFOCAL, path.name, number, 16).replace("Plan-Apochromat", f"Plan {number}")
        tifffile.imwrite(path, np.zeros((15, 16, 16), np.uint8), description=xml.encode(), metadata=None)
    return paths


def compare(paths: list[Path], rounds: int) -> dict[str, object]:
    """Time the candidates over the files, all in one run."""
    spans = {path: description_of(path) for path in paths}
    candidates = {
        PLAIN: lambda: [read_span(path, spans[path]) for path in paths],
        OURS: lambda: [read_image(path) for path in paths],
        WRITER: lambda: [series(path) for path in paths],
        MODEL: lambda: [ome_types.from_tiff(path) for path in paths],
    }
    for work in candidates.values():
        work()  # what is imported and compiled at first is no part of it
    times = best_of(candidates, rounds, time.process_time)
    others = bioio(paths)
    seconds = times if others is None else {**times, BIOIO: others}
    return {
        "ms": {name: round(taken * 1000, 3) for name, taken in seconds.items()},
        "read_image to plain read": round(times[OURS] / times[PLAIN], 1),
        "ome_types to read_image": round(times[MODEL] / times[OURS], 1),
        "tifffile to read_image": round(times[WRITER] / times[OURS], 1),
        "bioio to read_image": None if others is None else round(others / times[OURS], 1),
    }


def bioio(paths: list[Path]) -> float | None:
    """Give the seconds that bioio takes, reckoned from a tenth of the files; none where it is not installed."""
    part = paths[: max(1, len(paths) // 10)]
    done = subprocess.run(
        [os.environ.get("REMBI_BIOIO_PYTHON", sys.executable), "-c", BIOIO_SCRIPT],
        input=json.dumps([str(path) for path in part]),
        capture_output=True,
        text=True,
        check=False,
    )
    return float(done.stdout) * len(paths) / len(part) if done.returncode == 0 else None


def description_of(path: Path) -> tuple[int, int]:
    """Give where the description lies."""
    with tifffile.TiffFile(path) as opened:
        tag = opened.pages[0].aspage().tags[270]
        return int(tag.valueoffset), int(tag.count)


def read_span(path: Path, span: tuple[int, int]) -> bytes:
    """Open a file, read its first bytes and its description: what no reader can do without."""
    with path.open("rb", buffering=0) as file:
        head = file.read(4096)
        if sum(span) <= len(head):
            return head
        file.seek(span[0])
        return file.read(span[1])


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
