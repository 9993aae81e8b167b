"""Every kind of message a view may send: what it gets for a good one, and for one that is odd, empty or hostile."""

from __future__ import annotations

import io
import json
import math
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.locale import catalogue
from rembi_widgets.store import open_curation
from rembi_widgets.widgets._handlers import HANDLERS, SLOW
from rembi_widgets.widgets._session import Session

STARTS_WORK = {"undo", "scan", "scan-cancel", "open", "demo", "start-from", "like", "terms-online", "restore"}
"""Kinds that take back, begin threads or open another folder: their own tests hold them."""
ODD: list[Any] = [
    None,
    True,
    -1,
    10**30,
    0.5,
    math.inf,
    math.nan,
    "",
    "../../etc",
    "/etc",
    "\x00",
    "é\ud800",
    [],
    [[]],
    {},
    {"a": [1]},
]
KEYS = """
    acquisition act at cells code collection column columns component confirm contrast edits entry
    examples field file folder format group id ids image into keys lang limit microscope name objective
    offset path paths pattern profile query row rows section side size sort target text token unit value
    where which z
""".split()  # noqa: SIM905 - a list of words reads best as words


def sent(session: Session, kind: str, buffers: list[bytes] | None = None, **content: Any) -> dict[str, Any]:
    """Send a message as a view does, and give the one answer."""
    answers: list[dict[str, Any]] = []
    session._answer(HANDLERS[kind], {"kind": kind, "req": 7, **content}, buffers or [], lambda m, _b: answers.append(m))
    assert len(answers) == 1
    assert answers[0]["req"] == 7
    return answers[0]


def test_every_slow_kind_is_a_kind() -> None:
    assert set(SLOW) <= set(HANDLERS)


def test_the_bundle_is_the_built_program(ask: Any) -> None:
    told, [data] = ask("bundle")
    assert told == {}
    assert len(data) > 1000


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_texts_and_guide_come_in_the_language_asked_for(session: Session, ask: Any, lang: str) -> None:
    told = ask("strings", lang=lang)
    assert session.lang == told["lang"] == lang
    assert told["texts"] == dict(catalogue(lang))
    assert set(told["guide"]) >= {"sections"}
    json.dumps(told)


def test_a_view_that_begins_is_sent_the_record_without_its_tables(ask: Any) -> None:
    told = ask("attach")
    assert told["kind"] == "snapshot"
    assert [one["title"] for one in told["data"]["record"]["samples"]] == ["HeLa control", "HeLa treated"]
    assert told["data"]["undo"] is True
    json.dumps(told)


def test_an_edit_is_one_change_with_one_undo_and_one_redo(session: Session, ask: Any) -> None:
    edit = {"op": "set", "path": "/study/title", "value": "Mitosis"}
    first = ask("edits", edits=[edit])["seq"]
    assert session.curation.record.study.title == "Mitosis"
    assert ask("undo")["seq"] == first + 1
    assert session.curation.record.study.title is None
    assert ask("redo")["seq"] == first + 2
    assert session.curation.record.study.title == "Mitosis"


def test_nothing_to_undo_is_an_answer_too() -> None:
    made = Session(open_curation(None))
    told = sent(made, "undo")
    assert (told["kind"], told["left"]) == ("ack", [])
    assert sent(made, "redo")["kind"] == "ack"
    made.close()


@pytest.mark.parametrize(
    "edit",
    [
        {},
        {"op": "explode", "path": "/study/title"},
        {"op": "set", "path": "/nowhere", "value": 1},
        {"op": "set", "path": "", "value": 1},
        {"op": "set", "path": "/samples/sa-9/title", "value": "x"},
        {"op": "set", "path": "/study/release_date", "value": {"a": 1}},
        {"op": "fill", "path": "/images/nothing", "rows": ["im-1"], "value": 1},
        {"op": "fill", "path": "/images/qc_info", "rows": ["im-1"], "values": ["a", "b"]},
        "no edit",
        None,
    ],
)
def test_an_edit_that_cannot_be_is_refused_and_changes_nothing(session: Session, edit: Any) -> None:
    before = session.curation.record
    told = sent(session, "edits", edits=[{"op": "set", "path": "/study/title", "value": "x"}, edit])
    assert told["kind"] == "refused"
    assert told["message"]
    assert session.curation.record is before


