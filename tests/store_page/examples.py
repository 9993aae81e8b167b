"""The examples of the pages on the store: ``python -m tests.store_page.examples`` puts them into the pages.

They are written by the store itself, on a small dataset, with names and times that are always the same.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

from rembi_widgets.record import Edit, Origin
from rembi_widgets.store import OpenCuration, _curation
from rembi_widgets.store._checkpoint import write

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGES = {"en": DOCS / "store-and-changes.md", "fr": DOCS / "store-and-changes.fr.md"}
BLOCK = re.compile(r"<!-- example: (?P<name>[a-z-]+) -->\n```json\n(?P<held>.*?)```", re.DOTALL)
ADA, BO = "w-ada22222", "w-bob33333"
SCAN = Origin(kind="scan", source="control/1.ome.tiff", header="Image/@AcquisitionDate")


@contextmanager
def fixed() -> Iterator[None]:
    """Have the store tell times and make ids that are always the same."""
    ticks, ids = count(), count(1)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return datetime(2026, 11, 24, 9, 0, tzinfo=UTC) + timedelta(minutes=next(ticks))

    with ExitStack() as held:
        held.enter_context(mock.patch.object(_curation, "datetime", Clock))
        held.enter_context(mock.patch.object(_curation, "new_id", lambda prefix, *_: f"{prefix}-example{next(ids)}"))
        yield


def person(folder: Path, writer: str, author: str) -> OpenCuration:
    """Open the dataset as somebody whose journal has a name that is always the same."""
    with mock.patch.object(_curation, "new_id", return_value=writer):
        return OpenCuration(folder, author=author)


def curate(folder: Path) -> dict[str, str]:
    """Curate a small dataset as two people, and give the journal lines by the names of the examples."""
    with fixed():
        ada = person(folder, ADA, "Ada")
        named = {
            "set": ada.set("/study/title", "Nuclei of HeLa cells"),
            "add": ada.edit(
                [Edit(op="add", path="/biosamples", id="bs-hela2222", value={"title": "HeLa", "organism": ["human"]})]
            ),
            "scan": ada.edit(_scanned(), origin=SCAN),
            "confirm": ada.edit(
                [
                    Edit(op="confirm", path="/images/im-one22222/acquired_at"),
                    Edit(op="clear", path="/biosamples/bs-hela2222/organism"),
                ]
            ),
        }
        undone = ada.undo()
        assert undone is not None
        named["undo"] = undone[0]
        bo = person(folder, BO, "Bo")
        named["apart-one"] = ada.set("/study/title", "Nuclei of HeLa cells, fixed")
        with mock.patch.object(bo, "_catch_up", return_value=()):
            named["apart-two"] = bo.set("/study/title", "Shape of nuclei")
        assert [conflict.path for conflict in _after(ada).conflicts] == ["/study/title"]
        named["settled"] = ada.set("/study/title", "Shape of nuclei of HeLa cells")
        assert not _after(bo).conflicts
        named["large"] = ada.edit(_large())
        for one in (bo, ada):
            one.close()
        write(folder, ada.record, ada.history)
    return {name: _line(folder, change.id) for name, change in named.items()}


def _after(one: OpenCuration) -> OpenCuration:
    one.refresh()
    return one


def _scanned() -> list[Edit]:
    rows, images = ("fl-one22222", "fl-two22222"), ("im-one22222", "im-two22222")
    return [
        Edit(op="add", path="/files", rows=rows, value={"path": ["control/1.ome.tiff", "treated/2.ome.tiff"]}),
        Edit(op="add", path="/images", rows=images, value={"file": list(rows)}),
        Edit(op="fill", path="/images/acquired_at", rows=images, values=("2026-03-12T10:41:00", "2026-03-12T11:05:00")),
    ]


def _large() -> list[Edit]:
    rows = tuple(f"fl-more{number:04d}" for number in range(100))
    paths = tuple(f"more/{number:04d}.tif" for number in range(100))
    return [Edit(op="add", path="/files", rows=rows), Edit(op="fill", path="/files/path", rows=rows, values=paths)]


def _line(folder: Path, change: str) -> str:
    for path in sorted((folder / ".rembi" / "journal").glob("*.ndjson")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if json.loads(line)["id"] == change:
                return line
    raise LookupError(change)


def made() -> dict[str, str]:
    """Give the text of each example."""
    with tempfile.TemporaryDirectory() as folder:
        lines = curate(Path(folder))
        checkpoint = (Path(folder) / "rembi.json").read_text(encoding="utf-8")
        return {**{name: f"{line}\n" for name, line in lines.items()}, "checkpoint": checkpoint}


def filled(page: str) -> str:
    """Give the page with its examples as the store writes them now."""
    examples = made()
    return BLOCK.sub(lambda found: f"<!-- example: {found['name']} -->\n```json\n{examples[found['name']]}```", page)


if __name__ == "__main__":
    for each in PAGES.values():
        each.write_text(filled(each.read_text(encoding="utf-8")), encoding="utf-8")
        sys.stdout.write(f"{each}\n")
