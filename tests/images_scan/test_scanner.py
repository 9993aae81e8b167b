"""Reading in a worker process: one bad file costs that file, cancel ends quickly, nothing is left running."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.images import Scan, Scanner, read_image, scan
from rembi_widgets.images._wire import Sender
from rembi_widgets.images._worker import answer

Worker = Callable[[str], list[str]]


@pytest.fixture
def three(tmp_path: Path) -> Path:
    for name in ("a.tif", "b.tif", "c.tif"):
        (tmp_path / name).write_bytes(b"II*\0")
    return tmp_path


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}


def told(found: Scan) -> dict[str, str | None]:
    return {file.path: file.note.key if file.note else None for file in found.files}


def test_a_scan_finds_what_reading_one_by_one_finds(samples: Path) -> None:
    folder = samples / "images"
    found = scan(folder)
    for file in found.files:
        mine = [record for record in found.images if record.path == file.path]
        if file.images:
            alone = read_image(folder / file.path)
            assert [record.channels for record in mine] == [record.channels for record in alone]
            assert [record.size_x for record in mine] == [record.size_x for record in alone]
        elif file.note is not None:
            with pytest.raises(RembiError):
                read_image(folder / file.path)
    assert len(found.images) > 20
    assert found.complete


def test_files_that_are_no_images_are_listed_without_a_word(samples: Path) -> None:
    found = told(scan(samples / "images"))
    assert found["PROVENANCE.md"] is None
    assert found["bad/00r00.tiff"] is not None


def test_broken_images_are_listed_with_the_reason(samples: Path) -> None:
    unread = {item["path"]: item["message"] for item in scan(samples / "images" / "bad").unreadable}
    assert set(unread) == {"00r00.tiff", "02r01_truncated.lsm", "unopenable.tiff"}
    assert all(message.endswith(".") for message in unread.values())


def test_progress_counts_every_file(three: Path) -> None:
    seen: list[tuple[int, int]] = []
    scan(three, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_no_folder_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RembiError, match="There is no folder"):
        scan(tmp_path / "none")


def test_an_empty_folder_is_an_empty_scan(tmp_path: Path) -> None:
    found = scan(tmp_path)
    assert (found.images, found.files, found.groups, found.complete) == ((), (), (), True)


def test_a_file_that_hangs_the_reader_is_ended_and_the_next_are_read(three: Path, worker: Worker) -> None:
    command = worker("if path.name == 'b.tif': time.sleep(3600)")
    found = Scanner(three, limit_s=0.3, worker=command).result()
    assert told(found) == {"a.tif": None, "b.tif": "scan.hung", "c.tif": None}
    assert [record.path for record in found.images] == ["a.tif", "c.tif"]
    assert "0.3 s" in found.unreadable[0]["message"]
    assert not children()


@pytest.mark.parametrize("death", ["os._exit(3)", "os.kill(os.getpid(), 9)", "os.abort()", "raise SystemExit(1)"])
def test_a_file_that_brings_the_worker_down_costs_that_file(three: Path, worker: Worker, death: str) -> None:
    found = Scanner(three, worker=worker(f"if path.name == 'a.tif': {death}")).result()
    assert told(found) == {"a.tif": "scan.crashed", "b.tif": None, "c.tif": None}


def test_every_file_may_bring_the_worker_down(three: Path, worker: Worker) -> None:
    found = Scanner(three, worker=worker("os._exit(1)")).result()
    assert set(told(found).values()) == {"scan.crashed"}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited by the system here")
def test_a_file_that_takes_all_memory_costs_that_file(three: Path) -> None:
    script = three.parent / "greedy.py"
    script.write_text(
        "from rembi_widgets.images import ImageRecord\n"
        "from rembi_widgets.images._worker import main\n"
        "def read(path):\n"
        "    held = bytearray(8 << 30) if path.name == 'a.tif' else None\n"
        "    return (ImageRecord(path=str(path)),)\n"
        "main(read)\n"
    )
    found = Scanner(three, worker=[sys.executable, str(script), str(1 << 30)]).result()
    assert told(found) == {"a.tif": "scan.memory", "b.tif": None, "c.tif": None}


def test_a_fault_of_a_reader_is_a_reason_not_an_end(three: Path, worker: Worker) -> None:
    command = worker("if path.name == 'b.tif': raise IndexError('list index out of range')")
    scanner = Scanner(three, worker=command)
    found = scanner.result()
    assert told(found) == {"a.tif": None, "b.tif": "scan.broken", "c.tif": None}
    assert "list index out of range" in found.unreadable[0]["message"]


def test_what_a_library_prints_does_not_reach_the_answers(three: Path, worker: Worker) -> None:
    found = Scanner(three, worker=worker("os.write(1, b'noise\\n'); print('more'); sys.stdout.flush()")).result()
    assert len(found.images) == 3


def test_cancel_ends_at_once_and_keeps_what_was_read(three: Path, worker: Worker) -> None:
    scanner = Scanner(three, worker=worker("if path.name == 'b.tif': time.sleep(3600)"))
    scanner.start()
    while scanner.read < 1:
        time.sleep(0.01)
    scanner.cancel()
    assert scanner.wait(10)
    found = scanner.result()
    assert not found.complete
    assert [record.path for record in found.images] == ["a.tif"]
    assert found.to_json()["complete"] is False
    assert not children()


def test_cancel_before_the_start_reads_nothing(three: Path) -> None:
    scanner = Scanner(three)
    scanner.cancel()
    assert scanner.result().images == ()


def test_a_scan_that_was_read_to_its_end_is_complete_whoever_asks_when(three: Path) -> None:
    with Scanner(three) as scanner:
        scanner.wait(60)
    assert scanner.result().complete


def test_events_tell_each_file_once(three: Path, worker: Worker) -> None:
    scanner = Scanner(three, worker=worker("if path.name == 'b.tif': raise ValueError(path.name)"))
    scanner.result()
    told = scanner.events()
    assert [(event.path, event.images, event.note is None) for event in told] == [
        ("a.tif", 1, True),
        ("b.tif", 0, False),
        ("c.tif", 1, True),
    ]
    assert scanner.events() == ()
    assert (scanner.read, scanner.total, scanner.done) == (3, 3, True)


def test_a_worker_that_cannot_start_is_said_with_its_last_words(three: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no such library')"]
    with pytest.raises(RembiError, match="no such library"):
        Scanner(three, worker=command).result()
    assert not children()


def test_nothing_is_left_running_after_a_scan(three: Path) -> None:
    before = threading.active_count()
    scan(three)
    assert not children()
    for _ in range(100):
        if threading.active_count() <= before:
            break
        time.sleep(0.05)
    assert threading.active_count() <= before


def test_the_worker_ends_with_its_parent_even_amid_a_file(three: Path, worker: Worker, tmp_path: Path) -> None:
    command = worker("open(str(path) + '.pid', 'w').write(str(os.getpid())); time.sleep(3600)")
    parent = "import sys; from rembi_widgets.images import Scanner; Scanner(sys.argv[1], worker=sys.argv[2:]).result()"
    process = subprocess.Popen([sys.executable, "-c", parent, str(three), *command])
    mark = three / "a.tif.pid"
    try:
        while not (mark.exists() and mark.read_text()):
            assert process.poll() is None
            time.sleep(0.02)
        reader = int(mark.read_text())
    finally:
        process.kill()
        process.wait()
    psutil.wait_procs([psutil.Process(reader)] if psutil.pid_exists(reader) else [], timeout=10)
    assert not psutil.pid_exists(reader)


def test_many_long_names_do_not_block_the_pipes(tmp_path: Path, worker: Worker) -> None:
    for number in range(300):
        (tmp_path / f"{'long' * 50}{number}.tif").write_bytes(b"")
    found = Scanner(tmp_path, worker=worker("sys.stdout.flush()")).result()
    assert len(found.images) == 300


def test_a_file_with_thousands_of_scenes_does_not_block_the_pipes(three: Path, worker: Worker) -> None:
    body = "return tuple(ImageRecord(path=str(path), scene_index=n, scene_name='x' * 200) for n in range(3000))"
    assert len(Scanner(three, worker=worker(body)).result().images) == 9000


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_no_text_are_read(tmp_path: Path, samples: Path) -> None:
    name = os.fsdecode(b"caf\xe9\xff.ome.tiff")
    shutil.copy(samples / "images/ome-tiff/ome.tiff", tmp_path / name)
    found = scan(tmp_path)
    assert [record.path for record in found.images] == [name]
    assert found.unreadable == ()


def test_a_dataset_never_brings_code_into_the_worker(
    tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(samples / "images/ome-tiff/ome.tiff", tmp_path)
    for name in ("json", "queue", "struct"):
        (tmp_path / f"{name}.py").write_text("open('imported', 'w').close()")
    monkeypatch.chdir(tmp_path)
    assert len(scan(tmp_path).images) == 1
    assert not (tmp_path / "imported").exists()


def test_the_worker_imports_no_heavy_library_before_it_needs_one() -> None:
    code = "import sys, rembi_widgets.images._worker; from rembi_widgets.images import read_image; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"numpy", "pandas", "tifffile", "pydantic", "ome_types", "PIL"} & set(said)


def test_a_companion_file_does_not_double_its_images(samples: Path) -> None:
    from dataclasses import replace

    from rembi_widgets.images._scan import ScanFile, without_companions

    (tiff,) = read_image(samples / "images/ome-tiff/ome.tiff")
    tiff = replace(tiff, path="set/a.ome.tif", uuid="urn:uuid:1")
    xml = replace(tiff, path="set/a.companion.ome", format="OME-XML")
    far = replace(xml, path="other/a.companion.ome")
    files = [ScanFile(record.path, images=1) for record in (tiff, xml, far)]
    images, kept = without_companions([tiff, xml, far], files)
    assert [record.path for record in images] == ["set/a.ome.tif", "other/a.companion.ome"]
    assert [file.images for file in kept] == [1, 0, 1]


def test_an_answer_tells_images_a_reason_or_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello")
    (tmp_path / "b.tif").write_text("hello")
    assert answer(str(tmp_path / "a.txt"), read_image, Sender()) == b'{"images":[]}\n'
    assert b'"note"' in answer(str(tmp_path / "b.tif"), read_image, Sender())
    assert b"scan.refused" not in answer(str(tmp_path / "a.txt"), read_image, Sender())
    assert b"scan.broken" in answer(str(tmp_path / "gone.txt"), read_image, Sender())


def test_the_frame_has_a_row_an_image(samples: Path) -> None:
    found = scan(samples / "images")
    frame = found.frame
    assert list(frame["path"]) == [record.path for record in found.images]
    assert set(frame["group"]) == {group.key for group in found.groups}
    assert {"px_x_um", "channel_fluor", "objective_na"} <= set(frame.columns)


def test_json_has_its_parts(samples: Path) -> None:
    found = scan(samples / "images")
    said = found.to_json("fr")
    assert set(said) == {"images", "groups", "unreadable"}
    assert len(said["images"]) == len(found.images)
    assert sum(group["count"] for group in said["groups"]) == len(found.images)
    assert set(said["unreadable"][0]) == {"path", "message"}
