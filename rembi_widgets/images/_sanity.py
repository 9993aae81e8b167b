"""Truth: what a header's number must be to be reported. What is impossible is unknown, and a note says so.

A pixel of size 0, 1e-19 m or -10 is a program's way to say "not known"; 1/nm is a frequency and "pixel" no length.
One bad value costs that value, never the record.
"""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING

from rembi_widgets.images._imagerecord import Note
from rembi_widgets.images._units import TO_NM, TO_S, TO_UM

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

LENGTH_UM = (1e-7, 1e7)
"""Pixel sizes, working distances and pinholes that can be: from a tenth of a picometre to ten metres."""
WAVELENGTH_NM = (1e-3, 1e6)
"""Wavelengths that can be: from electrons and hard X-rays to far infrared."""
TIME_S = (1e-15, 1e10)
SHORT = 10
"""Digits of a number that needs no look at its size."""
SHOWN = 80
"""Characters of a value that a note quotes."""


def tidy(value: float) -> float:
    """Take away what only the binary form of a decimal number added.

    >>> tidy(1.4000000000000001)
    1.4
    """
    return float(f"{value:.14g}")


class Notes(list[Note]):
    """The notes that reading one image left behind, and the rules that leave them."""

    def note(self, key: str, **values: object) -> None:
        """Note what is worth telling."""
        self.append(Note(f"images.note.{key}", values))

    def drop(self, key: str, field: str, found: object, **values: object) -> None:
        """Note that a value was dropped, and why."""
        self.append(Note(f"images.note.{key}", {"field": field, "found": str(found)[:SHOWN], **values}))

    def number(self, field: str, found: str | float | None) -> float | None:
        """Give a finite number, or none with a note."""
        if found is None or found == "":
            return None
        try:
            value = float(found)
        except (ValueError, OverflowError):
            self.drop("no_number", field, found)
            return None
        if not math.isfinite(value):
            self.drop("no_number", field, found)
            return None
        return value

    def positive(self, field: str, found: str | float | None) -> float | None:
        """Give a number above 0 (a magnification, an aperture), or none with a note."""
        value = self.number(field, found)
        if value is not None and value <= 0:
            self.drop("impossible", field, found)
            return None
        return value if value is None else tidy(value)

    def size(self, field: str, found: str | float | None) -> int | None:
        """Give a whole number of at least 1 (a size in pixels), or none with a note."""
        if isinstance(found, str) and found.isdecimal() and len(found) < SHORT and found[0] != "0":
            return int(found)
        value = self.positive(field, found)
        if value is not None and (value != int(value) or value > 2**53):
            self.drop("impossible", field, found)
            return None
        return value if value is None else int(value)

    def length_um(self, field: str, found: str | float | None, unit: str | None = None) -> float | None:
        """Give a length in µm; a header that names no unit means µm (OME 2016-06)."""
        return self._measured(field, found, unit or "µm", TO_UM, LENGTH_UM)

    def wavelength_nm(self, field: str, found: str | float | None, unit: str | None = None) -> float | None:
        """Give a wavelength in nm; a header that names no unit means nm (OME 2016-06)."""
        return self._measured(field, found, unit or "nm", TO_NM, WAVELENGTH_NM)

    def time_s(self, field: str, found: str | float | None, unit: str | None = None) -> float | None:
        """Give a time in s; a header that names no unit means s (OME 2016-06)."""
        return self._measured(field, found, unit or "s", TO_S, TIME_S)

    def _measured(
        self, field: str, found: str | float | None, unit: str, units: Mapping[str, float], limits: tuple[float, float]
    ) -> float | None:
        value = self.number(field, found)
        if value is None:
            return None
        factor = units.get(unit) or units.get(unit.strip())
        if factor is None:
            self.drop("unit", field, found, unit=unit[:SHOWN])
            return None
        scaled = tidy(value * factor)
        if not limits[0] <= scaled <= limits[1]:
            self.drop("impossible", field, f"{found} {unit}")
            return None
        return scaled

    def word(self, field: str, found: str | None, known: Container[str]) -> str | None:
        """Give a word of a vocabulary, or none with a note."""
        if not found or found in known:
            return found or None
        self.drop("unknown_word", field, found)
        return None

    def colour(self, field: str, found: str) -> str | None:
        """Give a colour as ``#RRGGBB``; OME writes red, green, blue and opacity as one signed number of 32 bits."""
        try:
            number = int(found)
        except ValueError:
            self.drop("no_number", field, found)
            return None
        if not -(2**31) <= number < 2**32:
            self.drop("impossible", field, found)
            return None
        return f"#{(number & 0xFFFFFFFF) >> 8:06X}"

    def date(self, field: str, found: str | None) -> str | None:
        """Give a date and time as ISO 8601, or none with a note."""
        said = (found or "").strip()
        if not said:
            return None
        try:
            datetime.fromisoformat(said)
        except ValueError:
            self.drop("no_date", field, said)
            return None
        return said
