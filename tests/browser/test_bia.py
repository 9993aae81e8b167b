"""From the demo folder to a submission for the BioImage Archive: through the app, by keyboard, down to the zip.

What was downloaded is unpacked and read with our own reader, and the archive's form, server and reader are simulated on
it: nothing would be refused.
"""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rembi_widgets.formats import pagetab
from rembi_widgets.store import open_curation
from tests.browser.conftest import App, wait_until
from tests.browser.test_road import START_MS, Hands, assign_by_folder, images_of
from tests.formats.builder import full_record

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST_STEPS = 60
RELEASE = (datetime.now(UTC).date() + timedelta(days=60)).isoformat()
TEXTS = {
    "/study/title": "Actin and the shape of the nucleus in HeLa cells",
    "/study/description": "Nuclei of cells treated with latrunculin A, imaged beside controls that had none.",
    "/study/release_date": RELEASE,
    "last_name": "Example",
    "email": "ada@example.org",
    "preparation_method": "Fixed in 4 % PFA, permeabilised, stained with Hoechst 33342 and phalloidin.",
    "instrument_model": "Axio Scan.Z1",
    "description": "Nuclei, one field of view a file.",
}
"""What the person types, by the path of the field or its last part."""


TAKEN = {"imaging_method": "widefield"}
"""What the person takes from suggestions, by the last part of the field's path."""


def begin(page: Page, hands: Hands) -> None:
    """On the first screen: the archive instead of ISA-Tab, then read the folder."""
    for name in ("ISA-Tab", "BioImage Archive"):
        hands.reach(name)
        hands.press("Space")
    hands.reach("Read this folder")
    hands.press("Enter")
    expect(page.get_by_role("heading", name="We found 33 images in 3 acquisitions")).to_be_visible(timeout=START_MS)


def answer(hands: Hands, now: dict[str, str]) -> None:
    """Answer the question that has the focus."""
    page, field = hands.page, now["path"].rpartition("/")[2]
    if field == "sample":
        hands.take("HeLa, control")
        hands.reach("Specimen")
        hands.take("Fixed")
    elif field == "keywords":
        page.keyboard.type("nucleus")
        hands.press("Enter")
    elif field == "license":
        hands.press("Space" if now["role"] in {"radio", "checkbox"} else "ArrowDown")
    elif field == "affiliations":
        page.keyboard.type("Institute of Examples")
        page.wait_for_timeout(300)
        hands.press("Enter")
    elif now["role"] == "combobox":
        hands.take(TAKEN.get(field, "widefield"))
    elif now["name"].startswith("Add"):
        hands.press("Enter")
        hands.arrive("First name")
        page.keyboard.type("Ada")
    else:
        page.keyboard.type(TEXTS.get(now["path"]) or TEXTS[field])
        hands.press("Tab")


def walk(hands: Hands) -> None:
    """Answer question after question until nothing stands between the record and the archive."""
    asked: list[str] = []
    while len(asked) < MOST_STEPS:
        hands.press("F9")
        hands.page.wait_for_timeout(500)
        now = hands.at()
        if now["role"] == "h1":
            return
        asked.append(f"{now['path']} {now['name']}")
        answer(hands, now)
        hands.page.wait_for_timeout(600)
    pytest.fail(f"still questions: {asked}")


def previewed(hands: Hands) -> None:
    """Look at the page as the archive will have it, and go back through one of its parts."""
    page = hands.page
    hands.reach("Preview at the archive", key="Shift+Tab")
    hands.press("Enter")
    shown = page.locator(".rw-archive")
    expect(shown.get_by_role("heading", name=TEXTS["/study/title"])).to_be_visible()
    expect(shown.get_by_text("Ada Example")).to_be_visible()
    expect(shown.get_by_text("slide_overview.ome.zarr")).to_be_visible()
    shown.locator(".rw-pictures").first.scroll_into_view_if_needed()
    expect(shown.locator("img").first).to_be_visible()
    expect(shown.get_by_text(re.compile("^No .* yet"))).to_have_count(0)
    hands.reach("Organism")
    hands.press("Enter")
    expect(page.get_by_role("heading", name="Biosample", level=1)).to_be_visible()


def exported(hands: Hands, folder: Path) -> Path:
    """Export with the keyboard, and unpack what was downloaded."""
    hands.reach("Export", key="Shift+Tab")
    hands.press("Enter")
    for part in ("The form", "The server", "The archive’s reader"):
        expect(hands.page.get_by_role("heading", name=f"{part} would pass.")).to_be_visible()
    with hands.page.expect_download() as coming:
        hands.reach("Export BioImage Archive as a zip")
        hands.press("Enter")
    archive = folder / coming.value.suggested_filename
    coming.value.save_as(archive)
    assert archive.name == "nuclear-shape-bia.zip"
    with zipfile.ZipFile(archive) as held:
        held.extractall(folder / "bia")
    return folder / "bia"


def test_from_the_first_screen_to_a_submission_by_keyboard(page: Page, app: App, tmp_path: Path) -> None:
    page.goto(app.url)
    expect(page.get_by_role("heading", name="Describe your images once")).to_be_visible(timeout=START_MS)
    hands = Hands(page)
    begin(page, hands)
    assign_by_folder(hands)
    walk(hands)
    expect(page.get_by_role("heading", name="Ready", exact=True)).to_be_visible()
    previewed(hands)
    folder = exported(hands, tmp_path)
    assert {"submission.tsv", "submission.json", "README.txt"} < {path.name for path in folder.iterdir()}
    accepted(folder, app.folder)


def accepted(folder: Path, dataset: Path) -> None:
    """Read it with our own reader, in both forms, and let the archive's parts say what they would."""
    from rembi_widgets.store import DiskFacts

    found = pagetab.simulate(folder, DiskFacts(dataset))
    assert found.passes, found.to_json("en")
    for name in ("submission.json", "submission.tsv"):
        read = pagetab.read(folder / name)
        assert [str(one) for one in read.findings if one.level == "error"] == []
        record = read.record
        assert record.study.title == TEXTS["/study/title"]
        assert record.study.release_date == RELEASE
        assert [one.title for one in record.biosamples] == ["HeLa, control", "HeLa, latrunculin A"]
        assert len(record.components) == len(record.acquisitions) == 3
        assert sorted(filter(None, record.files.column("path"))) == images_of(dataset)


def test_a_published_study_is_the_beginning_of_another(page: Page, app: App, tmp_path: Path) -> None:
    source = tmp_path / "published"
    pagetab.write(full_record(), source)
    page.goto(app.url)
    expect(page.get_by_role("heading", name="Describe your images once")).to_be_visible(timeout=START_MS)
    page.get_by_text("Start from a file or a published study…").click()
    page.get_by_label("File of the study").set_input_files(source / "submission.json")
    looked = page.get_by_role("region", name="What is in the file")
    expect(looked.get_by_text("HeLa-1, HeLa-2")).to_be_visible()
    assert "biosamples" not in app.journal() or "HeLa-1" not in app.journal()
    page.get_by_role("button", name="Start from it").click()
    expect(page.get_by_role("heading", name="We found 33 images in 3 acquisitions")).to_be_visible(timeout=START_MS)
    wait_until(lambda: "HeLa-1" in app.journal())
    assert "Curie" not in app.journal()
    page.close()
    with open_curation(app.folder) as opened:
        titles = [one.title for one in opened.record.biosamples]
        assert {"HeLa-1", "HeLa-2"} <= set(titles)
        assert opened.record.people == ()
