"""Looking at one image: which plane, which channels, how bright, how large; and the full OME model."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from PIL import Image

import rembi_widgets as rw
from rembi_widgets.errors import RembiError
from rembi_widgets.images import Look, UnreadableImageError, _pixels, ome_model, preview, view
from rembi_widgets.images._pixels import allow, looking_at, place_of
from rembi_widgets.widgets._handlers import HANDLERS, SLOW
from rembi_widgets.widgets._session import Session

DEPTH, TIMES, SIDE = 5, 3, 16


@pytest.fixture
def stack(tmp_path: Path) -> Path:
    """Make an OME-TIFF of three times, five depths and two channels; a bright row tells depth and time."""
    data = np.zeros((TIMES, DEPTH, 2, SIDE, SIDE), dtype=np.uint16)
    for t in range(TIMES):
        for z in range(DEPTH):
            data[t, z, 0, z] = 1000  # the row of the first channel is the depth
            data[t, z, 1, SIDE - 1 - t] = 1000  # that of the second counts the times from below
    path = tmp_path / "stack.ome.tiff"
    named = {"axes": "TZCYX", "Channel": {"Name": ["DNA", "Actin"]}}
    tifffile.imwrite(path, data, metadata=named, ome=True, photometric="minisblack")
    return path


def rows(png: bytes) -> list[int]:
    """Give the rows of a picture that are bright."""
    picture = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).max(axis=2)
    return [int(row) for row in np.flatnonzero(picture.max(axis=1) > 127)]


def test_without_a_wish_it_is_the_preview(stack: Path) -> None:
    assert view(stack, size=256) == preview(stack)
    assert rows(preview(stack)) == [2, 14]


@pytest.mark.parametrize(("z", "t"), [(0, 0), (4, 2), (1, 1), (3, 0)])
def test_each_plane_and_time_can_be_seen(stack: Path, z: int, t: int) -> None:
    assert rows(view(stack, z=z, t=t)) == [z, SIDE - 1 - t]


def test_a_place_beyond_the_end_is_the_last(stack: Path) -> None:
    assert rows(view(stack, z=99, t=99)) == [DEPTH - 1, SIDE - TIMES]
    assert rows(view(stack, z=-5)) == [0, 14]


def test_channels_are_shown_or_not(stack: Path) -> None:
    assert rows(view(stack, z=0, look=Look(channels=frozenset({0})))) == [0]
    assert rows(view(stack, t=0, look=Look(channels=frozenset({1})))) == [SIDE - 1]
    assert rows(view(stack, look=Look(channels=frozenset()))) == []
    assert rows(view(stack, look=Look(channels=frozenset({7})))) == []


def test_without_colour_it_is_grey(stack: Path) -> None:
    coloured = np.asarray(Image.open(io.BytesIO(view(stack))))
    grey = np.asarray(Image.open(io.BytesIO(view(stack, look=Look(coloured=False)))))
    assert (grey[..., 0] == grey[..., 1]).all()
    assert not (coloured[..., 0] == coloured[..., 1]).all()


def test_contrast_is_between_two_percentiles(tmp_path: Path) -> None:
    path = tmp_path / "ramp.tif"
    ramp = np.tile(np.arange(256, dtype=np.uint16) * 10, (256, 1))
    tifffile.imwrite(path, ramp, photometric="minisblack")
    seen = {
        name: np.asarray(Image.open(io.BytesIO(view(path, look=Look(percentiles=limits)))))[0, :, 0]
        for name, limits in {"full": (0.0, 100.0), "strong": (25.0, 75.0)}.items()
    }
    assert (seen["full"][0], seen["full"][-1], int((seen["full"] == 255).sum())) == (0, 255, 1)
    assert int((seen["strong"] == 0).sum()) > 60
    assert int((seen["strong"] == 255).sum()) > 60


def test_each_channel_may_have_a_contrast_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "ramps.tif"
    ramp = np.tile(np.arange(256, dtype=np.uint16) * 10, (2, 256, 1))
    tifffile.imwrite(path, ramp, photometric="minisblack", metadata={"axes": "CYX"}, ome=True)
    full, hard = (0.0, 100.0), (50.0, 100.0)

    def seen(channel: int, look: Look) -> Any:
        alone = Look(frozenset({channel}), coloured=False, percentiles=look.percentiles, ranges=look.ranges)
        return int((np.asarray(Image.open(io.BytesIO(view(path, look=alone))))[0, :, 0] == 0).sum())

    mixed = Look(percentiles=full, ranges={1: hard})
    assert seen(0, mixed) == seen(0, Look(percentiles=full)) < 10
    assert seen(1, mixed) == seen(1, Look(percentiles=hard)) > 100
    assert seen(1, Look(percentiles=full, ranges={7: hard})) < 10


@pytest.mark.parametrize(
    ("contrast", "percentiles", "ranges"),
    [
        (None, (1.0, 99.8), {}),
        ({"all": [0, 100], "1": [2.5, 99]}, (0, 100), {1: (2.5, 99)}),
        ({"all": [100, 0], "0": ["a", 1], "00001": [0, 1], "-1": [0, 1], "2": [0, 101]}, (1.0, 99.8), {}),
        ("strong", (1.0, 99.8), {}),
    ],
)
def test_a_page_asks_for_the_contrast_of_all_and_of_single_channels(
    ask: Any, monkeypatch: pytest.MonkeyPatch, contrast: object, percentiles: object, ranges: object
) -> None:
    seen: list[Look] = []
    monkeypatch.setattr(
        "rembi_widgets.images.view", lambda _, look, **_said: seen.append(look) or b"png", raising=False
    )
    ask("plane", contrast=contrast)
    assert [(look.percentiles, look.ranges) for look in seen] == [(percentiles, ranges)]


def test_a_wish_is_over_when_the_picture_is_made() -> None:
    with looking_at(z=0.9, limit=10):
        assert (place_of("Z", 10), place_of("T", 10)) == (9, 5)
        with pytest.raises(UnreadableImageError):
            allow("x", 11)
    assert place_of("Z", 10) == 5
    allow("x", 11)


@pytest.fixture
def ask(stack: Path) -> Any:
    session = Session(rw.open_curation(stack.parent), lang="en")
    session.curation.propose(rw.scan(stack.parent))
    [image] = session.curation.record.images.ids

    def asked(kind: str, **content: Any) -> Any:
        return HANDLERS[kind](session, {"kind": kind, "image": image, **content}, [])

    asked.session = session  # type: ignore[attr-defined]
    yield asked
    session.close()


def test_the_screen_asks_for_a_plane(ask: Any) -> None:
    answer, [png] = ask("plane", z=4, t=0, channels=[0], contrast="full")
    assert answer == {"type": "image/png"}
    assert rows(png) == [4]
    _, [png] = ask("plane", z="x", contrast="odd", size=10**9, coloured=False)
    assert rows(png) == [2, 14]
    assert SLOW["plane"] not in {SLOW["thumb"], SLOW["rows"]}


def test_what_is_very_large_is_only_made_when_asked_for(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_pixels, "LIMIT", 100)
    stack = next(iter(ask.session.curation.folder.glob("*.tiff")))
    data = tifffile.imread(stack)
    tifffile.imwrite(stack, data, ome=True, metadata={"axes": "TZCYX"}, compression="zlib", photometric="minisblack")
    assert "too" in ask("plane")["large"] or "MB" in ask("plane")["large"]
    assert rows(ask("plane", anyway=True)[1][0]) == [2, 14]


def test_no_path_leads_out_of_the_dataset(ask: Any) -> None:
    [file] = ask.session.curation.record.files.ids
    ask.session.curation.set(f"/files/{file}/path", "../../etc/passwd")
    for kind in ("plane", "ome"):
        with pytest.raises((RembiError, OSError)):
            ask(kind)
    ask.session.curation.set(f"/files/{file}/path", "gone.tiff")
    with pytest.raises(RembiError, match="is not here"):
        ask("plane")
    with pytest.raises(RembiError):
        ask("plane", image="im-nowhere")


def test_the_full_ome_model_is_given_with_its_places(ask: Any) -> None:
    found = dict(map(tuple, ask("ome")["values"]))
    assert found["images/0/pixels/size_z"] == str(DEPTH)
    assert found["images/0/pixels/channels/1/name"] == "Actin"


def test_the_ome_model_of_real_files(samples: Path) -> None:
    counts = {path.name: len(ome_model(path)) for path in sorted((samples / "images" / "ome-xml").glob("*.xml"))}
    assert len(counts) == 12
    assert counts["filter.ome.xml"] == 143
    assert all(count > 10 for count in counts.values())


def test_a_file_without_ome_says_so(tmp_path: Path) -> None:
    path = tmp_path / "plain.png"
    Image.new("L", (4, 4)).save(path)
    with pytest.raises(UnreadableImageError, match="holds no OME metadata"):
        ome_model(path)


HEAD = '<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">'
PIXELS = '<Pixels ID="Pixels:0" DimensionOrder="XYZCT" Type="{}" SizeX="1" SizeY="1" SizeZ="1" SizeC="1" SizeT="1"/>'


def test_an_ome_that_is_not_valid_gives_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "odd.ome.xml"
    path.write_text(f'{HEAD}<Image ID="Image:0">{PIXELS.format("uint7")}</Image></OME>')
    with pytest.raises(UnreadableImageError, match="are not valid"):
        ome_model(path)


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.ome.xml"
    bomb = '<!DOCTYPE OME [<!ENTITY a "b">]>'
    path.write_text(f'{bomb}{HEAD}<Image ID="Image:0">{PIXELS.format("uint8")}</Image></OME>')
    with pytest.raises(UnreadableImageError):
        ome_model(path)
