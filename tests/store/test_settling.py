"""Settling on disk, changes that nobody was told of yet, and looking at a copy before taking it in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.record import Change
from rembi_widgets.store import merge_copy, open_curation, preview_copy

TITLE = "/study/title"


def test_a_conflict_made_by_what_was_not_shown_is_settled_once(tmp_path: Path) -> None:
    ada, grace = open_curation(tmp_path, author="ada"), open_curation(tmp_path, author="grace")
    first = ada.set(TITLE, "Nuclei")
    grace.refresh()
    second = grace.edit([{"op": "set", "path": TITLE, "value": "Kernels"}], unseen=[first.id])
    ada.refresh()
    assert [one.path for one in ada.conflicts] == [one.path for one in grace.conflicts] == [TITLE]
    ada.settle(TITLE, first.id)
    with pytest.raises(RembiError, match="settled"):
        grace.settle(TITLE, second.id)
    assert grace.conflicts == ()
    assert grace.record.study.title == "Nuclei"
    ada.undo()
    assert ada.record.study.title == "Kernels"


def test_what_comes_in_with_a_change_of_one_s_own_is_told_too(tmp_path: Path) -> None:
    ada, grace = open_curation(tmp_path, author="ada"), open_curation(tmp_path, author="grace")
    told: list[Change] = []
    grace.on_change(told.append)
    ada.set(TITLE, "Nuclei")
    grace.set("/study/description", "of cells")
    ada.set("/study/acknowledgements", "to all")
    assert grace.undo() is not None
    assert grace.undo() is None
    grace.refresh()
    assert [change.author for change in told] == ["ada", "grace", "ada", "grace"]


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path]:
    first, second = tmp_path / "here", tmp_path / "there"
    first.mkdir()
    with open_curation(first, author="ada") as curation:
        curation.set(TITLE, "Nuclei")
    shutil.copytree(first, second)
    with open_curation(second, author="grace") as curation:
        curation.set(TITLE, "Kernels")
        curation.set("/study/description", "of cells")
    return first, second


def test_a_copy_is_looked_at_before_it_is_taken(copies: tuple[Path, Path]) -> None:
    here, there = copies
    with open_curation(here, author="ada") as curation:
        curation.set(TITLE, "Cells")
        before = sorted(path for path in here.rglob("*") if path.suffix == ".ndjson")
        preview = preview_copy(curation, there)
        assert preview.changes == 2
        (conflict,) = preview.conflicts
        assert {rival.value for rival in conflict.rivals} == {"Cells", "Kernels"}
        assert curation.record.study.description is None
        assert curation.conflicts == ()
        assert before == sorted(path for path in here.rglob("*") if path.suffix == ".ndjson")
        taken = merge_copy(curation, there)
        assert len(taken.changes) == preview.changes
        assert taken.conflicts == preview.conflicts
        again = preview_copy(curation, there)
        assert (again.changes, again.conflicts) == (0, ())


def test_a_copy_of_itself_or_of_nothing_is_refused(copies: tuple[Path, Path], tmp_path: Path) -> None:
    here, there = copies
    (tmp_path / "empty").mkdir()
    with open_curation(here, author="ada") as curation:
        for ask in (preview_copy, merge_copy):
            with pytest.raises(RembiError, match="this dataset itself"):
                ask(curation, here)
            with pytest.raises(RembiError, match="no curation"):
                ask(curation, tmp_path / "empty")
            with pytest.raises(RembiError, match="no folder"):
                ask(curation, tmp_path / "nowhere")
            with pytest.raises(RembiError, match="in memory"):
                ask(open_curation(), there)
