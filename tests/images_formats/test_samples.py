"""What the headers of real microscope files say, against values written down by hand from the header bytes."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.images import ImageRecord, read_image

from .makers import notes

SIZES = ("size_x", "size_y", "size_z", "size_c", "size_t")
EXPECTED: dict[str, dict[str, Any]] = {
    # written by pylibCZIrw: <SizeX>240</SizeX> ..., every <Distance><Value>0</Value>
    "czi/CellDivision_T3_Z5_CH2_X240_Y170_comp1.czi": {
        "format": "CZI",
        "sizes": (240, 170, 5, 2, 3),
        "pixel_type": "uint16",
        "pixel": (None, None, None),
        "acquired_at": None,
        "channels": [{}, {}],
        "objective": None,
        "instrument": None,
        "software": "pylibCZIrw 4.1.2",
        "notes": ["impossible px_x_um", "impossible px_y_um", "impossible px_z_um"],
    },
    # two TIFFs joined in ZEN: its scaling is in pixels (<Pixel Id="X">), its StartTime of the year 1, DyeName Dye1
    "czi/DAPI_GFP.czi": {
        "format": "CZI",
        "sizes": (640, 640, 1, 2, 1),
        "pixel_type": "uint8",
        "pixel": (None, None, None),
        "acquired_at": None,
        "channels": [{"name": "DAPI", "color_hex": "#0000FF"}, {"name": "GFP", "color_hex": "#00FF00"}],
        "objective": None,
        "instrument": None,
        "software": "ZEN 2.3 (blue edition) 2.3.69.1000",
        "notes": [],
    },
    # <SizeX>-1</SizeX>: the directory has one piece of 512 x 512 of type 0
    "czi/FOV7_HV110_P0500510000.czi": {
        "format": "CZI",
        "sizes": (512, 512, 1, 1, 1),
        "pixel_type": "uint8",
        "pixel": (None, None, None),
        "acquired_at": None,
        "channels": [],
        "objective": None,
        "instrument": None,
        "software": "pylibCZIrw 3.2.1",
        "notes": ["impossible px_x_um", "impossible px_y_um", "impossible px_z_um"],
    },
    # <SizeH>32</SizeH> is no time; LensNA 1.4000000000000001; ExcitationWavelength 488.00000000000006
    "czi/LSM880_AiryScan.czi": {
        "format": "CZI",
        "sizes": (38, 36, 1, 8, 1),
        "pixel_type": "uint16",
        "pixel": (0.0352979560689887, 0.0352979560689887, 0.1594517652019319),
        "acquired_at": None,
        "channels": [
            {
                "name": "ChA-T1",
                "excitation_nm": 633.0,
                "emission_nm": 653.596769,
                "color_hex": "#FF0000",
                "acquisition_mode": "LaserScanningConfocalMicroscopy",
                "contrast_method": "Fluorescence",
                "illumination": "Epifluorescence",
            },
            {
                "name": "ChA-T2",
                "excitation_nm": 561.0,
                "emission_nm": 578.617841,
                "color_hex": "#FFA300",
                "acquisition_mode": "LaserScanningConfocalMicroscopy",
            },
            {"name": "ChA-T3", "excitation_nm": 488.0, "emission_nm": 515.521824, "color_hex": "#00FF00"},
            {"name": "ChA-T4", "excitation_nm": 405.0, "emission_nm": 450.0, "color_hex": "#0000FF"},
            {"name": "ChA-T1#", "excitation_nm": None, "fluor": None, "color_hex": "#FF0000"},
            {"name": "ChA-T2#", "excitation_nm": None, "fluor": None, "color_hex": "#FFA300"},
            {"name": "ChA-T3#", "excitation_nm": None, "fluor": None, "color_hex": "#00FF00"},
            {"name": "ChA-T4#", "excitation_nm": None, "fluor": None, "color_hex": "#0000FF"},
        ],
        "objective": {
            "model": "Plan-Apochromat 63x/1.4 Oil DIC M27",
            "na": 1.4,
            "magnification": 63.0,
            "immersion": "Oil",
            "refractive_index": 1.518,
        },
        "instrument": {"model": "LSM 880, AxioObserver", "type": None},
        "software": "ZEN (blue edition) 3.5.093.00000",
        "notes": [],
    },
    "czi/WellD6_S1.czi": {
        "format": "CZI",
        "sizes": (544, 440, 1, 1, 1),
        "pixel_type": "uint16",
        "pixel": (0.1, 0.1, None),
        "acquired_at": "2023-01-06T10:41:51.7217589Z",
        "channels": [
            {
                "name": "AF488",
                "fluor": "Alexa Fluor 488",
                "excitation_nm": 493.0,
                "emission_nm": 517.0,
                "color_hex": "#00FF33",
                "acquisition_mode": "WideField",
                "contrast_method": "Fluorescence",
                "illumination": "Epifluorescence",
                "exposure_s": 0.15,
            }
        ],
        "objective": {
            "model": "Plan-Apochromat 5x/0.35",
            "na": 0.35,
            "magnification": 5.0,
            "immersion": "Air",
            "wd_um": 5000.0,
            "refractive_index": 1.000293,
        },
        "instrument": {"model": "Celldiscoverer 7", "type": "Inverted"},
        "software": "ZEN (blue edition) 3.7.97.00000",
        "notes": [],
    },
    # events: first frames of the three times at 0.445, 11.086 and 21.74 s
    "nd2/cluster.nd2": {
        "format": "ND2",
        "sizes": (38, 31, 10, 2, 3),
        "pixel_type": "uint16",
        "pixel": (0.16780898323268, 0.16780898323268, 0.5),
        "acquired_at": "2014-06-18T15:55:27",
        "channels": [
            {
                "name": "5-FAM/pH 9.0",
                "excitation_nm": 488.0,
                "emission_nm": 525.0,
                "color_hex": "#78E90F",
                "acquisition_mode": "LaserScanningConfocalMicroscopy",
                "contrast_method": "Fluorescence",
            },
            {
                "name": "FM 4-64/2% CHAPS",
                "excitation_nm": 561.0,
                "emission_nm": 700.0,
                "color_hex": "#FE0100",
            },
        ],
        "objective": {"model": "Plan Apo λ 60x", "na": 0.95, "magnification": 60.0, "refractive_index": 1.0},
        "instrument": {"model": "Ti Microscope"},
        "software": None,
        "notes": [],
    },
    # DyeName "None" is none; ObjectiveLens WDValue 9999 is not known
    "oib/test.oib": {
        "format": "OIB",
        "sizes": (256, 256, 1, 3, 1),
        "pixel_type": "uint16",
        "pixel": (0.177, 0.177, None),
        "acquired_at": "2012-07-26T15:13:35",
        "channels": [
            {
                "name": "CH1",
                "fluor": None,
                "excitation_nm": 488.0,
                "emission_nm": None,
                "acquisition_mode": "LaserScanningConfocalMicroscopy",
            },
            {"name": "CH2", "fluor": "Alexa Fluor 546", "excitation_nm": 543.0, "emission_nm": 572.0},
            {"name": "TD1", "fluor": None, "acquisition_mode": None, "illumination": "Transmitted"},
        ],
        "objective": {"model": "UPLFLN 40X NA:0.75", "na": 0.75, "magnification": 40.0, "wd_um": None},
        "instrument": {"model": "FLUOVIEW FV1000"},
        "software": "FLUOVIEW FV1000 2.1.2.5",
        "notes": [],
    },
    # 34 sections of 2 waves and 1 time; lens 10003 has no name in the file
    "dv/toxo.dv": {
        "format": "DV",
        "sizes": (128, 128, 17, 2, 1),
        "pixel_type": "uint16",
        "pixel": (0.13262, 0.13262, 0.3),
        "acquired_at": None,
        "channels": [{"emission_nm": 525.0, "name": None}, {"emission_nm": 632.0, "name": None}],
        "objective": None,
        "instrument": None,
        "software": None,
        "notes": [],
    },
    # VoxelSizeZ 1e-19: one plane; days since 1899-12-30: 41732.6559837963
    "lsm/test.lsm": {
        "format": "LSM",
        "sizes": (512, 512, 1, 1, 1),
        "pixel_type": "uint16",
        "pixel": (0.6918881841365326, 0.6918881841365326, None),
        "acquired_at": "2014-04-03T15:44:37",
        "channels": [
            {
                "name": "ChS1",
                "fluor": "Alexa Fluor 568",
                "excitation_nm": 561.0,
                "color_hex": "#FF0000",
                "pinhole_um": 38.4666,
            }
        ],
        "objective": {
            "model": "EC Plan-Neofluar 40x/1.30 Oil DIC M27",
            "na": 1.3,
            "magnification": 40.0,
            "immersion": "Oil",
        },
        "instrument": None,
        "software": None,
        "notes": ["impossible px_z_um"],
    },
    # the block of the second page: 2.392791775876109 x 10^-11 m; 72 dpi is no pixel size; the first page is a copy
    "em/olympus_SIS.tif": {
        "format": "SIS TIFF",
        "sizes": (112, 101, 1, 1, 1),
        "pixel_type": "uint16",
        "pixel": (2.392791775876109e-05, 2.392791775876109e-05, None),
        "acquired_at": "2018-11-15T19:42:31",
        "channels": [],
        "objective": None,
        "instrument": None,
        "software": None,
        "notes": [],
    },
    # MPP = 0.4990|AppMag = 20|Date = 12/29/09|Time = 09:59:15
    "wsi/small.svs": {
        "format": "SVS",
        "sizes": (16, 16, 1, 3, 1),
        "pixel_type": "uint8",
        "pixel": (0.499, 0.499, None),
        "acquired_at": "2009-12-29T09:59:15",
        "channels": [],
        "objective": {"magnification": 20.0, "na": None, "model": None},
        "instrument": None,
        "software": "Aperio Image Library v12.2.2",
        "notes": [],
    },
    # cell of 908.661 Å for 16 pixels
    "em/HAADFscan.mrc": {
        "format": "MRC",
        "sizes": (16, 16, 1, 1, 1),
        "pixel_type": "uint16",
        "pixel": (908.661 / 16 * 1e-4, 908.661 / 16 * 1e-4, None),
        "acquired_at": None,
        "channels": [],
        "objective": None,
        "instrument": None,
        "software": None,
        "notes": [],
    },
}
LENS = {"model": "HC PL APO CS2 63x/1.30 GLYC", "na": 1.3, "magnification": 63.0, "immersion": "Glycerol"}
LIF: list[dict[str, Any]] = [
    # Length 1.781554e-005 over 127 steps; T 1.007e+001 over 19; stamp 1d71114eb8b44f0
    {
        "scene_name": "xzt",
        "sizes": (128, 1, 128, 2, 20),
        "pixel": (1.781554e-05 / 127 * 1e6, None, 1.781540e-05 / 127 * 1e6),
        "time_increment_s": 0.53,
        "acquired_at": "2021-03-04T16:39:17.951",
    },
    {
        "scene_name": "xzy",
        "sizes": (128, 23, 128, 2, 1),
        "pixel": (1.781554e-05 / 127 * 1e6, 5.039354e-06 / 22 * 1e6, 1.781540e-05 / 127 * 1e6),
        "time_increment_s": None,
        "acquired_at": "2021-03-04T16:40:26.961",
    },
    {
        "scene_name": "xz",
        "sizes": (512, 1, 512, 2, 1),
        "pixel": (0.102697221, None, 0.102697476),
        "time_increment_s": None,
        "acquired_at": "2021-03-04T16:42:50.247",
    },
]


def part(whole: Any, wanted: dict[str, Any] | None) -> dict[str, Any] | None:
    """Give what a part of a record says of the fields wanted."""
    return None if whole is None else {name: getattr(whole, name) for name in wanted or asdict(whole)}


def check_common(record: ImageRecord, wanted: dict[str, Any]) -> None:
    assert tuple(getattr(record, name) for name in SIZES) == wanted["sizes"]
    for found, size in zip((record.px_x_um, record.px_y_um, record.px_z_um), wanted["pixel"], strict=True):
        assert found == (None if size is None else pytest.approx(size, rel=1e-6))
    assert record.acquired_at == wanted["acquired_at"]


@pytest.mark.parametrize("name", EXPECTED)
def test_real_files(name: str, samples: Path) -> None:
    (record,) = read_image(samples / "images" / name)
    wanted = EXPECTED[name]
    check_common(record, wanted)
    assert record.format == wanted["format"]
    assert record.pixel_type == wanted["pixel_type"]
    assert record.software == wanted["software"]
    assert len(record.channels) == len(wanted["channels"])
    for channel, said in zip(record.channels, wanted["channels"], strict=True):
        assert part(channel, said or {"index": 0, "name": None}) == (said or {"index": channel.index, "name": None})
    assert part(record.objective, wanted["objective"]) == wanted["objective"]
    assert part(record.instrument, wanted["instrument"]) == wanted["instrument"]
    assert notes(record) == wanted["notes"]


@pytest.mark.parametrize("scene", range(3))
def test_the_images_of_a_lif(scene: int, samples: Path) -> None:
    records = read_image(samples / "images" / "lif" / "testdata_2channel_xz.lif")
    assert [record.scene_index for record in records] == [0, 1, 2]
    record, wanted = records[scene], LIF[scene]
    check_common(record, wanted)
    assert record.scene_name == wanted["scene_name"]
    assert record.time_increment_s == wanted["time_increment_s"]
    assert record.pixel_type == "uint8"
    assert part(record.objective, LENS) == LENS
    assert record.instrument is not None
    assert record.instrument.model == "TCS SP8, DMI6000B-CS"
    assert record.instrument.type == "Inverted"
    assert [channel.name for channel in record.channels] == ["Green", "Red"]
    assert [channel.fluor for channel in record.channels] == ["FITC", "TRITC"]
    assert [channel.color_hex for channel in record.channels] == ["#00FF00", "#FF0000"]
    assert {channel.acquisition_mode for channel in record.channels} == {"LaserScanningConfocalMicroscopy"}
    assert [light.wavelength_nm for light in record.light_sources] == [488.0, 552.0]
    assert [detector.model for detector in record.detectors] == ["HyD 1", "HyD 3"]
    assert record.software == "LAS X 3.5.7.23225"
    assert notes(record) == []


MORE: dict[str, dict[str, Any]] = {
    "czi/WellD6_S1.czi": {"well_row": "D", "well_col": "6", "scene_name": "D6"},
    "czi/LSM880_AiryScan.czi": {"time_increment_s": None},
    "nd2/cluster.nd2": {"time_increment_s": pytest.approx(10.6475)},
    "oib/test.oib": {"description": "40xWater 488 0.3% 543 0%"},
    "dv/toxo.dv": {"dim_order": "XYZTC", "compression": "none"},
    "wsi/small.svs": {"compression": "JPEG"},
    "em/olympus_SIS.tif": {"compression": "none"},
}


@pytest.mark.parametrize("name", MORE)
def test_what_only_some_formats_say(name: str, samples: Path) -> None:
    (record,) = read_image(samples / "images" / name)
    assert {field: getattr(record, field) for field in MORE[name]} == MORE[name]


PARTS: dict[str, dict[str, list[tuple[str | None, str | None]]]] = {
    "czi/WellD6_S1.czi": {
        "detectors": [("detector", "TestCam")],
        "light_sources": [("LED", "LED2"), ("filament lamp", "TL LED Lamp")],
    },
    "czi/LSM880_AiryScan.czi": {
        "detectors": [("Airyscan", None)] * 4,
        "light_sources": [],
        "filters": [
            ("filter", "BP 570-620 + LP 645"),
            ("filter", "BP 420-480 + BP 495-620"),
            ("filter", "BP 420-480 + BP 495-550"),
            ("filter", "BP 420-480 + LP 605"),
        ],
    },
    "nd2/cluster.nd2": {"detectors": [("camera", "Nikon A1plus")]},
    "oib/test.oib": {
        "light_sources": [("laser", None)],
        "filters": [("dichroic", "DM488/543/633"), ("filter", "BA505-525"), ("filter", "BA575-675")],
    },
    "lsm/test.lsm": {
        "light_sources": [("laser", "DPSS 561-10")],
        "filters": [("dichroic", "MBS 488/561/633"), ("dichroic", "MBS 690+")],
    },
    "em/olympus_SIS.tif": {"detectors": [("camera", "Quemesa")]},
}


@pytest.mark.parametrize("name", PARTS)
def test_detectors_lights_and_filters(name: str, samples: Path) -> None:
    (record,) = read_image(samples / "images" / name)
    for field, wanted in PARTS[name].items():
        assert [(item.kind, item.model) for item in getattr(record, field)] == wanted


RAW = {
    "czi/LSM880_AiryScan.czi": {"size H": "32", "document created": "2023-03-22T10:58:51"},
    "dv/toxo.dv": {"lens id": "10003"},
    "em/olympus_SIS.tif": {"magnification": "600000"},
}


@pytest.mark.parametrize("name", RAW)
def test_what_has_no_field_is_kept(name: str, samples: Path) -> None:
    (record,) = read_image(samples / "images" / name)
    assert dict(record.raw) == RAW[name]


@pytest.mark.parametrize("name", [*EXPECTED, "lif/testdata_2channel_xz.lif"])
def test_every_value_names_its_place(name: str, samples: Path) -> None:
    places = {"objective", "instrument"}
    for record in read_image(samples / "images" / name):
        said = record.pack()
        for field in set(said) & {*SIZES, "pixel_type", "px_x_um", "px_y_um", "px_z_um", "acquired_at", "software"}:
            assert record.sources[field], field
        for field in places & set(said):
            for inner in said[field]:
                assert record.sources[f"{field}.{inner}"], inner
        for channel in said.get("channels", ()):
            assert {f"channels.{inner}" for inner in channel if inner != "index"} <= set(record.sources)


PERSONAL = {
    "czi/DAPI_GFP.czi": "M1SRH",
    "czi/WellD6_S1.czi": "M1SRH",
    "czi/LSM880_AiryScan.czi": "LSM User",
    "oib/test.oib": "Guest",
    "wsi/small.svs": "b414003d-95c6-48b0-9369-8010ed517ba7",
}


@pytest.mark.parametrize("name", PERSONAL)
def test_people_are_named_only_when_asked_for(name: str, samples: Path) -> None:
    path = samples / "images" / name
    (plain,), (asked,) = read_image(path), read_image(path, personal=True)
    assert plain.experimenter is None
    assert asked.experimenter == PERSONAL[name]
    assert PERSONAL[name] not in str(plain.pack())


@pytest.mark.parametrize("name", [*EXPECTED, "lif/testdata_2channel_xz.lif"])
def test_folders_of_other_computers_stay_where_they_are(name: str, samples: Path) -> None:
    for record in read_image(samples / "images" / name):
        said = {**record.pack(), "path": ""}
        assert ":\\\\" not in str(said)
        assert "Users" not in str(said)


def test_the_samples_are_of_formats_that_real_files_were_at_hand_for(samples: Path) -> None:
    for name in EXPECTED:
        (record,) = read_image(samples / "images" / name)
        assert "untested" not in notes(record)
