"""What all tests share: the real samples, and a known language and author."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from rembi_widgets.locale import set_language

ROOT = Path(__file__).parent.parent

# for this process and those that tests start
os.environ["REMBI_AUTHOR"] = "tester"
os.environ.pop("REMBI_LANG", None)
_CACHE = tempfile.TemporaryDirectory(prefix="rembi-tests-", ignore_cleanup_errors=True)  # gone when the tests end
os.environ["REMBI_CACHE"] = _CACHE.name
os.environ["REMBI_OLS"] = "off"  # no test asks the network; its own tests switch it on
os.environ["JUPYTER_PLATFORM_DIRS"] = "1"  # Jupyter warns where it must guess, and warnings are errors
os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # its note on frozen modules would stand in every kernel's output


@pytest.fixture(scope="session")
def samples() -> Path:
    """Give the folder of real files: ``REMBI_SAMPLES``, else ``shared/samples`` beside the checkout."""
    folder = Path(os.environ.get("REMBI_SAMPLES") or ROOT.parent / "shared" / "samples")
    if not folder.is_dir():
        say = pytest.fail if os.environ.get("REMBI_REQUIRE_SAMPLES") == "1" else pytest.skip
        say(f"no samples in {folder}: name their folder in REMBI_SAMPLES")
    return folder


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """Begin and end each test with the default language."""
    set_language(None)
    yield
    set_language(None)
