"""The theme of terms in the checks: every target, one finding a fault and field, and its fix."""

from __future__ import annotations

from typing import Any

import pytest

from rembi_widgets.checks import check
from rembi_widgets.record import TARGETS, Curation, Finding, apply, get
from tests.checks.builder import ENTITIES, change, clean, with_set

METHOD = "/acquisitions/ac-1/imaging_method"
ORGANISM = "/biosamples/bs-1/organism"
LABEL = "/samples/sa-1/labels/lb-1/content"


def wrong(record: Curation, target: str = "isatab") -> dict[str, Finding]:
    return {one.code: one for one in check(record, target) if one.code.startswith("term_")}


def term(label: str, identity: str, ontology: str | None = None) -> dict[str, Any]:
    return {"label": label, "id": identity, "ontology": ontology}


CASES = {
    "term_spelling": (METHOD, [term("confocal microscopy", "Fbbi_00000251")]),
    "term_bare": (ORGANISM, [term("Danio rerio", "7955", "NCBITaxon")]),
    "term_form": (ORGANISM, [term("Danio rerio", "see paper")]),
    "term_source": (METHOD, [term("confocal microscopy", "FBbi:00000251", "EFO")]),
    "term_label": (ORGANISM, [term("Homo sapiens", "NCBITaxon:10090")]),
    "term_branch": (METHOD, [term("light sheet fluorescence microscopy", "FBbi:00000364")]),
    "term_unknown": (METHOD, [term("some method", "FBbi:99999999")]),
    "term_not_held": (ORGANISM, [term("Beroe ovata", "NCBITaxon:10199")]),
}


@pytest.mark.parametrize("target", [*TARGETS, "all"])
@pytest.mark.parametrize("code", CASES)
def test_every_target_sees_each_fault(code: str, target: str) -> None:
    path, value = CASES[code]
    finding = wrong(with_set(path, value), target)[code]
    assert (finding.path, finding.level) == (path, "info" if code == "term_not_held" else "warning")


@pytest.mark.parametrize("target", [*TARGETS, "all"])
def test_a_clean_record_has_none(target: str) -> None:
    assert wrong(clean(), target) == {}


@pytest.mark.parametrize("code", ["term_spelling", "term_bare", "term_source", "term_branch"])
def test_the_fix_silences_it(code: str) -> None:
    path, value = CASES[code]
    record = with_set(path, value)
    finding = wrong(record)[code]
    assert finding.fix
    assert code not in wrong(apply(record, change(*finding.fix, kind="fix")))


def test_a_fix_leaves_the_other_terms_of_the_field_and_what_else_is_known() -> None:
    version = {**term("confocal microscopy", "FBbi_00000251", "FBbi"), "version": "2026-01-23", "x-note": "seen"}
    record = with_set(METHOD, [term("STED", "FBbi:00000334"), version, {"label": "free text"}])
    finding = wrong(record)["term_spelling"]
    assert finding.fix
    first, second, third = get(apply(record, change(*finding.fix, kind="fix")), METHOD)
    assert (first.id, third.label, third.id) == ("FBbi:00000334", "free text", None)
    assert second.plain() == {**version, "id": "FBbi:00000251"}


def test_several_terms_with_one_fault_are_one_finding_with_one_fix() -> None:
    record = with_set(METHOD, [term("confocal microscopy", "FBbi_00000251"), term("STED", "fbbi:00000334")])
    finding = wrong(record)["term_spelling"]
    assert (finding.found, finding.wanted) == ("FBbi_00000251, fbbi:00000334", "FBbi:00000251, FBbi:00000334")
    assert finding.fix
    assert wrong(apply(record, change(*finding.fix, kind="fix"))) == {}


def test_a_field_of_one_term_is_mended_too() -> None:
    record = with_set(LABEL, term("DAPI", "FBbi_00000056"))
    finding = wrong(record)["term_spelling"]
    assert finding.fix
    assert get(apply(record, change(*finding.fix, kind="fix")), LABEL).id == "FBbi:00000056"


def test_proteins_and_chemicals_of_other_ontologies_are_not_asked_after() -> None:
    for identity in ("CHEBI:16991", "GO:0005634", "PR:000000001", "UniProt:P12345"):
        assert wrong(with_set("/samples/sa-1/labels/lb-1/biological_entity", term("DNA", identity))) == {}


def test_roles_and_study_types_of_the_guide_are_right() -> None:
    roles = [term("software", "https://credit.niso.org/contributor-roles/software/")]
    assert wrong(with_set("/people/pe-1/roles", roles)) == {}
    assert wrong(with_set("/study/study_type", [term("high content screen", "EFO:0007550", "EFO")])) == {}
    assert "term_label" in wrong(with_set("/study/study_type", [term("time-lapse imaging", "EFO:0007550", "EFO")]))


def test_absent_values_and_free_text_are_none_of_its_business() -> None:
    assert wrong(with_set(ORGANISM, {"absent": "not_recorded"})) == {}
    assert wrong(with_set(ORGANISM, [{"label": "an unknown fish"}])) == {}


def test_many_biosamples_that_repeat_terms() -> None:
    one = ENTITIES["biosamples"][0]
    many = [{**one, "id": f"bs-{n}", "organism": [term("Mus musculus", "NCBITaxon_10090")]} for n in range(5_000)]
    record = clean().model_copy(update={"biosamples": Curation.model_validate({"biosamples": many}).biosamples})
    found = [one for one in check(record) if one.code == "term_spelling"]
    assert len(found) == 200
