"""A folder of microscope files: what a scan tells of it, how it groups, and the draft it gives."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rembi_widgets.images import Scan, draft, scan
from rembi_widgets.record import Curation

from .makers import leica_image, lof, stk

NAMES = (
    "czi/LSM880_AiryScan.czi",
    "czi/WellD6_S1.czi",
    "czi/DAPI_GFP.czi",
    "nd2/cluster.nd2",
    "oib/test.oib",
    "lsm/test.lsm",
    "lif/testdata_2channel_xz.lif",
    "dv/toxo.dv",
    "em/HAADFscan.mrc",
    "em/olympus_SIS.tif",
    "wsi/small.svs",
)
TITLES = {
    "LSM880_AiryScan.czi": ("Confocal, 63×, oil, 8 channels", "Confocal, 63×, huile, 8 canaux"),
    "WellD6_S1.czi": ("Fluorescence, 5×, air, 1 channel", "Fluorescence, 5×, air, 1 canal"),
    "DAPI_GFP.czi": ("2 channels, DAPI + GFP", "2 canaux, DAPI + GFP"),
    "cluster.nd2": (
        "Confocal, 60×, 2 channels, z-stack, time-lapse",
        "Confocal, 60×, 2 canaux, pile en z, série temporelle",
    ),
    "test.oib": ("Confocal, 40×, 3 channels", "Confocal, 40×, 3 canaux"),
    "test.lsm": ("Confocal, 40×, oil, 1 channel", "Confocal, 40×, huile, 1 canal"),
    "HAADFscan.mrc": ("1 channel, pixels of 5.68 nm", "1 canal, pixels de 5.68 nm"),
    "olympus_SIS.tif": ("1 channel, pixels of 0.0239 nm", "1 canal, pixels de 0.0239 nm"),
    "small.svs": ("20×, 3 channels", "20×, 3 canaux"),
}
METHODS = {
    "Confocal, 63×, oil, 8 channels": ["FBbi:00000251"],
    "Fluorescence, 5×, air, 1 channel": ["FBbi:00000246"],
    "Confocal, 60×, 2 channels, z-stack, time-lapse": ["FBbi:00000251"],
    "Confocal, 40×, 3 channels": ["FBbi:00000251"],
    "20×, 3 channels": [],
}


@pytest.fixture(scope="module")
def found(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Scan:
    folder = tmp_path_factory.mktemp("microscopes")
    for name in NAMES:
        shutil.copy(samples / "images" / name, folder)
    return scan(folder)


def test_every_file_is_read(found: Scan) -> None:
    assert found.unreadable == ()
    assert len(found.images) == len(NAMES) + 2
    assert {file.format for file in found.files} == {
        "CZI",
        "ND2",
        "OIB",
        "LSM",
        "LIF",
        "DV",
        "MRC",
        "SIS TIFF",
        "SVS",
    }


@pytest.mark.parametrize("name", TITLES)
def test_titles_of_groups(name: str, found: Scan) -> None:
    (group,) = [group for group in found.groups if group.example.path == name]
    assert (group.title_in("en"), group.title_in("fr")) == TITLES[name]


def test_the_frame_shows_what_was_read(found: Scan) -> None:
    row = found.frame.set_index("path").loc["WellD6_S1.czi"]
    assert row["objective_magnification"] == 5.0
    assert row["channel_fluor"] == "Alexa Fluor 488"
    assert row["well_row"] == "D"


def test_the_draft_names_imaging_methods(found: Scan) -> None:
    added = [edit for edit in draft(found, Curation()) if edit.path == "/acquisitions"]
    by_title = {edit.value["title"]: edit.value for edit in added}
    assert {title: [term["id"] for term in by_title[title].get("imaging_method", [])] for title in METHODS} == METHODS


def test_the_draft_fills_an_acquisition(found: Scan) -> None:
    added = [edit.value for edit in draft(found, Curation()) if edit.path == "/acquisitions"]
    (value,) = [value for value in added if value["title"] == "Fluorescence, 5×, air, 1 channel"]
    assert value["instrument_model"] == "Celldiscoverer 7"
    assert value["objective_model"] == "Plan-Apochromat 5x/0.35"
    assert (value["objective_na"], value["objective_magnification"]) == (0.35, 5.0)
    assert value["objective_working_distance"] == {"number": 5000.0, "unit": "µm"}
    (channel,) = value["channels"]
    assert channel["fluorophore"] == "Alexa Fluor 488"
    assert channel["excitation"] == {"number": 493.0, "unit": "nm"}
    assert channel["exposure_time"] == {"number": 0.15, "unit": "s"}
    assert [light["kind"] for light in value["light_sources"]] == ["LED", "filament lamp"]


def test_untried_formats_are_told(tmp_path: Path) -> None:
    (tmp_path / "one.stk").write_bytes(stk([(0, 1, 2456826, 0, 0, 0)]))
    (tmp_path / "two.lof").write_bytes(lof(leica_image()))
    told = scan(tmp_path).to_json("en")
    for image in told["images"]:
        assert any("no real file was at hand" in sentence for sentence in image["warnings"])
    assert [image["format"] for image in told["images"]] == ["STK", "LOF"]


def test_a_czi_is_found_whatever_its_name(samples: Path, tmp_path: Path) -> None:
    shutil.copy(samples / "images" / "czi" / "DAPI_GFP.czi", tmp_path / "image.dat")
    assert [image.format for image in scan(tmp_path).images] == ["CZI"]


def test_reading_loads_a_library_only_for_its_own_format(samples: Path) -> None:
    import subprocess
    import sys

    path = samples / "images" / "czi" / "WellD6_S1.czi"
    code = (
        f"import sys, rembi_widgets.images as images; images.read_image({str(path)!r}); "
        "print(sorted({'nd2', 'liffile', 'oiffile', 'tifffile', 'numpy', 'mrcfile'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
