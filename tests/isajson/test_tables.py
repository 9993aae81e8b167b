"""Any table through ISA-JSON: random rows with blanks, columns of every kind, and the sections that are odd."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rembi_widgets.formats import isajson, isatab
from rembi_widgets.formats.isatab._document import Document
from tests.isajson.sameness import different, rows
from tests.isaread.papers import small, table

HEADERS = ("Sample Name", "Protocol REF", "Extract Name", "Comment[n]", "Protocol REF", "Assay Name", "Raw Data File")
CELL = st.sampled_from(["", "", "a", "b"])
TABLE = st.lists(st.tuples(*[CELL] * len(HEADERS)), min_size=1, max_size=8)
WIDE = (
    *("Sample Name", "Material Type", "Term Source REF", "Term Accession Number", "Characteristics[w]", "Unit"),
    *("Comment[a]", "Comment[a]", "Factor Value[f]", "Unit", "Protocol REF", "Parameter Value[p]", "Term Source REF"),
    *("Term Accession Number", "Performer", "Date", "Comment[b]", "Array Design REF", "Hybridization Assay Name"),
    *("Scan Name", "Array Data File", "Comment[c]", "Raw Data File", "Raw Data File", "Normalization Name"),
    *("Derived Array Data File", "Spot Picking File", "Factor Value[dose]", "Unit", "Odd"),
)


def there_and_back(folder: Path) -> tuple[Document, Document, list[str]]:
    before = isatab.open_document(folder)
    written = isajson.write_document(before, folder / "out" / "a.json")
    return before, isajson.open_document(written.files[0]), [one.code for one in written.findings]


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(cells=TABLE)
def test_rows_come_back_or_are_told(cells: list[tuple[str, ...]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        before, after, told = there_and_back(small(Path(name), a_images=table(HEADERS, *cells)))
        mine, theirs = set(rows(before.tables["a_images.txt"])), set(rows(after.tables["a_images.txt"]))
    gone = mine - theirs
    assert not gone or "isajson.rows_once" in told
    assert all(any(set(row) <= set(other) for other in theirs) for row in gone)


def test_a_node_that_leads_to_nodes_of_two_kinds_has_a_row_for_each(tmp_path: Path) -> None:
    blank = [""] * (len(HEADERS) - 4)
    cells = [("a", "", "", *blank, "a"), ("a", "", "", "a", *blank)]
    before, after, told = there_and_back(small(tmp_path, a_images=table(HEADERS, *cells)))
    assert set(rows(before.tables["a_images.txt"])) == set(rows(after.tables["a_images.txt"]))
    assert told == []


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(blank=st.sets(st.integers(1, len(WIDE) - 1), max_size=12))
def test_columns_of_every_kind_come_back(blank: set[int]) -> None:
    full = [f"v{place}" for place in range(len(WIDE))]
    some = ["" if place in blank else f"w{place}" for place in range(len(WIDE))]
    with tempfile.TemporaryDirectory() as name:
        before, after, told = there_and_back(small(Path(name), a_images=table(WIDE, full, some)))
    assert different(before, after) == []
    assert told == []


ODD_CELLS = ['the "one"', "a;b", "a\\;b", ";", "NA", "#", "1", "1.0", "1e5", "007", " padded ", "é · 細", "'", "=1+1"]


@pytest.mark.parametrize("cell", ODD_CELLS)
def test_odd_cells_come_back(cell: str, tmp_path: Path) -> None:
    heads = ["Source Name", "Characteristics[x]", "Unit", "Characteristics[y]", "Term Source REF", "Comment[z]"]
    held = '"' + cell.replace('"', '""') + '"'
    text = table(heads, ["m", held, "mg", held, "X", held], ["n", "3", "mg", "y", "X", "z"])
    before, after, _ = there_and_back(small(tmp_path, s_mice=text))
    assert set(rows(before.tables["s_mice.txt"])) == set(rows(after.tables["s_mice.txt"]))


@pytest.mark.parametrize(
    "changes",
    [
        {"study": {"Study Submission Date": "last spring", "Study Public Release Date": "2020-01-01"}},
        {"study": {"Study Submission Dates": "no such label", "Comment[x]": "y"}},
        {"study": {"Study Title": ["one", "two"], "Comment[x]": ["", "", "third"]}},
        {"study_contacts": {"Study Person Last Name": ["A", "", "C"], "Study Person Email": ["at the lab", "", "c@d"]}},
        {"study_contacts": {"Study Person Roles": "a;b", "Study Person Roles Term Source REF": "X;"}},
        {"study_contacts": {"Study Person Roles": "a", "Study Person Roles Term Accession Number": "1;2"}},
        {"study_protocols": {"Study Protocol Parameters Name": ["p;q", ""], "Study Protocol URI": ["not a uri", ""]}},
        {
            "study_protocols": {
                "Study Protocol Components Name": ["a;b", "c"],
                "Study Protocol Components Type": ["k", ""],
            }
        },
        {"study_factors": {"Study Factor Name": ["f", "f"], "Study Factor Type": ["t", ""], "Comment[c]": ["", "d"]}},
        {"study_design_descriptors": {"Study Design Type": ["a", "b"], "Comment[c]": ["x", ""]}},
        {"ontology_source_reference": {"Term Source Name": ["A", "B"], "Term Source File": ["", "http://b"]}},
        {"investigation": {"Investigation Title": "t", "Comment[x]": "two\\twords"}},
        {"study_publications": {"Study Publication DOI": "in print", "Study Publication Status": "s"}},
        {"study_assays": {"Study Assay Technology Platform": "p", "Comment[Note]": "n"}},
    ],
)
def test_odd_sections_come_back(changes: dict[str, dict[str, str | list[str]]], tmp_path: Path) -> None:
    before, after, _ = there_and_back(small(tmp_path, **changes))  # type: ignore[arg-type]
    assert different(before, after) == []


def test_undeclared_things_are_declared_for_the_json_and_gone_after(tmp_path: Path) -> None:
    heads = ["Sample Name", "Protocol REF", "Parameter Value[p]", "Term Source REF", "Image File"]
    text = table(heads, ["liver 1", "nobody's protocol", "v", "UNDECLARED", "a.tif"])
    before, after, told = there_and_back(small(tmp_path, a_images=text))
    assert told == []
    assert different(before, after) == []


def test_tables_and_lines_that_the_json_cannot_hold_are_told(tmp_path: Path) -> None:
    folder = small(
        tmp_path, a_other=table(["Sample Name"], ["x"]), a_images="# a note\nSample Name\tProtocol REF\nx\ty\n"
    )
    index = folder / "i_mice.txt"
    index.write_text("above\tall\n" + index.read_text("utf-8"), encoding="utf-8")
    _, _, told = there_and_back(folder)
    assert sorted(told) == ["isajson.notes", "isajson.stray", "isajson.table_left"]


def test_a_missing_table_leaves_an_empty_one(tmp_path: Path) -> None:
    folder = small(tmp_path)
    (folder / "a_images.txt").unlink()
    _, after, _ = there_and_back(folder)
    assert len(after.tables["a_images.txt"]) == 0
    assert after.investigations[0].studies[0].section("STUDY ASSAYS").cells("Study Assay File Name") == ["a_images.txt"]
