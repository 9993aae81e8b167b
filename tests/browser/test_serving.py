"""The app's server: a token, no sources, no files, nothing from outside."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import App

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

START_MS = 90_000


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_the_page_shows_the_curator_and_asks_nobody_outside(page: Page, app: App) -> None:
    page.goto(app.url)
    view = page.locator(".rw").first
    expect(view).to_be_visible(timeout=START_MS)
    expect(view.get_by_text("nuclear-shape").first).to_be_visible(timeout=START_MS)
    assert page.get_by_text("rembi_widgets.app.page()").count() == 0
    for path in ("files/rembi.ipynb", "voila/files/rembi.ipynb", "static/../rembi.ipynb"):
        assert status(f"{app.url.partition('?')[0]}{path}{'?' + urlsplit(app.url).query}") in {400, 403, 404}


def test_without_the_token_nothing_is_shown(app: App) -> None:
    bare = app.url.partition("?")[0]
    assert status(app.url) == 200
    assert status(bare) == 403
    assert status(f"{bare}?token=guess") == 403
