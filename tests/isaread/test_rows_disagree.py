"""An ISA-Tab of the layout that somebody edited so that its rows disagree: what is not kept is told, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from rembi_widgets.formats import Read, isatab
from rembi_widgets.formats.isatab._document import Document, Table
from rembi_widgets.record import Curation, Finding
from rembi_widgets.record import Table as Rows

CODE = "isaread.row_disagrees"


def study() -> Curation:
    """Two samples of one biosample, two images of each in one file."""
    samples = [{"id": f"sa-{n}", "title": f"sample {n}", "biosample": "bs-1", "specimen": "sp-1"} for n in (1, 2)]
    links = [{"id": f"as-{n}", "sample": f"sa-{n}", "acquisition": "ac-1"} for n in (1, 2)]
    files = Rows(("fl-1", "fl-2"), {"path": ("1.tif", "2.tif"), "sha256": ("1" * 64, "2" * 64)})
    columns = {
        "file": ("fl-1", "fl-1", "fl-2", "fl-2"),
        "scene": ("s1", "s2", "s1", "s2"),
        "component": ("sc-1",) * 4,
        "association": ("as-1", "as-1", "as-2", "as-2"),
    }
    return Curation.model_validate(
        {
            "study": {"title": "Cells", "description": "Cells in a dish.", "accession": "S-1"},
            "biosamples": [{"id": "bs-1", "title": "HeLa", "organism": [{"label": "Homo sapiens"}]}],
            "specimens": [{"id": "sp-1", "title": "fixed", "preparation_method": "PFA", "growth_medium": "DMEM"}],
            "samples": samples,
            "acquisitions": [
                {"id": "ac-1", "title": "confocal", "imaging_method": [{"label": "c"}], "objective_na": 1.4}
            ],
            "components": [{"id": "sc-1", "title": "all", "associations": links}],
            "files": files,
            "images": Rows(("im-1", "im-2", "im-3", "im-4"), columns),
        }
    )


def changed(folder: Path, header: str, row: int, text: str) -> tuple[Document, Table]:
    """Write the study, and give one cell another text."""
    isatab.write(study(), folder)
    document = isatab.open_document(folder)
    for table in document.tables.values():
        for column in table.columns:
            if column.header == header and table.cells(column.index)[row]:
                table.set(row, column.index, text)
                document.write(folder)
                return document, table
    raise AssertionError(header)


def told(found: Read) -> list[Finding]:
    return [one for one in found.findings if one.code == CODE]


@pytest.mark.parametrize(
    "header",
    [
        "Characteristics[organism]",
        "Comment[Biosample ID]",
        "Parameter Value[growth medium]",
        "Parameter Value[imaging method]",
        "Comment[SHA-256]",
    ],
)
def test_a_row_that_says_otherwise_is_told(header: str, tmp_path: Path) -> None:
    try:
        _, table = changed(tmp_path, header, 1, "edited")
    except AssertionError:
        pytest.fail(f"no such column: {header}")
    [one] = told(isatab.read(tmp_path))
    assert (one.found, one.values["header"], one.values["n"]) == ("edited", header, 1)
    assert (one.values["file"], one.values["line"]) == (table.name, 3)
    assert one.wanted


def test_nothing_is_told_of_what_was_not_changed(tmp_path: Path) -> None:
    isatab.write(study(), tmp_path)
    assert told(isatab.read(tmp_path)) == []
