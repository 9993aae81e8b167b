"""Tickets come from anywhere: what is none is refused whole, what is one comes back whole."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from rembi_widgets.errors import RembiError
from rembi_widgets.record import Curation, diff
from rembi_widgets.store import _ticket, open_curation, restore_ticket, ticket_title, write_ticket
from tests.strategies import records

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels"
TICKET = json.dumps({"format": _ticket.FORMAT, "title": "set"}).encode()
LINE = b'{"id":"w-a-1","clock":1,"edits":[{"op":"set","path":"/study/title","value":"t"}]}\n'


def zipped(**files: bytes) -> bytes:
    """A zip of files, ``__`` in their names standing for a slash."""
    return packed({name.replace("__", "/"): data for name, data in files.items()})


def packed(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def ticket(extra: dict[str, bytes] | None = None, changes: bytes = LINE) -> bytes:
    return packed({"ticket.json": TICKET, "changes.ndjson": changes, **(extra or {})})


def everything(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@settings(max_examples=20)
@given(records())
def test_any_curation_comes_back_from_its_ticket(tmp_path_factory: pytest.TempPathFactory, record: Curation) -> None:
    curation = open_curation()
    curation.edit(diff(Curation(), record))
    folder = tmp_path_factory.mktemp("t") / "new"
    assert restore_ticket(write_ticket(curation), folder) == 1
    assert open_curation(folder).record == record


def test_undo_goes_on_where_the_ticket_was_brought(tmp_path: Path) -> None:
    curation = open_curation(author="me")
    curation.set("/study/title", "one")
    curation.set("/study/title", "two")
    restore_ticket(write_ticket(curation), tmp_path / "new")
    again = open_curation(tmp_path / "new", author="me")
    again.undo()
    assert again.record.study.title == "one"


def test_a_ticket_brought_twice_and_a_newer_one_after_it_add_only_what_is_new(tmp_path: Path) -> None:
    curation, folder = open_curation(author="me"), tmp_path / "new"
    curation.set("/study/title", "one")
    first = write_ticket(curation)
    curation.set("/study/title", "two")
    assert [restore_ticket(data, folder) for data in (first, first, write_ticket(curation), first)] == [1, 0, 1, 0]
    assert open_curation(folder).record == curation.record


def test_a_ticket_joins_what_was_done_meanwhile(tmp_path: Path) -> None:
    with open_curation(tmp_path) as here:
        here.set("/study/description", "here")
    restore_ticket(ticket(), tmp_path)
    study = open_curation(tmp_path).record.study
    assert (study.title, study.description) == ("t", "here")


def test_a_ticket_tells_the_name_of_its_dataset(tmp_path: Path) -> None:
    folder = tmp_path / "nuclear shape é"
    folder.mkdir()
    assert ticket_title(write_ticket(open_curation(folder))) == "nuclear shape é"
    assert ticket_title(write_ticket(open_curation())) == ""
    assert ticket_title(ticket()) == "set"


def test_thumbnails_travel_by_image(tmp_path: Path) -> None:
    data = write_ticket(open_curation(), {"im-1": PNG, "im-2": PNG + b"2"})
    restore_ticket(data, tmp_path)
    assert (tmp_path / ".rembi" / "thumbs" / "im-2.png").read_bytes() == PNG + b"2"


@pytest.mark.parametrize(
    "name",
    [
        *("../../evil", "/evil", "thumbs/../evil", "thumbs/../../evil.png", "thumbs/a/b.png", "thumbs/..png"),
        *("thumbs/.png", "thumbs/-.png", "thumbs/a\\b.png", "thumbs/C:evil.png", "journal/evil.ndjson"),
        f"values/{'a' * 64}.json",
    ],
)
def test_no_name_in_a_zip_leads_anywhere_else(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "deep" / "dataset"
    restore_ticket(ticket({name: PNG}), folder)
    outside = everything(tmp_path) - {f"deep/dataset/{path}" for path in everything(folder)}
    assert outside == set()
    assert not any("evil" in path or "thumbs" in path for path in everything(folder))


def test_what_is_no_picture_is_left_behind(tmp_path: Path) -> None:
    restore_ticket(ticket({"thumbs/im-1.png": b"<script>", "thumbs/im-2.png": PNG}), tmp_path)
    assert [path.name for path in (tmp_path / ".rembi" / "thumbs").iterdir()] == ["im-2.png"]


def corrupt(data: bytes) -> bytes:
    """Break the compressed bytes of the changes, checksums of the directory left as they were."""
    place = data.index(b"changes.ndjson") + len(b"changes.ndjson")
    return data[:place] + b"\xff" * 10 + data[place + 10 :]


def encrypted(data: bytes) -> bytes:
    """Set the flag of a password on every file."""
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            (flags,) = struct.unpack_from("<H", data, at + offset)
            data = data[: at + offset] + struct.pack("<H", flags | 1) + data[at + offset + 2 :]
    return data


def unknown_method(data: bytes) -> bytes:
    """Name a compression that nobody has."""
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data = data[: at + offset] + struct.pack("<H", 77) + data[at + offset + 2 :]
    return data


NO_TICKETS = {
    "empty zip": zipped(),
    "no ticket.json": zipped(changes__ndjson=LINE),
    "no changes": packed({"ticket.json": TICKET}),
    "another format": packed({"ticket.json": b'{"format": "rembi-ticket/9"}', "changes.ndjson": LINE}),
    "a list": packed({"ticket.json": b"[]", "changes.ndjson": LINE}),
    "a number": packed({"ticket.json": b"3", "changes.ndjson": LINE}),
    "no json": packed({"ticket.json": b"{", "changes.ndjson": LINE}),
    "nested": packed({"ticket.json": b"[" * 100_000, "changes.ndjson": LINE}),
    "no change": ticket(changes=b"{}\n"),
    "nested change": ticket(changes=b'{"id":"w-1","edits":' + b"[" * 100_000 + b"\n"),
    "no number": ticket(changes=b'{"id":"evil","edits":[]}\n'),
    "cut off": ticket()[:-30],
    "corrupt": corrupt(ticket()),
    "encrypted": encrypted(ticket()),
    "unknown method": unknown_method(ticket()),
    "a large thumbnail": ticket({"thumbs/im-1.png": PNG + bytes(_ticket.THUMB_BYTES)}),
}


@pytest.mark.parametrize("name", sorted(NO_TICKETS))
def test_what_is_no_ticket_is_refused_whole(tmp_path: Path, name: str) -> None:
    with pytest.raises(RembiError) as caught:
        restore_ticket(NO_TICKETS[name], tmp_path / "new")
    assert caught.value.key == "store.no_ticket"
    assert everything(tmp_path) == set()


@pytest.mark.parametrize(
    "name", ["empty zip", "no ticket.json", "a list", "a number", "no json", "nested", "encrypted"]
)
def test_what_has_no_title_is_refused(name: str) -> None:
    with pytest.raises(RembiError, match="no ticket"):
        ticket_title(NO_TICKETS[name])


def test_a_bomb_is_refused_before_it_fills_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = ticket(changes=LINE * 10_000)
    monkeypatch.setattr(_ticket._read, "__defaults__", (100_000,))
    assert len(data) < 20_000
    with pytest.raises(RembiError, match="no ticket"):
        restore_ticket(data, tmp_path / "new")


def test_a_change_of_a_ticket_that_cannot_be_applied_is_left_out_and_told(tmp_path: Path) -> None:
    bad = b'{"id":"w-a-2","clock":2,"edits":[{"op":"fill","path":"/study/title","rows":[]}]}\n'
    restore_ticket(ticket(changes=bad + LINE), tmp_path)
    with open_curation(tmp_path) as curation:
        assert [finding.code for finding in curation.reports] == ["change_refused"]
        curation.set("/study/description", "goes on")
    assert open_curation(tmp_path).record.study.plain() == {"title": "t", "description": "goes on"}
