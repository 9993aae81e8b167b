"""The tier of NBO-Q that an acquisition reaches: how much of what the model asks is said, and what comes next.

Tiers of properties as in the schemas of Micro-Meta App (4DN-BINA-OME-QUAREP; Hammer et al., Nature Methods 2021, doi
10.1038/s41592-021-01327-9), for the fields that the record has: 1 what every image must tell, 2 what others need to
understand it, 3 what they need to do it again. A tier is reached when it and all below it are complete.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rembi_widgets.record import Absent, is_empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rembi_widgets.record import Acquisition

QC = "x-qc_dataset"
"""Key of an acquisition for where the quality-control data of its microscope are."""
TIERS: tuple[tuple[str, ...], ...] = (
    (
        "instrument_manufacturer",
        "instrument_model",
        "instrument_type",
        "objective_manufacturer",
        "objective_magnification",
        "objective_na",
        "light_sources/kind",
        "detectors/kind",
        "channels/name",
        "channels/mode",
        "channels/contrast_method",
    ),
    ("objective_immersion", "objective_correction", "filters/kind", "channels/fluorophore", "channels/illumination"),
    (
        "objective_model",
        "objective_working_distance",
        "light_sources/wavelength",
        "channels/excitation",
        "channels/emission",
        QC,
    ),
)
"""The fields of each tier; behind a slash, those of each row."""
OF_LIGHT = frozenset({"fluorophore", "excitation", "emission"})
"""What is asked of channels that show fluorescence."""
GLOW = frozenset({"Fluorescence", "Other"})
LAMPS = frozenset({"Filament", "Arc", "GenericExcitationSource", "Other"})
"""Kinds of light sources that have no one wavelength."""


@dataclass(frozen=True, slots=True)
class Tier:
    """How far an acquisition gets.

    Attributes
    ----------
    reached
        0 to 3.
    missing
        Paths, within the acquisition, of what the next tier still asks: ``detectors/de-1/kind``, or ``detectors`` if
        there is none.
    """

    reached: int
    missing: tuple[str, ...] = ()

    @property
    def next(self) -> str | None:
        """What to fill next; ``None`` if nothing is left."""
        return self.missing[0] if self.missing else None

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {"reached": self.reached, "of": len(TIERS), "next": self.next, "missing": list(self.missing)}


def tier(acquisition: Acquisition) -> Tier:
    """Tell the tier that an acquisition reaches, and what is missing to the next."""
    for reached, fields in enumerate(TIERS):
        missing = tuple(path for name in fields for path in _missing(acquisition, name))
        if missing:
            return Tier(reached, missing)
    return Tier(len(TIERS))


def _missing(acquisition: Acquisition, name: str) -> Iterator[str]:
    rows, _, column = name.partition("/")
    if not column:
        if not _said(acquisition, name):
            yield name
        return
    held = getattr(acquisition, rows)
    if isinstance(held, Absent):
        return
    if not held:
        yield rows
    for row in held:
        if _asked(row, rows, column) and not _said(row, column):
            yield f"{rows}/{row.id}/{column}"


def _asked(row: Any, rows: str, column: str) -> bool:
    if rows == "channels" and column in OF_LIGHT:
        return row.contrast_method in GLOW or is_empty(row.contrast_method)
    return not (rows == "light_sources" and column == "wavelength" and row.kind in LAMPS)


def _said(held: Any, name: str) -> bool:
    """Tell whether there is a value; that there can be none is one, that nobody wrote it down is none."""
    value = getattr(held, name, None)
    return value.absent == "not_applicable" if isinstance(value, Absent) else not is_empty(value)
