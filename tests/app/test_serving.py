"""How the page is served: a token, no sources, no files, nothing above the root."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest

from rembi_widgets.app import _serve
from rembi_widgets.app._page import FOLDER, ROOT, page


def test_the_page_shows_no_source_no_traceback_and_no_file(tmp_path: Path) -> None:
    said = _serve.settings(tmp_path / "rembi.ipynb", 8866, "secret", browser=False)
    assert said["Voila"]["token"] == "secret"
    assert said["Voila"]["root_dir"] == str(tmp_path)
    shown = said["VoilaConfiguration"]
    assert shown["strip_sources"] is True
    assert shown["show_tracebacks"] is False
    assert shown["file_allowlist"] == []
    assert shown["preheat_kernel"] is True
    assert shown["allow_template_override"] == "NO"


def test_the_notebook_behind_the_page_is_all_there_is(tmp_path: Path) -> None:
    path = _serve.write_page(tmp_path)
    assert [item.name for item in tmp_path.iterdir()] == [path.name]
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert [cell.source for cell in notebook.cells] == [_serve.CELL]


def test_nothing_above_the_root_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (FOLDER, ROOT, "JUPYTER_PATH"):
        monkeypatch.setenv(name, "")
    folder = tmp_path / "data" / "set"
    folder.mkdir(parents=True)
    _serve.prepare(folder, None)
    assert os.environ[ROOT] == str(folder.parent.resolve())
    assert str(_serve.HERE / "share") in os.environ["JUPYTER_PATH"].split(os.pathsep)


def test_making_the_page_opens_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    monkeypatch.setenv(ROOT, str(tmp_path.parent))
    made = page()
    assert made.session.is_open is False
    assert list(tmp_path.iterdir()) == []
    assert made.options["page"] is True


def test_the_template_asks_nobody_outside() -> None:
    template = (_serve.HERE / "share/voila/templates/rembi/index.html.j2").read_text(encoding="utf-8")
    assert "http" not in template
    assert "cdn" not in template.replace("CDN", "")
