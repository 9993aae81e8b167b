"""The document: each fault of the server's grammar is told with its place, and everything else is read all the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.formats import pagetab
from rembi_widgets.formats.pagetab import _spell
from rembi_widgets.formats.pagetab._document import Document
from tests.bia_read.bags import bag

HEAD = "Submission\nReleaseDate\t2026-01-01\n\nStudy\tS1\nTitle\tSpindles\n"


def opened(folder: Path, text: str, name: str = "submission.tsv") -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return pagetab.open_document(path)


def told(document: Document) -> list[tuple[str, str, str]]:
    return [(one.level, one.code.removeprefix("pagetab."), one.path.partition("#")[2]) for one in document.findings]


GRAMMAR: dict[str, tuple[str, tuple[str, str, str]]] = {
    "duplicate accno": ("\nBiosample\tB1\nTitle\ta\n\nBiosample\tB1\nTitle\tb\n", ("error", "accno_twice", "10:1")),
    "unknown parent": ("\nAssociations\t\tStudy Component-1\nBiosample\ta\n", ("error", "unknown_parent", "7:3")),
    "unknown parent of a table": ("\nBiosample[X]\tTitle\n\ta\n", ("error", "unknown_parent", "7:1")),
    "qualifier first": ("\nBiosample\n[TermId]\tNCBITaxon_9606\n", ("error", "qualifier_first", "8:1")),
    "name qualifier first": ("\nBiosample\n(Unit)\tum\n", ("error", "qualifier_first", "8:1")),
    "qualifier first in a table": ("\nBiosample[]\t[TermId]\tTitle\nb\t1\ta\n", ("error", "qualifier_first", "7:2")),
    "empty table": ("\nBiosample[]\tTitle\n", ("error", "empty_table", "7:1")),
    "empty table of links": ("\nLinks\tDescription\n", ("error", "empty_table", "7:1")),
    "long row": ("\nBiosample[]\tTitle\nb\ta\tmore\n", ("error", "long_row", "8:3")),
    "blank header": ("\nBiosample[]\tTitle\t\tDescription\nb\ta\t\td\n", ("error", "blank_header", "7:3")),
    "blank path": ("\nFile\t\nDescription\td\n", ("error", "blank_path", "7:2")),
    "blank path in a table": ("\nFiles\tDescription\n\td\n", ("error", "blank_path", "8:1")),
    "link without address": ("\nLink\t\nDescription\td\n", ("error", "link_without_url", "7:2")),
    "value without name": ("\nBiosample\n\tleft alone\n", ("error", "attribute_without_name", "8:1")),
    "section without type": ("\n\tB1\nTitle\ta\n", ("error", "section_without_type", "7:1")),
    "reference to nothing": ("\nAuthor\n<affiliation>\to9\n", ("error", "reference_nowhere", "8:1")),
    "cells past the value": ("\nBiosample\nTitle\ta\tb\n", ("warning", "cells_ignored", "8:3")),
}


@pytest.mark.parametrize("case", GRAMMAR)
def test_each_fault_of_the_grammar_is_told_where_it_is(tmp_path: Path, case: str) -> None:
    text, wanted = GRAMMAR[case]
    assert told(opened(tmp_path, HEAD + text)) == [wanted]


@pytest.mark.parametrize("case", GRAMMAR)
def test_every_finding_has_a_sentence_in_both_languages(tmp_path: Path, case: str) -> None:
    for one in opened(tmp_path, HEAD + GRAMMAR[case][0]).findings:
        assert one.message("en") != one.message("fr")
        assert "{" not in one.message("en") + one.message("fr")


def test_a_submission_without_a_release_date_is_refused(tmp_path: Path) -> None:
    assert told(opened(tmp_path, "Submission\nTitle\tx\n\nStudy\nTitle\tx\n")) == [("error", "no_release_date", "1:1")]
    text = "Submission\nReleaseDate\t\n\nStudy\nTitle\tx\n"
    assert told(opened(tmp_path, text)) == [("error", "no_release_date", "2:1")]


def test_what_is_right_is_not_told(tmp_path: Path) -> None:
    text = HEAD + "\nAuthor\ta\n<affiliation>\to1\n\nOrganization\to1\nName\tInstitute\n"
    assert told(opened(tmp_path, text)) == []


def test_a_record_that_the_archive_has_keeps_an_accno_that_stands_twice(tmp_path: Path) -> None:
    text = HEAD.replace("Submission\n", "Submission\tS-BIAD1\n") + GRAMMAR["duplicate accno"][0]
    assert told(opened(tmp_path, text)) == [("warning", "accno_twice", "10:1")]


def test_a_tsv_as_the_grammar_describes_it(tmp_path: Path) -> None:
    document = opened(
        tmp_path,
        'submission\t\n# a comment\nReleaseDate\t2026-01-01\nNote\t "two\nlines and a ""quote"" " \n\t\n\n'
        "Study\tS1\nOrganism\tHomo sapiens\n(Rank)\tspecies\n[TermId]\tNCBITaxon_9606\n[Ontology]\tNCBITaxon\n\n"
        "LINK\thttps://example.org\nDescription\td\n\nlinks\tDescription\nhttps://example.com\te\n\n"
        "Study Component\tC1\nName\tn\n\nAssociations[C1]\tBiosample\t<Specimen>\nA1\tb\tS1\nA2\tb2\n\n"
        "Files\tType\na/b.tif\traw\n\nBiosample\t\tC1\nTitle\tb\n",
    )
    root = document.submission.section
    assert document.submission.attributes[1].value == 'two\nlines and a "quote"'
    organism = root.attributes[0]
    assert organism.names == (("Rank", "species"),)
    assert organism.qualifiers == (("TermId", "NCBITaxon_9606"), ("Ontology", "NCBITaxon"))
    assert [one.url for one in root.links] == ["https://example.org", "https://example.com"]
    (component,) = root.children()
    rows = component.sections[0]
    assert isinstance(rows, list)
    assert [[(one.name, one.value, one.reference) for one in row.attributes] for row in rows] == [
        [("Biosample", "b", False), ("Specimen", "S1", True)],
        [("Biosample", "b2", False)],
    ]
    assert [one.path for one in rows[1].files] == ["a/b.tif"]
    assert [one.kind for one in component.children()] == ["Associations", "Associations", "Biosample"]
    assert told(document) == []


JSON = {"accno": None, "attributes": [{"name": "ReleaseDate", "value": "2026-01-01"}], "type": "submission"}


def with_section(**section: Any) -> str:
    return json.dumps({**JSON, "section": {"type": "Study", **section}})


IN_JSON: dict[str, tuple[dict[str, Any], tuple[str, str, str]]] = {
    "no name": ({"attributes": [{"value": "x"}]}, ("error", "attribute_without_name", "/section/attributes/0")),
    "blank name": ({"attributes": [{"name": " "}]}, ("error", "attribute_without_name", "/section/attributes/0")),
    "number": (
        {"attributes": [{"name": "a", "value": 5}]},
        ("warning", "number_for_text", "/section/attributes/0/value"),
    ),
    "structure": ({"attributes": [{"name": "a", "value": [5]}]}, ("error", "not_text", "/section/attributes/0/value")),
    "no list": ({"links": "x"}, ("error", "not_a_list", "/section/links")),
    "no object": ({"subsections": ["x"]}, ("error", "not_an_object", "/section/subsections/0")),
    "empty table": ({"subsections": [[]]}, ("error", "empty_table", "/section/subsections/0")),
    "empty table of files": ({"files": [[]]}, ("error", "empty_table", "/section/files/0")),
    "no type": ({"subsections": [{"attributes": []}]}, ("error", "section_without_type", "/section/subsections/0")),
    "blank path": ({"files": [{"path": " "}]}, ("error", "blank_path", "/section/files/0")),
    "no address": ({"links": [[{"url": ""}]]}, ("error", "link_without_url", "/section/links/0/0")),
    "qualifier without name": (
        {"attributes": [{"name": "a", "value": "b", "valqual": [{"value": "x"}]}]},
        ("error", "attribute_without_name", "/section/attributes/0/valqual/0"),
    ),
    "twice": ({"subsections": [{"type": "A", "accno": "x"}] * 2}, ("error", "accno_twice", "/section/subsections/1")),
}


@pytest.mark.parametrize("case", IN_JSON)
def test_each_fault_of_a_json_is_told_with_its_pointer(tmp_path: Path, case: str) -> None:
    section, wanted = IN_JSON[case]
    document = opened(tmp_path, with_section(**section), "submission.json")
    assert told(document) == [wanted]
    assert all("{" not in one.message(lang) for one in document.findings for lang in ("en", "fr"))


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ('{"section": {"attributes": }', "a.json", "pagetab.no_json"),
        ('{"section": 5, "attributes": []}', "a.json", "pagetab.no_section"),
        ("Submission\nReleaseDate\t2026-01-01\n", "a.tsv", "pagetab.no_section"),
        ("Study\nTitle\tx\n", "a.tsv", "pagetab.nothing"),
        ("", "a.tsv", "pagetab.nothing"),
        ('{"@context": [], "section": 1, "attributes": 1}', "a.json", "pagetab.nothing"),
        ("no workbook", "a.xlsx", "pagetab.nothing"),
    ],
)
def test_what_is_no_submission_is_said_in_one_sentence(tmp_path: Path, text: str, name: str, key: str) -> None:
    with pytest.raises(RembiError) as fault:
        opened(tmp_path, text, name)
    assert fault.value.key == key


def test_text_in_another_code_is_said(tmp_path: Path) -> None:
    path = tmp_path / "submission.tsv"
    path.write_bytes(HEAD.encode() + b"Description\t\xe9t\xe9\n")
    with pytest.raises(RembiError) as fault:
        pagetab.open_document(path)
    assert fault.value.key == "pagetab.no_text"


def test_sections_without_end_are_no_submission(tmp_path: Path) -> None:
    section: dict[str, Any] = {"type": "A"}
    for _ in range(100):
        section = {"type": "A", "subsections": [section]}
    with pytest.raises(RembiError) as fault:
        opened(tmp_path, json.dumps({**JSON, "section": section}), "submission.json")
    assert fault.value.key == "pagetab.too_deep"
    deep = '{"section": {"attributes": ' + "[" * 100_000
    with pytest.raises(RembiError):
        opened(tmp_path, deep, "submission.json")


def test_a_mark_of_byte_order_is_told_and_passed_over(tmp_path: Path) -> None:
    document = opened(tmp_path, "\ufeff" + HEAD)
    assert told(document) == [("warning", "byte_order_mark", "1:1")]
    assert document.submission.section.attributes[0].value == "Spindles"


def test_a_workbook_carries_the_tsv(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (line.split("\t") for line in HEAD.split("\n")):
        book.active.append(row)
    book.save(tmp_path / "submission.xlsx")
    assert bag(pagetab.open_document(tmp_path).submission) == bag(opened(tmp_path, HEAD).submission)


def test_a_folder_is_read_by_its_submission(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("[]", encoding="utf-8")
    (tmp_path / "S-BIAD1.json").write_text(with_section(), encoding="utf-8")
    assert pagetab.open_document(tmp_path).file.name == "S-BIAD1.json"
    assert not pagetab.is_pagetab(tmp_path / "other.json")
    assert not pagetab.is_document(tmp_path / "nothing")


def records(samples: Path) -> list[Path]:
    return sorted((samples / "bia" / "records").glob("*.json"))


def test_real_records_are_the_same_in_both_spellings(samples: Path, tmp_path: Path) -> None:
    assert len(records(samples)) == 34
    for path in records(samples):
        document = pagetab.open_document(path)
        again = opened(tmp_path, "".join(_spell.tsv(document.submission)))
        spelled = opened(tmp_path, _spell.as_json(document.submission), "submission.json")
        assert bag(spelled.submission) == bag(document.submission), path.name
        rest = bag(document.submission, accnos=False) - bag(again.submission, accnos=False)
        assert not rest, path.name
