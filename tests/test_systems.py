"""What the three systems do differently, each tried with fakes on whichever of them runs."""

from __future__ import annotations

import errno
import ntpath
import os
import re
import sys
import types
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets import systems
from rembi_widgets.systems import (
    HERE,
    LONGEST_PATH,
    System,
    all_portable,
    composed,
    fault_of,
    folded,
    is_blind_to_case,
)

LINUX, MACOS, WINDOWS = System("linux"), System("macos"), System("windows")
DEEP = "C:\\data\\" + "plate 1\\" * 40 + "a.tif"
NFD, NFC = "cre\u0302te.tif", "cr\u00eate.tif"


def test_the_system_that_runs_is_named() -> None:
    named = {"win32": "windows", "darwin": "macos"}
    assert HERE.name == named.get(sys.platform, "linux")
    assert [systems._here(name) for name in ("win32", "darwin", "linux", "freebsd14")] == [
        "windows",
        "macos",
        "linux",
        "linux",
    ]


# -- long paths


def test_a_long_path_on_windows_gets_its_prefix_and_no_other_does() -> None:
    assert WINDOWS.reach(DEEP) == "\\\\?\\" + DEEP
    assert WINDOWS.reach("C:\\data\\a.tif") == "C:\\data\\a.tif"
    assert WINDOWS.reach(WINDOWS.reach(DEEP)) == WINDOWS.reach(DEEP)
    assert LINUX.reach(DEEP) == MACOS.reach(DEEP) == DEEP


def test_a_long_path_is_written_plainly_behind_its_prefix() -> None:
    crooked = DEEP.replace("C:\\data\\", "C:/data/./raw/../")
    assert WINDOWS.reach(crooked) == "\\\\?\\" + DEEP


def test_a_long_path_on_a_share_has_the_prefix_of_shares() -> None:
    share = DEEP.replace("C:\\", "\\\\server\\images\\")
    assert WINDOWS.reach(share) == "\\\\?\\UNC\\" + share[2:]


def test_a_relative_path_has_no_long_form() -> None:
    assert WINDOWS.reach("plate\\" * 60 + "a.tif") == "plate\\" * 60 + "a.tif"


def test_a_root_reaches_what_lies_deep_below() -> None:
    root = WINDOWS.root("C:\\data")
    assert root == "\\\\?\\C:\\data"
    assert ntpath.join(root, *["plate 1"] * 40).startswith("\\\\?\\C:\\data\\plate 1")
    assert LINUX.root("/data") == "/data"


# -- names


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("A01.ome.tif", None),
        ("plate 1/A01.tif", None),
        (".hidden/..a/a.b.c", None),
        ("a:b.tif", "letters"),
        ("what?.tif", "letters"),
        ("back\\slash.tif", "letters"),
        ("tab\t.tif", "letters"),
        ("aux", "reserved"),
        ("AUX.tif", "reserved"),
        ("plate/con .ome.tif", "reserved"),
        ("com1/a.tif", "reserved"),
        ("LPT²", "reserved"),
        ("com10.tif", None),
        ("auxiliary.tif", None),
        ("a/console.tif", None),
        ("a.", "end"),
        ("day 1 /a.tif", "end"),
        ("x" * 201, "long"),
        ("é" * 128, "long"),
        ("é" * 127, None),
    ],
)
def test_what_windows_does_not_hold_is_named_by_its_reason(path: str, fault: str | None) -> None:
    assert fault_of(path) == fault
    if fault != "long" or len(path) > 200:
        assert all_portable(["ok.tif", path, "b/c.tif"]) is (fault is None)


@given(st.lists(st.text(st.sampled_from("a./ :\ncomux1²"), max_size=8).filter(bool), max_size=5))
def test_many_paths_are_never_called_portable_when_one_is_not(paths: list[str]) -> None:
    if all_portable(paths):
        assert [fault_of(path) for path in paths] == [None] * len(paths)


