"""One text file: rows and lines of whatever is written, the same bytes back, and changes where they are made."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.formats.isatab._document_text import TextFile, decoded, raw_cells, without_collecting


def file(text: str | bytes) -> TextFile:
    return TextFile("i_x.txt", text if isinstance(text, bytes) else text.encode("utf-8"))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("a", [["a"]]),
        ("a\tb\n", [["a", "b"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\rc\td\r", [["a", "b"], ["c", "d"]]),
        ("a\t\n", [["a", ""]]),
        ("\ta\n", [["", "a"]]),
        ("a\n\nb\n", [["a"], [], ["b"]]),
        ('"a"\t"b"\n', [["a", "b"]]),
        ('"a"\tb\n', [["a", "b"]]),
        ('"a ""b"" c"\n', [['a "b" c']]),
        ('a "b" c\td\n', [['a "b" c', "d"]]),
        ('"a\tb"\tc\n', [["a\tb", "c"]]),
        ('"a\nb"\tc\n', [["a\nb", "c"]]),
        ('"a\r\nb"\tc\r\n', [["a\r\nb", "c"]]),
        ('"a\n\n# b"\tc\n', [["a\n\n# b", "c"]]),
        ("NA\tNone\tnan\tnull\t\n", [["NA", "None", "nan", "null", ""]]),
        ("a\u2028b\tc\x0bd\x85e\n", [["a\u2028b", "c\x0bd\x85e"]]),
        ("a\x00b\tc\n", [["a\x00b", "c"]]),
        ('""\t""\n', [["", ""]]),
    ],
)
def test_rows_are_read_as_they_stand(text: str, rows: list[list[str]]) -> None:
    read = file(text)
    assert read.rows == rows
    assert read.unclosed == []
    assert read.to_bytes() == text.encode("utf-8")


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (b"caf\xc3\xa9", "utf-8", "café"),
        (b"\xef\xbb\xbfcaf\xc3\xa9", "utf-8-sig", "café"),
        (b"caf\xe9", "latin-1", "café"),
        ("café".encode("utf-16"), "utf-16", "café"),
        (b"\xff\xfea", "latin-1", "ÿþa"),
        (b"", "utf-8", ""),
    ],
)
def test_the_encoding_is_found_out(data: bytes, encoding: str, text: str) -> None:
    assert decoded(data) == (text, encoding)
    assert file(data).to_bytes() == data


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\nb\nc\n", [1, 2, 3]),
        ('"a\nb"\nc\n', [1, 3]),
        ('a\n"b\r\n\r\nc"\td\ne', [1, 2, 5]),
        ("a\r\rb", [1, 2, 3]),
        ('"\n\n\n"\n"\n"\nz', [1, 5, 7]),
    ],
)
def test_each_row_knows_its_line(text: str, lines: list[int]) -> None:
    read = file(text)
    assert [read.line(row) for row in range(len(read.rows))] == lines
    assert "".join(read.raw(row) for row in range(len(read.rows))) == text


@pytest.mark.parametrize(
    ("text", "unclosed", "rows"),
    [
        ('a\t"b\nc\td\n', [1], [["a", '"b'], ["c", "d"]]),
        ('a\nb\t"c\nd', [2], [["a"], ["b", '"c'], ["d"]]),
        ('"a', [1], [['"a']]),
        ('x\n"a\t1\ny\n"b\t2\nz\n', [], [["x"], ["a\t1\ny\nb", "2"], ["z"]]),
        ('"a"\t"b\nc', [1], [['"a"', '"b'], ["c"]]),
    ],
)
def test_a_quote_that_never_closes_costs_its_line_only(text: str, unclosed: list[int], rows: list[list[str]]) -> None:
    read = file(text)
    assert (read.unclosed, read.rows) == (unclosed, rows)
    assert read.to_bytes() == text.encode("utf-8")


def test_many_quotes_that_never_close_end_in_plain_lines() -> None:
    text = "".join(f'x\t"{number}\t\n' for number in range(201))
    read = file(text)
    assert len(read.rows) >= 100
    assert read.to_bytes() == text.encode("utf-8")


def test_a_cell_may_be_longer_than_the_csv_modules_limit() -> None:
    before = csv.field_size_limit()
    text = "x" * (before + 1)
    assert file(f"a\t{text}\n").rows == [["a", text]]
    assert csv.field_size_limit() == before


@pytest.mark.parametrize(
    ("text", "row", "comment"),
    [
        ("# a\nb\n", 0, True),
        ("# a\nb\n", 1, False),
        ('"# a"\nb\n', 0, False),
        (" # a\n", 0, False),
        ("\n# a\n", 0, False),
        ("\n#\n", 1, True),
    ],
)
def test_a_comment_is_a_line_that_begins_with_a_hash(text: str, row: int, comment: bool) -> None:
    assert file(text).is_comment(row) is comment


def test_a_comment_behind_a_byte_order_mark_is_one() -> None:
    assert file(b"\xef\xbb\xbf# a\n").is_comment(0)


@pytest.mark.parametrize(
    ("text", "place", "cell", "wanted"),
    [
        ("a\tb\nc\td\n", (1, 1), "D", "a\tb\nc\tD\n"),
        ('"a"\t"b"\r\n', (0, 1), "B", '"a"\t"B"\r\n'),
        ("a\tb\r\n", (0, 0), "x\ty", '"x\ty"\tb\r\n'),
        ("a\tb\n", (0, 1), 'say "x"', 'a\t"say ""x"""\n'),
        ("a\tb\n", (0, 1), "one\ntwo", 'a\t"one\ntwo"\n'),
        ("a\n", (0, 3), "far", "a\t\t\tfar\n"),
        ("a", (0, 0), "b", "b"),
        ('"a\nb"\tc\nd\te\n', (1, 0), "D", '"a\nb"\tc\nD\te\n'),
        ('"a\nb"\tc\nd\te\n', (0, 1), "C", '"a\nb"\tC\nd\te\n'),
        ("a\tb\n", (0, 1), "b", "a\tb\n"),
    ],
)
def test_a_change_touches_its_cell_only(text: str, place: tuple[int, int], cell: str, wanted: str) -> None:
    read = file(text)
    read.set(*place, cell)
    assert read.to_bytes().decode("utf-8") == wanted
    assert read.rows[place[0]][place[1]] == cell
    assert file(wanted).rows == read.rows


