"""The small parts of the readers, each alone: units, wells, planes, frames, personal pairs, the open file."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from rembi_widgets.images import ImageRecord, Note, UnreadableImageError, read_image
from rembi_widgets.images._errors import first_bytes
from rembi_widgets.images._found import Found
from rembi_widgets.images._ome_frames import Frame, frames
from rembi_widgets.images._ome_map import images_of
from rembi_widgets.images._ome_planes import exposures, time_step
from rembi_widgets.images._ome_plates import place_name
from rembi_widgets.images._ome_raw import is_personal
from rembi_widgets.images._ome_xml import is_ome_xml, parse
from rembi_widgets.images._pixels import Pixels, stride_for
from rembi_widgets.images._render import render
from rembi_widgets.images._sanity import Notes
from rembi_widgets.images._source import HEAD, Source
from rembi_widgets.images._tiff_values import date_of
from rembi_widgets.images._units import TO_NM, TO_S, TO_UM
from tests.images.make import OME, ome

# units ---------------------------------------------------------------------------------------------------------------


def test_units_of_ome_are_all_known() -> None:
    from ome_types.model import UnitsLength, UnitsTime

    lengths = {unit.value for unit in UnitsLength} - {"pixel", "reference frame", "ua", "ly", "pc"}
    assert lengths <= set(TO_UM)
    assert {unit.value for unit in UnitsTime} <= set(TO_S)
    assert not {"pixel", "reference frame"} & set(TO_UM)


@pytest.mark.parametrize(
    ("table", "unit", "factor"),
    [(TO_UM, "mm", 1e3), (TO_UM, "in", 25400), (TO_UM, "Å", 1e-4), (TO_UM, "pt", 25400 / 72), (TO_NM, "µm", 1e3),
     (TO_NM, "nanometer", 1), (TO_S, "ms", 1e-3), (TO_S, "min", 60), (TO_S, "h", 3600), (TO_S, "d", 86400),
     (TO_S, "minute", 60)],
)  # fmt: skip
def test_factors(table: dict[str, float], unit: str, factor: float) -> None:
    assert table[unit] == pytest.approx(factor)


# wells ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("index", "convention", "expected"),
    [("0", "letter", "A"), ("25", "letter", "Z"), ("26", "letter", "AA"), ("31", "letter", "AF"),
     ("701", "letter", "ZZ"),
     ("0", "number", "1"), ("47", "number", "48"), ("702", "letter", None), (None, "letter", None),
     ("-1", "number", None),
     ("x", "letter", None)],
)  # fmt: skip
def test_names_of_rows_and_columns(index: str | None, convention: str, expected: str | None) -> None:
    assert place_name(index, convention) == expected


def test_wells_of_a_plate_with_the_usual_convention() -> None:
    plate = (
        '<Plate ID="Plate:0" Name="P"><Well ID="Well:0" Row="1" Column="6"><WellSample ID="WellSample:0" Index="0">'
        '<ImageRef ID="Image:0"/></WellSample></Well></Plate>'
    )
    record = images_of(parse(ome(more=plate).encode(), "x"), {})[0]
    assert (record.plate, record.well_row, record.well_col) == ("P", "B", "7")
    assert record.sources["plate"] == "Plate/@Name"


# planes --------------------------------------------------------------------------------------------------------------


def plane(c: int, t: int, **said: str) -> str:
    return (
        f'<Plane TheC="{c}" TheZ="0" TheT="{t}" ' + " ".join(f'{name}="{value}"' for name, value in said.items()) + "/>"
    )


def as_element(planes: str) -> Any:
    from lxml import etree

    return etree.fromstring(f"<Pixels {OME}>{planes}</Pixels>")


@pytest.mark.parametrize("form", [str.encode, as_element])
def test_exposures_of_each_channel(form: Any) -> None:
    planes = (
        plane(0, 0, ExposureTime="20", ExposureTimeUnit="ms")
        + plane(0, 1, ExposureTime="99")
        + plane(1, 0, ExposureTime="0.5")
    )
    assert exposures(form(planes), 3) == {0: 0.02, 1: 0.5}


@pytest.mark.parametrize("form", [str.encode, as_element])
@pytest.mark.parametrize("bad", ["0", "-1", "x", "nan"])
def test_exposures_that_cannot_be_are_left_out(form: Any, bad: str) -> None:
    assert exposures(form(plane(0, 0, ExposureTime=bad)), 1) == {}


@pytest.mark.parametrize("form", [str.encode, as_element])
@pytest.mark.parametrize(
    ("first", "second", "step"),
    [
        ({"DeltaT": "1"}, {"DeltaT": "3.5"}, 2.5),
        ({"DeltaT": "1000", "DeltaTUnit": "ms"}, {"DeltaT": "3500", "DeltaTUnit": "ms"}, 2.5),
        ({"DeltaT": "0"}, {"DeltaT": "soon"}, None),
        ({"DeltaT": "0"}, {"DeltaT": "1", "DeltaTUnit": "frames"}, None),
        ({}, {"DeltaT": "1"}, None),
        ({"DeltaT": "0"}, {}, None),
    ],
)
def test_time_steps(form: Any, first: dict[str, str], second: dict[str, str], step: float | None) -> None:
    planes = plane(0, 0, **first) + plane(1, 0, DeltaT="77") + plane(0, 1, **second)
    assert time_step(form(planes), Notes()) == step


@pytest.mark.parametrize("form", [str.encode, as_element])
def test_no_second_time_point_gives_no_step(form: Any) -> None:
    assert time_step(form(plane(0, 0, DeltaT="0")), Notes()) is None
    assert time_step(form('<TiffData FirstT="1" IFD="0"/>'), Notes()) is None


# frames --------------------------------------------------------------------------------------------------------------


def located(
    inside: str, wanted: list[tuple[int, int, int]], *, order: str = "XYZCT", whole: bool = False
) -> list[Frame]:
    sizes = f'SizeX="8" SizeY="6" SizeZ="3" SizeC="2" SizeT="2" DimensionOrder="{order}" Type="uint8"'
    about = "<Description><![CDATA[x]]></Description>" if whole else ""
    text = f'<OME {OME}><Image ID="Image:0">{about}<Pixels ID="Pixels:0" {sizes}>{inside}</Pixels></Image></OME>'
    document = parse(text.encode(), "x")
    assert bool(document.planes) != whole or not inside
    return frames(document, images_of(document, {})[0], wanted)


@pytest.mark.parametrize("whole", [False, True])
def test_frames_without_places_follow_the_order(whole: bool) -> None:
    wanted = [(2, 0, 0), (0, 1, 0), (1, 1, 1)]
    assert [frame.ifd for frame in located("<TiffData/>", wanted, whole=whole)] == [2, 3, 10]
    assert [frame.ifd for frame in located("<TiffData/>", wanted, order="XYCZT", whole=whole)] == [4, 1, 9]
    assert [frame.ifd for frame in located("<TiffData/>", wanted, order="XYTCZ", whole=whole)] == [8, 2, 7]


@pytest.mark.parametrize("whole", [False, True])
def test_frames_at_stated_places(whole: bool) -> None:
    inside = (
        '<TiffData FirstZ="0" FirstC="0" FirstT="0" IFD="5" PlaneCount="3"/>'
        '<TiffData FirstC="1" IFD="20"><UUID FileName="b &amp; c.tif">urn:uuid:2</UUID></TiffData>'
    )
    assert located(inside, [(1, 0, 0), (0, 1, 0)], whole=whole) == [Frame(None, 6), Frame("b & c.tif", 20)]
    with pytest.raises(KeyError):
        located(inside, [(0, 1, 1)], whole=whole)


def test_frames_of_coloured_pixels_count_once() -> None:
    sizes = 'SizeX="8" SizeY="6" SizeZ="2" SizeC="3" SizeT="1" DimensionOrder="XYCZT" Type="uint8"'
    inside = '<Channel ID="Channel:0:0" SamplesPerPixel="3"/><TiffData/>'
    document = parse(f'<OME {OME}><Image ID="I"><Pixels ID="P" {sizes}>{inside}</Pixels></Image></OME>'.encode(), "x")
    assert frames(document, images_of(document, {})[0], [(1, 0, 0)]) == [Frame(None, 1)]


# what is personal ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "value"),
    [("Operator", "x"), ("User", "x"), ("Image|Author", "x"), ("Host", "x"), ("DataPath", "x"), ("File Name", "x"),
     ("GPSLatitude", "1"), ("Note", "D:\\images\\x"), ("Note", "\\\\server\\share"), ("Note", "/home/me/x"),
     ("Contact", "someone@example.org")],
)  # fmt: skip
def test_personal_pairs(key: str, value: str) -> None:
    assert is_personal(key, value)


@pytest.mark.parametrize(
    ("key", "value"), [("Gain", "2"), ("LaserPower", "3 %"), ("Objective", "63x/1.4"), ("Binning", "2x2")]
)
def test_pairs_of_the_microscope(key: str, value: str) -> None:
    assert not is_personal(key, value)


def test_bio_formats_original_metadata_are_kept() -> None:
    pairs = (
        "<StructuredAnnotations><XMLAnnotation ID='A'><Value><OriginalMetadata><Key>Gain</Key><Value>7</Value>"
        "</OriginalMetadata></Value></XMLAnnotation></StructuredAnnotations>"
    )
    assert images_of(parse(ome(more=pairs).encode(), "x"), {})[0].raw == {"Gain": "7"}


def test_a_flood_of_pairs_is_cut() -> None:
    pairs = "".join(f'<M K="k{n}">{"v" * 900}</M>' for n in range(1000))
    held = f"<MapAnnotation ID='A'><Value>{pairs}</Value></MapAnnotation>"
    text = ome(more=f"<StructuredAnnotations>{held}</StructuredAnnotations>")
    raw = images_of(parse(text.encode(), "x"), {})[0].raw
    assert len(raw) == 300
    assert {len(value) for value in raw.values()} == {500}


# the open file -------------------------------------------------------------------------------------------------------


def test_any_place_of_a_file_is_read(tmp_path: Path) -> None:
    data = os.urandom(3 * HEAD)
    path = tmp_path / "a"
    path.write_bytes(data)
    with Source(path) as source:
        assert source.head == data[:HEAD]
        assert source.at(HEAD - 5, 10) == data[HEAD - 5 : HEAD + 5]
        assert source.at(2 * HEAD, HEAD) == data[2 * HEAD :]
        assert source.all(len(data)) == data
        assert source.about() == {"path": path.as_posix(), "size_bytes": len(data), "mtime": path.stat().st_mtime}
        for offset, count in ((len(data), 1), (-1, 1), (0, -1), (2**70, 1)):
            with pytest.raises(UnreadableImageError, match="cut short"):
                source.at(offset, count)
        with pytest.raises(UnreadableImageError, match="up to 0 MB"):
            source.all(10)


def test_files_are_closed_whatever_happens(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    kept = Source.__init__

    def watched(self: Source, path: Path, *, personal: bool = False) -> None:
        kept(self, path, personal=personal)
        opened.append(self)

    monkeypatch.setattr(Source, "__init__", watched)
    for name in ("ome-tiff/ome.tiff", "bad/unopenable.tiff", "other/0186-0099.roi", "em/renishaw_wire.jpg"):
        try:
            read_image(samples / "images" / name)
        except UnreadableImageError:
            continue
    assert len(opened) == 4
    assert all(source._file is not None and source._file.closed for source in opened)


def test_a_path_as_text_is_a_path(samples: Path) -> None:
    assert read_image(str(samples / "images" / "ome-tiff" / "ome.tiff"))[0].size_x == 6


@pytest.mark.parametrize(("head", "said"), [(b"II*\0more", "49 49 2a 00 (II*.)"), (b"", "-"), (b"\xff", "ff (.)")])
def test_first_bytes_are_shown(head: bytes, said: str) -> None:
    assert first_bytes(head) == said


@pytest.mark.parametrize(
    ("head", "expected"),
    [(b"<OME>", True), (b"<?xml version='1.0'?>\n<!-- a -->\n<ome:OME ", True), (b"\xef\xbb\xbf<OME ", True),
     (b"<OMEGA>", False),
     (b"<svg>", False), (b"OME", False), (b"", False), ("<OME ".encode("utf-16"), True),
     ("<svg ".encode("utf-16"), False)],
)  # fmt: skip
def test_ome_xml_is_known_by_its_root(head: bytes, expected: bool) -> None:
    assert is_ome_xml(head) is expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("2018:11:15 19:42:31", "2018-11-15T19:42:31"),
        ("2018:11:15", "2018-11-15"),
        ("    :  :     :  :  ", ""),
        ("", ""),
    ],
)
def test_dates_of_tiff_and_exif(found: str, expected: str) -> None:
    assert date_of(found) == expected


# records and pictures ------------------------------------------------------------------------------------------------


def test_nothing_found_is_not_put() -> None:
    found = Found()
    for value in (None, "", ()):
        found.put("description", value, "somewhere")
    found.put("size_x", 5, "here", derived=True)
    record = found.record(path="a")
    assert (record.description, record.size_x) == (None, 5)
    assert dict(record.sources) == {"size_x": "here"}
    assert dict(record.confidence) == {"size_x": "derived"}


def test_notes_name_fields_in_the_reader_s_language() -> None:
    note = Note("images.note.impossible", {"field": "px_z_um", "found": "0 µm"})
    assert note.say("en").startswith("The distance between planes is 0 µm")
    assert note.say("fr").startswith("La distance entre les plans vaut 0 µm")
    unnamed = Note("images.note.impossible", {"field": "a field", "found": "0"})
    assert unnamed.say("en").startswith("a field is 0")


@pytest.mark.parametrize(
    ("width", "height", "size", "step"),
    [(100, 50, 256, 1), (1024, 10, 256, 1), (8192, 100, 256, 8), (10, 4096, 64, 16)],
)
def test_how_far_apart_pixels_are_kept(width: int, height: int, size: int, step: int) -> None:
    assert stride_for(width, height, size) == step


@pytest.mark.parametrize("shape", [(1, 1), (1, 900), (900, 1), (3, 1000)])
def test_the_oddest_shapes_are_shown(shape: tuple[int, int]) -> None:
    data = render(Pixels((np.ones(shape, np.uint16),)), ImageRecord(), 64)
    with Image.open(io.BytesIO(data)) as opened:
        assert max(opened.size) <= 64
        assert min(opened.size) >= 1


def test_deep_colour_is_made_light_by_its_brightest_value() -> None:
    plane_rgb = np.zeros((10, 10, 3), np.uint16)
    plane_rgb[2:8] = (4000, 2000, 0)
    with Image.open(io.BytesIO(render(Pixels((plane_rgb,)), ImageRecord(), 64))) as opened:
        assert opened.getpixel((5, 5)) == (255, 127, 0)


def test_channels_that_overlap_add_up() -> None:
    full = np.zeros((10, 10), np.uint8)
    full[2:8, 2:8] = 9
    pixels = Pixels((full, full), ("#FF0000", "#00FF00"))
    with Image.open(io.BytesIO(render(pixels, ImageRecord(), 64))) as opened:
        assert opened.getpixel((5, 5)) == (255, 255, 0)
        assert opened.getpixel((0, 0)) == (0, 0, 0)