def test_two_ways_to_write_an_accent_are_one_name() -> None:
    assert composed(NFD) == composed(NFC) == NFC
    assert composed("plain.tif") == "plain.tif"
    assert folded("CR\u00caTE.TIF") == folded(NFD)
    assert folded("a.tif") != folded("b.tif")


def test_whether_a_disk_is_blind_to_case_is_seen_and_not_guessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_blind_to_case(tmp_path) is None
    (tmp_path / "123").touch()
    assert is_blind_to_case(tmp_path) is None
    (tmp_path / "Plate.tif").touch()
    seen = is_blind_to_case(tmp_path)
    assert seen is (tmp_path / "pLATE.TIF").exists()
    monkeypatch.setattr(os.path, "lexists", lambda _place: True)
    assert is_blind_to_case(tmp_path) is True
    assert is_blind_to_case(tmp_path / "nowhere") is None


# -- the disk


def test_macos_flushes_the_drive_too_and_falls_back_where_it_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int]] = []
    fake = types.SimpleNamespace(F_FULLFSYNC=51, fcntl=lambda handle, what: asked.append((f"fcntl {what}", handle)))
    monkeypatch.setitem(sys.modules, "fcntl", fake)
    monkeypatch.setattr(os, "fsync", lambda handle: asked.append(("fsync", handle)))
    MACOS.flush(7)
    LINUX.flush(8)
    WINDOWS.flush(9)
    assert asked == [("fcntl 51", 7), ("fsync", 8), ("fsync", 9)]

    def refuse(_handle: int, _what: int) -> None:
        raise OSError(errno.ENOTSUP, "not here")

    fake.fcntl = refuse
    MACOS.flush(7)
    assert asked[-1] == ("fsync", 7)


def test_a_disk_that_refuses_to_flush_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        LINUX.flush(3)


def test_a_folder_is_flushed_where_there_is_such_a_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(os, "fsync", asked.append)
    WINDOWS.flush_folder(tmp_path)
    assert asked == []
    LINUX.flush_folder(tmp_path)
    assert len(asked) == 1


def test_a_network_drive_without_folder_flush_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(errno.EINVAL, "not a file")

    monkeypatch.setattr(os, "fsync", refuse)
    LINUX.flush_folder(tmp_path)
    LINUX.flush_folder(tmp_path / "nowhere")


class Busy:
    """A fresh file whose target is open in another program for the first few tries."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.tries = 0

    def replace(self, _path: object) -> None:
        self.tries += 1
        if self.tries <= self.times:
            raise PermissionError(errno.EACCES, "in use")


@pytest.mark.parametrize("times", [0, 1, systems.TRIES - 1])
def test_windows_tries_again_while_a_file_is_read(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(systems.time, "sleep", waits.append)
    busy = Busy(times)
    WINDOWS.put_in_place(busy, Path("rembi.json"))  # type: ignore[arg-type]
    assert busy.tries == times + 1
    assert len(waits) == times
    assert sum(waits) < 1


def test_a_file_that_stays_in_use_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(systems.time, "sleep", lambda _wait: None)
    with pytest.raises(PermissionError):
        WINDOWS.put_in_place(Busy(99), Path("rembi.json"))  # type: ignore[arg-type]
    busy = Busy(1)
    with pytest.raises(PermissionError):
        LINUX.put_in_place(busy, Path("rembi.json"))  # type: ignore[arg-type]
    assert busy.tries == 1  # a refusal on Linux is one for good


# -- what differs lives here and nowhere else

ELSEWHERE = re.compile(r"\bos\.name\b|\bsys\.platform\b|\bplatform\.system\b|\bos\.fsync\b|normalize\(\"NFC\"")
ALLOWED = {"systems.py", "_server_paths.py"}
"""The second composes names for a server's rule, whatever the system."""


def test_no_other_module_asks_which_system_runs() -> None:
    package = Path(systems.__file__).parent
    found = [
        str(file.relative_to(package))
        for file in sorted(package.rglob("*.py"))
        if file.name not in ALLOWED and ELSEWHERE.search(file.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert LONGEST_PATH == 259
