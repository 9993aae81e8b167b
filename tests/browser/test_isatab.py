"""From somebody's ISA-Tab to a curation, to the ISA-Tab as it will be written, to the field behind a cell and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rembi_widgets.formats import isatab
from tests.browser.conftest import App, running_app, wait_until
from tests.formats.builder import full_record

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Page, expect

START_MS = 90_000
FOCUSED = "() => document.activeElement?.closest('[data-path]')?.dataset.path ?? ''"
CELL = "() => document.activeElement?.dataset.cell ?? ''"


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[App]:
    """Give the app on a folder without images, beside an ISA-Tab."""
    folder = tmp_path / "data" / "mine"
    folder.mkdir(parents=True)
    isatab.write(full_record(), tmp_path / "data" / "theirs")
    with running_app(folder, log=tmp_path / "app.log") as made:
        yield made


def test_from_an_isatab_to_the_field_behind_a_cell(page: Page, fresh: App) -> None:
    page.goto(fresh.url)
    expect(page.get_by_role("heading", name="Describe your images once")).to_be_visible(timeout=START_MS)
    page.get_by_role("radio", name="Start from a file or a published study").check(force=True)
    page.get_by_label("Or where it lies on this computer").fill("theirs")
    page.get_by_role("button", name="Look", exact=True).click()
    found = page.get_by_role("region", name="What is in the file")
    expect(found).to_contain_text("2 Biosamples: HeLa-1, HeLa-2", timeout=START_MS)
    found.get_by_role("radio", name="All of it, as it is").check()
    page.get_by_role("button", name="Start from it").click()
    rail = page.get_by_role("navigation").first
    rail.get_by_role("button", name="Look at the ISA-Tab").click(timeout=START_MS)
    expect(page.get_by_role("heading", name="The ISA-Tab as it will be written")).to_be_visible(timeout=START_MS)
    page.get_by_role("tab", name="s_S-rembi-demo.txt").click()
    organism = page.locator('[data-cell="2 1"]')
    expect(organism).to_have_text("Homo sapiens", timeout=START_MS)
    organism.focus()
    expect(page.get_by_role("group", name="The cell in focus")).to_contain_text("Biosample HeLa-2, Organism")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Biosample", exact=True, level=1)).to_be_visible()
    wait_until(lambda: page.evaluate(FOCUSED) == "/biosamples/bs-2/organism")
    page.keyboard.press("Escape")
    wait_until(lambda: page.evaluate(CELL) == "2 1")
    assert '"kind":"import"' in fresh.journal().replace(" ", "")
