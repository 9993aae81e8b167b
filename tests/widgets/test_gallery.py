"""The gallery: groups with what they share, previews and headers of images, what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.widgets import _gallery


def test_groups_have_titles_counts_and_the_acquisition_they_belong_to(ask: Any) -> None:
    first, second = ask("groups")["groups"]
    assert (first["key"], first["title"], first["count"], first["acquisition"]) == ("g1", "Confocal", 2, "ac-1")
    assert first["folders"] == ["b", "a"]
    assert first["pencil"] == 1
    assert (second["key"], second["acquisition"]) == ("", None)


def test_files_that_could_not_be_read_are_listed_with_the_reason(ask: Any, session: Any) -> None:
    session.curation.set("/files/fl-3/message", "cut short")
    assert ask("groups")["unreadable"] == [{"path": "c.tiff", "message": "cut short"}]


def test_what_less_than_a_tenth_of_a_group_says_is_an_outlier(ask: Any, session: Any) -> None:
    rows = [f"im-x{n}" for n in range(12)]
    session.curation.edit(
        [
            {"op": "add", "path": "/images", "rows": rows},
            {"op": "fill", "path": "/images/group", "rows": rows, "value": "g2"},
            {"op": "fill", "path": "/images/objective", "rows": rows, "values": ["40x", *["63x"] * 11]},
        ]
    )
    [found] = [group for group in ask("groups")["groups"] if group["key"] == "g2"]
    assert found["outliers"] == [{"field": "objective", "value": "40x", "count": 1, "images": ["im-x0"]}]


def test_an_image_that_is_not_there_is_refused(ask: Any) -> None:
    for kind in ("thumb", "header"):
        with pytest.raises(RembiError):
            ask(kind, image="im-nowhere")


def test_an_image_whose_file_is_elsewhere_is_said_so_and_shown_as_the_ticket_carried_it(ask: Any, session: Any) -> None:
    for kind in ("thumb", "header"):
        with pytest.raises(RembiError, match=r"b/2\.tiff is not here"):
            ask(kind, image="im-1")
    carried = session.curation.folder / ".rembi" / "thumbs"
    carried.mkdir()
    (carried / "im-1.png").write_bytes(b"png")
    assert ask("thumb", image="im-1")[1] == [b"png"]


@pytest.mark.parametrize("path", ["../secret.tiff", "/etc/passwd"])
def test_no_path_of_a_table_leads_out_of_the_dataset(ask: Any, session: Any, path: str) -> None:
    session.curation.set("/files/fl-1/path", path)
    for kind in ("thumb", "header"):
        with pytest.raises((RembiError, OSError)):
            ask(kind, image="im-1")


def test_previews_are_kept_so_that_they_are_made_once(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def make(_session: Any, image: str, _size: int) -> bytes:
        made.append(image)
        return b"png"

    monkeypatch.setattr(_gallery, "make_thumb", make)
    assert ask("thumb", image="im-1") == ({"type": "image/png"}, [b"png"])
    ask("thumb", image="im-1")
    ask("thumb", image="im-1", size=64)
    assert made == ["im-1", "im-1"]


def test_a_header_gives_values_with_their_places_and_all_the_rest(ask: Any, session: Any, samples: Path) -> None:
    source = next(iter(sorted((samples / "images" / "ome-tiff").glob("*.tif*"))))
    folder = session.curation.folder
    (folder / "a").mkdir()
    shutil.copy(source, folder / "a" / source.name)
    session.curation.set("/files/fl-2/path", f"a/{source.name}")
    answer = ask("header", image="im-2")
    named = {name: (value, place) for name, value, place in answer["values"]}
    assert answer["path"] == f"a/{source.name}"
    assert named["size_x"][0] > 0
    assert named["size_x"][1]
