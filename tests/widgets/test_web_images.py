"""Images of a record whose file is an address: previews, planes and headers come from the web."""

from __future__ import annotations

from typing import Any

import pytest

from rembi_widgets.errors import RembiError
from tests.images.test_preview_web import pyramid
from tests.images.test_web import Served, served

__all__ = ["served"]


@pytest.fixture
def image(session: Any, served: Served) -> str:
    pyramid(served.root / "a.zarr")
    session.curation.set("/files/fl-1/path", f"{served.url}/a.zarr")
    return str(next(row for row in session.curation.record.images.ids if file_of(session, row) == "fl-1"))


def file_of(session: Any, row: str) -> Any:
    return session.curation.record.images.value(row, "file")


def test_previews_planes_and_headers_come_from_the_web(ask: Any, image: str, served: Served) -> None:
    assert ask("thumb", image=image, size=16)[1][0].startswith(b"\x89PNG")
    assert ask("plane", image=image, size=16, z=0)[1][0].startswith(b"\x89PNG")
    told = ask("header", image=image)
    assert told["path"] == f"{served.url}/a.zarr"
    assert ["zarr.json", "multiscales", "datasets", "shape", "size x"] in [parts for parts, _, _ in told["leaves"]]


def test_where_the_app_is_served_no_private_address_is_asked(
    ask: Any, image: str, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REMBI_PRIVATE_ADDRESSES", "refuse")
    for kind in ("thumb", "plane", "header"):
        with pytest.raises(RembiError, match=r"127\.0\.0\.1"):
            ask(kind, image=image)
    assert served.asked == []


@pytest.mark.parametrize("path", ["ftp://h.org/a.zarr", "file:///etc/passwd", "//h.org/a.zarr"])
def test_other_addresses_are_no_places(ask: Any, session: Any, image: str, path: str) -> None:
    session.curation.set("/files/fl-1/path", path)
    for kind in ("thumb", "plane", "header"):
        with pytest.raises(RembiError):
            ask(kind, image=image)
