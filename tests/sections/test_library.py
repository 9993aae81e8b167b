"""What is kept for other studies, and studies that begin like another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import rembi_widgets as rw
from rembi_widgets.app import main
from rembi_widgets.errors import RembiError
from rembi_widgets.record import Curation
from rembi_widgets.store import OpenCuration, copy_study, forget, keep, kept_things, open_curation, reuse_edits

SPECIMEN = {"title": "PFA", "preparation_method": "4% PFA, 10 min", "growth_medium": "DMEM"}
ACQUISITION = {
    "title": "Confocal",
    "instrument_model": "LSM 980",
    "channels": [{"id": "ch-1", "name": "DNA", "label": "lb-1", "fluorophore": "Hoechst"}],
}


@pytest.fixture
def old(tmp_path: Path) -> OpenCuration:
    folder = tmp_path / "old"
    folder.mkdir()
    opened = open_curation(folder)
    opened.edit(
        [
            {"op": "set", "path": "/study/title", "value": "Spindles of HeLa cells"},
            {"op": "set", "path": "/study/accession", "value": "S-BIAD1"},
            {"op": "set", "path": "/setup/imaging", "value": ["light"]},
            {"op": "add", "path": "/specimens", "id": "sp-1", "value": SPECIMEN},
            {"op": "add", "path": "/acquisitions", "id": "ac-1", "value": ACQUISITION},
            {"op": "add", "path": "/people", "id": "pe-1", "value": {"last_name": "Lovelace"}},
            {"op": "add", "path": "/specimens", "id": "sp-2", "value": {}},
        ]
    )
    return opened


def test_a_preparation_is_kept_and_used_again(old: OpenCuration, tmp_path: Path) -> None:
    library = tmp_path / "library"
    made = keep(old.record, "/specimens/sp-1", source="Spindles", folder=library)
    assert [(one.title, one.source) for one in kept_things("specimens", folder=library)] == [("PFA", "Spindles")]
    with open_curation(None) as fresh:
        fresh.edit(reuse_edits([made]))
        (held,) = fresh.record.specimens
        assert held.plain() == {**SPECIMEN, "id": held.id}
        mark = fresh.record.marks[f"/specimens/{held.id}/preparation_method"]
        assert (mark.confirmed, mark.origin.kind, mark.origin.source) == (True, "copy", "Spindles")
        fresh.undo()
        assert fresh.record.specimens == ()


def test_rows_come_along_without_what_refers_to_the_old_study(old: OpenCuration, tmp_path: Path) -> None:
    made = keep(old.record, "/acquisitions/ac-1", folder=tmp_path)
    with open_curation(None) as fresh:
        fresh.edit(reuse_edits([made, made]))
        first, second = fresh.record.acquisitions
        assert first.channels[0].fluorophore == "Hoechst"
        assert first.channels[0].label is None
        assert len({first.channels[0].id, second.channels[0].id, "ch-1"}) == 3


def test_a_protocol_goes_into_what_is_there(old: OpenCuration, tmp_path: Path) -> None:
    specimen = keep(old.record, "/specimens/sp-1", folder=tmp_path)
    acquisition = keep(old.record, "/acquisitions/ac-1", folder=tmp_path)
    with open_curation(None) as fresh:
        own, taken = fresh.add("/specimens", {"title": "Mine"}), fresh.add("/acquisitions", {"title": "Spinning disk"})
        fresh.edit(reuse_edits([specimen], into=f"/specimens/{own}", record=fresh.record))
        fresh.edit(reuse_edits([acquisition], into=f"/acquisitions/{taken}", record=fresh.record))
        assert fresh.record.specimens[0].title == "Mine"
        assert fresh.record.specimens[0].preparation_method == SPECIMEN["preparation_method"]
        assert fresh.record.acquisitions[0].title == "Spinning disk"
        assert [one.name for one in fresh.record.acquisitions[0].channels] == ["DNA"]
        again = reuse_edits([acquisition], into=f"/acquisitions/{taken}", record=fresh.record)
        assert all(edit.op == "set" for edit in again)


def test_kept_again_it_is_brought_up_to_date(old: OpenCuration, tmp_path: Path) -> None:
    keep(old.record, "/specimens/sp-1", folder=tmp_path)
    old.set("/specimens/sp-1/growth_medium", "RPMI")
    keep(old.record, "/specimens/sp-1", folder=tmp_path)
    (one,) = kept_things("specimens", folder=tmp_path)
    assert one.value["growth_medium"] == "RPMI"
    forget("specimens", one.id, folder=tmp_path)
    forget("specimens", one.id, folder=tmp_path)
    assert kept_things("specimens", folder=tmp_path) == ()


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/specimens/sp-9", "record.nothing_there"),
        ("/people/pe-1", "record.nothing_there"),
        ("/study", "record.nothing_there"),
        ("/specimens/sp-2", "sections.keep_empty"),
    ],
)
def test_what_cannot_be_kept_is_said(old: OpenCuration, tmp_path: Path, path: str, key: str) -> None:
    with pytest.raises(RembiError) as fault:
        keep(old.record, path, folder=tmp_path)
    assert fault.value.key == key


def test_a_name_that_leads_out_of_the_library_is_refused(tmp_path: Path) -> None:
    victim = tmp_path / "victim.json"
    victim.write_text("{}", encoding="utf-8")
    with pytest.raises(RembiError):
        forget("specimens", "../../victim", folder=tmp_path / "library")
    assert victim.exists()


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        '{"format": "other"}',
        '{"format": "rembi-kept/1"}',
        '{"format": "rembi-kept/1", "collection": "specimens", "value": {"title": {"a": 1}}, "source": "", "at": ""}',
    ],
)
def test_a_broken_file_costs_that_file(old: OpenCuration, tmp_path: Path, said: str) -> None:
    keep(old.record, "/specimens/sp-1", folder=tmp_path)
    (tmp_path / "specimens" / "kp-broken.json").write_text(said, encoding="utf-8")
    assert [one.title for one in kept_things("specimens", folder=tmp_path)] == ["PFA"]


def test_the_library_of_the_user(tmp_path: Path, old: OpenCuration, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMBI_LIBRARY", str(tmp_path / "mine"))
    keep(old.record, "/specimens/sp-1")
    (path,) = (tmp_path / "mine" / "specimens").iterdir()
    assert json.loads(path.read_text(encoding="utf-8"))["value"] == SPECIMEN


def said(record: Curation) -> dict[str, Any]:
    return {
        "title": record.study.title,
        "accession": record.study.accession,
        "specimens": [one.preparation_method for one in record.specimens],
        "people": [one.last_name for one in record.people],
    }


@pytest.mark.parametrize(
    ("values", "people", "wanted"),
    [
        ("keep", False, {"title": "Spindles of HeLa cells", "specimens": ["4% PFA, 10 min", None], "people": []}),
        ("clear", False, {"title": None, "specimens": [None, None], "people": []}),
        (
            "keep",
            True,
            {"title": "Spindles of HeLa cells", "specimens": ["4% PFA, 10 min", None], "people": ["Lovelace"]},
        ),
    ],
)
def test_a_study_like_another(
    old: OpenCuration, tmp_path: Path, values: Any, people: bool, wanted: dict[str, Any]
) -> None:
    change = rw.copy_study(old, tmp_path / "new", values=values, people=people)
    assert change is not None
    with rw.open_curation(tmp_path / "new") as fresh:
        assert said(fresh.record) == {**wanted, "accession": None}
        assert fresh.record.setup.imaging == ("light",)
        marks = {mark.origin.source for path, mark in fresh.record.marks.items() if not path.startswith("/setup")}
        assert marks == {"S-BIAD1 · Spindles of HeLa cells"}
        assert not any(mark.confirmed for path, mark in fresh.record.marks.items() if not path.startswith("/setup"))
        fresh.undo()
        assert said(fresh.record) == {"title": None, "accession": None, "specimens": [], "people": []}


def test_the_template_is_only_read(old: OpenCuration, tmp_path: Path) -> None:
    old.close()
    assert old.folder is not None
    before = {path: path.read_bytes() for path in old.folder.rglob("*") if path.is_file()}
    copy_study(old.folder, tmp_path / "new")
    assert {path: path.read_bytes() for path in old.folder.rglob("*") if path.is_file()} == before


def test_a_study_that_says_something_does_not_begin_again(old: OpenCuration, tmp_path: Path) -> None:
    copy_study(old, tmp_path / "new")
    with pytest.raises(RembiError, match="describes something already"):
        copy_study(old, tmp_path / "new")
    old.close()
    assert old.folder is not None
    with pytest.raises(RembiError, match="same folder"):
        copy_study(old.folder, old.folder)
    with pytest.raises(RembiError, match="kept or cleared"):
        copy_study(old, tmp_path / "newer", values="some")  # type: ignore[arg-type]
    with pytest.raises(RembiError, match="no folder"):
        copy_study(tmp_path / "nowhere", tmp_path / "newer")


def test_the_command(old: OpenCuration, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old.close()
    assert main(["new", str(tmp_path / "new"), "--like", str(old.folder), "--people"]) == 0
    assert "2 specimens, 1 acquisition, 0 components and 1 person." in capsys.readouterr().out
    assert main(["new", str(tmp_path / "cleared"), "--like", str(old.folder), "--clear"]) == 0
    with open_curation(tmp_path / "cleared") as fresh:
        assert said(fresh.record)["specimens"] == [None, None]
    assert main(["new", str(tmp_path / "new"), "--like", str(old.folder)]) == 2
    assert main(["new", str(tmp_path / "x"), "--like", str(tmp_path / "nowhere")]) == 2
