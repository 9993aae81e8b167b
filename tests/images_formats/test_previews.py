"""Previews of microscope files: real ones, and CZI made piece by piece."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from rembi_widgets.images import READERS, UnreadableImageError, preview, read_image
from rembi_widgets.images._preview import _PLACES

from .makers import czi, czi_xml

Written = Callable[..., Path]
SHOWN = {
    # file, scene: size of the preview, the least share of pixels that are not black
    ("czi/DAPI_GFP.czi", 0): ((256, 256), 0.5),
    ("czi/CellDivision_T3_Z5_CH2_X240_Y170_comp1.czi", 0): ((240, 170), 0.5),
    ("czi/FOV7_HV110_P0500510000.czi", 0): ((256, 256), 0.1),
    ("czi/LSM880_AiryScan.czi", 0): ((38, 36), 0.1),
    ("czi/WellD6_S1.czi", 0): ((256, 207), 0.5),
    ("lif/testdata_2channel_xz.lif", 0): ((128, 128), 0.01),
    ("lif/testdata_2channel_xz.lif", 1): ((128, 128), 0.01),
    ("lif/testdata_2channel_xz.lif", 2): ((256, 256), 0.01),
    ("nd2/cluster.nd2", 0): ((38, 31), 0.05),
    ("oib/test.oib", 0): ((256, 256), 0.3),
    ("dv/toxo.dv", 0): ((128, 128), 0.1),
    ("lsm/test.lsm", 0): ((256, 256), 0.01),
    ("em/olympus_SIS.tif", 0): ((112, 101), 0.5),
    ("em/HAADFscan.mrc", 0): ((16, 16), 0.5),
    ("wsi/small.svs", 0): ((16, 16), 0.9),
}


def picture(path: Path, **options: Any) -> Any:
    return np.asarray(Image.open(io.BytesIO(preview(path, **options))).convert("RGB"))


@pytest.mark.parametrize(("name", "scene"), SHOWN)
def test_real_files(name: str, scene: int, samples: Path) -> None:
    shown = picture(samples / "images" / name, scene=scene)
    size, light = SHOWN[name, scene]
    assert shown.shape[:2] == size[::-1]
    assert (shown.max(axis=2) > 16).mean() >= light
    assert shown.std() > 2


def test_the_plane_of_an_oib_is_the_one_that_tifffile_reads(samples: Path) -> None:
    import oiffile

    from rembi_widgets.images._pixels_vendors import pixels

    path = samples / "images" / "oib" / "test.oib"
    (record,) = read_image(path)
    with oiffile.OifFile(path) as file:
        whole = file.asarray()
    for ours, theirs in zip(pixels(path, record, 256).planes, whole, strict=True):
        assert np.array_equal(ours, theirs)


def test_the_planes_of_an_nd2_are_those_of_the_middle(samples: Path) -> None:
    import nd2

    from rembi_widgets.images._pixels_vendors import pixels

    path = samples / "images" / "nd2" / "cluster.nd2"
    (record,) = read_image(path)
    with nd2.ND2File(path) as file:
        whole = file.asarray()
    for ours, theirs in zip(pixels(path, record, 256).planes, whole[1, 5], strict=True):
        assert np.array_equal(ours, theirs)


def test_the_planes_of_a_dv_are_those_of_the_middle(samples: Path) -> None:
    from rembi_widgets.images._pixels_raw import pixels

    path = samples / "images" / "dv" / "toxo.dv"
    (record,) = read_image(path)
    data = np.fromfile(path, "<u2", offset=1024).reshape(2, 17, 128, 128)
    for ours, theirs in zip(pixels(path, record, 256).planes, data[:, 8], strict=True):
        assert np.array_equal(ours, theirs)


def test_the_planes_of_a_czi_are_those_of_czifile(samples: Path) -> None:
    czifile = pytest.importorskip("czifile")
    from rembi_widgets.images._pixels_czi import pixels

    path = samples / "images" / "czi" / "DAPI_GFP.czi"
    (record,) = read_image(path)
    with czifile.CziFile(path) as file:
        whole = file.asarray().squeeze()
    for ours, theirs in zip(pixels(path, record, 640).planes, whole, strict=True):
        assert np.array_equal(ours, theirs)


def test_pieces_in_jpeg_xr_are_told_in_a_sentence(written: Written) -> None:
    path = written(czi(czi_xml(ONE), [entry(z=1, compression=4)], PLANE.tobytes()))
    with pytest.raises(UnreadableImageError) as caught:
        preview(path)
    assert f"no preview of {path.name} yet" in caught.value.say("en")
    assert "JPEG XR" in caught.value.say("en")
    assert "pas encore d\u2019aperçu" in caught.value.say("fr")


def test_every_format_has_its_pixels_or_none() -> None:
    formats = {name for reader in READERS for name in reader.formats}
    assert set(_PLACES) <= formats
    assert formats - set(_PLACES) == {"OME-XML"}


ONE = "<SizeX>8</SizeX><SizeY>6</SizeY><SizeZ>3</SizeZ><PixelType>Gray16</PixelType>"
PLANE = np.arange(48, dtype="<u2").reshape(6, 8) * 1000


def entry(x: int = 0, z: int = 0, **more: Any) -> dict[str, Any]:
    return {"dims": {"X": (x, 8, 8), "Y": (0, 6, 6), "Z": (z, 1, 1), "C": (0, 1, 1)}, **more}


def test_a_piece(written: Written) -> None:
    shown = picture(written(czi(czi_xml(ONE), [entry(z=1)], PLANE.tobytes())))
    assert shown.shape == (6, 8, 3)
    assert shown[5, 7].max() > shown[2, 2].max() > shown[0, 1].max()


def split(plane: Any) -> bytes:
    """Give 16-bit samples as ZEN stores them before it compresses: the low bytes of all, then the high ones."""
    return bytes(plane.astype("<u2").view("u1").reshape(-1, 2).T.tobytes())


@pytest.mark.parametrize("level", [-5, 1, 19])
@pytest.mark.parametrize(
    ("compression", "header", "is_split"),
    [(5, b"", False), (6, b"\x01", False), (6, b"\x03\x01\x00", False), (6, b"\x03\x01\x01", True)],
)
def test_a_piece_in_zstandard(compression: int, header: bytes, is_split: bool, level: int, written: Written) -> None:
    from numcodecs import zstd

    plain = written(czi(czi_xml(ONE), [entry(z=1)], PLANE.tobytes()))
    shown = picture(plain)
    held = header + bytes(zstd.compress(split(PLANE) if is_split else PLANE.tobytes(), level))
    packed = plain.with_name("packed.czi")
    packed.write_bytes(czi(czi_xml(ONE), [entry(z=1, compression=compression)], held))
    assert np.array_equal(picture(packed), shown)


@pytest.mark.parametrize(
    "held",
    [
        b"",
        b"\x01",
        b"\x03\x01\x01no frame at all, only words",
        b"\x01\x28\xb5\x2f\xfd\x20\x60" + bytes(32),
        b"\x01\x28\xb5\x2f\xfd\xe0" + b"\xff" * 8 + bytes(32),
        b"\x01\x28\xb5\x2f\xfd\x00\x58" + bytes(32),
    ],
    ids=["nothing", "a header only", "words", "broken", "2^64 bytes", "no size"],
)
def test_a_broken_piece_in_zstandard_is_a_sentence(held: bytes, written: Written) -> None:
    path = written(czi(czi_xml(ONE), [entry(z=1, compression=6)], held))
    with pytest.raises(UnreadableImageError, match="could not be read"):
        preview(path)


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 65_791, 65_792, 100_000])
def test_a_frame_tells_its_size(size: int) -> None:
    from numcodecs import zstd

    from rembi_widgets.images._codecs import stated_by_zstd

    assert stated_by_zstd(bytes(zstd.compress(bytes(size), 3))) == size


def test_pieces_side_by_side(written: Written) -> None:
    wide = ONE.replace("<SizeX>8", "<SizeX>16")
    shown = picture(written(czi(czi_xml(wide), [entry(z=1), entry(8, z=1)], PLANE.tobytes())))
    assert shown.shape == (6, 16, 3)
    assert np.array_equal(shown[:, :8], shown[:, 8:])


def test_pieces_side_by_side_thinned(written: Written) -> None:
    wide = ONE.replace("<SizeX>8", "<SizeX>24")
    data = czi(czi_xml(wide), [entry(x, z=1) for x in (0, 8, 16)], PLANE.tobytes())
    shown = picture(written(data), size=2)
    assert max(shown.shape[:2]) <= 2


def test_only_the_middle_plane_is_shown(written: Written) -> None:
    with pytest.raises(UnreadableImageError, match="could not be read"):
        preview(written(czi(czi_xml(ONE), [entry(z=0)], PLANE.tobytes())))


def test_smaller_copies_are_no_pieces(written: Written) -> None:
    copy = {"dims": {"X": (0, 80, 8), "Y": (0, 60, 6), "Z": (1, 1, 1)}, "pyramid": 2}
    assert picture(written(czi(czi_xml(ONE), [copy, entry(z=1)], PLANE.tobytes()))).shape == (6, 8, 3)


def test_colours_are_turned_round(written: Written) -> None:
    xml = czi_xml("<SizeX>8</SizeX><SizeY>6</SizeY><PixelType>Bgr24</PixelType>")
    blue = np.zeros((6, 8, 3), np.uint8)
    blue[..., 0] = 200
    shown = picture(written(czi(xml, [entry(pixel_type=3)], blue.tobytes())))
    assert tuple(shown[0, 0]) == (0, 0, 200)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"compression": 4}, "JPEG XR"),
        ({"compression": 77}, "77"),
        ({"pixel_type": 10}, "no preview"),
    ],
)
def test_what_is_not_shown_yet(more: dict[str, Any], said: str, written: Written) -> None:
    with pytest.raises(UnreadableImageError, match=said):
        preview(written(czi(czi_xml(ONE), [entry(z=1, **more)], PLANE.tobytes())))


def test_a_piece_of_a_terabyte_is_refused(written: Written) -> None:
    huge = {"dims": {"X": (0, 1 << 20, 1 << 20), "Y": (0, 1 << 20, 1 << 20), "Z": (1, 1, 1)}}
    with pytest.raises(UnreadableImageError, match="MB of memory"):
        preview(written(czi(czi_xml(ONE), [huge])))


def test_pixels_cut_short_are_told(written: Written) -> None:
    with pytest.raises(UnreadableImageError):
        preview(written(czi(czi_xml(ONE), [entry(z=1)], b"")[:-200]))
