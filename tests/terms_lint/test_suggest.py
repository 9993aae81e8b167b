"""Free text to terms: what is surely meant is proposed, the rest is left; a person's words are never overwritten."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rembi_widgets as rw
from rembi_widgets.errors import RembiError
from rembi_widgets.record import Curation, Edit, Mark, Origin
from rembi_widgets.store import OpenCuration
from rembi_widgets.terms import propose_terms, suggest


def meant(text: str, field: str | None) -> str | None:
    (one,) = suggest(text, field)
    return one.term.id if one.term else None


def rows(samples: Path, name: str) -> list[dict[str, str]]:
    with (samples / "terms" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_real_strings_of_archives_get_the_right_term_or_none(samples: Path) -> None:
    for row in rows(samples, "benchmark_real_dev.tsv"):
        wanted = row["expected_ids"].split("|")
        assert (meant(row["query"], row["field"]) or "NONE") in wanted, row["query"]


def test_what_is_proposed_for_other_queries_is_nearly_always_right(samples: Path) -> None:
    answers = [(row, meant(row["query"], row["field"])) for row in rows(samples, "benchmark_dev.tsv")]
    proposed = [(row, one) for row, one in answers if one]
    right = [row for row, one in proposed if one in row["expected_ids"].split("|")]
    assert len(right) >= 0.98 * len(proposed)
    assert len(proposed) >= 0.85 * len(answers)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Beads", "organism"),
        ("single cell", "imaging_method"),
        ("light", "imaging_method"),
        ("unknown", "organism"),
        ("n/a", "organism"),
        ("various methods, see paper", "imaging_method"),
        ("HEK298", "cell_line"),
        ("mouse embryonic", "cell_type"),
        ("MCF-8", "cell_line"),
        ("patient material", "tissue"),
        ("my favourite protein", "biological_entity"),
        ("buffer", "label"),
        ("-", "organism"),
    ],
)
def test_what_has_no_sure_term_is_left(text: str, field: str) -> None:
    found = suggest([text], field)
    assert (found.found, [one.text for one in found.left]) == ((), [text])


@pytest.mark.parametrize(
    ("text", "field", "identity", "least"),
    [
        ("Homo sapiens", "organism", "NCBITaxon:9606", 1.0),
        ("souris", "organism", "NCBITaxon:10090", 1.0),
        ("HELA CELLS", "biological_entity", "CVCL_0030", 0.9),
        ("flourescence microscopy", "imaging_method", "FBbi:00000246", 0.88),
        ("NCBITaxon_9606", "organism", "NCBITaxon:9606", 0.0),
    ],
)
def test_confidence_tells_how_the_text_was_met(text: str, field: str, identity: str, least: float) -> None:
    (one,) = suggest(text, field)
    assert one.term
    assert one.term.id == identity
    assert least <= one.confidence <= 1
    assert one.why


def test_a_slip_is_less_sure_than_a_name() -> None:
    (slip,), (name,) = (suggest(text, "imaging_method") for text in ("flourescence microscopy", "confocal microscopy"))
    assert slip.confidence < name.confidence


def test_a_column_answers_each_text_once_with_how_often_it_stands_there() -> None:
    found = suggest(["human", "", "human", "Beads", "  ", "mouse"], "organism")
    assert [(one.text, one.count) for one in found] == [("human", 2), ("mouse", 1), ("Beads", 1)]
    assert len(found) == 3
    assert found.edits == ()


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(RembiError):
        suggest(["human"], "no such field")


@given(st.lists(st.text(max_size=30), max_size=5))
def test_no_text_breaks_it_and_none_is_lost(texts: list[str]) -> None:
    found = suggest(texts, "organism")
    assert sum(one.count for one in found) == sum(bool(text.strip()) for text in texts)


def curation(**values: object) -> OpenCuration:
    record = Curation.model_validate(
        {
            "biosamples": [
                {
                    "id": "bs-1",
                    "title": "Mice",
                    "organism": [{"label": "mouse"}, {"label": "Beads"}],
                    "biological_entity": [{"label": "HeLa", "id": "CVCL_0030"}, {"label": "neurons"}],
                }
            ],
            "samples": [{"id": "sa-1", "title": "S", "labels": [{"id": "lb-1", "content": {"label": "DAPI"}}]}],
            "acquisitions": [{"id": "ac-1", "title": "A", "imaging_method": [{"label": "Light Sheet Imaging"}]}],
            **values,
        }
    )
    return OpenCuration(start=record, author="tester")


def test_a_record_is_proposed_to_as_one_change_of_unconfirmed_values() -> None:
    opened = curation()
    found = propose_terms(opened)
    assert found.change is opened.history[-1]
    assert len(opened.history) == 1
    assert [(one.text, one.term.id) for one in found.proposed if one.term] == [
        ("mouse", "NCBITaxon:10090"),
        ("neurons", "CL:0000540"),
        ("DAPI", "FBbi:00000056"),
        ("Light Sheet Imaging", "FBbi:00000369"),
    ]
    assert [one.text for one in found.left] == ["Beads"]
    method = opened.get("/acquisitions/ac-1/imaging_method")
    assert [(term.label, term.id) for term in method] == [("SPIM", "FBbi:00000369")]


def test_its_mark_tells_the_text_and_the_confidence() -> None:
    opened = curation()
    propose_terms(opened)
    mark = opened.record.marks["/acquisitions/ac-1/imaging_method"]
    assert not mark.confirmed
    assert (mark.origin.kind, mark.origin.source) == ("suggested", "Light Sheet Imaging")
    assert 0.8 < mark.origin.plain()["confidence"] <= 1


def test_terms_that_are_there_and_texts_without_a_term_keep_their_places() -> None:
    opened = curation()
    propose_terms(opened)
    organism, entity = opened.get("/biosamples/bs-1/organism"), opened.get("/biosamples/bs-1/biological_entity")
    assert [(term.label, term.id) for term in organism] == [("Mus musculus", "NCBITaxon:10090"), ("Beads", None)]
    assert [(term.label, term.id) for term in entity] == [
        ("HeLa", "CVCL_0030"),
        ("neuron", "CL:0000540"),
    ]


def test_one_undo_brings_the_free_text_back() -> None:
    opened = curation()
    before = opened.record
    propose_terms(opened)
    opened.undo()
    assert opened.record.model_copy(update={"marks": {}}) == before.model_copy(update={"marks": {}})


def test_what_a_person_typed_or_confirmed_is_left_and_named() -> None:
    opened = curation()
    opened.set("/biosamples/bs-1/organism", [{"label": "mouse"}])
    opened.edit([Edit(op="confirm", path="/acquisitions/ac-1/imaging_method")])
    found = propose_terms(opened)
    assert {one.path for one in found.kept} == {"/biosamples/bs-1/organism", "/acquisitions/ac-1/imaging_method"}
    assert opened.get("/biosamples/bs-1/organism")[0].id is None
    assert opened.get("/acquisitions/ac-1/imaging_method")[0].label == "Light Sheet Imaging"


def test_imported_free_text_is_proposed_to() -> None:
    marks = {"/biosamples/bs-1/organism": Mark(confirmed=False, origin=Origin(kind="import", source="s_1.txt"))}
    opened = curation(marks=marks)
    found = propose_terms(opened, "organism")
    assert [one.path for one in found.proposed] == ["/biosamples/bs-1/organism"]


def test_a_second_time_there_is_nothing_to_propose() -> None:
    opened = curation()
    propose_terms(opened)
    again = propose_terms(opened)
    assert (again.change, again.proposed, [one.text for one in again.left]) == (None, (), ["Beads"])
    assert len(opened.history) == 1


def test_one_field_alone_can_be_asked_for() -> None:
    found = propose_terms(curation(), "imaging_method")
    assert {one.path for one in (*found.proposed, *found.left)} == {"/acquisitions/ac-1/imaging_method"}


def test_a_folder_can_be_named(tmp_path: Path) -> None:
    with rw.open_curation(tmp_path) as opened:
        opened.propose([Edit(op="add", path="/biosamples", id="bs-1", value={"organism": [{"label": "zebrafish"}]})])
    found = rw.suggest_terms(tmp_path)
    assert [one.term.id for one in found.proposed if one.term] == ["NCBITaxon:7955"]
    with rw.open_curation(tmp_path) as opened:
        assert opened.get("/biosamples/bs-1/organism")[0].id == "NCBITaxon:7955"
        assert opened.record.marks["/biosamples/bs-1/organism"].origin.plain()["confidence"] == 1.0


def test_many_biosamples_of_few_organisms_are_answered_once_each() -> None:
    names = ("human", "mouse", "Beads")
    samples = [{"id": f"bs-{n}", "organism": [{"label": names[n % 3]}]} for n in range(3_000)]
    found = suggest(curation(biosamples=samples).record)
    assert (len([one for one in found.found if "biosamples" in one.path]), len(found.left)) == (2_000, 1_000)
