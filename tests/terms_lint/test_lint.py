"""Each fault of a term: a case that has it, one that has not, and its fix, after which it is silent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from rembi_widgets.errors import RembiError
from rembi_widgets.record import Finding, Term
from rembi_widgets.terms import PARTS, Claim, LayerTerm, _sources, faults, forget, lint, lookup, vocabulary
from rembi_widgets.terms._claim import LEVELS

Case = tuple[str, str, str, str | None]
"""Name, id, ontology, field."""

WRONG: dict[str, list[Case]] = {
    "term_spelling": [
        ("array-scan confocal microscopy", "Fbbi_00000393", "FBbi", "imaging_method"),
        ("confocal microscopy", "http://purl.obolibrary.org/obo/FBbi_00000251", "FBbi", "imaging_method"),
        ("confocal microscopy", "FBbi_00000251", "", None),
        ("HeLa", "CVCL:0030", "", "cell_line"),
        ("neuron", "CL:540", "", "cell_type"),
        ("human", "NCBI:txid9606", "", "organism"),
    ],
    "term_bare": [
        ("Danio rerio", "7955", "NCBITaxon", "organism"),
        ("Danio rerio", "7955", "", "organism"),
        ("something", "12345", "", None),
    ],
    "term_form": [
        ("confocal microscopy", "see the paper", "", "imaging_method"),
        ("confocal microscopy", "FBbi:confocal", "", "imaging_method"),
        ("human", "NCBITaxon:human", "", "organism"),
    ],
    "term_source": [
        ("confocal microscopy", "FBbi:00000251", "EFO", "imaging_method"),
        ("confocal microscopy", "FBbi:00000251", "Fbbi", "imaging_method"),
        ("protein localization", "GO:0008104", "EFO", None),
    ],
    "term_label": [
        ("Homo sapiens", "NCBITaxon:10090", "NCBITaxon", "organism"),
        ("Homo sapiens (mouse)", "NCBITaxon:9606", "NCBITaxon", "organism"),
        ("µM", "UO:0000017", "UO", "unit"),
        ("siRNA", "EFO:0007564", "EFO", None),
        ("MCF7", "CL:0000540", "CL", "biological_entity"),
        ("Danio reiro", "NCBITaxon:7955", "NCBITaxon", "organism"),
        ("flourescence microscopy", "FBbi:00000246", "FBbi", "imaging_method"),
        ("Homo sapiens", "NCBITaxon:9605", "NCBITaxon", "organism"),
        ("light sheet fluorescence microscopy", "FBbi:00000364", "FBbi", "imaging_method"),
    ],
    "term_branch": [
        ("light-sheet illumination", "FBbi:00000364", "FBbi", "imaging_method"),
        ("light sheet fluorescence microscopy", "FBbi:00000364", "FBbi", "imaging_method"),
        ("neuron", "CL:0000540", "CL", "organism"),
        ("some cell", "CL:0009999", "CL", "organism"),
        ("confocal microscopy", "FBbi:00000251", "FBbi", "label"),
    ],
    "term_unknown": [
        ("some method", "FBbi:99999999", "FBbi", "imaging_method"),
        ("some unit", "UO:9999999", "UO", "unit"),
        ("some phenotype", "CMPO:9999999", "CMPO", None),
    ],
    "term_not_held": [
        ("DNA", "CHEBI:16991", "CHEBI", None),
        ("Beroe ovata", "NCBITaxon:10199", "NCBITaxon", "organism"),
    ],
}

RIGHT: list[Case] = [
    ("Homo sapiens", "NCBITaxon:9606", "NCBITaxon", "organism"),
    ("Homo sapiens (human)", "NCBITaxon:9606", "NCBITaxon", "organism"),
    ("HOMO SAPIENS", "NCBITaxon:9606", "NCBI Taxonomy", "organism"),
    ("souris", "NCBITaxon:10090", "", "organism"),
    ("Mus musculus C57BL/6J", "NCBITaxon:10090", "NCBITaxon", "organism"),
    ("Microscopy", "EDAM_BIM:topic_Microscopy", "EDAM-BIOIMAGING", "imaging_method"),
    ("light sheet fluorescence microscopy", "EDAM_BIM:topic_Light-sheet_microscopy", "", "imaging_method"),
    ("TIRF", "EDAM_BIM:topic_____Total_internal_reflection_fluorescence_microscopy", "", "imaging_method"),
    ("Spleen", "D013154", "MESH", "tissue"),
    ("Bos Taurus (cow)", "NCBITaxon:9913", "NCBITaxon", "organism"),
    ("light sheet fluorescence microscopy", "FBbi:00000369", "FBbi", "imaging_method"),
    ("Light-Sheet microscopy", "FBbi:00000369", "FBbi", "imaging_method"),
    ("confocal", "FBbi:00000251", "FBbi", "imaging_method"),
    ("transmission electron microscopy (TEM)", "FBbi:00000258", "FBbi", "imaging_method"),
    ("HeLa cells", "CVCL_0030", "Cellosaurus", "cell_line"),
    ("NIH/3T3", "CVCL_0594", "CVCL", "biological_entity"),
    ("endothelial cells", "CL:0000115", "CL", "biological_entity"),
    ("Escherichia coli", "NCBITaxon:562", "NCBITaxon", "biological_entity"),
    ("DAPI", "FBbi:00000056", "FBbi", "content"),
    ("µm", "UO:0000017", "UO", "unit"),
    ("µM", "UO:0000064", "UO", "unit"),
    ("high content screen", "EFO:0007550", "EFO", None),
    ("software", "https://credit.niso.org/contributor-roles/software/", "CRediT", "roles"),
    ("anti-tubulin", "RRID:AB_12345", "", None),
    ("anything", "", "", "organism"),
    ("", "NCBITaxon:9606", "", "organism"),
]


def found(case: Case) -> dict[str, Finding]:
    label, identity, source, field = case
    return {finding.code: finding for finding in lint((label, identity, source), field)}


@pytest.mark.parametrize(("code", "case"), [(code, case) for code, cases in WRONG.items() for case in cases])
def test_each_fault_is_found(code: str, case: Case) -> None:
    finding = found(case)[code]
    assert finding.level == LEVELS[code]
    assert finding.found
    assert finding.wanted
    assert finding.found in finding.message("fr")
    assert "{" not in finding.message("en") + finding.message("fr")


@pytest.mark.parametrize("case", RIGHT, ids=lambda case: f"{case[0]} {case[1]}")
def test_what_is_right_has_no_finding(case: Case) -> None:
    assert found(case) == {}


@pytest.mark.parametrize(("code", "case"), [(code, case) for code, cases in WRONG.items() for case in cases])
def test_a_fix_silences_its_finding(code: str, case: Case) -> None:
    finding = found(case)[code]
    if finding.fix is None:
        assert code in SELDOM_CERTAIN
        return
    (edit,) = finding.fix
    assert (edit.op, edit.path) == ("set", "/term")
    assert code not in {one.code for one in lint(edit.value, case[3])}


SELDOM_CERTAIN = {"term_label", "term_branch", "term_bare", "term_form", "term_unknown", "term_not_held"}

FIXED: list[tuple[Case, str, dict[str, Any]]] = [
    (WRONG["term_spelling"][0], "term_spelling", {"id": "FBbi:00000393"}),
    (WRONG["term_spelling"][4], "term_spelling", {"id": "CL:0000540"}),
    (WRONG["term_bare"][0], "term_bare", {"id": "NCBITaxon:7955"}),
    (WRONG["term_bare"][1], "term_bare", {"id": "NCBITaxon:7955"}),
    (WRONG["term_source"][2], "term_source", {"ontology": "GO"}),
    (WRONG["term_label"][5], "term_label", {"label": "Danio rerio", "id": "NCBITaxon:7955"}),
    (WRONG["term_label"][6], "term_label", {"label": "fluorescence microscopy", "id": "FBbi:00000246"}),
    (WRONG["term_branch"][1], "term_branch", {"id": "FBbi:00000369", "label": "SPIM", "ontology": "FBbi"}),
]


@pytest.mark.parametrize(("case", "code", "wanted"), FIXED)
def test_what_a_fix_sets(case: Case, code: str, wanted: dict[str, Any]) -> None:
    finding = found(case)[code]
    assert finding.fix
    assert wanted.items() <= finding.fix[0].value.items()


UNCERTAIN = [
    ("term_label", WRONG["term_label"][0], "the name or the id may be the wrong one"),
    ("term_label", WRONG["term_label"][7], "taxa that are not held may exist"),
    ("term_spelling", ("some cell", "CL:999", "", "cell_type"), "zeros are added only where the name agrees"),
    ("term_bare", WRONG["term_bare"][2], "nothing tells the ontology"),
    ("term_form", WRONG["term_form"][0], "it is no id"),
    ("term_unknown", WRONG["term_unknown"][0], "any digit may be wrong"),
]


@pytest.mark.parametrize(("code", "case", "why"), UNCERTAIN)
def test_no_fix_where_what_was_meant_is_not_certain(code: str, case: Case, why: str) -> None:
    assert found(case)[code].fix is None, why


def test_the_method_that_is_an_illumination() -> None:
    """Seen in three experiments of one study: the id of the illumination beside the name of the method."""
    findings = found(("light sheet fluorescence microscopy", "FBbi:00000364", "FBbi", "imaging_method"))
    assert set(findings) == {"term_label", "term_branch"}
    branch = findings["term_branch"]
    assert branch.found == "light-sheet illumination (FBbi:00000364)"
    assert branch.wanted == "SPIM (FBbi:00000369)"
    assert branch.fix
    assert lint(branch.fix[0].value, "imaging_method") == ()


def test_a_term_whose_ontology_may_change_its_ids_is_named_and_not_put_in_its_place() -> None:
    branch = found(("widefield", "FBbi:00000277", "FBbi", "imaging_method"))["term_branch"]
    assert branch.wanted
    assert branch.wanted.startswith("Widefield microscopy (EDAM_BIM:")
    assert branch.fix is None


def test_a_term_without_a_better_one_tells_what_the_field_asks() -> None:
    branch = found(("light-sheet illumination", "FBbi:00000364", "FBbi", "imaging_method"))["term_branch"]
    assert branch.wanted == "an imaging method"
    assert "une méthode d’imagerie" in branch.message("fr")
    assert branch.to_json("fr")["wanted"] == "une méthode d’imagerie"


class More:
    """A layer with a term that another replaced, and one that nothing replaced."""

    name, version, source, licence = "more", "1", "a test", "none"

    def terms(self) -> Iterator[LayerTerm]:
        yield LayerTerm("EFO:0000001", "old method", obsolete=True, replaced_by="FBbi:00000251")
        yield LayerTerm("EFO:0000002", "gone method", obsolete=True)
        yield LayerTerm("EFO:0000003", "moved method", obsolete=True, replaced_by="EFO:9999999")


@pytest.fixture
def more(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = _sources.layers()
    monkeypatch.setattr(_sources, "layers", lambda: (*before, More()))
    _sources.make()
    forget()
    yield
    monkeypatch.undo()
    forget()


def test_an_obsolete_term_names_its_successor(more: None) -> None:
    (finding,) = lint(("old method", "EFO:0000001"), "imaging_method")
    assert (finding.code, finding.found) == ("term_obsolete", "old method (EFO:0000001)")
    assert finding.wanted == "confocal microscopy (FBbi:00000251)"
    assert finding.fix
    assert lint(finding.fix[0].value, "imaging_method") == ()


def test_a_successor_of_another_kind_is_named_and_not_put_in_its_place(more: None) -> None:
    finding = next(one for one in lint(("old method", "EFO:0000001"), "cell_line") if one.code == "term_obsolete")
    assert finding.wanted == "confocal microscopy (FBbi:00000251)"
    assert finding.fix is None


@pytest.mark.parametrize(("said", "wanted"), [("EFO:0000002", "a term in use"), ("EFO:0000003", "EFO:9999999")])
def test_an_obsolete_term_without_a_successor_that_is_held_has_no_fix(more: None, said: str, wanted: str) -> None:
    finding = next(one for one in lint(("", said)) if one.code == "term_obsolete")
    assert finding.wanted == wanted
    assert finding.fix is None


def test_answers_follow_the_layers_that_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    said = ("new method", "EFO:0000009", "EFO", None)
    assert set(found(said)) == {"term_not_held"}
    before = _sources.layers()
    layer = More()
    monkeypatch.setattr(layer, "terms", lambda: iter([LayerTerm("EFO:0000009", "new method")]), raising=False)
    monkeypatch.setattr(_sources, "layers", lambda: (*before, layer))
    layer.version = "2"
    _sources.make()
    forget()
    assert found(said) == {}
    monkeypatch.undo()
    forget()
    assert set(found(said)) == {"term_not_held"}


def test_a_term_may_be_given_in_any_form() -> None:
    wrong: list[Any] = [
        Term(label="human", id="NCBITaxon_9606"),
        ("human", "NCBITaxon_9606"),
        {"label": "human", "id": "NCBITaxon_9606"},
        "NCBITaxon_9606",
    ]
    assert [[one.code for one in lint(said, "organism")] for said in wrong] == [["term_spelling"]] * 4


def test_free_text_is_never_wrong() -> None:
    assert lint("anything at all", "organism") == ()
    assert lint(Term(label="anything at all"), "organism") == ()


def test_a_field_may_be_named_with_where_it_stands() -> None:
    wrong = ("neuron", "CL:0000540")
    for field in ("organism", "biosample.organism", "/biosamples/bs-1/organism"):
        assert [one.code for one in lint(wrong, field)] == ["term_branch"]


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(RembiError):
        lint(("human", "NCBITaxon:9606"), "no such field")


def test_a_finding_leads_where_it_was_told() -> None:
    (finding,) = lint(("human", "NCBITaxon_9606"), "organism", path="/biosamples/bs-1/organism")
    assert finding.path == "/biosamples/bs-1/organism"
    assert finding.fix
    assert finding.fix[0].path == finding.path


@pytest.mark.parametrize(
    ("style", "identity", "codes"),
    [
        ("underscore", "FBbi_00000251", []),
        ("underscore", "FBbi:00000251", ["term_spelling"]),
        ("any", "FBbi_00000251", []),
        ("any", "FBbi:00000251", []),
        ("any", "http://purl.obolibrary.org/obo/FBbi_00000251", []),
        ("any", "00000251", []),
        ("any", "Fbbi_00000251", ["term_spelling"]),
        ("any", "http://purl.obolibrary.org/obo/Fbbi_00000251", ["term_spelling"]),
        ("any", "https://bioportal.example.org/ontologies/FBBI/00000251", []),
    ],
)
def test_each_kind_of_file_has_its_own_way_to_write_ids(style: Any, identity: str, codes: list[str]) -> None:
    claim = Claim("confocal microscopy", identity, "FBbi", "imaging_method", style)
    assert [fault.code for fault in faults(claim)] == codes


@pytest.mark.parametrize("part", PARTS)
def test_the_vocabulary_is_in_order_itself(part: str) -> None:
    """Every name of every term is one of it, in the part that it is searched in."""
    for term in vocabulary(part):
        known = lookup(term.id or "")
        assert known
        for name in known.names:
            assert lint((name, known.id), part) == (), (name, known.id)


def test_an_alias_of_a_species_is_not_its_own_name() -> None:
    """A genus that is not held may share its name with the species that people mean by it."""
    assert set(found(("Drosophila", "NCBITaxon:7215", "NCBITaxon", "organism"))) <= {"term_not_held"}


def test_the_capitals_that_an_ontology_uses_itself_are_right() -> None:
    assert "term_source" not in found(("water", "CHEBI:15377", "ChEBI", None))
    assert "term_source" in found(("water", "CHEBI:15377", "chebi", None))


def test_every_level_has_a_sentence_in_both_languages() -> None:
    from rembi_widgets.locale import has

    assert all(has(f"finding.{code}", lang) for code in LEVELS for lang in ("en", "fr"))
