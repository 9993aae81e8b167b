"""Real files for the tests of this room: ``REMBI_SAMPLES``, else ``../shared/samples`` beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def samples() -> Path:
    place = Path(os.environ.get("REMBI_SAMPLES") or ROOT.parent / "shared" / "samples")
    if not place.is_dir():
        if os.environ.get("REMBI_REQUIRE_SAMPLES") == "1":
            pytest.fail(f"the samples are not at {place}")
        pytest.skip("the samples are not here")
    return place
