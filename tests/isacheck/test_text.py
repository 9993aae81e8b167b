"""Text as it comes: encodings, marks, ends of lines, quotes; and anything at all, which is never an exception."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import isatab
from tests.isacheck.documents import ASSAY, INVESTIGATION, STUDY, Archive, codes, only, tabbed

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def as_bytes(text: str) -> bytes:
    return tabbed(text).encode()


@pytest.mark.parametrize("name", ["i_one.txt", "s_study.txt", "a_genome.txt"])
def test_windows_line_ends_are_nothing_to_tell(name: str, tmp_path: Path) -> None:
    data = as_bytes(Archive().texts[name]).replace(b"\n", b"\r\n")
    assert Archive().with_file(name, data).check(tmp_path) == ()


@pytest.mark.parametrize(("name", "line"), [("i_one.txt", 1), ("s_study.txt", 1), ("a_genome.txt", 1)])
def test_a_byte_order_mark(name: str, line: int, tmp_path: Path) -> None:
    told = Archive().with_file(name, b"\xef\xbb\xbf" + as_bytes(Archive().texts[name])).check(tmp_path)
    assert [(one.code, one.file, one.line) for one in told] == [("isacheck.byte_order_mark", name, line)]


@pytest.mark.parametrize(
    ("name", "old", "line"), [("i_one.txt", b"Ada", 82), ("s_study.txt", b"barn", 2), ("a_genome.txt", b"run 2", 3)]
)
def test_latin_1_is_told_with_its_line(name: str, old: bytes, line: int, tmp_path: Path) -> None:
    data = as_bytes(Archive().texts[name]).replace(old, b"caf\xe9 de Paris", 1)
    told = Archive().with_file(name, data).check(tmp_path)
    assert (only(told, "encoding").file, only(told, "encoding").line) == (name, line)


@pytest.mark.parametrize("name", ["s_study.txt", "a_genome.txt"])
@pytest.mark.parametrize(
    "change", [(b"\n", b"\r"), (b"sample", b"caf\xe9"), (b"Sample", b"\xef\xbb\xbfSample"), (b"1", b'"1')]
)
def test_what_is_wrong_with_text_is_told_of_an_open_document_too(
    name: str, change: tuple[bytes, bytes], tmp_path: Path
) -> None:
    folder = Archive().with_file(name, as_bytes(Archive().texts[name]).replace(*change, 1)).write(tmp_path)
    of_text = {"encoding", "carriage_return", "unclosed_quote", "byte_order_mark"}
    told, opened = isatab.check(folder), isatab.check(isatab.open_document(folder))
    places = [{(one.code, one.path) for one in found if codes((one,)) & of_text} for found in (told, opened)]
    assert places[0] == places[1]


def test_utf_16_is_read(tmp_path: Path) -> None:
    told = Archive().with_file("s_study.txt", tabbed(STUDY).encode("utf-16")).check(tmp_path)
    assert codes(told) <= {"byte_order_mark"}


@pytest.mark.parametrize("name", ["s_study.txt", "a_genome.txt"])
def test_carriage_returns_alone_end_lines(name: str, tmp_path: Path) -> None:
    data = as_bytes(Archive().texts[name]).replace(b"\n", b"\r")
    told = Archive().with_file(name, data).check(tmp_path)
    assert codes(told) == {"carriage_return"}


def test_cells_of_several_lines_across_parts_of_a_file(tmp_path: Path) -> None:
    rows = "".join(
        f'sample 1|extracting|"extract\n{n}"|library|sequencing|30|run x{n}|x{n}.fastq\n' for n in range(900)
    )
    told = Archive().spoil("a", "sample 2|", rows + "sample 2 |").check(tmp_path)
    assert only(told, "outer_space").line == 1803
    assert codes(told) == {"outer_space", "sample_unknown", "sample_unused"}


def test_a_cell_longer_than_a_part_that_never_closes(tmp_path: Path) -> None:
    rows = "".join(f"sample 1|extracting|extract {n}|library|sequencing|30|run x{n}|x{n}.fastq\n" for n in range(3000))
    told = Archive().spoil("a", "sample 1|", '"sample 1|extracting|e|library|sequencing|30|r|f\n' + rows + "sample 1|")
    found = told.check(tmp_path)
    assert only(found, "unclosed_quote").line == 2
    assert "sample_unused" not in codes(found)


@QUICK
@given(st.binary(max_size=400), st.sampled_from(["i_one.txt", "s_study.txt", "a_genome.txt"]))
def test_any_bytes_are_checked(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive().with_file(name, data)
        try:
            told = archive.check(Path(folder))
        except RembiError:
            assert name == "i_one.txt"
        else:
            assert all(one.message("fr") and one.to_json("en")["message"] for one in told)


WORDS = st.sampled_from(
    [
        *(header for text in (STUDY, ASSAY) for header in text.partition("\n")[0].split("|")),
        *("Comment[x]", "Label", "Material Type", "Labeled Extract Name", "Date", "Performer", "First Dimension"),
        *(
            "Characteristics[",
            "[]",
            "Unit",
            "",
            " ",
            "#",
            '"',
            "sample 1",
            "collecting",
            "NA",
            "1;2",
            "\\;",
            "é",
            "\x00",
        ),
    ]
)
TABLES = st.lists(st.lists(WORDS, max_size=9), max_size=12)


@QUICK
@given(TABLES, TABLES)
def test_any_tables_are_checked(study: list[list[str]], assay: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive()
        for name, rows in (("s_study.txt", study), ("a_genome.txt", assay)):
            archive = archive.with_file(name, "\n".join(map("\t".join, rows)).encode())
        told = archive.check(Path(folder))
        assert all(one.line >= 1 and one.column >= 1 and str(one) for one in told)


LINES = INVESTIGATION.splitlines()


@QUICK
@given(st.lists(st.sampled_from([*LINES, "Study Mood|x", "||", "STUDY|", '"', "Comment|", "#x"]), max_size=60))
def test_any_order_of_lines_is_checked(lines: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive({"i_one.txt": "\n".join(lines), "s_study.txt": STUDY, "a_genome.txt": ASSAY})
        try:
            told = archive.check(Path(folder))
        except RembiError:
            return
        assert isatab.check(isatab.open_document(Path(folder))) or not told


@QUICK
@given(st.data())
def test_a_document_and_its_path_are_told_alike(data: st.DataObject) -> None:
    """One cell spoilt at random: rows that pass by and rows that are held give the same."""
    name = data.draw(st.sampled_from(["s_study.txt", "a_genome.txt"]))
    rows = [line.split("|") for line in Archive().texts[name].splitlines()]
    row = data.draw(st.integers(0, len(rows) - 1))
    place = data.draw(st.integers(0, len(rows[row]) - 1))
    rows[row][place] = data.draw(st.sampled_from(["", " x", "NA", "sample 1", "Unit", "1;2", "Protocol REF", "é"]))
    with tempfile.TemporaryDirectory() as folder:
        Archive().with_file(name, "\n".join(map("\t".join, rows)).encode()).write(Path(folder))
        assert isatab.check(isatab.open_document(Path(folder))) == isatab.check(Path(folder))
