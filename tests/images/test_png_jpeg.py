"""PNG and JPEG: sizes, and nothing that a camera or a screen made up."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from rembi_widgets.images import UnreadableImageError, preview, read_image

if TYPE_CHECKING:
    from pathlib import Path


def png(folder: Path, mode: str, **options: Any) -> Path:
    path = folder / "a.png"
    Image.new(mode, (8, 6)).save(path, **options)
    return path


@pytest.mark.parametrize(
    ("mode", "kind", "colours"),
    [("L", "uint8", 1), ("RGB", "uint8", 3), ("RGBA", "uint8", 3), ("LA", "uint8", 1), ("P", "uint8", 3),
     ("1", "bit", 1),
     ("I;16", "uint16", 1)],
)  # fmt: skip
def test_png(mode: str, kind: str, colours: int, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    if mode == "P":
        Image.fromarray(np.arange(48, dtype=np.uint8).reshape(6, 8)).convert("P").save(path)
    else:
        Image.new(mode, (8, 6)).save(path)
    (record,) = read_image(path)
    assert (record.size_x, record.size_y, record.size_z, record.size_t) == (8, 6, 1, 1)
    assert (record.format, record.pixel_type, record.size_c) == ("PNG", kind, colours)


def test_72_dpi_is_no_pixel_size(tmp_path: Path) -> None:
    (record,) = read_image(png(tmp_path, "L", dpi=(72, 72)))
    assert record.px_x_um is None
    assert record.raw["resolution x"] == "72 dpi"


def test_a_density_no_screen_has_is_a_pixel_size_and_derived(tmp_path: Path) -> None:
    (record,) = read_image(png(tmp_path, "L", dpi=(25400 / 0.5, 25400 / 0.5)))
    assert record.px_x_um == pytest.approx(0.5)
    assert record.confidence["px_x_um"] == "derived"


def test_texts_of_a_png_without_its_author(tmp_path: Path) -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Description", "a cell")
    told.add_text("Author", "somebody")
    (record,) = read_image(png(tmp_path, "L", pnginfo=told))
    assert record.description == "a cell"
    assert "somebody" not in str(record)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def header(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))


def test_a_png_that_lies_about_its_size_is_read_but_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "lies.png"
    path.write_bytes(header(100_000, 100_000) + chunk(b"IDAT", zlib.compress(b"\0" * 10)) + chunk(b"IEND", b""))
    assert read_image(path)[0].size_x == 100_000
    with pytest.raises(UnreadableImageError, match="28610 MB of memory"):
        preview(path)
    path.write_bytes(header(1000, 1000) + chunk(b"IDAT", zlib.compress(b"\0" * 10)) + chunk(b"IEND", b""))
    with pytest.raises(UnreadableImageError, match="could not be read"):
        preview(path)


@pytest.mark.parametrize("size", [(0, 5), (5, 0), (2**31, 5)])
def test_sizes_that_png_forbids_are_refused(size: tuple[int, int], tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(header(*size) + chunk(b"IDAT", b""))
    with pytest.raises(UnreadableImageError, match="how large"):
        read_image(path)


def test_a_wrong_checksum_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    data = bytearray(header(8, 6) + chunk(b"IEND", b""))
    data[19] ^= 1
    path.write_bytes(data)
    with pytest.raises(UnreadableImageError, match="checksum"):
        read_image(path)


@pytest.mark.parametrize("colour", [("L", 1), ("RGB", 3), ("CMYK", 4)])
def test_jpeg(colour: tuple[str, int], tmp_path: Path) -> None:
    mode, count = colour
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[305] = "a camera"
    exif.get_ifd(34665)[36867] = "2024:05:06 07:08:09"
    exif.get_ifd(34853)[1] = "N"
    exif[315] = "somebody"
    Image.new(mode, (8, 6)).save(path, exif=exif, dpi=(72, 72))
    (record,) = read_image(path)
    assert (record.size_x, record.size_y, record.size_c, record.pixel_type) == (8, 6, count, "uint8")
    assert (record.software, record.acquired_at, record.px_x_um) == ("a camera", "2024-05-06T07:08:09", None)
    assert record.sources["acquired_at"] == "Exif/DateTimeOriginal"
    assert "somebody" not in str(record)


def test_progressive_jpeg(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.new("L", (8, 6)).save(path, progressive=True)
    assert read_image(path)[0].size_x == 8


def test_a_broken_exif_part_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[305] = "a camera"
    Image.new("L", (8, 6)).save(path, exif=exif)
    data = path.read_bytes()
    at = data.index(b"Exif\0\0") + 6
    path.write_bytes(data[: at + 4] + b"\xff\xff\xff\x7f" + data[at + 8 :])
    (record,) = read_image(path)
    assert (record.size_x, [note.key for note in record.warnings]) == (8, ["images.note.exif"])


@pytest.mark.parametrize("length", [3, 20, 60])
def test_a_jpeg_cut_short_is_refused(length: int, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.new("L", (8, 6)).save(path)
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(UnreadableImageError):
        read_image(path)
