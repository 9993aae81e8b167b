"""DV: both byte orders, the order of planes, wavelengths and voxels that cannot be."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from rembi_widgets.images import UnreadableImageError, preview

from .conftest import Read
from .makers import dv, notes


@pytest.mark.parametrize("order", ["<", ">"])
def test_both_byte_orders(order: str, read: Read) -> None:
    record = read(dv(order=order))
    assert (record.size_x, record.size_y, record.size_z, record.size_c, record.size_t) == (8, 6, 2, 2, 3)
    assert (record.px_x_um, record.px_y_um, record.px_z_um) == (0.1, 0.1, 0.3)
    assert [channel.emission_nm for channel in record.channels] == [525.0, 632.0]
    assert dict(record.raw) == {"lens id": "10003"}
    assert (record.format, record.pixel_type) == ("DV", "uint16")


@pytest.mark.parametrize(("code", "order"), [(0, "XYZTC"), (1, "XYCZT"), (2, "XYZCT"), (7, None)])
def test_the_order_of_planes(code: int, order: str | None, read: Read) -> None:
    assert read(dv(a182_h=code)).dim_order == order


@pytest.mark.parametrize(
    ("kind", "pixel_type"),
    [(0, "uint8"), (1, "int16"), (2, "float"), (4, "complex"), (6, "uint16"), (7, "int32"), (99, None)],
)
def test_pixel_types(kind: int, pixel_type: str | None, read: Read) -> None:
    assert read(dv(kind=kind)).pixel_type == pixel_type


@pytest.mark.parametrize("size", [-10.0, 0.0, float("nan"), 1e-19])
def test_voxels_that_cannot_be(size: float, read: Read) -> None:
    record = read(dv(a40_f=size))
    assert (record.px_x_um, record.px_y_um) == (None, 0.1)
    assert len(notes(record)) == 1


def test_a_wavelength_of_0_is_not_known(read: Read) -> None:
    record = read(dv(waves=(525, 0)))
    assert [channel.emission_nm for channel in record.channels] == [525.0, None]
    assert notes(record) == []


def test_a_wavelength_below_0_is_noted(read: Read) -> None:
    record = read(dv(waves=(525, -1)))
    assert [channel.emission_nm for channel in record.channels] == [525.0, None]
    assert notes(record) == ["impossible channels.emission_nm"]


def test_sections_that_do_not_fit_are_told(read: Read) -> None:
    record = read(dv((8, 6, 13)))
    assert (record.size_z, record.size_c, record.size_t) == (None, None, None)
    assert notes(record) == ["planes_differ"]


def test_no_count_of_times_is_one(read: Read) -> None:
    record = read(dv(a180_h=0))
    assert (record.size_t, record.size_z) == (1, 6)


def test_no_lens_is_not_named(read: Read) -> None:
    assert read(dv(a162_h=0)).raw == {}


def test_the_lens_has_no_numbers_in_the_file(read: Read) -> None:
    assert read(dv()).objective is None


@pytest.mark.parametrize("fields", [{"a0_i": 0}, {"a4_i": -5}, {"a8_i": 0}])
def test_what_has_no_size_is_refused(fields: dict[str, int], read: Read) -> None:
    with pytest.raises(UnreadableImageError, match="does not say how large"):
        read(dv(**fields))


@pytest.mark.parametrize(("code", "at"), [(0, 3), (1, 6), (2, 7)])
def test_the_preview_shows_the_middle_of_each_channel(code: int, at: int, written: Callable[..., Path]) -> None:
    data = bytearray(dv(a182_h=code))
    plane = np.zeros((6, 8), "<u2")
    plane[2, 3] = 1000
    begin = 1024 + at * plane.nbytes
    data[begin : begin + plane.nbytes] = plane.tobytes()
    picture = np.asarray(Image.open(io.BytesIO(preview(written(bytes(data))))))
    assert picture[2, 3].max() > 200
    assert picture[0, 0].max() == 0
