"""What holds for every term and every file, whatever they say."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rembi_widgets.formats import lint_terms
from rembi_widgets.record import Term, apply
from rembi_widgets.terms import FIELDS, Claim, faults, lint, lookup, suggest, vocabulary
from rembi_widgets.terms._claim import LEVELS
from tests.checks.builder import change, clean, with_set

PARTS = ("organism", "imaging_method", "cell_type", "tissue", "unit", "cell_line", "label", "sample_prep")
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@cache
def some(part: str) -> tuple[Term, ...]:
    return vocabulary(part)[:60]


@st.composite
def held(draw: st.DrawFn) -> tuple[str, Term]:
    """Give a part of the vocabulary and one of its terms."""
    part = draw(st.sampled_from(PARTS))
    return part, draw(st.sampled_from(some(part)))


MISSPELT = {
    "underscore": lambda curie: curie.replace(":", "_", 1),
    "lower case": str.lower,
    "a space": lambda curie: curie.replace(":", ": ", 1),
    "two colons": lambda curie: curie.replace(":", "::", 1),
    "an address": lambda curie: "http://purl.obolibrary.org/obo/" + curie.replace(":", "_", 1),
    "around it": lambda curie: f" {curie}\t",
    "said twice": lambda curie: f"{re.split('[:_]', curie)[0]}:{curie.replace(':', '_', 1)}",
}


@QUICK
@given(held(), st.sampled_from(sorted(MISSPELT)))
def test_every_way_to_misspell_an_id_is_mended_to_the_id(one: tuple[str, Term], way: str) -> None:
    part, term = one
    right = term.id or ""
    said = MISSPELT[way](right)
    found = {finding.code: finding for finding in lint((term.label, said, term.ontology or ""), part)}
    if said == right or "EDAM_BIM" in right:  # local names in small letters are other names there
        return
    assert set(found) <= {"term_spelling"}
    for finding in found.values():
        assert finding.fix
        assert finding.fix[0].value["id"] == right
        assert lint(finding.fix[0].value, part) == ()


@QUICK
@given(held(), held())
def test_the_name_of_another_term_is_never_right(one: tuple[str, Term], other: tuple[str, Term]) -> None:
    (part, term), (_, another) = one, other
    known = lookup(term.id or "")
    assert known
    if another.label in known.names or term.id == another.id:
        return
    found = lint((another.label, term.id or ""), part)
    assert all(finding.code in {"term_label", "term_branch"} for finding in found)
    if another.ontology == term.ontology:
        assert [finding.code for finding in found] == ["term_label"]


@QUICK
@given(held())
def test_what_is_proposed_for_a_label_is_its_term_and_in_order(one: tuple[str, Term]) -> None:
    part, term = one
    (meant,) = suggest(term.label, part)
    assert meant.term
    assert meant.confidence == 1
    assert lint(meant.term, part) == ()


@QUICK
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=20), st.sampled_from([None, *FIELDS]))
def test_no_claim_breaks_the_linter(label: str, identity: str, source: str, field: str | None) -> None:
    for style in ("curie", "underscore", "any"):
        for fault in faults(Claim(label, identity, source, field, style)):
            assert fault.code in LEVELS
            assert fault.mended is None or isinstance(fault.mended, Term)


@QUICK
@given(
    st.lists(st.sampled_from(["Fbbi_00000251", "FBbi:00000334", "251", "x", "CL:540", "EFO_1"]), min_size=1, max_size=4)
)
def test_fixes_one_after_the_other_come_to_an_end(ids: list[str]) -> None:
    """Each fix may bring another finding, never its own again."""
    path = "/acquisitions/ac-1/imaging_method"
    record = with_set(path, [{"label": "confocal microscopy", "id": one} for one in ids], record=clean())
    seen: list[str] = []
    for _ in range(10):
        fixable = [one for one in _theme(record) if one.fix]
        if not fixable:
            break
        seen.append(fixable[0].code)
        record = apply(record, change(*(fixable[0].fix or ()), kind="fix"))
    assert len(seen) == len(set(seen))


def _theme(record: Any) -> list[Any]:
    from rembi_widgets.checks import check

    return [one for one in check(record) if one.code.startswith("term_")]


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\t"), max_size=12)
KEYS = [
    "Study Organism",
    "Study Organism Term Source REF",
    "Study Organism Term Accession",
    "Screen Technology Term Accession",
    "Phenotype Term Name",
    "Phenotype Term Accession",
    "Term Source Name",
    "# a comment",
    "",
]


@QUICK
@given(st.lists(st.tuples(st.sampled_from(KEYS), st.lists(CELL, max_size=4)), max_size=12))
def test_no_study_file_breaks_the_linter(tmp_path: Path, rows: list[tuple[str, list[str]]]) -> None:
    head = [("Study Type", ["histology"]), ("Study Type Term Accession", [""])]
    text = "\n".join("\t".join([key, *cells]) for key, cells in (*head, *rows))
    file = tmp_path / "study.txt"
    file.write_bytes(text.encode("utf-8"))
    lines = text.split("\n")
    for finding in lint_terms(file):
        said = lines[finding.values["line"] - 1].split("\t")
        assert finding.values["column"] >= 2
        assert finding.code == "term_without_id" or finding.values["column"] <= len(said)
        assert finding.message("fr")


@pytest.mark.parametrize("study", ["BII-I-1", "i_small", "i_fullinvest", "test_gelelect"])
def test_places_in_real_isatabs_hold_what_was_found(samples: Path, study: str) -> None:
    for finding in lint_terms(samples / "isa" / "corpus" / "altamisa" / study):
        if finding.code in {"term_spelling", "term_source", "term_form"}:
            rows = Path(finding.values["file"]).read_text(encoding="utf-8").split("\n")
            cells = rows[finding.values["line"] - 1].split("\t")
            assert str(finding.found) in cells[finding.values["column"] - 1]


def test_a_real_isatab_that_names_the_wrong_ontology(samples: Path) -> None:
    findings = lint_terms(samples / "isa" / "corpus" / "altamisa" / "BII-I-1")
    sources = [(one.found, one.wanted, one.values["count"]) for one in findings if one.code == "term_source"]
    assert sources == [("CL", "GO", 50), ("CL", "GO", 61), ("OBI", "PATO", 14)]
