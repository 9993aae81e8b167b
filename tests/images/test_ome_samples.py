"""The OME-XML of twelve real documents, against what ome-types reads in them."""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING, Any

import pytest

from rembi_widgets.images import ImageRecord, read_image
from rembi_widgets.images._units import TO_NM, TO_S, TO_UM

if TYPE_CHECKING:
    from pathlib import Path

NAMES = (
    "MMStack", "OverViewScan", "filter", "hcs", "instrument-units-default", "instrument", "mapannotation",
    "multi-channel-z-series", "one-screen-one-plate-four-wells", "small", "spim", "tubhiswt",
)  # fmt: skip


@pytest.fixture(params=NAMES)
def both(request: pytest.FixtureRequest, samples: Path) -> tuple[tuple[ImageRecord, ...], Any]:
    from ome_types import from_xml

    path = samples / "images" / "ome-xml" / f"{request.param}.ome.xml"
    with warnings.catch_warnings():
        # ome-types gives new ids to parts whose ids are not of its form, and says so
        warnings.filterwarnings("ignore", message="Casting invalid")
        return read_image(path), from_xml(path.read_bytes())


def said(value: Any) -> Any:
    """Give an enumeration's word."""
    return getattr(value, "value", value)


def scaled(value: float | None, unit: Any, table: dict[str, float]) -> float | None:
    """Give what our reader makes of a measured value: nothing, where it cannot be true."""
    if value is None or value <= 0 or said(unit) not in table:
        return None
    return float(value) * table[said(unit)]


def alike(ours: float | None, theirs: float | None) -> bool:
    return ours is theirs is None or (
        ours is not None and theirs is not None and math.isclose(ours, theirs, rel_tol=1e-12)
    )


def test_every_image_has_a_record(both: tuple[tuple[ImageRecord, ...], Any]) -> None:
    records, model = both
    assert [record.scene_name for record in records] == [image.name for image in model.images]
    assert [record.scene_index for record in records] == list(range(len(model.images)))


def test_pixels_are_the_same(both: tuple[tuple[ImageRecord, ...], Any]) -> None:
    records, model = both
    for record, image in zip(records, model.images, strict=True):
        pixels = image.pixels
        for axis in "xyzct":
            assert getattr(record, f"size_{axis}") == getattr(pixels, f"size_{axis}")
        assert record.dim_order == said(pixels.dimension_order)
        assert record.pixel_type == said(pixels.type)
        for axis in "xyz":
            length, unit = getattr(pixels, f"physical_size_{axis}"), getattr(pixels, f"physical_size_{axis}_unit")
            assert alike(getattr(record, f"px_{axis}_um"), scaled(length, unit, TO_UM))
        assert alike(record.time_increment_s, scaled(pixels.time_increment, pixels.time_increment_unit, TO_S))


def test_times_and_texts_are_the_same(both: tuple[tuple[ImageRecord, ...], Any]) -> None:
    from datetime import datetime

    records, model = both
    for record, image in zip(records, model.images, strict=True):
        when = record.acquired_at and datetime.fromisoformat(record.acquired_at)
        assert when == image.acquisition_date
        assert record.description == ((image.description or "").strip() or None)
        assert record.uuid == model.uuid
        assert record.software == model.creator
        assert (record.roi_count or 0) == len(image.roi_refs)


def test_channels_are_the_same(both: tuple[tuple[ImageRecord, ...], Any]) -> None:
    records, model = both
    for record, image in zip(records, model.images, strict=True):
        assert len(record.channels) == len(image.pixels.channels)
        for ours, theirs in zip(record.channels, image.pixels.channels, strict=True):
            for name in ("name", "fluor", "contrast_method", "acquisition_mode"):
                assert getattr(ours, name) == said(getattr(theirs, name))
            assert ours.illumination == said(theirs.illumination_type)
            assert alike(
                ours.excitation_nm, scaled(theirs.excitation_wavelength, theirs.excitation_wavelength_unit, TO_NM)
            )
            assert alike(ours.emission_nm, scaled(theirs.emission_wavelength, theirs.emission_wavelength_unit, TO_NM))
            assert alike(ours.pinhole_um, scaled(theirs.pinhole_size, theirs.pinhole_size_unit, TO_UM))
            assert (ours.detector_ref is None) == (theirs.detector_settings is None)
            if ours.color_hex:
                assert ours.color_hex.lower() == "#" + "".join(
                    f"{c:02x}" for c in theirs.color.as_rgb_tuple(alpha=False)
                )


