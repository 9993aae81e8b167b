"""Microscope files that tests write."""

from __future__ import annotations

from typing import Any

OURS = """\
microscope: Spinning disk
id: sd-204
version: 2026-03
manufacturer: Nikon
model: Ti2-E
stand: Inverted
serial: no
quality_control: https://doi.org/10.5281/zenodo.1
objectives:
  - {manufacturer: Nikon, model: Plan Apo 60x, magnification: 60, na: "1,40", immersion: oil, working_distance: 0.13 mm}
  - {manufacturer: Nikon, model: Plan Apo 20x, magnification: 20x, na: 0.75, immersion: Air, working_distance: 40 µm}
light_sources:
  - {kind: Laser, manufacturer: Coherent, model: OBIS 488, wavelength: 488 nm}
  - {kind: Laser, manufacturer: Coherent, model: OBIS 561, wavelength: 0.561 µm}
detectors:
  - {kind: CMOS, manufacturer: Photometrics, model: Prime BSI}
filters:
  - {kind: BandPass, model: ET525/50m, description: emission}
"""
ACQUISITION: dict[str, Any] = {"title": "Live", "objective_magnification": 60, "objective_na": 1.4}


def micro_meta(*components: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Give a microscope of Micro-Meta App's newer generation."""
    stand = {"Schema_ID": "UprightMicroscopeStand.json", "Manufacturer": "Zeiss", "Model": "Axio Imager"}
    held = {"Schema_ID": "Instrument.json", "ID": "id-1", "Name": "Scope", "MicroscopeStand": stand}
    return {**held, "components": list(components), **more}


def part(schema: str, **values: Any) -> dict[str, Any]:
    """Give a component."""
    return {"Schema_ID": f"{schema}.json", "ID": f"id-{schema}", "Name": schema, **values}
