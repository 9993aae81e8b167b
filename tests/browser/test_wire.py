"""What crosses the wire, and what a page survives: reloads, killed tabs, a dead kernel, hostile text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.browser.conftest import App, Lab, running_app, wait_until

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

START_MS = 90_000
SET_UP = [
    {"op": "set", "path": "/setup/imaging", "value": ["light"]},
    {"op": "set", "path": "/setup/targets", "value": ["isatab"]},
]


@pytest.fixture
def begun(demo_folder: Path) -> Path:
    """Give the demo with the first screen's questions answered."""
    from rembi_widgets.store import open_curation

    with open_curation(demo_folder) as curation:
        curation.edit(SET_UP)
    return demo_folder


def opened(page: Page, app: App) -> Locator:
    """Open the app and wait for its first screen."""
    page.goto(app.url)
    view = page.locator(".rw").first
    expect(view.get_by_role("heading", level=1)).to_be_visible(timeout=START_MS)
    return view


def title_of(view: Locator) -> Locator:
    """Open the study and give the field of its title."""
    view.get_by_role("button", name=re.compile(r"^study\b(?! component)", re.IGNORECASE)).first.click()
    field = view.get_by_role("textbox", name="Title", exact=True).first
    expect(field).to_be_visible()
    return field


def test_the_bundle_crosses_the_wire_once_a_page(page: Page, lab: Lab) -> None:
    cells = [
        "import rembi_widgets as rw",
        *(f"rw.{name}()" for name in ("StudyForm", "BiosampleForm", "SpecimenForm", "ImageAcquisitionForm")),
    ]
    made = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": cell, "execution_count": None, "outputs": []}
        for n, cell in enumerate(cells)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    whole = {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (lab.folder / "four.ipynb").write_text(json.dumps(whole), encoding="utf-8")
    frames: list[bytes] = []

    def heard(frame: str | bytes) -> None:
        frames.append(frame.encode() if isinstance(frame, str) else frame)

    page.on("websocket", lambda socket: socket.on("framereceived", heard))
    page.goto(lab.voila("four.ipynb"))
    expect(page.locator(".rw .rw-field").first).to_be_visible(timeout=START_MS)
    expect(page.locator(".rw")).to_have_count(4)
    carrying = [frame for frame in frames if re.search(rb'"kind":\s*"bundle"', frame)]
    assert len(carrying) == 1
    assert len(carrying[0]) > 20_000


def test_ten_reloads_lose_nothing_and_lock_nobody_out(page: Page, begun: Path, tmp_path: Path) -> None:
    with running_app(begun, log=tmp_path / "app.log") as app:
        for turn in range(10):
            view = opened(page, app)
            field = title_of(view)
            expect(field).to_have_value(f"Title {turn - 1}" if turn else "")
            field.fill(f"Title {turn}")
            wait_until(lambda wanted=f'"Title {turn}"': wanted in app.journal())
        assert app.journal().count('"path":"/study/title"') == 10


def test_a_killed_tab_gives_back_what_was_half_typed(chromium: Browser, begun: Path, tmp_path: Path) -> None:
    with running_app(begun, log=tmp_path / "app.log") as app:
        visitor = chromium.new_context()
        first = visitor.new_page()
        field = title_of(opened(first, app))
        field.press_sequentially("Half a sen", delay=5)
        first.close(run_before_unload=False)
        second = visitor.new_page()
        field = title_of(opened(second, app))
        expect(field).to_have_value("Half a sen", timeout=15_000)
        wait_until(lambda: "Half a sen" in app.journal())
        visitor.close()


def test_a_killed_kernel_loses_at_most_the_change_in_flight(
    page: Page, begun: Path, tmp_path: Path, watch: object
) -> None:
    watch.allow("WebSocket", "Failed to load", "Kernel", "Connection", "404", "_lostConn", "disposed", "Canceled")  # type: ignore[attr-defined]
    with running_app(begun, log=tmp_path / "app.log") as app:
        view = opened(page, app)
        field = title_of(view)
        field.fill("Before the kernel died")
        wait_until(lambda: "Before the kernel died" in app.journal())
        lease = begun / ".rembi" / "lease.json"
        wait_until(lease.exists)  # it is taken once the change is kept
        writer = json.loads(lease.read_text(encoding="utf-8"))
        psutil.Process(writer["process"]).kill()
        field.fill("After the kernel died")
        page.wait_for_timeout(1000)
        view = opened(page, app)
        expect(title_of(view)).to_have_value(re.compile("(Before|After) the kernel died"), timeout=15_000)
        expect(title_of(view)).to_have_value("After the kernel died", timeout=15_000)


def test_naughty_strings_are_text_and_nothing_else(page: Page, begun: Path, tmp_path: Path, samples: Path) -> None:
    """Every line of the list goes through the field of the title, and comes back as it was typed."""
    [listed] = list((samples / "security" / "blns").rglob("blns.json"))[:1]
    naughty = [
        line
        for line in json.loads(listed.read_text(encoding="utf-8"))
        if line.strip("\ufeff \t\n\r\u2000\u3000\u00a0\u200b\u180e\u2060\ufffe")
    ]
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    with running_app(begun, log=tmp_path / "app.log") as app:
        view = opened(page, app)
        field = title_of(view)
        for line in naughty[:: max(1, len(naughty) // 60)]:
            typed = line.replace("\r", "").replace("\n", " ")
            field.fill(typed)
            field.press("Tab")
            expect(field).to_have_value(typed)
        view.get_by_role("button", name=re.compile("^Findings")).first.click()
        expect(view.get_by_role("heading", level=1)).to_be_visible()
        made = page.evaluate("document.querySelectorAll('.rw script, .rw iframe, .rw img[src^=\"http\"]').length")
        page.goto("about:blank")
    assert dialogs == []
    assert made == 0


def test_no_source_writes_html_or_opens_a_browser_dialog() -> None:
    sources = Path(__file__).parent.parent.parent / "frontend" / "src"
    said = "\n".join(path.read_text(encoding="utf-8") for path in sources.rglob("*.ts*"))
    assert not re.search(r"\b(alert|confirm|prompt)\(\s*[\"'`]|innerHTML|dangerouslySetInnerHTML|document\.write", said)
