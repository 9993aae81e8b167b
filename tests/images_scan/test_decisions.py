"""Groups that a person split and merged: the decision outlives rescans, and new images follow it."""

from __future__ import annotations

import pytest

from rembi_widgets.images import Scan, draft, merge_groups, split_group
from rembi_widgets.images._draft_known import Known
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
    lines = {line.acquisition for component in opened.record.components for line in component.associations}
    assert len(lines) == 1
    title = next(item.title for item in opened.record.acquisitions if item.id in lines)
    assert "20×" in str(title)
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
