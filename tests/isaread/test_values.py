"""From words back to values, one rule each."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembi_widgets.formats.isatab._cells import joined, number
from rembi_widgets.formats.isatab._image_fields import SYMBOLS
from rembi_widgets.formats.isatab._ontologies import accession, curie, default_version, source_of_id
from rembi_widgets.formats.isatab._read_images import by_axis, first_rows, in_micrometres
from rembi_widgets.formats.isatab._read_parts import ids_of, stable_id
from rembi_widgets.formats.isatab._read_rows import Rows, read_cells
from rembi_widgets.formats.isatab._read_values import Kind, Said, Values, as_number, kind_of, quantity, split, unescaped
from rembi_widgets.record import (
    Absent,
    Acquisition,
    Biosample,
    FileRow,
    ImageRow,
    Label,
    Mark,
    Person,
    Quantity,
    Sample,
    Study,
    Term,
)

OURS = Values({"EFO": "3.1", "FBbi": "2020-11-06", "GO": "1, 2"}, rembi=True)
OTHERS = Values({"EFO": "3.1", "FBbi": "2020-11-06"}, rembi=False)
TEXT = Kind("text", many=False, absent=True)
TEXTS = Kind("text", many=True, absent=True)
NUMBER = Kind("number", many=False, absent=True)
FLAG = Kind("flag", many=False, absent=True)
TERM = Kind("term", many=False, absent=True)
TERMS = Kind("term", many=True, absent=True)
QUANTITY = Kind("quantity", many=False, absent=True)
REF = Kind("text", many=False, absent=False)


@pytest.mark.parametrize(
    ("model", "field", "kind"),
    [
        (Study, "title", TEXT),
        (Study, "keywords", TEXTS),
        (Study, "study_type", TERMS),
        (Person, "affiliations", TEXTS),
        (Biosample, "organism", TERMS),
        (Label, "content", TERM),
        (Sample, "biosample", REF),
        (Acquisition, "temperature", QUANTITY),
        (Acquisition, "objective_na", NUMBER),
        (ImageRow, "size_x", NUMBER),
        (ImageRow, "contrast_inversion", FLAG),
        (ImageRow, "file", REF),
        (FileRow, "path", TEXT),
    ],
)
def test_each_field_has_a_kind(model: type, field: str, kind: Kind) -> None:
    assert kind_of(model, field) == kind


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (TEXT, "", None),
        (TEXT, "a;b\\c", "a;b\\c"),
        (TEXT, "NA", "NA"),
        (TEXT, "not recorded", Absent(absent="not_recorded")),
        (TEXT, "not applicable", Absent(absent="not_applicable")),
        (REF, "not recorded", "not recorded"),
        (TEXTS, "a;b", ("a", "b")),
        (TEXTS, "a\\;b;c", ("a;b", "c")),
        (TEXTS, "a;;b", ("a", "", "b")),
        (TEXTS, "not applicable", Absent(absent="not_applicable")),
        (NUMBER, "2048", 2048.0),
        (NUMBER, "-0.5e3", -500.0),
        (NUMBER, "nan", "nan"),
        (NUMBER, "1_000", "1_000"),
        (NUMBER, "20x", "20x"),
        (FLAG, "true", True),
        (FLAG, "False", False),
        (FLAG, "perhaps", "perhaps"),
        (QUANTITY, "405 nm", "405 nm"),
        (TERM, "DAPI", Term(label="DAPI")),
        (TERMS, "a;b", (Term(label="a"), Term(label="b"))),
    ],
)
def test_words_become_values(kind: Kind, text: str, value: Any) -> None:
    assert OURS.read(kind, Said(text, "")) == value


def test_an_absence_has_its_reason() -> None:
    assert OURS.read(TEXT, Said("not recorded", "", "lost")) == Absent(absent="not_recorded", reason="lost")


def test_only_our_layout_has_words_for_absences_and_escapes() -> None:
    assert OTHERS.read(TEXT, Said("not recorded", "")) == "not recorded"
    assert OTHERS.read(TEXT, Said("C:\\data", "", escaped=True)) == "C:\\data"
    assert OURS.read(TEXT, Said("a\\;b", "", escaped=True)) == "a;b"
    assert OTHERS.read(TEXTS, Said("a; b\\c", "")) == ("a", "b\\c")


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("405", "nanometer", Quantity(number=405, unit="nm")),
        ("405", "nm", Quantity(number=405, unit="nm")),
        ("30", "e/Å²", Quantity(number=30, unit="e/Å²")),
        ("7", "", Quantity(number=7)),
        ("cold", "", Quantity(text="cold")),
        ("cold", "degree Celsius", Quantity(text="cold", unit="°C")),
    ],
)
def test_a_quantity_is_read_from_its_number_and_unit(text: str, unit: str, value: Quantity) -> None:
    assert quantity(text, unit) == value


@pytest.mark.parametrize(
    ("source", "number", "wanted"),
    [
        ("", "", Term(label="x")),
        ("FBbi", "http://purl.obolibrary.org/obo/FBbi_0001", Term(label="x", id="FBbi:0001", ontology="FBbi")),
        ("", "http://purl.obolibrary.org/obo/FBbi_0001", Term(label="x", id="FBbi:0001", ontology="FBbi")),
        ("EFO", "http://www.ebi.ac.uk/efo/EFO_7", Term(label="x", id="EFO:7", ontology="EFO", version="3.1")),
        ("GO", "http://purl.obolibrary.org/obo/GO_1", Term(label="x", id="GO:1", ontology="GO")),
        ("Mine", "https://example.org/1", Term(label="x", id="https://example.org/1", ontology="Mine")),
        ("Cellosaurus", "https://www.cellosaurus.org/CVCL_1", Term(label="x", id="CVCL_1", ontology="Cellosaurus")),
    ],
)
def test_a_term_of_ours_has_its_id_again(source: str, number: str, wanted: Term) -> None:
    assert OURS.term("x", source, number) == wanted


@pytest.mark.parametrize(
    ("label", "source", "number", "wanted"),
    [
        ("x", "MS", "1000079", "MS:1000079"),
        ("x", "UO", "UO:0000033", "UO:0000033"),
        ("x", "", "1000079", "1000079"),
        ("x", "NCBITAXON", "http://purl.bioontology.org/ontology/NCBITAXON/10090", None),
    ],
)
def test_a_term_of_others_gets_an_id_from_source_and_accession(
    label: str, source: str, number: str, wanted: str | None
) -> None:
    assert OTHERS.term(label, source, number).id == (wanted or number)


def test_a_term_without_a_label_is_called_by_its_id() -> None:
    assert OURS.term("", "GO", "http://purl.obolibrary.org/obo/GO_1").label == "GO:1"


def test_others_versions_are_what_they_say() -> None:
    assert OTHERS.term("x", "FBbi", "FBbi:1").version == default_version("FBbi") == "2020-11-06"
    assert OURS.term("x", "FBbi", "FBbi:1").version is None
    assert default_version("nobody's") == ""


@pytest.mark.parametrize("identity", ["FBbi:00000251", "NCBITaxon:9606", "CVCL_0030", "GO:0005634", "EFO:1", "mine:7"])
def test_an_id_comes_back_from_its_accession(identity: str) -> None:
    assert curie(accession(identity)) == identity


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/GO_1",
        "http://purl.obolibrary.org/obo/NOBODY_1",
        "http://purl.obolibrary.org/obo/fbbi.owl",
        "http://purl.obolibrary.org/obo/go/GO_1",
        "",
    ],
)
def test_other_addresses_stay_as_they_are(address: str) -> None:
    assert curie(address) == address


@pytest.mark.parametrize(
    ("identity", "source"),
    [("FBbi:1", "FBbi"), ("CVCL_1", "Cellosaurus"), ("https://example.org/a/X_1", "X"), ("nothing", "")],
)
def test_an_id_tells_its_source(identity: str, source: str) -> None:
    assert source_of_id(identity) == source


@given(st.lists(st.text(st.characters(blacklist_categories=("Cs",)), max_size=12), min_size=1, max_size=4))
def test_several_values_come_back_from_one_cell(values: list[str]) -> None:
    assert split(joined(values)) == [value.strip() for value in values]


@given(st.text(max_size=12))
def test_one_value_comes_back_from_its_escapes(text: str) -> None:
    assert unescaped(text.replace("\\", "\\\\").replace(";", "\\;")) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_comes_back_as_it_was(value: float) -> None:
    assert as_number(number(value)) == value


def test_rows_share_cells() -> None:
    said = Said("a;;not recorded", "", ";;lost")
    assert OURS.rows(TEXT, said, 3) == ["a", None, Absent(absent="not_recorded", reason="lost")]
    assert OURS.rows(TEXT, said, 5)[3:] == [None, None]
    assert OURS.rows(TEXT, said, 1) == ["a"]
    terms = Said("x;y", "", "", "GO;", "http://purl.obolibrary.org/obo/GO_1;")
    assert [term.id for term in OURS.rows(TERM, terms, 2)] == ["GO:1", None]


def test_axes_are_taken_apart() -> None:
    assert by_axis(["X=2048", " Y = 1 ", "Z=a=b", "T", ""]) == {"X": "2048", "Y": "1", "Z": "a=b", "T": "", "": ""}


@pytest.mark.parametrize(
    ("value", "unit", "wanted"),
    [
        (0.1, "micrometer", 0.1),
        (0.1, "", 0.1),
        (100.0, "nanometer", 0.1),
        (1.0, "millimeter", 1000.0),
        (2.0, "angstrom", 0.0002),
        (1.0, "furlong", "1 furlong"),
        ("about 1", "nanometer", "about 1"),
        (None, "nanometer", None),
    ],
)
def test_pixel_sizes_are_in_micrometres(value: Any, unit: str, wanted: Any) -> None:
    assert in_micrometres([value], [unit], SYMBOLS["pixel_size_x"]) == [wanted]


@pytest.mark.parametrize(
    ("names", "first"),
    [([], {}), (["a", "b"], {"a": 0, "b": 1}), (["b", "a", "b", "a"], {"b": 0, "a": 1})],
)
def test_the_first_row_of_each_name(names: list[str], first: dict[str, int]) -> None:
    assert first_rows(names) == first
    assert list(first_rows(names)) == list(first)


def test_ids_are_made_where_they_are_missing_or_twice() -> None:
    found = ids_of(OURS, "a;;a;b/c", "ch", 5, "seed")
    assert found[0] == "a"
    assert len(set(found)) == 5
    assert all(one.startswith("ch-") for one in found[1:])
    assert found == ids_of(OURS, "a;;a;b/c", "ch", 5, "seed")
    assert ids_of(OURS, "", "ch", 0, "seed") == []


def test_an_id_of_the_same_names_is_the_same() -> None:
    assert stable_id("bs", "a", "b") == stable_id("bs", "a", "b")
    assert stable_id("bs", "a", "b") != stable_id("bs", "ab")
    assert stable_id("bs", "\ud800").startswith("bs-")


@pytest.mark.parametrize("cells", [["a", "b", "a"], ["", "a", "not recorded"], ["a\\;b", "c", "c"]])
@pytest.mark.parametrize("escaped", [True, False])
def test_a_column_is_read_as_its_cells_are(cells: list[str], escaped: bool) -> None:
    wanted = [OURS.read(TEXT, Said(cell, "", escaped=escaped)) for cell in cells]
    assert list(read_cells(OURS, TEXT, cells, None, escaped=escaped)) == wanted
    reasons = ["", "", "lost"]
    told = [OURS.read(TEXT, Said(*pair[:1], "", pair[1], escaped=escaped)) for pair in zip(cells, reasons, strict=True)]
    assert list(read_cells(OURS, TEXT, cells, reasons, escaped=escaped)) == told


def test_a_table_grows_by_blocks() -> None:
    mark = Mark(confirmed=False)
    rows = Rows("images")
    rows.add(["im-1", "im-2"], {"size_x": [1.0, None], "well": [None, None]}, {"size_x": mark, "well": mark})
    rows.add(["im-3"], {"size_x": [3.0], "plate": ["P"]}, {"size_x": mark, "plate": mark})
    rows.add(["im-4"], {}, {})
    table = rows.table()
    assert table.ids == ("im-1", "im-2", "im-3", "im-4")
    assert table.columns == {"size_x": (1.0, None, 3.0, None), "plate": (None, None, "P", None)}
    assert table.marks == {"size_x": (mark, None, mark, None), "plate": (None, None, mark, None)}


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [(["im-8", "im-9"], 2), (["im-1", "im-9"], 1), (["im-9", "im-9"], 1), (["a/b", ""], 0), (["", ""], 0)],
)
def test_ids_of_rows_are_kept_where_they_are_free(wanted: list[str], kept: int) -> None:
    rows = Rows("images")
    rows.add(["im-1"], {}, {})
    found = rows.fresh(wanted, ["one", "two"])
    assert len(set(found)) == 2
    assert "im-1" not in found
    assert not any("/" in one for one in found)
    assert sum(one in wanted for one in found) == kept
