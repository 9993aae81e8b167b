"""Nikon ND2, by the library nd2 (BSD): channels, objective, modality, steps; its pixels are not touched."""

from __future__ import annotations

import struct
import zlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._errors import UnreadableImageError
from rembi_widgets.images._found import Found
from rembi_widgets.images._imagerecord import ImageChannel, ImageInstrument, ImageObjective, ImagePart
from rembi_widgets.images._objective_name import optics, tidy_name
from rembi_widgets.images._plain_tiff import TEXT_SHOWN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rembi_widgets.images._imagerecord import ImageRecord
    from rembi_widgets.images._source import Source

MAGIC = b"\xda\xce\xbe\x0a"
FAULTS = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError, OSError, EOFError,
    AssertionError, struct.error, zlib.error,
)  # fmt: skip
"""What libraries raise on broken headers; each becomes one sentence."""
_TYPES = {"float32": "float", "float64": "double"}
_MODES = (
    ("laserScanConfocal", "LaserScanningConfocalMicroscopy"), ("spinningDiskConfocal", "SpinningDiskConfocal"),
    ("sweptFieldConfocalSlit", "SweptFieldConfocal"), ("sweptFieldConfocalPinhole", "SweptFieldConfocal"),
    ("multiPhoton", "MultiPhotonMicroscopy"), ("TIRF", "TotalInternalReflection"),
    ("Nsim", "StructuredIllumination"), ("nSTORM", "STORM"), ("brightfield", "BrightField"),
)  # fmt: skip
"""Nikon's flag of a modality to the word of OME for it, the most telling first."""
_CONTRASTS = (("phaseContrast", "Phase"), ("diffInterContrast", "DIC"), ("brightfield", "Brightfield"),
              ("fluorescence", "Fluorescence"))  # fmt: skip
_DATES = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S")
JULIAN, JULIAN_DAY = datetime(2000, 1, 1, 12), 2451545.0  # noqa: DTZ001 - a noon and its Julian day


