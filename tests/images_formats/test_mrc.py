"""MRC: both byte orders, types, voxels that cannot be, stacks that do not say what they are a stack of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rembi_widgets.images import UnreadableImageError, preview, read_image

from .conftest import Read
from .makers import mrc, notes


@pytest.mark.parametrize("order", ["<", ">"])
def test_both_byte_orders(order: str, read: Read) -> None:
    record = read(mrc((8, 6, 4), order=order, a88_i=1))
    assert (record.size_x, record.size_y, record.size_z, record.size_c, record.size_t) == (8, 6, 4, 1, 1)
    assert (record.px_x_um, record.px_y_um, record.px_z_um) == pytest.approx((1e-3, 1e-3, 1e-3))
    assert record.format == "MRC"


def test_the_byte_order_without_a_machine_stamp(read: Read) -> None:
    assert read(mrc(order=">", a212_i=0)).size_x == 8
    assert read(mrc(order="<", a212_i=0)).size_x == 8


@pytest.mark.parametrize(
    ("mode", "fields", "pixel_type"),
    [
        (0, {}, "int8"),
        (0, {"a152_i": 1146047817, "a156_i": 0}, "uint8"),
        (0, {"a152_i": 1146047817, "a156_i": 1}, "int8"),
        (1, {}, "int16"),
        (2, {}, "float"),
        (4, {}, "complex"),
        (6, {}, "uint16"),
        (12, {}, None),
        (101, {}, None),
    ],
)
def test_pixel_types(mode: int, fields: dict[str, Any], pixel_type: str | None, read: Read) -> None:
    assert read(mrc(mode=mode, **fields)).pixel_type == pixel_type


@pytest.mark.parametrize(
    ("fields", "size", "said"),
    [
        ({"a40_f": 0.0}, None, ["impossible px_x_um"]),
        ({"a40_f": -10.0}, None, ["impossible px_x_um"]),
        ({"a40_f": float("nan")}, None, ["no_number px_x_um"]),
        ({"a40_f": float("inf")}, None, ["no_number px_x_um"]),
        ({"a28_i": 0, "a40_f": -10.0}, None, ["impossible px_x_um"]),
        ({"a40_f": 16.8}, 2.1e-4, []),
    ],
)
def test_voxels(fields: dict[str, Any], size: float | None, said: list[str], read: Read) -> None:
    record = read(mrc(**fields))
    assert record.px_x_um == (None if size is None else pytest.approx(size))
    assert record.px_y_um == pytest.approx(1e-3)
    assert notes(record) == said


@pytest.mark.parametrize(
    ("fields", "depth", "raw"),
    [
        ({"a88_i": 0}, None, {"sections": "12"}),
        ({"a88_i": 1}, 12, {}),
        ({"a88_i": 401, "a36_i": 4}, 4, {"volumes": "3"}),
        ({"a88_i": 401, "a36_i": 5}, None, {"sections": "12"}),
        ({"a88_i": 401, "a36_i": 0}, None, {"sections": "12"}),
    ],
)
def test_sections(fields: dict[str, Any], depth: int | None, raw: dict[str, str], read: Read) -> None:
    record = read(mrc((8, 6, 12), **fields))
    assert record.size_z == depth
    assert dict(record.raw) == raw


def test_labels_are_kept_unless_they_name_files(read: Read) -> None:
    data = bytearray(mrc(a220_i=3))
    data[224:304] = b"clip: flipped".ljust(80)
    data[304:384] = b"from /home/somebody/x.mrc".ljust(80)
    data[384:464] = b"second".ljust(80, b"\0")
    assert read(bytes(data)).raw["labels"] == "clip: flipped; second"


@pytest.mark.parametrize("fields", [{"a0_i": 0}, {"a4_i": -1}, {"a8_i": 0}, {"a12_i": 77}])
def test_what_has_no_size_is_refused(fields: dict[str, int], read: Read) -> None:
    with pytest.raises(UnreadableImageError, match="does not say how large"):
        read(mrc(**fields))


def test_a_header_cut_short_is_no_mrc(read: Read) -> None:
    with pytest.raises(UnreadableImageError, match="not an image of a format"):
        read(mrc()[:1000])


@pytest.mark.parametrize("kind", ["int8", "int16", "uint16", "float32", "complex64"])
def test_files_of_mrcfile(kind: str, tmp_path: Path) -> None:
    import mrcfile

    path = tmp_path / "made.mrc"
    volume = np.arange(4 * 6 * 8).reshape(4, 6, 8).astype(kind)
    with mrcfile.new(path) as file:
        file.set_data(volume)
        file.set_volume()
        file.voxel_size = (2.0, 3.0, 4.0)
    (record,) = read_image(path)
    assert (record.size_z, record.size_y, record.size_x) == volume.shape
    assert record.pixel_type == {"float32": "float", "complex64": "complex"}.get(kind, kind)
    assert (record.px_x_um, record.px_y_um, record.px_z_um) == pytest.approx((2e-4, 3e-4, 4e-4))
    assert preview(path).startswith(b"\x89PNG")


def test_a_stack_of_mrcfile_does_not_say_its_axis(tmp_path: Path) -> None:
    import mrcfile

    path = tmp_path / "made.mrc"
    with mrcfile.new(path) as file:
        file.set_data(np.zeros((5, 6, 8), np.int16))
        file.set_image_stack()
    (record,) = read_image(path)
    assert (record.size_z, record.raw["sections"]) == (None, "5")


def test_a_preview_of_a_type_without_a_name(written: Callable[..., Path]) -> None:
    with pytest.raises(UnreadableImageError, match="no preview of file"):
        preview(written(mrc(mode=101)))
