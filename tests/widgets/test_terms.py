"""Terms as a view asks for them: in the language of its page."""

from __future__ import annotations

from typing import Any

from rembi_widgets.widgets._handlers import HANDLERS
from rembi_widgets.widgets._session import Session


def found(lang: str, **message: Any) -> list[dict[str, Any]]:
    from rembi_widgets.store import open_curation

    session = Session(open_curation(), lang=lang)
    answer = HANDLERS["terms"](session, message, [])
    assert isinstance(answer, dict)
    return list(answer["items"])


def test_the_reason_is_told_in_the_language_of_the_page() -> None:
    asked = {"query": "souris", "field": "organism"}
    english, french = found("en", **asked)[0], found("fr", **asked)[0]
    assert english["id"] == french["id"] == "NCBITaxon:10090"
    assert english["why"] == "it is also called souris"
    assert french["why"] == "on l’appelle aussi souris"


def test_a_query_without_end_is_cut() -> None:
    assert found("en", query="x" * 100_000, field="organism") == []
