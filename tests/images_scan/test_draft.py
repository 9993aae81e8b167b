"""The draft: one change of unconfirmed values, each with where it came from."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from rembi_widgets.images import ImageRecord, Note, Scan, draft, scan
from rembi_widgets.images._draft_rows import size_description
from rembi_widgets.images._scan import ScanFile
from rembi_widgets.locale import set_language
from rembi_widgets.record import Curation, Quantity, get
from rembi_widgets.store import OpenCuration, open_curation
from tests.images_scan.makers import ACTIN, AIR, DNA, LSM, OIL, image, scan_of


def drafted(found: Scan, opened: OpenCuration | None = None) -> Curation:
    opened = opened or open_curation()
    assert opened.propose(draft(found, opened.record)) is not None
    return opened.record


def acquisition_of(record: Curation, place: int = 0) -> str:
    row = record.images.row(record.images.ids[place])
    component = get(record, f"/components/{row['component']}")
    return str(next(line.acquisition for line in component.associations if line.id == row["association"]))


def test_the_demo_is_drafted_in_one_change(demo: Path, tmp_path: Path) -> None:
    home = tmp_path / "demo"
    shutil.copytree(demo, home)
    with open_curation(home) as opened:
        before = len(opened.history)
        opened.propose(scan(home))
        record = opened.record
        assert len(opened.history) == before + 1
        assert [item.title for item in record.components] == ["01_confocal", "02_live", "03_overview"]
        titles = [str(item.title) for item in record.acquisitions]
        assert titles[:2] == [
            "Confocal, 63×, oil, 3 channels, z-stack",
            "Spinning disk, 40×, air, 1 channel, time-lapse",
        ]
        assert len(record.images) == 33
        messages = [message for message in record.files.column("message") if message]
        assert len(messages) == 1
        opened.undo()
        assert (len(opened.record.images), len(opened.record.files), opened.record.acquisitions) == (0, 0, ())


def test_nothing_drafted_is_confirmed_and_all_of_it_has_an_origin() -> None:
    record = drafted(scan_of(image(), image("b/two.tif", objective=AIR)))
    marks = dict(record.marks)
    for table in (record.files, record.images):
        for column, cells in table.columns.items():
            marks |= {
                f"{column}/{row}": mark
                for row, cell, mark in zip(table.ids, cells, table.marks[column], strict=True)
                if cell is not None
            }
    assert len(marks) > 100
    assert {(mark.confirmed, mark.origin.kind) for mark in marks.values()} == {(False, "scan")}


def test_a_row_of_images_holds_what_the_header_says() -> None:
    record = drafted(
        scan_of(image("a/one.tif", scene_name="f1", plate="P1", well_row="B", well_col="7", time_increment_s=2.5))
    )
    row = record.images.row(record.images.ids[0])
    assert row["file"] == record.files.ids[0]
    expected = {
        "scene_index": 0,
        "scene_name": "f1",
        "size_x": 512,
        "size_y": 256,
        "size_z": 10,
        "size_c": 2,
        "pixel_type": "uint16",
        "pixel_size_x": 0.1,
        "pixel_size_z": 0.5,
        "time_increment": 2.5,
        "acquired_at": "2026-03-12T10:00:00",
        "instrument": "Zeiss LSM 980",
        "objective": "Plan-Apochromat 63x",
        "channel_names": "DNA;F-actin",
        "image_format": "OME-TIFF",
        "size_description": "51.2 × 25.6 × 5 µm",
        "plate": "P1",
        "well": "B7",
    }
    assert {name: row[name] for name in expected} == expected
    assert "image_type" not in row


def test_a_cells_mark_names_its_place_in_the_header() -> None:
    other = image("a/two.tif", sources={"px_x_um": "Scaling/Distance[X]"})
    record = drafted(scan_of(image(), other, image("a/three.tif", px_x_um=None)))
    rows = record.images.ids
    found = [record.images.mark(row, "pixel_size_x") for row in rows]
    assert [mark.origin.header if mark else None for mark in found] == [
        "Image/Pixels/@PhysicalSizeX",
        "Scaling/Distance[X]",
        None,
    ]
    assert found[2] is None


def test_a_row_of_files_holds_what_the_folder_says() -> None:
    broken = ScanFile("a/bad.tif", "file", 3, 1.5e9, None, 0, Note("scan.memory"))
    record = drafted(scan_of(image(), others=(broken, ScanFile("notes.txt", "file", 5, 1.5e9))))
    rows = {record.files.value(row, "path"): record.files.row(row) for row in record.files.ids}
    one = rows["a/one.tif"]
    assert (one["kind"], one["size_bytes"], one["format"], one["role"]) == ("file", 1000, "OME-TIFF", "image")
    assert one["component"] == record.components[0].id
    assert rows["a/bad.tif"]["message"].startswith("Reading this file needs more memory")
    assert "role" not in rows["notes.txt"]
    assert "message" not in rows["notes.txt"]


def test_an_acquisition_holds_what_the_headers_say() -> None:
    channels = (replace(DNA, exposure_s=0.1, pinhole_um=40.0, color_hex="#3A6BFF"), ACTIN)
    record = drafted(scan_of(image(channels=channels, software="ZEN 3.7", time_increment_s=30.0)))
    (made,) = record.acquisitions
    assert made.imaging_method[0].id == "FBbi:00000251"
    assert made.imaging_method[0].label == "confocal microscopy"
    assert (made.instrument_manufacturer, made.instrument_model, made.instrument_serial) == ("Zeiss", "LSM 980", "42")
    assert (made.objective_na, made.objective_magnification, made.objective_immersion) == (1.4, 63, "Oil")
    assert (made.software, made.time_interval) == ("ZEN 3.7", Quantity(number=30, unit="s"))
    first, second = made.channels
    assert (first.name, first.fluorophore, first.colour) == ("DNA", "Hoechst 33342", "#3A6BFF")
    assert (first.excitation, first.emission) == (Quantity(number=405, unit="nm"), Quantity(number=461, unit="nm"))
    assert (first.exposure_time, first.pinhole) == (Quantity(number=0.1, unit="s"), Quantity(number=40, unit="µm"))
    assert second.mode == "LaserScanningConfocalMicroscopy"
    assert (made.light_sources[0].kind, made.light_sources[0].wavelength) == ("laser", Quantity(number=405, unit="nm"))
    assert made.detectors[0].model == "GaAsP"


def test_a_value_of_an_acquisition_says_of_how_many_files_it_is() -> None:
    odd = image("a/odd.tif", instrument=replace(LSM, serial="7"))
    record = drafted(scan_of(image(), image("a/two.tif"), odd))
    (made,) = record.acquisitions
    origin = record.marks[f"/acquisitions/{made.id}/instrument_serial"].origin
    assert (made.instrument_serial, origin.count, origin.of, origin.source) == ("42", 2, 3, "a/one.tif")
    model = record.marks[f"/acquisitions/{made.id}/objective_model"].origin
    assert (model.header, model.count) == ("Instrument/Objective/@Model", 3)
    dye = record.marks[f"/acquisitions/{made.id}/channels/{made.channels[0].id}/fluorophore"].origin
    assert dye.header == "Image/Pixels/Channel/@Fluor"


def test_channels_in_another_order_count_for_the_same_rows() -> None:
    swapped = [image(f"a/{n}.tif", channels=(replace(ACTIN, index=0, color_hex="#00FF00"), DNA)) for n in range(2)]
    (made,) = drafted(scan_of(image(), *swapped)).acquisitions
    assert [channel.name for channel in made.channels] == ["DNA", "F-actin"]
    assert made.channels[1].colour == "#00FF00"


def test_two_channels_alike_are_two_rows() -> None:
    (made,) = drafted(scan_of(image(channels=(DNA, replace(DNA, index=1, color_hex="#FFFFFF"))))).acquisitions
    assert [channel.colour for channel in made.channels] == [None, "#FFFFFF"]


def test_a_component_for_each_top_folder_and_group() -> None:
    found = scan_of(
        image("fixed/a/1.tif"), image("fixed/b/2.tif"), image("live/3.tif"), image("live/4.tif", objective=AIR)
    )
    record = drafted(found)
    titles = [str(item.title) for item in record.components]
    assert titles[0] == "fixed"
    assert all(title.startswith("live: ") for title in titles[1:])
    assert len(record.acquisitions) == 2
    assert acquisition_of(record, 0) == acquisition_of(record, 2) != acquisition_of(record, 3)


def test_files_in_the_dataset_itself_are_a_component_of_its_name() -> None:
    assert [item.title for item in drafted(scan_of(image("1.tif"), folder=Path("somewhere/nuclei"))).components] == [
        "nuclei"
    ]


def test_the_only_sample_of_a_study_is_taken() -> None:
    opened = open_curation()
    sample = opened.add("/samples", {"title": "HeLa"})
    assert drafted(scan_of(image()), opened).components[0].associations[0].sample == sample


@pytest.mark.parametrize("count", [0, 2])
def test_of_no_or_several_samples_none_is_guessed(count: int) -> None:
    opened = open_curation()
    for number in range(count):
        opened.add("/samples", {"title": f"sample {number}"})
    assert drafted(scan_of(image()), opened).components[0].associations[0].sample is None


def test_a_component_made_by_hand_for_a_folder_is_used() -> None:
    opened = open_curation()
    made = opened.add("/components", {"title": "fixed"})
    record = drafted(scan_of(image("fixed/1.tif")), opened)
    assert [item.id for item in record.components] == [made]
    assert record.components[0].associations[0].acquisition == record.acquisitions[0].id
    assert record.images.column("component") == (made,)
    assert record.images.column("association")[0]


def test_lines_made_by_hand_get_their_acquisition_and_no_image_is_assigned_by_guess() -> None:
    opened = open_curation()
    opened.add("/components", {"title": "fixed", "associations": [{"id": "as-1"}, {"id": "as-2"}]})
    record = drafted(scan_of(image("fixed/1.tif")), opened)
    assert {line.acquisition for line in record.components[0].associations} == {record.acquisitions[0].id}
    assert record.images.column("association") == (None,)


def test_several_images_of_a_file_share_its_row() -> None:
    record = drafted(scan_of(image("a.lif"), image("a.lif", scene_index=1, scene_name="two")))
    assert len(record.files) == 1
    assert record.images.column("file") == (record.files.ids[0],) * 2
    assert record.images.column("scene_index") == (0, 1)


def test_titles_are_in_the_language_in_use() -> None:
    set_language("fr")
    try:
        assert drafted(scan_of(image())).acquisitions[0].title == "Confocal, 63×, huile, 2 canaux, pile en z"
    finally:
        set_language(None)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "51.2 × 25.6 × 5 µm"),
        ({"size_z": 1}, "51.2 × 25.6 µm"),
        ({"px_z_um": None}, "51.2 × 25.6 µm"),
        ({"px_y_um": None}, None),
        ({"size_x": None}, None),
    ],
)
def test_the_physical_size_is_computed_from_pixels(given: dict[str, object], expected: str | None) -> None:
    assert size_description(image(**given)) == expected


@pytest.mark.parametrize(
    ("lens", "expected"),
    [
        (OIL, "Plan-Apochromat 63x"),
        (replace(OIL, model=None), "63× NA 1.4 Oil"),
        (replace(OIL, model=None, na=None, magnification=None, immersion=None), None),
        (None, None),
    ],
)
def test_an_objective_without_a_model_is_named_by_its_numbers(lens: object, expected: str | None) -> None:
    record = drafted(scan_of(image(objective=lens)))
    assert record.images.column("objective") == (expected,)


def test_an_image_that_says_nothing_is_drafted_all_the_same() -> None:
    record = drafted(scan_of(ImageRecord(path="a.png", format="PNG")))
    assert len(record.images) == 1
    assert record.acquisitions[0].title == "Images whose headers say little"
    assert record.acquisitions[0].channels == ()


@pytest.mark.skipif(os.name == "nt", reason="the system refuses such names")
def test_hostile_names_are_read_drafted_and_kept(tmp_path: Path, samples: Path) -> None:
    hostile = json.loads((samples / "security/blns/blns.json").read_text(encoding="utf-8"))
    names = {text.replace("/", "_").replace("\0", "").lstrip(".")[:40] for text in hostile}
    for name in names:
        shutil.copy(samples / "images/ome-tiff/ome.tiff", tmp_path / f"{name}.ome.tiff")
    found = scan(tmp_path)
    hidden = sum(name == "" for name in names)
    assert (len(found.images), found.unreadable) == (len(names) - hidden, ())
    with open_curation(tmp_path) as opened:
        opened.propose(found)
        record = opened.record
    again = open_curation(tmp_path)
    assert again.record == record
    assert again.reports == []
    assert draft(scan(tmp_path), again.record) == []


def test_a_folder_name_that_is_no_text_becomes_one() -> None:
    record = drafted(scan_of(image("caf\udce9/1.tif")))
    assert record.components[0].title == "caf\ufffd"
    assert record.files.column("path") == ("caf\udce9/1.tif",)


def test_the_samples_are_drafted_whole(samples: Path) -> None:
    found = scan(samples / "images")
    record = drafted(found)
    assert len(record.images) == len(found.images)
    assert len(record.files) == len(found.files)
    assert len(record.acquisitions) == len(found.groups)
    assert all(record.images.column("association"))
