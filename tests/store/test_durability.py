"""The disk refuses, the process dies: every change whose call returned is there afterwards."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.record import Edit
from rembi_widgets.store import DiskError, inside, open_curation

WRITER = """
import sys
from rembi_widgets.store import open_curation
curation = open_curation(sys.argv[1], author="a")
for n in range(int(sys.argv[2])):
    curation.set("/study/title", f"title {n} " + "x" * (n % 300))
    sys.stdout.write(f"{n}\\n"); sys.stdout.flush()
"""


@pytest.mark.parametrize("seed", range(6))
def test_a_killed_process_loses_no_returned_change(tmp_path: Path, seed: int) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path), "100000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as made:
        assert made.stdout is not None
        made.stdout.readline()
        time.sleep(random.Random(seed).uniform(0.02, 0.4))
        made.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
        returned = made.stdout.read().split(b"\n")[-2:]
    last = int(next((line for line in reversed(returned) if line), b"0"))
    again = open_curation(tmp_path, author="a")
    assert len(again.history) in {last + 1, last + 2}
    assert str(again.record.study.title).startswith(f"title {len(again.history) - 1} ")


class Refusing:
    """``os.write`` of a disk that takes ``room`` more bytes."""

    def __init__(self, room: int, code: int = errno.ENOSPC) -> None:
        self.room, self.code, self.real = room, code, os.write

    def __call__(self, handle: int, data: memoryview) -> int:
        if not self.room:
            raise OSError(self.code, os.strerror(self.code))
        part = bytes(data[: self.room])
        self.room -= len(part)
        return self.real(handle, part)


@pytest.mark.parametrize("room", [0, 1, 40, 100])
def test_a_full_disk_leaves_record_and_journal_as_they_were(
    tmp_path: Path, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    curation = open_curation(tmp_path)
    curation.set("/study/title", "before")
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", Refusing(room))
        with pytest.raises(DiskError, match="disk is full"):
            curation.set("/study/title", "x" * 500)
    assert curation.record.study.title == "before"
    curation.set("/study/description", "after")
    again = open_curation(tmp_path)
    assert (again.record.study.title, again.record.study.description) == ("before", "after")
    assert again.reports == []


def test_a_torn_line_that_cannot_be_cut_back_is_never_appended_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    curation = open_curation(tmp_path)
    curation.set("/study/title", "before")

    def stuck(*_: object) -> None:
        raise OSError(errno.EIO, "stuck")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", Refusing(30))
        patch.setattr(os, "ftruncate", stuck)
        with pytest.raises(DiskError):
            curation.set("/study/title", "torn")
    curation.set("/study/title", "after")
    again = open_curation(tmp_path)
    assert again.record.study.title == "after"
    assert [finding.code for finding in again.reports] == ["journal_torn"]


@pytest.mark.parametrize(
    ("code", "words"), [(errno.EACCES, "read-only"), (errno.EROFS, "read-only"), (errno.EIO, "system says")]
)
def test_refusals_are_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str) -> None:
    curation = open_curation(tmp_path)

    def refuse(*_: object, **__: object) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(DiskError, match=words):
        curation.set("/study/title", "x")
    assert curation.record.study.title is None


def test_a_full_disk_while_large_values_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = tuple(f"im-{n}" for n in range(1000))
    curation = open_curation(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", Refusing(500))
        with pytest.raises(DiskError):
            curation.propose([Edit(op="add", path="/images", rows=rows)])
    assert len(curation.record.images) == 0
    curation.propose([Edit(op="add", path="/images", rows=rows)])
    assert len(open_curation(tmp_path).record.images) == 1000


def test_a_checkpoint_that_fails_leaves_the_old_one_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    curation = open_curation(tmp_path)
    curation.set("/study/title", "one")
    curation.checkpoint()
    before = (tmp_path / "rembi.json").read_bytes()
    curation.set("/study/title", "two")
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", Refusing(200))
        with pytest.raises(DiskError):
            curation.checkpoint()
    assert (tmp_path / "rembi.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".rembi.json")] == []
    curation.close()
    assert b'"two"' in (tmp_path / "rembi.json").read_bytes()


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "a/../../b", "", "a\0b", "out/file"])
def test_no_path_leaves_the_dataset(tmp_path: Path, path: str) -> None:
    root = tmp_path / "dataset"
    root.mkdir()
    (root / "out").symlink_to(tmp_path)
    with pytest.raises(RembiError, match="out of the dataset"):
        inside(root, path)
    assert not open_curation(root).facts.exists(path)


def test_names_are_found_in_either_unicode_form(tmp_path: Path) -> None:
    (tmp_path / "cafe\u0301.tif").write_bytes(b"12")
    facts = open_curation(tmp_path).facts
    assert facts.exists("caf\u00e9.tif")
    assert facts.size("caf\u00e9.tif") == 2
