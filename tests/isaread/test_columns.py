"""The header of a table: what each column is, and what belongs to it."""

from __future__ import annotations

import pytest

from rembi_widgets.formats.isatab._document_columns import columns, typed


@pytest.mark.parametrize(
    ("header", "kind", "name"),
    [
        ("Source Name", "node", "Source Name"),
        ("Sample Name", "node", "Sample Name"),
        ("Extract Name", "node", "Extract Name"),
        ("Labeled Extract Name", "node", "Labeled Extract Name"),
        ("Library Name", "node", "Library Name"),
        ("Image File", "node", "Image File"),
        ("Raw Data File", "node", "Raw Data File"),
        ("Derived Array Data Matrix File", "node", "Derived Array Data Matrix File"),
        ("Protocol REF", "protocol_ref", "Protocol REF"),
        ("protocol ref", "protocol_ref", "protocol ref"),
        ("Assay Name", "process_name", "Assay Name"),
        ("MS Assay Name", "process_name", "MS Assay Name"),
        ("Hybridization Assay Name", "process_name", "Hybridization Assay Name"),
        ("Scan Name", "process_name", "Scan Name"),
        ("Data Transformation Name", "process_name", "Data Transformation Name"),
        ("Normalization Name", "process_name", "Normalization Name"),
        ("Characteristics[organism]", "characteristic", "organism"),
        ("Characteristics [organism]", "characteristic", "organism"),
        ("characteristics[Organism]", "characteristic", "Organism"),
        ("Parameter Value[pixel size x]", "parameter_value", "pixel size x"),
        ("Parameter value[repetition time]", "parameter_value", "repetition time"),
        ("Parameter Value[baseline functional MRI scan", "parameter_value", "baseline functional MRI scan"),
        ("Factor Value[compound]", "factor_value", "compound"),
        ("Comment[REMBI ID]", "comment", "REMBI ID"),
        ("Comment [REMBI ID]", "comment", "REMBI ID"),
        ("Comment[ padded ]", "comment", "padded"),
        ("Comment[]", "comment", ""),
        ("Comment[a [b] c]", "comment", "a [b] c"),
        ("Unit", "unit", "Unit"),
        ("Term Source REF", "term_source", "Term Source REF"),
        ("Term Accession Number", "term_accession", "Term Accession Number"),
        (" Term  Accession Number ", "term_accession", "Term Accession Number"),
        ("Material Type", "attribute", "Material Type"),
        ("Label", "attribute", "Label"),
        ("Performer", "attribute", "Performer"),
        ("Date", "attribute", "Date"),
        ("Parameter[Technology Type]", "other", "Parameter[Technology Type]"),
        ("Comment", "other", "Comment"),
        ("", "other", ""),
        ("whatever", "other", "whatever"),
    ],
)
def test_a_header_has_a_kind_and_a_name(header: str, kind: str, name: str) -> None:
    assert typed(header) == (kind, name)


def test_a_column_belongs_to_the_node_or_protocol_before_it() -> None:
    headers = [
        "Sample Name",
        "Comment[a]",
        "Protocol REF",
        "Parameter Value[b]",
        "Assay Name",
        "Image File",
        "Comment[c]",
    ]
    assert [column.owner for column in columns(headers)] == [0, 0, 2, 2, 2, 5, 5]


def test_a_column_before_any_node_belongs_to_none() -> None:
    assert [column.owner for column in columns(["Comment[a]", "Source Name"])] == [-1, 1]


def test_source_and_accession_stand_beside_their_value() -> None:
    [value, *_] = columns(["Characteristics[organism]", "Term Source REF", "Term Accession Number"])
    assert value.beside == {"term_source": 1, "term_accession": 2}


def test_source_and_accession_after_a_unit_are_the_units() -> None:
    headers = ["Source Name", "Characteristics[age]", "Unit", "Term Source REF", "Term Accession Number"]
    assert columns(headers)[1].beside == {"unit": 2, "unit_term_source": 3, "unit_term_accession": 4}


def test_what_stands_beside_nothing_is_of_nothing() -> None:
    found = columns(["Unit", "Source Name", "Unit", "Unit"])
    assert [column.beside for column in found] == [{}, {"unit": 2}, {}, {}]
    assert [column.kind for column in found] == ["unit", "node", "unit", "unit"]


def test_columns_know_their_places_and_headers() -> None:
    headers = ["Source Name", "Comment [x]", ""]
    assert [(column.index, column.header) for column in columns(headers)] == list(enumerate(headers))
