"""A rescan reads only what changed; a cache that is damaged, old or elsewhere is no cache; datasets stay clean."""

from __future__ import annotations

import json
import os
import shutil
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rembi_widgets.images import Scan, Scanner, _remembered, scan
from rembi_widgets.images._parts import Known, Part, Shapes, pack
from rembi_widgets.images._walk import Item, Listing, listings, walk
from rembi_widgets.store import open_curation
from tests.images.make import described, multiscales, ome, zarr2
from tests.images_scan.makers import AIR, image

OLD = time.time() - 1000


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMBI_CACHE", str(tmp_path_factory.mktemp("cache")))


def put(path: Path, data: bytes, age: float = 1000) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (time.time() - age,) * 2)
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    for n in range(3):
        put(folder / f"a/{n}.ome.tif", described(ome().replace('Name="one"', f'Name="field {n}"')))
    put(folder / "b/other.ome.tif", described(ome(pixels='PhysicalSizeX="-1"')))
    put(folder / "notes.txt", b"words")
    return folder


def read_again(folder: Path) -> list[str]:
    """Give the files that a scan opens."""
    asked: list[str] = []

    class Counting(Scanner):
        def _take(self, todo, images, note):  # type: ignore[no-untyped-def]
            asked.append(todo.item.path)
            super()._take(todo, images, note)

    Counting(folder).result()
    return asked


def told(found: Scan) -> object:
    return found.images, found.files, found.complete


def test_an_unchanged_folder_is_not_read_again_and_gives_the_same(data: Path) -> None:
    first = scan(data)
    assert read_again(data) == []
    assert told(scan(data)) == told(first) == told(scan(data, cache=False))
    assert first.images[3].warnings


def test_files_without_images_are_not_opened_again(data: Path) -> None:
    scan(data)
    assert "notes.txt" not in read_again(data)


@pytest.mark.parametrize("change", ["size", "time", "new", "gone", "renamed"])
def test_only_what_changed_is_read(data: Path, change: str) -> None:
    scan(data)
    one = data / "a/1.ome.tif"
    wanted = {"a/1.ome.tif"}
    if change == "size":
        state = one.stat()
        one.write_bytes(described(ome().replace('Name="one"', 'Name="much longer"')))
        os.utime(one, (state.st_atime, state.st_mtime))
    elif change == "time":
        os.utime(one, (OLD - 5, OLD - 5))
    elif change == "new":
        put(data / "a/9.ome.tif", one.read_bytes())
        wanted = {"a/9.ome.tif"}
    elif change == "gone":
        one.unlink()
        wanted = set()
    else:
        one.rename(data / "a/7.ome.tif")
        wanted = {"a/7.ome.tif"}
    assert set(read_again(data)) == wanted
    assert told(scan(data)) == told(scan(data, cache=False))


def test_a_file_that_could_not_be_read_is_tried_again(data: Path) -> None:
    put(data / "broken.tif", b"II*\0")
    first = scan(data)
    assert read_again(data) == ["broken.tif"]
    assert told(scan(data)) == told(first)


def test_a_file_changed_just_now_is_not_kept() -> None:
    """The clock of a disk is coarse: a second change at once could bear the same time."""
    item = Item("one.tif", "file", 1, 1000.0)
    assert _remembered.may_keep(item, (), 1001.0)
    assert not _remembered.may_keep(item, (), 1000.01)
    assert not _remembered.may_keep(Item("a.zarr", "directory", None, 1000.0), (), 2000.0)
    assert not _remembered.may_keep(item, (image(format="OIF"),), 2000.0)


def test_what_is_read_from_several_files_is_read_again(tmp_path: Path) -> None:
    put(tmp_path / "a.companion.ome", ome(root='UUID="urn:uuid:1"').encode())
    only = '<OME xmlns="x"><BinaryOnly MetadataFile="a.companion.ome" UUID="urn:uuid:2"/></OME>'
    put(tmp_path / "a.ome.tif", described(only))
    put(tmp_path / "b/plain.ome.tif", described(ome()))
    import numpy as np

    zarr2(tmp_path / "z.zarr", [np.zeros((4, 4), np.uint8)], {"multiscales": [multiscales("yx", [(1, 1)], {}, "0.4")]},
          chunks=(4, 4))  # fmt: skip
    first = scan(tmp_path)
    assert len(first.images) == 3 or len(first.images) == 4
    assert set(read_again(tmp_path)) == {"a.companion.ome", "a.ome.tif", "z.zarr"}


def test_a_dataset_that_is_not_curated_is_left_as_it_was(data: Path) -> None:
    before = sorted(data.rglob("*"))
    scan(data)
    assert sorted(data.rglob("*")) == before


def test_a_curated_dataset_keeps_its_cache_out_of_gits_way(data: Path) -> None:
    scan(data)
    with open_curation(data) as opened:
        assert opened.propose(scan(data)) is not None
        assert read_again(data) == []  # known from before it was curated
    put(data / "new.ome.tif", described(ome()))
    scan(data)
    own = data / ".rembi" / "cache"
    assert (own / ".gitignore").read_text() == "*\n"
    assert sorted(path.name for path in own.iterdir()) == [".gitignore", "scanned.ndjson"]
    shutil.rmtree(_remembered.caches())
    scan(data)
    assert read_again(data) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_dataset_is_cached_elsewhere(data: Path) -> None:  # pragma: no cover - not as root
    (data / ".rembi").mkdir()
    (data / ".rembi").chmod(0o500)
    scan(data)
    assert read_again(data) == []


