"""Whole archives: what needs more than one change, where they come from, and the real ones."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import isatab
from rembi_widgets.formats.isatab._check._levels import LEVELS
from rembi_widgets.locale import text
from tests.isacheck.agreement import archives
from tests.isacheck.documents import ASSAY, INVESTIGATION, STUDY, Archive, codes, only, tabbed

_ONE_STUDY = INVESTIGATION[INVESTIGATION.index("STUDY\n") :]


def two_studies() -> Archive:
    texts = {"i_one.txt": INVESTIGATION + _ONE_STUDY, "s_study.txt": STUDY, "a_genome.txt": ASSAY}
    return Archive(texts).spoil("i", "Investigation Identifier|I-1", "Investigation Identifier|")


def test_what_two_studies_must_not_share(tmp_path: Path) -> None:
    told = two_studies().check(tmp_path)
    assert only(told, "study_identifier_twice").path == "i_one.txt:94:2"
    assert only(told, "study_title_twice").path == "i_one.txt:95:2"
    assert only(told, "study_file_twice").path == "i_one.txt:99:2"
    assert only(told, "assay_file_twice").line == 118


def test_several_studies_want_an_investigation_with_a_name(tmp_path: Path) -> None:
    told = [one for one in two_studies().check(tmp_path) if one.code == "isacheck.investigation_incomplete"]
    assert [(one.line, one.wanted) for one in told] == [(7, "Identifier"), (8, "Title")]


def test_a_name_that_altamisa_wants_another_type_for(tmp_path: Path) -> None:
    spoilt = Archive().spoil("a", "Assay Name", "Data Transformation Name")
    told = spoilt.spoil("i", "|nucleic acid sequencing", "|protein identification").check(tmp_path)
    found = only(told, "name_of_type_altamisa")
    assert (found.path, found.found, found.wanted) == (
        "a_genome.txt:2:7",
        "protein identification",
        "data transformation",
    )


def test_a_file_that_is_not_beside_others_that_are(tmp_path: Path) -> None:
    told = Archive().with_file("one.fastq", b"ACGT").check(tmp_path)
    found = only(told, "data_file_missing")
    assert (found.path, found.found) == ("a_genome.txt:3:8", "two.fastq")


def test_files_in_folders_below_are_found(tmp_path: Path) -> None:
    spoilt = Archive().spoil("a", "one.fastq", "./data/one.fastq").spoil("a", "two.fastq", "data\\two.fastq")
    assert spoilt.with_file("data/one.fastq", b"A").with_file("data/two.fastq", b"A").check(tmp_path) == ()


def test_where_no_file_is_beside_none_is_missed(tmp_path: Path) -> None:
    assert Archive().with_file("README.md", b"about").check(tmp_path) == ()


def test_a_table_without_a_header(tmp_path: Path) -> None:
    told = Archive().with_file("a_genome.txt", b"\n\n# nothing\n").check(tmp_path)
    assert only(told, "table_empty").path == "a_genome.txt:1:1"


def test_an_investigation_file_without_sections_is_told_beside_one_that_has_them(tmp_path: Path) -> None:
    told = Archive().with_file("i_two.txt", b"Hello\tyou\n").check(tmp_path)
    assert {(one.code, one.file) for one in told} == {("isacheck.no_sections", "i_two.txt")}


def test_what_is_not_isa_tab_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RembiError, match="ISA-Tab"):
        isatab.check(tmp_path)


def test_a_zip_is_checked_as_its_folder_is(tmp_path: Path) -> None:
    spoilt = Archive().spoil("s", "barn", "barn ").spoil("a", "sample 2", "sample 3")
    folder = spoilt.write(tmp_path / "plain")
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.iterdir():
            archive.write(path, f"top/{path.name}")
    told = isatab.check(packed)
    assert [f"top/{one.path}" for one in isatab.check(folder)] == [one.path for one in told]
    assert codes(told) == codes(isatab.check(folder))


def test_a_zip_that_is_damaged_is_told(tmp_path: Path) -> None:
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in Archive().texts.items():
            archive.writestr(name, tabbed(content))
    packed.write_bytes(packed.read_bytes().replace(b"extract 1", b"extract 9", 1))
    assert only(isatab.check(packed), "unreadable").file == "a_genome.txt"


def test_an_open_document_is_checked_as_its_path_is(tmp_path: Path) -> None:
    spoilt = Archive().spoil("s", "barn", "barn ").spoil("a", "sample 2", "sample 3").spoil("a", "30", '"3\n0"')
    folder = spoilt.write(tmp_path)
    assert isatab.check(isatab.open_document(folder)) == isatab.check(folder)


def test_a_document_that_was_mended_is_clean(tmp_path: Path) -> None:
    document = isatab.open_document(Archive().spoil("s", "barn", "barn ").write(tmp_path))
    told = only(isatab.check(document), "outer_space")
    document.tables[told.file].set(0, told.column - 1, told.replacement or "")
    assert isatab.check(document) == ()


def test_an_investigation_file_alone_is_checked_with_its_tables(tmp_path: Path) -> None:
    folder = Archive().spoil("a", "sample 2", "sample 3").write(tmp_path)
    assert isatab.check(folder / "i_one.txt") == isatab.check(folder)


def test_a_table_that_no_study_names_is_checked_for_itself(tmp_path: Path) -> None:
    told = Archive().with_file("a_other.txt", tabbed(ASSAY.replace("run 1", "run 1 ")).encode()).check(tmp_path)
    assert {(one.code, one.file, one.line) for one in told} == {
        ("isacheck.table_unnamed", "a_other.txt", 1),
        ("isacheck.outer_space", "a_other.txt", 2),
    }


def test_every_sample_archive_is_checked(samples: Path) -> None:
    """Those that are broken on purpose too: findings, each with a place in a file that there is."""
    found = {folder: isatab.check(folder) for folder in archives(samples)}
    assert len(found) > 30
    for folder, told in found.items():
        assert told
        for one in told:
            lines = (folder / one.file).read_bytes().splitlines()
            assert one.code.removeprefix("isacheck.") in LEVELS
            assert 1 <= one.line <= len(lines)
            assert one.column >= 1


BROKEN = {
    "a_exception_duplicated_header.txt": "column_twice",
    "a_exception_invalid_column_type.txt": "column_misplaced",
    "a_exception_labeled_header_format.txt": "header_unknown",
    "a_exception_labeled_header_not_allowed.txt": "header_not_here",
    "a_exception_simple_header_not_allowed.txt": "header_not_here",
    "a_exception_term_source_ref_next_column.txt": "term_source_alone",
    "a_exception_term_source_ref_stop_iteration.txt": "term_source_alone",
    "a_exception_unknown_header.txt": "header_unknown",
    "i_invest_comment_format.txt": "label_spelling",
}


def test_files_broken_on_purpose_are_told_of_what_is_broken(samples: Path) -> None:
    told = isatab.check(samples / "isa" / "corpus" / "altamisa" / "test_exceptions")
    for file, code in BROKEN.items():
        assert code in {one.code.removeprefix("isacheck.") for one in told if one.file == file}


def test_the_example_of_the_layout_has_no_error_and_no_warning(samples: Path) -> None:
    told = isatab.check(samples / "isa" / "layout-example")
    assert [str(one) for one in told if one.level != "info"] == []


def test_a_finding_says_place_value_and_fix_in_both_languages(tmp_path: Path) -> None:
    told = only(Archive().spoil("i", "2024-02-29", "29/02/2024").check(tmp_path), "date")
    assert told.told("en").startswith("i_one.txt, line 36, column 2: ")
    assert told.told("fr").startswith("i_one.txt, ligne 36, colonne 2")
    assert str(told) == told.told()
    said = told.to_json("fr")
    assert (said["file"], said["line"], said["column"], said["count"]) == ("i_one.txt", 36, 2, 1)
    assert (said["found"], said["wanted"]) == ("29/02/2024", "2024-02-29")
    assert said["fix"] == [{"file": "i_one.txt", "line": 36, "column": 2, "text": "2024-02-29"}]
    assert "29/02/2024" in said["message"]


@pytest.mark.parametrize("rule", sorted(LEVELS))
def test_every_rule_has_a_sentence_in_both_languages(rule: str) -> None:
    names = ("found wanted file line column heading label other owner header reader role technology left right unit "
             "protocol row inputs said before n")  # fmt: skip
    values = dict.fromkeys(names.split(), "x")
    assert text(f"finding.isacheck.{rule}", "en", **values) != text(f"finding.isacheck.{rule}", "fr", **values)
