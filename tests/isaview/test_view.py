"""The view of the ISA-Tab: what is shown is what is written, in slices, with the findings at their cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import isatab
from rembi_widgets.record import Table
from rembi_widgets.widgets._handlers import SLOW
from rembi_widgets.widgets._isa_view import NARROWEST, SLICE, WIDEST, shown
from rembi_widgets.widgets._session import Session
from tests.formats.builder import full_record
from tests.isaview.conftest import Ask

STUDY = "s_S-rembi-demo.txt"


def row_of(told: Any, heading: str, label: str) -> Any:
    (section,) = [one for one in told["sections"] if one["heading"] == heading]
    return next(row for row in section["rows"] if row["label"] == label)


def table_of(told: Any, file: str) -> Any:
    return next(one for one in told["tables"] if one["file"] == file)


def test_the_files_that_are_shown_are_those_that_are_written(ask: Ask, session: Session, tmp_path: Path) -> None:
    told = ask("isa-open")
    written = isatab.write(session.curation.record, tmp_path / "out")
    assert {told["file"], *(one["file"] for one in told["tables"])} == {path.name for path in written.files}
    assert told["tables"][0]["file"] == STUDY


def test_sections_come_in_the_order_of_the_file_with_their_leads(ask: Ask) -> None:
    told = ask("isa-open")
    assert [one["heading"] for one in told["sections"]][:2] == ["ONTOLOGY SOURCE REFERENCE", "INVESTIGATION"]
    assert [one["heading"] for one in told["sections"]][-1] == "STUDY CONTACTS"
    title = row_of(told, "STUDY", "Study Title")
    assert title["cells"] == ['Mitotic "spindle" défauts in HeLa']
    assert title["leads"] == [["/study/title"]]
    assert row_of(told, "INVESTIGATION", "Comment[ISA Layout]")["leads"] == [[]]


def test_columns_have_kinds_and_widths(ask: Ask) -> None:
    columns = table_of(ask("isa-open"), STUDY)["columns"]
    assert [one["kind"] for one in columns[:4]] == ["node", "characteristic", "term", "term"]
    assert {one["kind"] for one in columns} >= {"protocol_ref", "factor_value", "comment", "parameter_value"}
    assert all(NARROWEST <= one["width"] <= WIDEST for one in columns)
    assert columns[1]["owner"] == 0


def test_a_slice_gives_its_rows_and_no_others(ask: Ask) -> None:
    whole = ask("isa-rows", file=STUDY)
    assert whole["total"] == len(whole["rows"]) == 4
    assert ask("isa-rows", file=STUDY, offset=1, limit=2)["rows"] == whole["rows"][1:3]
    assert ask("isa-rows", file=STUDY, offset=99)["rows"] == []
    assert ask("isa-rows", file=STUDY, offset=-5, limit=1)["rows"] == whole["rows"][:1]


def test_a_slice_is_never_larger_than_the_limit(ask: Ask, session: Session) -> None:
    count = SLICE * 2 + 1
    rows = [f"im-{n}" for n in range(count)]
    files = [f"fl-n{n}" for n in range(count)]
    session.curation.edit(
        [
            {"op": "add", "path": "/files", "rows": files, "value": {"path": [f"{n}.tif" for n in range(count)]}},
            {
                "op": "add",
                "path": "/images",
                "rows": rows,
                "value": {"file": files, "association": ["as-1-1"] * count, "component": ["sc-1"] * count},
            },
        ]
    )
    table = next(one for one in ask("isa-open")["tables"] if one["rows"] > count)
    answer = ask("isa-rows", file=table["file"], limit=10**6)
    assert len(answer["rows"]) == SLICE
    assert len(ask("isa-rows", file=table["file"], offset=SLICE * 2, limit=SLICE)["rows"]) == table["rows"] - SLICE * 2


def test_a_cell_leads_to_its_field(ask: Ask) -> None:
    assert ask("isa-lead", file=STUDY, row=0, column=1)["paths"] == ["/biosamples/bs-1/organism"]
    assert ask("isa-lead", file=STUDY, row=2, column=1)["paths"] == ["/biosamples/bs-2/organism"]


@pytest.mark.parametrize(("row", "column"), [(-1, 0), (4, 0), (0, -1), (0, 999)])
def test_outside_the_table_nothing_is_led(ask: Ask, row: int, column: int) -> None:
    assert ask("isa-lead", file=STUDY, row=row, column=column)["paths"] == []


@pytest.mark.parametrize("kind", ["isa-rows", "isa-lead"])
@pytest.mark.parametrize("file", ["", "a_none.txt", "../rembi.json", "i_investigation.txt"])
def test_only_tables_are_given(ask: Ask, kind: str, file: str) -> None:
    with pytest.raises(RembiError):
        ask(kind, file=file)


def test_it_is_written_again_only_when_the_record_is_another(ask: Ask, session: Session) -> None:
    first = shown(session)
    ask("isa-rows", file=STUDY)
    assert shown(session) is first
    session.curation.set("/study/title", "Another")
    assert shown(session) is not first
    assert row_of(ask("isa-open"), "STUDY", "Study Title")["cells"] == ["Another"]


def test_a_profile_changes_what_is_shown(ask: Ask) -> None:
    row = row_of(ask("isa-open", profile="isatools-default"), "STUDY ASSAYS", "Study Assay Measurement Type")
    assert set(row["cells"]) == {"histology"}
    with pytest.raises(RembiError):
        ask("isa-open", profile="none of this name")


def test_nothing_stays_on_the_disk(ask: Ask, root: Path) -> None:
    before = {path.name for path in root.rglob("*")}
    ask("isa-open")
    assert {path.name for path in root.rglob("*")} == before


def test_findings_stand_at_cells_that_say_what_was_found(ask: Ask, session: Session) -> None:
    told = ask("isa-open")
    held = shown(session)
    assert told["findings"]
    assert sum(told["counts"].values()) == len(held.findings)
    for one, finding in zip(told["findings"], held.findings, strict=False):
        if one["file"] == told["file"]:
            number, row, _ = one["at"]
            assert held.sections[number].rows[row].line == finding.line
        else:
            row, column = one["at"]
            table = held.document.tables[one["file"]]
            assert row == -1 or table.line(row) == finding.line
            assert 0 <= column < len(table.columns)


def test_what_the_isatab_does_not_hold_is_told_too(ask: Ask, session: Session) -> None:
    session.curation.edit([{"op": "add", "path": "/biosamples", "id": "bs-9", "value": {"title": "idle"}}])
    (one,) = [one for one in ask("isa-open")["told"] if one["path"] == "/biosamples/bs-9"]
    assert "idle" in one["message"]


def test_a_record_of_nothing_is_shown(ask: Ask, session: Session, root: Path) -> None:
    from rembi_widgets.store import open_curation

    (root / "empty").mkdir()
    session.take(open_curation(root / "empty"))
    told = ask("isa-open")
    assert [one["rows"] for one in told["tables"]] == [0]
    assert ask("isa-rows", file=told["tables"][0]["file"])["rows"] == []


def test_it_is_done_beside_the_keystrokes() -> None:
    assert {SLOW[kind] for kind in ("isa-open", "isa-rows", "isa-lead")} == {"isa"}


def test_the_full_record_has_both_tables() -> None:
    assert isinstance(full_record().images, Table)


def test_what_the_files_do_not_hold_is_told_images_first(session: Session, ask: Ask) -> None:
    whole = ask("isa-open")
    for part in session.curation.record.components:
        for one in part.associations:
            session.curation.clear(f"/components/{part.id}/associations/{one.id}/sample")
    told = ask("isa-open")
    assert told["left"] == len(told["told"]) > whole["left"]
    assert told["told"][0]["path"].startswith("/images/")
    assert "association has no sample" in told["told"][0]["message"]
