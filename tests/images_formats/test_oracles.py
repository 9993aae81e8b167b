"""The same files read by the libraries of their formats, which know nothing of this package."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile

from rembi_widgets.images import ImageRecord, read_image

CZI = sorted(
    [
        "CellDivision_T3_Z5_CH2_X240_Y170_comp1.czi",
        "DAPI_GFP.czi",
        "FOV7_HV110_P0500510000.czi",
        "LSM880_AiryScan.czi",
        "WellD6_S1.czi",
    ]
)


def one(path: Path) -> ImageRecord:
    (record,) = read_image(path)
    return record


def sizes(record: ImageRecord, axes: str) -> dict[str, int | None]:
    return {axis: getattr(record, f"size_{axis.lower()}") for axis in axes}


@pytest.mark.parametrize("name", CZI)
def test_czi_beside_czifile(name: str, samples: Path) -> None:
    czifile = pytest.importorskip("czifile")
    path = samples / "images" / "czi" / name
    record = one(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with czifile.CziFile(path) as file:
            theirs = {axis: size for axis, size in zip(file.axes, file.shape, strict=True) if axis in "XYZCT"}
            kind = np.dtype(file.dtype).name
    assert sizes(record, "".join(theirs)) == theirs
    assert record.pixel_type == kind


def test_lif_beside_liffile(samples: Path) -> None:
    import liffile

    path = samples / "images" / "lif" / "testdata_2channel_xz.lif"
    records = read_image(path)
    with liffile.LifFile(path) as file:
        assert len(records) == len(file.images)
        for record, image in zip(records, file.images, strict=True):
            assert record.scene_name == image.path
            assert sizes(record, "".join(image.sizes)) == dict(image.sizes)
            assert record.pixel_type == image.dtype.name
            assert str(np.datetime64(str(record.acquired_at))) == str(image.timestamps[0])
            for axis, name, unit in (("X", "px_x_um", 1e6), ("Y", "px_y_um", 1e6), ("T", "time_increment_s", 1)):
                if axis in image.coords:
                    steps = np.diff(image.coords[axis]) * unit
                    assert getattr(record, name) == pytest.approx(float(steps.mean()), rel=1e-5)


def test_nd2_beside_its_ome_model(samples: Path) -> None:
    import nd2

    path = samples / "images" / "nd2" / "cluster.nd2"
    record = one(path)
    with nd2.ND2File(path) as file:
        assert sizes(record, "".join(file.sizes)) == dict(file.sizes)
        assert (record.px_x_um, record.px_y_um, record.px_z_um) == pytest.approx(tuple(file.voxel_size()))
        model = file.ome_metadata()
    pixels, lens = model.images[0].pixels, model.instruments[0].objectives[0]
    assert record.pixel_type == pixels.type.value
    assert [channel.name for channel in record.channels] == [channel.name for channel in pixels.channels]
    for ours, theirs in zip(record.channels, pixels.channels, strict=True):
        assert ours.excitation_nm == theirs.excitation_wavelength
        assert ours.emission_nm == theirs.emission_wavelength
        assert theirs.acquisition_mode is not None
        assert ours.acquisition_mode == theirs.acquisition_mode.value
        assert ours.pinhole_um == pytest.approx(theirs.pinhole_size)
    assert record.objective is not None
    assert record.objective.na == lens.lens_na
    assert record.objective.magnification == lens.nominal_magnification


def test_oib_beside_oiffile(samples: Path) -> None:
    import oiffile

    path = samples / "images" / "oib" / "test.oib"
    record = one(path)
    with oiffile.OifFile(path) as file:
        assert (record.size_c, record.size_y, record.size_x) == file.shape
        assert record.pixel_type == file.dtype.name
        main = file.mainfile
    said = main["Reference Image Parameter"]
    assert (record.px_x_um, record.px_y_um) == (said["WidthConvertValue"], said["HeightConvertValue"])
    assert [channel.excitation_nm for channel in record.channels] == [
        main[f"Channel {number} Parameters"]["ExcitationWavelength"] for number in (1, 2, 3)
    ]


def test_mrc_beside_mrcfile(samples: Path) -> None:
    import mrcfile

    path = samples / "images" / "em" / "HAADFscan.mrc"
    record = one(path)
    with mrcfile.open(path, header_only=True) as file:
        head: Any = file.header
        assert (record.size_x, record.size_y, record.size_z) == (head.nx, head.ny, head.nz)
        assert record.px_x_um == pytest.approx(float(file.voxel_size.x) * 1e-4)
        assert record.px_y_um == pytest.approx(float(file.voxel_size.y) * 1e-4)
    with mrcfile.mmap(path) as file:
        assert record.pixel_type == file.data.dtype.name


def test_lsm_beside_tifffile(samples: Path) -> None:
    path = samples / "images" / "lsm" / "test.lsm"
    record = one(path)
    with tifffile.TiffFile(path) as file:
        said = file.lsm_metadata
        assert said is not None
        scan = said["ScanInformation"]
        shape, kind = file.series[0].shape, file.series[0].dtype
    assert (record.size_y, record.size_x) == shape
    assert record.pixel_type == np.dtype(kind).name
    assert record.px_x_um == pytest.approx(said["VoxelSizeX"] * 1e6)
    assert record.objective is not None
    assert record.objective.model == scan["Objective"]
    track = scan["Tracks"][0]
    (channel,) = record.channels
    assert channel.name == said["ChannelColors"]["ColorNames"][0] == track["DetectionChannels"][0]["ChannelName"]
    assert channel.fluor == track["DetectionChannels"][0]["DyeName"]
    assert channel.excitation_nm == track["IlluminationChannels"][0]["Wavelength"]
    assert channel.pinhole_um == pytest.approx(track["DetectionChannels"][0]["PinholeDiameter"])
    assert [light.model for light in record.light_sources] == [laser["Name"] for laser in scan["Lasers"]]


def test_sis_beside_tifffile(samples: Path) -> None:
    path = samples / "images" / "em" / "olympus_SIS.tif"
    record = one(path)
    with tifffile.TiffFile(path) as file:
        page: Any = file.pages[1]
        said = page.tags[33560].value
    assert record.px_x_um == pytest.approx(said["pixelsizex"] * 1e6)
    assert record.px_y_um == pytest.approx(said["pixelsizey"] * 1e6)
    assert record.raw["magnification"] == f"{said['magnification']:g}"
    assert str(record.acquired_at).startswith(said["datetime"].isoformat()[:16])
    assert (record.size_x, record.size_y) == (page.imagewidth, page.imagelength)


def test_svs_beside_tifffile(samples: Path) -> None:
    path = samples / "images" / "wsi" / "small.svs"
    record = one(path)
    with tifffile.TiffFile(path) as file:
        said = tifffile.tifffile.svs_description_metadata(file.pages[0].description)  # type: ignore[union-attr]
        assert file.series[0].shape == (record.size_y, record.size_x, record.size_c)
    assert record.px_x_um == said["MPP"]
    assert record.objective is not None
    assert record.objective.magnification == said["AppMag"]


def test_dv_beside_the_bytes_of_its_header(samples: Path) -> None:
    path = samples / "images" / "dv" / "toxo.dv"
    head = path.read_bytes()[:1024]
    record = one(path)
    integers, reals = np.frombuffer(head, "<i4"), np.frombuffer(head, "<f4")
    shorts = np.frombuffer(head, "<i2")
    assert [record.size_x, record.size_y] == list(integers[:2])
    assert (record.size_z or 0) * (record.size_c or 0) * (record.size_t or 0) == integers[2]
    assert (record.px_x_um, record.px_y_um, record.px_z_um) == pytest.approx(tuple(reals[10:13]))
    assert [channel.emission_nm for channel in record.channels] == list(shorts[99:101])
    assert record.raw["lens id"] == str(shorts[81])
    assert path.stat().st_size == 1024 + integers[23] + integers[0] * integers[1] * integers[2] * 2
