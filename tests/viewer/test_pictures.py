"""Planes become a picture: contrast, colours, odd numbers, sizes; each rule by a few pixels whose result is known."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from rembi_widgets.images import Look, preview, read_image, view
from rembi_widgets.images._imagerecord import ImageRecord
from rembi_widgets.images._pixels import Pixels
from rembi_widgets.images._render import (
    PALETTE,
    WHITE,
    Layer,
    _fitting,
    _overlay,
    _photo,
    _small,
    _stretched,
    colours_for,
)

FULL = Look(percentiles=(0.0, 100.0))
KINDS = ["uint8", "int16", "uint16", "int32", "float32", "float64", "bool", "complex64"]


def shown(*planes: Any, colours: tuple[str, ...] = (WHITE,), look: Look = FULL, size: int = 64) -> Any:
    layers = zip(planes, colours, strict=True)
    return _overlay([Layer(np.asarray(plane), colour, look.percentiles) for plane, colour in layers], size)


def test_the_least_is_black_and_the_most_is_white() -> None:
    found = shown([[100.0, 200.0], [300.0, 150.0]])
    assert found[..., 0].tolist() == [[0, 127], [255, 63]]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_number_can_be_shown(kind: str) -> None:
    plane = np.array([[0, 1], [1, 0]]).astype(kind)
    assert shown(plane)[..., 0].tolist() == [[0, 255], [255, 0]]


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_dark_and_spoils_nothing(value: float) -> None:
    found = shown(np.array([[value, 0.0], [10.0, 5.0]]))
    assert found[..., 0].tolist() == [[0, 0], [255, 127]]


@pytest.mark.parametrize(("value", "light"), [(0, 0), (7, 255), (-7, 0)])
def test_a_plane_without_contrast_is_dark_if_empty(value: int, light: int) -> None:
    assert np.unique(_stretched(np.full((3, 3), value, np.float32), (1, 99.8))).tolist() == [light / 255]


def test_one_hot_pixel_does_not_darken_the_others() -> None:
    plane = np.tile(np.arange(100, dtype=np.float32), (100, 1))
    plane[0, 0] = 1e9
    assert _stretched(plane, (1.0, 99.8)).mean() > 0.4
    assert _stretched(plane, (0.0, 100.0)).mean() < 0.01


@given(st.lists(st.floats(-1e6, 1e6, width=32), min_size=4, max_size=4), st.floats(0, 40), st.floats(60, 100))
def test_stretching_keeps_the_order_of_brightness(values: list[float], low: float, high: float) -> None:
    plane = np.array(values, np.float32).reshape(2, 2)
    found = _stretched(plane, (low, high))
    assert 0 <= found.min() <= found.max() <= 1
    order = np.argsort(plane, axis=None)
    assert np.all(np.diff(found.ravel()[order]) >= 0)


def test_channels_lie_over_one_another_in_their_colours() -> None:
    red, green = [[0.0, 9.0], [0.0, 9.0]], [[0.0, 0.0], [9.0, 9.0]]
    found = shown(red, green, colours=("#FF0000", "#00FF00"))
    assert found.tolist() == [[[0, 0, 0], [255, 0, 0]], [[0, 255, 0], [255, 255, 0]]]


def test_light_of_many_channels_stays_white() -> None:
    plane = [[0.0, 5.0]]
    assert shown(plane, plane, plane, colours=(WHITE,) * 3)[0, 1].tolist() == [255, 255, 255]


@pytest.mark.parametrize(
    ("given_", "count", "wanted"),
    [
        ((), 1, (WHITE,)),
        (("#00FF00",), 1, ("#00FF00",)),
        ((), 2, PALETTE[:2]),
        (("#FFFFFF", "#FFFFFF"), 2, PALETTE[:2]),
        (("#FF0000", None), 2, PALETTE[:2]),
        (("#FF0000", "#00FF00", None), 3, ("#FF0000", "#00FF00", PALETTE[2])),
        (("#FF0000", "#00FF00", "#0000FF"), 2, ("#FF0000", "#00FF00")),
    ],
)
def test_each_channel_has_a_colour_of_its_own(given_: Any, count: int, wanted: tuple[str, ...]) -> None:
    assert colours_for(given_, count) == wanted


@given(st.integers(2, 30))
def test_there_are_colours_for_any_number_of_channels(count: int) -> None:
    found = colours_for((), count)
    assert len(found) == count
    assert len(set(found)) == min(count, len(PALETTE))


@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(1, 1024))
def test_a_picture_is_never_larger_than_wished_nor_stretched(width: int, height: int, size: int) -> None:
    wide, high = _fitting(width, height, size)
    assert 1 <= wide <= max(1, min(width, size))
    assert 1 <= high <= max(1, min(height, size))
    if max(width, height) <= size:
        assert (wide, high) == (width, height)


def test_making_small_is_averaging() -> None:
    plane = np.array([[0, 4, 8, 8], [0, 4, 8, 8]], np.float64)
    assert _small(plane, 2).tolist() == [[2.0, 8.0]]


def test_a_photo_keeps_its_values() -> None:
    photo = np.arange(12, dtype=np.uint8).reshape(2, 2, 3)
    assert _photo(photo) is photo


@pytest.mark.parametrize("kind", ["uint16", "float32", "uint32"])
def test_a_deep_photo_has_its_brightest_as_white(kind: str) -> None:
    photo = np.zeros((4, 4, 3), kind)
    photo[:, 2:] = 4000
    found = _photo(photo)
    assert found.dtype == np.uint8
    assert (found[:, :2].max(), found[:, 2:].min()) == (0, 255)


def test_an_empty_photo_stays_black() -> None:
    assert _photo(np.zeros((2, 2, 3), np.uint16)).max() == 0


def opened(png: bytes) -> Any:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def written(tmp_path: Path, data: Any, **named: Any) -> Path:
    import tifffile

    path = tmp_path / "x.ome.tiff"
    tifffile.imwrite(path, data, ome=True, metadata=named, photometric="minisblack")
    return path


@pytest.mark.parametrize("channels", [frozenset(), frozenset({9}), frozenset({-1})])
def test_no_channel_at_all_is_a_black_picture(tmp_path: Path, channels: frozenset[int]) -> None:
    path = written(tmp_path, np.full((2, 8, 8), 7, np.uint16), axes="CYX")
    assert opened(view(path, look=Look(channels=channels))).max() == 0


@pytest.mark.parametrize("size", [16, 33, 64])
def test_the_longer_side_is_what_was_wished(tmp_path: Path, size: int) -> None:
    path = written(tmp_path, np.arange(64 * 128, dtype=np.uint16).reshape(64, 128), axes="YX")
    assert max(opened(view(path, size=size)).shape[:2]) == size


@pytest.mark.parametrize(("z", "row"), [(None, 3), (0, 0), (5, 5), (6, 5), (10**9, 5)])
def test_the_middle_is_shown_unless_a_plane_is_wished(tmp_path: Path, z: int | None, row: int) -> None:
    data = np.zeros((6, 8, 8), np.uint16)
    for plane in range(6):
        data[plane, plane] = 500
    found = opened(view(written(tmp_path, data, axes="ZYX"), z=z)).max(axis=(1, 2))
    assert np.flatnonzero(found > 127).tolist() == [row]


def test_every_small_real_image_that_is_read_is_shown_or_says_why(samples: Path) -> None:
    from rembi_widgets.errors import RembiError

    pictures = 0
    paths = [path for path in sorted((samples / "images").rglob("*")) if path.is_file()]
    for path in [one for one in paths if one.stat().st_size < 300_000][:40]:
        try:
            [first, *_] = read_image(path)
            picture = opened(preview(path, size=32))
        except RembiError as fault:
            assert fault.say("fr")  # noqa: PT017 - each file is the one or the other
            continue
        pictures += 1
        assert isinstance(first, ImageRecord)
        assert max(picture.shape[:2]) <= 32
    assert pictures > 3


def test_pixels_name_the_colours_before_the_header(tmp_path: Path) -> None:
    from rembi_widgets.images._render import render

    [record] = read_image(written(tmp_path, np.zeros((2, 4, 4), np.uint16), axes="CYX"))
    bright = np.full((4, 4), 9.0, np.float32)
    pixels = Pixels(planes=(bright, bright * 0), colours=("#0000FF", "#00FF00"))
    assert opened(render(pixels, record, 4))[0, 0].tolist() == [0, 0, 255]
    assert opened(render(pixels, record, 4, Look(coloured=False)))[0, 0].tolist() == [255, 255, 255]
