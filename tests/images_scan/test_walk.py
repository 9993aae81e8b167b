"""The walk through a dataset: every file once, in a steady order, and none outside."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from rembi_widgets.images._walk import Item, begins_as_image, named_as_image, walk


def put(folder: Path, *names: str) -> None:
    for name in names:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"x")


def paths(folder: Path) -> list[str]:
    return [item.path for item in walk(folder)]


def notes(folder: Path) -> dict[str, str]:
    return {item.path: item.note.key for item in walk(folder) if item.note is not None}


def test_files_come_sorted_with_forward_slashes(tmp_path: Path) -> None:
    put(tmp_path, "b/2.tif", "b/1.tif", "a/c/x.csv", "z.tif")
    assert paths(tmp_path) == ["z.tif", "a/c/x.csv", "b/1.tif", "b/2.tif"]


def test_size_and_time_are_those_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.tif").write_bytes(b"12345")
    os.utime(tmp_path / "a.tif", (1.5e9, 1.5e9))
    assert list(walk(tmp_path)) == [Item("a.tif", "file", 5, 1.5e9)]


def test_hidden_files_system_files_and_our_own_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, ".rembi/journal/w.ndjson", ".git/a.tif", ".DS_Store", "._a.tif", "Thumbs.db")
    put(tmp_path, "rembi.json", "rembi-files.tsv", "rembi-images.tsv", "rembi.json.unreadable-1", "rembi-protocol.txt")
    assert paths(tmp_path) == ["rembi-protocol.txt"]


@pytest.mark.parametrize("mark", [".zattrs", ".zgroup", "zarr.json"])
def test_an_ome_zarr_is_one_item_and_is_not_walked_through(tmp_path: Path, mark: str) -> None:
    put(tmp_path, f"plate/a.ome.zarr/{mark}", "plate/a.ome.zarr/0/0/0", "plate/b.tif")
    (found, other) = sorted(walk(tmp_path), key=lambda item: item.path)
    assert (found.path, found.kind, found.size_bytes) == ("plate/a.ome.zarr", "directory", None)
    assert found.mtime == (tmp_path / "plate/a.ome.zarr" / mark).stat().st_mtime
    assert other.path == "plate/b.tif"


def test_the_dataset_itself_is_walked_even_if_it_holds_zarr_files(tmp_path: Path) -> None:
    put(tmp_path, "zarr.json", "a.tif")
    assert paths(tmp_path) == ["a.tif", "zarr.json"]


def test_links_out_of_the_dataset_are_named_and_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "outside/secret.tif", "data/a.tif")
    data = tmp_path / "data"
    (data / "file.tif").symlink_to(tmp_path / "outside" / "secret.tif")
    (data / "folder").symlink_to(tmp_path / "outside")
    (data / "up").symlink_to("..")
    assert paths(data) == ["a.tif", "file.tif", "folder", "up"]
    assert notes(data) == dict.fromkeys(["file.tif", "folder", "up"], "scan.link_out")


def test_a_link_to_a_neighbour_folder_of_like_name_leads_out(tmp_path: Path) -> None:
    put(tmp_path, "data2/a.tif", "data/b.tif")
    (tmp_path / "data" / "link.tif").symlink_to(tmp_path / "data2" / "a.tif")
    assert notes(tmp_path / "data") == {"link.tif": "scan.link_out"}


def test_links_inside_lead_to_files_only(tmp_path: Path) -> None:
    put(tmp_path, "a/one.tif")
    (tmp_path / "again.tif").symlink_to("a/one.tif")
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "a" / "up").symlink_to("..")
    (tmp_path / "gone.tif").symlink_to("a/two.tif")
    assert paths(tmp_path) == ["again.tif", "gone.tif", "a/one.tif"]
    assert notes(tmp_path) == {"gone.tif": "scan.link_broken"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_a_pipe_is_named_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.tif")
    assert notes(tmp_path) == {"a.tif": "scan.special_file"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_closed_folder_is_named(tmp_path: Path) -> None:
    put(tmp_path, "closed/a.tif", "open.tif")
    (tmp_path / "closed").chmod(0)
    try:
        assert notes(tmp_path) == {"closed": "scan.refused"}
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_a_folder_that_vanishes_is_named(tmp_path: Path) -> None:
    assert [(item.path, item.kind) for item in walk(tmp_path / "gone")] == [(".", "directory")]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_no_text_are_kept_byte_exact(tmp_path: Path) -> None:
    name = b"caf\xe9\xff.tif"
    (tmp_path / os.fsdecode(name)).write_bytes(b"x")
    (item,) = walk(tmp_path)
    assert os.fsencode(item.path) == name


def test_hostile_names_are_only_names(tmp_path: Path, samples: Path) -> None:
    hostile = json.loads((samples / "security/blns/blns.json").read_text(encoding="utf-8"))
    made = set()
    for text in hostile:
        name = text.replace("/", "_").replace("\0", "")[:60].encode()[:200].decode(errors="ignore")
        if name and name not in {".", ".."} and not name.startswith("."):
            (tmp_path / name).write_bytes(b"x")
            made.add(name)
    assert len(made) > 400
    assert set(paths(tmp_path)) == made


@pytest.mark.parametrize("name", ["a.TIF", "b/c.ome.tiff", "d.czi", "e.ome.xml", "f.zarr", "g.JPG"])
def test_names_of_images(name: str) -> None:
    assert named_as_image(name)


@pytest.mark.parametrize("name", ["a.txt", "b.csv", "tif", "c.tif.txt", "d.xml", "czi/notes"])
def test_names_of_other_files(name: str) -> None:
    assert not named_as_image(name)


def test_every_readable_sample_is_told_by_name_or_first_bytes(samples: Path) -> None:
    others = {"PROVENANCE.md", "0186-0099.roi"}
    for item in walk(samples / "images"):
        if item.kind == "file" and item.path.rpartition("/")[2] not in others:
            start = (samples / "images" / item.path).read_bytes()[:1024]
            assert named_as_image(item.path) or begins_as_image(start), item.path


def test_an_image_under_another_name_is_told_by_its_first_bytes(samples: Path) -> None:
    assert begins_as_image((samples / "images/ome-tiff/ome.tiff").read_bytes()[:1024])
    assert begins_as_image((samples / "images/ome-xml/small.ome.xml").read_bytes()[:1024])
    assert not begins_as_image(b"name,value\n1,2\n")