def test_objectives_and_microscopes_are_the_same(both: tuple[tuple[ImageRecord, ...], Any]) -> None:
    records, model = both
    objectives = {item.id: item for instrument in model.instruments for item in instrument.objectives}
    microscopes = {instrument.id: instrument.microscope for instrument in model.instruments}
    for record, image in zip(records, model.images, strict=True):
        settings = image.objective_settings
        theirs = objectives.get(settings.id) if settings else None
        if theirs is not None and record.objective is not None:
            assert record.objective.model == theirs.model
            assert record.objective.manufacturer == theirs.manufacturer
            assert record.objective.na == theirs.lens_na
            assert record.objective.magnification == theirs.nominal_magnification
            assert record.objective.immersion == said(theirs.immersion)
            assert record.objective.correction == said(theirs.correction)
            assert alike(record.objective.wd_um, scaled(theirs.working_distance, theirs.working_distance_unit, TO_UM))
        else:
            assert theirs is None or not any((theirs.model, theirs.lens_na, theirs.nominal_magnification))
        if image.instrument_ref and microscopes[image.instrument_ref.id]:
            assert record.instrument is not None
            assert record.instrument.model == microscopes[image.instrument_ref.id].model
            assert record.instrument.type == said(microscopes[image.instrument_ref.id].type)


def test_parts_of_the_instrument_are_the_same(both: tuple[tuple[ImageRecord, ...], Any]) -> None:
    records, model = both
    instruments = {instrument.id: instrument for instrument in model.instruments}
    for record, image in zip(records, model.images, strict=True):
        if image.instrument_ref is None:
            continue
        theirs = instruments[image.instrument_ref.id]
        assert [part.model for part in record.detectors] == [part.model for part in theirs.detectors]
        assert sorted(part.model or "" for part in record.light_sources) == sorted(
            part.model or "" for part in theirs.light_source_group
        )


def test_every_value_names_its_place_in_the_header(both: tuple[tuple[ImageRecord, ...], Any]) -> None:
    records, _ = both
    unsourced = {
        "path",
        "size_bytes",
        "mtime",
        "format",
        "reader",
        "scene_index",
        "raw",
        "warnings",
        "sources",
        "confidence",
    }
    for record in records:
        assert set(record.to_json()) - unsourced <= set(record.sources)


def test_wells_are_named_as_the_plate_says(samples: Path) -> None:
    (record,) = read_image(samples / "images" / "ome-xml" / "hcs.ome.xml")
    # the plate names its rows by number and its columns by letter
    assert (record.plate, record.well_row, record.well_col) == ("Control Plate", "1", "A")


def test_a_working_distance_of_zero_is_unknown_and_said(samples: Path) -> None:
    record = read_image(samples / "images" / "ome-xml" / "spim.ome.xml")[0]
    assert record.objective is not None
    assert record.objective.wd_um is None
    assert [note.say("en") for note in record.warnings] == [
        "The working distance is 0 µm, which cannot be true. It was left empty."
    ]


def test_people_are_read_only_when_asked_for(samples: Path) -> None:
    path = samples / "images" / "ome-xml" / "tubhiswt.ome.xml"
    assert read_image(path)[0].experimenter is None
    assert read_image(path, personal=True)[0].experimenter


def test_the_ome_tiff_sample(samples: Path) -> None:
    (record,) = read_image(samples / "images" / "ome-tiff" / "ome.tiff")
    assert (record.format, record.size_x, record.size_y, record.size_c, record.pixel_type) == (
        "OME-TIFF",
        6,
        6,
        2,
        "uint8",
    )
    assert record.compression == "none"
    assert record.sources["compression"] == "TIFF tag 259 Compression"
    assert record.warnings == ()


def test_a_record_survives_the_way_to_another_process(both: tuple[tuple[ImageRecord, ...], Any]) -> None:
    records, _ = both
    for record in records:
        assert ImageRecord.from_json(record.pack()) == record
