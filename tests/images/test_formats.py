"""What the headers of real files say, against values written down by hand."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from rembi_widgets.images import READERS, UnreadableImageError, read_image

if TYPE_CHECKING:
    from pathlib import Path

EXPECTED: dict[str, dict[str, Any]] = {
    # ImageJ=1.51d, slices=2, unit=micron, spacing=2.5; XResolution 5928571/1000000
    "tiff/imagej_stack.tif": {
        "format": "ImageJ TIFF", "size_x": 68, "size_y": 68, "size_z": 2, "size_c": 1, "size_t": 1,
        "pixel_type": "float",

        "px_x_um": pytest.approx(1 / 5.928571), "px_y_um": pytest.approx(1 / 5.928571), "px_z_um": 2.5,
        "software": "ImageJ 1.51d", "time_increment_s": None, "acquired_at": None,
    },
    # ImageJ=1.53c, unit=pixel: not calibrated, though XResolution is 7.128607; finterval=1 of a single frame
    "tiff/xz_c0_t0.tif": {
        "format": "ImageJ TIFF", "size_x": 128, "size_y": 128, "size_z": 1, "pixel_type": "uint8", "px_x_um": None,
        "px_y_um": None, "time_increment_s": None,
    },
    # ImageJ=1.53t, channels=3, no unit
    "tiff/CH3_Fluorescence_8bit.tif": {
        "format": "ImageJ TIFF", "size_x": 275, "size_y": 272, "size_c": 3, "size_z": 1, "px_x_um": None,
    },
    "em/renishaw_wire.jpg": {
        "format": "JPEG", "size_x": 752, "size_y": 480, "size_c": 3, "pixel_type": "uint8", "px_x_um": None,
        "description": "white-light image",
    },
    "ome-zarr/v2.zarr": {
        "format": "OME-Zarr", "size_x": 16, "size_y": 16, "size_z": 1, "size_c": 2, "size_t": 1, "pixel_type": "uint8",
        "px_x_um": None, "compression": "blosc (lz4)", "dim_order": "XYZCT",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_real_files(name: str, samples: Path) -> None:
    (record,) = read_image(samples / "images" / name)
    assert {field: getattr(record, field) for field in EXPECTED[name]} == EXPECTED[name]
    for field in EXPECTED[name]:
        if field != "format" and getattr(record, field) is not None:
            assert field in record.sources or field == "compression"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("00r00.tiff", "begins as a TIFF but holds no image"),
        ("02r01_truncated.lsm", "Its first bytes are 88 2a 2a 00"),
        ("unopenable.tiff", "stored by method 52479"),
    ],
)
def test_broken_files_are_refused_with_the_reason(name: str, said: str, samples: Path) -> None:
    with pytest.raises(UnreadableImageError, match=said):
        read_image(samples / "images" / "bad" / name)


@pytest.mark.parametrize("name", ["em/test-MonarcCL_mono-image.dm4", "other/0186-0099.roi", "em/test_STEM_image.dm3"])
def test_other_formats_are_named_by_their_first_bytes(name: str, samples: Path) -> None:
    path = samples / "images" / name
    with pytest.raises(UnreadableImageError) as caught:
        read_image(path)
    assert path.read_bytes()[:4].hex(" ") in caught.value.say("en")
    assert path.read_bytes()[:4].hex(" ") in caught.value.say("fr")


def test_the_extension_decides_nothing(samples: Path, tmp_path: Path) -> None:
    copy = tmp_path / "notes.txt"
    shutil.copyfile(samples / "images" / "ome-tiff" / "ome.tiff", copy)
    assert read_image(copy)[0].format == "OME-TIFF"


def test_a_folder_that_is_no_zarr_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableImageError):
        read_image(tmp_path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.tif").touch()
    with pytest.raises(UnreadableImageError, match="first bytes are -"):
        read_image(tmp_path / "empty.tif")


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_image(tmp_path / "none.tif")


def test_originals_are_not_touched(samples: Path) -> None:
    path = samples / "images" / "tiff" / "imagej_stack.tif"
    before = path.stat()
    read_image(path)
    after = path.stat()
    assert (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size)


def test_readers_name_themselves_and_their_formats() -> None:
    assert [reader.name for reader in READERS][:5] == ["tiff", "ome_xml", "zarr", "png", "jpeg"]
    assert len({reader.name for reader in READERS}) == len(READERS)
    assert len({name for reader in READERS for name in reader.formats}) == sum(
        len(reader.formats) for reader in READERS
    )


def test_nothing_heavy_is_imported_with_the_room() -> None:
    import subprocess
    import sys

    code = (
        "import sys, rembi_widgets.images as images; images.READERS; images.preview;"
        "print([m for m in ('numpy', 'tifffile', 'lxml.etree', 'PIL', 'pandas', 'ome_types') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
