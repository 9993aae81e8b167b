"""OME-Zarr in a folder: versions 0.4 and 0.5, plates, bioformats2raw, and stores that are broken or made to harm."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from rembi_widgets.images import UnreadableImageError, preview, read_image
from tests.images.make import multiscales, ome, zarr2, zarr3

if TYPE_CHECKING:
    from pathlib import Path

UNITS = {"t": "second", "z": "micrometer", "y": "micrometer", "x": "micrometer"}
SCALES = [[2.5, 1, 0.7, 0.2, 0.2], [2.5, 1, 0.7, 0.4, 0.4]]
OMERO = {"channels": [{"label": "DNA", "color": "3A6BFF"}, {"label": "Actin", "color": "39d353"}]}


def levels(kind: type = np.uint16) -> list[np.ndarray[Any, Any]]:
    whole = np.zeros((4, 2, 3, 64, 96), kind)
    whole[2, 0, 1, 10:20, 10:20] = 1000
    whole[2, 1, 1, 40:50, 60:80] = 500
    return [whole, whole[..., ::2, ::2]]


def made(folder: Path, version: str, **options: Any) -> Path:
    said = multiscales("tczyx", SCALES, UNITS, version)
    chunks = [1, 1, 1, 32, 32]
    if version == "0.5":
        return zarr3(
            folder, levels(), {"version": "0.5", "multiscales": [said], "omero": OMERO}, chunks=chunks, **options
        )
    return zarr2(folder, levels(), {"multiscales": [said], "omero": OMERO}, chunks=chunks, **options)


@pytest.mark.parametrize("version", ["0.4", "0.5"])
def test_both_versions_read_the_same(version: str, tmp_path: Path) -> None:
    (record,) = read_image(made(tmp_path / "a.zarr", version))
    sizes = (record.size_x, record.size_y, record.size_z, record.size_c, record.size_t)
    assert sizes == (96, 64, 3, 2, 4)
    assert (record.px_x_um, record.px_y_um, record.px_z_um, record.time_increment_s) == (0.2, 0.2, 0.7, 2.5)
    assert [(channel.name, channel.color_hex) for channel in record.channels] == [
        ("DNA", "#3A6BFF"),
        ("Actin", "#39D353"),
    ]
    assert (record.format, record.pixel_type, record.dim_order) == ("OME-Zarr", "uint16", "XYZCT")
    assert (record.scene_name, record.raw["version"], record.warnings) == ("made", version, ())
    place = "zarr.json" if version == "0.5" else ".zattrs"
    assert record.sources["px_x_um"] == f"{place} multiscales/datasets/coordinateTransformations/scale"


def test_sizes_are_multiplied_by_the_scale_of_the_whole(tmp_path: Path) -> None:
    said = multiscales("yx", [[1, 1]], UNITS, "0.4") | {
        "coordinateTransformations": [{"type": "scale", "scale": [0.5, 0.25]}]
    }
    store = zarr2(tmp_path / "a.zarr", [np.zeros((4, 4), np.uint8)], {"multiscales": [said]}, chunks=[4, 4])
    (record,) = read_image(store)
    assert (record.px_y_um, record.px_x_um) == (0.5, 0.25)


def test_a_scale_without_a_unit_is_unknown(tmp_path: Path) -> None:
    said = multiscales("yx", [[0.5, 1]], {}, "0.4")
    (record,) = read_image(
        zarr2(tmp_path / "a.zarr", [np.zeros((4, 4), np.uint8)], {"multiscales": [said]}, chunks=[4, 4])
    )
    assert (record.px_y_um, record.px_x_um) == (None, None)
    # a scale of 1 without a unit says nothing at all
    assert [note.values["field"] for note in record.warnings] == ["px_y_um"]


@pytest.mark.parametrize("scale", [[0, -3], ["wide", None], [float("inf"), 1e-30]])
def test_impossible_scales_are_unknown(scale: list[Any], tmp_path: Path) -> None:
    said = multiscales("yx", [scale], UNITS, "0.4")
    (record,) = read_image(
        zarr2(tmp_path / "a.zarr", [np.zeros((4, 4), np.uint8)], {"multiscales": [said]}, chunks=[4, 4])
    )
    assert (record.px_y_um, record.px_x_um) == (None, None)
    assert record.warnings


def test_axes_of_other_kinds_are_said(tmp_path: Path) -> None:
    said = multiscales("pyx", [[1, 1, 1]], {}, "0.4")
    (record,) = read_image(
        zarr2(tmp_path / "a.zarr", [np.zeros((5, 4, 4), np.uint8)], {"multiscales": [said]}, chunks=[1, 4, 4])
    )
    assert [note.key for note in record.warnings] == ["images.note.axes"]


def test_a_plate_gives_a_record_a_field(tmp_path: Path) -> None:
    plate = {"name": "screen 1", "wells": [{"path": "A/1"}, {"path": "B/12"}]}
    store = zarr2(tmp_path / "plate.zarr", [], {"plate": plate}, chunks=[4, 4])
    said = multiscales("yx", [[0.5, 0.5]], UNITS, "0.4")
    for well in ("A/1", "B/12"):
        zarr2(store / well, [], {"well": {"images": [{"path": "0"}, {"path": "1"}]}}, chunks=[4, 4])
        for image in "01":
            zarr2(store / well / image, [np.zeros((4, 6), np.uint8)], {"multiscales": [said]}, chunks=[4, 6])
    records = read_image(store)
    assert [(item.scene_index, item.well_row, item.well_col) for item in records] == [
        (0, "A", "1"), (1, "A", "1"), (2, "B", "12"), (3, "B", "12")
    ]  # fmt: skip
    assert {item.plate for item in records} == {"screen 1"}
    assert {item.px_x_um for item in records} == {0.5}


def bioformats2raw(folder: Path) -> Path:
    said = multiscales("yx", [[0.5, 0.5]], UNITS, "0.4")
    store = zarr2(folder, [], {"bioformats2raw.layout": 3}, chunks=[4, 4])
    for image in "01":
        zarr2(store / image, [np.zeros((6, 8), np.uint8)], {"multiscales": [said]}, chunks=[6, 8])
    return store


def test_bioformats2raw_gives_a_record_a_series(tmp_path: Path) -> None:
    records = read_image(bioformats2raw(tmp_path / "a.zarr"))
    assert [(record.scene_index, record.size_x, record.px_x_um) for record in records] == [(0, 8, 0.5), (1, 8, 0.5)]


def test_bioformats2raw_s_own_xml_tells_more(tmp_path: Path) -> None:
    store = bioformats2raw(tmp_path / "a.zarr")
    (store / "OME").mkdir()
    one = ome(inside='<Channel ID="Channel:0:0" Fluor="DAPI"/>')
    image = one[one.index("<Image") : one.index("</OME>")]
    (store / "OME" / "METADATA.ome.xml").write_text(one.replace(image, image + image.replace("Image:0", "Image:1")))
    records = read_image(store)
    assert [record.channels[0].fluor for record in records] == ["DAPI", "DAPI"]
    assert records[0].format == "OME-Zarr"
    assert records[0].sources["size_x"] == "OME/METADATA.ome.xml Image/Pixels/@SizeX"


@pytest.mark.parametrize("below", ["../outside", "/etc", "0/../../outside", "a\0b"])
def test_paths_out_of_the_store_are_refused(below: str, tmp_path: Path) -> None:
    made(tmp_path / "outside", "0.4")
    said = multiscales("yx", [[1, 1]], UNITS, "0.4")
    said["datasets"][0]["path"] = below
    store = zarr2(tmp_path / "a.zarr", [], {"multiscales": [said]}, chunks=[4, 4])
    with pytest.raises(UnreadableImageError, match=r"outside of it|not there"):
        read_image(store)


def test_links_out_of_the_store_are_refused(tmp_path: Path) -> None:
    outside = made(tmp_path / "outside", "0.4")
    said = multiscales("tczyx", SCALES, UNITS, "0.4")
    store = zarr2(tmp_path / "a.zarr", [], {"multiscales": [said]}, chunks=[4, 4])
    (store / "0").symlink_to(outside / "0", target_is_directory=True)
    with pytest.raises(UnreadableImageError, match="outside of it"):
        read_image(store)


def test_a_chunk_that_is_a_link_out_of_the_store_is_not_shown(tmp_path: Path) -> None:
    said = multiscales("yx", [[1, 1]], UNITS, "0.4")
    store = zarr2(tmp_path / "a.zarr", [np.ones((4, 4), np.uint8)], {"multiscales": [said]}, chunks=[4, 4])
    secret = tmp_path / "secret"
    secret.write_bytes(b"0123456789abcdef")
    (store / "0" / "0" / "0").unlink()
    (store / "0" / "0" / "0").symlink_to(secret)
    with pytest.raises(UnreadableImageError, match="outside of it"):
        preview(store)


@pytest.mark.parametrize(
    "said", ["[1]", "{", '{"multiscales": 3}', '{"multiscales": [{"datasets": "x"}]}', "[" * 100_000, "{}", "\x00"]
)
def test_broken_attributes_are_refused(said: str, tmp_path: Path) -> None:
    store = zarr2(tmp_path / "a.zarr", [], {}, chunks=[4, 4])
    (store / ".zattrs").write_text(said)
    with pytest.raises(UnreadableImageError):
        read_image(store)


@pytest.mark.parametrize(
    "change",
    [
        {"shape": [4]},
        {"shape": []},
        {"shape": "44"},
        {"shape": [4, -1]},
        {"shape": [4, 1.5]},
        {"shape": [True, 4]},
        {"chunks": [0, 4]},
        {"dtype": "O"},
        {"dtype": 3},
        {"shape": None},
        {"compressor": "gzip"},
    ],
)
def test_broken_arrays_are_refused(change: dict[str, Any], tmp_path: Path) -> None:
    said = multiscales("yx", [[1, 1]], UNITS, "0.4")
    store = zarr2(tmp_path / "a.zarr", [np.zeros((4, 4), np.uint8)], {"multiscales": [said]}, chunks=[4, 4])
    array = store / "0" / ".zarray"
    array.write_text(json.dumps(json.loads(array.read_text()) | change))
    with pytest.raises(UnreadableImageError):
        read_image(store)


def test_a_missing_level_is_named(tmp_path: Path) -> None:
    said = multiscales("yx", [[1, 1]], UNITS, "0.4")
    with pytest.raises(UnreadableImageError, match="names the array 0, which is not there"):
        read_image(zarr2(tmp_path / "a.zarr", [], {"multiscales": [said]}, chunks=[4, 4]))


def test_a_header_larger_than_any_is_refused(tmp_path: Path) -> None:
    store = zarr2(tmp_path / "a.zarr", [], {}, chunks=[4, 4])
    with (store / ".zattrs").open("r+b") as file:
        file.truncate(17 << 20)
    with pytest.raises(UnreadableImageError, match="17 MB long"):
        read_image(store)
