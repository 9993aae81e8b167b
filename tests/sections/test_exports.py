"""What the screens write leaves whole: matrix and images of a correlation in every export, and back from ISA-Tab."""

from __future__ import annotations

from pathlib import Path

import pytest

from rembi_widgets import formats
from rembi_widgets.record import Change, Curation, Edit, apply, read_matrix, read_related

MATRIX = "[[0.98, -0.1, 12.5], [0.1, 0.98, -3], [0, 0, 1]] µm"
RELATED = "moving: light/*.tif; odd%3B.tif | fixed: sem/a.mrc | laid over by hand"


def record() -> Curation:
    paths = ("light/1.tif", "odd;.tif", "sem/a.mrc", "light/1_mask.tif")
    files = tuple(f"fl-{n}" for n in range(len(paths)))
    images = tuple(f"im-{n}" for n in range(3))
    edits = [
        Edit(op="set", path="/study/title", value="Correlated light and electron microscopy of cells"),
        Edit(op="set", path="/setup/imaging", value=["correlative"]),
        Edit(op="add", path="/biosamples", id="bs-1", value={"title": "HeLa"}),
        Edit(op="add", path="/specimens", id="sp-1", value={"title": "Frozen"}),
        Edit(op="add", path="/samples", id="sa-1", value={"title": "S", "biosample": "bs-1", "specimen": "sp-1"}),
        Edit(op="add", path="/acquisitions", id="ac-1", value={"title": "Confocal"}),
        Edit(
            op="add",
            path="/correlations",
            id="co-1",
            value={"title": "CLEM", "transformation_matrix": MATRIX, "related_images": RELATED},
        ),
        Edit(op="add", path="/annotations", id="at-1", value={"title": "Masks"}),
        Edit(
            op="add",
            path="/components",
            id="sc-1",
            value={
                "title": "Cells",
                "associations": [{"id": "as-1", "sample": "sa-1", "acquisition": "ac-1", "correlation": "co-1"}],
            },
        ),
        Edit(op="add", path="/files", rows=files),
        Edit(op="fill", path="/files/path", rows=files, values=paths),
        Edit(op="fill", path="/files/component", rows=files[:3], value="sc-1"),
        Edit(op="fill", path="/files/made_by", rows=files[3:], value="at-1"),
        Edit(op="add", path="/images", rows=images),
        Edit(op="fill", path="/images/file", rows=images, values=files[:3]),
        Edit(op="fill", path="/images/component", rows=images, value="sc-1"),
        Edit(op="fill", path="/images/association", rows=images, value="as-1"),
        Edit(op="fill", path="/files/source_image", rows=files[3:], value="im-0"),
    ]
    return apply(Curation(), Change(id="w-1", edits=tuple(edits)))


def written(folder: Path) -> str:
    parts = [
        path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".txt", ".tsv", ".json"}
    ]
    return "\n".join(parts)


@pytest.mark.parametrize("name", ["isatab", "bia"])
def test_the_matrix_is_written_as_it_is_kept(name: str, tmp_path: Path) -> None:
    formats.write(name, record(), tmp_path)
    assert MATRIX in written(tmp_path)


def test_both_come_back_from_isa_tab(tmp_path: Path) -> None:
    formats.write("isatab", record(), tmp_path)
    (one,) = formats.read(tmp_path).record.correlations
    assert (one.transformation_matrix, one.related_images) == (MATRIX, RELATED)
    matrix = read_matrix(str(one.transformation_matrix))
    assert matrix is not None
    assert str(matrix.matrix) == MATRIX
    assert read_related(str(one.related_images)).fixed == ("sem/a.mrc",)


def test_the_source_of_a_mask_is_written(tmp_path: Path) -> None:
    formats.write("bia", record(), tmp_path)
    said = written(tmp_path)
    assert "light/1_mask.tif\tlight/1.tif" in said or '"light/1.tif"' in said
