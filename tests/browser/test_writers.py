"""Two people on one dataset, each in a browser of their own: changes, presence, conflicts, and copies merged."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rembi_widgets.store import open_curation
from tests.browser.conftest import App, Watch, running_app, wait_until

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

START_MS = 90_000
SOON_MS = 3_000
"""Milliseconds within which a change of somebody else must show: two seconds, and what the browser takes."""
SET_UP = [
    {"op": "set", "path": "/setup/imaging", "value": ["light"]},
    {"op": "set", "path": "/setup/targets", "value": ["isatab"]},
    {"op": "add", "path": "/biosamples", "id": "bs-1", "value": {"title": "HeLa"}},
]


def prepare(folder: Path) -> Path:
    """Answer the first screen's questions and take the scan in, so that two apps have nothing left to propose."""
    import rembi_widgets as rw

    with open_curation(folder, author="setup") as curation:
        curation.edit(SET_UP)
        curation.propose(rw.scan(folder))
    return folder


@pytest.fixture(scope="module")
def shared(demo_master: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(Path(shutil.copytree(demo_master, tmp_path_factory.mktemp("shared") / "data" / "nuclear-shape")))


@pytest.fixture(scope="module")
def apps(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[App, App]]:
    """Give two app processes on one dataset, of two people."""
    logs = tmp_path_factory.mktemp("logs")
    with ExitStack() as stack:
        ada = stack.enter_context(running_app(shared, log=logs / "ada.log", REMBI_AUTHOR="Ada Lovelace"))
        grace = stack.enter_context(running_app(shared, log=logs / "grace.log", REMBI_AUTHOR="Grace Hopper"))
        yield ada, grace


@pytest.fixture(scope="module")
def pages(apps: tuple[App, App], chromium: Browser) -> Iterator[tuple[Page, Page]]:
    """Give a page of each, in contexts of their own, both on the study."""
    contexts = [chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB") for _ in apps]
    opened = [context.new_page() for context in contexts]
    watch = Watch()
    for page, app in zip(opened, apps, strict=True):
        watch.follow(page)
        page.goto(app.url)
    for page in opened:
        study_of(page)
    yield opened[0], opened[1]
    for context in contexts:
        context.close()
    assert watch.outside == []
    assert watch.errors == []


def view_of(page: Page) -> Locator:
    view = page.locator(".rw").first
    expect(view.get_by_role("heading", level=1)).to_be_visible(timeout=START_MS)
    return view


def study_of(page: Page) -> Locator:
    view = view_of(page)
    view.get_by_role("button", name=re.compile(r"^study\b(?! component)", re.IGNORECASE)).first.click()
    expect(field(page, "Title")).to_be_visible()
    return view


def field(page: Page, name: str) -> Locator:
    return page.locator(".rw").first.get_by_role("textbox", name=name, exact=True).first


def test_each_sees_who_else_is_there(pages: tuple[Page, Page]) -> None:
    for page, other in zip(pages, ("Grace Hopper", "Ada Lovelace"), strict=True):
        people = page.locator(".rw-people")
        expect(people).to_be_visible(timeout=15_000)
        people.locator("summary").click()
        expect(people.get_by_role("list")).to_contain_text(other)
        expect(people.get_by_role("list")).to_contain_text(re.compile(r"active (just now|\d+ s ago)"))
        people.locator("summary").click()


def test_each_sees_the_other_s_change_within_two_seconds(
    pages: tuple[Page, Page], record_property: pytest.RecordProperty
) -> None:
    for turn in range(4):
        writer, reader = pages if turn % 2 == 0 else pages[::-1]
        text = f"Description {turn}"
        field(writer, "Description").fill(text)
        field(writer, "Description").blur()
        began = time.monotonic()
        expect(field(reader, "Description")).to_have_value(text, timeout=SOON_MS)
        record_property(f"latency_{turn}", round(time.monotonic() - began, 2))
        who = "Ada Lovelace" if turn % 2 == 0 else "Grace Hopper"
        expect(reader.locator(".rw-news").first).to_contain_text(who, timeout=SOON_MS)
        expect(reader.locator(".rw-field.is-changed").first).to_contain_text(f"{who} changed this just now")


def test_a_conflict_is_shown_to_both_and_settled_once(pages: tuple[Page, Page], shared: Path) -> None:
    ada, grace = pages
    field(grace, "Title").dispatch_event("compositionstart")  # she goes on typing while Ada's value comes
    field(grace, "Title").fill("Kernels")
    field(ada, "Title").fill("Nuclei")
    wait_until(lambda: open_curation(shared).record.study.title == "Nuclei")
    field(grace, "Title").dispatch_event("compositionend")
    panels = [page.locator('.rw-field[data-path="/study/title"] .rw-rivals') for page in pages]
    for panel in panels:
        expect(panel).to_contain_text("Two people gave this field different values", timeout=10_000)
        for said in ("Nuclei", "Kernels", "Ada Lovelace", "Grace Hopper"):
            expect(panel).to_contain_text(said)
    wait_until(lambda: len(open_curation(shared).conflicts) == 1)
    keep = panels[1].get_by_role("button", name=re.compile("^Keep this.*“Nuclei”, Ada Lovelace$"))
    keep.focus()
    keep.press("Enter")
    for panel in panels:
        expect(panel).to_have_count(0, timeout=SOON_MS)
    for page in pages:
        field(page, "Title").blur()
        expect(field(page, "Title")).to_have_value("Nuclei", timeout=SOON_MS)
    with open_curation(shared) as curation:
        assert curation.conflicts == ()
        assert curation.record.study.title == "Nuclei"


def test_what_is_being_typed_stays_under_the_fingers(pages: tuple[Page, Page]) -> None:
    ada, grace = pages
    mine = field(ada, "Acknowledgements")
    mine.click()
    mine.press_sequentially("We thank ", delay=10)
    ada.wait_for_timeout(700)  # a rest: it is a change already, and the cursor still stands in it
    expect(field(grace, "Acknowledgements")).to_have_value("We thank ", timeout=SOON_MS)
    field(grace, "Acknowledgements").fill("Thanks to all")
    field(grace, "Acknowledgements").blur()
    note = ada.locator('.rw-field[data-path="/study/acknowledgements"] .rw-changednote')
    expect(note).to_contain_text("Thanks to all", timeout=SOON_MS)
    expect(mine).to_have_value("We thank ")
    mine.press_sequentially("everybody", delay=10)
    expect(mine).to_have_value("We thank everybody")
    panel = ada.locator('.rw-field[data-path="/study/acknowledgements"] .rw-rivals')
    expect(panel).to_contain_text("Thanks to all", timeout=SOON_MS)
    panel.get_by_role("button", name=re.compile("We thank everybody")).click()
    expect(field(grace, "Acknowledgements")).to_have_value("We thank everybody", timeout=SOON_MS)


def test_two_tabs_of_one_app_see_each_other(apps: tuple[App, App], pages: tuple[Page, Page], chromium: Browser) -> None:
    visitor = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    second = visitor.new_page()
    second.goto(apps[0].url)
    study_of(second)
    field(second, "Description").fill("From the second tab")
    field(second, "Description").blur()
    expect(field(pages[0], "Description")).to_have_value("From the second tab", timeout=SOON_MS)
    expect(pages[0].locator(".rw-people summary")).to_contain_text("You, in another window", timeout=15_000)
    visitor.close()


def test_a_copy_edited_apart_is_merged_by_hand(demo_folder: Path, tmp_path: Path, page: Page) -> None:
    prepare(demo_folder)
    copy = Path(shutil.copytree(demo_folder, demo_folder.with_name("on a stick")))
    for folder, title, name in ((demo_folder, "Nuclei", "HeLa, control"), (copy, "Kernels", None)):
        with open_curation(folder, author="Ada" if name else "Grace") as curation:
            curation.set("/study/title", title)
            curation.set("/biosamples/bs-1/title" if name else "/study/description", name or "Taken on a stick.")
    with running_app(demo_folder, log=tmp_path / "app.log") as app:
        page.goto(app.url)
        view = study_of(page)
        view.locator(".rw-dataset").click()
        view.get_by_role("button", name="Merge another copy…").click()
        dialog = page.get_by_role("dialog", name="Merge another copy of this dataset")
        dialog.get_by_label("Folder of the other copy").fill("on a stick")
        dialog.get_by_role("button", name="See what would come").press("Enter")
        expect(dialog).to_contain_text("2 changes would come.", timeout=20_000)
        expect(dialog).to_contain_text("At 1 place both copies say something different.")
        for said in ("Nuclei", "Kernels"):
            expect(dialog).to_contain_text(said)
        dialog.get_by_role("button", name="Take them in").press("Enter")
        expect(dialog).to_have_count(0)
        study_of(page)
        expect(field(page, "Description")).to_have_value("Taken on a stick.")
        panel = page.locator('.rw-field[data-path="/study/title"] .rw-rivals')
        panel.get_by_role("button", name=re.compile("Keep this.*“Kernels”")).click()
        expect(field(page, "Title")).to_have_value("Kernels", timeout=SOON_MS)
    with open_curation(demo_folder) as curation:
        assert (curation.conflicts, curation.record.study.title) == ((), "Kernels")
        assert curation.get("/biosamples/bs-1/title") == "HeLa, control"
