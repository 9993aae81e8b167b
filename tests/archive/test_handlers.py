"""What the app asks of the archive: the page, and what each part would say."""

from __future__ import annotations

from typing import Any

from rembi_widgets.formats import pagetab
from rembi_widgets.widgets import _archive
from rembi_widgets.widgets._session import Session


def test_the_page_is_that_of_the_curation(ask: Any, session: Session) -> None:
    session.curation.set("/study/title", "Nuclei")
    assert ask("archive-page") == {"page": pagetab.page(session.curation.record)}
    assert ask("archive-page")["page"]["title"] == "Nuclei"


def test_three_parts_say_what_they_would(ask: Any, session: Session) -> None:
    told = ask("simulation")
    assert [part["name"] for part in told["parts"]] == ["form", "server", "ingest"]
    assert not told["passes"]
    paths = {said["path"] for part in told["parts"] for said in part["findings"]}
    assert {"/study/title", "/biosamples", "/components", "/people"} <= paths
    assert all(said["message"] and said["level"] for part in told["parts"] for said in part["findings"])


def test_it_is_said_in_the_language_of_the_view(ask: Any, session: Session) -> None:
    english = ask("simulation")["parts"][0]["findings"][0]["message"]
    session.lang = "fr"
    assert ask("simulation")["parts"][0]["findings"][0]["message"] != english


def test_more_than_is_told_is_counted(ask: Any, session: Session, monkeypatch: Any) -> None:
    monkeypatch.setattr(_archive, "TOLD", 2)
    first = ask("simulation")["parts"][0]
    assert len(first["findings"]) == 2
    assert first["count"] > 2


def test_files_that_are_not_there_are_told(ask: Any, session: Session) -> None:
    session.curation.edit(
        [
            {"op": "add", "path": "/components", "id": "sc-1", "value": {"title": "Fixed", "associations": [{}]}},
            {"op": "add", "path": "/files", "rows": ["fl-1"], "value": {"path": ["a.tif"], "component": ["sc-1"]}},
        ]
    )
    server = ask("simulation")["parts"][1]
    absent = [said for said in server["findings"] if said["code"] == "simulation_server_absent"]
    assert [said["path"] for said in absent] == ["/files/fl-1/path"]
