"""Long text that is composed from the structure: instrument attributes and acquisition parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rembi_widgets.formats.isatab._cells import NOT_RECORDED, words
from rembi_widgets.record import Absent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rembi_widgets.record import Acquisition


def said(value: Any) -> str:
    """Give the words for a value, none for an absence."""
    return "" if isinstance(value, Absent) else words(value)


def _line(values: Iterable[Any], join: str = " ") -> str:
    return join.join(text for text in map(said, values) if text)


def instrument(acquisition: Acquisition) -> str:
    """Give the instrument in a few words: maker and model, else its type or description."""
    made = _line((acquisition.instrument_manufacturer, acquisition.instrument_model))
    return made or said(acquisition.instrument_type) or said(acquisition.instrument_description)


def objective(acquisition: Acquisition) -> str:
    """Give the objective in a few words, such as ``63x/1.4 oil``."""
    power, aperture = said(acquisition.objective_magnification), said(acquisition.objective_na)
    optics = f"NA {aperture}" if aperture and not power else "/".join(filter(None, (power and f"{power}x", aperture)))
    made = (acquisition.objective_manufacturer, acquisition.objective_model)
    return _line((*made, optics, acquisition.objective_immersion))


def instrument_text(acquisition: Acquisition) -> str:
    """Compose REMBI's instrument attributes from what is known of the parts."""
    parts = [
        _line((acquisition.instrument_manufacturer, acquisition.instrument_model, acquisition.instrument_type)),
        said(acquisition.instrument_description),
        _named("objective", objective(acquisition)),
        *(
            _named("light source", _line((x.kind, x.manufacturer, x.model, x.wavelength)))
            for x in acquisition.light_sources
        ),
        *(_named("detector", _line((x.kind, x.manufacturer, x.model))) for x in acquisition.detectors),
        *(_named("filter", _line((x.kind, x.model, x.description))) for x in acquisition.filters),
        _named("software", said(acquisition.software)),
    ]
    return "; ".join(part for part in parts if part)


def parameters_text(acquisition: Acquisition) -> str:
    """Compose REMBI's image acquisition parameters from the channels and settings."""
    shown = ("excitation", "emission", "exposure_time", "pinhole")
    parts = [
        _named(
            said(channel.name) or "channel",
            _line((_named(name.replace("_", " "), said(getattr(channel, name))) for name in shown), ", "),
        )
        for channel in acquisition.channels
    ]
    settings = ("temperature", "time_interval", "accelerating_voltage", "electron_dose", "tilt_range", "photon_energy")
    parts += [_named(name.replace("_", " "), said(getattr(acquisition, name))) for name in settings]
    return "; ".join(part for part in parts if part)


def _named(name: str, text: str) -> str:
    return f"{name}: {text}" if text else ""


def platform(acquisitions: Iterable[Acquisition]) -> str:
    """Give the Technology Platform of a table: its instruments; altamisa warns of an empty one."""
    return "; ".join(dict.fromkeys(text for text in map(instrument, acquisitions) if text)) or NOT_RECORDED
