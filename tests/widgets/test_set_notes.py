"""What does not fit together in a dataset, and files that are there twice, as a page is told of them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.images import Scan, ScanFile
from rembi_widgets.images._imagerecord import ImageRecord, Note
from rembi_widgets.store import open_curation
from rembi_widgets.widgets import _scanning, _set_notes
from rembi_widgets.widgets._handlers import SLOW
from rembi_widgets.widgets._session import Session

TOLD = "a, pixel type: another value in 1 of 3 images. Found: uint8, as in a/3.tif. Usual: uint16."


def found(folder: Path) -> Scan:
    """Give a scan in which one image of three has another bit depth."""
    kinds = ("uint16", "uint16", "uint8")
    made = (
        ImageRecord(path=f"a/{n}.tif", format="TIFF", pixel_type=kind, size_c=1)
        for n, kind in enumerate(kinds, start=1)
    )
    images = tuple(made)
    files = tuple(ScanFile(path=image.path, images=1) for image in images)
    return Scan(folder=folder, images=images, files=files)


def test_what_the_scan_found_is_told_in_the_persons_language(ask: Any, session: Any, root: Path) -> None:
    assert ask("inconsistencies") == {"notes": [], "count": 0}
    _set_notes.remember(session, found(root / "set"))
    answer = ask("inconsistencies")
    assert answer["count"] == 1
    assert answer["notes"][0].startswith(TOLD)
    session.lang = "fr"
    assert ask("inconsistencies")["notes"][0] != answer["notes"][0]


def test_what_was_found_in_another_folder_is_not_told(ask: Any, session: Any, root: Path) -> None:
    _set_notes.remember(session, found(root))
    assert ask("inconsistencies")["count"] == 0


def test_of_very_many_notes_the_first_are_sent_with_their_number(ask: Any, session: Any) -> None:
    notes = tuple(Note("scan.set.cut_short", {"count": n, "names": "a"}) for n in range(_set_notes.SHOWN + 5))
    session.extra[_set_notes.KEPT] = (session.curation.folder, notes)
    answer = ask("inconsistencies")
    assert (len(answer["notes"]), answer["count"]) == (_set_notes.SHOWN, _set_notes.SHOWN + 5)


class Done:
    """A scanner that has read everything."""

    done, read, total = True, 3, 3

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def result(self) -> Scan:
        return found(self.folder)


def test_a_scan_leaves_its_notes_to_the_page(ask: Any, session: Any) -> None:
    _scanning._follow(session, Done(session.curation.folder))  # type: ignore[arg-type]
    assert ask("inconsistencies")["count"] == 1


def test_the_json_form_of_a_scan_stays_what_programs_know(root: Path) -> None:
    assert set(found(root).to_json("en")) == {"images", "groups", "unreadable"}
    assert next(note.say("en") for note in found(root).inconsistencies).startswith(TOLD)
    assert Scan(folder=root).inconsistencies == ()


def test_files_of_the_same_content_are_found_once_each(ask: Any, session: Any, root: Path) -> None:
    for path, content in {"b/2.tiff": b"alike", "a/1.tiff": b"alike", "c.tiff": b"other"}.items():
        (root / "set" / path).parent.mkdir(exist_ok=True)
        (root / "set" / path).write_bytes(content)
    assert ask("duplicates") == {"sets": [["a/1.tiff", "b/2.tiff"]], "count": 1, "stopped": False}
    (root / "set" / "b/2.tiff").write_bytes(b"ALIKE")
    assert ask("duplicates") == {"sets": [], "count": 0, "stopped": False}


def test_files_that_went_away_or_lie_outside_are_passed_over(ask: Any, session: Any, root: Path) -> None:
    for path in ("out.tiff", "set/c.tiff"):
        (root / path).write_bytes(b"alike")
    session.curation.set("/files/fl-1/path", "../out.tiff")
    assert ask("duplicates") == {"sets": [], "count": 0, "stopped": False}


def test_without_a_folder_there_is_nothing_to_compare() -> None:
    session = Session(open_curation(), lang="en")
    with pytest.raises(RembiError, match="No folder is open"):
        _set_notes.duplicates(session, {}, [])
    session.close()


def test_comparing_files_keeps_nobody_waiting(session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    go, heard = Event(), list[Any]()
    monkeypatch.setattr(Scan, "duplicates", lambda _, **_said: go.wait(20) and ())
    send = lambda message, _buffers: heard.append(message["kind"])  # noqa: E731 - two words
    session.handle({"kind": "duplicates", "req": 1}, [], send)
    session.handle({"kind": "inconsistencies", "req": 2}, [], send)
    assert heard == ["inconsistencies"]
    go.set()
    session.worker(SLOW["duplicates"]).submit(int).result(20)
    for _ in range(100):
        if len(heard) > 1:
            break
        time.sleep(0.01)
    assert heard == ["inconsistencies", "duplicates"]


def test_a_comparison_tells_how_far_it_is_and_can_be_stopped(
    session: Any, root: Path, ask: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_set_notes, "TICK_S", 0)
    for path in ("b/2.tiff", "a/1.tiff", "c.tiff"):
        (root / "set" / path).parent.mkdir(exist_ok=True)
        (root / "set" / path).write_bytes(b"alike")
    told = list[Any]()

    def send(message: Any, _buffers: Any) -> None:
        told.append(message)
        if message.get("done") == 5:
            ask("stop-comparing")

    session.attach(send)
    answer = ask("duplicates")
    assert [(message["kind"], message.get("done"), message.get("of")) for message in told] == [
        ("comparing", 5, 15),
        ("comparing", None, None),
    ]
    assert answer == {"sets": [], "count": 0, "stopped": True}
    assert ask("stop-comparing")["kind"] == "ack"  # nothing is under way: nothing happens
    told.clear()
    assert ask("duplicates")["stopped"] is True


def test_closing_a_session_ends_its_comparison(session: Any) -> None:
    from threading import Event

    stop = session.extra["comparing"] = Event()
    session.close()
    assert stop.is_set()
