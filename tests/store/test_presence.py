"""Who is there: signs of life on clocks that differ, in files that are half written, in folders that refuse."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from rembi_widgets.store import Presence, _presence, open_curation
from rembi_widgets.store._presence import ALIVE_S, BEAT_S, STALE_S


class Clock:
    """The time of a file system, the host and this process, each settable by itself."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.ticks = 1000.0
        self.host = 1e9
        patch.setattr(time, "monotonic", lambda: self.ticks)
        patch.setattr(time, "time", lambda: self.host)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / ".rembi"


def sign(home: Path, writer: str, age: float, text: str = '{"author": "Grace", "host": "lab-7"}') -> Path:
    """Write the sign of life of somebody else, so old by the file system's clock."""
    path = home / "present" / f"{writer}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    then = path.stat().st_mtime - age
    os.utime(path, (then, then))
    return path


def test_two_writers_see_each_other_and_not_themselves(home: Path) -> None:
    ada, grace = Presence(home, "w-a", "Ada"), Presence(home, "w-g", "Grace")
    ada.beat()
    grace.beat()
    (seen,) = ada.others()
    assert (seen.writer, seen.author) == ("w-g", "Grace")
    assert seen.host
    assert [one.author for one in grace.others()] == ["Ada"]
    grace.leave()
    assert ada.others() == ()
    grace.leave()  # twice does no harm


def test_a_sign_of_life_is_given_every_ten_seconds_at_most(home: Path, clock: Clock) -> None:
    ada = Presence(home, "w-a", "Ada")
    ada.beat()
    first = (home / "present" / "w-a.json").stat().st_ino
    clock.ticks += BEAT_S - 1
    ada.beat()
    assert (home / "present" / "w-a.json").stat().st_ino == first
    (home / "present" / "w-a.json").unlink()
    clock.ticks += 2
    ada.beat()
    assert (home / "present" / "w-a.json").exists()


@pytest.mark.parametrize("skew", [-1e8, 0, 1e8])
def test_the_host_s_clock_does_not_count(home: Path, clock: Clock, skew: float) -> None:
    clock.host = time.time() + skew
    sign(home, "w-g", 5)
    sign(home, "w-old", ALIVE_S + 5)
    ada = Presence(home, "w-a", "Ada")
    ada.beat()
    (seen,) = ada.others()
    assert seen.writer == "w-g"
    assert seen.active_s == pytest.approx(5, abs=2)


def test_who_ended_without_a_word_is_forgotten_then_taken_away(home: Path, clock: Clock) -> None:
    path = sign(home, "w-g", 0)
    ada = Presence(home, "w-a", "Ada")
    ada.beat()
    assert len(ada.others()) == 1
    clock.ticks += ALIVE_S + 1
    assert ada.others() == ()
    assert path.exists()
    then = path.stat().st_mtime - STALE_S - 10
    os.utime(path, (then, then))
    ada.beat()
    assert not path.exists()


def test_without_a_file_of_one_s_own_what_moves_is_alive(home: Path, clock: Clock) -> None:
    path = sign(home, "w-g", 0)
    clock.host = path.stat().st_mtime + 1e8  # this host's clock says that it is years old
    ada = Presence(home, "w-a", "Ada")
    assert ada.others() == ()
    now = path.stat().st_mtime + BEAT_S
    os.utime(path, (now, now))
    assert [one.author for one in ada.others()] == ["Grace"]
    clock.ticks += ALIVE_S + 1
    assert ada.others() == ()
    assert not (home / "present" / "w-a.json").exists()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', "[" * 100_000, '{"author": 7, "host": null}'])
def test_a_file_that_says_anything(home: Path, text: str) -> None:
    sign(home, "w-g", 0, text)
    ada = Presence(home, "w-a", "Ada")
    ada.beat()
    assert [(one.author, one.host) for one in ada.others()] in ([], [("", "")])


def test_names_are_cut_and_lose_what_does_not_print(home: Path) -> None:
    sign(home, "w-g", 0, json.dumps({"author": "G\u202e\n" + "x" * 500, "host": "\x1b[31mlab"}))
    (seen,) = Presence(home, "w-a", "Ada").others()
    assert seen.author.startswith("Gx")
    assert len(seen.author) == _presence.LONGEST
    assert seen.host == "[31mlab"


def test_other_files_and_folders_are_nobody(home: Path) -> None:
    (home / "present" / "w-d.json").mkdir(parents=True)
    (home / "present" / ".w-t.json.tmp").write_text("{}")
    (home / "present" / ".json").write_text("{}")
    assert Presence(home, "w-a", "Ada").others() == ()


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ada = Presence(tmp_path / "file", "w-a", "Ada")
    ada.beat()
    assert ada.others() == ()
    ada.leave()


def test_what_somebody_wrote_last_counts_as_active(home: Path, clock: Clock) -> None:
    sign(home, "w-g", 20)
    journal = home / "journal" / "w-g.ndjson"
    journal.parent.mkdir()
    journal.write_text("{}\n")
    ada = Presence(home, "w-a", "Ada")
    ada.beat()
    assert ada.others()[0].active_s < 10


def test_opening_writes_nothing_the_first_change_does_and_closing_takes_it_away(tmp_path: Path) -> None:
    with open_curation(tmp_path, author="Ada") as ada:
        assert list(tmp_path.iterdir()) == []
        ada.set("/study/title", "Nuclei")
        (path,) = (tmp_path / ".rembi" / "present").iterdir()
        assert path.name == f"{ada.writer}.json"
        said = json.loads(path.read_text())
        assert (said["author"], said["process"]) == ("Ada", os.getpid())
        with open_curation(tmp_path, author="Grace") as grace:  # who is not the first shows all the same
            grace.set("/study/description", "of cells")
            assert {path.stem for path in path.parent.iterdir()} == {ada.writer, grace.writer}
    assert list(path.parent.iterdir()) == []
