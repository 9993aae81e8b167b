"""How fast headers are read: ours against ome_types, tifffile and plain open-and-read, in one run.

``python benchmarks/bench_images.py``; the files are generated, in a temporary folder.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import ome_types
import tifffile
from _timing import best_of, table

from rembi_widgets.app._demo_xml import CONFOCAL, ome_xml
from rembi_widgets.images import read_image

FILES, PLANES = 1000, 1000
PLAIN, OURS, MODEL = "open and read the header", "read_image", "ome_types.from_tiff"


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
    """Print the two tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one = stack(folder, planes)
        compare(f"one OME-TIFF of {planes} planes", [one], rounds=7)
        many = small_files(folder, files)
        compare(f"{files} small OME-TIFFs", many, rounds=3)


def compare(title: str, paths: list[Path], rounds: int) -> None:
    """Time the candidates over the files, all in one run."""
    spans = {path: description_of(path) for path in paths}
    candidates = {
        PLAIN: lambda: [read_span(path, spans[path]) for path in paths],
        OURS: lambda: [read_image(path) for path in paths],
        "tifffile.ome_metadata and series": lambda: [series(path) for path in paths],
        MODEL: lambda: [ome_types.from_tiff(path) for path in paths],
    }
    times = best_of(candidates, rounds)
    table(title, times, PLAIN)
    print(f"  {MODEL} takes {times[MODEL] / times[OURS]:.0f} x as long as {OURS}")


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
