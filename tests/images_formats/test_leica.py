"""LIF and LOF beyond the sample: folders of images, units, dates of two kinds, settings that are not there."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from rembi_widgets.images import UnreadableImageError, read_image

from .conftest import Read
from .makers import block, leica_image, lif, lof, notes

Written = Callable[..., Path]


def test_sizes_and_steps(read: Read) -> None:
    dimensions = [(1, 8, 7e-6, "m"), (2, 6, 2.5e-6, "m"), (3, 5, 8e-6, "m"), (4, 3, 4.0, "s")]
    record = read(lif(("one", leica_image(dimensions))))
    assert (record.size_x, record.size_y, record.size_z, record.size_c, record.size_t) == (8, 6, 5, 1, 3)
    assert (record.px_x_um, record.px_y_um, record.px_z_um) == pytest.approx((1.0, 0.5, 2.0))
    assert record.time_increment_s == pytest.approx(2.0)
    assert record.confidence["px_x_um"] == "derived"
    assert (record.format, record.reader, record.scene_name) == ("LIF", "leica", "one")


@pytest.mark.parametrize(
    ("length", "unit", "size", "said"),
    [
        (7e-6, "m", 1.0, []),
        (-7e-6, "m", 1.0, []),
        (7.0, "µm", 1.0, []),
        (0.0, "m", None, ["impossible px_x_um"]),
        (7.0, "pixel", None, ["unit px_x_um"]),
        (float("nan"), "m", None, ["no_number scale"]),
        (7e-20, "m", None, ["impossible px_x_um"]),
    ],
)
def test_lengths(length: float, unit: str, size: float | None, said: list[str], read: Read) -> None:
    record = read(lif(("one", leica_image([(1, 8, length, unit), (2, 1, 0, "m")]))))
    assert record.px_x_um == (None if size is None else pytest.approx(size))
    assert notes(record) == said


def test_other_dimensions_are_kept_apart(read: Read) -> None:
    record = read(lif(("one", leica_image([(1, 8, 7e-6, "m"), (2, 6, 5e-6, "m"), (10, 12, 0, ""), (5, 32, 0, "nm")]))))
    assert dict(record.raw) == {"size tiles": "12", "size lambda": "32"}
    assert (record.size_z, record.size_t) == (1, 1)


def test_several_images_come_in_the_order_of_the_tree(written: Written) -> None:
    records = read_image(written(lif(*((name, leica_image()) for name in ("b", "a", "c")))))
    assert [(record.scene_index, record.scene_name) for record in records] == [(0, "b"), (1, "a"), (2, "c")]


def test_folders_are_part_of_a_name(written: Written) -> None:
    inner = f'<Element Name="series"><Data><Image>{leica_image()}</Image></Data></Element>'
    folder = f'<Element Name="plate 1"><Children>{inner}</Children></Element>'
    root = f'<LMSDataContainerHeader><Element Name="p"><Children>{folder}</Children></Element></LMSDataContainerHeader>'
    (record,) = read_image(written(block(root)))
    assert record.scene_name == "plate 1/series"


@pytest.mark.parametrize(
    ("bits", "kind", "pixel_type"),
    [(8, 0, "uint8"), (12, 0, "uint16"), (16, 0, "uint16"), (32, 0, "uint32"), (32, 1, "float"), (64, 1, "double")],
)
def test_pixel_types(bits: int, kind: int, pixel_type: str, read: Read) -> None:
    channels = f'<ChannelDescription DataType="{kind}" Resolution="{bits}" LUTName="Gray"/>'
    assert read(lif(("one", leica_image(channels=channels)))).pixel_type == pixel_type


def test_channels_with_properties(read: Read) -> None:
    channels = (
        '<ChannelDescription DataType="0" Resolution="8" LUTName="Cyan"><ChannelProperty><Key>DyeName</Key>'
        "<Value>Leica/DAPI</Value></ChannelProperty></ChannelDescription>"
        '<ChannelDescription DataType="0" Resolution="8" LUTName="Viridis"/>'
    )
    first, second = read(lif(("one", leica_image(channels=channels)))).channels
    assert (first.name, first.fluor, first.color_hex) == ("Cyan", "DAPI", "#00FFFF")
    assert (second.name, second.fluor, second.color_hex) == ("Viridis", None, None)


STAMPS = [
    (
        '<TimeStampList NumberOfTimeStamps="2">1d71114eb8b44f0 1d71114ebdc2410</TimeStampList>',
        "2021-03-04T16:39:17.951",
    ),
    (
        '<TimeStampList><TimeStamp HighInteger="30871828" LowInteger="3951772912"/></TimeStampList>',
        "2021-03-04T16:39:17.951",
    ),
    ("<TimeStampList/>", None),
    ("<TimeStampList>nonsense</TimeStampList>", None),
    ("<TimeStampList>0</TimeStampList>", None),
    ("<TimeStampList>fffffffffffffffffff</TimeStampList>", None),
    ('<TimeStampList><TimeStamp HighInteger="many"/></TimeStampList>', None),
    ("", None),
]


@pytest.mark.parametrize(("more", "when"), STAMPS)
def test_dates(more: str, when: str | None, read: Read) -> None:
    assert read(lif(("one", leica_image(more=more)))).acquired_at == when


def hardware(inside: str = "", **attributes: str) -> str:
    said = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    return (
        '<Attachment Name="HardwareSetting" Software="LAS X 3.5" SystemTypeName="TCS SP8" '
        'DataSourceTypeName="Confocal">'
        f"<ATLConfocalSettingDefinition {said}>{inside}</ATLConfocalSettingDefinition></Attachment>"
    )


def test_objective_by_its_numbers(read: Read) -> None:
    more = hardware(
        ObjectiveName="HC PL APO 40x/1.10 W",
        NumericalAperture="1.1",
        Magnification="40",
        Immersion="WATER",
        RefractionIndex="1.33",
    )
    record = read(lif(("one", leica_image(more=more))))
    lens = record.objective
    assert lens is not None
    assert (lens.model, lens.na, lens.magnification) == ("HC PL APO 40x/1.10 W", 1.1, 40.0)
    assert (lens.immersion, lens.refractive_index) == ("Water", 1.33)
    assert "objective.na" not in record.confidence


def test_objective_by_its_engraving(read: Read) -> None:
    record = read(lif(("one", leica_image(more=hardware(ObjectiveName="HC PL APO CS2    63x/1.30 GLYC ")))))
    lens = record.objective
    assert lens is not None
    assert (lens.na, lens.magnification, lens.immersion) == (1.3, 63.0, "Glycerol")
    assert record.confidence["objective.magnification"] == "derived"
    assert record.sources["objective.na"].endswith("@ObjectiveName")


def test_impossible_numbers_of_an_objective(read: Read) -> None:
    record = read(lif(("one", leica_image(more=hardware(NumericalAperture="-1", Magnification="0")))))
    assert record.objective is None
    assert notes(record) == ["impossible objective.na", "impossible objective.magnification"]


def test_lasers_that_are_off_are_left_out(read: Read) -> None:
    lines = "".join(
        f'<LaserLineSetting LaserLine="{line}" IntensityDev="{power}"/>'
        for line, power in ((488, "0.5"), (552, "0"), (638, "3"))
    )
    record = read(lif(("one", leica_image(more=hardware(f"<AotfList><Aotf>{lines}</Aotf></AotfList>")))))
    assert [light.wavelength_nm for light in record.light_sources] == [488.0, 638.0]


def test_dyes_of_detectors_need_as_many_channels(read: Read) -> None:
    detectors = "".join(f'<Detector Name="HyD {n}" Type="HyD" Channel="{n}" IsActive="1"/>' for n in (1, 2))
    bands = '<MultiBand Channel="1" DyeName="Leica/FITC"/><MultiBand Channel="2" DyeName="Leica/TRITC"/>'
    inside = f"<Spectro>{bands}</Spectro><DetectorList>{detectors}</DetectorList>"
    (channel,) = read(lif(("one", leica_image(more=hardware(inside))))).channels
    assert channel.fluor is None
    assert channel.acquisition_mode == "LaserScanningConfocalMicroscopy"


def test_a_camera_has_no_confocal_mode(read: Read) -> None:
    more = '<Attachment Name="HardwareSetting" DataSourceTypeName="Camera"/>'
    record = read(lif(("one", leica_image(more=more))))
    assert record.channels[0].acquisition_mode is None
    assert record.instrument is None


def test_the_user_is_named_only_when_asked_for(read: Read) -> None:
    data = lif(("one", leica_image(more="<User>Somebody</User>")))
    assert read(data).experimenter is None
    assert read(data, personal=True).experimenter == "Somebody"


def test_a_lof_says_that_it_is_untried(read: Read) -> None:
    record = read(lof(leica_image()))
    assert (record.format, record.size_x, record.scene_name) == ("LOF", 8, "single")
    assert notes(record) == ["untested"]
    assert "LOF" in record.warnings[0].say("en")
    assert "LOF" in record.warnings[0].say("fr")


def test_a_lof_beside_liffile(written: Written) -> None:
    import liffile

    path = written(lof(leica_image(), bytes(48)), "one.lof")
    (record,) = read_image(path)
    with liffile.LifFile(path) as file:
        (image,) = file.images
        assert dict(image.sizes) == {"Y": record.size_y, "X": record.size_x}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (block("<a/>"), "holds no image"),
        (block("<LMSDataContainerHeader><Element>"), "is broken"),
        (block("<!DOCTYPE a><a/>"), "document type or entities"),
        (block("<a/>")[:-2], "cut short"),
        (block("LMS_Object_File"), "cut short"),
        (block("LMS_Object_File") + struct.pack("<BIBIBQ", 0x2A, 2, 0x2A, 0, 0x2A, 1 << 60), "cut short"),
        (block("LMS_Object_File") + struct.pack("<BIBIBQ", 0x2A, 2, 0x2A, 0, 0x2A, 0) + bytes(20), "at byte"),
        (struct.pack("<IIBI", 0x70, 5, 0x2A, 1 << 31) + b"<\0", "4096 MB long"),
    ],
)
def test_broken_files_are_refused(data: bytes, said: str, read: Read) -> None:
    with pytest.raises(UnreadableImageError, match=said):
        read(data)
