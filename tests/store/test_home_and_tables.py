"""What a dataset is known by, tables as text, copies looked at before they are taken in, journals line by line."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.record import Absent, Change, Edit, Origin, Table, Term
from rembi_widgets.store import merge_copy, open_curation, preview_copy
from rembi_widgets.store._home import KEPT, Home, Sketch, home_of, homes, sketch
from rembi_widgets.store._journal import LARGE, REFERENCE, decode, encode, to_json
from rembi_widgets.store._tsv import read, write

TEXTS = st.text(max_size=12)
NUMBERS = st.sets(st.integers(0, 2**40), max_size=60)


def filled(folder: Path, names: list[str], size: int = 3) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x" * size)
    return folder


NAMES = [f"plate/{number:02}.tif" for number in range(20)]


def test_the_same_images_have_one_sketch_wherever_they_are(tmp_path: Path) -> None:
    here, there = filled(tmp_path / "a", NAMES), filled(tmp_path / "mnt" / "b", NAMES)
    assert sketch(here) == sketch(there)
    assert sketch(here).resemblance(sketch(there)) == 1.0


def test_a_file_of_another_size_is_another_file(tmp_path: Path) -> None:
    one, other = filled(tmp_path / "a", NAMES), filled(tmp_path / "b", NAMES, size=4)
    assert sketch(one).resemblance(sketch(other)) == 0.0


def test_half_of_the_files_resemble_by_their_share(tmp_path: Path) -> None:
    one, other = filled(tmp_path / "a", NAMES), filled(tmp_path / "b", NAMES[:10])
    assert sketch(one).resemblance(sketch(other)) == 0.5


@pytest.mark.parametrize("own", [".rembi/journal/w.ndjson", "rembi.json", "rembi-files.tsv", ".hidden"])
def test_own_files_and_hidden_ones_do_not_change_a_sketch(tmp_path: Path, own: str) -> None:
    folder = filled(tmp_path / "a", NAMES)
    before = sketch(folder)
    filled(folder, [own])
    assert sketch(folder) == before


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_no_link_is_followed(tmp_path: Path) -> None:
    folder = filled(tmp_path / "a", NAMES)
    before = sketch(folder)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    assert sketch(folder) == before


def test_a_folder_that_is_not_there_has_an_empty_sketch(tmp_path: Path) -> None:
    assert sketch(tmp_path / "nowhere") == Sketch(0, ())


@given(NUMBERS, NUMBERS)
def test_resemblance_is_mutual_and_a_share(one: set[int], other: set[int]) -> None:
    first, second = Sketch(len(one), tuple(sorted(one))), Sketch(len(other), tuple(sorted(other)))
    share = first.resemblance(second)
    assert share == second.resemblance(first)
    assert 0.0 <= share <= 1.0
    assert first.resemblance(first) == 1.0


def test_a_sketch_stays_small(tmp_path: Path) -> None:
    found = sketch(filled(tmp_path, [f"{number}.tif" for number in range(KEPT + 40)]))
    assert (found.files, len(found.numbers)) == (KEPT + 40, KEPT)
    assert list(found.numbers) == sorted(found.numbers)


def test_the_place_for_other_homes_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMBI_HOME", str(tmp_path / "mine"))
    assert homes() == tmp_path / "mine"
    monkeypatch.delenv("REMBI_HOME")
    assert "rembi_widgets" in str(homes())


def test_a_dataset_that_can_be_written_is_its_own_home_and_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REMBI_HOME", str(tmp_path / "homes"))
    home = home_of(filled(tmp_path / "a", NAMES))
    assert (home.folder, home.is_elsewhere, home.reports()) == (tmp_path / "a", False, [])
    home.begin()
    assert not (tmp_path / "homes").exists()


@pytest.mark.parametrize(
    "note", ["", "[]", "{}", '{"path": 1}', '{"path": "a", "files": "x", "sketch": []}', "[" * 9999]
)
def test_a_home_whose_note_says_nothing_is_nobodys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, note: str) -> None:
    monkeypatch.setenv("REMBI_HOME", str(tmp_path / "homes"))
    filled(tmp_path / "homes", ["one/dataset.json"])
    (tmp_path / "homes" / "one" / "dataset.json").write_text(note)
    assert home_of(filled(tmp_path / "a", NAMES)).folder == tmp_path / "a"


def test_a_home_elsewhere_notes_its_dataset_once(tmp_path: Path) -> None:
    data = filled(tmp_path / "a", NAMES)
    home = Home(data, tmp_path / "homes" / "a-1")
    home.begin()
    said = json.loads((home.folder / "dataset.json").read_text())
    assert (said["path"], said["files"], said["sketch"]) == (str(data), 20, list(sketch(data).numbers))
    (home.folder / "dataset.json").write_text("mine")
    home.begin()
    assert (home.folder / "dataset.json").read_text() == "mine"
    assert [finding.code for finding in home.reports()] == ["kept_elsewhere"]
    assert [finding.code for finding in Home(data, data, home.folder).reports()] == ["curation_moved"]


CELLS = st.one_of(st.none(), TEXTS, st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 10**6))


def column(values: list[Any], name: str) -> Table:
    return Table(tuple(f"im-{row}" for row in range(len(values))), {name: tuple(values)})


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_any_text_of_a_table_comes_back(values: list[str]) -> None:
    back = read(write(column(values, "qc_info")), "images")
    assert [back.value(row, "qc_info") or "" for row in back.ids] == values


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=8))
def test_any_number_of_a_table_comes_back(values: list[float]) -> None:
    back = read(write(column(values, "pixel_size_x")), "images")
    assert [back.value(row, "pixel_size_x") for row in back.ids] == values


@given(st.lists(CELLS, min_size=1, max_size=8))
def test_a_table_has_a_line_a_row_and_as_many_cells_as_columns(values: list[Any]) -> None:
    lines = write(column(values, "qc_info")).split("\n")
    assert lines[-1] == ""
    assert len(lines) == len(values) + 2
    assert all(line.count("\t") == 1 for line in lines[:-1])


@pytest.mark.parametrize(
    "value", [Absent(absent="not_applicable", reason="no"), Term(label="x", id="UO:1"), "json:{}", "\\t", "a\\\\n\tb"]
)
def test_odd_cells_come_back_as_they_were(value: Any) -> None:
    back = read(write(column([value], "qc_info")), "images")
    assert back.value("im-0", "qc_info") == value


@pytest.mark.parametrize("value", [True, False])
def test_yes_and_no(value: bool) -> None:
    text = write(column([value], "contrast_inversion"))
    assert text.split("\n")[1] == f"im-0\t{'yes' if value else 'no'}"
    assert read(text, "images").value("im-0", "contrast_inversion") is value


@pytest.mark.parametrize("text", ["", "name\tqc_info\n", "\n", "ID\n"])
def test_a_table_without_ids_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read(text, "images")


@pytest.mark.parametrize("word", ["inf", "nan", "1e999", "five", "1,5"])
def test_what_is_no_number_stays_as_it_was_typed(word: str) -> None:
    assert read(f"id\tpixel_size_x\nim-0\t{word}\n", "images").value("im-0", "pixel_size_x") == word


@pytest.mark.parametrize("number", [0, 1, LARGE, LARGE + 1, 500])
def test_a_journal_line_is_one_line_and_comes_back(number: int) -> None:
    kept: dict[str, bytes] = {}

    def keep(data: bytes) -> str:
        kept[f"{len(kept):064}"] = data
        return f"{len(kept) - 1:064}"

    change = Change(
        id="w-1",
        author="ada\n\u2028",
        clock=1,
        origin=Origin(kind="typed"),
        edits=(Edit(op="set", path="/study/keywords", value=[str(row) for row in range(number)]),),
    )
    line = encode(change, keep)
    assert line.count(b"\n") == 1
    assert bool(kept) is (number > LARGE)
    assert decode(line, lambda name: json.loads(kept[name])) == change


@pytest.mark.parametrize("key", [REFERENCE, "x"])
def test_a_value_that_looks_like_a_reference_comes_back(key: str) -> None:
    kept: dict[str, bytes] = {}

    def keep(data: bytes) -> str:
        kept["only"] = data
        return "only"

    edit = Edit(op="set", path="/study/x-own", value={key: "not a name"})
    change = Change(id="w-1", author="", clock=1, origin=Origin(kind="typed"), edits=(edit,))
    assert decode(encode(change, keep), lambda name: json.loads(kept[name])) == change


@given(st.text(max_size=8))
def test_json_is_bytes_also_with_halves_of_letters(text: str) -> None:
    assert json.loads(to_json({text: text + "\udce9"})) == {text: text + "\udce9"}


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    here = filled(tmp_path / "here", NAMES[:2])
    with open_curation(here, author="ada") as curation:
        curation.set("/study/title", "Nuclei")
    return here, Path(shutil.copytree(here, tmp_path / "there"))


def test_a_preview_tells_what_would_come_and_writes_nothing(pair: tuple[Path, Path]) -> None:
    here, there = pair
    with open_curation(there, author="grace") as curation:
        curation.set("/study/title", "Kernels")
        curation.set("/study/description", "of cells")
    with open_curation(here, author="ada") as curation:
        curation.set("/study/title", "Cells")
        before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file() and "present" not in path.parts}
        found = preview_copy(curation, there)
        after = {path: path.read_bytes() for path in here.rglob("*") if path.is_file() and "present" not in path.parts}
        assert (found.changes, [conflict.path for conflict in found.conflicts]) == (2, ["/study/title"])
        assert before == after
        assert curation.record.study.title == "Cells"
        assert len(merge_copy(curation, there).changes) == found.changes
        assert preview_copy(curation, there) == (0, (), ())


def test_a_preview_of_the_same_folder_or_none_is_refused(pair: tuple[Path, Path], tmp_path: Path) -> None:
    with open_curation(pair[0]) as curation:
        for other in (pair[0], pair[0] / "..", tmp_path / "nowhere"):
            with pytest.raises(RembiError):
                preview_copy(curation, other)


def test_a_curation_in_memory_has_no_copies(pair: tuple[Path, Path]) -> None:
    for ask in (preview_copy, merge_copy):
        with pytest.raises(RembiError):
            ask(open_curation(), pair[1])


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(["title", "description", "acknowledgements"]), max_size=4))
def test_undoing_everything_is_the_record_before(fields: list[str]) -> None:
    curation = open_curation(author="ada")
    before = curation.record
    for number, field in enumerate(fields):
        curation.set(f"/study/{field}", f"value {number}")
    while curation.can_undo:
        curation.undo()
    assert curation.record == before


def test_a_table_of_thousands_of_rows_comes_back_from_its_text() -> None:
    rows = range(1_500)
    columns = {"size_x": tuple(float(n) for n in rows), "qc_info": tuple(None if n % 2 else f"a\t{n}" for n in rows)}
    table = Table(tuple(f"im-{n}" for n in rows), columns)
    assert read(write(table), "images") == table
