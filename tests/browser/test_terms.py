"""The field for terms by keyboard alone, in the app: a slip of the finger, one step up, nonsense that is kept."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import App, Lab, running_app, wait_until

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

START_MS = 90_000
NONSENSE = "qwrtz zwrtq"


@pytest.fixture
def begun(demo_folder: Path) -> Path:
    """Give the demo with the first screen answered, and one biosample."""
    from rembi_widgets.store import open_curation

    with open_curation(demo_folder) as curation:
        curation.edit(
            [
                {"op": "set", "path": "/setup/imaging", "value": ["light"]},
                {"op": "set", "path": "/setup/targets", "value": ["isatab"]},
                {"op": "add", "path": "/biosamples", "id": "bs-1", "after": None, "value": {"title": "Cells"}},
            ]
        )
    return demo_folder


def organism_of(page: Page, app: App) -> Locator:
    """Open the biosample with the keyboard and give its field for the organism."""
    page.goto(app.url)
    view = page.locator(".rw").first
    expect(view.get_by_role("heading", level=1)).to_be_visible(timeout=START_MS)
    view.get_by_role("button", name=re.compile("^biosample", re.IGNORECASE)).first.focus()
    page.keyboard.press("Enter")
    field = view.locator("[data-path='/biosamples/bs-1/organism']")
    expect(field).to_be_visible()
    return field


def opened_again(folder: Path) -> Any:
    """Give the record as it stands on the disk."""
    from rembi_widgets.store import open_curation

    with open_curation(folder) as curation:
        return curation.record


def reach(page: Page, control: Locator) -> None:
    """Press Tab until a control has the focus."""
    for _ in range(80):
        if control.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail("Tab does not lead there")


def test_a_term_is_typed_with_a_slip_chosen_and_kept_and_nonsense_is_kept_marked(
    page: Page, begun: Path, tmp_path: Path
) -> None:
    with running_app(begun, log=tmp_path / "app.log") as app:
        field = organism_of(page, app)
        reach(page, field.get_by_role("combobox"))
        page.keyboard.type("mus muscullus", delay=15)
        option = page.get_by_role("option").first
        expect(option).to_contain_text("Mus musculus")
        expect(option).to_contain_text("NCBITaxon:10090")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Home")
        expect(option).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Enter")
        expect(field).to_contain_text("NCBITaxon:10090")
        wait_until(lambda: "NCBITaxon:10090" in app.journal())

        page.keyboard.press("Enter")  # the focus is on "Add another"
        expect(field.get_by_role("combobox")).to_be_focused()
        page.keyboard.type(NONSENSE, delay=15)
        expect(field.get_by_text("No confident match").first).to_be_visible()
        page.keyboard.press("Enter")
        expect(field.get_by_text("free text, no identifier")).to_be_visible()
        wait_until(lambda: NONSENSE in app.journal())

        field = organism_of(page, app)
        expect(field).to_contain_text("NCBITaxon:10090")
        expect(field).to_contain_text(NONSENSE)
        expect(field.get_by_text("free text, no identifier")).to_be_visible()
        link = field.get_by_role("link", name=re.compile("Ask for the term"))
        expect(link).to_have_attribute("rel", re.compile("noopener"))
    kept = opened_again(begun).biosamples[0].organism
    assert [(term.id, term.label) for term in kept] == [("NCBITaxon:10090", "Mus musculus"), (None, NONSENSE)]


def test_one_step_up_and_down_and_the_term_taken_is_recent_after_a_reload(
    page: Page, begun: Path, tmp_path: Path
) -> None:
    with running_app(begun, log=tmp_path / "app.log") as app:
        page.goto(app.url)
        view = page.locator(".rw").first
        expect(view.get_by_role("heading", level=1)).to_be_visible(timeout=START_MS)
        view.get_by_role("button", name=re.compile("^specimen", re.IGNORECASE)).first.focus()
        page.keyboard.press("Enter")
        view.get_by_role("button", name=re.compile("add", re.IGNORECASE)).first.focus()
        page.keyboard.press("Enter")
        box = view.locator("[data-path$='/preparation_terms']").get_by_role("combobox")
        reach(page, box)
        page.keyboard.type("formaldehyde fixed", delay=15)
        expect(page.get_by_role("option", name=re.compile("formaldehyde fixed tissue"))).to_be_visible()
        page.keyboard.press("PageUp")
        expect(page.get_by_role("group", name="Broader")).to_be_visible()
        page.keyboard.press("Enter")
        taken = view.locator("[data-path$='/preparation_terms'] .rw-taken")
        expect(taken).to_contain_text("crosslinking")
        kept = page.evaluate("JSON.parse(localStorage.getItem('rembi:recent-terms')).sample_prep[0].id")
        assert kept == "FBbi:00000008"
        page.reload()
        assert page.evaluate("JSON.parse(localStorage.getItem('rembi:recent-terms')).sample_prep[0].id") == kept


def test_alone_in_a_notebook_its_value_reaches_python_and_comes_back(page: Page, lab: Lab) -> None:
    source = [
        "import ipywidgets",
        "import rembi_widgets as rw",
        "field = rw.TermField(field='organism', multiple=True, value=['NCBITaxon:9606'])",
        "told = ipywidgets.Label()",
        "said = lambda value: ' + '.join(term.get('id', 'free') for term in value)",
        "field.observe(lambda change: setattr(told, 'value', said(change['new'])), 'value')",
        "back = ipywidgets.Button(description='None')",
        "back.on_click(lambda _: setattr(field, 'value', None))",
        "ipywidgets.VBox([field, told, back])",
    ]
    cell = {"cell_type": "code", "id": "c", "metadata": {}, "source": "\n".join(source), "execution_count": None}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    whole = {"cells": [{**cell, "outputs": []}], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (lab.folder / "term.ipynb").write_text(json.dumps(whole), encoding="utf-8")
    page.goto(lab.voila("term.ipynb"))
    field = page.locator(".rw .rw-field")
    expect(field).to_contain_text("NCBITaxon:9606", timeout=START_MS)
    field.get_by_role("button", name=re.compile("^Add another")).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("zebrafish", delay=15)
    expect(page.get_by_role("option", name=re.compile("Danio rerio")).first).to_be_visible()
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    expect(page.get_by_text("NCBITaxon:9606 + NCBITaxon:7955")).to_be_visible()
    page.get_by_role("button", name="None").click()
    expect(field.get_by_role("combobox")).to_be_visible()
    expect(field).not_to_contain_text("NCBITaxon")
