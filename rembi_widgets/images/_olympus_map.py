"""FluoView's settings to an image record: axes, pixel sizes, channels with dyes and lasers, objective, date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rembi_widgets.images._found import Found
from rembi_widgets.images._imagerecord import ImageChannel, ImageInstrument, ImageObjective, ImagePart
from rembi_widgets.images._objective_name import optics, tidy_name
from rembi_widgets.images._plain_tiff import TEXT_SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rembi_widgets.images._imagerecord import ImageRecord

    Settings = Mapping[str, Mapping[str, str]]

ACQUISITION = "Acquisition Parameters Common"
IMAGE = "Reference Image Parameter"
AXES_LIMIT = 16
UNKNOWN = ("9999", "9999.0", "")
"""What FluoView writes where it does not know."""
_TYPES = {1: "uint8", 2: "uint16", 4: "uint32"}
_LIGHTS = {"Fluorescence": ("Fluorescence", None), "Transmitted Light": (None, "Transmitted")}
"""Light of a channel to OME's words for contrast and illumination; DIC and plain transmission are not told apart."""
_PART = re.compile(r"(Channel|Laser) (\d{1,3}) Parameters")


def record_of(main: Settings, plane: Settings, about: Mapping[str, Any], *, personal: bool) -> ImageRecord:
    """Give the record of an image.

    Parameters
    ----------
    main, plane
        Settings of the whole and of its first plane, which alone names the objective.
    about
        What is known of the file.
    personal
        Whether the user's name is read.
    """
    found = Found()
    _axes(main, found)
    said = main.get(IMAGE, {})
    found.put(
        "pixel_type", _TYPES.get(int(found.notes.number("pixel_type", said.get("ImageDepth")) or 0)), f"[{IMAGE}]"
    )
    for axis, word in (("x", "Width"), ("y", "Height")):
        name, value = f"px_{axis}_um", said.get(f"{word}ConvertValue")
        found.put(name, found.notes.length_um(name, value, said.get(f"{word}Unit")), f"[{IMAGE}]{word}ConvertValue")
    _channels(main, found)
    _parts(main, found)
    _objective(plane.get(ACQUISITION, {}), found)
    _texts(main, found)
    if personal:
        found.put("experimenter", main.get("File Info", {}).get("UserName"), "[File Info]UserName")
    return found.record(**about)


def _axes(main: Settings, found: Found) -> None:
    """Fill in sizes and steps; an axis of size 0 or not in use has one place."""
    notes = found.notes
    axes = {}
    for number in range(AXES_LIMIT):
        section = f"Axis {number} Parameters Common"
        axes[main.get(section, {}).get("AxisCode", "")] = section
    for code in "XYZCT":
        section = axes.get(code, "")
        said, name = main.get(section, {}), f"size_{code.lower()}"
        stated = said.get("MaxSize", "0")
        size = 1 if stated in ("0", "") else notes.size(name, stated)
        found.put(name, size, f"[{section}]MaxSize")
        if size is not None and size > 1 and code in "ZT":
            _step(code, section, said, found)


def _step(code: str, section: str, said: Mapping[str, str], found: Found) -> None:
    """Fill in the step of an axis: as set, else as its ends tell."""
    ends = (
        found.notes.number("scale", said.get("StartPosition")),
        found.notes.number("scale", said.get("EndPosition")),
    )
    name = "px_z_um" if code == "Z" else "time_increment_s"
    measure = found.notes.length_um if code == "Z" else found.notes.time_s
    places = found.values[f"size_{code.lower()}"] - 1
    if None not in ends and ends[0] != ends[1]:
        step = abs(float(ends[1] or 0) - float(ends[0] or 0)) / places
        found.put(name, measure(name, step, said.get("UnitName")), f"[{section}]EndPosition", derived=True)
    elif said.get("Interval", "0") not in ("0", ""):
        found.put(name, measure(name, said["Interval"], said.get("UnitName")), f"[{section}]Interval")


