"""The first hands-on in a real JupyterLab, and the page as Binder serves it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rembi_widgets.store import open_curation
from tests.browser.conftest import Lab, Watch, wait_until

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

KERNEL_MS = 90_000
"""Milliseconds for a kernel to start and a notebook to run on a busy machine."""


def open_notebook(page: Page, lab: Lab, name: str) -> None:
    page.goto(lab.open(name))
    expect(page.locator(".jp-Notebook .jp-Cell").first).to_be_visible(timeout=KERNEL_MS)
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible(timeout=KERNEL_MS)


def run_all(page: Page) -> None:
    """Run all cells; a command that came before the notebook was ready for it is given again."""
    first = page.locator(".jp-CodeCell .jp-InputPrompt").first
    for _ in range(4):
        assert page.locator("dialog").all_inner_texts() == []
        page.locator("#jp-MainMenu").get_by_text("Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        try:
            expect(first).not_to_have_text("[ ]:", timeout=5_000)
        except AssertionError:
            continue
        return
    pytest.fail("the notebook does not run")


def root(page: Page) -> Locator:
    """Give the curator's own element."""
    return page.locator(".jp-OutputArea .rw").first


def title_field(view: Locator) -> Locator:
    """Give the field of the study's title: past the first screen, through the sections, which a cell's width folds."""
    view.get_by_role("button", name="Read this folder").click()
    view.get_by_text("All sections").click()
    view.get_by_role("button", name=re.compile(r"^study\b(?! component)", re.IGNORECASE)).first.click()
    field = view.get_by_role("textbox", name="Title", exact=True)
    expect(field).to_be_visible()
    return field


def saved(folder: Path) -> str:
    journals = sorted((folder / ".rembi" / "journal").glob("*.ndjson"))
    return "\n".join(path.read_text(encoding="utf-8") for path in journals)


def write_notebook(lab: Lab, name: str, *cells: str) -> None:
    made = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": cell, "execution_count": None, "outputs": []}
        for n, cell in enumerate(cells)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    whole = {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (lab.folder / name).write_text(json.dumps(whole), encoding="utf-8")


@pytest.fixture(autouse=True)
def _lab_noise(watch: Watch) -> None:
    """Let pass what JupyterLab itself says on the console of any notebook."""
    watch.allow("Failed to load resource", "jupyterlab", "yjs")


def test_the_first_curation_in_jupyterlab(page: Page, lab: Lab) -> None:
    open_notebook(page, lab, "1-first-curation.ipynb")
    run_all(page)
    view = root(page)
    expect(view).to_be_visible(timeout=KERNEL_MS)
    folder = lab.folder / "nuclear-shape"
    field = title_field(view)
    field.fill("Nuclei under the microscope")
    field.press("Tab")
    wait_until(lambda: "Nuclei under the microscope" in saved(folder))
    wait_until(lambda: images_and_title(folder) == (33, "Nuclei under the microscope"))


def images_and_title(folder: Path) -> tuple[int, str]:
    """Give what another program reads meanwhile: the images found so far, and the title."""
    with open_curation(folder) as curation:
        return len(curation.record.images), str(curation.get("/study/title"))


def test_keys_typed_in_a_field_stay_there(page: Page, lab: Lab) -> None:
    """A letter is a letter in a form, not a command of the notebook (``d d`` deletes a cell, ``x`` cuts it)."""
    write_notebook(lab, "keys.ipynb", "import rembi_widgets as rw\nform = rw.StudyForm()\nform", "form.value")
    open_notebook(page, lab, "keys.ipynb")
    run_all(page)
    field = root(page).get_by_role("textbox", name=re.compile(r"^title", re.IGNORECASE)).first
    expect(field).to_be_visible(timeout=KERNEL_MS)
    field.click()
    page.keyboard.type("ddxabz")
    expect(field).to_have_value("ddxabz")
    expect(page.locator(".jp-Notebook .jp-CodeCell")).to_have_count(2)


def test_without_a_folder_jupyterlab_offers_a_chooser(page: Page, lab: Lab) -> None:
    write_notebook(lab, "choose.ipynb", "import rembi_widgets as rw\nrw.demo('chosen')", "rw.curate()")
    open_notebook(page, lab, "choose.ipynb")
    run_all(page)
    area = page.locator(".jp-OutputArea")
    select = area.get_by_role("button", name="Select", exact=True)
    expect(select).to_be_visible(timeout=KERNEL_MS)
    select.click()
    area.locator("select[size]").select_option("\N{FILE FOLDER} chosen")
    select.click()
    expect(root(page)).to_be_visible(timeout=KERNEL_MS)


def test_the_page_as_binder_serves_it(page: Page, lab: Lab) -> None:
    page.goto(lab.voila("app/rembi.ipynb"))
    view = page.locator(".rw").first
    expect(view).to_be_visible(timeout=KERNEL_MS)
    expect(page.get_by_text("rembi_widgets.app.page()")).to_have_count(0)
