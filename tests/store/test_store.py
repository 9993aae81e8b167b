"""A curation on disk: what was said once is there afterwards, whatever happens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from rembi_widgets.errors import RembiError
from rembi_widgets.record import Absent, Curation, Edit, Table, diff
from rembi_widgets.store import _tsv, open_curation, restore_ticket, write_ticket
from tests.strategies import records, tables


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    folder = tmp_path / "dataset"
    folder.mkdir()
    return folder


def test_opening_writes_nothing(dataset: Path) -> None:
    with open_curation(dataset) as curation:
        assert curation.record == Curation()
    assert list(dataset.iterdir()) == []


def test_a_change_is_on_disk_when_the_call_returns(dataset: Path) -> None:
    curation = open_curation(dataset)
    curation.set("/study/title", "Nuclei")
    assert open_curation(dataset).record.study.title == "Nuclei"


def test_undo_and_redo_go_on_after_a_restart(dataset: Path) -> None:
    for title in ("one", "two", "three"):
        with open_curation(dataset, author="a") as curation:
            curation.set("/study/title", title)
    with open_curation(dataset, author="a") as curation:
        curation.undo()
        curation.undo()
    with open_curation(dataset, author="a") as curation:
        assert curation.record.study.title == "one"
        curation.redo()
        assert curation.record.study.title == "two"
        curation.undo()
        curation.undo()
        assert curation.record == Curation()
        assert not curation.can_undo


def test_undo_leaves_what_somebody_changed_since_and_names_it(dataset: Path) -> None:
    mine, other = open_curation(dataset, author="me"), open_curation(dataset, author="other")
    mine.edit([Edit(op="set", path="/study/title", value="mine"), Edit(op="set", path="/study/description", value="d")])
    other.set("/study/title", "theirs")
    change, left = mine.undo()
    assert left == ("/study/title",)
    assert (mine.record.study.title, mine.record.study.description) == ("theirs", None)
    assert change.undoes


def test_two_writers_see_one_record(dataset: Path) -> None:
    mine, other = open_curation(dataset, author="me"), open_curation(dataset, author="other")
    for n in range(20):
        mine.set("/study/title", f"mine {n}")
        other.set("/study/description", f"theirs {n}")
    mine.refresh()
    assert mine.record == other.record == open_curation(dataset).record
    assert len(mine.history) == 40


def test_a_half_written_last_line_is_dropped_and_reported(dataset: Path) -> None:
    with open_curation(dataset) as curation:
        curation.set("/study/title", "kept")
    journal = next((dataset / ".rembi" / "journal").iterdir())
    journal.write_bytes(journal.read_bytes() + b'{"id":"w-x-2","edits":[{"op":"set","pa')
    again = open_curation(dataset)
    assert again.record.study.title == "kept"
    assert [finding.code for finding in again.reports] == ["journal_torn"]
    assert journal.name in str(again.reports[0])
    again.set("/study/title", "goes on")
    assert open_curation(dataset).record.study.title == "goes on"


def test_a_line_that_is_no_change_costs_that_line_only(dataset: Path) -> None:
    with open_curation(dataset) as curation:
        curation.set("/study/title", "kept")
    journal = next((dataset / ".rembi" / "journal").iterdir())
    journal.write_bytes(
        b"[1, 2\n" + journal.read_bytes() + b'{"id":"z-1","clock":9,"edits":[{"op":"set","path":"/x/y"}]}\n'
    )
    again = open_curation(dataset)
    assert again.record.study.title == "kept"
    assert [finding.code for finding in again.reports] == ["journal_line", "change_refused"]
    again.set("/study/title", "after")
    assert again.history[-1].clock == 10


def scan_edits(count: int) -> list[Edit]:
    rows = tuple(f"im-{n:06d}" for n in range(count))
    names = tuple(f"2026/plate-{n // 96}/image_{n:06d}.ome.tiff" for n in range(count))
    return [
        Edit(op="add", path="/images", rows=rows),
        Edit(op="fill", path="/images/scene_name", rows=rows, values=names),
        Edit(op="fill", path="/images/size_x", rows=rows, value=2048),
        Edit(op="fill", path="/images/size_y", rows=rows, values=tuple(2000 + n % 7 for n in range(count))),
    ]


def test_a_scan_of_100000_images_is_one_small_change_undone_in_one_step(dataset: Path) -> None:
    count = 100_000
    edits = scan_edits(count)
    with open_curation(dataset, author="a") as curation:
        curation.propose(edits)
        values = sum(len(json.dumps(edit.values)) for edit in edits if edit.values)
        written = sum(path.stat().st_size for path in (dataset / ".rembi").rglob("*") if path.is_file())
        assert len(curation.history) == 1
        assert (written - values) / count <= 100
    with open_curation(dataset, author="a") as curation:
        assert curation.record.images.value("im-099999", "size_y") == 2000 + 99_999 % 7
        curation.undo()
        assert len(curation.record.images) == 0
        curation.redo()
        assert len(curation.record.images) == count


def test_a_machine_never_overwrites_a_person(dataset: Path) -> None:
    curation = open_curation(dataset)
    curation.propose(scan_edits(3))
    curation.set("/images/im-000001/size_x", 100)
    curation.set("/study/title", "typed")
    curation.clear("/study/description")
    proposal = [
        *scan_edits(3)[2:],
        *(Edit(op="set", path=f"/study/{f}", value="m") for f in ("title", "description", "version")),
    ]
    curation.propose(proposal)
    assert curation.record.images.column("size_x") == (2048, 100, 2048)
    assert (curation.record.study.title, curation.record.study.description) == ("typed", None)
    assert curation.record.study.version == "m"
    assert not curation.record.marks["/study/version"].confirmed


@settings(max_examples=30)
@given(records())
def test_any_record_comes_back_from_journal_and_checkpoint(
    tmp_path_factory: pytest.TempPathFactory, record: Curation
) -> None:
    folder = tmp_path_factory.mktemp("d")
    with open_curation(folder) as curation:
        curation.edit(diff(Curation(), record))
    again = open_curation(folder)
    assert again.record == record
    assert [finding.code for finding in again.reports] == []


def test_a_checkpoint_edited_by_hand_is_read_back_as_one_change(dataset: Path) -> None:
    with open_curation(dataset) as curation:
        curation.propose(scan_edits(3))
        curation.add("/biosamples", {"title": "old"})
    held = json.loads((dataset / "rembi.json").read_text())
    held["biosamples"][0]["title"] = "by hand"
    (dataset / "rembi.json").write_text(json.dumps(held))
    table = (dataset / "rembi-images.tsv").read_text()
    (dataset / "rembi-images.tsv").write_text(table.replace("2048", "1024", 1))
    with open_curation(dataset) as curation:
        assert curation.record.biosamples[0].title == "by hand"
        assert curation.record.images.column("size_x") == (1024, 2048, 2048)
        assert curation.history[-1].origin.kind == "edited_outside"
        assert [finding.code for finding in curation.reports] == ["edited_outside"]
    assert open_curation(dataset).reports == []


def test_a_hand_edit_made_while_the_curation_is_open_is_not_overwritten(dataset: Path) -> None:
    curation = open_curation(dataset)
    curation.set("/study/title", "one")
    curation.checkpoint()
    held = json.loads((dataset / "rembi.json").read_text())
    held["study"]["description"] = "by hand"
    (dataset / "rembi.json").write_text(json.dumps(held))
    curation.set("/study/title", "two")
    curation.close()
    assert (curation.record.study.title, curation.record.study.description) == ("two", "by hand")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"checksums": {}, "study": 3}'])
def test_an_unreadable_checkpoint_is_set_aside_and_nothing_is_lost(dataset: Path, content: bytes) -> None:
    with open_curation(dataset) as curation:
        curation.set("/study/title", "kept")
    (dataset / "rembi.json").write_bytes(content)
    with open_curation(dataset) as curation:
        assert curation.record.study.title == "kept"
        assert [finding.code for finding in curation.reports] == ["checkpoint_unreadable"]
        curation.set("/study/title", "more")
    assert (dataset / "rembi.json.unreadable-1").read_bytes() == content
    assert json.loads((dataset / "rembi.json").read_text())["study"]["title"] == "more"


@given(tables("images"))
def test_a_table_as_text_comes_back(table: Table) -> None:
    again = _tsv.read(_tsv.write(table), "images")
    assert (again.ids, again.columns) == (table.ids, table.columns)


def test_awkward_cells_come_back() -> None:
    cells = ["a\tb\\n", "json:{}", "two\nlines", "12", Absent(absent="not_recorded"), None]
    ids = [f"im-{n}" for n in range(len(cells))]
    table = Table().with_rows(ids).with_cells("qc_info", ids, cells, [None] * len(cells))
    assert _tsv.read(_tsv.write(table), "images").column("qc_info") == tuple(cells)


def test_listeners_hear_of_own_and_others_changes(dataset: Path) -> None:
    mine, other, heard = open_curation(dataset), open_curation(dataset), []
    end = mine.on_change(lambda change: heard.append(change.writer))
    mine.set("/study/title", "a")
    other.set("/study/title", "b")
    mine.refresh()
    end()
    mine.set("/study/title", "c")
    assert heard == [mine.writer, other.writer]


def test_a_ticket_brings_the_curation_to_another_folder(dataset: Path, tmp_path: Path) -> None:
    with open_curation(dataset) as curation:
        curation.propose(scan_edits(100))
        curation.set("/study/title", "travels")
        ticket = write_ticket(curation, {"im-000001": b"\x89PNG\r\n\x1a\n..."})
    other = tmp_path / "elsewhere"
    assert restore_ticket(ticket, other) == 2
    assert restore_ticket(ticket, other) == 0
    assert open_curation(other).record == curation.record
    assert (other / ".rembi" / "thumbs" / "im-000001.png").is_file()


@pytest.mark.parametrize("data", [b"", b"PK", b"\x89PNG"])
def test_what_is_no_ticket_is_refused(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(RembiError, match="no ticket"):
        restore_ticket(data, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_no_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(RembiError, match="There is no folder"):
        open_curation(tmp_path / "nowhere")
