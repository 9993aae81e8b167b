"""A file brought into an open curation: looked at first, taken as one change, taken back by one undo."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rembi_widgets import formats
from rembi_widgets.errors import RembiError
from rembi_widgets.record import is_empty
from rembi_widgets.store import open_curation
from rembi_widgets.widgets._handlers import HANDLERS
from rembi_widgets.widgets._session import Session
from tests.formats.builder import full_record
from tests.isaread.papers import small
from tests.isaview.conftest import Ask


def zipped(folder: Path) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    return held.getvalue()


def fresh(session: Session, root: Path) -> None:
    """Have the session show a curation of nothing."""
    (root / "new").mkdir()
    session.take(open_curation(root / "new"))


def counts(told: Any) -> dict[str, int]:
    return {part["section"]: part["count"] for part in told["sections"]}


def test_an_isatab_is_looked_at_and_taken_as_one_change(ask: Ask, session: Session, root: Path, tmp_path: Path) -> None:
    fresh(session, root)
    told = ask("bring-look", zipped(small(tmp_path / "mice")), name="mice.zip")
    assert told["format"] == "isatab"
    assert counts(told)["biosample"] == 2
    assert session.curation.history == ()
    done = ask("bring-in", token=told["token"])
    assert done["count"] == told["edits"] > 0
    assert len(session.curation.history) == 1
    assert session.curation.get("/study/title") == "Livers of mice"
    assert session.curation.record.marks["/study/title"].confirmed is False
    session.curation.undo()
    assert is_empty(session.curation.get("/study/title"))
    assert session.curation.record.biosamples == ()


@pytest.mark.parametrize("name", ["isatab", "isajson", "bia", "rocrate", "rembi-yaml"])
def test_every_format_that_we_read_is_brought_in(
    name: str, ask: Ask, session: Session, root: Path, tmp_path: Path
) -> None:
    formats.write(name, full_record(), tmp_path / name)
    fresh(session, root)
    told = ask("bring-look", zipped(tmp_path / name), name="study.zip")
    assert told["format"] == name
    assert ask("bring-in", token=told["token"])["count"] > 0
    assert str(session.curation.get("/study/title")).startswith("Mitotic")


def test_what_a_person_said_stays(ask: Ask, session: Session, root: Path, tmp_path: Path) -> None:
    fresh(session, root)
    session.curation.set("/study/title", "Mine")
    told = ask("bring-look", zipped(small(tmp_path / "mice")), name="mice.zip")
    ask("bring-in", token=told["token"])
    assert session.curation.get("/study/title") == "Mine"


def test_a_path_below_the_root_is_brought_in_and_none_above(ask: Ask, session: Session, root: Path) -> None:
    small(root / "mice")
    assert ask("bring-look", path="mice")["format"] == "isatab"
    assert ask("bring-look", path=str(root / "mice"))["format"] == "isatab"
    small(root.parent / "outside")
    for path in ("../outside", str(root.parent / "outside"), "nothing", ""):
        with pytest.raises(RembiError):
            ask("bring-look", path=path)


def test_findings_are_counted_by_level(ask: Ask, tmp_path: Path) -> None:
    folder = small(tmp_path / "mice", study={"Study Public Release Date": "some day", "Study Odd Label": "x"})
    told = ask("bring-look", zipped(folder), name="mice.zip")
    assert sum(told["counts"].values()) >= len(told["findings"]) > 0
    assert told["left_count"] >= 1


def test_what_was_looked_at_is_taken_once(ask: Ask, tmp_path: Path) -> None:
    told = ask("bring-look", zipped(small(tmp_path / "mice")), name="mice.zip")
    ask("bring-in", token=told["token"])
    for token in (told["token"], "", "other"):
        with pytest.raises(RembiError):
            ask("bring-in", token=token)


def workbook(session: Session, folder: Path, cell: str, text: str) -> bytes:
    """Give the workbook of the curation with the first cell that says something saying something else."""
    (path,) = formats.write("xlsx", session.curation.record, folder).files
    book = openpyxl.load_workbook(path)
    (found,) = [one for sheet in book for row in sheet.iter_rows() for one in row if one.value == cell][:1]
    found.value = text
    held = io.BytesIO()
    book.save(held)
    book.close()
    return held.getvalue()


def test_a_workbook_comes_back_cell_by_cell(ask: Ask, session: Session, tmp_path: Path) -> None:
    data = workbook(session, tmp_path, 'Mitotic "spindle" défauts in HeLa', "Spindles of HeLa")
    told = ask("bring-look", data, name="rembi.xlsx")
    (cell,) = told["cells"]
    assert cell["path"] == "/study/title"
    assert (cell["was"], cell["now"]) == ('Mitotic "spindle" défauts in HeLa', "Spindles of HeLa")
    assert (told["cells_count"], told["edits"]) == (1, 1)
    before = len(session.curation.history)
    assert ask("bring-in", token=told["token"])["count"] == 1
    assert session.curation.get("/study/title") == "Spindles of HeLa"
    assert len(session.curation.history) == before + 1
    mark = session.curation.record.marks["/study/title"]
    assert (mark.origin.kind, mark.origin.source) == ("edited_outside", "rembi.xlsx")
    session.curation.undo()
    assert str(session.curation.get("/study/title")).startswith("Mitotic")


def test_a_workbook_that_nobody_changed_brings_nothing(ask: Ask, session: Session, tmp_path: Path) -> None:
    (path,) = formats.write("xlsx", session.curation.record, tmp_path).files
    told = ask("bring-look", path.read_bytes(), name=path.name)
    assert (told["cells"], told["edits"]) == ([], 0)
    before = len(session.curation.history)
    assert ask("bring-in", token=told["token"])["count"] == 0
    assert len(session.curation.history) == before


@pytest.mark.parametrize("data", [b"PK\x03\x04 no zip", b"no format of ours", b"{}", b"\x00\xff" * 9])
def test_what_is_no_format_of_ours_is_refused_in_words(data: bytes, ask: Ask) -> None:
    with pytest.raises(RembiError):
        ask("bring-look", data, name="odd.zip")


def test_starting_from_an_isatab_takes_it_whole(ask: Ask, session: Session, root: Path, tmp_path: Path) -> None:
    formats.write("isatab", full_record(), tmp_path / "isa")
    (root / "new").mkdir()
    told = ask("look", zipped(tmp_path / "isa"), name="study.zip")
    ask("start-from", token=told["token"], values="whole", folder="new", targets=["isatab"], imaging=["light"])
    record = session.curation.record
    assert len(record.images) == len(full_record().images)
    assert [person.last_name for person in record.people] == [person.last_name for person in full_record().people]
    assert record.study.accession == full_record().study.accession
    assert record.marks["/study/title"].origin.kind == "import"
    assert record.marks["/study/title"].confirmed is False


@pytest.mark.parametrize("profile", ["", "bioimaging", "isatools-default"])
def test_an_export_has_the_profile_that_was_asked(profile: str, session: Session) -> None:
    answer = HANDLERS["export"](session, {"format": "isatab", "profile": profile}, [])
    assert isinstance(answer, tuple)
    with zipfile.ZipFile(io.BytesIO(answer[1][0])) as archive:
        text = archive.read("i_investigation.txt").decode()
    assert ("histology" in text) is (profile == "isatools-default")


@pytest.mark.parametrize("name", ["isajson", "xlsx", "rocrate", "rembi-yaml"])
def test_more_formats_are_exported(name: str, session: Session) -> None:
    answer = HANDLERS["export"](session, {"format": name}, [])
    assert isinstance(answer, tuple)
    with zipfile.ZipFile(io.BytesIO(answer[1][0])) as archive:
        assert archive.namelist()
