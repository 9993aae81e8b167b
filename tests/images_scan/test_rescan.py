"""A second scan: what is known is found again, what a person did stays, and only news is proposed."""

from __future__ import annotations

import os
import shutil
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from rembi_widgets.images import Note, Scan, draft, scan
from rembi_widgets.images._scan import ScanFile
from rembi_widgets.locale import set_language
from rembi_widgets.store import OpenCuration, open_curation
from tests.images_scan.makers import AIR, image, scan_of

FIRST = scan_of(image("a/1.tif"), image("a/2.tif"), image("b/3.tif", objective=AIR))


@pytest.fixture
def opened() -> OpenCuration:
    curation = open_curation()
    propose(curation, FIRST)
    return curation


def propose(curation: OpenCuration, found: Scan) -> list[str]:
    change = curation.propose(draft(found, curation.record))
    return [] if change is None else [f"{edit.op} {edit.path}" for edit in change.edits]


def test_an_unchanged_folder_proposes_nothing(opened: OpenCuration) -> None:
    assert draft(FIRST, opened.record) == []


def test_an_unchanged_folder_on_disk_proposes_nothing(demo: Path, tmp_path: Path) -> None:
    home = tmp_path / "demo"
    shutil.copytree(demo, home)
    with open_curation(home) as first:
        assert first.propose(scan(home)) is not None
    with open_curation(home) as again:
        assert again.propose(scan(home)) is None


def test_reasons_in_another_language_are_no_news(opened: OpenCuration) -> None:
    bad = scan_of(*FIRST.images, others=(ScanFile("bad.tif", note=Note("scan.memory")),))
    propose(opened, bad)
    set_language("fr")
    try:
        assert draft(bad, opened.record) == []
    finally:
        set_language(None)


def test_a_header_that_changed_changes_its_cell_only(opened: OpenCuration) -> None:
    other = scan_of(replace(FIRST.images[0], size_x=1024), *FIRST.images[1:])
    assert propose(opened, other) == ["fill /images/size_x", "fill /images/size_description"]
    assert opened.record.images.column("size_x") == (1024, 512, 512)


def test_a_value_a_person_gave_or_confirmed_stays(opened: OpenCuration) -> None:
    one, two, _ = opened.record.images.ids
    opened.set(f"/images/{one}/size_x", 7)
    opened.confirm(f"/images/{two}/size_x")
    changed = [replace(record, size_x=1024, px_x_um=None, px_y_um=None) for record in FIRST.images]
    propose(opened, scan_of(*changed))
    assert opened.record.images.column("size_x") == (7, 512, 1024)


def test_a_cell_a_person_emptied_stays_empty(opened: OpenCuration) -> None:
    row = opened.record.images.ids[0]
    opened.clear(f"/images/{row}/acquired_at")
    assert propose(opened, FIRST) == []


def test_a_cell_that_was_empty_is_filled(opened: OpenCuration) -> None:
    named = [replace(record, scene_name="field 1") for record in FIRST.images]
    assert propose(opened, scan_of(*named)) == ["fill /images/scene_name"]


def test_a_value_from_elsewhere_stays(opened: OpenCuration) -> None:
    row = opened.record.images.ids[0]
    opened.edit([{"op": "set", "path": f"/images/{row}/scene_name", "value": "imported"}], origin="import")
    named = scan_of(*(replace(record, scene_name="x") for record in FIRST.images))
    propose(opened, named)
    assert opened.record.images.column("scene_name") == ("imported", "x", "x")


def test_a_new_file_joins_the_component_and_acquisition_of_its_like(opened: OpenCuration) -> None:
    acquisition, component = opened.record.acquisitions[0], opened.record.components[0]
    opened.set(f"/acquisitions/{acquisition.id}/title", "My confocal")
    opened.set(f"/components/{component.id}/title", "Fixed cells")
    assert propose(opened, scan_of(*FIRST.images, image("a/new.tif"))) == ["add /files", "add /images"]
    row = opened.record.images.row(opened.record.images.ids[-1])
    assert row["component"] == component.id
    assert row["association"] == component.associations[0].id
    assert opened.record.acquisitions[0].title == "My confocal"