def test_a_cache_folder_that_cannot_be_made_costs_nothing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMBI_CACHE", str(data / "notes.txt" / "below a file"))
    assert len(scan(data).images) == 4
    assert len(read_again(data)) == 5


def damaged(whole: bytes) -> dict[str, bytes]:
    lines = whole.splitlines()
    seal = json.loads(lines[-1])
    body = b"\n".join(lines[:-1])
    return {
        "empty": b"",
        "cut short": whole[: len(whole) // 2],
        "without its seal": body,
        "one letter": whole.replace(b"field 1", b"field 7"),
        "no text": bytes(range(256)),
        "other version": body + b"\n" + json.dumps({**seal, "format": "rembi-scan/0"}).encode(),
        "other program": body + b"\n" + json.dumps({**seal, "by": "0.0.0"}).encode(),
        "other folder": body + b"\n" + json.dumps({**seal, "folder": "x"}).encode(),
        "odd lines": b"7\n7\n" + json.dumps({**seal, "checksum": zlib.crc32(b"7\n7")}).encode(),
    }


@pytest.mark.parametrize("how", list(damaged(b'{}\n[]\n{"a": 1}')))
def test_a_damaged_cache_is_no_cache(data: Path, how: str) -> None:
    first = scan(data)
    (place,) = _remembered.places_of(data.resolve())
    place.write_bytes(damaged(place.read_bytes())[how])
    assert told(scan(data)) == told(first)
    assert read_again(data) == []  # and it is sound again


def test_any_damage_is_noticed(data: Path) -> None:
    scan(data)
    folder = data.resolve()
    (place,) = _remembered.places_of(folder)
    whole = place.read_bytes()

    @settings(max_examples=100, deadline=None)
    @given(st.integers(0, len(whole) - 1), st.binary(max_size=6))
    def damage(at: int, junk: bytes) -> None:
        broken = whole[:at] + junk + whole[at + len(junk) + 1 :]
        place.write_bytes(broken)
        # only blanks of the last line can change without a word
        assert not _remembered.load(folder) or broken.split() == whole.split()

    damage()


def test_the_users_folder_keeps_the_caches_last_used(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_remembered, "DATASETS", 2)
    for n in range(4):
        shutil.copytree(data, data.parent / f"copy{n}")
        scan(data.parent / f"copy{n}")
    assert len(list(_remembered.caches().iterdir())) == 2


def test_a_cancelled_scan_keeps_what_it_read(data: Path) -> None:
    scanner = Scanner(data)
    scanner.start()
    scanner.cancel()
    assert not scanner.result().complete or scanner.read == scanner.total
    assert told(scan(data)) == told(scan(data, cache=False))


def test_names_that_are_no_text_are_found_again(tmp_path: Path) -> None:
    name = os.fsdecode(b"f\xffield \xe9.ome.tif")
    try:
        put(tmp_path / name, described(ome()))
    except OSError:  # pragma: no cover - macOS and Windows
        pytest.skip("this disk takes text only")
    first = scan(tmp_path)
    assert read_again(tmp_path) == []
    assert scan(tmp_path).files == first.files
    assert first.files[0].path == name


def test_events_tell_of_unchanged_files_too(data: Path) -> None:
    first = Scanner(data)
    first.result()
    again = Scanner(data)
    again.result()
    assert sorted(again.events()) == sorted(first.events())
    assert (again.read, again.total) == (first.read, first.total) == (5, 5)
    assert again.events() == ()


def test_images_made_later_are_plain_tuples(data: Path) -> None:
    found = scan(data)
    assert isinstance(found.images, tuple)
    assert found.images is found.images
    assert isinstance(found.files, tuple)
    assert Scan(folder=data).images == Scan(folder=data).files == ()
    assert found == scan(data)
    assert len(found.groups) == 1
    assert "4 images" in repr(found)


def test_packed_images_come_back_equal() -> None:
    records = [
        (image("f/0", scene_name="a", raw={"k": "v"}), image("f/0", scene_index=1, objective=AIR)),
        (),
        (image("f/2", channels=(), warnings=(), acquired_at=None, size_bytes=7, mtime=1.5),),
    ]
    known = Known("f/", ["0", "1", "2"], [None, 3, 7], [None, 2.5, 1.5], pack(records))
    made = list(known.made(Shapes()))
    assert [images for _, images in made] == records
    assert [(file.path, file.images, file.size_bytes) for file, _ in made] == [
        ("f/0", 2, None),
        ("f/1", 0, 3),
        ("f/2", 1, 7),
    ]
    assert [read.images for read in known.reads()] == [2, 0, 1]


def test_equal_shapes_share_their_parts() -> None:
    records = [(image(f"{n}", scene_name=str(n)),) for n in range(3)]
    known = Known("", ["0", "1", "2"], [1, 1, 1], [1.0, 1.0, 1.0], pack(records))
    made = [images[0] for _, images in known.made(Shapes())]
    assert made[0].channels is made[2].channels
    assert made[0].sources is made[2].sources


def test_listings_hold_what_the_walk_gives(data: Path) -> None:
    (data / "link.tif").symlink_to(data / "a" / "0.ome.tif")
    (data / "out.tif").symlink_to(Path(__file__))
    found = list(listings(data.resolve()))
    assert [item for listing in found for item in listing.items()] == list(walk(data.resolve()))
    assert [listing.prefix for listing in found] == ["", "a/", "b/"]
    assert set(found[0].odd) == {0, 2}


def test_a_part_is_as_long_as_its_listing() -> None:
    part = Part(Listing("a/", ["x", "y"], [1, 2], [3.0, 4.0]))
    assert list(part.made(Shapes())) == []
    assert part.known().names == []
