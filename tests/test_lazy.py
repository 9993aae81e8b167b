"""The face is lazy: importing the package, and building a form, load nothing heavy."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import rembi_widgets

HEAVY = ["pandas", "ome_types", "tifffile", "lxml", "PIL", "h5py"]
HTTP_CLIENTS = ["requests", "urllib3", "httpx", "aiohttp", "http.client", "urllib.request"]
YARDSTICK = "import ipywidgets, anywidget, pydantic"
FORM = "import rembi_widgets as rw; rw.BiosampleForm()"


def loaded(code: str) -> set[str]:
    """Give the modules that a fresh process has loaded after running the code."""
    told = f"{code}; import json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", told], text=True, capture_output=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def face() -> set[str]:
    return loaded("import rembi_widgets")


@pytest.fixture(scope="module")
def form() -> set[str]:
    """Give what building a form loads beyond the widget libraries, some of which load more than they need."""
    return loaded(FORM) - loaded(YARDSTICK)


@pytest.mark.parametrize("module", [*HEAVY, *HTTP_CLIENTS, "numpy", "ipywidgets", "anywidget", "pydantic", "voila"])
def test_importing_the_package_does_not_load(face: set[str], module: str) -> None:
    assert module not in face


@pytest.mark.parametrize("module", [*HEAVY, *HTTP_CLIENTS, "numpy", "voila", "jupyterlab", "ipyfilechooser"])
def test_building_a_form_does_not_load(form: set[str], module: str) -> None:
    assert module not in form


def test_the_yardstick_is_free_of_the_heavy_ones_too() -> None:
    assert loaded(YARDSTICK) & set(HEAVY) == set()


@pytest.mark.parametrize("name", rembi_widgets.__all__)
def test_every_name_of_the_face_is_there(name: str) -> None:
    assert name in dir(rembi_widgets)
    assert callable(getattr(rembi_widgets, name))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        rembi_widgets.no_such_name  # noqa: B018 - asking is the test
