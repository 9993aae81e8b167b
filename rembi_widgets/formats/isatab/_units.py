"""Units: the symbol of the record to the label and id of the Units of Measurement Ontology (UO, 2026-01-16)."""

from __future__ import annotations

_LABELS = {
    "m": ("meter", "UO:0000008"),
    "cm": ("centimeter", "UO:0000015"),
    "mm": ("millimeter", "UO:0000016"),
    "µm": ("micrometer", "UO:0000017"),
    "nm": ("nanometer", "UO:0000018"),
    "Å": ("angstrom", "UO:0000019"),
    "pm": ("picometer", "UO:0000020"),
    "s": ("second", "UO:0000010"),
    "ms": ("millisecond", "UO:0000028"),
    "µs": ("microsecond", "UO:0000029"),
    "ps": ("picosecond", "UO:0000030"),
    "min": ("minute", "UO:0000031"),
    "h": ("hour", "UO:0000032"),
    "d": ("day", "UO:0000033"),
    "°C": ("degree Celsius", "UO:0000027"),
    "K": ("kelvin", "UO:0000012"),
    "V": ("volt", "UO:0000218"),
    "mV": ("millivolt", "UO:0000247"),
    "kV": ("kilovolt", "UO:0000248"),
    "eV": ("electronvolt", "UO:0000266"),
    "Hz": ("hertz", "UO:0000106"),
    "MHz": ("megaHertz", "UO:0000325"),
    "W": ("watt", "UO:0000114"),
    "J": ("joule", "UO:0000112"),
    "°": ("degree", "UO:0000185"),
    "rad": ("radian", "UO:0000123"),
    "%": ("percent", "UO:0000187"),
}
_ALIASES = {"um": "µm", "\u03bcm": "µm", "\u03bcs": "µs", "us": "µs", "sec": "s", "deg": "°", "\u212b": "Å", "A": "Å"}
SYMBOLS = {label: symbol for symbol, (label, _) in _LABELS.items()}
"""Label to symbol: the way back."""


def unit(symbol: str) -> tuple[str, str | None]:
    """Give the label and id of a unit; a symbol that is not known stands for itself.

    >>> unit("µm"), unit("e/Å²")
    (('micrometer', 'UO:0000017'), ('e/Å²', None))
    """
    known = _LABELS.get(_ALIASES.get(symbol, symbol))
    return known or (symbol, None)