def test_a_new_file_goes_where_a_person_put_its_folder(opened: OpenCuration) -> None:
    mine = opened.add("/components", {"title": "treated"})
    propose(opened, scan_of(*FIRST.images, image("a/treated/1.tif")))
    opened.set(f"/images/{opened.record.images.ids[-1]}/component", mine)
    propose(opened, scan_of(*FIRST.images, image("a/treated/1.tif"), image("a/treated/2.tif"), image("a/4.tif")))
    assert opened.record.images.column("component")[-2:] == (mine, opened.record.components[0].id)
    assert opened.record.images.column("association")[-2] is None


def test_a_new_folder_of_a_known_group_shares_the_acquisition(opened: OpenCuration) -> None:
    assert propose(opened, scan_of(*FIRST.images, image("c/1.tif"))) == ["add /components", "add /files", "add /images"]
    assert opened.record.components[-1].associations[0].acquisition == opened.record.acquisitions[0].id


def test_a_new_group_in_a_known_folder_gets_an_acquisition(opened: OpenCuration) -> None:
    found = scan_of(*FIRST.images, image("a/stack.tif", size_t=9))
    assert propose(opened, found)[:2] == ["add /acquisitions", "add /components"]
    assert str(opened.record.components[-1].title).startswith("a: ")


def test_images_whose_group_is_named_otherwise_by_now_find_their_acquisition(opened: OpenCuration) -> None:
    rows = opened.record.images.ids
    old = [{"op": "fill", "path": "/images/group", "rows": rows, "value": "g-of-an-older-version"}]
    opened.edit(old, origin="scan")
    propose(opened, scan_of(*FIRST.images, image("a/new.tif")))
    assert len(opened.record.acquisitions) == 2
    assert opened.record.images.column("component")[-1] == opened.record.components[0].id


def test_an_acquisition_a_person_removed_is_not_made_again(opened: OpenCuration) -> None:
    opened.remove(f"/acquisitions/{opened.record.acquisitions[1].id}")
    opened.remove(f"/components/{opened.record.components[1].id}")
    assert propose(opened, FIRST) == []


def test_files_that_vanished_stay(opened: OpenCuration) -> None:
    assert propose(opened, scan_of(FIRST.images[0])) == []
    assert len(opened.record.files) == 3


def test_a_file_that_broke_is_said_and_a_mended_one_is_cleared(opened: OpenCuration) -> None:
    broken = replace(FIRST.files[0], format=None, images=0, note=Note("scan.memory"))
    bad = Scan(folder=FIRST.folder, images=FIRST.images[1:], files=(broken, *FIRST.files[1:]))
    propose(opened, bad)
    assert opened.record.files.column("message")[0]
    assert len(opened.record.images) == 3
    propose(opened, FIRST)
    assert opened.record.files.column("message")[0] is None


def test_paths_are_compared_in_nfc_and_kept_as_they_were() -> None:
    composed, apart = (unicodedata.normalize(form, "é/1.tif") for form in ("NFC", "NFD"))
    curation = open_curation()
    propose(curation, scan_of(image(apart)))
    assert propose(curation, scan_of(image(composed))) == []
    assert curation.record.files.column("path") == (apart,)


@pytest.mark.skipif(os.name == "nt", reason="one name there")
def test_two_names_that_are_one_in_nfc_stay_two_files() -> None:
    both = scan_of(*(image(unicodedata.normalize(form, "é.tif"), scene_name=form) for form in ("NFC", "NFD")))
    curation = open_curation()
    propose(curation, both)
    assert len(curation.record.files) == 2
    assert propose(curation, both) == []


def test_a_scan_that_was_cancelled_is_finished_by_the_next() -> None:
    curation = open_curation()
    part = Scan(folder=FIRST.folder, images=FIRST.images[:1], files=FIRST.files[:1], complete=False)
    propose(curation, part)
    assert propose(curation, FIRST)[-2:] == ["add /files", "add /images"]
    assert len(curation.record.images) == len(set(curation.record.images.column("file"))) == 3
    assert propose(curation, FIRST) == []


def test_after_undo_the_scan_can_be_proposed_again(opened: OpenCuration) -> None:
    opened.undo()
    assert "add /images" in propose(opened, FIRST)
    assert len(opened.record.images) == 3
