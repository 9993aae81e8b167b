"""The commands ``terms-lint`` and ``suggest``, and the message a view asks with."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest

import rembi_widgets as rw
from rembi_widgets.app import main
from rembi_widgets.record import Edit
from rembi_widgets.widgets._handlers import HANDLERS
from rembi_widgets.widgets._session import Session

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a dataset whose curation holds imported values."""
    organism = [{"label": "souris"}, {"label": "Beads"}]
    method = [{"label": "confocal microscopy", "id": "Fbbi_00000251"}]
    with rw.open_curation(tmp_path) as opened:
        opened.propose(
            [
                Edit(op="add", path="/biosamples", id="bs-1", value={"organism": organism}),
                Edit(op="add", path="/acquisitions", id="ac-1", value={"imaging_method": method}),
            ],
            origin="import",
        )
    return tmp_path


def asked(captured: Captured, *arguments: str) -> tuple[int, Any]:
    status = main([*arguments, "--json"])
    return status, json.loads(captured.readouterr().out)


def test_terms_lint_of_files_tells_their_places(samples: Path, capsys: Captured) -> None:
    path = samples / "idr" / "idr0038-held-kidneylightsheet" / "idr0038-study.txt"
    status, said = asked(capsys, "terms-lint", str(path))
    assert status == 0
    assert said["paths"] == [str(path)]
    branch = next(one for one in said["findings"] if one["code"] == "term_branch")
    assert (branch["file"], branch["line"], branch["column"], branch["count"]) == (str(path), 58, 2, 1)
    assert branch["wanted"] == "SPIM (FBbi_00000369)"


def test_terms_lint_of_a_curation_tells_paths_of_the_record(folder: Path, capsys: Captured) -> None:
    status, said = asked(capsys, "terms-lint", str(folder))
    (finding,) = said["findings"]
    assert (status, finding["code"], finding["path"]) == (0, "term_spelling", "/acquisitions/ac-1/imaging_method")
    assert finding["fix"][0]["value"][0]["id"] == "FBbi:00000251"
    assert finding["file"] is None


def test_terms_lint_takes_several_paths_and_speaks_french(samples: Path, folder: Path, capsys: Captured) -> None:
    study = samples / "idr" / "idr0035-caie-drugresponse"
    assert main(["terms-lint", str(study), str(folder), "--lang", "fr"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert all("Trouvé : " in line for line in lines)


def test_terms_lint_without_a_finding_says_so(tmp_path: Path, capsys: Captured) -> None:
    rw.open_curation(tmp_path).set("/study/title", "A study")
    assert main(["terms-lint", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "Nothing is wrong with the terms.\n"


def test_terms_lint_of_nothing_is_one_sentence(tmp_path: Path, capsys: Captured) -> None:
    assert main(["terms-lint", str(tmp_path / "missing")]) == 2
    assert main(["terms-lint", str(tmp_path)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_suggest_proposes_and_lists(folder: Path, capsys: Captured) -> None:
    status, said = asked(capsys, "suggest", str(folder))
    assert status == 0
    assert said["change"]
    assert [(one["text"], one["id"], one["path"]) for one in said["proposed"]] == [
        ("souris", "NCBITaxon:10090", "/biosamples/bs-1/organism")
    ]
    assert [one["text"] for one in said["left"]] == ["Beads"]
    assert said["kept"] == []
    assert asked(capsys, "suggest", str(folder))[1]["change"] is None


def test_suggest_tells_a_person(folder: Path, capsys: Captured) -> None:
    assert main(["suggest", str(folder), "--field", "organism"]) == 0
    said = capsys.readouterr().out
    assert "souris → Mus musculus (NCBITaxon:10090)" in said
    assert "1 left as free text" in said


def test_suggest_without_free_text_says_so(tmp_path: Path, capsys: Captured) -> None:
    assert main(["suggest", str(tmp_path), "--lang", "fr"]) == 0
    assert capsys.readouterr().out == "Il n’y a pas de texte libre là où un terme pourrait être.\n"


def test_suggest_in_no_folder_is_one_sentence(tmp_path: Path, capsys: Captured) -> None:
    assert main(["suggest", str(tmp_path / "missing")]) == 2
    assert capsys.readouterr().err


def test_a_view_asks_for_proposals(folder: Path) -> None:
    with rw.open_curation(folder) as opened:
        answer = HANDLERS["suggest"](Session(opened), {}, [])
        assert isinstance(answer, dict)
        assert (answer["proposed"], answer["kept"], answer["left"]) == (1, 0, 1)
        assert opened.history[-1].origin.kind == "suggested"


def test_a_view_gets_its_answer_while_others_type(folder: Path) -> None:
    """The texts are looked up in the thread of the checks, and every view is sent the change as a patch."""
    with rw.open_curation(folder) as opened:
        session = Session(opened)
        session.take(opened)
        sent: list[dict[str, Any]] = []
        arrived = threading.Event()

        def send(message: Any, _buffers: list[bytes]) -> None:
            sent.append(dict(message))
            if message.get("req") == 7:
                arrived.set()

        session.attach(send)
        session.handle({"kind": "suggest", "req": 7}, [], send)
        assert arrived.wait(30)
        kinds = [message["kind"] for message in sent]
        assert "patch" in kinds
        answer = next(message for message in sent if message.get("req") == 7)
        assert (answer["kind"], answer["proposed"]) == ("ack", 1)


def test_a_field_that_is_not_there_is_refused_in_the_language_of_the_view(folder: Path) -> None:
    with rw.open_curation(folder) as opened:
        session = Session(opened, lang="fr")
        session.take(opened)
        sent: list[dict[str, Any]] = []
        session._answer(
            HANDLERS["suggest"], {"kind": "suggest", "field": "nothing"}, [], lambda m, _: sent.append(dict(m))
        )
        assert sent[0]["kind"] == "refused"
        assert "nothing" in sent[0]["message"]
