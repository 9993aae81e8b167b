"""Olympus SIS and Aperio SVS beyond the samples."""

from __future__ import annotations

import struct
from typing import Any

import pytest

from rembi_widgets.images import UnreadableImageError

from .conftest import Read
from .makers import PLAIN, appended, notes, sis

SVS = "Aperio Image Library v12.0.15 \r\n100x80 [0,0 100x80] (240x240) J2K|AppMag = 40|MPP = 0.2500"


def svs(text: str) -> bytes:
    return appended({270: (2, text.encode() + b"\0")}, {})


def test_the_block_of_olympus(read: Read) -> None:
    record = read(sis())
    assert (record.px_x_um, record.px_y_um) == (0.0025, 0.0025)
    assert record.acquired_at == "2018-11-15T19:42:00"
    assert record.raw["magnification"] == "40"
    assert record.sources["px_x_um"] == "OlympusSIS/calibration"
    assert [(item.manufacturer, item.model) for item in record.detectors] == [
        ("Olympus Soft Imaging Solutions", "XC50")
    ]
    assert (record.format, record.size_x, record.size_y, record.size_c) == ("SIS TIFF", 8, 6, 1)


@pytest.mark.parametrize(
    ("options", "size", "said"),
    [
        ({"power": -6, "sizes": (0.5, 0.5)}, 0.5, []),
        ({"power": 0, "sizes": (0.0, 1e-6)}, None, ["impossible px_x_um"]),
        ({"power": -6, "sizes": (-1.0, 1.0)}, None, ["impossible px_x_um"]),
        ({"power": -6, "sizes": (float("nan"), 1.0)}, None, []),
        ({"power": 300, "sizes": (1.0, 1.0)}, None, []),
    ],
)
def test_calibrations(options: dict[str, Any], size: float | None, said: list[str], read: Read) -> None:
    record = read(sis(**options))
    assert record.px_x_um == size
    assert notes(record) == said


@pytest.mark.parametrize("when", [(99, 19, 15, 10, 118), (0, 0, 0, 0, 0), (0, 0, 1, 12, 118)])
def test_a_date_that_cannot_be(when: tuple[int, ...], read: Read) -> None:
    assert read(sis(when=when)).acquired_at is None


@pytest.mark.parametrize("magnification", [0.0, -1.0, float("inf"), float("nan")])
def test_a_magnification_that_cannot_be(magnification: float, read: Read) -> None:
    assert "magnification" not in read(sis(magnification=magnification)).raw


def test_a_block_elsewhere_costs_itself(read: Read) -> None:
    record = read(appended({33560: (4, [1 << 30])}, {}))
    assert (record.format, record.px_x_um) == ("SIS TIFF", None)
    assert notes(record) == ["tag_outside"]


def test_a_block_of_something_else_is_passed_over(read: Read) -> None:
    record = read(appended({33560: (4, [4096])}, {"head": b"XXXX" + bytes(60)}))
    assert (record.px_x_um, record.warnings) == (None, ())


def test_entries_of_the_block_that_lie_elsewhere(read: Read) -> None:
    data = bytearray(sis())
    struct.pack_into("<I", data, 4096 + 64, 1 << 30)
    assert notes(read(bytes(data))) == ["tag_outside"]


def test_a_tiff_of_olympus_without_the_block_is_a_plain_one(read: Read) -> None:
    record = read(appended({271: (2, b"Olympus Soft Imaging Solutions\0")}, {}))
    assert record.format == "TIFF"


def test_pages_that_run_in_a_circle_end(read: Read) -> None:
    data = bytearray(appended({271: (2, b"Olympus Soft Imaging Solutions\0")}, {}))
    after = 10 + 12 * (len(PLAIN) + 1)
    struct.pack_into("<I", data, after, 8)
    with pytest.raises(UnreadableImageError, match="runs in a circle"):
        read(bytes(data))


def test_the_fields_of_aperio(read: Read) -> None:
    record = read(svs(f"{SVS}|Date = 05/06/2014|Time = 10:11:12|ScanScope ID = SS1234|User = u|Filename = f"))
    assert (record.px_x_um, record.px_y_um) == (0.25, 0.25)
    assert record.objective is not None
    assert record.objective.magnification == 40.0
    assert record.acquired_at == "2014-05-06T10:11:12"
    assert record.software == "Aperio Image Library v12.0.15"
    assert dict(record.raw) == {"ScanScope ID": "SS1234"}
    assert record.experimenter is None
    assert record.sources["px_x_um"] == "ImageDescription/MPP"


def test_the_user_of_aperio(read: Read) -> None:
    assert read(svs(f"{SVS}|User = somebody"), personal=True).experimenter == "somebody"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("MPP = 0", ["impossible px_x_um", "impossible px_y_um"]),
        ("MPP = -1", ["impossible px_x_um", "impossible px_y_um"]),
        ("MPP = wide", ["no_number px_x_um", "no_number px_y_um"]),
        ("AppMag = 0", ["impossible objective.magnification"]),
        ("Date = someday", ["no_date acquired_at"]),
        ("Date = 12/29/09|Time = late", ["no_date acquired_at"]),
        ("nothing", []),
        ("", []),
    ],
)
def test_bad_fields_cost_themselves(fields: str, said: list[str], read: Read) -> None:
    record = read(svs(f"Aperio Image|{fields}"))
    assert (record.format, record.size_x, record.px_x_um) == ("SVS", 8, None)
    assert notes(record) == said


def test_a_day_without_an_hour(read: Read) -> None:
    assert read(svs("Aperio|Date = 12/29/09")).acquired_at == "2009-12-29"
