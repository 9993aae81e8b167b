"""Folders of the first screen, never above the root; tickets that come back into one."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.store import open_curation, ticket_title
from rembi_widgets.widgets import _send
from rembi_widgets.widgets._gallery import make_thumb
from rembi_widgets.widgets._places import NAMED, new_place
from rembi_widgets.widgets._session import Session

PNG = b"\x89PNG\r\n"


def test_folders_are_listed_below_the_root_and_hidden_ones_are_not(ask: Any, root: Path) -> None:
    (root / ".git").mkdir()
    (root / "file.txt").write_text("x")
    answer = ask("list-folders")
    assert [folder["name"] for folder in answer["folders"]] == ["set"]
    assert answer["parent"] is None
    assert ask("list-folders", path=str(root / "set"))["parent"] == str(root)


@pytest.mark.parametrize("path", ["..", "/", "set/../..", "../other"])
def test_no_road_leads_above_the_root(ask: Any, path: str) -> None:
    with pytest.raises(RembiError):
        ask("list-folders", path=path)


def test_a_link_out_of_the_root_leads_nowhere(ask: Any, root: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (root / "way").symlink_to(tmp_path / "outside")
    with pytest.raises(RembiError):
        ask("list-folders", path="way")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("nuclear-shape", "nuclear-shape"),
        ("../../etc/passwd", "etcpasswd"),
        ("\\\\host\\share:x", "hostsharex"),
        ("...", "rembi-ticket"),
        ("", "rembi-ticket"),
        ("Étude 3", "Étude 3"),
        ("x" * 300, "x" * NAMED),
    ],
)
def test_a_new_folder_takes_only_harmless_letters_of_a_title(
    session: Session, root: Path, title: str, name: str
) -> None:
    assert new_place(session, title) == root / name


def test_a_folder_that_is_there_is_never_taken_for_new(session: Session, root: Path) -> None:
    (root / "set-2").mkdir()
    assert new_place(session, "set") == root / "set-3"


def test_a_ticket_without_a_folder_makes_one_named_after_the_study(ask: Any, root: Path) -> None:
    _, [data] = ask("ticket")
    assert ticket_title(data) == "set"
    fresh = Session(open_curation(None), lang="en")
    fresh.extra["root"] = root
    from rembi_widgets.widgets._handlers import HANDLERS

    answer = HANDLERS["restore"](fresh, {"kind": "restore"}, [data])
    assert isinstance(answer, dict)
    assert answer["count"] == 1
    assert fresh.curation.folder == root / "set-2"
    assert fresh.curation.record.samples[0].title == "HeLa control"
    fresh.close()


def _only_the_first(session: Session, image: str, size: int) -> bytes:
    return PNG if image == "im-1" else make_thumb(session, image, size)


def test_a_ticket_carries_pictures_only_of_images_that_are_here(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_send, "make_thumb", _only_the_first)
    _, [data] = ask("ticket")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert [name for name in archive.namelist() if name.startswith("thumbs/")] == ["thumbs/im-1.png"]


def test_a_ticket_goes_into_the_folder_named(ask: Any, session: Session, root: Path) -> None:
    _, [data] = ask("ticket")
    (root / "elsewhere").mkdir()
    ask("restore", [data], folder="elsewhere")
    assert session.curation.folder == root / "elsewhere"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04nonsense", b"plain text"])
def test_what_is_no_ticket_is_refused_and_makes_nothing(root: Path, data: bytes) -> None:
    from rembi_widgets.widgets._handlers import HANDLERS

    fresh = Session(open_curation(None), lang="en")
    fresh.extra["root"] = root
    with pytest.raises(RembiError):
        HANDLERS["restore"](fresh, {"kind": "restore"}, [data])
    assert [entry.name for entry in root.iterdir()] == ["set"]


def test_no_file_is_said_so(ask: Any) -> None:
    with pytest.raises(RembiError):
        ask("restore")


def test_the_demo_is_opened_wherever_it_was_made(session: Session, ask: Any, tmp_path: Path) -> None:
    """It lies among the system's temporary files, where no root of a server is; no person named that folder."""
    made = tmp_path / "temporary" / "demo"
    made.mkdir(parents=True)
    session.extra["make_demo"] = lambda: made
    assert ask("demo", imaging=["light"])["kind"] == "ack"
    assert session.curation.folder == made
    assert session.curation.get("/setup/imaging") == ("light",)


def test_without_a_demo_that_is_said(ask: Any) -> None:
    with pytest.raises(RembiError):
        ask("demo")
