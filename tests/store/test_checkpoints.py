"""Checkpoints edited by hand, by other programs, or broken: what was meant comes in, nothing is lost, nothing stops."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.record import Absent, Edit, Term, leaves
from rembi_widgets.store import OpenCuration, _tsv, open_curation

QUOTES = ['"quoted"', 'he said "no"', "'single'", '"', '""', "a;b,c", "=1+1", "#note", " lead and trail "]


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """A dataset whose curation holds two biosamples and three images, written and closed."""
    with open_curation(tmp_path, author="me") as curation:
        edits = [Edit(op="add", path="/biosamples", id=f"bs-{n}", value={"title": f"mouse {n}"}) for n in (1, 2)]
        edits.append(Edit(op="add", path="/images", rows=("im-1", "im-2", "im-3")))
        edits.append(Edit(op="fill", path="/images/qc_info", rows=("im-1", "im-2"), values=("sharp", "dim")))
        edits.append(Edit(op="add", path="/files", rows=("fl-1",), value={"path": ["a.tif"], "size_bytes": [12]}))
        curation.edit(edits)
    return tmp_path


def rewrite(dataset: Path, edit: Callable[[dict[str, Any]], Any]) -> None:
    """Change ``rembi.json`` as a person with an editor does."""
    held = json.loads((dataset / "rembi.json").read_text(encoding="utf-8"))
    edit(held)
    (dataset / "rembi.json").write_text(json.dumps(held), encoding="utf-8")


def rewrite_table(dataset: Path, name: str, old: str, new: str) -> None:
    file = dataset / f"rembi-{name}.tsv"
    before = file.read_bytes().decode()
    assert old in before
    file.write_bytes(before.replace(old, new).encode())


def codes(curation: OpenCuration) -> list[str]:
    return [finding.code for finding in curation.reports]


def test_an_entity_added_removed_and_moved_by_hand(dataset: Path) -> None:
    rewrite(dataset, lambda held: held["biosamples"].insert(0, {"id": "bs-own", "title": "by hand"}))
    with open_curation(dataset) as curation:
        assert [one.id for one in curation.record.biosamples] == ["bs-own", "bs-1", "bs-2"]
    rewrite(dataset, lambda held: held["biosamples"].reverse())
    with open_curation(dataset) as curation:
        assert [one.id for one in curation.record.biosamples] == ["bs-2", "bs-1", "bs-own"]
    rewrite(dataset, lambda held: held["biosamples"].pop())
    assert [one.id for one in open_curation(dataset).record.biosamples] == ["bs-2", "bs-1"]


def test_a_hand_edit_is_taken_in_once_also_when_nothing_was_written_since(dataset: Path) -> None:
    rewrite(dataset, lambda held: held["biosamples"].append({"id": "bs-own", "title": "by hand"}))
    rewrite_table(dataset, "images", "sharp", "crisp")
    for _ in range(2):
        died = open_curation(dataset)
        assert [one.id for one in died.record.biosamples] == ["bs-1", "bs-2", "bs-own"]
    assert codes(died) == []
    died.set("/biosamples/bs-own/title", "changed in the app")
    died.set("/images/im-1/qc_info", "sharper")
    again = open_curation(dataset)
    assert again.get("/biosamples/bs-own/title") == "changed in the app"
    assert again.get("/images/im-1/qc_info") == "sharper"
    assert [change.origin.kind for change in again.history].count("edited_outside") == 1


def test_a_cell_edited_by_hand_leaves_what_is_known_of_all_others(dataset: Path) -> None:
    with open_curation(dataset, author="me") as curation:
        curation.propose([Edit(op="fill", path="/images/size_x", rows=("im-1", "im-2"), value=512)])
        before = curation.record.images
    rewrite_table(dataset, "images", "im-1\tsharp\t512", "im-1\tsharp\t1024")
    images = open_curation(dataset).record.images
    assert images.column("size_x") == (1024, 512, None)
    assert images.mark("im-1", "size_x").confirmed
    assert images.mark("im-2", "size_x") == before.mark("im-2", "size_x")
    assert images.marks["qc_info"] == before.marks["qc_info"]


def test_a_hand_edit_is_undone_like_any_other(dataset: Path) -> None:
    rewrite(dataset, lambda held: held.update(study={"title": "by hand"}))
    with open_curation(dataset, author="me") as curation:
        assert curation.record.study.title == "by hand"
        assert curation.record.marks["/study/title"].confirmed
        curation.undo()
        assert curation.record.study.title is None


def test_a_value_emptied_by_hand_is_cleared(dataset: Path) -> None:
    rewrite(dataset, lambda held: held["biosamples"][0].update(title=""))
    rewrite_table(dataset, "images", "im-1\tsharp", "im-1\t")
    record = open_curation(dataset).record
    assert record.biosamples[0].title is None
    assert record.images.column("qc_info") == (None, "dim", None)


def test_own_fields_added_by_hand_are_kept(dataset: Path) -> None:
    rewrite(dataset, lambda held: held["biosamples"][0].update({"x-cage": 12}))
    rewrite(dataset, lambda held: held["biosamples"].append({"id": "bs-3", "title": "new", "strain": "C57"}))
    with open_curation(dataset) as curation:
        assert (curation.get("/biosamples/bs-1/x-cage"), curation.get("/biosamples/bs-3/strain")) == (12, "C57")
    held = json.loads((dataset / "rembi.json").read_text(encoding="utf-8"))
    assert (held["biosamples"][0]["x-cage"], held["biosamples"][2]["strain"]) == (12, "C57")


def test_a_field_that_does_not_exist_costs_that_field_only(dataset: Path) -> None:
    rewrite(dataset, lambda held: held["biosamples"][0].update(titel="typo", description="good"))
    before = (dataset / "rembi.json").read_bytes()
    with open_curation(dataset) as curation:
        assert curation.get("/biosamples/bs-1/description") == "good"
        assert codes(curation) == ["checkpoint_unreadable", "edited_outside"]
        assert "titel" in str(curation.reports[0])
    assert (dataset / "rembi.json.unreadable-1").read_bytes() == before
    assert codes(open_curation(dataset)) == []


def test_a_column_that_does_not_exist_costs_that_column_only(dataset: Path) -> None:
    rewrite_table(dataset, "images", "id\tqc_info\n", "id\tqc_info\tmy notes\t\n")
    rewrite_table(dataset, "images", "im-1\tsharp\n", "im-1\tcrisp\tsee book\t?\n")
    with open_curation(dataset) as curation:
        assert curation.get("/images/im-1/qc_info") == "crisp"
        assert set(codes(curation)) == {"checkpoint_unreadable", "edited_outside"}
    assert "see book" in (dataset / "rembi-images.tsv.unreadable-1").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "edit",
    [
        lambda held: held["biosamples"].append(dict(held["biosamples"][0])),
        lambda held: held["biosamples"].append({"title": "without an id"}),
        lambda held: held["biosamples"].append("text"),
        lambda held: held["biosamples"][0].update(title=3),
        lambda held: held["biosamples"][0].update(experimental_variable=[{"name": "dose"}]),
        lambda held: held["biosamples"][0].update(id="bs/1"),
        lambda held: held.update(biosamples={}),
        lambda held: held.update(biosamples=None, study=[]),
        lambda held: held.update(holds=[]),
        lambda held: held.update(holds=dict.fromkeys(held["holds"], "many")),
    ],
)
def test_a_file_that_says_nothing_we_can_follow_is_set_aside(dataset: Path, edit: Callable[[Any], Any]) -> None:
    record = open_curation(dataset).record
    rewrite(dataset, edit)
    given = (dataset / "rembi.json").read_bytes()
    with open_curation(dataset) as curation:
        assert curation.record == record
        assert codes(curation) == ["checkpoint_unreadable"]
        curation.set("/study/title", "goes on")
    assert (dataset / "rembi.json.unreadable-1").read_bytes() == given
    assert codes(open_curation(dataset)) == []


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"checksums":' + b'{"a":' * 100_000])
def test_a_file_nested_without_end_is_set_aside(dataset: Path, content: bytes) -> None:
    (dataset / "rembi.json").write_bytes(content)
    curation = open_curation(dataset)
    assert codes(curation) == ["checkpoint_unreadable"]
    assert len(curation.record.biosamples) == 2


def test_files_set_aside_do_not_overwrite_each_other(dataset: Path) -> None:
    for number in (1, 2):
        (dataset / "rembi.json").write_bytes(b"broken %d" % number)
        with open_curation(dataset) as curation:
            curation.set("/study/title", f"after {number}")
    assert [(dataset / f"rembi.json.unreadable-{n}").read_bytes() for n in (1, 2)] == [b"broken 1", b"broken 2"]


@pytest.mark.parametrize("content", [b"", b"name\tqc_info\n", b"\x00\x01", b"id\tqc_info\nim-1\tjson:{\n"])
def test_a_table_nobody_can_read_is_set_aside_alone(dataset: Path, content: bytes) -> None:
    record = open_curation(dataset).record
    (dataset / "rembi-images.tsv").write_bytes(content)
    rewrite(dataset, lambda held: held["biosamples"][0].update(title="by hand"))
    with open_curation(dataset) as curation:
        assert curation.record.images == record.images
        assert curation.record.biosamples[0].title == "by hand"
        assert codes(curation) == ["checkpoint_unreadable", "edited_outside"]
    assert (dataset / "rembi-images.tsv.unreadable-1").read_bytes() == content
    assert (dataset / "rembi-images.tsv").read_text(encoding="utf-8").startswith("id\t")


@pytest.mark.parametrize("name", ["rembi.json", "rembi-images.tsv", "rembi-files.tsv"])
def test_a_file_deleted_is_written_again_and_takes_nothing_along(dataset: Path, name: str) -> None:
    record, before = open_curation(dataset).record, (dataset / name).read_bytes()
    (dataset / name).unlink()
    with open_curation(dataset) as curation:
        assert curation.record == record
        curation.set("/study/title", "t")
    after = (dataset / name).read_bytes()
    assert (after == before) is name.endswith(".tsv")


@pytest.mark.parametrize("value", QUOTES)
def test_marks_of_quotation_are_letters_like_any_other(dataset: Path, value: str) -> None:
    rewrite_table(dataset, "images", "im-1\tsharp", f"im-1\t{value}")
    with open_curation(dataset) as curation:
        assert curation.get("/images/im-1/qc_info") == value
    assert f"im-1\t{value}\n" in (dataset / "rembi-images.tsv").read_text(encoding="utf-8")


def test_what_spreadsheets_do_to_line_ends_and_beginnings_is_no_edit(dataset: Path) -> None:
    record = open_curation(dataset).record
    for name in ("images", "files"):
        file = dataset / f"rembi-{name}.tsv"
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n") + b"\r\n\r\n")
    curation = open_curation(dataset)
    assert curation.record == record
    assert codes(curation) == []


def test_rows_come_go_and_change_places_in_a_table_by_hand(dataset: Path) -> None:
    text = "id\tqc_info\nim-3\tlate\nim-9\tnew\nim-1\tsharp\n"
    (dataset / "rembi-images.tsv").write_text(text, encoding="utf-8")
    images = open_curation(dataset).record.images
    assert (images.ids, images.column("qc_info")) == (("im-3", "im-9", "im-1"), ("late", "new", "sharp"))


def test_a_row_with_an_id_twice_keeps_the_last(dataset: Path) -> None:
    rewrite_table(dataset, "images", "im-2\tdim", "im-2\tdim\nim-2\tbright")
    images = open_curation(dataset).record.images
    assert (len(images), images.value("im-2", "qc_info")) == (3, "bright")


@pytest.mark.parametrize(
    ("text", "held"),
    [("13", 13), ("1.5", 1.5), ("1e3", 1000.0), ("a lot", "a lot"), ("nan", "nan"), ("inf", "inf"), ("", None)],
)
def test_numbers_typed_into_a_table(dataset: Path, text: str, held: object) -> None:
    rewrite_table(dataset, "files", "\t12", f"\t{text}")
    assert open_curation(dataset).get("/files/fl-1/size_bytes") == held


def test_cells_of_every_kind_come_back_from_a_table() -> None:
    text = (
        'id\tcontrast_inversion\torganism\tx-own\nim-1\tyes\tjson:{"label": "x"}\tjson:["a"]\nim-2\tno\nim-3\tmaybe\n'
    )
    table = _tsv.read(text, "images")
    assert table.column("contrast_inversion") == (True, False, "maybe")
    assert (table.value("im-1", "organism"), table.value("im-1", "x-own")) == (Term(label="x"), ("a",))
    written = _tsv.write(table.with_cells("qc_info", ["im-2"], [Absent(absent="not_recorded")], [None]))
    assert 'json:{"absent": "not_recorded"}' in written
    assert _tsv.read(written, "images").columns["contrast_inversion"] == (True, False, "maybe")


@pytest.mark.parametrize("value", ["\\", "\\\\n", "\\t", "a\tb", "\r\n", "json:x", "\u2028", "\x85", "\x0b", "\ufeff"])
def test_letters_that_would_break_a_row_come_back(dataset: Path, value: str) -> None:
    with open_curation(dataset) as curation:
        curation.set("/images/im-3/qc_info", value)
    rewrite_table(dataset, "images", "im-1\tsharp", "im-1\ttouched")
    with open_curation(dataset) as curation:
        assert curation.get("/images/im-3/qc_info") == value
        assert len(curation.history[-1].edits) == 1


@pytest.mark.parametrize("value", ["half an emoji: \ud83d", "a byte: \udcff", "half a \udfff letter", "\udcc3\udca9"])
def test_halves_of_letters_do_not_stop_the_checkpoint(dataset: Path, value: str) -> None:
    with open_curation(dataset) as curation:
        curation.edit(
            [Edit(op="set", path=f"{place}", value=value) for place in ("/study/title", "/images/im-1/qc_info")]
        )
        curation.checkpoint()
    again = open_curation(dataset)
    assert (again.record.study.title, again.get("/images/im-1/qc_info")) == (value, value)
    assert codes(again) == []


def test_a_checkpoint_of_another_machine_is_no_hand_edit(
    dataset: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Another machine's checkpoint arrives by a shared drive together with its journal: nothing is to be taken in."""
    other = tmp_path_factory.mktemp("other")
    for path in sorted(dataset.rglob("*")):
        if path.is_file():
            (other / path.relative_to(dataset)).parent.mkdir(parents=True, exist_ok=True)
            (other / path.relative_to(dataset)).write_bytes(path.read_bytes())
    with open_curation(other, author="other") as curation:
        curation.set("/study/title", "written elsewhere")
        journal = other / ".rembi" / "journal" / f"{curation.writer}.ndjson"
    (dataset / ".rembi" / "journal" / journal.name).write_bytes(journal.read_bytes())
    (dataset / "rembi.json").write_bytes((other / "rembi.json").read_bytes())
    again = open_curation(dataset)
    assert (again.record, codes(again)) == (curation.record, [])


