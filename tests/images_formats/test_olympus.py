"""OIB and OIF beyond the sample: an OIF with its folder, axes, steps, what FluoView does not know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile

from rembi_widgets.images import UnreadableImageError, preview, read_image
from rembi_widgets.images._olympus import settings as parsed

from .conftest import Read
from .makers import notes, settings

Sections = dict[str, dict[str, Any]]


def axis(number: int, code: str, places: int, **more: Any) -> Sections:
    return {f"Axis {number} Parameters Common": {"AxisCode": code, "MaxSize": places, **more}}


def main(**more: Mapping[str, Any]) -> Sections:
    """Give the settings of an image of 8 x 6 pixels and 2 channels."""
    sections: Sections = {
        "Acquisition Parameters Common": {
            "Acquisition Device": "FV1000",
            "ImageCaputreDate": "'2012-07-26 15:13:35'",
        },
        **axis(0, "X", 8),
        **axis(1, "Y", 6),
        **axis(2, "C", 2),
        "Reference Image Parameter": {
            "ImageDepth": 2,
            "WidthConvertValue": 0.1,
            "WidthUnit": "um",
            "HeightConvertValue": 0.2,
            "HeightUnit": "um",
        },
        "Channel 1 Parameters": {
            "CH Name": "CH1",
            "DyeName": "EGFP",
            "ExcitationWavelength": 488,
            "EmissionWavelength": 510,
            "LightType": "Fluorescence",
            "Confocal": "ON",
            "BF Name": "BA505-525",
        },
        "Channel 2 Parameters": {"CH Name": "TD1", "DyeName": "None", "LightType": "Transmitted Light"},
    }
    return sections | {name.replace("_", " "): dict(values) for name, values in more.items()}


def plane(**said: Any) -> bytes:
    names = {"lens": "ObjectiveLens Name", "na": "ObjectiveLens NAValue", "power": "Magnification"}
    return settings({"Acquisition Parameters Common": {names[name]: value for name, value in said.items()}})


@pytest.fixture
def oif(tmp_path: Path) -> Callable[..., Path]:
    """Give how an OIF is written, with the settings of its first plane and its pixels in the folder beside it."""

    def write(sections: Sections, beside: bytes | None = None) -> Path:
        path = tmp_path / "cells.oif"
        path.write_bytes(settings(sections))
        folder = tmp_path / "cells.oif.files"
        folder.mkdir(exist_ok=True)
        if beside is not None:
            (folder / "s_C001.pty").write_bytes(beside)
        for channel in (1, 2):
            tifffile.imwrite(folder / f"s_C00{channel}.tif", np.full((6, 8), channel, np.uint16))
        return path

    return write


def test_an_oif_with_its_folder(oif: Callable[..., Path]) -> None:
    (record,) = read_image(oif(main(), plane(lens="UPLSAPO   60X O  NA:1.35", na=1.35, power=60.0)))
    assert (record.size_x, record.size_y, record.size_z, record.size_c, record.size_t) == (8, 6, 1, 2, 1)
    assert (record.px_x_um, record.px_y_um, record.pixel_type) == (0.1, 0.2, "uint16")
    assert record.acquired_at == "2012-07-26T15:13:35"
    assert record.objective is not None
    assert (record.objective.model, record.objective.na) == ("UPLSAPO 60X O NA:1.35", 1.35)
    assert record.objective.magnification == 60.0
    assert record.format == "OIF"
    assert notes(record) == ["untested"]


def test_channels(oif: Callable[..., Path]) -> None:
    (record,) = read_image(oif(main()))
    first, second = record.channels
    assert (first.name, first.fluor, first.excitation_nm, first.emission_nm) == ("CH1", "EGFP", 488.0, 510.0)
    assert (first.acquisition_mode, first.contrast_method) == ("LaserScanningConfocalMicroscopy", "Fluorescence")
    assert (second.name, second.fluor, second.acquisition_mode) == ("TD1", None, None)
    assert (second.contrast_method, second.illumination) == (None, "Transmitted")
    assert [item.model for item in record.filters] == ["BA505-525"]


def test_an_oif_alone_has_no_objective(read: Read) -> None:
    record = read(settings(main()), "alone.oif")
    assert record.objective is None
    assert record.size_x == 8


def test_settings_beside_that_lead_elsewhere_are_not_read(oif: Callable[..., Path], tmp_path: Path) -> None:
    path = oif(main())
    secret = tmp_path / "secret.pty"
    secret.write_bytes(plane(lens="LEAK 60X NA:1.35"))
    (tmp_path / "cells.oif.files" / "s_C001.pty").symlink_to(secret)
    assert read_image(path)[0].objective is None


def test_a_folder_that_leads_elsewhere_is_not_read(oif: Callable[..., Path], tmp_path: Path) -> None:
    path = oif(main(), plane(lens="UPLSAPO 60X NA:1.35"))
    assert read_image(path)[0].objective is not None
    (tmp_path / "away").mkdir()
    away = (tmp_path / "cells.oif.files").rename(tmp_path / "away" / "files")
    (tmp_path / "cells.oif.files").symlink_to(away)
    assert read_image(path)[0].objective is None
    with pytest.raises(UnreadableImageError, match="could not be read"):
        preview(path)


def test_names_that_lead_elsewhere_are_not_followed(oif: Callable[..., Path]) -> None:
    sections = main(ProfileSaveInfo={"PtyFileNameS": "..\\..\\secret.pty"})
    (record,) = read_image(oif(sections, plane(lens="UPLSAPO 60X NA:1.35")))
    assert record.objective is not None


@pytest.mark.parametrize("unknown", ["9999", "9999.0", ""])
def test_what_fluoview_does_not_know(unknown: str, oif: Callable[..., Path]) -> None:
    (record,) = read_image(oif(main(), plane(lens="UPLSAPO 60X NA:1.35", na=unknown, power=unknown)))
    assert record.objective is not None
    assert (record.objective.na, record.objective.magnification) == (1.35, 60.0)
    assert record.confidence["objective.na"] == "derived"


@pytest.mark.parametrize(
    ("extra", "field", "value"),
    [
        (axis(3, "Z", 5, StartPosition=0, EndPosition=-2000, UnitName="nm"), "px_z_um", 0.5),
        (axis(3, "Z", 5, StartPosition=0, EndPosition=0, Interval=840, UnitName="nm"), "px_z_um", 0.84),
        (axis(3, "Z", 5, Interval=840, UnitName="PSU"), "px_z_um", None),
        (axis(3, "Z", 5), "px_z_um", None),
        (axis(4, "T", 3, StartPosition=0, EndPosition=4000, UnitName="ms"), "time_increment_s", 2.0),
        (axis(4, "T", 0, StartPosition=0, EndPosition=4000, UnitName="ms"), "time_increment_s", None),
    ],
)
def test_steps(extra: Sections, field: str, value: float | None, read: Read) -> None:
    record = read(settings(main() | extra), "steps.oif")
    assert getattr(record, field) == value


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (axis(0, "X", -8), "impossible size_x"),
        (axis(0, "X", 8.5), "impossible size_x"),
        (
            {"Reference Image Parameter": {"ImageDepth": 2, "WidthConvertValue": 0, "WidthUnit": "um"}},
            "impossible px_x_um",
        ),
        ({"Acquisition Parameters Common": {"ImageCaputreDate": "then"}}, "no_date acquired_at"),
    ],
)
def test_bad_values_cost_themselves(extra: Sections, said: str, read: Read) -> None:
    record = read(settings(main() | extra), "bad.oif")
    assert said in notes(record)
    assert record.size_y == 6


def test_the_user_is_named_only_when_asked_for(read: Read) -> None:
    data = settings(main() | {"File Info": {"UserName": "Somebody", "Path": "C:\\data", "UserComment": " note "}})
    assert read(data, "a.oif").experimenter is None
    assert read(data, "a.oif").description == "note"
    assert read(data, "a.oif", personal=True).experimenter == "Somebody"
    assert "data" not in str(read(data, "a.oif").to_json())


def test_lasers_that_were_on(read: Read) -> None:
    lasers = {
        "Laser 0 Parameters": {"Laser Enable": 0, "LaserWavelength": 458},
        "Laser 1 Parameters": {"Laser Enable": 1, "LaserWavelength": 488},
    }
    assert [light.wavelength_nm for light in read(settings(main() | lasers), "l.oif").light_sources] == [488.0]


def test_settings_in_utf8() -> None:
    assert parsed(b'[A b]\r\nc="d=e"\r\n;comment\r\nno sense\r\n[A b]\r\nf=1') == {"A b": {"c": "d=e", "f": "1"}}


def test_settings_of_something_else_are_refused(read: Read) -> None:
    with pytest.raises(UnreadableImageError, match="does not say how large"):
        read(settings({"File Info": {"a": "b"}}))


def test_another_compound_document_is_refused(read: Read) -> None:
    head = bytes.fromhex("d0cf11e0a1b11ae1")
    with pytest.raises(UnreadableImageError, match="not an image of a format"):
        read(head + bytes(600), "letter.doc")
    with pytest.raises(UnreadableImageError):
        read(head + bytes(600), "letter.oib")


def test_previews_of_planes_in_a_folder(oif: Callable[..., Path], tmp_path: Path) -> None:
    path = oif(main())
    assert preview(path).startswith(b"\x89PNG")
    for place in (tmp_path / "cells.oif.files").glob("*.tif"):
        place.unlink()
    with pytest.raises(UnreadableImageError, match="could not be read"):
        preview(path)
