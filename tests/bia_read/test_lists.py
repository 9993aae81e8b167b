"""File lists: what the server refuses in them is told with the line, everything else is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rembi_widgets.formats import pagetab
from rembi_widgets.formats.pagetab._document import Source
from rembi_widgets.formats.pagetab._document_lists import FileList, find_list, read_list
from rembi_widgets.record import Curation
from tests.bia_read.test_values import section, submission


def listed(folder: Path, data: bytes, name: str = "list.tsv") -> tuple[FileList, list[tuple[str, str, str]]]:
    path = folder / name
    path.write_bytes(data)
    held = Source(name)
    found = read_list(path, held)
    assert found is not None
    return found, [(one.level, one.code.removeprefix("pagetab."), one.path.partition("#")[2]) for one in held.findings]


GOOD = b"Files\tChannel\na/1.tif\tDAPI\n\nb 2.tif\n"

FAULTS = {
    b"\xef\xbb\xbf" + GOOD: ("error", "list_byte_order_mark", "1:1"),
    GOOD.replace(b"Files", b"files"): ("error", "list_first_cell", "1:1"),
    GOOD.replace(b"Channel", b"\tChannel"): ("error", "blank_header", "1:2"),
    GOOD + b"\tGFP\n": ("error", "blank_path", "5:1"),
    GOOD + b"c.tif\tx\ty\n": ("warning", "cells_ignored", "5:3"),
    b"Files\tChannel\n": ("error", "list_empty", "1:1"),
    GOOD + b"\xe9.tif\n": ("error", "list_no_text", "5:1"),
}


@pytest.mark.parametrize("data", FAULTS)
def test_each_fault_of_a_list_is_told(tmp_path: Path, data: bytes) -> None:
    assert FAULTS[data] in listed(tmp_path, data)[1]


def test_a_list_is_read_by_column(tmp_path: Path) -> None:
    found, told = listed(tmp_path, GOOD)
    assert (found.paths, found.columns) == (["a/1.tif", "b 2.tif"], {"Channel": ["DAPI", None]})
    assert told == []


def test_a_list_in_json(tmp_path: Path) -> None:
    rows = [
        {"path": "a.zarr", "type": "directory", "size": 5, "attributes": [{"name": "n", "value": "1"}]},
        {"path": " "},
        "x",
    ]
    found, told = listed(tmp_path, json.dumps(rows).encode(), "list.json")
    assert (found.paths, found.kinds, found.sizes) == (["a.zarr"], ["directory"], [5])
    assert told == [("error", "blank_path", "/1")]


def test_decimals_in_a_workbook_are_told(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (("Files", "Size"), ("a.tif", 0.65), ("b.tif", "1")):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    held = Source("list.xlsx")
    found = read_list(tmp_path / "list.xlsx", held)
    assert found is not None
    assert found.columns == {"Size": ["0.65", "1"]}
    assert [one.code for one in held.findings] == ["pagetab.list_decimals"]


def test_a_list_is_found_beside_the_document_and_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "out.tsv").write_text("Files\n", encoding="utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.json").write_text("[]", encoding="utf-8")
    assert find_list(folder, "a.json") == (folder / "a.json").resolve()
    assert find_list(folder, "a.tsv") == (folder / "a.json").resolve()
    for name in ("../out.tsv", str(tmp_path / "out.tsv"), "b.tsv", "", "a\x00.tsv", "in"):
        assert find_list(folder, name) is None


def study(folder: Path, images: str, masks: str = "") -> Curation:
    (folder / "images.tsv").write_text(images, encoding="utf-8")
    (folder / "masks.tsv").write_text(masks or "Files\nm.png\n", encoding="utf-8")
    rows = [section("Associations", ("Biosample", name), ("Image acquisition", "a")) for name in ("b1", "b2")]
    path = submission(
        folder,
        *(section("Biosample", ("Title", name)) for name in ("b1", "b2")),
        section("Image acquisition", ("Title", "a")),
        section("Image analysis", ("Title", "tracks"), ("Image analysis overview", "o")),
        section("Annotation", ("Title", "m"), ("File List", "masks.tsv")),
        section("Study Component", ("Name", "c"), ("File List", "images.tsv"), subsections=rows),
    )
    return pagetab.read(path).record


def test_columns_are_fields_where_they_are(tmp_path: Path) -> None:
    record = study(
        tmp_path,
        "Files\tBiosample\tSizeX\tWell\tFolder 1\tCompound\tMade by\tsource_image\n"
        "p/1.tif\tb1\t512\tA1\tp\taspirin\tnot applicable\tnot applicable\n"
        "p/2.tif\tb2\t256\tA2\tp\tnone\tnot applicable\tnot applicable\n"
        "t.csv\tnot applicable\tnot applicable\tnot applicable\tnot applicable\tx\ttracks\tp/1.tif\n",
        "Files\tSource image\tAnnotation Type\nm.png\tp/2.tif\tcounts\n",
    )
    images, files = record.images, record.files
    assert images.column("size_x") == (512.0, 256.0)
    assert images.column("well") == ("A1", "A2")
    links = record.components[0].associations
    assert images.column("association") == (links[0].id, links[1].id)
    assert files.column("x-bia-Compound") == ("aspirin", "none", "x", None)
    assert "x-bia-Folder 1" not in files.columns
    assert files.column("made_by") == (None, None, record.analyses[0].id, record.annotations[0].id)
    assert files.column("source_image") == (None, None, images.ids[0], images.ids[1])
    assert files.column("annotation_type")[-1] == "counts"


def test_a_source_image_that_no_list_has_is_told_and_kept(tmp_path: Path) -> None:
    record = study(tmp_path, "Files\np/1.tif\n", "Files\tsource_image\nm.png\tgone.tif\n")
    assert record.files.column("source_image") == (None, None)
    assert record.files.column("x-bia-source_image") == (None, "gone.tif")
    codes = [one.code for one in pagetab.read(tmp_path / "submission.json").findings]
    assert "pagetab.source_image_unlisted" in codes


def test_a_path_in_two_lists_is_one_file(tmp_path: Path) -> None:
    record = study(tmp_path, "Files\np/1.tif\np/1.tif\n")
    assert record.files.column("path") == ("p/1.tif", "m.png")


def test_a_list_that_is_not_there_keeps_its_name(tmp_path: Path) -> None:
    path = submission(tmp_path, section("Study Component", ("Name", "c"), ("File List", "gone/list.tsv")))
    read = pagetab.read(path)
    (one,) = read.record.components
    assert one.plain()["x-bia-File List"] == "gone/list.tsv"
    pagetab.write(read.record, tmp_path / "out")
    (written,) = pagetab.open_document(tmp_path / "out").submission.section.children()
    assert [it.value for it in written.attributes if it.name == "File List"] == ["gone/list.tsv"]
