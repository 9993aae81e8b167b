"""The first directory of a TIFF: every form of it, and what happens when it lies."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import tifffile

from rembi_widgets.images import UnreadableImageError, read_image
from rembi_widgets.images._source import Source
from rembi_widgets.images._tiff_header import count_ifds, first_ifd
from tests.images.make import described, ome, tiff


def written(folder: Path, data: bytes, name: str = "made.tif") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("big", [False, True])
def test_every_form_of_tiff_reads_the_same(order: str, big: bool, tmp_path: Path) -> None:
    path = tmp_path / "stack.ome.tif"
    metadata = {"axes": "ZCYX", "PhysicalSizeX": 0.2, "PhysicalSizeXUnit": "µm", "Channel": {"Name": ["DNA", "Actin"]}}
    data = np.zeros((3, 2, 16, 24), np.uint16)
    tifffile.imwrite(path, data, byteorder=order, bigtiff=big, ome=True, metadata=metadata)
    (record,) = read_image(path)
    sizes = (record.size_x, record.size_y, record.size_z, record.size_c, record.size_t)
    assert sizes == (24, 16, 3, 2, 1)
    assert (record.pixel_type, record.px_x_um, record.dim_order) == ("uint16", 0.2, "XYCZT")
    assert [channel.name for channel in record.channels] == ["DNA", "Actin"]
    assert record.warnings == ()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("big", [False, True])
def test_tags_are_what_tifffile_reads(order: str, big: bool, tmp_path: Path) -> None:
    path = tmp_path / "plain.tif"
    tifffile.imwrite(
        path, np.zeros((9, 16, 24), np.float32), byteorder=order, bigtiff=big, metadata=None, software="made here",
        resolution=(71.5, 72.5), resolutionunit="INCH",
    )  # fmt: skip
    with Source(path) as source, tifffile.TiffFile(path) as opened:
        ifd = first_ifd(source)
        theirs = opened.pages[0].tags  # type: ignore[union-attr]
        assert set(ifd.entries) == set(theirs.keys())
        assert ifd.first(256) == theirs[256].value
        assert ifd.text(305).decode() == theirs[305].value
        assert ifd.numbers(282)[0] == pytest.approx(71.5)
        assert count_ifds(source, ifd) == len(opened.pages) == 9


def test_a_description_after_the_pixels_is_found(tmp_path: Path) -> None:
    data = described(ome(pixels='PhysicalSizeX="0.5"'), at=200_000)
    assert read_image(written(tmp_path, data))[0].px_x_um == 0.5


def test_a_directory_without_a_next_one_is_read(tmp_path: Path) -> None:
    data = tiff({256: (3, [8]), 257: (3, [6])}, chain=None)
    assert read_image(written(tmp_path, data))[0].size_x == 8


def test_a_claimed_description_beyond_the_end_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, described(ome(), claimed={270: 60 << 20}))
    with pytest.raises(UnreadableImageError, match="is cut short") as caught:
        read_image(path)
    assert str(path.stat().st_size) in str(caught.value)


def test_a_claimed_description_of_200_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, described(ome(), claimed={270: 200 << 20}))
    with pytest.raises(UnreadableImageError, match="200 MB long; up to 64 MB are read"):
        read_image(path)


def test_a_true_description_of_200_mb_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, described(ome(), claimed={270: 200 << 20}))
    with path.open("r+b") as file:
        file.truncate(201 << 20)  # a sparse file: nothing is written
    with pytest.raises(UnreadableImageError, match="200 MB long"):
        read_image(path)


@pytest.mark.parametrize("begin", [4, 5, 7])
def test_a_header_cut_short_is_refused(begin: int, tmp_path: Path) -> None:
    with pytest.raises(UnreadableImageError, match="cut short"):
        read_image(written(tmp_path, described("x")[:begin]))


def test_a_directory_outside_the_file_is_refused(tmp_path: Path) -> None:
    data = b"II*\0" + struct.pack("<I", 0xFFFFFFF0) + b"\0" * 100
    with pytest.raises(UnreadableImageError, match="cut short"):
        read_image(written(tmp_path, data))


def test_a_directory_of_no_or_too_many_tags_is_refused(tmp_path: Path) -> None:
    for count in (0, 65535):
        data = b"II*\0" + struct.pack("<IH", 8, count) + b"\0" * (1 << 20)
        with pytest.raises(UnreadableImageError, match=f"claims {count} entries"):
            read_image(written(tmp_path, data))


def test_directories_in_a_circle_are_refused(tmp_path: Path) -> None:
    plain = {256: (3, [8]), 257: (3, [6])}
    with pytest.raises(UnreadableImageError, match="runs in a circle"):
        read_image(written(tmp_path, tiff(plain, chain=8)))


def test_a_chain_that_leaves_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableImageError, match="cut short"):
        read_image(written(tmp_path, tiff({256: (3, [8]), 257: (3, [6])}, chain=1 << 30)))


def test_one_bad_tag_costs_that_tag(tmp_path: Path) -> None:
    data = tiff({256: (3, [8]), 257: (3, [6]), 305: (2, b"a program")}, claimed={305: 100_000})
    (record,) = read_image(written(tmp_path, data))
    assert (record.size_x, record.software) == (8, None)
    assert [note.key for note in record.warnings] == ["images.note.tag_outside"]


def test_too_many_values_of_a_number_are_left_alone(tmp_path: Path) -> None:
    data = tiff({256: (3, [8]), 257: (3, [6]), 282: (5, b"\1\0\0\0" * 2)}, claimed={282: 1 << 30})
    (record,) = read_image(written(tmp_path, data))
    assert record.px_x_um is None


@pytest.mark.parametrize("value", [b"\0\0\xc0\x7f", b"\0\0\x80\x7f"])
def test_numbers_that_are_none_are_no_numbers(value: bytes, tmp_path: Path) -> None:
    data = bytearray(tiff({256: (4, value), 257: (3, [6]), 282: (4, value)}))
    for tag in (256, 282):
        at = data.index(struct.pack("<HH", tag, 4))
        data[at + 2] = 11  # a float: not a number, or infinite
    with pytest.raises(UnreadableImageError, match="how large"):
        read_image(written(tmp_path, bytes(data)))


def test_pixels_beyond_the_end_are_said(tmp_path: Path) -> None:
    data = tiff({256: (3, [8]), 257: (3, [6]), 273: (4, [5000]), 279: (4, [48])})
    (record,) = read_image(written(tmp_path, data))
    assert [note.key for note in record.warnings] == ["images.note.cut_short"]
    assert "5048" in str(record.warnings[0])


def test_an_image_without_a_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableImageError, match="does not say how large"):
        read_image(written(tmp_path, tiff({258: (3, [8])})))


@pytest.mark.parametrize("dpi", [72, 96, 300, 600, 1200, 2400])
def test_printing_resolutions_are_no_pixel_size(dpi: int, tmp_path: Path) -> None:
    path = tmp_path / "photo.tif"
    tifffile.imwrite(path, np.zeros((6, 8), np.uint8), resolution=(dpi, dpi), resolutionunit="INCH", metadata=None)
    (record,) = read_image(path)
    assert (record.px_x_um, record.px_y_um) == (None, None)
    assert record.raw["resolution x"] == f"{dpi} dpi"


def test_a_resolution_no_printer_has_is_a_pixel_size_and_derived(tmp_path: Path) -> None:
    path = tmp_path / "micrograph.tif"
    per_cm = 1e4 / 0.25
    tifffile.imwrite(
        path, np.zeros((6, 8), np.uint8), resolution=(per_cm, per_cm), resolutionunit="CENTIMETER", metadata=None
    )
    (record,) = read_image(path)
    assert record.px_x_um == pytest.approx(0.25)
    assert record.confidence["px_x_um"] == "derived"


def test_pages_of_unknown_meaning_are_no_planes(tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    tifffile.imwrite(path, np.zeros((5, 6, 8), np.uint8), metadata=None)
    (record,) = read_image(path)
    assert (record.size_z, record.size_t, record.raw["pages"]) == (None, None, "5")


def test_the_axes_that_tifffile_writes_are_read(tmp_path: Path) -> None:
    path = tmp_path / "shaped.tif"
    tifffile.imwrite(path, np.zeros((5, 2, 6, 8), np.uint8), metadata={"axes": "ZCYX"}, photometric="minisblack")
    (record,) = read_image(path)
    assert (record.size_z, record.size_c, record.size_t, record.description) == (5, 2, 1, None)


def test_colours_count_without_opacity(tmp_path: Path) -> None:
    path = tmp_path / "rgba.tif"
    tifffile.imwrite(path, np.zeros((6, 8, 4), np.uint8), photometric="rgb", extrasamples=["unassalpha"], metadata=None)
    assert read_image(path)[0].size_c == 3


def test_a_scanner_s_user_is_not_read(samples: Path) -> None:
    (record,) = read_image(samples / "images" / "wsi" / "small.svs")
    assert "User" not in (record.description or "")
    assert "User" not in str(record.raw)


def test_imagej_hyperstacks(tmp_path: Path) -> None:
    path = tmp_path / "hyper.tif"
    tifffile.imwrite(
        path, np.zeros((4, 3, 2, 6, 8), np.uint16), imagej=True, resolution=(5.0, 4.0),
        metadata={"axes": "TZCYX", "unit": "\\u00B5m", "spacing": 0.7, "finterval": 30.0, "fps": 7.0},
    )  # fmt: skip
    (record,) = read_image(path)
    assert (record.size_x, record.size_y, record.size_z, record.size_c, record.size_t) == (8, 6, 3, 2, 4)
    assert (record.px_x_um, record.px_y_um, record.px_z_um) == (0.2, 0.25, 0.7)
    assert record.time_increment_s == 30.0
    assert record.sources["px_z_um"] == "ImageDescription/spacing"


def test_imagej_with_a_count_that_does_not_fit_is_said(tmp_path: Path) -> None:
    (record,) = read_image(written(tmp_path, described("ImageJ=1.53t\nimages=7\nslices=2\n")))
    assert [note.key for note in record.warnings] == ["images.note.planes_differ"]


def test_imagej_resolution_of_zero_is_unknown(tmp_path: Path) -> None:
    data = tiff({256: (3, [8]), 257: (3, [6]), 270: (2, b"ImageJ=1\nunit=um\n\0"), 282: (5, struct.pack("<II", 0, 1))})
    (record,) = read_image(written(tmp_path, data))
    assert record.px_x_um is None
    assert [note.key for note in record.warnings] == ["images.note.impossible"]
