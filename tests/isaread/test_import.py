"""Proposals of what was read, and the command: one change of unconfirmed values, never over a person's."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from rembi_widgets import formats
from rembi_widgets.app import main
from rembi_widgets.app._import import import_into
from rembi_widgets.errors import RembiError
from rembi_widgets.formats import isatab, proposal
from rembi_widgets.locale import text
from rembi_widgets.record import Change, Curation, Mark, Origin, apply
from rembi_widgets.store import open_curation
from tests.formats.builder import full_record
from tests.isaread.papers import small
from tests.isaread.sameness import differences

IMPORTED = Origin(kind="import")


def taken(found: Curation, record: Curation) -> Curation:
    """The record after the proposal of what was found."""
    return apply(record, Change(id="w-1", origin=IMPORTED, edits=tuple(proposal(found, record))))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The full record as ISA-Tab."""
    isatab.write(full_record(), tmp_path / "archive")
    return tmp_path / "archive"


# --- proposals


def test_a_proposal_to_an_empty_curation_is_what_was_read(archive: Path) -> None:
    found = isatab.read(archive).record
    after = taken(found, Curation())
    assert differences(found, after) == []
    assert after.marks == found.marks
    assert after.images.marks == found.images.marks
    assert after.files == found.files


def test_a_second_proposal_says_nothing(archive: Path) -> None:
    found = isatab.read(archive).record
    assert proposal(found, taken(found, Curation())) == []


def test_a_proposal_to_the_record_that_was_written_says_nothing_of_entities(archive: Path) -> None:
    found = isatab.read(archive).record
    edits = proposal(found, full_record())
    assert [edit.path for edit in edits if edit.op == "add"] == []
    assert {edit.path for edit in edits if edit.op == "fill"} == {"/files/component"}
    told = {"label": "Homo sapiens", "id": "NCBITaxon:9606", "ontology": "NCBITaxon"}
    assert [edit.value for edit in edits if edit.path == "/biosamples/bs-1/organism"] == [[told]]


def test_files_are_found_again_by_their_paths(archive: Path) -> None:
    found = isatab.read(archive).record
    after = taken(found, full_record())
    assert after.files.ids == full_record().files.ids
    assert after.images.ids == full_record().images.ids
    assert after.images.column("file") == full_record().images.column("file")


def test_files_are_found_again_whatever_the_composition_of_accents(tmp_path: Path) -> None:
    small(tmp_path, a_images="Sample Name\tImage File\nliver 1\té.tif\n")
    found = isatab.read(tmp_path).record
    held = Curation().files.with_rows(["fl-1"]).with_cells("path", ["fl-1"], ["e\u0301.tif"], [None])
    after = taken(found, Curation(files=held))
    assert after.files.ids == ("fl-1",)
    assert after.images.column("file") == ("fl-1",)


def test_images_are_found_again_by_their_files_and_scenes(archive: Path) -> None:
    found = isatab.read(archive).record
    scanned = full_record()
    ids = tuple(f"im-scan-{number}" for number in range(len(scanned.images)))
    images = type(scanned.images)(ids, scanned.images.columns)
    after = taken(found, scanned.model_copy(update={"images": images}))
    assert after.images.ids == ids
    sources = [one for one in after.files.column("source_image") if one]
    assert set(sources) <= set(ids)


def test_new_rows_of_an_entity_are_added(archive: Path) -> None:
    found = isatab.read(archive).record
    record = full_record()
    [first, *others] = record.acquisitions
    fewer = first.model_copy(update={"channels": first.channels[:1], "detectors": ()})
    after = taken(found, record.model_copy(update={"acquisitions": (fewer, *others)}))
    assert [one.id for one in after.acquisitions[0].channels] == ["ch-1", "ch-2"]
    assert [one.id for one in after.acquisitions[0].detectors] == ["de-1", "de-2"]
    mark = after.marks["/acquisitions/ac-1/channels/ch-2/name"]
    assert (mark.confirmed, mark.origin.header) == (False, "STUDY PROTOCOLS/Comment[Channel Name]")


def test_values_that_nothing_is_said_of_stay(archive: Path) -> None:
    found = isatab.read(archive).record
    record = full_record()
    more = record.model_copy(
        update={"biosamples": (*record.biosamples, record.biosamples[0].model_copy(update={"id": "bs-9"}))}
    )
    assert taken(found, more).biosamples[2].id == "bs-9"


