"""Long texts that the archive wants, composed from the structure: instrument, acquisition parameters, preparation.

A text that a person wrote or that was imported stands as it is; what the structure says beside it has an attribute of
its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.pagetab._words import each, given, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rembi_widgets.record import Acquisition, Channel, Label, Sample, Specimen

_OBJECTIVE = {
    "objective_correction": "correction",
    "objective_working_distance": "working distance",
    "objective_refractive_index": "refractive index",
}
_CHANNEL = {
    "fluorophore": "fluorophore",
    "excitation": "excitation",
    "emission": "emission",
    "exposure_time": "exposure",
    "pinhole": "pinhole",
    "mode": "mode",
    "contrast_method": "contrast",
    "illumination": "illumination",
    "colour": "colour",
}
_SETTINGS = {
    "time_interval": "Time interval",
    "temperature": "Temperature",
    "accelerating_voltage": "Accelerating voltage",
    "electron_dose": "Electron dose",
    "tilt_range": "Tilt range",
    "tilt_increment": "Tilt increment",
    "photon_energy": "Photon energy",
}
_PARTS = {
    "light_sources": ("Light source", ("kind", "manufacturer", "model", "wavelength")),
    "detectors": ("Detector", ("kind", "manufacturer", "model")),
    "filters": ("Filter", ("kind", "model", "description")),
}
"""Rows of an acquisition to what one of them is called and to its fields."""


def instrument(acquisition: Acquisition) -> str:
    """Compose the instrument: maker, model and type, description, objective, light sources, detectors, filters."""
    made = _line(acquisition.instrument_manufacturer, acquisition.instrument_model)
    parts = [
        _join((made, given(acquisition.instrument_type)), ", "),
        given(acquisition.instrument_description),
        _named("Serial number", given(acquisition.instrument_serial)),
        _named("Objective", _objective(acquisition)),
    ]
    for rows, (name, fields) in _PARTS.items():
        parts += [_named(name, _line(*(getattr(row, field) for field in fields))) for row in getattr(acquisition, rows)]
    parts.append(_named("Software", given(acquisition.software)))
    return _join(parts, "; ")


def _objective(acquisition: Acquisition) -> str:
    power, aperture = given(acquisition.objective_magnification), given(acquisition.objective_na)
    optics = f"NA {aperture}" if aperture and not power else "/".join(filter(None, (power and f"{power}x", aperture)))
    made = _line(acquisition.objective_manufacturer, acquisition.objective_model)
    beside = [text for text in (optics, given(acquisition.objective_immersion)) if text not in made]
    return _join((_join((made, *beside), " "), *_fields(acquisition, _OBJECTIVE, " ")), ", ")


def settings(acquisition: Acquisition, labels: Mapping[str, Label]) -> str:
    """Compose the acquisition parameters: channels and settings."""
    channels = [_channel(one, labels) for one in acquisition.channels]
    return _join((*channels, *_fields(acquisition, _SETTINGS, ": ")), "; ")


def _channel(channel: Channel, labels: Mapping[str, Label]) -> str:
    held = labels.get(channel.label or "")
    label = _label(held) if held else ""
    said = _join((label and f"label {label}", *_fields(channel, _CHANNEL, " ")), ", ")
    return _join((_line("Channel", channel.name), said), ": ") if said or given(channel.name) else ""


def _label(label: Label) -> str:
    target = given(label.biological_entity)
    return _join((given(label.content), target and f"marks {target}"), " ")


def preparation(specimen: Specimen, samples: Sequence[Sample]) -> str:
    """Compose the preparation protocol: the method as written, then terms, address, contrast and labels of samples."""
    lines = [
        given(specimen.preparation_method) or _absence(specimen.preparation_method),
        _named("Preparation", joined(term for term in each(specimen.preparation_terms) if given(term))),
        _named("Protocol", given(specimen.preparation_url)),
    ]
    told = {sample.id: _sample(sample) for sample in samples}
    if len(set(told.values())) == 1:
        lines += told[samples[0].id].split("\n")
    else:
        lines += [_join((_line("Sample", sample.title), _one_line(told[sample.id])), ": ") for sample in samples]
    return _join(lines, "\n")


def _absence(value: Any) -> str:
    return joined([value])


def _one_line(text: str) -> str:
    return text.replace("\n", "; ")


def _sample(sample: Sample) -> str:
    """Say what a sample adds to its specimen, a line each."""
    named = [
        _named("Signal", joined(term for term in each(sample.signal_contrast_mechanism) if given(term))),
        *(_named("Label", _label(label)) for label in sample.labels),
        _named("Experimental status", given(sample.experimental_status)),
        _named("Location within biosample", given(sample.location_within_biosample)),
    ]
    return _join(named, "\n")


def growth(specimen: Specimen) -> str:
    """Compose the growth protocol and the medium."""
    return _join((joined([specimen.growth_protocol]), _named("Medium", given(specimen.growth_medium))), "\n")


def _fields(row: Any, names: Mapping[str, str], join: str) -> Iterator[str]:
    for field, name in names.items():
        if text := given(getattr(row, field)):
            yield f"{name}{join}{text}"


def labelled(row: Any, names: Mapping[str, str]) -> str:
    """Say several fields of something, a line each; the name of one may be empty."""
    lines = ((name, joined(each(getattr(row, field)))) for field, name in names.items())
    return _join((_named(name, text) if name else text for name, text in lines), "\n")


def _line(*values: Any) -> str:
    return _join(map(given, values), " ")


def _join(texts: Iterable[str], join: str) -> str:
    return join.join(text for text in texts if text)


def _named(name: str, text: str) -> str:
    return f"{name}: {text}" if text else ""
