"""The notebooks of the hands-ons: clean as committed, bilingual, and running from top to bottom."""

from __future__ import annotations

import json
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest

from rembi_widgets.app._serve import CELL
from rembi_widgets.store import open_curation

ROOT = Path(__file__).parent.parent
HOME = ROOT / "notebooks"
NOTEBOOKS = sorted(
    path.relative_to(HOME).as_posix() for path in HOME.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts
)
HANDS_ON = [name for name in NOTEBOOKS if not name.startswith("app/")]
WIDGET = "application/vnd.jupyter.widget-view+json"
FORMS = {
    "AnnotationForm",
    "BiosampleForm",
    "ImageAcquisitionForm",
    "ImageAnalysisForm",
    "ImageCorrelationForm",
    "ImageDataForm",
    "SpecimenForm",
    "StudyComponentForm",
    "StudyForm",
}


def read(name: str) -> Any:
    return nbformat.read(HOME / name, as_version=4)


def code(name: str) -> str:
    return "\n".join(cell.source for cell in read(name).cells if cell.cell_type == "code")


Ran = Callable[[str], tuple[Any, Path]]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    """Give what runs a notebook once, in a folder of its own: the notebook with its outputs, and the folder."""
    with pytest.MonkeyPatch.context() as patch:
        own_kernel(tmp_path_factory.mktemp("jupyter"), patch)
        yield cache(lambda name: run(name, tmp_path_factory.mktemp("work")))


def own_kernel(home: Path, patch: pytest.MonkeyPatch) -> None:
    """Have the kernel ``python3`` be this Python, whatever the machine has installed."""
    spec = home / "kernels" / "python3"
    spec.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (spec / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "Python 3", "language": "python"}))
    patch.setenv("JUPYTER_PATH", str(home))
    patch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))


def run(name: str, folder: Path) -> tuple[Any, Path]:
    from nbclient import NotebookClient

    notebook = read(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the client's event loop, which are not ours
        NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    return notebook, folder


def outputs(notebook: Any, kind: str) -> list[Any]:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [output for cell in cells for output in cell.outputs if output.output_type == kind]


def test_the_hands_ons_are_there() -> None:
    assert NOTEBOOKS == [
        "1-first-curation.ipynb",
        "2-parts-of-rembi.ipynb",
        "3-searching-terms.ipynb",
        "4-without-a-browser.ipynb",
        "5-an-isa-tab-taken-apart.ipynb",
        "app/rembi.ipynb",
    ]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_is_committed_without_outputs(name: str) -> None:
    notebook = read(name)
    nbformat.validate(notebook)
    assert [cell.id for cell in notebook.cells if cell.get("outputs") or cell.get("execution_count")] == []
    assert notebook.metadata.kernelspec.name == "python3"


@pytest.mark.parametrize("name", HANDS_ON)
def test_begins_with_a_paragraph_in_each_language(name: str) -> None:
    title, english, french = read(name).cells[0].source.split("\n\n")
    assert title.startswith("# ")
    assert "hands-on" in english or "eight parts" in english
    assert re.fullmatch(r"\*.*(?:atelier).*\*", french, re.DOTALL)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_runs_from_top_to_bottom(name: str, ran: Ran) -> None:
    done, _ = ran(name)
    assert outputs(done, "error") == []
    noise = [output.text for output in outputs(done, "stream") if output.name == "stderr"]
    assert noise == []


def test_the_first_curation_writes_an_isatab(ran: Ran) -> None:
    _, folder = ran("1-first-curation.ipynb")
    assert (folder / "nuclear-shape-isatab" / "i_investigation.txt").is_file()
    assert list((folder / "nuclear-shape-isatab").glob("s_*.txt"))


def test_the_curation_without_a_browser_drafts_and_writes(ran: Ran) -> None:
    _, folder = ran("4-without-a-browser.ipynb")
    with open_curation(folder / "nuclear-shape") as curation:
        assert curation.get("/study/title") == "Nuclear shape after actin depolymerisation"
        assert len(curation.record.images) >= 32
        assert curation.record.acquisitions
    assert (folder / "nuclear-shape-isatab" / "i_investigation.txt").is_file()


def test_the_isatab_is_mended_and_nothing_else_of_it_is_changed(ran: Ran) -> None:
    from rembi_widgets.formats import isatab

    done, folder = ran("5-an-isa-tab-taken-apart.ipynb")
    levels = [{one.level for one in isatab.check(folder / name)} for name in ("liver", "liver-mended")]
    assert levels == [{"error", "warning", "info"}, {"info"}]
    told = "".join(output.text for output in outputs(done, "stream"))
    assert "i_liver.txt lines changed: [36]" in told
    changed = {"i_liver.txt": 1, "s_liver.txt": 1, "a_slides.txt": 1}
    for name, count in changed.items():
        before, after = ((folder / place / name).read_bytes().split(b"\n") for place in ("liver", "liver-mended"))
        assert sum(was != now for was, now in zip(before, after, strict=True)) == count
    with open_curation(folder / "my-images") as curation:
        assert curation.get("/study/title") == "Livers of mice after fasting"
    assert (folder / "liver.json").is_file()


def test_every_form_is_met() -> None:
    assert set(re.findall(r"rw\.(\w+Form)\(", code("2-parts-of-rembi.ipynb"))) == FORMS


def test_every_form_shows_itself_and_its_value(ran: Ran) -> None:
    done, _ = ran("2-parts-of-rembi.ipynb")
    results = outputs(done, "execute_result")
    shown = [output for output in results if WIDGET in output.data]
    values = [output.data["text/plain"] for output in results if WIDGET not in output.data]
    assert len(shown) == len(FORMS) + 1
    assert len(values) == len(FORMS)
    assert "Homo sapiens" in values[1]


def test_the_page_is_that_of_the_app() -> None:
    assert code("app/rembi.ipynb").replace("\n\n", "\n") == CELL
    assert read("app/rembi.ipynb").metadata.voila.template == "rembi"
