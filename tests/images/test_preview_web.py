"""Previews of OME-Zarr on the web: the smallest copy that is large enough, few requests, and limits that hold."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from rembi_widgets.images import Look, UnreadableImageError, _pixels_zarr, _web_store, preview, view
from tests.images.make import multiscales, zarr2, zarr3
from tests.images.test_web import Served, served

__all__ = ["served"]


def pyramid(folder: Path, make: Any = zarr3) -> Path:
    """Write three levels of 64, 32 and 16 pixels; the plane at z = 1 of the second channel is bright on the left."""
    levels = []
    for side in (64, 32, 16):
        level = np.zeros((2, 2, side, side), np.uint16)
        level[1, 1, :, : side // 2] = 1000
        levels.append(level)
    scales = multiscales("czyx", [(1, 1, step, step) for step in (1, 2, 4)], {}, "0.5" if make is zarr3 else "0.4")
    attributes = {"multiscales": [scales]}
    return make(
        folder, levels, {"version": "0.5", **attributes} if make is zarr3 else attributes, chunks=(1, 1, 16, 16)
    )


def pixels(png: bytes) -> Any:
    return np.asarray(Image.open(io.BytesIO(png)))


@pytest.mark.parametrize("make", [zarr2, zarr3])
def test_the_smallest_copy_that_is_large_enough_is_fetched(served: Served, make: Any) -> None:
    pyramid(served.root / "a.zarr", make)
    assert pixels(preview(f"{served.url}/a.zarr", size=16)).shape == (16, 16, 3)
    chunks = [path for path in served.asked if "json" not in path and "/.z" not in path]
    assert len(chunks) == 2
    assert all(path.startswith("/a.zarr/2/") for path in chunks)
    assert not any(path.startswith("/a.zarr/1/") for path in served.asked)
    assert len(served.asked) == len(set(served.asked)) <= 8


@pytest.mark.parametrize("size", [16, 32, 64, 256])
def test_it_is_the_picture_that_the_folder_gives(served: Served, size: int) -> None:
    store = pyramid(served.root / "a.zarr")
    assert preview(f"{served.url}/a.zarr", size=size) == preview(store, size=size)
    look = Look(channels=frozenset({1}), coloured=False, percentiles=(0, 100))
    for z in (0, 1):
        seen = view(f"{served.url}/a.zarr", size=size, z=z, look=look)
        assert seen == view(store, size=size, z=z, look=look)
        assert (pixels(seen).max() > 0) == (z == 1)


def test_a_chunk_that_is_not_there_is_dark(served: Served) -> None:
    store = pyramid(served.root / "a.zarr")
    (store / "2" / "c" / "1" / "1" / "0" / "0").unlink()
    assert pixels(preview(f"{served.url}/a.zarr", size=16)).max() == 0


def test_one_image_of_a_plate_is_found_without_reading_the_others(served: Served) -> None:
    root = served.root / "p.zarr"
    wells = [{"path": f"A/{number}"} for number in range(1, 9)]
    zarr3(root, [], {"version": "0.5", "plate": {"name": "P", "wells": wells}}, chunks=())
    for well in wells[:2]:
        zarr3(root / well["path"], [], {"version": "0.5", "well": {"images": [{"path": "0"}]}}, chunks=())
        pyramid(root / well["path"] / "0")
    assert pixels(preview(f"{served.url}/p.zarr", scene=1, size=16)).max() > 0
    assert not any("/A/3" in path for path in served.asked)
    assert not any("/A/1/0/" in path for path in served.asked)


@pytest.mark.parametrize("scene", [1, -1, -7])
def test_an_image_that_is_not_there_is_told(served: Served, scene: int) -> None:
    pyramid(served.root / "a.zarr")
    with pytest.raises(UnreadableImageError, match="has no image number"):
        preview(f"{served.url}/a.zarr", scene=scene)


def test_more_bytes_than_allowed_are_not_fetched_unless_somebody_wants_them(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, shape = served.root / "big.zarr", (1024, 1024)
    noise = np.random.default_rng(1).integers(0, 60000, shape).astype(np.uint16)
    scales = multiscales("yx", [(1, 1)], {}, "0.5")
    zarr3(folder, [noise], {"version": "0.5", "multiscales": [scales]}, chunks=(512, 512), codec=None)
    monkeypatch.setattr(_web_store, "PIXELS_LIMIT", 1 << 20)
    with pytest.raises(UnreadableImageError, match=r"big\.zarr would take more than 1 MB") as told:
        view(f"{served.url}/big.zarr")
    assert "127.0.0.1" not in str(told.value)
    assert pixels(view(f"{served.url}/big.zarr", anyway=True)).any()


def test_more_requests_than_allowed_are_refused_before_the_first(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    pyramid(served.root / "a.zarr")
    monkeypatch.setattr(_pixels_zarr, "REQUESTS_LIMIT", 31)
    with pytest.raises(UnreadableImageError, match="32 pieces"):
        preview(f"{served.url}/a.zarr", size=64)
    assert not any("/c/" in path for path in served.asked)


def test_private_addresses_are_refused_where_the_app_is_served(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    pyramid(served.root / "a.zarr")
    monkeypatch.setenv("REMBI_PRIVATE_ADDRESSES", "refuse")
    with pytest.raises(UnreadableImageError) as told:
        preview(f"{served.url}/a.zarr")
    assert told.value.key == "images.web_private"
    assert served.asked == []


def test_a_broken_chunk_is_a_sentence(served: Served) -> None:
    store = pyramid(served.root / "a.zarr")
    (store / "2" / "c" / "0" / "1" / "0" / "0").write_bytes(b"no gzip")
    with pytest.raises(UnreadableImageError) as told:
        preview(f"{served.url}/a.zarr", size=16)
    assert told.value.key == "images.no_preview.broken"


def test_a_server_that_fails_in_the_middle_is_told(served: Served) -> None:
    pyramid(served.root / "a.zarr")
    served.answers["/a.zarr/2/zarr.json"] = lambda handler: handler.say(500)  # type: ignore[attr-defined]
    with pytest.raises(UnreadableImageError, match="500"):
        preview(f"{served.url}/a.zarr", size=16)
