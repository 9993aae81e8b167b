"""A cache of its own for each test, a server on this machine, and an online service that is on but nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rembi_widgets.terms import forget
from rembi_widgets.terms._online import forget_shared
from tests.terms_layers.service import Service, serving


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("REMBI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("REMBI_OLS_URL", "http://127.0.0.1:9/none")
    monkeypatch.setenv("REMBI_OLS", "on")
    for proxy in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(proxy, raising=False)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    forget_shared()
    forget()
    yield tmp_path / "cache"
    forget_shared()
    forget()


@pytest.fixture
def service() -> Iterator[Service]:
    with serving() as running:
        yield running
