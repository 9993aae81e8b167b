"""The main road by keyboard alone: from the first screen on a folder of images to an ISA-Tab that two readers take."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rembi_widgets.formats.isatab import config_folder
from tests.browser.conftest import App, wait_until
from tests.oracles.test_readers import faults, run

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

START_MS = 90_000
MOST_STEPS = 40
FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return { name: "", role: "", path: "" };
  const words = (ids) => (ids ?? "").split(" ").filter(Boolean)
    .map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
  const name = at.getAttribute("aria-label") ?? (words(at.getAttribute("aria-labelledby"))
    || at.labels?.[0]?.textContent || at.textContent);
  return {
    name: (name ?? "").trim(),
    role: at.getAttribute("role") ?? at.type ?? at.tagName.toLowerCase(),
    path: at.closest("[data-path]")?.dataset.path ?? "",
  };
}"""

TEXTS = {
    "Title": "Actin and the shape of the nucleus in HeLa cells",
    "Description": "Nuclei of cells treated with latrunculin A, imaged beside controls.",
    "First name": "Ada",
    "Last name": "Example",
    "Preparation method": "Fixed in 4 % PFA, permeabilised, stained with Hoechst 33342 and phalloidin.",
    "Model": "Axio Scan.Z1",
}
"""What the person types, by the name of the field."""


class Hands:
    """A person with a keyboard and no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def at(self) -> dict[str, str]:
        """Tell where the focus is: its accessible name, role, and the path of its field."""
        found: dict[str, str] = self.page.evaluate(FOCUSED)
        return found

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def reach(self, name: str, key: str = "Tab", most: int = 120) -> None:
        """Press Tab until the focus is on something of a name."""
        for _ in range(most):
            if self.at()["name"].startswith(name):
                return
            self.press(key)
        pytest.fail(f"{name} is not reached by {key}; the focus is at {self.at()}")

    def arrive(self, name: str) -> None:
        """Wait until the app has led the focus to something of a name."""
        wait_until(lambda: self.at()["name"].startswith(name))

    def next_question(self, done: set[str]) -> dict[str, str]:
        """Press F9 until it leads to a question that is not answered yet, or to the title of a screen."""
        for _ in range(60):
            self.press("F9")
            self.page.wait_for_timeout(250)
            now = self.at()
            if now["role"] == "h1" or f"{now['path']} {now['name']}" not in done:
                return now
        pytest.fail(f"F9 leads nowhere new; the focus is at {self.at()}")

    def take(self, words: str) -> None:
        """Type into a combobox and take the first suggestion."""
        self.page.keyboard.type(words)
        expect(self.page.get_by_role("option").first).to_be_visible()
        self.page.wait_for_timeout(400)
        self.press("Enter")


def answer(hands: Hands, now: dict[str, str]) -> None:
    """Answer the question that has the focus."""
    if now["name"].startswith("Add a person"):
        hands.press("Enter")
        hands.arrive("First name")
        hands.page.keyboard.type(TEXTS["First name"])
    elif now["path"].endswith("/sample"):
        hands.take("HeLa, control")
        hands.reach("Specimen")
        hands.take("Fixed")
    elif now["role"] == "combobox":
        hands.take("widefield")
    else:
        assert now["name"] in TEXTS, now
        hands.page.keyboard.type(TEXTS[now["name"]])
        hands.press("Tab")


def assign_by_folder(hands: Hands) -> None:
    """On the first component: take the proposal that the folders' names make."""
    hands.reach("Study component")
    hands.press("Enter")
    expect(hands.page.get_by_role("heading", name="Study component", level=1)).to_be_visible()
    hands.reach("Assign by folder")
    hands.press("Enter")
    hands.reach("Assign these 24 images")
    hands.press("Enter")
    expect(hands.page.get_by_text("24 images are not assigned yet")).to_have_count(0)


def walk(hands: Hands) -> list[str]:
    """Answer question after question until nothing stands between the record and the ISA-Tab."""
    done: set[str] = set()
    for _ in range(MOST_STEPS):
        now = hands.next_question(done)
        if now["role"] == "h1":
            return sorted(done)
        answer(hands, now)
        done.add(f"{now['path']} {now['name']}")
        hands.page.wait_for_timeout(600)
    pytest.fail(f"still questions after {MOST_STEPS}: {sorted(done)}")


