"""Our own exports: no error and no warning; and the command line.

What is of level info there is said on purpose: isatools' own configuration does not know biological imaging, wants an
investigation identifier beside one study and a PubMed id for each publication, drops components, splits no lists and
reads the words that pandas takes for nothing; a random record says such words, and leaves values out.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from rembi_widgets.app._main import main
from rembi_widgets.formats import isatab
from rembi_widgets.record import Curation
from tests.formats.builder import full_record
from tests.formats.demo import demo_record
from tests.formats.full_records import full_records
from tests.isacheck.documents import Archive

ARGUED = {
    "assay_type_of_imaging",
    "components_lost",
    "heterogeneous",
    "orcid",
    "read_as_empty",
    "role_lengths",
    "source_list",
    "source_unused",
    "term_blank",
    "wanted_by_isatools",
}


def check_own(record: Curation, folder: Path) -> None:
    isatab.write(record, folder)
    told = isatab.check(folder)
    assert [str(one) for one in told if one.level != "info"] == []
    assert {one.code.removeprefix("isacheck.") for one in told} <= ARGUED


def test_the_export_of_the_demo_is_clean(tmp_path: Path) -> None:
    check_own(demo_record(tmp_path / "nuclear-shape"), tmp_path / "out")


def test_the_export_of_a_full_record_is_clean(tmp_path: Path) -> None:
    check_own(full_record(), tmp_path)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(full_records())
def test_exports_of_random_records_are_clean(record: Curation) -> None:
    kinds = record.study.study_type if isinstance(record.study.study_type, tuple) else ()
    assume(all(kind.label.strip("; ") for kind in kinds))  # a list in one cell: a name of separators alone is none
    with tempfile.TemporaryDirectory() as folder:
        check_own(record, Path(folder))


def test_the_command_line_checks_an_isa_tab(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Archive().spoil("a", "sample 2", "sample 3").write(tmp_path)
    assert main(["check", str(folder), "--for", "isatab"]) == 1
    said = capsys.readouterr().out
    assert "a_genome.txt, line 3, column 1" in said
    assert "sample 3" in said


def test_the_command_line_checks_an_investigation_file_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Archive().spoil("s", "barn", "barn ").write(tmp_path)
    assert main(["check", str(folder / "i_one.txt"), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["target"] == "isatab"
    [found] = said["findings"]
    assert found["code"] == "isacheck.outer_space"
    assert (found["level"], found["file"], found["line"], found["column"]) == ("warning", "s_study.txt", 2, 7)
    assert found["fix"] == [{"file": "s_study.txt", "line": 2, "column": 7, "text": "barn"}]


def test_the_command_line_says_that_nothing_was_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(Archive().write(tmp_path)), "--lang", "fr"]) == 0
    assert "Rien" in capsys.readouterr().out


def test_the_command_line_refuses_what_is_no_isa_tab(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("hello", encoding="utf-8")
    assert main(["check", str(path)]) == 2
    assert "ISA-Tab" in capsys.readouterr().err


def test_a_curation_with_an_export_in_it_stays_a_curation(tmp_path: Path) -> None:
    folder = Archive().write(tmp_path / "data")
    assert isatab.is_document(folder)
    assert isatab.is_document(tmp_path)
    (folder / ".rembi").mkdir()
    assert not isatab.is_document(folder)
    assert not isatab.is_document(tmp_path / "absent")


def test_a_folder_of_images_is_no_isa_tab(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "i_am.tif").write_bytes(b"")
    assert not isatab.is_document(tmp_path)
