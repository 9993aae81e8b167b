"""Previews: colours, the middle plane, sizes, pyramids, and what is too large to be shown."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import tifffile
from PIL import Image

from rembi_widgets.images import UnreadableImageError, preview
from rembi_widgets.images import _pixels as room
from rembi_widgets.images._render import PALETTE, colours_for
from tests.images.make import OME, described, multiscales, ome, tiff, zarr2, zarr3

if TYPE_CHECKING:
    from pathlib import Path

UNITS = {"y": "micrometer", "x": "micrometer"}
BLUE, GREEN = 0x3A6BFFFF, 0x39D353FF


def shown(data: bytes) -> np.ndarray[Any, Any]:
    with Image.open(io.BytesIO(data), formats=("PNG",)) as opened:
        return np.asarray(opened.convert("RGB"))


def stack(z: int = 3, c: int = 2, t: int = 1, y: int = 40, x: int = 60) -> np.ndarray[Any, Any]:
    """Give a stack whose middle plane alone holds a square, another one for each channel."""
    data = np.zeros((t, z, c, y, x), np.uint16)
    for channel in range(c):
        data[t // 2, z // 2, channel, 5 + 15 * channel : 15 + 15 * channel, 5:55] = 1000 * (channel + 1)
    return data


def ome_tiff(path: Path, data: np.ndarray[Any, Any], **options: Any) -> Path:
    metadata = {
        "axes": "TZCYX",
        "Channel": {"Name": ["DNA", "Actin"][: data.shape[2]], "Color": [BLUE, GREEN][: data.shape[2]]},
    }
    tifffile.imwrite(path, data, ome=True, metadata=metadata, photometric="minisblack", **options)
    return path


@pytest.mark.parametrize(
    "options",
    [{}, {"compression": "zlib"}, {"tile": (16, 16), "compression": "zlib"}, {"byteorder": ">"}, {"bigtiff": True}],
)
def test_the_middle_plane_in_the_header_s_colours(options: dict[str, Any], tmp_path: Path) -> None:
    picture = shown(preview(ome_tiff(tmp_path / "a.ome.tif", stack(t=3), **options)))
    assert picture.shape == (40, 60, 3)
    assert tuple(picture[10, 30]) == (0x3A, 0x6B, 0xFF)
    assert tuple(picture[25, 30]) == (0x39, 0xD3, 0x53)
    assert tuple(picture[38, 2]) == (0, 0, 0)


def test_every_order_of_planes_finds_the_middle(tmp_path: Path) -> None:
    for axes in ("TZCYX", "TCZYX", "ZTCYX", "ZCTYX", "CTZYX", "CZTYX"):
        data = np.transpose(stack(t=3), ["TZCYX".index(axis) for axis in axes])
        path = tmp_path / f"{axes}.ome.tif"
        tifffile.imwrite(path, data, ome=True, photometric="minisblack", metadata={"axes": axes})
        picture = shown(preview(path))
        assert picture[10, 30].any(), axes
        assert picture[25, 30].any(), axes


@pytest.mark.parametrize("size", [32, 100, 256])
def test_the_longer_side_is_as_long_as_asked_for(size: int, tmp_path: Path) -> None:
    path = tmp_path / "a.ome.tif"
    tifffile.imwrite(path, np.arange(300 * 600, dtype=np.uint32).reshape(300, 600), ome=True)
    assert shown(preview(path, size=size)).shape == (size // 2, size, 3)


def test_contrast_is_stretched_past_a_few_hot_pixels(tmp_path: Path) -> None:
    data = np.full((100, 100), 100, np.uint16)
    data[20:80, 20:80] = 200
    data[0, :3] = 65535
    tifffile.imwrite(tmp_path / "a.tif", data, metadata=None)
    picture = shown(preview(tmp_path / "a.tif"))
    assert picture[50, 50].min() > 200
    assert picture[90, 10].max() == 0


def test_an_empty_image_is_dark_and_a_full_one_bright(tmp_path: Path) -> None:
    for value, light in ((0, 0), (7, 255)):
        tifffile.imwrite(tmp_path / "a.tif", np.full((8, 8), value, np.uint8), metadata=None)
        assert set(shown(preview(tmp_path / "a.tif")).ravel()) == {light}


@pytest.mark.parametrize("kind", [np.int8, np.int32, np.float32, np.float64, np.complex64])
def test_every_pixel_type_is_shown(kind: type, tmp_path: Path) -> None:
    data = np.zeros((16, 16), kind)
    data[4:12, 4:12] = 100
    if np.issubdtype(kind, np.floating):
        data[0, 0], data[0, 1] = np.nan, np.inf
    tifffile.imwrite(tmp_path / "a.tif", data, metadata=None)
    assert shown(preview(tmp_path / "a.tif"))[8, 8].tolist() == [255, 255, 255]


def test_colours_of_the_palette_where_the_header_has_none() -> None:
    assert colours_for([], 3) == PALETTE[:3]
    assert colours_for(["#FFFFFF", "#FFFFFF"], 2) == PALETTE[:2]
    assert colours_for(["#FF0000", None], 2) == PALETTE[:2]
    assert colours_for(["#FF0000", None, "#00FF00"], 3) == ("#FF0000", PALETTE[1], "#00FF00")
    assert colours_for([None], 1) == ("#FFFFFF",)
    assert colours_for(["#00FF00"], 1) == ("#00FF00",)


def test_a_picture_in_colour_stays_as_it_is(tmp_path: Path) -> None:
    data = np.zeros((20, 30, 3), np.uint8)
    data[5:15] = (200, 100, 50)
    for name, options in (("plain.tif", {"metadata": None}), ("a.ome.tif", {"ome": True})):
        tifffile.imwrite(tmp_path / name, data, photometric="rgb", **options)  # type: ignore[arg-type]
        assert np.array_equal(shown(preview(tmp_path / name)), data), name
    Image.fromarray(data).save(tmp_path / "a.png")
    assert np.array_equal(shown(preview(tmp_path / "a.png")), data)
    planar = np.moveaxis(data, -1, 0)
    tifffile.imwrite(tmp_path / "planar.tif", planar, photometric="rgb", planarconfig="separate", metadata=None)
    assert np.array_equal(shown(preview(tmp_path / "planar.tif")), data)


def test_pages_of_a_plain_tiff_show_the_middle_one(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "a.tif", stack(c=1)[0, :, 0], metadata=None, photometric="minisblack")
    assert shown(preview(tmp_path / "a.tif"))[10, 30].any()


def test_imagej_shows_its_own_colours(tmp_path: Path) -> None:
    ramp = np.arange(256, dtype=np.uint8)
    nothing = np.zeros_like(ramp)
    tables = [np.stack([ramp, nothing, nothing]), np.stack([nothing, ramp, ramp])]
    path = tmp_path / "a.tif"
    tifffile.imwrite(path, stack(t=2), imagej=True, metadata={"axes": "TZCYX", "LUTs": tables, "mode": "composite"})
    picture = shown(preview(path))
    assert tuple(picture[10, 30]) == (255, 0, 0)
    assert tuple(picture[25, 30]) == (0, 255, 255)


def test_a_smaller_copy_in_the_file_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "pyramid.ome.tif"
    whole = np.zeros((512, 512), np.uint8)
    copy = np.zeros((256, 256), np.uint8)
    copy[100:150, 100:150] = 255  # seen in the copy alone
    with tifffile.TiffWriter(path, ome=True) as writer:
        writer.write(whole, subifds=1, tile=(64, 64), compression="zlib")
        writer.write(copy, subfiletype=1, tile=(64, 64), compression="zlib")
    assert shown(preview(path, size=256))[125, 125].any()


@pytest.mark.parametrize("version", ["0.4", "0.5"])
@pytest.mark.parametrize("size", [24, 256])
def test_zarr_takes_the_level_that_is_large_enough(version: str, size: int, tmp_path: Path) -> None:
    levels = [np.full((length, length), number, np.uint8) for number, length in enumerate((96, 48, 24))]
    for number, level in enumerate(levels):
        level[number : number + 8, :8] = 200
    said = {"multiscales": [multiscales("yx", [[1, 1]] * 3, UNITS, version)]}
    make: Any = zarr3 if version == "0.5" else zarr2
    picture = shown(preview(make(tmp_path / "a.zarr", levels, said, chunks=[16, 16]), size=size))
    assert picture.shape[0] == (24 if size == 24 else 96)


@pytest.mark.parametrize(
    ("make", "options"),
    [
        (zarr2, {}),
        (zarr2, {"compressor": "zlib"}),
        (zarr2, {"compressor": "gzip", "order": "F"}),
        (zarr2, {"separator": "."}),
        (zarr3, {}),
        (zarr3, {"codec": None}),
        (zarr3, {"endian": "big"}),
    ],
)
def test_zarr_shows_the_middle_plane_of_each_channel(make: Any, options: dict[str, Any], tmp_path: Path) -> None:
    said = {
        "multiscales": [multiscales("tzcyx", [[1] * 5], UNITS, "0.4")],
        "omero": {"channels": [{"color": "3A6BFF"}, {"color": "39D353"}]},
    }
    picture = shown(preview(make(tmp_path / "a.zarr", [stack(t=3)], said, chunks=[1, 2, 1, 16, 32], **options)))
    assert picture.shape == (40, 60, 3)
    assert tuple(picture[10, 30]) == (0x3A, 0x6B, 0xFF)
    assert tuple(picture[25, 30]) == (0x39, 0xD3, 0x53)


def test_zarr_reads_only_the_chunks_it_needs(tmp_path: Path) -> None:
    said = {"multiscales": [multiscales("yx", [[1, 1]], UNITS, "0.4")]}
    store = zarr2(tmp_path / "a.zarr", [np.ones((40, 40), np.uint8)], said, chunks=[20, 20])
    (store / "0" / "1" / "1").unlink()
    picture = shown(preview(store))
    assert picture[5, 5].any()
    assert not picture[30, 30].any()  # never written: the fill value


def test_zarr_axes_in_any_order(tmp_path: Path) -> None:
    said = {"multiscales": [multiscales("xy", [[1, 1]], UNITS, "0.4")]}
    data = np.zeros((30, 20), np.uint8)
    data[25, 5] = 9
    picture = shown(preview(zarr2(tmp_path / "a.zarr", [data], said, chunks=[8, 8])))
    assert picture.shape == (20, 30, 3)
    assert picture[5, 25].all()


def test_a_codec_that_needs_a_package_is_named(samples: Path, tmp_path: Path) -> None:
    import json

    said = {"multiscales": [multiscales("yx", [[1, 1]], UNITS, "0.4")]}
    store = zarr2(tmp_path / "a.zarr", [np.ones((8, 8), np.uint8)], said, chunks=[8, 8])
    array = json.loads((store / "0" / ".zarray").read_text())
    for identity, told in (("made-up", "stored by made-up"), ("pickle", "stored by pickle")):
        (store / "0" / ".zarray").write_text(json.dumps(array | {"compressor": {"id": identity}}))
        with pytest.raises(UnreadableImageError, match=told):
            preview(store)


def test_a_chunk_that_would_burst_is_cut(tmp_path: Path) -> None:
    import zlib

    said = {"multiscales": [multiscales("yx", [[1, 1]], UNITS, "0.4")]}
    store = zarr2(tmp_path / "a.zarr", [np.ones((8, 8), np.uint8)], said, chunks=[8, 8], compressor="zlib")
    (store / "0" / "0" / "0").write_bytes(zlib.compress(b"\1" * (1 << 24)))
    assert shown(preview(store)).shape == (8, 8, 3)
    (store / "0" / "0" / "0").write_bytes(b"not zlib")
    with pytest.raises(UnreadableImageError, match="could not be read"):
        preview(store)


def test_too_large_to_be_shown_is_said_and_not_decoded(tmp_path: Path) -> None:
    tags = {
        256: (4, [40_000]),
        257: (4, [40_000]),
        258: (3, [8]),
        259: (3, [8]),
        277: (3, [1]),
        273: (4, [200]),
        279: (4, [10]),
    }
    path = tmp_path / "large.tif"
    path.write_bytes(tiff(tags) + b"\0" * 400)  # type: ignore[arg-type]
    with pytest.raises(UnreadableImageError, match="1525 MB of memory to be shown, and 256 MB are allowed"):
        preview(path)
    said = {"multiscales": [multiscales("yx", [[1, 1]], UNITS, "0.4")]}
    store = zarr2(tmp_path / "a.zarr", [np.ones((8, 8), np.uint8)], said, chunks=[8, 8])
    array = store / "0" / ".zarray"
    array.write_text(array.read_text().replace("[8, 8]", "[80000, 80000]"))
    with pytest.raises(UnreadableImageError, match="6103 MB of memory"):
        preview(store)


def test_a_large_uncompressed_image_is_read_in_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room.allow, "__defaults__", (1000,))
    path = tmp_path / "large.tif"
    tifffile.imwrite(path, np.tile(np.arange(2000, dtype=np.uint16), (1500, 1)), metadata=None)
    assert shown(preview(path, size=64)).shape == (48, 64, 3)


@pytest.mark.parametrize("compression", [5, 7])
def test_compressions_that_pillow_knows(compression: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.tif"
    data = np.zeros((40, 60), np.uint8)
    data[5:35, 5:55] = 200
    Image.fromarray(data).save(path, compression={5: "tiff_lzw", 7: "jpeg"}[compression])
    assert shown(preview(path))[20, 30].min() > 200


def test_metadata_without_pixels_are_said(samples: Path) -> None:
    with pytest.raises(UnreadableImageError, match="metadata without pixels"):
        preview(samples / "images" / "ome-xml" / "hcs.ome.xml")


def test_a_scene_that_is_not_there_is_said(samples: Path) -> None:
    with pytest.raises(UnreadableImageError, match="no image number 3; it has 1"):
        preview(samples / "images" / "ome-tiff" / "ome.tiff", scene=3)


def test_scenes_of_one_file_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "two.ome.tif"
    with tifffile.TiffWriter(path, ome=True) as writer:
        writer.write(np.zeros((16, 16), np.uint8), photometric="minisblack")
        writer.write(np.full((20, 30), 9, np.uint8), photometric="minisblack")
    assert shown(preview(path, scene=0)).shape == (16, 16, 3)
    assert shown(preview(path, scene=1)).shape == (20, 30, 3)


def test_planes_in_another_file_of_the_set(tmp_path: Path) -> None:
    sizes = 'SizeX="8" SizeY="6" SizeZ="1" SizeC="1" SizeT="1" DimensionOrder="XYZCT" Type="uint8"'

    def text(place: str) -> str:
        return (
            f'<OME {OME}><Image ID="Image:0"><Pixels ID="Pixels:0" {sizes}>'
            f'<TiffData IFD="0"><UUID FileName="{place}">urn:uuid:2</UUID></TiffData></Pixels></Image></OME>'
        )

    tifffile.imwrite(tmp_path / "other.ome.tif", np.full((6, 8), 9, np.uint8), metadata=None)
    (tmp_path / "head.ome.tif").write_bytes(described(text("other.ome.tif")))
    assert shown(preview(tmp_path / "head.ome.tif")).shape == (6, 8, 3)
    for place in ("../other.ome.tif", "/etc/passwd"):
        folder = tmp_path / "sub"
        folder.mkdir(exist_ok=True)
        (folder / "head.ome.tif").write_bytes(described(text(place)))
        with pytest.raises(UnreadableImageError, match=r"not in the same folder|Only files"):
            preview(folder / "head.ome.tif")


def test_pixels_cut_short_are_said(tmp_path: Path) -> None:
    path = ome_tiff(tmp_path / "a.ome.tif", stack(), compression="zlib")
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(UnreadableImageError):
        preview(path)
    (tmp_path / "b.ome.tif").write_bytes(described(ome()))
    with pytest.raises(UnreadableImageError, match="could not be read"):
        preview(tmp_path / "b.ome.tif")


REAL = (
    "tiff/imagej_stack.tif",
    "tiff/CH3_Fluorescence_8bit.tif",
    "tiff/xz_c0_t0.tif",
    "em/olympus_SIS.tif",
    "em/renishaw_wire.jpg",
    "lsm/test.lsm",
    "wsi/small.svs",
)


@pytest.mark.parametrize("name", REAL)
def test_real_files_are_shown(name: str, samples: Path) -> None:
    picture = shown(preview(samples / "images" / name))
    assert max(picture.shape[:2]) <= 256
    assert picture.max() > 100