def _numbered(main: Settings, kind: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    for name in sorted(main, key=lambda name: (len(name), name)):
        part = _PART.fullmatch(name)
        if part is not None and part[1] == kind:
            yield name, main[name]


def _channels(main: Settings, found: Found) -> None:
    count = found.values.get("size_c", 1)
    given = [_channel(index, name, said, found) for index, (name, said) in enumerate(_numbered(main, "Channel"))]
    found.put("channels", tuple(given[:count]), "[Channel 1 Parameters]")


def _channel(index: int, section: str, said: Mapping[str, str], found: Found) -> ImageChannel:
    notes, place = found.notes, f"[{section}]"
    dye = said.get("DyeName", "")
    waves = [
        said.get(name) if said.get(name) != "0" else None for name in ("ExcitationWavelength", "EmissionWavelength")
    ]
    light = said.get("LightType", "")
    contrast, illumination = _LIGHTS.get(light, (None, None))
    is_confocal = said.get("Confocal") == "ON" and light == "Fluorescence"
    given = found.gather(
        "channels",
        [
            ("name", said.get("CH Name"), f"{place}CH Name"),
            ("fluor", dye if dye != "None" else None, f"{place}DyeName"),
            ("excitation_nm", notes.wavelength_nm("channels.excitation_nm", waves[0]), f"{place}ExcitationWavelength"),
            ("emission_nm", notes.wavelength_nm("channels.emission_nm", waves[1]), f"{place}EmissionWavelength"),
            ("contrast_method", contrast, f"{place}LightType"),
            ("illumination", illumination, f"{place}LightType"),
            ("acquisition_mode", "LaserScanningConfocalMicroscopy" if is_confocal else None, f"{place}Confocal"),
        ],
    )
    return ImageChannel(index=index, **given)


def _parts(main: Settings, found: Found) -> None:
    """Fill in the lasers that were on, the filters, and the instrument."""
    name = "light_sources.wavelength_nm"
    lasers = [
        ImagePart(kind="laser", wavelength_nm=wave)
        for _, said in _numbered(main, "Laser")
        if said.get("Laser Enable") == "1"
        and (wave := found.notes.wavelength_nm(name, said.get("LaserWavelength"))) is not None
    ]
    found.put("light_sources", tuple(lasers), "[Laser 0 Parameters]LaserWavelength")
    if lasers:
        found.sources[name] = "[Laser 0 Parameters]LaserWavelength"
    filters = dict.fromkeys(
        (kind, said[key])
        for _, said in _numbered(main, "Channel")
        for kind, key in (("dichroic", "ExcitationDM Name"), ("filter", "BF Name"))
        if said.get(key)
    )
    found.put("filters", tuple(ImagePart(kind=kind, model=model) for kind, model in filters), "[Channel 1 Parameters]")
    model = main.get("Version Info", {}).get("SystemName") or main.get(ACQUISITION, {}).get("Acquisition Device")
    given = found.gather("instrument", [("model", model, "[Version Info]SystemName")])
    if given:
        found.put("instrument", ImageInstrument(**given), "[Version Info]SystemName")


def _objective(said: Mapping[str, str], found: Found) -> None:
    notes, place = found.notes, f"pty [{ACQUISITION}]"
    known = {key: value for key, value in said.items() if value not in UNKNOWN}
    model = tidy_name(known.get("ObjectiveLens Name"))
    power = notes.positive("objective.magnification", known.get("Magnification"))
    stated = {
        "na": (notes.positive("objective.na", known.get("ObjectiveLens NAValue")), f"{place}ObjectiveLens NAValue"),
        "magnification": (power, f"{place}Magnification"),
    }
    given = found.gather(
        "objective",
        [
            ("model", model, f"{place}ObjectiveLens Name"),
            *optics(found, model, f"{place}ObjectiveLens Name", stated),
        ],
    )
    if given:
        found.put("objective", ImageObjective(**given), f"{place}ObjectiveLens Name")


def _texts(main: Settings, found: Found) -> None:
    when = main.get(ACQUISITION, {}).get("ImageCaputreDate", "").replace(" ", "T")
    found.put("acquired_at", found.notes.date("acquired_at", when), f"[{ACQUISITION}]ImageCaputreDate")
    comment = main.get("File Info", {}).get("UserComment", "").strip()
    found.put("description", comment[:TEXT_SHOWN], "[File Info]UserComment")
    version = main.get("Version Info", {})
    program = " ".join(version[key] for key in ("SystemName", "SystemVersion") if version.get(key))
    found.put("software", program, "[Version Info]SystemVersion")
