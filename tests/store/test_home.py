"""Datasets that cannot be written: the curation is kept elsewhere, found again, and moves back when it can."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rembi_widgets.store import DiskError, OpenCuration, _home, open_curation, restore_ticket, write_ticket

Lock = Callable[[Path, bool], None]


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Lock:
    """Give what makes a folder read-only, also for root, whom no permission stops."""
    closed: set[Path] = set()
    real_access, real_open = os.access, os.open

    def is_closed(path: object) -> bool:
        place = Path(str(path))
        return any(place == folder or folder in place.parents for folder in closed)

    def access(path: object, mode: int, **more: object) -> bool:
        return not (mode & os.W_OK and is_closed(path)) and real_access(path, mode, **more)  # type: ignore[arg-type]

    def opened(path: object, flags: int, *more: object, **named: object) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and is_closed(path):
            raise OSError(errno.EROFS, "Read-only file system")
        return real_open(path, flags, *more, **named)  # type: ignore[arg-type]

    def made(self: Path, **how: object) -> None:
        if is_closed(self) and not self.is_dir():
            raise OSError(errno.EROFS, "Read-only file system")
        os.makedirs(self, exist_ok=bool(how.get("exist_ok")))  # noqa: PTH103 - Path.mkdir is this

    monkeypatch.setattr(os, "access", access)
    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(Path, "mkdir", made)
    monkeypatch.setenv("REMBI_HOME", str(tmp_path / "homes"))

    def lock(folder: Path, shut: bool) -> None:
        (closed.add if shut else closed.discard)(folder)

    return lock


def dataset(folder: Path, count: int = 40) -> Path:
    for number in range(count):
        place = folder / f"plate {number % 3}" / f"{number:03}.tif"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"x" * number)
    return folder


def curated(folder: Path, title: str = "Nuclei") -> OpenCuration:
    with open_curation(folder, author="ada") as curation:
        curation.set("/study/title", title)
    return curation


def codes(curation: OpenCuration) -> list[str]:
    return [finding.code for finding in curation.reports]


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_a_dataset_that_can_be_written_keeps_its_curation(tmp_path: Path, locked: Lock) -> None:
    curation = curated(dataset(tmp_path / "d"))
    assert curation.kept == curation.folder
    assert codes(curation) == []
    assert not (tmp_path / "homes").exists()


def test_a_read_only_dataset_is_curated_in_a_user_folder(tmp_path: Path, locked: Lock) -> None:
    folder = dataset(tmp_path / "d")
    before = names(folder)
    locked(folder, True)
    curation = curated(folder)
    assert codes(curation) == ["kept_elsewhere"]
    assert curation.kept is not None
    assert curation.kept.parent == tmp_path / "homes"
    assert str(curation.kept) in str(curation.reports[0])
    assert {"rembi.json", "dataset.json", ".rembi"} <= names(curation.kept)
    assert names(folder) == before
    assert open_curation(folder).record.study.title == "Nuclei"


def test_looking_at_a_read_only_dataset_writes_nothing_anywhere(tmp_path: Path, locked: Lock) -> None:
    folder = dataset(tmp_path / "d")
    locked(folder, True)
    with open_curation(folder) as curation:
        assert codes(curation) == ["kept_elsewhere"]
    assert not (tmp_path / "homes").exists()


def test_the_curation_is_found_when_the_dataset_is_mounted_elsewhere(tmp_path: Path, locked: Lock) -> None:
    folder = dataset(tmp_path / "mnt" / "usb1")
    locked(tmp_path / "mnt", True)
    curated(folder)
    folder.rename(tmp_path / "mnt" / "other name")
    assert open_curation(tmp_path / "mnt" / "other name").record.study.title == "Nuclei"


def test_a_few_files_more_or_fewer_do_not_lose_it(tmp_path: Path, locked: Lock) -> None:
    folder = dataset(tmp_path / "a")
    locked(folder, True)
    curated(folder)
    copy = dataset(tmp_path / "b", 44)
    (copy / "plate 0" / "000.tif").unlink()
    locked(copy, True)
    assert open_curation(copy).record.study.title == "Nuclei"


def test_other_images_at_the_same_place_are_another_dataset(tmp_path: Path, locked: Lock) -> None:
    folder = dataset(tmp_path / "usb")
    locked(folder, True)
    curated(folder)
    locked(folder, False)
    shutil.rmtree(folder)
    for number in range(30):
        place = folder / f"another_{number}.czi"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(b"y" * (number + 1000))
    locked(folder, True)
    curation = open_curation(folder)
    assert curation.record.study.title is None


def test_two_read_only_datasets_have_a_home_each(tmp_path: Path, locked: Lock) -> None:
    one, two = dataset(tmp_path / "x" / "images"), tmp_path / "y" / "images"
    two.mkdir(parents=True)
    (two / "only.tif").write_bytes(b"abc")
    for folder in (one, two):
        locked(folder, True)
    curated(one, "first")
    curated(two, "second")
    assert open_curation(one).record.study.title == "first"
    assert open_curation(two).record.study.title == "second"


def test_empty_folders_are_not_taken_for_each_other(tmp_path: Path, locked: Lock) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
        locked(folder, True)
    curated(one)
    assert open_curation(one).record.study.title == "Nuclei"
    assert open_curation(two).record.study.title is None


def test_it_moves_next_to_the_images_once_that_is_possible(tmp_path: Path, locked: Lock) -> None:
    folder = dataset(tmp_path / "d")
    locked(folder, True)
    with open_curation(folder, author="ada") as curation:
        curation.set("/study/title", "Nuclei")
        curation.set("/study/keywords", [str(number) for number in range(100)])  # a large value, kept beside
    locked(folder, False)
    with open_curation(folder, author="ada") as curation:
        assert codes(curation) == ["curation_moved"]
        assert curation.kept == folder
        assert curation.record.study.title == "Nuclei"
        assert len(curation.record.study.keywords) == 100
        curation.undo()
        assert curation.record.study.keywords in ((), None)
    assert list((tmp_path / "homes").iterdir()) == []
    assert (folder / "rembi.json").exists()
    assert codes(open_curation(folder)) == []


def test_moving_joins_what_is_there_already(tmp_path: Path, locked: Lock) -> None:
    folder = dataset(tmp_path / "d")
    with open_curation(folder, author="grace") as curation:
        curation.set("/study/description", "by somebody who could write")
    locked(folder, True)
    with open_curation(folder, author="ada") as curation:
        assert curation.record.study.description == "by somebody who could write"
        curation.set("/study/title", "Nuclei")
    locked(folder, False)
    study = open_curation(folder).record.study
    assert (study.title, study.description) == ("Nuclei", "by somebody who could write")


def test_nothing_moves_while_somebody_works_there(tmp_path: Path, locked: Lock) -> None:
    folder = dataset(tmp_path / "d")
    locked(folder, True)
    other = open_curation(folder, author="ada")
    other.set("/study/title", "Nuclei")
    locked(folder, False)
    assert codes(open_curation(folder, author="grace")) == []
    assert other.kept is not None
    assert (other.kept / ".rembi").is_dir()
    other.close()
    assert open_curation(folder).record.study.title == "Nuclei"


def test_a_move_that_fails_half_way_loses_nothing(
    tmp_path: Path, locked: Lock, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = dataset(tmp_path / "d")
    locked(folder, True)
    kept = curated(folder).kept
    locked(folder, False)
    with monkeypatch.context() as patch:
        patch.setattr(_home, "replace", _full)
        open_curation(folder)
    assert kept is not None
    assert (kept / "dataset.json").exists()
    assert open_curation(folder).record.study.title == "Nuclei"


def _full(path: Path, _data: bytes) -> None:
    raise DiskError("store.disk_full", path=path.name)


def test_a_disk_that_turns_read_only_while_one_works(tmp_path: Path, locked: Lock) -> None:
    folder = dataset(tmp_path / "d")
    curation = open_curation(folder, author="ada")
    curation.set("/study/title", "Nuclei")
    locked(folder, True)
    curation.set("/study/description", "typed after the disk was locked")
    assert codes(curation) == ["kept_elsewhere"]
    curation.close()
    study = open_curation(folder).record.study
    assert (study.title, study.description) == ("Nuclei", "typed after the disk was locked")


def test_a_ticket_restored_on_a_read_only_dataset_goes_home(tmp_path: Path, locked: Lock) -> None:
    ticket = write_ticket(curated(dataset(tmp_path / "a")))
    folder = tmp_path / "b"
    folder.mkdir()
    (folder / "x.tif").write_bytes(b"x")
    locked(folder, True)
    assert restore_ticket(ticket, folder) == 1
    assert open_curation(folder).record.study.title == "Nuclei"


@pytest.mark.parametrize("said", ["", "{", "[]", '{"path": 3}', '{"path": "x", "files": 1, "sketch": [[]]}'])
def test_a_broken_note_costs_nobody_else_anything(tmp_path: Path, locked: Lock, said: str) -> None:
    folder = dataset(tmp_path / "d")
    locked(folder, True)
    broken = tmp_path / "homes" / "broken"
    broken.mkdir(parents=True)
    (broken / "dataset.json").write_text(said)
    curated(folder)
    assert open_curation(folder).record.study.title == "Nuclei"


def test_a_sketch_tells_how_much_two_datasets_share(tmp_path: Path) -> None:
    whole = _home.sketch(dataset(tmp_path / "a", 600))
    assert whole.files == 600
    assert len(whole.numbers) == _home.KEPT
    assert whole.resemblance(_home.sketch(dataset(tmp_path / "b", 600))) == 1
    assert whole.resemblance(_home.sketch(dataset(tmp_path / "c", 300))) == pytest.approx(0.5, abs=0.12)
    assert whole.resemblance(_home.Sketch(0, ())) == 0
    decomposed, kept = tmp_path / "nfd", tmp_path / "nfc"
    for folder, name in ((decomposed, "cre\u0302te.tif"), (kept, "cr\u00eate.tif")):
        folder.mkdir()
        (folder / name).touch()
    assert _home.sketch(decomposed) == _home.sketch(kept)


def test_the_note_says_what_it_is(tmp_path: Path, locked: Lock) -> None:
    folder = dataset(tmp_path / "d")
    locked(folder, True)
    kept = curated(folder).kept
    assert kept is not None
    said = json.loads((kept / "dataset.json").read_text())
    assert said["format"] == "rembi-home/1"
    assert said["path"] == str(folder)
    assert said["files"] == 40
    assert kept.name.startswith("d-")


def test_the_users_folder_follows_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REMBI_HOME", raising=False)
    place = _home.homes()
    assert place.name == "datasets"
    assert "rembi_widgets" in place.parts
