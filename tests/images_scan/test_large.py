"""Many images are one change: a line of the journal, few bytes a row, one step back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rembi_widgets.images import draft
from rembi_widgets.store import open_curation
from tests.images_scan.makers import AIR, OIL, image, scan_of

ROWS = 3000


def many(folder: Path, rows: int) -> Any:
    lenses = (OIL, AIR)
    images = [
        image(
            f"plate_{n % 5}/field_{n:06d}.ome.tif",
            objective=lenses[n % 2],
            scene_name=f"field {n}",
            px_z_um=0.5 if n % 3 else None,
        )
        for n in range(rows)
    ]
    return scan_of(*images, folder=folder)


def test_a_large_scan_is_one_line_of_few_bytes_a_row_and_one_step_back(tmp_path: Path) -> None:
    found = many(tmp_path, ROWS)
    with open_curation(tmp_path) as opened:
        edits = draft(found, opened.record)
        opened.propose(edits)
        (journal,) = (tmp_path / ".rembi" / "journal").iterdir()
        assert journal.read_bytes().count(b"\n") == 1
        held = sum(file.stat().st_size for file in (tmp_path / ".rembi").rglob("*") if file.is_file())
        columns = {
            json.dumps(list(column), ensure_ascii=False, separators=(",", ":"))
            for edit in edits
            if edit.rows
            for column in edit.value.values()
        }
        values = sum(len(column.encode()) for column in columns)
        assert held - values <= 100 * ROWS
        assert len(opened.record.images) == ROWS
        assert len(opened.record.acquisitions) == 2
        assert len(opened.record.components) == 10
        assert draft(found, opened.record) == []
        opened.undo()
        assert (len(opened.record.images), len(opened.record.files)) == (0, 0)
        opened.redo()
        assert len(opened.record.images) == ROWS


def test_a_restart_finds_the_rows_with_their_marks(tmp_path: Path) -> None:
    with open_curation(tmp_path) as opened:
        opened.propose(draft(many(tmp_path, 200), opened.record))
        record = opened.record
    assert open_curation(tmp_path).record == record
