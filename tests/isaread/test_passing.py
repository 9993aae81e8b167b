"""Tables that are read while they pass by say what tables that are held say."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rembi_widgets.formats import isatab
from rembi_widgets.formats.isatab._compact import Compact, Growing, distinct, mapped, same
from rembi_widgets.formats.isatab._document import Table
from rembi_widgets.formats.isatab._document_stream import Odd, Passing
from rembi_widgets.formats.isatab._document_text import TextFile, plain_rows
from rembi_widgets.record import Column

PIECES = st.sampled_from(["a", "b", "", '"', '""', "\t", "\t", "\n", "\n", "\r\n", "\r", "#", " ", "é", "\x00", '"x"'])
TEXTS = st.lists(PIECES, max_size=40).map("".join)
REGULAR = st.lists(st.lists(st.sampled_from(["a", "", "b c", "#", "NA"]), min_size=3, max_size=3), min_size=1)


def by_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))


def passing(data: bytes) -> Passing | None:
    try:
        return Passing("a_x.txt", io.BytesIO(data))
    except (Odd, UnicodeDecodeError):
        return None


def assert_same(data: bytes) -> bool:
    """Hold that a table says the same when it passes by; tell whether it can."""
    found = passing(data)
    if found is None:
        return False
    held = Table(TextFile("a_x.txt", data))
    assert found.columns == held.columns
    assert len(found) == len(held)
    assert [list(found.cells(at)) for at in range(len(held.columns))] == [
        list(held.cells(at)) for at in range(len(held.columns))
    ]
    ragged = list(held.ragged())
    assert list(found.ragged()) == ragged
    assert [found.line(row) for row, _ in ragged] == [held.line(row) for row, _ in ragged]
    if held.columns:
        assert found.file.line(found.header) == held.file.line(held.header)
    return True


@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
def test_rows_that_are_split_are_those_of_the_csv_reader(text: str) -> None:
    found = plain_rows(text)
    assert found is None or found == by_csv(text)


@given(rows=REGULAR, quoted=st.booleans(), end=st.sampled_from(["\n", "\r\n"]))
def test_regular_text_is_split(rows: list[list[str]], *, quoted: bool, end: str) -> None:
    mark = '"' if quoted else ""
    text = "".join("\t".join(f"{mark}{cell}{mark}" for cell in row) + end for row in rows)
    assert plain_rows(text) == rows


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, header=st.sampled_from(["", "Sample Name\tImage File\n", '"Sample Name"\t"Image File"\n']))
def test_any_text_says_the_same_when_it_passes_by(text: str, header: str) -> None:
    assert_same((header + text).encode("utf-8"))


@pytest.mark.parametrize(
    "data",
    [
        b"Sample Name\tImage File\na\tb\n",
        b'"Sample Name"\t"Image File"\n"a"\t"b\nc"\n"d"\t"e"\n',
        b'"Sample Name"\t"Image File"\r\n"a"\t"say ""b"""\r\n',
        b"\xef\xbb\xbfSample Name\tImage File\na\tb",
        b"Sample Name\tImage File\ra\tb\rc\td\r",
        b"\n\nSample Name\tImage File\n\na\nb\tc\td\n\te\n",
        b"Sample Name\n" + b"".join(b"s%d\n" % number for number in range(30_000)),
        b"Sample Name\tImage File\n" + b'"a"\t"b"\n' * 9_000 + b'"c""d"\t"e\nf"\n' + b"g\th\n" * 9_000,
        b"",
    ],
)
def test_texts_that_pass_by(data: bytes) -> None:
    assert assert_same(data)


@pytest.mark.parametrize("data", [b'"\n"a"\n"', b'x\ta\n"b', b'"x\ty"\n"\n"z"\n"'])
def test_a_quote_that_stays_open_at_the_end_is_read_in_the_other_way(data: bytes) -> None:
    assert passing(data) is None


@pytest.mark.parametrize(
    "data", [b'Sample Name\n"a\n', b"Sample Name\n# b\n", b"Sample Name\n\xff\n", "Sample Name\n".encode("utf-16")]
)
def test_what_is_odd_is_held(data: bytes, tmp_path: Path) -> None:
    assert passing(data) is None
    (tmp_path / "a_x.txt").write_bytes(data)
    begin = "STUDY\nSTUDY ASSAYS\nStudy Assay File Name\ta_x.txt\n"
    (tmp_path / "i_x.txt").write_text(begin, encoding="utf-8")
    assert isatab.read(tmp_path).findings


def test_the_tables_of_the_samples_say_the_same(samples: Path) -> None:
    paths = [path for path in (samples / "isa").rglob("*.txt") if path.name[:2] in {"a_", "s_"}]
    passed = [assert_same(path.read_bytes()) for path in paths if path.stat().st_size < 200_000]
    assert len(passed) > 50
    assert sum(passed) > len(passed) * 0.8


def test_a_zip_says_what_its_folder_says(samples: Path, tmp_path: Path) -> None:
    folder = samples / "isa" / "layout-example"
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for path in folder.glob("*.txt"):
            archive.write(path, f"top/{path.name}")
    found, wanted = isatab.read(tmp_path / "x.zip").record, isatab.read(folder).record
    assert found.images == wanted.images or found.images.ids == wanted.images.ids
    assert found.samples == wanted.samples


# --- columns


@given(cells=st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=200), at=st.integers(1, 50))
def test_a_column_that_grows_gives_what_it_was_given(cells: list[str], at: int) -> None:
    growing = Growing()
    for begin in range(0, len(cells), at):
        growing.add(cells[begin : begin + at])
    column = growing.column()
    assert list(column) == cells
    assert [column[row] for row in range(len(cells))] == cells
    assert list(distinct(column)) == list(dict.fromkeys(cells))
    assert column.count("a") == cells.count("a")
    assert ("b" in column) == ("b" in cells)
    assert list(mapped(column, {cell: cell + "!" for cell in cells})) == [cell + "!" for cell in cells]
    if isinstance(column, Compact):
        assert column.first_rows() == {cell: cells.index(cell) for cell in dict.fromkeys(cells)}
        assert column[1:3] == cells[1:3]


def test_a_long_column_of_which_most_rows_differ_is_as_the_record_has_it() -> None:
    growing = Growing()
    growing.add([f"x{number}" for number in range(1_000)])
    growing.add(["x1"])
    assert isinstance(growing.column(), Column)
    assert len(growing.column()) == 1_001


def test_a_column_that_says_one_thing_ends() -> None:
    with pytest.raises(IndexError):
        same("a", 2)[2]
    assert same("a", 2) == ["a", "a"]
    assert repr(same("a", 2)) == "Compact(['a', 'a'], 2 rows)"
