"""What the screens ask: previews that change nothing, one change and one undo each, sentences instead of faults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.store import open_curation
from rembi_widgets.widgets._handlers import HANDLERS
from rembi_widgets.widgets._session import Session
from tests.sections.conftest import IMAGES, MADE


def ask(session: Session, kind: str, *buffers: bytes, **content: Any) -> Any:
    answers: list[Any] = []
    session._answer(
        HANDLERS[kind], {"kind": kind, "req": "r", **content}, list(buffers), lambda m, _b: answers.append(m)
    )
    return answers[0]


def files(session: Session, column: str) -> list[Any]:
    return list(session.curation.record.files.column(column))


def changes(session: Session) -> int:
    return len(session.curation.history)


def test_a_preview_changes_nothing(session: Session) -> None:
    before = changes(session)
    told = ask(session, "match", path="/annotations/at-1")
    assert (told["targets"], told["count"]) == (4, 2)
    assert told["pairs"] == [[IMAGES[0], MADE[0]], [IMAGES[1], MADE[1]]]
    assert told["lonely"] == {"count": 2, "items": [MADE[2], "results/all.csv"]}
    assert told["unused"] == {"count": 1, "items": [IMAGES[2]]}
    assert told["patterns"] == [{"source": "raw/{name}.tif", "target": "masks/{name}_mask.tif", "count": 2}]
    assert told["kinds"] == {"segmentation_mask": 3}
    assert changes(session) == before


def test_applied_it_is_one_change_and_one_undo(session: Session) -> None:
    before, held = changes(session), session.curation.record
    answer = ask(session, "match", path="/annotations/at-1", apply=True, type="auto")
    assert answer["count"] == 2
    assert changes(session) == before + 1
    assert files(session, "source_image")[3:6] == ["im-0", "im-1", None]
    assert files(session, "made_by")[3:6] == ["at-1", "at-1", None]
    assert files(session, "role")[3:5] == ["annotation", "annotation"]
    assert files(session, "annotation_type")[3:6] == ["segmentation_mask", "segmentation_mask", None]
    ask(session, "match", path="/annotations/at-1", apply=True, type="auto")
    assert changes(session) == before + 1
    session.curation.undo()
    assert session.curation.record == held


def test_others_and_a_pattern_and_an_analysis(session: Session) -> None:
    ask(session, "match", path="/analyses/an-1", which="named", name="results/*", others=True, apply=True)
    assert files(session, "made_by")[-1] == "an-1"
    assert files(session, "role")[-1] == "result"
    assert files(session, "annotation_type") == [None] * 8
    told = ask(session, "match", path="/analyses/an-1", which="made")
    assert told["targets"] == 1
    assert ask(session, "match", path="/analyses/an-1", which="named", name="MASK 001")["targets"] == 1
    assert ask(session, "match", path="/analyses/an-1", which="named", name="  ")["targets"] == 0


def test_an_example_is_taken(session: Session) -> None:
    content = {"path": "/annotations/at-1", "examples": [[IMAGES[2], MADE[2]], ["broken"]]}
    told = ask(session, "match", **content)
    assert [IMAGES[2], MADE[2]] in told["pairs"]


def test_a_component_narrows_the_sources(session: Session) -> None:
    assert ask(session, "match", path="/annotations/at-1", component="sc-1")["sources"] == 3
    assert ask(session, "match", path="/annotations/at-1", component="sc-9")["sources"] == 0


@pytest.mark.parametrize("path", ["", "/annotations", "/annotations/at-9", "/study/title", "/files/fl-1"])
def test_a_maker_that_is_not_there(session: Session, path: str) -> None:
    assert ask(session, "match", path=path)["kind"] == "refused"


def test_a_matrix_typed_pasted_and_from_a_file(session: Session) -> None:
    typed = ask(session, "matrix", cells=[["1", "0", "5"], ["0", "1", "6"]], unit="µm")
    assert typed["text"] == "[[1, 0, 5], [0, 1, 6], [0, 0, 1]] µm"
    assert typed["rows"] == [["1", "0", "5"], ["0", "1", "6"], ["0", "0", "1"]]
    broken = ask(session, "matrix", cells=[["1", "0", None], ["0", "1", "6"]])
    assert (broken["text"], broken["findings"][0]["code"]) == (None, "matrix_number")
    assert ask(session, "matrix", text="see the file") == {"kind": "matrix", "known": False, "req": "r"}
    read = ask(session, "matrix", b"\xef\xbb\xbf1\t0\t5\n0\t1\t6", name="t.tsv")
    assert read["unit"] is None
    assert read["cells"][0] == ["1", "0", "5"]
    assert "t.txt" in ask(session, "matrix", b"nothing here", name="t.txt")["message"]
    assert ask(session, "matrix", b"1 0 5\n" * 400_000, name="t.txt")["kind"] == "refused"


def test_images_come_to_a_side_by_component_group_name_and_pattern(session: Session) -> None:
    told = ask(session, "related", id="co-1", act="add", side="moving", group="g1")
    assert told["text"] == f"moving: {IMAGES[0]}; {IMAGES[1]}"
    told = ask(session, "related", id="co-1", act="add", side="moving", component="sc-1")
    assert told["sides"]["moving"]["count"] == 3
    told = ask(session, "related", id="co-1", act="add", side="fixed", pattern="masks/*")
    assert told["sides"]["fixed"]["entries"] == [{"entry": "masks/*", "count": 3, "examples": MADE}]
    told = ask(session, "related", id="co-1", act="remove", side="moving", entry=IMAGES[0])
    assert told["text"] == f"moving: {IMAGES[1]}; {IMAGES[2]} | fixed: masks/*"
    assert ask(session, "related", id="co-1", act="swap")["text"].startswith("moving: masks/*")
    assert (
        session.curation.record.correlations[0].related_images == f"moving: masks/* | fixed: {IMAGES[1]}; {IMAGES[2]}"
    )


def test_words_stay_beside_the_images(session: Session) -> None:
    session.curation.set("/correlations/co-1/related_images", "laid over by hand")
    before = changes(session)
    assert ask(session, "related", id="co-1")["note"] == "laid over by hand"
    assert changes(session) == before
    told = ask(session, "related", id="co-1", act="add", side="fixed", rows=["im-0"])
    assert told["text"] == f"fixed: {IMAGES[0]} | laid over by hand"


@pytest.mark.parametrize(
    "content",
    [
        {"id": "co-9"},
        {"id": "co-1", "act": "add", "side": "left", "pattern": "*"},
        {"id": "co-1", "act": "add", "side": "fixed", "pattern": "nowhere/*"},
        {"id": "co-1", "act": "add", "side": "fixed", "rows": []},
    ],
)
def test_images_that_are_not_there_are_refused(session: Session, content: dict[str, Any]) -> None:
    before = changes(session)
    assert ask(session, "related", **content)["kind"] == "refused"
    assert changes(session) == before


PEOPLE = b"Name,E-mail,Affiliation\nAda Lovelace,ada@example.org,Institute\nMax D,max@example.org,Institute"


def test_people_of_a_chosen_list_are_added_once(session: Session) -> None:
    assert ask(session, "lab")["people"] == []
    told = ask(session, "lab", PEOPLE, name="people.csv")
    assert [one["name"] for one in told["people"]] == ["Max D", "Ada Lovelace"]
    assert told["files"] == ["people.csv"]
    before = changes(session)
    keys = [one["key"] for one in told["people"]]
    assert ask(session, "lab-add", keys=[*keys, "name:nobody"])["count"] == 2
    assert changes(session) == before + 1
    assert len(session.curation.record.organisations) == 1
    assert all(one["known"] for one in ask(session, "lab")["people"])
    assert ask(session, "lab-add", keys=keys)["count"] == 0
    assert changes(session) == before + 1


def test_a_list_that_cannot_be_read_is_said_and_the_last_one_stays(session: Session) -> None:
    ask(session, "lab", PEOPLE, name="people.csv")
    assert "plates.csv" in ask(session, "lab", b"Plate,Well\n1,A1", name="plates.csv")["message"]
    assert len(ask(session, "lab")["people"]) == 2


def test_kept_listed_used_again_and_forgotten(session: Session) -> None:
    kept = ask(session, "keep", path="/specimens/sp-1")
    assert kept["title"] == "PFA"
    assert [one["title"] for one in ask(session, "library", section="specimens")["items"]] == ["PFA"]
    before = changes(session)
    ids = ask(session, "reuse", section="specimens", ids=[kept["id"], "kp-gone"])["ids"]
    assert [one.id for one in session.curation.record.specimens] == ["sp-1", *ids]
    assert changes(session) == before + 1
    assert session.curation.history[-1].origin.kind == "copy"
    session.curation.clear("/specimens/sp-1/preparation_method")
    ask(session, "reuse", section="specimens", ids=[kept["id"]], into="/specimens/sp-1")
    assert session.curation.record.specimens[0].preparation_method == "4% PFA"
    assert ask(session, "forget", section="specimens", id=kept["id"])["items"] == []
    assert ask(session, "library", section="files")["items"] == []
    wrong = ask(session, "reuse", section="specimens", ids=[], into="/analyses/an-1")
    assert wrong["kind"] == "refused"


def other(tmp_path: Path) -> Path:
    folder = tmp_path / "other"
    folder.mkdir()
    with open_curation(folder) as opened:
        opened.set("/study/title", "Other")
        opened.add("/specimens", {"title": "Glass", "preparation_method": "PLL"})
    return folder


def test_another_study_lends_its_preparations(session: Session, tmp_path: Path) -> None:
    folder = other(tmp_path)
    (item,) = ask(session, "library", section="specimens", folder=str(folder))["items"]
    assert (item["title"], item["source"]) == ("Glass", "Other")
    (made,) = ask(session, "reuse", section="specimens", folder=str(folder), ids=[item["id"]])["ids"]
    assert session.curation.record.marks[f"/specimens/{made}/preparation_method"].origin.source == "Other"
    assert ask(session, "library", section="specimens", folder="/")["kind"] == "refused"
    assert ask(session, "copy", section="specimens", folder=str(folder))["source"] == "Other"


def test_a_study_begins_like_another_in_the_app(session: Session, tmp_path: Path) -> None:
    folder, fresh = other(tmp_path), tmp_path / "fresh"
    fresh.mkdir()
    assert ask(session, "like", like=str(folder))["kind"] == "refused"  # this one describes something
    assert ask(session, "like", like=str(fresh), folder=str(folder))["kind"] == "refused"  # nothing to begin from
    answer = ask(session, "like", like=str(folder), folder=str(fresh), values="keep", targets=["bia"])
    assert answer["kind"] == "ack"
    record = session.curation.record
    assert session.curation.folder == fresh.resolve()
    assert (record.study.title, record.specimens[0].title, record.setup.targets) == ("Other", "Glass", ("bia",))
    assert len(session.curation.history) == 1
    session.close()
