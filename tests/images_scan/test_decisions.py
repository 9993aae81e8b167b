"""Groups that a person split and merged: the decision outlives rescans, and new images follow it."""

from __future__ import annotations

import pytest

from rembi_widgets.images import Scan, draft, merge_groups, split_group
from rembi_widgets.images._draft_known import Known
from rembi_widgets.images._split import lines_of
from rembi_widgets.store import OpenCuration, open_curation
from tests.images_scan.makers import AIR, image, scan_of

FIRST = scan_of(*(image(f"a/{n}.tif") for n in range(4)), *(image(f"b/{n}.tif", objective=AIR) for n in range(3)))
MORE = scan_of(*FIRST.images, image("b/8.tif", objective=AIR), image("a/9.tif"))


@pytest.fixture
def opened() -> OpenCuration:
    curation = open_curation()
    curation.propose(draft(FIRST, curation.record))
    return curation


def keys(opened: OpenCuration) -> list[object]:
    return list(opened.record.images.column("group"))


def rescan(opened: OpenCuration, found: Scan) -> None:
    opened.propose(draft(found, opened.record))


def test_merged_groups_stay_merged_and_new_images_follow(opened: OpenCuration) -> None:
    oil, air = (group.key for group in FIRST.groups)
    opened.edit(merge_groups(opened.record, [oil, air]))
    assert keys(opened) == [oil] * 7
    assert draft(FIRST, opened.record) == []
    rescan(opened, MORE)
    assert keys(opened) == [oil] * 9
    assert draft(MORE, opened.record) == []


def test_merged_groups_share_an_acquisition(opened: OpenCuration) -> None:
    oil, air = (group.key for group in FIRST.groups)
    opened.edit(merge_groups(opened.record, [air, oil]))
    assert keys(opened) == [oil] * 7
    lines = {line.acquisition for component in opened.record.components for line in component.associations}
    assert len(lines) == 1
    title = next(item.title for item in opened.record.acquisitions if item.id in lines)
    assert "63×" in str(title)  # of the larger group, whichever was chosen first
    rescan(opened, MORE)
    assert len(opened.record.acquisitions) == 2  # none was added for the new images


def test_a_group_of_ones_own_stays(opened: OpenCuration) -> None:
    rows = opened.record.images.ids[:2]
    opened.edit(split_group(opened.record, rows))
    first = keys(opened)
    assert first[0] == first[1] != first[2] == first[3]
    rescan(opened, MORE)
    assert keys(opened)[:7] == first
    assert keys(opened)[8] == first[2]  # a new image stays with the group that its header makes
    assert draft(MORE, opened.record) == []


def test_a_decision_can_be_undone(opened: OpenCuration) -> None:
    before = keys(opened)
    opened.edit(merge_groups(opened.record, [group.key for group in FIRST.groups]))
    opened.undo()
    assert keys(opened) == before
    assert draft(FIRST, opened.record) == []


def test_a_merged_group_tells_what_differs_in_words(opened: OpenCuration) -> None:
    opened.edit(merge_groups(opened.record, [group.key for group in FIRST.groups]))
    groups = {id(group) for group in Known(FIRST, opened.record).groups}
    (group,) = {id(found): found for found in Known(FIRST, opened.record).groups}.values()
    assert len(groups) == 1
    assert group.count == 7
    assert group.example.path == "a/0.tif"
    assert "3 of 7 differ: objective Plan-Apochromat 20x" in group.outliers[0].say("en")


def test_nothing_to_decide_gives_no_edits(opened: OpenCuration) -> None:
    (oil, _) = (group.key for group in FIRST.groups)
    assert merge_groups(opened.record, [oil]) == []
    assert merge_groups(opened.record, [oil, oil, "g-unknown"]) == []
    assert split_group(opened.record, ["none"]) == []


def test_without_decisions_groups_are_those_of_the_scan(opened: OpenCuration) -> None:
    assert set(map(id, Known(FIRST, opened.record).groups)) == set(map(id, FIRST.groups))


def acquisitions(opened: OpenCuration) -> list[str | None]:
    """Give the acquisition that each image is led to."""
    lines = lines_of(opened.record)
    return [lines[row][1].acquisition if row in lines else None for row in opened.record.images.ids]


