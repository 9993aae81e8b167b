"""A session over files of a small study: images, masks of two of them, and what is neither."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.store import open_curation
from rembi_widgets.widgets._session import Session

IMAGES = [f"raw/cell_{n:03d}.tif" for n in range(1, 4)]
MADE = [f"masks/cell_{n:03d}_mask.tif" for n in (1, 2, 9)]
OTHERS = ["notes/readme.md", "results/all.csv"]


def rows() -> list[dict[str, Any]]:
    paths = [*IMAGES, *MADE, *OTHERS]
    files = [f"fl-{n}" for n in range(len(paths))]
    images = [f"im-{n}" for n in range(len(IMAGES) + len(MADE))]  # a scan reads masks as images too
    return [
        {"op": "add", "path": "/files", "rows": files},
        {"op": "fill", "path": "/files/path", "rows": files, "values": paths},
        {"op": "add", "path": "/images", "rows": images},
        {"op": "fill", "path": "/images/file", "rows": images, "values": files[: len(images)]},
        {"op": "fill", "path": "/images/component", "rows": images[:3], "value": "sc-1"},
        {"op": "fill", "path": "/images/group", "rows": images[:2], "value": "g1"},
        {"op": "add", "path": "/components", "id": "sc-1", "value": {"title": "Cells"}},
        {"op": "add", "path": "/annotations", "id": "at-1", "value": {"title": "Masks"}},
        {"op": "add", "path": "/analyses", "id": "an-1", "value": {"title": "Counts"}},
        {"op": "add", "path": "/correlations", "id": "co-1", "value": {"title": "CLEM"}},
        {"op": "add", "path": "/specimens", "id": "sp-1", "value": {"title": "PFA", "preparation_method": "4% PFA"}},
    ]


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setenv("REMBI_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setattr("rembi_widgets.store._lab.config_folder", lambda: tmp_path / "settings")
    monkeypatch.delenv("REMBI_LAB", raising=False)
    opened = open_curation(None)
    opened.edit(rows())
    made = Session(opened)
    made.extra["root"] = str(tmp_path)
    return made
