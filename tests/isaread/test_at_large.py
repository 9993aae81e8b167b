"""ISA-Tabs of thousands of images: columns that are held compactly are written and read as plain tuples are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rembi_widgets.formats import isatab
from rembi_widgets.formats.isatab._compact import all_differ
from rembi_widgets.formats.isatab._used import Links
from rembi_widgets.record import Association, Column, Curation, Table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COUNT = 2_300
SAMPLES = 23


def paths_that_differ(number: int) -> str:
    return f"plate {number // 100}/field_{number:05d}.ome.tiff"


def paths_of_one_stem(number: int) -> str:
    return f"plate {number // 10}/Field {number % 10}.tif"


def paths_that_are_odd(number: int) -> str:
    return f"é {number}/not applicable" if number % 3 else f'a "b" {number}; c.tif'


def record(path: Callable[[int], str], *, components: int = 1, scenes: int = 1, run: int = 1) -> Curation:
    """Give a study: samples by turns in the table of images, two components, several images in one file."""
    rows, files = range(COUNT), range(-(-COUNT // scenes))
    samples = [
        {"id": f"sa-{n}", "title": f"sample {n}", "biosample": "bs-1", "specimen": "sp-1"} for n in range(SAMPLES)
    ]
    homes = [f"sc-{n}" for n in range(components)]
    lines = {
        home: [{"id": f"as-{home}-{n}", "sample": f"sa-{n}", "acquisition": "ac-1"} for n in range(SAMPLES)]
        for home in homes
    }
    home = [homes[n * components // COUNT] for n in rows]
    columns: dict[str, tuple[Any, ...]] = {
        "file": tuple(f"fl-{n // scenes}" for n in rows),
        "scene_index": tuple(float(n % scenes) if scenes > 1 else None for n in rows),
        "component": tuple(home),
        "association": tuple(f"as-{home[n]}-{n // run % SAMPLES}" for n in rows),
        "size_x": tuple(2048.0 if n % 5 else 1024.0 for n in rows),
        "qc_info": tuple(f"note {n}" if n % 7 == 0 else None for n in rows),
        "image_format": ("OME-TIFF",) * COUNT,
    }
    tables = {
        "files": Table(
            tuple(f"fl-{n}" for n in files),
            {"path": tuple(map(path, files)), "sha256": tuple(f"{n:064x}" for n in files)},
        ),
        "images": Table(tuple(f"im-{n}" for n in rows), {k: v for k, v in columns.items() if any(map(bool, v))}),
    }
    return Curation.model_validate(
        {
            "study": {"title": "Many images", "description": "Many images.", "accession": "S-many"},
            "biosamples": [{"id": "bs-1", "title": "HeLa", "organism": [{"label": "Homo sapiens"}]}],
            "specimens": [{"id": "sp-1", "title": "fixed", "preparation_method": "PFA"}],
            "samples": samples,
            "acquisitions": [{"id": "ac-1", "title": "confocal", "imaging_method": ["confocal"]}],
            "components": [{"id": home, "title": home, "associations": lines[home]} for home in homes],
            **tables,
        }
    )


STUDIES = {
    "each image a file": {"path": paths_that_differ},
    "samples in runs": {"path": paths_that_differ, "run": 100},
    "stems that others have": {"path": paths_of_one_stem},
    "odd paths": {"path": paths_that_are_odd},
    "two components": {"path": paths_that_differ, "components": 2},
    "several images a file": {"path": paths_of_one_stem, "scenes": 4},
}


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("study", STUDIES.values(), ids=STUDIES)
def test_columns_are_written_as_tuples_are(
    study: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compactly = record(**study)
    assert isinstance(compactly.images.column("file"), Column)
    isatab.write(compactly, tmp_path / "compactly")
    monkeypatch.setattr("rembi_widgets.record._column.SMALL", 10 * COUNT)
    plainly = record(**study)
    assert isinstance(plainly.images.column("file"), tuple)
    isatab.write(plainly, tmp_path / "plainly")
    assert bytes_of(tmp_path / "compactly") == bytes_of(tmp_path / "plainly")


@pytest.mark.parametrize("study", STUDIES.values(), ids=STUDIES)
def test_what_is_written_is_read(study: dict[str, Any], tmp_path: Path) -> None:
    made = record(**study)
    isatab.write(made, tmp_path)
    read = isatab.read(tmp_path).record
    assert isinstance(read.images.ids, Column)
    paths = dict(zip(read.files.ids, read.files.column("path"), strict=True))
    known = dict(zip(made.files.ids, made.files.column("path"), strict=True))
    assert sorted(paths.values()) == sorted(known.values())
    for row in made.images.ids:
        told, wanted = read.images.row(row), made.images.row(row)
        assert paths[told.pop("file")] == known[wanted.pop("file")]
        assert told == wanted
    sums = dict(zip(read.files.column("path"), read.files.column("sha256"), strict=True))
    assert sums == dict(zip(made.files.column("path"), made.files.column("sha256"), strict=True))


@pytest.mark.parametrize("study", STUDIES.values(), ids=STUDIES)
def test_it_is_read_as_if_it_were_small(study: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    isatab.write(record(**study), tmp_path)
    compactly = isatab.read(tmp_path).record
    monkeypatch.setattr("rembi_widgets.record._column.SMALL", 10 * COUNT)
    plainly = isatab.read(tmp_path).record
    assert isinstance(plainly.images.ids, tuple)
    assert compactly.images == plainly.images
    assert compactly.files == plainly.files
    assert compactly.marks == plainly.marks


def test_an_export_of_thousands_of_images_is_clean(tmp_path: Path) -> None:
    isatab.write(record(paths_of_one_stem, scenes=4), tmp_path)
    assert [finding for finding in isatab.check(tmp_path) if finding.level != "info"] == []


def test_an_image_without_an_association_has_no_link() -> None:
    links, one = Links(3), Association(id="as-1")
    links.put(1, one)
    assert dict(links) == {1: one}
    assert len(links) == 1
    assert (0 in links, 1 in links, 3 in links, -1 in links) == (False, True, False, False)
    assert list(links.each()) == links.of([1]) == [one]
    assert list(links.among(["a", "b", "c"])) == ["b"]


def test_texts_that_come_twice_do_not_all_differ() -> None:
    assert all_differ(iter(["a", "b"]), 2)
    assert not all_differ(["a", "b", "a"], 3)
    assert all_differ((), 0)
