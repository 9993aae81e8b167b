"""Where the real samples are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def sample_folder() -> Path:
    """The folder of real files: ``REMBI_SAMPLES``, else ``shared/samples`` beside the checkout."""
    root = Path(__file__).parent.parent.parent
    folder = Path(os.environ.get("REMBI_SAMPLES") or root.parent / "shared" / "samples")
    if not folder.is_dir():
        say = pytest.fail if os.environ.get("REMBI_REQUIRE_SAMPLES") == "1" else pytest.skip
        say(f"no samples in {folder}: name their folder in REMBI_SAMPLES")
    return folder
