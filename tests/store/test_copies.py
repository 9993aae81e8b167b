"""Two copies of one dataset, edited apart and brought together again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings

from rembi_widgets.errors import RembiError
from rembi_widgets.record import Curation, Edit, Mark, Origin, diff, merge
from rembi_widgets.store import merge_copy, open_curation
from tests.strategies import records


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path]:
    first, second = tmp_path / "here", tmp_path / "there"
    first.mkdir()
    with open_curation(first, author="ada") as curation:
        curation.set("/study/title", "Nuclei")
        curation.edit([Edit(op="add", path="/biosamples", id="bs-1", value={"title": "cells"})])
        curation.set("/study/keywords", [str(number) for number in range(100)])
    shutil.copytree(first, second)
    return first, second


def test_disjoint_edits_of_two_copies_are_joined(copies: tuple[Path, Path]) -> None:
    here, there = copies
    with open_curation(there, author="grace") as curation:
        curation.set("/study/description", "of cells")
        curation.set("/study/keywords", [str(number) for number in range(200)])
    before = {path: path.read_bytes() for path in there.rglob("*") if path.is_file()}
    with open_curation(here, author="ada") as curation:
        curation.set("/biosamples/bs-1/description", "fixed")
        found = merge_copy(curation, there)
        assert len(found.changes) == 2
        assert found.conflicts == found.reports == ()
        study = curation.record.study
        assert (study.title, study.description, len(study.keywords)) == ("Nuclei", "of cells", 200)
        assert curation.record.biosamples[0].description == "fixed"
        assert merge_copy(curation, there).changes == ()
    assert before == {path: path.read_bytes() for path in there.rglob("*") if path.is_file()}
    assert open_curation(here).record == curation.record


def test_a_field_edited_in_both_is_a_conflict(copies: tuple[Path, Path]) -> None:
    here, there = copies
    with open_curation(there, author="grace") as curation:
        curation.set("/study/title", "Kernels")
    with open_curation(here, author="ada") as curation:
        curation.set("/study/title", "Cells")
        (conflict,) = merge_copy(curation, there).conflicts
        assert {(rival.author, rival.value) for rival in conflict.rivals} == {("ada", "Cells"), ("grace", "Kernels")}
        curation.set("/study/title", "Kernels")
    with open_curation(there, author="grace") as curation:
        found = merge_copy(curation, here)
        assert found.conflicts == ()
        assert curation.record.study.title == "Kernels"


def test_files_edited_by_hand_in_the_other_copy_count(copies: tuple[Path, Path]) -> None:
    here, there = copies
    said = json.loads((there / "rembi.json").read_text())
    said["study"]["title"] = "by hand"
    said["study"]["acknowledgements"] = "thanks"
    (there / "rembi.json").write_text(json.dumps(said))
    with open_curation(here, author="ada") as curation:
        curation.set("/study/title", "Cells")
        (conflict,) = merge_copy(curation, there).conflicts
        assert {rival.value for rival in conflict.rivals} == {"by hand", "Cells"}
        assert curation.record.study.acknowledgements == "thanks"


def test_a_copy_whose_journals_were_left_behind(copies: tuple[Path, Path]) -> None:
    here, there = copies
    with open_curation(there, author="grace") as curation:
        curation.set("/study/description", "of cells")
    shutil.rmtree(there / ".rembi")
    with open_curation(here, author="ada") as curation:
        curation.set("/study/acknowledgements", "thanks")
        found = merge_copy(curation, there)
        assert found.conflicts == ()
        study = curation.record.study
        assert (study.title, study.description, study.acknowledgements) == ("Nuclei", "of cells", "thanks")


def test_what_is_no_copy_is_refused(copies: tuple[Path, Path], tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with open_curation(copies[0]) as curation:
        with pytest.raises(RembiError) as caught:
            merge_copy(curation, empty)
        assert caught.value.key == "store.no_curation"
        with pytest.raises(RembiError) as caught:
            merge_copy(curation, tmp_path / "nowhere")
        assert caught.value.key == "store.no_folder"
    with pytest.raises(RembiError) as caught:
        merge_copy(open_curation(), copies[0])
    assert caught.value.key == "store.not_on_disk"


def test_a_torn_journal_of_the_copy_is_told(copies: tuple[Path, Path]) -> None:
    here, there = copies
    with open_curation(there, author="grace") as curation:
        curation.set("/study/description", "of cells")
        journal = there / ".rembi" / "journal" / f"{curation.writer}.ndjson"
    journal.write_bytes(journal.read_bytes() + b'{"id":')
    with open_curation(here, author="ada") as curation:
        found = merge_copy(curation, there)
        assert [one.code for one in found.reports] == ["journal_torn"]
        assert curation.record.study.description == "of cells"


# -- the pure function


def record(**study: object) -> Curation:
    return Curation.model_validate({"study": study})


def test_three_ways_field_by_field() -> None:
    base = record(title="Nuclei", description="of cells", acknowledgements="thanks")
    ours = record(title="Cells", description="of cells", acknowledgements="merci")
    theirs = record(title="Kernels", description="of tissue", acknowledgements="merci")
    found = merge(base, ours, theirs)
    assert found.record.study == record(title="Cells", description="of tissue", acknowledgements="merci").study
    assert {c.path: [(r.author, r.value) for r in c.rivals] for c in found.conflicts} == {
        "/study/title": [("theirs", "Kernels"), ("ours", "Cells")]
    }


def test_a_proposal_yields_to_a_person_from_either_side() -> None:
    proposal = Mark(confirmed=False, origin=Origin(kind="scan"))
    typed = Mark(confirmed=True, origin=Origin(kind="typed"))
    scanned = record(title="from the header").model_copy(update={"marks": {"/study/title": proposal}})
    given = record(title="by hand").model_copy(update={"marks": {"/study/title": typed}})
    for ours, theirs in ((scanned, given), (given, scanned)):
        found = merge(Curation(), ours, theirs)
        assert found.conflicts == ()
        assert found.record.study.title == "by hand"
        assert found.record.marks["/study/title"] == typed


@settings(max_examples=40, deadline=None)
@given(records(), records())
def test_merging_with_what_one_began_from_is_the_other(base: Curation, other: Curation) -> None:
    assert merge(base, other, base) == (other, ())
    assert merge(base, base, other) == (other, ())
    assert merge(base, other, other).conflicts == ()
    assert diff(merge(base, other, other).record, other) == ()