def title_of(opened: OpenCuration, acquisition: str | None) -> str:
    return next(str(item.title) for item in opened.record.acquisitions if item.id == acquisition)


def test_after_a_split_the_rest_keeps_its_acquisition_and_the_new_part_proposes_its_own(opened: OpenCuration) -> None:
    before = acquisitions(opened)
    opened.set(f"/acquisitions/{before[0]}/title", "My nuclei")
    opened.set(f"/acquisitions/{before[0]}/software", "ZEN")
    opened.edit(split_group(opened.record, opened.record.images.ids[:1]))
    after = acquisitions(opened)
    assert after[1:] == before[1:]
    assert after[0] not in before
    assert title_of(opened, before[0]) == "My nuclei"
    assert title_of(opened, after[0]) == "My nuclei (2)"
    fresh = next(item for item in opened.record.acquisitions if item.id == after[0])
    assert (fresh.software, fresh.objective_magnification) == ("ZEN", 63)
    marks = [mark for path, mark in opened.record.marks.items() if path.startswith(f"/acquisitions/{after[0]}/")]
    assert marks
    assert not any(mark.confirmed for mark in marks)


def test_a_split_outlives_a_rescan_and_new_images_join_the_rest(opened: OpenCuration) -> None:
    before = acquisitions(opened)
    opened.edit(split_group(opened.record, opened.record.images.ids[:2]))
    after, count = acquisitions(opened), len(opened.record.acquisitions)
    opened.set(f"/acquisitions/{after[0]}/title", "Special")
    rescan(opened, MORE)
    assert acquisitions(opened)[:7] == after
    assert acquisitions(opened)[7:] == [before[6], before[3]]
    assert len(opened.record.acquisitions) == count
    assert title_of(opened, after[0]) == "Special"
    assert draft(MORE, opened.record) == []


def test_a_split_is_undone_as_one(opened: OpenCuration) -> None:
    before = opened.record
    opened.edit(split_group(opened.record, before.images.ids[:2]))
    opened.undo()
    assert opened.record == before


def test_a_part_that_was_merged_gets_its_own_acquisition_back(opened: OpenCuration) -> None:
    before = acquisitions(opened)
    opened.set(f"/acquisitions/{before[4]}/title", "Typed for air")
    opened.edit(merge_groups(opened.record, [group.key for group in FIRST.groups]))
    assert set(acquisitions(opened)) == {before[0]}
    opened.edit(split_group(opened.record, opened.record.images.ids[4:]))
    assert acquisitions(opened) == before
    assert title_of(opened, before[4]) == "Typed for air"


def test_what_the_new_part_says_otherwise_is_not_copied(opened: OpenCuration) -> None:
    before = acquisitions(opened)
    opened.edit(merge_groups(opened.record, [group.key for group in FIRST.groups]))
    opened.edit([{"op": "remove", "path": f"/acquisitions/{before[4]}"}])
    opened.edit(split_group(opened.record, opened.record.images.ids[4:]))
    fresh = next(item for item in opened.record.acquisitions if item.id == acquisitions(opened)[4])
    assert fresh.id not in before
    assert fresh.objective_magnification is None
    assert fresh.channels


def test_images_of_several_groups_share_one_acquisition_after_a_split(opened: OpenCuration) -> None:
    rows = opened.record.images.ids
    opened.edit(split_group(opened.record, [rows[0], rows[1], rows[5]]))
    after = acquisitions(opened)
    assert after[0] == after[1] == after[5] not in {after[2], after[4], None}


def test_images_that_lead_nowhere_are_split_all_the_same(opened: OpenCuration) -> None:
    rows = opened.record.images.ids[:2]
    opened.edit([{"op": "fill", "path": "/images/component", "rows": rows, "value": None}])
    edits = split_group(opened.record, rows)
    assert [edit.path for edit in edits] == ["/images/group"]


def test_a_group_split_and_merged_again_has_its_acquisition(opened: OpenCuration) -> None:
    before, key = acquisitions(opened), keys(opened)[0]
    opened.edit(split_group(opened.record, opened.record.images.ids[:1]))
    opened.edit(merge_groups(opened.record, [keys(opened)[0], key]))
    assert keys(opened)[:4] == [key] * 4
    assert acquisitions(opened) == before
    rescan(opened, MORE)
    assert acquisitions(opened)[8] == before[0]