def exported(hands: Hands, folder: Path) -> Path:
    """Export with the keyboard, and unpack what was downloaded."""
    hands.reach("Export", key="Shift+Tab")
    hands.press("Enter")
    hands.page.wait_for_timeout(500)
    with hands.page.expect_download() as coming:
        hands.reach("Export ISA-Tab as a zip")
        hands.press("Enter")
    archive = folder / coming.value.suggested_filename
    coming.value.save_as(archive)
    assert archive.name == "nuclear-shape-isatab.zip"
    with zipfile.ZipFile(archive) as held:
        held.extractall(folder / "isa")
    return folder / "isa"


def test_from_the_first_screen_to_an_isatab_by_keyboard(page: Page, app: App, tmp_path: Path) -> None:
    page.goto(app.url)
    expect(page.get_by_role("heading", name="Describe your images once")).to_be_visible(timeout=START_MS)
    hands = Hands(page)
    hands.reach("Read this folder")
    hands.press("Enter")
    expect(page.get_by_role("heading", name="We found 33 images in 3 acquisitions")).to_be_visible(timeout=START_MS)
    assert hands.at()["role"] == "h1"
    assign_by_folder(hands)
    walk(hands)
    expect(page.get_by_role("heading", name="Ready", exact=True)).to_be_visible()
    assert '"targets":["isatab"]' in app.journal() or '"isatab"' in app.journal()
    isa = exported(hands, tmp_path)
    names = sorted(path.name for path in isa.iterdir())
    assert names[-2] == "i_investigation.txt"
    assert sum(name.startswith("a_") for name in names) == 3
    accepted(isa, app.folder)


def accepted(isa: Path, dataset: Path) -> None:
    """Ask the two readers: no error, no warning, and every source, sample, process and image, one by one."""
    report = run("ISATOOLS", "run_isatools.py", str(config_folder()), str(isa))
    assert not faults(report)
    found = run("ALTAMISA", "run_altamisa.py", str(isa))[str(isa)]
    assert found["warnings"] == []
    study, assays = found["model"]["study"], list(found["model"]["assays"].values())
    assert named(study, "Source Name") == ["HeLa, control", "HeLa, latrunculin A"]
    assert named(study, "Sample Name") == ["HeLa, control", "HeLa, latrunculin A"]
    images = [name for assay in assays for name in named(assay, "Image File")]
    assert sorted(images) == images_of(dataset)
    assert sum(len(assay["processes"]) for assay in assays) == len(images)
    treated = {image for assay in assays for image in shown(assay, "HeLa, latrunculin A")}
    assert treated == {name for name in images_of(dataset) if name.startswith("01_confocal/latrunculin/")}


def named(graph: dict[str, Any], kind: str) -> list[str]:
    """Give the names of the nodes of a kind."""
    return sorted(node["name"] for node in graph["materials"].values() if node["type"] == kind)


def images_of(dataset: Path) -> list[str]:
    """Give what the demo holds that can be read: its files, and the overview as one."""
    files = [path for path in dataset.rglob("*.ome.tiff") if "interrupted" not in path.name]
    return sorted(path.relative_to(dataset).as_posix() for path in [*files, *dataset.rglob("*.ome.zarr")])


def shown(graph: dict[str, Any], sample: str) -> set[str]:
    """Give the images that an assay leads to from a sample."""
    after: dict[str, list[str]] = {}
    for tail, head in graph["arcs"]:
        after.setdefault(tail, []).append(head)
    reached, nodes = set(), graph["materials"]
    ahead = [key for key, node in nodes.items() if (node["type"], node["name"]) == ("Sample Name", sample)]
    while ahead:
        key = ahead.pop()
        reached.add(key)
        ahead += [head for head in after.get(key, []) if head not in reached]
    return {nodes[key]["name"] for key in reached if key in nodes and nodes[key]["type"] == "Image File"}


def test_leaving_a_question_open_is_told_and_still_exports(page: Page, app: App, tmp_path: Path) -> None:
    page.goto(app.url)
    expect(page.get_by_role("heading", name="Describe your images once")).to_be_visible(timeout=START_MS)
    hands = Hands(page)
    hands.reach("Read this folder")
    hands.press("Enter")
    expect(page.get_by_role("heading", name="We found 33 images")).to_be_visible(timeout=START_MS)
    isa = exported(hands, tmp_path)
    assert (isa / "i_investigation.txt").is_file()
    wait_until((app.folder / "rembi.json").is_file)
