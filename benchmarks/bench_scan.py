"""How fast a scan is: 1,000 small OME-TIFFs against reading them one by one, and the draft of 100,000 images.

Run ``python benchmarks/bench_scan.py``. Ratios compare; seconds depend on the machine.
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

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


def make_files(folder: Path) -> None:
    import numpy as np
    import tifffile

    pixels = np.zeros((8, 8), np.uint8)
    for number in range(FILES):
        place = folder / f"plate_{number % 4}" / f"field_{number:05d}.ome.tif"
        place.parent.mkdir(exist_ok=True)
        tifffile.imwrite(place, pixels, description=XML.format(n=number).encode(), metadata=None)


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def worked() -> float:
    """Give the seconds of processor time of this process and of those it started that have ended."""
    return sum(os.times()[:4])


def reading(folder: Path) -> None:
    """Interleave the two, so that both meet the same machine."""
    paths = sorted(folder.rglob("*.tif"))
    serial, scanned, started = [], [], []
    effort = [0.0, 0.0]
    for _ in range(ROUNDS):
        begin = worked()
        serial.append(timed(lambda: [read_image(path) for path in paths]))
        between = worked()
        scanned.append(timed(lambda: scan(folder)))
        effort = [effort[0] + between - begin, effort[1] + worked() - between]
        with tempfile.TemporaryDirectory() as one:
            (Path(one) / "a.tif").write_bytes(paths[0].read_bytes())
            started.append(timed(Scanner(one).result))
    alone, all_of_it, start = (statistics.median(times) for times in (serial, scanned, started))
    print(f"{FILES} files one by one in this process  {alone:8.3f} s")
    print(f"{FILES} files by a scan                   {all_of_it:8.3f} s   ratio {all_of_it / alone:.2f}")
    rest = (all_of_it - start) / alone
    print(f"   of which starting the worker          {start:8.3f} s   ratio without it {rest:.2f}")
    print(f"   processor time of both processes      {effort[1] / ROUNDS:8.3f} s   ratio {effort[1] / effort[0]:.2f}")


def made_up(folder: Path) -> Scan:
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


def drafting(folder: Path) -> None:
    found = made_up(folder)
    opened = open_curation(folder)
    print(f"{ROWS} images into groups            {timed(lambda: found.groups):8.3f} s")
    edits = draft(found, opened.record)
    print(f"{ROWS} images drafted                {timed(lambda: draft(found, opened.record)):8.3f} s")
    print(f"   as one change, on the disk            {timed(lambda: opened.propose(edits)):8.3f} s")
    held = sum(file.stat().st_size for file in (folder / ".rembi").rglob("*") if file.is_file())
    columns = {
        json.dumps(list(column), ensure_ascii=False, separators=(",", ":"))
        for edit in edits
        if edit.rows
        for column in edit.value.values()
    }
    values = sum(len(column.encode()) for column in columns)
    print(f"   bytes of journal a row beyond values  {(held - values) / ROWS:8.1f}")
    again: list[object] = []
    took = timed(lambda: again.extend(draft(found, opened.record)))
    print(f"   the same scan again: {len(again)} edits          {took:8.3f} s")
    print(f"   undone in one step                    {timed(opened.undo):8.3f} s")
    opened.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        make_files(Path(folder))
        reading(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        drafting(Path(folder))


if __name__ == "__main__":
    main()
