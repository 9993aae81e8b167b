"""What is kept, what a new study takes over, the lab's files, and both sides of a correlation, as properties."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.checks import check
from rembi_widgets.errors import RembiError
from rembi_widgets.locale import LANGUAGES
from rembi_widgets.record import Finding, Related, entries_match, entries_of, read_related
from rembi_widgets.record._related import MOST_NAMED, entry_of
from rembi_widgets.store import (
    copy_study,
    forget,
    is_blank,
    keep,
    kept_things,
    lab_people,
    like_edits,
    open_curation,
    reuse_edits,
)
from rembi_widgets.store._lab import lab_files

ENTITIES: dict[str, dict[str, Any]] = {
    "specimens": {"title": "PFA", "preparation_method": "4% PFA"},
    "acquisitions": {"title": "Confocal", "instrument_model": "LSM 980"},
    "analyses": {"title": "Counting"},
    "annotations": {"title": "Masks"},
    "correlations": {"title": "CLEM"},
}
NAMES = st.text(alphabet="ab;|*%/ .é:", min_size=1, max_size=14).filter(lambda name: name == name.strip())


def holding(collection: str, value: dict[str, Any]) -> Any:
    opened = open_curation(None)
    opened.edit([{"op": "add", "path": f"/{collection}", "id": "x-1", "value": value}])
    return opened


@pytest.mark.parametrize(("collection", "value"), ENTITIES.items())
def test_each_kind_is_kept_used_again_and_forgotten(collection: str, value: dict[str, Any], tmp_path: Path) -> None:
    made = keep(holding(collection, value).record, f"/{collection}/x-1", folder=tmp_path, source="Old study")
    [found] = kept_things(collection, folder=tmp_path)
    assert found == made
    fresh = open_curation(None)
    fresh.edit(reuse_edits([found]))
    [held] = getattr(fresh.record, collection)
    assert held.id != "x-1"
    assert {name: getattr(held, name) for name in value} == value
    forget(collection, made.id, folder=tmp_path)
    forget(collection, made.id, folder=tmp_path)
    assert kept_things(collection, folder=tmp_path) == ()


@pytest.mark.parametrize("path", ["", "/", "/specimens", "/specimens/x-9", "/people/x-1", "/study/title", "x", "//"])
def test_what_is_not_there_or_not_worth_it_is_not_kept(path: str, tmp_path: Path) -> None:
    record = holding("specimens", ENTITIES["specimens"]).record
    with pytest.raises(RembiError):
        keep(record, path, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"{}",
        b'{"format": "rembi-kept/2"}',
        b'{"format": "rembi-kept/1", "collection": "people", "value": {}, "source": "", "at": ""}',
        b'{"format": "rembi-kept/1", "collection": "specimens", "value": [], "source": "", "at": ""}',
        b'{"format": "rembi-kept/1", "collection": "specimens", "value": {"title": {"a": 1}}, "source": "", "at": ""}',
        b'{"format": "rembi-kept/1", "collection": "specimens"}',
        b"[" * 100_000,
    ],
)
def test_a_kept_file_that_is_broken_costs_that_file(said: bytes, tmp_path: Path) -> None:
    made = keep(holding("specimens", ENTITIES["specimens"]).record, "/specimens/x-1", folder=tmp_path)
    (tmp_path / "specimens" / "kp-bad.json").write_bytes(said)
    assert made in kept_things("specimens", folder=tmp_path)
    for one in kept_things("specimens", folder=tmp_path):
        assert isinstance(one.title, str)


@pytest.mark.parametrize("identity", ["../x", "", ".", "a/b", "a.json", "\x00"])
def test_nothing_outside_the_library_is_forgotten(identity: str, tmp_path: Path) -> None:
    beside = tmp_path / "x.json"
    beside.write_text("{}")
    with pytest.raises(RembiError):
        forget("specimens", identity, folder=tmp_path / "library")
    assert beside.exists()


def test_keeping_under_the_same_title_brings_it_up_to_date(tmp_path: Path) -> None:
    first = keep(holding("specimens", {"title": "PFA"}).record, "/specimens/x-1", folder=tmp_path)
    second = keep(holding("specimens", ENTITIES["specimens"]).record, "/specimens/x-1", folder=tmp_path)
    assert first.id == second.id
    [found] = kept_things("specimens", folder=tmp_path)
    assert found.value["preparation_method"] == "4% PFA"


def test_two_without_a_title_are_two(tmp_path: Path) -> None:
    for method in ("a", "b"):
        record = holding("specimens", {"preparation_method": method}).record
        keep(record, "/specimens/x-1", folder=tmp_path)
    assert sorted(one.value["preparation_method"] for one in kept_things("specimens", folder=tmp_path)) == ["a", "b"]


def test_a_library_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert kept_things("specimens", folder=tmp_path / "none") == ()
    assert kept_things("people", folder=tmp_path) == ()


def dataset(folder: Path) -> Path:
    folder.mkdir()
    with open_curation(folder) as opened:
        opened.edit(
            [
                {"op": "set", "path": "/study/title", "value": "Old"},
                {"op": "set", "path": "/study/accession", "value": "S-BIAD1"},
                {"op": "add", "path": "/people", "id": "pe-1", "value": {"last_name": "Byron"}},
                *(
                    {"op": "add", "path": f"/{name}", "id": f"x-{place}", "value": value}
                    for place, (name, value) in enumerate(ENTITIES.items())
                ),
            ]
        )
    return folder


@pytest.mark.parametrize("values", ["keep", "clear"])
@pytest.mark.parametrize("people", [True, False])
def test_a_study_begins_like_another(values: Any, people: bool, tmp_path: Path) -> None:
    old, new = dataset(tmp_path / "old"), tmp_path / "new"
    assert copy_study(old, new, values=values, people=people) is not None
    with open_curation(new) as opened:
        record = opened.record
        assert [len(getattr(record, name)) for name in ENTITIES] == [1] * len(ENTITIES)
        assert len(record.people) == people
        assert record.study.accession is None
        assert record.specimens[0].preparation_method == ("4% PFA" if values == "keep" else None)
        assert all(not mark.confirmed and mark.origin.kind == "copy" for mark in record.marks.values())
        opened.undo()
        assert is_blank(opened.record)


def test_a_study_that_says_something_is_not_begun_again(tmp_path: Path) -> None:
    old, new = dataset(tmp_path / "old"), dataset(tmp_path / "new")
    with pytest.raises(RembiError) as raised:
        copy_study(old, new)
    assert raised.value.key == "sections.like_not_blank"


@pytest.mark.parametrize("values", ["", "KEEP", None, "people"])
def test_values_are_kept_or_cleared(values: Any, tmp_path: Path) -> None:
    with pytest.raises(RembiError) as raised:
        copy_study(tmp_path, tmp_path / "new", values=values)
    assert raised.value.key == "sections.like_values"
    assert not (tmp_path / "new").exists()


def test_a_study_is_not_begun_like_itself(tmp_path: Path) -> None:
    old = dataset(tmp_path / "old")
    with pytest.raises(RembiError) as raised:
        copy_study(old, old / ".." / "old")
    assert raised.value.key == "sections.like_itself"


def test_files_and_images_leave_a_study_blank() -> None:
    opened = open_curation(None)
    opened.edit(
        [{"op": "add", "path": "/files", "rows": ["fl-1"]}, {"op": "set", "path": "/setup/targets", "value": ["bia"]}]
    )
    assert is_blank(opened.record)
    assert like_edits(open_curation(None).record, opened.record) == []
    opened.edit([{"op": "set", "path": "/study/title", "value": "x"}])
    assert not is_blank(opened.record)


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("REMBI_LAB", raising=False)
    monkeypatch.setattr("rembi_widgets.store._lab.config_folder", lambda: tmp_path / "settings")
    folder = tmp_path / "lab" / "project" / "data"
    folder.mkdir(parents=True)
    return folder


def test_the_nearest_list_speaks_first(lab: Path) -> None:
    (lab.parent / "people.csv").write_text("name,email\nAda Byron,near@lab.test\n")
    (lab.parent.parent / "people.json").write_text('[{"name": "Ada Byron"}, {"name": "Mary Somer"}]')
    found = lab_people(lab)
    assert [(one.name, source) for one, source in found.people] == [
        ("Ada Byron", "people.csv"),
        ("Mary Somer", "people.json"),
    ]
    assert found.people[0][0].email == "near@lab.test"


def test_a_list_that_cannot_be_read_is_told_and_costs_nothing_else(lab: Path) -> None:
    (lab / "people.json").write_text("{")
    (lab / "people.csv").write_text("name\nAda Byron\n")
    found = lab_people(lab)
    assert [one.name for one, _ in found.people] == ["Ada Byron"]
    assert [fault.key for fault in found.unreadable] == ["sections.lab_broken"]


def test_no_list_above_the_root_is_read(lab: Path) -> None:
    (lab.parent / "people.csv").write_text("name\nAda Byron\n")
    assert lab_people(lab, root=lab).people == ()
    assert len(lab_people(lab, root=lab.parent).people) == 1


def test_a_named_file_is_read_before_all(lab: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = tmp_path / "everyone.tsv"
    named.write_text("name\nMary Somer\n")
    monkeypatch.setenv("REMBI_LAB", str(named))
    (lab / "people.csv").write_text("name\nAda Byron\n")
    assert [path.name for path in lab_files(lab)] == ["everyone.tsv", "people.csv"]
    monkeypatch.setenv("REMBI_LAB", str(tmp_path / "nowhere"))
    assert [path.name for path in lab_files(lab)] == ["people.csv"]


@given(st.lists(NAMES, max_size=5, unique=True), st.lists(NAMES, max_size=5, unique=True))
def test_any_names_of_both_sides_come_back(moving: list[str], fixed: list[str]) -> None:
    written = Related(tuple(map(entry_of, moving)), tuple(map(entry_of, fixed)))
    assert read_related(str(written)) == written


@given(st.text(max_size=60))
def test_what_somebody_wrote_is_kept(said: str) -> None:
    once = read_related(said)
    assert read_related(str(once)) == once
    if not said.strip().startswith(("moving:", "fixed:")):
        assert once == Related(note=said.strip())


@given(st.lists(NAMES, min_size=1, max_size=8, unique=True))
def test_an_entry_names_its_path_and_no_other(paths: list[str]) -> None:
    found = entries_match([entry_of(path) for path in paths], paths)
    assert list(found.values()) == [(place,) for place in range(len(paths))]


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [
        ("*.tif", ["a.tif"]),
        ("**.tif", ["a.tif", "s/b.tif", "s/t/c.tif"]),
        ("s/*", ["s/b.tif"]),
        ("s/**", ["s/b.tif", "s/t/c.tif"]),
        ("s/*/c.*", ["s/t/c.tif"]),
        ("*%2A*", ["x*y"]),
        ("A.tif", []),
        (".tif", []),
        ("", []),
    ],
)
def test_a_pattern_finds_what_it_says(entry: str, wanted: list[str]) -> None:
    paths = ["a.tif", "s/b.tif", "s/t/c.tif", "x*y"]
    assert [paths[place] for place in entries_match([entry], paths)[entry]] == wanted


@given(st.integers(MOST_NAMED + 1, 200), st.booleans())
def test_many_images_are_named_by_their_whole_folder(count: int, alone: bool) -> None:
    chosen = [f"a b/{place}.tif" for place in range(count)]
    paths = [*chosen, "c/0.tif"] if alone else [*chosen, "a b/other.tif"]
    found = entries_of(chosen, paths)
    assert found == (("a b/*",) if alone else None)


def judged(**values: str) -> list[Finding]:
    opened = holding("correlations", {"title": "CLEM", **values})
    opened.edit(
        [
            {"op": "add", "path": "/files", "rows": ["fl-1", "fl-2"]},
            {"op": "fill", "path": "/files/path", "rows": ["fl-1", "fl-2"], "values": ["a.tif", "b.mrc"]},
        ]
    )
    return [one for one in check(opened.record, "all") if one.path.startswith("/correlations/x-1/")]


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("moving: a.tif | fixed: b.mrc", []),
        ("moving: *.tif | fixed: *.mrc", []),
        ("moving: a.tif", ["related_one_side"]),
        ("fixed: b.mrc", ["related_one_side"]),
        ("moving: c.tif | fixed: b.mrc", ["related_nothing"]),
        ("moving: c.tif; d.tif", ["related_nothing", "related_one_side"]),
        ("the light and the electron images", []),
    ],
)
def test_sides_that_name_nothing_are_found(said: str, codes: list[str]) -> None:
    found = [one for one in judged(related_images=said) if one.path.endswith("related_images")]
    assert [one.code for one in found if one.code.startswith("related_")] == codes


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("[[1, 0, 0], [0, 1]]", "matrix_ragged"),
        ("1 0\n0 1", "matrix_shape"),
        ("1 0 0\n0 1 x\n0 0 1", "matrix_number"),
        ("1 0 0\n0 1 0\n3 4 1", "matrix_transposed"),
        ("1 0 2\n0 1 0\n3 4 1", "matrix_last_row"),
        ("1 2 0\n2 4 0", "matrix_singular"),
        ("-1 0 0\n0 1 0", "matrix_mirrored"),
        ("1 0 7\n0 2 0", "matrix_unit"),
        ("1 0 0\n0 1 0", "matrix_nothing"),
        ("2 0 5\n0 2 6 µm", None),
        ("transform.xml", None),
    ],
)
def test_a_matrix_is_judged_at_its_field_in_both_languages(said: str, code: str | None) -> None:
    found = [one for one in judged(transformation_matrix=said) if one.code.startswith("matrix_")]
    assert [one.code for one in found] == ([code] if code else [])
    for one in found:
        assert one.path == "/correlations/x-1/transformation_matrix"
        assert len({one.message(lang) for lang in LANGUAGES}) == len(LANGUAGES)


def test_a_kept_file_says_what_it_is(tmp_path: Path) -> None:
    made = keep(holding("analyses", ENTITIES["analyses"]).record, "/analyses/x-1", source="S", folder=tmp_path)
    said = json.loads((tmp_path / "analyses" / f"{made.id}.json").read_bytes())
    assert said["format"] == "rembi-kept/1"
    assert (said["collection"], said["source"], said["value"]) == ("analyses", "S", {"title": "Counting"})
