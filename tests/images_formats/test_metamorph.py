"""STK, for which no real file was at hand: files made here, read by tifffile as well."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tifffile

from rembi_widgets.images import READERS, UnreadableImageError, preview, read_image

from .conftest import Read
from .makers import PLAIN, notes, patch, stk

DAY, HOUR = 2456826, 3_600_000
"""A day as MetaMorph counts, 18 June 2014, and an hour in ms."""
Written = Callable[..., Path]


def planes(count: int, *, depth: int = 0, step_ms: int = 0) -> list[tuple[int, ...]]:
    """Give planes at distances of tenths, and at times."""
    return [(depth if index else 0, 10, DAY, HOUR + index * step_ms, 0, 0) for index in range(count)]


def test_one_plane(read: Read) -> None:
    record = read(stk(planes(1)))
    assert (record.size_x, record.size_y, record.size_z, record.size_c, record.size_t) == (8, 6, 1, 1, 1)
    assert (record.px_x_um, record.px_y_um) == (0.25, 0.25)
    assert (record.format, record.pixel_type) == ("STK", "uint16")
    assert record.acquired_at == "2014-06-18T01:00:00.000"
    assert (record.software, record.description) == ("MetaMorph", "cells")


def test_planes_apart_are_a_stack(read: Read) -> None:
    record = read(stk(planes(5, depth=3)))
    assert (record.size_z, record.size_c, record.size_t, record.px_z_um) == (5, 1, 1, 0.3)


def test_planes_at_times_are_a_film(read: Read) -> None:
    record = read(stk(planes(5, step_ms=2500)))
    assert (record.size_z, record.size_t, record.time_increment_s) == (1, 5, 2.5)
    assert record.confidence["time_increment_s"] == "derived"


def test_planes_of_wavelengths_are_channels(read: Read) -> None:
    record = read(stk(planes(2), waves=[(525, 1), (605, 1)]))
    assert (record.size_c, record.size_z, record.size_t) == (2, 1, 1)
    assert [channel.name for channel in record.channels] == ["525 nm", "605 nm"]
    assert {channel.emission_nm for channel in record.channels} == {None}


def test_one_wavelength_names_the_channel(read: Read) -> None:
    record = read(stk(planes(3, depth=5), waves=[(525, 1)] * 3))
    assert record.size_z == 3
    assert [channel.name for channel in record.channels] == ["525 nm"]


def test_planes_that_do_not_differ_have_no_axis(read: Read) -> None:
    record = read(stk(planes(4)))
    assert (record.size_z, record.size_c, record.size_t) == (None, None, None)
    assert record.raw["planes"] == "4"


@pytest.mark.parametrize(
    ("unit", "size", "said"),
    [("um", 0.25, []), ("nm", 0.00025, []), ("pixel", None, ["unit px_x_um", "unit px_y_um"]), (None, None, [])],
)
def test_calibration(unit: str | None, size: float | None, said: list[str], read: Read) -> None:
    record = read(stk(planes(1), unit=unit))
    assert record.px_x_um == size
    assert [note for note in notes(record) if note != "untested"] == said


def test_it_says_that_it_is_untried(read: Read) -> None:
    record = read(stk(planes(1)))
    assert "untested" in notes(record)
    assert "no real file was at hand" in record.warnings[-1].say("en")
    assert "aucun vrai fichier" in record.warnings[-1].say("fr")


def test_the_readers_name_what_is_untried() -> None:
    assert {name for reader in READERS for name in reader.untested} == {"STK", "LOF", "OIF"}
    for reader in READERS:
        assert set(reader.untested) <= set(reader.formats)


def test_beside_tifffile(written: Written) -> None:
    path = written(stk(planes(5, depth=3)), "made.stk")
    (record,) = read_image(path)
    with tifffile.TiffFile(path) as file:
        said: Any = file.stk_metadata
    assert said["NumberPlanes"] == record.size_z
    assert said["XCalibration"] == record.px_x_um
    assert said["ZDistance"][1] == record.px_z_um
    assert str(said["DatetimeCreated"][0])[:19] == str(record.acquired_at)[:19]


@pytest.mark.parametrize("day", [0, 5, 4_000_000_000])
def test_days_that_cannot_be(day: int, read: Read) -> None:
    assert read(stk([(0, 1, day, 0, 0, 0)])).acquired_at is None


def test_planes_elsewhere_are_refused(read: Read) -> None:
    data = bytearray(stk(planes(1)))
    patch(data, {33629: (3, 1 << 30)})
    with pytest.raises(UnreadableImageError, match="cut short"):
        read(bytes(data))


@pytest.mark.parametrize("tag", [33628, 33630])
def test_other_tags_elsewhere_cost_themselves(tag: int, read: Read) -> None:
    data = bytearray(stk(planes(1), waves=[(525, 1)]))
    patch(data, {tag: (3, 1 << 30)})
    record = read(bytes(data))
    assert record.size_x == 8
    assert notes(record) == ["tag_outside", "untested"]


def test_no_planes_are_no_size(read: Read) -> None:
    with pytest.raises(UnreadableImageError, match="does not say how large"):
        read(stk([]))


@pytest.mark.parametrize("width", [256, 257])
def test_what_has_no_size_is_refused(width: int, read: Read) -> None:
    data = bytearray(stk(planes(1)))
    at = data.index(width.to_bytes(2, "little") + b"\x03\0", 8)
    data[at + 8 : at + 10] = b"\0\0"
    with pytest.raises(UnreadableImageError, match="does not say how large"):
        read(bytes(data))


def test_the_preview(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PLAIN, 273, (4, [28672]))
    monkeypatch.setitem(PLAIN, 279, (4, [96]))
    data = stk(planes(3, depth=3)).ljust(28672, b"\0") + bytes(96) + bytes([0, 1] * 48) + bytes(96)
    path = written(data, "made.stk")
    assert read_image(path)[0].size_z == 3
    assert preview(path).startswith(b"\x89PNG")