def test_checks_are_sent_to_every_view(session: Session, ask: Any) -> None:
    seen: list[Any] = []
    session.attach(lambda message, _buffers: seen.append(message))
    assert ask("check")["kind"] == "ack"
    [said] = [one for one in seen if one["kind"] == "findings"]
    assert {"seq", "kind"} < set(said)
    json.dumps(said)


def test_a_fix_is_what_its_finding_offers(session: Session, ask: Any) -> None:
    session.curation.edit([{"op": "add", "path": "/people", "id": "pe-1", "value": {"orcid": "0000000218250097"}}])
    from rembi_widgets.checks import check

    fixable = [one for one in check(session.curation.record, "all") if one.fix and one.path.startswith("/people")]
    assert fixable
    told = ask("fix", code=fixable[0].code, path=fixable[0].path)
    assert told["kind"] == "ack"
    again = [(one.code, one.path) for one in check(session.curation.record, "all")]
    assert (fixable[0].code, fixable[0].path) not in again


@pytest.mark.parametrize("said", [{}, {"code": "orcid_form"}, {"code": [], "path": {}}, {"target": "mars"}])
def test_a_fix_that_nothing_offers_is_refused(session: Session, said: dict[str, Any]) -> None:
    assert sent(session, "fix", **said)["kind"] == "refused"


def test_terms_are_proposed_where_there_are_words(session: Session, ask: Any) -> None:
    word = {"label": "HeLa cell"}
    session.curation.edit([{"op": "add", "path": "/biosamples", "id": "bs-1", "value": {"organism": [word]}}])
    told = ask("suggest", field="biosample.organism")
    assert {"proposed", "kept", "left"} <= set(told)
    assert all(isinstance(told[name], int) for name in ("proposed", "kept", "left"))


@pytest.mark.parametrize("name", ["isatab", "bia", "rocrate", "xlsx"])
def test_an_export_is_a_zip_of_its_files(ask: Any, name: str) -> None:
    told, [data] = ask("export", format=name)
    assert told["name"] == f"set-{name}.zip"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()
        assert not any(entry.startswith("/") or ".." in entry for entry in archive.namelist())
    assert all(one["message"] for one in told["findings"])


@pytest.mark.parametrize("name", ["nothing", "../x", "isatab ", 7])
def test_an_unknown_format_is_refused(session: Session, name: Any) -> None:
    assert sent(session, "export", format=name)["kind"] == "refused"


def test_a_ticket_goes_out_and_comes_back(session: Session, ask: Any, root: Path) -> None:
    told, [data] = ask("ticket")
    assert told["name"] == "set.rembi-ticket.zip"
    (root / "other").mkdir()
    assert ask("restore", [data], folder="other")["count"] >= 0
    assert [one.title for one in session.curation.record.samples] == ["HeLa control", "HeLa treated"]
    assert session.curation.folder == root / "other"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip", b"\x00" * 100])
def test_what_is_no_ticket_is_refused(session: Session, data: bytes) -> None:
    before = session.curation.record
    assert sent(session, "restore", [data])["kind"] == "refused"
    assert session.curation.record == before
    assert sent(session, "restore")["kind"] == "refused"


def test_the_archive_is_simulated_part_by_part(ask: Any) -> None:
    told = ask("simulation")
    assert len(told["parts"]) >= 3
    assert told["passes"] is all(part["passes"] for part in told["parts"])
    assert all(len(part["findings"]) <= part["count"] for part in told["parts"])
    assert all(one["message"] for part in told["parts"] for one in part["findings"])
    json.dumps(told)


