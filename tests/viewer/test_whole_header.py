"""All that a file says: every format gives it, with its places, within limits, and whatever the file holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from rembi_widgets.images import READERS, UnreadableImageError, read_image, scan, whole_header
from rembi_widgets.images import _whole_header as room

HEAD = '<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" UUID="urn:uuid:1">'
PIXELS = (
    '<Pixels ID="Pixels:0" DimensionOrder="XYZCT" Type="uint8" SizeX="1" SizeY="1" SizeZ="1" SizeC="2" SizeT="1">'
    '<Channel ID="Channel:0:0" Name="DNA"/><Channel ID="Channel:0:1" Name="Actin"/>{planes}</Pixels>'
)
LEAST = {
    "czi/WellD6_S1.czi": (9_000, "ImageDocument/Metadata/Experiment/@Version"),
    "lif/testdata_2channel_xz.lif": (1_000, "LMSDataContainerHeader/@Version"),
    "nd2/cluster.nd2": (500, "text/description"),
    "oib/test.oib": (1_000, "Acquisition Parameters Common/Acquisition Device"),
    "lsm/test.lsm": (400, "TIFF tag 256 ImageWidth"),
    "dv/toxo.dv": (10, "byte 0"),
    "em/HAADFscan.mrc": (10, "byte 0"),
    "wsi/small.svs": (15, "TIFF tag 256 ImageWidth"),
    "tiff/imagej_stack.tif": (20, "TIFF tag 256 ImageWidth"),
    "em/renishaw_wire.jpg": (10, "jfif"),
    "ome-zarr/v2.zarr": (10, ".zattrs/multiscales[0]/version"),
}


def test_every_format_that_is_read_tells_all() -> None:
    assert set(room._READ) == {form for reader in READERS for form in reader.formats}


@pytest.mark.parametrize("name", LEAST)
def test_real_files(name: str, samples: Path) -> None:
    found = whole_header(samples / "images" / name)
    least, place = LEAST[name]
    assert len(found) >= least
    assert place in dict(found)
    assert all(place and said for place, said in found)
    assert max(len(said) for _, said in found) <= room.SHOWN + 1


def test_every_sample_tells_all(samples: Path) -> None:
    folder = samples / "images"
    paths = {record.path for record in scan(folder).images}
    assert len(paths) > 20
    for path in paths:
        assert len(whole_header(folder / path)) > 5, path


def test_elements_that_repeat_are_numbered_and_planes_are_only_counted(tmp_path: Path) -> None:
    planes = '<TiffData/><Plane TheC="0" TheZ="0" TheT="0"/>'
    path = tmp_path / "a.ome.xml"
    path.write_text(
        f'{HEAD}<Image ID="Image:0"><Description> two\nlines </Description>{PIXELS.format(planes=planes)}</Image></OME>'
    )
    found = dict(whole_header(path))
    assert found["OME/@UUID"] == "urn:uuid:1"
    assert found["OME/Image/Description"] == "two\nlines"
    assert found["OME/Image/Pixels/Channel[1]/@Name"] == "Actin"
    assert found["OME/Pixels/planes"] == f"({len(planes)} bytes)"
    assert not any("Plane/" in place for place in found)


def test_tags_and_settings_of_a_tiff(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    tifffile.imwrite(
        path, np.zeros((3, 4, 5), np.uint8), imagej=True, metadata={"Info": "sample = 7", "mode": "grayscale"}
    )
    found = dict(whole_header(path))
    assert found["TIFF tag 256 ImageWidth"] == "5"
    assert found["imagej/Info"] == "sample = 7"
    assert found["imagej/images"] == "3"


def test_texts_of_a_png(tmp_path: Path) -> None:
    from PIL.PngImagePlugin import PngInfo

    said = PngInfo()
    said.add_text("Comment", "by hand")
    path = tmp_path / "a.png"
    Image.new("L", (4, 4)).save(path, pnginfo=said)
    assert ("Comment", "by hand") in whole_header(path)


def test_much_is_cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST", 7)
    path = tmp_path / "a.ome.xml"
    path.write_text(f'{HEAD}<Image ID="Image:0" Name="{"n" * 5000}">{PIXELS.format(planes="")}</Image></OME>')
    found = whole_header(path)
    assert len(found) == 7
    assert dict(found)["OME/Image/@Name"] == "n" * room.SHOWN + "…"


def test_a_library_that_fails_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.tif"
    tifffile.imwrite(path, np.zeros((4, 5), np.uint8))
    (form,) = {record.format for record in read_image(path)}
    monkeypatch.setitem(room._READ, form, lambda _path: iter([1 / 0]))  # type: ignore[arg-type]
    with pytest.raises(UnreadableImageError, match=r"could not be read\. Reason: ZeroDivisionError"):
        whole_header(path)


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.ome.xml"
    path.write_text(
        f'<!DOCTYPE OME [<!ENTITY a "b">]>{HEAD}<Image ID="Image:0">{PIXELS.format(planes="")}</Image></OME>'
    )
    with pytest.raises(UnreadableImageError):
        whole_header(path)


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text() | st.binary(max_size=9),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=12,
)


@given(JSON)
def test_whatever_is_held_becomes_places_and_texts(held: Any) -> None:
    found = list(room._held(held, ""))
    assert all(isinstance(place, str) and place and isinstance(said, str) for place, said in found)


def test_arrays_are_counted_or_written_out() -> None:
    held = {
        "few": np.arange(3),
        "many": np.arange(1000),
        "one": np.float64(0.5),
        "list": list(range(99)),
        "pair": (1, 2),
    }
    found = dict(room._held(held, ""))
    assert found == {"few": "[0 1 2]", "many": "(1000 numbers)", "one": "0.5", "list": "(99 numbers)", "pair": "1, 2"}
    assert json.dumps(found)
