"""CZI beyond the samples: scenes, channels told in two places, values that cannot be, headers made to harm."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.images import UnreadableImageError, read_image
from rembi_widgets.images._czi_blocks import directory, extent
from rembi_widgets.images._source import Source

from .conftest import Read
from .makers import SIZES, czi, czi_xml, notes, segment

Written = Callable[..., Path]


def channels(*inside: str) -> str:
    """Give the sizes with channels, each the inside of its element after the id."""
    items = "".join(f'<Channel Id="Channel:{index}"{item}</Channel>' for index, item in enumerate(inside))
    return f"{SIZES}<Dimensions><Channels>{items}</Channels></Dimensions>"


def test_sizes_and_type(read: Read) -> None:
    record = read(czi(czi_xml()))
    assert (record.size_x, record.size_y, record.size_z, record.size_c, record.size_t) == (8, 6, 3, 2, 4)
    assert (record.format, record.reader, record.pixel_type) == ("CZI", "czi", "uint16")
    assert record.sources["size_z"] == "Information/Image/SizeZ"
    assert record.confidence == {}


def test_a_dimension_that_is_not_stated_has_one_place(read: Read) -> None:
    record = read(czi(czi_xml("<SizeX>8</SizeX><SizeY>6</SizeY>")))
    assert (record.size_z, record.size_c, record.size_t) == (1, 1, 1)
    assert record.pixel_type is None


@pytest.mark.parametrize(
    ("kind", "pixel_type", "colours"),
    [
        ("Gray8", "uint8", 1),
        ("Gray16", "uint16", 1),
        ("Gray32Float", "float", 1),
        ("Bgr24", "uint8", 3),
        ("Bgr48", "uint16", 3),
        ("Bgra32", "uint8", 3),
        ("Gray64ComplexFloat", "complex", 1),
        ("Purple7", None, 1),
    ],
)
def test_pixel_types(kind: str, pixel_type: str | None, colours: int, read: Read) -> None:
    record = read(czi(czi_xml(f"<SizeX>8</SizeX><SizeY>6</SizeY><SizeC>2</SizeC><PixelType>{kind}</PixelType>")))
    assert record.pixel_type == pixel_type
    assert record.size_c == 2 * colours


@pytest.mark.parametrize(
    ("value", "size", "said"),
    [
        ("1E-07", 0.1, []),
        ("3.52979560689887E-08", 0.0352979560689887, []),
        ("0", None, ["impossible px_x_um"]),
        ("-1E-07", None, ["impossible px_x_um"]),
        ("NaN", None, ["no_number px_x_um"]),
        ("Infinity", None, ["no_number px_x_um"]),
        ("a little", None, ["no_number px_x_um"]),
        ("1E-19", None, ["impossible px_x_um"]),
        ("", None, []),
    ],
)
def test_scaling_in_metres(value: str, size: float | None, said: list[str], read: Read) -> None:
    scaling = f'<Scaling><Items><Distance Id="X"><Value>{value}</Value></Distance></Items></Scaling>'
    record = read(czi(czi_xml(more=scaling)))
    assert record.px_x_um == (None if size is None else pytest.approx(size))
    assert notes(record) == said


def test_a_scaling_in_pixels_is_none(read: Read) -> None:
    scaling = '<Scaling><Items><Pixel Id="X"><Value>1</Value></Pixel></Items></Scaling>'
    record = read(czi(czi_xml(more=scaling)))
    assert record.px_x_um is None
    assert record.warnings == ()


@pytest.mark.parametrize("axis", "HIVB")
def test_phases_and_views_are_no_times(axis: str, read: Read) -> None:
    record = read(czi(czi_xml(f"{SIZES}<Size{axis}>32</Size{axis}>")))
    assert record.size_t == 4
    assert record.raw == {f"size {axis}": "32"}


DATES = [
    ("<AcquisitionDateAndTime>2023-01-06T10:41:51.7217589Z</AcquisitionDateAndTime>", "2023-01-06T10:41:51.7217589Z"),
    (
        "<Dimensions><T><StartTime>2023-01-06T10:41:51</StartTime></T></Dimensions>",
        "2023-01-06T10:41:51",
    ),
    ("<Dimensions><T><StartTime>0001-01-01T00:00:00</StartTime></T></Dimensions>", None),
    ("<AcquisitionDateAndTime>yesterday</AcquisitionDateAndTime>", None),
]


@pytest.mark.parametrize(("inside", "when"), DATES)
def test_dates(inside: str, when: str | None, read: Read) -> None:
    created = "<Document><CreationDate>2024-02-02T02:02:02</CreationDate></Document>"
    record = read(czi(czi_xml(SIZES + inside, information=created)))
    assert record.acquired_at == when
    assert record.raw["document created"] == "2024-02-02T02:02:02"
    assert notes(record) == (["no_date acquired_at"] if "yesterday" in inside else [])


def test_a_channel_says_all_it_can(read: Read) -> None:
    inside = (
        ' Name="GFP"><ExcitationWavelength>488.00000000000006</ExcitationWavelength>'
        "<EmissionWavelength>509</EmissionWavelength><Fluor>EGFP</Fluor><Color>#FF00FF33</Color>"
        "<AcquisitionMode>SpinningDiskConfocal</AcquisitionMode><ContrastMethod>Fluorescence</ContrastMethod>"
        "<IlluminationType>Epifluorescence</IlluminationType><PinholeSize>42.5</PinholeSize>"
        "<ExposureTime>150000000</ExposureTime>"
        '<DetectorSettings><Detector Id="Detector:1"/></DetectorSettings><LightSourcesSettings>'
        '<LightSourceSettings><LightSource Id="LightSource:7"/></LightSourceSettings></LightSourcesSettings>'
    )
    (channel,) = read(czi(czi_xml(channels(inside)))).channels
    assert channel.name == "GFP"
    assert channel.fluor == "EGFP"
    assert (channel.excitation_nm, channel.emission_nm) == (488.0, 509.0)
    assert channel.color_hex == "#00FF33"
    assert channel.acquisition_mode == "SpinningDiskConfocal"
    assert channel.contrast_method == "Fluorescence"
    assert channel.illumination == "Epifluorescence"
    assert (channel.pinhole_um, channel.exposure_s) == (42.5, 0.15)
    assert channel.detector_ref == "Detector:1"
    assert channel.light_refs == ("LightSource:7",)


def test_the_display_fills_what_the_channel_leaves_open(read: Read) -> None:
    display = (
        '<DisplaySetting><Channels><Channel Id="x" Name="DAPI"><DyeName>Hoechst 33342</DyeName>'
        "<DyeMaxExcitation>350</DyeMaxExcitation><DyeMaxEmission>461</DyeMaxEmission><Color>#FF0000FF</Color></Channel>"
        '<Channel Id="y" Name="GFP"><DyeName>Dye2</DyeName></Channel></Channels></DisplaySetting>'
    )
    record = read(czi(czi_xml(channels(">", "><Fluor>mGFP</Fluor>"), more=display)))
    first, second = record.channels
    assert (first.name, first.fluor, first.color_hex) == ("DAPI", "Hoechst 33342", "#0000FF")
    assert (first.excitation_nm, first.emission_nm) == (350.0, 461.0)
    assert (second.name, second.fluor) == ("GFP", "mGFP")


def test_displays_of_another_number_are_matched_by_id(read: Read) -> None:
    display = '<DisplaySetting><Channels><Channel Id="Channel:1" Name="second"/></Channels></DisplaySetting>'
    first, second = read(czi(czi_xml(channels(">", ">"), more=display))).channels
    assert (first.name, second.name) == (None, "second")


@pytest.mark.parametrize("dye", ["Dye1", "Dye22"])
def test_a_dye_that_nobody_chose_is_none(dye: str, read: Read) -> None:
    (channel,) = read(czi(czi_xml(channels(f"><Fluor>{dye}</Fluor>")))).channels
    assert channel.fluor is None


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("><Color>green</Color>", "impossible channels.color_hex"),
        ("><EmissionWavelength>-1</EmissionWavelength>", "impossible channels.emission_nm"),
        ("><ExcitationWavelength>blue</ExcitationWavelength>", "no_number channels.excitation_nm"),
        ("><ExposureTime>-5</ExposureTime>", "impossible channels.exposure_s"),
    ],
)
def test_one_bad_value_costs_that_value(inside: str, said: str, read: Read) -> None:
    record = read(czi(czi_xml(channels(f' Name="kept"{inside}'))))
    assert notes(record) == [said]
    assert record.channels[0].name == "kept"
    assert record.size_x == 8


INSTRUMENT = (
    '<Instrument><Microscopes><Microscope Id="Microscope:1" Name="Axio"><Type>Upright</Type></Microscope></Microscopes>'
    '<Objectives><Objective Id="Objective:1"><LensNA>0.8</LensNA><NominalMagnification>20</NominalMagnification>'
    "<Immersion>Air</Immersion><Manufacturer><Model>Plan 20x/0.8</Model></Manufacturer></Objective>"
    '<Objective Id="Objective:2"><Manufacturer><Model>C-Apochromat 63x/1.20 W Korr</Model></Manufacturer></Objective>'
    '</Objectives><Detectors><Detector Id="D:1" Name="PMT"><Type>PMT</Type></Detector></Detectors>'
    '<LightSources><LightSource Id="L:1" Name="Argon"><LightSourceType><Laser><Wavelength>488</Wavelength></Laser>'
    "</LightSourceType></LightSource></LightSources>"
    '<Filters><Filter Id="F:1"><TransmittanceRange><CutIn>500</CutIn><CutOut>550</CutOut></TransmittanceRange></Filter>'
    "</Filters></Instrument>"
)


def settings(objective: str) -> str:
    return f'{SIZES}<ObjectiveSettings><ObjectiveRef Id="{objective}"/></ObjectiveSettings>'


def test_the_instrument(read: Read) -> None:
    record = read(czi(czi_xml(settings("Objective:1"), information=INSTRUMENT)))
    assert record.instrument is not None
    assert (record.instrument.model, record.instrument.type) == ("Axio", "Upright")
    assert record.objective is not None
    assert (record.objective.na, record.objective.magnification) == (0.8, 20.0)
    assert [(item.kind, item.model) for item in record.detectors] == [("PMT", "PMT")]
    assert [(item.kind, item.model, item.wavelength_nm) for item in record.light_sources] == [("laser", "Argon", 488.0)]
    assert [item.description for item in record.filters] == ["500-550 nm"]
    assert record.confidence == {}


def test_numbers_that_only_the_engraving_says_are_derived(read: Read) -> None:
    record = read(czi(czi_xml(settings("Objective:2"), information=INSTRUMENT)))
    assert record.objective is not None
    assert (record.objective.na, record.objective.magnification, record.objective.immersion) == (1.2, 63.0, "Water")
    assert record.confidence["objective.na"] == "derived"
    assert record.sources["objective.na"].endswith("Manufacturer/Model")


def test_of_several_objectives_none_is_taken_unless_one_is_named(read: Read) -> None:
    assert read(czi(czi_xml(SIZES, information=INSTRUMENT))).objective is None
    assert read(czi(czi_xml(settings("Objective:9"), information=INSTRUMENT))).objective is None


SCENES = (
    "<SizeX>100</SizeX><SizeY>50</SizeY><SizeS>2</SizeS><PixelType>Gray16</PixelType><Dimensions><S><Scenes>"
    '<Scene Index="0" Name="A1"><Shape><RowIndex>1</RowIndex><ColumnIndex>1</ColumnIndex></Shape></Scene>'
    '<Scene Index="1" Name="H12"><Shape><RowIndex>8</RowIndex><ColumnIndex>12</ColumnIndex></Shape></Scene>'
    "</Scenes></S></Dimensions>"
)


def piece(scene: int, x: int, width: int, height: int, **more: Any) -> dict[str, Any]:
    dims = {"X": (x, width, width), "Y": (0, height, height), "C": (0, 1, 1), "S": (scene, 1, 1)}
    return {"dims": dims, **more}


def test_scenes_are_images_of_their_own_sizes(written: Written) -> None:
    entries = [piece(0, 0, 8, 6), piece(0, 8, 8, 6), piece(1, 50, 20, 10)]
    first, second = read_image(written(czi(czi_xml(SCENES), entries)))
    assert [record.scene_index for record in (first, second)] == [0, 1]
    assert [record.scene_name for record in (first, second)] == ["A1", "H12"]
    assert [(record.well_row, record.well_col) for record in (first, second)] == [("A", "1"), ("H", "12")]
    assert [(record.size_x, record.size_y) for record in (first, second)] == [(16, 6), (20, 10)]
    assert first.confidence["size_x"] == "derived"
    assert first.sources["size_x"] == "ZISRAWDIRECTORY"
    assert first.compression == "none"


def test_scenes_without_a_directory_bear_the_sizes_of_the_whole(written: Written) -> None:
    data = bytearray(czi(czi_xml(SCENES)))
    struct.pack_into("<q", data, 84, 10**9)
    first, _ = read_image(written(bytes(data)))
    assert (first.size_x, first.size_y) == (100, 50)
    assert "size_x" not in first.confidence


def test_pieces_of_pyramids_say_nothing_of_sizes(written: Written) -> None:
    small = {"dims": {"X": (0, 4000, 400), "Y": (0, 4000, 400)}, "pyramid": 2}
    path = written(czi(czi_xml("<SizeX>-1</SizeX><SizeY>-1</SizeY>"), [piece(0, 0, 8, 6), small]))
    with Source(path) as source:
        blocks = directory(source)
    assert [block.is_pyramid for block in blocks] == [False, True]
    assert extent(blocks, "X") == 8
    assert extent(blocks, "Q") is None
    assert (read_image(path)[0].size_x, read_image(path)[0].pixel_type) == (8, "uint16")


def test_entries_of_another_kind_end_the_directory(written: Written) -> None:
    path = written(czi(czi_xml(), [piece(0, 0, 8, 6), piece(0, 0, 8, 6, schema=b"DE"), piece(0, 0, 8, 6)]))
    with Source(path) as source:
        assert len(directory(source)) == 1


def test_descriptions_and_program(read: Read) -> None:
    said = (
        "<Document><Comment> a comment </Comment></Document>"
        "<Application><Name>ZEN</Name><Version>3.7</Version></Application>"
    )
    record = read(czi(czi_xml(information=said)))
    assert (record.description, record.software) == ("a comment", "ZEN 3.7")


HARM = {
    "entity": '<!DOCTYPE a [<!ENTITY b "c">]><ImageDocument>&b;</ImageDocument>',
    "file": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><ImageDocument/>',
    "bomb": '<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><ImageDocument>&d;</ImageDocument>',
    "declared": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><ImageDocument/>',
}


@pytest.mark.parametrize("name", HARM)
def test_document_types_are_refused(name: str, read: Read) -> None:
    with pytest.raises(UnreadableImageError, match="document type or entities"):
        read(czi(HARM[name]))


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ("<ImageDocument><Metadata>", "XML header of file.bin is broken"),
        ("", "XML header of file.bin is broken"),
        ("<ImageDocument/>", "does not say how large"),
        (czi_xml("<SizeX>8</SizeX>"), "does not say how large"),
        (czi_xml("<SizeX>many</SizeX><SizeY>6</SizeY>"), "does not say how large"),
    ],
)
def test_what_says_no_size_is_refused(xml: str, said: str, read: Read) -> None:
    with pytest.raises(UnreadableImageError, match=said):
        read(czi(xml))


def test_metadata_elsewhere_are_refused(read: Read) -> None:
    data = bytearray(czi(czi_xml()))
    struct.pack_into("<q", data, 92, 0)
    with pytest.raises(UnreadableImageError, match="is a broken CZI: at byte 0"):
        read(bytes(data))
    struct.pack_into("<q", data, 92, 1 << 40)
    with pytest.raises(UnreadableImageError, match="cut short"):
        read(bytes(data))


def test_metadata_of_a_gigabyte_are_not_read(read: Read) -> None:
    data = bytearray(czi(czi_xml()))
    struct.pack_into("<I", data, 512 + 32, 1 << 30)
    with pytest.raises(UnreadableImageError, match="1024 MB long"):
        read(bytes(data))


def test_a_file_without_its_end_is_refused(read: Read) -> None:
    with pytest.raises(UnreadableImageError, match="cut short"):
        read(segment(b"ZISRAWFILE", b""))