class Nd2Reader:
    """Reads Nikon ND2 of NIS-Elements 4 and later."""

    name = "nd2"
    formats = ("ND2",)
    untested = ()

    def matches(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 - the bytes decide
        """Tell whether the file begins with a chunk of Nikon's."""
        return head.startswith(MAGIC)

    def read(self, source: Source) -> tuple[ImageRecord, ...]:
        """Give a record for each stage position."""
        import nd2

        try:
            with nd2.ND2File(source.path) as file:
                positions = int(file.sizes.get("P", 1))
                return tuple(_record(file, place, positions, source) for place in range(positions))
        except FAULTS as fault:
            reason = f"{type(fault).__name__}: {fault}"[:200]
            raise UnreadableImageError("images.library", name=source.path.name, reason=reason) from fault


def _record(file: Any, place: int, positions: int, source: Source) -> ImageRecord:
    found, raw = Found(), dict[str, str]()
    sizes: Mapping[str, int] = file.sizes
    for axis in "XYZCT":
        size = found.notes.size(f"size_{axis.lower()}", sizes.get(axis, 1))
        if axis == "C" and size is not None:
            size *= sizes.get("S", 1)
        found.put(f"size_{axis.lower()}", size, "ImageAttributesLV / ImageMetadataLV")
    kind = str(file.dtype)
    found.put("pixel_type", _TYPES.get(kind, kind), "ImageAttributesLV/uiBpcInMemory")
    stated = getattr(file.metadata, "channels", None) or []
    if stated:
        _voxel(stated[0], found)
        _objective(stated[0].microscope, found)
    channels = [_channel(index, item, found) for index, item in enumerate(stated)]
    found.put("channels", tuple(channels), "ImageMetadataSeqLV/sPicturePlanes")
    _time(file, found)
    _texts(file, found, raw)
    if positions > 1:
        raw["position"] = str(place + 1)
    return found.record(**source.about(), format="ND2", reader="nd2", scene_index=place, raw=raw)


def _voxel(channel: Any, found: Found) -> None:
    volume = channel.volume
    for axis, size, calibrated in zip("xyz", volume.axesCalibration, volume.axesCalibrated, strict=False):
        if calibrated and (axis != "z" or found.values.get("size_z", 1) > 1):
            name = f"px_{axis}_um"
            found.put(name, found.notes.length_um(name, size), "ImageMetadataSeqLV/dCalibration")


def _objective(microscope: Any, found: Found) -> None:
    notes, place = found.notes, "ImageMetadataSeqLV/sPicturePlanes/sObjectiveSetting"
    model = tidy_name(microscope.objectiveName)
    stated = {
        "na": (_positive(found, "objective.na", microscope.objectiveNumericalAperture), f"{place}/dObjectiveNA"),
        "magnification": (
            _positive(found, "objective.magnification", microscope.objectiveMagnification),
            f"{place}/dObjectiveMag",
        ),
    }
    index = notes.positive("objective.refractive_index", microscope.immersionRefractiveIndex)
    given = found.gather(
        "objective",
        [
            ("model", model, f"{place}/wsObjectiveName"),
            *optics(found, model, f"{place}/wsObjectiveName", stated),
            ("refractive_index", index, f"{place}/dRefractIndex"),
        ],
    )
    if given:
        found.put("objective", ImageObjective(**given), place)


def _positive(found: Found, field: str, value: float | None) -> float | None:
    """Give a number; Nikon writes -1 or 0 where it does not know."""
    return found.notes.positive(field, value) if value not in (None, -1) else None


def _channel(index: int, item: Any, found: Found) -> ImageChannel:
    meta, microscope, notes = item.channel, item.microscope, found.notes
    flags = set(microscope.modalityFlags or ())
    mode = next((word for flag, word in _MODES if flag in flags), "WideField" if "fluorescence" in flags else None)
    contrast = next((word for flag, word in _CONTRASTS if flag in flags), None)
    place, colour = "ImageMetadataSeqLV/sPicturePlanes/sPlaneNew", meta.color
    waves = (meta.excitationLambdaNm or None, meta.emissionLambdaNm or None)
    given = found.gather(
        "channels",
        [
            ("name", (meta.name or "").strip(), f"{place}/sDescription"),
            ("excitation_nm", notes.wavelength_nm("channels.excitation_nm", waves[0]), f"{place}/pFilterPath"),
            ("emission_nm", notes.wavelength_nm("channels.emission_nm", waves[1]), f"{place}/pFilterPath"),
            ("color_hex", f"#{colour.r:02X}{colour.g:02X}{colour.b:02X}" if colour else None, f"{place}/uiColor"),
            ("acquisition_mode", mode, f"{place}/uiModalityMask"),
            ("contrast_method", contrast, f"{place}/uiModalityMask"),
            ("pinhole_um", _pinhole(microscope.pinholeDiameterUm, found), f"{place}/dPinholeDiameter"),
        ],
    )
    return ImageChannel(index=index, **given)


def _pinhole(value: float | None, found: Found) -> float | None:
    return found.notes.length_um("channels.pinhole_um", value) if value and value > 0 else None


def _time(file: Any, found: Found) -> None:
    """Fill in the time step: as planned, else as the times of frames tell."""
    if found.values.get("size_t", 1) < 2:  # noqa: PLR2004 - one time has no step
        return
    name = "time_increment_s"
    for loop in file.experiment or ():
        step = getattr(loop.parameters, "periodMs", None)
        if loop.type == "TimeLoop" and step:
            found.put(name, found.notes.time_s(name, step, "ms"), "ImageMetadataLV/uLoopPars/dPeriod")
            return
    times = _times(file)
    if len(times) > 1 and times[-1] > times[0]:
        step = float(f"{(times[-1] - times[0]) / (len(times) - 1):.6g}")
        found.put(name, found.notes.time_s(name, step), "CustomData|AcqTimesCache", derived=True)


def _times(file: Any) -> list[float]:
    """Give the time of the first frame of each time point, in s."""
    events = file.events(orient="records")
    firsts: dict[int, float] = {}
    for event in events:
        if "T Index" in event and "Time [s]" in event:
            firsts.setdefault(int(event["T Index"]), float(event["Time [s]"]))
    return [firsts[place] for place in sorted(firsts)]


def _texts(file: Any, found: Found, raw: dict[str, str]) -> None:
    said: Mapping[str, str] = file.text_info or {}
    found.put("acquired_at", _date(file, said.get("date", ""), found), "ImageTextInfoLV/SLxImageTextInfo")
    text = said.get("description", "").replace("\r\n", "\n").strip()
    if text:
        raw["description"] = text[:TEXT_SHOWN]
    camera = next((line.partition(":")[2].strip() for line in text.split("\n") if "Camera Name:" in line), "")
    found.put("detectors", (ImagePart(kind="camera", model=camera),) if camera else (), "ImageTextInfoLV/Camera Name")
    stand = next((line.rpartition(":")[2].strip() for line in text.split("\n") if "Microscope Settings:" in line), "")
    if stand:
        place = "ImageTextInfoLV/Microscope Settings"
        given = found.gather("instrument", [("model", stand[:200], place)])
        found.put("instrument", ImageInstrument(**given), place)
    found.put("software", said.get("appinfo_softwarename") or None, "ImageTextInfoLV")


def _date(file: Any, text: str, found: Found) -> str | None:
    """Give the date in ISO 8601; as it is written as the computer's language has it, it may be read in two ways.

    The first frame's own time, a Julian day in UTC, then tells which is meant.
    """
    text = " ".join(text.split())
    days = sorted({day for form in _DATES if (day := _parsed(text, form)) is not None})
    if len(days) > 1:
        frame = file.frame_metadata(0).channels[0].time.absoluteJulianDayNumber
        days = [day for day in days if abs((day - JULIAN).total_seconds() / 86400 + JULIAN_DAY - frame) < 1]
    return days[0].isoformat() if len(days) == 1 else found.notes.date("acquired_at", text)


def _parsed(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)  # noqa: DTZ007 - the header names no zone
    except ValueError:
        return None
