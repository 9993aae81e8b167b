"""Parts of the ISA-Tab writer: names, sources of terms, columns in little room, cells, text files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.formats.isatab._compact import Compact, Growing, distinct, mapped, same
from rembi_widgets.formats.isatab._document_text import TextFile, decoded, plain_rows, raw_cells
from rembi_widgets.formats.isatab._names import Taken, field_name, node_name, slug
from rembi_widgets.formats.isatab._ontologies import Ontologies, accession, curie, default_version, source_of_id
from rembi_widgets.formats.isatab._quoted import BLOCK, Cells, Each, Held, Same, Spread, blocks, told
from rembi_widgets.record import Absent, Term

CELLS = st.lists(st.sampled_from(["", "a", "b", "c d", "é"]), min_size=1, max_size=80)
COLUMN = st.one_of(CELLS, st.lists(st.text(max_size=4), min_size=1, max_size=150))


def grown(cells: Sequence[str], size: int = 7) -> Sequence[str]:
    """Give a column made from rows that came some at a time."""
    column = Growing()
    for begin in range(0, len(cells), size):
        column.add(cells[begin : begin + size])
    return column.column()


@given(COLUMN, st.integers(1, 100))
def test_a_column_holds_its_cells_however_they_came(cells: list[str], size: int) -> None:
    assert list(grown(cells, size)) == cells
    assert len(grown(cells, size)) == len(cells)


@given(COLUMN)
def test_the_different_values_stand_in_the_order_in_which_they_come(cells: list[str]) -> None:
    assert list(distinct(grown(cells))) == list(dict.fromkeys(cells))


@given(COLUMN)
def test_the_first_row_of_each_value(cells: list[str]) -> None:
    column = grown(cells)
    if isinstance(column, Compact):
        assert column.first_rows() == {value: cells.index(value) for value in cells}


@given(CELLS)
def test_a_value_is_counted_as_in_a_list(cells: list[str]) -> None:
    column = grown(cells)
    assert [column.count(value) for value in ("", "a", "zz")] == [cells.count(value) for value in ("", "a", "zz")]
    assert ("a" in column) is ("a" in cells)


@given(CELLS, st.integers(-90, 90), st.integers(-90, 90))
def test_a_part_of_a_column_is_the_part_of_its_list(cells: list[str], begin: int, end: int) -> None:
    assert list(grown(cells)[begin:end]) == cells[begin:end]


@given(CELLS)
def test_each_value_replaced(cells: list[str]) -> None:
    new = {value: f"<{value}>" for value in cells}
    assert list(mapped(grown(cells), new)) == [new[value] for value in cells]
    assert list(mapped(cells, new)) == [new[value] for value in cells]


def test_a_column_that_says_one_thing_is_one_value() -> None:
    column = grown(["x"] * 5000)
    assert isinstance(column, Compact)
    assert column.values == ["x"]
    assert column[4999] == column[-5000] == "x"


@pytest.mark.parametrize("row", [3, -4, 10**9])
def test_a_row_that_is_not_there(row: int) -> None:
    with pytest.raises(IndexError):
        same("x", 3)[row]


def test_a_column_without_rows_says_nothing() -> None:
    column = same("x", 0)
    assert list(column) == []
    assert "x" not in column
    assert (column.count("x"), column.first_rows(), list(distinct(column))) == (0, {}, [])


def test_a_column_of_which_most_rows_differ_is_a_plain_list() -> None:
    assert isinstance(grown([str(number) for number in range(500)]), list)


def test_columns_are_equal_if_their_rows_are() -> None:
    assert same("x", 2) == ["x", "x"]
    assert same("x", 2) != ["x"]
    assert same("x", 2) != "no column"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("N.A. of objective", "N A of objective"),
        ("gain [V]", "gain V"),
        ("label", "marker"),
        ("Derived File", "Derived_File"),
        ("Protocol REF", "protocol_ref"),
        ("Material Type", "material_type"),
        ("a\tb\nc", "a b c"),
        ("Unnamed: 0", "unnamed 0"),
        ("", "field"),
        ("...", "field"),
        ("NA", "NA (name)"),
    ],
)
def test_a_name_within_brackets(text: str, name: str) -> None:
    assert field_name(text) == name


@given(st.text(max_size=40))
def test_no_name_within_brackets_breaks_its_header(text: str) -> None:
    name = field_name(text)
    assert name
    assert not set(name) & set('[]\t\n\r".;#\\')
    assert " file" not in name.casefold()
    assert "label" not in name.casefold()


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("well A1", "well A1"),
        ("  spaced   out ", "spaced out"),
        ("#", "image"),
        ("##7", "no. 7"),
        ("nan", "nan (name)"),
        ("None", "None (name)"),
        ("a\nb", "a b"),
        ("", "image"),
        (Absent(absent="not_recorded", reason="lost"), "image"),
        (7, "7"),
    ],
)
def test_the_name_of_a_node(value: object, name: str) -> None:
    assert node_name(value, "image") == name


@given(st.text(max_size=30))
def test_the_name_of_a_node_is_one_line_and_no_comment(text: str) -> None:
    name = node_name(text, "image")
    assert name
    assert not name.startswith("#")
    assert not set(name) & set("\t\r\n")


@given(st.text(max_size=200))
def test_a_part_of_a_file_name_is_short_and_plain(text: str) -> None:
    part = slug(text)
    assert 0 < len(part) <= 60
    assert part.isascii()
    assert all(letter.isalnum() or letter in "-_" for letter in part)


@pytest.mark.parametrize(
    ("text", "part"), [("../../etc", "etc"), ("细胞", "study"), ("a/b\\c", "a-b-c"), ("--", "study")]
)
def test_no_file_name_leads_elsewhere(text: str, part: str) -> None:
    assert slug(text) == part


@given(st.lists(st.sampled_from(["a", "A", "a 2", "b"]), max_size=12))
def test_no_name_is_given_twice_whatever_its_capitals(names: list[str]) -> None:
    taken = Taken(["b"])
    given_names = [taken.fresh(name).casefold() for name in names]
    assert len({"b", *given_names}) == len(names) + 1


def test_the_second_of_a_name_bears_a_number() -> None:
    taken = Taken()
    assert [taken.fresh("x", "-") for _ in range(3)] == ["x", "x-2", "x-3"]


KNOWN_IDS = ["FBbi:00000251", "NCBITaxon:9606", "CVCL_0030", "UO:0000017", "CHEBI:51231", "EFO:0001887", "CL:0000057"]


@pytest.mark.parametrize("identity", KNOWN_IDS)
def test_an_accession_leads_back_to_its_id(identity: str) -> None:
    assert accession(identity).startswith("http")
    assert curie(accession(identity)) == identity


@pytest.mark.parametrize("identity", ["", "9606", "free text", "https://example.org/x_1", "NOWHERE:12", "a:b:c"])
def test_what_is_of_no_known_ontology_stays_as_it_is(identity: str) -> None:
    assert accession(identity) == identity
    assert curie(identity) == identity


@pytest.mark.parametrize(
    "address",
    [
        "http://purl.obolibrary.org/obo/",
        "http://purl.obolibrary.org/obo/FBbi",
        "http://purl.obolibrary.org/obo/FBbi_",
        "http://purl.obolibrary.org/obo/FBbi_1/2",
        "http://purl.obolibrary.org/obo/nothing_1",
    ],
)
def test_half_an_address_is_no_accession(address: str) -> None:
    assert curie(address) == address


@pytest.mark.parametrize(
    ("identity", "source"),
    [
        ("FBbi:1", "FBbi"),
        ("fbbi:1", "FBbi"),
        ("CVCL_0030", "Cellosaurus"),
        ("http://purl.obolibrary.org/obo/CL_1", "CL"),
        ("MINE:1", "MINE"),
        ("nothing", ""),
        ("", ""),
    ],
)
def test_the_source_that_an_id_tells(identity: str, source: str) -> None:
    assert source_of_id(identity) == source


@pytest.mark.parametrize("value", [None, "free text", 3, Term(label="no id"), Term(label="empty", id="")])
def test_only_a_term_with_an_id_refers_to_a_source(value: object) -> None:
    used = Ontologies()
    assert used.reference(value) == ("", "")
    assert list(used.described()) == []


def test_sources_are_described_once_by_name() -> None:
    used = Ontologies()
    for identity in ("UO:0000017", "FBbi:00000251", "UO:0000016"):
        used.of_id(identity)
    assert [row["Term Source Name"] for row in used.described()] == ["FBbi", "UO"]
    assert all(value for row in used.described() for value in row.values())


def test_a_source_that_nobody_knows_is_described_all_the_same() -> None:
    used = Ontologies()
    assert used.reference(Term(label="x", id="MINE:1", ontology="My own")) == ("My_own", "MINE:1")
    (row,) = used.described()
    assert row["Term Source Name"] == row["Term Source Description"] == "My_own"
    assert row["Term Source File"]


def test_the_versions_that_terms_name_are_told_together() -> None:
    used = Ontologies()
    for version in ("2024", "2025", "2024", None):
        used.reference(Term(label="x", id="UO:1", version=version))
    (row,) = used.described()
    assert row["Term Source Version"] == "2024, 2025"
    assert default_version("UO") != ""
    assert default_version("MINE") == ""


def as_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))


TABLES = st.lists(st.lists(st.text("ab \t\"'#é\n", max_size=5), min_size=2, max_size=3), min_size=1, max_size=6)


@given(TABLES)
def test_what_csv_writes_is_read_and_given_back_as_it_is(rows: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    file = TextFile("a.txt", written.getvalue().encode())
    assert (file.rows, file.unclosed) == (rows, [])
    assert file.to_bytes() == written.getvalue().encode()
    assert "".join(file.raw(row) for row in range(len(rows))) == written.getvalue()


@given(TABLES, st.text('xy \t"', max_size=4))
def test_a_cell_that_is_set_changes_no_other(rows: list[list[str]], text: str) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    file = TextFile("a.txt", written.getvalue().encode())
    file.set(0, 1, text)
    again = TextFile("a.txt", file.to_bytes())
    assert again.rows == [[rows[0][0], text, *rows[0][2:]], *rows[1:]]
    assert file.changed is (text != rows[0][1])


@given(st.binary(max_size=120))
def test_any_bytes_are_a_text_file_and_come_back(data: bytes) -> None:
    file = TextFile("a.txt", data)
    assert file.to_bytes() == data
    lines = [file.line(row) for row in range(len(file.rows))]
    assert lines == sorted(lines)


@given(st.text('ab\t"\n\r', max_size=30))
def test_the_quick_way_to_read_is_what_csv_reads(text: str) -> None:
    rows = plain_rows(text)
    if rows is not None:
        assert rows == as_csv(text)


@given(st.lists(st.sampled_from(["a", '"b"', '"c\td"', "", '"e""f"']), min_size=1, max_size=6))
def test_raw_cells_join_to_their_line(cells: list[str]) -> None:
    assert raw_cells("\t".join(cells)) == cells


@pytest.mark.parametrize(
    ("data", "text", "name"),
    [
        (b"\xef\xbb\xbfa", "a", "utf-8-sig"),
        ("aé".encode("utf-16"), "aé", "utf-16"),
        ("é".encode(), "é", "utf-8"),
        (b"\xe9", "é", "latin-1"),
        (b"", "", "utf-8"),
    ],
)
def test_the_encoding_of_bytes(data: bytes, text: str, name: str) -> None:
    assert decoded(data) == (text, name)


def test_a_letter_that_latin_1_lacks_makes_the_file_utf_8() -> None:
    file = TextFile("a.txt", b"\xe9\tb\n")
    file.set(0, 1, "细胞")
    assert file.to_bytes().decode() == "é\t细胞\n"


def test_a_row_that_is_too_short_gets_empty_cells() -> None:
    file = TextFile("a.txt", b"a\r\nb\tc\r\n")
    file.set(0, 2, "x")
    assert file.to_bytes() == b"a\t\tx\r\nb\tc\r\n"


def test_a_quote_that_never_closes_costs_its_line() -> None:
    file = TextFile("a.txt", b'a\t"b\nc\td\n')
    assert file.unclosed == [1]
    assert file.rows == [["a", '"b'], ["c", "d"]]


def test_lines_that_begin_with_a_number_sign_are_comments_unless_quoted() -> None:
    file = TextFile("a.txt", b'#a\tb\n"#c"\td\n')
    assert [file.is_comment(row) for row in (0, 1)] == [True, False]


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (Same('""', 3), False),
        (Same('"x"', 0), False),
        (Same('"x"', 3), True),
        (Spread(['""', '""'], [0, 1]), False),
        (Spread({"a": '"x"', "b": '""'}, ["b", "a"]), True),
        (Each([None, ""], lambda value: value or ""), False),
        (Each([None, "x"], lambda value: value or ""), True),
        (Held(['""', '"y"']), True),
    ],
)
def test_whether_a_column_says_anything(cells: Cells, says: bool) -> None:
    assert cells.says() is says


def test_known_texts_of_one_kind_are_one_cell() -> None:
    assert isinstance(told({"a": '"x"', "b": '"x"'}, ["a", "b"]), Same)
    assert list(told({"a": '"x"', "b": '"y"'}, ["b", "a"])) == ['"y"', '"x"']


@pytest.mark.parametrize("count", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1])
def test_rows_are_given_a_block_at_a_time(count: int) -> None:
    columns = [Same('"s"', count), Held([f'"{row}"' for row in range(count)])]
    rows = [row for block in blocks(columns) for row in block]
    assert rows == [('"s"', f'"{row}"') for row in range(count)]


def test_no_columns_have_no_rows() -> None:
    assert list(blocks([])) == []