def test_a_file_that_was_not_changed_says_so() -> None:
    read = file("a\tb\n")
    read.set(0, 0, "a")
    assert not read.changed
    read.set(0, 0, "z")
    assert read.changed


@pytest.mark.parametrize(
    ("data", "cell", "wanted"),
    [
        (b"\xef\xbb\xbfa\tb\n", "é", b"\xef\xbb\xbf\xc3\xa9\tb\n"),
        (b"caf\xe9\tb\n", "th\u00e9", b"th\xe9\tb\n"),
        (b"caf\xe9\tb\n", "\u03b1", "\u03b1\tb\n".encode()),
    ],
)
def test_a_change_is_written_in_the_files_own_encoding_where_it_can_be(data: bytes, cell: str, wanted: bytes) -> None:
    read = file(data)
    read.set(0, 0, cell)
    assert read.to_bytes() == wanted


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("", [""]),
        ("\t", ["", ""]),
        ('a\t"b ""c"""\t', ["a", '"b ""c"""', ""]),
        ('"a\t', ['"a\t']),
        ('"a"b\tc', ['"a"b', "c"]),
        ('x"y\tz', ['x"y', "z"]),
    ],
)
def test_raw_cells_are_split_at_tabs_outside_quotes(line: str, cells: list[str]) -> None:
    assert raw_cells(line) == cells
    assert "\t".join(cells) == line


cells = st.text(st.characters(blacklist_categories=("Cs",)), max_size=8)
tables = st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=6)


@given(rows=tables, end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_what_the_csv_module_writes_is_read_back(rows: list[list[str]], end: str) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter="\t", lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    read = file(stream.getvalue())
    assert read.rows == rows
    assert read.to_bytes() == stream.getvalue().encode("utf-8")
    assert "".join(read.raw(row) for row in range(len(rows))) == stream.getvalue()


@given(rows=tables, row=st.integers(0, 5), column=st.integers(0, 5), text=cells)
def test_a_changed_file_is_read_back_as_it_was_changed(rows: list[list[str]], row: int, column: int, text: str) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    read = file(stream.getvalue())
    read.set(row % len(rows), column, text)
    assert file(read.to_bytes()).rows == read.rows


@given(st.binary(max_size=200))
def test_any_bytes_are_read_and_given_back(data: bytes) -> None:
    read = file(data)
    assert read.to_bytes() == data
    assert "".join(read.raw(row) for row in range(len(read.rows))) == read.text
    starts = [read.line(row) for row in range(len(read.rows))]
    assert starts == sorted(set(starts))


def test_the_collector_of_cycles_is_spared_only_for_a_while() -> None:
    import gc

    with without_collecting():
        assert not gc.isenabled()
        with without_collecting():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
