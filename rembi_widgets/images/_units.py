"""Units of headers, as factors to the units of an ``ImageRecord``: µm, nm and s.

OME 2016-06 (``UnitsLength``, ``UnitsTime``), ImageJ, OME-Zarr (UDUNITS-2 names) and their common spellings. A unit
that is not in the table, such as "pixel", "reference frame" or "1/nm", makes a value unknown: it cannot be turned
into a length.
"""

from __future__ import annotations

_METRES = {
    "Ym": 1e24, "Zm": 1e21, "Em": 1e18, "Pm": 1e15, "Tm": 1e12, "Gm": 1e9, "Mm": 1e6, "km": 1e3, "hm": 1e2, "dam":
    10.0, "m": 1.0, "dm": 1e-1, "cm": 1e-2, "mm": 1e-3, "µm": 1e-6, "nm": 1e-9, "pm": 1e-12, "fm": 1e-15, "am": 1e-18,
    "zm": 1e-21, "ym": 1e-24, "Å": 1e-10, "thou": 2.54e-5, "li": 2.54e-2 / 12, "in": 2.54e-2, "ft": 0.3048, "yd":
    0.9144, "mi": 1609.344, "pt": 2.54e-2 / 72,
}  # fmt: skip
_SECONDS = {
    "Ys": 1e24, "Zs": 1e21, "Es": 1e18, "Ps": 1e15, "Ts": 1e12, "Gs": 1e9, "Ms": 1e6, "ks": 1e3, "hs": 1e2, "das": 10.0,
    "s": 1.0, "ds": 1e-1, "cs": 1e-2, "ms": 1e-3, "µs": 1e-6, "ns": 1e-9, "ps": 1e-12, "fs": 1e-15, "as": 1e-18,
    "zs": 1e-21, "ys": 1e-24, "min": 60.0, "h": 3600.0, "d": 86400.0,
}  # fmt: skip
_ALIASES = {
    "um": "µm", "μm": "µm", "micron": "µm", "microns": "µm", "micrometer": "µm", "micrometre": "µm", "micrometers":
    "µm", "\\u00b5m": "µm", "Âµm": "µm", "nanometer": "nm", "nanometre": "nm", "nanometers": "nm", "millimeter": "mm",
    "millimetre": "mm", "centimeter": "cm", "centimetre": "cm", "meter": "m", "metre": "m", "picometer": "pm",
    "femtometer": "fm", "angstrom": "Å", "Angstrom": "Å", "Å": "Å", "inch": "in", "inches": "in", "foot": "ft",
    "yard": "yd", "us": "µs", "μs": "µs", "microsecond": "µs", "millisecond": "ms", "msec": "ms", "nanosecond": "ns",
    "second": "s", "seconds": "s", "sec": "s", "minute": "min", "minutes": "min", "hour": "h", "hours": "h", "hr":
    "h", "day": "d",
}  # fmt: skip


def _scaled(table: dict[str, float], one: float) -> dict[str, float]:
    scaled = {name: factor / one for name, factor in table.items()}
    return scaled | {alias: scaled[name] for alias, name in _ALIASES.items() if name in scaled}


TO_UM = _scaled(_METRES, 1e-6)
"""Unit of length to the µm it holds."""
TO_NM = _scaled(_METRES, 1e-9)
"""Unit of length to the nm it holds."""
TO_S = _scaled(_SECONDS, 1.0)
"""Unit of time to the seconds it holds."""
