"""When the curator reads a folder: not before a person has said where the record should go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.store import open_curation
from rembi_widgets.widgets import Curator, _scanning


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    calls: list[Any] = []
    monkeypatch.setattr(_scanning, "start", calls.append)
    return calls


def attach(curator: Curator) -> None:
    curator._hear(curator, {"kind": "attach", "req": "1"}, [])


def test_a_folder_without_a_curation_is_neither_read_nor_written(tmp_path: Path, started: list[Any]) -> None:
    curator = Curator(tmp_path)
    attach(curator)
    curator.session.close()
    assert started == []
    assert list(tmp_path.iterdir()) == []


def test_a_curation_that_was_set_up_is_read_once_when_it_is_shown(tmp_path: Path, started: list[Any]) -> None:
    with open_curation(tmp_path) as opened:
        opened.set("/setup/targets", ["isatab"])
    curator = Curator(tmp_path)
    assert started == []
    attach(curator)
    attach(curator)
    curator.session.close()
    assert len(started) == 1


def test_a_page_that_comes_back_while_a_scan_runs_is_told_how_far_it_is(tmp_path: Path) -> None:
    curator = Curator(tmp_path)
    assert curator.session.snapshot()["scan"] == {"state": "idle"}
    curator.session.extra["progress"] = {"state": "running", "done": 3, "of": 9}
    assert curator.session.snapshot()["scan"] == {"state": "running", "done": 3, "of": 9}
    curator.session.close()


def test_the_first_screen_knows_what_it_may_offer() -> None:
    curator = Curator(root="/data", make_demo=lambda: Path("/data/demo"), page=True)
    assert curator.options == {"page": True, "start": True, "demo": True, "folder": "/data"}
