"""Image records and scans made up for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rembi_widgets.images import ImageChannel, ImageInstrument, ImageObjective, ImagePart, ImageRecord, Scan
from rembi_widgets.images._scan import ScanFile

OIL = ImageObjective(manufacturer="Zeiss", model="Plan-Apochromat 63x", na=1.4, magnification=63.0, immersion="Oil")
AIR = ImageObjective(manufacturer="Zeiss", model="Plan-Apochromat 20x", na=0.8, magnification=20.0, immersion="Air")
LSM = ImageInstrument(manufacturer="Zeiss", model="LSM 980", type="Inverted", serial="42")
CONFOCAL = "LaserScanningConfocalMicroscopy"
DNA = ImageChannel(
    index=0, name="DNA", fluor="Hoechst 33342", excitation_nm=405.0, emission_nm=461.0, acquisition_mode=CONFOCAL
)
ACTIN = ImageChannel(
    index=1, name="F-actin", fluor="Alexa Fluor 488", excitation_nm=488.0, emission_nm=520.0, acquisition_mode=CONFOCAL
)
SOURCES = {
    "px_x_um": "Image/Pixels/@PhysicalSizeX",
    "channels": "Image/Pixels/Channel",
    "channels.fluor": "Image/Pixels/Channel/@Fluor",
    "channels.acquisition_mode": "Image/Pixels/Channel/@AcquisitionMode",
    "objective.model": "Instrument/Objective/@Model",
    "instrument.model": "Instrument/Microscope/@Model",
}


def image(path: str = "a/one.tif", **given: Any) -> ImageRecord:
    """Give a confocal z-stack of two channels, with some values otherwise."""
    usual: dict[str, Any] = {
        "path": path,
        "format": "OME-TIFF",
        "size_x": 512,
        "size_y": 256,
        "size_z": 10,
        "size_c": 2,
        "size_t": 1,
        "pixel_type": "uint16",
        "px_x_um": 0.1,
        "px_y_um": 0.1,
        "px_z_um": 0.5,
        "acquired_at": "2026-03-12T10:00:00",
        "channels": (DNA, ACTIN),
        "objective": OIL,
        "instrument": LSM,
        "detectors": (ImagePart(id="Detector:0", kind="PMT", manufacturer="Zeiss", model="GaAsP"),),
        "light_sources": (ImagePart(id="LightSource:0", kind="laser", wavelength_nm=405.0),),
        "sources": SOURCES,
    }
    return ImageRecord(**{**usual, **given})


def scan_of(*images: ImageRecord, folder: Path = Path("dataset"), others: tuple[ScanFile, ...] = ()) -> Scan:
    """Give a scan of images, a file each unless they share one."""
    counts: dict[str, int] = {}
    for record in images:
        counts[record.path] = counts.get(record.path, 0) + 1
    files = [ScanFile(path, "file", 1000, 1.75e9, "OME-TIFF", count) for path, count in counts.items()]
    return Scan(folder=folder, images=images, files=(*files, *others))
