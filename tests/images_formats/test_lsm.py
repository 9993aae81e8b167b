"""LSM beyond the sample: voxels, settings of the scan, broken blocks, the copies between the pictures."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import tifffile

from rembi_widgets.images import UnreadableImageError, preview

from .conftest import Read
from .makers import END, lsm, lsm_colours, lsm_info, notes, patch, scan_entry

COLOURS, SCAN = 4096, 8192
"""Where the blocks lie."""


def scan(*entries: bytes) -> bytes:
    return scan_entry(0x10000000) + b"".join(entries) + scan_entry(END)


def track(*entries: bytes) -> bytes:
    return scan_entry(0x20000000) + scan_entry(0x40000000) + b"".join(entries) + scan_entry(END) * 2


def detector(name: str, dye: str, pinhole: float) -> bytes:
    said = [scan_entry(0x70000014, name), scan_entry(0x70000026, dye), scan_entry(0x70000009, pinhole)]
    return scan_entry(0x60000000) + scan_entry(0x70000000) + b"".join(said) + scan_entry(END) * 2


def light(wave: float, *, on: int = 1) -> bytes:
    said = scan_entry(0x90000003, wave) + scan_entry(0x90000004, on)
    return scan_entry(0x80000000) + scan_entry(0x90000000) + said + scan_entry(END) * 2


def test_sizes_and_voxels(read: Read) -> None:
    record = read(lsm(lsm_info()))
    assert (record.size_x, record.size_y, record.size_z, record.size_c, record.size_t) == (8, 6, 3, 2, 1)
    assert (record.px_x_um, record.px_y_um, record.px_z_um) == pytest.approx((0.1, 0.1, 0.5))
    assert (record.format, record.pixel_type, record.compression) == ("LSM", "uint16", "none")
    assert record.sources["px_x_um"] == "CZ_LSMINFO/VoxelSizeX"
    assert record.channels == ()


def test_the_older_mark_of_the_format(read: Read) -> None:
    assert read(lsm(lsm_info(magic=0x00300494C))).size_z == 3


@pytest.mark.parametrize(
    ("voxel", "said"),
    [
        ((1e-7, 1e-7, 1e-19), ["impossible px_z_um"]),
        ((0.0, 1e-7, 5e-7), ["impossible px_x_um"]),
        ((float("nan"), 1e-7, 5e-7), ["no_number px_x_um"]),
        ((-1.0, -1.0, -1.0), ["impossible px_x_um", "impossible px_y_um", "impossible px_z_um"]),
    ],
)
def test_voxels_that_cannot_be(voxel: tuple[float, float, float], said: list[str], read: Read) -> None:
    assert notes(read(lsm(lsm_info(voxel=voxel)))) == said


def test_a_time_step_needs_times(read: Read) -> None:
    assert read(lsm(lsm_info((8, 6, 1, 1, 5), step=1.5))).time_increment_s == 1.5
    assert read(lsm(lsm_info((8, 6, 1, 1, 1), step=1.5))).time_increment_s is None
    assert read(lsm(lsm_info((8, 6, 1, 1, 5), step=0.0))).time_increment_s is None


def test_channels_with_what_their_detectors_say(read: Read) -> None:
    colours = lsm_colours(("Ch1-T1", (0, 255, 0)), ("Ch2-T2", (255, 0, 0)))
    settings = scan(
        track(detector("Ch1-T1", "Alexa Fluor 488", 70.0), light(488.0), light(633.0, on=0)),
        track(detector("Ch2-T2", "", 0.0), light(561.0), light(594.0)),
    )
    first, second = read(lsm(lsm_info(colours=COLOURS, scan=SCAN), colours=colours, scan=settings)).channels
    assert (first.name, first.color_hex, first.fluor) == ("Ch1-T1", "#00FF00", "Alexa Fluor 488")
    assert (first.excitation_nm, first.pinhole_um) == (488.0, 70.0)
    assert first.acquisition_mode == "LaserScanningConfocalMicroscopy"
    assert (second.name, second.color_hex, second.fluor) == ("Ch2-T2", "#FF0000", None)
    assert (second.excitation_nm, second.pinhole_um, second.acquisition_mode) == (None, None, None)


def test_objective_and_lasers(read: Read) -> None:
    lasers = scan_entry(0x30000000)
    for name, on in (("Argon/2", 1), ("HeNe633", 0)):
        lasers += scan_entry(0x50000000) + scan_entry(0x50000001, name) + scan_entry(0x50000002, on) + scan_entry(END)
    lasers += scan_entry(END)
    settings = scan(scan_entry(0x10000004, "C-Apochromat 63x/1.20 W Korr"), lasers)
    record = read(lsm(lsm_info(scan=SCAN), none=b"", scan=settings))
    assert record.objective is not None
    assert (record.objective.magnification, record.objective.na, record.objective.immersion) == (63.0, 1.2, "Water")
    assert [source.model for source in record.light_sources] == ["Argon/2"]
    assert record.confidence["objective.na"] == "derived"


@pytest.mark.parametrize(
    ("day", "when"),
    [(41732.6559837963, "2014-04-03T15:44:37"), (0.0, None), (1e300, None), (float("nan"), None), (-5.0, None)],
)
def test_dates(day: float, when: str | None, read: Read) -> None:
    settings = scan(scan_entry(0x10000036, day))
    assert read(lsm(lsm_info(scan=SCAN), none=b"", scan=settings)).acquired_at == when


def test_texts_and_the_user(read: Read) -> None:
    settings = scan(
        scan_entry(0x10000002, "first"), scan_entry(0x10000003, "second"), scan_entry(0x10000047, "Somebody")
    )
    data = lsm(lsm_info(scan=SCAN), none=b"", scan=settings)
    assert read(data).description == "first\nsecond"
    assert read(data).experimenter is None
    assert read(data, personal=True).experimenter == "Somebody"


@pytest.mark.parametrize("info", [{"colours": 1 << 30}, {"scan": 1 << 30}])
def test_blocks_elsewhere_cost_themselves(info: dict[str, int], read: Read) -> None:
    record = read(lsm(lsm_info(**info)))
    assert record.size_x == 8
    assert notes(record) == ["tag_outside"]


def test_settings_that_never_end_cost_themselves(read: Read) -> None:
    settings = scan_entry(0x10000000) + scan_entry(0x30000000) * 300
    record = read(lsm(lsm_info(scan=SCAN), none=b"", scan=settings))
    assert record.size_x == 8


def test_colours_of_a_million_channels_are_not_read(read: Read) -> None:
    colours = struct.pack("<6I", 1 << 30, 1 << 20, 1, 24, 28, 0)
    assert read(lsm(lsm_info(colours=COLOURS), colours=colours)).channels == ()


@pytest.mark.parametrize("info", [b"short", lsm_info(magic=7), lsm_info((0, 6, 1, 1, 1)), lsm_info((8, -6, 1, 1, 1))])
def test_what_is_no_lsm_is_refused(info: bytes, read: Read) -> None:
    with pytest.raises(UnreadableImageError, match="does not say how large"):
        read(lsm(info))


def test_the_preview_of_three_channels(tmp_path: Path) -> None:
    plane = np.zeros((3, 6, 8), np.uint16)
    plane[0, 1, 1], plane[1, 4, 4] = 500, 900
    path = tmp_path / "three.lsm"
    info = lsm_info((8, 6, 1, 3, 1))
    with tifffile.TiffWriter(path) as file:
        file.write(
            plane,
            photometric="minisblack",
            planarconfig="separate",
            metadata=None,
            extratags=[(34412, 1, len(info), info, True)],
        )
        file.write(np.zeros((3, 2, 2), np.uint8), photometric="rgb", planarconfig="separate", subfiletype=1)
    assert preview(path).startswith(b"\x89PNG")


@pytest.mark.parametrize(("bits", "pixel_type"), [(8, "uint8"), (16, "uint16"), (32, "float"), (12, None)])
def test_bits_of_two_channels_lie_elsewhere(bits: int, pixel_type: str | None, read: Read) -> None:
    data = bytearray(lsm(lsm_info(), bits=struct.pack("<2H", bits, bits)))
    patch(data, {258: (2, 4096)})
    assert read(bytes(data)).pixel_type == pixel_type


def test_bits_of_two_channels_nowhere(read: Read) -> None:
    data = bytearray(lsm(lsm_info()))
    patch(data, {258: (2, 1 << 20 | 16)})
    assert read(bytes(data)).pixel_type == "uint16"
