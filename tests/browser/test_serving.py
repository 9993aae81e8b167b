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


def ask(url: str) -> tuple[int, str]:
    """Give the status of an answer, and the path at which it was found."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return int(answer.status), urlsplit(answer.url).path
    except urllib.error.HTTPError as refused:
        return refused.code, urlsplit(refused.url or "").path


def test_the_page_shows_the_curator_and_asks_nobody_outside(page: Page, app: App) -> None:
    page.goto(app.url)
    view = page.locator(".rw").first
    expect(view).to_be_visible(timeout=START_MS)
    expect(view.get_by_role("heading", level=1)).to_be_visible(timeout=START_MS)
    assert page.get_by_text("rembi_widgets.app.page()").count() == 0


@pytest.mark.parametrize("path", ["voila/files/rembi.ipynb", "files/rembi.ipynb", "static/../rembi.ipynb"])
def test_no_file_is_served(app: App, path: str) -> None:
    base, _, token = app.url.partition("?")
    assert ask(f"{base}{path}?{token}")[0] in {403, 404}


def test_without_the_token_nothing_is_shown(app: App) -> None:
    bare = app.url.partition("?")[0]
    assert ask(app.url) == (200, "/")
    assert ask(bare) == (200, "/login")
    assert ask(f"{bare}?token=guess") == (200, "/login")
    assert ask(f"{bare}api/kernels") == (200, "/login")
