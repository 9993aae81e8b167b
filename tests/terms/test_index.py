"""The index: made of layers, kept in a file that any fault of the disk or of the file only costs time."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.terms import LayerTerm, OtherName, _index_store, forget, layers, making, search
from rembi_widgets.terms import _sources as sources
from rembi_widgets.terms._index import build, known_as
from rembi_widgets.terms._index_store import KEPT, Index, claim, file_of, folder


@dataclass(frozen=True)
class Held:
    """A layer that holds what a test says."""

    held: tuple[LayerTerm, ...]
    name: str = "held"
    version: str = "1"
    source: str = "a test"
    licence: str = "CC0-1.0"

    def terms(self) -> Iterator[LayerTerm]:
        yield from self.held


MOUSE = LayerTerm("NCBITaxon:10090", "Mus musculus", (OtherName("mouse"),), popularity=1.0)
LINE = LayerTerm("CVCL_0023", "A-549")
DERIVED = LayerTerm("CVCL_A1B2", "A549(Cas9)", parents=("CVCL_0023",))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("REMBI_CACHE", str(tmp_path / "cache"))
    forget()
    yield tmp_path / "cache"
    forget()


def labels(index: Index) -> list[str]:
    return [label for (label,) in index.rows("SELECT label FROM term ORDER BY key")]


def use(monkeypatch: pytest.MonkeyPatch, *given: Held) -> None:
    monkeypatch.setattr(sources, "layers", lambda: given)
    forget()


def test_the_file_is_made_once_and_read_again(cache: Path) -> None:
    first = Index((Held((MOUSE,)),))
    made = first.path
    assert made is not None
    assert made.parent == cache
    stamp = made.stat().st_mtime_ns
    first.close()
    again = Index((Held((LINE,)),))  # the same name and version: what it holds is not asked again
    assert again.path == made
    assert made.stat().st_mtime_ns == stamp
    assert labels(again) == ["Mus musculus"]
    assert [one.name for one in cache.iterdir()] == [made.name]


def test_another_version_is_another_file(cache: Path) -> None:
    old, new = Index((Held((MOUSE,)),)), Index((Held((LINE,), version="2"),))
    assert old.path != new.path
    assert labels(new) == ["A-549"]


@pytest.mark.parametrize("rubbish", [b"", b"not a database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_of_rubbish_is_made_again(cache: Path, rubbish: bytes) -> None:
    index = Index((Held((MOUSE,)),))
    assert index.path is not None
    index.close()
    index.path.write_bytes(rubbish)
    assert labels(Index((Held((MOUSE,)),))) == ["Mus musculus"]


def test_a_file_cut_short_is_made_again_when_it_is_asked(cache: Path) -> None:
    layer = Held(tuple(LayerTerm(f"UO:{n:07}", f"unit number {n}") for n in range(500)))
    index = Index((layer,))
    assert index.path is not None
    index.close()
    whole = index.path.read_bytes()
    index.path.write_bytes(whole[:8192] + b"\0" * (len(whole) - 8192))
    assert len(labels(Index((layer,)))) == 500


def test_an_index_broken_while_it_is_open_mends_itself(cache: Path) -> None:
    index = Index((Held((MOUSE,)),))
    index._connection.close()
    index._connection = sqlite3.connect(":memory:", check_same_thread=False)
    assert labels(index) == ["Mus musculus"]
    assert index.path is not None


def test_an_index_that_is_not_whole_is_made_again(cache: Path) -> None:
    index = Index((Held((MOUSE,)),))
    assert index.path is not None
    index.close()
    with sqlite3.connect(index.path) as half:
        half.execute("DELETE FROM meta")
    half.close()
    assert labels(Index((Held((MOUSE,)),))) == ["Mus musculus"]


def test_where_nothing_can_be_written_it_lives_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("REMBI_CACHE", str(tmp_path / "file" / "cache"))
    index = Index((Held((MOUSE,)),))
    assert index.path is None
    assert labels(index) == ["Mus musculus"]
    assert "memory" in repr(index)


def test_a_full_disk_is_memory_too(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def full(connection: sqlite3.Connection, given: object) -> None:
        if not calls:
            calls.append(1)
            raise sqlite3.OperationalError
        build(connection, given)  # type: ignore[arg-type]

    monkeypatch.setattr(_index_store, "build", full)
    index = Index((Held((MOUSE,)),))
    assert index.path is None
    assert labels(index) == ["Mus musculus"]
    assert list(cache.iterdir()) == []


def test_a_layer_that_cannot_be_read_says_so_and_leaves_nothing(cache: Path) -> None:
    class Broken(Held):
        def terms(self) -> Iterator[LayerTerm]:
            raise RembiError("terms.no_field", field="x", fields="y")
            yield MOUSE

    with pytest.raises(RembiError):
        Index((Broken(()),))
    assert list(cache.iterdir()) == []


def test_old_files_are_tidied_away(cache: Path) -> None:
    for version in range(KEPT + 4):
        Index((Held((MOUSE,), version=str(version)),)).close()
    assert len(list(cache.glob("terms-*.sqlite"))) == KEPT + 1


def _labels(_: int) -> list[str]:
    return labels(Index((Held((MOUSE, LINE)),)))


def test_many_processes_make_and_read_one_file(cache: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map(_labels, range(4)) == [["Mus musculus", "A-549"]] * 4
    assert len(list(cache.iterdir())) == 1


def test_threads_share_an_index(cache: Path) -> None:
    index, seen = Index((Held((MOUSE,)),)), []
    threads = [threading.Thread(target=lambda: seen.append(labels(index))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [["Mus musculus"]] * 8


def test_layers_that_know_one_term_are_heard_together(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = LayerTerm(
        "NCBITaxon:10090", "mouse of the house", (OtherName("souris", "alias", "fr"),), definition="Small."
    )
    both = (Held((MOUSE,)), Held((other,), name="other"))
    Index(both).close()
    use(monkeypatch, *both)
    found = search("souris", "organism")[0]
    assert (found.label, found.definition, found.kind) == ("Mus musculus", "Small.", "alias")
    assert search("mouse of the house", "organism")[0].id == "NCBITaxon:10090"


def test_derived_lines_do_not_take_the_place_of_the_line(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Held((DERIVED, LINE)))
    found = search("A549", "cell_line")
    assert [match.label for match in found] == ["A-549", "A549(Cas9)"]
    assert [match.confident for match in found] == [True, False]


def test_the_species_most_used_answers_to_its_short_name(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rare = LayerTerm("NCBITaxon:1", "Brevibacterium subtilis")
    use(monkeypatch, Held((rare, LayerTerm("NCBITaxon:1423", "Bacillus subtilis", popularity=0.8))))
    assert [match.label for match in search("B. subtilis", "organism")] == [
        "Bacillus subtilis",
        "Brevibacterium subtilis",
    ]


def test_a_name_of_an_organism_is_met_whole(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant = LayerTerm("NCBITaxon:2", "Nertera granadensis", (OtherName("bead plant"),))
    use(monkeypatch, Held((plant, LayerTerm("FBbi:3", "bead microscopy", parents=("FBbi:00000222",)))))
    assert not any(match.confident for match in search("beads", "organism"))
    assert search("bead plants", "organism")[0].confident
    assert search("beads", "imaging_method")[0].confident


def test_looser_names_are_worth_less(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terms = tuple(
        LayerTerm(f"UO:{n}", f"term {n}", (OtherName("the same name", kind),))
        for n, kind in enumerate(("broad", "narrow", "related", "exact", "alias"))
    )
    use(monkeypatch, Held(terms))
    assert [match.id for match in search("the same name", "unit")] == ["UO:4", "UO:3", "UO:2", "UO:1", "UO:0"]


def test_circles_in_a_hierarchy_end(cache: Path) -> None:
    ring = (
        LayerTerm("FBbi:1", "one", parents=("FBbi:2",)),
        LayerTerm("FBbi:2", "two", parents=("FBbi:1", "FBbi:00000031")),
    )
    index = Index((Held(ring),))
    assert index.rows("SELECT DISTINCT parts FROM term") == [("label",)]


def test_obsolete_terms_are_replaced_when_pasted(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = LayerTerm("UO:0000001", "old", obsolete=True, replaced_by="UO:0000002")
    use(monkeypatch, Held((old, LayerTerm("UO:0000002", "new"))))
    found = search("UO_0000001", "unit")
    assert [(match.id, match.confident) for match in found] == [("UO:0000002", True)]
    assert found[0].why == "it is used instead of UO:0000001, which is obsolete"
    assert search("old", "unit") == ()


@pytest.mark.parametrize(("one", "other"), [("CVCL_0030", "cvcl:0030"), ("EDAM_BIM:topic_1", "edam_bim:TOPIC_1")])
def test_identifiers_are_known_in_any_spelling(one: str, other: str) -> None:
    assert known_as(one) == known_as(other)


def test_the_layers_of_the_package_come_first(cache: Path) -> None:
    assert layers()[0].name == "starter"
    assert folder() == cache


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.text(min_size=1, max_size=30), st.text(max_size=30)), max_size=6))
def test_any_names_make_an_index(named: list[tuple[str, str]]) -> None:
    held = tuple(LayerTerm(f"UO:{n}", label, (OtherName(other),)) for n, (label, other) in enumerate(named))
    with sqlite3.connect(":memory:") as connection:
        build(connection, (Held(held),))
        assert connection.execute("SELECT count(*) FROM term").fetchone() == (len(held),)
    connection.close()


class Maker:
    """Stands for the process that makes the index of all layers."""

    def __init__(self) -> None:
        self.status: int | None = None

    def poll(self) -> int | None:
        return self.status


def test_the_package_answers_until_the_other_layers_are_indexed(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    maker, both = Maker(), (Held((MOUSE,)), Held((LINE,), name="more"))
    monkeypatch.setattr(sources, "_begin", lambda: maker)
    use(monkeypatch, *both)
    assert search("mouse", "organism")[0].confident
    assert search("A549", "cell_line") == ()
    assert making()
    Index(both).close()
    maker.status = 0
    assert search("A549", "cell_line")[0].confident
    assert not making()


def test_layers_that_cannot_be_indexed_are_not_tried_again_and_again(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []
    monkeypatch.setattr(sources, "_begin", lambda: begun.append(Maker()) or begun[-1])
    use(monkeypatch, Held((MOUSE,)), Held((LINE,), name="more"))
    assert making()
    begun[0].status = 1
    assert search("mouse", "organism")[0].confident
    assert not making()
    assert len(begun) == 1


def test_the_index_of_all_layers_is_made_by_one_process(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    both = (Held((MOUSE,)), Held((LINE,), name="more"))
    use(monkeypatch, *both)
    path = file_of(both)
    with claim(path) as mine:
        assert mine
        sources.make()
        assert not path.exists()
    sources.make()
    assert Index.is_made(both)
    assert not path.with_suffix(".lock").exists()


def test_a_claim_long_given_up_is_taken_over(cache: Path) -> None:
    path = file_of((Held((MOUSE,)),))
    cache.mkdir()
    lock = path.with_suffix(".lock")
    lock.touch()
    with claim(path) as mine:
        assert not mine
    os.utime(lock, (1, 1))
    with claim(path) as mine:
        assert mine


def test_the_process_that_makes_it_ends_well(cache: Path) -> None:
    started = sources._begin()
    assert started is not None
    assert started.wait(60) == 0
    assert Index.is_made(layers())
