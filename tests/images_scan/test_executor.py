"""Reading by any executor gives what the worker process gives; one that breaks leaves the rest to that."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.images import Scan, Scanner, scan
from rembi_widgets.images._answers import BUNDLE
from tests.images.make import described, ome


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for n in range(2 * BUNDLE + 5):
        (tmp_path / f"{n:03d}.ome.tif").write_bytes(described(ome().replace('Name="one"', f'Name="field {n}"')))
    (tmp_path / "broken.tif").write_bytes(b"II*\0")
    (tmp_path / "words.txt").write_text("words")
    (tmp_path / "out.tif").symlink_to(Path(__file__))
    return tmp_path


class AtOnce(Executor):
    """Does the work when it is given."""

    def __init__(self, breaks_after: int = 1000) -> None:
        self.given = 0
        self.breaks_after = breaks_after

    def submit(self, work: Callable[..., Any], /, *values: Any, **named: Any) -> Future[Any]:
        self.given += 1
        done: Future[Any] = Future()
        if self.given > self.breaks_after:
            done.set_exception(BrokenProcessPool("gone"))
        else:
            done.set_result(work(*values, **named))
        return done


class Never(AtOnce):
    """Takes work and does nothing."""

    def submit(self, work: Callable[..., Any], /, *values: Any, **named: Any) -> Future[Any]:
        return Future()


class Refuses(AtOnce):
    """Has been shut down."""

    def submit(self, work: Callable[..., Any], /, *values: Any, **named: Any) -> Future[Any]:
        raise RuntimeError


def told(found: Scan) -> object:
    return found.images, found.files, found.complete


def test_threads_give_the_same(data: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        assert told(scan(data, executor=pool, cache=False)) == told(scan(data, cache=False))


POOL = """
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from rembi_widgets.images import scan

if __name__ == "__main__":
    alone = scan(sys.argv[1], cache=False)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found = scan(sys.argv[1], executor=pool, cache=False)
    assert (found.images, found.files, found.complete) == (alone.images, alone.files, True)
    print(len(found.images))
"""


def test_processes_give_the_same(data: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """In a process of its own: Python leaves one behind for each program that ever had such a pool."""
    script = tmp_path_factory.mktemp("pool") / "pool.py"
    script.write_text(POOL)
    done = subprocess.run([sys.executable, script, data], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == (f"{2 * BUNDLE + 5}\n", 0), done.stderr


def test_an_executor_of_ones_own_gives_the_same(data: Path) -> None:
    own = AtOnce()
    seen: list[tuple[int, int]] = []
    found = scan(data, executor=own, cache=False, progress=lambda done, of: seen.append((done, of)))
    assert told(found) == told(scan(data, cache=False))
    assert own.given == 3
    assert seen[-1] == (2 * BUNDLE + 7, 2 * BUNDLE + 7)


@pytest.mark.parametrize("own", [AtOnce(breaks_after=1), AtOnce(breaks_after=0), Refuses()])
def test_an_executor_that_breaks_leaves_the_rest_to_a_worker(data: Path, own: Executor) -> None:
    assert told(scan(data, executor=own, cache=False)) == told(scan(data, cache=False))


def test_a_scan_by_an_executor_can_be_cancelled(data: Path) -> None:
    scanner = Scanner(data, executor=Never(), cache=False)
    scanner.start()
    assert not scanner.wait(0.3)
    scanner.cancel()
    assert scanner.wait(10)
    assert not scanner.result().complete


def test_what_an_executor_read_is_kept(data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: Any) -> None:
    monkeypatch.setenv("REMBI_CACHE", str(tmp_path_factory.mktemp("cache")))
    import time

    time.sleep(0.06)  # a file changed this moment is not kept
    first = scan(data, executor=AtOnce())
    again = AtOnce()
    assert told(scan(data, executor=again)) == told(first)
    assert again.given == 1  # the broken one
