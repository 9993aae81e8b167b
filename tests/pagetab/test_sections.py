"""Sections of a submission, one at a time: what is written of a thing, and what is read of it again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rembi_widgets.formats import Read, pagetab
from rembi_widgets.formats.pagetab import _study
from rembi_widgets.formats.pagetab._kept import digest, groups, kept_of, made
from rembi_widgets.formats.pagetab._parts import Attribute, Section
from rembi_widgets.formats.pagetab._reading import Making, term_of, text_of
from rembi_widgets.record import Curation, Finding, Study

Pairs = list[tuple[str, str]]


def record(**parts: Any) -> Curation:
    return Curation.model_validate(parts)


def said(section: Section) -> Pairs:
    return [(one.name, one.value or "") for one in section.attributes]


def node(kind: str, *pairs: tuple[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": kind, "attributes": [{"name": name, "value": value} for name, value in pairs], **more}


def read(tmp_path: Path, *sections: Any, top: Pairs | None = None, **root: Any) -> Read:
    head = top if top is not None else [("ReleaseDate", "2026-01-01")]
    whole = {
        "attributes": [{"name": name, "value": value} for name, value in head],
        "section": {"type": "Study", "subsections": list(sections), **root},
        "type": "submission",
    }
    (tmp_path / "submission.json").write_text(json.dumps(whole), encoding="utf-8")
    return pagetab.read(tmp_path / "submission.json")


def codes(found: Any) -> list[str]:
    return [one.code.removeprefix("pagetab.") for one in found if one.code != "pagetab.kept"]


@pytest.mark.parametrize(
    ("value", "made_of"),
    [
        (None, None),
        ("", None),
        ("  ", None),
        (" a ", "a"),
        ("not recorded", {"absent": "not_recorded"}),
        ("not applicable (dead)", {"absent": "not_applicable", "reason": "dead"}),
        ("Not recorded", "Not recorded"),
        ("not recorded ()", "not recorded ()"),
        ("not recorded (a\nb)", {"absent": "not_recorded", "reason": "a\nb"}),
    ],
)
def test_a_text_may_be_the_words_of_an_absence(value: str | None, made_of: Any) -> None:
    assert text_of(Attribute("a", value)) == made_of


@pytest.mark.parametrize(
    ("qualifiers", "made_of"),
    [
        ((), {"label": "x"}),
        ((("Ontology", "ncbi"),), {"label": "x", "ontology": "NCBITaxon"}),
        ((("TermId", "GO_1"),), {"label": "x", "id": "GO:1"}),
        (
            (("Term Id", "9606"), ("ontology", "NCBITaxon")),
            {"label": "x", "id": "NCBITaxon:9606", "ontology": "NCBITaxon"},
        ),
        ((("TermId", None), ("Ontology", " ")), {"label": "x"}),
        ((("Other", "y"),), {"label": "x"}),
    ],
)
def test_a_term_has_what_qualifies_it(qualifiers: Any, made_of: dict[str, str]) -> None:
    assert term_of(Attribute("a", "x", qualifiers)) == made_of


def test_an_absent_term_has_no_id() -> None:
    assert term_of(Attribute("a", "not recorded", (("TermId", "GO_1"),))) == {"absent": "not_recorded"}


def test_attributes_of_any_spelling_are_found_together() -> None:
    section = Section("X", attributes=[Attribute("Keyword", " "), Attribute("KEYWORDS", " a ")])
    one = Making("study", "study", section, "/study")
    assert len(list(one.named("keywords"))) == 2
    assert (one.first("keywords"), one.first("none")) == ("a", "")


@pytest.mark.parametrize("value", ["CC0", "cc 0", "CC-BY 4.0", "ccby40"])
def test_a_licence_of_the_form_has_its_address(value: str) -> None:
    (name, qualifier) = _study._license(value)
    assert (name in _study.LICENSES, qualifier) == (True, ("URL", _study.LICENSES[name]))


@pytest.mark.parametrize("value", ["MIT", "CC BY 3.0", ""])
def test_a_licence_of_another_kind_stands_alone(value: str) -> None:
    assert _study._license(value) == (value,)


@pytest.mark.parametrize(
    ("doi", "alone"),
    [
        ("https://doi.org/10.1/x", "10.1/x"),
        ("http://dx.doi.org/10.1/x", "10.1/x"),
        ("DOI: 10.1/x", "10.1/x"),
        ("doi/10.1/x", "10.1/x"),
        ("10.1/x", "10.1/x"),
        ("see doi:10.1/x", "see doi:10.1/x"),
    ],
)
def test_a_doi_stands_alone(doi: str, alone: str) -> None:
    (one,) = _study.publications(record(publications=[{"id": "pu-1", "doi": doi}]))
    assert said(one) == [("DOI", alone)]


@pytest.mark.parametrize("collection", ["publications", "grants"])
def test_an_entity_of_nothing_is_no_section(collection: str) -> None:
    made_of = record(**{collection: [{"id": "xx-1"}]})
    assert [*_study.publications(made_of), *_study.funding(made_of)] == []


def test_affiliations_name_organisations_by_their_accnos() -> None:
    people = [{"id": "pe-1", "first_name": "Ada", "last_name": "E", "affiliations": ["or-2", "or-9"]}]
    homes = [{"id": "or-1", "title": "A"}, {"id": "or-2", "title": "B"}]
    author, *organisations = _study.people(record(people=people, organisations=homes))
    assert said(author) == [("Name", "Ada E"), ("affiliation", "o2")]
    assert author.attributes[1].reference
    assert [one.accno for one in organisations] == ["o1", "o2"]


def test_roles_of_a_person_are_one_value() -> None:
    (author,) = _study.people(record(people=[{"id": "pe-1", "roles": [{"label": "a"}, {"label": "b"}]}]))
    assert said(author) == [("Role", "a; b")]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("x-bia-Age", "Age"),
        ("x-bia-", "Note"),
        ("x-bia-[Ontology]", "Ontology"),
        ("x-bia-<ref>", "ref"),
        ("x-bia-Link List", "Link List 2"),
        ("x-bia-#a", "a"),
        ("x-bia-a\nb", "a b"),
        ("x-lab", "x-lab"),
    ],
)
def test_no_free_key_is_taken_for_a_mark(key: str, name: str) -> None:
    section = Section("X")
    _study.unknown(section, Study.model_validate({key: "v"}))
    assert said(section) == [(name, "v")]


def test_a_free_key_by_a_name_that_is_there_gets_another() -> None:
    section = Section("X", attributes=[Attribute("Title", "t")])
    _study.unknown(section, Study.model_validate({"x-bia-title": "v"}))
    assert said(section)[1:] == [("title 2", "v")]


@pytest.mark.parametrize(
    ("value", "values"),
    [(["a", "b"], ["a", "b"]), ({"k": "v", "l": ["a", "b"]}, ["k: v; l: a; b"]), ([], []), ("", []), (True, ["yes"])],
)
def test_a_free_value_of_any_shape_is_text(value: Any, values: list[str]) -> None:
    section = Section("X")
    _study.unknown(section, Study.model_validate({"x-bia-a": value}))
    assert [text for _, text in said(section)] == values


@pytest.mark.parametrize("field", _study.NO_HOME)
def test_a_field_of_the_study_without_a_home_is_told(field: str) -> None:
    value = ["x"] if field == "ai_models_trained" else "x"
    found = list(_study.no_home(record(study={field: value})))
    assert [(one.code, one.path) for one in found] == [("pagetab_no_home", f"/study/{field}")]


def test_a_study_of_annotations_alone_has_no_home_for_a_licence() -> None:
    parts: dict[str, Any] = {"study": {"license": "CC0"}, "annotations": [{"id": "at-1"}]}
    assert [one.path for one in _study.no_home(record(**parts))] == ["/study/license"]
    assert "License" not in dict(said(_study.study(record(**parts))))
    whole = record(**parts, biosamples=[{"id": "bs-1"}])
    assert list(_study.no_home(whole)) == []
    assert dict(said(_study.study(whole)))["License"] == "CC0"


@pytest.mark.parametrize(
    ("accession", "accno"), [("S-BIAD1", "S-BIAD1"), ("mine", None), ("", None), ("s-biad1", None)]
)
def test_only_an_accession_of_the_archive_is_an_accno(accession: str, accno: str | None) -> None:
    one = _study.submission(record(study={"accession": accession}), Section("Study"))
    assert one.accno == accno
    assert one.attributes[-1] == Attribute("DOI", f"10.6019/{accno}" if accno else "")


def test_keywords_and_types_of_a_study_stand_once() -> None:
    made_of = _study.study(record(study={"keywords": ["a", "b"], "study_type": ["b", "c"]}))
    assert said(made_of) == [("Keywords", "a"), ("Keywords", "b"), ("Keywords", "c")]


def test_a_link_without_an_address_is_not_written() -> None:
    links = [{"id": "li-1", "description": "d"}, {"id": "li-2", "url": "https://example.org", "description": "d"}]
    (one,) = _study.study(record(links=links)).links
    assert (one.url, one.of, one.attributes) == ("https://example.org", "li-2", (Attribute("Description", "d"),))


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("Ada E", "Ada", "E"), ("E", None, "E"), ("  Ada  B  E ", "Ada B", "E"), ("Ada\tE", "Ada", "E")],
)
def test_the_name_of_an_author_is_split_at_its_last_blank(
    tmp_path: Path, name: str, first: str | None, last: str
) -> None:
    (one,) = read(tmp_path, node("Author", ("Name", name))).record.people
    assert (one.first_name, one.last_name) == (first, last)


def test_an_author_without_a_name_is_told(tmp_path: Path) -> None:
    assert "author_without_name" in codes(read(tmp_path, node("Author", ("E-mail", "a@example.org"))).findings)
    assert codes(read(tmp_path, node("Author", ("Name", "A"))).findings) == []


@pytest.mark.parametrize(("accno", "wanted"), [(None, ["organisation_without_accno"]), ("o1", [])])
def test_an_organisation_needs_an_accno(tmp_path: Path, accno: str | None, wanted: list[str]) -> None:
    assert codes(read(tmp_path, node("organization", ("Name", "A"), accno=accno)).findings) == wanted


@pytest.mark.parametrize(
    ("doi", "held", "wanted"),
    [
        ("10.1234/x", "10.1234/x", []),
        ("https://doi.org/10.1234/x", "10.1234/x", []),
        ("doi: 10.1234/x", "10.1234/x", ["doi_prefix"]),
        ("n/a", "n/a", []),
    ],
)
def test_a_doi_is_taken_out_of_its_address(tmp_path: Path, doi: str, held: str, wanted: list[str]) -> None:
    found = read(tmp_path, node("Publication", ("DOI", doi)))
    assert found.record.publications[0].doi == held
    assert codes(found.findings) == wanted


def test_of_two_values_of_one_field_the_second_is_kept(tmp_path: Path) -> None:
    (one,) = read(tmp_path, node("Specimen", ("Title", "s"), ("Title", "t"))).record.specimens
    assert one.title == "s"
    assert one.plain()["x-bia-Title"] == "t"


@pytest.mark.parametrize(
    ("value", "name", "amount"),
    [("dose: 1", "dose", "1"), ("dose", None, "dose"), ("dose: ", None, "dose:"), ("a\nb: c", None, "a\nb: c")],
)
def test_a_variable_is_split_at_its_colon(tmp_path: Path, value: str, name: str | None, amount: str) -> None:
    found = read(tmp_path, node("Biosample", ("Title", "b"), ("Experimental variable", value))).record
    (row,) = found.biosamples[0].experimental_variable
    assert (row.name, row.value) == (name, amount)


def test_an_organism_below_gives_its_id_to_the_one_above(tmp_path: Path) -> None:
    below = node("Organism", ("Scientific name", "Mus musculus"), ("Common name", "mouse"), ("NCBI taxon ID", "10090"))
    found = read(tmp_path, node("Biosample", ("Title", "b"), ("Organism", "Mus musculus"), subsections=[below])).record
    (organism,) = found.biosamples[0].organism
    assert (organism.label, organism.id) == ("Mus musculus", "NCBITaxon:10090")


def test_an_organism_below_alone_has_both_names(tmp_path: Path) -> None:
    below = node("Organism", ("Scientific name", "Mus musculus"), ("Common name", "mouse"))
    (organism,) = read(tmp_path, node("Biosample", ("Title", "b"), subsections=[below])).record.biosamples[0].organism
    assert organism.label == "Mus musculus (mouse)"


def test_last_lines_of_an_overview_are_fields_of_their_own(tmp_path: Path) -> None:
    text = "counted\nData used: all\nSoftware: Fiji"
    (one,) = read(tmp_path, node("Image analysis", ("Title", "a"), ("Image analysis overview", text))).record.analyses
    assert (one.method, one.data_used, one.software) == ("counted", "all", "Fiji")


def test_a_first_line_of_an_overview_is_its_method(tmp_path: Path) -> None:
    (one,) = read(tmp_path, node("Image analysis", ("Image analysis overview", "Software: Fiji"))).record.analyses
    assert (one.method, one.software) == ("Software: Fiji", None)


def test_types_of_an_annotation_may_share_a_value(tmp_path: Path) -> None:
    pairs = [("Title", "n"), ("Annotation Type", "a, b,"), ("Annotation Type", "c")]
    assert read(tmp_path, node("Annotations", *pairs)).record.annotations[0].annotation_type == ("a", "b", "c")


def test_sections_without_a_title_are_called_by_their_kind(tmp_path: Path) -> None:
    found = read(tmp_path, node("Specimen"), node("Specimen"), node("Image acquisition")).record
    assert [one.title for one in found.specimens] == ["Specimen 1", "Specimen 2"]
    assert [one.title for one in found.acquisitions] == ["Image acquisition"]


def component(*rows: dict[str, Any]) -> dict[str, Any]:
    return node("Study Component", ("Name", "c"), subsections=list(rows))


def test_associations_of_one_pair_share_a_sample(tmp_path: Path) -> None:
    row = node("Associations", ("Biosample", "b"), ("Specimen", " s "))
    found = read(tmp_path, node("Biosample", ("Title", "b")), node("Specimen", ("Title", "s")), component(row, row))
    (sample,) = found.record.samples
    assert sample.title == "b / s"
    assert [one.sample for one in found.record.components[0].associations] == [sample.id] * 2


def test_a_component_without_associations_is_told(tmp_path: Path) -> None:
    assert codes(read(tmp_path, component()).findings) == ["component_without_associations"]


def test_sections_nested_in_a_component_are_its_association(tmp_path: Path) -> None:
    found = read(tmp_path, component(node("Biosample", ("Title", "b")), node("Image acquisition", ("Title", "q"))))
    (link,) = found.record.components[0].associations
    assert link.acquisition == found.record.acquisitions[0].id
    assert found.record.samples[0].biosample == found.record.biosamples[0].id


@pytest.mark.parametrize(
    ("day", "held"), [("2026-01-01", "2026-01-01"), ("2026-01-01T10:00:00.000Z", "2026-01-01"), ("soon", "soon")]
)
def test_the_release_date_is_a_day(tmp_path: Path, day: str, held: str) -> None:
    assert read(tmp_path, top=[("ReleaseDate", day)]).record.study.release_date == held


def test_an_attribute_by_the_name_of_our_own_key_is_kept_apart(tmp_path: Path) -> None:
    (one,) = read(tmp_path, node("Specimen", ("Title", "s"), ("x-pagetab", "v"), ("a/b", "w"))).record.specimens
    assert (one.plain()["x-bia-x-pagetab"], one.plain()["x-bia-a b"]) == ("v", "w")


@pytest.mark.parametrize(
    "text", ["", "no json", "[]", "{}", '{"section": 3, "was": {}}', '{"section": {}, "was": []}', "[" * 100_000]
)
def test_what_somebody_made_unreadable_is_not_kept(text: str) -> None:
    assert kept_of(Study.model_validate({"x-pagetab": text})) is None


def test_what_is_kept_is_found_again() -> None:
    text = json.dumps({"section": node("Study", ("Title", "t")), "was": {"title": "1"}})
    found = kept_of(Study.model_validate({"x-pagetab": text}))
    assert found is not None
    assert (said(found.section), found.was) == ([("Title", "t")], {"title": "1"})


def test_a_digest_is_of_what_is_said_and_not_of_its_order() -> None:
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    assert digest(["a", "b"]) != digest(["b", "a"])


def test_attributes_of_one_name_are_a_group() -> None:
    one, two = Attribute("Keyword", "a"), Attribute("Keywords", "b")
    assert dict(groups([one, two])) == {"keywords": [one, two]}
    assert made([one, two]) != made([two, one])


@pytest.mark.parametrize("accession", ["S-BIAD1135", "S-BIAD1043", "S-BSST651"])
def test_of_a_real_record_every_finding_names_its_place(samples: Path, accession: str) -> None:
    found = pagetab.read(samples / "bia" / "records" / f"{accession}_original.json")
    assert all(
        isinstance(one, Finding) and one.path.startswith(f"/{accession}_original.json#") for one in found.findings
    )
    assert len(found.record.people) > 0
