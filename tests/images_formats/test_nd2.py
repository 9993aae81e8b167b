"""ND2 beyond the sample: what the library may say of other files, told by a stand-in for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

import numpy as np
import pytest

from rembi_widgets.images import ImageRecord, UnreadableImageError, read_image

from .makers import notes

MAGIC = bytes.fromhex("dacebe0a")


def microscope(**given: Any) -> SimpleNamespace:
    said = {
        "objectiveName": "Plan Apo λ 60x Oil",
        "objectiveNumericalAperture": 1.4,
        "objectiveMagnification": 60.0,
        "immersionRefractiveIndex": 1.515,
        "pinholeDiameterUm": None,
        "modalityFlags": ["fluorescence"],
    }
    return SimpleNamespace(**said | given)


def channel(name: str = "GFP", **given: Any) -> SimpleNamespace:
    said = {"excitationLambdaNm": 488.0, "emissionLambdaNm": 525.0, "color": SimpleNamespace(r=0, g=255, b=16)}
    optics = {key: given.pop(key) for key in list(given) if key in vars(microscope())}
    return SimpleNamespace(
        channel=SimpleNamespace(name=name, **said | given),
        microscope=microscope(**optics),
        volume=SimpleNamespace(axesCalibration=(0.1, 0.1, 0.5), axesCalibrated=(True, True, True)),
    )


class Stand:
    """Stands in for ``nd2.ND2File``."""

    def __init__(self, **given: Any) -> None:
        self.sizes = given.pop("sizes", {"T": 1, "C": 1, "Y": 6, "X": 8})
        self.dtype = np.dtype(given.pop("dtype", "uint16"))
        self.metadata = SimpleNamespace(channels=given.pop("channels", [channel()]))
        self.experiment = given.pop("experiment", [])
        self.text_info = given.pop("text", {})
        self.times = given.pop("times", [])
        self.day = given.pop("day", 0.0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def events(self, orient: str) -> list[dict[str, float]]:
        assert orient == "records"
        return [{"T Index": index, "Time [s]": time} for index, time in self.times]

    def frame_metadata(self, _index: int) -> SimpleNamespace:
        return SimpleNamespace(channels=[SimpleNamespace(time=SimpleNamespace(absoluteJulianDayNumber=self.day))])


@pytest.fixture
def told(written: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[ImageRecord, ...]]:
    """Give how a file of which the library says this is read."""
    import nd2

    def reading(**given: Any) -> tuple[ImageRecord, ...]:
        monkeypatch.setattr(nd2, "ND2File", lambda _: Stand(**given))
        return read_image(written(MAGIC))

    return reading


Told = Callable[..., tuple[ImageRecord, ...]]


def test_sizes_and_pixels(told: Told) -> None:
    (record,) = told(sizes={"T": 2, "Z": 5, "C": 1, "Y": 6, "X": 8}, dtype="float32")
    assert (record.size_x, record.size_y, record.size_z, record.size_c, record.size_t) == (8, 6, 5, 1, 2)
    assert (record.px_x_um, record.px_y_um, record.px_z_um, record.pixel_type) == (0.1, 0.1, 0.5, "float")


def test_a_single_plane_has_no_step_in_z(told: Told) -> None:
    assert told()[0].px_z_um is None


def test_colours_of_a_camera_count_as_channels(told: Told) -> None:
    assert told(sizes={"Y": 6, "X": 8, "S": 3})[0].size_c == 3


def test_an_uncalibrated_axis_has_no_size(told: Told) -> None:
    item = channel()
    item.volume.axesCalibrated = (False, True, True)
    (record,) = told(channels=[item])
    assert (record.px_x_um, record.px_y_um) == (None, 0.1)


def test_stage_positions_are_images(told: Told) -> None:
    records = told(sizes={"P": 3, "Y": 6, "X": 8})
    assert [record.scene_index for record in records] == [0, 1, 2]
    assert [record.raw["position"] for record in records] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("flags", "mode", "contrast"),
    [
        (["fluorescence"], "WideField", "Fluorescence"),
        (["fluorescence", "laserScanConfocal"], "LaserScanningConfocalMicroscopy", "Fluorescence"),
        (["fluorescence", "spinningDiskConfocal", "camera"], "SpinningDiskConfocal", "Fluorescence"),
        (["fluorescence", "multiPhoton"], "MultiPhotonMicroscopy", "Fluorescence"),
        (["fluorescence", "TIRF"], "TotalInternalReflection", "Fluorescence"),
        (["phaseContrast", "brightfield"], "BrightField", "Phase"),
        (["diffInterContrast"], None, "DIC"),
        (["camera"], None, None),
        (None, None, None),
    ],
)
def test_modalities(flags: list[str] | None, mode: str | None, contrast: str | None, told: Told) -> None:
    (found,) = told(channels=[channel(modalityFlags=flags)])[0].channels
    assert (found.acquisition_mode, found.contrast_method) == (mode, contrast)


def test_a_channel(told: Told) -> None:
    (found,) = told(channels=[channel(" FITC ", pinholeDiameterUm=38.3)])[0].channels
    assert (found.name, found.excitation_nm, found.emission_nm) == ("FITC", 488.0, 525.0)
    assert (found.color_hex, found.pinhole_um) == ("#00FF10", 38.3)


@pytest.mark.parametrize("wave", [None, 0.0])
def test_a_wavelength_of_0_is_not_known(wave: float | None, told: Told) -> None:
    (record,) = told(channels=[channel(excitationLambdaNm=wave, pinholeDiameterUm=-1.0)])
    assert (record.channels[0].excitation_nm, record.channels[0].pinhole_um) == (None, None)
    assert notes(record) == []


@pytest.mark.parametrize(
    ("given", "na", "said"),
    [
        ({}, 1.4, []),
        ({"objectiveNumericalAperture": -1}, None, []),
        ({"objectiveNumericalAperture": None}, None, []),
        ({"objectiveNumericalAperture": 0.0}, None, ["impossible objective.na"]),
        ({"objectiveNumericalAperture": None, "objectiveName": "Apo 60x NA 1.49"}, 1.49, []),
    ],
)
def test_apertures(given: dict[str, Any], na: float | None, said: list[str], told: Told) -> None:
    (record,) = told(channels=[channel(**given)])
    assert record.objective is not None
    assert record.objective.na == na
    assert notes(record) == said


def test_without_channels_there_are_sizes_only(told: Told) -> None:
    (record,) = told(channels=[])
    assert (record.size_x, record.objective, record.channels) == (8, None, ())


FILM = {"T": 3, "Y": 6, "X": 8}


def loop(period: float, kind: str = "TimeLoop") -> SimpleNamespace:
    return SimpleNamespace(type=kind, parameters=SimpleNamespace(periodMs=period))


@pytest.mark.parametrize(
    ("given", "step"),
    [
        ({"experiment": [loop(2500.0)]}, 2.5),
        ({"experiment": [loop(0.0)], "times": [(0, 0.5), (0, 0.9), (1, 10.5), (2, 20.5)]}, 10.0),
        ({"experiment": [loop(5.0, "ZStackLoop")]}, None),
        ({"times": [(0, 1.0)]}, None),
        ({"times": [(0, 5.0), (1, 5.0), (2, 5.0)]}, None),
        ({}, None),
    ],
)
def test_time_steps(given: dict[str, Any], step: float | None, told: Told) -> None:
    assert told(sizes=FILM, **given)[0].time_increment_s == step


@pytest.mark.parametrize(
    ("text", "day", "when"),
    [
        ("18/06/2014  15:55:27", 0.0, "2014-06-18T15:55:27"),
        ("6/18/2014  3:55:27 PM", 0.0, "2014-06-18T15:55:27"),
        ("2014-06-18 15:55:27", 0.0, "2014-06-18T15:55:27"),
        ("05/06/2014 15:55:27", 2456814.08, "2014-06-05T15:55:27"),
        ("05/06/2014 15:55:27", 2456784.08, "2014-05-06T15:55:27"),
        ("05/06/2014 15:55:27", 0.0, None),
        ("mercredi", 0.0, None),
        ("", 0.0, None),
    ],
)
def test_dates_that_may_be_read_in_two_ways(text: str, day: float, when: str | None, told: Told) -> None:
    (record,) = told(text={"date": text}, day=day)
    assert record.acquired_at == when
    assert notes(record) == (["no_date acquired_at"] if text and when is None else [])


def test_the_text_is_kept(told: Told) -> None:
    text = "Camera Name: Andor Zyla\r\nMicroscope Settings:   Microscope: Ti2 Microscope\r\n"
    (record,) = told(text={"description": text})
    assert [(item.kind, item.model) for item in record.detectors] == [("camera", "Andor Zyla")]
    assert record.instrument is not None
    assert record.instrument.model == "Ti2 Microscope"
    assert record.raw["description"].startswith("Camera Name")


@pytest.mark.parametrize("fault", [ValueError, IndexError, OSError, AssertionError, TypeError])
def test_faults_of_the_library_become_a_sentence(
    fault: type[Exception], written: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    import nd2

    def fail(_: object) -> None:
        raise fault("chunk")

    monkeypatch.setattr(nd2, "ND2File", fail)
    with pytest.raises(UnreadableImageError, match=r"could not be read\. Reason: .*chunk"):
        read_image(written(MAGIC))


@pytest.mark.parametrize("length", [4, 16, 100, 5000, 200000])
def test_a_real_file_cut_short_is_refused_or_read(length: int, samples: Path, written: Callable[..., Path]) -> None:
    data = (samples / "images" / "nd2" / "cluster.nd2").read_bytes()[:length]
    with pytest.raises(UnreadableImageError):
        read_image(written(data, "cut.nd2"))