def test_an_old_checkpoint_put_back_is_no_edit_and_is_written_anew(dataset: Path) -> None:
    old = (dataset / "rembi.json").read_bytes()
    with open_curation(dataset) as curation:
        curation.set("/study/title", "newer")
    (dataset / "rembi.json").write_bytes(old)
    with open_curation(dataset) as curation:
        assert (curation.record.study.title, codes(curation)) == ("newer", [])
        curation.set("/study/description", "d")
    assert "newer" in (dataset / "rembi.json").read_text(encoding="utf-8")


def test_an_old_checkpoint_edited_by_hand_changes_only_what_was_edited(dataset: Path) -> None:
    old = (dataset / "rembi.json").read_bytes()
    with open_curation(dataset) as curation:
        curation.set("/study/title", "newer")
    (dataset / "rembi.json").write_bytes(old)
    rewrite(dataset, lambda held: held["biosamples"][0].update(title="by hand"))
    record = open_curation(dataset).record
    assert (record.study.title, record.biosamples[0].title) == ("newer", "by hand")


def without_journals(dataset: Path) -> None:
    """Somebody copied the three files, or took them from git, and left ``.rembi`` behind."""
    for path in sorted((dataset / ".rembi").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


@pytest.mark.parametrize("edited", [False, True])
def test_a_checkpoint_without_any_journal_is_taken_in_whole(dataset: Path, edited: bool) -> None:
    with open_curation(dataset, author="me") as curation:
        curation.propose([Edit(op="set", path="/study/license", value="CC0")])
    record = curation.record
    without_journals(dataset)
    if edited:
        rewrite(dataset, lambda held: held["study"].update(title="alone"))
    with open_curation(dataset) as again:
        assert codes(again) == ["edited_outside"]
        assert (again.record.biosamples, again.record.marks["/study/license"].confirmed) == (record.biosamples, False)
        assert again.record.images.columns == record.images.columns
        assert again.record.study.title == ("alone" if edited else None)
    assert open_curation(dataset).record == again.record


@pytest.mark.parametrize("marks", [[], {"/study/license": 3}, "x"])
def test_marks_of_a_lone_checkpoint_that_are_none_set_it_aside(dataset: Path, marks: object) -> None:
    without_journals(dataset)
    rewrite(dataset, lambda held: held.update(marks=marks))
    with open_curation(dataset) as curation:
        assert codes(curation) == ["checkpoint_unreadable"]
    assert (dataset / "rembi.json.unreadable-1").exists()


def test_a_journal_that_arrives_after_its_checkpoint_doubles_nothing(dataset: Path) -> None:
    """A shared drive may bring the checkpoint first."""
    record, kept = open_curation(dataset).record, dataset / "later.ndjson"
    journal = next((dataset / ".rembi" / "journal").iterdir())
    journal.rename(kept)
    alone = open_curation(dataset)
    assert alone.record.biosamples == record.biosamples
    kept.rename(journal)
    assert dict(leaves(open_curation(dataset).record)) == dict(leaves(record))


def test_the_checkpoint_is_kept_by_one_writer(dataset: Path) -> None:
    first, second = open_curation(dataset), open_curation(dataset)
    first.set("/study/title", "first")
    second.set("/study/description", "second")
    before = (dataset / "rembi.json").read_bytes()
    second.checkpoint()
    assert (dataset / "rembi.json").read_bytes() == before
    first.close()
    second.checkpoint()
    study = json.loads((dataset / "rembi.json").read_text(encoding="utf-8"))["study"]
    assert study == {"title": "first", "description": "second"}
    second.close()


def test_nothing_is_written_where_nothing_changed(dataset: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in dataset.rglob("*")}
    with open_curation(dataset) as curation:
        curation.checkpoint()
    assert {path: path.stat().st_mtime_ns for path in dataset.rglob("*")} == before
