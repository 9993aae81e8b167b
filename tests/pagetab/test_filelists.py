"""File lists: which file stands where, which columns tell files apart, and the README that counts them."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rembi_widgets.formats import pagetab
from rembi_widgets.formats.pagetab import _filelist, _readme
from rembi_widgets.formats.pagetab._columns import Column
from rembi_widgets.naming import all_accepted, is_accepted, proposal
from rembi_widgets.record import Absent, Curation, Table
from tests.checks.builder import clean, with_fill
from tests.formats.builder import full_record, table
from tests.pagetab.reading import PATH, Sent, read

ANNOTATION = {"id": "at-1", "title": "Nuclei", "annotation_type": ["segmentation_mask"], "overview": "o", "method": "m"}


def record(files: list[dict[str, Any]], images: list[dict[str, Any]] | None = None, **more: Any) -> Curation:
    base = clean().model_dump(exclude={"files", "images", "marks"})
    tables = {"files": table("fl", files), "images": table("im", images or [])}
    return Curation.model_validate({**base, **tables, **more})


def sent(tmp_path: Path, what: Curation) -> Sent:
    pagetab.write(what, tmp_path)
    return read(tmp_path)


def rows(tmp_path: Path, what: Curation) -> list[dict[str, str]]:
    [found] = sent(tmp_path, what).lists.values()
    return found


def of_component(paths: list[str], **columns: Any) -> list[dict[str, Any]]:
    return [
        {"path": path, "component": "sc-1", **{k: v[n] for k, v in columns.items()}} for n, path in enumerate(paths)
    ]


def test_only_columns_that_tell_files_apart_are_written(tmp_path: Path) -> None:
    files = of_component(["a.tif", "b.tif"])
    images = [
        {"file": "fl-1", "component": "sc-1", "well": "A1", "size_x": 512.0, "pixel_size_x": 0.3},
        {"file": "fl-2", "component": "sc-1", "well": "A2", "size_x": 512.0, "pixel_size_x": 0.25},
    ]
    assert rows(tmp_path, record(files, images)) == [
        {"Files": "a.tif", "Well": "A1", "PhysicalSizeX (um)": "0.3"},
        {"Files": "b.tif", "Well": "A2", "PhysicalSizeX (um)": "0.25"},
    ]


def test_no_cell_is_blank(tmp_path: Path) -> None:
    files = of_component(["a.tif", "b.tif", "c.csv"])
    images = [
        {"file": "fl-1", "component": "sc-1", "qc_info": "out of focus"},
        {"file": "fl-2", "component": "sc-1", "qc_info": None},
    ]
    found = [row["QC info"] for row in rows(tmp_path, record(files, images))]
    assert found == ["out of focus", "not recorded", "not applicable"]


def test_an_absence_is_said_with_its_reason(tmp_path: Path) -> None:
    files = of_component(["a.tif", "b.tif"])
    lost = Absent(absent="not_recorded", reason="label lost")
    images = [{"file": "fl-1", "component": "sc-1", "well": lost}, {"file": "fl-2", "component": "sc-1", "well": "A2"}]
    assert [row["Well"] for row in rows(tmp_path, record(files, images))] == ["not recorded (label lost)", "A2"]


def test_images_of_one_file_share_its_row(tmp_path: Path) -> None:
    files = of_component(["a.czi", "b.czi"])
    images = [
        {"file": "fl-1", "component": "sc-1", "scene_name": "s1", "well": "A1"},
        {"file": "fl-1", "component": "sc-1", "scene_name": "s2", "well": "A1"},
        {"file": "fl-2", "component": "sc-1", "scene_name": "s1", "well": "B1"},
    ]
    assert rows(tmp_path, record(files, images)) == [
        {"Files": "a.czi", "Well": "A1", "Scene name": "s1; s2"},
        {"Files": "b.czi", "Well": "B1", "Scene name": "s1"},
    ]


def test_folders_that_vary_become_columns(tmp_path: Path) -> None:
    files = of_component(["exp/control/day 1/a.tif", "exp/treated/day 1/b.tif", "exp/c.tif"])
    assert rows(tmp_path, record(files)) == [
        {"Files": "exp/control/day 1/a.tif", "Folder 2": "control", "Folder 3": "day 1"},
        {"Files": "exp/treated/day 1/b.tif", "Folder 2": "treated", "Folder 3": "day 1"},
        {"Files": "exp/c.tif", "Folder 2": "not applicable", "Folder 3": "not applicable"},
    ]


def test_paths_have_forward_slashes_and_a_directory_is_one_entry(tmp_path: Path) -> None:
    files = of_component(["plate\\A1.tif", "./plate/stack.ome.zarr/"], kind=["file", "directory"], size_bytes=[7, None])
    sent(tmp_path, record(files))
    data = (tmp_path / "file_list_Fixed-cells.json").read_bytes()
    assert [(one["path"], one["type"], one.get("size")) for one in json.loads(data)] == [
        ("plate/A1.tif", "file", 7),
        ("plate/stack.ome.zarr", "directory", None),
    ]


def test_samples_and_their_variables_are_told(tmp_path: Path) -> None:
    _, first, _ = sent(tmp_path, full_record()).lists.values()
    images = [row for row in first if row["Files"].startswith("images/")]
    assert {row["Biosample"] for row in images} == {"HeLa-1", "HeLa-2"}
    assert {row["Sample"] for row in images} == {"spec-1-1", "spec-2-1"}
    assert len({row["compound"] for row in images}) == 2
    assert len({row["Experimental status"] for row in images}) == 2


def test_results_stand_with_the_images_they_were_made_of(tmp_path: Path) -> None:
    lists = sent(tmp_path, full_record()).lists
    annotations, first, second = lists.values()
    made = {row["Files"]: row for row in first if row["Made by"] != "not applicable"}
    assert made.keys() == {
        *(f"masks/c1/spec-1-1_{n:03d}.ome.tiff" for n in range(3)),
        "transforms/t1.xml",
        "results/counts.csv",
    }
    assert made["transforms/t1.xml"]["source_image"] == "images/c1/spec-1-1_000.ome.tiff"
    assert all(row["Files"].startswith("images/c2/") for row in second)
    [row] = annotations
    assert row["Files"] == "annotations/a1.geojson"
    assert row["source_image"] == "images/c1/spec-2-1_001.ome.tiff"


def test_an_annotation_keeps_the_column_of_source_images_even_if_one_is_missing(tmp_path: Path) -> None:
    files = [
        *of_component(["a.tif"]),
        {"path": "m1.tif", "made_by": "at-1", "source_image": "im-1"},
        {"path": "m2.tif", "made_by": "at-1"},
        {"path": "m3.tif", "made_by": "at-1", "source_image": "fl-1"},
    ]
    made = record(files, [{"file": "fl-1", "component": "sc-1"}], annotations=[ANNOTATION])
    assert sent(tmp_path, made).lists["file_list_Nuclei.tsv"] == [
        {"Files": "m1.tif", "source_image": "a.tif"},
        {"Files": "m2.tif", "source_image": ""},
        {"Files": "m3.tif", "source_image": "a.tif"},
    ]


def test_files_that_belong_nowhere_are_told(tmp_path: Path) -> None:
    files = [*of_component(["a.tif"]), {"path": "notes.txt"}, {"path": "other.txt"}, {"path": None}]
    written = pagetab.write(record(files), tmp_path)
    [found] = [one for one in written.findings if one.code == "pagetab_unlisted"]
    assert (found.path, found.found, found.values["n"]) == ("/files/fl-2/component", "notes.txt", 2)


def test_two_lists_of_one_name_are_told_apart(tmp_path: Path) -> None:
    base = record([*of_component(["a.tif"]), {"path": "b.tif", "component": "sc-2"}])
    second = base.components[0].model_copy(update={"id": "sc-2", "title": "Fixed: cells", "associations": ()})
    lists = sent(tmp_path, base.model_copy(update={"components": (*base.components, second)})).lists
    assert list(lists) == ["file_list_Fixed-cells.tsv", "file_list_Fixed-cells_2.tsv"]


def test_a_component_without_files_has_no_list(tmp_path: Path) -> None:
    study = sent(tmp_path, record([])).study
    assert study.all("Study Component")[0].values("File List") == []
    assert not list(tmp_path.glob("file_list*"))


@pytest.mark.parametrize("value", ["a\tb", "two\nlines", "bell\x07", "\u2028"])
def test_a_cell_is_one_cell(tmp_path: Path, value: str) -> None:
    images = [{"file": "fl-1", "component": "sc-1", "well": value}, {"file": "fl-2", "component": "sc-1", "well": "x"}]
    found = rows(tmp_path, record(of_component(["a.tif", "b.tif"]), images))
    assert [row["Well"] for row in found] == [" ".join(value.replace("\x07", " ").split()) or "not recorded", "x"]


def test_free_columns_are_kept_and_headers_never_stand_twice(tmp_path: Path) -> None:
    files = of_component(["a.tif", "b.tif"], Well=["x", "y"], Files=["p", "q"])
    images = [{"file": f"fl-{n}", "component": "sc-1", "well": f"A{n}"} for n in (1, 2)]
    first = rows(tmp_path, record(files, images))[0]
    assert first == {"Files": "a.tif", "Well": "A1", "Files 2": "p", "Well 2": "x"}


def test_the_file_list_is_utf8_with_lf_and_no_mark(tmp_path: Path) -> None:
    images = [{"file": f"fl-{n}", "component": "sc-1", "well": f"é{n}"} for n in (1, 2)]
    sent(tmp_path, record(of_component(["a.tif", "b.tif"]), images))
    data = (tmp_path / "file_list_Fixed-cells.tsv").read_bytes()
    assert data == "Files\tWell\na.tif\té1\nb.tif\té2\n".encode()


def test_lists_are_streamed() -> None:
    count = 50_000
    paths = tuple(f"plate/{n:06d}.tif" for n in range(count))
    files = Table(
        tuple(f"fl-{n}" for n in range(count)), {"path": paths, "size_bytes": (1,) * count, "kind": ("file",) * count}
    )
    wells = Column("Well", tuple(f"W{n}" for n in range(96)), [n % 96 for n in range(count)])
    for spell in (_filelist.tsv, _filelist.as_json):
        tracemalloc.start()
        size = sum(map(len, spell(files, range(count), [wells])))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert size > 1_000_000
        assert peak < 300_000


@pytest.mark.parametrize(
    ("total", "largest", "road"),
    [(49e9, 19e9, "web"), (50e9, 1e9, "ftp"), (30e9, 20e9, "ftp"), (1e12, 1e9, "ftp"), (1.1e12, 1e9, "aspera")],
)
def test_the_road_follows_the_bytes(total: float, largest: float, road: str) -> None:
    assert _readme.road(total, largest) == road


def test_the_readme_tells_numbers_and_steps(tmp_path: Path) -> None:
    files = [*of_component(["a.tif", "b.tif"], size_bytes=[30_000_000_000, 25_000_000_000]), {"path": "no.txt"}]
    files += of_component(["c.zarr"])
    pagetab.write(record(files), tmp_path)
    said = (tmp_path / "README.txt").read_text(encoding="utf-8")
    assert "Files in the lists: 3." in said
    assert "Size in all: 55.0 GB. Largest file: 30.0 GB." in said
    assert "size is not known: 1." in said
    assert "Road: FTP" in said
    assert "file_list_Fixed-cells.tsv: 3" in said
    assert [line[:2] for line in said.splitlines() if line[:1].isdigit()] == ["1.", "2.", "3.", "4.", "5.", "6."]


def test_the_readme_is_english_whatever_the_language(tmp_path: Path) -> None:
    from rembi_widgets.locale import set_language

    set_language("fr")
    pagetab.write(clean(), tmp_path)
    assert "Submission to the BioImage Archive" in (tmp_path / "README.txt").read_text(encoding="utf-8")


REFUSED = [
    "é.tif",
    "a+b.tif",
    "a//../b.tif",
    "./a.tif",
    "a/",
    "50 %.tif",
    "a  b.tif",
    "µm.tif",
    "(1)&[2].tif",
    "細胞.tif",
]


@pytest.mark.parametrize("path", REFUSED)
def test_a_path_that_the_server_refuses_has_a_proposal(path: str) -> None:
    assert not is_accepted(path)
    assert is_accepted(proposal(path))
    assert PATH.match(proposal(path))


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=20))
def test_every_proposal_is_accepted_and_accepted_paths_stay(path: str) -> None:
    assert is_accepted(proposal(path))
    assert proposal(proposal(path)) == proposal(path)


@settings(max_examples=200, deadline=None)
@given(st.text("aZ09!-_*'(). /é&+", min_size=1, max_size=12))
def test_what_is_accepted_is_what_the_server_takes(path: str) -> None:
    assert is_accepted(path) == (PATH.match(path) is not None and "  " not in path)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text("aZ9. /é", min_size=1, max_size=6), max_size=4))
def test_many_paths_are_accepted_if_each_is(paths: list[str]) -> None:
    assert all_accepted(paths) == all(map(is_accepted, paths))


def test_an_image_leads_its_file_to_its_component(tmp_path: Path) -> None:
    moved = with_fill("component", None, ("fl-0", "fl-1"))
    assert len(rows(tmp_path, moved)) == len(clean().files)