def test_the_archives_page_shows_the_study(session: Session, ask: Any) -> None:
    session.curation.edit([{"op": "set", "path": "/study/title", "value": "Mitosis <b>&"}])
    assert "Mitosis" in json.dumps(ask("archive-page"))


def test_a_file_is_looked_at_and_changes_nothing(session: Session, ask: Any) -> None:
    _, [data] = ask("export", format="isatab")
    before = session.curation.record
    told = ask("look", [data], name="study.zip")
    assert told["format"] == "isatab"
    assert told["token"] in session.extra["sources"]
    assert session.curation.record == before


@pytest.mark.parametrize("path", ["", "nowhere", "../..", "/etc/passwd", "/", "~root", "\x00"])
def test_no_look_leads_out_of_the_root(session: Session, path: str) -> None:
    assert sent(session, "look", path=path)["kind"] == "refused"
    assert sent(session, "bring-look", path=path)["kind"] == "refused"


@pytest.mark.parametrize("kind", ["bring-in", "start-from"])
@pytest.mark.parametrize("token", ["", "0" * 16, None, []])
def test_what_was_not_looked_at_cannot_be_taken(session: Session, kind: str, token: Any) -> None:
    before = session.curation.record
    assert sent(session, kind, token=token)["kind"] == "refused"
    assert session.curation.record == before


def test_what_was_looked_at_can_be_taken_once(session: Session, ask: Any) -> None:
    _, [data] = ask("export", format="isatab")
    told = ask("bring-look", [data], name="study.zip")
    assert ask("bring-in", token=told["token"])["kind"] == "ack"
    assert sent(session, "bring-in", token=told["token"])["kind"] == "refused"


@pytest.mark.parametrize("kind", ["thumb", "header", "ome", "plane"])
@pytest.mark.parametrize("image", ["im-9", "", None, "../im-1", "im-1"])
def test_an_image_that_is_not_there_gives_a_sentence(session: Session, kind: str, image: Any) -> None:
    told = sent(session, kind, image=image)
    assert told["kind"] == "refused"
    assert told["message"]
    assert "Error" not in told["message"]


@pytest.fixture
def picture(root: Path) -> Path:
    """Write the file of ``im-1``."""
    path = root / "set" / "b" / "2.tiff"
    path.parent.mkdir()
    planes = np.arange(2 * 16 * 16, dtype=np.uint16).reshape(2, 16, 16)
    tifffile.imwrite(path, planes, ome=True, metadata={"axes": "CYX"}, photometric="minisblack")
    return path


@pytest.mark.usefixtures("picture")
@pytest.mark.parametrize("kind", ["thumb", "plane"])
def test_a_picture_is_a_png(ask: Any, kind: str) -> None:
    told, [data] = ask(kind, image="im-1", size=16)
    assert told == {"type": "image/png"}
    assert data.startswith(b"\x89PNG")


@pytest.mark.usefixtures("picture")
@pytest.mark.parametrize(
    "wish",
    [
        {"z": 10**9},
        {"z": -4},
        {"t": 1.5},
        {"z": "2"},
        {"channels": []},
        {"channels": [0, 99]},
        {"channels": "all"},
        {"contrast": "none"},
        {"contrast": {}},
        {"contrast": {"all": [99, 1], "0": [1], "1": "x", "-1": [0, 1], "9": [0, 200], "²": [1, 2]}},
        {"contrast": {"all": [math.nan, 1], "0": [None, 1], "1": [True, 50]}},
        {"size": 0},
        {"size": -5},
        {"size": 10**9},
        {"coloured": None},
    ],
)
def test_an_odd_wish_for_a_plane_is_a_picture_too(ask: Any, wish: dict[str, Any]) -> None:
    _, [data] = ask("plane", image="im-1", **wish)
    assert data.startswith(b"\x89PNG")


