"""Titles of groups, made of pieces: "Confocal, 63x, oil, 3 channels, z-stack"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rembi_widgets.images._methods import methods
from rembi_widgets.locale import has, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from rembi_widgets.images._imagerecord import ImageRecord

SMALL_UM = 0.01
"""Pixels below this are told in nm: electron microscopists do."""


def _method(record: ImageRecord, lang: str | None) -> str | None:
    found = methods(record)
    return text(f"scan.method.{found[0][0].name}", lang) if found else None


def _magnification(record: ImageRecord, _lang: str | None) -> str | None:
    power = record.objective.magnification if record.objective is not None else None
    return f"{power:g}×" if power else None


def _immersion(record: ImageRecord, lang: str | None) -> str | None:
    medium = record.objective.immersion if record.objective is not None else None
    key = f"scan.immersion.{(medium or '').casefold()}"
    return text(key, lang) if has(key) else (medium or "").casefold() or None


def _channel_count(record: ImageRecord, lang: str | None) -> str | None:
    count = record.size_c or len(record.channels)
    key = "scan.title.channel" if count == 1 else "scan.title.channels"
    return text(key, lang, n=count) if count else None


def _z_stack(record: ImageRecord, lang: str | None) -> str | None:
    return text("scan.title.z_stack", lang) if (record.size_z or 0) > 1 else None


def _time_lapse(record: ImageRecord, lang: str | None) -> str | None:
    return text("scan.title.time_lapse", lang) if (record.size_t or 0) > 1 else None


def _instrument(record: ImageRecord, _lang: str | None) -> str | None:
    instrument = record.instrument
    return " ".join(name for name in (instrument.manufacturer, instrument.model) if name) if instrument else None


def _lens(record: ImageRecord, _lang: str | None) -> str | None:
    return record.objective.model if record.objective is not None else None


def _channel_names(record: ImageRecord, _lang: str | None) -> str | None:
    return " + ".join(str(name) for channel in record.channels if (name := channel.fluor or channel.name)) or None


def _pixel(record: ImageRecord, lang: str | None) -> str:
    if record.px_x_um is None:
        return text("scan.title.no_pixel_size", lang)
    if record.px_x_um < SMALL_UM:
        return text("scan.title.pixel_nm", lang, size=f"{float(f'{1000 * record.px_x_um:.3g}'):g}")
    return text("scan.title.pixel", lang, size=f"{float(f'{record.px_x_um:.3g}'):g}")


PIECES: dict[str, Callable[[ImageRecord, str | None], str | None]] = {
    "method": _method,
    "magnification": _magnification,
    "immersion": _immersion,
    "channels": _channel_count,
    "z_stack": _z_stack,
    "time_lapse": _time_lapse,
    "instrument": _instrument,
    "lens": _lens,
    "channel_names": _channel_names,
    "pixel": _pixel,
}
"""Pieces of titles, in their order."""
ALWAYS = tuple(PIECES)[:6]
IF_NEEDED = tuple(PIECES)[6:]
