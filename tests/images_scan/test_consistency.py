"""Across a set: values that differ, planes and files that are missing, files that are there twice."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from rembi_widgets.images import Note, _consistency, scan
from rembi_widgets.images._consistency import _missing, duplicates
from rembi_widgets.images._scan import ScanFile
from tests.images.make import described, ome
from tests.images_scan.makers import ACTIN, image, scan_of


def told(*images: object, key: str = "scan.set.differs") -> list[dict[str, object]]:
    found = scan_of(*images).inconsistencies  # type: ignore[arg-type]
    return [dict(note.values) for note in found if note.key == key]


def test_a_set_that_fits_together_has_nothing_to_tell() -> None:
    assert scan_of(*(image(f"a/x{n}.tif") for n in range(5))).inconsistencies == ()


@pytest.mark.parametrize(
    ("given", "what", "value"),
    [
        ({"pixel_type": "uint8"}, "pixel_type", "uint8"),
        ({"channels": (ACTIN, ACTIN)}, "channels", "F-actin, F-actin"),
        ({"size_c": 3}, "size_c", 3),
        ({"px_x_um": 0.2, "px_y_um": 0.2}, "pixel_size", "0.2 × 0.2 µm"),
        ({"px_x_um": None, "px_y_um": None}, "pixel_size", None),
    ],
)
def test_what_differs_in_a_folder_is_told(given: dict[str, object], what: str, value: object) -> None:
    (note,) = told(*(image(f"a/x{n}.tif") for n in range(4)), image("a/x4.tif", **given))
    assert (note["what"], note["value"], note["count"], note["of"]) == (what, value, 1, 5)
    assert note["example"] == "a/x4.tif"
    assert note["folder"] == "a"


def test_other_folders_and_other_formats_are_other_sets() -> None:
    assert told(image("a/x.tif"), image("b/x.tif", pixel_type="uint8"), image("a/x.png", format="PNG", size_c=1)) == []


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_sentences_name_values_in_their_language(lang: str) -> None:
    notes = scan_of(image("a/1.tif"), image("a/2.tif"), image("a/3.tif", px_x_um=None, px_y_um=None)).inconsistencies
    said = notes[0].say(lang)
    assert ("pixel size" if lang == "en" else "taille") in said
    assert "None" not in said
    assert "{" not in said


def test_files_cut_short_are_told_together() -> None:
    short = Note("images.note.cut_short", {"wanted": 10, "size": 5})
    images = [image(f"a/x{n}.tif", warnings=(short,) if n < 4 else ()) for n in range(6)]
    (note,) = told(*images, key="scan.set.cut_short")
    assert note["count"] == 4
    assert note["names"] == "a/x0.tif, a/x1.tif, a/x2.tif, …"


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        ("1 2 4", ["3"]),
        ("001 002 005 006 007", ["003", "004"]),
        ("008 009 011", ["010"]),
        ("98 99 101", ["100"]),
        ("1 2 3", []),
        ("1 9", []),
        ("1 500 1000", []),  # that is no series
        ("1 2", []),
    ],
)
def test_gaps_in_a_series(numbers: str, missing: list[str]) -> None:
    assert _missing(set(numbers.split())) == missing


def test_each_missing_file_is_told_once() -> None:
    names = [f"a/t{t}_z{z}.tif" for t in range(4) for z in range(4) if (t, z) != (1, 2)]
    (note,) = told(*map(image, names), key="scan.set.gap")
    assert (note["count"], note["names"], note["folder"]) == (1, "a/t1_z2.tif", "a")


def test_dates_are_no_series() -> None:
    assert told(*(image(f"a/2026010{n}_x.tif") for n in (1, 2, 4)), key="scan.set.gap") == []


def test_files_of_the_same_content_are_found_and_only_candidates_are_read(tmp_path: Path) -> None:
    one, two = (
        described(ome(image="<Description>a</Description>")),
        described(ome(image="<Description>b</Description>")),
    )
    for name, data in {"a.tif": one, "b/copy.tif": one, "b/other.tif": two, "c.tif": two + b"more"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    found = scan(tmp_path)
    assert sorted(map(sorted, found.duplicates())) == [["a.tif", "b/copy.tif"]]
    files = (ScanFile("gone.tif", size_bytes=7, images=1), ScanFile("lost.tif", size_bytes=7, images=1))
    assert duplicates(tmp_path, files) == ()
    assert duplicates(tmp_path, (ScanFile("unlike.tif", size_bytes=8, images=1),)) == ()


def test_comparing_tells_its_bytes_and_ends_when_nobody_wants_it_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_consistency, "PIECE", 2)
    for name in "abcd":
        (tmp_path / name).write_bytes(b"12345")
    files = [ScanFile(name, size_bytes=5, images=1) for name in ("a", "b", "gone", "c")]
    told: list[tuple[int, int]] = []
    assert duplicates(tmp_path, files, progress=lambda done, of: told.append((done, of))) == (("a", "b", "c"),)
    assert told[:3] == [(2, 20), (4, 20), (5, 20)]
    assert told[-1] == (20, 20)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    stop = threading.Event()

    def enough(done: int, _of: int) -> None:
        if done > 10:
            stop.set()

    assert duplicates(tmp_path, files, progress=enough, cancelled=stop) == (("a", "b"),)


def test_a_file_that_grew_meanwhile_counts_as_large_as_it_was(tmp_path: Path) -> None:
    told: list[int] = []
    (tmp_path / "a").write_bytes(b"x" * 50)
    (tmp_path / "b").write_bytes(b"y" * 5)
    files = [ScanFile(name, size_bytes=5, images=1) for name in "ab"]
    duplicates(tmp_path, files, progress=lambda done, _of: told.append(done))
    assert told == [5, 10]