@pytest.mark.usefixtures("picture")
def test_a_header_and_its_ome_model_are_pairs_of_text(ask: Any) -> None:
    told = ask("header", image="im-1")
    assert told["path"] == "b/2.tiff"
    assert {"size_x", "size_y"} <= {name for name, _, _ in told["values"]}
    model = dict(ask("ome", image="im-1")["values"])
    assert [value for place, value in model.items() if place.casefold().replace("_", "").endswith("sizec")] == ["2"]


def test_microscopes_ask_for_an_acquisition_that_is_there(session: Session, ask: Any) -> None:
    told = ask("microscopes", acquisition="ac-1")
    assert told["chosen"] is None
    assert "tier" in told
    assert sent(session, "microscopes", acquisition="ac-9")["kind"] == "refused"
    assert sent(session, "use-microscope", acquisition="ac-1", microscope="none")["kind"] == "refused"
    assert sent(session, "preview-microscope", acquisition="ac-1")["kind"] == "refused"


@pytest.mark.parametrize("kind", ["isa-rows", "isa-lead"])
def test_a_table_that_is_not_there_is_refused(session: Session, kind: str) -> None:
    assert sent(session, kind, file="../s.txt")["kind"] == "refused"


def test_rows_of_a_table_come_in_slices(ask: Any) -> None:
    [table, *_] = ask("isa-open")["tables"]
    whole = ask("isa-rows", file=table["file"], offset=-3)
    assert whole["total"] == table["rows"]
    assert ask("isa-rows", file=table["file"], offset=10**9)["rows"] == []
    assert all(len(row) == len(table["columns"]) for row in whole["rows"])
    assert ask("isa-lead", file=table["file"], row=-1, column=10**9) == {"paths": []}


@pytest.mark.parametrize("kind", ["look-at-copy", "merge", "list-folders", "copy", "library", "like", "open"])
def test_no_folder_outside_the_root_is_opened(session: Session, kind: str, tmp_path: Path) -> None:
    (tmp_path / "beside").mkdir()
    for folder in ("../beside", str(tmp_path / "beside"), "/"):
        said = {"folder": folder, "path": folder, "like": folder, "section": "specimens"}
        assert sent(session, kind, **said)["kind"] == "refused"
    assert session.curation.folder is not None
    assert session.curation.folder.name == "set"
    assert list((tmp_path / "beside").iterdir()) == []


def test_a_demo_that_nobody_makes_is_refused(ask: Any) -> None:
    with pytest.raises(RembiError) as raised:
        ask("demo")
    assert raised.value.key == "ui.no_demo"


def test_a_kind_that_is_not_known_is_passed_over(session: Session) -> None:
    seen: list[Any] = []
    for kind in ("explode", "", None, "__class__"):
        session.handle({"kind": kind}, [], lambda message, _buffers: seen.append(message))
    assert seen == []


@pytest.mark.parametrize("kind", sorted(set(HANDLERS) - STARTS_WORK))
def test_odd_content_is_answered_and_leaves_the_record_whole(
    session: Session, kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REMBI_LIBRARY", str(tmp_path / "library"))
    seen: list[Any] = []
    for odd in ODD:
        said = {"kind": kind, "req": 1, **dict.fromkeys(KEYS, odd)}
        session._answer(HANDLERS[kind], said, [], lambda message, _buffers: seen.append(message))
    assert len(seen) == len(ODD)
    assert all(isinstance(one["kind"], str) for one in seen)
    assert [one.id for one in session.curation.record.acquisitions] == ["ac-1"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    said=st.dictionaries(st.sampled_from(KEYS), st.sampled_from(ODD), max_size=6),
    kind=st.sampled_from(
        [
            "rows",
            "summary",
            "fill",
            "groups",
            "folders",
            "matrix",
            "related",
            "match",
            "library",
            "terms",
            "term-around",
        ]
    ),
)
def test_any_mixture_of_odd_content_is_answered(session: Session, kind: str, said: dict[str, Any]) -> None:
    told = sent(session, kind, **{key: value for key, value in said.items() if key != "kind"})
    assert told["kind"] in {kind, "refused", "ack"}
