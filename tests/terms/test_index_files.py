"""The file of the index: made once, shared, made again when it is broken, done without when it cannot be written."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rembi_widgets.terms import Layer, LayerTerm
from rembi_widgets.terms._index import CODES
from rembi_widgets.terms._index_store import GIVEN_UP, KEPT, Index, claim, file_of, folder

ASKED = "SELECT label FROM term ORDER BY label"


class Small:
    """A layer of two organisms."""

    name = "small"
    source = "a test"
    licence = "CC0 1.0"

    def __init__(self, version: str = "1") -> None:
        self.version = version

    def terms(self) -> Iterator[LayerTerm]:
        for identity, label in (("NCBITaxon:1", "Alpha beta"), ("NCBITaxon:2", "Gamma delta")):
            yield LayerTerm(identity, label, (), ("organism",), (), "", 1.0, False, "")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REMBI_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def labels(index: Index) -> list[str]:
    return [label for (label,) in index.rows(ASKED)]


WANTED = ["Alpha beta", "Gamma delta"]


def small(version: str = "1") -> list[Layer]:
    return [Small(version)]


def test_the_folder_is_the_one_that_is_named(cache: Path) -> None:
    assert folder() == cache


def test_without_a_name_the_folder_is_the_users_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REMBI_CACHE")
    assert "rembi_widgets" in str(folder())


def test_the_index_is_a_file_of_the_cache(cache: Path) -> None:
    index = Index(small())
    assert index.path == file_of(small())
    assert index.path is not None
    assert index.path.parent == cache
    assert labels(index) == WANTED


def test_the_second_time_the_file_is_only_read(cache: Path) -> None:
    Index(small()).close()
    made = file_of(small()).stat().st_mtime_ns
    assert labels(Index(small())) == WANTED
    assert file_of(small()).stat().st_mtime_ns == made
    assert [one.name for one in cache.iterdir()] == [file_of(small()).name]


def test_whether_it_is_made(cache: Path) -> None:
    assert not Index.is_made(small())
    Index(small()).close()
    assert Index.is_made(small())
    assert cache.is_dir()


def test_half_a_file_is_made_again(cache: Path) -> None:
    Index(small()).close()
    path = file_of(small())
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert labels(Index(small())) == WANTED
    assert cache.is_dir()


def test_a_database_of_something_else_is_made_again(cache: Path) -> None:
    cache.mkdir()
    with sqlite3.connect(file_of(small())) as other:
        other.execute("CREATE TABLE meta (name TEXT, value TEXT)")
        other.execute("INSERT INTO meta VALUES ('complete', 'of another format')")
    other.close()
    assert labels(Index(small())) == WANTED


def test_a_folder_in_the_place_of_the_file_leads_to_memory(cache: Path) -> None:
    file_of(small()).mkdir(parents=True)
    (file_of(small()) / "kept").write_text("somebody's")
    index = Index(small())
    assert index.path is None
    assert labels(index) == WANTED
    assert (file_of(small()) / "kept").read_text() == "somebody's"
    assert cache.is_dir()


def test_a_cache_that_is_a_file_leads_to_memory(cache: Path) -> None:
    cache.write_text("not a folder")
    index = Index(small())
    assert (index.path, labels(index)) == (None, WANTED)
    assert "memory" in repr(index)


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_cache_that_cannot_be_written_leads_to_memory(cache: Path) -> None:
    cache.mkdir()
    cache.chmod(0o500)
    try:
        assert labels(Index(small())) == WANTED
    finally:
        cache.chmod(0o700)


def test_a_file_that_breaks_while_it_is_open_is_mended(cache: Path) -> None:
    index = Index(small())
    index._connection.close()
    index._connection = sqlite3.connect(":memory:", check_same_thread=False)  # has none of the tables
    assert labels(index) == WANTED
    assert cache.is_dir()


def test_a_wrong_question_is_an_error_and_no_reason_to_go_on_for_ever(cache: Path) -> None:
    index = Index(small())
    with pytest.raises(sqlite3.OperationalError):
        index.rows("SELECT nothing FROM nowhere")
    assert labels(index) == WANTED
    assert cache.is_dir()


def test_many_threads_may_make_it_at_once(cache: Path) -> None:
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(labels(Index(small())))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [WANTED] * 6
    assert [one.name for one in cache.iterdir()] == [file_of(small()).name]


def test_only_a_few_files_of_other_layers_are_left(cache: Path) -> None:
    cache.mkdir()
    for number in range(KEPT + 4):
        old = cache / f"terms-{number}.sqlite"
        old.touch()
        os.utime(old, (1000 + number, 1000 + number))
    (cache / "online.sqlite").touch()
    Index(small()).close()
    left = sorted(one.name for one in cache.glob("terms-?.sqlite"))
    assert left == [f"terms-{number}.sqlite" for number in range(4, KEPT + 4)]
    assert (cache / "online.sqlite").exists()


def test_the_pool_holds_the_folded_names_of_a_part(cache: Path) -> None:
    keys, names = Index(small()).pool(CODES["organism"])
    assert {"alpha beta", "gamma delta"} <= set(names)
    assert len(keys) == len(names)
    assert cache.is_dir()


def test_a_part_without_terms_has_an_empty_pool(cache: Path) -> None:
    index = Index(small())
    assert index.pool(CODES["unit"]) == ([], [])
    assert index.vocabulary(CODES["unit"]) == frozenset()
    assert cache.is_dir()


def test_short_words_are_not_in_the_vocabulary(cache: Path) -> None:
    assert {"alpha", "beta", "gamma", "delta"} <= Index(small()).vocabulary(CODES["organism"])
    assert all(len(word) > 3 for word in Index(small()).vocabulary(CODES["organism"]))
    assert cache.is_dir()


def test_a_claim_is_given_to_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "terms.sqlite"
    with claim(path) as first, claim(path) as second:
        assert (first, second) == (True, False)
    with claim(path) as again:
        assert again


def test_a_claim_ends_also_when_the_work_fails(tmp_path: Path) -> None:
    path = tmp_path / "terms.sqlite"
    with pytest.raises(RuntimeError), claim(path):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_claim_of_the_dead_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "terms.sqlite"
    lock = path.with_suffix(".lock")
    lock.touch()
    long_ago = time.time() - GIVEN_UP - 60
    os.utime(lock, (long_ago, long_ago))
    with claim(path) as mine:
        assert mine


def test_where_nothing_can_be_written_nobody_claims(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with claim(tmp_path / "file" / "terms.sqlite") as mine:
        assert not mine
