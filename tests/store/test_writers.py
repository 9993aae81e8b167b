"""Several processes on one dataset: nothing lost, the same record for all, whatever the drive does."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rembi_widgets.store import OpenCuration, open_curation

COUNT = 300
SCRIPT = f"""
import sys
from rembi_widgets.record import Edit
from rembi_widgets.store import open_curation

folder, author = sys.argv[1:]
with open_curation(folder, author=author) as curation:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range({COUNT}):
        if number % 3 == 0:
            curation.add("/biosamples", {{"title": f"{{author}} {{number}}"}})
        elif number % 3 == 1:
            curation.set("/study/title", f"{{author}} {{number}}")
        else:
            curation.set(f"/study/{{'description' if author == 'ada' else 'acknowledgements'}}", str(number))
"""


def test_three_hundred_changes_of_each_of_two_processes(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    writers = [
        subprocess.Popen([*command, author], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for author in ("ada", "grace")
    ]
    for one in writers:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in writers:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in writers:
        one.communicate()
        assert one.returncode == 0
    sides = [open_curation(tmp_path, author=author) for author in ("ada", "grace", "rosalind")]
    assert [len(side.history) for side in sides] == [2 * COUNT] * 3
    record = sides[0].record
    assert all(side.record == record for side in sides)
    assert sorted(one.title or "" for one in record.biosamples) == sorted(
        f"{author} {number}" for author in ("ada", "grace") for number in range(0, COUNT, 3)
    )
    assert record.study.description == record.study.acknowledgements == str(COUNT - 1)
    finals = {f"{author} {COUNT - 2}" for author in ("ada", "grace")}
    assert record.study.title in finals
    told = {rival.value for conflict in sides[0].conflicts for rival in conflict.rivals}
    assert told in (set(), finals)  # empty if the faster one was done before the slower one's last title


def test_a_conflict_is_there_after_a_restart_and_gone_once_settled(tmp_path: Path) -> None:
    ada = open_curation(tmp_path, author="ada")
    grace = open_curation(tmp_path, author="grace")
    _apart(ada, grace)
    for author in ("ada", "grace", "rosalind"):
        (conflict,) = open_curation(tmp_path, author=author).conflicts
        assert {rival.value for rival in conflict.rivals} == {"Nuclei", "Kernels"}
    with open_curation(tmp_path, author="rosalind") as rosalind:
        rosalind.set("/study/title", "Nuclei")
    for one in (ada, grace):
        one.refresh()
        assert one.conflicts == ()
        assert one.record.study.title == "Nuclei"


def _apart(ada: OpenCuration, grace: OpenCuration) -> None:
    """Let two set a title without knowing of each other, as on a drive that shows others' files late."""
    held = grace._journals
    grace._journals = None
    ada.set("/study/title", "Nuclei")
    change = grace.edit([{"op": "set", "path": "/study/title", "value": "Kernels"}])
    grace._journals = held
    assert held is not None
    held.write(change)
    grace.refresh()


def test_a_journal_that_arrives_late_is_merged_where_it_belongs(tmp_path: Path) -> None:
    ada = open_curation(tmp_path, author="ada")
    ada.set("/study/title", "Nuclei")
    late = tmp_path / ".rembi" / "journal" / f"{ada.writer}.ndjson"
    hidden = tmp_path / "late.ndjson"
    late.rename(hidden)
    grace = open_curation(tmp_path, author="grace")
    grace.set("/study/description", "of cells")
    grace.set("/study/title", "Kernels")
    hidden.rename(late)
    grace.refresh()
    assert [len(one.rivals) for one in grace.conflicts] == [2]
    assert grace.record == open_curation(tmp_path).record
    assert {change.author for change in grace.history} == {"ada", "grace"}


def test_a_truncated_journal_gives_its_whole_lines_and_later_the_rest(tmp_path: Path) -> None:
    ada = open_curation(tmp_path, author="ada")
    for title in ("one", "two", "three"):
        ada.set("/study/title", title)
    path = tmp_path / ".rembi" / "journal" / f"{ada.writer}.ndjson"
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:1]) + lines[1][:20])
    reader = open_curation(tmp_path, author="grace")
    assert reader.record.study.title == "one"
    assert [finding.code for finding in reader.reports] == ["journal_torn"]
    path.write_bytes(whole)
    reader.refresh()
    assert reader.record.study.title == "three"
    assert len(reader.history) == 3


def test_no_lock_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    fcntl = pytest.importorskip("fcntl")
    monkeypatch.setattr(fcntl, "flock", refuse)
    monkeypatch.setattr(fcntl, "lockf", refuse)
    monkeypatch.setattr(os, "link", refuse)
    with open_curation(tmp_path, author="ada") as ada, open_curation(tmp_path, author="grace") as grace:
        ada.set("/study/title", "Nuclei")
        grace.set("/study/description", "of cells")
    study = open_curation(tmp_path).record.study
    assert (study.title, study.description) == ("Nuclei", "of cells")


def test_clocks_that_differ_by_years_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, grace = open_curation(tmp_path, author="ada"), open_curation(tmp_path, author="grace")
    now = time.time()
    for turn in range(6):
        one = (ada, grace)[turn % 2]
        with monkeypatch.context() as patch:
            patch.setattr(time, "time", lambda turn=turn: now + (turn % 2) * 1e8)
            one.set("/study/title", str(turn))
    for one in (ada, grace, open_curation(tmp_path)):
        one.refresh()
        assert one.record.study.title == "5"
        assert one.conflicts == ()


def test_what_came_too_late_in_part_is_told(tmp_path: Path) -> None:
    ada, grace = open_curation(tmp_path, author="ada"), open_curation(tmp_path, author="grace")
    identity = ada.add("/biosamples", {"title": "cells"})
    grace.refresh()
    held, ada._journals = ada._journals, None
    grace.set("/study/description", "of cells")
    removal = ada.remove(f"/biosamples/{identity}")
    ada._journals = held
    edits = [{"op": "move", "path": f"/biosamples/{identity}"}, {"op": "set", "path": "/study/title", "value": "N"}]
    grace.edit(edits)  # later in the common order, and without knowing of the removal
    assert held is not None
    held.write(removal)
    reader = open_curation(tmp_path)
    assert reader.record.study.title == "N"
    assert reader.record.biosamples == ()
    assert [finding.code for finding in reader.reports] == ["change_partly"]
    ada.refresh()
    assert [finding.code for finding in ada.reports] == ["change_partly"]
