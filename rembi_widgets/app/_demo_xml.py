"""The headers of the demo's images: OME-XML with an instrument, its objective, detectors, light sources, channels."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr


@dataclass(frozen=True)
class DemoChannel:
    """A channel: name, fluorophore, wavelengths in nm, display colour as OME writes it (signed RGBA)."""

    name: str
    fluor: str
    excitation: int
    emission: int
    colour: int
    mode: str


@dataclass(frozen=True)
class Setup:
    """How a set of images was taken: sizes, pixel sizes in µm, time step in s, and the instrument's parts."""

    size_z: int
    size_t: int
    pixel: float
    step: float
    interval: float | None
    channels: tuple[DemoChannel, ...]
    microscope: tuple[str, str, str]
    objective: tuple[str, str, float, float, str]
    detector: tuple[str, str, str]


CONFOCAL = Setup(
    size_z=5,
    size_t=1,
    pixel=0.2,
    step=0.5,
    interval=None,
    channels=(
        DemoChannel("DNA", "Hoechst 33342", 405, 461, 0x3A6BFFFF, "LaserScanningConfocalMicroscopy"),
        DemoChannel("F-actin", "Alexa Fluor 488", 488, 520, 0x39D353FF, "LaserScanningConfocalMicroscopy"),
        DemoChannel("Lamin A/C", "Alexa Fluor 594", 561, 617, -0xC33701, "LaserScanningConfocalMicroscopy"),
    ),
    microscope=("Zeiss", "LSM 980", "Inverted"),
    objective=("Zeiss", "Plan-Apochromat 63x/1.40 Oil DIC M27", 63, 1.4, "Oil"),
    detector=("Zeiss", "GaAsP-PMT", "PMT"),
)
LIVE = Setup(
    size_z=1,
    size_t=8,
    pixel=0.325,
    step=0,
    interval=30.0,
    channels=(DemoChannel("H2B-mCherry", "mCherry", 561, 610, -0x17B73701, "SpinningDiskConfocal"),),
    microscope=("Nikon", "Ti2-E", "Inverted"),
    objective=("Nikon", "Plan Apo Lambda 40x/0.95", 40, 0.95, "Air"),
    detector=("Photometrics", "Prime BSI", "CMOS"),
)


def _attributes(**values: object) -> str:
    return "".join(f" {name}={quoteattr(str(value))}" for name, value in values.items() if value is not None)


def ome_xml(setup: Setup, name: str, seed: int, side: int) -> str:
    """Give the OME-XML (2016-06) of one image."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"'
        f"{_attributes(Creator='rembi_widgets demo')}>{_instrument(setup)}"
        f'<Image ID="Image:0"{_attributes(Name=name)}>'
        f"<AcquisitionDate>2026-03-12T{9 + seed % 8:02d}:{seed % 60:02d}:00</AcquisitionDate>"
        f'<InstrumentRef ID="Instrument:0"/><ObjectiveSettings ID="Objective:0"/>{_pixels(setup, side)}</Image></OME>'
    )


def _instrument(setup: Setup) -> str:
    make, model, kind = setup.microscope
    lens = setup.objective
    lights = "".join(
        f'<Laser ID="LightSource:{n}"{_attributes(Manufacturer="Coherent", Model="OBIS", Wavelength=line)}/>'
        for n, line in enumerate(channel.excitation for channel in setup.channels)
    )
    objective = _attributes(
        Manufacturer=lens[0], Model=lens[1], NominalMagnification=lens[2], LensNA=lens[3], Immersion=lens[4]
    )
    seen = _attributes(Manufacturer=setup.detector[0], Model=setup.detector[1], Type=setup.detector[2])
    return (
        f'<Instrument ID="Instrument:0"><Microscope{_attributes(Manufacturer=make, Model=model, Type=kind)}/>{lights}'
        f'<Detector ID="Detector:0"{seen}/><Objective ID="Objective:0"{objective}/></Instrument>'
    )


def _pixels(setup: Setup, side: int) -> str:
    sizes = _attributes(
        DimensionOrder="XYZCT",
        Type="uint8",
        SizeX=side,
        SizeY=side,
        SizeZ=setup.size_z,
        SizeC=len(setup.channels),
        SizeT=setup.size_t,
        PhysicalSizeX=setup.pixel,
        PhysicalSizeY=setup.pixel,
        PhysicalSizeZ=setup.step or None,
        TimeIncrement=setup.interval,
    )
    channels = "".join(_channel(number, channel) for number, channel in enumerate(setup.channels))
    return f'<Pixels ID="Pixels:0"{sizes}>{channels}<TiffData/></Pixels>'


def _channel(number: int, channel: DemoChannel) -> str:
    said = _attributes(
        Name=channel.name,
        Fluor=channel.fluor,
        ExcitationWavelength=channel.excitation,
        EmissionWavelength=channel.emission,
        Color=channel.colour,
        AcquisitionMode=channel.mode,
        ContrastMethod="Fluorescence",
        IlluminationType="Epifluorescence",
        SamplesPerPixel=1,
    )
    light = f'<LightSourceSettings ID="LightSource:{number}"/><DetectorSettings ID="Detector:0"/>'
    return f'<Channel ID="Channel:0:{number}"{said}>{light}</Channel>'
