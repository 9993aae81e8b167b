"""A session over a small dataset on disk, with images of two groups, and what it told its view."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.record import Edit
from rembi_widgets.store import open_curation
from rembi_widgets.widgets._handlers import HANDLERS
from rembi_widgets.widgets._session import Session

PENCIL = {"confirmed": False, "origin": {"kind": "scan", "source": "a.tiff"}}
IMAGES = ("im-1", "im-2", "im-3")


def edits() -> list[Edit | dict[str, Any]]:
    """Give the edits that make the dataset's curation: two samples, one acquisition, three images of two groups."""
    lines = [
        {"id": "as-1", "sample": "sa-1", "acquisition": "ac-1"},
        {"id": "as-2", "sample": "sa-2", "acquisition": "ac-1"},
    ]
    columns: dict[str, tuple[Any, ...]] = {
        "file": ("fl-1", "fl-2", "fl-3"),
        "component": ("sc-1",) * 3,
        "association": ("as-1", "as-2", None),
        "group": ("g1", "g1", None),
        "size_x": (128, 128, 64),
    }
    return [
        {"op": "add", "path": "/samples", "id": "sa-1", "value": {"title": "HeLa control"}},
        {"op": "add", "path": "/samples", "id": "sa-2", "value": {"title": "HeLa treated"}},
        {"op": "add", "path": "/acquisitions", "id": "ac-1", "value": {"title": "Confocal"}},
        {"op": "set", "path": "/acquisitions/ac-1/instrument_model", "value": "LSM 980", "mark": PENCIL},
        {"op": "add", "path": "/components", "id": "sc-1", "value": {"title": "Fixed", "associations": lines}},
        {"op": "add", "path": "/files", "rows": ["fl-1", "fl-2", "fl-3"]},
        {
            "op": "fill",
            "path": "/files/path",
            "rows": ["fl-1", "fl-2", "fl-3"],
            "values": ["b/2.tiff", "a/1.tiff", "c.tiff"],
        },
        {"op": "add", "path": "/images", "rows": list(IMAGES)},
        *(
            {"op": "fill", "path": f"/images/{name}", "rows": list(IMAGES), "values": held}
            for name, held in columns.items()
        ),
        {
            "op": "fill",
            "path": "/images/qc_info",
            "rows": ["im-1", "im-2"],
            "value": "blurred",
            "marks": {"all": PENCIL},
        },
    ]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path / "root"
    (place / "set").mkdir(parents=True)
    return place


@pytest.fixture
def session(root: Path) -> Any:
    made = Session(open_curation(root / "set"), lang="en")
    made.extra["root"] = root
    made.curation.edit(edits())
    yield made
    made.close()


@pytest.fixture
def ask(session: Session) -> Any:
    """Ask as a view does; gives the answer, and the buffers if there are any."""

    def asked(kind: str, buffers: list[bytes] | None = None, **content: Any) -> Any:
        return HANDLERS[kind](session, {"kind": kind, **content}, buffers or [])

    return asked