# --- into a curation on disk


def test_what_was_read_is_one_change_of_unconfirmed_values(archive: Path, tmp_path: Path) -> None:
    found, change = import_into(archive, tmp_path / "curation")
    assert change is not None
    assert change.origin.kind == "import"
    with open_curation(tmp_path / "curation") as curation:
        assert len(curation.history) == 1
        assert differences(found.record, curation.record) == []
        marks = curation.record.marks
        assert not any(mark.confirmed for mark in marks.values())
        assert marks["/study/title"].origin == Origin(
            kind="import", source="i_investigation.txt", header="STUDY/Study Title"
        )
        assert curation.can_undo
        curation.undo()
        assert curation.record.study.title is None
        assert len(curation.record.images) == 0


def test_a_second_import_changes_nothing(archive: Path, tmp_path: Path) -> None:
    import_into(archive, tmp_path / "curation")
    _, change = import_into(archive, tmp_path / "curation")
    assert change is None
    with open_curation(tmp_path / "curation") as curation:
        assert len(curation.history) == 1


def test_what_a_person_said_is_never_overwritten(archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "curation"
    import_into(archive, folder)
    mine = {
        "/study/title": "my title",
        "/biosamples/bs-1/description": "my words",
        "/acquisitions/ac-1/channels/ch-1/name": "blue",
        "/images/im-scene/qc_info": "blurred",
    }
    with open_curation(folder) as curation:
        for path, value in mine.items():
            curation.set(path, value)
        curation.clear("/study/license")
        curation.confirm("/study/description")
    _, change = import_into(archive, folder)
    assert change is None
    with open_curation(folder) as curation:
        record = curation.record
        assert {path: curation.get(path) for path in list(mine)[:3]} == dict(list(mine.items())[:3])
        assert record.images.value("im-scene", "qc_info") == "blurred"
        assert record.study.license is None
        assert record.marks["/study/description"].confirmed


def test_a_corrected_isatab_corrects_what_nobody_confirmed(archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "curation"
    import_into(archive, folder)
    document = isatab.open_document(archive)
    section = document.investigations[0].studies[0].section("STUDY")
    for label, words in (("Study Title", "another title"), ("Comment[License]", "CC0")):
        row = section.row(label)
        assert row is not None
        row.set(0, words)
    table = document.tables["a_Fixed-confocal.txt"]
    place = next(column.index for column in table.columns if column.name == "Image Type")
    table.set(0, place, "overview")
    document.write(archive)
    with open_curation(folder) as curation:
        curation.confirm("/study/license")
    _, change = import_into(archive, folder)
    assert change is not None
    assert sorted(edit.path for edit in change.edits) == ["/images/image_type", "/study/title"]
    with open_curation(folder) as curation:
        assert curation.record.study.title == "another title"
        assert curation.record.study.license == "CC-BY-4.0"
        assert curation.record.images.column("image_type").count("overview") == 2


def test_values_of_a_scan_stay_known_as_such_where_the_isatab_says_the_same(archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "curation"
    folder.mkdir()
    record = full_record()
    scan = Mark(confirmed=False, origin=Origin(kind="scan", source="x.tif", header="SizeX"))
    with open_curation(folder) as curation:
        paths = [record.files.value(row, "path") for row in record.files.ids[:2]]
        files = {"path": paths}
        images = {"file": list(record.files.ids[:2]), "size_x": [2048.0, 2048.0]}
        rows = {"marks": {"size_x": {"all": scan.plain()}}, "op": "add"}
        curation.edit([{"op": "add", "path": "/files", "rows": record.files.ids[:2], "value": files}], origin="scan")
        curation.edit([{**rows, "path": "/images", "rows": record.images.ids[:2], "value": images}], origin="scan")
    import_into(archive, folder)
    with open_curation(folder) as curation:
        held = curation.record.images
        assert held.mark(record.images.ids[0], "size_x") == scan
        assert held.mark(record.images.ids[2], "size_x").origin.kind == "import"
        assert len(held) == len(record.images)


# --- the command


def said(capsys: pytest.CaptureFixture[str]) -> tuple[list[str], str]:
    out, err = capsys.readouterr()
    return out.splitlines(), err


def test_import_says_what_it_read(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "curation"
    assert main(["import", str(archive), str(folder)]) == 0
    [line], err = said(capsys)
    assert err == ""
    assert "2 biosamples, 4 samples, 2 acquisitions, 2 study components, 18 files, 13 images" in line
    assert json.loads((folder / "rembi.json").read_text(encoding="utf-8"))["study"]["accession"] == "S-rembi-demo"


def test_import_says_when_there_is_nothing_new(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert main(["import", str(archive), str(tmp_path / "c"), "--from", "isatab", "--lang", "fr"]) == 0
    lines, _ = said(capsys)
    assert lines[-1] == text("app.nothing_new", "fr") != text("app.nothing_new", "en")


def test_import_lists_what_it_could_not_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = small(tmp_path / "in", study={"Comment[Manuscript Licence]": "CC0"})
    assert main(["import", str(source), str(tmp_path / "out")]) == 0
    lines, _ = said(capsys)
    assert any("Comment[Manuscript Licence]" in line and "i_mice.txt:" in line for line in lines)


def test_import_ends_with_1_when_an_error_remains(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = small(tmp_path / "in", study_assays={"Study Assay File Name": "a_gone.txt"})
    assert main(["import", str(source), str(tmp_path / "out")]) == 1
    lines, _ = said(capsys)
    assert any("a_gone.txt" in line for line in lines)
    with open_curation(tmp_path / "out") as curation:
        assert curation.record.study.title == "Livers of mice"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["import", "gone", "out"], "gone"),
        (["import", "empty", "out"], "ISA-Tab"),
        (["import", "empty", "out", "--from", "excel97"], "excel97"),
    ],
)
def test_import_ends_with_2_when_it_could_not_be_done(
    words: list[str], found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    assert main(words) == 2
    out, err = said(capsys)
    assert out == []
    assert err.count("\n") == 1
    assert found in err
    assert not (tmp_path / "out").exists()


def test_import_takes_a_zip_and_export_gives_it_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    isatab.write(full_record(), tmp_path / "isa")
    with zipfile.ZipFile(tmp_path / "isa.zip", "w") as archive:
        for path in (tmp_path / "isa").iterdir():
            archive.write(path, f"top/{path.name}")
    assert main(["import", str(tmp_path / "isa.zip"), str(tmp_path / "c")]) == 0
    main(["export", str(tmp_path / "c"), "--to", "isatab", str(tmp_path / "again")])
    said(capsys)
    assert differences(full_record(), isatab.read(tmp_path / "again").record) == []


def test_read_by_name() -> None:
    with pytest.raises(RembiError, match="isatab") as raised:
        formats.read(Path("unused"), "excel97")
    assert "excel97" in raised.value.say("fr")
    assert "isatab" in formats.READABLE


def test_read_finds_the_format_out(archive: Path) -> None:
    assert formats.read(archive).record.study.title == full_record().study.title


# --- the real ones


def test_a_microscopists_archive(samples: Path) -> None:
    record = isatab.read(samples / "isa" / "corpus" / "scidata" / "sdata201546-isa1").record
    [acquisition] = record.acquisitions
    assert acquisition.title == "Electron microscopy"
    assert acquisition.instrument_model == "JEOL 1200EX or 1230 electron microscope"
    assert record.analyses[0].title == "Using Reconstruct to perform 3DEM analyses"
    assert "spine_volume.tar.gz" in record.files.column("path")
    source = record.files.column("source_image")[record.files.column("path").index("T11Z429Q")]
    assert record.files.value(source, "path") == "spine_volume.tar.gz"


def test_every_archive_is_taken_by_a_curation_and_written(samples: Path, tmp_path: Path) -> None:
    small_ones = [folder for folder in sorted((samples / "isa" / "corpus").glob("*/*")) if _size(folder) < 200_000]
    assert len(small_ones) > 25
    for folder in small_ones:
        found = isatab.read(folder)
        after = taken(found.record, Curation())
        assert after.study == found.record.study
        assert after.marks == found.record.marks
        isatab.write(after, tmp_path / folder.name)
        assert {finding.values["line"] > 0 for finding in found.findings} <= {True}
        again = isatab.read(tmp_path / folder.name).record
        assert again.study.title == found.record.study.title
        assert len(again.people) == len(after.people)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())
