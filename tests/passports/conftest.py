"""A facility's folder, a curation to be filled, and nothing of the user's own settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.images import Passport
from rembi_widgets.images._passport_read import read_passports
from rembi_widgets.store import open_curation
from tests.passports.files import ACQUISITION, OURS


@pytest.fixture(autouse=True)
def _nothing_of_the_user(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    for name in ("REMBI_MICROSCOPES", "REMBI_OFFLINE", "REMBI_PRIVATE_ADDRESSES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REMBI_CACHE", str(home / "cache"))
    monkeypatch.setattr("rembi_widgets.images._passport_places.user_folder", lambda: home / "config" / "microscopes")


@pytest.fixture
def ours() -> Passport:
    [passport] = read_passports(OURS.encode(), "sd.yaml")
    return passport


@pytest.fixture
def tesm(samples: Path) -> Passport:
    path = samples / "microscopes" / "tesm_v2.01_tier3_77components.json"
    [passport] = read_passports(path.read_bytes(), path.name)
    return passport


@pytest.fixture
def curation() -> Any:
    """Give a curation in memory with one acquisition that says little."""
    opened = open_curation()
    opened.edit([{"op": "add", "path": "/acquisitions", "id": "ac-1", "value": ACQUISITION}], origin="scan")
    return opened
